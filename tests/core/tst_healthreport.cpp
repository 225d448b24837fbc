// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/health/healthjson.h"
#include "tests/core/healthfixture.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace slotscope::health;
using slotscope::support::ErrorCode;

namespace slotscope::tests {
namespace {

const QDateTime noon(QDate(2026, 11, 23), QTime(12, 0), Qt::UTC);

HealthReport reportOf(const Scene& scene)
{
    const Evidence evidence = scene.evidence();
    HealthReport report;
    report.topology = evidence.topology;
    report.views = evidence.views;
    report.agreement = evidence.agreement;
    report.findings = findingsOf(evidence);
    return report;
}

QString verdictOf(const Scene& scene)
{
    return headlineOf(reportOf(scene), noon).verdict;
}

} // namespace

class TestHealthReport final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void headlineIsTheTopologysWhereItKnows();
    void headlineIsTheWorstFindingElse();
    void headlineHasTheImpact();
    void agreement();
    void json();
    void jsonIsExact();
    void jsonOfNothingKnown();
};

void TestHealthReport::headlineIsTheTopologysWhereItKnows()
{
    Scene scene;
    QCOMPARE(verdictOf(scene), u"All 16384 slots are served by 3 shards; 6 nodes are well."_s);
    scene.printAll("10.0.1.1:", "10.0.0.1:"); // a replica beside its primary
    scene.wayIn.host = u"127.0.0.1"_s;
    scene.printAll("10.0.0.1:", "127.0.0.1:"); // an info: no news
    QCOMPARE(reportOf(scene).worst(), Severity::Notice);
    QCOMPARE(verdictOf(scene), u"All 16384 slots are served by 3 shards; 6 nodes are well."_s);
    scene.flag("abc", 'b', "fail");
    const HealthReport report = reportOf(scene);
    QCOMPARE(headlineOf(report, noon), headlineOf(report.topology, noon));
    QCOMPARE(headlineOf(report, noon).severity, Severity::Error);
}

void TestHealthReport::headlineIsTheWorstFindingElse()
{
    Scene scene;
    scene.view('d').replication.linkUp = false;
    scene.view('e').server = u"redis 7.0.14"_s;
    const HealthReport report = reportOf(scene);
    QCOMPARE(
        headlineOf(report, noon).verdict, u"S01/1 does not replicate (master_link_status:down)."_s);
    QCOMPARE(headlineOf(report, noon).severity, Severity::Error);
    QCOMPARE(headlineOf(report, noon).evidence, headlineOf(report.topology, noon).evidence);
}

void TestHealthReport::headlineHasTheImpact()
{
    Scene scene;
    scene.view('a').state = cluster::ClusterState::Fail;
    scene.print("a", " 0-5460", " 0-5459");
    QCOMPARE(verdictOf(scene),
        u"1 of 6 nodes say that the cluster is down (cluster_state:fail): S01. "
        "The nodes do not agree who owns 1 slot (less than 0.1 %)."_s);
}

void TestHealthReport::agreement()
{
    Scene scene;
    QCOMPARE(reportOf(scene).agree(), std::optional(true));
    scene.print("a", " 0-5460", " 0-5459");
    QCOMPARE(reportOf(scene).agree(), std::optional(false));
    Scene alone;
    for (const char id : QByteArray("bcdef"))
        alone.lose(id);
    QCOMPARE(reportOf(alone).agree(), std::optional<bool>());
    QCOMPARE(reportOf(alone).reached(), 1);
    Scene one;
    for (const char id : QByteArray("bcdef"))
        one.remove(id);
    QCOMPARE(reportOf(one).agree(), std::optional(true));
}

