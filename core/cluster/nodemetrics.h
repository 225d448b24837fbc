// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/errorcounts.h"
#include "core/cluster/replicationfacts.h"

namespace slotscope::cluster {

/// How one node fares at one moment, by its INFO. A plain value; what is empty was not told.
struct NodeMetrics
{
    QString server; ///< "redis 7.0.15"
    std::optional<qint64> uptimeSeconds;
    std::optional<qint64> usedMemory; ///< bytes
    std::optional<qint64> maxMemory; ///< bytes; 0: no limit
    std::optional<qint64> keys; ///< of all its databases
    std::optional<qint64> opsPerSecond;
    std::optional<qint64> clients;
    std::optional<qint64> evictedKeys; ///< since its start or CONFIG RESETSTAT, as the next
    std::optional<qint64> expiredKeys;
    ReplicationFacts replication;
    std::optional<ErrorSample> errors; ///< none where the server counts none

    /// From the fields of the whole INFO: of a part of it the rest is empty.
    static NodeMetrics fromInfo(const QHash<QByteArray, QByteArray>& info);
};

} // namespace slotscope::cluster
