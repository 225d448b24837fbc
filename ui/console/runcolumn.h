// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/trace.h"

#include <QFrame>

class QLabel;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace slotscope::ui {

class ChipStrip;
class ReplyView;

/// One run in the console: which client it played, its path as chips, and its reply.
class RunColumn final : public QFrame
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RunColumn)
public:
    RunColumn(quint64 ticket, const command::Behaviour& behaviour, QWidget* parent = nullptr);

    quint64 ticket() const { return m_ticket; }
    const command::Trace& trace() const { return m_trace; }
    void setTrace(const command::Trace& trace);
    int pathTop() const; ///< where its chips stand
    /// The run that picture and player show.
    void setChosen(bool chosen);

Q_SIGNALS:
    void traceChanged(const slotscope::command::Trace& trace);
    void chosen(quint64 ticket);
    void cancelRequested(quint64 ticket);
    /// The next step of a run that stands still.
    void proceedRequested(quint64 ticket);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void applyTheme();
    void showReply();
    void openView();

    quint64 m_ticket = 0;
    command::Trace m_trace;
    bool m_chosen = false;
    bool m_wrong = false;
    QLabel* m_behaviour = nullptr;
    ChipStrip* m_chips = nullptr;
    QToolButton* m_cancel = nullptr;
    QPushButton* m_proceed = nullptr;
    QToolButton* m_look = nullptr;
    QLabel* m_reply = nullptr;
    ReplyView* m_view = nullptr; ///< made for replies that one looks into
    QLabel* m_note = nullptr;
    QVBoxLayout* m_layout = nullptr;
};

/// The text of a finished run and a note below it: the reply as redis-cli prints it, bounded, or
/// why there is none. Plain text.
struct ReplyText
{
    QString text;
    QString note;
    bool wrong = false;
    bool isCut = false; ///< the reply has more than `text`
};
ReplyText replyTextOf(const command::Trace& trace);

} // namespace slotscope::ui
