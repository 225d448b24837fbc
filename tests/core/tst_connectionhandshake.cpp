// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/explain/errors.h"
#include "core/net/currentpassword.h"
#include "core/net/serverclock.h"
#include "tests/core/connectionfixture.h"

#include <QFile>
#include <QTcpServer>
#include <QTcpSocket>

using namespace slotscope;
using namespace slotscope::tests;
using net::Connection;
using net::ConnectionOptions;
using support::ErrorCode;

class TestConnectionHandshake : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void speaksResp3();
    void logsInAgain();
    void refusedTokens_data();
    void refusedTokens();
    void refusedTokenAndClosed();
    void fallsBackToResp2_data();
    void fallsBackToResp2();
    void doesNotSendHelloInResp2();
    void authenticates_data();
    void authenticates();
    void aUserWithoutAPassword();
    void refusedAuthentication_data();
    void refusedAuthentication();
    void warnsOfAnUnneededPassword();
    void asksForReplicaReads_data();
    void asksForReplicaReads();
    void handshakeProblems_data();
    void handshakeProblems();
    void silentAtTheLogIn();
    void emptyPassword();
    void serverSpeaksFirst();
    void serverShutsTheDoor();
    void muteServer();
    void refusedPort();
    void plainNeedsNoOpenSsl();
};

void TestConnectionHandshake::speaksResp3()
{
    FakeNode node;
    node.on("HELLO", helloReply);
    Client client(node.endpoint());
    QCOMPARE(client.connection->state(), Connection::State::Opening);
    QVERIFY(client.openAndWait());
    QCOMPARE(client.connection->state(), Connection::State::Ready);
    const net::ServerHello& hello = client.connection->hello();
    QCOMPARE(hello.server, u"redis"_s);
    QCOMPARE(hello.version, u"7.0.15"_s);
    QCOMPARE(hello.mode, u"cluster"_s);
    QCOMPARE(hello.role, u"replica"_s);
    QCOMPARE(hello.protocol, 3);
    QCOMPARE(client.connection->dialInfo().dialled, node.endpoint());
    QTRY_COMPARE(
        node.received(), (QList<QByteArray> { "HELLO 3 SETNAME slotscope", "CLIENT NO-TOUCH ON" }));
}

/// A token that is replaced is what a connection says when its login grows old.
void TestConnectionHandshake::logsInAgain()
{
    FakeNode node;
    node.on("HELLO", helloReply);
    node.on("AUTH",
        { { FakeNode::Act::Answer, "+OK\r\n", 0 },
            { FakeNode::Act::Answer, "-WRONGPASS invalid username-password pair\r\n", 0 } });
    net::ConnectionOptions options = quick();
    options.user = u"iam-user"_s;
    options.password = u"token-1"_s;
    options.loginLifetime = 50ms;
    const auto current = std::make_shared<net::CurrentPassword>(u"token-1"_s);
    options.currentPassword = current;
    Client client(node.endpoint(), options);
    QVERIFY(client.openAndWait());
    current->replace(u"token-2"_s);
    QTRY_VERIFY(node.received().contains("AUTH iam-user token-2"));
    // Refused: the next who asks gets a connection that says why.
    QVERIFY(client.waitForEnd());
    QCOMPARE(client.reason().code, ErrorCode::TokenRefused);
}

