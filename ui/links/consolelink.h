// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/session/sessionhandle.h"

#include <QObject>

class QTimer;

namespace slotscope::ui {

class ConsolePanel;

/// Between the console and the session of its tab: runs what the console wishes for, after the
/// question of the write guard where it has one, and tells it what becomes of it under the
/// console's tickets. Asks the server for COMMAND DOCS when the
/// console wants them, and reads the session's wire log while it is recorded. The panel must
/// outlive it.
class ConsoleLink final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConsoleLink)
public:
    explicit ConsoleLink(ConsolePanel* console, QObject* parent = nullptr);

    void start(session::SessionHandle* session);
    void end();

private:
    /// What the console wishes for, as long as it waits for an answer.
    struct Wish
    {
        command::Argv argv;
        command::Behaviour behaviour;
        std::optional<command::FanOutTarget> target;
        bool isStream = false;
        QList<command::Argv> pipeline {}; ///< instead of argv
    };

    void onWish(quint64 ticket, const Wish& wish);
    void grant(quint64 ticket, const Wish& wish, session::Confirmation confirmation);
    void onAnswered(quint64 ticket, bool yes);
    void onCancelRequested(quint64 ticket);
    void connectConsole();
    void connectRuns();
    void connectStreams();
    void onRunFinished(quint64 run, const command::Trace& trace);
    void showTrace(quint64 run, const command::Trace& trace);
    void readWireLog();

    ConsolePanel* m_console = nullptr;
    session::SessionHandle* m_session = nullptr;
    cluster::Topology m_topology;
    QHash<quint64, Wish> m_wishes;
    QHash<quint64, quint64> m_ticketOfRun;
    QHash<quint64, quint64> m_ticketOfStream;
    quint64 m_docsRun = 0; ///< COMMAND DOCS, which no entry of the console shows
    quint64 m_lastWireEntry = 0;
    QTimer* m_wireTimer = nullptr;
};

} // namespace slotscope::ui
