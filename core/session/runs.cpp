// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/session/runs.h"

#include "core/command/commandrun.h"

namespace slotscope::session {

using command::Argv;
using command::Behaviour;
using command::CommandRun;
using command::FanOut;
using command::FanOutRun;
using command::KeyInfo;
using command::KeyLookup;
using command::RunContext;
using command::Start;
using command::Trace;

namespace {

// Keys are of use where they choose the node.
bool mustAskForKeys(const RunContext& context, const Argv& argv, const Behaviour& behaviour)
{
    return (behaviour.start == Start::Owner || behaviour.start == Start::Replica)
        && context.map.data().kind == cluster::Kind::Cluster && !context.map.isEmpty()
        && extractKeys(argv, context.table).needsServer;
}

} // namespace

Runs::Runs(std::function<RunContext()> context, QObject* parent)
    : QObject(parent)
    , m_context(std::move(context))
{ }

Runs::~Runs()
{
    for (const Lookup& lookup : std::as_const(m_lookups))
        delete lookup.operation;
    qDeleteAll(m_runs);
    qDeleteAll(m_fanOuts);
}

bool Runs::isTaken(quint64 id) const
{
    return m_lookups.contains(id) || m_runs.contains(id) || m_fanOuts.contains(id);
}

void Runs::run(quint64 id, const Argv& argv, const Behaviour& behaviour)
{
    if (isTaken(id))
        return;
    const RunContext context = m_context();
    if (!mustAskForKeys(context, argv, behaviour)) {
        start(id, new CommandRun(context, argv, behaviour, this))->start();
        return;
    }
    auto* lookup = new KeyLookup(context, argv, this);
    m_lookups.insert(id, { lookup });
    connect(lookup, &KeyLookup::finished, this, [this, id, argv, behaviour](const KeyInfo& keys) {
        const Lookup done = m_lookups.take(id);
        done.operation->deleteLater();
        CommandRun* run = start(id, new CommandRun(m_context(), argv, behaviour, keys, this));
        if (done.isCancelled)
            run->cancel(); // before it has sent anything
        else
            run->start();
    });
    lookup->start();
}

CommandRun* Runs::start(quint64 id, CommandRun* run)
{
    m_runs.insert(id, run);
    connect(run, &CommandRun::traceChanged, this,
        [this, id](const Trace& trace) { Q_EMIT traceChanged(id, trace); });
    connect(run, &CommandRun::movedSeen, this,
        [this](cluster::Slot, const net::Endpoint& target) { Q_EMIT movedTo(target); });
    connect(run, &CommandRun::refreshWanted, this, &Runs::refreshWanted);
    connect(run, &CommandRun::finished, this, [this, id](const Trace& trace) {
        m_runs.take(id)->deleteLater();
        Q_EMIT runFinished(id, trace);
    });
    return run;
}

void Runs::runFanOut(quint64 id, const Argv& argv, command::FanOutTarget target)
{
    if (isTaken(id))
        return;
    auto* run = new FanOutRun(m_context(), argv, target, this);
    m_fanOuts.insert(id, run);
    connect(run, &FanOutRun::changed, this,
        [this, id](const FanOut& fanOut) { Q_EMIT fanOutChanged(id, fanOut); });
    connect(run, &FanOutRun::movedSeen, this,
        [this](cluster::Slot, const net::Endpoint& to) { Q_EMIT movedTo(to); });
    connect(run, &FanOutRun::refreshWanted, this, &Runs::refreshWanted);
    connect(run, &FanOutRun::finished, this, [this, id](const FanOut& fanOut) {
        m_fanOuts.take(id)->deleteLater();
        Q_EMIT fanOutFinished(id, fanOut);
    });
    run->start();
}

void Runs::cancel(quint64 id)
{
    if (const auto lookup = m_lookups.find(id); lookup != m_lookups.end()) {
        lookup->isCancelled = true;
        lookup->operation->cancel();
    } else if (CommandRun* run = m_runs.value(id)) {
        run->cancel();
    } else if (FanOutRun* fanOut = m_fanOuts.value(id)) {
        fanOut->cancel();
    }
}

} // namespace slotscope::session