void TestConnectionHandshake::refusedTokens_data()
{
    QTest::addColumn<QByteArray>("time");
    QTest::addColumn<bool>("isKnown"); // from another node
    QTest::addColumn<std::optional<qint64>>("ahead");
    const auto timeIn = [](qint64 seconds) -> QByteArray { // not a builder of temporaries
        const qint64 micros = net::unixMicros() + seconds * 1'000'000;
        return "*2\r\n" + FakeNode::bulk(QByteArray::number(micros / 1'000'000))
            + FakeNode::bulk(QByteArray::number(micros % 1'000'000));
    };
    const std::optional<qint64> nobody;
    const auto seconds = [](qint64 number) { return std::optional<qint64>(number * 1'000'000); };
    QTest::newRow("the default user may ask: ahead") << timeIn(432) << false << seconds(432);
    QTest::newRow("behind") << timeIn(-7200) << false << seconds(-7200);
    QTest::newRow("the newest word counts") << timeIn(60) << true << seconds(60);
    QTest::newRow("nobody tells") << "-NOAUTH Authentication required.\r\n"_ba << false << nobody;
    QTest::newRow("another one has told")
        << "-NOAUTH Authentication required.\r\n"_ba << true << seconds(-900);
    QTest::newRow("nonsense") << "*2\r\n$1\r\nx\r\n$1\r\ny\r\n"_ba << false << nobody;
    QTest::newRow("one half") << "*1\r\n:1\r\n"_ba << false << nobody;
    QTest::newRow("a year that is none")
        << "*2\r\n$19\r\n9223372036854775807\r\n$1\r\n0\r\n"_ba << false << nobody;
    QTest::newRow("too many microseconds")
        << "*2\r\n$1\r\n1\r\n$7\r\n1000000\r\n"_ba << false << nobody;
}

/// Who refuses a token is asked for the time: the token is signed with this computer's.
void TestConnectionHandshake::refusedTokens()
{
    QFETCH(QByteArray, time);
    QFETCH(bool, isKnown);
    QFETCH(std::optional<qint64>, ahead);
    FakeNode node;
    node.on("HELLO", "-WRONGPASS invalid username-password pair\r\n");
    node.on("TIME", time);
    net::ConnectionOptions options = quick();
    options.user = u"iam-user"_s;
    options.password = u"token-1"_s;
    options.currentPassword = std::make_shared<net::CurrentPassword>(u"token-1"_s);
    options.clock = std::make_shared<net::ServerClock>();
    if (isKnown)
        options.clock->note({ qint64(-900) * 1'000'000, 0 });
    Client client(node.endpoint(), options);
    QVERIFY(!client.openAndWait());
    QCOMPARE(client.reason().code, ErrorCode::TokenRefused);
    QVERIFY(client.reason().detail.startsWith(u"WRONGPASS"_s));
    QCOMPARE(client.reason().clockAheadMicros.has_value(), ahead.has_value());
    if (ahead) // a busy computer is slow between the two clocks
        QVERIFY(qAbs(*client.reason().clockAheadMicros - *ahead) < 20'000'000);
    QCOMPARE(node.received(),
        (QList<QByteArray> { "HELLO 3 AUTH iam-user token-1 SETNAME slotscope", "TIME" }));
}

/// It has said why, and says nothing more.
void TestConnectionHandshake::refusedTokenAndClosed()
{
    FakeNode node;
    node.on("HELLO",
        { { FakeNode::Act::AnswerThenClose, "-WRONGPASS invalid username-password pair\r\n", 0 } });
    net::ConnectionOptions options = quick();
    options.password = u"token-1"_s;
    options.currentPassword = std::make_shared<net::CurrentPassword>(u"token-1"_s);
    {
        Client client(node.endpoint(), options);
        QVERIFY(!client.openAndWait());
        QCOMPARE(client.reason().code, ErrorCode::TokenRefused);
    }
    // Nor does it answer.
    node.on("HELLO", "-WRONGPASS invalid username-password pair\r\n");
    node.on("TIME", { { FakeNode::Act::Silence, {}, 0 } });
    Client client(node.endpoint(), options);
    QVERIFY(!client.openAndWait());
    QCOMPARE(client.reason().code, ErrorCode::TokenRefused);
    QVERIFY(!client.reason().clockAheadMicros);
}

void TestConnectionHandshake::fallsBackToResp2_data()
{
    QTest::addColumn<QByteArray>("refusal");
    QTest::newRow("before 6.0") << "-ERR unknown command 'HELLO'\r\n"_ba;
    QTest::newRow("other protocol") << "-NOPROTO unsupported protocol version\r\n"_ba;
    QTest::newRow("not permitted") << "-NOPERM this user has no permissions\r\n"_ba;
    QTest::newRow("anything else") << "-ERR syntax error in HELLO\r\n"_ba;
}

