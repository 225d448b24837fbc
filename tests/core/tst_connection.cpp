// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/net/connection.h"
#include "core/net/connectionpool.h"
#include "core/resp/replyformat.h"
#include "tests/support/fakenode.h"

#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace slotscope;
using namespace std::chrono_literals;
using net::Answer;
using net::Connection;
using net::ConnectionOptions;
using support::Error;
using support::ErrorCode;
using tests::FakeNode;

namespace {

const QByteArray helloReply
    = "%7\r\n$6\r\nserver\r\n$5\r\nredis\r\n$7\r\nversion\r\n$6\r\n7.0.15\r\n$5\r\nproto\r\n:3\r\n"
      "$2\r\nid\r\n:7\r\n$4\r\nmode\r\n$7\r\ncluster\r\n$4\r\nrole\r\n$7\r\nreplica\r\n"
      "$7\r\nmodules\r\n*0\r\n"_ba;

ConnectionOptions quick()
{
    ConnectionOptions options;
    options.timeout = 2000ms;
    return options;
}

/// A connection, its signals, and the answers in the order in which they came.
struct Client
{
    explicit Client(const net::Endpoint& endpoint, const ConnectionOptions& options = quick())
        : connection(std::make_unique<Connection>(endpoint, options))
        , ready(connection.get(), &Connection::ready)
        , closed(connection.get(), &Connection::closed)
        , pushed(connection.get(), &Connection::pushed)
    { }

    void send(const net::Argv& argv) { connection->send(argv, record()); }
    Connection::Callback record()
    {
        return [this](const Answer& answer) { answers.append(answer); };
    }
    bool openAndWait()
    {
        connection->open();
        return QTest::qWaitFor([this] { return !ready.isEmpty() || !closed.isEmpty(); })
            && !ready.isEmpty();
    }
    bool waitForAnswers(int count)
    {
        return QTest::qWaitFor([this, count] { return answers.size() >= count; });
    }
    bool waitForEnd() { return !closed.isEmpty() || closed.wait(); }
    Error reason() const { return closed.value(0).value(0).value<Error>(); }
    /// The replies as redis-cli prints them, errors as !code.
    QStringList texts() const
    {
        QStringList list;
        for (const Answer& answer : answers) {
            list.append(answer.reply ? resp::toDisplayText(*answer.reply)
                                     : u"!%1"_s.arg(int(answer.reply.error().code)));
        }
        return list;
    }

    std::unique_ptr<Connection> connection;
    QList<Answer> answers;
    QSignalSpy ready;
    QSignalSpy closed;
    QSignalSpy pushed;
};

QString codeText(ErrorCode code)
{
    return u"!%1"_s.arg(int(code));
}

} // namespace

class TestConnection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    // the handshake
    void speaksResp3();
    void fallsBackToResp2_data();
    void fallsBackToResp2();
    void doesNotSendHelloInResp2();
    void authenticates_data();
    void authenticates();
    void refusedAuthentication_data();
    void refusedAuthentication();
    void warnsOfAnUnneededPassword();
    void handshakeProblems_data();
    void handshakeProblems();
    void serverSpeaksFirst();
    void serverShutsTheDoor();
    void muteServer();
    void refusedPort();

    // commands
    void commandsWaitForTheHandshake();
    void answersInOrder();
    void togetherMeansOneWrite();
    void oneTurnMeansOneWrite();
    void neverAnswersInsideSend();
    void measuresTheReplyAlone();
    void sendsAndReadsLargeValues();
    void refusesAnEmptyCommand();
    void deliversPushesApart();
    void subscribes_data();
    void subscribes();

    // the end
    void deliversRepliesBeforeTheEnd();
    void diesInTheMiddleOfAReply();
    void answersEverythingOnce();
    void timesOut();
    void timeoutIsForTheHead();
    void replyToNothingIsAnError();
    void limitsAreKept();
    void closes();
    void sendsAfterTheEnd();
    void deletedInACallback();
    void deletedWithCommandsWaiting();
    void closedInACallback();

    void poolSharesAndForgets();
};

void TestConnection::speaksResp3()
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

