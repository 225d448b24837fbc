// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/net/connection.h"

#include "core/net/handshake.h"
#include "core/net/tls.h"
#include "core/resp/encoder.h"
#include "core/resp/replyreader.h"
#include "core/support/bytes.h"
#include "core/support/log.h"

#include <QPointer>
#include <QSslSocket>
#include <QTimer>

#include <chrono>
#include <deque>

using namespace Qt::StringLiterals;

namespace slotscope::net {

using support::Error;
using support::ErrorCode;

namespace {

/// A command on its way: first in the outgoing queue, then in the FIFO of those that await replies.
struct Entry
{
    Connection::Callback callback; ///< may be empty
    bool isHandshake = false;
    QByteArray subscription; ///< "subscribe", ...: its confirmation may come as a push
    qint64 size = 0;
    qint64 endOffset = 0; ///< of its last byte in everything written to the socket
    qint64 startedNanos = 0; ///< last byte handed to the system; 0: not yet
    bool sent = false;
    std::optional<Error> error; ///< its own reason not to be sent
};

QByteArray subscriptionWord(const Argv& argv)
{
    const QByteArray word = argv.front().toLower();
    return word.endsWith("subscribe") ? word : QByteArray();
}

bool isPubSubMessage(const resp::Reply& reply)
{
    if (reply.type() != resp::Type::Array)
        return false;
    const resp::Reply kind = reply.at(0);
    const QByteArrayView word = kind.text();
    return kind.type() == resp::Type::String
        && (word.endsWith("message") || word.endsWith("subscribe"));
}

QString firstLine(QByteArrayView bytes)
{
    qsizetype end = bytes.indexOf('\n');
    if (end < 0)
        end = bytes.size();
    QByteArrayView line = bytes.first(end);
    if (line.endsWith('\r'))
        line.chop(1);
    return support::toVisibleText(line, 200);
}

} // namespace

qint64 monotonicNanos()
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
        std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

class Connection::Private
{
public:
    Private(Connection* owner, Endpoint endpoint, const ConnectionOptions& connectionOptions)
        : q(owner)
        , announced(std::move(endpoint))
        , options(connectionOptions)
        , handshake(options)
        , reader(options.limits)
    {
        info.announced = announced;
    }

    void onDialled(bool ok, const Error& error);
    void takeStep(const Handshake::Step& step);
    void becomeReady();

    void queue(const Argv& argv, Callback callback, bool isHandshake);
    void scheduleFlush();
    void flush();
    void onBytesWritten();
    void stampWritten();
    void waitForHead();
    void onReplyTimeout();

    void readAvailable();
    bool looksLikeRedis(QByteArrayView bytes);
    bool process(QByteArrayView bytes);
    bool deliver(const resp::Reply& reply);
    bool isPush(const resp::Reply& reply) const;

    void onSocketError(QAbstractSocket::SocketError code);
    void onDisconnected();
    Error lossReason() const;
    void fail(ErrorCode code, const QString& detail);
    void finish(const Error& error);
    void releaseSocket();
    void scheduleEnding();
    void deliverEnding();
    Answer answerOf(const Entry& entry, const Error& error) const;

    Connection* const q;
    const Endpoint announced;
    const ConnectionOptions options;
    Handshake handshake;
    resp::ReplyReader reader;
    State state = State::Opening;
    DialInfo info;
    Dial* dial = nullptr;
    QSslSocket* socket = nullptr;
    QTimer* replyTimer = nullptr;

    std::deque<Entry> outgoing; ///< encoded in `out`, not yet handed to the socket
    QByteArray out;
    std::deque<Entry> fifo; ///< handed to the socket, in the order in which replies will come
    size_t unstamped
        = 0; ///< entries at the end of fifo whose last byte may still be in Qt's buffer
    qint64 written = 0;
    qint64 headSince = 0; ///< when the head of the FIFO began to be waited for
    bool flushScheduled = false;
    bool subscribed = false;

    QByteArray firstBytes; ///< what the server said first, to say what it is if not Redis
    bool spokeResp = false; ///< one whole reply was read
    QAbstractSocket::SocketError socketError = QAbstractSocket::UnknownSocketError;
    QString socketErrorText;

