// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/mergeviews.h"
#include "core/cluster/topologydiff.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace slotscope::cluster;

namespace slotscope::tests {
namespace {

using Change = TopologyChange::Kind;

/// Lines of CLUSTER NODES from the flags on, by one-letter ids; node x has the address 10.0.0.x:1.
using Lines = QList<std::pair<char, QByteArray>>;

NodesView nodesOf(const Lines& lines)
{
    QByteArray text;
    for (const auto& [id, rest] : lines) {
        text += id + QByteArray(" 10.0.0.") + QByteArray::number(id - 'a' + 1) + ":1@11 " + rest
            + '\n';
    }
    const auto parsed = parseNodes(text);
    if (!parsed)
        qFatal("%s", qPrintable(parsed.error().detail));
    return *parsed;
}

Topology topologyOf(const Lines& lines, const Topology* previous = nullptr, TopologyData head = {})
{
    if (head.viewsAsked == 0)
        head.viewsAsked = head.viewsAnswered = 1;
    return mergeViews({ { nodesOf(lines), {}, u"10.0.0.1"_s, 1, {} } }, head, previous);
}

const Lines healthy {
    { 'a', "myself,master - 0 0 1 connected 0-8191" },
    { 'b', "master - 0 0 2 connected 8192-16383" },
    { 'c', "slave a 0 0 1 connected" },
    { 'd', "slave b 0 0 2 connected" },
};

/// `healthy` with another line for one node; an empty one takes it away.
Lines with(char id, const QByteArray& rest)
{
    Lines lines = healthy;
    lines.removeIf([id](const auto& line) { return line.first == id; });
    if (!rest.isEmpty())
        lines.append({ id, rest });
    return lines;
}

Lines with(char id, const QByteArray& rest, char otherId, const QByteArray& otherRest)
{
    Lines lines = with(id, rest);
    lines.removeIf([otherId](const auto& line) { return line.first == otherId; });
    if (!otherRest.isEmpty())
        lines.append({ otherId, otherRest });
    return lines;
}

QStringList sentences(const QList<TopologyChange>& changes)
{
    QStringList list;
    for (const TopologyChange& change : changes)
        list.append(changeName(change.kind) + u": "_s + sentenceOf(change));
    return list;
}

NodeId id(char letter)
{
    return NodeId(QByteArray(1, letter));
}

} // namespace

class TestTopologyDiff final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void changes_data();
    void changes();
    void failoverAsAValue();
    void slotsMovedAsAValue();
    void state();
    void nothingOfTheUnknown_data();
    void nothingOfTheUnknown();
    void oneViewIsNoProofOfRemoval();
    void slotsAloneSaysNothingOfReplicas();
    void addressReused();
    void addressChanged();
    void migrationsEndWhenTheirSidesSaySo();
    void serversWithoutIds();
    void names();
    void manyRanges();
};

