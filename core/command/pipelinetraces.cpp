// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/pipelinetraces.h"

#include "core/command/nodenames.h"
#include "core/explain/errors.h"
#include "core/support/redact.h"

#include <algorithm>

namespace slotscope::command {

namespace {

qint64 microsNow()
{
    return net::monotonicNanos() / 1000;
}

bool isRedirect(HopOutcome outcome)
{
    return outcome == HopOutcome::Moved || outcome == HopOutcome::Ask;
}

} // namespace

PipelineTraces::PipelineTraces(const RunContext& context, const QList<Argv>& commands)
    : m_context(context)
    , m_commands(commands)
    , m_startedAt(QDateTime::currentDateTimeUtc())
    , m_places(commands.size(), -1)
{
    const qsizetype all = commands.size();
    const qsizetype chosen = all <= mostCommands ? all : mostSampled;
    m_kept.reserve(std::min(all, mostCommands));
    for (qsizetype i = 0; i < chosen; ++i)
        keep(static_cast<int>(i * all / chosen));
}

PipelineTraces::Kept* PipelineTraces::find(int index)
{
    const qint32 place = m_places[index];
    return place < 0 ? nullptr : &m_kept[place];
}

PipelineTraces::Kept* PipelineTraces::keep(int index)
{
    Kept kept;
    kept.command.index = index;
    Trace& trace = kept.command.trace;
    trace.startedAt = m_startedAt;
    trace.argv = support::redactCommand(m_commands.at(index));
    trace.behaviour = Behaviour::clusterClientWithMap();
    trace.map = m_context.map;
    trace.seed = m_context.seed;
    m_places[index] = static_cast<qint32>(m_kept.size());
    m_kept.push_back(kept);
    return &m_kept.back();
}

// Only at its first visit: what came before would be missing.
PipelineTraces::Kept* PipelineTraces::keepAnswered(
    const Visit& visit, const net::Endpoint& address, bool isRedirected)
{
    qsizetype& count = isRedirected ? m_redirected : m_failed;
    if (visit.isRetry || count >= (isRedirected ? mostRedirected : mostFailed))
        return nullptr;
    ++count;
    Kept* kept = keep(visit.index);
    know(visit.index, extractKeys(m_commands.at(visit.index), m_context.table));
    addHop(*kept, address, visit.asking);
    return kept;
}

PipelineTraces::Kept* PipelineTraces::keepRefused(int index, TraceOutcome outcome)
{
    const bool isRefused = outcome == TraceOutcome::NotSent || outcome == TraceOutcome::CrossSlot
        || outcome == TraceOutcome::SlotUnowned;
    if (!isRefused || m_refused >= mostRefused)
        return nullptr;
    ++m_refused;
    Kept* kept = keep(index);
    know(index, extractKeys(m_commands.at(index), m_context.table));
    return kept;
}

void PipelineTraces::know(int index, const KeyInfo& info)
{
    if (Kept* kept = find(index)) {
        kept->command.trace.keys = info.keys;
        kept->command.trace.slot = info.slot;
    }
}

void PipelineTraces::begin(int index, const net::Endpoint& address, bool asking)
{
    if (Kept* kept = find(index))
        addHop(*kept, address, asking);
}

Hop& PipelineTraces::addHop(Kept& kept, const net::Endpoint& address, bool asking)
{
    Trace& trace = kept.command.trace;
    const qint64 now = microsNow();
    if (trace.hops.isEmpty())
        trace.startedMicros = now;
    const NodeName name = nameOf(m_context.map, address);
    Hop hop;
    hop.nodeId = name.id;
    hop.nodeLabel = name.label;
    hop.address = address;
    hop.asking = asking;
    hop.startedMicros = now - trace.startedMicros;
    if (!trace.hops.isEmpty() && !isRedirect(trace.hops.constLast().outcome))
        hop.waitMicros = std::max<qint64>(1, now - kept.answered);
    trace.hops.append(hop);
    trace.reply = {};
    return trace.hops.last();
}

void PipelineTraces::answer(const Visit& visit, const net::Endpoint& address,
    const net::Answer& answer, const resp::Reply& shown, const std::optional<Verdict>& verdict)
{
    Kept* kept = find(visit.index);
    if (!kept && (verdict || !answer.reply))
        kept = keepAnswered(visit, address, verdict && verdict->kind != Verdict::Kind::End);
    if (!kept)
        return;
    Trace& trace = kept->command.trace;
    Hop& hop = trace.hops.last();
    kept->answered = microsNow();
    if (answer.sent) {
        hop.micros = answer.micros;
        // Until then it waited for its connection.
        const qint64 sent = answer.startedNanos / 1000;
        if (trace.hops.size() == 1)
            trace.startedMicros = sent;
        else
            hop.startedMicros = std::max<qint64>(0, sent - trace.startedMicros);
    }
    trace.reply = shown;
    if (!answer.reply) {
        hop.outcome = answer.sent ? HopOutcome::OutcomeUnknown : HopOutcome::ConnectFailed;
        hop.raw = explain::errorSentence(answer.reply.error()).toUtf8();
        return;
    }
    hop.outcome = HopOutcome::Reply;
    if (!verdict)
        return;
    hop.raw = shown.toByteArray();
    hop.outcome = verdict->outcome;
    if (!verdict->redirect)
        return;
    hop.slot = verdict->redirect->slot;
    hop.target = verdict->redirect->targetText;
    hop.targetLabel = hop.target;
    if (verdict->target) {
        hop.targetAddress = *verdict->target;
        hop.targetLabel = nameOf(m_context.map, *verdict->target).label;
    }
}

void PipelineTraces::mapChanged(int index)
{
    if (Kept* kept = find(index))
        kept->command.trace.hops.last().mapChanged = true;
}

void PipelineTraces::end(int index, const PipelineResult& result)
{
    Kept* kept = find(index);
    if (!kept)
        kept = keepRefused(index, result.outcome);
    if (!kept)
        return;
    Trace& trace = kept->command.trace;
    trace.outcome = result.outcome;
    if (!trace.hops.isEmpty()) {
        trace.totalMicros = std::max<qint64>(0, microsNow() - trace.startedMicros);
        // Cancelled with its answer still to come.
        if (trace.hops.constLast().outcome == HopOutcome::Pending)
            trace.hops.last().outcome = HopOutcome::OutcomeUnknown;
    }
    if (result.outcome == TraceOutcome::CrossSlot)
        trace.detail = crossSlotSentence(trace.keys);
    else if (result.error)
        trace.detail = explain::errorSentence(*result.error);
    else if (result.outcome != TraceOutcome::Reply && result.outcome != TraceOutcome::Error)
        trace.detail = traceOutcomeName(result.outcome);
}

QList<TracedCommand> PipelineTraces::inOrder() const
{
    QList<TracedCommand> result;
    result.reserve(static_cast<qsizetype>(m_kept.size()));
    for (const Kept& kept : m_kept)
        result.append(kept.command);
    std::sort(result.begin(), result.end(),
        [](const TracedCommand& a, const TracedCommand& b) { return a.index < b.index; });
    return result;
}

} // namespace slotscope::command
