// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

#include <optional>

namespace slotscope::net {

/// What the first label of a node's name tells where ElastiCache or MemoryDB gave that name:
/// ID-0001-002 in a cluster, ID-002 elsewhere. A guess from a name.
struct ManagedNode
{
    QString id; ///< of the replication group or cluster
    QString shard; ///< "0001"; empty for ID-002
    QString node; ///< "002"
};

/// `label` in lower case.
std::optional<ManagedNode> parseManagedNode(const QString& label);

/// The number of the shard, from 1, that the name of a node of such a cluster tells; 0 for every
/// other name, and for addresses.
int managedShardNumber(const QString& host);

} // namespace slotscope::net
