// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/net/connection.h"

#include "core/net/commandqueue.h"
#include "core/net/handshake.h"
#include "core/net/replytimer.h"
#include "core/net/serverspeech.h"
#include "core/net/tls.h"
#include "core/support/bytes.h"
#include "core/support/log.h"

#include <QPointer>
#include <QSslSocket>
#include <QTcpSocket>

#include <deque>

using namespace Qt::StringLiterals;

namespace slotscope::net {

using support::Error;
using support::ErrorCode;

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

    void onDialled(bool ok, const Error& error);
    void takeStep(const Handshake::Step& step);
    void becomeReady();

    void sendStep(const Argv& argv);
    void queue(const Argv& argv, Callback callback, const SendOptions& how);
    void scheduleFlush();
    void flush();
    void write(const QByteArray& bytes);
    void onBytesWritten();
    void stampWritten();
    void waitForHead();

    void readAvailable();
    bool process(QByteArrayView bytes);
    bool deliver(const resp::Reply& reply);

    void onSocketError(QAbstractSocket::SocketError code);
    void onDisconnected();
    Error lossReason() const;
    bool goesOn();
    void fail(ErrorCode code, const QString& detail);
    void finish(const Error& error);
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
    qint64 headSince = 0; ///< when the head of the FIFO began to be waited for
    bool flushScheduled = false;
    bool closesWhenIdle = false;

    QAbstractSocket::SocketError socketError = QAbstractSocket::UnknownSocketError;
    QString socketErrorText;

    std::deque<PendingCommand> ended; ///< to be answered with `reason`
    Error reason;
    bool endingScheduled = false;
    bool closedEmitted = false;
    int socketDepth = 0; ///< inside a signal of the socket: it must not be deleted now
};

// --- opening

void Connection::Private::onDialled(bool ok, const Error& error)
{
    info = dial->info();
    socket = dial->takeSocket().release();
    std::exchange(dial, nullptr)->deleteLater();
    if (!ok) {
        finish(error);
        return;
    }
    socket->setParent(q);
    connect(socket, &QTcpSocket::readyRead, q, [this] { readAvailable(); });
    connect(socket, &QTcpSocket::bytesWritten, q, [this] { onBytesWritten(); });
    connect(socket, &QTcpSocket::errorOccurred, q,
        [this](QAbstractSocket::SocketError code) { onSocketError(code); });
    connect(socket, &QTcpSocket::disconnected, q, [this] { onDisconnected(); });
    if (auto* tls = qobject_cast<QSslSocket*>(socket))
        connect(tls, &QSslSocket::encryptedBytesWritten, q, [this] { onBytesWritten(); });
    // What happened between the end of the dialling and now.
    if (socket->state() != QAbstractSocket::ConnectedState) {
        onDisconnected();
        return;
    }
    takeStep(handshake.begin());
    // Some servers speak first.
    readAvailable();
}

void Connection::Private::takeStep(const Handshake::Step& step)
{
    switch (step.kind) {
    case Handshake::Step::Kind::Send:
        sendStep(step.command);
        break;
    case Handshake::Step::Kind::Done:
        becomeReady();
        break;
    case Handshake::Step::Kind::Failed:
        fail(step.error.code, step.error.detail);
        break;
    }
}

void Connection::Private::becomeReady()
{
    state = State::Ready;
    qCDebug(support::logNet) << "connected to" << announced.toString() << "as"
                             << info.dialled.toString() << "RESP" << handshake.hello().protocol;
    // Reading keys must not change which of them the server evicts. Unknown before 7.2; whatever it
    // answers, nobody waits for it.
    PendingCommand noTouch;
    noTouch.timeout = options.timeout;
    commands.addFirst(std::move(noTouch), { "CLIENT", "NO-TOUCH", "ON" });
    scheduleFlush();
    Q_EMIT q->ready();
}

// --- writing

