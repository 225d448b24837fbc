// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "tests/core/sessionfixture.h"
#include "tests/core/signaltimes.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTest>

#include <memory>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using cluster::NodeId;
using cluster::Slot;
using cluster::Topology;
using command::Behaviour;
using command::Trace;
using session::IoThread;
using session::Session;
using session::SessionConfig;
using session::SessionHandle;
using support::Error;
using support::ErrorCode;

class SessionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void opens();
    void openFails();
    void asksOneNodeAtATime();
    void doesNotPollWithoutAnInterval();
    void asksForSlotsOnlyWhenMembershipChanges();
    void keepsLabelsThroughAFailover();
    void tellsWhatChanged();
    void aChangeIsNoDispute();
    void forgetsAFinishedMigration();
    void goesOnWithoutTheSeed();
    void backsOffAndRecovers();
    void ignoresANodeThatKnowsOnlyItself();
    void movedHurriesTheRefresh();
    void refreshIsSingleFlight();
    void runsAndTellsOnce();
    void cancelsARun();
    void staysSilentAfterDestruction();
    void endsARefreshInTheDark();
    void doesNotWaitForASilentNode();
    void refreshSupersedesAPoll();
    void movedRediscoversOnce();
    void asksAllOnceAfterNewTrouble();
    void asksAllOnceWhenTheStateTurnsToFail();
    void twoSidesAreToldOnce();
    void asksAllOnceWhenThereIsTroubleFromTheStart();
    void aRunInTroubleMakesAllBeAsked_data();
    void aRunInTroubleMakesAllBeAsked();
    void saysWhenAnotherNodeAnswers_data();
    void saysWhenAnotherNodeAnswers();
    void keepsTheViewOfAFailedSelf();
    void warningsEndWithTheirCause();
    void anEmptiedSeedDoesNotReplaceTheMap();
    void findsTheOneThatLives();
    void doesNotWaitForTheSilent();
    void aRunEndsTheBackoff();
    void runsDoNotHurryAnOutage();
    void aMovedDuringAPollIsNotLost();
    void aLostConnectionHurriesTheRefresh();
    void handleBatchesAndFinishes();
    void handleMayGoInTheMiddle();
};

void SessionTest::opens()
{
    const FakeCluster fakes;
    Session session(fakes.config(0ms));
    QSignalSpy topologies(&session, &Session::topologyChanged);
    session.open();
    QVERIFY(topologies.isEmpty());
    QTRY_COMPARE(topologies.size(), 1);
    const Topology topology = lastTopology(topologies);
    QCOMPARE(topology.nodes().size(), 3);
    QCOMPARE(topology.shards().size(), 2);
    QCOMPARE(labelOf(topology, primaryA), u"S01"_s);
    QCOMPARE(topology.data().seedTyped, fakes.config(0ms).endpoint.typed);
}

void SessionTest::openFails()
{
    FakeCluster fakes;
    fakes.kill(primaryA);
    Session session(fakes.config(20ms));
    QSignalSpy failures(&session, &Session::openFailed);
    QSignalSpy refreshFailures(&session, &Session::refreshFailed);
    session.open();
    QVERIFY(failures.isEmpty());
    QTRY_COMPARE(failures.size(), 1);
    QCOMPARE(failures.first().first().value<Error>().code, ErrorCode::ConnectionRefused);
    QTest::qWait(100);
    QCOMPARE(failures.size(), 1);
    QVERIFY(refreshFailures.isEmpty());
}

void SessionTest::asksOneNodeAtATime()
{
    const FakeCluster fakes;
    Session session(fakes.config(20ms));
    QSignalSpy topologies(&session, &Session::topologyChanged);
    session.open();
    QTRY_VERIFY(!topologies.isEmpty());
    const qsizetype known = topologies.size();
    const qsizetype before = fakes.askedAll("CLUSTER NODES");
    const QDateTime firstTime = lastTopology(topologies).data().capturedAt;
    QTRY_VERIFY(topologies.size() >= known + 9);
    const qsizetype polls = topologies.size() - known;
    // One question a refresh, and one may be on its way.
    QVERIFY(fakes.askedAll("CLUSTER NODES") - before <= polls + 1);
    for (int i = 0; i < 3; ++i)
        QVERIFY(fakes.asked(i, "CLUSTER NODES") >= polls / 3);
    const cluster::TopologyData& data = lastTopology(topologies).data();
    QVERIFY(data.capturedAt > firstTime);
    QCOMPARE(data.viewsAnswered, 3);
    QCOMPARE(data.viewsAsked, 3);
    QCOMPARE(data.state, cluster::ClusterState::Ok);
    QCOMPARE(data.version, u"7.0.15"_s);
    QVERIFY(data.disputes.isEmpty());
}

void SessionTest::doesNotPollWithoutAnInterval()
{
    const FakeCluster fakes;
    Session session(fakes.config(0ms));
    QSignalSpy topologies(&session, &Session::topologyChanged);
    session.open();
    QTRY_COMPARE(topologies.size(), 1);
    const qsizetype before = fakes.askedAll("CLUSTER NODES");
    QTest::qWait(150);
    QCOMPARE(fakes.askedAll("CLUSTER NODES"), before);
}

