// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/endpoint.h"
#include "core/support/result.h"

#include <QString>

#include <optional>

namespace slotscope::net {

/// What a user typed or pasted as an endpoint, taken apart. Nothing is resolved or dialled.
struct TypedEndpoint
{
    QString typed; ///< as typed, trimmed, without a password (`user:@` stays)
    Endpoint endpoint; ///< port 6379 when none was typed
    int database = 0; ///< of path or query; never selected: who runs commands refuses others
    bool tls = false; ///< rediss:// or valkeys://
    QString user; ///< percent-decoded, may be empty
    std::optional<QString> password; ///< percent-decoded; the command line refuses one
    bool isWordAlone = false; ///< the password: before the @ was no colon

    friend bool operator==(const TypedEndpoint&, const TypedEndpoint&) = default;
};

/// `host`, `host:port`, `[v6]:port`, a bare IPv6 address, and redis://, rediss://, valkey://,
/// valkeys:// URLs (user:password@ and a /db path or ?db=n are understood, the rest of a query is
/// ignored; one word before the @ is a password, as for redis-cli). InvalidInput with a detail in
/// words for everything else (spaces inside, a bad port, http://, ...); the detail never holds a
/// password.
support::Result<TypedEndpoint> parseTypedEndpoint(QStringView text);

} // namespace slotscope::net