/// A step of the handshake: goes past the commands that wait for its end.
void Connection::Private::sendStep(const Argv& argv)
{
    if (socket->state() != QAbstractSocket::ConnectedState)
        return; // Said no and closed at once; disconnected() is on its way.
    PendingCommand command;
    command.isHandshake = true;
    command.timeout = options.timeout;
    headSince = monotonicNanos();
    write(commands.addTaken(std::move(command), argv));
}

void Connection::Private::queue(const Argv& argv, Callback callback, const SendOptions& how)
{
    PendingCommand command;
    command.callback = std::move(callback);
    command.timeout = how.timeout.value_or(options.timeout);
    if (argv.isEmpty()) {
        // The server would say nothing, and the next reply would be taken for its.
        command.error = Error { ErrorCode::InvalidInput, u"no command"_s, announced.toString() };
    }
    if (state == State::Closed || command.error) {
        ended.push_back(std::move(command));
        scheduleEnding();
        return;
    }
    commands.add(std::move(command), argv);
}

void Connection::Private::scheduleFlush()
{
    // All that is sent in one turn of the event loop leaves in one write.
    if (state != State::Ready || !commands.hasOutgoing() || std::exchange(flushScheduled, true))
        return;
    QMetaObject::invokeMethod(
        q, [this] { flush(); }, Qt::QueuedConnection);
}

void Connection::Private::flush()
{
    flushScheduled = false;
    if (state != State::Ready || !commands.hasOutgoing()
        || socket->state() != QAbstractSocket::ConnectedState)
        return;
    if (!commands.isAwaiting())
        headSince = monotonicNanos();
    write(commands.takeOutgoing());
}

void Connection::Private::write(const QByteArray& bytes)
{
    socket->write(bytes);
    socket->flush();
    // flush() may have found out that the connection is gone.
    if (state == State::Closed)
        return;
    stampWritten();
    waitForHead();
}

void Connection::Private::onBytesWritten()
{
    // A long command on its way up: its reply is waited for from its last byte on.
    if (commands.isHeadUnstamped()) {
        headSince = monotonicNanos();
        waitForHead();
    }
    stampWritten();
}

void Connection::Private::stampWritten()
{
    const auto* tls = qobject_cast<QSslSocket*>(socket);
    if (commands.hasUnstamped() && (!tls || tls->encryptedBytesToWrite() == 0))
        commands.stamp(socket->bytesToWrite(), monotonicNanos());
}

void Connection::Private::waitForHead()
{
    using namespace std::chrono_literals;
    replyTimer->waitSince(headSince, commands.isAwaiting() ? commands.headTimeout() : 0ms);
}

// --- reading

void Connection::Private::readAvailable()
{
    const QPointer<Connection> guard(q);
    ++socketDepth;
    char buffer[64 * 1024];
    while (socket && socket->bytesAvailable() > 0) {
        const qint64 size = socket->read(buffer, sizeof buffer);
        if (size <= 0)
            break;
        const bool goOn = process({ buffer, static_cast<qsizetype>(size) });
        if (!guard)
            return; // A callback has deleted the connection.
        if (!goOn)
            break;
    }
    // What the callbacks sent need not wait for the event loop to come round.
    if (flushScheduled)
        flush();
    --socketDepth;
}

/// False when the connection has ended (it may be deleted).
bool Connection::Private::process(QByteArrayView bytes)
{
    speech.feed(bytes);
    while (true) {
        const auto next = speech.next();
        if (!next) {
            fail(next.error().code, next.error().detail);
            return false;
        }
        if (!*next)
            return true;
        if (!deliver(**next))
            return false;
    }
}

