// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/mergeviews.h"
#include "core/cluster/topologyjson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace slotscope::cluster;

namespace slotscope::tests {
namespace {

const QByteArray text
    = "a 10.0.0.1:1@11,a.example,tls-port=21 myself,master - 0 0 1 connected 0-9 [7->-b]\n"
      "b 10.0.0.2:2@12 master,fail? - 0 0 18446744073709551615 disconnected 10-16383\n"
      "d :0@0 slave,noaddr a 0 0 1 disconnected\n";

Topology sample()
{
    TopologyData head;
    head.capturedAt = QDateTime(QDate(2026, 11, 23), QTime(14, 2, 40, 123), Qt::UTC);
    head.seedTyped = u"orders"_s;
    head.seed = { u"orders.example"_s, 6379 };
    head.seedDialled = u"10.0.0.1:6379"_s;
    head.seedVia = u"ssh bastion"_s;
    head.seedSecurity = net::WaySecurity::TlsNotVerified;
    head.product = Product::Valkey;
    head.version = u"8.1.1"_s;
    head.state = ClusterState::Fail;
    head.currentEpoch = 6;
    head.viewsAsked = 2;
    head.viewsAnswered = 1;
    head.disputes = { { { Slot(7), Slot(9) }, { NodeId("a"_ba), NodeId("b"_ba) } } };
    head.claims = { { { { Slot(7), Slot(9) } }, NodeId("a"_ba), { NodeId("a"_ba) } },
        { { { Slot(7), Slot(9) } }, NodeId(), { NodeId("b"_ba) } } };
    head.warnings = { u"One <b>view</b>."_s };
    return mergeViews({ { *parseNodes(text), {}, u"10.0.0.1"_s, 1 } }, head);
}

QJsonObject parse(const char* json)
{
    return QJsonDocument::fromJson(json).object();
}

} // namespace

class TestTopologyJson final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void fields();
    void thereAndBack_data();
    void thereAndBack();
    void ofOlderVersions();
    void security();
    void manyLabels();
    void damaged_data();
    void damaged();
    void time();
};

void TestTopologyJson::fields()
{
    const QJsonObject json = toJson(sample());
    QCOMPARE(json.value(u"captured_at"_s).toString(), u"2026-11-23T14:02:40.123Z"_s);
    QCOMPARE(json.value(u"seed"_s).toObject(),
        parse(
            R"({"typed":"orders","dialled":"10.0.0.1:6379","via":"ssh bastion","security":"tls-not-verified","endpoint":"orders.example:6379"})"));
    QCOMPARE(
        json.value(u"server"_s).toObject(), parse(R"({"product":"valkey","version":"8.1.1"})"));
    QCOMPARE(json.value(u"nodes"_s).toArray().at(0).toObject(), parse(R"({
        "id": "a", "address": "10.0.0.1:1", "ip": "10.0.0.1", "hostname": "a.example", "port": 1,
        "tls_port": 21, "bus_port": 11, "role": "primary", "primary_id": null, "health": "ok",
        "link": "connected", "config_epoch": 1, "flags": ["myself", "master"], "myself": true })"));
    QCOMPARE(json.value(u"nodes"_s).toArray().at(2).toObject(), parse(R"({
        "id": "d", "address": null, "ip": null, "hostname": null, "port": 0, "tls_port": null,
        "bus_port": 0, "role": "replica", "primary_id": "a", "health": "noaddr",
        "link": "disconnected", "config_epoch": 1, "flags": ["slave", "noaddr"], "myself": false })"));
    QCOMPARE(json.value(u"shards"_s).toArray().at(0).toObject(), parse(R"({
        "label": "S01", "primary_id": "a", "replica_ids": ["d"], "slots": [[0, 9]], "slot_count": 10 })"));
    QCOMPARE(json.value(u"slot_owners"_s).toArray(),
        (QJsonArray { QJsonArray { 0, 9, u"a"_s }, QJsonArray { 10, 16383, u"b"_s } }));
    QCOMPARE(json.value(u"uncovered"_s).toArray(), QJsonArray());
    QCOMPARE(json.value(u"disputed"_s).toArray(),
        (QJsonArray { QJsonArray { 7, 9, QJsonArray { u"a"_s, u"b"_s } } }));
    QCOMPARE(json.value(u"migrating"_s).toArray().at(0).toObject(),
        parse(R"({"slot": 7, "from": "a", "to": null})"));
    QCOMPARE(
        json.value(u"views"_s).toObject(), parse(R"({"asked": 2, "answered": 1, "of": ["a"]})"));
    QCOMPARE(json.value(u"claims"_s).toArray().at(1).toObject(),
        parse(R"({"slots": [[7, 9]], "owner": null, "said_by": ["b"]})"));
    for (const char* name :
        { "kind", "state", "current_epoch", "answered_by", "masters", "warnings" })
        QVERIFY2(json.contains(QLatin1StringView(name)), name);
}

void TestTopologyJson::thereAndBack_data()
{
    QTest::addColumn<Topology>("topology");
    QTest::newRow("empty") << Topology();
    QTest::newRow("cluster") << sample();

    TopologyData standalone;
    standalone.kind = Kind::Standalone;
    Node node;
    node.address = { u"::1"_s, 6379 };
    node.port = 6379;
    standalone.nodes = { node };
    QTest::newRow("standalone") << Topology::build(standalone);

    TopologyData sentinel;
    sentinel.kind = Kind::Sentinel;
    sentinel.masters = { { u"mymaster"_s, { u"10.0.0.1"_s, 6379 } } };
    QTest::newRow("sentinel") << Topology::build(sentinel);

    TopologyData nameless; // 3.0, SLOTS alone
    node.address = { u"10.0.0.1"_s, 6379 };
    node.role = Role::Primary;
    node.ranges = { { Slot(0), Slot(16383) } };
    nameless.nodes = { node };
    QTest::newRow("no ids") << Topology::build(nameless);

    // Labels that a failover has put out of the order of slots.
    TopologyData swapped = sample().data();
    std::swap(swapped.shards[0].label, swapped.shards[1].label);
    std::swap(swapped.shards[0].index, swapped.shards[1].index);
    QTest::newRow("labels") << Topology::build(swapped);
}

