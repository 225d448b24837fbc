// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/topology.h"
#include "core/cluster/viewparsers.h"
#include "core/sandbox/nodesconf.h"

#include <QRegularExpression>
#include <QTest>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using sandbox::PlannedNode;
using sandbox::ServerVersion;

class NodesConfTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void plansEqualShares_data();
    void plansEqualShares();
    void spreadsReplicas();
    void isWhatServersWrite();
    void hasShardIdsFrom72On();
    void namesWhatIsAnnounced();
    void readsVersions_data();
    void readsVersions();
};

void NodesConfTest::plansEqualShares_data()
{
    QTest::addColumn<int>("primaries");
    QTest::newRow("one") << 1;
    QTest::newRow("two") << 2;
    QTest::newRow("three") << 3;
    QTest::newRow("seven") << 7;
    QTest::newRow("a hundred") << 100;
}

void NodesConfTest::plansEqualShares()
{
    QFETCH(int, primaries);
    const QList<quint16> ports(primaries, 7000);
    const QList<PlannedNode> nodes = sandbox::planNodes(primaries, 0, ports);
    QCOMPARE(nodes.size(), primaries);
    int next = 0;
    for (const PlannedNode& node : nodes) {
        QCOMPARE(node.ranges.size(), 1);
        QCOMPARE(node.ranges.first().first.number(), next);
        const int size = node.ranges.first().size();
        QVERIFY(size == cluster::Slot::count / primaries
            || size == cluster::Slot::count / primaries + 1);
        next += size;
    }
    QCOMPARE(next, cluster::Slot::count);
}

void NodesConfTest::spreadsReplicas()
{
    const QList<PlannedNode> nodes = sandbox::planNodes(2, 3, { 7000, 7001, 7002, 7003, 7004 });
    QCOMPARE(nodes.size(), 5);
    QVERIFY(!nodes.at(1).primary);
    QCOMPARE(nodes.at(2).primary, 0);
    QCOMPARE(nodes.at(3).primary, 1);
    QCOMPARE(nodes.at(4).primary, 0);
    QCOMPARE(nodes.at(4).shardId, nodes.at(0).shardId);
    QVERIFY(nodes.at(1).shardId != nodes.at(0).shardId);
    QVERIFY(nodes.at(4).ranges.isEmpty());
}

void NodesConfTest::isWhatServersWrite()
{
    const QList<PlannedNode> nodes
        = sandbox::planNodes(3, 3, { 7000, 7001, 7002, 7003, 7004, 7005 });
    const QByteArray text = sandbox::nodesConf(nodes, 4, { 7, 0 });
    const QByteArray id = nodes.at(4).id.toByteArray();
    const QByteArray primary = nodes.at(1).id.toByteArray();
    const QByteArray replicaLine
        = id + " 127.0.0.1:7004@17004 myself,slave " + primary + " 0 0 2 connected\n";
    const QByteArray primaryLine
        = primary + " 127.0.0.1:7001@17001 master - 0 0 2 connected 5461-10921\n";
    QVERIFY(text.contains(replicaLine));
    QVERIFY(text.contains(primaryLine));
    QVERIFY(text.endsWith("vars currentEpoch 3 lastVoteEpoch 0\n"));

    const auto view = cluster::parseNodes(text);
    QVERIFY(view.hasValue());
    QCOMPARE(view->nodes.size(), 6);
    QCOMPARE(view->myself, 4);
}

void NodesConfTest::hasShardIdsFrom72On()
{
    const QList<PlannedNode> nodes = sandbox::planNodes(1, 1, { 7000, 7001 });
    QVERIFY(!sandbox::nodesConf(nodes, 0, { 7, 0 }).contains("shard-id"));
    for (const ServerVersion version : { ServerVersion { 7, 2 }, ServerVersion { 8, 0 } }) {
        const QByteArray text = sandbox::nodesConf(nodes, 0, version);
        const QByteArray shardId = ",,shard-id=" + nodes.at(0).shardId + ' ';
        QCOMPARE(text.count(shardId), 2);
    }
}

void NodesConfTest::namesWhatIsAnnounced()
{
    QList<PlannedNode> nodes = sandbox::planNodes(2, 0, { 7000, 7001 });
    nodes[1].announcedPort = 8001;
    nodes[1].announcedBusPort = 9001;
    const QByteArray text = sandbox::nodesConf(nodes, 0, { 7, 0 });
    QVERIFY(text.contains(" 127.0.0.1:7000@17000 myself,master "));
    QVERIFY(text.contains(" 127.0.0.1:8001@9001 master "));
}

void NodesConfTest::readsVersions_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("majorNumber");
    QTest::addColumn<int>("minorNumber");
    QTest::newRow("Redis") << QByteArray("Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc\n")
                           << 7 << 0;
    QTest::newRow("Valkey") << QByteArray("Valkey server v=8.0.1 sha=00000000:0 bits=64\n") << 8
                            << 0;
    QTest::newRow("unstable") << QByteArray("Redis server v=255.255.255 sha=0") << 255 << 255;
    QTest::newRow("something else") << QByteArray("ls (GNU coreutils) 9.1\n") << -1 << -1;
    QTest::newRow("no number") << QByteArray("v=x.y ") << -1 << -1;
    QTest::newRow("nothing") << QByteArray() << -1 << -1;
}

void NodesConfTest::readsVersions()
{
    QFETCH(QByteArray, text);
    QFETCH(int, majorNumber);
    QFETCH(int, minorNumber);
    const auto version = sandbox::parseServerVersion(text);
    QCOMPARE(version.has_value(), majorNumber >= 0);
    if (version)
        QVERIFY((*version == ServerVersion { majorNumber, minorNumber }));
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::NodesConfTest)
#include "tst_nodesconf.moc"