void SessionTest::asksForSlotsOnlyWhenMembershipChanges()
{
    FakeCluster fakes;
    Session session(fakes.config(20ms));
    QSignalSpy topologies(&session, &Session::topologyChanged);
    session.open();
    QTRY_VERIFY(topologies.size() >= 8);
    QCOMPARE(fakes.askedAll("CLUSTER SLOTS"), 1); // the discovery's
    fakes.lines.push_back("slave " + idOf(primaryB) + " 0 0 2 connected");
    fakes.update();
    QTRY_COMPARE(lastTopology(topologies).nodes().size(), 4);
    const qsizetype known = topologies.size();
    QTRY_VERIFY(topologies.size() >= known + 8);
    // Nobody answers at its address: that may have caused a discovery, which asks for them too.
    QCOMPARE(fakes.askedAll("CLUSTER SLOTS") - fakes.askedAll("INFO server"), 1);
}

void SessionTest::keepsLabelsThroughAFailover()
{
    FakeCluster fakes;
    Session session(fakes.config(20ms, primaryB));
    QSignalSpy topologies(&session, &Session::topologyChanged);
    session.open();
    QTRY_VERIFY(topologies.size() >= 4);
    QCOMPARE(labelOf(lastTopology(topologies), primaryA), u"S01"_s);
    fakes.lines[primaryA] = "master,fail - 1 1 1 disconnected";
    fakes.lines[replicaOfA] = "master - 0 0 3 connected 0-8191";
    fakes.kill(primaryA);
    fakes.update();
    QTRY_COMPARE(labelOf(lastTopology(topologies), replicaOfA), u"S01"_s);
    QCOMPARE(labelOf(lastTopology(topologies), primaryB), u"S02"_s);
    // What is flagged as failed is not asked while others answer.
    QTRY_COMPARE(lastTopology(topologies).data().viewsAnswered, 2);
    const qsizetype known = topologies.size();
    QTRY_VERIFY(topologies.size() >= known + 6);
    QCOMPARE(lastTopology(topologies).data().viewsAsked, 2);
}

void SessionTest::tellsWhatChanged()
{
    FakeCluster fakes;
    IoThread io;
    SessionHandle session(io, fakes.config(20ms));
    QSignalSpy topologies(&session, &SessionHandle::topologyChanged);
    QList<cluster::TopologyEvent> events;
    connect(&session, &SessionHandle::changed, this,
        [&](const QList<cluster::TopologyEvent>& more) { events += more; });
    session.open();
    QTRY_VERIFY(topologies.size() >= 6);
    QVERIFY(events.isEmpty());
    fakes.lines[primaryA] = "master - 0 0 1 connected 0-99 101-8191";
    fakes.lines[primaryB] = "master - 0 0 3 connected 100 8192-16383";
    fakes.update();
    QTRY_COMPARE(events.size(), 2); // and the epoch
    const qsizetype known = topologies.size();
    QTRY_VERIFY(topologies.size() >= known + 8);
    QCOMPARE(events.size(), 2);
    const cluster::TopologyEvent& moved = events.first();
    QCOMPARE(cluster::sentenceOf(moved.change), u"Slot 100 moved from S01 to S02."_s);
    QVERIFY(moved.at.isValid());
    QCOMPARE(moved.at.timeSpec(), Qt::UTC);
    QVERIFY(!moved.saidBy.isNull());
    const auto seen = std::find_if(topologies.begin(), topologies.end(), [](const auto& emitted) {
        const Topology topology = emitted.first().template value<Topology>();
        return topology.ownerOf(Slot(100))->id.toByteArray() == idOf(primaryB);
    });
    QVERIFY(seen != topologies.end());
    QCOMPARE(moved.saidBy, seen->first().value<Topology>().data().answeredBy);
}

void SessionTest::aChangeIsNoDispute()
{
    FakeCluster fakes;
    Session session(fakes.config(20ms));
    QSignalSpy topologies(&session, &Session::topologyChanged);
    session.open();
    QTRY_VERIFY(topologies.size() >= 6);
    const qsizetype before = topologies.size();
    fakes.lines[primaryA] = "master - 0 0 1 connected 0-99 101-8191";
    fakes.lines[primaryB] = "master - 0 0 3 connected 100 8192-16383";
    fakes.update();
    QTRY_VERIFY(topologies.size() >= before + 8);
    for (qsizetype i = before; i < topologies.size(); ++i)
        QVERIFY(topologies.at(i).first().value<Topology>().data().disputes.isEmpty());
    const Topology topology = lastTopology(topologies);
    QCOMPARE(topology.ownerOf(Slot(100))->id.toByteArray(), idOf(primaryB));
}

