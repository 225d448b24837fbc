// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/health/agreement.h"
#include "core/health/headline.h"

#include <QMetaType>

namespace slotscope::health {

/// What can be wrong, in the order of importance. The JSON contract has a word for each.
enum class FindingCode {
    ClusterStateFail,
    SlotsUncovered,
    SlotsDisputed,
    ViewsDisagree,
    NodeFailed,
    NodeUnreachable,
    NodeLoading,
    ReplicationBroken,
    NodeSuspected,
    SlotsOpen,
    NodeNoAddr,
    MembersDiffer,
    EpochCollision,
    AnnouncedAddressUnreachable,
    PrimaryWithoutReplica,
    ReplicasOnPrimaryHost,
    ReplicationLag,
    SlotsImbalanced,
    MixedVersions,
    SecondaryChecksIncomplete,
};

QString codeName(FindingCode code); ///< "slots-uncovered"
QString severityName(Severity severity); ///< "error", "warning", "info"

/// One health observation. A plain value.
struct Finding
{
    Severity severity = Severity::Notice; ///< never Calm
    FindingCode code = FindingCode::SecondaryChecksIncomplete;
    QString title; ///< one sentence
    QString detail; ///< what it means, and what to look at next
    QList<cluster::NodeId> nodes; ///< whom it concerns
    cluster::SlotRanges ranges;
    QList<Claim> claims; ///< who says what about which slots

    friend bool operator==(const Finding&, const Finding&) = default;
};

/// When a number becomes a finding: above it, not at it.
namespace threshold {
inline constexpr qint64 lagBytes = 10 * 1024 * 1024;
inline constexpr qint64 lagSeconds = 10;
inline constexpr double imbalance = 0.10; ///< of an equal share
} // namespace threshold

/// What findings are made from.
struct Evidence
{
    QList<NodeView> views; ///< of every node that was asked
    cluster::Topology topology; ///< merged from them
    Agreement agreement; ///< between them
    QList<cluster::NodeId> nameless; ///< CLUSTER SLOTS calls them "?"
    net::Endpoint wayIn; ///< what was really dialled to reach the endpoint; not dialable if unknown
    /// The views hold every line that was printed: who is not in them is not known there.
    bool viewsAreWhole = true;
    /// Not where only the map that was merged from several is left: whose view says what is lost.
    bool viewsAreKnown = true;
};

/// Pure. Worst first, then as FindingCode is ordered; the same evidence gives the same list.
QList<Finding> findingsOf(const Evidence& evidence);

} // namespace slotscope::health

Q_DECLARE_METATYPE(slotscope::health::Finding)
