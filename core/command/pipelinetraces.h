// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/keyextraction.h"
#include "core/command/pipeline.h"
#include "core/command/runcontext.h"
#include "core/command/verdict.h"
#include "core/net/connection.h"

namespace slotscope::command {

/// Keeps what happened to each command of a short pipeline, hop by hop; of a long one nothing. Told
/// by PipelineRun, in this order for each visit: begin(), answer(), judge() for an error; end()
/// once. The context must outlive it.
class PipelineTraces
{
public:
    static constexpr qsizetype mostCommands = 200;

    PipelineTraces(const RunContext& context, const QList<Argv>& commands);

    void know(int index, const KeyInfo& info);
    void begin(int index, const net::Endpoint& address, bool asking);
    /// `shown`: the reply without secrets.
    void answer(int index, const net::Answer& answer, const resp::Reply& shown);
    void judge(int index, const Verdict& verdict);
    void mapChanged(int index);
    void end(int index, const PipelineResult& result);

    const QList<Trace>& all() const { return m_traces; }

private:
    bool isKept(int index) const { return index < m_traces.size(); }

    const RunContext& m_context;
    QList<Trace> m_traces;
    QList<qint64> m_answered; ///< by command: microseconds of the monotonic clock
};

} // namespace slotscope::command
