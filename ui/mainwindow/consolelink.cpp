// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/mainwindow/consolelink.h"

#include "ui/console/consolepanel.h"

namespace slotscope::ui {
using session::SessionHandle;

ConsoleLink::ConsoleLink(ConsolePanel* console, QObject* parent)
    : QObject(parent)
    , m_console(console)
{
    connect(console, &ConsolePanel::runRequested, this, &ConsoleLink::onRunRequested);
    connect(console, &ConsolePanel::cancelRequested, this, &ConsoleLink::onCancelRequested);
}

void ConsoleLink::start(SessionHandle* session)
{
    m_session = session;
    connect(
        session, &SessionHandle::commandTableChanged, m_console, &ConsolePanel::setCommandTable);
    connect(session, &SessionHandle::traceChanged, this, &ConsoleLink::showTrace);
    connect(session, &SessionHandle::runFinished, this,
        [this](quint64 run, const command::Trace& trace) {
            showTrace(run, trace);
            m_ticketOfRun.remove(run);
        });
}

void ConsoleLink::end()
{
    if (m_session) {
        m_session->disconnect(this);
        m_session->disconnect(m_console);
    }
    m_session = nullptr;
    m_ticketOfRun.clear();
}

void ConsoleLink::onRunRequested(
    quint64 ticket, const command::Argv& argv, const command::Behaviour& behaviour)
{
    if (m_session)
        m_ticketOfRun.insert(
            m_session->run(argv, behaviour, session::Confirmation::Confirmed), ticket);
}

void ConsoleLink::onCancelRequested(quint64 ticket)
{
    if (m_session)
        m_session->cancelRun(m_ticketOfRun.key(ticket));
}

void ConsoleLink::showTrace(quint64 run, const command::Trace& trace)
{
    if (const auto ticket = m_ticketOfRun.constFind(run); ticket != m_ticketOfRun.cend())
        m_console->showTrace(*ticket, trace);
}

} // namespace slotscope::ui
