// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/commandqueue.h"
#include "core/net/connection.h"
#include "core/net/handshake.h"
#include "core/net/refusals.h"
#include "core/net/replytimer.h"
#include "core/net/serverspeech.h"

#include <QTcpSocket>

#include <deque>

namespace slotscope::net {

/// The inside of Connection: for connection.cpp, and connectionend.cpp, which has its end.
///
/// Whatever calls out (a callback, ready(), pushed()) may delete the connection, and this with it:
/// after that only a QPointer to `q` tells.
class Connection::Private
{
public:
    Private(Connection* owner, Endpoint endpoint, const ConnectionOptions& connectionOptions)
        : q(owner)
        , announced(std::move(endpoint))
        , options(connectionOptions)
        , handshake(options)
        , speech(options.limits)
    {
        info.announced = announced;
    }

    void onDialled(bool ok, const support::Error& error);
    void takeStep(const Handshake::Step& step);
    void becomeReady();
    void logInAgain();

    void sendStep(const QList<Argv>& argvs);
    void queue(const Argv& argv, Callback callback, const SendOptions& how);
    void scheduleFlush();
    void flush();
    void write(const QByteArray& bytes);
    /// The tap, if there is one and it is on.
    WireTap* tap() const;
    void onBytesWritten();
    void stampWritten(qint64 nanos);
    void waitForHead();
    void onReplyLate();

    void readAvailable();
    void process(QByteArrayView bytes);
    bool deliver(const resp::Reply& reply);

    void onSocketError(QAbstractSocket::SocketError code);
    void onDisconnected();
    support::Error lossReason() const;
    bool goesOn();
    void fail(support::ErrorCode code, const QString& detail);
    /// A token was refused: the server's words, and how far the clocks are apart, where that is
    /// known.
    support::Error refusedToken(const QString& line) const;
    void finish(const support::Error& error);
    void releaseSocket();
    void scheduleEnding();
    void deliverEnding();

    Connection* const q;
    const Endpoint announced;
    const ConnectionOptions options;
    Handshake handshake;
    ServerSpeech speech;
    State state = State::Opening;
    DialInfo info;
    Dial* dial = nullptr;
    QTcpSocket* socket = nullptr;
    ReplyTimer* replyTimer = nullptr;

    CommandQueue commands;
    Refusals refusals;
    qint64 headSince = 0; ///< when the head of the FIFO began to be waited for
    qint64 stepSent = 0; ///< when the last step of the handshake was
    qint64 readNanos = 0; ///< when the last bytes were read
    bool flushScheduled = false;
    bool closesWhenIdle = false;

    QAbstractSocket::SocketError socketError = QAbstractSocket::UnknownSocketError;
    QString socketErrorText;

    std::deque<PendingCommand> ended; ///< to be answered with `reason`
    support::Error reason;
    bool endingScheduled = false;
    bool closedEmitted = false;
    bool isReading = false; ///< inside a signal of the socket: it must not be deleted now
    bool isLost = false; ///< the socket has ended; what it still holds is read first
};

} // namespace slotscope::net
