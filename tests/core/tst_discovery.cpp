// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/discovery.h"
#include "tests/support/fakenode.h"
#include "tests/support/refusingport.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace slotscope::cluster;
using slotscope::support::ErrorCode;

namespace slotscope::tests {
namespace {

const QByteArray noPermission = "-NOPERM this user has no permissions to run the command\r\n";
const QByteArray loading = "-LOADING Redis is loading the dataset in memory\r\n";

struct Outcome
{
    bool ok = false;
    Topology topology;
    support::Error error;
    QList<ViewInput> views;
};

net::ConnectionOptions quickOptions()
{
    net::ConnectionOptions options;
    options.timeout = 300ms;
    return options;
}

Outcome discover(const net::Endpoint& seed)
{
    Outcome outcome;
    net::ConnectionPool pool(quickOptions());
    Discovery discovery(&pool, seed, u"typed"_s);
    int finished = 0;
    QObject::connect(&discovery, &Discovery::finished, &discovery,
        [&](bool ok, const Topology& topology, const support::Error& error) {
            ++finished;
            outcome = { ok, topology, error, discovery.views() };
        });
    discovery.start();
    if (finished != 0)
        qFatal("finished from within start()");
    if (!QTest::qWaitFor([&] { return finished > 0; }, 5000))
        qFatal("discovery never finished");
    QTest::qWait(20);
    if (finished != 1)
        qFatal("finished %d times", finished);
    return outcome;
}

QByteArray address(const FakeNode& node)
{
    return node.endpoint().toString().toLatin1() + "@1";
}

void answerInfo(FakeNode* node, const QByteArray& enabled = "1")
{
    node->on("INFO server",
        FakeNode::bulk("# Server\r\nredis_version:7.0.15\r\nredis_mode:"
            + QByteArray(enabled == "1" ? "cluster" : "standalone") + "\r\n"));
    node->on("INFO cluster", FakeNode::bulk("# Cluster\r\ncluster_enabled:" + enabled + "\r\n"));
    node->on("ROLE", "*3\r\n$6\r\nmaster\r\n:0\r\n*0\r\n");
}

/// A cluster of two fakes: a (slots 0 to 9, giving 7 away) and b (10 to 16383, taking it).
struct TwoNodes
{
    TwoNodes(const QByteArray& state = "ok")
    {
        answerInfo(&a);
        a.on("CLUSTER INFO",
            FakeNode::bulk("cluster_state:" + state + "\r\ncluster_current_epoch:6\r\n"));
        a.on("CLUSTER NODES",
            FakeNode::bulk("a " + address(a)
                + " myself,master - 0 0 1 connected 0-9 [7->-b]\n"
                  "b "
                + address(b) + " master - 0 0 2 connected 10-16383\n"));
        a.on("CLUSTER SLOTS",
            "*2\r\n*3\r\n:0\r\n:9\r\n" + node(a, "a") + "*3\r\n:10\r\n:16383\r\n" + node(b, "b"));
        b.on("CLUSTER NODES",
            FakeNode::bulk("a " + address(a)
                + " master - 0 0 1 connected 0-9\n"
                  "b "
                + address(b) + " myself,master - 0 0 2 connected 10-16383 [7-<-a]\n"));
    }

    static QByteArray node(const FakeNode& fake, const QByteArray& id)
    {
        return "*3\r\n$9\r\n127.0.0.1\r\n:" + QByteArray::number(fake.endpoint().port) + "\r\n"
            + FakeNode::bulk(id);
    }

    FakeNode a;
    FakeNode b;
};

} // namespace

class TestDiscovery final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void captures_data();
    void captures();
    void wholeCluster();
    void stateFailIsStillACluster();
    void deadPrimary();
    void silentPrimary();
    void anotherNodeAnswers();
    void refusedView();
    void nobodyElseAnswers();
    void noPermissionForCluster();
    void noPermissionForOneSubcommand();
    void noPermissionForAnything();
    void helloSaysCluster();
    void loadingWithoutAnyView();
    void loadingWithSlotsOnly();
    void passwordWantedLate();
    void refusalsInEveryWording_data();
    void refusalsInEveryWording();
    void proxyThatRefusesEverything();
    void proxyThatServesSlotsOnly();
    void othersAreAskedForSlotsWhereNodesIsRefused();
    void oneNodeWithoutAHost();
    void nodeInHandshake();
    void namesAndUnknownEndpoints();
    void nodesAsVerbatimText();
    void everyNodeOnRequest();
    void saysWhoIsMissing();
    void standalone();
    void sentinel();
    void connectionFails();
    void diesInTheMiddle();
    void garbageViews();
    void cancelled();
    void deletedOnTheWay();
};

