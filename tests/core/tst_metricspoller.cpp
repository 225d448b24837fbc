// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/session/metricspoller.h"
#include "tests/core/sessionfixture.h"

#include <QRegularExpression>
#include <QTest>

#include <cmath>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using cluster::NodeId;
using cluster::NodeMetrics;
using session::IoThread;
using session::Metric;
using session::MetricsHistory;
using session::MetricsPoller;
using session::MetricsSample;
using session::SessionHandle;

namespace {

NodeMetrics metricsOf(const QByteArray& info)
{
    return NodeMetrics::fromInfo(cluster::parseInfo(info));
}

QByteArray infoOf(int moved, const QByteArray& more = "role:master\r\nmaster_repl_offset:900\r\n")
{
    return "# Server\r\nredis_version:7.0.15\r\nrun_id:r\r\nuptime_in_seconds:5\r\n"
           "# Clients\r\nconnected_clients:4\r\n# Memory\r\nused_memory:1000\r\nmaxmemory:0\r\n"
           "# Stats\r\ninstantaneous_ops_per_sec:7\r\ntotal_error_replies:1\r\n"
           "expired_keys:2\r\nevicted_keys:1\r\n"
        + more + "# Errorstats\r\nerrorstat_MOVED:count=" + QByteArray::number(moved)
        + "\r\n# Keyspace\r\ndb0:keys=3,expires=0,avg_ttl=0\r\n";
}

MetricsSample sampleAt(std::chrono::milliseconds at, const QByteArray& info)
{
    MetricsSample sample;
    sample.node = NodeId("a"_ba);
    sample.at = at;
    sample.metrics = metricsOf(info);
    return sample;
}

} // namespace

class MetricsPollerTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void parses();
    void parsesWhatIsHostile_data();
    void parsesWhatIsHostile();
    void historyIsBounded();
    void historyKnowsItsGaps();
    void asksEveryNode();
    void isOffUntilTold();
    void subtractsOurOwn();
    void refused();
    void leavesTheSilentAlone();

private:
    /// The samples of one node, so far.
    QList<MetricsSample> of(const NodeId& node) const
    {
        QList<MetricsSample> found;
        for (const MetricsSample& sample : m_samples) {
            if (sample.node == node)
                found.append(sample);
        }
        return found;
    }
    void listenTo(SessionHandle* session)
    {
        m_samples.clear();
        connect(session, &SessionHandle::metricsSampled, this,
            [this](const QList<MetricsSample>& samples) { m_samples += samples; });
    }

    QList<MetricsSample> m_samples;
};

void MetricsPollerTest::parses()
{
    const NodeMetrics metrics = metricsOf(infoOf(5,
        "role:master\r\nmaster_repl_offset:900\r\n"
        "slave0:ip=::1,port=7003,state=online,offset=850,lag=1\r\n"));
    QCOMPARE(metrics.server, u"redis 7.0.15"_s);
    QCOMPARE(metrics.uptimeSeconds, std::optional<qint64>(5));
    QCOMPARE(metrics.usedMemory, std::optional<qint64>(1000));
    QCOMPARE(metrics.maxMemory, std::optional<qint64>(0));
    QCOMPARE(metrics.keys, std::optional<qint64>(3));
    QCOMPARE(metrics.opsPerSecond, std::optional<qint64>(7));
    QCOMPARE(metrics.clients, std::optional<qint64>(4));
    QCOMPARE(metrics.evictedKeys, std::optional<qint64>(1));
    QCOMPARE(metrics.expiredKeys, std::optional<qint64>(2));
    QCOMPARE(metrics.replication.offset, std::optional<qint64>(900));
    QCOMPARE(metrics.replication.replicas.first().offset, 850);
    QCOMPARE(metrics.errors->counts.of("MOVED"_ba), quint64(5));
    QCOMPARE(
        metricsOf("valkey_version:8.0.1\r\nredis_version:7.2.4\r\n").server, u"valkey 8.0.1"_s);
    QCOMPARE(metricsOf("used_memory:1\r\n").keys, std::optional<qint64>(0));
    QCOMPARE(metricsOf("used_memory:1\r\ndb0:keys=2,x=1\r\ndb7:keys=5\r\n").keys,
        std::optional<qint64>(7));
    QVERIFY(!metricsOf("redis_version:7.0.15\r\n").keys);
    QVERIFY(!metricsOf({}).errors);
}

