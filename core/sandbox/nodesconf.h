// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/node.h"

#include <QByteArray>
#include <QList>

#include <optional>

namespace slotscope::sandbox {

/// One node of a cluster that is about to be started.
struct PlannedNode
{
    cluster::NodeId id;
    quint16 port = 0;
    quint16 announcedPort = 0; ///< 0: as `port`
    quint16 announcedBusPort = 0; ///< 0: as busPort(port)
    std::optional<int> primary; ///< of a replica: the index of its primary
    cluster::SlotRanges ranges; ///< of a primary
    int configEpoch = 0; ///< of a primary; a replica has its primary's
    QByteArray shardId; ///< 40 hexadecimal digits, the same for a primary and its replicas
};

/// A server's version as `redis-server --version` prints it ("... v=7.0.15 ...").
struct ServerVersion
{
    int major = 0;
    int minor = 0;
    friend auto operator<=>(const ServerVersion&, const ServerVersion&) = default;
};

/// nullopt when there is no version in the text.
std::optional<ServerVersion> parseServerVersion(QByteArrayView text);

/// The bus port that a server takes when none is configured.
constexpr quint16 busPort(quint16 port)
{
    return static_cast<quint16>(port + 10000);
}

/// Ids, equal shares of the slots, epochs; the primaries first, the replicas round robin. One port
/// a node; there must be `primaries + replicas` of them.
QList<PlannedNode> planNodes(int primaries, int replicas, const QList<quint16>& ports);

/// The nodes.conf with which node `myself` starts as if it had always been in this cluster: with it
/// the cluster is up as soon as its nodes are. From 7.2 on a server needs the shard ids in it:
/// without them CLUSTER SHARDS grows with each call until the server aborts.
QByteArray nodesConf(const QList<PlannedNode>& nodes, int myself, ServerVersion version);

} // namespace slotscope::sandbox