void TestTopologyDiff::changes_data()
{
    QTest::addColumn<Lines>("before");
    QTest::addColumn<Lines>("after");
    QTest::addColumn<QStringList>("expected");

    QTest::newRow("nothing") << healthy << healthy << QStringList();
    QTest::newRow("another time, another node answered")
        << healthy
        << with('a', "master - 7 8 1 connected 0-8191", 'b',
               "myself,master - 9 9 2 connected 8192-16383")
        << QStringList();
    QTest::newRow("joined") << with('d', {}) << healthy
                            << QStringList { u"node-joined: 10.0.0.4:1 joined the cluster as a "
                                             "replica in S02."_s };
    QTest::newRow("joined, empty")
        << healthy << with('e', "master - 0 0 0 connected")
        << QStringList { u"node-joined: 10.0.0.5:1 joined the cluster."_s };
    QTest::newRow("left") << healthy << with('d', {})
                          << QStringList { u"node-left: 10.0.0.4:1 (S02) is no longer a node of "
                                           "the cluster."_s };
    QTest::newRow("suspected") << healthy << with('b', "master,fail? - 0 0 2 connected 8192-16383")
                               << QStringList { u"node-suspected: 10.0.0.2:1 (S02) is suspected "
                                                "to be down (fail?)."_s };
    QTest::newRow("failed") << with('b', "master,fail? - 0 0 2 connected 8192-16383")
                            << with('b', "master,fail - 0 0 2 disconnected 8192-16383")
                            << QStringList { u"node-failed: 10.0.0.2:1 (S02) is down: the cluster "
                                             "agrees that it has failed."_s };
    QTest::newRow("recovered") << with('b', "master,fail - 0 0 2 disconnected 8192-16383")
                               << healthy
                               << QStringList {
                                      u"node-recovered: 10.0.0.2:1 (S02) is back. It was down."_s
                                  };
    QTest::newRow("half recovered")
        << with('b', "master,fail - 0 0 2 disconnected 8192-16383")
        << with('b', "master,fail? - 0 0 2 connected 8192-16383") << QStringList();
    QTest::newRow("was only suspected")
        << with('b', "master,fail? - 0 0 2 connected 8192-16383") << healthy
        << QStringList {
               u"node-recovered: 10.0.0.2:1 (S02) is not suspected to be down any more."_s
           };
    QTest::newRow("failover")
        << healthy
        << with('b', "master,fail - 0 0 2 disconnected", 'd', "master - 0 0 3 connected 8192-16383")
        << QStringList { u"failover: S02 has a new primary: 10.0.0.4:1 took over from 10.0.0.2:1, "
                         "with 8192 slots."_s,
               u"node-failed: 10.0.0.2:1 (S02) is down: the cluster agrees that it has failed."_s };
    QTest::newRow("a failover by hand, old primary follows")
        << healthy
        << with('b', "slave d 0 0 3 connected", 'd', "master - 0 0 3 connected 8192-16383")
        << QStringList { u"failover: S02 has a new primary: 10.0.0.4:1 took over from 10.0.0.2:1, "
                         "with 8192 slots."_s,
               u"role-changed: 10.0.0.2:1 is a replica in S02 now. It was a primary."_s };
    QTest::newRow("promoted without slots")
        << healthy << with('d', "master - 0 0 3 connected")
        << QStringList { u"role-changed: 10.0.0.4:1 is a primary now. It was a replica."_s };
    QTest::newRow("a replica went to another primary")
        << healthy << with('d', "slave a 0 0 1 connected")
        << QStringList { u"primary-changed: 10.0.0.4:1 replicates S01 now. It replicated S02."_s };
    QTest::newRow("slots moved")
        << healthy
        << with('a', "myself,master - 0 0 1 connected 0-99 101-8191", 'b',
               "master - 0 0 3 connected 100 8192-16383")
        << QStringList { u"slots-moved: Slot 100 moved from S01 to S02."_s,
               u"epoch-raised: The config epoch of 10.0.0.2:1 rose from 2 to 3."_s };
    QTest::newRow("slots uncovered")
        << healthy << with('a', "myself,master - 0 0 1 connected 5-8190")
        << QStringList {
               u"slots-uncovered: 6 slots (0-4, 8191) have no owner any more. It was S01."_s
           };
    QTest::newRow("slots covered")
        << with('a', "myself,master - 0 0 1 connected 1-8191") << healthy
        << QStringList { u"slots-covered: Slot 0 belongs to S01 now. It had no owner."_s };
    QTest::newRow("migration started")
        << healthy << with('a', "myself,master - 0 0 1 connected 0-8191 [7->-b] [8->-b]")
        << QStringList {
               u"migration-started: 2 slots (7-8) are being moved from S01 to an unknown node."_s
           };
    QTest::newRow("epoch raised")
        << healthy << with('b', "master - 0 0 9 connected 8192-16383")
        << QStringList { u"epoch-raised: The config epoch of 10.0.0.2:1 rose from 2 to 9."_s };
    QTest::newRow("handshakes come and go")
        << with('x', "handshake - 0 0 0 disconnected")
        << with('y', "master,handshake - 0 0 0 disconnected") << QStringList();
    QTest::newRow("a handshake that has succeeded")
        << with('e', "handshake - 0 0 0 connected") << with('e', "master - 0 0 0 connected")
        << QStringList();
}

void TestTopologyDiff::changes()
{
    QFETCH(const Lines, before);
    QFETCH(const Lines, after);
    QFETCH(const QStringList, expected);
    const Topology first = topologyOf(before);
    const Topology second = topologyOf(after, &first);
    QCOMPARE(sentences(diff(first, second)), expected);
    QVERIFY(diff(first, first).isEmpty());
    QVERIFY(diff(Topology(), second).isEmpty());
}

void TestTopologyDiff::failoverAsAValue()
{
    Lines lines = healthy;
    lines.append({ 'e', "slave b 0 0 2 connected" });
    const Topology before = topologyOf(lines);
    lines
        = with('b', "master,fail - 0 0 2 disconnected", 'd', "master - 0 0 3 connected 8192-16383");
    lines.append({ 'e', "slave d 0 0 3 connected" });
    const Topology after = topologyOf(lines, &before);
    const TopologyChange change = diff(before, after).first();
    QCOMPARE(change.kind, Change::Failover);
    QCOMPARE(change.node, id('d'));
    QCOMPARE(change.from, id('b'));
    QCOMPARE(change.to, id('d'));
    QCOMPARE(change.ranges, (SlotRanges { { Slot(8192), Slot(16383) } }));
    QCOMPARE(change.shard, u"S02"_s);
    // And its sibling, which follows the new primary, is not news.
    for (const TopologyChange& other : diff(before, after))
        QVERIFY(other.kind != Change::PrimaryChanged && other.kind != Change::SlotsMoved);
}