    std::deque<Entry> ended; ///< to be answered with `reason`
    Error reason;
    bool endingScheduled = false;
    bool closedEmitted = false;
    int socketDepth = 0; ///< inside a signal of the socket: it must not be deleted now
};

// --- opening

void Connection::Private::onDialled(bool ok, const Error& error)
{
    info = dial->info();
    if (ok)
        socket = dial->takeSocket().release();
    dial->deleteLater();
    dial = nullptr;
    if (!ok) {
        finish(error);
        return;
    }
    socket->setParent(q);
    connect(socket, &QSslSocket::readyRead, q, [this] { readAvailable(); });
    connect(socket, &QSslSocket::bytesWritten, q, [this] { onBytesWritten(); });
    connect(socket, &QSslSocket::encryptedBytesWritten, q, [this] { onBytesWritten(); });
    connect(socket, &QSslSocket::errorOccurred, q,
        [this](QAbstractSocket::SocketError code) { onSocketError(code); });
    connect(socket, &QSslSocket::disconnected, q, [this] { onDisconnected(); });
    // What happened between the end of the dialling and now.
    if (socket->state() != QAbstractSocket::ConnectedState) {
        onDisconnected();
        return;
    }
    takeStep(handshake.begin());
}

void Connection::Private::takeStep(const Handshake::Step& step)
{
    switch (step.kind) {
    case Handshake::Step::Kind::Send: {
        // User commands may wait in the queue already: the handshake goes before them.
        std::deque<Entry> waiting;
        waiting.swap(outgoing);
        const QByteArray waitingBytes = std::exchange(out, {});
        queue(step.command, {}, true);
        flush();
        outgoing = std::move(waiting);
        out = waitingBytes;
        break;
    }
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
    firstBytes.clear();
    qCDebug(support::logNet) << "connected to" << announced.toString() << "as"
                             << info.dialled.toString() << "RESP" << handshake.hello().protocol;
    // Reading keys must not change which of them the server evicts. Unknown before 7.2; whatever it
    // answers, nobody waits for it.
    std::deque<Entry> waiting;
    waiting.swap(outgoing);
    const QByteArray waitingBytes = std::exchange(out, {});
    queue({ "CLIENT", "NO-TOUCH", "ON" }, {}, false);
    std::move(waiting.begin(), waiting.end(), std::back_inserter(outgoing));
    out += waitingBytes;
    scheduleFlush();
    Q_EMIT q->ready();
}

// --- writing

void Connection::Private::queue(const Argv& argv, Callback callback, bool isHandshake)
{
    Entry entry;
    entry.callback = std::move(callback);
    entry.isHandshake = isHandshake;
    if (argv.isEmpty()) {
        // The server would say nothing, and the next reply would be taken for its.
        entry.error = Error { ErrorCode::InvalidInput, u"no command"_s, announced.toString() };
    } else {
        entry.subscription = subscriptionWord(argv);
    }
    if (state == State::Closed || entry.error) {
        ended.push_back(std::move(entry));
        scheduleEnding();
        return;
    }
    const QByteArray bytes = resp::encodeCommand(argv);
    entry.size = bytes.size();
    out += bytes;
    outgoing.push_back(std::move(entry));
}

void Connection::Private::scheduleFlush()
{
    // All that is sent in one turn of the event loop leaves in one write.
    if (state != State::Ready || outgoing.empty() || std::exchange(flushScheduled, true))
        return;
    QMetaObject::invokeMethod(
        q,
        [this] {
            flushScheduled = false;
            if (state == State::Ready)
                flush();
        },
        Qt::QueuedConnection);
}

void Connection::Private::flush()
{
    if (!socket || socket->state() != QAbstractSocket::ConnectedState || outgoing.empty())
        return;
    if (fifo.empty())
        headSince = monotonicNanos();
    for (Entry& entry : outgoing) {
        written += entry.size;
        entry.endOffset = written;
        entry.sent = true;
        fifo.push_back(std::move(entry));
        ++unstamped;
    }
    outgoing.clear();
    socket->write(std::exchange(out, {}));
    socket->flush();
    // flush() may have found out that the connection is gone.
    if (state == State::Closed)
        return;
    stampWritten();
    waitForHead();
}

void Connection::Private::onBytesWritten()
{
    if (unstamped == 0)
        return;
    // A long command on its way up: its reply is waited for from its last byte on.
    if (unstamped == fifo.size())
        headSince = monotonicNanos();
    stampWritten();
}

void Connection::Private::stampWritten()
{
    if (unstamped == 0 || socket->encryptedBytesToWrite() > 0)
        return;
    const qint64 handedOver = written - socket->bytesToWrite();
    const qint64 now = monotonicNanos();
    while (unstamped > 0) {
        Entry& entry = fifo[fifo.size() - unstamped];
        if (entry.endOffset > handedOver)
            break;
        entry.startedNanos = now;
        --unstamped;
    }
}

void Connection::Private::waitForHead()
{
    if (!fifo.empty() && !replyTimer->isActive())
        replyTimer->start(options.timeout);
}

void Connection::Private::onReplyTimeout()
{
    // The timer is not restarted for each reply: that would cost more than the reply.
    if (fifo.empty())
        return;
    using namespace std::chrono;
    const milliseconds waited
        = duration_cast<milliseconds>(nanoseconds(monotonicNanos() - headSince));
    if (waited < options.timeout) {
        replyTimer->start(qMax(options.timeout - waited, milliseconds(1)));
    } else if (state == State::Opening && !spokeResp && firstBytes.isEmpty()) {
        fail(ErrorCode::NoReply, {});
    } else {
        fail(ErrorCode::ReplyTimeout, {});
    }
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
    --socketDepth;
}

bool Connection::Private::looksLikeRedis(QByteArrayView bytes)
{
    if (firstBytes.isEmpty() && !QByteArrayView("+-:$*_#,(!=%~>|").contains(bytes.front())) {
        // A TLS record: an alert, or a handshake.
        if (bytes.front() == '\x15' || bytes.front() == '\x16')
            fail(ErrorCode::TlsExpected, {});
        else
            fail(ErrorCode::NotRedis, firstLine(bytes));
        return false;
    }
    constexpr qsizetype enough = 256;
    firstBytes += bytes.first(qMin(bytes.size(), enough - qMin(firstBytes.size(), enough)));
    return true;
}

/// False when the connection has ended (it may be deleted).
bool Connection::Private::process(QByteArrayView bytes)
{
    if (!spokeResp && !looksLikeRedis(bytes))
        return false;
    reader.feed(bytes);
    while (true) {
        const auto next = reader.next();
        if (!next) {
            const Error error = next.error();
            if (error.code == ErrorCode::ProtocolError && !spokeResp)
                fail(ErrorCode::NotRedis, firstLine(firstBytes));
            else
                fail(error.code, error.detail);
            return false;
        }
        if (!*next)
            return true;
        spokeResp = true;
        if (!deliver(**next))
            return false;
    }
}

bool Connection::Private::isPush(const resp::Reply& reply) const
{
    if (reply.type() == resp::Type::Push || (subscribed && isPubSubMessage(reply))) {
        // The first confirmation of a subscription is the reply to its command, in RESP3 too.
        return fifo.empty() || fifo.front().subscription.isEmpty()
            || reply.at(0).text() != fifo.front().subscription;
    }
    return false;
}

/// False when the connection has ended (it may be deleted).
bool Connection::Private::deliver(const resp::Reply& reply)
{
    const QPointer<Connection> guard(q);
    if (isPush(reply)) {
        Q_EMIT q->pushed(reply);
        return guard && state != State::Closed;
    }
    if (fifo.empty()) {
        fail(ErrorCode::ProtocolError, u"a reply to no command: "_s + firstLine(reply.text()));
        return false;
    }
    const Entry entry = std::move(fifo.front());
    fifo.pop_front();
    const qint64 now = monotonicNanos();
    headSince = now;
    unstamped = qMin(unstamped, fifo.size());
    if (!entry.subscription.isEmpty())
        subscribed = true;
    if (entry.isHandshake) {
        takeStep(handshake.onReply(reply));
    } else if (entry.callback) {
        const qint64 started = entry.startedNanos != 0 ? entry.startedNanos : now;
        entry.callback({ reply, true, started, (now - started) / 1000 });
    }
    return guard && state != State::Closed;
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
        if (!options.tls.enabled && firstBytes.isEmpty())
            return { ErrorCode::ConnectionLost, u"closed without a word; the port may expect TLS"_s,
                address };
    }
    if (reader.isInsideReply())
        return { ErrorCode::ConnectionLost, u"closed in the middle of a reply"_s, address };
    return { ErrorCode::ConnectionLost, socketErrorText, address };
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
    std::move(fifo.begin(), fifo.end(), std::back_inserter(ended));
    std::move(outgoing.begin(), outgoing.end(), std::back_inserter(ended));
    fifo.clear();
    outgoing.clear();
    out.clear();
    unstamped = 0;
    scheduleEnding();
}

void Connection::Private::releaseSocket()
{
    QSslSocket* old = std::exchange(socket, nullptr);
    if (!old)
        return;
    old->disconnect(q);
    old->abort();
    if (socketDepth > 0)
        old->deleteLater();
    else
        delete old;
}

void Connection::Private::scheduleEnding()
{
    if (std::exchange(endingScheduled, true))
        return;
    QMetaObject::invokeMethod(
        q, [this] { deliverEnding(); }, Qt::QueuedConnection);
}

Answer Connection::Private::answerOf(const Entry& entry, const Error& error) const
{
    const qint64 now = monotonicNanos();
    const qint64 started = entry.startedNanos != 0 ? entry.startedNanos : now;
    return { entry.error.value_or(error), entry.sent, started, (now - started) / 1000 };
}

void Connection::Private::deliverEnding()
{
    const QPointer<Connection> guard(q);
    endingScheduled = false;
    // What callbacks send now is answered in a later turn.
    std::deque<Entry> entries;
    entries.swap(ended);
    const Error error = reason;
    for (const Entry& entry : entries) {
        if (entry.callback)
            entry.callback(answerOf(entry, error));
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
    d->replyTimer = new QTimer(this);
    d->replyTimer->setSingleShot(true);
    connect(d->replyTimer, &QTimer::timeout, this, [this] { d->onReplyTimeout(); });
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

void Connection::send(const Argv& argv, Callback callback)
{
    d->queue(argv, std::move(callback), false);
    d->scheduleFlush();
}

void Connection::sendTogether(const QList<Argv>& commands, const QList<Callback>& callbacks)
{
    for (qsizetype i = 0; i < commands.size(); ++i)
        d->queue(commands[i], callbacks.value(i), false);
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
