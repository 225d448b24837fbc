// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/capture/capturefile.h"
#include "core/capture/collectrun.h"
#include "core/capture/history.h"
#include "core/capture/recorder.h"
#include "core/sandbox/sandboxcluster.h"
#include "tests/live/realserver.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <csignal>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using capture::Capture;
using capture::History;
using cluster::Slot;
using cluster::TopologyChange;
using sandbox::SandboxCluster;
using session::SessionHandle;

namespace {

constexpr int patience = 60'000;

const cluster::TopologyEvent* find(
    const QList<cluster::TopologyEvent>& events, TopologyChange::Kind kind, const QString& after)
{
    for (const cluster::TopologyEvent& event : events) {
        if (event.change.kind == kind && (after.isEmpty() || event.change.after == after))
            return &event;
    }
    return nullptr;
}

} // namespace

/// A whole incident on a real cluster, under load: a primary is killed, its replica takes over, a
/// slot moves, the killed one comes back. What the recording and the captures say must be what
/// happened, and when.
class IncidentTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void isToldAsItWas();

private:
    Capture captureNow(const net::Endpoint& seed);
};

Capture IncidentTest::captureNow(const net::Endpoint& seed)
{
    net::ConnectionPool pool(net::ConnectionOptions {});
    capture::CollectRun run(&pool, seed, seed.toString());
    QSignalSpy finished(&run, &capture::CollectRun::finished);
    run.start();
    (void)QTest::qWaitFor([&] { return !finished.isEmpty(); }, 10'000);
    Capture result = finished.value(0).value(1).value<Capture>();
    result.savedAt = QDateTime::currentDateTimeUtc();
    return result;
}

void IncidentTest::isToldAsItWas()
{
    const QTemporaryDir folder;
    SandboxCluster cluster(sandbox::ClusterSpec {});
    QSignalSpy started(&cluster, &SandboxCluster::started);
    cluster.start();
    QVERIFY(QTest::qWaitFor([&] { return !started.isEmpty(); }, patience));
    QVERIFY(started.first().at(0).toBool());
    const QList<sandbox::ManifestNode> nodes = cluster.manifest().nodes;
    const auto ask = [&](int node, const QStringList& command) {
        return redisCli(nodes.at(node).port, command);
    };
    QVERIFY(QTest::qWaitFor(
        [&] {
            return ask(3, { u"INFO"_s, u"replication"_s }).contains("master_link_status:up");
        },
        patience));
    const net::Endpoint seed { u"127.0.0.1"_s, nodes.at(1).port };

    session::IoThread io;
    session::SessionConfig config;
    config.endpoint.endpoint = seed;
    config.endpoint.typed = seed.toString();
    config.options.timeout = 2s;
    config.refreshInterval = 500ms;
    config.metricsInterval = 1s;
    capture::RecorderOptions options;
    options.folder = folder.filePath(u"recordings"_s);
    capture::Recorder recorder(options);
    SessionHandle session(io, config);
    QSignalSpy topologies(&session, &SessionHandle::topologyChanged);
    recorder.start(&session);
    session.open();
    QVERIFY(QTest::qWaitFor([&] { return !topologies.isEmpty(); }, patience));

    // The load: a key of a slot of the one that will be killed, and one of another.
    QTimer load;
    connect(&load, &QTimer::timeout, &session, [&session] {
        session.run({ "GET", "{b}" }, command::Behaviour::clusterClientWithMap()); // slot 3300
        session.run({ "GET", "{a}" }, command::Behaviour::clusterClientWithMap()); // slot 15495
        // One that takes the first answer, so that each is heard.
        session.run({ "GET", "{c}" }, command::Behaviour::plainClient()); // slot 7365, the seed's
    });
    load.start(50ms);
    QTest::qWait(2500);
    const Capture before = captureNow(seed);
    QCOMPARE(before.nodes.size(), 6);

    // What happens, as another client sees it.
    QDateTime downFrom;
    QDateTime downUntil;
    QDateTime promoted;
    const QDateTime killed = QDateTime::currentDateTimeUtc();
    ::kill(static_cast<pid_t>(nodes.at(0).pid), SIGKILL);
    QVERIFY(QTest::qWaitFor(
        [&] {
            const QDateTime now = QDateTime::currentDateTimeUtc();
            const bool isDown = ask(1, { u"GET"_s, u"{c}"_s }).contains("CLUSTERDOWN");
            if (isDown && !downFrom.isValid())
                downFrom = now;
            if (isDown)
                downUntil = now;
            if (!promoted.isValid() && ask(3, { u"ROLE"_s }).startsWith("master"))
                promoted = now;
            return !isDown && downUntil.isValid() && promoted.isValid();
        },
        patience));
    const Capture during = captureNow(seed);
    QTest::qWait(2000);
    // A slot moves from the second shard to the third.
    const QString movedSlot = u"9000"_s;
    const QString target = nodes.at(2).id.toString();
    for (const int node : { 2, 1, 3 })
        QCOMPARE(ask(node, { u"CLUSTER"_s, u"SETSLOT"_s, movedSlot, u"NODE"_s, target }).trimmed(),
            QByteArray("OK"));
    ask(2, { u"CLUSTER"_s, u"BUMPEPOCH"_s });
    const QDateTime moved = QDateTime::currentDateTimeUtc();
    QTest::qWait(2000);
    cluster.restart(0);
    QVERIFY(QTest::qWaitFor([&] { return ask(0, { u"ROLE"_s }).startsWith("slave"); }, patience));
    QVERIFY(QTest::qWaitFor(
        [&] {
            const auto shown = topologies.last().first().value<cluster::Topology>();
            const cluster::Node* first = shown.nodeById(nodes.at(0).id);
            return first != nullptr && first->health == cluster::Health::Ok
                && first->role == cluster::Role::Replica;
        },
        patience));
    load.stop();
    const Capture after = captureNow(seed);

    bool isWritten = false;
    recorder.whenWritten([&] { isWritten = true; });
    QVERIFY(QTest::qWaitFor([&] { return isWritten; }, patience));
    // A capture that was taken too late, with the whole of it.
    const QString file = folder.filePath(u"late.slotscope"_s);
    {
        const auto recording = History::open(recorder.file());
        QVERIFY(recording.hasValue());
        capture::CaptureWriter writer(file);
        QVERIFY(recording
                    ->forEachStretch(recording->from(),
                        [&writer](const capture::Stretch& stretch) { writer.add(stretch); })
                    .hasValue());
        QVERIFY(writer.finish(after).hasValue());
    }
    recorder.end();
    auto history = History::open(file);
    QVERIFY2(history.hasValue(), history ? "" : qPrintable(history.error().detail));
    QVERIFY(!history->damage());

    // Who was primary when.
    const auto ownerAt = [&](const QDateTime& at, int slot) {
        const auto moment = history->at(at);
        const cluster::Node* owner = moment ? moment->topology.ownerOf(Slot(slot)) : nullptr;
        return owner == nullptr ? cluster::NodeId() : owner->id;
    };
    QCOMPARE(before.topology.ownerOf(Slot(3300))->id, nodes.at(0).id);
    QCOMPARE(ownerAt(killed.addMSecs(-200), 3300), nodes.at(0).id);
    QCOMPARE(during.topology.ownerOf(Slot(3300))->id, nodes.at(3).id);
    QCOMPARE(ownerAt(history->to(), 3300), nodes.at(3).id);
    QCOMPARE(after.topology.ownerOf(Slot(3300))->id, nodes.at(3).id);
    const QList<cluster::TopologyEvent> events = history->events(1000);
    const auto* failover = find(events, TopologyChange::Kind::Failover, {});
    QVERIFY(failover != nullptr);
    QCOMPARE(failover->change.from, nodes.at(0).id);
    QCOMPARE(failover->change.to, nodes.at(3).id);
    QVERIFY2(std::abs(promoted.msecsTo(failover->at)) < 1500,
        qPrintable(u"seen %1 ms after"_s.arg(promoted.msecsTo(failover->at))));

    // Which slots moved.
    const auto* reshard = find(events, TopologyChange::Kind::SlotsMoved, {});
    QVERIFY(reshard != nullptr);
    QCOMPARE(reshard->change.ranges, (cluster::SlotRanges { { Slot(9000), Slot(9000) } }));
    QCOMPARE(reshard->change.from, nodes.at(1).id);
    QCOMPARE(reshard->change.to, nodes.at(2).id);
    QCOMPARE(ownerAt(moved.addMSecs(-1000), 9000), nodes.at(1).id);
    QCOMPARE(ownerAt(history->to(), 9000), nodes.at(2).id);

    // When CLUSTERDOWN began and ended, to within a second: as it was answered to Slotscope.
    const auto last = history->at(history->to());
    QVERIFY(last.hasValue());
    QDateTime first;
    QDateTime end;
    for (const capture::SeenErrors& seen : last->seen) {
        if (seen.word != "CLUSTERDOWN")
            continue;
        first = first.isValid() ? std::min(first, seen.first) : seen.first;
        end = end.isValid() ? std::max(end, seen.last) : seen.last;
    }
    QVERIFY2(first.isValid() && downFrom.isValid(), "nobody was told CLUSTERDOWN");
    QVERIFY2(std::abs(downFrom.msecsTo(first)) <= 1000,
        qPrintable(u"began %1 ms after"_s.arg(downFrom.msecsTo(first))));
    QVERIFY2(std::abs(downUntil.msecsTo(end)) <= 1000,
        qPrintable(u"ended %1 ms after"_s.arg(downUntil.msecsTo(end))));

    // The numbers of before and after are there, and all is well again.
    QVERIFY(!last->samples.isEmpty());
    QCOMPARE(last->topology.data().state, cluster::ClusterState::Ok);
    QCOMPARE(history->last()->nodes.size(), 6);
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::IncidentTest)
#include "tst_incident.moc"
