// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/shardsdiff.h"

#include "core/cluster/namedvalues.h"
#include "core/cluster/slotjson.h"
#include "core/support/json.h"

#include <QJsonArray>
#include <QMap>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace slotscope::cluster {
namespace {

using support::orNull;
using What = ShardsDifference::What;

constexpr NamedValues<What, 5> whatNames { {
    { What::Node, "node"_L1 },
    { What::Role, "role"_L1 },
    { What::Health, "health"_L1 },
    { What::Slots, "slots"_L1 },
    { What::Primary, "primary"_L1 },
} };

/// What the reply says of one node.
struct Told
{
    ShardsNode node;
    NodeId primary; ///< of a replica
    SlotRanges ranges; ///< of the one that leads
};

QMap<NodeId, Told> toldBy(const ShardsView& shards)
{
    QMap<NodeId, Told> all;
    for (const ShardsEntry& entry : shards.entries) {
        const ShardsNode* primary = entry.primary();
        for (const ShardsNode& node : entry.nodes) {
            if (node.id.isNull())
                continue;
            Told& told = all[node.id];
            told.node = node;
            if (primary != nullptr && node.id == primary->id)
                told.ranges = normalized(told.ranges + entry.ranges);
            else if (primary != nullptr && node.role == Role::Replica)
                told.primary = primary->id;
        }
    }
    return all;
}

/// SHARDS has "online", "loading" and "fail". A suspected node is online to it.
Health inWordsOfShards(Health health)
{
    return health == Health::PFail ? Health::Ok : health;
}

class Comparison
{
public:
    explicit Comparison(QList<ShardsDifference>* differences)
        : m_differences(differences)
    { }

    void compare(const Node& map, const Told& told)
    {
        m_node = map.id;
        if (told.node.role != Role::Unknown && map.role != told.node.role)
            note(What::Role, roleName(map.role), roleName(told.node.role));
        const Health health = inWordsOfShards(map.health);
        if (health != Health::Unknown && told.node.health != Health::Unknown
            && health != told.node.health)
            note(What::Health, healthName(map.health), healthName(told.node.health));
        if (!map.primaryId.isNull() && !told.primary.isNull() && map.primaryId != told.primary)
            note(What::Primary, map.primaryId.toString(), told.primary.toString());
        const SlotRanges owned = normalized(map.ranges);
        if (owned != told.ranges)
            m_differences->append({ What::Slots, map.id, {}, {}, owned, told.ranges });
    }
    void onlyOneKnows(const NodeId& node, const QString& inMap, const QString& inShards)
    {
        m_node = node;
        note(What::Node, inMap, inShards);
    }

private:
    void note(What what, const QString& inMap, const QString& inShards)
    {
        m_differences->append({ what, m_node, inMap, inShards, {}, {} });
    }

    QList<ShardsDifference>* m_differences;
    NodeId m_node;
};

QJsonObject nodeToJson(const ShardsEntry& entry, const ShardsNode& node)
{
    return {
        { u"id"_s, orNull(node.id.toString()) },
        { u"endpoint"_s, orNull(node.endpoint) },
        { u"ip"_s, orNull(node.ip) },
        { u"hostname"_s, orNull(node.hostname) },
        { u"port"_s, orNull(node.port) },
        { u"tls_port"_s, orNull(node.tlsPort) },
        { u"role"_s, roleName(node.role) },
        { u"health"_s, healthName(node.health) },
        { u"replication_offset"_s, orNull(node.replicationOffset) },
        { u"bytes_behind"_s, orNull(bytesBehind(entry, node)) },
    };
}

} // namespace

QList<ShardsDifference> compareShards(const ShardsView& shards, const Topology& map)
{
    QMap<NodeId, Told> told = toldBy(shards);
    QMap<NodeId, Node> known;
    for (const Node& node : map.nodes()) {
        if (!node.id.isNull())
            known.insert(node.id, node);
    }
    QList<ShardsDifference> differences;
    Comparison comparison(&differences);
    for (const Node& node : std::as_const(known)) {
        if (const auto other = told.constFind(node.id); other != told.constEnd())
            comparison.compare(node, *other);
        else
            comparison.onlyOneKnows(node.id, healthName(node.health), {});
    }
    for (const Told& other : std::as_const(told)) {
        if (!known.contains(other.node.id))
            comparison.onlyOneKnows(other.node.id, {}, healthName(other.node.health));
    }
    std::stable_sort(differences.begin(), differences.end(),
        [](const ShardsDifference& a, const ShardsDifference& b) { return a.node < b.node; });
    return differences;
}

std::optional<qint64> bytesBehind(const ShardsEntry& entry, const ShardsNode& node)
{
    const ShardsNode* primary = entry.primary();
    if (primary == nullptr || node.id == primary->id || node.role != Role::Replica
        || !primary->replicationOffset || !node.replicationOffset)
        return std::nullopt;
    // Offsets come from a network: their difference may be beyond all bounds.
    qint64 behind = 0;
    if (__builtin_sub_overflow(*primary->replicationOffset, *node.replicationOffset, &behind))
        return std::nullopt;
    return behind;
}

QString whatName(ShardsDifference::What what)
{
    return nameOf(whatNames, what);
}

QJsonObject toJson(const ShardsView& shards, const QList<ShardsDifference>& differences)
{
    QJsonArray entries;
    for (const ShardsEntry& entry : shards.entries) {
        QJsonArray nodes;
        for (const ShardsNode& node : entry.nodes)
            nodes.append(nodeToJson(entry, node));
        entries.append(QJsonObject { { u"slots"_s, toJson(entry.ranges) }, { u"nodes"_s, nodes } });
    }
    QJsonArray differs;
    for (const ShardsDifference& difference : differences) {
        const bool isSlots = difference.what == What::Slots;
        differs.append(QJsonObject {
            { u"what"_s, whatName(difference.what) },
            { u"node_id"_s, difference.node.toString() },
            { u"in_map"_s,
                isSlots ? QJsonValue(toJson(difference.rangesInMap)) : orNull(difference.inMap) },
            { u"in_shards"_s,
                isSlots ? QJsonValue(toJson(difference.rangesInShards))
                        : orNull(difference.inShards) },
        });
    }
    return {
        { u"repeats_slots"_s, shards.repeatsSlots },
        { u"shards"_s, entries },
        { u"differences"_s, differs },
    };
}

} // namespace slotscope::cluster
