// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/mergeviews.h"
#include "core/explain/topology.h"
#include "core/health/headline.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace slotscope::cluster;
using namespace slotscope::health;

namespace slotscope::tests {
namespace {

const QDateTime noon(QDate(2026, 11, 23), QTime(12, 0), Qt::UTC);

/// Three shards with a replica each, all well; `changes` are made to the printed text.
TopologyData headFor(int asked = 3, int answered = 3)
{
    TopologyData head;
    head.capturedAt = noon;
    head.state = ClusterState::Ok;
    head.viewsAsked = asked;
    head.viewsAnswered = answered;
    return head;
}

Topology cluster(
    const QList<QPair<QByteArray, QByteArray>>& changes = {}, const TopologyData& head = headFor())
{
    QByteArray text = "a 10.0.0.1:1@11 myself,master - 0 0 1 connected 0-5460\n"
                      "b 10.0.0.2:2@12 master - 0 0 2 connected 5461-10922\n"
                      "c 10.0.0.3:3@13 master - 0 0 3 connected 10923-16383\n"
                      "d 10.0.0.4:4@14 slave a 0 0 1 connected\n"
                      "e 10.0.0.5:5@15 slave b 0 0 2 connected\n"
                      "f 10.0.0.6:6@16 slave c 0 0 3 connected\n";
    for (const auto& [before, after] : changes) {
        if (!text.contains(before))
            qFatal("nothing to replace: %s", before.constData());
        text.replace(before, after);
    }
    return mergeViews({ { *parseNodes(text), {}, u"10.0.0.1"_s, 1 } }, head);
}

Topology single(Kind kind, Health health, const QStringList& warnings = {})
{
    TopologyData data = headFor(1, kind == Kind::Cluster ? 0 : 1);
    data.kind = kind;
    data.state = ClusterState::Unknown;
    Node node;
    node.address = { u"10.0.0.1"_s, 6379 };
    node.health = health;
    data.nodes = { node };
    data.warnings = warnings;
    return Topology::build(data);
}

Topology sentinel()
{
    TopologyData data = headFor(1, 1);
    data.kind = Kind::Sentinel;
    data.masters = { { u"mymaster"_s, { u"10.0.0.1"_s, 6379 } } };
    return Topology::build(data);
}

TopologyData failed(TopologyData head = headFor())
{
    head.state = ClusterState::Fail;
    return head;
}

TopologyData disputed()
{
    TopologyData head = headFor();
    head.disputes = { { { Slot(5), Slot(6) }, { NodeId("a"_ba), NodeId("b"_ba) } } };
    return head;
}

} // namespace

class TestHeadline final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void verdict_data();
    void verdict();
    void evidence_data();
    void evidence();
    void partial();
    void ages_data();
    void ages();
};