void SessionTest::forgetsAFinishedMigration()
{
    FakeCluster fakes;
    fakes.lines[primaryA] += " [42->-" + idOf(primaryB) + ']';
    fakes.updateOne(primaryA);
    fakes.lines[primaryA] = "master - 0 0 1 connected 0-8191";
    fakes.lines[primaryB] += " [42-<-" + idOf(primaryA) + ']';
    fakes.updateOne(primaryB);
    fakes.lines[primaryB] = "master - 0 0 2 connected 8192-16383";
    fakes.updateOne(replicaOfA);

    Session session(fakes.config(20ms, replicaOfA));
    QSignalSpy topologies(&session, &Session::topologyChanged);
    session.open();
    // Only the two sides print it; it must not come and go with the node that is asked.
    QTRY_VERIFY(topologies.size() >= 8);
    for (const auto& arguments : topologies) {
        const auto migrations = arguments.first().value<Topology>().data().migrations;
        QCOMPARE(migrations.size(), 1);
        QCOMPARE(migrations.first().slot, Slot(42));
        QCOMPARE(migrations.first().from.toByteArray(), idOf(primaryA));
        QCOMPARE(migrations.first().to.toByteArray(), idOf(primaryB));
    }
    fakes.lines[primaryA] = "master - 0 0 1 connected 0-41 43-8191";
    fakes.lines[primaryB] = "master - 0 0 3 connected 42 8192-16383";
    fakes.update();
    QTRY_VERIFY(lastTopology(topologies).data().migrations.isEmpty());
    QCOMPARE(lastTopology(topologies).ownerOf(Slot(42))->id.toByteArray(), idOf(primaryB));
}

void SessionTest::goesOnWithoutTheSeed()
{
    FakeCluster fakes;
    Session session(fakes.config(20ms, primaryA));
    QSignalSpy topologies(&session, &Session::topologyChanged);
    QSignalSpy failures(&session, &Session::refreshFailed);
    session.open();
    QTRY_VERIFY(topologies.size() >= 4);
    fakes.kill(primaryA);
    const qsizetype known = topologies.size();
    QTRY_VERIFY(topologies.size() >= known + 6);
    QVERIFY(failures.isEmpty());
    QTRY_COMPARE(lastTopology(topologies).data().viewsAsked, 3);
    QTRY_COMPARE(lastTopology(topologies).data().viewsAnswered, 2);
    // By hand too: another node than the seed answers for it.
    session.refresh();
    const qsizetype polled = topologies.size();
    QTRY_VERIFY(topologies.size() > polled + 1);
    QVERIFY(failures.isEmpty());
    QCOMPARE(lastTopology(topologies).data().seed, fakes.endpoints.at(primaryA));
}

void SessionTest::backsOffAndRecovers()
{
    FakeCluster fakes;
    Session session(fakes.config(20ms));
    QSignalSpy topologies(&session, &Session::topologyChanged);
    QSignalSpy failures(&session, &Session::refreshFailed);
    const SignalTimes failed(&session, &Session::refreshFailed);
    session.open();
    QTRY_VERIFY(topologies.size() >= 4);
    for (int i = 0; i < 3; ++i)
        fakes.kill(i);
    QTRY_VERIFY(failures.size() >= 1);
    const qsizetype known = topologies.size();
    QTRY_VERIFY(failures.size() >= 4);
    // 40 + 80 + 160 ms, less a fifth at most, and timers are a little early.
    QVERIFY2(failed.between(0, 3) >= 210, QByteArray::number(failed.between(0, 3)).constData());
    QCOMPARE(topologies.size(), known);
    for (size_t i = 0; i < 3; ++i)
        QVERIFY(fakes.nodes[i]->listen(
            QHostAddress::LocalHost, fakes.endpoints.at(static_cast<int>(i)).port));
    QTRY_VERIFY(topologies.size() >= known + 4);
}

void SessionTest::ignoresANodeThatKnowsOnlyItself()
{
    FakeCluster fakes;
    Session session(fakes.config(20ms));
    QSignalSpy topologies(&session, &Session::topologyChanged);
    session.open();
    QTRY_VERIFY(topologies.size() >= 4);
    fakes.nodes[replicaOfA]->on("CLUSTER NODES",
        FakeNode::bulk(idOf(replicaOfA) + " :7000@1 myself,master - 0 0 0 connected\n"));
    const qsizetype known = topologies.size();
    QTRY_VERIFY(topologies.size() >= known + 8);
    for (qsizetype i = known; i < topologies.size(); ++i)
        QCOMPARE(topologies.at(i).first().value<Topology>().nodes().size(), 3);
}

void SessionTest::movedHurriesTheRefresh()
{
    FakeCluster fakes;
    Session session(fakes.config(60s));
    QSignalSpy topologies(&session, &Session::topologyChanged);
    const SignalTimes refreshed(&session, &Session::topologyChanged);
    session.open();
    QTRY_COMPARE(topologies.size(), 1);
    const QByteArray target = fakes.endpoints.at(primaryB).toString().toLatin1();
    fakes.nodes[primaryA]->on("GET", "-MOVED 1738 " + target + "\r\n");
    fakes.nodes[primaryB]->on("GET", "$2\r\nok\r\n");
    const qsizetype before = fakes.asked(primaryB, "CLUSTER NODES");
    session.run(1, { "GET", "user:2935" }, Behaviour::clusterClientWithMap());
    QTRY_COMPARE(topologies.size(), 2);
    QCOMPARE(fakes.asked(primaryB, "CLUSTER NODES"), before + 1);
    // Not sooner than a second after the last one.
    QVERIFY(refreshed.between(0, 1) >= 800);
}

