// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/node.h"
#include "core/resp/reply.h"
#include "core/support/result.h"

namespace slotscope::cluster {

/// One node as CLUSTER SHARDS names it.
struct ShardsNode
{
    NodeId id;
    QString endpoint; ///< what clients should dial; empty: the host that was dialled; may be "?"
    QString ip;
    QString hostname;
    std::optional<quint16> port; ///< none on a server that speaks TLS only
    std::optional<quint16> tlsPort;
    Role role = Role::Unknown;
    /// Ok ("online", also of one that is suspected), Loading (also of a replica that has received
    /// nothing yet), Fail; Unknown for other words.
    Health health = Health::Unknown;
    std::optional<qint64> replicationOffset;
    friend bool operator==(const ShardsNode&, const ShardsNode&) = default;
};

/// One shard as CLUSTER SHARDS tells of it.
struct ShardsEntry
{
    /// May be empty though the shard owns slots: Redis 7.2.6 and 7.4.1 lose them while a primary
    /// that has failed is still listed. So no slot is ever taken from anybody because of this
    /// reply.
    SlotRanges ranges;
    QList<ShardsNode> nodes;

    /// The node that leads: of several that call themselves so, one that has not failed. Null when
    /// there is none.
    const ShardsNode* primary() const;
};

/// The whole reply.
struct ShardsView
{
    QList<ShardsEntry> entries;
    /// A range stands there twice. Redis 7.2.0 to 7.2.3 repeat them, more with each call, until an
    /// assertion ends the server: it must not be asked again.
    bool repeatsSlots = false;
};

/// Parses the reply of CLUSTER SHARDS (Redis 7.0 and later), RESP2 or RESP3. Unknown keys and words
/// are passed over. ProtocolError when it is no array of shards, or when a slot or port is out of
/// range; LimitExceeded when it names far more nodes or ranges than a cluster can have.
support::Result<ShardsView> parseShards(const resp::Reply& reply);

} // namespace slotscope::cluster
