// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/sharding.h"
#include "core/net/managednode.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace slotscope::cluster;

namespace slotscope::tests {
namespace {

SlotRange range(int first, int last)
{
    return { Slot(first), Slot(last) };
}

Node node(char id, quint16 port, Role role, char primary = 0, const SlotRanges& ranges = {})
{
    Node node;
    node.id = NodeId(QByteArray(1, id));
    node.ip = u"10.0.0.1"_s;
    node.port = port;
    node.address = { node.ip, port };
    node.role = role;
    if (primary)
        node.primaryId = NodeId(QByteArray(1, primary));
    node.ranges = ranges;
    node.health = Health::Ok;
    return node;
}

/// Three primaries a b c at ports 1 2 3 with replicas d e f at 4 5 6.
TopologyData sixNodes()
{
    TopologyData data;
    data.nodes = { node('b', 2, Role::Primary, 0, { range(5461, 10922) }),
        node('c', 3, Role::Primary, 0, { range(10923, 16383) }),
        node('a', 1, Role::Primary, 0, { range(0, 5460) }), node('d', 4, Role::Replica, 'a'),
        node('e', 5, Role::Replica, 'b'), node('f', 6, Role::Replica, 'c') };
    return data;
}

Node* find(TopologyData* data, char id)
{
    for (Node& candidate : data->nodes) {
        if (candidate.id == NodeId(QByteArray(1, id)))
            return &candidate;
    }
    return nullptr;
}

QStringList labels(const Topology& topology)
{
    QStringList labels;
    for (const Shard& shard : topology.shards())
        labels.append(shard.label % u'=' % shard.primaryId.toString());
    return labels;
}

} // namespace

class TestTopology final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void empty();
    void owners();
    void labelsOfNodes();
    void findsByAddress();
    void failoverKeepsLabels();
    void aShardThatComesBackHasItsLabel();
    void deadPrimaryWithAClingingReplica();
    void newShardTakesTheNextNumber();
    void namesTellTheNumbers_data();
    void namesTellTheNumbers();
    void shardsOfElastiCacheHaveItsNumbers();
    void shardsOfAnotherDayKeepTheirLabels();
    void anotherClusterBeginsAnew();
    void moreThanNinetyNine();
    void replicasOfReplicas();
    void aDeadReplicaOfAnOldPrimaryStaysInItsShard();
    void primaryWithoutAnything();
    void whenSlotsAreUnknown();
    void moved();
    void movedToAStranger();
    void whoIsSilent();
    void words();
};

void TestTopology::empty()
{
    const Topology topology;
    QVERIFY(topology.isEmpty());
    QVERIFY(!topology.slotsKnown());
    QCOMPARE(topology.ownerIndex(Slot(0)), -1);
    QVERIFY(topology.ownerOf(Slot(16383)) == nullptr);
    QVERIFY(topology.shardOf(Slot(1)) == nullptr);
    QVERIFY(topology.uncovered().isEmpty());
    QVERIFY(topology.ownedRanges().isEmpty());
    QCOMPARE(topology.shardIndexOf(NodeId("a"_ba)), -1);
}

void TestTopology::owners()
{
    TopologyData data = sixNodes();
    find(&data, 'a')->ranges = { range(3, 5460), range(0, 1), range(1, 1) };
    const Topology topology = Topology::build(data);
    QCOMPARE(topology.ownerOf(Slot(0))->id, NodeId("a"_ba));
    QCOMPARE(topology.ownerOf(Slot(5461))->id, NodeId("b"_ba));
    QCOMPARE(topology.ownerOf(Slot(16383))->id, NodeId("c"_ba));
    QCOMPARE(topology.ownerIndex(Slot(2)), -1);
    QCOMPARE(topology.uncovered(), (SlotRanges { range(2, 2) }));
    QCOMPARE(topology.ownedRanges().size(), 4);
    QCOMPARE(topology.ownedRanges().front().range, range(0, 1));
    QCOMPARE(topology.shardOf(Slot(9999))->label, u"S02"_s);
    QCOMPARE(
        topology.nodeById(NodeId("a"_ba))->ranges, (SlotRanges { range(0, 1), range(3, 5460) }));
}

