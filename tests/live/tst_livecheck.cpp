// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/health/clustercheck.h"
#include "core/health/errorwatch.h"
#include "core/sandbox/sandboxcluster.h"
#include "tests/live/realserver.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <csignal>
#include <memory>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using cluster::NodeId;
using cluster::Slot;
using cluster::SlotRanges;
using health::ClusterCheck;
using health::Finding;
using health::FindingCode;
using health::HealthReport;
using health::Severity;
using sandbox::SandboxCluster;

namespace {

const QString program = QStringLiteral(SLOTSCOPE_PROGRAM);

struct Output
{
    int exitCode = -1;
    QByteArray standard;
    QByteArray error;

    QJsonObject json() const { return QJsonDocument::fromJson(standard).object(); }
};

Output call(const QStringList& arguments)
{
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForFinished(60'000))
        return {};
    return { process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError() };
}

const Finding* find(const HealthReport& report, FindingCode code)
{
    for (const Finding& finding : report.findings) {
        if (finding.code == code)
            return &finding;
    }
    return nullptr;
}

QStringList codesOf(const HealthReport& report)
{
    QStringList codes;
    for (const Finding& finding : report.findings)
        codes.append(health::codeName(finding.code));
    return codes;
}

/// Three primaries and their replicas, unless there are to be none.
class RunningCluster
{
public:
    bool start(int replicas = 3)
    {
        sandbox::ClusterSpec spec;
        spec.replicas = replicas;
        m_cluster = std::make_unique<SandboxCluster>(spec);
        QSignalSpy started(m_cluster.get(), &SandboxCluster::started);
        m_cluster->start();
        if (!QTest::qWaitFor([&] { return !started.isEmpty(); }, 60'000))
            return false;
        // A replica asks for its data within a second.
        return started.first().at(0).toBool()
            && QTest::qWaitFor(
                [&] {
                    for (int i = 3; i < 3 + replicas; ++i) {
                        if (!ask(i, { u"INFO"_s, u"replication"_s })
                                 .contains("master_link_status:up"))
                            return false;
                    }
                    return true;
                },
                20'000);
    }

    quint16 port(int node) const { return m_cluster->manifest().nodes.at(node).port; }
    NodeId id(int node) const { return m_cluster->manifest().nodes.at(node).id; }
    QString endpoint(int node) const { return u"127.0.0.1:%1"_s.arg(port(node)); }
    void signal(int node, int number) const
    {
        ::kill(static_cast<pid_t>(m_cluster->manifest().nodes.at(node).pid), number);
    }
    QByteArray ask(int node, const QStringList& command) const
    {
        return redisCli(port(node), command).trimmed();
    }
    bool tell(int node, const QStringList& command) const { return ask(node, command) == "OK"; }
    QByteArray redisCliCheck(int node) const
    {
        return redisCli(port(node), { u"--cluster"_s, u"check"_s, endpoint(node) });
    }

    HealthReport check(int seed, std::chrono::milliseconds timeout = 5s) const
    {
        net::ConnectionOptions options;
        options.timeout = timeout;
        net::ConnectionPool pool(options);
        ClusterCheck check(&pool, { u"127.0.0.1"_s, port(seed) }, endpoint(seed));
        HealthReport result;
        bool isDone = false;
        QObject::connect(&check, &ClusterCheck::finished, &check,
            [&](bool, const HealthReport& report, const support::Error&) {
                result = report;
                isDone = true;
            });
        check.start();
        if (!QTest::qWaitFor([&] { return isDone; }, 60'000))
            qFatal("the check never finished");
        return result;
    }

private:
    std::unique_ptr<SandboxCluster> m_cluster;
};

const health::NodeView* viewOf(const HealthReport& report, const NodeId& id)
{
    for (const health::NodeView& view : report.views) {
        if (view.id == id)
            return &view;
    }
    return nullptr;
}

} // namespace

class LiveCheckTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_cluster.start()); }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    // On one cluster, which each of them leaves as it was.
    void wellCluster();
    void wellClusterOnTheCommandLine();
    void openSlots();
    void ownerHasDroppedASlot();
    void uncoveredSlot();
    void forbiddenInfo();
    void errorCounts();
    void errorGrowth();
    void errorGrowthOnTheCommandLine();
    void replicaWithoutLink();
    void stoppedReplica();

    // Each breaks a cluster of its own.
    void killedPrimary();
    void twoPrimariesClaimASlot();
    void noReplicas();
    void forgottenByOne();

    void commandLineFails();
    void standalone();

private:
    /// By somebody who has asked nothing since: the first look of a watch is done.
    bool wasAskedInfo(int node) const
    {
        return m_cluster.ask(node, { u"CLIENT"_s, u"LIST"_s }).contains("cmd=info");
    }

    RunningCluster m_cluster;
};

void LiveCheckTest::wellCluster()
{
    const HealthReport report = m_cluster.check(4);
    QCOMPARE(report.views.size(), 6);
    QCOMPARE(report.reached(), 6);
    QCOMPARE(report.agree(), std::optional(true));
    QCOMPARE(codesOf(report), QStringList { u"replicas-on-primary-host"_s });
    QCOMPARE(report.worst(), Severity::Notice);
    QCOMPARE(health::headlineOf(report, QDateTime::currentDateTimeUtc()).verdict,
        u"All 16384 slots are served by 3 shards; 6 nodes are well."_s);
    for (const health::NodeView& view : report.views) {
        QCOMPARE(view.state, cluster::ClusterState::Ok);
        QCOMPARE(view.currentEpoch, std::optional<quint64>(3));
        QVERIFY(view.server.startsWith(u"redis 7"));
        QVERIFY(view.errorCounts.has_value());
        QVERIFY(view.refusals.isEmpty());
    }
    const QByteArray theirs = m_cluster.redisCliCheck(4);
    QVERIFY(theirs.contains("[OK] All nodes agree about slots configuration."));
    QVERIFY(theirs.contains("[OK] All 16384 slots covered."));
}

void LiveCheckTest::wellClusterOnTheCommandLine()
{
    const Output text = call({ u"check"_s, m_cluster.endpoint(1) });
    QCOMPARE(text.exitCode, 0);
    QVERIFY(text.error.isEmpty());
    QVERIFY(text.standard.contains("All 16384 slots are served by 3 shards; 6 nodes are well.\n"
                                   "6 of 6 nodes answered, just now\n"));
    QVERIFY(text.standard.contains("nothing was found that needs attention."));
    const QByteArrayList lines = text.standard.split('\n');
    for (const QByteArray& line : lines)
        QVERIFY2(line.size() <= 80, line.constData());

    const Output json = call({ u"check"_s, m_cluster.endpoint(1), u"--format"_s, u"json"_s });
    QCOMPARE(json.exitCode, 0);
    const QByteArray compact = QByteArray(json.standard).replace(' ', "").replace('\n', "");
    QVERIFY(compact.startsWith("{\"schema\":1,\"version\":\""));
    const QJsonObject document = json.json();
    QCOMPARE(document.value(u"agree"_s), QJsonValue(true));
    QCOMPARE(document.value(u"views"_s).toArray().size(), 6);
    QCOMPARE(document.value(u"error_counts"_s).toArray().size(), 6);
    for (const QJsonValue& view : document.value(u"views"_s).toArray()) {
        for (const char* field :
            { "node_id", "address", "reachable", "error", "state", "current_epoch", "my_epoch" }) {
            QVERIFY2(view.toObject().contains(QLatin1String(field)), field);
        }
        QCOMPARE(view.toObject().value(u"current_epoch"_s).toInteger(), 3LL);
    }
    for (const QJsonValue& finding : document.value(u"findings"_s).toArray()) {
        for (const char* field :
            { "severity", "code", "title", "detail", "nodes", "slots", "claims" }) {
            QVERIFY2(finding.toObject().contains(QLatin1String(field)), field);
        }
        QCOMPARE(finding.toObject().value(u"severity"_s).toString(), u"info"_s);
    }
}

void LiveCheckTest::openSlots()
{
    const QString from = m_cluster.id(0).toString();
    const QString to = m_cluster.id(1).toString();
    QVERIFY(m_cluster.tell(1, { u"CLUSTER"_s, u"SETSLOT"_s, u"100"_s, u"IMPORTING"_s, from }));
    QVERIFY(m_cluster.tell(0, { u"CLUSTER"_s, u"SETSLOT"_s, u"100"_s, u"MIGRATING"_s, to }));
    QVERIFY(m_cluster.tell(0, { u"CLUSTER"_s, u"SETSLOT"_s, u"105"_s, u"MIGRATING"_s, to }));
    const HealthReport report = m_cluster.check(5);
    const QByteArray theirs = m_cluster.redisCliCheck(5);
    for (const char* slot : { "100", "105" }) {
        for (const int node : { 0, 1 })
            QVERIFY(m_cluster.tell(
                node, { u"CLUSTER"_s, u"SETSLOT"_s, QString::fromLatin1(slot), u"STABLE"_s }));
    }
    const Finding* open = find(report, FindingCode::SlotsOpen);
    QVERIFY(open != nullptr);
    QCOMPARE(open->severity, Severity::Warning);
    QCOMPARE(open->ranges, (SlotRanges { { Slot(100), Slot(100) }, { Slot(105), Slot(105) } }));
    QVERIFY(open->detail.contains(u"100 from S01 to S02."));
    QVERIFY(open->detail.contains(u"105: S01 gives to S02, which does not take."));
    QCOMPARE(report.worst(), Severity::Warning);
    QVERIFY(theirs.contains("has slots in migrating state"));
    QVERIFY(theirs.contains("has slots in importing state 100"));
    QVERIFY(m_cluster.redisCliCheck(5).contains("[OK] All 16384 slots covered."));
}

void LiveCheckTest::ownerHasDroppedASlot()
{
    QVERIFY(m_cluster.tell(0, { u"CLUSTER"_s, u"DELSLOTS"_s, u"5"_s }));
    QTRY_VERIFY_WITH_TIMEOUT(
        m_cluster.ask(0, { u"CLUSTER"_s, u"INFO"_s }).contains("cluster_state:fail"), 20'000);
    const HealthReport report = m_cluster.check(4);
    const QByteArray theirs = m_cluster.redisCliCheck(4);
    QVERIFY(m_cluster.tell(0, { u"CLUSTER"_s, u"ADDSLOTS"_s, u"5"_s }));

    QVERIFY(theirs.contains("[ERR] Nodes don't agree about configuration!"));
    QVERIFY(theirs.contains("[ERR] Not all 16384 slots are covered by nodes."));
    const Finding* state = find(report, FindingCode::ClusterStateFail);
    QVERIFY(state != nullptr);
    QCOMPARE(state->nodes, QList<NodeId> { m_cluster.id(0) });
    const Finding* finding = find(report, FindingCode::ViewsDisagree);
    QVERIFY(finding != nullptr);
    QCOMPARE(finding->ranges, (SlotRanges { { Slot(5), Slot(5) } }));
    QVERIFY(finding->detail.startsWith(u"It is not served"));
    QVERIFY(finding->claims.last().owner.isNull());
    QTRY_VERIFY_WITH_TIMEOUT(
        m_cluster.ask(0, { u"CLUSTER"_s, u"INFO"_s }).contains("cluster_state:ok"), 20'000);
}

void LiveCheckTest::uncoveredSlot()
{
    // The owner first: it would tell the others again.
    for (int node = 0; node < 6; ++node)
        QVERIFY(m_cluster.tell(node, { u"CLUSTER"_s, u"DELSLOTS"_s, u"16"_s, u"17"_s }));
    QTRY_VERIFY_WITH_TIMEOUT(
        m_cluster.ask(2, { u"CLUSTER"_s, u"INFO"_s }).contains("cluster_state:fail"), 20'000);
    const HealthReport report = m_cluster.check(2);
    const QByteArray theirs = m_cluster.redisCliCheck(2);
    const Output output = call({ u"check"_s, m_cluster.endpoint(2), u"--format=json"_s });
    QVERIFY(m_cluster.tell(0, { u"CLUSTER"_s, u"ADDSLOTS"_s, u"16"_s, u"17"_s }));

    QVERIFY(theirs.contains("[OK] All nodes agree about slots configuration."));
    QVERIFY(theirs.contains("[ERR] Not all 16384 slots are covered by nodes."));
    QCOMPARE(report.agree(), std::optional(true));
    const Finding* finding = find(report, FindingCode::SlotsUncovered);
    QVERIFY(finding != nullptr);
    QCOMPARE(finding->ranges, (SlotRanges { { Slot(16), Slot(17) } }));
    QCOMPARE(report.findings.first().code, FindingCode::ClusterStateFail);
    QCOMPARE(output.exitCode, 1);
    QVERIFY(output.json()
                .value(u"headline"_s)
                .toString()
                .contains(u"2 slots (less than 0.1 %) have no owner."));
    for (int node = 0; node < 6; ++node) {
        QTRY_VERIFY_WITH_TIMEOUT(
            m_cluster.ask(node, { u"CLUSTER"_s, u"INFO"_s }).contains("cluster_slots_ok:16384"),
            10'000);
    }
    QTRY_VERIFY_WITH_TIMEOUT(m_cluster.check(2).worst() == Severity::Notice, 20'000);
}

void LiveCheckTest::forbiddenInfo()
{
    QVERIFY(m_cluster.tell(1, { u"ACL"_s, u"SETUSER"_s, u"default"_s, u"-info"_s }));
    const HealthReport report = m_cluster.check(0);
    QVERIFY(m_cluster.tell(1, { u"ACL"_s, u"SETUSER"_s, u"default"_s, u"+info"_s }));
    const Finding* finding = find(report, FindingCode::SecondaryChecksIncomplete);
    QVERIFY(finding != nullptr);
    QCOMPARE(finding->severity, Severity::Notice);
    QCOMPARE(finding->nodes, QList<NodeId> { m_cluster.id(1) });
    QVERIFY2(
        finding->detail.contains(u"INFO on 1 node (S02): NOPERM"), qPrintable(finding->detail));
    QVERIFY(viewOf(report, m_cluster.id(1))->reachable);
    QCOMPARE(report.worst(), Severity::Notice);
}

void LiveCheckTest::errorCounts()
{
    const auto moved = [this] {
        const HealthReport report = m_cluster.check(0);
        return viewOf(report, m_cluster.id(1))->errorCounts->of("MOVED"_ba);
    };
    const quint64 before = moved();
    QVERIFY(m_cluster.ask(1, { u"GET"_s, u"user:2935"_s }).startsWith("MOVED 1738"));
    QCOMPARE(moved(), before + 1);
    const Output output = call({ u"check"_s, m_cluster.endpoint(0) });
    QVERIFY(output.standard.contains("Errors answered to all clients, this check among them"));
    QVERIFY(m_cluster.tell(1, { u"CONFIG"_s, u"RESETSTAT"_s }));
    QCOMPARE(moved(), quint64(0));
}

/// Asked by other clients than this one, between the looks.
void LiveCheckTest::errorGrowth()
{
    net::ConnectionPool pool({});
    QList<health::ErrorWatch::Target> targets;
    for (int node = 0; node < 3; ++node)
        targets.append({ m_cluster.id(node), { u"127.0.0.1"_s, m_cluster.port(node) } });
    targets.append({ NodeId("x"_ba), { u"127.0.0.1"_s, 1 } });
    // So that a counter goes back when it is reset.
    QVERIFY(m_cluster.ask(2, { u"GET"_s, u"user:2935"_s }).startsWith("MOVED 1738"));
    health::ErrorWatch watch(&pool, targets, 1h);
    QList<health::WatchedNode> nodes;
    connect(&watch, &health::ErrorWatch::finished, this,
        [&nodes](const QList<health::WatchedNode>& result) { nodes = result; });
    watch.start();
    for (int node = 0; node < 3; ++node)
        QTRY_VERIFY_WITH_TIMEOUT(wasAskedInfo(node), 20'000);
    for (int i = 0; i < 3; ++i)
        QVERIFY(m_cluster.ask(1, { u"GET"_s, u"user:2935"_s }).startsWith("MOVED 1738"));
    QVERIFY(m_cluster.tell(2, { u"CONFIG"_s, u"RESETSTAT"_s }));
    watch.endPause();
    QTRY_COMPARE_WITH_TIMEOUT(nodes.size(), 4, 20'000);

    QCOMPARE(nodes.at(0).growth->toAllClients, cluster::ErrorCounts());
    QVERIFY(!nodes.at(0).growth->wasReset);
    QCOMPARE(nodes.at(1).growth->toAllClients.of("MOVED"_ba), quint64(3));
    QCOMPARE(nodes.at(1).growth->seenBySlotscope, cluster::ErrorCounts());
    QVERIFY(nodes.at(1).interval > 0us);
    QVERIFY(nodes.at(1).perSecond("MOVED"_ba).value() > 0);
    QVERIFY(nodes.at(1).uptimeSeconds.has_value());
    QVERIFY(nodes.at(2).growth->wasReset);
    QVERIFY(!nodes.at(2).perSecond("MOVED"_ba));
    QVERIFY(!nodes.at(3).growth);
    QCOMPARE(nodes.at(3).error->code, support::ErrorCode::ConnectionRefused);
}

void LiveCheckTest::errorGrowthOnTheCommandLine()
{
    QVERIFY(m_cluster.ask(2, { u"GET"_s, u"user:2935"_s }).startsWith("MOVED 1738"));
    QProcess process;
    process.start(program,
        { u"check"_s, m_cluster.endpoint(0), u"--watch"_s, u"3600"_s, u"--format"_s, u"json"_s });
    QVERIFY(process.waitForStarted());
    QByteArray said;
    QTRY_VERIFY_WITH_TIMEOUT(
        (said += process.readAllStandardError(), said.contains("Watching 6 nodes")), 20'000);
    for (int node = 0; node < 6; ++node)
        QTRY_VERIFY_WITH_TIMEOUT(wasAskedInfo(node), 20'000);
    QVERIFY(m_cluster.tell(2, { u"CONFIG"_s, u"RESETSTAT"_s }));
    QVERIFY(m_cluster.ask(1, { u"GET"_s, u"user:2935"_s }).startsWith("MOVED 1738"));
    process.terminate();
    QVERIFY(process.waitForFinished(20'000));
    QCOMPARE(process.exitCode(), 0);
    const QJsonObject document = QJsonDocument::fromJson(process.readAllStandardOutput()).object();
    const QJsonArray nodes = document.value(u"error_growth"_s).toArray();
    QCOMPARE(nodes.size(), 6);
    for (const QJsonValue& value : nodes) {
        const QJsonObject node = value.toObject();
        const int moved = node.value(u"to_all_clients"_s).toObject().value(u"moved"_s).toInt(-1);
        const QString id = node.value(u"node_id"_s).toString();
        QCOMPARE(moved, id == m_cluster.id(1).toString() ? 1 : 0);
        QCOMPARE(node.value(u"seen_by_slotscope"_s).toObject().value(u"moved"_s), QJsonValue(0));
        const bool wasReset = id == m_cluster.id(2).toString();
        QCOMPARE(node.value(u"was_reset"_s), QJsonValue(wasReset));
        QCOMPARE(node.value(u"per_second"_s).isNull(), wasReset);
        QVERIFY(node.value(u"error"_s).isNull());
    }
    const Output text = call({ u"check"_s, m_cluster.endpoint(0), u"--watch"_s, u"0.05"_s });
    QVERIFY2(text.standard.contains("Redirects answered to all clients in 0."),
        text.standard.constData());
    QVERIFY(text.standard.contains("by 6 nodes:\nnone\nSeen by Slotscope meanwhile"));
    QCOMPARE(call({ u"check"_s, m_cluster.endpoint(0), u"--watch"_s, u"0"_s }).exitCode, 2);
}

void LiveCheckTest::replicaWithoutLink()
{
    for (const char* command : { "-psync", "-sync" }) {
        QVERIFY(m_cluster.tell(
            1, { u"ACL"_s, u"SETUSER"_s, u"default"_s, QString::fromLatin1(command) }));
    }
    m_cluster.ask(1, { u"CLIENT"_s, u"KILL"_s, u"TYPE"_s, u"replica"_s });
    const auto isDown = [this] {
        return m_cluster.ask(4, { u"INFO"_s, u"replication"_s })
            .contains("master_link_status:down");
    };
    QTRY_VERIFY_WITH_TIMEOUT(isDown(), 10'000);
    const HealthReport report = m_cluster.check(0);
    QVERIFY(m_cluster.tell(1, { u"ACL"_s, u"SETUSER"_s, u"default"_s, u"+@all"_s }));
    const Finding finding = report.findings.first();
    QCOMPARE(finding.code, FindingCode::ReplicationBroken);
    QCOMPARE(finding.severity, Severity::Error);
    QCOMPARE(finding.nodes, QList<NodeId> { m_cluster.id(4) });
    QVERIFY2(finding.detail.startsWith(u"S02/1 "), qPrintable(finding.detail));
    QCOMPARE(health::headlineOf(report, QDateTime::currentDateTimeUtc()).verdict, finding.title);
    QTRY_VERIFY_WITH_TIMEOUT(!isDown(), 20'000);
}

void LiveCheckTest::stoppedReplica()
{
    m_cluster.signal(3, SIGSTOP);
    QElapsedTimer timer;
    timer.start();
    const HealthReport report = m_cluster.check(0, 600ms);
    const qint64 took = timer.elapsed();
    m_cluster.signal(3, SIGCONT);
    QVERIFY2(took < 3000, qPrintable(QString::number(took)));
    QCOMPARE(report.reached(), 5);
    const health::NodeView* view = viewOf(report, m_cluster.id(3));
    QVERIFY(!view->reachable);
    QCOMPARE(view->error->code, support::ErrorCode::NoReply);
    const Finding finding = report.findings.first();
    QCOMPARE(finding.code, FindingCode::NodeUnreachable);
    QCOMPARE(finding.severity, Severity::Warning);
    QCOMPARE(finding.nodes, QList<NodeId> { m_cluster.id(3) });
    QCOMPARE(report.agree(), std::optional(true));
    QTRY_COMPARE_WITH_TIMEOUT(m_cluster.check(0).worst(), Severity::Notice, 20'000);
}

void LiveCheckTest::killedPrimary()
{
    RunningCluster cluster;
    QVERIFY(cluster.start());
    cluster.signal(5, SIGKILL);
    cluster.signal(2, SIGKILL);
    // At once, while the others still think it well; and when they know.
    HealthReport report = cluster.check(0);
    const Finding* unreachable = find(report, FindingCode::NodeUnreachable);
    QVERIFY(unreachable != nullptr);
    QCOMPARE(unreachable->severity, Severity::Error);
    QCOMPARE(unreachable->nodes, QList<NodeId> { cluster.id(2) });
    QVERIFY2(
        unreachable->title.contains(u"connection refused (tcp)"), qPrintable(unreachable->title));

    QTRY_VERIFY_WITH_TIMEOUT(
        cluster.ask(1, { u"CLUSTER"_s, u"INFO"_s }).contains("cluster_state:fail"), 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(
        (report = cluster.check(1), codesOf(report).count(u"node-failed"_s) == 2), 20'000);
    QCOMPARE(codesOf(report).first(), u"cluster-state-fail"_s);
    QVERIFY(codesOf(report).contains(u"primary-without-replica"_s));
    const Finding* failed = find(report, FindingCode::NodeFailed);
    QCOMPARE(failed->nodes, QList<NodeId> { cluster.id(2) });
    QCOMPARE(failed->ranges.size(), 1);
    const Output output = call({ u"check"_s, cluster.endpoint(3) });
    QCOMPARE(output.exitCode, 1);
    QVERIFY2(output.standard.contains("4 of 6 nodes answered"), output.standard.constData());
    QVERIFY(output.standard.contains("is down and has no working replica"));
    QVERIFY(cluster.redisCliCheck(0).contains("[ERR] Not all 16384 slots are covered by nodes."));
}

void LiveCheckTest::twoPrimariesClaimASlot()
{
    RunningCluster cluster;
    QVERIFY(cluster.start(0));
    // For a minute these two do not listen to each other.
    QVERIFY(cluster.tell(0, { u"CLUSTER"_s, u"FORGET"_s, cluster.id(1).toString() }));
    QVERIFY(cluster.tell(1, { u"CLUSTER"_s, u"FORGET"_s, cluster.id(0).toString() }));
    QVERIFY(cluster.tell(0, { u"CLUSTER"_s, u"ADDSLOTS"_s, u"6000"_s }));
    const HealthReport report = cluster.check(2);
    const Finding* disputed = find(report, FindingCode::SlotsDisputed);
    QVERIFY(disputed != nullptr);
    QCOMPARE(disputed->severity, Severity::Error);
    QCOMPARE(disputed->ranges, (SlotRanges { { Slot(6000), Slot(6000) } }));
    QCOMPARE(disputed->claims.size(), 2);
    for (const health::Claim& claim : disputed->claims)
        QCOMPARE(claim.saidBy, QList<NodeId> { claim.owner });
    const Finding* views = find(report, FindingCode::ViewsDisagree);
    QVERIFY(views != nullptr);
    QVERIFY(views->claims.contains({ disputed->ranges, cluster.id(0), { cluster.id(0) } }));
    // The first one knows the second one no more: it gives all its slots to nobody.
    const SlotRanges all = report.topology.nodeById(cluster.id(1))->ranges;
    QVERIFY(views->claims.contains({ all, cluster.id(1), { cluster.id(1), cluster.id(2) } }));
    QCOMPARE(report.agree(), std::optional(false));
    const Output output = call({ u"check"_s, cluster.endpoint(2) });
    QCOMPARE(output.exitCode, 1);
    QVERIFY2(
        output.standard.contains("claim  6000 -> S01 (so says: S01)"), output.standard.constData());
    QVERIFY(cluster.redisCliCheck(2).contains("[ERR] Nodes don't agree about configuration!"));
}

/// Seen from the one that forgot, and from another; a primary, and a replica, of which redis-cli
/// says nothing.
void LiveCheckTest::forgottenByOne()
{
    RunningCluster cluster;
    QVERIFY(cluster.start());
    QVERIFY(cluster.tell(1, { u"CLUSTER"_s, u"FORGET"_s, cluster.id(0).toString() }));
    QVERIFY(cluster.tell(2, { u"CLUSTER"_s, u"FORGET"_s, cluster.id(4).toString() }));
    for (const int seed : { 1, 0 }) {
        const HealthReport report = cluster.check(seed);
        QCOMPARE(report.reached(), 6);
        const Finding* members = find(report, FindingCode::MembersDiffer);
        QVERIFY(members != nullptr);
        QCOMPARE(members->severity, Severity::Warning);
        QCOMPARE(QSet<NodeId>(members->nodes.begin(), members->nodes.end()),
            (QSet<NodeId> { cluster.id(0), cluster.id(4) }));
        QVERIFY2(members->detail.contains(u"S01 is not known to S02 (1 of 6 views)."),
            qPrintable(members->detail));
        QVERIFY(find(report, FindingCode::ViewsDisagree) != nullptr);
        // To the one that forgot the primary its replica has none; the others know better.
        QVERIFY(find(report, FindingCode::PrimaryWithoutReplica) == nullptr);
        QVERIFY(cluster.redisCliCheck(seed).contains("[ERR] Nodes don't agree"));
    }
}

void LiveCheckTest::noReplicas()
{
    RunningCluster cluster;
    QVERIFY(cluster.start(0));
    const HealthReport report = cluster.check(0);
    QCOMPARE(codesOf(report), QStringList { u"primary-without-replica"_s });
    QCOMPARE(report.worst(), Severity::Notice);
}

void LiveCheckTest::commandLineFails()
{
    const Output json = call({ u"check"_s, u"127.0.0.1:1"_s, u"--format"_s, u"json"_s });
    QCOMPARE(json.exitCode, 3);
    const QJsonObject error = json.json().value(u"error"_s).toObject();
    QCOMPARE(error.value(u"stage"_s).toString(), u"tcp"_s);
    QCOMPARE(error.value(u"address"_s).toString(), u"127.0.0.1:1"_s);
    const Output text = call({ u"check"_s, u"127.0.0.1:1"_s });
    QCOMPARE(text.exitCode, 3);
    QVERIFY(text.standard.isEmpty());
    QVERIFY(!text.error.isEmpty());
    QCOMPARE(call({ u"check"_s }).exitCode, 2);
    QCOMPARE(call({ u"check"_s, u"h:1"_s, u"--format"_s, u"yaml"_s }).exitCode, 2);
}

void LiveCheckTest::standalone()
{
    RealServer server;
    QVERIFY(server.start());
    const Output text = call({ u"check"_s, server.endpoint().toString() });
    QCOMPARE(text.exitCode, 0);
    QVERIFY(text.standard.contains("Cluster support is off here."));
    const Output json = call({ u"check"_s, server.endpoint().toString(), u"--format=json"_s });
    QCOMPARE(json.json().value(u"kind"_s).toString(), u"standalone"_s);
    QVERIFY(json.json().value(u"agree"_s).isNull());
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::LiveCheckTest)
#include "tst_livecheck.moc"