void TestTopologyDiff::slotsMovedAsAValue()
{
    const Topology before = topologyOf(healthy);
    const Topology after = topologyOf(with('a', "myself,master - 0 0 1 connected 0-99 102-8189",
        'b', "master - 0 0 3 connected 100-101 8190-16383"));
    const TopologyChange change = diff(before, after).first();
    QCOMPARE(change.kind, Change::SlotsMoved);
    QCOMPARE(change.from, id('a'));
    QCOMPARE(change.to, id('b'));
    QCOMPARE(change.ranges, (SlotRanges { { Slot(100), Slot(101) }, { Slot(8190), Slot(8191) } }));
}

void TestTopologyDiff::state()
{
    TopologyData head;
    const auto inState = [&](ClusterState state) {
        head.state = state;
        return topologyOf(healthy, nullptr, head);
    };
    const QList<TopologyChange> changes
        = diff(inState(ClusterState::Ok), inState(ClusterState::Fail));
    QCOMPARE(sentences(changes),
        QStringList { u"state-changed: The cluster's state went from ok to fail."_s });
    QVERIFY(changes.first().node.isNull());
    QVERIFY(diff(inState(ClusterState::Unknown), inState(ClusterState::Ok)).isEmpty());
    QVERIFY(diff(inState(ClusterState::Fail), inState(ClusterState::Unknown)).isEmpty());
}

void TestTopologyDiff::nothingOfTheUnknown_data()
{
    QTest::addColumn<Topology>("other");
    QTest::newRow("empty") << Topology();
    TopologyData standalone;
    standalone.kind = Kind::Standalone;
    standalone.nodes = { Node() };
    QTest::newRow("standalone") << Topology::build(standalone);
    TopologyData refused;
    refused.viewsAsked = 1;
    refused.nodes = { Node() };
    QTest::newRow("no view") << Topology::build(refused);
    QTest::newRow("only me") << topologyOf({ { 'a', "myself,master - 0 0 0 connected" } });
}

void TestTopologyDiff::nothingOfTheUnknown()
{
    QFETCH(const Topology, other);
    QCOMPARE(sentences(diff(topologyOf(healthy), other)), QStringList());
}

void TestTopologyDiff::oneViewIsNoProofOfRemoval()
{
    TopologyData head;
    head.viewsAsked = 3;
    head.viewsAnswered = 1;
    const Topology before = topologyOf(healthy);
    QVERIFY(diff(before, topologyOf(with('d', {}), nullptr, head)).isEmpty());
    head.viewsAnswered = 2;
    QCOMPARE(diff(before, topologyOf(with('d', {}), nullptr, head)).first().kind, Change::NodeLeft);
}

void TestTopologyDiff::slotsAloneSaysNothingOfReplicas()
{
    const Topology full = topologyOf(healthy);
    const SlotsView slotsView {
        { { Slot(0), Slot(8191) }, { { id('a'), u"10.0.0.1"_s, 1, {} } } },
        { { Slot(8192), Slot(16383) }, { { id('b'), u"10.0.0.2"_s, 1, {} } } },
    };
    const Topology slotsOnly = mergeViews({ { {}, slotsView, u"10.0.0.1"_s, 1, {} } }, {});
    QCOMPARE(sentences(diff(full, slotsOnly)), QStringList());
    QCOMPARE(sentences(diff(slotsOnly, full)), QStringList());
}

void TestTopologyDiff::addressReused()
{
    const Topology before = topologyOf(healthy);
    // d was built anew: first both ids are known, then the old one is forgotten.
    const auto rebuilt = [&](bool isOldKnown) {
        QByteArray text = "a 10.0.0.1:1@11 myself,master - 0 0 1 connected 0-8191\n"
                          "b 10.0.0.2:1@11 master - 0 0 2 connected 8192-16383\n"
                          "c 10.0.0.3:1@11 slave a 0 0 1 connected\n"
                          "n 10.0.0.4:1@11 slave b 0 0 2 connected\n";
        if (isOldKnown)
            text += "d 10.0.0.4:1@11 slave,fail b 0 0 2 disconnected\n";
        TopologyData head;
        head.viewsAsked = head.viewsAnswered = 1;
        return mergeViews({ { *parseNodes(text), {}, u"10.0.0.1"_s, 1, {} } }, head);
    };
    const QString reused = u"address-reused: 10.0.0.4:1 is another node now: n. It was d."_s;
    const QStringList atOnce = sentences(diff(before, rebuilt(false)));
    QCOMPARE(atOnce, QStringList { reused });
    const QStringList inSteps = sentences(diff(before, rebuilt(true)));
    QCOMPARE(inSteps.first(), reused);
    QCOMPARE(inSteps.size(), 2);
    QVERIFY(inSteps.last().startsWith(u"node-failed"));
    const QList<TopologyChange> later = diff(rebuilt(true), rebuilt(false));
    QCOMPARE(later.size(), 1);
    QCOMPARE(later.first().kind, Change::NodeLeft);
    QCOMPARE(later.first().node, id('d'));
}

