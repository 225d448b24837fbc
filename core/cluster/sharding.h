// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"

namespace slotscope::cluster {

/// "S03" of 2.
QString shardLabel(int index);

/// The shards of these nodes: one for each node that owns slots, and one for each primary without
/// slots that has replicas. Replicas in the order of their addresses; the replica of a replica
/// belongs to the shard of the latter, and one whose primary is unknown to none. Ordered by label.
///
/// A shard keeps the label of the one in `previous` that its primary, else one of its replicas, was
/// in, so that it survives a failover; the others get the number that ElastiCache gave them, where
/// the primary's name (else a replica's) tells one that nobody has, else the next free numbers in
/// the order of slots.
QList<Shard> shardsOf(const QList<Node>& nodes, const QList<Shard>& previous);

/// `topology` with its shards labelled as they were in `known`, which may be of another day (a
/// profile's). When none of its nodes was in any of them they are another cluster's, and forgotten.
Topology withLabelsOf(const QList<Shard>& known, const Topology& topology);

} // namespace slotscope::cluster
