// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "tests/live/faultcluster.h"
#include "tests/live/servers.h"

#include <QRegularExpression>
#include <QTest>

#include <csignal>
#include <memory>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using cluster::Health;

enum class Fault { Kill, Stop, Failover };

/// One node at a time fails and comes back, under a stream of commands. Each row leaves a cluster
/// that is whole.
class FaultsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { addServerRows(); }
    void initTestCase() { }
    void init();
    void cleanupTestCase() { m_cluster.reset(); }

    void oneNode_data();
    void oneNode();

private:
    QString m_server;
    std::unique_ptr<FaultCluster> m_cluster; ///< of m_server
    int m_row = 0;
};

void FaultsTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    const ServerProgram server = presentServer();
    QVERIFY2(whatIsMissing(server).isEmpty(), qPrintable(whatIsMissing(server)));
    if (m_cluster && m_server == server.path)
        return;
    sandbox::ClusterSpec spec;
    spec.nodeTimeoutMs = 1000;
    spec.server = server.path;
    m_server = server.path;
    m_cluster = std::make_unique<FaultCluster>(spec);
    const QString wrong = m_cluster->start();
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

void FaultsTest::oneNode_data()
{
    QTest::addColumn<Fault>("fault");
    QTest::addColumn<bool>("isPrimary");
    QTest::newRow("kill -9 of a primary") << Fault::Kill << true;
    QTest::newRow("SIGSTOP of a primary") << Fault::Stop << true;
    QTest::newRow("kill -9 of a replica") << Fault::Kill << false;
    QTest::newRow("SIGSTOP of a replica") << Fault::Stop << false;
    QTest::newRow("CLUSTER FAILOVER") << Fault::Failover << false;
}

void FaultsTest::oneNode()
{
    QFETCH(Fault, fault);
    QFETCH(bool, isPrimary);
    FaultCluster& cluster = *m_cluster;
    QVERIFY2(cluster.waitUntilWhole(), qPrintable(cluster.diagnosis()));
    const int primary = cluster.primary();
    const int replica = cluster.replicaOf(primary);
    QVERIFY(primary >= 0 && replica >= 0);
    const int victim = isPrimary ? primary : replica;
    const int seed = cluster.otherThan({ primary, replica });
    QString wrong = cluster.open(seed, QByteArray::number(++m_row) + ':');
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));

    if (fault == Fault::Failover)
        QCOMPARE(cluster.ask(replica, { "CLUSTER", "FAILOVER" }), "OK");
    else
        cluster.signal(victim, fault == Fault::Kill ? SIGKILL : SIGSTOP);
    if (fault == Fault::Failover)
        QVERIFY(cluster.waitFor([&] { return cluster.primary() != primary; }));
    const int left = cluster.nodeCount() - (fault == Fault::Failover ? 0 : 1);
    const FaultCluster::Recovery after = cluster.recover(left);
    qInfo("  settled after %lld ms, the map right %lld ms later", after.settledMillis,
        after.rightMillis);
    QVERIFY2(after.settledMillis >= 0, qPrintable(cluster.diagnosis()));
    QVERIFY2(after.rightMillis >= 0 && after.rightMillis <= 2000,
        qPrintable(QString::number(after.rightMillis)));
    if (fault != Fault::Failover) {
        QTRY_COMPARE_WITH_TIMEOUT(
            cluster.topology().nodeById(cluster.nodes().at(victim).id)->health, Health::Fail, 5000);
        if (fault == Fault::Kill)
            cluster.restart(victim);
        else
            cluster.signal(victim, SIGCONT);
        QVERIFY2(cluster.waitUntilWhole(), qPrintable(cluster.diagnosis()));
        const FaultCluster::Recovery back = cluster.recover(cluster.nodeCount());
        qInfo("  whole again, the map right %lld ms later", back.rightMillis);
        QVERIFY2(back.settledMillis >= 0, qPrintable(cluster.diagnosis()));
        QVERIFY2(back.rightMillis >= 0 && back.rightMillis <= 2000,
            qPrintable(QString::number(back.rightMillis)));
    }
    wrong = cluster.close(isPrimary || fault == Fault::Failover);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

} // namespace slotscope::tests

Q_DECLARE_METATYPE(slotscope::tests::Fault)

QTEST_GUILESS_MAIN(slotscope::tests::FaultsTest)
#include "tst_faults.moc"
