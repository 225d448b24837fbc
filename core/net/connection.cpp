// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/explain/connecting.h"
#include "core/net/connectionprivate.h"
#include "core/net/currentpassword.h"
#include "core/net/waytext.h"
#include "core/support/bytes.h"
#include "core/support/log.h"

#include <QPointer>
#include <QSslSocket>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace slotscope::net {

using support::Error;
using support::ErrorCode;

namespace {

// So much of an unfinished reply within its time limit, and it is waited for as long again.
constexpr qint64 steadyBytes = 16 * 1024;

} // namespace

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
    const QPointer<Connection> guard(q);
    takeStep(handshake.begin());
    // Some servers speak first.
    if (guard)
        readAvailable();
}

void Connection::Private::takeStep(const Handshake::Step& step)
{
    switch (step.kind) {
    case Handshake::Step::Kind::Send:
        sendStep(step.commands);
        break;
    case Handshake::Step::Kind::Wait:
        break;
    case Handshake::Step::Kind::Done:
        becomeReady();
        break;
    case Handshake::Step::Kind::Failed:
        // TIME was asked for alone, in the last step.
        if (const auto told = handshake.toldTime(); told && options.clock) {
            options.clock->note(
                clockSkew(*told, unixMicros(), (monotonicNanos() - stepSent) / 1000));
        }
        fail(step.error.code, step.error.detail);
        break;
    }
}

/// The server goes on serving who is logged in, but not for ever.
void Connection::Private::logInAgain()
{
    if (state != State::Ready)
        return;
    Argv argv { "AUTH" };
    if (!options.user.isEmpty())
        argv.append(options.user.toUtf8());
    argv.append(options.currentPassword->newestOf(*options.password).toUtf8());
    // Refused: whoever asks next gets a connection that says so.
    queue(argv,
        [this](const Answer& answer) {
            if (answer.reply && answer.reply->isError())
                finish(refusedToken(support::toVisibleText(answer.reply->text(), 200)));
        },
        {});
    scheduleFlush();
    QTimer::singleShot(options.loginLifetime, q, [this] { logInAgain(); });
}

void Connection::Private::becomeReady()
{
    state = State::Ready;
    if (options.currentPassword && options.password)
        QTimer::singleShot(options.loginLifetime, q, [this] { logInAgain(); });
    qCDebug(support::logNet) << "connected to" << announced.toString() << "as"
                             << info.dialled.toString() << "RESP" << handshake.hello().protocol;
    // Reading keys must not change which of them the server evicts. Unknown before 7.2; whatever it
    // answers, nobody waits for it.
    PendingCommand noTouch;
    noTouch.timeout = options.timeout;
    const Argv argv { "CLIENT", "NO-TOUCH", "ON" };
    if (tap())
        noTouch.tapped = std::make_unique<const Argv>(argv);
    commands.addFirst(std::move(noTouch), argv);
    scheduleFlush();
    Q_EMIT q->ready();
}

// --- writing

/// A step of the handshake: goes past the commands that wait for its end.
void Connection::Private::sendStep(const QList<Argv>& argvs)
{
    if (socket->state() != QAbstractSocket::ConnectedState)
        return; // Said no and closed at once; disconnected() is on its way.
    headSince = monotonicNanos();
    stepSent = headSince;
    QByteArray all;
    for (const Argv& argv : argvs) {
        PendingCommand command;
        command.isHandshake = true;
        command.timeout = options.timeout;
        if (tap())
            command.tapped = std::make_unique<const Argv>(argv);
        const QByteArray bytes = commands.addTaken(std::move(command), argv);
        if (WireTap* seer = tap())
            seer->sent(announced, argv, bytes.size());
        all += bytes;
    }
    write(all);
}

WireTap* Connection::Private::tap() const
{
    return options.tap && options.tap->isOn() ? options.tap.get() : nullptr;
}

void Connection::Private::queue(const Argv& argv, Callback callback, const SendOptions& how)
{
    PendingCommand command;
    command.callback = std::move(callback);
    command.timeout = how.timeout.value_or(options.timeout);
    if (argv.isEmpty()) {
        // The server would say nothing, and the next reply would be taken for its.
        command.error
            = Error { ErrorCode::InvalidInput, explain::noCommand(), announced.toString() };
    }
    if (state == State::Closed || command.error) {
        ended.push_back(std::move(command));
        scheduleEnding();
        return;
    }
    if (tap())
        command.tapped = std::make_unique<const Argv>(argv);
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
    if (WireTap* seer = tap()) {
        commands.forEachOutgoing([this, seer](const PendingCommand& command, qint64 bytes) {
            if (command.tapped)
                seer->sent(announced, *command.tapped, bytes);
        });
    }
    write(commands.takeOutgoing());
}

/// The connection may have ended, or be deleted, when this returns.
void Connection::Private::write(const QByteArray& bytes)
{
    const QPointer<Connection> guard(q);
    socket->write(bytes);
    // Before the flush: over loopback the server has read and answered before that returns.
    const qint64 handedNanos = monotonicNanos();
    // May find out that the connection is gone; with TLS it may read, too.
    socket->flush();
    if (!guard || state == State::Closed)
        return;
    stampWritten(handedNanos);
    waitForHead();
}

void Connection::Private::onBytesWritten()
{
    // A long command on its way up: its reply is waited for from its last byte on.
    if (commands.isHeadUnstamped()) {
        headSince = monotonicNanos();
        waitForHead();
    }
    stampWritten(monotonicNanos());
}

void Connection::Private::stampWritten(qint64 nanos)
{
    const auto* tls = qobject_cast<QSslSocket*>(socket);
    if (commands.hasUnstamped() && (!tls || tls->encryptedBytesToWrite() == 0))
        commands.stamp(socket->bytesToWrite(), nanos);
}

