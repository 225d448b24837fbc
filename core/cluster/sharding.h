// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"

namespace slotscope::cluster {

/// The shards of these nodes: one for each node that owns slots, and one for each primary without
/// slots that has replicas. Replicas in the order of their addresses; a replica whose primary is
/// unknown or a replica itself belongs to none. Ordered by label.
///
/// A shard keeps the label of the one in `previous` that its primary, else one of its replicas, was
/// in, so that it survives a failover; the others get the next free numbers in the order of slots.
QList<Shard> shardsOf(const QList<Node>& nodes, const QList<Shard>& previous);

} // namespace slotscope::cluster
