// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/mergeviews.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace slotscope::cluster;

namespace slotscope::tests {
namespace {

/// Of all views, where they share the lines that they have in common; see initTestCase_data().
std::optional<NodesParser> sharedParser;

/// Ids of forty digits are hard to read in a test: a, b, c, ... stand for nodes.
ViewInput view(const QByteArray& nodes, const SlotsView& slotsView = {},
    const QString& host = u"127.0.0.1"_s, quint16 port = 1)
{
    const auto parse
        = [&] { return sharedParser ? sharedParser->parse(nodes) : parseNodes(nodes); };
    const auto parsed = nodes.isEmpty() ? support::Result<NodesView>(NodesView()) : parse();
    if (!parsed)
        qFatal("%s", qPrintable(parsed.error().detail));
    return { *parsed, slotsView, host, port, {} };
}

SlotsEntry entry(int first, int last, const QList<SlotsNode>& nodes)
{
    return { { Slot(first), Slot(last) }, nodes };
}

const Node& nodeOf(const Topology& topology, const char* id)
{
    const Node* node = topology.nodeById(NodeId(QByteArray(id)));
    if (!node)
        qFatal("no node %s", id);
    return *node;
}

QString ownerOf(const Topology& topology, int slot)
{
    const Node* node = topology.ownerOf(Slot(slot));
    return node ? node->id.toString() : QString();
}

} // namespace

class TestMergeViews final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Everything twice: views that share lines mean the same as views that do not.
    void initTestCase_data()
    {
        QTest::addColumn<bool>("shares");
        QTest::newRow("lines of their own") << false;
        QTest::newRow("shared lines") << true;
    }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        QFETCH_GLOBAL(bool, shares);
        sharedParser.reset();
        if (shares)
            sharedParser.emplace();
    }
    void addresses();
    void higherEpochOwns();
    void claimsSayWhoSaysWhat();
    void outdatedSlotsAreNoClaims();
    void aFreshNodeDeniesNothing();
    void mutualReplicas();
    void oneAddressTwoIds();
    void rolesOfALaterFailover();
    void forgottenNodeIsKept();
    void replicaOfAForgottenPrimary();
    void bothSidesOpen();
    void oneSideOpen();
    void replicasHaveThePrimarysMarks();
    void outdatedMarksOfAFinishedMove();
    void slotsAlone();
    void slotsAloneDisagree();
    void theMostWorriedViewCounts();
    void aHandshakeIsKnownBetterElsewhere();
    void slotsAloneWithoutIds();
    void baseWithoutNodes();
    void unknownEndpoint();
    void fourThousandRanges();
};

void TestMergeViews::addresses()
{
    SlotsView slotsView {
        entry(
            0, 9, { { NodeId("a"_ba), u""_s, 1, {} }, { NodeId("d"_ba), u"d.example"_s, 4, {} } }),
        entry(10, 19, { { NodeId("b"_ba), u"?"_s, 2, { { u"ip"_s, u"10.0.0.2"_s } } } }),
        entry(20, 29, { { NodeId("c"_ba), u"?"_s, 3, {} } }),
    };
    const Topology topology
        = mergeViews({ view("a :1@11 myself,master - 0 0 1 connected 0-9\n"
                            "b 10.0.0.2:2@12 master - 0 0 2 connected 10-19\n"
                            "c 10.0.0.3:3@13 master - 0 0 3 connected 20-29\n"
                            "d 10.0.0.4:4@14,d.example slave a 0 0 1 connected\n"
                            "e 10.0.0.5:5@15,e.example slave b 0 0 2 connected\n"
                            "f :0@0 master,noaddr - 0 0 0 disconnected\n"
                            "g 10.0.0.7:7@17 handshake - 0 0 0 disconnected\n"
                            "h :8@18 master - 0 0 0 connected\n"
                            "i 10.0.0.9:0@19 master - 0 0 0 connected\n",
                         slotsView, u"seed.example"_s) },
            {});
    const auto address = [&](const char* id) { return nodeOf(topology, id).address.toString(); };
    QCOMPARE(address("a"), u"seed.example:1"_s);
    QCOMPARE(address("b"), u"10.0.0.2:2"_s);
    QCOMPARE(address("c"), u"10.0.0.3:3"_s);
    QCOMPARE(address("d"), u"d.example:4"_s);
    QCOMPARE(nodeOf(topology, "d").ip, u"10.0.0.4"_s);
    QCOMPARE(address("e"), u"10.0.0.5:5"_s); // SLOTS leaves it out
    QCOMPARE(nodeOf(topology, "e").hostname, u"e.example"_s);
    for (const char* id : { "f", "g", "h", "i" })
        QVERIFY2(!nodeOf(topology, id).address.isDialable(), id);
    QCOMPARE(topology.data().answeredBy, NodeId("a"_ba));
    QCOMPARE(topology.shards().front().replicaIds, (QList<NodeId> { NodeId("d"_ba) }));
}