void TestConnection::fallsBackToResp2_data()
{
    QTest::addColumn<QByteArray>("refusal");
    QTest::newRow("before 6.0") << "-ERR unknown command 'HELLO'\r\n"_ba;
    QTest::newRow("other protocol") << "-NOPROTO unsupported protocol version\r\n"_ba;
    QTest::newRow("not permitted") << "-NOPERM this user has no permissions\r\n"_ba;
    QTest::newRow("anything else") << "-ERR syntax error in HELLO\r\n"_ba;
}

void TestConnection::fallsBackToResp2()
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

void TestConnection::doesNotSendHelloInResp2()
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

void TestConnection::authenticates_data()
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

void TestConnection::authenticates()
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

void TestConnection::refusedAuthentication_data()
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

void TestConnection::refusedAuthentication()
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

void TestConnection::warnsOfAnUnneededPassword()
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

void TestConnection::handshakeProblems_data()
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
    row("closed without a word", Act::Close, {}, ErrorCode::ConnectionLost,
        u"closed without a word; the port may expect TLS"_s);
    row("closed inside the reply", Act::AnswerThenClose, "%7\r\n$6\r\nserver\r\n",
        ErrorCode::ConnectionLost, u"closed in the middle of a reply"_s);
    row("protected mode", Act::AnswerThenClose, "-DENIED Redis is running in protected mode\r\n",
        ErrorCode::ServerError, u"DENIED Redis is running in protected mode"_s);
    row("too many clients", Act::AnswerThenClose, "-ERR max number of clients reached\r\n",
        ErrorCode::ServerError, u"ERR max number of clients reached"_s);
    row("an error, then closed", Act::AnswerThenClose, "-ERR go away\r\n", ErrorCode::ServerError,
        u"ERR go away"_s);
    row("no answer", Act::Silence, {}, ErrorCode::NoReply, QString());
    row("half an answer", Act::Answer, "%7\r\n$6\r\nser", ErrorCode::ReplyTimeout, QString());
}

void TestConnection::handshakeProblems()
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

void TestConnection::serverSpeaksFirst()
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

void TestConnection::serverShutsTheDoor()
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

void TestConnection::muteServer()
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

void TestConnection::refusedPort()
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

void TestConnection::commandsWaitForTheHandshake()
{
    FakeNode node;
    node.on("HELLO", { { FakeNode::Act::Answer, helloReply, 50 } });
    node.on("GET", FakeNode::bulk("v"));
    Client client(node.endpoint());
    client.send({ "GET", "a" });
    client.connection->open();
    client.send({ "GET", "b" });
    QVERIFY(client.waitForAnswers(2));
    QCOMPARE(client.texts(), (QStringList { u"\"v\""_s, u"\"v\""_s }));
    QCOMPARE(node.received(),
        (QList<QByteArray> {
            "HELLO 3 SETNAME slotscope", "CLIENT NO-TOUCH ON", "GET a", "GET b" }));
    QCOMPARE(node.chunks().size(), 2);
}

void TestConnection::answersInOrder()
{
    FakeNode node;
    node.on("GET",
        { { FakeNode::Act::Answer, FakeNode::bulk("1"), 0 },
            { FakeNode::Act::Answer, "-MOVED 1738 h:1\r\n", 0 },
            { FakeNode::Act::Answer, "$-1\r\n", 0 } });
    Client client(node.endpoint());
    QVERIFY(client.openAndWait());
    for (int i = 0; i < 3; ++i)
        client.send({ "GET", "k" });
    QVERIFY(client.waitForAnswers(3));
    QCOMPARE(client.texts(), (QStringList { u"\"1\""_s, u"(error) MOVED 1738 h:1"_s, u"(nil)"_s }));
    for (const Answer& answer : std::as_const(client.answers))
        QVERIFY(answer.sent);
}