void TestConnectionHandshake::fallsBackToResp2()
{
    QFETCH(QByteArray, refusal);
    FakeNode node;
    node.on("HELLO", refusal);
    node.on("CLIENT NO-TOUCH", "-ERR unknown subcommand\r\n");
    node.on("AUTH", "+OK\r\n");
    node.on("PING", "+PONG\r\n");
    ConnectionOptions options = quick();
    options.user = u"bob"_s;
    options.password = u"secret"_s;
    Client client(node.endpoint(), options);
    QVERIFY(client.openAndWait());
    QCOMPARE(client.connection->hello().protocol, 2);
    client.send({ "PING" });
    QVERIFY(client.waitForAnswers(1));
    QCOMPARE(client.texts(), QStringList(u"PONG"_s));
    QCOMPARE(node.received(),
        (QList<QByteArray> { "HELLO 3 AUTH bob secret SETNAME slotscope", "AUTH bob secret",
            "CLIENT SETNAME slotscope", "CLIENT NO-TOUCH ON", "PING" }));
}

void TestConnectionHandshake::doesNotSendHelloInResp2()
{
    FakeNode node;
    node.on("CLIENT SETNAME", "-NOPERM not for you\r\n");
    ConnectionOptions options = quick();
    options.respVersion = 2;
    Client client(node.endpoint(), options);
    QVERIFY(client.openAndWait());
    QTRY_COMPARE(
        node.received(), (QList<QByteArray> { "CLIENT SETNAME slotscope", "CLIENT NO-TOUCH ON" }));
}

void TestConnectionHandshake::authenticates_data()
{
    QTest::addColumn<QString>("user");
    QTest::addColumn<int>("resp");
    QTest::addColumn<QByteArray>("sent");
    QTest::newRow("default, RESP3")
        << QString() << 3 << "HELLO 3 AUTH default s\xc3\xa4 SETNAME slotscope"_ba;
    QTest::newRow("user, RESP3") << u"bob"_s << 3
                                 << "HELLO 3 AUTH bob s\xc3\xa4 SETNAME slotscope"_ba;
    QTest::newRow("default, RESP2") << QString() << 2 << "AUTH s\xc3\xa4"_ba;
    QTest::newRow("default by name, RESP2") << u"default"_s << 2 << "AUTH s\xc3\xa4"_ba;
    QTest::newRow("user, RESP2") << u"bob"_s << 2 << "AUTH bob s\xc3\xa4"_ba;
}

void TestConnectionHandshake::authenticates()
{
    QFETCH(QString, user);
    QFETCH(int, resp);
    QFETCH(QByteArray, sent);
    FakeNode node;
    node.on("HELLO", helloReply);
    node.on("AUTH", "+OK\r\n");
    ConnectionOptions options = quick();
    options.user = user;
    options.password = u"sä"_s;
    options.respVersion = resp;
    Client client(node.endpoint(), options);
    QVERIFY(client.openAndWait());
    QCOMPARE(node.received().value(0), sent);
    QVERIFY(client.connection->hello().warning.isEmpty());
}

/// Never taken for the default user, who may be allowed more.
void TestConnectionHandshake::aUserWithoutAPassword()
{
    FakeNode node;
    node.on("HELLO", helloReply); // as to a user with `nopass`
    ConnectionOptions options = quick();
    options.user = u"bob"_s;
    Client client(node.endpoint(), options);
    QVERIFY(client.openAndWait());
    QCOMPARE(node.received().value(0), "HELLO 3 AUTH bob  SETNAME slotscope"_ba);

    node.on("HELLO", "-WRONGPASS invalid username-password pair\r\n");
    Client refused(node.endpoint(), options);
    QVERIFY(!refused.openAndWait());
    QCOMPARE(refused.reason().code, ErrorCode::AuthRequired);
}