void TestMergeViews::higherEpochOwns()
{
    const Topology topology
        = mergeViews({ view("a 10.0.0.1:1@11 myself,master - 0 0 1 connected 0-9\n"
                            "b 10.0.0.2:2@12 master - 0 0 2 connected 10-19\n"),
                         view("a 10.0.0.1:1@11 master - 0 0 1 connected 0-4\n"
                              "b 10.0.0.2:2@12 myself,master - 0 0 3 connected 5-18\n") },
            {});
    QCOMPARE(ownerOf(topology, 4), u"a"_s);
    QCOMPARE(ownerOf(topology, 5), u"b"_s);
    QCOMPARE(ownerOf(topology, 9), u"b"_s);
    QCOMPARE(ownerOf(topology, 19), u"b"_s); // the only claim there is
    QCOMPARE(topology.data().disputes.size(), 1);
    QCOMPARE(topology.data().disputes.front().range, (SlotRange { Slot(5), Slot(9) }));
    QCOMPARE(topology.data().disputes.front().claimants,
        (QList<NodeId> { NodeId("b"_ba), NodeId("a"_ba) }));
    QCOMPARE(nodeOf(topology, "b").configEpoch, quint64(3));
    QVERIFY(nodeOf(topology, "a").myself);
    QVERIFY(!nodeOf(topology, "b").myself);
}

void TestMergeViews::claimsSayWhoSaysWhat()
{
    const NodeId a("a"_ba);
    const NodeId b("b"_ba);
    const NodeId c("c"_ba);
    const Topology topology
        = mergeViews({ view("a 10.0.0.1:1@11 myself,master - 0 0 1 connected 0-9\n"
                            "b 10.0.0.2:2@12 master - 0 0 2 connected 10-19\n"),
                         view("a 10.0.0.1:1@11 master - 0 0 1 connected 0-4\n"
                              "b 10.0.0.2:2@12 myself,master - 0 0 3 connected 5-18\n"),
                         view("a 10.0.0.1:1@11 master - 0 0 1 connected 0-9\n"
                              "b 10.0.0.2:2@12 master - 0 0 2 connected 10-19\n"
                              "c 10.0.0.3:3@13 myself,slave a 0 0 1 connected\n") },
            {});
    QCOMPARE(topology.data().views, (QList<NodeId> { a, b, c }));
    QCOMPARE(topology.data().claims.size(), 4);
    const SlotRanges moved { { Slot(5), Slot(9) } };
    const SlotRanges lost { { Slot(19), Slot(19) } };
    for (const Claim& claim : { Claim { moved, a, { a, c } }, Claim { moved, b, { b } },
             Claim { lost, b, { a, c } }, Claim { lost, NodeId(), { b } } }) {
        QVERIFY(topology.data().claims.contains(claim));
    }
    QCOMPARE(topology.data().claims.front().ranges, moved);
}

void TestMergeViews::outdatedSlotsAreNoClaims()
{
    ViewInput old = view("a 10.0.0.1:1@11 master - 0 0 9 connected 0-9\n"
                         "b 10.0.0.2:2@12 myself,master - 0 0 2 connected 10-19 [3-<-a]\n");
    old.outdated = { { Slot(5), Slot(5) }, { Slot(10), Slot(16383) } };
    const Topology topology
        = mergeViews({ view("a 10.0.0.1:1@11 myself,master - 0 0 1 connected 0-4 6-9\n"
                            "b 10.0.0.2:2@12 master - 0 0 2 connected 5 10-18\n"),
                         old },
            {});
    QCOMPARE(ownerOf(topology, 5), u"b"_s); // though the old one has the higher epoch
    QCOMPARE(ownerOf(topology, 19), QString());
    QVERIFY(topology.data().claims.isEmpty());
    QVERIFY(topology.data().disputes.isEmpty());
    QCOMPARE(topology.data().migrations.size(), 1);
}

