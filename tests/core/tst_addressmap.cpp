// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/session/session.h"
#include "tests/core/sessionfixture.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace slotscope;
using namespace slotscope::tests;
using command::Behaviour;
using command::HopOutcome;
using session::Session;

namespace {

/// Three fake nodes that announce names which no resolver knows: every socket that opens without
/// the address map fails. C replicates A.
class HiddenCluster : public FakeCluster
{
public:
    HiddenCluster()
    {
        for (int i = 0; i < 3; ++i) {
            rules.append(u"n%1.invalid:%2=%3"_s.arg(i).arg(7000 + i).arg(endpoints[i].toString()));
            endpoints[i] = { u"n%1.invalid"_s.arg(i), static_cast<quint16>(7000 + i) };
        }
        update();
        for (const auto& node : nodes) {
            node->on("CLUSTER SLOTS",
                "*2\r\n*4\r\n:0\r\n:8191\r\n" + entry(primaryA) + entry(replicaOfA)
                    + "*3\r\n:8192\r\n:16383\r\n" + entry(primaryB));
        }
    }
    session::SessionConfig mappedConfig(int seed = primaryA) const
    {
        session::SessionConfig result = config(std::chrono::milliseconds(0), seed);
        for (const QString& rule : rules) {
            if (!result.options.addressMap.addRule(rule))
                qFatal("bad rule");
        }
        return result;
    }

    QStringList rules;

private:
    QByteArray entry(int node) const
    {
        return "*3\r\n" + FakeNode::bulk(endpoints[node].host.toLatin1()) + ':'
            + QByteArray::number(endpoints[node].port) + "\r\n" + FakeNode::bulk(idOf(node));
    }
};

} // namespace

/// The address map at every place where a socket opens.
class TestAddressMap : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void mapsSeedAndLearnedNodes();
    void mapsTargetsOfRedirects_data();
    void mapsTargetsOfRedirects();
    void mapsReplicasAndOwnConnections_data();
    void mapsReplicasAndOwnConnections();
    void mapsReconnects();
    void identityStaysWithTheAnnounced();
};

void TestAddressMap::mapsSeedAndLearnedNodes()
{
    const HiddenCluster cluster;
    Session session(cluster.mappedConfig(primaryB));
    QSignalSpy topologies(&session, &Session::topologyChanged);
    session.open();
    QTRY_VERIFY(!topologies.isEmpty());
    // Every primary is asked for its own view.
    for (const int node : { primaryA, primaryB })
        QTRY_VERIFY(cluster.asked(node, "CLUSTER NODES") > 0);
}

void TestAddressMap::mapsTargetsOfRedirects_data()
{
    QTest::addColumn<QByteArray>("word");
    QTest::addColumn<int>("outcome");
    QTest::newRow("MOVED") << "MOVED"_ba << int(HopOutcome::Moved);
    QTest::newRow("ASK") << "ASK"_ba << int(HopOutcome::Ask);
}

void TestAddressMap::mapsTargetsOfRedirects()
{
    QFETCH(QByteArray, word);
    QFETCH(int, outcome);
    const HiddenCluster cluster;
    cluster.nodes[primaryA]->on("GET", '-' + word + " 1738 n1.invalid:7001\r\n");
    cluster.nodes[primaryB]->on("ASKING", "+OK\r\n");
    cluster.nodes[primaryB]->on("GET", FakeNode::bulk("v"));
    Session session(cluster.mappedConfig());
    QSignalSpy topologies(&session, &Session::topologyChanged);
    session.open();
    QTRY_VERIFY(!topologies.isEmpty());
    QSignalSpy ends(&session, &Session::runFinished);
    session.run(1, { "GET", "user:2935" }, Behaviour::clusterClientWithMap());
    QTRY_COMPARE(ends.size(), 1);
    const auto trace = ends[0][1].value<command::Trace>();
    QCOMPARE(trace.hops.size(), 2);
    QCOMPARE(int(trace.hops[0].outcome), outcome);
    QCOMPARE(trace.hops[1].outcome, HopOutcome::Reply);
    // Announced as printed, dialled as mapped.
    QCOMPARE(trace.hops[1].address, cluster.endpoints[primaryB]);
    QCOMPARE(trace.hops[1].dialled, cluster.nodes[primaryB]->endpoint().toString());
}