void TestConnectionHandshake::refusedAuthentication_data()
{
    QTest::addColumn<QByteArray>("hello");
    QTest::addColumn<QByteArray>("auth");
    QTest::addColumn<QByteArray>("setName");
    QTest::addColumn<bool>("withPassword");
    QTest::addColumn<int>("code");
    const auto unknown = "-ERR unknown command 'HELLO'\r\n"_ba;
    const auto ok = "+OK\r\n"_ba;
    QTest::newRow("none, to HELLO")
        << "-NOAUTH HELLO must be called with the client already authenticated\r\n"_ba << ok << ok
        << false << int(ErrorCode::AuthRequired);
    QTest::newRow("none, before 6.0") << unknown << ok << "-NOAUTH Authentication required.\r\n"_ba
                                      << false << int(ErrorCode::AuthRequired);
    QTest::newRow("wrong, to HELLO") << "-WRONGPASS invalid username-password pair\r\n"_ba << ok
                                     << ok << true << int(ErrorCode::AuthFailed);
    QTest::newRow("wrong, before 6.0")
        << unknown << "-ERR invalid password\r\n"_ba << ok << true << int(ErrorCode::AuthFailed);
    QTest::newRow("no users, before 6.0")
        << unknown << "-ERR wrong number of arguments for 'auth' command\r\n"_ba << ok << true
        << int(ErrorCode::AuthFailed);
    QTest::newRow("AUTH renamed, its arguments repeated")
        << unknown << "-ERR unknown command `AUTH`, with args beginning with: `secret`, \r\n"_ba
        << ok << true << int(ErrorCode::AuthFailed);
}

void TestConnectionHandshake::refusedAuthentication()
{
    QFETCH(QByteArray, hello);
    QFETCH(QByteArray, auth);
    QFETCH(QByteArray, setName);
    QFETCH(bool, withPassword);
    QFETCH(int, code);
    FakeNode node;
    node.on("HELLO", hello);
    node.on("AUTH", auth);
    node.on("CLIENT SETNAME", setName);
    ConnectionOptions options = quick();
    if (withPassword) {
        options.user = u"bob"_s;
        options.password = u"secret"_s;
    }
    Client client(node.endpoint(), options);
    client.send({ "GET", "k" });
    QVERIFY(!client.openAndWait());
    QCOMPARE(int(client.reason().code), code);
    QCOMPARE(client.reason().address, node.endpoint().toString());
    QVERIFY(!client.reason().detail.isEmpty());
    QVERIFY(!client.reason().detail.contains(u"secret"_s));
    QCOMPARE(client.texts(), QStringList(u"!%1"_s.arg(code)));
    QVERIFY(!client.answers[0].sent);
    QVERIFY(!node.received().contains("GET k"));
}

void TestConnectionHandshake::warnsOfAnUnneededPassword()
{
    for (const QByteArray& line :
        { "ERR AUTH <password> called without any password configured for the default user."_ba,
            "ERR Client sent AUTH, but no password is set"_ba }) {
        FakeNode node;
        node.on("AUTH", '-' + line + "\r\n");
        ConnectionOptions options = quick();
        options.password = u"secret"_s;
        Client client(node.endpoint(), options);
        QVERIFY(client.openAndWait());
        QCOMPARE(client.connection->hello().warning, QString::fromLatin1(line));
    }
}

void TestConnectionHandshake::asksForReplicaReads_data()
{
    QTest::addColumn<QByteArray>("hello");
    QTest::addColumn<QByteArray>("readOnly");
    QTest::addColumn<QList<QByteArray>>("received");
    QTest::addColumn<QString>("warning");
    const QList<QByteArray> resp3 { "HELLO 3 SETNAME slotscope", "READONLY", "CLIENT NO-TOUCH ON" };
    const QList<QByteArray> resp2 { "HELLO 3 SETNAME slotscope", "CLIENT SETNAME slotscope",
        "READONLY", "CLIENT NO-TOUCH ON" };
    const auto unknown = "-ERR unknown command 'HELLO'\r\n"_ba;
    QTest::newRow("RESP3") << helloReply << "+OK\r\n"_ba << resp3 << QString();
    QTest::newRow("RESP2") << unknown << "+OK\r\n"_ba << resp2 << QString();
    QTest::newRow("standalone") << helloReply
                                << "-ERR This instance has cluster support disabled\r\n"_ba << resp3
                                << u"ERR This instance has cluster support disabled"_s;
}

