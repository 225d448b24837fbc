// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

namespace slotscope::net {

/// From where a host can be reached, as far as its text tells.
enum class Reach {
    Name, ///< not an address: only the resolver knows
    Loopback, ///< from its own machine; also the wildcard addresses
    Private, ///< from its own network: RFC 1918, 6598, 3927, 4193, and fe80::/10
    Public,
};

/// An IPv4 address that is written as IPv6 (::ffff:10.0.0.1) is what it is in IPv4.
Reach reachOf(const QString& host);

} // namespace slotscope::net
