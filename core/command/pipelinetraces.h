// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/keyextraction.h"
#include "core/command/pipeline.h"
#include "core/command/pipelinelane.h"
#include "core/command/runcontext.h"
#include "core/command/verdict.h"
#include "core/net/connection.h"

namespace slotscope::command {

/// Keeps what happened to the commands of a pipeline, hop by hop: to all of a short one, of a long
/// one to a sample at equal distances, and to the first that were redirected or had to wait, that
/// failed, and that were refused, `mostCommands` in all. What is kept stays kept. Told by
/// PipelineRun, for each visit begin() and then answer(); end() once. Context and commands must
/// outlive it.
class PipelineTraces
{
public:
    static constexpr qsizetype mostCommands = 200;
    static constexpr qsizetype mostSampled = 40;
    static constexpr qsizetype mostRedirected = 100; ///< or waiting
    static constexpr qsizetype mostFailed = 40;
    static constexpr qsizetype mostRefused = 20; ///< before anything was sent

    PipelineTraces(const RunContext& context, const QList<Argv>& commands);

    void know(int index, const KeyInfo& info);
    void begin(int index, const net::Endpoint& address, bool asking);
    /// `shown`: the reply without secrets. `verdict`: on an error reply.
    void answer(const Visit& visit, const net::Endpoint& address, const net::Answer& answer,
        const resp::Reply& shown, const std::optional<Verdict>& verdict);
    void mapChanged(int index);
    void end(int index, const PipelineResult& result);

    /// In the order of the commands.
    QList<TracedCommand> inOrder() const;

private:
    struct Kept
    {
        TracedCommand command;
        qint64 answered = 0; ///< microseconds of the monotonic clock
    };

    Kept* find(int index);
    Kept* keep(int index);
    Kept* keepAnswered(const Visit& visit, const net::Endpoint& address, bool isRedirected);
    Kept* keepRefused(int index, TraceOutcome outcome);
    Hop& addHop(Kept& kept, const net::Endpoint& address, bool asking);

    const RunContext& m_context;
    const QList<Argv>& m_commands;
    const QDateTime m_startedAt;
    std::vector<Kept> m_kept; ///< as they were chosen
    std::vector<qint32> m_places; ///< of each command in it, -1: none
    qsizetype m_redirected = 0; ///< chosen for that
    qsizetype m_failed = 0;
    qsizetype m_refused = 0;
};

} // namespace slotscope::command
