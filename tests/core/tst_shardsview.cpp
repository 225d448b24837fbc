// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/shardsrequest.h"
#include "core/resp/replyreader.h"
#include "tests/support/fakenode.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace slotscope::cluster;
using slotscope::support::ErrorCode;

namespace slotscope::tests {
namespace {

resp::Reply replyOf(const QByteArray& raw)
{
    resp::ReplyReader reader;
    reader.feed(raw);
    const auto reply = reader.next();
    if (!reply || !*reply)
        qFatal("not one reply: %s", raw.constData());
    return **reply;
}

QJsonValue orNull(const QString& text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

/// A shard with the given slots and one node.
QByteArray shard(const QByteArray& slotNumbers, int count)
{
    return "*4\r\n$5\r\nslots\r\n*" + QByteArray::number(count) + "\r\n" + slotNumbers
        + "$5\r\nnodes\r\n*1\r\n*6\r\n$2\r\nid\r\n$1\r\na\r\n$4\r\nport\r\n:1\r\n"
          "$4\r\nrole\r\n$6\r\nmaster\r\n";
}

} // namespace

class TestShardsView final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void captures_data();
    void captures();
    void unknownKeysAndWords();
    void tlsOnly();
    void twoPrimaries();
    void wrong_data();
    void wrong();
    void repeatsSlots();
    void isSentOnce();
    void neverAgain();
    void refused();
    void cancelled();
};

void TestShardsView::captures_data()
{
    QTest::addColumn<QJsonObject>("row");
    QFile file(QFINDTESTDATA("../data/topology.jsonl"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    int rows = 0;
    while (!file.atEnd()) {
        const QJsonObject row = QJsonDocument::fromJson(file.readLine()).object();
        if (row.value(u"kind"_s).toString() != u"shards"_s)
            continue;
        QTest::newRow(row.value(u"name"_s).toString().toUtf8().constData()) << row;
        ++rows;
    }
    QVERIFY(rows >= 12);
}

/// Real servers' answers, in RESP2 and RESP3.
void TestShardsView::captures()
{
    QFETCH(const QJsonObject, row);
    const auto view = parseShards(replyOf(row.value(u"raw_resp_latin1"_s).toString().toLatin1()));
    QVERIFY2(view.hasValue(), qPrintable(view ? QString() : view.error().detail));
    QVERIFY(!view->repeatsSlots);
    const QJsonArray entries = row.value(u"expect"_s)[u"entries"].toArray();
    QCOMPARE(view->entries.size(), entries.size());
    for (int i = 0; i < entries.size(); ++i) {
        // Servers print them in any order.
        const NodeId first(entries.at(i)[u"nodes"][0][u"id"].toString().toLatin1());
        const auto found = std::find_if(view->entries.begin(), view->entries.end(),
            [&](const ShardsEntry& entry) { return entry.nodes.first().id == first; });
        QVERIFY(found != view->entries.end());
        const ShardsEntry& entry = *found;
        QJsonArray ranges;
        for (const SlotRange& range : entry.ranges)
            ranges.append(QJsonArray { range.first.number(), range.last.number() });
        QCOMPARE(ranges, entries.at(i)[u"ranges"].toArray());
        const QJsonArray nodes = entries.at(i)[u"nodes"].toArray();
        QCOMPARE(entry.nodes.size(), nodes.size());
        for (int n = 0; n < nodes.size(); ++n) {
            const ShardsNode& node = entry.nodes.at(n);
            const QJsonObject expect = nodes.at(n).toObject();
            QCOMPARE(node.id.toString(), expect.value(u"id"_s).toString());
            QCOMPARE(node.endpoint, expect.value(u"endpoint"_s).toString());
            QCOMPARE(node.ip, expect.value(u"ip"_s).toString());
            QCOMPARE(orNull(node.hostname), expect.value(u"hostname"_s));
            QCOMPARE(node.port ? QJsonValue(*node.port) : QJsonValue(), expect.value(u"port"_s));
            QCOMPARE(node.tlsPort ? QJsonValue(*node.tlsPort) : QJsonValue(),
                expect.value(u"tls_port"_s));
            QCOMPARE(roleName(node.role), expect.value(u"role"_s).toString());
            const QString health = expect.value(u"health"_s).toString();
            QCOMPARE(healthName(node.health), health == u"online"_s ? u"ok"_s : health);
            QCOMPARE(*node.replicationOffset, expect.value(u"repl_offset"_s).toInteger());
        }
    }
}

void TestShardsView::unknownKeysAndWords()
{
    const auto view
        = parseShards(replyOf("*1\r\n%3\r\n+id\r\n+shard1\r\n+slots\r\n*2\r\n:0\r\n:9\r\n"
                              "+nodes\r\n*1\r\n%4\r\n+id\r\n+a\r\n+port\r\n:1\r\n"
                              "+availability-zone\r\n+eu-1a\r\n+health\r\n+dreaming\r\n"));
    QVERIFY(view);
    QCOMPARE(view->entries.first().ranges, (SlotRanges { { Slot(0), Slot(9) } }));
    QCOMPARE(view->entries.first().nodes.first().health, Health::Unknown);
    QCOMPARE(view->entries.first().nodes.first().role, Role::Unknown);
    QVERIFY(view->entries.first().primary() == nullptr);
}

void TestShardsView::tlsOnly()
{
    const auto view = parseShards(replyOf("*1\r\n*4\r\n+slots\r\n*0\r\n+nodes\r\n*1\r\n*4\r\n"
                                          "+id\r\n+a\r\n+tls-port\r\n:6380\r\n"));
    QVERIFY(view);
    QVERIFY(!view->entries.first().nodes.first().port);
    QCOMPARE(view->entries.first().nodes.first().tlsPort, quint16(6380));
}

/// Newer servers list the dead primary beside the one that was promoted.
void TestShardsView::twoPrimaries()
{
    ShardsNode dead;
    dead.id = NodeId("dead"_ba);
    dead.role = Role::Primary;
    dead.health = Health::Fail;
    ShardsNode alive = dead;
    alive.id = NodeId("alive"_ba);
    alive.health = Health::Ok;
    QCOMPARE((ShardsEntry { {}, { dead, alive } }).primary()->id, alive.id);
    QCOMPARE((ShardsEntry { {}, { alive, dead } }).primary()->id, alive.id);
    QCOMPARE((ShardsEntry { {}, { dead } }).primary()->id, dead.id);
}

void TestShardsView::wrong_data()
{
    QTest::addColumn<QByteArray>("raw");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("no array") << QByteArray("+OK\r\n") << ErrorCode::ProtocolError;
    QTest::newRow("no shard") << QByteArray("*1\r\n:7\r\n") << ErrorCode::ProtocolError;
    QTest::newRow("no node") << QByteArray("*1\r\n*2\r\n+nodes\r\n*1\r\n:7\r\n")
                             << ErrorCode::ProtocolError;
    QTest::newRow("slot") << "*1\r\n" + shard(":0\r\n:16384\r\n", 2) << ErrorCode::ProtocolError;
    QTest::newRow("range") << "*1\r\n" + shard(":5\r\n:4\r\n", 2) << ErrorCode::ProtocolError;
    QTest::newRow("half") << "*1\r\n" + shard(":5\r\n", 1) << ErrorCode::ProtocolError;
    QTest::newRow("port") << QByteArray("*1\r\n*2\r\n+nodes\r\n*1\r\n*2\r\n+port\r\n:65536\r\n")
                          << ErrorCode::ProtocolError;
    QByteArray many;
    for (int i = 0; i < 40'000; ++i)
        many += ":1\r\n:1\r\n";
    QTest::newRow("ranges without end")
        << "*1\r\n" + shard(many, 80'000) << ErrorCode::LimitExceeded;
    QByteArray nodes = "*1\r\n*2\r\n+nodes\r\n*20000\r\n";
    for (int i = 0; i < 20'000; ++i)
        nodes += "*0\r\n";
    QTest::newRow("nodes without end") << nodes << ErrorCode::LimitExceeded;
}

void TestShardsView::wrong()
{
    QFETCH(const QByteArray, raw);
    QFETCH(const ErrorCode, code);
    const auto view = parseShards(replyOf(raw));
    QVERIFY(!view);
    QCOMPARE(view.error().code, code);
    QVERIFY(view.error().detail.startsWith(u"CLUSTER SHARDS: "_s));
}

void TestShardsView::repeatsSlots()
{
    const QByteArray pair = ":0\r\n:9\r\n";
    QVERIFY(parseShards(replyOf("*1\r\n" + shard(pair + pair, 4)))->repeatsSlots);
    QVERIFY(parseShards(replyOf("*2\r\n" + shard(pair, 2) + shard(pair, 2)))->repeatsSlots);
    QVERIFY(!parseShards(replyOf("*1\r\n" + shard(pair + ":10\r\n:19\r\n", 4)))->repeatsSlots);
}

void TestShardsView::isSentOnce()
{
    FakeNode node;
    node.on("CLUSTER SHARDS", "*1\r\n" + shard(":0\r\n:9\r\n", 2));
    net::ConnectionPool pool({});
    ShardsBan ban;
    ShardsRequest request(&pool, {}, node.endpoint(), &ban);
    QSignalSpy finished(&request, &ShardsRequest::finished);
    request.start();
    QVERIFY(finished.isEmpty());
    QTRY_COMPARE(finished.size(), 1);
    QVERIFY(finished.first().at(0).toBool());
    QCOMPARE(node.received().count("CLUSTER SHARDS"), 1);
    QVERIFY(!ban.contains({}, node.endpoint()));
}

void TestShardsView::neverAgain()
{
    FakeNode node;
    node.on("CLUSTER SHARDS", "*1\r\n" + shard(":0\r\n:9\r\n:0\r\n:9\r\n", 4));
    net::ConnectionPool pool({});
    ShardsBan ban;
    const NodeId id(QByteArray(40, 'a'));
    ShardsRequest first(&pool, id, node.endpoint(), &ban);
    QSignalSpy firstFinished(&first, &ShardsRequest::finished);
    first.start();
    QTRY_COMPARE(firstFinished.size(), 1);
    QVERIFY(firstFinished.first().at(0).toBool());
    // By another name too; and whoever else comes to its address may be asked.
    const net::Endpoint otherName { u"localhost"_s, node.endpoint().port };
    QVERIFY(ban.contains(id, otherName));
    QVERIFY(ban.contains({}, node.endpoint()));
    QVERIFY(!ban.contains(NodeId(QByteArray(40, 'b')), node.endpoint()));
    ShardsRequest second(&pool, id, otherName, &ban);
    QSignalSpy secondFinished(&second, &ShardsRequest::finished);
    second.start();
    QVERIFY(secondFinished.isEmpty());
    QTRY_COMPARE(secondFinished.size(), 1);
    QVERIFY(!secondFinished.first().at(0).toBool());
    const auto error = secondFinished.first().at(2).value<support::Error>();
    QCOMPARE(error.code, ErrorCode::CommandUnavailable);
    QVERIFY(error.detail.contains(u"not asked again"_s));
    QCOMPARE(node.received().count("CLUSTER SHARDS"), 1);
}

void TestShardsView::refused()
{
    FakeNode node;
    node.on("CLUSTER SHARDS", "-ERR unknown subcommand 'SHARDS'. Try CLUSTER HELP.\r\n");
    net::ConnectionPool pool({});
    ShardsBan ban;
    ShardsRequest request(&pool, {}, node.endpoint(), &ban);
    QSignalSpy finished(&request, &ShardsRequest::finished);
    request.start();
    QTRY_COMPARE(finished.size(), 1);
    const auto error = finished.first().at(2).value<support::Error>();
    QCOMPARE(error.code, ErrorCode::CommandUnavailable);
    QCOMPARE(error.address, node.endpoint().toString());
}

void TestShardsView::cancelled()
{
    FakeNode node;
    node.on("CLUSTER SHARDS", { { FakeNode::Act::Silence, {}, 0 } });
    net::ConnectionPool pool({});
    ShardsBan ban;
    ShardsRequest request(&pool, {}, node.endpoint(), &ban);
    QSignalSpy finished(&request, &ShardsRequest::finished);
    request.start();
    request.cancel();
    QVERIFY(finished.isEmpty());
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(finished.first().at(2).value<support::Error>().code, ErrorCode::Cancelled);
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::TestShardsView)
#include "tst_shardsview.moc"
