// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/explain/connecting.h"
#include "core/net/connectionprivate.h"
#include "core/net/tls.h"
#include "core/net/waytext.h"
#include "core/support/log.h"

#include <QPointer>

using namespace Qt::StringLiterals;

namespace slotscope::net {

using support::Error;
using support::ErrorCode;

void Connection::Private::onSocketError(QAbstractSocket::SocketError code)
{
    socketError = code;
    socketErrorText = socket->errorString();
    // After a close by the other side disconnected() follows; after an error of TLS it may not.
    if (code != QAbstractSocket::RemoteHostClosedError)
        onDisconnected();
}

void Connection::Private::onDisconnected()
{
    // Whole replies may have come before the end.
    isLost = true;
    readAvailable();
}

Error Connection::Private::lossReason() const
{
    const QString address = announced.toString();
    if (isTlsError(socketError)) {
        Error error = tlsError(socketError, socketErrorText, {}, options.tls, info.tls);
        error.address = address;
        return error;
    }
    if (state == State::Opening) {
        // "DENIED ...", said and closed: the reason is in the line.
        if (!handshake.lastErrorLine().isEmpty())
            return { ErrorCode::ServerError, handshake.lastErrorLine(), address };
        // The tunnel was connected, and has closed again.
        if (speech.isSilent() && !isReached(options, info.mapped))
            return { ErrorCode::ProxyRefused, farEndsWords(options, info.mapped), address };
        // Redis resets a connection whose first bytes are no TLS handshake.
        if (!options.tls.enabled && speech.isSilent())
            return { ErrorCode::TlsExpected, explain::closedWithoutAWord(), address };
    }
    if (speech.isInsideReply())
        return { ErrorCode::ConnectionLost, explain::closedInsideReply(), address };
    return { ErrorCode::ConnectionLost, socketErrorText, address };
}

/// Ends the connection if it was only waiting for the last reply.
bool Connection::Private::goesOn()
{
    const bool isOpening = state == State::Opening && (dial || socket);
    if (closesWhenIdle && commands.isEmpty() && !isOpening)
        finish({ ErrorCode::Cancelled, {}, {} });
    return state != State::Closed;
}

void Connection::Private::fail(ErrorCode code, const QString& detail)
{
    finish({ code, detail, announced.toString() });
}

Error Connection::Private::refusedToken(const QString& line) const
{
    Error error { ErrorCode::TokenRefused, line, announced.toString() };
    if (options.clock) {
        if (const auto told = options.clock->last())
            error.clockAheadMicros = told->skew.aheadMicros;
    }
    return error;
}

void Connection::Private::finish(const Error& given)
{
    if (state == State::Closed)
        return;
    // It has the reason already, and was only asked for its time.
    const bool isRefused = state == State::Opening && !handshake.tokenRefusal().isEmpty()
        && given.code != ErrorCode::Cancelled;
    const Error error = isRefused ? refusedToken(handshake.tokenRefusal()) : given;
    qCDebug(support::logNet) << "connection to" << announced.toString()
                             << "ends:" << int(error.code) << error.detail;
    if (WireTap* seer = tap())
        seer->closed(announced, error);
    state = State::Closed;
    reason = error;
    replyTimer->stop();
    if (dial) {
        dial->disconnect(q);
        delete std::exchange(dial, nullptr);
    }
    releaseSocket();
    std::deque<PendingCommand> all = commands.takeAll();
    std::move(all.begin(), all.end(), std::back_inserter(ended));
    scheduleEnding();
}

void Connection::Private::releaseSocket()
{
    QTcpSocket* old = std::exchange(socket, nullptr);
    if (!old)
        return;
    old->disconnect(q);
    old->abort();
    if (isReading) {
        // It is speaking, and must outlive this connection should that be deleted next.
        old->setParent(nullptr);
        old->deleteLater();
    } else {
        delete old;
    }
}

void Connection::Private::scheduleEnding()
{
    if (std::exchange(endingScheduled, true))
        return;
    QMetaObject::invokeMethod(
        q, [this] { deliverEnding(); }, Qt::QueuedConnection);
}

void Connection::Private::deliverEnding()
{
    const QPointer<Connection> guard(q);
    endingScheduled = false;
    // What callbacks send now is answered in a later turn.
    std::deque<PendingCommand> unanswered;
    unanswered.swap(ended);
    const Error error = reason;
    for (const PendingCommand& command : unanswered) {
        const qint64 now = monotonicNanos();
        const qint64 started = command.startedNanos != 0 ? command.startedNanos : now;
        if (command.callback)
            command.callback(
                { command.error.value_or(error), command.sent, started, (now - started) / 1000 });
        if (!guard)
            return;
    }
    if (state == State::Closed && !std::exchange(closedEmitted, true))
        Q_EMIT q->closed(error);
}

} // namespace slotscope::net