void TestHealthReport::json()
{
    Scene scene;
    scene.print("a", " 0-5460", " 0-5459");
    scene.lose('f', ErrorCode::ConnectTimeout);
    const QJsonObject json = toJson(reportOf(scene), noon);
    QCOMPARE(json.value(u"agree"_s), QJsonValue(false));
    QCOMPARE(json.value(u"kind"_s).toString(), u"cluster"_s);
    QCOMPARE(json.value(u"asked"_s).toInt(), 6);
    QCOMPARE(json.value(u"reached"_s).toInt(), 5);
    QVERIFY(json.value(u"headline"_s).toString().startsWith(u"The nodes do not agree"));

    const QJsonArray views = json.value(u"views"_s).toArray();
    QCOMPARE(views.size(), 6);
    const QJsonObject a = views.first().toObject();
    QCOMPARE(a.value(u"node_id"_s).toString(), u"a"_s);
    QCOMPARE(a.value(u"address"_s).toString(), u"10.0.0.1:1"_s);
    QCOMPARE(a.value(u"reachable"_s), QJsonValue(true));
    QVERIFY(a.value(u"error"_s).isNull());
    QCOMPARE(a.value(u"state"_s).toString(), u"ok"_s);
    QVERIFY(a.value(u"current_epoch"_s).isNull());
    QVERIFY(a.contains(u"my_epoch"_s));
    const QJsonObject f = views.last().toObject();
    QCOMPARE(f.value(u"reachable"_s), QJsonValue(false));
    QCOMPARE(f.value(u"error"_s).toObject().value(u"stage"_s).toString(), u"tcp"_s);
    QCOMPARE(f.value(u"state"_s).toString(), u"unknown"_s);
    QVERIFY(f.value(u"server"_s).isNull());

    const QJsonObject finding = json.value(u"findings"_s).toArray().first().toObject();
    QCOMPARE(finding.value(u"severity"_s).toString(), u"error"_s);
    QCOMPARE(finding.value(u"code"_s).toString(), u"views-disagree"_s);
    QCOMPARE(finding.value(u"nodes"_s).toArray(), QJsonArray { u"a"_s });
    const QJsonArray ranges { QJsonArray { 5460, 5460 } };
    QCOMPARE(finding.value(u"slots"_s).toArray(), ranges);
    const QJsonObject claim = finding.value(u"claims"_s).toArray().last().toObject();
    QCOMPARE(claim.value(u"slots"_s).toArray(), ranges);
    QVERIFY(claim.contains(u"owner"_s));
    QVERIFY(claim.value(u"owner"_s).isNull());
    QCOMPARE(claim.value(u"said_by"_s).toArray(), QJsonArray { u"a"_s });
}

void TestHealthReport::jsonIsExact()
{
    Scene scene;
    NodeView& view = scene.view('a');
    view.currentEpoch = 9007199254740993ULL; // not a double
    view.myEpoch = 18446744073709551615ULL; // not an integer of JSON
    view.uptimeSeconds = 77;
    view.errorCounts = cluster::ErrorCounts::fromInfo(
        { { "errorstat_MOVED", "count=9007199254740993" }, { "errorstat_CROSSSLOT", "count=2" } });
    const QJsonObject json = toJson(reportOf(scene), noon);
    const QJsonObject a = json.value(u"views"_s).toArray().first().toObject();
    QCOMPARE(a.value(u"current_epoch"_s).toInteger(), 9007199254740993LL);
    QCOMPARE(a.value(u"my_epoch"_s).toInteger(), std::numeric_limits<qint64>::max());
    const QJsonArray counts = json.value(u"error_counts"_s).toArray();
    QCOMPARE(counts.size(), 6);
    const QJsonObject first = counts.first().toObject();
    QCOMPARE(first.value(u"node_id"_s).toString(), u"a"_s);
    QCOMPARE(first.value(u"uptime_seconds"_s).toInteger(), 77LL);
    QCOMPARE(first.value(u"moved"_s).toInteger(), 9007199254740993LL);
    QCOMPARE(first.value(u"crossslot"_s).toInteger(), 2LL);
    QCOMPARE(first.value(u"ask"_s).toInteger(-1), 0LL);
    // A server that does not count.
    QVERIFY(counts.last().toObject().value(u"moved"_s).isNull());
    QVERIFY(counts.last().toObject().contains(u"readonly"_s));
}

void TestHealthReport::jsonOfNothingKnown()
{
    const QJsonObject json = toJson(HealthReport(), noon);
    for (const char* field : { "checked_at", "kind", "headline", "asked", "reached", "agree",
             "views", "findings", "error_counts" }) {
        QVERIFY2(json.contains(QLatin1String(field)), field);
    }
    QVERIFY(json.value(u"agree"_s).isNull());
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::TestHealthReport)
#include "tst_healthreport.moc"
