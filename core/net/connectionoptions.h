// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/addressmap.h"
#include "core/net/currentpassword.h"
#include "core/net/endpoint.h"
#include "core/net/serverclock.h"
#include "core/net/wiretap.h"
#include "core/resp/replyreader.h"

#include <QString>

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace slotscope::net {

struct DialInfo;
class SshTunnel;

/// How TLS is spoken and whom it trusts. Verification is on unless `insecure`.
struct TlsOptions
{
    bool enabled = false;
    QString caFile; ///< PEM; empty: the system's trust store
    QString certificateFile; ///< PEM client certificate, empty: none
    QString keyFile; ///< PEM private key of it
    QString pkcs12File; ///< client certificate and key in one, instead of the two above
    /// Of the private key or the PKCS#12 file. Never logged, never stored in a plain file.
    std::optional<QString> keyPassphrase;
    QString verifyName; ///< SNI and the name to verify; empty: the announced host
    bool verifySeed = false; ///< it is the seed's host: see ConnectionOptions::setSeed()
    bool insecure = false; ///< nothing is verified; every screen must say so

    friend bool operator==(const TlsOptions&, const TlsOptions&) = default;
};

/// Of a SOCKS5 proxy that is named without one. (RFC 1928)
constexpr quint16 usualSocksPort = 1080;

/// Everything that a connection to any node of one cluster inherits.
struct ConnectionOptions
{
    QString user; ///< empty: the default user
    std::optional<QString> password; ///< never logged, never stored in a plain file
    std::shared_ptr<const CurrentPassword> currentPassword; ///< of `password`; may be null
    /// With a current password: how long a connection goes on before it logs in again with the
    /// newest (AWS ends those that are older than 12 hours).
    std::chrono::milliseconds loginLifetime = std::chrono::hours(11);
    /// Told whenever a server tells its time, asked when a token is refused. May be null.
    std::shared_ptr<ServerClock> clock;
    TlsOptions tls;
    AddressMap addressMap;
    /// A SOCKS5 server that everything goes through, after the address map; it resolves the names.
    std::optional<Endpoint> socks;
    /// Or an ssh tunnel, which is started when it is first needed; connections wait for it. Lives
    /// in the thread of the connections.
    std::shared_ptr<SshTunnel> tunnel;
    /// The id (40 hex) of the node that must answer, asked for (CLUSTER MYID) before any command
    /// is sent: another one is WrongNode. Empty: whoever answers. A pool sets it by its own.
    QByteArray expectedNode;
    std::chrono::milliseconds timeout { 5000 }; ///< for each reply, and for connecting
    std::optional<std::chrono::milliseconds> connectTimeout; ///< for connecting, instead of timeout
    /// What the user typed, or the one of several that is tried: `@seed` of the address map, and
    /// the name to verify where that is always the seed's.
    void setSeed(const Endpoint& seed)
    {
        addressMap.setSeedHost(seed.host);
        if (tls.verifySeed)
            tls.verifyName = seed.host;
    }
    /// For the name, TCP and TLS of one node together; an ssh tunnel has it once more.
    std::chrono::milliseconds timeToConnect() const { return connectTimeout.value_or(timeout); }
    /// The longest time without a sign of a node before it is given up.
    std::chrono::milliseconds patience() const { return std::max(timeout, timeToConnect()); }
    int respVersion = 3; ///< 3: HELLO 3 with fallback to 2; 2: HELLO is not sent
    /// READONLY ends the handshake: a cluster's replica then serves reads of its primary's slots.
    /// Refused (by a standalone server): ServerHello::warning, no failure.
    bool readOnly = false;
    resp::Limits limits;
    /// Told of each error reply to a command (not of the handshake) and how its node was reached,
    /// in the I/O thread and right before its callback; must not touch the connection. May be
    /// absent.
    std::function<void(const DialInfo& way, QByteArrayView line)> onErrorReply {};
    std::shared_ptr<WireTap> tap; ///< sees what is sent and received, while it is on; may be null
};

} // namespace slotscope::net