/// False when the connection has ended (it may be deleted).
bool Connection::Private::deliver(const resp::Reply& reply)
{
    const QPointer<Connection> guard(q);
    if (!commands.isForHead(reply)) {
        Q_EMIT q->pushed(reply);
        return guard && state != State::Closed;
    }
    if (!commands.isAwaiting()) {
        // "ERR max number of clients reached" may be said and the door shut before we say hello.
        const QString line = support::toVisibleText(reply.text(), 200);
        if (state == State::Opening && reply.isError())
            fail(ErrorCode::ServerError, line);
        else
            fail(ErrorCode::ProtocolError, u"a reply to no command: "_s + line);
        return false;
    }
    const PendingCommand command = commands.takeHead();
    const qint64 now = monotonicNanos();
    headSince = now;
    waitForHead();
    if (command.isHandshake) {
        takeStep(handshake.onReply(reply));
    } else if (command.callback) {
        const qint64 started = command.startedNanos != 0 ? command.startedNanos : now;
        command.callback({ reply, true, started, (now - started) / 1000 });
    }
    return guard && goesOn();
}

// --- the end

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
    const QPointer<Connection> guard(q);
    ++socketDepth;
    readAvailable();
    if (!guard)
        return;
    if (state != State::Closed)
        finish(lossReason());
    --socketDepth;
}

Error Connection::Private::lossReason() const
{
    const QString address = announced.toString();
    if (isTlsError(socketError))
        return { ErrorCode::TlsFailed, socketErrorText, address };
    if (state == State::Opening) {
        // "DENIED ...", said and closed: the reason is in the line.
        if (!handshake.lastErrorLine().isEmpty())
            return { ErrorCode::ServerError, handshake.lastErrorLine(), address };
        // Redis resets a connection whose first bytes are no TLS handshake.
        if (!options.tls.enabled && speech.isSilent())
            return { ErrorCode::ConnectionLost, u"closed without a word; the port may expect TLS"_s,
                address };
    }
    if (speech.isInsideReply())
        return { ErrorCode::ConnectionLost, u"closed in the middle of a reply"_s, address };
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

void Connection::Private::finish(const Error& error)
{
    if (state == State::Closed)
        return;
    qCDebug(support::logNet) << "connection to" << announced.toString()
                             << "ends:" << int(error.code) << error.detail;
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
    if (socketDepth > 0) {
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

// --- the public face

Connection::Connection(Endpoint announced, const ConnectionOptions& options, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, std::move(announced), options))
{
    d->replyTimer = new ReplyTimer(this);
    connect(d->replyTimer, &ReplyTimer::expired, this, [this] {
        d->fail(d->speech.isSilent() ? ErrorCode::NoReply : ErrorCode::ReplyTimeout, {});
    });
}

Connection::~Connection()
{
    // Nobody is told: whoever deletes a connection is often on the way out, and its callbacks too.
    d->state = State::Closed;
    d->releaseSocket();
}

void Connection::open()
{
    if (d->dial || d->socket || d->state != State::Opening)
        return;
    d->dial = new Dial(d->announced, d->options, this);
    connect(d->dial, &Dial::finished, this,
        [this](bool ok, const Error& error) { d->onDialled(ok, error); });
    d->dial->start();
}

void Connection::close(const Error& reason)
{
    d->finish(reason);
}

void Connection::closeWhenIdle()
{
    d->closesWhenIdle = true;
    d->goesOn();
}

void Connection::send(const Argv& argv, Callback callback, const SendOptions& options)
{
    d->queue(argv, std::move(callback), options);
    d->scheduleFlush();
}

void Connection::sendTogether(
    const QList<Argv>& commands, const QList<Callback>& callbacks, const SendOptions& options)
{
    for (qsizetype i = 0; i < commands.size(); ++i)
        d->queue(commands[i], callbacks.value(i), options);
    d->scheduleFlush();
}

Connection::State Connection::state() const
{
    return d->state;
}

const Endpoint& Connection::announced() const
{
    return d->announced;
}

const DialInfo& Connection::dialInfo() const
{
    return d->info;
}

const ServerHello& Connection::hello() const
{
    return d->handshake.hello();
}

} // namespace slotscope::net
