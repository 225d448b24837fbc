// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/node.h"
#include "core/net/waysecurity.h"

#include <QDateTime>
#include <QHash>
#include <QMetaType>
#include <QSet>

#include <memory>
#include <optional>

namespace slotscope::cluster {

enum class Kind { Cluster, Standalone, Sentinel };
enum class ClusterState { Unknown, Ok, Fail };
enum class Product { Unknown, Redis, Valkey };

/// A primary, its replicas and the slots it owns. `label` (S01, S02, ...) is given once.
struct Shard
{
    QString label;
    int index = 0; ///< 0-based number behind the label; picks the colour
    NodeId primaryId;
    QList<NodeId> replicaIds;
    SlotRanges ranges;
    int slotCount = 0;
    friend bool operator==(const Shard&, const Shard&) = default;
};

/// A slot that is being moved; either side is null when only one side is open (or was asked).
struct Migration
{
    Slot slot;
    NodeId from;
    NodeId to;
    friend bool operator==(const Migration&, const Migration&) = default;
};

/// Slots that different views give to different owners.
struct Dispute
{
    SlotRange range;
    QList<NodeId> claimants;
    friend bool operator==(const Dispute&, const Dispute&) = default;
};

/// Who says whose slots they are, of slots about which the views do not agree.
struct Claim
{
    SlotRanges ranges;
    NodeId owner; ///< null: nobody's
    QList<NodeId> saidBy; ///< the nodes whose views say so
    friend bool operator==(const Claim&, const Claim&) = default;
};

/// A primary that a sentinel watches.
struct SentinelMaster
{
    QString name;
    net::Endpoint address;
    friend bool operator==(const SentinelMaster&, const SentinelMaster&) = default;
};

/// Everything a Topology holds, while it is being built. Fields as in the JSON contract.
struct TopologyData
{
    QDateTime capturedAt; ///< UTC; invalid when unknown (pasted text)
    QString seedTyped;
    net::Endpoint seed; ///< the endpoint behind what was typed
    QString seedVia; ///< "ssh bastion", "SOCKS5 proxy:1080"; empty: straight
    net::WaySecurity seedSecurity = net::WaySecurity::Unknown; ///< of all connections
    QString seedDialled; ///< "ip:port" that DNS chose; empty when nothing was dialled
    Kind kind = Kind::Cluster;
    Product product = Product::Unknown;
    QString version;
    QString os; ///< as INFO has it, of the seed; not in documents
    ClusterState state = ClusterState::Unknown;
    std::optional<quint64> currentEpoch;
    NodeId answeredBy;
    int viewsAsked = 0; ///< nodes that were asked for their view
    int viewsAnswered = 0;
    QList<NodeId> views; ///< the nodes whose views this was made of, as far as they have ids
    QList<Node> nodes;
    QList<Shard> shards;
    /// Those that earlier topologies had and this one has not: they keep their labels, should they
    /// come back. Newest first.
    QList<Shard> formerShards;
    QList<Migration> migrations;
    QList<Dispute> disputes;
    QList<Claim> claims; ///< behind the disputes; also where a view names no owner and others do
    QList<SentinelMaster> masters;
    QStringList warnings; ///< sentences, already explained
};

/// What is known of a server or cluster at one moment: an immutable value, cheap to copy, safe to
/// read from any thread. It is replaced, never edited. A default-constructed one is empty.
///
/// Nodes are addressed by index into nodes(); -1 means none.
class Topology
{
public:
    Topology();
    /// Takes `data`, derives the owner of every slot from the nodes' ranges, the uncovered ranges,
    /// and the shards when `data` has none (one for each primary that has slots or replicas; labels
    /// in slot order, where names tell no numbers). Shards keep the numbers that they had in
    /// `previous`, or in any topology before it; without one, those of `data`'s former shards.
    static Topology build(TopologyData data, const Topology* previous = nullptr);

    bool isEmpty() const; ///< holds no node and no master
    const TopologyData& data() const;
    const QList<Node>& nodes() const { return data().nodes; }
    const QList<Shard>& shards() const { return data().shards; }

    /// Index into nodes() of the primary that owns the slot, or -1.
    int ownerIndex(Slot slot) const;
    const Node* ownerOf(Slot slot) const;
    const Node* nodeById(const NodeId& id) const;
    /// By the address clients dial, else by ip:port or hostname:port; null when unknown.
    const Node* nodeByAddress(const net::Endpoint& address) const;
    /// Index into shards() of the shard a node (primary or replica) belongs to, or -1.
    int shardIndexOf(const NodeId& id) const;
    const Shard* shardOf(Slot slot) const;
    const SlotRanges& uncovered() const; ///< slots nobody claims; empty unless slotsKnown()
    /// A cluster of which at least one view is known. A server without slots, and a cluster that
    /// was asked and told nothing (no permission, loading), have no uncovered slots: nothing is
    /// known.
    bool slotsKnown() const;
    /// Ranges with the index of their owner, sorted, adjacent ranges of one owner joined.
    struct OwnedRange
    {
        SlotRange range;
        int nodeIndex = -1;
    };
    QList<OwnedRange> ownedRanges() const;
    const Migration* migrationOf(Slot slot) const;
    /// What people call a node: "S03" for a primary, "S03/2" for its second replica; the address
    /// else.
    QString labelOf(const Node& node) const;
    QString labelOf(const NodeId& id) const; ///< of a node that is unknown here: its short id
    /// The label with the address behind it: "S03 (10.0.0.1:7000)".
    QString nameOf(const NodeId& id) const;

    /// A copy in which `slot` belongs to the primary at `owner`: what a MOVED does to a client's
    /// map. An owner that is not in the map is added as a node without an id.
    Topology withOwner(Slot slot, const net::Endpoint& owner) const;

private:
    struct Derived;
    std::shared_ptr<const Derived> d;
};

/// Those that were asked for their view and did not tell it, where that is known for sure: all
/// nodes were asked, and who answered is on record.
QSet<NodeId> silentNodes(const Topology& topology);

/// Which node each announced address is meant to lead to, for ConnectionPool::expectNodes(). Not
/// those that two nodes have (one of them is gone).
QHash<net::Endpoint, QByteArray> expectedNodes(const Topology& topology);

QString kindName(Kind kind); ///< "cluster", "standalone", "sentinel"
QString stateName(ClusterState state); ///< "ok", "fail", "unknown"
QString productName(Product product); ///< "redis", "valkey", "unknown"
/// The inverses; nullopt for any other word.
std::optional<Kind> kindFromName(QStringView name);
std::optional<ClusterState> stateFromName(QStringView name);
std::optional<Product> productFromName(QStringView name);

} // namespace slotscope::cluster

Q_DECLARE_METATYPE(slotscope::cluster::Topology)
