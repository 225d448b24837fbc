// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/keyslot.h"
#include "tests/live/faultcluster.h"
#include "tests/live/servers.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <csignal>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using cluster::ClusterState;
using command::TraceOutcome;

/// Many nodes at once: none left, a shard lost, two halves that do not reach each other.
class FaultsOutageTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void allNodes_data();
    void allNodes();
    void oneShard_data();
    void oneShard();
    void partition_data();
    void partition();

private:
    sandbox::ClusterSpec m_spec;
};

void FaultsOutageTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    QFETCH(ServerProgram, server);
    QVERIFY2(whatIsMissing(server).isEmpty(), qPrintable(whatIsMissing(server)));
    m_spec = {};
    m_spec.server = server.path;
    m_spec.nodeTimeoutMs = 1000;
    // What a killed server had written is in its file, and back with it.
    m_spec.serverOptions = { u"--appendonly"_s, u"yes"_s };
}

void FaultsOutageTest::allNodes_data()
{
    QTest::addColumn<ServerProgram>("server");
    const QList<ServerProgram> programs = serverPrograms();
    for (const ServerProgram& server : programs)
        QTest::newRow(qPrintable(server.name)) << server;
}

void FaultsOutageTest::allNodes()
{
    FaultCluster cluster(m_spec);
    QString wrong = cluster.start();
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    wrong = cluster.open(0, "o:", 500ms);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    QSignalSpy failures(&cluster.session(), &session::Session::refreshFailed);

    QElapsedTimer outage;
    outage.start();
    for (int i = 0; i < cluster.nodeCount(); ++i)
        cluster.signal(i, SIGKILL);
    QTRY_VERIFY_WITH_TIMEOUT(failures.size() >= 2, 20'000);
    QVERIFY(cluster.waitFor([&] { return outage.elapsed() > 3000; }));
    const qint64 outageMillis = outage.elapsed();
    qInfo("  %lld failed refreshes in an outage of %lld ms", qint64(failures.size()), outageMillis);
    // Politely: 0.5 s, 1 s, 2 s, 4 s; what commands meet does not hurry it.
    QVERIFY2(failures.size() <= 4, qPrintable(QString::number(failures.size())));

    for (int i = 0; i < cluster.nodeCount(); ++i)
        cluster.restart(i);
    const FaultCluster::Recovery back = cluster.recover(cluster.nodeCount());
    qInfo("  well again after %lld ms, the map right %lld ms later", back.settledMillis,
        back.rightMillis);
    // Each pause is as long as all before together, and half a second.
    QVERIFY2(back.settledMillis >= 0, qPrintable(cluster.diagnosis()));
    QVERIFY2(back.rightMillis >= 0 && back.rightMillis <= outageMillis + 500,
        qPrintable(QString::number(back.rightMillis)));
    QVERIFY2(cluster.waitUntilWhole(), qPrintable(cluster.diagnosis()));
    wrong = cluster.close(false);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

void FaultsOutageTest::oneShard_data()
{
    QTest::addColumn<ServerProgram>("server");
    QTest::addColumn<bool>("fullCoverage");
    const ServerProgram redis = serverPrograms().first();
    QTest::newRow("cluster-require-full-coverage yes") << redis << true;
    QTest::newRow("cluster-require-full-coverage no") << redis << false;
}

void FaultsOutageTest::oneShard()
{
    QFETCH(bool, fullCoverage);
    m_spec.serverOptions
        += { u"--cluster-require-full-coverage"_s, fullCoverage ? u"yes"_s : u"no"_s };
    FaultCluster cluster(m_spec);
    QString wrong = cluster.start();
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    const int primary = cluster.primary();
    const int replica = cluster.replicaOf(primary);
    const auto idOf = [&](int node) { return cluster.nodes().at(node).id; };
    wrong = cluster.open(cluster.otherThan({ primary, replica }), "s:");
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));

    cluster.signal(primary, SIGKILL);
    cluster.signal(replica, SIGKILL);
    // The primary stays the owner: nobody was promoted.
    QTRY_VERIFY_WITH_TIMEOUT(
        cluster.topology().nodeById(idOf(primary))->health == cluster::Health::Fail, 10'000);
    QTRY_COMPARE_WITH_TIMEOUT(cluster.topology().data().state,
        fullCoverage ? ClusterState::Fail : ClusterState::Ok, 5'000);
    QVERIFY(cluster.topology().uncovered().isEmpty());
    const int before = cluster.stream().count(TraceOutcome::Reply);
    if (!fullCoverage) {
        // The other two thirds go on.
        cluster.stream().startElsewhere(cluster.topology().nodeById(idOf(primary))->ranges);
        QTRY_VERIFY_WITH_TIMEOUT(cluster.stream().count(TraceOutcome::Reply) > before + 20, 10'000);
    }
    cluster.restart(primary);
    cluster.restart(replica);
    const FaultCluster::Recovery back = cluster.recover(cluster.nodeCount());
    qInfo("  well again after %lld ms, the map right %lld ms later", back.settledMillis,
        back.rightMillis);
    QVERIFY2(back.settledMillis >= 0, qPrintable(cluster.diagnosis()));
    QVERIFY2(back.rightMillis >= 0 && back.rightMillis <= 2000,
        qPrintable(QString::number(back.rightMillis)));
    QVERIFY2(cluster.waitUntilWhole(), qPrintable(cluster.diagnosis()));
    wrong = cluster.close(true);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

void FaultsOutageTest::partition_data()
{
    QTest::addColumn<ServerProgram>("server");
    QTest::addColumn<bool>("clientSeesBoth");
    const QList<ServerProgram> programs = serverPrograms();
    for (const ServerProgram& server : programs)
        QTest::addRow("%s, the client reaches both sides", qPrintable(server.name))
            << server << true;
    QTest::newRow("the client is with the minority") << programs.first() << false;
}

void FaultsOutageTest::partition()
{
    QFETCH(bool, clientSeesBoth);
    FaultCluster cluster(m_spec, FaultCluster::Way::Proxied);
    QString wrong = cluster.start();
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    // A primary and another shard's replica; its own replica is with the majority.
    const QList<int> minority { 0, 4 };
    const QList<int> majority { 1, 2, 3, 5 };
    const auto portOf = [&](int node) { return cluster.nodes().at(node).port; };
    QCOMPARE(cluster.replicaOf(0), 3);
    wrong = cluster.open(clientSeesBoth ? 1 : 0, "p:");
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));

    cluster.part(minority);
    if (!clientSeesBoth) {
        QList<QHostAddress> out { QHostAddress(QHostAddress::LocalHost) };
        for (const int node : minority)
            out.append(FaultCluster::addressOf(node));
        for (const int node : majority)
            cluster.proxy(node).setCutOff(out);
    }
    QList<quint16> ports;
    for (const int node : majority)
        ports.append(portOf(node));
    cluster.truth().lookAt(ports);
    if (clientSeesBoth) {
        const FaultCluster::Recovery after = cluster.recover(static_cast<int>(majority.size()));
        qInfo("  the majority settled after %lld ms, the map right %lld ms later",
            after.settledMillis, after.rightMillis);
        // A poll may meet the minority, which does not know better; then the other side comes next.
        QVERIFY2(after.settledMillis >= 0, qPrintable(cluster.diagnosis()));
        QVERIFY2(after.rightMillis >= 0 && after.rightMillis <= 2000,
            qPrintable(QString::number(after.rightMillis)));
        // Each side says its own again and again, "ok" and "fail"; that is no news.
        QTest::qWait(2000);
        QSignalSpy changes(&cluster.session(), &session::Session::changed);
        QTest::qWait(3000);
        int turns = 0;
        for (const auto& told : std::as_const(changes)) {
            for (const auto& event : told.first().value<QList<cluster::TopologyEvent>>())
                turns += event.change.kind == cluster::TopologyChange::Kind::StateChanged;
        }
        QVERIFY2(turns <= 1, qPrintable(QString::number(turns)));
    } else {
        QVERIFY(cluster.waitFor([&] { return cluster.truth().isSettled(4); }));
        // All that the client can see is a cluster that is down.
        QTRY_COMPARE_WITH_TIMEOUT(cluster.topology().data().state, ClusterState::Fail, 10'000);
        QCOMPARE(cluster.topology().nodes().size(), 6);
    }
    cluster.heal();
    for (const int node : minority)
        ports.append(portOf(node));
    cluster.truth().lookAt(ports);
    QVERIFY2(cluster.waitUntilWhole(), qPrintable(cluster.diagnosis()));
    const FaultCluster::Recovery back = cluster.recover(cluster.nodeCount());
    qInfo("  one again, the map right %lld ms later", back.rightMillis);
    QVERIFY2(back.settledMillis >= 0, qPrintable(cluster.diagnosis()));
    QVERIFY2(back.rightMillis >= 0 && back.rightMillis <= 2000,
        qPrintable(QString::number(back.rightMillis)));
    wrong = cluster.close(true);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::FaultsOutageTest)
#include "tst_faultsoutage.moc"