void Connection::Private::waitForHead()
{
    using namespace std::chrono_literals;
    replyTimer->waitSince(headSince, commands.isAwaiting() ? commands.headTimeout() : 0ms);
}

void Connection::Private::onReplyLate()
{
    // A large reply over a slow line is no silence. One that trickles is as good as none.
    if (state == State::Ready && speech.takeProgress() >= steadyBytes) {
        headSince = monotonicNanos();
        waitForHead();
        return;
    }
    // Nothing of the user's was sent yet.
    if (!speech.isSilent() && state == State::Opening)
        return fail(ErrorCode::NoReply, handshake.awaitedCommand());
    if (!speech.isSilent())
        return fail(ErrorCode::ReplyTimeout, {});
    // A tunnel connects at once, and its far end later or never.
    if (!isReached(options, info.mapped))
        return fail(ErrorCode::ProxyRefused, explain::noAnswerInTime());
    fail(ErrorCode::NoReply, {});
}

// --- reading

void Connection::Private::readAvailable()
{
    if (isReading)
        return; // Found by sending, below: the loop takes it.
    const QPointer<Connection> guard(q);
    isReading = true;
    char buffer[16 * 1024];
    while (socket) {
        const qint64 size = socket->bytesAvailable() > 0 ? socket->read(buffer, sizeof buffer) : 0;
        if (size > 0)
            process({ buffer, static_cast<qsizetype>(size) });
        else if (flushScheduled)
            flush(); // What the callbacks sent need not wait for the event loop to come round.
        else
            break;
        if (!guard)
            return; // A callback has deleted the connection.
    }
    if (isLost)
        finish(lossReason());
    isReading = false;
}

/// The connection may have ended, or be deleted, when this returns.
void Connection::Private::process(QByteArrayView bytes)
{
    // What came in one read was complete by now. (A clock for each reply was a sixth of what a
    // pipeline costs.)
    readNanos = monotonicNanos();
    speech.feed(bytes);
    while (true) {
        const auto next = speech.next();
        if (!next)
            return fail(next.error().code, next.error().detail);
        if (!*next || !deliver(**next))
            return;
    }
}

/// False when the connection has ended (it may be deleted).
bool Connection::Private::deliver(const resp::Reply& reply)
{
    const QPointer<Connection> guard(q);
    if (!commands.isForHead(reply)) {
        if (WireTap* seer = tap())
            seer->pushed(announced, reply);
        Q_EMIT q->pushed(reply);
        return guard && state != State::Closed;
    }
    if (!commands.isAwaiting()) {
        // "ERR max number of clients reached" may be said and the door shut before we say hello.
        const QString line = support::toVisibleText(reply.text(), 200);
        if (state == State::Opening && reply.isError())
            fail(ErrorCode::ServerError, line);
        else
            fail(ErrorCode::ProtocolError, explain::replyToNoCommand(line));
        return false;
    }
    const PendingCommand command = commands.takeHead();
    const qint64 now = readNanos;
    headSince = now;
    waitForHead();
    const qint64 started = command.startedNanos != 0 ? command.startedNanos : now;
    if (WireTap* seer = tap(); seer && command.tapped)
        seer->received(announced, *command.tapped, reply, (now - started) / 1000);
    if (command.isHandshake) {
        takeStep(handshake.onReply(reply));
        return guard && goesOn();
    }
    if (reply.isError() && options.onErrorReply)
        options.onErrorReply(info, reply.text());
    if (command.callback)
        command.callback({ reply, true, started, (now - started) / 1000 });
    return guard && goesOn();
}

// --- the public face

Connection::Connection(Endpoint announced, const ConnectionOptions& options, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, std::move(announced), options))
{
    d->replyTimer = new ReplyTimer(this);
    connect(d->replyTimer, &ReplyTimer::expired, this, [this] { d->onReplyLate(); });
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

void Connection::probe(const QList<Argv>& commands, const QList<Callback>& callbacks)
{
    struct Known
    {
        Callback callback;
        resp::Reply refusal;
    };
    const auto tell = [guard = QPointer<Connection>(this)](const QList<Known>& known) {
        for (const Known& one : known) {
            if (guard && one.callback)
                one.callback({ one.refusal, false, 0, 0 });
        }
    };
    qsizetype last = -1;
    for (qsizetype i = 0; i < commands.size(); ++i) {
        if (!d->refusals.find(commands[i]))
            last = i;
    }
    QList<Known> before; // the next that is sent
    for (qsizetype i = 0; i <= last; ++i) {
        if (const resp::Reply* refusal = d->refusals.find(commands[i])) {
            before.append({ callbacks.value(i), *refusal });
            continue;
        }
        QList<Known> after;
        for (qsizetype j = i + 1; i == last && j < commands.size(); ++j)
            after.append({ callbacks.value(j), *d->refusals.find(commands[j]) });
        const auto onAnswer = [this, guard = QPointer<Connection>(this), tell, argv = commands[i],
                                  callback = callbacks.value(i), after,
                                  before = std::exchange(before, {})](const Answer& answer) {
            if (answer.reply)
                d->refusals.take(argv, *answer.reply);
            tell(before);
            if (guard && callback)
                callback(answer);
            tell(after);
        };
        d->queue(commands[i], onAnswer, {});
    }
    if (last >= 0)
        return d->scheduleFlush();
    QList<Known> all;
    for (qsizetype i = 0; i < commands.size(); ++i)
        all.append({ callbacks.value(i), *d->refusals.find(commands[i]) });
    QMetaObject::invokeMethod(
        this, [tell, all] { tell(all); }, Qt::QueuedConnection);
}

void Connection::forgetRefusals()
{
    d->refusals.clear();
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
