// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/traceformat.h"
#include "tests/support/topologies.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using namespace command;

class TraceFormatTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void fieldsOfTheContract();
    void withoutAReply();
    void nilIsAReply();
    void bytesThatAreNoText();
    void roundTrips();
    void outcomeNames();
    void refusesDamage_data();
    void refusesDamage();
    void asText();

private:
    static Trace moved();
};

Trace TraceFormatTest::moved()
{
    Trace trace;
    trace.startedAt = QDateTime::fromString(u"2026-11-23T14:02:40.123Z"_s, Qt::ISODateWithMs);
    trace.argv = { "GET", "user:2935" };
    trace.keys = { "user:2935" };
    trace.slot = cluster::Slot(1738);
    trace.behaviour = Behaviour::clusterClientWithMap();
    trace.map = threeShards(
        { { u"127.0.0.1"_s, 7001 }, { u"127.0.0.1"_s, 7002 }, { u"127.0.0.1"_s, 7003 } });
    trace.seed = { u"localhost"_s, 7003 };
    Hop first;
    first.nodeId = cluster::NodeId(QByteArray(40, '3'));
    first.nodeLabel = u"S03"_s;
    first.address = { u"127.0.0.1"_s, 7003 };
    first.dialled = u"127.0.0.1:7003"_s;
    first.micros = 312;
    first.connectMicros = 1500;
    first.outcome = HopOutcome::Moved;
    first.raw = "MOVED 1738 127.0.0.1:7001";
    first.slot = cluster::Slot(1738);
    first.target = u"127.0.0.1:7001"_s;
    first.targetLabel = u"S01"_s;
    first.targetAddress = { u"127.0.0.1"_s, 7001 };
    first.mapChanged = true;
    Hop second;
    second.nodeLabel = u"127.0.0.1:7001"_s;
    second.address = { u"127.0.0.1"_s, 7001 };
    second.dialled = u"127.0.0.1:7001"_s;
    second.startedMicros = 1900;
    second.waitMicros = 50'000;
    second.micros = 100;
    second.asking = true;
    second.outcome = HopOutcome::Reply;
    trace.hops = { first, second };
    trace.outcome = TraceOutcome::Reply;
    trace.reply = resp::Reply::fromText(resp::Type::String, "ok");
    trace.totalMicros = 2100;
    return trace;
}

void TraceFormatTest::fieldsOfTheContract()
{
    const QJsonObject json = toJson(moved());
    QCOMPARE(json[u"command"], QJsonValue(QJsonArray({ u"GET"_s, u"user:2935"_s })));
    QCOMPARE(json[u"keys"], QJsonValue(QJsonArray({ u"user:2935"_s })));
    QCOMPARE(json[u"slot"], QJsonValue(1738));
    QCOMPARE(json[u"outcome"], QJsonValue(u"reply"_s));
    QCOMPARE(json[u"reply"],
        QJsonValue(QJsonObject { { u"type"_s, u"string"_s }, { u"value"_s, u"ok"_s } }));
    const QJsonArray hops = json[u"hops"].toArray();
    QCOMPARE(hops.size(), 2);
    QJsonObject first = hops[0].toObject();
    // Beyond the contract.
    first.remove(u"node_label"_s);
    first.remove(u"target_label"_s);
    first.remove(u"target_address"_s);
    const QJsonObject expected {
        { u"node_id"_s, QString(40, u'3') },
        { u"address"_s, u"127.0.0.1:7003"_s },
        { u"dialled"_s, u"127.0.0.1:7003"_s },
        { u"asking"_s, false },
        { u"replica_read"_s, false },
        { u"started_micros"_s, 0 },
        { u"connect_micros"_s, 1500 },
        { u"wait_micros"_s, 0 },
        { u"micros"_s, 312 },
        { u"outcome"_s, u"moved"_s },
        { u"raw"_s, u"MOVED 1738 127.0.0.1:7001"_s },
        { u"slot"_s, 1738 },
        { u"target"_s, u"127.0.0.1:7001"_s },
        { u"map_changed"_s, true },
    };
    QCOMPARE(first, expected);
    for (const auto name : { "node_id"_L1, "connect_micros"_L1, "raw"_L1, "slot"_L1, "target"_L1 })
        QVERIFY2(hops[1].toObject().value(name).isNull(), name.data());
}

void TraceFormatTest::withoutAReply()
{
    Trace trace = moved();
    trace.outcome = TraceOutcome::CrossSlot;
    trace.hops.clear();
    trace.reply = {};
    trace.slot.reset();
    const QJsonObject json = toJson(trace);
    QVERIFY(json[u"reply"].isNull());
    QVERIFY(json[u"slot"].isNull());
    QCOMPARE(json[u"hops"], QJsonValue(QJsonArray()));
}

void TraceFormatTest::nilIsAReply()
{
    Trace trace = moved();
    trace.reply = {};
    QCOMPARE(toJson(trace)[u"reply"][u"type"], QJsonValue(u"null"_s));
}

void TraceFormatTest::bytesThatAreNoText()
{
    Trace trace = moved();
    trace.argv = { "GET", "\xff\xfe" };
    trace.hops.first().raw = "ERR \xff";
    const QJsonObject json = toJson(trace);
    QCOMPARE(json[u"command"][1][u"base64"], QJsonValue(u"//4="_s));
    QVERIFY(json[u"hops"][0][u"raw"].isObject());
    QVERIFY(!json[u"hops"][0].toObject().contains(u"resolved"_s));
    const auto again = traceFromJson(json, trace.map);
    QVERIFY(again);
    QCOMPARE(again->argv, trace.argv);
    QCOMPARE(again->hops.first().raw, trace.hops.first().raw);
}

