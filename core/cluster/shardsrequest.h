// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/shardsview.h"
#include "core/net/connectionpool.h"

#include <QObject>

namespace slotscope::cluster {

/// The nodes that must not be asked for CLUSTER SHARDS any more: one for each cluster, as long as
/// the program runs. A node is known by its id, wherever it is reached; where one of the two is
/// not known, by its address. A plain value, used from one thread.
class ShardsBan
{
public:
    void add(const NodeId& id, const net::Endpoint& address)
    {
        m_addresses.insert(address, id);
        if (!id.isNull())
            m_ids.insert(id);
    }
    bool contains(const NodeId& id, const net::Endpoint& address) const
    {
        const auto found = m_addresses.constFind(address);
        const bool mayBeThat = found != m_addresses.constEnd() && (id.isNull() || found->isNull());
        return m_ids.contains(id) || mayBeThat;
    }

private:
    QSet<NodeId> m_ids;
    QHash<net::Endpoint, NodeId> m_addresses; ///< and who was there, null if nobody knew
};

/// Operation: CLUSTER SHARDS of one node, sent once, because somebody asked for it. Nothing in
/// Slotscope sends it by itself: on real servers repeated calls have ended the process. A node
/// whose reply repeats slots is put on the ban, and never asked again.
class ShardsRequest final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ShardsRequest)
public:
    /// `pool` and `ban` must outlive the operation. `id`: who is at `node`; null where unknown.
    ShardsRequest(net::ConnectionPool* pool, NodeId id, net::Endpoint node, ShardsBan* ban,
        QObject* parent = nullptr);

    void start();
    /// The answer is not waited for; finished() comes with Cancelled.
    void cancel();

Q_SIGNALS:
    /// Exactly once, from the event loop. Without a view `error` says why: CommandUnavailable also
    /// for a node that is banned.
    void finished(bool ok, const slotscope::cluster::ShardsView& view,
        const slotscope::support::Error& error);

private:
    void onAnswer(const net::Answer& answer);
    void finish(bool ok, const ShardsView& view, support::Error error);

    net::ConnectionPool* m_pool;
    NodeId m_id;
    net::Endpoint m_node;
    ShardsBan* m_ban;
    bool m_isDone = false;
};

} // namespace slotscope::cluster
