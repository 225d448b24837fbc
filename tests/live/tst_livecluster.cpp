// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/discovery.h"
#include "core/cluster/keyslot.h"
#include "core/command/commandrun.h"
#include "core/sandbox/sandboxcluster.h"
#include "core/sandbox/slotmigration.h"
#include "core/session/session.h"
#include "tests/live/realserver.h"
#include "tests/live/servers.h"

#include <QDir>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <csignal>
#include <map>
#include <memory>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using cluster::Discovery;
using cluster::Kind;
using cluster::NodeId;
using cluster::Slot;
using cluster::Topology;
using command::Behaviour;
using command::HopOutcome;
using command::Trace;
using command::TraceOutcome;
using sandbox::Manifest;
using sandbox::ManifestNode;
using sandbox::SandboxCluster;
using sandbox::SandboxMigration;
using sandbox::SlotMigrationAction;
using support::Error;
using support::ErrorCode;

namespace {

const QByteArray storyKey = "user:2935"; // its slot is 1738

net::Endpoint endpointOf(const ManifestNode& node)
{
    return { u"127.0.0.1"_s, node.port };
}

struct Discovered
{
    bool ok = false;
    Topology topology;
    Error error;
};

struct Migrated
{
    bool ok = false;
    SandboxMigration migration;
    Error error;
};

bool processRuns(qint64 pid)
{
    // A zombie that nobody has reaped yet has no working directory.
    return QFileInfo(u"/proc/%1/cwd"_s.arg(pid)).symLinkTarget().startsWith(u'/');
}

} // namespace

/// The tests run in this order, each on one cluster of every kind of server: the later ones leave
/// them damaged.
class LiveClusterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { addServerRows(); }
    void initTestCase();
    void init();
    void cleanupTestCase() { m_clusters.clear(); }

    void everyServerIsOurs();
    void discoversFromEachNode_data();
    void discoversFromEachNode();
    void meetsARealMoved_data();
    void meetsARealMoved();
    void refusesToWriteElsewhere_data();
    void refusesToWriteElsewhere();
    void meetsARealAsk();
    void finishesAMigration();
    void migratesAnySlot();
    void followsAFailover();
    void writesAfterAFailover();
    void stateFailIsStillACluster();

    void namesTheMissingServer();
    void tellsOfATakenPort();
    void serversEndWithTheObject();
    void oneNodeWithoutReplicas();

private:
    Discovered discover(const net::Endpoint& seed);
    Trace run(const command::Argv& argv, const Behaviour& behaviour, const Topology& map,
        const net::Endpoint& seed, command::RunLimits limits = {});
    Migrated migrate(
        SlotMigrationAction::What what, const QString& manifestFile, std::optional<Slot> slot = {});
    const QList<ManifestNode>& nodes() const { return m_cluster->manifest().nodes; }
    net::Endpoint endpoint(int node) const { return endpointOf(nodes().at(node)); }

    std::map<QString, std::unique_ptr<SandboxCluster>> m_clusters; ///< by the server's name
    SandboxCluster* m_cluster = nullptr; ///< of the present row
};

void LiveClusterTest::initTestCase()
{
    QCOMPARE(cluster::keySlot(storyKey).number(), 1738);
    std::vector<std::unique_ptr<QSignalSpy>> starts;
    const QList<ServerProgram> programs = serverPrograms();
    for (const ServerProgram& server : programs) {
        QVERIFY2(whatIsMissing(server).isEmpty(), qPrintable(whatIsMissing(server)));
        sandbox::ClusterSpec spec;
        spec.nodeTimeoutMs = 1000;
        spec.server = server.path;
        auto cluster = std::make_unique<SandboxCluster>(spec);
        starts.push_back(std::make_unique<QSignalSpy>(cluster.get(), &SandboxCluster::started));
        cluster->start();
        QVERIFY(starts.back()->isEmpty());
        m_clusters.emplace(server.name, std::move(cluster));
    }
    for (const auto& started : starts) {
        QTRY_COMPARE_WITH_TIMEOUT(started->size(), 1, 60'000);
        const Error error = started->first().at(1).value<Error>();
        QVERIFY2(started->first().at(0).toBool(), qPrintable(error.detail));
    }
    for (const auto& [name, cluster] : m_clusters)
        QCOMPARE(cluster->manifest().nodes.size(), 6);
}

void LiveClusterTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_cluster = m_clusters.at(presentServer().name).get();
}

