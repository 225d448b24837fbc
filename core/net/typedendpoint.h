// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <optional>

#include <QString>

#include "core/net/endpoint.h"
#include "core/support/result.h"

namespace slotscope::net {

/// What a user typed or pasted as an endpoint, taken apart. Nothing is resolved or dialled.
struct TypedEndpoint
{
    QString typed; ///< as typed, trimmed, without a password
    Endpoint endpoint; ///< port 6379 when none was typed
    bool tls = false; ///< rediss:// or valkeys://
    QString user; ///< percent-decoded, may be empty
    std::optional<QString> password; ///< percent-decoded; the command line refuses one

    friend bool operator==(const TypedEndpoint&, const TypedEndpoint&) = default;
};

/// `host`, `host:port`, `[v6]:port`, a bare IPv6 address, and redis://, rediss://, valkey://,
/// valkeys:// URLs (user:password@ and a /db path are understood, the db is ignored). InvalidInput
/// with a detail in words for everything else (spaces inside, a bad port, http://, ...).
support::Result<TypedEndpoint> parseTypedEndpoint(QStringView text);

} // namespace slotscope::net
