// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/topology.h"

#include "core/cluster/namedvalues.h"
#include "core/cluster/sharding.h"

#include <QSet>

#include <array>

using namespace Qt::StringLiterals;

namespace slotscope::cluster {
namespace {

constexpr NamedValues<Kind, 3> kinds { {
    { Kind::Cluster, "cluster"_L1 },
    { Kind::Standalone, "standalone"_L1 },
    { Kind::Sentinel, "sentinel"_L1 },
} };

constexpr NamedValues<ClusterState, 3> states { {
    { ClusterState::Unknown, "unknown"_L1 },
    { ClusterState::Ok, "ok"_L1 },
    { ClusterState::Fail, "fail"_L1 },
} };

constexpr NamedValues<Product, 3> products { {
    { Product::Unknown, "unknown"_L1 },
    { Product::Redis, "redis"_L1 },
    { Product::Valkey, "valkey"_L1 },
} };

/// Of two nodes that claim the same address or slot: a node that was rebuilt leaves its old id
/// behind.
bool isMoreCredible(const Node& a, const Node& b)
{
    const auto isGone = [](const Node& node) {
        return node.health == Health::Fail || node.health == Health::NoAddr
            || node.health == Health::Handshake;
    };
    if (isGone(a) != isGone(b))
        return isGone(b);
    if ((a.link == LinkState::Disconnected) != (b.link == LinkState::Disconnected))
        return b.link == LinkState::Disconnected;
    return a.configEpoch.value_or(0) > b.configEpoch.value_or(0);
}

/// Those of `known` whose label nobody has now; not without end, should shards come and go for
/// ever.
QList<Shard> formerShards(const QList<Shard>& now, const QList<Shard>& known)
{
    constexpr qsizetype most = 1000;
    QSet<int> taken;
    for (const Shard& shard : now)
        taken.insert(shard.index);
    QList<Shard> former;
    for (const Shard& shard : known) {
        if (!taken.contains(shard.index) && former.size() < most)
            former.append(shard);
    }
    return former;
}

} // namespace

struct Topology::Derived
{
    TopologyData data;
    std::array<int, Slot::count> owner {}; ///< index into data.nodes, -1: none
    SlotRanges uncovered;
    QHash<NodeId, int> byId;
    QHash<net::Endpoint, int> byAddress; ///< what clients dial
    QHash<net::Endpoint, int> byOtherAddress; ///< ip:port and hostname:port
    QList<int> shardOfNode; ///< index into data.shards for each node, -1: none
    QHash<int, int> migrationOfSlot;

