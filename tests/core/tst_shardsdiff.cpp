// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/shardsdiff.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QTest>

#include <limits>

using namespace Qt::StringLiterals;
using namespace slotscope::cluster;
using What = ShardsDifference::What;

namespace slotscope::tests {
namespace {

const NodeId a("a"_ba);
const NodeId b("b"_ba);
const SlotRanges all { { Slot(0), Slot(16383) } };

/// The primary a with all slots, and its replica b.
Topology map(Health healthOfB = Health::Ok)
{
    TopologyData data;
    Node primary;
    primary.id = a;
    primary.role = Role::Primary;
    primary.health = Health::Ok;
    primary.ranges = all;
    Node replica;
    replica.id = b;
    replica.role = Role::Replica;
    replica.health = healthOfB;
    replica.primaryId = a;
    data.nodes = { primary, replica };
    return Topology::build(data);
}

ShardsNode node(const NodeId& id, Role role, Health health = Health::Ok, qint64 offset = 0)
{
    ShardsNode node;
    node.id = id;
    node.role = role;
    node.health = health;
    node.replicationOffset = offset;
    return node;
}

ShardsView view(const QList<ShardsNode>& nodes, const SlotRanges& ranges = all)
{
    return { { { ranges, nodes } }, false };
}

} // namespace

class TestShardsDiff final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void differs_data();
    void differs();
    void slotsOfTwoEntries();
    void behind();
    void json();
};

void TestShardsDiff::differs_data()
{
    QTest::addColumn<QList<ShardsNode>>("nodes");
    QTest::addColumn<SlotRanges>("ranges");
    QTest::addColumn<Health>("healthOfB");
    QTest::addColumn<QList<ShardsDifference>>("expect");
    const ShardsNode leads = node(a, Role::Primary);
    const ShardsNode follows = node(b, Role::Replica);
    using List = QList<ShardsDifference>;
    using Nodes = QList<ShardsNode>;
    QTest::newRow("the same") << Nodes { leads, follows } << all << Health::Ok << List {};
    QTest::newRow("in halves") << Nodes { leads,
        follows } << SlotRanges { { Slot(8000), Slot(16383) }, { Slot(0), Slot(7999) } }
                               << Health::Ok << List {};
    QTest::newRow("suspected is online")
        << Nodes { leads, follows } << all << Health::PFail << List {};
    QTest::newRow("loading") << Nodes { leads, node(b, Role::Replica, Health::Loading) } << all
                             << Health::Ok
                             << List { { What::Health, b, u"ok"_s, u"loading"_s, {}, {} } };
    QTest::newRow("failed") << Nodes { leads, follows } << all << Health::Fail
                            << List { { What::Health, b, u"fail"_s, u"ok"_s, {}, {} } };
    QTest::newRow("an unknown word")
        << Nodes { leads, node(b, Role::Unknown, Health::Unknown) } << all << Health::Ok << List {};
    QTest::newRow("slots are lost") << Nodes { leads, follows } << SlotRanges {} << Health::Ok
                                    << List { { What::Slots, a, {}, {}, all, {} } };
    QTest::newRow("another leads")
        << Nodes { node(a, Role::Replica), node(b, Role::Primary) } << all << Health::Ok
        << List { { What::Role, a, u"primary"_s, u"replica"_s, {}, {} },
               { What::Slots, a, {}, {}, all, {} },
               { What::Role, b, u"replica"_s, u"primary"_s, {}, {} },
               { What::Slots, b, {}, {}, {}, all } };
    QTest::newRow("the failed one leads no more")
        << Nodes { node(a, Role::Primary, Health::Fail), node(b, Role::Primary) } << all
        << Health::Ok
        << List { { What::Health, a, u"ok"_s, u"fail"_s, {}, {} },
               { What::Slots, a, {}, {}, all, {} },
               { What::Role, b, u"replica"_s, u"primary"_s, {}, {} },
               { What::Slots, b, {}, {}, {}, all } };
    QTest::newRow("one is missing")
        << Nodes { leads } << all << Health::Ok << List { { What::Node, b, u"ok"_s, {}, {}, {} } };
    QTest::newRow("one is new") << Nodes { leads, follows, node(NodeId("c"_ba), Role::Replica) }
                                << all << Health::Ok
                                << List { { What::Node, NodeId("c"_ba), {}, u"ok"_s, {}, {} } };
}

