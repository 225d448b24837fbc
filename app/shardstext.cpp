// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "app/shardstext.h"

#include "app/textoutput.h"
#include "core/explain/topology.h"

using namespace Qt::StringLiterals;

namespace slotscope::app {
namespace {

using cluster::NodeId;
using cluster::ShardsDifference;
using cluster::ShardsEntry;
using cluster::ShardsNode;
using cluster::ShardsView;
using cluster::Topology;
using What = ShardsDifference::What;

QString addressOf(const ShardsNode& node)
{
    const std::optional<quint16> port = node.port ? node.port : node.tlsPort;
    const QString host = node.endpoint.isEmpty() ? node.ip : node.endpoint;
    return visible(host) + u':' + (port ? QString::number(*port) : u"-"_s);
}

QString number(const std::optional<qint64>& value)
{
    return value ? QString::number(*value) : u"-"_s;
}

QString nodeTable(const ShardsView& shards, const Topology& map)
{
    QList<QStringList> rows { { u"node"_s, u"address"_s, u"role"_s, u"health"_s, u"offset"_s,
        u"behind"_s, u"slots"_s } };
    for (const ShardsEntry& entry : shards.entries) {
        const ShardsNode* primary = entry.primary();
        for (const ShardsNode& node : entry.nodes) {
            const bool leads = primary != nullptr && primary->id == node.id;
            rows.append(
                { visible(map.labelOf(node.id)), addressOf(node), cluster::roleName(node.role),
                    cluster::healthName(node.health), number(node.replicationOffset),
                    number(bytesBehind(entry, node)), leads ? toText(entry.ranges) : u"-"_s });
        }
    }
    return toTable(rows);
}

QString sentence(const ShardsDifference& difference, const Topology& map)
{
    const auto word = [&](const QString& text) {
        if (text.isEmpty())
            return u"nothing: it does not know this node"_s;
        return difference.what == What::Primary ? visible(map.labelOf(NodeId(text.toLatin1())))
                                                : visible(text);
    };
    const bool isSlots = difference.what == What::Slots;
    QString text = u"differs: %1, %2: the map says %3, SHARDS says %4"_s.arg(
        visible(map.labelOf(difference.node)), cluster::whatName(difference.what),
        isSlots ? toText(difference.rangesInMap) : word(difference.inMap),
        isSlots ? toText(difference.rangesInShards) : word(difference.inShards));
    if (difference.what == What::Health && difference.inShards == u"loading")
        text += u" (it says so of a replica that has received nothing yet, too)"_s;
    if (isSlots && difference.rangesInShards.isEmpty())
        text += u" (Redis 7.2 and 7.4 lose them while a failed primary is listed)"_s;
    return text + u'\n';
}

} // namespace

QString toText(const ShardsView& shards, const QList<ShardsDifference>& differences,
    const Topology& map, const QString& asked)
{
    QString text = u"CLUSTER SHARDS, asked once at %1:\n"_s.arg(visible(asked));
    text += nodeTable(shards, map);
    for (const ShardsDifference& difference : differences)
        text += sentence(difference, map);
    if (differences.isEmpty())
        text += u"It says the same as the map.\n"_s;
    if (shards.repeatsSlots)
        text += u"warning: "_s + explain::shardsBanned() + u'\n';
    return text;
}

} // namespace slotscope::app
