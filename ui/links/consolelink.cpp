// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/links/consolelink.h"

#include "core/command/commanddocs.h"
#include "core/session/writeguard.h"
#include "ui/console/consolepanel.h"
#include "ui/console/wirepanel.h"

#include <QTimer>

namespace slotscope::ui {
using session::SessionHandle;

ConsoleLink::ConsoleLink(ConsolePanel* console, QObject* parent)
    : QObject(parent)
    , m_console(console)
    , m_wireTimer(new QTimer(this))
{
    connect(m_wireTimer, &QTimer::timeout, this, &ConsoleLink::readWireLog);
    m_wireTimer->setInterval(100);
    connectConsole();
}

void ConsoleLink::connectConsole()
{
    connect(m_console, &ConsolePanel::runRequested, this,
        [this](quint64 ticket, const command::Argv& argv, const command::Behaviour& behaviour) {
            onWish(ticket, { argv, behaviour, std::nullopt, false });
        });
    connect(m_console, &ConsolePanel::answered, this, &ConsoleLink::onAnswered);
    connect(m_console, &ConsolePanel::cancelRequested, this, &ConsoleLink::onCancelRequested);
    connect(m_console, &ConsolePanel::fanOutRequested, this,
        [this](quint64 ticket, const command::Argv& argv, command::FanOutTarget target) {
            onWish(ticket, { argv, {}, target, false });
        });
    connect(m_console, &ConsolePanel::streamRequested, this,
        [this](quint64 ticket, const command::Argv& argv, const command::Behaviour& behaviour) {
            onWish(ticket, { argv, behaviour, std::nullopt, true });
        });
    connect(m_console, &ConsolePanel::pipelineRequested, this,
        [this](quint64 ticket, const QList<command::Argv>& commands) {
            onWish(ticket, { {}, {}, std::nullopt, false, commands });
        });
    connect(m_console, &ConsolePanel::proceedRequested, this, [this](quint64 ticket) {
        if (m_session)
            m_session->proceedRun(m_ticketOfRun.key(ticket));
    });
    connect(m_console, &ConsolePanel::docsRequested, this, [this] {
        if (m_session)
            m_docsRun
                = m_session->runUnseen({ "COMMAND", "DOCS" }, { command::Start::Seed, {}, false });
    });
    WirePanel* wire = m_console->wire();
    connect(wire, &WirePanel::recordingChanged, this, [this](bool on) {
        if (m_session)
            m_session->wireLog()->setOn(on);
        on ? m_wireTimer->start() : m_wireTimer->stop();
        readWireLog();
    });
    connect(wire, &WirePanel::clearRequested, this, [this] {
        if (m_session)
            m_session->wireLog()->clear();
    });
}

void ConsoleLink::start(SessionHandle* session)
{
    m_session = session;
    connect(
        session, &SessionHandle::commandTableChanged, m_console, &ConsolePanel::setCommandTable);
    connect(session, &SessionHandle::topologyChanged, this,
        [this](const cluster::Topology& topology) { m_topology = topology; });
    connectRuns();
    connectStreams();
}

void ConsoleLink::connectRuns()
{
    connect(m_session, &SessionHandle::traceChanged, this, &ConsoleLink::showTrace);
    connect(m_session, &SessionHandle::runFinished, this, &ConsoleLink::onRunFinished);
    const auto showFanOut = [this](quint64 run, const command::FanOut& fanOut) {
        if (const auto ticket = m_ticketOfRun.constFind(run); ticket != m_ticketOfRun.cend())
            m_console->showFanOut(*ticket, fanOut);
    };
    connect(m_session, &SessionHandle::fanOutChanged, this, showFanOut);
    connect(m_session, &SessionHandle::pipelineChanged, this,
        [this](quint64 run, const command::PipelineProgress& progress) {
            if (const auto ticket = m_ticketOfRun.constFind(run); ticket != m_ticketOfRun.cend())
                m_console->showProgress(*ticket, progress);
        });
    connect(m_session, &SessionHandle::pipelineFinished, this,
        [this](quint64 run, const command::Pipeline& pipeline) {
            if (m_ticketOfRun.contains(run))
                m_console->showPipeline(m_ticketOfRun.take(run), pipeline);
        });
    connect(m_session, &SessionHandle::fanOutFinished, this,
        [this](quint64 run) { m_ticketOfRun.remove(run); });
}

void ConsoleLink::connectStreams()
{
    const auto showState = [this](quint64 id, const command::StreamState& state) {
        if (const auto ticket = m_ticketOfStream.constFind(id); ticket != m_ticketOfStream.cend())
            m_console->showStream(*ticket, state);
    };
    connect(m_session, &SessionHandle::streamChanged, this, showState);
    connect(m_session, &SessionHandle::streamBatch, this,
        [this](quint64 id, const command::StreamBatch& batch) {
            if (m_ticketOfStream.contains(id))
                m_console->addMessages(m_ticketOfStream.value(id), batch);
        });
    connect(m_session, &SessionHandle::streamFinished, this,
        [this, showState](quint64 id, const command::StreamState& state) {
            showState(id, state);
            m_ticketOfStream.remove(id);
        });
}

void ConsoleLink::end()
{
    m_wireTimer->stop();
    if (m_session) {
        m_session->disconnect(this);
        m_session->disconnect(m_console);
        m_session->wireLog()->setOn(false);
    }
    m_session = nullptr;
    m_topology = {};
    m_wishes.clear();
    m_ticketOfRun.clear();
    m_ticketOfStream.clear();
    m_docsRun = 0;
    m_lastWireEntry = 0;
}

void ConsoleLink::onWish(quint64 ticket, const Wish& wish)
{
    if (!m_session)
        return;
    const session::GuardVerdict verdict
        = wish.pipeline.isEmpty() ? m_session->judge(wish.argv) : m_session->judge(wish.pipeline);
    if (verdict.permission != session::Permission::AskFirst)
        return grant(ticket, wish, session::Confirmation::NotAsked);
    m_wishes.insert(ticket, wish);
    m_console->ask(
        ticket, session::guardQuestion(verdict, session::nodesReached(m_topology, wish.target)));
}

void ConsoleLink::grant(quint64 ticket, const Wish& wish, session::Confirmation confirmation)
{
    if (wish.isStream) { // MONITOR asks first; subscribing does not
        m_ticketOfStream.insert(
            m_session->startStream(wish.argv, wish.behaviour, confirmation), ticket);
        return;
    }
    if (!wish.pipeline.isEmpty()) {
        m_ticketOfRun.insert(m_session->runPipeline(wish.pipeline, confirmation), ticket);
        return;
    }
    const quint64 run = wish.target ? m_session->runFanOut(wish.argv, *wish.target, confirmation)
                                    : m_session->run(wish.argv, wish.behaviour, confirmation);
    m_ticketOfRun.insert(run, ticket);
}

void ConsoleLink::onAnswered(quint64 ticket, bool yes)
{
    if (!m_session || !m_wishes.contains(ticket))
        return;
    // Without a confirmation the session sends nothing, and says why.
    using session::Confirmation;
    grant(ticket, m_wishes.take(ticket), yes ? Confirmation::Confirmed : Confirmation::NotAsked);
}

void ConsoleLink::onCancelRequested(quint64 ticket)
{
    if (!m_session)
        return;
    if (m_wishes.contains(ticket))
        onAnswered(ticket, false);
    else if (const quint64 stream = m_ticketOfStream.key(ticket))
        m_session->cancelJob(stream);
    else
        m_session->cancelRun(m_ticketOfRun.key(ticket));
}

void ConsoleLink::onRunFinished(quint64 run, const command::Trace& trace)
{
    if (run == m_docsRun) {
        m_docsRun = 0;
        // Older servers have none, and some users may not ask: then there are names only.
        if (const auto docs = command::CommandDocs::fromReply(trace.reply))
            m_console->setDocs(*docs);
        return;
    }
    // The last prefix came just before, as traceChanged().
    m_ticketOfRun.remove(run);
}

void ConsoleLink::showTrace(quint64 run, const command::Trace& trace)
{
    if (const auto ticket = m_ticketOfRun.constFind(run); ticket != m_ticketOfRun.cend())
        m_console->showTrace(*ticket, trace);
}

void ConsoleLink::readWireLog()
{
    if (!m_session)
        return;
    const QList<session::WireEntry> entries = m_session->wireLog()->after(m_lastWireEntry);
    if (!entries.isEmpty())
        m_lastWireEntry = entries.last().number;
    m_console->wire()->add(entries, m_session->wireLog()->totals());
}

} // namespace slotscope::ui