void TestTopology::labelsOfNodes()
{
    TopologyData data = sixNodes();
    data.nodes.append(node('g', 10, Role::Replica, 'a'));
    data.nodes.append(node('h', 20, Role::Primary));
    const Topology topology = Topology::build(data);
    QCOMPARE(labels(topology), (QStringList { u"S01=a"_s, u"S02=b"_s, u"S03=c"_s }));
    QCOMPARE(topology.shards().at(1).index, 1);
    QCOMPARE(topology.shards().front().slotCount, 5461);
    const auto label = [&](const char* id) {
        return topology.labelOf(*topology.nodeById(NodeId(QByteArray(id))));
    };
    QCOMPARE(label("c"), u"S03"_s);
    QCOMPARE(label("d"), u"S01/1"_s);
    QCOMPARE(label("g"), u"S01/2"_s); // by address, and 10 is more than 4
    QCOMPARE(label("h"), u"10.0.0.1:20"_s);
    QCOMPARE(topology.nameOf(NodeId("c"_ba)), u"S03 (10.0.0.1:3)"_s);
    QCOMPARE(topology.nameOf(NodeId("h"_ba)), u"10.0.0.1:20"_s);
    QCOMPARE(topology.labelOf(NodeId("0123456789abcdef"_ba)), u"01234567"_s);
    QCOMPARE(topology.nameOf(NodeId("0123456789abcdef"_ba)), u"01234567"_s);
    // Pseudonyms of large clusters are told apart by their last digit.
    QCOMPARE(topology.labelOf(NodeId("node-1000"_ba)), u"node-1000"_s);
}

void TestTopology::findsByAddress()
{
    TopologyData data = sixNodes();
    find(&data, 'a')->address = { u"a.example"_s, 1 };
    find(&data, 'b')->hostname = u"b.example"_s;
    // A node that was rebuilt at the same address: the old id is failed and of an older epoch.
    find(&data, 'c')->configEpoch = 5;
    Node old = node('z', 3, Role::Primary);
    old.health = Health::Fail;
    old.configEpoch = 9;
    data.nodes.append(old);
    const Topology topology = Topology::build(data);
    const auto at = [&](const QString& host, quint16 port) {
        const Node* found = topology.nodeByAddress({ host, port });
        return found ? found->id.toString() : QString();
    };
    QCOMPARE(at(u"a.example"_s, 1), u"a"_s);
    QCOMPARE(at(u"10.0.0.1"_s, 1), u"a"_s);
    QCOMPARE(at(u"b.example"_s, 2), u"b"_s);
    QCOMPARE(at(u"10.0.0.1"_s, 3), u"c"_s);
    QCOMPARE(at(u"10.0.0.1"_s, 99), QString());
    QVERIFY(topology.nodeById(NodeId()) == nullptr);
}

void TestTopology::failoverKeepsLabels()
{
    const Topology before = Topology::build(sixNodes());
    TopologyData data = sixNodes();
    // e takes over from b, and slot order changes: c gives its slots to a.
    *find(&data, 'b') = node('b', 2, Role::Replica, 'e');
    *find(&data, 'e') = node('e', 5, Role::Primary, 0, { range(0, 10922) });
    *find(&data, 'a') = node('a', 1, Role::Primary, 0, { range(10923, 16000) });
    *find(&data, 'c') = node('c', 3, Role::Primary, 0, { range(16001, 16383) });
    const Topology after = Topology::build(data, &before);
    QCOMPARE(labels(after), (QStringList { u"S01=a"_s, u"S02=e"_s, u"S03=c"_s }));
    QCOMPARE(after.shards().at(1).index, 1);
    QCOMPARE(labels(Topology::build(data)), (QStringList { u"S01=e"_s, u"S02=a"_s, u"S03=c"_s }));
}

void TestTopology::aShardThatComesBackHasItsLabel()
{
    const Topology first = Topology::build(sixNodes());
    TopologyData without = sixNodes();
    without.nodes.removeIf([](const Node& node) {
        return node.id == NodeId("a"_ba) || node.primaryId == NodeId("a"_ba);
    });
    const Topology second = Topology::build(without, &first);
    QCOMPARE(labels(second), (QStringList { u"S02=b"_s, u"S03=c"_s }));
    QCOMPARE(second.data().formerShards.size(), 1);
    // Meanwhile another comes, which must not get its label.
    without.nodes.append(node('h', 8, Role::Primary, 0, { range(0, 9) }));
    const Topology third = Topology::build(without, &second);
    QCOMPARE(labels(third), (QStringList { u"S02=b"_s, u"S03=c"_s, u"S04=h"_s }));
    TopologyData again = without;
    again.nodes.append(node('a', 1, Role::Primary, 0, { range(10, 5460) }));
    const Topology fourth = Topology::build(again, &third);
    QCOMPARE(labels(fourth), (QStringList { u"S01=a"_s, u"S02=b"_s, u"S03=c"_s, u"S04=h"_s }));
    QVERIFY(fourth.data().formerShards.isEmpty());
}

