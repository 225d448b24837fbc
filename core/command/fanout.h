// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/trace.h"

namespace slotscope::command {

/// Which runs one command is made into.
enum class FanOutTarget {
    Primaries, ///< one for each primary
    Replicas, ///< one for each replica
    Nodes, ///< one for each of both
    Slots, ///< one for each slot that its keys are in; only DEL, UNLINK, EXISTS, TOUCH, MGET, MSET
};

/// One run of a fan-out.
struct FanOutRow
{
    cluster::NodeId nodeId; ///< null with FanOutTarget::Slots: the hops say which node it was
    QString nodeLabel; ///< "S01", "S01/2"; empty with FanOutTarget::Slots
    net::Endpoint address; ///< announced
    std::optional<cluster::Slot> slot; ///< with FanOutTarget::Slots
    QList<int> keys; ///< with FanOutTarget::Slots: which keys of the command, counted from 0
    Trace trace; ///< Running and without hops until its turn comes

    bool hasSucceeded() const { return trace.outcome == TraceOutcome::Reply; }
};

/// What has become of all rows together.
enum class FanOutOutcome {
    Running,
    Done, ///< every row that is needed has a reply that is no error
    Partial, ///< some rows have
    Failed, ///< none has
    Unreachable, ///< no node could be connected to
    OutcomeUnknown, ///< a row was sent and not answered: it may have been executed
    NotSent, ///< refused; `detail` says why
    Cancelled,
};

/// One command sent to several nodes, or split by slot. An immutable-by-convention value: its run
/// emits a newer one each time a row ends. Rows that failed stay in it. The rows are not executed
/// at one moment: other clients may see, and change, what lies between.
struct FanOut
{
    Argv argv; ///< without secrets
    FanOutTarget target = FanOutTarget::Primaries;
    QList<QByteArray> keys;
    QList<FanOutRow> rows;
    /// What the replies make together, by the command's response policy; with
    /// FanOutTarget::Slots what the command would have answered. Null when nothing can be said.
    std::optional<resp::Reply> aggregate;
    bool partial = false; ///< `aggregate` lacks rows
    FanOutOutcome outcome = FanOutOutcome::Running;
    QString detail; ///< a sentence on how it was refused, or that it was not atomic
    QDateTime startedAt; ///< UTC
    qint64 totalMicros = 0;

    bool isComplete() const { return outcome != FanOutOutcome::Running; }
};

QString fanOutTargetName(FanOutTarget target); ///< "primaries", "replicas", "nodes", "slots"
/// "running", "done", "partial", "failed", "unreachable", "outcome_unknown", ...
QString fanOutOutcomeName(FanOutOutcome outcome);

} // namespace slotscope::command

Q_DECLARE_METATYPE(slotscope::command::FanOut)
