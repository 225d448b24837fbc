// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/capture.h"
#include "core/capture/sidebyside.h"

#include <QJsonObject>

namespace slotscope::capture {

/// What a difference is about, in the order of importance among equally severe ones.
enum class DifferenceKind {
    Findings,
    State, ///< of the cluster
    Slots, ///< moved, without an owner, with one again
    Roles, ///< failovers too
    Health, ///< of nodes, and whether they answer
    Nodes, ///< joined, left, other addresses
    Migrations, ///< slots being moved
    Epochs,
    Versions,
    Views, ///< how many nodes answered
};
inline constexpr int differenceKindCount = 10;
QString differenceName(DifferenceKind kind); ///< "findings", "state", ...

/// One thing that is not the same in the later of two captures; or a finding that is.
struct Difference
{
    DifferenceKind kind = DifferenceKind::State;
    /// How bad it is; Calm: something became well, or is only told.
    health::Severity severity = health::Severity::Calm;
    QString text; ///< one sentence
    cluster::NodeId node; ///< whom it is about; null: the cluster
    cluster::NodeId from; ///< slots: who had them; null: nobody
    cluster::NodeId to; ///< slots: whose they are; null: nobody's
    cluster::SlotRanges ranges;

    friend bool operator==(const Difference&, const Difference&) = default;
};

/// Two captures, one beside the other. A plain value.
struct Comparison
{
    struct Side
    {
        QDateTime at; ///< UTC: when it was saved, else when its topology was
        QString redaction;
        int nodes = 0;
        int shards = 0;
        int served = 0; ///< slots that have an owner
        friend bool operator==(const Side&, const Side&) = default;
    };

    QString name; ///< of the profile, where both say the same
    Side before;
    Side after;
    /// Their nodes can be matched by id and some are in both; else nodes and slots are not
    /// compared.
    bool isSameCluster = false;
    int idsBefore = 0;
    int idsAfter = 0;
    int sharedIds = 0;
    /// Sentences about the comparison itself: not the same cluster, redacted differently, the wrong
    /// way round.
    QStringList caveats;
    QList<SideBySideRow> rows; ///< both beside each other, what is the same too
    QList<Difference> differences; ///< worst first, then as DifferenceKind is ordered
    cluster::SlotRanges changedSlots; ///< with another owner, by failover too

    friend bool operator==(const Comparison&, const Comparison&) = default;
};

/// Pure. Nodes are matched by their ids, without ids by their addresses. Where one capture is
/// redacted and the other is not, or less, names are written as in the one that hides more, as far
/// as that can be matched.
Comparison compare(const Capture& before, const Capture& after);

/// `topology` with the shards' labels of `before`, if some of them differ: two captures that do not
/// come from one session, of a cluster whose slots moved, may not call a shard the same.
cluster::Topology labelledAs(const cluster::Topology& before, const cluster::Topology& topology);

/// A line for each side, each caveat and each difference.
QString toText(const Comparison& comparison);
/// For a chat or a postmortem: a heading, and lists by kind. Nothing in it is markup but its own.
QString toMarkdown(const Comparison& comparison);
QJsonObject toJson(const Comparison& comparison);

} // namespace slotscope::capture

Q_DECLARE_METATYPE(slotscope::capture::Comparison)