void TestTopology::deadPrimaryWithAClingingReplica()
{
    TopologyData data = sixNodes();
    data.nodes.append(node('g', 7, Role::Replica, 'b'));
    const Topology before = Topology::build(data);
    *find(&data, 'b') = node('b', 2, Role::Primary);
    *find(&data, 'e') = node('e', 5, Role::Primary, 0, { range(5461, 10922) });
    const Topology after = Topology::build(data, &before); // g still names b
    QCOMPARE(labels(after), (QStringList { u"S01=a"_s, u"S02=e"_s, u"S03=c"_s, u"S04=b"_s }));
}

void TestTopology::newShardTakesTheNextNumber()
{
    const Topology before = Topology::build(sixNodes());
    TopologyData data = sixNodes();
    find(&data, 'a')->ranges = { range(100, 5460) };
    data.nodes.append(node('h', 8, Role::Primary, 0, { range(0, 99) }));
    QCOMPARE(labels(Topology::build(data, &before)),
        (QStringList { u"S01=a"_s, u"S02=b"_s, u"S03=c"_s, u"S04=h"_s }));
}

void TestTopology::namesTellTheNumbers_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("number");
    QTest::newRow("TLS") << u"orders-0003-002.orders.x1y2z3.use1.cache.amazonaws.com"_s << 3;
    QTest::newRow("plain") << u"orders-0012-001.x1y2z3.0001.use1.cache.amazonaws.com"_s << 12;
    QTest::newRow("digits in the id")
        << u"a-0001-0004-002.a-0001.x1y2z3.use1.cache.amazonaws.com"_s << 4;
    QTest::newRow("upper case, a dot at the end")
        << u"Orders-0003-002.ORDERS.x1y2z3.use1.cache.AmazonAWS.com."_s << 3;
    QTest::newRow("China") << u"o-0002-001.o.x1y2z3.cnn1.cache.amazonaws.com.cn"_s << 2;
    QTest::newRow("MemoryDB") << u"o-0005-001.o.x1y2z3.memorydb.us-east-1.amazonaws.com"_s << 5;
    QTest::newRow("without shards") << u"orders-002.orders.x1y2z3.use1.cache.amazonaws.com"_s << 0;
    QTest::newRow("configuration") << u"clustercfg.orders.x1y2z3.use1.cache.amazonaws.com"_s << 0;
    QTest::newRow("of another group")
        << u"orders-0003-002.others.x1y2z3.use1.cache.amazonaws.com"_s << 0;
    QTest::newRow("somebody else's") << u"orders-0003-002.orders.x1y2z3.use1.cache.example"_s << 0;
    QTest::newRow("a name") << u"redis-0003-002"_s << 0;
    QTest::newRow("address") << u"10.0.0.1"_s << 0;
    QTest::newRow("nothing") << QString() << 0;
}

void TestTopology::namesTellTheNumbers()
{
    QFETCH(QString, host);
    QTEST(net::managedShardNumber(host), "number");
}

void TestTopology::shardsOfElastiCacheHaveItsNumbers()
{
    const auto name = [](Node* node, int shard, int number) {
        node->hostname = u"orders-%1-%2.orders.x1y2z3.use1.cache.amazonaws.com"_s
                             .arg(shard, 4, 10, QChar(u'0'))
                             .arg(number, 3, 10, QChar(u'0'));
    };
    TopologyData data = sixNodes();
    name(find(&data, 'a'), 7, 2);
    name(find(&data, 'e'), 3, 1); // its primary, b, has no name
    const Topology first = Topology::build(data);
    QCOMPARE(labels(first), (QStringList { u"S01=c"_s, u"S03=b"_s, u"S07=a"_s }));
    QCOMPARE(first.shards().last().index, 6);

    // What was given stays, whatever names say later.
    name(find(&data, 'c'), 3, 1);
    QCOMPARE(labels(Topology::build(data, &first)), labels(first));
    // Two of one number: a node that was moved keeps its name.
    QCOMPARE(labels(Topology::build(data)), (QStringList { u"S01=c"_s, u"S03=b"_s, u"S07=a"_s }));
}