void TestAddressMap::mapsReplicasAndOwnConnections_data()
{
    QTest::addColumn<QList<QByteArray>>("argv");
    QTest::addColumn<bool>("fromReplica");
    QTest::newRow("replica") << QList<QByteArray> { "GET", "user:2935" } << true;
    QTest::newRow("own connection") << QList<QByteArray> { "BLPOP", "user:2935", "1" } << false;
}

void TestAddressMap::mapsReplicasAndOwnConnections()
{
    QFETCH(QList<QByteArray>, argv);
    QFETCH(bool, fromReplica);
    const HiddenCluster cluster;
    cluster.nodes[primaryA]->on("BLPOP", "*-1\r\n");
    cluster.nodes[replicaOfA]->on("READONLY", "+OK\r\n");
    cluster.nodes[replicaOfA]->on("GET", FakeNode::bulk("v"));
    Session session(cluster.mappedConfig());
    QSignalSpy topologies(&session, &Session::topologyChanged);
    session.open();
    QTRY_VERIFY(!topologies.isEmpty());
    QSignalSpy ends(&session, &Session::runFinished);
    session.run(
        1, argv, fromReplica ? Behaviour::replicaReader() : Behaviour::clusterClientWithMap());
    QTRY_COMPARE(ends.size(), 1);
    const auto trace = ends[0][1].value<command::Trace>();
    QCOMPARE(trace.hops.size(), 1);
    QCOMPARE(trace.hops[0].outcome, HopOutcome::Reply);
    const int node = fromReplica ? replicaOfA : primaryA;
    QCOMPARE(
        trace.hops[0].dialled, cluster.nodes[static_cast<size_t>(node)]->endpoint().toString());
}

/// The nodes close every connection; the next ones go the same way.
void TestAddressMap::mapsReconnects()
{
    const HiddenCluster cluster;
    cluster.nodes[primaryA]->on("GET", FakeNode::bulk("v"));
    Session session(cluster.mappedConfig());
    QSignalSpy topologies(&session, &Session::topologyChanged);
    session.open();
    QTRY_VERIFY(!topologies.isEmpty());
    for (int round = 1; round <= 2; ++round) {
        QSignalSpy ends(&session, &Session::runFinished);
        session.run(
            static_cast<quint64>(round), { "GET", "user:2935" }, Behaviour::clusterClientWithMap());
        QTRY_COMPARE(ends.size(), 1);
        const auto trace = ends[0][1].value<command::Trace>();
        QCOMPARE(trace.outcome, command::TraceOutcome::Reply);
        QCOMPARE(trace.hops.last().dialled, cluster.nodes[primaryA]->endpoint().toString());
        for (const auto& node : cluster.nodes)
            node->closeAllConnections();
        QTest::qWait(50); // until the session has heard of it
    }
}

void TestAddressMap::identityStaysWithTheAnnounced()
{
    const HiddenCluster cluster;
    Session session(cluster.mappedConfig());
    QSignalSpy topologies(&session, &Session::topologyChanged);
    session.open();
    QTRY_VERIFY(!topologies.isEmpty());
    const cluster::Topology topology = lastTopology(topologies);
    for (int node = 0; node < 3; ++node) {
        const cluster::Node* found = topology.nodeById(cluster::NodeId(idOf(node)));
        QVERIFY(found);
        QCOMPARE(found->address, cluster.endpoints[node]);
    }
}

QTEST_GUILESS_MAIN(TestAddressMap)
#include "tst_addressmap.moc"
