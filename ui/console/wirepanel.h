// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/session/wirelog.h"
#include "ui/console/lineview.h"

#include <deque>

class QCheckBox;
class QLabel;

namespace slotscope::ui {

/// The lines of a wire log, at most as many as the log itself keeps.
class WireLines final : public LineView
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WireLines)
public:
    explicit WireLines(QWidget* parent = nullptr);

    void add(const QList<session::WireEntry>& entries);
    void clear();
    /// What it says as long as there are none.
    void setEmptyText(const QString& text);

    qsizetype lineCount() const override { return qsizetype(m_entries.size()); }
    QString lineText(qsizetype line) const override;

protected:
    void paintLine(QPainter& painter, qsizetype line, const QRect& rect) const override;
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_emptyText;
    std::deque<session::WireEntry> m_entries;
};

/// What was really sent and received, while the user wants it recorded. Asks nobody: entries come
/// in, the wish to record goes out.
class WirePanel final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WirePanel)
public:
    explicit WirePanel(QWidget* parent = nullptr);

    void add(const QList<session::WireEntry>& entries, const session::WireTotals& totals);
    /// Another connection: nothing is recorded, nothing shown.
    void reset();

Q_SIGNALS:
    void recordingChanged(bool on);
    void clearRequested();

private:
    void copy();
    void tellWhyEmpty();

    QCheckBox* m_record = nullptr;
    QLabel* m_totals = nullptr;
    WireLines* m_lines = nullptr;
};

/// "14:02:40.123Z  > 127.0.0.1:7001  GET a", "<" for a reply. Plain text.
QString wireLine(const session::WireEntry& entry);

} // namespace slotscope::ui