void TestTopology::shardsOfAnotherDayKeepTheirLabels()
{
    const Topology before = Topology::build(sixNodes());
    // Since then b has failed over to its replica e, a has gone, and the slots lie otherwise.
    TopologyData data = sixNodes();
    data.nodes.removeIf([](const Node& node) {
        return node.id == NodeId("a"_ba) || node.primaryId == NodeId("a"_ba);
    });
    *find(&data, 'e') = node('e', 5, Role::Primary, 0, { range(9000, 16383) });
    *find(&data, 'b') = node('b', 2, Role::Replica, 'e');
    find(&data, 'c')->ranges = { range(100, 8999) };
    data.nodes.append(node('h', 8, Role::Primary, 0, { range(0, 99) }));
    const Topology fresh = Topology::build(data);
    QCOMPARE(labels(fresh), (QStringList { u"S01=h"_s, u"S02=c"_s, u"S03=e"_s }));
    const Topology known = withLabelsOf(before.shards(), fresh);
    QCOMPARE(labels(known), (QStringList { u"S02=e"_s, u"S03=c"_s, u"S04=h"_s }));
    // S01 may come back.
    QCOMPARE(known.data().formerShards.size(), 1);
    QCOMPARE(known.data().formerShards.first().label, u"S01"_s);
}

void TestTopology::anotherClusterBeginsAnew()
{
    const Topology before = Topology::build(sixNodes());
    TopologyData data;
    data.nodes = { node('x', 1, Role::Primary, 0, { range(0, 16383) }) };
    const Topology other = withLabelsOf(before.shards(), Topology::build(data));
    QCOMPARE(labels(other), QStringList { u"S01=x"_s });
    QVERIFY(other.data().formerShards.isEmpty());
    QCOMPARE(labels(withLabelsOf({}, before)), labels(before));
}

void TestTopology::moreThanNinetyNine()
{
    TopologyData data;
    for (int i = 0; i < 101; ++i) {
        Node primary = node('x', static_cast<quint16>(1000 + i), Role::Primary, 0, { range(i, i) });
        primary.id = NodeId(QByteArray::number(i));
        data.nodes.append(primary);
    }
    const Topology topology = Topology::build(data);
    QCOMPARE(topology.shards().at(98).label, u"S99"_s);
    QCOMPARE(topology.shards().at(99).label, u"S100"_s);
    QCOMPARE(topology.shards().at(100).label, u"S101"_s);
}

void TestTopology::replicasOfReplicas()
{
    TopologyData data = sixNodes();
    // Two that name each other, one that names nobody known, one itself.
    data.nodes.append(node('p', 11, Role::Replica, 'q'));
    data.nodes.append(node('q', 12, Role::Replica, 'p'));
    data.nodes.append(node('s', 14, Role::Replica, 'Z'));
    data.nodes.append(node('t', 15, Role::Replica, 't'));
    const Topology topology = Topology::build(data);
    QCOMPARE(topology.shards().size(), 3);
    for (const char* id : { "p", "q", "s", "t" })
        QCOMPARE(topology.shardIndexOf(NodeId(QByteArray(id))), -1);
}

void TestTopology::aDeadReplicaOfAnOldPrimaryStaysInItsShard()
{
    TopologyData data = sixNodes();
    data.nodes.append(node('g', 7, Role::Replica, 'b'));
    const Topology before = Topology::build(data);
    *find(&data, 'b') = node('b', 2, Role::Replica, 'e');
    *find(&data, 'e') = node('e', 5, Role::Primary, 0, { range(5461, 10922) });
    find(&data, 'g')->health = Health::Fail; // and names b for as long as it is dead
    data.nodes.append(node('r', 8, Role::Replica, 'g'));
    const Topology after = Topology::build(data, &before);
    QCOMPARE(labels(after), (QStringList { u"S01=a"_s, u"S02=e"_s, u"S03=c"_s }));
    const QList<NodeId> replicas { NodeId("b"_ba), NodeId("g"_ba), NodeId("r"_ba) };
    QCOMPARE(after.shards().at(1).replicaIds, replicas);
    QCOMPARE(after.shardIndexOf(NodeId("g"_ba)), 1);
}

void TestTopology::primaryWithoutAnything()
{
    TopologyData data = sixNodes();
    data.nodes.append(node('h', 8, Role::Primary));
    data.nodes.append(node('i', 9, Role::Primary));
    data.nodes.append(node('j', 10, Role::Replica, 'i'));
    const Topology topology = Topology::build(data);
    QCOMPARE(topology.nodes().size(), 9);
    QCOMPARE(topology.shardIndexOf(NodeId("h"_ba)), -1);
    QCOMPARE(labels(topology).last(), u"S04=i"_s); // no slots, but a replica
    QCOMPARE(topology.shards().last().slotCount, 0);
}

