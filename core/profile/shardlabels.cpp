// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/profile/shardlabels.h"

#include "core/cluster/sharding.h"

namespace slotscope::profile {

QList<ShardNodes> shardNodesOf(const QList<cluster::Shard>& shards)
{
    QList<ShardNodes> kept;
    for (const cluster::Shard& shard : shards) {
        if (shard.primaryId.isNull())
            continue;
        QStringList ids { shard.primaryId.toString() };
        for (const cluster::NodeId& id : shard.replicaIds)
            ids.append(id.toString());
        kept.append({ shard.index + 1, ids });
    }
    return kept;
}

QList<cluster::Shard> shardsOf(const QList<ShardNodes>& shards)
{
    QList<cluster::Shard> known;
    for (const ShardNodes& kept : shards) {
        cluster::Shard shard;
        shard.index = kept.number - 1;
        shard.label = cluster::shardLabel(shard.index);
        for (const QString& id : kept.nodeIds) {
            if (shard.primaryId.isNull())
                shard.primaryId = cluster::NodeId(id.toLatin1());
            else
                shard.replicaIds.append(cluster::NodeId(id.toLatin1()));
        }
        known.append(shard);
    }
    return known;
}

} // namespace slotscope::profile
