// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/net/dial.h"
#include "tests/support/deadport.h"
#include "tests/support/tlsserver.h"

#include <QSignalSpy>
#include <QSslSocket>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace slotscope;
using namespace std::chrono_literals;
using net::ConnectionOptions;
using net::Dial;
using net::Endpoint;
using support::Error;
using support::ErrorCode;
using tests::certificate;
using tests::DeadPort;
using tests::TlsServer;

namespace {

/// How one dialling ended.
struct Outcome
{
    bool ok = false;
    Error error;
    net::DialInfo info;
    int emissions = 0;
};

Outcome dialAndWait(const Endpoint& endpoint, const ConnectionOptions& options,
    std::unique_ptr<QTcpSocket>* socket = nullptr)
{
    Dial dial(endpoint, options);
    QSignalSpy finished(&dial, &Dial::finished);
    dial.start();
    if (finished.isEmpty()) // never from inside start()
        finished.wait(10'000);
    else
        return {};
    QTest::qWait(20);
    Outcome outcome;
    outcome.emissions = static_cast<int>(finished.size());
    outcome.ok = finished.value(0).value(0).toBool();
    outcome.error = finished.value(0).value(1).value<Error>();
    outcome.info = dial.info();
    if (socket)
        *socket = dial.takeSocket();
    return outcome;
}

Endpoint endpointOf(const QTcpServer& server, const QString& host = u"127.0.0.1"_s)
{
    return { host, server.serverPort() };
}

/// A port on which nobody listens any more.
quint16 closedPort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

ConnectionOptions withTls()
{
    ConnectionOptions options;
    options.tls.enabled = true;
    options.tls.caFile = certificate(u"authority.crt"_s);
    return options;
}

} // namespace

class TestDial : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(QSslSocket::supportsSsl()); }
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void connectsToAnAddress();
    void connectsThroughAName();
    void appliesTheAddressMap();
    void reportsRefusal();
    void reportsRefusalOfEveryAddress();
    void reportsUnknownNames();
    void refusesWhatNoAddressIs_data();
    void refusesWhatNoAddressIs();
    void timesOut();
    void cancels();
    void cancelsBeforeStart();
    void survivesDeletionWhileLookingUp();

    void speaksTls();
    void verifiesTheAnnouncedName();
    void verifiesTheGivenName();
    void rejectsUnknownAuthorities();
    void insecureTakesAnything();
    void sendsAClientCertificate();
    void namesAnUnreadableFile_data();
    void namesAnUnreadableFile();
    void noticesPlainTextAnswers();
    void noticesSilenceInsteadOfTls();
};

void TestDial::connectsToAnAddress()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    std::unique_ptr<QTcpSocket> socket;
    const Outcome outcome = dialAndWait(endpointOf(server), {}, &socket);
    QVERIFY2(outcome.ok, qPrintable(outcome.error.detail));
    QCOMPARE(outcome.emissions, 1);
    QVERIFY(socket);
    QVERIFY(!qobject_cast<QSslSocket*>(socket.get()));
    QVERIFY(!socket->parent());
    QCOMPARE(socket->state(), QAbstractSocket::ConnectedState);
    QCOMPARE(outcome.info.announced, endpointOf(server));
    QCOMPARE(outcome.info.mapped, endpointOf(server));
    QCOMPARE(outcome.info.dialled, endpointOf(server));
    QCOMPARE(outcome.info.resolved, QStringList(u"127.0.0.1"_s));
    QCOMPARE(outcome.info.resolveMicros, 0);
    QVERIFY(outcome.info.connectMicros >= 0);
    QCOMPARE(outcome.info.tlsMicros, -1);
}

void TestDial::connectsThroughAName()
{
    // Where localhost is ::1 first, that attempt is refused and the next one wins.
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress(u"127.0.0.1"_s)));
    const Outcome outcome = dialAndWait(endpointOf(server, u"localhost"_s), {});
    QVERIFY2(outcome.ok, qPrintable(outcome.error.detail));
    QCOMPARE(outcome.info.announced.host, u"localhost"_s);
    QCOMPARE(outcome.info.dialled, endpointOf(server));
    QVERIFY(outcome.info.resolved.contains(u"127.0.0.1"_s));
    QVERIFY(outcome.info.resolveMicros >= 0);
}

void TestDial::appliesTheAddressMap()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    ConnectionOptions options;
    QVERIFY(
        options.addressMap.addRule(u"node.invalid:7000=127.0.0.1:%1"_s.arg(server.serverPort())));
    const Outcome outcome = dialAndWait({ u"node.invalid"_s, 7000 }, options);
    QVERIFY2(outcome.ok, qPrintable(outcome.error.detail));
    QCOMPARE(outcome.info.announced, (Endpoint { u"node.invalid"_s, 7000 }));
    QCOMPARE(outcome.info.mapped, endpointOf(server));
    QCOMPARE(outcome.info.dialled, endpointOf(server));
}