void TestTopology::whenSlotsAreUnknown()
{
    TopologyData data;
    data.nodes = { node('a', 1, Role::Primary) };
    QCOMPARE(Topology::build(data).uncovered(), (SlotRanges { range(0, 16383) }));
    data.viewsAsked = 1;
    QVERIFY(!Topology::build(data).slotsKnown());
    QVERIFY(Topology::build(data).uncovered().isEmpty());
    data.viewsAnswered = 1;
    QVERIFY(Topology::build(data).slotsKnown());
    data.kind = Kind::Standalone;
    QVERIFY(Topology::build(data).uncovered().isEmpty());
}

void TestTopology::moved()
{
    const Topology before = Topology::build(sixNodes());
    const Topology after = before.withOwner(Slot(1738), { u"10.0.0.1"_s, 3 });
    QCOMPARE(after.ownerOf(Slot(1738))->id, NodeId("c"_ba));
    QCOMPARE(after.ownerOf(Slot(1737))->id, NodeId("a"_ba));
    QCOMPARE(after.ownerOf(Slot(1739))->id, NodeId("a"_ba));
    QCOMPARE(after.shardOf(Slot(1738))->label, u"S03"_s);
    QCOMPARE(after.shards().at(0).slotCount, 5460);
    QCOMPARE(after.shards().at(2).ranges, (SlotRanges { range(1738, 1738), range(10923, 16383) }));
    QCOMPARE(before.ownerOf(Slot(1738))->id, NodeId("a"_ba)); // replaced, not edited

    // A replica that was promoted: the client learns of the slot, not of the failover.
    const Topology promoted = before.withOwner(Slot(0), { u"10.0.0.1"_s, 4 });
    QCOMPARE(promoted.shardOf(Slot(0))->label, u"S01"_s);
    QCOMPARE(promoted.labelOf(*promoted.ownerOf(Slot(0))), u"S01/1"_s);
}

void TestTopology::movedToAStranger()
{
    const Topology after
        = Topology::build(sixNodes()).withOwner(Slot(1738), { u"10.0.0.9"_s, 7009 });
    const Node* owner = after.ownerOf(Slot(1738));
    QVERIFY(owner);
    QVERIFY(owner->id.isNull());
    QCOMPARE(owner->role, Role::Primary);
    QCOMPARE(after.labelOf(*owner), u"10.0.0.9:7009"_s);
    QVERIFY(after.shardOf(Slot(1738)) == nullptr);
    QCOMPARE(after.nodes().size(), 7);
    const Topology again = after.withOwner(Slot(5), { u"10.0.0.9"_s, 7009 });
    QCOMPARE(again.nodes().size(), 7);
    QCOMPARE(Topology().withOwner(Slot(5), { u"h"_s, 1 }).ownerOf(Slot(5))->address.host, u"h"_s);
}

void TestTopology::whoIsSilent()
{
    TopologyData data = sixNodes();
    QVERIFY(silentNodes(Topology::build(data)).isEmpty()); // nobody was asked
    data.viewsAsked = 6;
    data.viewsAnswered = 5;
    for (const char id : { 'a', 'b', 'c', 'd', 'e' })
        data.views.append(NodeId(QByteArray(1, id)));
    QCOMPARE(silentNodes(Topology::build(data)), QSet<NodeId> { NodeId(QByteArray(1, 'f')) });
    data.views.removeLast(); // an older capture: it does not tell who answered
    QVERIFY(silentNodes(Topology::build(data)).isEmpty());
    data.viewsAsked = 4; // who has not answered may not have been asked
    data.viewsAnswered = 4;
    QVERIFY(silentNodes(Topology::build(data)).isEmpty());
}

void TestTopology::words()
{
    for (const Role role : { Role::Unknown, Role::Primary, Role::Replica })
        QCOMPARE(roleFromName(roleName(role)), role);
    for (const Health health : { Health::Unknown, Health::Ok, Health::PFail, Health::Fail,
             Health::Loading, Health::Handshake, Health::NoAddr })
        QCOMPARE(healthFromName(healthName(health)), health);
    for (const Kind kind : { Kind::Cluster, Kind::Standalone, Kind::Sentinel })
        QCOMPARE(kindFromName(kindName(kind)), kind);
    QCOMPARE(stateName(ClusterState::Fail), u"fail"_s);
    QCOMPARE(productName(Product::Valkey), u"valkey"_s);
    QCOMPARE(linkName(LinkState::Disconnected), u"disconnected"_s);
    QVERIFY(!roleFromName(u"king"));
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::TestTopology)
#include "tst_topology.moc"