    bool isKnown() const
    {
        return data.kind == Kind::Cluster && !data.nodes.isEmpty()
            && (data.viewsAsked == 0 || data.viewsAnswered > 0);
    }
    void deriveOwners();
    void deriveAddresses();
    void deriveShards();
    void insertAddress(QHash<net::Endpoint, int>* table, const net::Endpoint& address, int index);
};

void Topology::Derived::deriveOwners()
{
    owner.fill(-1);
    for (int i = 0; i < data.nodes.size(); ++i) {
        const Node& node = data.nodes.at(i);
        for (const SlotRange& range : node.ranges) {
            for (int slot = range.first.number(); slot <= range.last.number(); ++slot) {
                int& current = owner.data()[slot];
                if (current < 0
                    || node.configEpoch.value_or(0)
                        > data.nodes.at(current).configEpoch.value_or(0)) {
                    current = i;
                }
            }
        }
    }
    const int* const last = owner.data() + Slot::count;
    const int* first = isKnown() ? owner.data() : last;
    while ((first = std::find_if(first, last, [](int node) { return node < 0; })) != last) {
        const int* end = std::find_if(first, last, [](int node) { return node >= 0; });
        uncovered.append({ Slot(int(first - owner.data())), Slot(int(end - owner.data()) - 1) });
        first = end;
    }
}

void Topology::Derived::insertAddress(
    QHash<net::Endpoint, int>* table, const net::Endpoint& address, int index)
{
    if (!address.isDialable())
        return;
    const auto found = table->constFind(address);
    if (found == table->constEnd() || isMoreCredible(data.nodes.at(index), data.nodes.at(*found))) {
        table->insert(address, index);
    }
}

void Topology::Derived::deriveAddresses()
{
    for (int i = 0; i < data.nodes.size(); ++i) {
        const Node& node = data.nodes.at(i);
        if (!node.id.isNull() && !byId.contains(node.id))
            byId.insert(node.id, i);
        insertAddress(&byAddress, node.address, i);
        insertAddress(&byOtherAddress, { node.ip, node.port }, i);
        insertAddress(&byOtherAddress, { node.hostname, node.port }, i);
    }
}

void Topology::Derived::deriveShards()
{
    shardOfNode.fill(-1, data.nodes.size());
    for (int i = 0; i < data.shards.size(); ++i) {
        const Shard& shard = data.shards.at(i);
        for (const NodeId& id : shard.replicaIds) {
            if (const int node = byId.value(id, -1); node >= 0)
                shardOfNode[node] = i;
        }
        // Servers of old name no ids in SLOTS: then the slots tell which node is meant.
        int primary = byId.value(shard.primaryId, -1);
        if (primary < 0 && !shard.ranges.isEmpty())
            primary = owner[shard.ranges.front().first.number()];
        if (primary >= 0)
            shardOfNode[primary] = i;
    }
    for (int i = 0; i < data.migrations.size(); ++i) {
        const int slot = data.migrations.at(i).slot.number();
        if (!migrationOfSlot.contains(slot))
            migrationOfSlot.insert(slot, i);
    }
}

Topology::Topology()
{
    static const auto empty = [] {
        auto derived = std::make_shared<Derived>();
        derived->owner.fill(-1);
        return std::shared_ptr<const Derived>(std::move(derived));
    }();
    d = empty;
}

Topology Topology::build(TopologyData data, const Topology* previous)
{
    auto derived = std::make_shared<Derived>();
    derived->data = std::move(data);
    for (Node& node : derived->data.nodes)
        node.ranges = normalized(node.ranges);
    derived->deriveOwners();
    derived->deriveAddresses();
    if (derived->data.shards.isEmpty()) {
        const QList<Shard> known = previous == nullptr
            ? derived->data.formerShards
            : previous->shards() + previous->data().formerShards;
        derived->data.shards = shardsOf(derived->data.nodes, known);
        derived->data.formerShards = formerShards(derived->data.shards, known);
    }
    derived->deriveShards();
    Topology topology;
    topology.d = std::move(derived);
    return topology;
}

bool Topology::isEmpty() const
{
    return d->data.nodes.isEmpty() && d->data.masters.isEmpty();
}

const TopologyData& Topology::data() const
{
    return d->data;
}

int Topology::ownerIndex(Slot slot) const
{
    return d->owner[slot.number()];
}

const Node* Topology::ownerOf(Slot slot) const
{
    const int index = ownerIndex(slot);
    return index < 0 ? nullptr : &nodes().at(index);
}

const Node* Topology::nodeById(const NodeId& id) const
{
    const int index = d->byId.value(id, -1);
    return index < 0 ? nullptr : &nodes().at(index);
}

const Node* Topology::nodeByAddress(const net::Endpoint& address) const
{
    int index = d->byAddress.value(address, -1);
    if (index < 0)
        index = d->byOtherAddress.value(address, -1);
    return index < 0 ? nullptr : &nodes().at(index);
}

int Topology::shardIndexOf(const NodeId& id) const
{
    const int index = d->byId.value(id, -1);
    return index < 0 ? -1 : d->shardOfNode.at(index);
}

const Shard* Topology::shardOf(Slot slot) const
{
    const int node = ownerIndex(slot);
    const int shard = node < 0 ? -1 : d->shardOfNode.at(node);
    return shard < 0 ? nullptr : &shards().at(shard);
}

const SlotRanges& Topology::uncovered() const
{
    return d->uncovered;
}

bool Topology::slotsKnown() const
{
    return d->isKnown();
}

QList<Topology::OwnedRange> Topology::ownedRanges() const
{
    QList<OwnedRange> ranges;
    for (int number = 0; number < Slot::count; ++number) {
        const Slot slot(number);
        const int node = ownerIndex(slot);
        if (node < 0)
            continue;
        if (!ranges.isEmpty() && ranges.last().nodeIndex == node
            && ranges.last().range.last.number() == number - 1) {
            ranges.last().range.last = slot;
        } else {
            ranges.append({ { slot, slot }, node });
        }
    }
    return ranges;
}

const Migration* Topology::migrationOf(Slot slot) const
{
    const int index = d->migrationOfSlot.value(slot.number(), -1);
    return index < 0 ? nullptr : &d->data.migrations.at(index);
}

QString Topology::labelOf(const Node& node) const
{
    int shardIndex = shardIndexOf(node.id);
    if (node.id.isNull() && !node.ranges.isEmpty()) {
        const int owner = ownerIndex(node.ranges.front().first);
        if (owner >= 0 && nodes().at(owner) == node)
            shardIndex = d->shardOfNode.at(owner);
    }
    if (shardIndex >= 0) {
        const Shard& shard = shards().at(shardIndex);
        const qsizetype replica = node.id.isNull() ? -1 : shard.replicaIds.indexOf(node.id);
        if (replica < 0)
            return shard.label;
        return shard.label % u'/' % QString::number(replica + 1);
    }
    if (node.address.isDialable())
        return node.address.toString();
    if (!node.ip.isEmpty())
        return net::Endpoint { node.ip, node.port }.toString();
    if (!node.hostname.isEmpty())
        return net::Endpoint { node.hostname, node.port }.toString();
    return node.id.shortText();
}

QString Topology::labelOf(const NodeId& id) const
{
    const Node* node = nodeById(id);
    return node ? labelOf(*node) : id.shortText();
}

QString Topology::nameOf(const NodeId& id) const
{
    const QString label = labelOf(id);
    const Node* node = nodeById(id);
    const QString address
        = node && node->address.isDialable() ? node->address.toString() : id.shortText();
    return label == address ? label : QString(label % u" ("_s % address % u')');
}

Topology Topology::withOwner(Slot slot, const net::Endpoint& owner) const
{
    TopologyData data = d->data;
    const Node* known = nodeByAddress(owner);
    qsizetype target = known ? known - nodes().constData() : -1;
    if (target < 0) {
        Node added;
        added.address = owner;
        added.port = owner.port;
        added.role = Role::Primary;
        target = data.nodes.size();
        data.nodes.append(added);
    }
    for (Node& node : data.nodes)
        node.ranges = without(node.ranges, slot);
    data.nodes[target].ranges.append({ slot, slot }); // build() sorts and joins
    // The shards stay as they are, but for this slot: a client learns of slots, not of shards. A
    // stranger belongs to none and is called by its address.
    const int targetShard = known ? d->shardOfNode.at(target) : -1;
    for (int i = 0; i < data.shards.size(); ++i) {
        Shard& shard = data.shards[i];
        shard.ranges = without(shard.ranges, slot);
        if (i == targetShard) {
            shard.ranges.append({ slot, slot });
            shard.ranges = normalized(shard.ranges);
        }
        shard.slotCount = cluster::slotCount(shard.ranges);
    }
    return build(std::move(data), this);
}

QSet<NodeId> silentNodes(const Topology& topology)
{
    const TopologyData& data = topology.data();
    QSet<NodeId> silent;
    if (data.viewsAsked != data.nodes.size() || data.viewsAnswered != data.views.size())
        return silent;
    for (const Node& node : data.nodes) {
        if (!node.id.isNull() && !data.views.contains(node.id))
            silent.insert(node.id);
    }
    return silent;
}

QHash<net::Endpoint, QByteArray> expectedNodes(const Topology& topology)
{
    QHash<net::Endpoint, QByteArray> ids;
    QSet<net::Endpoint> ambiguous;
    for (const Node& node : topology.nodes()) {
        const QSet<net::Endpoint> addresses { node.address, { node.ip, node.port } };
        for (const net::Endpoint& address : addresses) {
            if (node.id.isNull() || !address.isDialable())
                continue;
            if (ids.contains(address))
                ambiguous.insert(address);
            ids.insert(address, node.id.toByteArray());
        }
    }
    for (const net::Endpoint& address : std::as_const(ambiguous))
        ids.remove(address);
    return ids;
}

QString kindName(Kind kind)
{
    return nameOf(kinds, kind);
}

QString stateName(ClusterState state)
{
    return nameOf(states, state);
}

QString productName(Product product)
{
    return nameOf(products, product);
}

std::optional<Kind> kindFromName(QStringView name)
{
    return valueOf(kinds, name);
}

std::optional<ClusterState> stateFromName(QStringView name)
{
    return valueOf(states, name);
}

std::optional<Product> productFromName(QStringView name)
{
    return valueOf(products, name);
}

} // namespace slotscope::cluster
