// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "tests/core/connectionfixture.h"
#include "tests/support/faultproxy.h"

#include <malloc.h>

using namespace slotscope;
using namespace slotscope::tests;
using net::Answer;
using net::Connection;
using net::ConnectionOptions;
using support::ErrorCode;

class TestConnection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsOfErrorReplies();
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    // commands
    void commandsWaitForTheHandshake();
    void answersInOrder();
    void togetherMeansOneWrite();
    void oneTurnMeansOneWrite();
    void neverAnswersInsideSend();
    void measuresTheReplyAlone();
    void sendsAndReadsLargeValues();
    void refusesAnEmptyCommand();
    void asksNoMoreForWhatWasRefused();
    void deliversPushesApart();
    void subscribes_data();
    void subscribes();
    void monitors();
    void keepsNoPushes();

    // the end
    void deliversRepliesBeforeTheEnd();
    void diesInTheMiddleOfAReply();
    void answersEverythingOnce();
    void timesOut();
    void timeoutIsForTheHead();
    void timesOutByItsOwnLimit_data();
    void timesOutByItsOwnLimit();
    void waitsForEver();
    void waitsForWhatIsComing_data();
    void waitsForWhatIsComing();
    void waitsLong_data();
    void waitsLong();
    void replyToNothingIsAnError();
    void limitsAreKept();
    void closes();
    void sendsAfterTheEnd();
    void deletedInACallback();
    void deletedWithCommandsWaiting();
    void closedInACallback();
    void closesWhenIdle_data();
    void closesWhenIdle();
};

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