void SessionTest::refreshIsSingleFlight()
{
    const FakeCluster fakes;
    Session session(fakes.config(0ms));
    QSignalSpy topologies(&session, &Session::topologyChanged);
    session.open();
    session.refresh();
    QTRY_COMPARE(topologies.size(), 1);
    session.refresh();
    session.refresh();
    session.refresh();
    QTRY_COMPARE(topologies.size(), 2);
    QTest::qWait(100);
    QCOMPARE(topologies.size(), 2);
    QCOMPARE(fakes.asked(primaryA, "INFO server"), 2);
}

void SessionTest::runsAndTellsOnce()
{
    FakeCluster fakes;
    fakes.nodes[primaryA]->on("GET", "$2\r\nok\r\n");
    Session session(fakes.config(0ms));
    QSignalSpy topologies(&session, &Session::topologyChanged);
    QSignalSpy traces(&session, &Session::traceChanged);
    QSignalSpy ends(&session, &Session::runFinished);
    session.open();
    QTRY_COMPARE(topologies.size(), 1);
    session.run(7, { "GET", "user:2935" }, Behaviour::clusterClientWithMap());
    session.run(7, { "GET", "user:2935" }, Behaviour::clusterClientWithMap());
    QTRY_COMPARE(ends.size(), 1);
    QVERIFY(!traces.isEmpty());
    QCOMPARE(ends.first().at(0).toULongLong(), 7ULL);
    const Trace trace = ends.first().at(1).value<Trace>();
    QCOMPARE(trace.outcome, command::TraceOutcome::Reply);
    QCOMPARE(trace.hops.first().nodeLabel, u"S01"_s);
    QTest::qWait(50);
    QCOMPARE(ends.size(), 1);
}

void SessionTest::cancelsARun()
{
    FakeCluster fakes;
    fakes.nodes[primaryA]->on("GET", { { FakeNode::Act::Silence, {}, 0 } });
    Session session(fakes.config(0ms));
    QSignalSpy topologies(&session, &Session::topologyChanged);
    QSignalSpy ends(&session, &Session::runFinished);
    session.open();
    QTRY_COMPARE(topologies.size(), 1);
    session.run(1, { "GET", "user:2935" }, Behaviour::clusterClientWithMap());
    QTRY_COMPARE(fakes.asked(primaryA, "GET user:2935"), 1);
    session.cancelRun(1);
    session.cancelRun(99);
    QTRY_COMPARE(ends.size(), 1);
    QCOMPARE(ends.first().at(1).value<Trace>().outcome, command::TraceOutcome::OutcomeUnknown);
}