void TestDial::reportsRefusal()
{
    const quint16 port = closedPort();
    const Outcome outcome = dialAndWait({ u"127.0.0.1"_s, port }, {});
    QVERIFY(!outcome.ok);
    QCOMPARE(outcome.emissions, 1);
    QCOMPARE(outcome.error.code, ErrorCode::ConnectionRefused);
    QCOMPARE(outcome.error.address, u"127.0.0.1:%1"_s.arg(port));
    QVERIFY(!outcome.error.detail.contains(u"127.0.0.1"_s));
    QCOMPARE(outcome.info.connectMicros, -1);
}

void TestDial::reportsRefusalOfEveryAddress()
{
    const quint16 port = closedPort();
    const Outcome outcome = dialAndWait({ u"localhost"_s, port }, {});
    QCOMPARE(outcome.error.code, ErrorCode::ConnectionRefused);
    // The announced one as the address; the detail has what was dialled.
    QCOMPARE(outcome.error.address, u"localhost:%1"_s.arg(port));
    for (const QString& address : outcome.info.resolved)
        QVERIFY2(
            outcome.error.detail.contains(address + u": "_s), qPrintable(outcome.error.detail));
}

void TestDial::reportsUnknownNames()
{
    const Outcome outcome = dialAndWait({ u"no-such-host.invalid"_s, 6379 }, {});
    QVERIFY(!outcome.ok);
    QCOMPARE(outcome.error.code, ErrorCode::ResolveFailed);
    QCOMPARE(outcome.error.address, u"no-such-host.invalid:6379"_s);
}

void TestDial::refusesWhatNoAddressIs_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("port");
    QTest::newRow("unknown endpoint") << u"?"_s << 7000;
    QTest::newRow("empty host") << QString() << 7000;
    QTest::newRow("port 0") << u"127.0.0.1"_s << 0;
}

void TestDial::refusesWhatNoAddressIs()
{
    QFETCH(QString, host);
    QFETCH(int, port);
    const Outcome outcome = dialAndWait({ host, static_cast<quint16>(port) }, {});
    QVERIFY(!outcome.ok);
    QCOMPARE(outcome.error.code, ErrorCode::ResolveFailed);
}

void TestDial::timesOut()
{
    const DeadPort server(u"127.0.0.1"_s);
    ConnectionOptions options;
    options.timeout = 300ms;
    const Outcome outcome = dialAndWait(server.endpoint(), options);
    QVERIFY(!outcome.ok);
    QCOMPARE(outcome.error.code, ErrorCode::ConnectTimeout);
    QCOMPARE(outcome.emissions, 1);
    options.timeout = 10min;
    options.connectTimeout = 300ms;
    QCOMPARE(dialAndWait(server.endpoint(), options).error.code, ErrorCode::ConnectTimeout);
}

void TestDial::cancels()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    Dial dial(endpointOf(server), {});
    QSignalSpy finished(&dial, &Dial::finished);
    dial.start();
    dial.cancel();
    dial.cancel();
    QCOMPARE(finished.size(), 0);
    QVERIFY(finished.wait());
    QTest::qWait(20);
    QCOMPARE(finished.size(), 1);
    QCOMPARE(finished[0][1].value<Error>().code, ErrorCode::Cancelled);
    QVERIFY(!dial.takeSocket());
}

void TestDial::cancelsBeforeStart()
{
    Dial dial({ u"127.0.0.1"_s, 1 }, {});
    QSignalSpy finished(&dial, &Dial::finished);
    dial.cancel();
    dial.start();
    QVERIFY(finished.wait());
    QTest::qWait(20);
    QCOMPARE(finished.size(), 1);
    QCOMPARE(finished[0][1].value<Error>().code, ErrorCode::Cancelled);
}

void TestDial::survivesDeletionWhileLookingUp()
{
    for (const QString& host : { u"localhost"_s, u"no-such-host.invalid"_s, u"127.0.0.1"_s }) {
        auto dial = std::make_unique<Dial>(Endpoint { host, closedPort() }, ConnectionOptions());
        dial->start();
        dial.reset();
    }
    QTest::qWait(50);
}

void TestDial::speaksTls()
{
    TlsServer server;
    std::unique_ptr<QTcpSocket> socket;
    const Outcome outcome = dialAndWait(endpointOf(server, u"localhost"_s), withTls(), &socket);
    QVERIFY2(outcome.ok, qPrintable(outcome.error.detail));
    QVERIFY(qobject_cast<QSslSocket*>(socket.get())->isEncrypted());
    QCOMPARE(outcome.info.tls.protocol, u"TLSv1.3"_s);
    QVERIFY(outcome.info.tlsMicros >= 0);
}

void TestDial::verifiesTheAnnouncedName()
{
    TlsServer server;
    ConnectionOptions options = withTls();
    // What is dialled is the same; the certificate has the name of the first only.
    QVERIFY(options.addressMap.addRule(u"node.slotscope.test=127.0.0.1"_s));
    QVERIFY(options.addressMap.addRule(u"other.slotscope.test=127.0.0.1"_s));
    const Outcome right = dialAndWait(endpointOf(server, u"node.slotscope.test"_s), options);
    QVERIFY2(right.ok, qPrintable(right.error.detail));
    const Outcome wrong = dialAndWait(endpointOf(server, u"other.slotscope.test"_s), options);
    QVERIFY(!wrong.ok);
    QCOMPARE(wrong.error.code, ErrorCode::TlsFailed);
    QVERIFY(!wrong.error.detail.isEmpty());
    QCOMPARE(wrong.emissions, 1);
    // No name of the certificate is an address.
    QCOMPARE(dialAndWait(endpointOf(server), options).error.code, ErrorCode::TlsFailed);
}

