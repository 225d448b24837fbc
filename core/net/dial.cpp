// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/net/dial.h"

#include "core/explain/connecting.h"
#include "core/net/clock.h"
#include "core/net/lookup.h"
#include "core/net/sockshandshake.h"
#include "core/net/sshtunnel.h"
#include "core/net/tls.h"
#include "core/net/waytext.h"
#include "core/support/log.h"

#include <QNetworkProxy>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTcpSocket>
#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace slotscope::net {

using support::Error;
using support::ErrorCode;

namespace {

qint64 microsSince(qint64 nanos)
{
    return (monotonicNanos() - nanos) / 1000;
}

ErrorCode connectErrorCode(QAbstractSocket::SocketError code)
{
    switch (code) {
    case QAbstractSocket::ConnectionRefusedError:
        return ErrorCode::ConnectionRefused;
    case QAbstractSocket::SocketTimeoutError:
        return ErrorCode::ConnectTimeout;
    default:
        return ErrorCode::ConnectFailed;
    }
}

} // namespace

class Dial::Private
{
public:
    Private(Dial* owner, Endpoint endpoint, const ConnectionOptions& dialOptions)
        : q(owner)
        , announced(std::move(endpoint))
        , options(dialOptions)
    {
        info.announced = announced;
    }

    void begin();
    void awaitTunnel();
    void reach();
    void onLookedUp(const QList<QHostAddress>& found, const QString& why);
    void connectToAddresses(const QList<QHostAddress>& addresses);
    void startNextAttempt();
    void onConnected(QTcpSocket* socket);
    void onAttemptFailed(
        QTcpSocket* socket, const QHostAddress& address, QAbstractSocket::SocketError code);
    void startSocks();
    void readSocks();
    void failAsTheFarEndSays();
    void onReached();
    void startTls();
    void onEncrypted(const QSslSocket& socket);
    void onTlsFailed(QAbstractSocket::SocketError code);
    void onTimeout();
    std::chrono::milliseconds attemptDelay() const;
    QString attemptsText() const;
    void fail(ErrorCode code, const QString& detail);
    void finish(const std::optional<Error>& failure);
    void drop(QTcpSocket* socket);
    /// The announced address is the dialled one: no need to say it again in a detail.
    bool isLiteral() const
    {
        return info.way == Way::Direct && info.mapped == announced
            && info.resolved == QStringList(announced.host);
    }
    /// What the socket connects to.
    const Endpoint& target() const { return info.way == Way::Direct ? info.mapped : info.proxy; }

    Dial* const q;
    const Endpoint announced;
    const ConnectionOptions options;
    DialInfo info;
    std::optional<QSslConfiguration> sslConfiguration; ///< with TLS
    QTimer* timeoutTimer = nullptr;
    QTimer* attemptTimer = nullptr;
    QList<QHostAddress> given; ///< no need to ask the resolver
    QList<QHostAddress> addresses;
    qsizetype nextAddress = 0;
    struct Attempt
    {
        QTcpSocket* socket;
        QHostAddress address;
    };
    QList<Attempt> attempts; ///< connecting
    QTcpSocket* winner = nullptr; ///< connected
    QStringList attemptErrors;
    std::optional<ErrorCode> firstErrorCode;
    std::optional<SocksHandshake>
        socks; ///< between the connection to the proxy and that to the node
    QList<QSslError> verificationErrors;
    qint64 stageStart = 0;
    bool started = false;
    bool ended = false;
};

void Dial::Private::begin()
{
    info.mapped = options.addressMap.toDialled(announced);
    // An announced "?" or "" and port 0 are what servers print for "no address known".
    if (!info.mapped.isDialable()) {
        fail(ErrorCode::ResolveFailed, explain::noAddressToDial());
        return;
    }
    if (options.tls.enabled) {
        const auto configuration = toSslConfiguration(options.tls);
        if (!configuration) {
            fail(configuration.error().code, configuration.error().detail);
            return;
        }
        sslConfiguration = *configuration;
    }
    if (options.socks) {
        info.way = Way::Socks;
        info.proxy = *options.socks;
    }
    if (options.tunnel)
        awaitTunnel();
    else
        reach();
}