void TestHeadline::verdict_data()
{
    QTest::addColumn<Topology>("topology");
    QTest::addColumn<Severity>("severity");
    QTest::addColumn<QString>("sentence");

    QTest::newRow("healthy") << cluster() << Severity::Calm
                             << u"All 16384 slots are served by 3 shards; 6 nodes are well."_s;
    QTest::newRow("nothing yet")
        << Topology() << Severity::Calm
        << u"Paste an endpoint, a URL, a MOVED error, or the output of CLUSTER NODES."_s;
    QTest::newRow("standalone")
        << single(Kind::Standalone, Health::Ok) << Severity::Notice
        << u"Cluster support is off here. This server never answers MOVED."_s;
    QTest::newRow("sentinel") << sentinel() << Severity::Notice
                              << u"This is a Sentinel. It watches 1 primary and holds no data."_s;
    QTest::newRow("no permission")
        << single(Kind::Cluster, Health::Unknown, { explain::noClusterPermission() })
        << Severity::Warning
        << u"This user may not run CLUSTER. It is a cluster (cluster_enabled:1); its slots are unknown."_s;
    QTest::newRow("nothing told") << single(Kind::Cluster, Health::Unknown) << Severity::Warning
                                  << u"It is a cluster; its slots are unknown."_s;
    auto silent = cluster().data();
    silent.viewsAsked = 6;
    silent.viewsAnswered = 0;
    QTest::newRow("nobody answers any more")
        << Topology::build(silent) << Severity::Error
        << u"None of the 6 nodes answers: what is shown was known before."_s;
    QTest::newRow("fresh") << cluster(
        { { " 0-5460", "" }, { " 5461-10922", "" }, { " 10923-16383", "" } }, failed())
                           << Severity::Warning
                           << u"This is a cluster in which no slot is assigned yet."_s;

    const QPair<QByteArray, QByteArray> bDown { "2:2@12 master -", "2:2@12 master,fail -" };
    QTest::newRow("primary down") << cluster(
        { { " 0-5460", " 0-5460 5871-10922" }, { " 5461-10922", " 5461-5870" }, bDown })
                                  << Severity::Error
                                  << u"S02's primary is down: 410 slots (2.5 %) unserved."_s;
    QTest::newRow("one slot down")
        << cluster({ { " 0-5460", " 0-5460 5462-10922" }, { " 5461-10922", " 5461" }, bDown })
        << Severity::Error << u"S02's primary is down: 1 slot (less than 0.1 %) unserved."_s;
    QTest::newRow("two primaries down")
        << cluster({ bDown, { "3:3@13 master -", "3:3@13 master,fail -" } }) << Severity::Error
        << u"The primaries of S02, S03 are down: 10923 slots (66.7 %) unserved."_s;
    QTest::newRow("state fail, primary down")
        << cluster({ bDown }, failed()) << Severity::Error
        << u"The cluster is down (cluster_state:fail). S02's primary is down: 5462 slots (33.3 %) unserved."_s;
    QTest::newRow("state fail, who knows why") << cluster({}, failed()) << Severity::Error
                                               << u"The cluster is down (cluster_state:fail)."_s;
    QTest::newRow("uncovered") << cluster({ { " 0-5460", " 0-5359" } }) << Severity::Error
                               << u"101 slots (0.6 %) have no owner."_s;
    QTest::newRow("one uncovered, primary down")
        << cluster({ { " 0-5460", " 1-5460" }, bDown }) << Severity::Error
        << u"S02's primary is down: 5462 slots (33.3 %) unserved."_s;
    QTest::newRow("disputed") << cluster({}, disputed()) << Severity::Error
                              << u"The nodes do not agree who owns 2 slots (less than 0.1 %)."_s;
    const QPair<QByteArray, QByteArray> bSuspected { "2:2@12 master", "2:2@12 master,fail?" };
    QTest::newRow("suspected")
        << cluster({ bSuspected }) << Severity::Warning
        << u"S02, owner of 5462 slots (33.3 %), is suspected to be down (fail?)."_s;
    QTest::newRow("two suspected")
        << cluster({ bSuspected, { "3:3@13 master", "3:3@13 master,fail?" } }) << Severity::Warning
        << u"S02, S03, owners of 10923 slots (66.7 %), are suspected to be down (fail?)."_s;
    QTest::newRow("a replica suspected")
        << cluster({ { "4:4@14 slave", "4:4@14 slave,fail?" } }) << Severity::Warning
        << u"S01/1 is suspected to be down (fail?)."_s;
    QTest::newRow("replica down") << cluster({ { "4:4@14 slave", "4:4@14 slave,fail" } })
                                  << Severity::Warning
                                  << u"The replica S01/1 is down; every slot is served."_s;
    QTest::newRow("a replica down and another suspected")
        << cluster({ { "4:4@14 slave", "4:4@14 slave,fail?" },
               { "5:5@15 slave", "5:5@15 slave,fail" } })
        << Severity::Warning << u"The replica S02/1 is down; every slot is served."_s;
    QTest::newRow("not answered") << cluster({}, headFor(3, 1)) << Severity::Warning
                                  << u"2 nodes have not answered: unknown, not healthy."_s;
    QTest::newRow("moving") << cluster({ { " 0-5460", " 0-5460 [7->-b]" } }) << Severity::Notice
                            << u"1 slot (less than 0.1 %) is moving; every slot is served."_s;

    const QByteArray dead = "z 10.0.0.9:9@19 master,fail - 0 0 0 disconnected\na ";
    QTest::newRow("dead primary without slots")
        << cluster({ { "a 10", dead + "10" } }) << Severity::Warning
        << u"The node 10.0.0.9:9 is down; every slot is served."_s;

    SlotsView slotsView { { { Slot(0), Slot(16383) }, { { NodeId(), u"10.0.0.1"_s, 1, {} } } } };
    QTest::newRow("SLOTS alone")
        << mergeViews({ { {}, slotsView, u"10.0.0.1"_s, 1 } }, headFor(1, 1)) << Severity::Notice
        << u"All 16384 slots are owned by 1 shard; the nodes' health is not known."_s;
    QTest::newRow("one node loading")
        << single(Kind::Cluster, Health::Loading, { explain::nodeLoading({ u"10.0.0.1:6379"_s }) })
        << Severity::Warning << u"10.0.0.1:6379 is still loading its data into memory."_s;
}

void TestHeadline::verdict()
{
    QFETCH(Topology, topology);
    const Headline headline = headlineOf(topology, noon);
    QTEST(headline.verdict, "sentence");
    QTEST(headline.severity, "severity");
}

