// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/connectionoptions.h"
#include "core/net/tlsinfo.h"

#include <QHostAddress>
#include <QObject>

#include <memory>

class QTcpSocket;

namespace slotscope::net {

/// Through what a connection goes.
enum class Way {
    Direct,
    Socks, ///< ConnectionOptions::socks
    Ssh, ///< ConnectionOptions::tunnel
};

/// What dialling found out on its way. Durations in microseconds; -1 where the stage was not
/// reached.
struct DialInfo
{
    Endpoint announced; ///< what was asked for
    Endpoint mapped; ///< after the address map
    /// Address and port that the socket really connected to; behind a proxy what it was asked for.
    Endpoint dialled;
    Way way = Way::Direct;
    Endpoint proxy; ///< the address of the proxy that was connected to; empty for Direct
    /// Every address that DNS gave, in the order tried. Empty behind a proxy, which keeps them to
    /// itself.
    QStringList resolved;
    qint64 resolveMicros = -1; ///< the name of the node, or that of the proxy
    qint64 connectMicros = -1; ///< to the node, the proxy's part included
    qint64 tlsMicros = -1;
    TlsInfo tls; ///< empty without TLS
};

/// Operation: from an announced endpoint to a connected (and encrypted) socket.
///
/// Applies the address map, goes through the proxy where there is one, resolves (never from a cache
/// of ours), and tries every address, the families taking turns; the next attempt starts when one
/// fails or after 250 ms, sooner where there are too many for the time limit, so that dead first
/// records cost little (RFC 8305, "Happy Eyeballs"). A failure names every address and what it
/// said; one of the proxy itself (ProxyUnreachable, TunnelFailed, with its address) is told from
/// one of the node behind it (ProxyRefused). The time limit begins when an ssh tunnel that is being
/// made is up. Lives in the thread it was created in, owned by its parent; the winning socket's
/// ownership goes to the caller.
class Dial final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Dial)
public:
    Dial(Endpoint announced, const ConnectionOptions& options, QObject* parent = nullptr);
    ~Dial() override;

    void start();
    /// As start(), without the resolver: tries these addresses, in this order. For tests: no name
    /// of this computer leads to several.
    void startWith(const QList<QHostAddress>& addresses);
    /// finished() follows with Cancelled, unless it already came.
    void cancel();

    /// The connected socket after finished() without an error; the caller owns it. Once. With TLS
    /// it is a QSslSocket, else a plain one: OpenSSL is not even loaded then.
    std::unique_ptr<QTcpSocket> takeSocket();
    const DialInfo& info() const;

Q_SIGNALS:
    /// Exactly once, from the event loop. `error` is meaningful when `ok` is false.
    void finished(bool ok, const slotscope::support::Error& error);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace slotscope::net
