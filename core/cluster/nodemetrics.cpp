// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/nodemetrics.h"

#include "core/cluster/topology.h"
#include "core/cluster/viewparsers.h"
#include "core/support/bytes.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace slotscope::cluster {
namespace {

constexpr qsizetype mostDatabases = 16384;
constexpr qint64 mostKeys = qint64(1) << 53; ///< of one database: more is no number of keys

/// None of these numbers can be negative.
std::optional<qint64> number(const Info& info, const QByteArray& key)
{
    const std::optional<qint64> value = infoNumber(info, key);
    return value && *value >= 0 ? value : std::nullopt;
}

/// db0:keys=3,expires=0,avg_ttl=0 -- no line for a database without keys.
std::optional<qint64> keysOf(const Info& info)
{
    if (!info.contains("used_memory"_ba))
        return std::nullopt; // this is not the whole INFO: no line may mean anything
    qint64 keys = 0;
    qsizetype databases = 0;
    for (auto field = info.cbegin(); field != info.cend(); ++field) {
        if (!field.key().startsWith("db") || !field.value().startsWith("keys=")
            || ++databases > mostDatabases)
            continue;
        const QByteArrayView value = QByteArrayView(field.value()).sliced(5);
        const qsizetype comma = value.indexOf(',');
        bool ok = false;
        const qint64 count = (comma < 0 ? value : value.first(comma)).toLongLong(&ok);
        if (ok && count >= 0 && count <= mostKeys)
            keys += std::min(count, mostKeys - keys);
    }
    return keys;
}

QString serverOf(const Info& info)
{
    const QByteArray valkey = info.value("valkey_version"_ba);
    const QByteArray version = valkey.isEmpty() ? info.value("redis_version"_ba) : valkey;
    if (version.isEmpty())
        return {};
    return productName(valkey.isEmpty() ? Product::Redis : Product::Valkey) % u' '
        % support::toVisibleText(version, 64);
}

} // namespace

NodeMetrics NodeMetrics::fromInfo(const Info& info)
{
    NodeMetrics metrics;
    metrics.server = serverOf(info);
    metrics.uptimeSeconds = number(info, "uptime_in_seconds"_ba);
    metrics.usedMemory = number(info, "used_memory"_ba);
    metrics.maxMemory = number(info, "maxmemory"_ba);
    metrics.keys = keysOf(info);
    metrics.opsPerSecond = number(info, "instantaneous_ops_per_sec"_ba);
    metrics.clients = number(info, "connected_clients"_ba);
    metrics.evictedKeys = number(info, "evicted_keys"_ba);
    metrics.expiredKeys = number(info, "expired_keys"_ba);
    metrics.replication = ReplicationFacts::fromInfo(info);
    metrics.errors = ErrorSample::fromInfo(info);
    return metrics;
}

} // namespace slotscope::cluster
