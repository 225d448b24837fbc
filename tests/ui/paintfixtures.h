// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"
#include "core/command/storyboard.h"

class QWidget;
class QPointF;

namespace slotscope::tests {

/// Any warning fails the test, except for what the offscreen platform says of itself.
void failOnWarnings();

/// The pointer moves to `position`, with no button pressed: QTest::mouseMove() needs a window on a
/// screen.
void movePointer(QWidget& widget, QPointF position);

/// Synthetic topologies and stories for the painters' tests and pictures.

/// `shards` primaries with `replicas` each on one host, ports from 30001; all well, every slot
/// owned.
cluster::TopologyData evenCluster(int shards, int replicas = 1);
cluster::Topology healthyCluster();
/// Three shards: the second one's primary is down, slots 6000 to 6409 have no owner, one replica is
/// suspected.
cluster::Topology troubledCluster();
/// Slot 1738 on its way from S01 to S02, slots 9000 to 9007 disputed.
cluster::Topology migratingCluster();
cluster::Topology standaloneServer();
cluster::Topology sentinelServer();
/// ElastiCache-like names on one port.
cluster::Topology namedCluster(int shards);

/// The node's id in evenCluster(): shard from 0, replica 0 is the primary.
cluster::NodeId nodeId(int shard, int replica = 0);

/// GET user:2935 sent to the wrong node, MOVED, followed.
command::Trace movedTrace(const cluster::Topology& topology, bool follow = true);
command::Storyboard movedStory(const cluster::Topology& topology, bool follow = true);
/// GET of a moved key: ASK, followed with ASKING.
command::Trace askTrace(const cluster::Topology& topology);
command::Storyboard askStory(const cluster::Topology& topology);
/// TRYAGAIN twice, then the reply.
command::Storyboard waitStory(const cluster::Topology& topology);
command::Storyboard connectFailedStory(const cluster::Topology& topology);
command::Storyboard outcomeUnknownStory(const cluster::Topology& topology);
/// MOVED to an address that is in no map.
command::Storyboard strangerStory(const cluster::Topology& topology);

/// PING to every primary, at the same time.
command::Storyboard togetherStory(const cluster::Topology& topology);

} // namespace slotscope::tests
