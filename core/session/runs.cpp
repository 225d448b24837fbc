// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/session/runs.h"

#include "core/command/commandrun.h"
#include "core/command/pipelinerun.h"
#include "core/command/transactionrun.h"

#include <QPointer>

namespace slotscope::session {

using command::Argv;
using command::Behaviour;
using command::CommandRun;
using command::FanOut;
using command::FanOutRun;
using command::KeyInfo;
using command::KeyLookup;
using command::Pipeline;
using command::PipelineProgress;
using command::PipelineRun;
using command::RunContext;
using command::Start;
using command::Trace;
using command::TransactionRun;

namespace {

constexpr int tellEveryMs = 30;

// Keys are of use where they choose the node.
bool mustAskForKeys(const RunContext& context, const Argv& argv, const Behaviour& behaviour)
{
    return (behaviour.start == Start::Owner || behaviour.start == Start::Replica)
        && context.map.data().kind == cluster::Kind::Cluster && !context.map.isEmpty()
        && extractKeys(argv, context.table).needsServer;
}

} // namespace

Runs::Runs(std::function<RunContext()> context, bool readOnly, QObject* parent)
    : QObject(parent)
    , m_context(std::move(context))
    , m_readOnly(readOnly)
    , m_pace(this)
{
    m_pace.setInterval(tellEveryMs);
    connect(&m_pace, &QTimer::timeout, this, &Runs::tellProgress);
}

Runs::~Runs()
{
    for (const Lookup& lookup : std::as_const(m_lookups))
        delete lookup.operation;
    qDeleteAll(m_runs);
    qDeleteAll(m_transactions);
    qDeleteAll(m_fanOuts);
    for (const RunningPipeline& pipeline : std::as_const(m_pipelines))
        delete pipeline.operation;
}

bool Runs::isTaken(quint64 id) const
{
    return m_lookups.contains(id) || m_runs.contains(id) || m_transactions.contains(id)
        || m_fanOuts.contains(id) || m_pipelines.contains(id);
}

QString Runs::refusalOf(const QList<Argv>& commands, const RunContext& context,
    Confirmation confirmation, std::optional<command::FanOutTarget> target) const
{
    const GuardVerdict verdict = judge(commands, context.table, m_readOnly);
    const bool isFree = verdict.permission == Permission::Allowed
        || (verdict.permission == Permission::AskFirst && confirmation == Confirmation::Confirmed);
    return isFree ? QString() : refusalSentence(verdict, nodesReached(context.map, target));
}

void Runs::run(quint64 id, const Argv& argv, const Behaviour& behaviour, Confirmation confirmation)
{
    if (isTaken(id))
        return;
    const RunContext context = m_context();
    if (const QString why = refusalOf({ argv }, context, confirmation); !why.isEmpty()) {
        adopt(id, new CommandRun(context, argv, behaviour, this))->refuse(why);
        return;
    }
    if (!mustAskForKeys(context, argv, behaviour)) {
        adopt(id, new CommandRun(context, argv, behaviour, this))->start();
        return;
    }
    auto* lookup = new KeyLookup(context, argv, this);
    m_lookups.insert(id, { lookup });
    connect(lookup, &KeyLookup::finished, this, [this, id, argv, behaviour](const KeyInfo& keys) {
        const Lookup done = m_lookups.take(id);
        done.operation->deleteLater();
        CommandRun* run = adopt(id, new CommandRun(m_context(), argv, behaviour, keys, this));
        if (done.isCancelled)
            run->cancel(); // before it has sent anything
        else
            run->start();
    });
    lookup->start();
}

CommandRun* Runs::adopt(quint64 id, CommandRun* run)
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

void Runs::runTransaction(quint64 id, const QList<QByteArray>& watchedKeys,
    const QList<Argv>& commands, const Behaviour& behaviour, Confirmation confirmation)
{
    if (isTaken(id))
        return;
    const RunContext context = m_context();
    auto* run = new TransactionRun(context, watchedKeys, commands, behaviour, this);
    m_transactions.insert(id, run);
    connect(run, &TransactionRun::traceChanged, this,
        [this, id](const Trace& trace) { Q_EMIT traceChanged(id, trace); });
    connect(run, &TransactionRun::movedSeen, this,
        [this](cluster::Slot, const net::Endpoint& target) { Q_EMIT movedTo(target); });
    connect(run, &TransactionRun::refreshWanted, this, &Runs::refreshWanted);
    connect(run, &TransactionRun::finished, this, [this, id](const Trace& trace) {
        m_transactions.take(id)->deleteLater();
        Q_EMIT runFinished(id, trace);
    });
    if (const QString why = refusalOf(commands, context, confirmation); why.isEmpty())
        run->start();
    else
        run->refuse(why);
}

void Runs::runFanOut(
    quint64 id, const Argv& argv, command::FanOutTarget target, Confirmation confirmation)
{
    if (isTaken(id))
        return;
    const RunContext context = m_context();
    auto* run = new FanOutRun(context, argv, target, this);
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
    if (const QString why = refusalOf({ argv }, context, confirmation, target); why.isEmpty())
        run->start();
    else
        run->refuse(why);
}

void Runs::runPipeline(quint64 id, const QList<Argv>& commands, Confirmation confirmation)
{
    if (isTaken(id))
        return;
    const RunContext context = m_context();
    auto* run = new PipelineRun(context, commands, this);
    RunningPipeline& pipeline = m_pipelines[id];
    pipeline.operation = run;
    pipeline.since.start();
    pipeline.refusal = refusalOf(commands, context, confirmation);
    connect(run, &PipelineRun::movedSeen, this,
        [this](cluster::Slot, const net::Endpoint& target) { Q_EMIT movedTo(target); });
    connect(run, &PipelineRun::refreshWanted, this, &Runs::refreshWanted);
    connect(run, &PipelineRun::finished, this, [this, id] { onPipelineFinished(id); });
    m_pace.start();
    if (pipeline.refusal.isEmpty())
        run->start();
    else
        run->refuse();
}

void Runs::tellProgress()
{
    const QPointer<Runs> self(this);
    const QList<quint64> ids = m_pipelines.keys();
    for (const quint64 id : ids) {
        const auto pipeline = m_pipelines.find(id);
        if (pipeline == m_pipelines.end())
            continue;
        const command::PipelineCounts& counts = pipeline->operation->counts();
        if (counts == pipeline->told)
            continue;
        pipeline->told = counts;
        Q_EMIT pipelineChanged(
            id, { pipeline->operation->results().size(), counts, pipeline->operation->traces() });
        if (!self)
            return;
    }
}

void Runs::onPipelineFinished(quint64 id)
{
    const RunningPipeline done = m_pipelines.take(id);
    if (m_pipelines.isEmpty())
        m_pace.stop();
    const PipelineRun* run = done.operation;
    done.operation->deleteLater();
    const Pipeline pipeline { run->results(), run->counts(), done.refusal,
        done.since.nsecsElapsed() / 1000, run->traces() };
    const QPointer<Runs> self(this);
    Q_EMIT pipelineChanged(id, { pipeline.results.size(), pipeline.counts, pipeline.traces });
    if (self)
        Q_EMIT pipelineFinished(id, pipeline);
}

void Runs::proceed(quint64 id)
{
    if (CommandRun* run = m_runs.value(id))
        run->proceed();
}

void Runs::cancel(quint64 id)
{
    if (const auto lookup = m_lookups.find(id); lookup != m_lookups.end()) {
        lookup->isCancelled = true;
        lookup->operation->cancel();
    } else if (CommandRun* run = m_runs.value(id)) {
        run->cancel();
    } else if (TransactionRun* transaction = m_transactions.value(id)) {
        transaction->cancel();
    } else if (FanOutRun* fanOut = m_fanOuts.value(id)) {
        fanOut->cancel();
    } else if (PipelineRun* pipeline = m_pipelines.value(id).operation) {
        pipeline->cancel();
    }
}

} // namespace slotscope::session
