// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/sandbox/nodesconf.h"

#include "core/cluster/slottext.h"

#include <QRandomGenerator>

namespace slotscope::sandbox {

namespace {

QByteArray randomHex40()
{
    QByteArray bytes(20, Qt::Uninitialized);
    for (char& byte : bytes)
        byte = static_cast<char>(QRandomGenerator::system()->bounded(256));
    return bytes.toHex();
}

/// The share of primary `index` of `count`: shares differ by one slot at most.
cluster::SlotRange shareOf(int index, int count)
{
    const int first = cluster::Slot::count * index / count;
    const int last = cluster::Slot::count * (index + 1) / count - 1;
    return { cluster::Slot(first), cluster::Slot(last) };
}

} // namespace

std::optional<ServerVersion> parseServerVersion(QByteArrayView text)
{
    const qsizetype at = text.indexOf("v=");
    if (at < 0)
        return std::nullopt;
    const QByteArray rest = text.sliced(at + 2).toByteArray();
    const QByteArray number = rest.left(rest.indexOf(' '));
    const QList<QByteArray> parts = number.split('.');
    if (parts.size() < 2)
        return std::nullopt;
    bool majorOk = false;
    bool minorOk = false;
    const ServerVersion version { parts.at(0).toInt(&majorOk), parts.at(1).toInt(&minorOk) };
    return majorOk && minorOk ? std::optional(version) : std::nullopt;
}

QList<PlannedNode> planNodes(int primaries, int replicas, const QList<quint16>& ports)
{
    QList<PlannedNode> nodes;
    for (int i = 0; i < primaries + replicas; ++i) {
        PlannedNode node;
        node.id = cluster::NodeId(randomHex40());
        node.port = ports.at(i);
        if (i < primaries) {
            node.ranges = { shareOf(i, primaries) };
            node.configEpoch = i + 1;
            node.shardId = randomHex40();
        } else {
            const int primary = (i - primaries) % primaries;
            node.primary = primary;
            node.configEpoch = nodes.at(primary).configEpoch;
            node.shardId = nodes.at(primary).shardId;
        }
        nodes.append(node);
    }
    return nodes;
}

QByteArray nodesConf(const QList<PlannedNode>& nodes, int myself, ServerVersion version)
{
    const bool withShardIds = version >= ServerVersion { 7, 2 };
    QByteArray text;
    int currentEpoch = 0;
    for (int i = 0; i < nodes.size(); ++i) {
        const PlannedNode& node = nodes.at(i);
        currentEpoch = qMax(currentEpoch, node.configEpoch);
        const quint16 port = node.announcedPort != 0 ? node.announcedPort : node.port;
        const quint16 bus = node.announcedBusPort != 0 ? node.announcedBusPort : busPort(node.port);
        text += node.id.toByteArray() + " 127.0.0.1:" + QByteArray::number(port) + '@'
            + QByteArray::number(bus);
        if (withShardIds)
            text += ",,shard-id=" + node.shardId;
        text += i == myself ? " myself," : " ";
        if (node.primary)
            text += "slave " + nodes.at(*node.primary).id.toByteArray();
        else
            text += "master -";
        text += " 0 0 " + QByteArray::number(node.configEpoch) + " connected";
        for (const cluster::SlotRange& range : node.ranges)
            text += ' ' + cluster::toText(range).toLatin1();
        text += '\n';
    }
    text += "vars currentEpoch " + QByteArray::number(currentEpoch) + " lastVoteEpoch 0\n";
    return text;
}

} // namespace slotscope::sandbox