Discovered LiveClusterTest::discover(const net::Endpoint& seed)
{
    net::ConnectionPool pool(net::ConnectionOptions {});
    Discovery discovery(&pool, seed, seed.toString());
    QSignalSpy finished(&discovery, &Discovery::finished);
    discovery.start();
    if (!QTest::qWaitFor([&] { return !finished.isEmpty(); }, 20'000))
        return {};
    const auto arguments = finished.first();
    return { arguments.at(0).toBool(), arguments.at(1).value<Topology>(),
        arguments.at(2).value<Error>() };
}

Trace LiveClusterTest::run(const command::Argv& argv, const Behaviour& behaviour,
    const Topology& map, const net::Endpoint& seed, command::RunLimits limits)
{
    net::ConnectionPool pool(net::ConnectionOptions {});
    command::CommandRun operation({ &pool, map, seed, limits }, argv, behaviour);
    QSignalSpy finished(&operation, &command::CommandRun::finished);
    operation.start();
    if (!QTest::qWaitFor([&] { return !finished.isEmpty(); }, 30'000))
        return {};
    return finished.first().first().value<Trace>();
}

Migrated LiveClusterTest::migrate(
    SlotMigrationAction::What what, const QString& manifestFile, std::optional<Slot> slot)
{
    SlotMigrationAction action(what, manifestFile, slot);
    QSignalSpy finished(&action, &SlotMigrationAction::finished);
    action.start();
    if (!QTest::qWaitFor([&] { return !finished.isEmpty(); }, 20'000))
        return {};
    const auto arguments = finished.first();
    return { arguments.at(0).toBool(), arguments.at(1).value<SandboxMigration>(),
        arguments.at(2).value<Error>() };
}

void LiveClusterTest::everyServerIsOurs()
{
    const auto manifest = Manifest::read(m_cluster->manifestFile());
    QVERIFY(manifest.hasValue());
    QCOMPARE(manifest->supervisorPid, qint64(QCoreApplication::applicationPid()));
    for (const ManifestNode& node : manifest->nodes) {
        QVERIFY(processRuns(node.pid));
        QCOMPARE(redisCli(node.port, { u"cluster"_s, u"myid"_s }).trimmed(), node.id.toByteArray());
        const QByteArray dir = redisCli(node.port, { u"config"_s, u"get"_s, u"dir"_s });
        QVERIFY(dir.contains(node.directory.toUtf8()));
    }
}

void LiveClusterTest::discoversFromEachNode_data()
{
    QTest::addColumn<int>("node");
    for (int i = 0; i < 6; ++i)
        QTest::addRow("%s %d", i < 3 ? "primary" : "replica", i % 3) << i;
}

void LiveClusterTest::discoversFromEachNode()
{
    QFETCH(int, node);
    const Discovered found = discover(endpoint(node));
    QVERIFY2(found.ok, qPrintable(found.error.detail));
    const cluster::TopologyData& data = found.topology.data();
    QCOMPARE(data.kind, Kind::Cluster);
    QCOMPARE(data.state, cluster::ClusterState::Ok);
    QCOMPARE(data.answeredBy, nodes().at(node).id);
    const QByteArray printed = presentServer().version; // "Valkey server v=8.0.1 ..."
    const bool isValkey = printed.startsWith("Valkey");
    QCOMPARE(data.product, isValkey ? cluster::Product::Valkey : cluster::Product::Redis);
    const QByteArray version = " v=" + data.version.toUtf8() + ' ';
    QVERIFY2(printed.contains(version), printed.constData());
    QCOMPARE(data.nodes.size(), 6);
    QCOMPARE(data.shards.size(), 3);
    QVERIFY(found.topology.uncovered().isEmpty());
    QVERIFY(data.disputes.isEmpty());
    QVERIFY2(data.warnings.isEmpty(), qPrintable(data.warnings.join(u';')));

    // Read here by hand: the parser under test must not judge itself.
    const QByteArray text = redisCli(nodes().at(node).port, { u"cluster"_s, u"nodes"_s }).trimmed();
    const QList<QByteArray> lines = text.split('\n');
    QCOMPARE(lines.size(), 6);
    for (const QByteArray& line : lines) {
        const QList<QByteArray> words = line.trimmed().split(' ');
        const cluster::Node* mine = found.topology.nodeById(NodeId(words.at(0)));
        QVERIFY2(mine != nullptr, line.constData());
        const QByteArray address = words.at(1).left(words.at(1).indexOf('@'));
        QCOMPARE(mine->address.toString().toUtf8(), address);
        const bool primary = words.at(2).contains("master");
        QCOMPARE(mine->role, primary ? cluster::Role::Primary : cluster::Role::Replica);
        QCOMPARE(mine->primaryId.toByteArray(), primary ? QByteArray() : words.at(3));
        QCOMPARE(mine->myself, words.at(2).contains("myself"));
        QCOMPARE(mine->configEpoch.value_or(0), words.at(6).toULongLong());
        QByteArrayList ranges;
        for (const cluster::SlotRange& range : mine->ranges)
            ranges.append(QByteArray::number(range.first.number()) + '-'
                + QByteArray::number(range.last.number()));
        QCOMPARE(ranges, words.mid(8));
    }
}

void LiveClusterTest::meetsARealMoved_data()
{
    discoversFromEachNode_data();
}

void LiveClusterTest::meetsARealMoved()
{
    QFETCH(int, node);
    const Discovered found = discover(endpoint(node));
    QVERIFY(found.ok);
    const cluster::Node* owner = found.topology.ownerOf(Slot(1738));
    QVERIFY(owner != nullptr);
    const command::Argv set { "SET", storyKey, "ok" };
    const command::Argv get { "GET", storyKey };
    const Trace written
        = run(set, Behaviour::clusterClientWithMap(), found.topology, endpoint(node));
    QCOMPARE(written.outcome, TraceOutcome::Reply);
    QCOMPARE(written.hops.size(), 1);

    const Trace plain = run(get, Behaviour::plainClient(), found.topology, endpoint(node));
    const Trace followed
        = run(get, Behaviour::clusterClientWithoutMap(), found.topology, endpoint(node));
    QCOMPARE(followed.outcome, TraceOutcome::Reply);
    QCOMPARE(followed.reply.toByteArray(), "ok");
    if (owner->id == nodes().at(node).id) {
        QCOMPARE(plain.outcome, TraceOutcome::Reply);
        return;
    }
    QCOMPARE(plain.outcome, TraceOutcome::RedirectNotFollowed);
    QCOMPARE(plain.hops.size(), 1);
    const QString moved = u"MOVED 1738 "_s + owner->address.toString();
    QCOMPARE(plain.hops.first().raw, moved.toUtf8());
    QCOMPARE(plain.hops.first().nodeId, nodes().at(node).id);
    QCOMPARE(followed.hops.size(), 2);
    QCOMPARE(followed.hops.first().outcome, HopOutcome::Moved);
    QVERIFY(followed.hops.first().mapChanged);
    QCOMPARE(followed.hops.last().nodeId, owner->id);
    QVERIFY(!followed.hops.last().asking);
}

void LiveClusterTest::refusesToWriteElsewhere_data()
{
    QTest::addColumn<QString>("kind");
    QTest::newRow("ids of other nodes") << u"unknown"_s;
    QTest::newRow("ids that were swapped") << u"swapped"_s;
    QTest::newRow("another folder") << u"folder"_s;
    QTest::newRow("no manifest") << u"none"_s;
}

void LiveClusterTest::refusesToWriteElsewhere()
{
    QFETCH(QString, kind);
    Manifest manifest = m_cluster->manifest();
    QTemporaryDir elsewhere;
    QString file = manifest.folder + u"/other.json"_s;
    if (kind == "unknown"_L1) {
        for (ManifestNode& node : manifest.nodes)
            node.id = NodeId(node.id.toByteArray().left(39) + 'z');
    } else if (kind == "swapped"_L1) {
        std::swap(manifest.nodes[0].id, manifest.nodes[1].id);
    } else if (kind == "folder"_L1) {
        manifest.folder = QFileInfo(elsewhere.path()).canonicalFilePath();
        for (ManifestNode& node : manifest.nodes)
            node.directory = manifest.folder + u"/%1"_s.arg(node.port);
        file = manifest.folder + u"/manifest.json"_s;
    }
    if (kind == "none"_L1)
        QFile::remove(file);
    else
        QVERIFY(manifest.write(file).hasValue());

    const Slot untouched(0);
    const Migrated result = migrate(SlotMigrationAction::What::Begin, file, untouched);
    QVERIFY(!result.ok);
    QCOMPARE(result.error.code, ErrorCode::NotOurSandbox);
    for (const ManifestNode& node : nodes()) {
        QVERIFY(!redisCli(node.port, { u"cluster"_s, u"nodes"_s }).contains('['));
        QCOMPARE(
            redisCli(node.port, { u"cluster"_s, u"countkeysinslot"_s, u"0"_s }).trimmed(), "0");
    }
}

void LiveClusterTest::meetsARealAsk()
{
    const Migrated begun = migrate(SlotMigrationAction::What::Begin, m_cluster->manifestFile());
    QVERIFY2(begun.ok, qPrintable(begun.error.detail));
    QCOMPARE(begun.migration.slot.number(), 1738);
    QCOMPARE(begun.migration.movedKey, storyKey);
    QCOMPARE(cluster::keySlot(begun.migration.stayingKey).number(), 1738);

    const Discovered found = discover(endpoint(4));
    QVERIFY(found.ok);
    QCOMPARE(found.topology.data().migrations.size(), 1);
    const cluster::Migration open = found.topology.data().migrations.first();
    QCOMPARE(open.slot.number(), 1738);
    QCOMPARE(open.from, begun.migration.from);
    QCOMPARE(open.to, begun.migration.to);
    QCOMPARE(found.topology.ownerOf(open.slot)->id, open.from);

    const Behaviour client = Behaviour::clusterClientWithMap();
    const Trace asked = run({ "GET", storyKey }, client, found.topology, endpoint(4));
    QCOMPARE(asked.outcome, TraceOutcome::Reply);
    QCOMPARE(asked.hops.size(), 2);
    QCOMPARE(asked.hops.first().outcome, HopOutcome::Ask);
    QCOMPARE(asked.hops.first().nodeId, open.from);
    QVERIFY(asked.hops.first().raw.startsWith("ASK 1738 "));
    QVERIFY(!asked.hops.first().mapChanged);
    QVERIFY(asked.hops.last().asking);
    QCOMPARE(asked.hops.last().nodeId, open.to);

    const Trace stayed
        = run({ "GET", begun.migration.stayingKey }, client, found.topology, endpoint(4));
    QCOMPARE(stayed.hops.size(), 1);
    QCOMPARE(stayed.outcome, TraceOutcome::Reply);
    const Trace plain = run(
        { "GET", storyKey }, { command::Start::Owner, {}, false }, found.topology, endpoint(4));
    QCOMPARE(plain.outcome, TraceOutcome::RedirectNotFollowed);

    const Migrated again = migrate(SlotMigrationAction::What::Begin, m_cluster->manifestFile());
    QVERIFY(!again.ok);
    QCOMPARE(again.error.code, ErrorCode::NotPossible);
}

void LiveClusterTest::finishesAMigration()
{
    const Migrated finished = migrate(SlotMigrationAction::What::Finish, m_cluster->manifestFile());
    QVERIFY2(finished.ok, qPrintable(finished.error.detail));
    const Discovered found = discover(endpoint(0));
    QVERIFY(found.topology.data().migrations.isEmpty());
    QCOMPARE(found.topology.ownerOf(Slot(1738))->id, finished.migration.to);
    for (const QByteArray& key : { finished.migration.movedKey, finished.migration.stayingKey }) {
        const Trace trace
            = run({ "GET", key }, Behaviour::clusterClientWithMap(), found.topology, endpoint(0));
        QCOMPARE(trace.hops.size(), 1);
        QCOMPARE(trace.reply.toByteArray(), "ok");
    }
    const cluster::Node* before = found.topology.nodeById(finished.migration.from);
    const Trace moved
        = run({ "GET", storyKey }, Behaviour::plainClient(), found.topology, before->address);
    QCOMPARE(moved.hops.first().outcome, HopOutcome::Moved);
    const Migrated nothing = migrate(SlotMigrationAction::What::Finish, m_cluster->manifestFile());
    QVERIFY(!nothing.ok);
    QCOMPARE(nothing.error.code, ErrorCode::NotPossible);
}

void LiveClusterTest::migratesAnySlot()
{
    const Slot slot(12345);
    const Migrated begun
        = migrate(SlotMigrationAction::What::Begin, m_cluster->manifestFile(), slot);
    QVERIFY2(begun.ok, qPrintable(begun.error.detail));
    QCOMPARE(begun.migration.slot, slot);
    QCOMPARE(cluster::keySlot(begun.migration.movedKey), slot);
    const Discovered found = discover(endpoint(1));
    const Trace asked = run({ "GET", begun.migration.movedKey }, Behaviour::clusterClientWithMap(),
        found.topology, endpoint(1));
    QCOMPARE(asked.hops.first().outcome, HopOutcome::Ask);
    QVERIFY(migrate(SlotMigrationAction::What::Finish, m_cluster->manifestFile(), slot).ok);
}

void LiveClusterTest::followsAFailover()
{
    session::SessionConfig config;
    config.endpoint.endpoint = endpoint(1);
    config.endpoint.typed = config.endpoint.endpoint.toString();
    config.refreshInterval = 100ms;
    session::Session session(config);
    QSignalSpy topologies(&session, &session::Session::topologyChanged);
    const auto latest = [&] { return topologies.last().first().value<Topology>(); };
    session.open();
    QTRY_VERIFY_WITH_TIMEOUT(!topologies.isEmpty(), 20'000);
    const cluster::Shard before = latest().shards().first();
    QCOMPARE(before.label, u"S01"_s);
    QCOMPARE(before.primaryId, nodes().first().id);

    QSignalSpy died(m_cluster, &SandboxCluster::serverDied);
    ::kill(static_cast<pid_t>(nodes().first().pid), SIGKILL);
    QTRY_COMPARE_WITH_TIMEOUT(died.size(), 1, 20'000);
    QCOMPARE(died.first().first().value<quint16>(), nodes().first().port);
    QTRY_VERIFY_WITH_TIMEOUT(
        latest().shards().first().primaryId == before.replicaIds.first(), 30'000);
    QTRY_VERIFY_WITH_TIMEOUT(latest().data().state == cluster::ClusterState::Ok, 20'000);
    const Topology after = latest();
    QCOMPARE(after.shards().size(), 3);
    QCOMPARE(after.shards().first().label, u"S01"_s);
    QCOMPARE(after.shards().first().ranges, before.ranges);
    QVERIFY(after.uncovered().isEmpty());
    QVERIFY(after.data().disputes.isEmpty());
    const cluster::Node* dead = after.nodeById(before.primaryId);
    QVERIFY(dead == nullptr || dead->health == cluster::Health::Fail);
}

void LiveClusterTest::writesAfterAFailover()
{
    const Discovered found = discover(endpoint(2));
    QVERIFY(found.ok);
    const Trace written = run(
        { "SET", "{b}x", "1" }, Behaviour::clusterClientWithoutMap(), found.topology, endpoint(2));
    QCOMPARE(written.outcome, TraceOutcome::Reply);
    // The survivors name the dead one, and it is asked in vain.
    QCOMPARE(found.topology.nodes().size(), 6);
}

void LiveClusterTest::stateFailIsStillACluster()
{
    // The second shard, primary and replica: its slots are lost.
    for (const int node : { 1, 4 })
        ::kill(static_cast<pid_t>(nodes().at(node).pid), SIGKILL);
    Discovered found;
    QTRY_VERIFY_WITH_TIMEOUT(
        (found = discover(endpoint(2))).topology.data().state == cluster::ClusterState::Fail,
        30'000);
    QVERIFY(found.ok);
    QCOMPARE(found.topology.data().kind, Kind::Cluster);
    QCOMPARE(found.topology.nodes().size(), 6);
    QVERIFY(found.topology.uncovered().isEmpty());
    command::RunLimits limits;
    limits.deadlineMs = 500;
    const Trace refused = run(
        { "GET", "x" }, Behaviour::clusterClientWithoutMap(), found.topology, endpoint(2), limits);
    QCOMPARE(refused.hops.first().outcome, HopOutcome::ClusterDown);
    QCOMPARE(refused.outcome, TraceOutcome::GaveUp);
}

void LiveClusterTest::namesTheMissingServer()
{
    const QByteArray path = qgetenv("PATH");
    qputenv("PATH", "/nowhere");
    SandboxCluster cluster({});
    QSignalSpy started(&cluster, &SandboxCluster::started);
    cluster.start();
    QTRY_COMPARE_WITH_TIMEOUT(started.size(), 1, 20'000);
    qputenv("PATH", path);
    QVERIFY(!started.first().at(0).toBool());
    const Error error = started.first().at(1).value<Error>();
    QCOMPARE(error.code, ErrorCode::ProcessFailed);
    QVERIFY(error.detail.contains(u"redis-server"_s));
    QVERIFY(cluster.manifestFile().isEmpty());
}

void LiveClusterTest::tellsOfATakenPort()
{
    sandbox::ClusterSpec spec;
    spec.firstPort = nodes().at(2).port;
    SandboxCluster cluster(spec);
    QSignalSpy started(&cluster, &SandboxCluster::started);
    cluster.start();
    QTRY_COMPARE_WITH_TIMEOUT(started.size(), 1, 20'000);
    const Error error = started.first().at(1).value<Error>();
    QCOMPARE(error.code, ErrorCode::ProcessFailed);
    QCOMPARE(error.address, endpoint(2).toString());
}

void LiveClusterTest::serversEndWithTheObject()
{
    const Manifest manifest = m_cluster->manifest();
    QVERIFY(processRuns(manifest.nodes.at(2).pid));
    // One that does not listen to SIGTERM.
    ::kill(static_cast<pid_t>(manifest.nodes.at(2).pid), SIGSTOP);
    m_clusters.at(presentServer().name).reset();
    for (const ManifestNode& node : manifest.nodes)
        QVERIFY(!processRuns(node.pid));
    QVERIFY(!QDir(manifest.folder).exists());
}

void LiveClusterTest::oneNodeWithoutReplicas()
{
    sandbox::ClusterSpec spec;
    spec.primaries = 1;
    spec.replicas = 0;
    spec.server = presentServer().path;
    SandboxCluster cluster(spec);
    QSignalSpy started(&cluster, &SandboxCluster::started);
    cluster.start();
    QTRY_COMPARE_WITH_TIMEOUT(started.size(), 1, 60'000);
    QVERIFY(started.first().at(0).toBool());
    const Discovered found = discover(endpointOf(cluster.manifest().nodes.first()));
    QVERIFY(found.ok);
    QCOMPARE(found.topology.data().kind, Kind::Cluster);
    QCOMPARE(found.topology.shards().size(), 1);
    QCOMPARE(found.topology.shards().first().slotCount, Slot::count);
    cluster.stop();
    cluster.stop();
    QVERIFY(cluster.manifestFile().isEmpty());
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::LiveClusterTest)
#include "tst_livecluster.moc"