void TestMergeViews::aFreshNodeDeniesNothing()
{
    const Topology topology
        = mergeViews({ view("a 10.0.0.1:1@11 myself,master - 0 0 1 connected 0-9\n"),
                         view("n :9@19 myself,master - 0 0 0 connected\n") },
            {});
    QVERIFY(topology.data().claims.isEmpty());
    QCOMPARE(ownerOf(topology, 0), u"a"_s);
}

void TestMergeViews::mutualReplicas()
{
    // For a moment of a failover each says that it replicates the other.
    const Topology topology = mergeViews({ view("a 10.0.0.1:1@11 myself,slave b 0 0 1 connected\n"
                                                "b 10.0.0.2:2@12 slave a 0 0 1 connected\n"
                                                "c 10.0.0.3:3@13 master - 0 0 2 connected 0-9\n") },
        {});
    QCOMPARE(topology.shards().size(), 1);
    QCOMPARE(topology.shardIndexOf(NodeId("a"_ba)), -1);
    QCOMPARE(topology.shardIndexOf(NodeId("b"_ba)), -1);
    QCOMPARE(topology.labelOf(nodeOf(topology, "a")), u"10.0.0.1:1"_s);
}

void TestMergeViews::oneAddressTwoIds()
{
    const auto idAt = [](const QByteArray& first, const QByteArray& second) {
        const Topology topology = mergeViews({ view("x 10.0.0.1:1@11 " + first
                                                 + " connected\n"
                                                   "y 10.0.0.1:1@11 "
                                                 + second + " connected\n") },
            {});
        return topology.nodeByAddress({ u"10.0.0.1"_s, 1 })->id.toString();
    };
    QCOMPARE(idAt("master,fail - 0 0 9", "master - 0 0 2"), u"y"_s);
    QCOMPARE(idAt("master - 0 0 1", "master - 0 0 2"), u"y"_s);
    QCOMPARE(idAt("master - 0 0 2", "master - 0 0 1"), u"x"_s);
}

void TestMergeViews::rolesOfALaterFailover()
{
    // The base has not heard yet that d took over from a.
    const Topology topology
        = mergeViews({ view("a 10.0.0.1:1@11 myself,master - 0 0 1 connected 0-9\n"
                            "d 10.0.0.4:4@14 slave a 0 0 1 connected\n"),
                         view("a 10.0.0.1:1@11 slave d 0 0 7 connected\n"
                              "d 10.0.0.4:4@14 myself,master - 0 0 7 connected 0-9\n") },
            {});
    QCOMPARE(ownerOf(topology, 0), u"d"_s);
    QCOMPARE(nodeOf(topology, "d").role, Role::Primary);
    QVERIFY(nodeOf(topology, "d").primaryId.isNull());
    QCOMPARE(nodeOf(topology, "a").role, Role::Replica);
    QCOMPARE(topology.shards().size(), 1);
    QCOMPARE(topology.labelOf(nodeOf(topology, "a")), u"S01/1"_s);
}

void TestMergeViews::forgottenNodeIsKept()
{
    const Topology topology
        = mergeViews({ view("a 10.0.0.1:1@11 myself,master - 0 0 1 connected 0-9\n"),
                         view("b 10.0.0.2:2@12 myself,master - 0 0 2 connected 10-19\n"
                              "a 10.0.0.1:1@11 master - 0 0 1 connected 0-9\n") },
            {});
    QCOMPARE(topology.nodes().size(), 2);
    QVERIFY(!nodeOf(topology, "b").flags.contains(u"myself"_s));
    QCOMPARE(ownerOf(topology, 15), u"b"_s);
    QVERIFY(topology.data().disputes.isEmpty());
}

