// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/explain/errors.h"
#include "core/net/sockshandshake.h"
#include "tests/core/connectionfixture.h"
#include "tests/support/deadport.h"

#include <QTcpServer>
#include <QTcpSocket>

using namespace slotscope;
using namespace slotscope::tests;
using net::Endpoint;
using net::SocksHandshake;
using support::ErrorCode;
using Kind = SocksHandshake::Step::Kind;

namespace {

const QByteArray welcome("\x05\x00", 2);

/// A proxy that says what it is told to, one text for each thing that it hears; "" closes. After
/// the last one it is a server that answers everything with `then`.
class ScriptedProxy : public QTcpServer
{
public:
    explicit ScriptedProxy(QByteArrayList script, QByteArray then = {})
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this, script, then] {
            QTcpSocket* peer = nextPendingConnection();
            auto left = std::make_shared<QByteArrayList>(script);
            connect(peer, &QTcpSocket::readyRead, peer, [this, peer, left, then] {
                heard.append(peer->readAll());
                const QByteArray say = left->isEmpty() ? then : left->takeFirst();
                if (say.isEmpty())
                    peer->disconnectFromHost();
                else if (say != "silence")
                    peer->write(say);
            });
        });
    }
    Endpoint endpoint() const { return { u"127.0.0.1"_s, serverPort() }; }

    QByteArrayList heard;
};

QByteArray connected()
{
    return { "\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00", 10 };
}

QByteArray refused(char code)
{
    QByteArray reply = connected();
    reply[1] = code;
    return reply;
}

net::ConnectionOptions through(const Endpoint& proxy)
{
    net::ConnectionOptions options = quick();
    options.timeout = 700ms;
    options.socks = proxy;
    return options;
}

} // namespace

class TestSocks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void asksFor_data();
    void asksFor();
    void takesByteAfterByte();
    void leavesWhatFollows();
    void refusals_data();
    void refusals();
    void ways_data();
    void ways();
    void whatComesThenIsOfTheNode();
    void passesTheNameOn();
    void proxyIsNotThere();
    void proxyIsUnknown();
};

void TestSocks::asksFor_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QByteArray>("address");
    QTest::newRow("IPv4") << u"10.0.0.1"_s << QByteArray("\x01\x0a\x00\x00\x01", 5);
    QTest::newRow("loopback") << u"127.0.0.1"_s << QByteArray("\x01\x7f\x00\x00\x01", 5);
    QTest::newRow("IPv6") << u"::1"_s << QByteArray("\x04\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01", 17);
    QTest::newRow("name") << u"localhost"_s << "\x03\x09localhost"_ba;
    QTest::newRow("name with letters")
        << u"b\u00fccher.example"_s << "\x03\x15xn--bcher-kva.example"_ba;
}

void TestSocks::asksFor()
{
    QFETCH(QString, host);
    QFETCH(QByteArray, address);
    SocksHandshake handshake({ host, 0x1234 });
    QCOMPARE(handshake.greeting(), QByteArray("\x05\x01\x00", 3));
    const auto step = handshake.take(welcome);
    QCOMPARE(step.kind, Kind::Send);
    QCOMPARE(step.consumed, 2);
    QCOMPARE(step.bytes, QByteArray("\x05\x01\x00", 3) + address + "\x12\x34");
}

void TestSocks::takesByteAfterByte()
{
    for (const QByteArray& bound : { QByteArray("\x01"
                                                "abcd"),
             QByteArray("\x03\x02"
                        "ab"),
             QByteArray("\x04"
                        "0123456789abcdef") }) {
        SocksHandshake handshake({ u"n"_s, 1 });
        QCOMPARE(handshake.take(welcome.first(1)).kind, Kind::More);
        QCOMPARE(handshake.take(welcome).kind, Kind::Send);
        const QByteArray reply = QByteArray("\x05\x00\x00", 3) + bound + "pp";
        for (qsizetype i = 0; i < reply.size(); ++i)
            QCOMPARE(handshake.take(reply.first(i)).kind, Kind::More);
        const auto step = handshake.take(reply);
        QCOMPARE(step.kind, Kind::Done);
        QCOMPARE(step.consumed, reply.size());
    }
}

void TestSocks::leavesWhatFollows()
{
    SocksHandshake handshake({ u"n"_s, 1 });
    handshake.take(welcome);
    QCOMPARE(handshake.take(QByteArray(connected() + "-DENIED\r\n")).consumed, connected().size());
}

void TestSocks::refusals_data()
{
    QTest::addColumn<QByteArrayList>("script");
    QTest::addColumn<Kind>("kind");
    QTest::newRow("SOCKS4") << QByteArrayList { QByteArray("\0\x5a", 2) } << Kind::ProxyFailed;
    QTest::newRow("HTTP") << QByteArrayList { "HTTP/1.1 400 Bad Request\r\n" } << Kind::ProxyFailed;
    QTest::newRow("no method") << QByteArrayList { "\x05\xff" } << Kind::ProxyFailed;
    QTest::newRow("password") << QByteArrayList { "\x05\x02" } << Kind::ProxyFailed;
    QTest::newRow("type of address")
        << QByteArrayList { welcome, QByteArray("\x05\x00\x00\x09\x00\x00\x00\x00\x00\x00", 10) }
        << Kind::ProxyFailed;
    QTest::newRow("refused") << QByteArrayList { welcome, refused(5) } << Kind::NodeFailed;
    QTest::newRow("unreachable") << QByteArrayList { welcome, refused(4) } << Kind::NodeFailed;
    QTest::newRow("no such code") << QByteArrayList { welcome, refused('\xff') }
                                  << Kind::NodeFailed;
}

