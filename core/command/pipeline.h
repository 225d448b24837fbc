// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/trace.h"
#include "core/support/error.h"

#include <QMetaType>

#include <optional>

namespace slotscope::command {

/// What became of one command of a pipeline.
struct PipelineResult
{
    TraceOutcome outcome = TraceOutcome::Running;
    resp::Reply reply; ///< an error reply included; Null without one
    std::optional<support::Error> error; ///< why there is no reply: ConnectFailed, OutcomeUnknown
};

/// What happened to the commands of a pipeline on their way, all together.
struct PipelineCounts
{
    qsizetype done = 0;
    qsizetype moved = 0; ///< MOVED answers that were followed
    qsizetype asked = 0; ///< ASK answers that were followed
    qsizetype retried
        = 0; ///< TRYAGAIN, CLUSTERDOWN, LOADING, READONLY, no connection: again after a wait

    friend bool operator==(const PipelineCounts&, const PipelineCounts&) = default;
};

/// One command of a pipeline with its hops.
struct TracedCommand
{
    int index = 0; ///< of the command
    Trace trace;
};

/// How far a pipeline is.
struct PipelineProgress
{
    qsizetype total = 0; ///< commands
    PipelineCounts counts;
    QList<TracedCommand> traces {}; ///< as Pipeline's; none is lost on the way there
};

/// A pipeline that has ended.
struct Pipeline
{
    QList<PipelineResult> results; ///< one for each command, in their order
    PipelineCounts counts;
    QString detail; ///< why nothing at all was sent; else empty
    qint64 totalMicros = 0;
    /// In the order of the commands. Of a short one all, of a long one a bounded choice
    /// (PipelineTraces).
    QList<TracedCommand> traces {};
};

} // namespace slotscope::command

Q_DECLARE_METATYPE(slotscope::command::PipelineProgress)
Q_DECLARE_METATYPE(slotscope::command::Pipeline)