void TestDiscovery::captures_data()
{
    QTest::addColumn<QJsonObject>("row");
    QFile file(QFINDTESTDATA("../data/endpoint_detection.jsonl"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    while (!file.atEnd()) {
        const QJsonObject row = QJsonDocument::fromJson(file.readLine()).object();
        const QString name
            = row.value(u"scenario"_s).toString() % u'/' % row.value(u"server"_s).toString();
        QTest::newRow(name.toUtf8().constData()) << row;
    }
}

/// Real servers' answers, played back; what was not captured is refused as an unknown command.
void TestDiscovery::captures()
{
    QFETCH(QJsonObject, row);
    FakeNode fake;
    QSet<QByteArray> asked;
    for (const QJsonValue& exchange : row.value(u"exchange"_s).toArray()) {
        QByteArray command;
        for (const QJsonValue& word : exchange[u"cmd"].toArray())
            command += (command.isEmpty() ? "" : " ") + word.toString().toUtf8();
        // A second answer of the same command belongs to a later state (after AUTH).
        if (asked.contains(command) || exchange[u"proto"].toInt() != 2)
            continue;
        asked.insert(command);
        // HELLO 2 was captured as plain HELLO.
        fake.on(command, exchange[u"raw_resp_latin1"].toString().toLatin1());
    }
    const QJsonObject expect = row.value(u"expect"_s).toObject();
    const QString kind = expect.value(u"kind"_s).toString();
    const Outcome outcome = discover(fake.endpoint());
    for (const QByteArray& command : fake.received())
        QVERIFY2(!command.startsWith("CLUSTER SHARDS"), command.constData());
    if (kind == u"unknown-until-auth") {
        QVERIFY(!outcome.ok);
        QCOMPARE(outcome.error.code, ErrorCode::AuthRequired);
        return;
    }
    if (kind == u"unknown-no-permission") {
        QVERIFY(!outcome.ok);
        QCOMPARE(outcome.error.code, ErrorCode::NoPermission);
        QVERIFY(outcome.error.detail.startsWith(u"NOPERM"));
        return;
    }
    if (!asked.contains("INFO cluster") && !asked.contains("CLUSTER INFO")
        && !asked.contains("CLUSTER SLOTS") && !asked.contains("HELLO")) {
        QVERIFY(!outcome.ok); // nothing that tells the kind was captured
        return;
    }
    QVERIFY2(outcome.ok || !asked.contains("INFO cluster"), qPrintable(outcome.error.detail));
    if (!outcome.ok) // a loading node of 7.0, of which no INFO cluster was captured
        QCOMPARE(outcome.error.code, ErrorCode::Loading);
    else
        QCOMPARE(kindName(outcome.topology.data().kind), kind);
    if (outcome.ok && asked.contains("INFO server")) {
        QCOMPARE(
            productName(outcome.topology.data().product), expect.value(u"product"_s).toString());
        const QString server = row.value(u"server"_s).toString();
        if (!server.contains(u"unstable"))
            QVERIFY2(server.endsWith(u'-' + outcome.topology.data().version),
                qPrintable(outcome.topology.data().version));
    }
    if (outcome.ok && expect.value(u"cluster_size"_s).isDouble())
        QCOMPARE(outcome.topology.shards().size(), expect.value(u"cluster_size"_s).toInt());
    if (kind == u"standalone")
        QCOMPARE(
            roleName(outcome.topology.nodes().front().role), expect.value(u"role"_s).toString());
}

void TestDiscovery::wholeCluster()
{
    TwoNodes cluster;
    const Outcome outcome = discover(cluster.a.endpoint());
    QVERIFY2(outcome.ok, qPrintable(outcome.error.detail));
    const TopologyData& data = outcome.topology.data();
    QCOMPARE(data.kind, Kind::Cluster);
    QCOMPARE(data.product, Product::Redis);
    QCOMPARE(data.version, u"7.0.15"_s);
    QCOMPARE(data.state, ClusterState::Ok);
    QCOMPARE(data.currentEpoch, quint64(6));
    QCOMPARE(data.seedTyped, u"typed"_s);
    QCOMPARE(data.seed, cluster.a.endpoint());
    QCOMPARE(data.seedDialled, cluster.a.endpoint().toString());
    QCOMPARE(data.answeredBy, NodeId("a"_ba));
    QCOMPARE(data.viewsAsked, 2);
    QCOMPARE(data.viewsAnswered, 2);
    QVERIFY(data.capturedAt.isValid());
    QCOMPARE(data.warnings, QStringList());
    QCOMPARE(data.migrations, (QList<Migration> { { Slot(7), NodeId("a"_ba), NodeId("b"_ba) } }));
    QCOMPARE(outcome.topology.ownerOf(Slot(7))->id, NodeId("a"_ba));
    QCOMPARE(outcome.views.size(), 2);
    // One round trip: all questions left in one write.
    const auto together = std::count_if(
        cluster.a.chunks().begin(), cluster.a.chunks().end(), [](const QByteArray& chunk) {
            return chunk.contains("ROLE") && chunk.contains("NODES") && chunk.contains("SLOTS")
                && chunk.contains("server");
        });
    QCOMPARE(together, 1);
    QCOMPARE(cluster.b.received().count("CLUSTER NODES"), 1);
    QVERIFY(!cluster.b.received().contains("CLUSTER SLOTS"));
}

void TestDiscovery::stateFailIsStillACluster()
{
    TwoNodes cluster("fail");
    const Outcome outcome = discover(cluster.a.endpoint());
    QVERIFY(outcome.ok);
    QCOMPARE(outcome.topology.data().kind, Kind::Cluster);
    QCOMPARE(outcome.topology.data().state, ClusterState::Fail);
}

void TestDiscovery::deadPrimary()
{
    TwoNodes cluster;
    const QString dead = cluster.b.endpoint().toString();
    cluster.b.close();
    const Outcome outcome = discover(cluster.a.endpoint());
    QVERIFY(outcome.ok);
    const TopologyData& data = outcome.topology.data();
    QCOMPARE(data.viewsAsked, 2);
    QCOMPARE(data.viewsAnswered, 1);
    QVERIFY(outcome.topology.ownerOf(Slot(10)));
    QCOMPARE(data.migrations, (QList<Migration> { { Slot(7), NodeId("a"_ba), NodeId() } }));
    const QString warnings = data.warnings.join(u'\n');
    QVERIFY2(
        warnings.contains(dead + u"'s view is missing. Connection refused"), qPrintable(warnings));
    QVERIFY2(
        warnings.contains(u"1 of 2 nodes did not (connection refused)."), qPrintable(warnings));
}

void TestDiscovery::silentPrimary()
{
    TwoNodes cluster;
    cluster.b.setMute(true);
    const Outcome outcome = discover(cluster.a.endpoint());
    QVERIFY(outcome.ok);
    QCOMPARE(outcome.topology.data().viewsAnswered, 1);
    QVERIFY(!outcome.topology.data().warnings.isEmpty());
}

void TestDiscovery::anotherNodeAnswers()
{
    TwoNodes cluster;
    cluster.b.on("CLUSTER NODES",
        FakeNode::bulk(
            "91ab " + address(cluster.b) + " myself,master - 0 0 99 connected 0-16383\n"));
    const Outcome outcome = discover(cluster.a.endpoint());
    QVERIFY(outcome.ok);
    QCOMPARE(outcome.topology.data().viewsAnswered, 1);
    QVERIFY(outcome.topology.nodeById(NodeId("91ab"_ba)) == nullptr);
    QCOMPARE(outcome.topology.ownerOf(Slot(5))->id, NodeId("a"_ba));
    QVERIFY(
        outcome.topology.data().warnings.join(u'\n').contains(u"Expected node b, reached 91ab"));
}

void TestDiscovery::refusedView()
{
    TwoNodes cluster;
    cluster.b.on("CLUSTER NODES", noPermission);
    const Outcome outcome = discover(cluster.a.endpoint());
    QVERIFY(outcome.ok);
    QCOMPARE(outcome.topology.data().viewsAnswered, 1);
    QVERIFY(outcome.topology.data().warnings.join(u'\n').contains(u"NOPERM"));
}

void TestDiscovery::nobodyElseAnswers()
{
    // More than there is room for in the warnings.
    FakeNode seed;
    answerInfo(&seed);
    QByteArray nodes = "a " + address(seed) + " myself,master - 0 0 1 connected 0-9\n";
    for (int i = 1; i <= 12; ++i) {
        nodes += "b" + QByteArray::number(i) + ' ' + refusingEndpoint().toString().toLatin1()
            + "@1 master - 0 0 2 connected " + QByteArray::number(100 * i) + '\n';
    }
    seed.on("CLUSTER NODES", FakeNode::bulk(nodes));
    const Outcome outcome = discover(seed.endpoint());
    QVERIFY(outcome.ok);
    const TopologyData& data = outcome.topology.data();
    QVERIFY(data.viewsAsked > 8);
    QCOMPARE(data.viewsAnswered, 1);
    QVERIFY(data.warnings.size() <= 13);
    QVERIFY(data.warnings.last().contains(u"more view"));
}

void TestDiscovery::noPermissionForCluster()
{
    FakeNode fake;
    answerInfo(&fake);
    fake.on("CLUSTER", noPermission);
    const Outcome outcome = discover(fake.endpoint());
    QVERIFY(outcome.ok);
    const TopologyData& data = outcome.topology.data();
    QCOMPARE(data.kind, Kind::Cluster);
    QCOMPARE(data.state, ClusterState::Unknown);
    QCOMPARE(data.nodes.size(), 1);
    QVERIFY(data.nodes.front().id.isNull());
    QCOMPARE(data.nodes.front().address, fake.endpoint());
    QCOMPARE(data.nodes.front().role, Role::Primary);
    QVERIFY(!outcome.topology.slotsKnown());
    QVERIFY(outcome.topology.uncovered().isEmpty());
    QCOMPARE(data.warnings,
        QStringList { u"This user may not run CLUSTER. It is a cluster (cluster_enabled:1); "
                      "its slots are unknown."_s });
}

void TestDiscovery::noPermissionForOneSubcommand()
{
    TwoNodes cluster;
    cluster.a.on("CLUSTER NODES", noPermission);
    const Outcome outcome = discover(cluster.a.endpoint());
    QVERIFY(outcome.ok);
    QCOMPARE(outcome.topology.data().viewsAnswered, 2);
    QCOMPARE(outcome.topology.ownerOf(Slot(0))->id, NodeId("a"_ba));
    QCOMPARE(outcome.topology.data().answeredBy, NodeId("a"_ba));
    QVERIFY(outcome.topology.nodeById(NodeId("a"_ba))->myself);
    QVERIFY(outcome.topology.data().warnings.front().startsWith(
        u"CLUSTER NODES is not available here"));
}

void TestDiscovery::noPermissionForAnything()
{
    FakeNode fake;
    for (const char* command : { "INFO", "ROLE", "CLUSTER" })
        fake.on(command, noPermission);
    const Outcome outcome = discover(fake.endpoint());
    QVERIFY(!outcome.ok);
    QCOMPARE(outcome.error.code, ErrorCode::NoPermission);
    QCOMPARE(outcome.error.address, fake.endpoint().toString());
}

void TestDiscovery::helloSaysCluster()
{
    FakeNode fake;
    for (const char* command : { "INFO", "ROLE", "CLUSTER" })
        fake.on(command, noPermission);
    fake.on("HELLO",
        "%4\r\n$6\r\nserver\r\n$6\r\nvalkey\r\n$7\r\nversion\r\n$5\r\n8.1.1\r\n"
        "$4\r\nmode\r\n$7\r\ncluster\r\n$4\r\nrole\r\n$7\r\nreplica\r\n");
    const Outcome outcome = discover(fake.endpoint());
    QVERIFY2(outcome.ok, qPrintable(outcome.error.detail));
    QCOMPARE(outcome.topology.data().kind, Kind::Cluster);
    QCOMPARE(outcome.topology.data().product, Product::Valkey);
    QCOMPARE(outcome.topology.data().version, u"8.1.1"_s);
    QCOMPARE(outcome.topology.nodes().front().role, Role::Replica);
    QVERIFY(outcome.topology.data().warnings.front().contains(u"(mode:cluster)"));
}

void TestDiscovery::loadingWithoutAnyView()
{
    FakeNode fake;
    answerInfo(&fake);
    fake.on("CLUSTER", loading);
    const Outcome outcome = discover(fake.endpoint());
    QVERIFY(outcome.ok);
    QCOMPARE(outcome.topology.data().kind, Kind::Cluster);
    QCOMPARE(outcome.topology.nodes().size(), 1);
    QCOMPARE(outcome.topology.nodes().front().health, Health::Loading);
    QVERIFY(outcome.topology.data().warnings.front().contains(u"still loading"));
}

void TestDiscovery::loadingWithSlotsOnly()
{
    TwoNodes cluster;
    cluster.a.on("CLUSTER NODES", loading);
    cluster.a.on("CLUSTER INFO", loading);
    const Outcome outcome = discover(cluster.a.endpoint());
    QVERIFY(outcome.ok);
    QCOMPARE(outcome.topology.nodes().size(), 2);
    QCOMPARE(outcome.topology.nodeById(NodeId("a"_ba))->health, Health::Loading);
    QCOMPARE(outcome.topology.nodeById(NodeId("b"_ba))->health, Health::Ok);
    QVERIFY(outcome.topology.uncovered().isEmpty());
}

void TestDiscovery::passwordWantedLate()
{
    TwoNodes cluster;
    cluster.a.on("INFO server", "-NOAUTH Authentication required.\r\n");
    const Outcome outcome = discover(cluster.a.endpoint());
    QVERIFY(!outcome.ok);
    QCOMPARE(outcome.error.code, ErrorCode::AuthRequired);
    QCOMPARE(outcome.error.address, cluster.a.endpoint().toString());
}

void TestDiscovery::refusalsInEveryWording_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("sentence");
    const QString forbidden = u"This user may not run CLUSTER. It is a cluster"_s;
    const QString missing = u"CLUSTER NODES is not available here"_s;
    QTest::newRow("6.x") << QByteArray("NOPERM this user has no permissions to run the 'cluster' "
                                       "command or its subcommand")
                         << forbidden;
    QTest::newRow("7.0") << QByteArray("NOPERM this user has no permissions to run the "
                                       "'cluster|nodes' command")
                         << forbidden;
    QTest::newRow("7.2") << QByteArray("NOPERM User u has no permissions to run the "
                                       "'cluster|nodes' command")
                         << forbidden;
    QTest::newRow("3.0") << QByteArray("ERR Wrong CLUSTER subcommand or number of arguments")
                         << missing;
    QTest::newRow("5.0") << QByteArray("ERR Unknown subcommand or wrong number of arguments for "
                                       "'NODES'. Try CLUSTER HELP.")
                         << missing;
    QTest::newRow("7.x") << QByteArray("ERR unknown subcommand 'NODES'. Try CLUSTER HELP.")
                         << missing;
    QTest::newRow("renamed") << QByteArray("ERR unknown command 'CLUSTER', with args beginning "
                                           "with: 'NODES' ")
                             << missing;
}

/// None of them makes a standalone server of a cluster.
void TestDiscovery::refusalsInEveryWording()
{
    QFETCH(const QByteArray, line);
    QFETCH(const QString, sentence);
    FakeNode fake;
    answerInfo(&fake);
    fake.on("CLUSTER", '-' + line + "\r\n");
    const Outcome outcome = discover(fake.endpoint());
    QVERIFY2(outcome.ok, qPrintable(outcome.error.detail));
    QCOMPARE(outcome.topology.data().kind, Kind::Cluster);
    const QString warnings = outcome.topology.data().warnings.join(u'\n');
    QVERIFY2(warnings.contains(sentence), qPrintable(warnings));
    // Without INFO, HELLO decides; a refusal alone decides nothing.
    fake.on("INFO server", noPermission);
    fake.on("INFO cluster", noPermission);
    QVERIFY(!discover(fake.endpoint()).ok);
    fake.on("HELLO",
        "*8\r\n$6\r\nserver\r\n$5\r\nredis\r\n$7\r\nversion\r\n$6\r\n7.0.15\r\n"
        "$4\r\nmode\r\n$7\r\ncluster\r\n$5\r\nproto\r\n:2\r\n");
    QCOMPARE(discover(fake.endpoint()).topology.data().kind, Kind::Cluster);
}

void TestDiscovery::proxyThatRefusesEverything()
{
    FakeNode proxy;
    for (const char* command : { "HELLO", "CLIENT", "CLUSTER", "INFO", "ROLE" })
        proxy.on(command, "-ERR unknown command\r\n");
    const Outcome outcome = discover(proxy.endpoint());
    QVERIFY(!outcome.ok);
    QCOMPARE(outcome.error.code, ErrorCode::CommandUnavailable);
    QCOMPARE(outcome.error.detail, u"CLUSTER NODES: ERR unknown command"_s);
}

void TestDiscovery::proxyThatServesSlotsOnly()
{
    TwoNodes cluster;
    FakeNode proxy;
    proxy.on("CLUSTER SLOTS", "*1\r\n*3\r\n:0\r\n:16383\r\n" + TwoNodes::node(proxy, "p"));
    const Outcome outcome = discover(proxy.endpoint());
    QVERIFY2(outcome.ok, qPrintable(outcome.error.detail));
    QCOMPARE(outcome.topology.data().kind, Kind::Cluster);
    QCOMPARE(outcome.topology.ownerOf(Slot(16383))->address, proxy.endpoint());
    QVERIFY(outcome.topology.ownerOf(Slot(0))->myself);
}

void TestDiscovery::othersAreAskedForSlotsWhereNodesIsRefused()
{
    TwoNodes cluster;
    FakeNode third;
    const auto slotsOf = [&](const QByteArray& border, const QByteArray& next) -> QByteArray {
        return "*3\r\n*3\r\n:0\r\n:" + border + "\r\n" + TwoNodes::node(cluster.a, "a")
            + "*3\r\n:" + next + "\r\n:999\r\n" + TwoNodes::node(cluster.b, "b")
            + "*3\r\n:1000\r\n:16383\r\n" + TwoNodes::node(third, "c");
    };
    for (FakeNode* node : { &cluster.a, &cluster.b, &third })
        node->on("CLUSTER NODES", noPermission);
    cluster.a.on("CLUSTER SLOTS", slotsOf("99", "100"));
    cluster.b.on("CLUSTER SLOTS", slotsOf("89", "90"));
    third.on("CLUSTER SLOTS", slotsOf("89", "90"));
    const Outcome outcome = discover(cluster.a.endpoint());
    QVERIFY(outcome.ok);
    QCOMPARE(outcome.topology.data().viewsAnswered, 3);
    // Two against the seed.
    QCOMPARE(outcome.topology.ownerOf(Slot(95))->id, NodeId("b"_ba));
    QCOMPARE(outcome.topology.data().disputes.size(), 1);
}

void TestDiscovery::oneNodeWithoutAHost()
{
    FakeNode fake;
    answerInfo(&fake);
    const QByteArray port = QByteArray::number(fake.endpoint().port);
    fake.on("CLUSTER NODES",
        FakeNode::bulk("a :" + port + "@1 myself,master - 0 0 1 connected 0-16383\n"));
    fake.on("CLUSTER SLOTS",
        "*1\r\n*3\r\n:0\r\n:16383\r\n*3\r\n$0\r\n\r\n:" + port + "\r\n$1\r\na\r\n");
    const Outcome outcome = discover(fake.endpoint());
    QVERIFY(outcome.ok);
    QCOMPARE(outcome.topology.ownerOf(Slot(0))->address, fake.endpoint());
    QVERIFY(outcome.topology.uncovered().isEmpty());
}

void TestDiscovery::nodeInHandshake()
{
    FakeNode fake;
    answerInfo(&fake);
    fake.on("CLUSTER NODES",
        FakeNode::bulk("a " + address(fake)
            + " myself,master - 0 0 0 connected\n"
              "x 10.255.255.1:7@17 handshake - 1 0 0 disconnected\n"));
    fake.on("CLUSTER SLOTS", "*0\r\n");
    const Outcome outcome = discover(fake.endpoint());
    QVERIFY(outcome.ok);
    QCOMPARE(outcome.topology.data().kind, Kind::Cluster);
    QCOMPARE(outcome.topology.data().viewsAsked, 1); // nobody dials a name that is made up
    QVERIFY(!outcome.topology.nodeById(NodeId("x"_ba))->address.isDialable());
    QCOMPARE(slotCount(outcome.topology.uncovered()), Slot::count);
}

void TestDiscovery::namesAndUnknownEndpoints()
{
    FakeNode fake;
    answerInfo(&fake);
    fake.on("CLUSTER NODES",
        FakeNode::bulk("a " + address(fake)
            + ",a.example myself,master - 0 0 1 connected 0-9\n"
              "v fe80::7:2@12,future=1 master,fail,shiny - 0 0 2 connected 10-19\n"
              "u 127.0.0.1:3@13,u.example master,fail - 0 0 3 connected 20-29\n"
              "n :4@14 master,fail - 0 0 4 connected 30-39\n"));
    const auto entry = [](int first, const QByteArray& host, int port, const QByteArray& id,
                           const QByteArray& ip) -> QByteArray {
        return "*3\r\n:" + QByteArray::number(first) + "\r\n:" + QByteArray::number(first + 9)
            + "\r\n*5\r\n" + host + ":" + QByteArray::number(port) + "\r\n" + FakeNode::bulk(id)
            + "*2\r\n$2\r\nip\r\n" + FakeNode::bulk(ip) + "+and more\r\n";
    };
    fake.on("CLUSTER SLOTS",
        "*3\r\n" + entry(0, "$-1\r\n", fake.endpoint().port, "a", "127.0.0.1")
            + entry(20, FakeNode::bulk("?"), 3, "u", "127.0.0.1")
            + entry(30, FakeNode::bulk("?"), 4, "n", ""));
    const Outcome outcome = discover(fake.endpoint());
    QVERIFY2(outcome.ok, qPrintable(outcome.error.detail));
    const auto addressOf = [&](const QByteArray& id) {
        return outcome.topology.nodeById(NodeId(id))->address.toString();
    };
    QCOMPARE(addressOf("a"), fake.endpoint().toString());
    QCOMPARE(addressOf("v"), u"[fe80::7]:2"_s);
    QCOMPARE(addressOf("u"), u"127.0.0.1:3"_s);
    // Nobody knows where it is, but it owns its slots.
    QVERIFY(!outcome.topology.nodeById(NodeId("n"_ba))->address.isDialable());
    QCOMPARE(outcome.topology.ownerOf(Slot(35))->id, NodeId("n"_ba));
    const QString warnings = outcome.topology.data().warnings.join(u'\n');
    QVERIFY2(warnings.contains(u"2 of 3 nodes are announced as \"?\""_s), qPrintable(warnings));
}

void TestDiscovery::nodesAsVerbatimText()
{
    TwoNodes cluster;
    const QByteArray text = "a " + address(cluster.a) + " myself,master - 0 0 1 connected 0-9\r\n";
    cluster.a.on(
        "CLUSTER NODES", '=' + QByteArray::number(text.size() + 4) + "\r\ntxt:" + text + "\r\n");
    const Outcome outcome = discover(cluster.a.endpoint());
    QVERIFY2(outcome.ok, qPrintable(outcome.error.detail));
    QCOMPARE(outcome.topology.data().answeredBy, NodeId("a"_ba));
}

void TestDiscovery::everyNodeOnRequest()
{
    TwoNodes cluster;
    FakeNode replica;
    const QByteArray others = "b " + address(cluster.b) + " master - 0 0 2 connected 10-16383\n"
        + "c " + address(replica) + " %1slave a 0 0 1 connected\n";
    const QByteArray seed = "a " + address(cluster.a) + " %1master - 0 0 1 connected 0-9\n";
    cluster.a.on("CLUSTER NODES",
        FakeNode::bulk(
            QByteArray(seed).replace("%1", "myself,") + QByteArray(others).replace("%1", "")));
    replica.on("CLUSTER NODES",
        FakeNode::bulk(
            QByteArray(seed).replace("%1", "") + QByteArray(others).replace("%1", "myself,")));
    net::ConnectionPool pool(quickOptions());
    for (const bool every : { false, true }) {
        Discovery discovery(&pool, cluster.a.endpoint(), u"typed"_s);
        if (every)
            discovery.askEveryNode();
        QSignalSpy finished(&discovery, &Discovery::finished);
        discovery.start();
        QTRY_COMPARE(finished.size(), 1);
        QCOMPARE(discovery.views().size(), every ? 3 : 2);
        QCOMPARE(replica.received().count("CLUSTER NODES"), every ? 1 : 0);
    }
}

void TestDiscovery::saysWhoIsMissing()
{
    TwoNodes cluster;
    cluster.a.on("INFO server", noPermission);
    cluster.b.close();
    net::ConnectionPool pool(quickOptions());
    Discovery discovery(&pool, cluster.a.endpoint(), u"typed"_s);
    QSignalSpy finished(&discovery, &Discovery::finished);
    discovery.start();
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(discovery.missing().size(), 1);
    QCOMPARE(discovery.missing().first().id, NodeId("b"_ba));
    QVERIFY(discovery.missing().first().why.contains(u"Connection refused"_s));
    QVERIFY(discovery.unreachable().contains(u"1 of 2 nodes did not"_s));
    QCOMPARE(discovery.lastingWarnings().size(), 1);
    QVERIFY(discovery.lastingWarnings().first().startsWith(u"INFO server is not available here"_s));
}

void TestDiscovery::standalone()
{
    FakeNode fake;
    answerInfo(&fake, "0");
    fake.on("CLUSTER", "-ERR This instance has cluster support disabled\r\n");
    const Outcome outcome = discover(fake.endpoint());
    QVERIFY(outcome.ok);
    const TopologyData& data = outcome.topology.data();
    QCOMPARE(data.kind, Kind::Standalone);
    QCOMPARE(data.nodes.size(), 1);
    QVERIFY(data.nodes.front().id.isNull());
    QCOMPARE(data.nodes.front().role, Role::Primary);
    QCOMPARE(data.warnings, QStringList());
    QVERIFY(outcome.topology.shards().isEmpty());
    QVERIFY(outcome.topology.uncovered().isEmpty());
}

void TestDiscovery::sentinel()
{
    FakeNode fake;
    fake.on("ROLE", "*2\r\n$8\r\nsentinel\r\n*1\r\n$8\r\nmymaster\r\n");
    fake.on("SENTINEL MASTERS",
        "*2\r\n*6\r\n$4\r\nname\r\n$8\r\nmymaster\r\n$2\r\nip\r\n$8\r\n10.0.0.1\r\n$4\r\nport\r\n"
        "$4\r\n6379\r\n*2\r\n$2\r\nip\r\n$1\r\nx\r\n");
    const Outcome outcome = discover(fake.endpoint());
    QVERIFY(outcome.ok);
    QCOMPARE(outcome.topology.data().kind, Kind::Sentinel);
    QCOMPARE(outcome.topology.data().masters,
        (QList<SentinelMaster> { { u"mymaster"_s, { u"10.0.0.1"_s, 6379 } } }));
}

void TestDiscovery::connectionFails()
{
    const net::Endpoint dead = refusingEndpoint();
    const Outcome outcome = discover(dead);
    QVERIFY(!outcome.ok);
    QCOMPARE(outcome.error.code, ErrorCode::ConnectionRefused);
    QCOMPARE(outcome.error.address, dead.toString());
    QVERIFY(outcome.topology.isEmpty());
}

void TestDiscovery::diesInTheMiddle()
{
    TwoNodes cluster;
    cluster.a.on("CLUSTER NODES", { { FakeNode::Act::AnswerThenClose, "$500\r\nab 127.0", 0 } });
    const Outcome outcome = discover(cluster.a.endpoint());
    QVERIFY(!outcome.ok);
    QCOMPARE(outcome.error.code, ErrorCode::ConnectionLost);
}

void TestDiscovery::garbageViews()
{
    FakeNode fake;
    fake.on("INFO", ":7\r\n");
    fake.on("ROLE", "+strange\r\n");
    fake.on("CLUSTER NODES", FakeNode::bulk("<html>"));
    fake.on("CLUSTER SLOTS", "*1\r\n:1\r\n");
    fake.on("CLUSTER INFO", "*0\r\n");
    const Outcome outcome = discover(fake.endpoint());
    QVERIFY(!outcome.ok);
    QCOMPARE(outcome.error.code, ErrorCode::ProtocolError);

    // With a cluster behind it, it is said what could not be read.
    answerInfo(&fake);
    const Outcome known = discover(fake.endpoint());
    QVERIFY(known.ok);
    QVERIFY(!known.topology.slotsKnown());
    QVERIFY(known.topology.data().warnings.front().contains(u"fewer than 8 fields"));
}

void TestDiscovery::cancelled()
{
    TwoNodes cluster;
    cluster.b.setMute(true);
    net::ConnectionPool pool(quickOptions());
    Discovery discovery(&pool, cluster.a.endpoint(), u"typed"_s);
    QSignalSpy finished(&discovery, &Discovery::finished);
    discovery.start();
    QTRY_VERIFY(cluster.b.received().contains("CLUSTER NODES") || cluster.b.connectionCount() > 0);
    discovery.cancel();
    discovery.cancel();
    QCOMPARE(finished.size(), 0); // from the event loop
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(finished.front().at(0).toBool(), false);
    QCOMPARE(finished.front().at(2).value<support::Error>().code, ErrorCode::Cancelled);
    QTest::qWait(500);
    QCOMPARE(finished.size(), 1);
}

void TestDiscovery::deletedOnTheWay()
{
    TwoNodes cluster;
    net::ConnectionPool pool(quickOptions());
    auto discovery = std::make_unique<Discovery>(&pool, cluster.a.endpoint(), u"typed"_s);
    discovery->start();
    discovery.reset();
    QTest::qWait(100);

    // By its own receiver.
    auto* own = new Discovery(&pool, cluster.a.endpoint(), u"typed"_s);
    bool done = false;
    connect(own, &Discovery::finished, this, [&] {
        delete own;
        done = true;
    });
    own->start();
    QTRY_VERIFY(done);
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::TestDiscovery)
#include "tst_discovery.moc"