void TestTopologyJson::thereAndBack()
{
    QFETCH(Topology, topology);
    const QJsonObject json = toJson(topology);
    // Through the text, as a capture does.
    const auto back
        = topologyFromJson(QJsonDocument::fromJson(QJsonDocument(json).toJson()).object());
    QVERIFY2(back.hasValue(), qPrintable(back ? QString() : back.error().detail));
    QCOMPARE(toJson(*back), json);
    QCOMPARE(back->shards(), topology.shards());
    QCOMPARE(back->uncovered(), topology.uncovered());
}

void TestTopologyJson::ofOlderVersions()
{
    QJsonObject json = toJson(sample());
    json.remove(u"claims"_s);
    json.insert(u"views"_s, parse(R"({"asked": 2, "answered": 1})"));
    json.insert(u"seed"_s, parse(R"({"typed": "orders", "dialled": null, "endpoint": null})"));
    const auto topology = topologyFromJson(json);
    QVERIFY(topology);
    QCOMPARE(topology->data().viewsAsked, 2);
    QVERIFY(topology->data().claims.isEmpty());
    QCOMPARE(topology->data().seedSecurity, net::WaySecurity::Unknown);
    // And of newer ones, with words that nobody knows yet.
    json.insert(u"seed"_s,
        parse(R"({"typed": "orders", "dialled": null, "security": "quantum", "endpoint": null})"));
    QVERIFY(topologyFromJson(json));
    QCOMPARE(topologyFromJson(json)->data().seedSecurity, net::WaySecurity::Unknown);
}

void TestTopologyJson::security()
{
    using net::WaySecurity;
    for (const WaySecurity security : { WaySecurity::Unknown, WaySecurity::Plain,
             WaySecurity::TlsVerified, WaySecurity::TlsNotVerified }) {
        TopologyData data = sample().data();
        data.seedSecurity = security;
        const auto back = topologyFromJson(toJson(Topology::build(data)));
        QVERIFY(back);
        QCOMPARE(back->data().seedSecurity, security);
    }
}

/// Labels are given once: there may have been more shards than there are slots.
void TestTopologyJson::manyLabels()
{
    TopologyData data = sample().data();
    data.shards[0].label = u"S20000"_s;
    data.shards[0].index = 19999;
    const auto topology = topologyFromJson(toJson(Topology::build(data)));
    QVERIFY(topology);
    QCOMPARE(topology->shards().front().index, 19999);
}

void TestTopologyJson::damaged_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QJsonValue>("value");
    const auto row = [](const char* name, const QString& field, const char* json) {
        QTest::newRow(name) << field << parse(json).value(u"v"_s);
    };
    row("missing", u"nodes"_s, "{}");
    row("not a list", u"shards"_s, R"({"v": {}})");
    row("kind", u"kind"_s, R"({"v": "sharded"})");
    row("kind null", u"kind"_s, R"({"v": null})");
    row("time", u"captured_at"_s, R"({"v": "yesterday"})");
    row("epoch", u"current_epoch"_s, R"({"v": -1})");
    row("views", u"views"_s, R"({"v": {"asked": 1}})");
    row("slot", u"slot_owners"_s, R"({"v": [[0, 16384, "a"]]})");
    row("range", u"slot_owners"_s, R"({"v": [[5, 4, "a"]]})");
    row("owner", u"slot_owners"_s, R"({"v": [[5, 6, "stranger"]]})");
    row("entry", u"slot_owners"_s, R"({"v": [7]})");
    row("dispute", u"disputed"_s, R"({"v": [[1, 2]]})");
    row("migration", u"migrating"_s, R"({"v": [{"slot": 99999, "from": null, "to": null}]})");
    row("claim", u"claims"_s, R"({"v": [{"slots": [[9, 7]], "owner": null, "said_by": []}]})");
    row("who said it", u"claims"_s, R"({"v": [{"slots": [], "owner": null, "said_by": 7}]})");
    row("node", u"nodes"_s, R"({"v": [{}]})");
    row("label", u"shards"_s,
        R"({"v": [{"label": "17", "primary_id": "a", "replica_ids": [], "slots": [], "slot_count": 0}]})");
}

void TestTopologyJson::damaged()
{
    QFETCH(QString, field);
    QFETCH(QJsonValue, value);
    QJsonObject json = toJson(sample());
    if (value.isUndefined())
        json.remove(field);
    else
        json.insert(field, value);
    const auto topology = topologyFromJson(json);
    QVERIFY(!topology);
    QCOMPARE(topology.error().code, support::ErrorCode::FileDamaged);
    QVERIFY(!topology.error().detail.isEmpty());
}

void TestTopologyJson::time()
{
    QVERIFY(timeToJson({}).isNull());
    const QDateTime local(QDate(2026, 1, 2), QTime(3, 4, 5), Qt::OffsetFromUTC, 3600);
    QCOMPARE(timeToJson(local).toString(), u"2026-01-02T02:04:05.000Z"_s);
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::TestTopologyJson)
#include "tst_topologyjson.moc"
