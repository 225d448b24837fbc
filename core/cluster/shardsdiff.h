// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/shardsview.h"
#include "core/cluster/topology.h"

#include <QJsonObject>

namespace slotscope::cluster {

/// Something that a reply to CLUSTER SHARDS says otherwise than the map, which is made of CLUSTER
/// NODES and SLOTS. A plain value.
struct ShardsDifference
{
    enum class What {
        Node, ///< one of the two does not know it; its word is then empty
        Role,
        Health, ///< not where SHARDS has no word for it: it calls a suspected node online
        Slots, ///< a node that owns them; see ShardsEntry::ranges for servers that lose them
        Primary, ///< of a replica: the id of its primary
    };
    What what = What::Node;
    NodeId node;
    QString inMap; ///< a word of the JSON contract, an id; empty: it says nothing
    QString inShards;
    SlotRanges rangesInMap; ///< of Slots
    SlotRanges rangesInShards;
    friend bool operator==(const ShardsDifference&, const ShardsDifference&) = default;
};

/// Pure; sorted by node. Nodes without an id are not compared. Of several nodes that lead a shard
/// the slots are those of the one that has not failed.
QList<ShardsDifference> compareShards(const ShardsView& shards, const Topology& map);

/// By how many bytes a node of a shard is behind its primary, by this reply. Nullopt of the primary
/// itself, and where an offset is missing.
std::optional<qint64> bytesBehind(const ShardsEntry& entry, const ShardsNode& node);

QString whatName(ShardsDifference::What what); ///< "node", "role", ...
/// What the contract's `cluster_shards` says of a reply.
QJsonObject toJson(const ShardsView& shards, const QList<ShardsDifference>& differences);

} // namespace slotscope::cluster
