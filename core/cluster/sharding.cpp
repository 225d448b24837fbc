// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/sharding.h"

#include "core/net/managednode.h"

#include <QHash>
#include <QSet>

#include <algorithm>
#include <tuple>

using namespace Qt::StringLiterals;

namespace slotscope::cluster {
namespace {

bool isOrderedByAddress(const Node* a, const Node* b)
{
    return std::tie(a->address.host, a->address.port, a->id)
        < std::tie(b->address.host, b->address.port, b->id);
}

bool isAttached(const Node& node)
{
    return node.role == Role::Replica && node.ranges.isEmpty() && !node.primaryId.isNull();
}

/// Of a replica: the node above it that is none, as the server's clusterNodeGetMaster() finds it. A
/// dead replica goes on naming a primary that has become a replica since.
NodeId primaryAbove(const Node& replica, const QHash<NodeId, const Node*>& attached)
{
    constexpr int mostSteps = 16; // a ring has no end
    NodeId above = replica.primaryId;
    for (int step = 0; step < mostSteps; ++step) {
        const Node* next = attached.value(above);
        if (next == nullptr)
            break;
        above = next->primaryId;
    }
    return above;
}

/// Gives every shard a number, taking those of `previous` over.
class Numbering
{
public:
    /// `heads`: of the shards; `replicas`: by primary.
    Numbering(QList<Shard>* shards, const QList<Shard>& previous, const QList<const Node*>& heads,
        const QHash<NodeId, QList<const Node*>>& replicas)
        : m_shards(shards)
        , m_heads(heads)
        , m_replicas(replicas)
        , m_previous(previous)
        , m_numbered(shards->size(), false)
    { }

    void run()
    {
        for (const Shard& shard : m_previous)
            m_taken.insert(shard.index);
        // Who owns slots goes first: after a failover the dead primary, to whom a replica may still
        // cling, is not the shard any more.
        for (const bool owning : { true, false }) {
            inherit(owning, [](const Shard& now, const Shard& before) {
                return now.primaryId == before.primaryId;
            });
            inherit(owning, [](const Shard& now, const Shard& before) {
                return before.replicaIds.contains(now.primaryId);
            });
            inherit(owning, [](const Shard& now, const Shard& before) {
                return std::any_of(
                    now.replicaIds.begin(), now.replicaIds.end(), [&](const NodeId& id) {
                        return id == before.primaryId || before.replicaIds.contains(id);
                    });
            });
        }
        takeNamed();
        int next = 0;
        for (int i = 0; i < m_shards->size(); ++i) {
            if (m_numbered.at(i))
                continue;
            while (m_taken.contains(next))
                ++next;
            give(i, next, shardLabel(next));
        }
    }

private:
    template <typename Match>
    void inherit(bool owning, Match match)
    {
        for (int i = 0; i < m_shards->size(); ++i) {
            const Shard& shard = m_shards->at(i);
            if (m_numbered.at(i) || (shard.slotCount > 0) != owning)
                continue;
            for (const Shard& before : m_previous) {
                if (!m_inherited.contains(before.index) && isIdentified(shard, before)
                    && match(shard, before)) {
                    m_inherited.insert(before.index);
                    give(i, before.index, before.label);
                    break;
                }
            }
        }
    }

    /// A node that was moved to another shard keeps its name: the first in slot order counts.
    void takeNamed()
    {
        for (int i = 0; i < m_shards->size(); ++i) {
            if (m_numbered.at(i))
                continue;
            const int index = namedIndex(*m_heads.at(i));
            if (index >= 0 && !m_taken.contains(index))
                give(i, index, shardLabel(index));
        }
    }

    /// As ElastiCache counts, from 0; -1 when no name tells it.
    int namedIndex(const Node& head) const
    {
        int number = numberOf(head);
        const QList<const Node*> replicas = m_replicas.value(head.id);
        for (const Node* replica : replicas)
            number = number > 0 ? number : numberOf(*replica);
        return number - 1;
    }

    static int numberOf(const Node& node)
    {
        const int number = net::managedShardNumber(node.address.host);
        return number > 0 ? number : net::managedShardNumber(node.hostname);
    }

    static bool isIdentified(const Shard& now, const Shard& before)
    {
        return !now.primaryId.isNull() && !before.primaryId.isNull();
    }

    void give(int shard, int index, const QString& label)
    {
        (*m_shards)[shard].index = index;
        (*m_shards)[shard].label = label;
        m_numbered[shard] = true;
        m_taken.insert(index);
    }

    QList<Shard>* m_shards;
    const QList<const Node*>& m_heads;
    const QHash<NodeId, QList<const Node*>>& m_replicas;
    const QList<Shard>& m_previous;
    QList<bool> m_numbered;
    QSet<int> m_taken;
    QSet<int> m_inherited;
};

} // namespace

QString shardLabel(int index)
{
    return u"S%1"_s.arg(index + 1, 2, 10, QChar(u'0'));
}

QList<Shard> shardsOf(const QList<Node>& nodes, const QList<Shard>& previous)
{
    QHash<NodeId, const Node*> attached;
    for (const Node& node : nodes) {
        if (isAttached(node) && !node.id.isNull())
            attached.insert(node.id, &node);
    }
    QHash<NodeId, QList<const Node*>> replicas;
    for (const Node& node : nodes) {
        if (isAttached(node))
            replicas[primaryAbove(node, attached)].append(&node);
    }
    QList<const Node*> heads;
    for (const Node& node : nodes) {
        const bool hasReplicas = !node.id.isNull() && replicas.contains(node.id);
        if (!node.ranges.isEmpty() || (node.role != Role::Replica && hasReplicas))
            heads.append(&node);
    }
    std::sort(heads.begin(), heads.end(), [](const Node* a, const Node* b) {
        if (a->ranges.isEmpty() != b->ranges.isEmpty())
            return b->ranges.isEmpty();
        if (!a->ranges.isEmpty() && a->ranges.front().first != b->ranges.front().first)
            return a->ranges.front().first < b->ranges.front().first;
        return isOrderedByAddress(a, b);
    });

    QList<Shard> shards;
    for (const Node* head : std::as_const(heads)) {
        Shard shard;
        shard.primaryId = head->id;
        if (!head->id.isNull()) {
            QList<const Node*> own = replicas.value(head->id);
            std::sort(own.begin(), own.end(), isOrderedByAddress);
            for (const Node* replica : std::as_const(own))
                shard.replicaIds.append(replica->id);
        }
        shard.ranges = head->ranges;
        shard.slotCount = slotCount(head->ranges);
        shards.append(shard);
    }
    Numbering(&shards, previous, heads, replicas).run();
    std::sort(shards.begin(), shards.end(),
        [](const Shard& a, const Shard& b) { return a.index < b.index; });
    return shards;
}

Topology withLabelsOf(const QList<Shard>& known, const Topology& topology)
{
    const bool isSameCluster = std::any_of(known.begin(), known.end(), [&](const Shard& shard) {
        const auto isHere
            = [&](const NodeId& id) { return !id.isNull() && topology.nodeById(id) != nullptr; };
        return isHere(shard.primaryId)
            || std::any_of(shard.replicaIds.begin(), shard.replicaIds.end(), isHere);
    });
    if (!isSameCluster)
        return topology;
    TopologyData data = topology.data();
    data.shards.clear();
    data.formerShards = known;
    return Topology::build(std::move(data));
}

} // namespace slotscope::cluster