void TestConnectionHandshake::asksForReplicaReads()
{
    QFETCH(QByteArray, hello);
    QFETCH(QByteArray, readOnly);
    QFETCH(QList<QByteArray>, received);
    QFETCH(QString, warning);
    FakeNode node;
    node.on("HELLO", hello);
    node.on("READONLY", readOnly);
    ConnectionOptions options = quick();
    options.readOnly = true;
    Client client(node.endpoint(), options);
    QVERIFY(client.openAndWait());
    QCOMPARE(client.connection->hello().warning, warning);
    QTRY_COMPARE(node.received(), received);
}

void TestConnectionHandshake::handshakeProblems_data()
{
    using Act = FakeNode::Act;
    QTest::addColumn<int>("act");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("detail");
    const auto row = [](const char* name, Act act, const QByteArray& bytes, ErrorCode code,
                         const QString& detail) {
        QTest::newRow(name) << int(act) << bytes << int(code) << detail;
    };
    row("http", Act::AnswerThenClose, "HTTP/1.1 400 Bad Request\r\nServer: x\r\n\r\n",
        ErrorCode::NotRedis, u"HTTP/1.1 400 Bad Request"_s);
    row("smtp, first line in pieces", Act::Answer, "220", ErrorCode::NotRedis, u"220"_s);
    row("memcached", Act::Answer, "ERROR\r\nERROR\r\n", ErrorCode::NotRedis, u"ERROR"_s);
    row("pop3", Act::Answer, "+OK POP3 ready\r\n", ErrorCode::NotRedis, u"OK POP3 ready"_s);
    row("irc", Act::Answer, ":irc.example NOTICE * :hello\r\n", ErrorCode::NotRedis,
        u":irc.example NOTICE * :hello"_s);
    row("terminal escapes", Act::Answer, "\x1b[2Jboo\r\n", ErrorCode::NotRedis, u"\\x1b[2Jboo"_s);
    row("tls alert", Act::AnswerThenClose, "\x15\x03\x01\x00\x02\x02\x46"_ba,
        ErrorCode::TlsExpected, QString());
    row("closed without a word", Act::Close, {}, ErrorCode::TlsExpected,
        u"closed without a word"_s);
    row("closed inside the reply", Act::AnswerThenClose, "%7\r\n$6\r\nserver\r\n",
        ErrorCode::ConnectionLost, u"closed in the middle of a reply"_s);
    row("protected mode", Act::AnswerThenClose, "-DENIED Redis is running in protected mode\r\n",
        ErrorCode::ServerError, u"DENIED Redis is running in protected mode"_s);
    row("too many clients", Act::AnswerThenClose, "-ERR max number of clients reached\r\n",
        ErrorCode::ServerError, u"ERR max number of clients reached"_s);
    row("an error, then closed", Act::AnswerThenClose, "-ERR go away\r\n", ErrorCode::ServerError,
        u"ERR go away"_s);
    row("no answer", Act::Silence, {}, ErrorCode::NoReply, QString());
    row("half an answer", Act::Answer, "%7\r\n$6\r\nser", ErrorCode::NoReply, u"HELLO"_s);
}

void TestConnectionHandshake::handshakeProblems()
{
    QFETCH(int, act);
    QFETCH(QByteArray, bytes);
    QFETCH(int, code);
    QFETCH(QString, detail);
    FakeNode node;
    node.on("HELLO", { { static_cast<FakeNode::Act>(act), bytes, 0 } });
    ConnectionOptions options = quick();
    options.timeout = 300ms;
    Client client(node.endpoint(), options);
    client.send({ "GET", "k" });
    QVERIFY(!client.openAndWait());
    QCOMPARE(int(client.reason().code), code);
    QCOMPARE(client.reason().detail, detail);
    QCOMPARE(client.reason().address, node.endpoint().toString());
    QCOMPARE(client.texts(), QStringList(u"!%1"_s.arg(code)));
    QVERIFY(!client.answers[0].sent);
    QTest::qWait(20);
    QCOMPARE(client.closed.size(), 1);
}

