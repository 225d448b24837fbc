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
{
    if (commands.size() > mostCommands)
        return;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    for (const Argv& argv : commands) {
        Trace trace;
        trace.startedAt = now;
        trace.argv = support::redactCommand(argv);
        trace.behaviour = Behaviour::clusterClientWithMap();
        trace.map = context.map;
        trace.seed = context.seed;
        m_traces.append(trace);
    }
    m_answered.resize(m_traces.size());
}

void PipelineTraces::know(int index, const KeyInfo& info)
{
    if (!isKept(index))
        return;
    m_traces[index].keys = info.keys;
    m_traces[index].slot = info.slot;
}

void PipelineTraces::begin(int index, const net::Endpoint& address, bool asking)
{
    if (!isKept(index))
        return;
    Trace& trace = m_traces[index];
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
        hop.waitMicros = std::max<qint64>(1, now - m_answered.at(index));
    trace.hops.append(hop);
    trace.reply = {};
}

void PipelineTraces::answer(int index, const net::Answer& answer, const resp::Reply& shown)
{
    if (!isKept(index))
        return;
    Trace& trace = m_traces[index];
    Hop& hop = trace.hops.last();
    m_answered[index] = microsNow();
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
    if (answer.reply) {
        hop.outcome = HopOutcome::Reply;
        return;
    }
    hop.outcome = answer.sent ? HopOutcome::OutcomeUnknown : HopOutcome::ConnectFailed;
    hop.raw = explain::errorSentence(answer.reply.error()).toUtf8();
}

void PipelineTraces::judge(int index, const Verdict& verdict)
{
    if (!isKept(index))
        return;
    Hop& hop = m_traces[index].hops.last();
    hop.raw = m_traces.at(index).reply.toByteArray();
    hop.outcome = verdict.outcome;
    if (!verdict.redirect)
        return;
    hop.slot = verdict.redirect->slot;
    hop.target = verdict.redirect->targetText;
    hop.targetLabel = hop.target;
    if (verdict.target) {
        hop.targetAddress = *verdict.target;
        hop.targetLabel = nameOf(m_context.map, *verdict.target).label;
    }
}

void PipelineTraces::mapChanged(int index)
{
    if (isKept(index))
        m_traces[index].hops.last().mapChanged = true;
}

void PipelineTraces::end(int index, const PipelineResult& result)
{
    if (!isKept(index))
        return;
    Trace& trace = m_traces[index];
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

} // namespace slotscope::command
