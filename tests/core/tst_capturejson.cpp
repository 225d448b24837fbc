// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/capture/capturejson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>
#include <QTimeZone>

#include <limits>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using namespace slotscope::capture;

namespace {

const QDateTime then(QDate(2026, 11, 23), QTime(14, 2, 40, 123), Qt::UTC);

cluster::NodeId idOf(char digit)
{
    return cluster::NodeId(QByteArray(40, digit));
}

Capture fullCapture()
{
    Capture capture;
    capture.savedAt = then;
    capture.utcOffsetSeconds = 3600;
    capture.toolVersion = u"0.6.0"_s;
    capture.name = u"orders"_s;
    capture.environment = u"production"_s;
    cluster::TopologyData data;
    data.capturedAt = then;
    data.viewsAsked = 2;
    data.viewsAnswered = 1;
    cluster::Node node;
    node.id = idOf('a');
    node.address = { u"10.0.0.1"_s, 6379 };
    node.role = cluster::Role::Primary;
    node.health = cluster::Health::Ok;
    node.ranges = { { cluster::Slot(0), cluster::Slot(16383) } };
    data.nodes = { node };
    capture.topology = cluster::Topology::build(data);
    capture.before = capture.topology;
    capture.names = { { u"gone.example"_s, {}, u"Name or service not known"_s } };
    capture.dnsAnswers = { u"10.0.0.1"_s };

    NodeAnswers answers;
    answers.id = idOf('a');
    answers.address = node.address;
    answers.dialled = u"10.0.0.1:6379"_s;
    answers.isReachable = true;
    answers.server = u"redis 7.0.15"_s;
    answers.roundTripMicros = 312;
    answers.answeredAt = then;
    answers.currentEpoch = 6;
    answers.replication.role = cluster::Role::Primary;
    answers.replication.replicas = { { { u"10.0.0.2"_s, 6379 }, u"online"_s, 5, -1 } };
    cluster::ErrorCounts counts;
    counts.add("MOVED 1 h:1");
    answers.errorCounts = counts;
    answers.replies = { { u"CLUSTER NODES"_s, "a\xff", {} },
        { u"SLOWLOG GET 10"_s, {},
            support::Error {
                support::ErrorCode::NoPermission, u"NOPERM no"_s, u"10.0.0.1:6379"_s } } };
    NodeAnswers dead;
    dead.address = { u"10.0.0.2"_s, 6379 };
    dead.error = support::Error { support::ErrorCode::ConnectionRefused, {}, u"10.0.0.2:6379"_s };
    capture.nodes = { answers, dead };

    health::Finding finding;
    finding.severity = health::Severity::Error;
    finding.code = health::FindingCode::NodeUnreachable;
    finding.title = u"One is down."_s;
    capture.findings = { finding };
    command::Trace trace;
    trace.argv = { "GET", "k" };
    capture.traces = { trace };
    capture.recordingBegan = then.addSecs(-60);
    cluster::TopologyEvent event;
    event.change.kind = cluster::TopologyChange::Kind::StateChanged;
    event.change.before = u"ok"_s;
    event.change.after = u"fail"_s;
    event.at = then;
    event.saidBy = idOf('a');
    capture.events = { event };
    NodeSample sample { idOf('a'), then, {} };
    sample.values.fill(std::numeric_limits<double>::quiet_NaN());
    sample.values.at(static_cast<std::size_t>(session::Metric::OpsPerSecond)) = 4711;
    capture.samples = { sample };
    capture.seen = { { idOf('a'), node.address, "MOVED", 3, then, then } };
    capture.counted = { { "CLUSTERDOWN", 52, then, then.addSecs(14) } };
    capture.notes = { { then, u"we <b>noticed</b>"_s } };
    capture.marks = { { { 0.25, 0.5 }, u"here"_s } };
    return capture;
}

} // namespace

class TestCaptureJson final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void hasEverything();
    void emptyHasTheSameFields();
    void documentBeginsWithItsSchema();
};