/// Who has forgotten a primary prints its replica without one.
void TestMergeViews::replicaOfAForgottenPrimary()
{
    const Topology topology
        = mergeViews({ view("b 10.0.0.2:2@12 myself,master - 0 0 2 connected 5-9\n"
                            "d 10.0.0.4:4@14 slave - 0 0 1 connected\n"),
                         view("a 10.0.0.1:1@11 myself,master - 0 0 1 connected 0-4\n"
                              "b 10.0.0.2:2@12 master - 0 0 2 connected 5-9\n"
                              "d 10.0.0.4:4@14 slave a 0 0 1 connected\n") },
            {});
    QCOMPARE(nodeOf(topology, "d").primaryId, NodeId("a"_ba));
    QCOMPARE(topology.shards().first().replicaIds, QList<NodeId> { NodeId("d"_ba) });
}

void TestMergeViews::bothSidesOpen()
{
    const Topology topology = mergeViews(
        { view("a 10.0.0.1:1@11 myself,master - 0 0 1 connected 0-9 [7->-b] [3->-b]\n"
               "b 10.0.0.2:2@12 master - 0 0 2 connected 10-19\n"),
            view("b 10.0.0.2:2@12 myself,master - 0 0 2 connected 10-19 [3-<-a] [7-<-a]\n"
                 "a 10.0.0.1:1@11 master - 0 0 1 connected 0-9\n") },
        {});
    const NodeId a("a"_ba);
    const NodeId b("b"_ba);
    QCOMPARE(
        topology.data().migrations, (QList<Migration> { { Slot(3), a, b }, { Slot(7), a, b } }));
    QCOMPARE(topology.migrationOf(Slot(7))->to, b);
    QVERIFY(topology.migrationOf(Slot(8)) == nullptr);
    QCOMPARE(ownerOf(topology, 7), u"a"_s); // marks never change ownership
    QCOMPARE(nodeOf(topology, "b").importing.size(), 2);
}

void TestMergeViews::oneSideOpen()
{
    const Topology topology
        = mergeViews({ view("a 10.0.0.1:1@11 myself,master - 0 0 1 connected 0-9 [7->-b]\n"
                            "b 10.0.0.2:2@12 master - 0 0 2 connected 10-19\n"),
                         view("b 10.0.0.2:2@12 myself,master - 0 0 2 connected 10-19 [8-<-a]\n") },
            {});
    QCOMPARE(topology.data().migrations,
        (QList<Migration> {
            { Slot(7), NodeId("a"_ba), NodeId() }, { Slot(8), NodeId(), NodeId("b"_ba) } }));
}

/// Valkey 8 replicates SETSLOT.
void TestMergeViews::replicasHaveThePrimarysMarks()
{
    const QByteArray primaries = "a 10.0.0.1:1@11 master - 0 0 1 connected 0-9\n"
                                 "b 10.0.0.2:2@12 master - 0 0 2 connected 10-19\n";
    const QByteArray replicaOfA = "c 10.0.0.3:3@13 myself,slave a 0 0 1 connected [7->-b]\n";
    const QByteArray replicaOfB = "d 10.0.0.4:4@14 myself,slave b 0 0 2 connected [7-<-a]\n";
    const Migration open { Slot(7), NodeId("a"_ba), NodeId("b"_ba) };
    const Topology both
        = mergeViews({ view(primaries + replicaOfA), view(primaries + replicaOfB),
                         view("a 10.0.0.1:1@11 myself,master - 0 0 1 connected 0-9 [7->-b]\n"),
                         view("b 10.0.0.2:2@12 myself,master - 0 0 2 connected 10-19 [7-<-a]\n") },
            {});
    QCOMPARE(both.data().migrations, QList<Migration> { open });
    const Topology oneReplica = mergeViews({ view(primaries + replicaOfB) }, {});
    QCOMPARE(oneReplica.data().migrations, (QList<Migration> { { Slot(7), NodeId(), open.to } }));
}

