// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/sandbox/sandboxcluster.h"
#include "tests/live/realserver.h"
#include "tests/live/servers.h"
#include "tests/support/fakenode.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <memory>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using sandbox::SandboxCluster;

namespace {

struct Output
{
    int exitCode = -1;
    QByteArray standard;
    QByteArray error;

    QJsonObject shards() const
    {
        const QJsonObject document = QJsonDocument::fromJson(standard).object();
        return document.value(u"cluster_shards"_s).toObject();
    }
};

/// `slotscope inspect` while this process's event loop goes on: a fake node may be in it.
Output inspect(const net::Endpoint& endpoint, const QStringList& more)
{
    QProcess process;
    process.start(QStringLiteral(SLOTSCOPE_PROGRAM),
        QStringList { u"inspect"_s, endpoint.toString() } + more);
    if (!QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, 60'000))
        return {};
    return { process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError() };
}

const QStringList asJson { u"--shards"_s, u"--format"_s, u"json"_s };

/// A one-node cluster, as far as a discovery asks.
void makeCluster(FakeNode* node)
{
    const QByteArray port = QByteArray::number(node->endpoint().port);
    node->on("INFO", FakeNode::bulk("redis_version:7.2.1\r\ncluster_enabled:1\r\n"));
    node->on("CLUSTER INFO", FakeNode::bulk("cluster_state:ok\r\n"));
    node->on("CLUSTER NODES",
        FakeNode::bulk("a 127.0.0.1:" + port + "@1 myself,master - 0 0 1 connected 0-16383\n"));
    node->on("CLUSTER SLOTS",
        "*1\r\n*3\r\n:0\r\n:16383\r\n*3\r\n$9\r\n127.0.0.1\r\n:" + port + "\r\n$1\r\na\r\n");
}

/// The reply of CLUSTER SHARDS for that, its range so many times.
QByteArray shardsReply(int times)
{
    QByteArray ranges;
    for (int i = 0; i < times; ++i)
        ranges += ":0\r\n:16383\r\n";
    return "*1\r\n*4\r\n$5\r\nslots\r\n*" + QByteArray::number(2 * times) + "\r\n" + ranges
        + "$5\r\nnodes\r\n*1\r\n*8\r\n$2\r\nid\r\n$1\r\na\r\n$4\r\nport\r\n:1\r\n"
          "$4\r\nrole\r\n$6\r\nmaster\r\n$6\r\nhealth\r\n$6\r\nonline\r\n";
}

} // namespace

/// `inspect --shards`: CLUSTER SHARDS once, because somebody asked for it.
class LiveShardsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void realServers_data();
    void realServers();
    void standalone();
    void unknownToOldServers();
    void repeatsSlots();
    void neverWithoutTheOption();
};

void LiveShardsTest::realServers_data()
{
    QTest::addColumn<ServerProgram>("program");
    const QList<ServerProgram> programs = serverPrograms();
    for (const ServerProgram& server : programs)
        QTest::newRow(qPrintable(server.name)) << server;
}

