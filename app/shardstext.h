// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/shardsdiff.h"

namespace slotscope::app {

/// What `inspect --shards` adds: the nodes as CLUSTER SHARDS names them, how far replicas are
/// behind, and what it says otherwise than the map. `asked`: the address of the node that was
/// asked.
QString toText(const cluster::ShardsView& shards,
    const QList<cluster::ShardsDifference>& differences, const cluster::Topology& map,
    const QString& asked);

} // namespace slotscope::app