/// It has said that it does not know HELLO, and nothing to AUTH: nothing of the user's was sent.
void TestConnectionHandshake::silentAtTheLogIn()
{
    FakeNode node;
    node.on("AUTH", { { FakeNode::Act::Silence, {}, 0 } });
    ConnectionOptions options = quick();
    options.password = u"secret"_s;
    options.timeout = 300ms;
    Client client(node.endpoint(), options);
    QVERIFY(!client.openAndWait());
    QCOMPARE(client.reason().code, ErrorCode::NoReply);
    QCOMPARE(client.reason().detail, u"AUTH"_s);
    QVERIFY(explain::errorSentence(client.reason()).contains(u"did not answer AUTH"_s));
    QVERIFY(!explain::errorRemedy(client.reason()).contains(u"executed"_s));
}

/// An empty password is one, and no piece of what the server says.
void TestConnectionHandshake::emptyPassword()
{
    FakeNode node;
    node.on("AUTH", "-WRONGPASS invalid username-password pair\r\n");
    ConnectionOptions options = quick();
    options.password = QString();
    Client client(node.endpoint(), options);
    QVERIFY(!client.openAndWait());
    QCOMPARE(client.reason().detail, u"WRONGPASS invalid username-password pair"_s);
}

void TestConnectionHandshake::serverSpeaksFirst()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    connect(&server, &QTcpServer::newConnection, &server,
        [&] { server.nextPendingConnection()->write("SSH-2.0-OpenSSH_9.2\r\n"); });
    Client client({ u"127.0.0.1"_s, server.serverPort() });
    QVERIFY(!client.openAndWait());
    QCOMPARE(client.reason().code, ErrorCode::NotRedis);
    QCOMPARE(client.reason().detail, u"SSH-2.0-OpenSSH_9.2"_s);
}

void TestConnectionHandshake::serverShutsTheDoor()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    Client client({ u"127.0.0.1"_s, server.serverPort() });
    client.connection->open();
    // Said and closed before the client's event loop has run once.
    QVERIFY(server.waitForNewConnection(1000));
    QTcpSocket* peer = server.nextPendingConnection();
    peer->write("-ERR max number of clients reached\r\n");
    peer->disconnectFromHost();
    QVERIFY(client.waitForEnd());
    QCOMPARE(client.reason().code, ErrorCode::ServerError);
    QCOMPARE(client.reason().detail, u"ERR max number of clients reached"_s);
}

void TestConnectionHandshake::muteServer()
{
    FakeNode node;
    node.setMute(true);
    ConnectionOptions options = quick();
    options.timeout = 200ms;
    Client client(node.endpoint(), options);
    QVERIFY(!client.openAndWait());
    QCOMPARE(client.reason().code, ErrorCode::NoReply);
    QCOMPARE(support::stageOf(client.reason().code), support::Stage::Reply);
}

void TestConnectionHandshake::refusedPort()
{
    net::Endpoint endpoint;
    {
        FakeNode node;
        endpoint = node.endpoint();
    }
    Client client(endpoint);
    client.send({ "GET", "k" });
    QVERIFY(!client.openAndWait());
    QCOMPARE(client.reason().code, ErrorCode::ConnectionRefused);
    QCOMPARE(client.texts(), QStringList(codeText(ErrorCode::ConnectionRefused)));
    QVERIFY(!client.answers[0].sent);
}

void TestConnectionHandshake::plainNeedsNoOpenSsl()
{
    FakeNode node;
    Client client(node.endpoint());
    QVERIFY(client.openAndWait());
    QFile maps(u"/proc/self/maps"_s);
    QVERIFY(maps.open(QIODevice::ReadOnly));
    const QByteArray loaded = maps.readAll();
    QVERIFY(loaded.contains("libQt6Network"));
    QVERIFY(!loaded.contains("libssl"));
    QVERIFY(!loaded.contains("opensslbackend"));
}

QTEST_GUILESS_MAIN(TestConnectionHandshake)
#include "tst_connectionhandshake.moc"
