// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/explain/errors.h"
#include "core/net/connectionpool.h"
#include "tests/core/connectionfixture.h"

using namespace slotscope;
using namespace slotscope::tests;
using net::ConnectionOptions;
using support::ErrorCode;
using Identity = net::ServerHello::Identity;

namespace {

const QByteArray meant(40, 'a');
const QByteArray other = "91ab55c0"_ba + QByteArray(32, '0');

ConnectionOptions expecting(const QByteArray& id)
{
    ConnectionOptions options = quick();
    options.expectedNode = id;
    return options;
}

} // namespace

/// The node that answers must be the node that was meant.
class TestIdentity : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void costsNoRoundTrip();
    void stopsBeforeAnyCommand_data();
    void stopsBeforeAnyCommand();
    void asksAgainWhenItIsIn();
    void forbidden_data();
    void forbidden();
    void poolChecksWhatIsNotDirect();
};

void TestIdentity::costsNoRoundTrip()
{
    FakeNode node;
    node.on("HELLO", helloReply);
    node.on("CLUSTER MYID", FakeNode::bulk(meant));
    Client client(node.endpoint(), expecting(meant));
    QVERIFY2(client.openAndWait(), qPrintable(client.reason().detail));
    QCOMPARE(client.connection->hello().identity, Identity::Confirmed);
    QVERIFY(client.connection->hello().warning.isEmpty());
    QVERIFY2(node.chunks().first().contains("HELLO") && node.chunks().first().contains("MYID"),
        node.chunks().first().constData());
}

void TestIdentity::stopsBeforeAnyCommand_data()
{
    QTest::addColumn<QByteArray>("hello");
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("reached");
    const QByteArray unknown = "-ERR unknown command 'HELLO'\r\n";
    for (const bool isOld : { false, true }) {
        const QByteArray hello = isOld ? unknown : helloReply;
        const char* version = isOld ? "RESP2" : "RESP3";
        QTest::addRow("another node, %s", version)
            << hello << FakeNode::bulk(other) << u"91ab55c0"_s;
        QTest::addRow("a standalone server, %s", version)
            << hello << "-ERR This instance has cluster support disabled\r\n"_ba
            << u"a server without cluster support"_s;
    }
}

void TestIdentity::stopsBeforeAnyCommand()
{
    QFETCH(QByteArray, hello);
    QFETCH(QByteArray, answer);
    QFETCH(QString, reached);
    FakeNode node;
    node.on("HELLO", hello);
    node.on("CLUSTER MYID", answer);
    Client client(node.endpoint(), expecting(meant));
    client.send({ "SET", "k", "v" });
    QVERIFY(!client.openAndWait());
    QCOMPARE(client.reason().code, ErrorCode::WrongNode);
    const QString told = explain::errorSentence(client.reason());
    QCOMPARE(told,
        u"Expected node aaaaaaaa, reached %1 at %2. Stopped: this may be another cluster."_s.arg(
            reached, node.endpoint().toString()));
    QVERIFY(client.waitForAnswers(1));
    QVERIFY(!client.answers.first().sent);
    for (const QByteArray& command : node.received())
        QVERIFY2(!command.startsWith("SET"), command.constData());
}

void TestIdentity::asksAgainWhenItIsIn()
{
    // Before 6.0 HELLO is unknown, and everything else wants AUTH first.
    FakeNode node;
    node.on("HELLO", "-ERR unknown command 'HELLO'\r\n");
    node.on("AUTH", "+OK\r\n");
    node.on("CLUSTER MYID",
        { { FakeNode::Act::Answer, "-NOAUTH Authentication required.\r\n" },
            { FakeNode::Act::Answer, FakeNode::bulk(other) } });
    ConnectionOptions options = expecting(meant);
    options.password = u"secret"_s;
    Client client(node.endpoint(), options);
    QVERIFY(!client.openAndWait());
    QCOMPARE(client.reason().code, ErrorCode::WrongNode);
    QCOMPARE(node.received().count("CLUSTER MYID"), 2);
}

void TestIdentity::forbidden_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("NOPERM") << "-NOPERM this user has no permissions to run 'cluster|myid'\r\n"_ba;
    QTest::newRow("unknown") << "-ERR unknown subcommand 'MYID'\r\n"_ba;
    QTest::newRow("loading") << "-LOADING Redis is loading the dataset in memory\r\n"_ba;
}

void TestIdentity::forbidden()
{
    QFETCH(QByteArray, answer);
    FakeNode node;
    node.on("HELLO", helloReply);
    node.on("READONLY", "+OK\r\n");
    node.on("CLUSTER MYID", answer);
    ConnectionOptions options = expecting(meant);
    options.readOnly = true;
    Client client(node.endpoint(), options);
    QVERIFY2(client.openAndWait(), qPrintable(client.reason().detail));
    QCOMPARE(client.connection->hello().identity, Identity::Unknown);
    QCOMPARE(client.connection->hello().warning, QString::fromLatin1(answer.sliced(1).trimmed()));
    QVERIFY(node.received().contains("READONLY"));
}

void TestIdentity::poolChecksWhatIsNotDirect()
{
    FakeNode node;
    node.on("HELLO", helloReply);
    node.on("CLUSTER MYID", FakeNode::bulk(other));
    ConnectionOptions options = quick();
    QVERIFY(options.addressMap.addRule(u"n.invalid:7000=%1"_s.arg(node.endpoint().toString())));
    QVERIFY(options.addressMap.addRule(u"m.invalid:7000=%1"_s.arg(node.endpoint().toString())));
    net::ConnectionPool pool(options);
    pool.expectNodes({ { { u"n.invalid"_s, 7000 }, meant }, { node.endpoint(), meant } });
    const auto endOf = [&](const net::Endpoint& address) -> support::Error {
        const auto connection = pool.dedicatedTo(address);
        QSignalSpy ready(connection.get(), &net::Connection::ready);
        QSignalSpy closed(connection.get(), &net::Connection::closed);
        if (!QTest::qWaitFor([&] { return ready.size() + closed.size() > 0; }))
            return { ErrorCode::ReplyTimeout, {}, {} };
        return closed.isEmpty() ? support::Error() : closed[0][0].value<support::Error>();
    };
    QCOMPARE(endOf({ u"n.invalid"_s, 7000 }).code, ErrorCode::WrongNode);
    QCOMPARE(endOf({ u"m.invalid"_s, 7000 }), support::Error()); // nobody certain is meant
    QCOMPARE(endOf(node.endpoint()), support::Error()); // dialled as announced
}

QTEST_GUILESS_MAIN(TestIdentity)
#include "tst_identity.moc"