void TestShardsDiff::differs()
{
    QFETCH(const QList<ShardsNode>, nodes);
    QFETCH(const SlotRanges, ranges);
    QFETCH(const Health, healthOfB);
    QFETCH(const QList<ShardsDifference>, expect);
    const auto found = compareShards(view(nodes, ranges), map(healthOfB));
    QCOMPARE(found.size(), expect.size());
    for (qsizetype i = 0; i < found.size(); ++i)
        QVERIFY2(found.at(i) == expect.at(i), qPrintable(whatName(found.at(i).what)));
}

/// One primary in two entries, and a replica of somebody else.
void TestShardsDiff::slotsOfTwoEntries()
{
    ShardsView shards;
    shards.entries.append({ { { Slot(0), Slot(9) } }, { node(a, Role::Primary) } });
    shards.entries.append({ { { Slot(10), Slot(16383) } }, { node(a, Role::Primary) } });
    shards.entries.append({ {}, { node(NodeId("c"_ba), Role::Primary), node(b, Role::Replica) } });
    const auto found = compareShards(shards, map());
    QCOMPARE(found.size(), 2);
    QVERIFY(found.first() == (ShardsDifference { What::Primary, b, u"a"_s, u"c"_s, {}, {} }));
    QCOMPARE(found.last().what, What::Node);
}

void TestShardsDiff::behind()
{
    const ShardsEntry entry { all,
        { node(a, Role::Primary, Health::Ok, 100), node(b, Role::Replica, Health::Ok, 40) } };
    QCOMPARE(bytesBehind(entry, entry.nodes.first()), std::optional<qint64>());
    QCOMPARE(bytesBehind(entry, entry.nodes.last()), std::optional<qint64>(60));
    constexpr qint64 least = std::numeric_limits<qint64>::min();
    QCOMPARE(
        bytesBehind(entry, node(b, Role::Replica, Health::Ok, least)), std::optional<qint64>());
    ShardsNode silent = entry.nodes.last();
    silent.replicationOffset.reset();
    QCOMPARE(bytesBehind(entry, silent), std::optional<qint64>());
}

void TestShardsDiff::json()
{
    const ShardsView shards = view(
        { node(a, Role::Primary, Health::Ok, 100), node(b, Role::Replica, Health::Fail, 40) }, {});
    const QJsonObject object = toJson(shards, compareShards(shards, map()));
    QCOMPARE(object.value(u"repeats_slots"_s), QJsonValue(false));
    const QJsonArray nodes = object.value(u"shards"_s)[0][u"nodes"].toArray();
    QCOMPARE(nodes.at(1)[u"bytes_behind"], QJsonValue(60));
    QVERIFY(nodes.at(0)[u"bytes_behind"].isNull());
    QVERIFY(nodes.at(0)[u"port"].isNull());
    const QJsonArray differences = object.value(u"differences"_s).toArray();
    QCOMPARE(differences.size(), 2);
    QCOMPARE(differences.at(0)[u"what"], QJsonValue(u"slots"_s));
    QCOMPARE(differences.at(0)[u"in_map"].toArray(), (QJsonArray { QJsonArray { 0, 16383 } }));
    QCOMPARE(differences.at(0)[u"in_shards"].toArray(), QJsonArray());
    QCOMPARE(differences.at(1)[u"in_map"], QJsonValue(u"ok"_s));
    QCOMPARE(differences.at(1)[u"in_shards"], QJsonValue(u"fail"_s));
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::TestShardsDiff)
#include "tst_shardsdiff.moc"