void TestHeadline::evidence_data()
{
    QTest::addColumn<Topology>("topology");
    QTest::addColumn<QString>("how");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("all asked") << cluster({}, headFor(6, 6)) << QString()
                               << u"6 of 6 nodes answered, 2 s ago"_s;
    QTest::newRow("primaries asked")
        << cluster() << QString() << u"3 of 6 nodes answered, not all were asked, 2 s ago"_s;
    QTest::newRow("one view")
        << cluster({}, headFor(3, 1)) << QString()
        << u"1 of 6 nodes answered, not all were asked, this is 10.0.0.1:1's view alone, 2 s ago"_s;
    // Whom the others call failed is not asked any more: it is one of those that did not answer.
    const QPair<QByteArray, QByteArray> failover[]
        = { { "c 10.0.0.3:3@13 master - 0 0 3 connected 10923-16383",
                "c 10.0.0.3:3@13 master,fail - 0 0 3 disconnected" },
              { "f 10.0.0.6:6@16 slave c 0 0 3 connected",
                  "f 10.0.0.6:6@16 master - 0 0 4 connected 10923-16383" } };
    QTest::newRow("one is down, the others were asked") << cluster({ failover[0], failover[1] },
        headFor(5, 5)) << QString() << u"5 of 6 nodes answered, 2 s ago"_s;
    QTest::newRow("one is down and was asked") << cluster({ failover[0], failover[1] },
        headFor(6, 5)) << QString() << u"5 of 6 nodes answered, 2 s ago"_s;
    QTest::newRow("one is down, primaries asked") << cluster({ failover[0], failover[1] },
        headFor(3, 3)) << QString() << u"3 of 6 nodes answered, not all were asked, 2 s ago"_s;
    QTest::newRow("a node that has no address cannot be asked") << cluster(
        { { "f 10.0.0.6:6@16 slave c 0 0 3 connected",
            "f :0@0 slave,noaddr c 0 0 3 disconnected" } },
        headFor(5, 5)) << QString() << u"5 of 5 nodes answered, 2 s ago"_s;
    QTest::newRow("standalone") << single(Kind::Standalone, Health::Ok) << QString()
                                << u"1 of 1 node answered, 2 s ago"_s;
    QTest::newRow("no view")
        << single(Kind::Cluster, Health::Unknown) << QString()
        << u"the endpoint answered, and told no view of the cluster, 2 s ago"_s;
    QTest::newRow("nobody answers any more")
        << cluster({}, headFor(6, 0)) << QString() << u"0 of 6 nodes answered, 2 s ago"_s;
    TopologyData pasted;
    TopologyData nobodys = cluster({}, headFor(1, 1)).data();
    nobodys.seed = {};
    nobodys.answeredBy = {};
    QTest::newRow("pasted view of no known node")
        << Topology::build(nobodys) << explain::pastedUnknownTime()
        << u"1 of 6 nodes answered, not all were asked, this is one node's view alone, pasted, time unknown"_s;
    QTest::newRow("pasted") << cluster({}, pasted) << explain::pastedUnknownTime()
                            << u"pasted, time unknown"_s;
    QTest::newRow("capture") << cluster() << u"captured at noon"_s
                             << u"3 of 6 nodes answered, not all were asked, captured at noon"_s;
    QTest::newRow("nothing") << Topology() << QString() << QString();
}

void TestHeadline::evidence()
{
    QFETCH(Topology, topology);
    QFETCH(QString, how);
    QTEST(headlineOf(topology, noon.addSecs(2), how).evidence, "sentence");
}

void TestHeadline::partial()
{
    const auto of = [](const Topology& topology) {
        const Answered count = answeredOf(topology);
        return u"%1/%2%3"_s.arg(count.answered)
            .arg(count.all)
            .arg(count.isPartial() ? u" partial"_s : QString());
    };
    QCOMPARE(of(cluster({}, headFor(6, 6))), u"6/6"_s);
    QCOMPARE(of(cluster({}, headFor(6, 5))), u"5/6 partial"_s);
    QCOMPARE(of(cluster({}, headFor(3, 3))), u"3/6 partial"_s); // the others were not asked
    // Whom the others call failed is not asked, and has not answered either.
    QCOMPARE(of(cluster(
                 { { "f 10.0.0.6:6@16 slave c", "f 10.0.0.6:6@16 slave,fail c" } }, headFor(5, 5))),
        u"5/6 partial"_s);
    QCOMPARE(of(cluster({ { "f 10.0.0.6:6@16 slave c", "f :0@0 slave,noaddr c" } }, headFor(5, 5))),
        u"5/5"_s);
    QCOMPARE(of(single(Kind::Standalone, Health::Ok)), u"1/1"_s);
    QCOMPARE(of(cluster({}, headFor(0, 0))), u"0/0"_s); // pasted
}

void TestHeadline::ages_data()
{
    QTest::addColumn<qint64>("milliseconds");
    QTest::addColumn<QString>("age");
    QTest::newRow("clock went back") << qint64(-5000) << u"just now"_s;
    QTest::newRow("now") << qint64(999) << u"just now"_s;
    QTest::newRow("seconds") << qint64(2100) << u"2 s ago"_s;
    QTest::newRow("minutes") << qint64(150'000) << u"2 min ago"_s;
    QTest::newRow("hours") << qint64(3 * 3'600'000) << u"3 h ago"_s;
    QTest::newRow("days") << qint64(50 * 3'600'000) << u"2 days ago"_s;
}

void TestHeadline::ages()
{
    QFETCH(qint64, milliseconds);
    QTEST(explain::age(milliseconds), "age");
}

} // namespace slotscope::tests

Q_DECLARE_METATYPE(slotscope::health::Severity)

QTEST_GUILESS_MAIN(slotscope::tests::TestHeadline)
#include "tst_headline.moc"