void TraceFormatTest::roundTrips()
{
    for (const Behaviour& behaviour : { Behaviour::plainClient(), Behaviour::clusterClientWithMap(),
             Behaviour { Start::Node, { u"::1"_s, 7002 }, true } }) {
        Trace trace = moved();
        trace.behaviour = behaviour;
        trace.detail = u"words"_s;
        trace.hops.first().resolved = { u"10.0.1.4"_s, u"10.0.1.5"_s };
        const QJsonObject json = toJson(trace);
        const QByteArray text = QJsonDocument(json).toJson();
        const auto again = traceFromJson(QJsonDocument::fromJson(text).object(), trace.map);
        QVERIFY(again);
        QCOMPARE(toJson(*again), json);
        QCOMPARE(again->startedAt, trace.startedAt);
        QCOMPARE(again->behaviour, trace.behaviour);
        QCOMPARE(again->seed, trace.seed);
        QCOMPARE(again->hops.first().targetAddress, trace.hops.first().targetAddress);
        QCOMPARE(again->hops.first().resolved, trace.hops.first().resolved);
        QCOMPARE(again->hops.first().connectMicros, trace.hops.first().connectMicros);
        QVERIFY(again->reply == trace.reply);
        QVERIFY(again->map.ownerOf(cluster::Slot(0)));
    }
}

void TraceFormatTest::outcomeNames()
{
    QStringList hops;
    for (int i = int(HopOutcome::Reply); i <= int(HopOutcome::Cancelled); ++i)
        hops << hopOutcomeName(HopOutcome(i));
    QCOMPARE(hops.join(u'|'),
        u"reply|error|moved|ask|tryagain|clusterdown|loading|masterdown|readonly|connect_failed|"
        "outcome_unknown|cancelled"_s);
    QStringList traces;
    for (int i = int(TraceOutcome::Reply); i <= int(TraceOutcome::Cancelled); ++i)
        traces << traceOutcomeName(TraceOutcome(i));
    QCOMPARE(traces.join(u'|'),
        u"reply|error|redirect_not_followed|too_many_redirects|gave_up|connect_failed|"
        "outcome_unknown|cross_slot|slot_unowned|not_sent|cancelled"_s);
}

void TraceFormatTest::refusesDamage_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<bool>("inHop");

    const QJsonValue absent(QJsonValue::Undefined);
    for (const char* name : { "command", "keys", "slot", "hops", "outcome", "reply", "started_at",
             "behaviour", "seed" })
        QTest::addRow("no %s", name) << QString::fromLatin1(name) << absent << false;
    for (const char* name :
        { "address", "micros", "outcome", "raw", "map_changed", "connect_micros" })
        QTest::addRow("hop without %s", name) << QString::fromLatin1(name) << absent << true;
    QTest::newRow("slot out of range") << u"slot"_s << QJsonValue(16384) << false;
    QTest::newRow("slot in words") << u"slot"_s << QJsonValue(u"1"_s) << false;
    QTest::newRow("unknown outcome") << u"outcome"_s << QJsonValue(u"magic"_s) << false;
    QTest::newRow("hop: slot out of range") << u"slot"_s << QJsonValue(-1) << true;
    QTest::newRow("hop: unknown outcome") << u"outcome"_s << QJsonValue(u"magic"_s) << true;
    QTest::newRow("hop: bad address") << u"address"_s << QJsonValue(u"nowhere"_s) << true;
    QTest::newRow("hop: negative time") << u"micros"_s << QJsonValue(-1) << true;
    QTest::newRow("hops are no list") << u"hops"_s << QJsonValue(1) << false;
    QTest::newRow("reply is no value") << u"reply"_s << QJsonValue(1) << false;
}

void TraceFormatTest::refusesDamage()
{
    QFETCH(QString, field);
    QFETCH(QJsonValue, value);
    QFETCH(bool, inHop);
    QJsonObject json = toJson(moved());
    QVERIFY(traceFromJson(json, {}));
    QJsonArray hops = json[u"hops"].toArray();
    QJsonObject hop = hops[0].toObject();
    QJsonObject& object = inHop ? hop : json;
    if (value.isUndefined())
        object.remove(field);
    else
        object[field] = value;
    if (inHop) {
        hops[0] = hop;
        json[u"hops"_s] = hops;
    }
    const auto result = traceFromJson(json, {});
    QVERIFY(!result);
    QCOMPARE(result.error().code, support::ErrorCode::FileDamaged);
}

void TraceFormatTest::asText()
{
    QCOMPARE(toText(moved()),
        u"1. S03 (127.0.0.1:7003)  GET user:2935  MOVED 1738 127.0.0.1:7001  312 us, connected in "
        "1.5 ms\n"
        "2. 127.0.0.1:7001  ASKING + GET user:2935  reply  waited 50 ms, 100 us\n"
        "\"ok\"\n"_s);
    Trace refused = moved();
    refused.hops.resize(1);
    refused.hops[0].outcome = HopOutcome::ConnectFailed;
    refused.hops[0].raw = "the reason\x1b";
    refused.outcome = TraceOutcome::ConnectFailed;
    refused.detail = u"the reason"_s;
    const QString text = toText(refused);
    QVERIFY(text.contains(u"connect_failed: the reason\\x1b"));
    QVERIFY(text.endsWith(u"connect_failed: the reason\n"));
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::TraceFormatTest)
#include "tst_traceformat.moc"
