// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/discovery.h"
#include "core/cluster/mergeviews.h"
#include "core/net/connection.h"
#include "core/session/refreshplan.h"
#include "core/session/toldviews.h"

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

/// Whose a range of slots is in one view.
struct SlotClaim
{
    cluster::SlotRange range;
    cluster::NodeId owner;
    qint64 epoch = 0;
    friend bool operator==(const SlotClaim&, const SlotClaim&) = default;
};
using SlotClaims = QList<SlotClaim>;

/// Whether a session that knows `known` may go on with `found`: not when that owns no slot, or
/// shares no node with a map that does: a node that was emptied, or another cluster.
bool mayFollow(const cluster::Topology& known, const cluster::Topology& found);

/// The nodes' views that a session has gathered over time, one a node, and who did not tell its
/// own. The newest is the base. Of the older ones only that counts which no newer view has shown a
/// change of: when a node changes its mind about the owner of a slot, or about the health of a
/// node, what others said of it before is dropped. (Else each change would look like a dispute
/// until all were asked again; what does not change is a dispute indeed.) A node belongs to the
/// cluster as long as any view but its own names it: CLUSTER FORGET empties one view at a time.
class ViewKeeper
{
public:
    /// Some node answered CLUSTER NODES at all.
    bool hasNodes() const { return !m_newest.isNull(); }
    const cluster::NodeId& newest() const { return m_newest; }

    /// What the reply of CLUSTER NODES from a node is worth.
    struct Understood
    {
        /// None when it is no view, when a node that knows only itself answered, when it shares no
        /// node with what is known, or when it is that of another known node than was meant. Of an
        /// unknown node where `trouble` says so: one that was rebuilt.
        std::optional<cluster::ViewInput> view;
        Silence trouble; ///< why the view of the node that was meant is missing
    };
    Understood understand(const net::Answer& answer, const PollTarget& target) const;
    /// A node came or its address changed: CLUSTER SLOTS must tell what clients should dial.
    bool needsSlots(const cluster::ViewInput& view) const;
    void add(cluster::ViewInput view);
    /// The same for several, the newest last.
    void addTogether(const QList<cluster::ViewInput>& views);
    /// After a discovery: every view that arrived, the freshest first, and who is missing.
    void addAll(const cluster::Discovery& discovery);
    /// The node was asked and its view did not come. Since when: since the first of several times
    /// in a row.
    void markSilent(const cluster::NodeId& id, Silence silence);
    QSet<cluster::NodeId> silent() const;
    const QHash<cluster::NodeId, Silence>& silences() const { return m_silent; }
    /// Those of whom the last that was heard is their own view.
    QSet<cluster::NodeId> speaking() const;
    /// The newest view names fewer nodes than are known: only all of them can tell who is gone.
    bool missesNodes() const;
    /// Writes how many views there are and what is missing.
    void countViews(cluster::TopologyData* data) const;
    /// All of it as a topology that follows `previous`. Seed, kind and version are those of `head`.
    cluster::Topology merge(const cluster::TopologyData& head, const ClusterInfo& info,
        const cluster::Topology& previous) const;
    /// Each view by itself, for those who show or compare them.
    ToldViews told() const;

private:
    struct Kept
    {
        cluster::ViewInput view;
        int round = 0;
        QDateTime at;
        QList<IllNode> ill; ///< as long as no newer view has shown otherwise
        // What most views have in common is shared, so that it is seen at once to be equal.
        SlotClaims claims; ///< of the view, by slot
        QList<cluster::NodeId> names; ///< of the nodes that it knows for certain, sorted
    };

    QSet<cluster::NodeId> members() const;
    void keep(const cluster::NodeId& id, cluster::ViewInput view);
    void rememberLines(const cluster::NodesView& view);
    void rememberSlots(const cluster::ViewInput& view);
    void dropContradicted(const Kept& before, const cluster::NodesView& after,
        const SlotClaims& claims, const cluster::NodeId& speaker);
    void dropOlderOwners(
        const SlotClaims* before, const SlotClaims& after, const cluster::NodeId& speaker);
    void dropOld();

    mutable cluster::NodesParser m_parser; ///< a memory of lines, nothing else
    QHash<cluster::NodeId, Kept> m_kept;
    QHash<cluster::NodeId, cluster::Node> m_lines; ///< the last that NODES printed of each
    QHash<cluster::NodeId, Silence> m_silent;
    cluster::SlotsView m_slots; ///< the last answer, empty hosts filled in
    cluster::NodeId m_newest;
    QStringList m_warnings; ///< of the last discovery: what does not hang on a node's silence
    QString m_unreachable; ///< of the last discovery: none of these answered
    QSet<cluster::NodeId> m_unreached;
    int m_round = 0;
};

} // namespace slotscope::session
