// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/session/sessionhandle.h"

#include <QObject>

namespace slotscope::ui {

class ConsolePanel;

/// Between the console and the session of its tab: runs what the console wishes for, and tells it
/// the traces under the console's tickets. The panel must outlive it.
class ConsoleLink final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConsoleLink)
public:
    explicit ConsoleLink(ConsolePanel* console, QObject* parent = nullptr);

    void start(session::SessionHandle* session);
    void end();

private:
    void onRunRequested(
        quint64 ticket, const command::Argv& argv, const command::Behaviour& behaviour);
    void onCancelRequested(quint64 ticket);
    void showTrace(quint64 run, const command::Trace& trace);

    ConsolePanel* m_console = nullptr;
    session::SessionHandle* m_session = nullptr;
    QHash<quint64, quint64> m_ticketOfRun;
};

} // namespace slotscope::ui
