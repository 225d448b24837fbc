// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/discovery.h"
#include "core/command/movedshare.h"
#include "core/doctor/clientadvice.h"
#include "core/doctor/clientreplay.h"
#include "core/sandbox/sandboxcluster.h"
#include "tests/live/realserver.h"

#include <QSignalSpy>
#include <QTest>

#include <cmath>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using cluster::Topology;
using doctor::ClientAdvice;
using doctor::ClientReplay;
using doctor::ClientReplayResult;

/// What is said of plain clients, measured at each node of a real cluster.
class LiveClientsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void measuredAsComputed_data();
    void measuredAsComputed();
    void codeForRedisCli();

private:
    net::Endpoint endpointOf(int node) const
    {
        return { u"127.0.0.1"_s, m_cluster->manifest().nodes.at(node).port };
    }
    Topology discover(net::ConnectionPool* pool, const net::Endpoint& seed) const;

    std::unique_ptr<sandbox::SandboxCluster> m_cluster;
};

void LiveClientsTest::initTestCase()
{
    m_cluster = std::make_unique<sandbox::SandboxCluster>(sandbox::ClusterSpec {});
    QSignalSpy started(m_cluster.get(), &sandbox::SandboxCluster::started);
    m_cluster->start();
    QVERIFY(QTest::qWaitFor([&] { return !started.isEmpty(); }, 60'000));
    QVERIFY(started.first().first().toBool());
}

Topology LiveClientsTest::discover(net::ConnectionPool* pool, const net::Endpoint& seed) const
{
    cluster::Discovery discovery(pool, seed, seed.toString());
    QSignalSpy ends(&discovery, &cluster::Discovery::finished);
    discovery.start();
    if (!QTest::qWaitFor([&] { return !ends.isEmpty(); }, 30'000))
        return {};
    return ends.first().at(1).value<Topology>();
}

void LiveClientsTest::measuredAsComputed_data()
{
    QTest::addColumn<int>("node");
    QTest::newRow("a primary") << 0;
    QTest::newRow("another primary") << 2;
    QTest::newRow("a replica") << 4;
}

void LiveClientsTest::measuredAsComputed()
{
    QFETCH(int, node);
    const net::Endpoint seed = endpointOf(node);
    net::ConnectionPool pool({});
    const Topology map = discover(&pool, seed);
    QVERIFY(map.slotsKnown());
    ClientReplay replay({ &pool, map, seed }, 60);
    QSignalSpy ends(&replay, &ClientReplay::finished);
    replay.start();
    QVERIFY(QTest::qWaitFor([&] { return !ends.isEmpty(); }, 30'000));
    const auto result = ends.first().first().value<ClientReplayResult>();
    QVERIFY(result.complete);
    const double computed = command::movedShare(map, *map.nodeByAddress(seed));
    QVERIFY2(std::abs(*result.movedShare() - computed) < 0.04,
        qPrintable(u"%1 measured, %2 computed"_s.arg(*result.movedShare()).arg(computed)));
    QCOMPARE(computed, node == 4 ? 1 : computed);
    // And slot by slot, with the address that owns it.
    for (const ClientReplayResult::Sample& sample : result.samples) {
        const net::Endpoint owner = map.ownerOf(sample.slot)->address;
        QCOMPARE(sample.target, owner == seed ? QString() : owner.toString());
        QCOMPARE(sample.raw.startsWith("MOVED "), owner != seed);
    }
    for (int i = 0; i < 6; ++i)
        QCOMPARE(redisCli(endpointOf(i).port, { u"DBSIZE"_s }).trimmed(), "0");
}

/// The one client that is here: run as the advice writes it, for keys all over the slots.
void LiveClientsTest::codeForRedisCli()
{
    doctor::ClientTarget target;
    target.endpoint = endpointOf(0);
    const QList<ClientAdvice> all = doctor::clientAdvice(target);
    const auto advice = std::find_if(
        all.begin(), all.end(), [](const ClientAdvice& each) { return each.name == u"redis-cli"; });
    QVERIFY(advice != all.end());
    const auto run = [](const QString& code) {
        QProcess shell;
        QByteArray input;
        for (const QByteArray& key : doctor::sampleKeys(12))
            input += "EXISTS " + key + '\n';
        shell.start(u"bash"_s, { u"-c"_s, code });
        shell.write(input);
        shell.closeWriteChannel();
        shell.waitForFinished(30'000);
        return shell.readAllStandardOutput();
    };
    QCOMPARE(run(advice->wrongCode).count("MOVED "), 8);
    const QByteArray right = run(advice->snippet);
    QCOMPARE(right.count("MOVED "), 0);
    QCOMPARE(right.split('\n').count("0"), 12);
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::LiveClientsTest)
#include "tst_liveclients.moc"
