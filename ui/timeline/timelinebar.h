// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QDateTime>
#include <QWidget>

#include <optional>

class QLabel;
class QPushButton;

namespace slotscope::ui {

class TimelineWidget;

/// The line of time with what it shows now in words, since when anything is known, and the way
/// back to now.
class TimelineBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TimelineBar)
public:
    explicit TimelineBar(QWidget* parent = nullptr);

    TimelineWidget* line() const { return m_line; }
    /// Live: the end of the line is now. Otherwise it is the end of a file, called `end`.
    void setLive(bool live, const QString& end = {});
    void setSpan(const QDateTime& from, const QDateTime& to);
    /// What is said below: what is missing; or empty.
    void setRemark(const QString& remark);
    /// Nullopt: the end.
    void setTime(const std::optional<QDateTime>& time);

Q_SIGNALS:
    void timeChosen(const std::optional<QDateTime>& time);

protected:
    void changeEvent(QEvent* event) override;

private:
    void tell();

    bool m_isLive = true;
    QString m_end;
    QString m_remark;
    QDateTime m_from;
    TimelineWidget* m_line = nullptr;
    QLabel* m_state = nullptr;
    QLabel* m_began = nullptr;
    QLabel* m_remarkLabel = nullptr;
    QPushButton* m_back = nullptr;
};

} // namespace slotscope::ui