void TestConnection::togetherMeansOneWrite()
{
    FakeNode node;
    node.on("PING", "+PONG\r\n");
    node.on("ASKING", "+OK\r\n");
    node.on("GET", FakeNode::bulk("v"));
    Client client(node.endpoint());
    QVERIFY(client.openAndWait());
    client.send({ "PING" });
    QVERIFY(client.waitForAnswers(1));
    client.connection->sendTogether(
        { { "ASKING" }, { "GET", "k" } }, { client.record(), client.record() });
    QVERIFY(client.waitForAnswers(3));
    QCOMPARE(client.texts(), (QStringList { u"PONG"_s, u"OK"_s, u"\"v\""_s }));
    QCOMPARE(node.chunks().constLast(), "*1\r\n$6\r\nASKING\r\n*2\r\n$3\r\nGET\r\n$1\r\nk\r\n"_ba);
}

void TestConnection::oneTurnMeansOneWrite()
{
    FakeNode node;
    node.on("INCR", ":1\r\n");
    Client client(node.endpoint());
    QVERIFY(client.openAndWait());
    QTRY_COMPARE(node.received().size(), 3);
    const qsizetype chunks = node.chunks().size();
    for (int i = 0; i < 100; ++i)
        client.send({ "INCR", "k" });
    QVERIFY(client.waitForAnswers(100));
    QCOMPARE(node.chunks().size(), chunks + 1);
}

void TestConnection::neverAnswersInsideSend()
{
    FakeNode node;
    node.on("GET", FakeNode::bulk("v"));
    Client client(node.endpoint());
    QVERIFY(client.openAndWait());
    client.send({ "GET", "k" });
    QCOMPARE(client.answers.size(), 0);
    QVERIFY(client.waitForAnswers(1));
    client.send({ "GET", "k" });
    client.connection->close();
    client.send({ "GET", "k" });
    QCOMPARE(client.answers.size(), 1);
    QCOMPARE(client.closed.size(), 0);
    QVERIFY(client.waitForAnswers(3));
}

