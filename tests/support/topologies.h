// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"

namespace slotscope::tests {

/// A cluster of three primaries without replicas, S01, S02 and S03 at the given addresses, with ids
/// of 40 times '1', '2', '3'. They own 0-5460, 5461-10922 and 10923-16383; `moved` belongs to S03
/// instead.
inline cluster::Topology threeShards(
    const QList<net::Endpoint>& addresses, std::optional<cluster::Slot> moved = {})
{
    using namespace cluster;
    const QList<SlotRange> thirds { { Slot(0), Slot(5460) }, { Slot(5461), Slot(10922) },
        { Slot(10923), Slot(16383) } };
    TopologyData data;
    data.kind = Kind::Cluster;
    data.state = ClusterState::Ok;
    for (int i = 0; i < 3; ++i) {
        Node node;
        node.id = NodeId(QByteArray(40, static_cast<char>('1' + i)));
        node.address = addresses.at(i);
        node.ip = node.address.host;
        node.port = node.address.port;
        node.role = Role::Primary;
        node.health = Health::Ok;
        const SlotRange& third = thirds.at(i);
        if (moved && i == 2)
            node.ranges.append({ *moved, *moved });
        if (moved && third.contains(*moved) && i != 2) {
            if (third.first < *moved)
                node.ranges.append({ third.first, Slot(moved->number() - 1) });
            if (*moved < third.last)
                node.ranges.append({ Slot(moved->number() + 1), third.last });
        } else {
            node.ranges.append(third);
        }
        data.nodes.append(node);

        Shard shard;
        shard.label = QStringLiteral("S0%1").arg(i + 1);
        shard.index = i;
        shard.primaryId = node.id;
        shard.ranges = node.ranges;
        shard.slotCount = slotCount(node.ranges);
        data.shards.append(shard);
    }
    return Topology::build(std::move(data));
}

} // namespace slotscope::tests
