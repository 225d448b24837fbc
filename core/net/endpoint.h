// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/support/result.h"

#include <QHashFunctions>
#include <QMetaType>
#include <QString>

namespace slotscope::net {

/// A host (name, IPv4 or IPv6 without brackets) and a port. As an announced address it identifies
/// nothing: the node id does. An empty host means "the host that this connection already uses".
struct Endpoint
{
    QString host;
    quint16 port = 0;

    /// A host to resolve and a port to dial: not empty, not "?", port not 0, nothing unprintable.
    bool isDialable() const;
    /// "host:port", "[v6]:port".
    QString toString() const;
    /// "host:port", "[v6]:port", and what servers print: an IPv6 address without brackets, the port
    /// after the last colon. The host may be empty. Without a default a port is required.
    static support::Result<Endpoint> parse(QStringView text, quint16 defaultPort = 0);

    friend bool operator==(const Endpoint&, const Endpoint&) = default;
    friend size_t qHash(const Endpoint& e, size_t seed = 0)
    {
        return qHashMulti(seed, e.host, e.port);
    }
};

/// An IPv6 address, without brackets and without a port.
bool isIPv6(QStringView text);

} // namespace slotscope::net

Q_DECLARE_METATYPE(slotscope::net::Endpoint)