void SessionTest::staysSilentAfterDestruction()
{
    FakeCluster fakes;
    fakes.nodes[primaryA]->on("GET", { { FakeNode::Act::Answer, "$2\r\nok\r\n", 20'000 } });
    auto config = fakes.config(10ms);
    config.options.timeout = 20s;
    auto session = std::make_unique<Session>(config);
    QSignalSpy topologies(session.get(), &Session::topologyChanged);
    QSignalSpy ends(session.get(), &Session::runFinished);
    session->open();
    QTRY_VERIFY(topologies.size() >= 2);
    session->run(1, { "GET", "user:2935" }, Behaviour::clusterClientWithMap());
    QTRY_COMPARE(fakes.asked(primaryA, "GET user:2935"), 1);
    session.reset();
    const qsizetype known = topologies.size();
    QTest::qWait(150);
    QCOMPARE(topologies.size(), known);
    QVERIFY(ends.isEmpty());
}

void SessionTest::endsARefreshInTheDark()
{
    FakeCluster fakes;
    for (int i = 0; i < 6; ++i)
        fakes.lines.push_back("slave " + idOf(primaryB) + " 0 0 2 connected");
    fakes.update();
    Session session(fakes.config(1s));
    QSignalSpy topologies(&session, &Session::topologyChanged);
    QSignalSpy failures(&session, &Session::refreshFailed);
    session.open();
    QTRY_COMPARE(topologies.size(), 1);
    for (auto& node : fakes.nodes)
        node->setMute(true);
    QTRY_COMPARE(failures.size(), 1);
    // All of them were asked, and the seed was not tried after them.
    QCOMPARE(fakes.askedAll("INFO server"), 1);
    QCOMPARE(topologies.size(), 2);
    const cluster::TopologyData& data = lastTopology(topologies).data();
    QCOMPARE(data.capturedAt, topologies.first().first().value<Topology>().data().capturedAt);
    QCOMPARE(data.viewsAsked - data.viewsAnswered, 9);
    QCOMPARE(data.warnings.size(), 9); // eight of them, and how many more
    QVERIFY(data.warnings.first().contains(u"'s view is missing."_s));
    QCOMPARE(labelOf(lastTopology(topologies), primaryB), u"S02"_s);
    for (auto& node : fakes.nodes) {
        node->setMute(false);
        node->closeAllConnections();
    }
    QTRY_VERIFY(topologies.size() >= 3);
    // Then once, all of them: much may have changed.
    QTRY_COMPARE(fakes.askedAll("INFO server"), 2);
    QCOMPARE(failures.size(), 1);
}

void SessionTest::doesNotWaitForASilentNode()
{
    FakeCluster fakes;
    SessionConfig config = fakes.config(0ms);
    config.options.timeout = 60s;
    Session session(config);
    QSignalSpy topologies(&session, &Session::topologyChanged);
    session.open();
    QTRY_COMPARE(topologies.size(), 1);
    fakes.nodes[primaryA]->setMute(true);
    session.refresh();
    QTRY_COMPARE(topologies.size(), 2);
    QCOMPARE(fakes.asked(primaryB, "INFO server"), 1);
}

void SessionTest::refreshSupersedesAPoll()
{
    FakeCluster fakes;
    Session session(fakes.config(400ms));
    QSignalSpy topologies(&session, &Session::topologyChanged);
    session.open();
    QTRY_COMPARE(topologies.size(), 1);
    const qsizetype before = fakes.asked(primaryB, "CLUSTER NODES");
    fakes.nodes[primaryB]->setMute(true);
    QTRY_COMPARE(fakes.asked(primaryB, "CLUSTER NODES"), before + 1);
    const qsizetype ofReplica = fakes.asked(replicaOfA, "CLUSTER NODES");
    session.refresh();
    QTRY_COMPARE(topologies.size(), 2);
    // The poll that was given up goes on to nobody else (the discovery asks primaries), and causes
    // no discovery of its own.
    QCOMPARE(fakes.asked(replicaOfA, "CLUSTER NODES"), ofReplica);
    QTest::qWait(100);
    QCOMPARE(fakes.askedAll("INFO server"), 2);
    QCOMPARE(topologies.size(), 2);
}

void SessionTest::movedRediscoversOnce()
{
    FakeCluster fakes;
    for (auto& node : fakes.nodes)
        node->on("CLUSTER NODES", "-NOPERM no permission\r\n");
    const QByteArray target = fakes.endpoints.at(primaryB).toString().toLatin1();
    fakes.nodes[primaryA]->on("GET", "-MOVED 1738 " + target + "\r\n");
    fakes.nodes[primaryB]->on("GET", "$2\r\nok\r\n");
    Session session(fakes.config(60s));
    QSignalSpy topologies(&session, &Session::topologyChanged);
    session.open();
    QTRY_COMPARE(topologies.size(), 1);
    session.run(1, { "GET", "user:2935" }, Behaviour::clusterClientWithMap());
    QTRY_COMPARE(topologies.size(), 2);
    QTest::qWait(1300);
    QCOMPARE(topologies.size(), 2);
}

void SessionTest::asksAllOnceAfterNewTrouble()
{
    FakeCluster fakes;
    Session session(fakes.config(20ms));
    QSignalSpy topologies(&session, &Session::topologyChanged);
    session.open();
    QTRY_VERIFY(topologies.size() >= 4);
    QCOMPARE(fakes.askedAll("INFO server"), 1);
    // One node's opinion, which comes and goes with the node that is asked.
    fakes.lines[replicaOfA] = "slave,fail? " + idOf(primaryA) + " 0 0 1 connected";
    fakes.updateOne(primaryB);
    QTRY_COMPARE(fakes.askedAll("INFO server"), 2);
    const qsizetype known = topologies.size();
    QTRY_VERIFY(topologies.size() >= known + 12);
    QCOMPARE(fakes.askedAll("INFO server"), 2);
    // More of it has to wait.
    for (auto& node : fakes.nodes)
        node->on("CLUSTER INFO", FakeNode::bulk("cluster_state:fail\r\n"));
    QTRY_COMPARE(lastTopology(topologies).data().state, cluster::ClusterState::Fail);
    QTest::qWait(100);
    QCOMPARE(fakes.askedAll("INFO server"), 2);
}

void SessionTest::asksAllOnceWhenTheStateTurnsToFail()
{
    FakeCluster fakes;
    Session session(fakes.config(20ms));
    QSignalSpy topologies(&session, &Session::topologyChanged);
    session.open();
    QTRY_VERIFY(topologies.size() >= 4);
    QCOMPARE(fakes.askedAll("INFO server"), 1);
    for (auto& node : fakes.nodes)
        node->on("CLUSTER INFO", FakeNode::bulk("cluster_state:fail\r\n"));
    QTRY_COMPARE(fakes.askedAll("INFO server"), 2);
    const qsizetype known = topologies.size();
    QTRY_VERIFY(topologies.size() >= known + 12);
    QCOMPARE(fakes.askedAll("INFO server"), 2);
}

/// A is cut off from the others and says that all has failed; both sides answer us.
void SessionTest::twoSidesAreToldOnce()
{
    FakeCluster fakes;
    Session session(fakes.config(20ms));
    QSignalSpy topologies(&session, &Session::topologyChanged);
    session.open();
    QTRY_VERIFY(topologies.size() >= 4);
    const auto all = fakes.lines;
    fakes.lines[primaryB].replace("master", "master,fail");
    fakes.lines[replicaOfA].replace("slave", "slave,fail");
    fakes.updateOne(primaryA);
    fakes.nodes[primaryA]->on("CLUSTER INFO", FakeNode::bulk("cluster_state:fail\r\n"));
    fakes.lines = all;
    fakes.lines[primaryA].replace("master", "master,fail");
    fakes.updateOne(primaryB);
    fakes.updateOne(replicaOfA);
    const auto state = [&] { return lastTopology(topologies).data().state; };
    QTRY_COMPARE(state(), cluster::ClusterState::Fail);
    const qsizetype known = topologies.size();
    QTRY_VERIFY(topologies.size() >= known + 12);
    for (qsizetype i = known; i < topologies.size(); ++i)
        QCOMPARE(
            topologies.at(i).first().value<Topology>().data().state, cluster::ClusterState::Fail);
    fakes.lines = all;
    fakes.update();
    fakes.nodes[primaryA]->on("CLUSTER INFO", FakeNode::bulk("cluster_state:ok\r\n"));
    QTRY_COMPARE(state(), cluster::ClusterState::Ok);
}

void SessionTest::asksAllOnceWhenThereIsTroubleFromTheStart()
{
    FakeCluster fakes;
    fakes.lines[primaryB] = "master,fail? - 0 0 2 connected 8192-16383";
    fakes.update();
    Session session(fakes.config(60s));
    QSignalSpy topologies(&session, &Session::topologyChanged);
    session.open();
    QTRY_COMPARE(topologies.size(), 2);
    QCOMPARE(fakes.asked(replicaOfA, "CLUSTER NODES"), 1); // the first asks primaries only
    QTest::qWait(100);
    QCOMPARE(fakes.askedAll("INFO server"), 2);
}

void SessionTest::aRunInTroubleMakesAllBeAsked_data()
{
    QTest::addColumn<QList<FakeNode::Reaction>>("reactions");
    QTest::addColumn<bool>("isDead");
    using Act = FakeNode::Act;
    using Reactions = QList<FakeNode::Reaction>;
    QTest::newRow("CLUSTERDOWN") << Reactions {
        { Act::Answer, "-CLUSTERDOWN The cluster is down\r\n", 0 }
    } << false;
    QTest::newRow("the node is lost") << Reactions { { Act::Close, {}, 0 } } << false;
    QTest::newRow("none answers") << Reactions {} << true;
}

void SessionTest::aRunInTroubleMakesAllBeAsked()
{
    QFETCH(const QList<FakeNode::Reaction>, reactions);
    QFETCH(const bool, isDead);
    FakeCluster fakes;
    Session session(fakes.config(60s)); // nothing but the run can be the cause
    QSignalSpy topologies(&session, &Session::topologyChanged);
    session.open();
    QTRY_COMPARE(topologies.size(), 1);
    QCOMPARE(fakes.asked(replicaOfA, "CLUSTER NODES"), 0); // a replica, which nobody needed
    QCOMPARE(fakes.askedAll("INFO server"), 1);
    if (isDead)
        fakes.kill(primaryB);
    else
        fakes.nodes[primaryB]->on("GET", reactions);
    session.run(1, { "GET", "a" }, Behaviour::clusterClientWithMap()); // B's
    QTRY_COMPARE(fakes.askedAll("INFO server"), 2);
    QTRY_VERIFY(fakes.asked(replicaOfA, "CLUSTER NODES") > 0);
}

void SessionTest::saysWhenAnotherNodeAnswers_data()
{
    QTest::addColumn<QByteArray>("friendLine");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("of another cluster") << QByteArray() << u"Expected node cccccccc"_s;
    QTest::newRow("of this one") << idOf(primaryA) + " %1@1 master - 0 0 1 connected 0-8191\n"
                                 << u"cccccccc's view is missing. Another node"_s;
}

void SessionTest::saysWhenAnotherNodeAnswers()
{
    QFETCH(const QByteArray, friendLine);
    QFETCH(const QString, sentence);
    FakeCluster fakes;
    Session session(fakes.config(20ms));
    QSignalSpy topologies(&session, &Session::topologyChanged);
    session.open();
    QTRY_VERIFY(topologies.size() >= 4);
    const auto address = [&](int node) { return fakes.endpoints.at(node).toString().toLatin1(); };
    QByteArray view = friendLine;
    view.replace("%1", address(primaryA));
    view += QByteArray(40, 'f') + ' ' + address(replicaOfA)
        + "@1 myself,master - 0 0 2 connected 8192-16383\n";
    fakes.nodes[replicaOfA]->on("CLUSTER NODES", FakeNode::bulk(view));
    const auto told = [&] {
        for (const auto& arguments : std::as_const(topologies)) {
            const Topology topology = arguments.first().value<Topology>();
            if (topology.data().warnings.join(u' ').contains(sentence))
                return true;
        }
        return false;
    };
    QTRY_VERIFY(told());
}

void SessionTest::keepsTheViewOfAFailedSelf()
{
    FakeCluster fakes;
    Session session(fakes.config(20ms));
    QSignalSpy topologies(&session, &Session::topologyChanged);
    session.open();
    QTRY_VERIFY(topologies.size() >= 4);
    fakes.lines[replicaOfA] = "slave,fail " + idOf(primaryA) + " 0 0 1 connected";
    fakes.updateOne(replicaOfA);
    const qsizetype known = topologies.size();
    QTRY_VERIFY(topologies.size() >= known + 8);
    int answered = 0;
    for (qsizetype i = known; i < topologies.size(); ++i) {
        const Topology topology = topologies.at(i).first().value<Topology>();
        QCOMPARE(topology.nodes().size(), 3);
        if (topology.data().answeredBy == NodeId(idOf(replicaOfA))) {
            ++answered;
            // As only its own view has it.
            QCOMPARE(topology.nodeById(NodeId(idOf(replicaOfA)))->health, cluster::Health::Fail);
        }
    }
    QVERIFY(answered > 0);
}

void SessionTest::warningsEndWithTheirCause()
{
    FakeCluster fakes;
    fakes.nodes[primaryB]->setMute(true);
    Session session(fakes.config(20ms));
    QSignalSpy topologies(&session, &Session::topologyChanged);
    session.open();
    QTRY_VERIFY(!topologies.isEmpty());
    const QString warnings
        = topologies.first().first().value<Topology>().data().warnings.join(u'\n');
    QVERIFY2(warnings.contains(u"1 of 2 nodes did not"_s), qPrintable(warnings));
    fakes.nodes[primaryB]->setMute(false);
    fakes.nodes[primaryB]->closeAllConnections();
    QTRY_COMPARE(lastTopology(topologies).data().warnings, QStringList());
    QTRY_COMPARE(lastTopology(topologies).data().viewsAnswered, 3);
}

void SessionTest::anEmptiedSeedDoesNotReplaceTheMap()
{
    FakeCluster fakes;
    Session session(fakes.config(0ms));
    QSignalSpy topologies(&session, &Session::topologyChanged);
    session.open();
    QTRY_COMPARE(topologies.size(), 1);
    fakes.nodes[primaryA]->on("CLUSTER NODES",
        FakeNode::bulk(QByteArray(40, 'f') + " :7000@1 myself,master - 0 0 0 connected\n"));
    fakes.nodes[primaryA]->on("CLUSTER SLOTS", "*0\r\n");
    session.refresh();
    QTRY_COMPARE(topologies.size(), 2);
    const Topology topology = lastTopology(topologies);
    QCOMPARE(topology.nodes().size(), 3);
    QCOMPARE(topology.data().answeredBy.toByteArray() == QByteArray(40, 'f'), false);
    const QString warnings = topology.data().warnings.join(u'\n');
    QVERIFY2(
        warnings.contains(u"Expected node aaaaaaaa, reached ffffffff"_s), qPrintable(warnings));
}

void SessionTest::findsTheOneThatLives()
{
    FakeCluster fakes;
    for (int i = 0; i < 6; ++i)
        fakes.lines.push_back("slave " + idOf(primaryB) + " 0 0 2 connected");
    fakes.update();
    Session session(fakes.config(300ms));
    QSignalSpy topologies(&session, &Session::topologyChanged);
    QSignalSpy failures(&session, &Session::refreshFailed);
    session.open();
    QTRY_VERIFY(topologies.size() >= 2);
    fakes.kill(primaryA);
    fakes.kill(primaryB);
    const qsizetype known = topologies.size();
    QTRY_VERIFY(topologies.size() >= known + 3);
    QVERIFY(failures.isEmpty());
    QCOMPARE(lastTopology(topologies).data().answeredBy.toByteArray(), idOf(replicaOfA));
}

/// A node that hangs costs half a second once, not the whole patience each time.
void SessionTest::doesNotWaitForTheSilent()
{
    FakeCluster fakes;
    SessionConfig config = fakes.config(50ms);
    config.options.timeout = 5s;
    Session session(config);
    QSignalSpy topologies(&session, &Session::topologyChanged);
    session.open();
    QTRY_VERIFY(topologies.size() >= 4);
    fakes.nodes[primaryB]->setMute(true);
    QElapsedTimer sinceLast;
    sinceLast.start();
    qint64 longest = 0;
    connect(&session, &Session::topologyChanged, &session,
        [&] { longest = std::max(longest, sinceLast.restart()); });
    QTRY_COMPARE(
        lastTopology(topologies).data().viewsAsked - lastTopology(topologies).data().viewsAnswered,
        1);
    QVERIFY2(longest < 1900, QByteArray::number(longest).constData());
}

void SessionTest::aRunEndsTheBackoff()
{
    FakeCluster fakes;
    Session session(fakes.config(30s));
    QSignalSpy topologies(&session, &Session::topologyChanged);
    QSignalSpy failures(&session, &Session::refreshFailed);
    session.open();
    QTRY_COMPARE(topologies.size(), 1);
    for (int i = 0; i < 3; ++i)
        fakes.kill(i);
    session.refresh();
    QTRY_COMPARE(failures.size(), 1); // the next in about half a minute
    fakes.nodes[primaryA]->on("GET", "$2\r\nok\r\n");
    QVERIFY(
        fakes.nodes[primaryA]->listen(QHostAddress::LocalHost, fakes.endpoints.at(primaryA).port));
    const qsizetype before = fakes.asked(primaryA, "CLUSTER NODES");
    session.run(1, { "GET", "user:2935" }, Behaviour::clusterClientWithMap());
    QTRY_VERIFY_WITH_TIMEOUT(fakes.asked(primaryA, "CLUSTER NODES") > before, 15'000);
}

void SessionTest::runsDoNotHurryAnOutage()
{
    FakeCluster fakes;
    Session session(fakes.config(10s));
    QSignalSpy topologies(&session, &Session::topologyChanged);
    QSignalSpy failures(&session, &Session::refreshFailed);
    QSignalSpy ends(&session, &Session::runFinished);
    session.open();
    QTRY_COMPARE(topologies.size(), 1);
    for (int i = 0; i < 3; ++i)
        fakes.kill(i);
    session.refresh();
    QTRY_COMPARE(failures.size(), 1); // the next in more than eight seconds
    QElapsedTimer elapsed;
    elapsed.start();
    for (quint64 run = 1; elapsed.elapsed() < 700; ++run) {
        session.run(run, { "GET", "user:2935" }, Behaviour::plainClient());
        QTest::qWait(50);
    }
    QTRY_VERIFY(ends.size() > 3);
    QCOMPARE(failures.size(), 1);
}

void SessionTest::aMovedDuringAPollIsNotLost()
{
    FakeCluster fakes;
    Session session(fakes.config(6s));
    QSignalSpy topologies(&session, &Session::topologyChanged);
    session.open();
    QTRY_COMPARE(topologies.size(), 1);
    fakes.nodesDelayMs = 300;
    fakes.update();
    const QByteArray target = fakes.endpoints.at(replicaOfA).toString().toLatin1();
    fakes.nodes[primaryA]->on("GET", "-MOVED 1738 " + target + "\r\n");
    fakes.nodes[replicaOfA]->on("GET", "$2\r\nok\r\n");
    const qsizetype before = fakes.askedAll("CLUSTER NODES");
    QTRY_COMPARE_WITH_TIMEOUT(fakes.askedAll("CLUSTER NODES"), before + 1, 10'000);
    session.run(1, { "GET", "user:2935" }, Behaviour::clusterClientWithMap());
    QTRY_COMPARE(topologies.size(), 2);
    const qsizetype ofTarget = fakes.asked(replicaOfA, "CLUSTER NODES");
    QElapsedTimer elapsed;
    elapsed.start();
    QTRY_COMPARE(fakes.asked(replicaOfA, "CLUSTER NODES"), ofTarget + 1);
    QVERIFY2(elapsed.elapsed() < 4500, QByteArray::number(elapsed.elapsed()).constData());
}

void SessionTest::aLostConnectionHurriesTheRefresh()
{
    FakeCluster fakes;
    Session session(fakes.config(6s));
    QSignalSpy topologies(&session, &Session::topologyChanged);
    const SignalTimes refreshed(&session, &Session::topologyChanged);
    session.open();
    QTRY_COMPARE_WITH_TIMEOUT(topologies.size(), 2, 10'000); // the first poll
    const NodeId asked = lastTopology(topologies).data().answeredBy;
    const int node = asked.toByteArray().front() - 'a';
    fakes.nodes[static_cast<size_t>(node)]->closeAllConnections();
    QTRY_COMPARE(topologies.size(), 3);
    QCOMPARE(lastTopology(topologies).data().answeredBy, asked);
    const qint64 pause = refreshed.between(1, 2);
    QVERIFY2(pause < 4500 && pause > 800, QByteArray::number(pause).constData());
}

void SessionTest::handleBatchesAndFinishes()
{
    FakeCluster fakes;
    fakes.nodes[primaryA]->on("GET", "$2\r\nok\r\n");
    IoThread io;
    SessionHandle handle(io, fakes.config(20ms));
    QSignalSpy topologies(&handle, &SessionHandle::topologyChanged);
    QStringList story;
    connect(&handle, &SessionHandle::traceChanged, this, [&](quint64 runId, const Trace& trace) {
        QCOMPARE(QThread::currentThread(), thread());
        story += u"%1 %2"_s.arg(runId).arg(trace.isComplete() ? u"complete"_s : u"part"_s);
    });
    connect(&handle, &SessionHandle::runFinished, this,
        [&](quint64 runId) { story += u"%1 end"_s.arg(runId); });
    handle.open();
    QTRY_VERIFY(topologies.size() >= 3);
    const quint64 first = handle.run({ "GET", "user:2935" }, Behaviour::clusterClientWithMap());
    const quint64 second = handle.run({ "GET", "user:2935" }, Behaviour::clusterClientWithMap());
    QVERIFY(first != second);
    QTRY_COMPARE(story.filter(u"end"_s).size(), 2);
    for (const quint64 run : { first, second }) {
        const QStringList own = story.filter(QString::number(run) + u' ');
        QCOMPARE(own.last(), u"%1 end"_s.arg(run));
        QCOMPARE(own.at(own.size() - 2), u"%1 complete"_s.arg(run));
    }
    QTest::qWait(50);
    QCOMPARE(story.filter(u"end"_s).size(), 2);
}

void SessionTest::handleMayGoInTheMiddle()
{
    FakeCluster fakes;
    fakes.nodes[primaryA]->on("GET", { { FakeNode::Act::Answer, "$2\r\nok\r\n", 30 } });
    IoThread io;
    for (int i = 0; i < 10; ++i) {
        SessionHandle handle(io, fakes.config(10ms));
        QSignalSpy topologies(&handle, &SessionHandle::topologyChanged);
        handle.open();
        QTRY_VERIFY(topologies.size() >= 1);
        handle.run({ "GET", "user:2935" }, Behaviour::clusterClientWithMap());
        QTest::qWait(i * 5);
    }
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::SessionTest)
#include "tst_session.moc"
