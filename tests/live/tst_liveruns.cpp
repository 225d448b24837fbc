// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/discovery.h"
#include "core/cluster/keyslot.h"
#include "core/command/commandrun.h"
#include "core/command/keyscan.h"
#include "core/command/pipelinerun.h"
#include "core/command/streamrun.h"
#include "core/command/transactionrun.h"
#include "core/sandbox/sandboxcluster.h"
#include "core/sandbox/slotmigration.h"
#include "tests/live/realserver.h"
#include "tests/live/servers.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <functional>
#include <map>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using cluster::Slot;
using cluster::Topology;
using command::Argv;
using command::Behaviour;
using command::HopOutcome;
using command::Trace;
using command::TraceOutcome;
using sandbox::SandboxMigration;
using sandbox::SlotMigrationAction;

// The operations on real clusters, while slots move.
class LiveRunsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { addServerRows(); }
    void init();
    void cleanupTestCase() { m_clusters.clear(); }

    void readsFromAReplica();
    void blockedCommandIsWokenByMoved();
    void shardedSubscriptionFollowsItsSlot();
    void transactionAcrossAskAndMoved();
    void pipelineWhileSlotsMove();
    void scansEveryKey();
    void monitors();

private:
    Topology discover();
    SandboxMigration migrate(SlotMigrationAction::What what, Slot slot);
    void move(Slot slot)
    {
        migrate(SlotMigrationAction::What::Begin, slot);
        migrate(SlotMigrationAction::What::Finish, slot);
    }
    command::RunContext context() { return { m_pool.get(), m_map, m_map.data().seed }; }
    template <typename Operation>
    Trace finished(Operation& operation, int timeout = 30'000)
    {
        QSignalSpy ends(&operation, &Operation::finished);
        if (operation.trace().startedAt.isNull())
            operation.start();
        return ends.wait(timeout) ? operation.trace() : Trace();
    }
    QByteArray cli(const net::Endpoint& node, const QStringList& arguments)
    {
        return redisCli(node.port, arguments).trimmed();
    }
    net::Endpoint ownerNow(Slot slot) { return discover().ownerOf(slot)->address; }

    std::map<QString, std::unique_ptr<sandbox::SandboxCluster>> m_clusters;
    sandbox::SandboxCluster* m_cluster = nullptr;
    std::unique_ptr<net::ConnectionPool> m_pool;
    Topology m_map; ///< as it is when a test begins
};

void LiveRunsTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    const ServerProgram server = presentServer();
    QVERIFY2(whatIsMissing(server).isEmpty(), qPrintable(whatIsMissing(server)));
    auto& cluster = m_clusters[server.name];
    if (!cluster) {
        sandbox::ClusterSpec spec;
        spec.server = server.path;
        cluster = std::make_unique<sandbox::SandboxCluster>(spec);
        QSignalSpy started(cluster.get(), &sandbox::SandboxCluster::started);
        cluster->start();
        QVERIFY(started.wait(60'000));
        QVERIFY(started.first().first().toBool());
    }
    m_cluster = cluster.get();
    m_pool = std::make_unique<net::ConnectionPool>(net::ConnectionOptions {});
    m_map = discover();
    QCOMPARE(m_map.shards().size(), 3);
}

Topology LiveRunsTest::discover()
{
    const net::Endpoint seed { u"127.0.0.1"_s, m_cluster->manifest().nodes.first().port };
    cluster::Discovery discovery(m_pool.get(), seed, seed.toString());
    QSignalSpy finished(&discovery, &cluster::Discovery::finished);
    discovery.start();
    return finished.wait(20'000) ? finished.first().at(1).value<Topology>() : Topology();
}

SandboxMigration LiveRunsTest::migrate(SlotMigrationAction::What what, Slot slot)
{
    SlotMigrationAction action(what, m_cluster->manifestFile(), slot);
    QSignalSpy finished(&action, &SlotMigrationAction::finished);
    action.start();
    if (!finished.wait(20'000) || !finished.first().first().toBool())
        QTest::qFail("the slot does not move", __FILE__, __LINE__);
    return finished.value(0).value(1).value<SandboxMigration>();
}

void LiveRunsTest::readsFromAReplica()
{
    command::CommandRun set(
        context(), { "SET", "user:2935", "ok" }, Behaviour::clusterClientWithMap());
    QCOMPARE(finished(set).outcome, TraceOutcome::Reply);
    command::CommandRun get(context(), { "STRLEN", "user:2935" }, Behaviour::replicaReader());
    const Trace trace = finished(get);
    QCOMPARE(trace.outcome, TraceOutcome::Reply); // without READONLY it would be MOVED
    QCOMPARE(trace.hops.size(), 1);
    QVERIFY(trace.hops.first().replicaRead);
    QCOMPARE(m_map.nodeById(trace.hops.first().nodeId)->role, cluster::Role::Replica);
}

void LiveRunsTest::blockedCommandIsWokenByMoved()
{
    const QByteArray key = "queue:of:work";
    const Slot slot = cluster::keySlot(key);
    command::CommandRun run(context(), { "BLPOP", key, "25" }, Behaviour::clusterClientWithMap());
    run.start();
    QTRY_VERIFY_WITH_TIMEOUT(cli(m_map.ownerOf(slot)->address, { u"info"_s, u"clients"_s })
                                 .contains("blocked_clients:1"),
        20'000);
    QElapsedTimer blocked;
    blocked.start();
    move(slot);
    QTRY_VERIFY_WITH_TIMEOUT(run.trace().hops.size() == 2, 20'000);
    const net::Endpoint owner = ownerNow(slot);
    QTRY_VERIFY_WITH_TIMEOUT(
        cli(owner, { u"info"_s, u"clients"_s }).contains("blocked_clients:1"), 20'000);
    cli(owner, { u"rpush"_s, QString::fromLatin1(key), u"work"_s });
    QTRY_VERIFY_WITH_TIMEOUT(run.trace().isComplete(), 20'000);
    const Trace trace = run.trace();
    QCOMPARE(trace.outcome, TraceOutcome::Reply);
    QCOMPARE(trace.reply.at(1).toByteArray(), "work"_ba);
    QCOMPARE(trace.hops.first().outcome, HopOutcome::Moved);
    QCOMPARE(trace.hops.last().address, owner);
}

void LiveRunsTest::shardedSubscriptionFollowsItsSlot()
{
    const QByteArray channel = "news:local";
    const Slot slot = cluster::keySlot(channel);
    command::StreamRun stream(context(), { "SSUBSCRIBE", channel },
        Behaviour::clusterClientWithMap(), { 100, 10'000, 5 });
    QList<QByteArray> got;
    connect(&stream, &command::StreamRun::batch, this, [&](const command::StreamBatch& batch) {
        for (const command::StreamMessage& message : batch.messages)
            got.append(message.kind + ' ' + message.payload);
        stream.proceed();
    });
    stream.start();
    QTRY_VERIFY_WITH_TIMEOUT(stream.state().kind == command::StreamState::Kind::Streaming, 20'000);
    cli(m_map.ownerOf(slot)->address, { u"spublish"_s, u"news:local"_s, u"before"_s });
    QTRY_VERIFY_WITH_TIMEOUT(got.contains("smessage before"), 20'000);
    move(slot);
    const net::Endpoint owner = ownerNow(slot);
    QTRY_COMPARE_WITH_TIMEOUT(stream.state().address, owner, 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(stream.state().kind == command::StreamState::Kind::Streaming, 20'000);
    QCOMPARE(stream.state().gaps, 1);
    cli(owner, { u"spublish"_s, u"news:local"_s, u"after"_s });
    QTRY_VERIFY_WITH_TIMEOUT(got.contains("smessage after"), 20'000);
}

void LiveRunsTest::transactionAcrossAskAndMoved()
{
    const Slot slot(5000);
    const SandboxMigration migration = migrate(SlotMigrationAction::What::Begin, slot);
    const QByteArray key = migration.movedKey;
    const QList<Argv> commands { { "SET", key, "one" }, { "APPEND", key, "two" }, { "GET", key } };
    command::TransactionRun asked(context(), { key }, commands, Behaviour::clusterClientWithMap());
    Trace trace = finished(asked);
    QCOMPARE(trace.outcome, TraceOutcome::Reply);
    QCOMPARE(trace.hops.size(), 2);
    QCOMPARE(trace.hops.first().outcome, HopOutcome::Ask);
    QVERIFY(trace.hops.last().asking);
    QCOMPARE(trace.reply.at(2).toByteArray(), "onetwo"_ba);

    migrate(SlotMigrationAction::What::Finish, slot);
    command::TransactionRun moved(context(), {}, commands, Behaviour::clusterClientWithMap());
    trace = finished(moved);
    QCOMPARE(trace.outcome, TraceOutcome::Reply);
    QCOMPARE(trace.hops.size(), 2);
    QCOMPARE(trace.hops.first().outcome, HopOutcome::Moved);
    QCOMPARE(trace.reply.at(1).toInteger(), 6);

    command::TransactionRun wrong(
        context(), {}, { { "SET", key }, { "GET", key } }, Behaviour::clusterClientWithMap());
    trace = finished(wrong);
    QCOMPARE(trace.outcome, TraceOutcome::Error);
    QVERIFY(trace.reply.text().contains("wrong number of arguments"));
}

// Every reply is checked against its command: each INCR must answer its place among those of its
// key, so none was executed twice, left out, or answered in another's place.
void LiveRunsTest::pipelineWhileSlotsMove()
{
    constexpr int keys = 200;
    constexpr int commandsEach = 5'000; // more would leave the moves no time
    constexpr int commandsWanted = 100'000;
    constexpr int movesWanted = 2;
    const auto key = [](int i) { return QByteArray("counter:" + QByteArray::number(i % keys)); };
    QList<Argv> commands;
    for (int i = 0; i < commandsEach; ++i)
        commands.append({ "INCR", key(i) });

    // One slot after another moves, for as long as this goes on.
    int steps = 0;
    std::unique_ptr<SlotMigrationAction> action;
    const QObject here; // nothing comes after the end of this function
    const std::function<void()> step = [&] {
        const auto what
            = steps % 2 == 0 ? SlotMigrationAction::What::Begin : SlotMigrationAction::What::Finish;
        action = std::make_unique<SlotMigrationAction>(
            what, m_cluster->manifestFile(), cluster::keySlot(key(steps / 2)));
        connect(
            action.get(), &SlotMigrationAction::finished, &here,
            [&](bool ok) {
                QVERIFY(ok);
                if (++steps < 2 * movesWanted)
                    step();
            },
            Qt::QueuedConnection);
        action->start();
    };
    step();
    qint64 done = 0;
    qsizetype moved = 0;
    qsizetype asked = 0;
    while (steps < 2 * movesWanted || done < commandsWanted) {
        command::PipelineRun pipeline(context(), commands); // with the map of before the moves
        QSignalSpy ends(&pipeline, &command::PipelineRun::finished);
        pipeline.start();
        QVERIFY(ends.wait(60'000));
        for (int i = 0; i < commandsEach; ++i) {
            const command::PipelineResult& result = pipeline.results().at(i);
            QCOMPARE(result.outcome, TraceOutcome::Reply);
            QCOMPARE(result.reply.toInteger(), (done + i) / keys + 1);
        }
        done += commandsEach;
        moved += pipeline.counts().moved;
        asked += pipeline.counts().asked;
    }
    qInfo("%lld commands, %lld MOVED and %lld ASK", done, qint64(moved), qint64(asked));
    QVERIFY(moved > 0);
    QVERIFY(asked > 0);
}

void LiveRunsTest::scansEveryKey()
{
    QList<Argv> commands;
    for (int i = 0; i < 5000; ++i)
        commands.append({ "SET", "scanned:" + QByteArray::number(i), "v" });
    command::PipelineRun pipeline(context(), commands);
    QSignalSpy written(&pipeline, &command::PipelineRun::finished);
    pipeline.start();
    QVERIFY(written.wait(30'000));
    QVERIFY(pipeline.results().last().outcome == TraceOutcome::Reply);

    command::KeyScanOptions options;
    options.match = "scanned:*";
    options.type = "string";
    command::KeyScan scan(context(), options);
    QSet<QByteArray> found;
    qsizetype told = 0;
    connect(&scan, &command::KeyScan::found, this, [&](const command::KeyBatch& batch) {
        told += batch.size();
        for (qsizetype i = 0; i < batch.size(); ++i)
            found.insert(batch.at(i).toByteArray());
    });
    QSignalSpy ends(&scan, &command::KeyScan::finished);
    scan.start();
    QVERIFY(ends.wait(30'000));
    QVERIFY(ends.first().first().toBool());
    QCOMPARE(found.size(), 5000);
    QCOMPARE(told, 5000); // none twice
    for (const command::ShardScan& shard : scan.progress().shards)
        QVERIFY(shard.found > 1000);
}

void LiveRunsTest::monitors()
{
    const net::Endpoint node = m_map.nodes().first().address;
    command::StreamRun stream(
        context(), { "MONITOR" }, { command::Start::Node, node, true }, { 100, 10'000, 5 });
    QByteArray lines;
    connect(&stream, &command::StreamRun::batch, this, [&](const command::StreamBatch& batch) {
        for (const command::StreamMessage& message : batch.messages)
            lines += message.payload;
        stream.proceed();
    });
    stream.start();
    QTRY_VERIFY_WITH_TIMEOUT(stream.state().kind == command::StreamState::Kind::Streaming, 20'000);
    cli(node, { u"ping"_s, u"hello"_s });
    QTRY_VERIFY2_WITH_TIMEOUT(lines.contains("hello"), lines.constData(), 20'000);
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::LiveRunsTest)
#include "tst_liveruns.moc"