/// Not against the time limit while it is being made: that may include questions to the user.
void Dial::Private::awaitTunnel()
{
    info.way = Way::Ssh;
    SshTunnel* tunnel = options.tunnel.get();
    tunnel->use();
    if (tunnel->state() == SshTunnel::State::Up) {
        info.proxy = tunnel->proxy();
        return reach();
    }
    if (tunnel->state() == SshTunnel::State::Idle)
        return fail(tunnel->error().code, tunnel->error().detail);
    if (tunnel->state() == SshTunnel::State::Waiting)
        timeoutTimer->start(options.timeToConnect());
    connect(tunnel, &SshTunnel::up, q, [this, tunnel] {
        if (ended || info.proxy.port != 0)
            return;
        info.proxy = tunnel->proxy();
        reach();
    });
    connect(tunnel, &SshTunnel::down, q, [this](const Error& error) {
        if (info.proxy.port == 0)
            fail(error.code, error.detail);
    });
}

void Dial::Private::reach()
{
    timeoutTimer->start(options.timeToConnect());
    stageStart = monotonicNanos();
    const QHostAddress literal(target().host);
    if (!literal.isNull() && given.isEmpty())
        given = { literal };
    if (!given.isEmpty()) {
        info.resolveMicros = 0;
        connectToAddresses(given);
        return;
    }
    auto* lookup = new Lookup(target().host, q);
    connect(lookup, &Lookup::finished, q,
        [this, lookup](const QList<QHostAddress>& found, const QString& why) {
            if (info.way == Way::Direct)
                info.tls.realName = lookup->realName();
            onLookedUp(found, lookup->isUnknownName() ? QString() : why);
        });
    lookup->start();
}

void Dial::Private::onLookedUp(const QList<QHostAddress>& found, const QString& why)
{
    if (ended)
        return;
    info.resolveMicros = microsSince(stageStart);
    if (found.isEmpty()) {
        fail(ErrorCode::ResolveFailed, why);
        return;
    }
    connectToAddresses(interleaved(found));
}

void Dial::Private::connectToAddresses(const QList<QHostAddress>& list)
{
    addresses = list;
    for (const QHostAddress& address : list) {
        if (info.way == Way::Direct)
            info.resolved.append(address.toString());
    }
    stageStart = monotonicNanos();
    startNextAttempt();
}

void Dial::Private::startNextAttempt()
{
    if (ended || winner || nextAddress >= addresses.size())
        return;
    const QHostAddress address = addresses[nextAddress++];
    // A QSslSocket loads OpenSSL, which takes longer than all the rest of a short run.
    QTcpSocket* socket = options.tls.enabled ? new QSslSocket(q) : new QTcpSocket(q);
    attempts.append({ socket, address });
    socket->setProxy(QNetworkProxy::NoProxy);
    connect(socket, &QTcpSocket::connected, q, [this, socket] { onConnected(socket); });
    connect(socket, &QTcpSocket::errorOccurred, q,
        [this, socket, address](
            QAbstractSocket::SocketError code) { onAttemptFailed(socket, address, code); });
    if (nextAddress < addresses.size())
        attemptTimer->start(attemptDelay());
    // May fail, and report it, before it returns.
    socket->connectToHost(address, target().port);
}

void Dial::Private::onAttemptFailed(
    QTcpSocket* socket, const QHostAddress& address, QAbstractSocket::SocketError code)
{
    if (ended)
        return;
    if (socket == winner) {
        if (!socks)
            onTlsFailed(code);
        else if (socks->isWelcome())
            failAsTheFarEndSays();
        else
            fail(ErrorCode::ProxyUnreachable, explain::proxyClosed());
        return;
    }
    if (attempts.removeIf([socket](const Attempt& one) { return one.socket == socket; }) == 0)
        return;
    attemptErrors.append(isLiteral() ? socket->errorString()
                                     : u"%1: %2"_s.arg(address.toString(), socket->errorString()));
    if (!firstErrorCode)
        firstErrorCode = connectErrorCode(code);
    drop(socket);
    if (nextAddress < addresses.size())
        startNextAttempt();
    else if (attempts.isEmpty())
        fail(*firstErrorCode, attemptsText());
}

