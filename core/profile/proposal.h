// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/profile/profilelist.h"
#include "core/profile/secret.h"

namespace slotscope::profile {

/// A profile that was understood from a text and is not saved. What of the text is a secret stands
/// beside it, for the keychain, and never in it.
struct Proposal
{
    Profile profile; ///< without an id; perhaps not complete (checked() tells)
    Secret password; ///< empty: none was in the text
    QStringList notes; ///< sentences: what was not taken over, and why

    friend bool operator==(const Proposal&, const Proposal&) = default;
};

/// Profiles for a text that was pasted or read from a file; nothing is dialled, resolved or run:
///
/// - an endpoint or a redis(s)://, valkey(s):// URL, a list of them, a connection string of
///   StackExchange.Redis, a command line of redis-cli or valkey-cli
/// - source text with addresses in it, as of go-redis, ioredis, node-redis, redis-py, Jedis,
///   valkey-glide: quoted "host:port", host and port as fields or arguments
/// - the JSON of `aws elasticache describe-replication-groups`, `describe-serverless-caches`,
///   `describe-cache-clusters` and `aws memorydb describe-clusters`
/// - exports of RedisInsight, of Another Redis Desktop Manager, and our own
///
/// One profile for all addresses of a text, one for each entry of an export. What an endpoint's
/// name tells (EndpointGuess) is filled in; a Memcached endpoint is refused with the reason.
/// InvalidInput with a detail without secrets when nothing was understood, or too much was there.
support::Result<QList<Proposal>> proposeProfiles(const QString& text);

/// Our own export: the profiles without their ids. There are no secrets in a profile, and the
/// keychain's stay where they are.
QByteArray exportProfiles(const ProfileList& profiles);

} // namespace slotscope::profile