/// The newest view, of c, knows that a has given slot 7 to b; what a and b said before is kept.
void TestMergeViews::outdatedMarksOfAFinishedMove()
{
    const QByteArray c = "c 10.0.0.3:3@13 myself,master - 0 0 3 connected 20-29\n"
                         "a 10.0.0.1:1@11 master - 0 0 1 connected 0-6 8-9\n"
                         "b 10.0.0.2:2@12 master - 0 0 4 connected 7 10-19\n";
    ViewInput a = view("a 10.0.0.1:1@11 myself,master - 0 0 1 connected 0-9 [7->-b] [8->-b]\n");
    ViewInput b = view("b 10.0.0.2:2@12 myself,master - 0 0 2 connected 10-19 [7-<-a] [8-<-a]\n");
    a.outdated = { { Slot(7), Slot(7) } };
    b.outdated = a.outdated;
    const Migration eight { Slot(8), NodeId("a"_ba), NodeId("b"_ba) };
    QCOMPARE(mergeViews({ view(c), a, b }, {}).data().migrations, QList<Migration> { eight });
    // A mark that was printed after the move is one that was left behind.
    a.outdated.clear();
    QCOMPARE(mergeViews({ view(c), a, b }, {}).data().migrations.size(), 2);
}

void TestMergeViews::slotsAlone()
{
    const Topology topology
        = mergeViews({ view({},
                         { entry(5, 9, { { NodeId("b"_ba), u"10.0.0.2"_s, 2, {} } }),
                             entry(0, 4,
                                 { { NodeId("a"_ba), u"10.0.0.1"_s, 1, {} },
                                     { NodeId("d"_ba), u"10.0.0.4"_s, 4, {} } }),
                             entry(10, 19, { { NodeId("b"_ba), u"10.0.0.2"_s, 2, {} } }) }) },
            {});
    QCOMPARE(topology.nodes().size(), 3);
    QCOMPARE(ownerOf(topology, 19), u"b"_s);
    QCOMPARE(nodeOf(topology, "d").primaryId, NodeId("a"_ba));
    QCOMPARE(nodeOf(topology, "b").health, Health::Unknown);
    QCOMPARE(topology.shards().size(), 2);
    QCOMPARE(topology.shards().at(1).ranges, (SlotRanges { { Slot(5), Slot(19) } }));
}

void TestMergeViews::slotsAloneDisagree()
{
    const SlotsNode a { NodeId("a"_ba), u"10.0.0.1"_s, 1, {} };
    const SlotsNode b { NodeId("b"_ba), u"10.0.0.2"_s, 2, {} };
    const ViewInput two = view({}, { entry(0, 9, { a }), entry(10, 19, { b }) });
    const ViewInput one = view({}, { entry(0, 4, { a }), entry(5, 19, { b }) });
    const ViewInput small = view({}, { entry(0, 9, { a }), entry(10, 14, { b }) });
    QCOMPARE(ownerOf(mergeViews({ one, two, two }, {}), 5), u"a"_s);
    QCOMPARE(ownerOf(mergeViews({ two, one, one }, {}), 5), u"b"_s);
    // As many: the one that covers more decides, whoever came first.
    QCOMPARE(ownerOf(mergeViews({ small, one }, {}), 5), u"b"_s);
    QCOMPARE(ownerOf(mergeViews({ one, small }, {}), 5), u"b"_s);
    QCOMPARE(ownerOf(mergeViews({ one, small }, {}), 19), u"b"_s);
    QCOMPARE(mergeViews({ one, two }, {}).data().disputes.size(), 1);
    // An epoch decides against any number.
    const ViewInput nodes = view("a 10.0.0.1:1@11 master - 0 0 1 connected 0-9\n");
    QCOMPARE(ownerOf(mergeViews({ one, one, nodes }, {}), 5), u"a"_s);
}

void TestMergeViews::theMostWorriedViewCounts()
{
    const auto healthOf = [](const QByteArray& first, const QByteArray& second) {
        const QByteArray rest = " - 0 0 1 connected 0-9\n";
        return healthName(nodeOf(mergeViews({ view("x 10.0.0.1:1@11 " + first + rest),
                                                view("x 10.0.0.1:1@11 " + second + rest) },
                                     {}),
            "x")
                              .health);
    };
    QCOMPARE(healthOf("master", "master,fail?"), u"pfail"_s);
    QCOMPARE(healthOf("master,fail?", "master"), u"pfail"_s);
    QCOMPARE(healthOf("master,fail?", "master,fail"), u"fail"_s);
    QCOMPARE(healthOf("master,fail", "master,fail?"), u"fail"_s);
    QCOMPARE(healthOf("master", "master"), u"ok"_s);
}

