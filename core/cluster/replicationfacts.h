// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/node.h"
#include "core/resp/reply.h"

#include <QHash>

#include <optional>

namespace slotscope::cluster {

/// A replica as its primary sees it: a `slaveN:` line of INFO replication.
struct ReplicaSeen
{
    net::Endpoint address;
    QString state; ///< "online", "wait_bgsave", ...
    qint64 offset = 0; ///< acknowledged bytes
    qint64 lagSeconds = -1; ///< since its last acknowledgement; -1: not told
    friend bool operator==(const ReplicaSeen&, const ReplicaSeen&) = default;
};

/// What a node says of replication: INFO replication, else ROLE.
struct ReplicationFacts
{
    Role role = Role::Unknown;
    std::optional<qint64> offset; ///< of a primary its own, of a replica what it has received
    // of a replica
    std::optional<bool> linkUp; ///< master_link_status
    bool isSyncing = false; ///< it is being sent the whole data
    std::optional<qint64> secondsSinceHeard; ///< master_last_io_seconds_ago
    std::optional<qint64> secondsDown; ///< master_link_down_since_seconds
    // of a primary
    QList<ReplicaSeen> replicas;

    static ReplicationFacts fromInfo(const QHash<QByteArray, QByteArray>& info);
    static ReplicationFacts fromRole(const resp::Reply& role);
    friend bool operator==(const ReplicationFacts&, const ReplicationFacts&) = default;
};

} // namespace slotscope::cluster
