// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/connectionoptions.h"

#include <QHostAddress>
#include <QObject>

#include <memory>

class QTcpSocket;

namespace slotscope::net {

/// What dialling found out on its way. Durations in microseconds; -1 where the stage was not
/// reached.
struct DialInfo
{
    Endpoint announced; ///< what was asked for
    Endpoint mapped; ///< after the address map
    Endpoint dialled; ///< address and port that the socket really connected to
    QStringList resolved; ///< every address that DNS gave, in the order tried
    qint64 resolveMicros = -1;
    qint64 connectMicros = -1;
    qint64 tlsMicros = -1;
    QString tlsProtocol; ///< "TLSv1.3", empty without TLS
};

/// Operation: from an announced endpoint to a connected (and encrypted) socket.
///
/// Applies the address map, resolves (never from a cache of ours), and tries every address, the
/// families taking turns; the next attempt starts when one fails or after 250 ms, sooner where
/// there are too many for the time limit, so that dead first records cost little (RFC 8305, "Happy
/// Eyeballs"). A failure names every address and what it said. Lives in the thread it was created
/// in, owned by its parent; the winning socket's ownership goes to the caller.
class Dial final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Dial)
public:
    Dial(Endpoint announced, const ConnectionOptions& options, QObject* parent = nullptr);
    ~Dial() override;

    void start();
    /// As start(), without the resolver: tries these addresses, in this order.
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
