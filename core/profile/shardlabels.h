// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"
#include "core/profile/profile.h"

#include <QList>

namespace slotscope::profile {

/// What a profile keeps of shards: those that have ids and labels. And back: such a shard has no
/// slots.
QList<ShardNodes> shardNodesOf(const QList<cluster::Shard>& shards);
QList<cluster::Shard> shardsOf(const QList<ShardNodes>& shards);

} // namespace slotscope::profile