void TestMergeViews::aHandshakeIsKnownBetterElsewhere()
{
    const Topology topology
        = mergeViews({ view("a 10.0.0.1:1@11 myself,master - 0 0 1 connected 0-9\n"
                            "x :0@0 master,noaddr - 0 0 1 disconnected\n"
                            "y 10.0.0.9:1@11 handshake - 0 0 0 connected\n"),
                         view("x 10.0.0.2:1@11 master - 0 0 2 connected\n"
                              "y 10.0.0.3:1@11 slave a 0 0 1 connected\n") },
            {});
    QCOMPARE(nodeOf(topology, "x").address.toString(), u"10.0.0.2:1"_s);
    QCOMPARE(nodeOf(topology, "x").health, Health::Ok);
    QCOMPARE(nodeOf(topology, "y").address.toString(), u"10.0.0.3:1"_s);
    QCOMPARE(topology.labelOf(nodeOf(topology, "y")), u"S01/1"_s);
}

void TestMergeViews::slotsAloneWithoutIds()
{
    const Topology topology = mergeViews(
        { view({},
            { entry(
                  0, 4, { { NodeId(), u"10.0.0.1"_s, 1, {} }, { NodeId(), u"10.0.0.4"_s, 4, {} } }),
                entry(5, 9, { { NodeId(), u"10.0.0.2"_s, 2, {} } }),
                entry(10, 11, { { NodeId(), u"10.0.0.1"_s, 1, {} } }) }) },
        {});
    QCOMPARE(topology.nodes().size(), 3);
    QCOMPARE(topology.ownerOf(Slot(11))->address.toString(), u"10.0.0.1:1"_s);
    QCOMPARE(topology.shardOf(Slot(11))->label, u"S01"_s);
    QCOMPARE(topology.shardOf(Slot(5))->label, u"S02"_s);
    QCOMPARE(topology.labelOf(*topology.ownerOf(Slot(5))), u"S02"_s);
}

void TestMergeViews::baseWithoutNodes()
{
    // NODES was refused by the seed (a), and b answered it.
    const Topology topology
        = mergeViews({ view({}, { entry(0, 9, { { NodeId("a"_ba), u"10.0.0.1"_s, 1, {} } }) }),
                         view("b 10.0.0.2:2@12 myself,master - 0 0 2 connected 10-19\n"
                              "a 10.0.0.1:1@11 master - 0 0 1 connected 0-9\n") },
            {});
    QCOMPARE(topology.nodes().size(), 2);
    QVERIFY(topology.data().answeredBy.isNull()); // b is not who was connected to
    QVERIFY(!nodeOf(topology, "b").myself);
    QVERIFY(topology.data().disputes.isEmpty());
    QCOMPARE(ownerOf(topology, 0), u"a"_s);
}

void TestMergeViews::unknownEndpoint()
{
    const Topology topology = mergeViews(
        { view("a 10.0.0.1:1@11 myself,master - 0 0 1 connected 0-9\n"
               "b 10.0.0.2:2@12 master - 0 0 2 connected 10-19\n",
            { entry(0, 9, { { NodeId("a"_ba), u""_s, 1, { { u"ip"_s, u"10.0.0.1"_s } } } }),
                entry(10, 19, { { NodeId("b"_ba), u""_s, 2, { { u"ip"_s, u"10.0.0.2"_s } } } }) },
            u"lb.example"_s) },
        {});
    QCOMPARE(nodeOf(topology, "b").address.toString(), u"lb.example:2"_s);
    QCOMPARE(nodeOf(topology, "b").ip, u"10.0.0.2"_s);
}

void TestMergeViews::fourThousandRanges()
{
    QByteArray odd = "a 10.0.0.1:1@11 myself,master - 0 0 1 connected";
    QByteArray even = "b 10.0.0.2:2@12 master - 0 0 2 connected";
    for (int slot = 0; slot < Slot::count; ++slot)
        (slot % 2 ? odd : even) += ' ' + QByteArray::number(slot);
    const Topology topology = mergeViews({ view(odd + '\n' + even) }, {});
    QCOMPARE(topology.ownedRanges().size(), Slot::count);
    QVERIFY(topology.uncovered().isEmpty());
    QCOMPARE(topology.shards().front().primaryId, NodeId("b"_ba));
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::TestMergeViews)
#include "tst_mergeviews.moc"