/// So that the last one has half of the time limit to itself.
std::chrono::milliseconds Dial::Private::attemptDelay() const
{
    const std::chrono::milliseconds share = options.timeToConnect() / (2 * addresses.size());
    return std::min(share, std::chrono::milliseconds(250));
}

/// What became of each address: those that failed, then those that never answered.
QString Dial::Private::attemptsText() const
{
    QStringList texts = attemptErrors;
    if (!isLiteral()) {
        for (const Attempt& attempt : attempts)
            texts.append(explain::noAnswerOf(attempt.address.toString()));
    }
    return texts.join(u"; "_s);
}

void Dial::Private::onConnected(QTcpSocket* socket)
{
    if (ended || winner)
        return;
    winner = socket;
    attemptTimer->stop();
    for (const Attempt& attempt : std::exchange(attempts, {})) {
        if (attempt.socket != socket)
            drop(attempt.socket);
    }
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    socket->setSocketOption(QAbstractSocket::KeepAliveOption, 1);
    const Endpoint peer { socket->peerAddress().toString(), socket->peerPort() };
    if (info.way == Way::Direct) {
        info.dialled = peer;
        onReached();
    } else {
        info.proxy = peer;
        startSocks();
    }
}

void Dial::Private::startSocks()
{
    socks.emplace(info.mapped);
    connect(winner, &QTcpSocket::readyRead, q, [this] { readSocks(); });
    winner->write(socks->greeting());
}

void Dial::Private::readSocks()
{
    while (socks && !ended) {
        const SocksHandshake::Step step = socks->take(winner->peek(512));
        winner->skip(step.consumed);
        switch (step.kind) {
        case SocksHandshake::Step::Kind::More:
            return;
        case SocksHandshake::Step::Kind::Send:
            winner->write(step.bytes);
            break;
        case SocksHandshake::Step::Kind::Done:
            socks.reset();
            info.dialled = info.mapped;
            return onReached();
        case SocksHandshake::Step::Kind::ProxyFailed:
            return fail(ErrorCode::ProxyUnreachable, step.why);
        case SocksHandshake::Step::Kind::NodeFailed:
            return fail(ErrorCode::ProxyRefused, step.why);
        }
    }
}

/// ssh closes what its far end cannot connect; why, it has written by then, if not been read.
void Dial::Private::failAsTheFarEndSays()
{
    QTimer::singleShot(info.way == Way::Ssh ? 10 : 0, q,
        [this] { fail(ErrorCode::ProxyRefused, farEndsWords(options, info.mapped)); });
}

/// The socket leads to the node.
void Dial::Private::onReached()
{
    info.connectMicros = microsSince(stageStart);
    if (options.tls.enabled)
        startTls();
    else
        finish(std::nullopt);
}

void Dial::Private::startTls()
{
    stageStart = monotonicNanos();
    auto* socket = static_cast<QSslSocket*>(winner);
    connect(socket, &QSslSocket::encrypted, q, [this, socket] { onEncrypted(*socket); });
    connect(socket, &QSslSocket::sslErrors, q,
        [this](const QList<QSslError>& errors) { verificationErrors += errors; });
    socket->setSslConfiguration(*sslConfiguration);
    // The announced name, not the mapped one: that is the name in the node's certificate.
    info.tls.nameAsked = options.tls.verifyName.isEmpty() ? announced.host : options.tls.verifyName;
    socket->setPeerVerifyName(info.tls.nameAsked);
    socket->startClientEncryption();
}

void Dial::Private::onEncrypted(const QSslSocket& socket)
{
    if (ended)
        return;
    info.tlsMicros = microsSince(stageStart);
    describe(socket, verificationErrors, options.tls, &info.tls);
    finish(std::nullopt);
}

void Dial::Private::onTlsFailed(QAbstractSocket::SocketError code)
{
    // The tunnel was connected, and has closed again.
    if (code == QAbstractSocket::RemoteHostClosedError && !isReached(options, info.mapped))
        return fail(ErrorCode::ProxyRefused, farEndsWords(options, info.mapped));
    describe(static_cast<const QSslSocket&>(*winner), verificationErrors, options.tls, &info.tls);
    Error error = tlsError(code, winner->errorString(), verificationErrors, options.tls, info.tls);
    error.address = announced.toString();
    finish(error); // with what it suggests
}