void TestCaptureJson::hasEverything()
{
    const QJsonObject json = toJson(fullCapture());
    QCOMPARE(json.value(u"saved_at"_s).toString(), u"2026-11-23T14:02:40.123Z"_s);
    QCOMPARE(json.value(u"utc_offset_seconds"_s).toInt(), 3600);
    QCOMPARE(json.value(u"tool_version"_s).toString(), u"0.6.0"_s);
    QCOMPARE(json.value(u"redaction"_s).toString(), u"none"_s);
    QCOMPARE(json.value(u"headline"_s).toString(), u"One is down."_s);
    QCOMPARE(json.value(u"asked"_s).toInt(), 2);
    QCOMPARE(json.value(u"reached"_s).toInt(), 1);
    QCOMPARE(json.value(u"topology"_s)[u"shards"_s].toArray().size(), 1);
    QCOMPARE(json.value(u"before"_s)[u"kind"_s].toString(), u"cluster"_s);
    QCOMPARE(json.value(u"findings"_s)[0][u"code"_s].toString(), u"node-unreachable"_s);
    QCOMPARE(json.value(u"traces"_s)[0][u"command"_s].toArray().size(), 2);
    const QJsonObject node = json.value(u"nodes"_s)[0].toObject();
    QCOMPARE(node.value(u"round_trip_micros"_s).toInt(), 312);
    QCOMPARE(node.value(u"error_counts"_s)[u"moved"_s].toInt(), 1);
    QVERIFY(node.value(u"server_time"_s).isNull());
    QCOMPARE(node.value(u"replies"_s)[0][u"text"_s][u"base64"_s].toString(), u"Yf8="_s);
    QVERIFY(node.value(u"replies"_s)[0][u"error"_s].isNull());
    QVERIFY(node.value(u"replies"_s)[1][u"text"_s].isNull());
    QCOMPARE(node.value(u"replies"_s)[1][u"error"_s][u"stage"_s].toString(), u"permission"_s);
    QVERIFY(node.value(u"replication"_s)[u"replicas"_s][0][u"lag_seconds"_s].isNull());
    const QJsonObject dead = json.value(u"nodes"_s)[1].toObject();
    QVERIFY(dead.value(u"node_id"_s).isNull());
    QVERIFY(dead.value(u"error_counts"_s).isNull());
    QCOMPARE(dead.value(u"error"_s)[u"stage"_s].toString(), u"tcp"_s);
    const QJsonObject event = json.value(u"events"_s)[0].toObject();
    QCOMPARE(event.value(u"kind"_s).toString(), u"state-changed"_s);
    QVERIFY(!event.value(u"sentence"_s).toString().isEmpty());
    QCOMPARE(json.value(u"seen_errors"_s)[0][u"count"_s].toInt(), 3);
    QCOMPARE(json.value(u"names"_s)[0][u"error"_s].toString(), u"Name or service not known"_s);
    QCOMPARE(json.value(u"counted_errors"_s)[0][u"word"_s].toString(), u"CLUSTERDOWN"_s);
    QCOMPARE(
        json.value(u"counted_errors"_s)[0][u"last"_s].toString(), u"2026-11-23T14:02:54.123Z"_s);
    const QJsonObject sample = json.value(u"samples"_s)[0].toObject();
    QCOMPARE(sample.value(u"node_id"_s).toString(), QString(40, u'a'));
    QCOMPARE(sample.value(u"at"_s).toString(), u"2026-11-23T14:02:40.123Z"_s);
    QCOMPARE(sample.value(u"ops_per_second"_s).toInt(), 4711);
    QVERIFY(sample.value(u"memory_bytes"_s).isNull()); // as all numbers that are not known
    QCOMPARE(json.value(u"notes"_s)[0][u"text"_s].toString(), u"we <b>noticed</b>"_s);
    QCOMPARE(json.value(u"marks"_s)[0][u"x"_s].toDouble(), 0.25);
}

void TestCaptureJson::emptyHasTheSameFields()
{
    const QJsonObject empty = toJson({});
    QCOMPARE(empty.keys(), toJson(fullCapture()).keys());
    QVERIFY(empty.value(u"recording_began"_s).isNull());
    QVERIFY(empty.value(u"before"_s).isNull());
    QVERIFY(empty.value(u"tool_version"_s).isNull());
}

void TestCaptureJson::documentBeginsWithItsSchema()
{
    const QByteArray document = toJsonDocument(fullCapture(), u"0.6.0"_s);
    QVERIFY(document.startsWith("{\n    \"schema\": 1,\n    \"version\": \"0.6.0\",\n"));
    QCOMPARE(QJsonDocument::fromJson(document).object().size(), toJson({}).size() + 2);
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::TestCaptureJson)

#include "tst_capturejson.moc"