void TestTopologyDiff::addressChanged()
{
    const Topology before = topologyOf(healthy);
    TopologyData data = before.data();
    data.nodes[1].address = { u"b.example"_s, 7 };
    QCOMPARE(sentences(diff(before, Topology::build(data))),
        QStringList {
            u"address-changed: Node b has another address: b.example:7. It was 10.0.0.2:1."_s });
    data.nodes[1].address = {}; // nobody knows it for the moment
    QVERIFY(diff(before, Topology::build(data)).isEmpty());
}

void TestTopologyDiff::migrationsEndWhenTheirSidesSaySo()
{
    const auto of = [](const QList<NodeId>& views, const QList<Migration>& migrations) {
        TopologyData data = topologyOf(healthy).data();
        data.views = views;
        data.migrations = migrations;
        return Topology::build(data);
    };
    const QList<Migration> open { { Slot(7), id('a'), id('b') } };
    const Topology before = of({ id('a'), id('b') }, open);
    // Its view is missing: unknown is not ended.
    QVERIFY(diff(before, of({ id('a') }, {})).isEmpty());
    QVERIFY(diff(before, of({ id('b') }, {})).isEmpty());
    QCOMPARE(sentences(diff(before, of({ id('a'), id('b') }, {}))),
        QStringList { u"migration-ended: Slot 7 is no longer being moved from S01 to S02."_s });
    // The new owner has it.
    const Topology moved = topologyOf(with('a', "myself,master - 0 0 1 connected 0-6 8-8191", 'b',
        "master - 0 0 3 connected 7 8192-16383"));
    const QStringList told = sentences(diff(before, moved));
    QVERIFY(told.contains(u"slots-moved: Slot 7 moved from S01 to S02."_s));
    QVERIFY(!told.filter(u"migration-ended"_s).isEmpty());
    // Both sides known now, where one was: that is no second start.
    QVERIFY(diff(of({ id('a') }, { { Slot(7), id('a'), {} } }), before).isEmpty());
}

void TestTopologyDiff::serversWithoutIds()
{
    const auto of = [](int firstOfSecond) {
        const SlotsView slotsView {
            { { Slot(0), Slot(firstOfSecond - 1) }, { { {}, u"10.0.0.1"_s, 1, {} } } },
            { { Slot(firstOfSecond), Slot(16383) }, { { {}, u"10.0.0.2"_s, 1, {} } } },
        };
        return mergeViews({ { {}, slotsView, u"10.0.0.1"_s, 1, {} } }, {});
    };
    QCOMPARE(sentences(diff(of(100), of(98))),
        QStringList { u"slots-moved: 2 slots (98-99) moved from 10.0.0.1:1 to 10.0.0.2:1."_s });
}

void TestTopologyDiff::names()
{
    QSet<QString> names;
    QStringList own;
    for (int kind = 0; kind <= static_cast<int>(Change::ClockSetBack); ++kind) {
        const QString name = changeName(static_cast<Change>(kind));
        QCOMPARE(changeFromName(name), static_cast<Change>(kind));
        names.insert(name);
        TopologyChange change;
        change.kind = static_cast<Change>(kind);
        QVERIFY(sentenceOf(change).endsWith(u'.'));
        if (isOwnFinding(change.kind))
            own.append(name);
    }
    QCOMPARE(names.size(), static_cast<int>(Change::ClockSetBack) + 1);
    QCOMPARE(own,
        (QStringList {
            u"node-unreached"_s, u"node-reached"_s, u"unwatched"_s, u"clock-set-back"_s }));
    QVERIFY(!changeFromName(u"else"));
}

void TestTopologyDiff::manyRanges()
{
    QByteArray odd = "myself,master - 0 0 1 connected";
    for (int slot = 1; slot < Slot::count; slot += 2)
        odd += ' ' + QByteArray::number(slot);
    const Topology before = topologyOf({ { 'a', "myself,master - 0 0 1 connected 0-16383" } });
    const Topology after = topologyOf({ { 'a', odd } });
    QCOMPARE(sentences(diff(before, after)),
        QStringList { u"slots-uncovered: 8192 slots (0, 2, 4, 6, 8, +8187 ranges) have no "
                      "owner any more. It was S01."_s });
}

} // namespace slotscope::tests

Q_DECLARE_METATYPE(slotscope::tests::Lines)
QTEST_GUILESS_MAIN(slotscope::tests::TestTopologyDiff)
#include "tst_topologydiff.moc"
