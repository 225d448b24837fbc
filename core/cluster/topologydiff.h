// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"

namespace slotscope::cluster {

/// One thing that is different in the later of two topologies of one cluster. A plain value that
/// can be shown, saved and compared without either topology.
struct TopologyChange
{
    enum class Kind {
        StateChanged, ///< cluster_state, from `before` to `after`
        Failover, ///< a shard has a new primary, and its slots: from `from` to `to`
        NodeJoined, ///< `after`: its role
        NodeLeft,
        AddressReused, ///< the same address answers under another id: from `from` to `to`
        AddressChanged, ///< from `before` to `after`
        RoleChanged, ///< from `before` to `after`; a replica's primary is `to`
        PrimaryChanged, ///< a replica has another primary: from `from` to `to`
        NodeSuspected, ///< fail?
        NodeFailed, ///< fail
        NodeRecovered, ///< `before`: "pfail" or "fail"
        SlotsMoved, ///< `ranges`, from `from` to `to`
        SlotsUncovered, ///< `ranges` of `from` have no owner now
        SlotsCovered, ///< `ranges`, which nobody owned, are now `to`'s
        MigrationStarted, ///< `ranges` are open, from `from` to `to`; either may be null
        MigrationEnded,
        EpochRaised, ///< a primary's config epoch, from `before` to `after`
        /// No change of the cluster, and never from diff(): this computer asked `node` and got no
        /// view; `after`: why, a few words; may be empty.
        Unreached,
        Reached, ///< likewise: it answers this computer again
        /// No change of the cluster: nobody was connected from `before` to `after` (ISO 8601, UTC),
        /// and what happened meanwhile is not known. diff() never gives it.
        Unwatched,
        /// Likewise no change of the cluster, and never from diff(): this computer's clock was set
        /// back from `before` to `after`. What is told later has earlier times than what was told.
        ClockSetBack,
    };

    Kind kind = Kind::StateChanged;
    NodeId node; ///< whom it is about; null for the cluster, and for nodes without an id
    NodeId from;
    NodeId to;
    SlotRanges ranges;
    QString shard; ///< label of the shard it is about; empty when there is none
    QString name; ///< what `node` is called: its address, else its id
    /// What it was and is: an address, a word of the contract, an epoch; where `from` and `to` say
    /// it, what those two are called.
    QString before;
    QString after;

    friend bool operator==(const TopologyChange&, const TopologyChange&) = default;
};

/// A change with the time it was seen (UTC) and who said so.
struct TopologyEvent
{
    TopologyChange change;
    QDateTime at;
    NodeId saidBy; ///< the node whose view showed it; null when it has no id
    friend bool operator==(const TopologyEvent&, const TopologyEvent&) = default;
};

/// It is what this computer found, and no node said it.
bool isOwnFinding(TopologyChange::Kind kind);

/// What changed from `before` to `after`, the worst first. Pure.
///
/// Only what both know is compared: nothing comes of a topology without slots or views, of nodes in
/// handshake (their names are made up), of health or roles that one of them does not know, or of
/// the time. A view that is alone, though others were asked, does not prove that a node is gone,
/// and CLUSTER SLOTS alone, which leaves replicas out, proves it of no replica. An open slot has
/// only ended when a side of it, or its new owner, says so.
QList<TopologyChange> diff(const Topology& before, const Topology& after);

/// Whether nothing that a picture shows is different: all but the time, who answered, and what each
/// node says only of itself and of its links.
bool looksSame(const Topology& a, const Topology& b);

QString changeName(TopologyChange::Kind kind); ///< "failover", "slots-moved", ...
std::optional<TopologyChange::Kind> changeFromName(QStringView name); ///< its inverse
/// The change as one English sentence (its words are in core/explain).
QString sentenceOf(const TopologyChange& change);

} // namespace slotscope::cluster

Q_DECLARE_METATYPE(slotscope::cluster::TopologyEvent)