void Dial::Private::onTimeout()
{
    if (winner && socks && !socks->isWelcome()) {
        fail(ErrorCode::ProxyUnreachable, explain::proxyIsSilent());
    } else if (winner && (socks || !isReached(options, info.mapped))) {
        fail(ErrorCode::ProxyRefused, explain::noAnswerInTime());
    } else if (winner) {
        // A plain-text Redis waits for the end of the "line" that the handshake looks like to it.
        fail(ErrorCode::TlsNotSpoken, {});
    } else if (info.way == Way::Ssh && info.proxy.port == 0) {
        fail(ErrorCode::TunnelFailed, options.tunnel->error().detail);
    } else if (addresses.isEmpty()) {
        fail(ErrorCode::ResolveFailed, explain::resolverIsSilent());
    } else {
        fail(ErrorCode::ConnectTimeout, attemptsText());
    }
}

void Dial::Private::fail(ErrorCode code, const QString& detail)
{
    const bool isBeforeProxy = info.way != Way::Direct && !winner && code != ErrorCode::Cancelled;
    // Which of the ways to fail it was is in the detail, mostly.
    const QString why = isBeforeProxy && detail.isEmpty() ? explain::noAnswer() : detail;
    if (!isBeforeProxy && code != ErrorCode::ProxyUnreachable)
        finish(Error { code, detail, announced.toString() });
    else if (info.way == Way::Ssh)
        finish(Error { ErrorCode::TunnelFailed, why, options.tunnel->target().toString() });
    else
        finish(Error { ErrorCode::ProxyUnreachable, why, options.socks->toString() });
}

void Dial::Private::finish(const std::optional<Error>& failure)
{
    if (ended)
        return;
    ended = true;
    timeoutTimer->stop();
    attemptTimer->stop();
    for (const Attempt& attempt : std::exchange(attempts, {}))
        drop(attempt.socket);
    if (winner) {
        winner->disconnect(q);
        if (failure)
            drop(std::exchange(winner, nullptr));
    }
    const Error error = failure.value_or(Error());
    // Never from inside start(), cancel() or a signal of the socket that is handed over.
    QMetaObject::invokeMethod(
        q, [this, ok = !failure, error] { Q_EMIT q->finished(ok, error); }, Qt::QueuedConnection);
}

void Dial::Private::drop(QTcpSocket* socket)
{
    socket->disconnect(q);
    socket->abort();
    // It may be in the middle of emitting the signal that led here.
    socket->deleteLater();
}

Dial::Dial(Endpoint announced, const ConnectionOptions& options, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, std::move(announced), options))
{
    d->timeoutTimer = new QTimer(this);
    d->timeoutTimer->setSingleShot(true);
    connect(d->timeoutTimer, &QTimer::timeout, this, [this] { d->onTimeout(); });
    d->attemptTimer = new QTimer(this);
    d->attemptTimer->setSingleShot(true);
    connect(d->attemptTimer, &QTimer::timeout, this, [this] { d->startNextAttempt(); });
}

Dial::~Dial()
{
    d->ended = true;
    // The sockets are children: they must not report their end to half an object.
    for (const Private::Attempt& attempt : std::as_const(d->attempts))
        attempt.socket->disconnect(this);
    if (d->winner)
        d->winner->disconnect(this);
}

void Dial::start()
{
    if (std::exchange(d->started, true) || d->ended)
        return;
    qCDebug(support::logNet) << "dialling" << d->announced.toString();
    d->begin();
}

void Dial::startWith(const QList<QHostAddress>& addresses)
{
    d->given = addresses;
    start();
}

void Dial::cancel()
{
    d->fail(ErrorCode::Cancelled, {});
}

std::unique_ptr<QTcpSocket> Dial::takeSocket()
{
    std::unique_ptr<QTcpSocket> socket(std::exchange(d->winner, nullptr));
    if (socket)
        socket->setParent(nullptr);
    return socket;
}

const DialInfo& Dial::info() const
{
    return d->info;
}

} // namespace slotscope::net