void TestConnection::measuresTheReplyAlone()
{
    FakeNode node;
    node.on("GET", { { FakeNode::Act::Answer, FakeNode::bulk("v"), 60 } });
    Client client(node.endpoint());
    const qint64 before = net::monotonicNanos();
    client.send({ "GET", "k" });
    QTest::qWait(100); // Waiting to be opened is not waiting for a reply.
    QVERIFY(client.openAndWait());
    QVERIFY(client.waitForAnswers(1));
    const Answer& answer = client.answers[0];
    QVERIFY2(answer.micros >= 55'000, qPrintable(QString::number(answer.micros)));
    QVERIFY(answer.startedNanos - before >= 100'000'000);
    QVERIFY(answer.startedNanos + answer.micros * 1000 <= net::monotonicNanos());
}

void TestConnection::sendsAndReadsLargeValues()
{
    FakeNode node;
    const QByteArray value(20'000'000, 'x');
    node.on("SET", "+OK\r\n");
    node.on("GET", FakeNode::bulk(value));
    Client client(node.endpoint());
    QVERIFY(client.openAndWait());
    client.send({ "SET", "k", value });
    client.send({ "GET", "k" });
    QVERIFY(client.waitForAnswers(2));
    QCOMPARE(client.texts()[0], u"OK"_s);
    QVERIFY(client.answers[1].reply->text() == value);
    QVERIFY(client.answers[0].startedNanos <= client.answers[1].startedNanos);
}

void TestConnection::refusesAnEmptyCommand()
{
    FakeNode node;
    node.on("GET", FakeNode::bulk("v"));
    Client client(node.endpoint());
    QVERIFY(client.openAndWait());
    client.send({});
    client.send({ "GET", "k" });
    QVERIFY(client.waitForAnswers(2));
    QCOMPARE(client.texts(), (QStringList { codeText(ErrorCode::InvalidInput), u"\"v\""_s }));
    QVERIFY(!client.answers[0].sent);
    QVERIFY(client.closed.isEmpty());
}

void TestConnection::deliversPushesApart()
{
    FakeNode node;
    node.on("HELLO", helloReply);
    node.on("GET",
        ">2\r\n+invalidate\r\n*1\r\n$1\r\nk\r\n"_ba + FakeNode::bulk("v") + ">1\r\n+later\r\n");
    Client client(node.endpoint());
    QVERIFY(client.openAndWait());
    client.send({ "GET", "k" });
    QVERIFY(client.waitForAnswers(1));
    QCOMPARE(client.texts(), QStringList(u"\"v\""_s));
    QTRY_COMPARE(client.pushed.size(), 2);
    QCOMPARE(client.pushed[0][0].value<resp::Reply>().at(0).toByteArray(), "invalidate"_ba);
    QVERIFY(client.closed.isEmpty());
}

void TestConnection::subscribes_data()
{
    QTest::addColumn<QByteArray>("mark");
    QTest::newRow("RESP2") << "*"_ba;
    QTest::newRow("RESP3") << ">"_ba;
}

void TestConnection::subscribes()
{
    QFETCH(QByteArray, mark);
    FakeNode node;
    node.on("HELLO", helloReply);
    node.on("SUBSCRIBE",
        mark + "3\r\n$9\r\nsubscribe\r\n$1\r\na\r\n:1\r\n" + mark
            + "3\r\n$9\r\nsubscribe\r\n$1\r\nb\r\n:2\r\n");
    node.on("PING", mark + "3\r\n$7\r\nmessage\r\n$1\r\na\r\n$2\r\nhi\r\n+PONG\r\n");
    Client client(node.endpoint());
    QVERIFY(client.openAndWait());
    client.send({ "SUBSCRIBE", "a", "b" });
    QVERIFY(client.waitForAnswers(1));
    QCOMPARE(client.answers[0].reply->at(1).toByteArray(), "a"_ba);
    client.send({ "PING" });
    QVERIFY(client.waitForAnswers(2));
    QCOMPARE(client.texts()[1], u"PONG"_s);
    QCOMPARE(client.pushed.size(), 2);
    QCOMPARE(client.pushed[0][0].value<resp::Reply>().at(1).toByteArray(), "b"_ba);
    QCOMPARE(client.pushed[1][0].value<resp::Reply>().at(2).toByteArray(), "hi"_ba);
}

void TestConnection::deliversRepliesBeforeTheEnd()
{
    FakeNode node;
    node.on("GET", { { FakeNode::Act::AnswerThenClose, FakeNode::bulk("last"), 0 } });
    Client client(node.endpoint());
    QVERIFY(client.openAndWait());
    client.send({ "GET", "a" });
    client.send({ "GET", "b" });
    QVERIFY(client.waitForEnd());
    QCOMPARE(client.texts(), (QStringList { u"\"last\""_s, codeText(ErrorCode::ConnectionLost) }));
    // Sent and not answered: its outcome is unknown.
    QVERIFY(client.answers[1].sent);
}

void TestConnection::diesInTheMiddleOfAReply()
{
    FakeNode node;
    node.on("GET", { { FakeNode::Act::AnswerThenClose, "$10\r\nhalf", 0 } });
    Client client(node.endpoint());
    QVERIFY(client.openAndWait());
    client.send({ "GET", "k" });
    QVERIFY(client.waitForEnd());
    QCOMPARE(client.texts(), QStringList(codeText(ErrorCode::ConnectionLost)));
    QVERIFY(client.answers[0].sent);
    QCOMPARE(client.reason().detail, u"closed in the middle of a reply"_s);
}

void TestConnection::answersEverythingOnce()
{
    FakeNode node;
    node.on("GET", { { FakeNode::Act::Silence, {}, 0 } });
    Client client(node.endpoint());
    QVERIFY(client.openAndWait());
    QStringList order;
    for (int i = 0; i < 3; ++i) {
        client.connection->send(
            { "GET", QByteArray::number(i) }, [&order, i](const Answer& answer) {
                order.append(u"%1 %2"_s.arg(i).arg(answer.sent ? u"sent"_s : u"kept"_s));
            });
    }
    connect(
        client.connection.get(), &Connection::closed, this, [&order] { order.append(u"end"_s); });
    QTRY_VERIFY(node.received().contains("GET 2"));
    node.closeAllConnections();
    // In the turn in which the end is noticed this one is still on this side.
    QVERIFY(client.waitForEnd());
    QCOMPARE(order, (QStringList { u"0 sent"_s, u"1 sent"_s, u"2 sent"_s, u"end"_s }));
    QTest::qWait(20);
    QCOMPARE(order.size(), 4);
    QCOMPARE(client.closed.size(), 1);
}

void TestConnection::timesOut()
{
    FakeNode node;
    node.on("GET", { { FakeNode::Act::Silence, {}, 0 } });
    ConnectionOptions options = quick();
    options.timeout = 200ms;
    Client client(node.endpoint(), options);
    QVERIFY(client.openAndWait());
    client.send({ "GET", "k" });
    client.send({ "GET", "k" });
    QTRY_VERIFY(node.received().contains("GET k"));
    QVERIFY(client.waitForEnd());
    // Replies have order: behind a missing one nothing can be told apart any more.
    QCOMPARE(client.texts(), QStringList(2, codeText(ErrorCode::ReplyTimeout)));
    QVERIFY(client.answers[0].sent);
    QVERIFY(client.answers[0].micros >= 190'000);
    QCOMPARE(client.connection->state(), Connection::State::Closed);
}

void TestConnection::timeoutIsForTheHead()
{
    // Ten replies of 60 ms each, one after the other, with a timeout of 250 ms for each.
    FakeNode node;
    QList<FakeNode::Reaction> reactions;
    for (int i = 1; i <= 10; ++i)
        reactions.append({ FakeNode::Act::Answer, ":1\r\n", 60 * i });
    node.on("INCR", reactions);
    ConnectionOptions options = quick();
    options.timeout = 250ms;
    Client client(node.endpoint(), options);
    QVERIFY(client.openAndWait());
    for (int i = 0; i < 10; ++i)
        client.send({ "INCR", "k" });
    QVERIFY(client.waitForAnswers(10));
    QCOMPARE(client.texts().count(u"(integer) 1"_s), 10);
    // And an idle connection never times out.
    QTest::qWait(400);
    QVERIFY(client.closed.isEmpty());
}

void TestConnection::replyToNothingIsAnError()
{
    FakeNode node;
    node.on("GET", "+one\r\n+two\r\n");
    Client client(node.endpoint());
    QVERIFY(client.openAndWait());
    client.send({ "GET", "k" });
    QVERIFY(client.waitForEnd());
    QCOMPARE(client.texts(), QStringList(u"one"_s));
    QCOMPARE(client.reason().code, ErrorCode::ProtocolError);
}

void TestConnection::limitsAreKept()
{
    FakeNode node;
    node.on("GET", "$9223372036854775807\r\n");
    Client client(node.endpoint());
    QVERIFY(client.openAndWait());
    client.send({ "GET", "k" });
    QVERIFY(client.waitForEnd());
    QCOMPARE(client.texts(), QStringList(codeText(ErrorCode::LimitExceeded)));
    QVERIFY(client.answers[0].sent);
}

void TestConnection::closes()
{
    FakeNode node;
    node.on("GET", { { FakeNode::Act::Silence, {}, 0 } });
    Client client(node.endpoint());
    QVERIFY(client.openAndWait());
    client.send({ "GET", "sent" });
    QTRY_VERIFY(node.received().contains("GET sent"));
    client.send({ "GET", "kept" });
    client.connection->close();
    client.connection->close({ ErrorCode::WrongNode, {}, {} });
    QCOMPARE(client.connection->state(), Connection::State::Closed);
    QVERIFY(client.waitForEnd());
    QCOMPARE(client.texts(), QStringList(2, codeText(ErrorCode::Cancelled)));
    QVERIFY(client.answers[0].sent);
    QVERIFY(!client.answers[1].sent);
    QCOMPARE(client.reason().code, ErrorCode::Cancelled);
    QTest::qWait(20);
    QCOMPARE(client.closed.size(), 1);
    QVERIFY(!node.received().contains("GET kept"));
}

void TestConnection::sendsAfterTheEnd()
{
    FakeNode node;
    Client client(node.endpoint());
    QVERIFY(client.openAndWait());
    client.connection->close();
    QVERIFY(client.waitForEnd());
    client.send({ "GET", "k" });
    QVERIFY(client.waitForAnswers(1));
    QCOMPARE(client.texts(), QStringList(codeText(ErrorCode::Cancelled)));
    QVERIFY(!client.answers[0].sent);
    QCOMPARE(client.closed.size(), 1);
}

void TestConnection::deletedInACallback()
{
    FakeNode node;
    node.on("GET", "+one\r\n");
    // By a reply, by the answer at the end, by ready().
    for (int way = 0; way < 3; ++way) {
        Client client(node.endpoint());
        int calls = 0;
        const auto destroy = [&](const Answer&) {
            ++calls;
            client.connection.reset();
        };
        if (way == 2)
            connect(client.connection.get(), &Connection::ready, this,
                [&] { destroy({ resp::Reply() }); });
        QVERIFY(client.openAndWait() || way == 2);
        if (way != 2) {
            client.connection->send({ "GET", "k" }, destroy);
            client.connection->send({ "GET", "k" }, destroy);
            if (way == 1)
                client.connection->close();
        }
        QTRY_COMPARE(calls, 1);
        QTest::qWait(20);
        QCOMPARE(calls, 1);
        QVERIFY(!client.connection);
    }
}

void TestConnection::deletedWithCommandsWaiting()
{
    FakeNode node;
    node.on("GET", { { FakeNode::Act::Silence, {}, 0 } });
    Client client(node.endpoint());
    client.send({ "GET", "k" });
    client.connection->open();
    client.connection.reset();
    QTest::qWait(20);
    // Deletion tells nobody: neither callbacks nor closed().
    QVERIFY(client.answers.isEmpty());
    QVERIFY(client.closed.isEmpty());

    Client second(node.endpoint());
    QVERIFY(second.openAndWait());
    second.send({ "GET", "k" });
    QTRY_VERIFY(node.received().contains("GET k"));
    second.connection.reset();
    QTest::qWait(20);
    QVERIFY(second.answers.isEmpty());
    QVERIFY(second.closed.isEmpty());
}

void TestConnection::closedInACallback()
{
    FakeNode node;
    node.on("GET", "+one\r\n");
    Client client(node.endpoint());
    QVERIFY(client.openAndWait());
    client.connection->send({ "GET", "a" }, [&](const Answer& answer) {
        client.answers.append(answer);
        client.connection->close({ ErrorCode::WrongNode, {}, {} });
        client.send({ "GET", "c" });
    });
    client.send({ "GET", "b" });
    QVERIFY(client.waitForAnswers(3));
    QCOMPARE(client.texts(),
        (QStringList { u"one"_s, codeText(ErrorCode::WrongNode), codeText(ErrorCode::WrongNode) }));
    QVERIFY(client.waitForEnd());
    QCOMPARE(client.reason().code, ErrorCode::WrongNode);
}

void TestConnection::poolSharesAndForgets()
{
    FakeNode node;
    node.on("GET", FakeNode::bulk("v"));
    net::ConnectionPool pool(quick());
    Connection* first = pool.connectionTo(node.endpoint());
    QCOMPARE(pool.connectionTo(node.endpoint()), first);
    QSignalSpy firstReady(first, &Connection::ready);
    QVERIFY(firstReady.wait());
    const auto own = pool.dedicatedTo(node.endpoint());
    QVERIFY(own.get() != first);
    QSignalSpy ownReady(own.get(), &Connection::ready);
    QVERIFY(ownReady.wait());
    QCOMPARE(node.connectionCount(), 2);

    QSignalSpy closed(first, &Connection::closed);
    bool cancelled = false;
    first->send({ "GET", "k" }, [&](const Answer& answer) {
        cancelled = !answer.reply && answer.reply.error().code == ErrorCode::Cancelled;
    });
    pool.closeAll();
    // Closed, though its closed() has not come yet: a new one.
    Connection* second = pool.connectionTo(node.endpoint());
    QVERIFY(second != first);
    QVERIFY(closed.wait());
    QVERIFY(cancelled);
    QCOMPARE(pool.connectionTo(node.endpoint()), second);
    QSignalSpy secondReady(second, &Connection::ready);
    QVERIFY(secondReady.wait());
    QCOMPARE(own->state(), Connection::State::Ready);
}

QTEST_GUILESS_MAIN(TestConnection)
#include "tst_connection.moc"
