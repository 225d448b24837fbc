// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/discovery.h"
#include "core/net/waytrial.h"
#include "core/sandbox/sandboxcluster.h"
#include "core/session/session.h"
#include "tests/live/realserver.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using cluster::Topology;
using sandbox::SandboxCluster;

namespace {

sandbox::ClusterSpec threePrimaries()
{
    sandbox::ClusterSpec spec;
    spec.replicas = 0;
    return spec;
}

} // namespace

/// Two real clusters, and an address map that leads from one into the other.
class WrongClusterTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void cleanup();

    void mapThatLeadsAstray();
    void identityForbidden();
    void triesAMapFirst_data();
    void triesAMapFirst();
    void cancelsATrial();

private:
    quint16 port(const SandboxCluster& cluster, int node) const
    {
        return cluster.manifest().nodes[node].port;
    }
    session::SessionConfig config() const;
    QList<net::AddressOutcome> nodesUnderOtherNames() const;
    QByteArray writesSeenBy(int node) const;

    SandboxCluster m_ours { threePrimaries() };
    SandboxCluster m_theirs { threePrimaries() };
};

void WrongClusterTest::initTestCase()
{
    for (SandboxCluster* one : { &m_ours, &m_theirs }) {
        QSignalSpy started(one, &SandboxCluster::started);
        one->start();
        QVERIFY(started.wait(60'000));
        QVERIFY(started[0][0].toBool());
    }
}

void WrongClusterTest::cleanup()
{
    for (const sandbox::ManifestNode& node : m_ours.manifest().nodes)
        redisCli(node.port, { u"acl"_s, u"setuser"_s, u"default"_s, u"+@all"_s });
}

/// The node of theirs that a map puts into the place of our second one.
session::SessionConfig WrongClusterTest::config() const
{
    session::SessionConfig config;
    config.endpoint.endpoint = { u"127.0.0.1"_s, port(m_ours, 0) };
    config.endpoint.typed = config.endpoint.endpoint.toString();
    config.refreshInterval = {};
    return config;
}

QByteArray WrongClusterTest::writesSeenBy(int node) const
{
    return redisCli(port(m_theirs, node), { u"info"_s, u"commandstats"_s });
}

void WrongClusterTest::mapThatLeadsAstray()
{
    session::SessionConfig astray = config();
    QVERIFY(astray.options.addressMap.addRule(
        u"127.0.0.1:%1=127.0.0.1:%2"_s.arg(port(m_ours, 1)).arg(port(m_theirs, 1))));
    session::Session session(astray);
    QSignalSpy topologies(&session, &session::Session::topologyChanged);
    QSignalSpy ends(&session, &session::Session::runFinished);
    session.open();
    QTRY_VERIFY_WITH_TIMEOUT(!topologies.isEmpty(), 20'000);
    const auto topology = topologies[0][0].value<Topology>();
    // Nothing of the other cluster is shown, and why one view is missing is said.
    QCOMPARE(topology.nodes().size(), 3);
    QCOMPARE(topology.data().viewsAnswered, 2);
    const cluster::Node* second = topology.nodeByAddress({ u"127.0.0.1"_s, port(m_ours, 1) });
    QVERIFY(second);
    const QString expected = u"Expected node %1, reached "_s.arg(second->id.shortText());
    const QString warnings = topology.data().warnings.join(u'\n');
    QVERIFY2(warnings.contains(expected), qPrintable(warnings));
    QVERIFY2(warnings.contains(u"Stopped: this may be another cluster."), qPrintable(warnings));

    // A write to a slot of that node, which the other cluster would have taken.
    const QList<QByteArray> keys { "a", "b", "c", "d", "e", "f", "g", "h" };
    for (qsizetype i = 0; i < keys.size(); ++i)
        session.run(
            quint64(i), { "SET", keys[i], "x" }, command::Behaviour::clusterClientWithMap());
    QTRY_COMPARE_WITH_TIMEOUT(ends.size(), keys.size(), 20'000);
    int stopped = 0;
    int answered = 0;
    for (const auto& end : ends) {
        const auto trace = end[1].value<command::Trace>();
        if (trace.outcome == command::TraceOutcome::Reply) {
            ++answered;
            continue;
        }
        QCOMPARE(trace.outcome, command::TraceOutcome::ConnectFailed);
        ++stopped;
    }
    QVERIFY(stopped > 0);
    QVERIFY(answered > 0);
    for (int node = 0; node < 3; ++node)
        QVERIFY(!writesSeenBy(node).contains("cmdstat_set:"));
}

void WrongClusterTest::identityForbidden()
{
    // What the ACL of a managed service may forbid: then it goes on, and says so.
    for (const sandbox::ManifestNode& node : m_ours.manifest().nodes) {
        QVERIFY(redisCli(node.port, { u"acl"_s, u"setuser"_s, u"default"_s, u"-cluster|myid"_s })
                    .contains("OK"));
    }
    net::ConnectionOptions options;
    const net::Endpoint seed { u"127.0.0.1"_s, port(m_ours, 0) };
    for (int node = 1; node < 3; ++node) {
        QVERIFY(options.addressMap.addRule(u"127.0.0.1:%1=localhost:%1"_s.arg(port(m_ours, node))));
    }
    net::ConnectionPool pool(options);
    cluster::Discovery discovery(&pool, seed, seed.toString());
    QSignalSpy finished(&discovery, &cluster::Discovery::finished);
    discovery.start();
    QVERIFY(finished.wait(20'000));
    const auto topology = finished[0][1].value<Topology>();
    QCOMPARE(topology.data().viewsAnswered, 3); // their NODES tell who they are
    const QString warnings = topology.data().warnings.join(u'\n');
    QVERIFY2(warnings.contains(u"cannot be checked"), qPrintable(warnings));
    QVERIFY2(warnings.contains(u"NOPERM"), qPrintable(warnings));
}

/// Our nodes, as they would be announced where nobody here can reach them.
QList<net::AddressOutcome> WrongClusterTest::nodesUnderOtherNames() const
{
    QList<net::AddressOutcome> nodes;
    for (int node = 0; node < 3; ++node) {
        const quint16 ours = port(m_ours, node);
        const QByteArray id = redisCli(ours, { u"cluster"_s, u"myid"_s }).trimmed();
        nodes.append({ { u"redis-%1"_s.arg(node), ours }, id,
            support::Error { support::ErrorCode::ResolveFailed, {}, {} } });
    }
    return nodes;
}

void WrongClusterTest::triesAMapFirst_data()
{
    QTest::addColumn<QStringList>("rules");
    QTest::addColumn<int>("right"); // of the three
    net::WayTaken way;
    way.typed = { u"localhost"_s, port(m_ours, 0) };
    const auto unreached = net::judge(way, nodesUnderOtherNames());
    QTest::newRow("as proposed") << unreached.proposals.value(0).rules << 3;
    QTest::newRow("nothing") << QStringList() << 0;
    QTest::newRow("into another cluster") << QStringList { u"*=@seed"_s,
        u"redis-1:%1=127.0.0.1:%2"_s.arg(port(m_ours, 1)).arg(port(m_theirs, 1)) }
                                          << 2;
}

void WrongClusterTest::triesAMapFirst()
{
    QFETCH(QStringList, rules);
    QFETCH(int, right);
    net::ConnectionOptions options;
    for (const QString& rule : rules)
        QVERIFY(options.addressMap.addRule(rule).hasValue());
    options.addressMap.setSeedHost(u"localhost"_s);
    net::WayTrial trial(options, nodesUnderOtherNames());
    QSignalSpy finished(&trial, &net::WayTrial::finished);
    trial.start();
    QVERIFY(finished.wait(20'000));
    const auto results = finished[0][0].value<QList<net::TrialResult>>();
    QCOMPARE(results.size(), 3);
    int reached = 0;
    for (const net::TrialResult& result : results) {
        if (!result.error) {
            ++reached;
            QVERIFY(result.isIdentityKnown);
            QCOMPARE(result.dialled.port, result.announced.port);
        } else if (right == 2) {
            QCOMPARE(result.error->code, support::ErrorCode::WrongNode);
        }
    }
    QCOMPARE(reached, right);
    QTest::qWait(20);
    QCOMPARE(finished.size(), 1);
}

void WrongClusterTest::cancelsATrial()
{
    net::WayTrial trial({}, nodesUnderOtherNames());
    QSignalSpy finished(&trial, &net::WayTrial::finished);
    trial.start();
    trial.cancel();
    trial.cancel();
    QVERIFY(finished.isEmpty());
    QVERIFY(finished.wait(5000));
    const auto results = finished[0][0].value<QList<net::TrialResult>>();
    for (const net::TrialResult& result : results)
        QCOMPARE(result.error->code, support::ErrorCode::Cancelled);
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::WrongClusterTest)
#include "tst_wrongcluster.moc"
