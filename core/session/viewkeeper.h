// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/mergeviews.h"
#include "core/net/connection.h"
#include "core/session/refreshplan.h"

#include <QHash>
#include <QSet>

#include <optional>

namespace slotscope::session {

/// What CLUSTER INFO says; empty where it was refused.
struct ClusterInfo
{
    cluster::ClusterState state = cluster::ClusterState::Unknown;
    std::optional<quint64> currentEpoch;

    static ClusterInfo of(const net::Answer& answer);
};

/// The nodes' views that a session has gathered over time, one a node. The newest decides; of the
/// others those are dropped that are old or whose node has failed or gone, and when the newest
/// shows a change of ownership or membership, an older one keeps only what nobody else can tell:
/// the open slots of its own node. (Else each change would look like a dispute until all were asked
/// again.)
class ViewKeeper
{
public:
    /// After a discovery: what all nodes said at one moment, the freshest first.
    void replaceAll(const QList<cluster::ViewInput>& views);
    /// Some node answered CLUSTER NODES at all.
    bool hasNodes() const { return !m_ownership.isEmpty(); }

    /// What the reply of CLUSTER NODES from a node is worth.
    struct Understood
    {
        /// None when it is no view, when a node that knows only itself answered, or when it shares
        /// no node with what is known. Of another node than the one meant where `trouble` says so.
        std::optional<cluster::ViewInput> view;
        QString trouble; ///< a sentence: why the view of the node that was meant is missing
    };
    Understood understand(const net::Answer& answer, const PollTarget& target) const;
    /// A node came or its address changed: CLUSTER SLOTS must tell what clients should dial.
    bool needsSlots(const cluster::ViewInput& view) const;
    void add(cluster::ViewInput view);
    /// The node was asked and its view did not come; `trouble` says why (may be empty).
    void markSilent(const cluster::NodeId& id, const QString& trouble);
    QSet<cluster::NodeId> silent() const;
    /// Writes how many views there are and what is missing, `warnings` first.
    void countViews(cluster::TopologyData* data, const QStringList& warnings) const;
    /// All of it as a topology that follows `previous`.
    cluster::Topology merge(const cluster::Topology& previous, const ClusterInfo& info,
        const QStringList& warnings) const;

private:
    /// Who is there and who owns what.
    using Ownership = QHash<cluster::NodeId, cluster::SlotRanges>;
    struct Kept
    {
        cluster::ViewInput view;
        int round = 0;
        bool outdated = false; ///< a newer view of another node showed a change
    };

    static Ownership ownershipOf(const cluster::NodesView& view);
    void rememberSlots(const cluster::ViewInput& view);
    void dropOld(const cluster::NodesView& newest);

    QHash<cluster::NodeId, Kept> m_kept;
    QHash<cluster::NodeId, QString> m_addresses; ///< as NODES prints them
    QHash<cluster::NodeId, QString> m_silent; ///< and why
    cluster::SlotsView m_slots; ///< the last answer, empty hosts filled in
    Ownership m_ownership; ///< as the newest view has it
    cluster::NodeId m_newest;
    int m_round = 0;
};

} // namespace slotscope::session
