// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QFrame>
#include <QList>

class QLabel;
class QPushButton;

namespace slotscope::ui {

/// Asks, in its place under a line, whether what was typed is really to be sent: once for all runs
/// of the line. Escape says no; the button that has the focus at first says no, too.
class QuestionBar final : public QFrame
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(QuestionBar)
public:
    explicit QuestionBar(QWidget* parent = nullptr);

    /// Another run of the same line waits for the answer.
    void ask(quint64 ticket, const QString& question);
    /// The run no longer waits; without any that do the question goes away.
    void drop(quint64 ticket);

Q_SIGNALS:
    /// For each run that waits.
    void answered(quint64 ticket, bool yes);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void answer(bool yes);

    QList<quint64> m_tickets;
    QLabel* m_question = nullptr;
    QPushButton* m_no = nullptr;
};

} // namespace slotscope::ui