void LiveShardsTest::realServers()
{
    QFETCH(const ServerProgram, program);
    QVERIFY2(whatIsMissing(program).isEmpty(), qPrintable(whatIsMissing(program)));
    sandbox::ClusterSpec spec;
    spec.primaries = 1;
    spec.replicas = 1;
    spec.server = program.path;
    SandboxCluster cluster(spec);
    QSignalSpy started(&cluster, &SandboxCluster::started);
    cluster.start();
    QTRY_COMPARE_WITH_TIMEOUT(started.size(), 1, 60'000);
    QVERIFY(started.first().at(0).toBool());
    const auto& nodes = cluster.manifest().nodes;
    const auto ask = [&](int node, const QStringList& command) {
        return redisCli(nodes.at(node).port, command);
    };
    // Until it has received something a replica counts as loading.
    QTRY_VERIFY_WITH_TIMEOUT(
        ask(1, { u"INFO"_s, u"replication"_s }).contains("master_link_status:up"), 20'000);
    QVERIFY(ask(0, { u"SET"_s, u"k"_s, u"v"_s }).startsWith("OK"));
    QTRY_VERIFY_WITH_TIMEOUT(!ask(0, { u"CLUSTER"_s, u"SHARDS"_s }).contains("loading"), 20'000);

    for (int node = 0; node < 2; ++node) {
        const Output json = inspect({ u"127.0.0.1"_s, nodes.at(node).port }, asJson);
        QCOMPARE(json.exitCode, 0);
        const QJsonObject shards = json.shards();
        QVERIFY(shards.value(u"error"_s).isNull());
        QCOMPARE(shards.value(u"asked"_s).toString(), nodes.at(node).id.toString());
        QCOMPARE(shards.value(u"ask_never_again"_s), QJsonValue(false));
        QCOMPARE(shards.value(u"differences"_s).toArray(), QJsonArray());
        QCOMPARE(shards.value(u"shards"_s).toArray().size(), 1);
        const QJsonArray told = shards.value(u"shards"_s)[0][u"nodes"].toArray();
        QCOMPARE(told.size(), 2);
        for (const QJsonValue& value : told) {
            QVERIFY(value[u"replication_offset"].toInteger() > 0);
            QCOMPARE(value[u"bytes_behind"].isNull(), value[u"role"].toString() == u"primary"_s);
        }
    }
    const Output text = inspect({ u"127.0.0.1"_s, nodes.at(0).port }, { u"--shards"_s });
    QVERIFY2(text.standard.contains("It says the same as the map."), text.standard.constData());

    QVERIFY(
        ask(0, { u"ACL"_s, u"SETUSER"_s, u"default"_s, u"-cluster|shards"_s }).startsWith("OK"));
    const Output forbidden = inspect({ u"127.0.0.1"_s, nodes.at(0).port }, asJson);
    QCOMPARE(forbidden.exitCode, 1);
    QCOMPARE(forbidden.shards().value(u"error"_s)[u"stage"].toString(), u"permission"_s);
    QVERIFY(forbidden.shards().value(u"shards"_s).isNull());
    QVERIFY(!forbidden.error.isEmpty());
}

void LiveShardsTest::standalone()
{
    RealServer server;
    QVERIFY(server.start());
    const Output json = inspect(server.endpoint(), asJson);
    QCOMPARE(json.exitCode, 1);
    QVERIFY(QJsonDocument::fromJson(json.standard)[u"cluster_shards"].isNull());
    QVERIFY(json.error.contains("this is no cluster"));
}

void LiveShardsTest::unknownToOldServers()
{
    FakeNode node;
    makeCluster(&node);
    node.on("CLUSTER SHARDS", "-ERR Unknown subcommand 'SHARDS'. Try CLUSTER HELP.\r\n");
    const Output text = inspect(node.endpoint(), { u"--shards"_s });
    QCOMPARE(text.exitCode, 1);
    QVERIFY(text.standard.contains("0-16383"));
    QVERIFY2(text.error.contains("Unknown subcommand 'SHARDS'"), text.error.constData());
    QCOMPARE(node.received().count("CLUSTER SHARDS"), 1);
}

void LiveShardsTest::repeatsSlots()
{
    FakeNode node;
    makeCluster(&node);
    node.on("CLUSTER SHARDS", shardsReply(2));
    const Output text = inspect(node.endpoint(), { u"--shards"_s });
    QCOMPARE(text.exitCode, 0);
    QVERIFY2(text.standard.contains("This server repeats slots"), text.standard.constData());
    QVERIFY(inspect(node.endpoint(), asJson).shards().value(u"ask_never_again"_s).toBool());
    node.on("CLUSTER SHARDS", shardsReply(40'000));
    const Output endless = inspect(node.endpoint(), asJson);
    QCOMPARE(endless.exitCode, 1);
    QVERIFY(endless.shards().value(u"ask_never_again"_s).toBool());
    QVERIFY(endless.error.contains("This server repeats slots"));
    QCOMPARE(node.received().count("CLUSTER SHARDS"), 3);
}

void LiveShardsTest::neverWithoutTheOption()
{
    FakeNode node;
    makeCluster(&node);
    node.on("CLUSTER SHARDS", shardsReply(1));
    const Output json = inspect(node.endpoint(), { u"--format"_s, u"json"_s });
    QCOMPARE(json.exitCode, 0);
    QVERIFY(QJsonDocument::fromJson(json.standard)[u"cluster_shards"].isNull());
    QVERIFY(!node.received().contains("CLUSTER SHARDS"));
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::LiveShardsTest)
#include "tst_liveshards.moc"