void MetricsPollerTest::parsesWhatIsHostile_data()
{
    QTest::addColumn<QByteArray>("info");
    QTest::addColumn<qint64>("keys");
    const QByteArray head = "used_memory:1\r\n";
    QTest::newRow("negative") << head + "db0:keys=-5,expires=0\r\n" << qint64(0);
    QTest::newRow("no number") << head + "db0:keys=many\r\n" << qint64(0);
    QTest::newRow("too many") << head + "db0:keys=9223372036854775807\r\ndb1:keys=2\r\n"
                              << qint64(2);
    QTest::newRow("many times many") << head
            + "db0:keys=9007199254740992\r\n"
              "db1:keys=9007199254740992\r\n"
                                     << (qint64(1) << 53);
}

void MetricsPollerTest::parsesWhatIsHostile()
{
    QFETCH(const QByteArray, info);
    QTEST(metricsOf(info).keys.value_or(-1), "keys");
    QVERIFY(!metricsOf("used_memory:-1\r\nconnected_clients:99999999999999999999\r\n").clients);
    QVERIFY(!metricsOf("used_memory:-1\r\n").usedMemory);
}

void MetricsPollerTest::historyIsBounded()
{
    MetricsHistory history;
    const NodeId node("a"_ba);
    QVERIFY(history.latest(node) == nullptr);
    QVERIFY(history.points(node, Metric::Keys).isEmpty());
    for (int i = 0; i < 1000; ++i)
        history.add(sampleAt(i * 100ms, infoOf(0)));
    QCOMPARE(history.points(node, Metric::Keys).size(), 600);
    QCOMPARE(history.points(node, Metric::Keys).last().at, 99'900ms);
    history.add(sampleAt(99'900ms + MetricsHistory::span, infoOf(0)));
    QCOMPARE(history.points(node, Metric::Keys).size(), 2);
    history.keepOnly({});
    QVERIFY(history.latest(node) == nullptr);
}

void MetricsPollerTest::historyKnowsItsGaps()
{
    MetricsSample sample = sampleAt(1s, infoOf(0));
    QCOMPARE(MetricsHistory::valueOf(sample, Metric::Memory), 1000.0);
    QCOMPARE(MetricsHistory::valueOf(sample, Metric::OpsPerSecond), 7.0);
    QCOMPARE(MetricsHistory::valueOf(sample, Metric::Clients), 4.0);
    QCOMPARE(MetricsHistory::valueOf(sample, Metric::Offset), 900.0);
    QVERIFY(std::isnan(MetricsHistory::valueOf(sample, Metric::Lag)));
    QVERIFY(std::isnan(MetricsHistory::valueOf(sample, Metric::RedirectsToAll)));
    cluster::ErrorGrowth growth;
    for (int i = 0; i < 6; ++i)
        growth.toAllClients.add("MOVED 1 h:1");
    growth.toAllClients.add("ERR something else");
    growth.seenBySlotscope.add("ASK 1 h:1");
    sample.growth = growth;
    sample.growthSpan = 2s;
    QCOMPARE(MetricsHistory::valueOf(sample, Metric::RedirectsToAll), 3.0);
    QCOMPARE(MetricsHistory::valueOf(sample, Metric::RedirectsSeen), 0.5);
    sample.growth->wasReset = true;
    QVERIFY(std::isnan(MetricsHistory::valueOf(sample, Metric::RedirectsToAll)));
    MetricsSample failed;
    failed.error = support::Error {};
    for (int i = 0; i < session::metricCount; ++i)
        QVERIFY(std::isnan(MetricsHistory::valueOf(failed, static_cast<Metric>(i))));
}

void MetricsPollerTest::asksEveryNode()
{
    FakeCluster fakes;
    const QByteArray port = QByteArray::number(fakes.endpoints.at(replicaOfA).port);
    fakes.nodes[primaryA]->on("INFO",
        FakeNode::bulk(infoOf(0,
            "role:master\r\nmaster_repl_offset:900\r\nslave0:ip=127.0.0.1,port=" + port
                + ",state=online,offset=850,lag=1\r\n")));
    fakes.nodes[primaryB]->on("INFO", FakeNode::bulk(infoOf(0)));
    fakes.nodes[replicaOfA]->on(
        "INFO", FakeNode::bulk(infoOf(0, "role:slave\r\nslave_repl_offset:850\r\n")));
    IoThread io;
    session::SessionConfig config = fakes.config(1h);
    config.metricsInterval = 1ms; // a second is the least
    SessionHandle session(io, config);
    listenTo(&session);
    session.open();
    const NodeId replica(idOf(replicaOfA));
    // The primary must have been asked before the replica for its lag to be known.
    QTRY_VERIFY_WITH_TIMEOUT(
        !of(replica).isEmpty() && of(replica).last().lagBytes.has_value(), 20'000);
    QCOMPARE(*of(replica).last().lagBytes, 50);
    QCOMPARE(of(replica).last().metrics.replication.offset, std::optional<qint64>(850));
    QVERIFY(!of(NodeId(idOf(primaryB))).isEmpty());
    QVERIFY(!of(NodeId(idOf(primaryA))).last().lagBytes);

    session.setMetricsInterval(0ms);
    // What was under way may still come.
    QTest::qWait(400);
    const qsizetype asked = fakes.askedAll("INFO");
    QTest::qWait(1500);
    QCOMPARE(fakes.askedAll("INFO"), asked);
}

void MetricsPollerTest::isOffUntilTold()
{
    FakeCluster fakes;
    IoThread io;
    SessionHandle session(io, fakes.config(1h));
    QSignalSpy topologies(&session, &SessionHandle::topologyChanged);
    session.open();
    QTRY_VERIFY(!topologies.isEmpty());
    QTest::qWait(300);
    QCOMPARE(fakes.askedAll("INFO"), 0);
}

/// A run that meets a MOVED, which the server counts among all of them.
void MetricsPollerTest::subtractsOurOwn()
{
    FakeCluster fakes;
    for (const auto& node : fakes.nodes)
        node->on("INFO", FakeNode::bulk(infoOf(10)));
    fakes.nodes[primaryA]->on(
        "GET", "-MOVED 16000 " + fakes.endpoints.at(primaryB).toString().toLatin1() + "\r\n");
    IoThread io;
    session::SessionConfig config = fakes.config(1h);
    config.metricsInterval = 1s;
    SessionHandle session(io, config);
    listenTo(&session);
    session.open();
    const NodeId a(idOf(primaryA));
    QTRY_VERIFY_WITH_TIMEOUT(!of(a).isEmpty(), 20'000);
    QVERIFY(!of(a).first().growth);
    QSignalSpy finished(&session, &SessionHandle::runFinished);
    session.run({ "GET", "k" }, command::Behaviour::plainClient());
    QTRY_COMPARE(finished.size(), 1);
    fakes.nodes[primaryA]->on("INFO", FakeNode::bulk(infoOf(13)));
    const auto count = [&](cluster::ErrorCounts cluster::ErrorGrowth::*which) {
        quint64 sum = 0;
        const QList<MetricsSample> samples = of(a);
        for (const MetricsSample& sample : samples)
            sum += sample.growth ? (*sample.growth.*which).of("MOVED"_ba) : 0;
        return sum;
    };
    QTRY_VERIFY_WITH_TIMEOUT(count(&cluster::ErrorGrowth::toAllClients) > 0, 20'000);
    QCOMPARE(count(&cluster::ErrorGrowth::seenBySlotscope), quint64(1));
    // Three where a look came between the run and the counter: this fake counts late.
    const quint64 all = count(&cluster::ErrorGrowth::toAllClients);
    QVERIFY(all == 2 || all == 3);
}

void MetricsPollerTest::refused()
{
    FakeCluster fakes;
    for (const auto& node : fakes.nodes)
        node->on("INFO", "-NOPERM this user has no permissions to run the 'info' command\r\n");
    IoThread io;
    session::SessionConfig config = fakes.config(1h);
    config.metricsInterval = 1s;
    SessionHandle session(io, config);
    listenTo(&session);
    session.open();
    const NodeId a(idOf(primaryA));
    QTRY_VERIFY_WITH_TIMEOUT(!of(a).isEmpty(), 20'000);
    QCOMPARE(of(a).first().error->code, support::ErrorCode::NoPermission);
    QTest::qWait(1500);
    QCOMPARE(fakes.asked(primaryA, "INFO"), 1);
}

/// One that does not answer costs its own time limit, and is asked no second time for a while.
void MetricsPollerTest::leavesTheSilentAlone()
{
    FakeCluster fakes;
    fakes.nodes[primaryA]->on("INFO", FakeNode::bulk(infoOf(0)));
    fakes.nodes[primaryB]->on("INFO", { { FakeNode::Act::Silence, {}, 0 } });
    fakes.nodes[replicaOfA]->on("INFO", FakeNode::bulk(infoOf(0)));
    IoThread io;
    session::SessionConfig config = fakes.config(1h);
    config.metricsInterval = 1s;
    SessionHandle session(io, config);
    listenTo(&session);
    session.open();
    const NodeId a(idOf(primaryA));
    const NodeId b(idOf(primaryB));
    QTRY_VERIFY_WITH_TIMEOUT(!of(b).isEmpty(), 20'000);
    QVERIFY(of(b).first().error.has_value());
    const qsizetype others = of(a).size();
    QTRY_VERIFY_WITH_TIMEOUT(of(a).size() > others + 1, 20'000);
    QCOMPARE(of(b).size(), 1);
    QCOMPARE(fakes.asked(primaryB, "INFO"), 1);
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::MetricsPollerTest)
#include "tst_metricspoller.moc"
