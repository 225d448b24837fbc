// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/endpoint.h"

#include <QByteArray>

namespace slotscope::net {

/// The client's side of a SOCKS5 CONNECT without authentication (RFC 1928), as a pure state
/// machine: it is shown what the proxy says and tells what to send. Knows no socket and no time.
///
/// A name is handed over as a name: the proxy resolves it. (Not QNetworkProxy: its engine puts a
/// second, buffered socket under each connection, is documented to leave loopback addresses out,
/// and mixes up what the proxy says and what becomes of the proxy.)
class SocksHandshake
{
public:
    struct Step
    {
        enum class Kind {
            More, ///< nothing to do before more bytes have come
            Send, ///< `bytes`
            Done, ///< what follows is the node's
            ProxyFailed, ///< it is no SOCKS5 proxy, or does not take us; `why`
            NodeFailed, ///< the proxy could not connect to the target; `why`
        };
        Kind kind = Kind::More;
        qsizetype consumed = 0; ///< bytes of `received` that are dealt with
        QByteArray bytes;
        QString why;
    };

    explicit SocksHandshake(Endpoint target);

    QByteArray greeting() const;
    /// The proxy has taken us: if it closes now, that is about the target.
    bool isWelcome() const { return m_isWelcome; }
    /// `received`: what has come and was not yet consumed.
    Step take(QByteArrayView received);

private:
    QByteArray request() const;

    Endpoint m_target;
    bool m_isWelcome = false;
};

} // namespace slotscope::net