void TestSocks::refusals()
{
    QFETCH(QByteArrayList, script);
    QFETCH(Kind, kind);
    SocksHandshake handshake({ u"n"_s, 1 });
    SocksHandshake::Step step;
    for (const QByteArray& said : script)
        step = handshake.take(said);
    QCOMPARE(step.kind, kind);
    QVERIFY(!step.why.isEmpty());
}

void TestSocks::ways_data()
{
    QTest::addColumn<QByteArrayList>("script");
    QTest::addColumn<int>("error");
    QTest::addColumn<QString>("words");
    const auto proxy = static_cast<int>(ErrorCode::ProxyUnreachable);
    const auto node = static_cast<int>(ErrorCode::ProxyRefused);
    QTest::newRow("closes at once") << QByteArrayList { "" } << proxy << u"closed"_s;
    QTest::newRow("says nothing") << QByteArrayList { "silence" } << proxy << u"says nothing"_s;
    QTest::newRow("is another server")
        << QByteArrayList { "-ERR what\r\n" } << proxy << u"SOCKS5"_s;
    QTest::newRow("wants a password") << QByteArrayList { "\x05\xff" } << proxy << u"password"_s;
    QTest::newRow("refused there")
        << QByteArrayList { welcome, refused(5) } << node << u"connection refused"_s;
    QTest::newRow("forbidden there")
        << QByteArrayList { welcome, refused(2) } << node << u"rules"_s;
    QTest::newRow("closes instead of connecting")
        << QByteArrayList { welcome, "" } << node << u"closed before"_s;
    QTest::newRow("never connects")
        << QByteArrayList { welcome, "silence" } << node << u"no answer in time"_s;
}

/// A proxy that has connected is believed: what comes then is the node's.
void TestSocks::whatComesThenIsOfTheNode()
{
    for (const auto& [then, code] : { std::pair(QByteArray(), ErrorCode::TlsExpected),
             std::pair(QByteArray("silence"), ErrorCode::NoReply) }) {
        ScriptedProxy proxy({ welcome, connected(), then });
        Client client({ u"orders.invalid"_s, 6379 }, through(proxy.endpoint()));
        QVERIFY(!client.openAndWait());
        QCOMPARE(client.reason().code, code);
        QCOMPARE(client.reason().address, u"orders.invalid:6379"_s);
    }
}

void TestSocks::ways()
{
    QFETCH(QByteArrayList, script);
    QFETCH(int, error);
    QFETCH(QString, words);
    ScriptedProxy proxy(script);
    Client client({ u"orders.invalid"_s, 6379 }, through(proxy.endpoint()));
    QVERIFY(!client.openAndWait());
    const support::Error reason = client.reason();
    QCOMPARE(static_cast<int>(reason.code), error);
    QVERIFY2(reason.detail.contains(words), qPrintable(reason.detail));
    const bool isOfProxy = reason.code == ErrorCode::ProxyUnreachable;
    QCOMPARE(reason.address, isOfProxy ? proxy.endpoint().toString() : u"orders.invalid:6379"_s);
    QVERIFY(explain::errorSentence(reason).contains(reason.detail));
}

void TestSocks::passesTheNameOn()
{
    ScriptedProxy proxy({ welcome, connected() + "+OK\r\n" }, "+PONG\r\n");
    net::ConnectionOptions options = through(proxy.endpoint());
    options.respVersion = 2;
    QVERIFY(options.addressMap.addRule(u"orders.invalid=mapped.invalid"_s));
    Client client({ u"orders.invalid"_s, 6379 }, options);
    client.connection->open();
    QTRY_VERIFY(proxy.heard.size() >= 2);
    QVERIFY(proxy.heard[1].contains("\x0emapped.invalid"));
    const net::DialInfo& info = client.connection->dialInfo();
    QTRY_COMPARE(info.way, net::Way::Socks);
    QCOMPARE(info.announced.host, u"orders.invalid"_s);
    QCOMPARE(info.mapped, (Endpoint { u"mapped.invalid"_s, 6379 }));
    QCOMPARE(info.dialled, info.mapped);
    QCOMPARE(info.proxy, proxy.endpoint());
    QVERIFY(info.resolved.isEmpty());
    QVERIFY(info.connectMicros >= 0);
}

void TestSocks::proxyIsNotThere()
{
    Endpoint gone;
    {
        ScriptedProxy proxy({});
        gone = proxy.endpoint();
    }
    Client client({ u"127.0.0.1"_s, 6379 }, through(gone));
    QVERIFY(!client.openAndWait());
    QCOMPARE(client.reason().code, ErrorCode::ProxyUnreachable);
    QCOMPARE(client.reason().address, gone.toString());
    QVERIFY(!client.reason().detail.isEmpty());

    const DeadPort dead(u"127.0.0.1"_s);
    Client late({ u"127.0.0.1"_s, 6379 }, through(dead.endpoint()));
    QVERIFY(!late.openAndWait());
    QCOMPARE(late.reason().code, ErrorCode::ProxyUnreachable);
    QVERIFY(!late.reason().detail.isEmpty());
}

void TestSocks::proxyIsUnknown()
{
    Client client({ u"127.0.0.1"_s, 6379 }, through({ u"no-such-proxy.invalid"_s, 1080 }));
    QVERIFY(!client.openAndWait());
    QCOMPARE(client.reason().code, ErrorCode::ProxyUnreachable);
    QCOMPARE(client.reason().address, u"no-such-proxy.invalid:1080"_s);
}

Q_DECLARE_METATYPE(SocksHandshake::Step::Kind)

QTEST_GUILESS_MAIN(TestSocks)
#include "tst_socks.moc"