void TestConnection::asksNoMoreForWhatWasRefused()
{
    FakeNode node;
    node.on("CLUSTER NODES",
        "-NOPERM this user has no permissions to run the 'cluster|nodes' command\r\n");
    node.on("CLUSTER INFO", "$2\r\nhi\r\n");
    node.on("SLOWLOG", "-ERR unknown command 'SLOWLOG'\r\n");
    node.on("GET", "-NOPERM No permissions to access a key\r\n");
    Client client(node.endpoint());
    QVERIFY(client.openAndWait());
    const QList<net::Argv> questions { { "SLOWLOG", "LEN" }, { "CLUSTER", "INFO" },
        { "CLUSTER", "NODES" }, { "GET", "k" } };
    const QList<Connection::Callback> callbacks(4, client.record());
    for (int round = 1; round <= 3; ++round) {
        client.connection->probe(questions, callbacks);
        QCOMPARE(client.answers.size(), 4 * (round - 1)); // never from within
        QVERIFY(client.waitForAnswers(4 * round));
    }
    QCOMPARE(node.received().count("SLOWLOG LEN"), 1);
    QCOMPARE(node.received().count("CLUSTER NODES"), 1);
    QCOMPARE(node.received().count("CLUSTER INFO"), 3);
    QCOMPARE(node.received().count("GET k"), 3); // that was about the key
    // In their order, the refusals as they were.
    const QStringList texts = client.texts();
    QCOMPARE(texts.mid(4, 4), texts.mid(0, 4));
    QCOMPARE(texts.mid(8, 4), texts.mid(0, 4));
    QVERIFY(!client.answers.at(4).sent && client.answers.at(5).sent);
    // All of them known, and then asked anew.
    client.connection->probe({ questions[0], questions[2] }, callbacks.mid(2));
    QVERIFY(client.waitForAnswers(14));
    QCOMPARE(node.received().count("SLOWLOG LEN"), 1);
    client.connection->forgetRefusals();
    client.connection->probe({ questions[0] }, callbacks.mid(3));
    QVERIFY(client.waitForAnswers(15));
    QCOMPARE(node.received().count("SLOWLOG LEN"), 2);
    // What a user runs is sent.
    client.send({ "SLOWLOG", "LEN" });
    QVERIFY(client.waitForAnswers(16));
    QCOMPARE(node.received().count("SLOWLOG LEN"), 3);
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

void TestConnection::monitors()
{
    const auto line = "+1700000000.123456 [0 127.0.0.1:5000] \"get\" \"k\"\r\n"_ba;
    FakeNode node;
    node.on("MONITOR", "+OK\r\n" + line + line);
    node.on("PING", line + "+PONG\r\n");
    Client client(node.endpoint());
    QVERIFY(client.openAndWait());
    client.send({ "MONITOR" });
    QVERIFY(client.waitForAnswers(1));
    QTRY_COMPARE(client.pushed.size(), 2);
    client.send({ "PING" });
    QVERIFY(client.waitForAnswers(2));
    QCOMPARE(client.texts(), (QStringList { u"OK"_s, u"PONG"_s }));
    QCOMPARE(client.pushed.size(), 3);
    QVERIFY(client.pushed[2][0].value<resp::Reply>().text().endsWith("\"k\""));
    QVERIFY(client.closed.isEmpty());
}

void TestConnection::keepsNoPushes()
{
    // 40 MB of what nobody asked for and nobody listens to.
    FakeNode node;
    const QByteArray push = ">2\r\n+invalidate\r\n*1\r\n$1000\r\n" + QByteArray(1000, 'k') + "\r\n";
    node.on("GET", push.repeated(1000) + FakeNode::bulk("v"));
    Connection connection(node.endpoint(), quick());
    connection.open();
    int answers = 0;
    const auto count = [&](const Answer& answer) { answers += answer.reply.hasValue() ? 1 : 0; };
    connection.send({ "GET", "k" }, count);
    QTRY_COMPARE(answers, 1);
    const size_t before = mallinfo2().uordblks;
    for (int i = 0; i < 40; ++i) {
        connection.send({ "GET", "k" }, count);
        QTRY_COMPARE(answers, i + 2);
    }
    const size_t after = mallinfo2().uordblks;
    QVERIFY2(after < before + 4'000'000, qPrintable(QString::number(after - before)));
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
    // Ten replies of 60 ms each, one after the other, with a timeout of 500 ms for each.
    FakeNode node;
    node.on("INCR", { { FakeNode::Act::Answer, ":1\r\n", 60 } });
    ConnectionOptions options = quick();
    options.timeout = 500ms;
    Client client(node.endpoint(), options);
    QVERIFY(client.openAndWait());
    for (int i = 0; i < 10; ++i)
        client.send({ "INCR", "k" });
    QVERIFY(client.waitForAnswers(10));
    QCOMPARE(client.texts().count(u"(integer) 1"_s), 10);
    // And an idle connection never times out.
    QTest::qWait(700);
    QVERIFY(client.closed.isEmpty());
}

void TestConnection::timesOutByItsOwnLimit_data()
{
    QTest::addColumn<int>("common");
    QTest::addColumn<int>("own");
    QTest::addColumn<bool>("behindALongOne");
    QTest::newRow("shorter") << 5000 << 150 << false;
    QTest::newRow("longer") << 50 << 150 << false;
    // The timer rings for the first one only after ten seconds.
    QTest::newRow("behind a longer one") << 5000 << 150 << true;
}

void TestConnection::timesOutByItsOwnLimit()
{
    QFETCH(int, common);
    QFETCH(int, own);
    QFETCH(bool, behindALongOne);
    FakeNode node;
    node.on("BLPOP", { { FakeNode::Act::Answer, "*-1\r\n", 100 } });
    node.on("GET", { { FakeNode::Act::Silence, {}, 0 } });
    ConnectionOptions options = quick();
    options.timeout = std::chrono::milliseconds(common);
    Client client(node.endpoint(), options);
    QVERIFY(client.openAndWait());
    const qint64 start = net::monotonicNanos();
    if (behindALongOne)
        client.connection->send({ "BLPOP", "k", "10" }, client.record(), { 10'000ms });
    client.connection->sendTogether({ { "GET", "k" } }, { client.record() },
        net::SendOptions { std::chrono::milliseconds(own) });
    QVERIFY(client.waitForEnd());
    const qint64 millis = (net::monotonicNanos() - start) / 1'000'000;
    const int expected = own + (behindALongOne ? 100 : 0);
    QVERIFY2(millis >= expected && millis < expected + 2000, qPrintable(QString::number(millis)));
    QCOMPARE(client.texts().constLast(), codeText(ErrorCode::ReplyTimeout));
    QCOMPARE(client.connection->state(), Connection::State::Closed);
}

void TestConnection::waitsForEver()
{
    FakeNode node;
    node.on("BLPOP", { { FakeNode::Act::Answer, "*-1\r\n", 400 } });
    node.on("GET", { { FakeNode::Act::Silence, {}, 0 } });
    ConnectionOptions options = quick();
    options.timeout = 100ms;
    Client client(node.endpoint(), options);
    QVERIFY(client.openAndWait());
    client.connection->send({ "BLPOP", "k", "0" }, client.record(), { 0ms });
    QVERIFY(client.waitForAnswers(1));
    QCOMPARE(client.texts(), QStringList(u"(nil)"_s));
    QVERIFY(client.closed.isEmpty());
    // The next one has the limit of all again.
    client.send({ "GET", "k" });
    QVERIFY(client.waitForEnd());
    QCOMPARE(client.texts()[1], codeText(ErrorCode::ReplyTimeout));
}

void TestConnection::waitsForWhatIsComing_data()
{
    QTest::addColumn<int>("bytesPerSecond");
    QTest::addColumn<bool>("freezes");
    QTest::addColumn<bool>("comes");
    QTest::newRow("over a slow line") << 150'000 << false << true;
    QTest::newRow("in a trickle") << 10'000 << false << false;
    QTest::newRow("until the line is dead") << 150'000 << true << false;
}

void TestConnection::waitsForWhatIsComing()
{
    QFETCH(int, bytesPerSecond);
    QFETCH(bool, freezes);
    QFETCH(bool, comes);
    FakeNode node;
    node.on("GET", FakeNode::bulk(QByteArray(300'000, 'v')));
    node.on("PING", "+PONG\r\n");
    FaultProxy proxy(node.serverPort());
    ConnectionOptions options = quick();
    options.timeout = 1s; // a busy machine stands still for less
    Client client(proxy.endpoint(), options);
    QVERIFY(client.openAndWait());
    FaultProxy::Faults faults;
    faults.bytesPerSecond = bytesPerSecond;
    proxy.setFaults(FaultProxy::Way::ToClient, faults);
    const qint64 start = net::monotonicNanos();
    client.send({ "GET", "k" });
    client.send({ "PING" });
    if (freezes) {
        QTRY_VERIFY(proxy.bytesPassed(FaultProxy::Way::ToClient) > 100'000);
        faults.frozen = true;
        proxy.setFaults(FaultProxy::Way::ToClient, faults);
    }
    QVERIFY(client.waitForAnswers(2));
    const qint64 millis = (net::monotonicNanos() - start) / 1'000'000;
    if (comes) {
        QCOMPARE(client.texts()[1], u"PONG"_s);
        QCOMPARE(client.answers[0].reply->text().size(), 300'000);
        QVERIFY2(millis > 1500, qPrintable(QString::number(millis)));
    } else {
        QCOMPARE(client.texts(), QStringList(2, codeText(ErrorCode::ReplyTimeout)));
        QVERIFY2(millis >= 990 && millis < 5000, qPrintable(QString::number(millis)));
    }
}

void TestConnection::waitsLong_data()
{
    QTest::addColumn<qint64>("limit");
    QTest::newRow("25 days") << qint64(25 * 86'400'000LL); // more than an int of milliseconds
    QTest::newRow("for ever in all but name") << qint64(std::chrono::milliseconds::max().count());
}

void TestConnection::waitsLong()
{
    QFETCH(qint64, limit);
    FakeNode node;
    node.on("BLPOP", { { FakeNode::Act::Answer, "*-1\r\n", 300 } });
    ConnectionOptions options = quick();
    options.timeout = 100ms; // the timer rings for the handshake, then is set for this
    Client client(node.endpoint(), options);
    QVERIFY(client.openAndWait());
    client.connection->send(
        { "BLPOP", "k", "9" }, client.record(), { std::chrono::milliseconds(limit) });
    QVERIFY(client.waitForAnswers(1));
    QCOMPARE(client.texts(), QStringList(u"(nil)"_s));
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

void TestConnection::closesWhenIdle_data()
{
    QTest::addColumn<QString>("when");
    for (const char* when : { "before it opens", "while opening", "while waiting", "idle" })
        QTest::newRow(when) << QString::fromLatin1(when);
}

void TestConnection::closesWhenIdle()
{
    QFETCH(QString, when);
    FakeNode node;
    node.on("GET", { { FakeNode::Act::Answer, FakeNode::bulk("v"), 50 } });
    Client client(node.endpoint());
    const bool waiting = when != u"idle"_s && when != u"before it opens"_s;
    if (when != u"before it opens"_s && when != u"while opening"_s)
        QVERIFY(client.openAndWait());
    if (when == u"while opening"_s)
        client.connection->open();
    if (when == u"idle"_s)
        QTRY_VERIFY(node.received().contains("CLIENT NO-TOUCH ON"));
    if (waiting) {
        client.send({ "GET", "a" });
        client.send({ "GET", "b" });
    }
    client.connection->closeWhenIdle();
    QVERIFY(client.waitForEnd());
    QCOMPARE(client.reason().code, ErrorCode::Cancelled);
    QCOMPARE(client.texts(), waiting ? QStringList(2, u"\"v\""_s) : QStringList());
}

void TestConnection::tellsOfErrorReplies()
{
    FakeNode node;
    node.on("GET a", "-MOVED 1 h:2\r\n");
    node.on("GET b", FakeNode::bulk("v"));
    QStringList told;
    net::ConnectionOptions options = quick();
    options.onErrorReply = [&](const net::DialInfo& way, QByteArrayView line) {
        QCOMPARE(way.announced, node.endpoint());
        QCOMPARE(way.dialled, node.endpoint());
        told.append(QString::fromLatin1(line));
    };
    Client client(node.endpoint(), options);
    QVERIFY(client.openAndWait());
    client.send({ "GET", "b" });
    client.send({ "GET", "a" });
    QVERIFY(client.waitForAnswers(2));
    QCOMPARE(told, QStringList { u"MOVED 1 h:2"_s }); // not the refused HELLO
}

QTEST_GUILESS_MAIN(TestConnection)
#include "tst_connection.moc"