void TestDial::verifiesTheGivenName()
{
    TlsServer server;
    ConnectionOptions options = withTls();
    options.tls.verifyName = u"node.slotscope.test"_s;
    const Outcome right = dialAndWait(endpointOf(server), options);
    QVERIFY2(right.ok, qPrintable(right.error.detail));
    options.tls.verifyName = u"other.slotscope.test"_s;
    QCOMPARE(
        dialAndWait(endpointOf(server, u"localhost"_s), options).error.code, ErrorCode::TlsFailed);
}

void TestDial::rejectsUnknownAuthorities()
{
    TlsServer server;
    ConnectionOptions options;
    options.tls.enabled = true;
    const Outcome outcome = dialAndWait(endpointOf(server, u"localhost"_s), options);
    QVERIFY(!outcome.ok);
    QCOMPARE(outcome.error.code, ErrorCode::TlsFailed);
    QVERIFY(!outcome.error.detail.isEmpty());
}

void TestDial::insecureTakesAnything()
{
    TlsServer server;
    ConnectionOptions options;
    options.tls.enabled = true;
    options.tls.insecure = true;
    const Outcome outcome = dialAndWait(endpointOf(server), options);
    QVERIFY2(outcome.ok, qPrintable(outcome.error.detail));
}

void TestDial::sendsAClientCertificate()
{
    TlsServer server(true);
    ConnectionOptions options = withTls();
    options.tls.certificateFile = certificate(u"client.crt"_s);
    options.tls.keyFile = certificate(u"client.key"_s);
    const Outcome outcome = dialAndWait(endpointOf(server, u"localhost"_s), options);
    QVERIFY2(outcome.ok, qPrintable(outcome.error.detail));
    QTRY_VERIFY(server.hasPendingConnections());
    auto* peer = qobject_cast<QSslSocket*>(server.nextPendingConnection());
    QVERIFY(peer);
    QCOMPARE(peer->peerCertificate().subjectDisplayName(), u"client.slotscope.test"_s);
}

void TestDial::namesAnUnreadableFile_data()
{
    QTest::addColumn<QString>("ca");
    QTest::addColumn<QString>("cert");
    QTest::addColumn<QString>("key");
    const QString crt = certificate(u"client.crt"_s);
    QTest::newRow("no such authority") << u"/nowhere/ca.pem"_s << QString() << QString();
    QTest::newRow("authority without a certificate")
        << certificate(u"client.key"_s) << QString() << QString();
    QTest::newRow("no such certificate") << QString() << u"/nowhere/c.pem"_s << QString();
    QTest::newRow("no such key") << QString() << crt << u"/nowhere/k.pem"_s;
    QTest::newRow("key without a key") << QString() << crt << crt;
}

void TestDial::namesAnUnreadableFile()
{
    QFETCH(QString, ca);
    QFETCH(QString, cert);
    QFETCH(QString, key);
    ConnectionOptions options;
    options.tls.enabled = true;
    options.tls.caFile = ca;
    options.tls.certificateFile = cert;
    options.tls.keyFile = key;
    const Outcome outcome = dialAndWait({ u"127.0.0.1"_s, closedPort() }, options);
    QVERIFY(!outcome.ok);
    QCOMPARE(outcome.error.code, ErrorCode::FileError);
    const QString named = !ca.isEmpty() ? ca : !key.isEmpty() ? key : cert;
    QVERIFY2(outcome.error.detail.startsWith(named), qPrintable(outcome.error.detail));
}

void TestDial::noticesPlainTextAnswers()
{
    for (const QByteArray& answer :
        { "-ERR unknown command\r\n"_ba, "HTTP/1.1 400 Bad Request\r\n\r\n"_ba, "+PONG\r\n"_ba }) {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        connect(&server, &QTcpServer::newConnection, &server, [&] {
            QTcpSocket* peer = server.nextPendingConnection();
            connect(peer, &QTcpSocket::readyRead, peer, [peer, answer] { peer->write(answer); });
        });
        const Outcome outcome = dialAndWait(endpointOf(server), withTls());
        QVERIFY(!outcome.ok);
        QCOMPARE(outcome.error.code, ErrorCode::TlsNotSpoken);
    }
}

void TestDial::noticesSilenceInsteadOfTls()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    ConnectionOptions options = withTls();
    options.timeout = 200ms;
    const Outcome outcome = dialAndWait(endpointOf(server), options);
    QVERIFY(!outcome.ok);
    QCOMPARE(outcome.error.code, ErrorCode::TlsNotSpoken);
}

QTEST_GUILESS_MAIN(TestDial)
#include "tst_dial.moc"
