// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/endpoint.h"

#include <QJsonObject>

#include <optional>

namespace slotscope::profile {

enum class Provider { None, ElastiCache, MemoryDb };

/// Which of the endpoints of a cache a name is.
enum class EndpointKind {
    Unknown,
    Configuration, ///< of a cluster: resolves to any of its nodes
    Node,
    Primary, ///< of one shard, cluster mode disabled or compatible
    Reader, ///< the replicas of one shard
    Serverless,
    Memcached, ///< to be refused: it does not speak the Redis protocol
};

/// What the name of an endpoint tells, by the forms that AWS documents for ElastiCache and
/// MemoryDB. A guess from a name, to be shown as one and verified: whether this is a cluster is
/// what the server says. Nothing is known of a name in front of it (a CNAME), nor of an address.
struct EndpointGuess
{
    Provider provider = Provider::None;
    EndpointKind kind = EndpointKind::Unknown;
    /// From the position of a label. With transit encryption "preferred" a name of the form
    /// without TLS may take TLS too.
    std::optional<bool> tls;
    QString region; ///< "us-east-1"; empty when the name's code is not known
    QString id; ///< of the replication group, cluster or serverless cache
    QString shard; ///< "0001"
    QString node; ///< "001"
    bool certain = true; ///< false: another reading of the same name is possible
    QString reason; ///< sentences for the user: why, and what this endpoint shows

    bool isRefused() const { return kind == EndpointKind::Memcached; }

    friend bool operator==(const EndpointGuess&, const EndpointGuess&) = default;
};

EndpointGuess guessEndpoint(const net::Endpoint& endpoint);

/// "elasticache", "memorydb"; empty for None.
QString providerName(Provider provider);
/// "configuration", "node", ...; empty for Unknown.
QString endpointKindName(EndpointKind kind);
/// The object `recognised` of the command line's JSON. What is not known is null.
QJsonObject toJson(const EndpointGuess& guess);

} // namespace slotscope::profile
