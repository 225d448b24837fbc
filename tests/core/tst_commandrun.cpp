// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "tests/core/commandrunfixture.h"

#include <QJsonDocument>

namespace slotscope::tests {

// Where a command goes and what redirects do to it.
class CommandRunTest final : public CommandRunFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(); }
    void cleanup() { tearDown(); }
    void reply();
    void errorReply();
    void replyOnAnOpenConnection();
    void behaviours_data();
    void behaviours();
    void moved();
    void stepsWaitForProceed();
    void aPausedRunCanBeCancelled();
    void movedWithoutAMap();
    void ask();
    void askAndCommandLeaveTogether();
    void movedThenAsk();
    void plainClientStops_data();
    void plainClientStops();
    void loop();
    void loopBackAfterAWait();
    void boundedRedirects();
    void movedToItself();
    void movedToItselfTogether_data();
    void movedToItselfTogether();
    void crossSlot();
    void plainClientSendsCrossSlot();
    void slotUnowned();
    void ownerWithoutAddress();
    void notSent_data();
    void notSent();
    void unknownCommandStaysByItself();
    void unknownTarget();
    void emptyHost();
    void questionMark();
    void questionMarkOfAKnownNode();
    void portZero();
    void garbageRedirects_data();
    void garbageRedirects();
    void otherErrors_data();
    void otherErrors();
    void secretsAreRedacted();
    void statefulCommandsGetTheirOwnConnection();
    void blockingGoesOnForTheRestOfItsTime();
    void blockingForEver();
    void readsFromReplicas();
    void sharedConnectionIsReused();
    void seedByNameIsRecognised();
};

void CommandRunTest::reply()
{
    m_s03->on("GET user:2935", FakeNode::bulk("ok"));
    const Trace trace = finished();
    QCOMPARE(summary(trace), u"S03 reply => reply"_s);
    QCOMPARE(trace.reply.toByteArray(), "ok"_ba);
    QCOMPARE(trace.slot, cluster::Slot(slot1738));
    QCOMPARE(trace.keys, QList<QByteArray> { "user:2935" });
    const Hop& hop = trace.hops.first();
    QCOMPARE(hop.address, m_s03->endpoint());
    QCOMPARE(hop.dialled, m_s03->endpoint().toString());
    QCOMPARE(hop.nodeId, cluster::NodeId(QByteArray(40, '3')));
    QVERIFY(hop.connectMicros && *hop.connectMicros > 0);
    QVERIFY(hop.micros > 0);
    QVERIFY(hop.raw.isEmpty());
    QVERIFY(!hop.mapChanged);
    QVERIFY(trace.startedAt.isValid());
}

void CommandRunTest::errorReply()
{
    m_s03->on("GET", "-WRONGTYPE Operation against a key\r\n");
    const Trace trace = finished();
    QCOMPARE(summary(trace), u"S03 error => error"_s);
    QCOMPARE(trace.hops.first().raw, "WRONGTYPE Operation against a key"_ba);
    QVERIFY(trace.reply.isError());
}

void CommandRunTest::replyOnAnOpenConnection()
{
    m_s03->on("GET", FakeNode::bulk("ok"));
    finished();
    const Trace trace = finished();
    QCOMPARE(summary(trace), u"S03 reply => reply"_s);
    QVERIFY(!trace.hops.first().connectMicros);
    QCOMPARE(trace.hops.first().dialled, m_s03->endpoint().toString());
    QCOMPARE(m_s03->connectionCount(), 1);
}

void CommandRunTest::behaviours_data()
{
    QTest::addColumn<Behaviour>("behaviour");
    QTest::addColumn<bool>("noMap");
    QTest::addColumn<QString>("line");
    QTest::addColumn<int>("shard");

    const QString get = u"GET user:2935"_s;
    QTest::newRow("plain") << Behaviour::plainClient() << false << get << 2;
    QTest::newRow("without a map") << Behaviour::clusterClientWithoutMap() << false << get << 2;
    QTest::newRow("with a map") << Behaviour::clusterClientWithMap() << false << get << 3;
    QTest::newRow("the map is empty") << Behaviour::clusterClientWithMap() << true << get << 2;
    QTest::newRow("keyless") << Behaviour::clusterClientWithMap() << false << u"PING"_s << 2;
    QTest::newRow("unknown command")
        << Behaviour::clusterClientWithMap() << false << u"NOSUCH k"_s << 2;
    QTest::newRow("owner, do not follow")
        << Behaviour { Start::Owner, {}, false } << false << get << 3;
    QTest::newRow("chosen node") << Behaviour { Start::Node, {}, true } << false << get << 1;
}

void CommandRunTest::behaviours()
{
    QFETCH(Behaviour, behaviour);
    QFETCH(bool, noMap);
    QFETCH(QString, line);
    QFETCH(int, shard);
    m_noMap = noMap;
    if (behaviour.start == Start::Node)
        behaviour.node = m_s01->endpoint();
    const std::array nodes { m_s01.get(), m_s02.get(), m_s03.get() };
    for (FakeNode* node : nodes)
        node->on("", "+OK\r\n");
    const Trace trace = finished(behaviour, *splitLine(line));
    QCOMPARE(trace.hops.size(), 1);
    QCOMPARE(trace.hops.first().address, nodes.at(shard - 1)->endpoint());
    QCOMPARE(commandsOf(*nodes.at(shard - 1)), QList<QByteArray> { line.toLatin1() });
    QCOMPARE(trace.outcome, TraceOutcome::Reply);
    QCOMPARE(trace.behaviour, behaviour);
}

void CommandRunTest::moved()
{
    m_s03->on("GET", redirect("MOVED", *m_s01));
    m_s01->on("GET", FakeNode::bulk("ok"));
    CommandRun* run = newRun();
    QSignalSpy movedSeen(run, &CommandRun::movedSeen);
    run->start();
    const Trace trace = finished(run);
    QCOMPARE(summary(trace), u"S03 moved | S01 reply => reply"_s);
    const Hop& hop = trace.hops.first();
    QVERIFY(hop.mapChanged);
    QCOMPARE(hop.slot, cluster::Slot(slot1738));
    QCOMPARE(hop.target, m_s01->endpoint().toString());
    QCOMPARE(hop.targetLabel, u"S01"_s);
    QCOMPARE(hop.targetAddress, m_s01->endpoint());
    QCOMPARE(hop.raw, redirect("MOVED", *m_s01).sliced(1).trimmed());
    QCOMPARE(movedSeen.size(), 1);
    QCOMPARE(movedSeen.first().at(1).value<net::Endpoint>(), m_s01->endpoint());
    QCOMPARE(movedSeen.first().at(0).value<cluster::Slot>(), cluster::Slot(slot1738));
    // The trace keeps the map as it was.
    QCOMPARE(trace.map.ownerOf(cluster::Slot(slot1738))->address, m_s03->endpoint());
}

void CommandRunTest::movedWithoutAMap()
{
    m_noMap = true;
    m_s02->on("GET", redirect("MOVED", *m_s01));
    m_s01->on("GET", FakeNode::bulk("ok"));
    const Trace trace = finished(Behaviour::clusterClientWithoutMap());
    QCOMPARE(trace.hops.size(), 2);
    QVERIFY(trace.hops.first().mapChanged);
    QVERIFY(trace.hops.last().nodeId.isNull());
    QCOMPARE(trace.hops.last().nodeLabel, m_s01->endpoint().toString());
}

void CommandRunTest::ask()
{
    m_s03->on("GET", redirect("ASK", *m_s01));
    m_s01->on("ASKING", "+OK\r\n");
    m_s01->on("GET", FakeNode::bulk("ok"));
    CommandRun* run = newRun();
    QSignalSpy movedSeen(run, &CommandRun::movedSeen);
    run->start();
    const Trace trace = finished(run);
    QCOMPARE(summary(trace), u"S03 ask | S01+ reply => reply"_s);
    QVERIFY(!trace.hops.first().mapChanged);
    QVERIFY(movedSeen.isEmpty());
    QCOMPARE(commandsOf(*m_s01), (QList<QByteArray> { "ASKING", "GET user:2935" }));
}

void CommandRunTest::askAndCommandLeaveTogether()
{
    m_s03->on("GET", redirect("ASK", *m_s01));
    m_s01->on("ASKING", "+OK\r\n");
    m_s01->on("GET", FakeNode::bulk("ok"));
    finished();
    finished(); // and on a connection that is open already
    int together = 0;
    for (const QByteArray& chunk : m_s01->chunks()) {
        if (chunk.contains("ASKING\r\n*2\r\n$3\r\nGET\r\n"))
            ++together;
    }
    QCOMPARE(together, 2);
}

void CommandRunTest::movedThenAsk()
{
    m_s02->on("GET", redirect("MOVED", *m_s03));
    m_s03->on("GET", redirect("ASK", *m_s01));
    m_s01->on("ASKING", "+OK\r\n");
    m_s01->on("GET", FakeNode::bulk("ok"));
    const Trace trace = finished(Behaviour::clusterClientWithoutMap());
    QCOMPARE(summary(trace), u"S02 moved | S03 ask | S01+ reply => reply"_s);
    QVERIFY(trace.hops.at(0).mapChanged);
    QVERIFY(!trace.hops.at(1).mapChanged);
}

void CommandRunTest::plainClientStops_data()
{
    QTest::addColumn<QByteArray>("word");
    QTest::newRow("MOVED") << "MOVED"_ba;
    QTest::newRow("ASK") << "ASK"_ba;
    QTest::newRow("ERR MOVED") << "ERR MOVED"_ba;
}

void CommandRunTest::plainClientStops()
{
    QFETCH(QByteArray, word);
    m_s02->on("GET", redirect(word.constData(), *m_s01));
    const Trace trace = finished(Behaviour::plainClient());
    QCOMPARE(trace.hops.size(), 1);
    QCOMPARE(trace.outcome, TraceOutcome::RedirectNotFollowed);
    QVERIFY(!trace.hops.first().mapChanged);
    QCOMPARE(trace.hops.first().targetLabel, u"S01"_s);
    QVERIFY(trace.reply.isError());
    QVERIFY(trace.reply.text().startsWith(word));
    QCOMPARE(m_s01->connectionCount(), 0);
}

void CommandRunTest::loop()
{
    m_s03->on("GET", redirect("MOVED", *m_s01));
    m_s01->on("GET", redirect("MOVED", *m_s03));
    const Trace trace = finished();
    QCOMPARE(summary(trace), u"S03 moved | S01 moved | S03 moved => too_many_redirects"_s);
    QVERIFY(!trace.detail.isEmpty());
    QVERIFY(!trace.hops.last().mapChanged); // it was not followed
}

// A wait in between gives the nodes time to agree (a failover, a node that has just come back).
void CommandRunTest::loopBackAfterAWait()
{
    m_s03->on("GET", redirect("MOVED", *m_s01));
    m_s01->on("GET",
        { { Act::Answer, "-CLUSTERDOWN The cluster is down\r\n" },
            { Act::Answer, redirect("MOVED", *m_s03) }, { Act::Answer, FakeNode::bulk("ok") } });
    QCOMPARE(summary(finished()),
        u"S03 moved | S01 clusterdown | S01 moved | S03 moved | S01 reply => reply"_s);
}

void CommandRunTest::boundedRedirects()
{
    std::vector<std::unique_ptr<FakeNode>> chain;
    for (int i = 0; i < 20; ++i)
        chain.push_back(std::make_unique<FakeNode>());
    for (size_t i = 0; i + 1 < chain.size(); ++i)
        chain[i]->on("GET", redirect("MOVED", *chain[i + 1]));
    m_s03->on("GET", redirect("MOVED", *chain[0]));
    const Trace trace = finished();
    QCOMPARE(trace.outcome, TraceOutcome::TooManyRedirects);
    QCOMPARE(trace.hops.size(), 16);
    QVERIFY(trace.detail.contains(u"16"));
    QCOMPARE(chain[15]->connectionCount(), 0);
}

void CommandRunTest::movedToItself()
{
    m_s03->on("GET",
        { { Act::Answer, redirect("MOVED", *m_s03) }, { Act::Answer, FakeNode::bulk("ok") } });
    const Trace trace = finished();
    QCOMPARE(summary(trace), u"S03 moved | S03 reply => reply"_s);
    QCOMPARE(m_s03->connectionCount(), 2);
    QVERIFY(trace.hops.last().connectMicros);

    m_s03->on("GET", redirect("MOVED", *m_s03));
    const Trace again = finished();
    QCOMPARE(summary(again), u"S03 moved | S03 moved => too_many_redirects"_s);
}

void CommandRunTest::movedToItselfTogether_data()
{
    QTest::addColumn<bool>("replica");
    QTest::newRow("primary") << false;
    QTest::newRow("replica") << true;
}

// Several commands learn from one shared connection that its endpoint leads elsewhere.
void CommandRunTest::movedToItselfTogether()
{
    QFETCH(bool, replica);
    const QByteArray moved = redirect("MOVED", *m_s03);
    m_s03->on("READONLY", "+OK\r\n");
    m_s03->on("GET",
        { { Act::Answer, moved }, { Act::Answer, moved }, { Act::Answer, moved },
            { Act::Answer, FakeNode::bulk("ok") } });
    const Behaviour behaviour
        = replica ? Behaviour::replicaReader() : Behaviour::clusterClientWithMap();
    if (replica) { // a map from before the failover: S03 is a replica in it
        cluster::TopologyData data = m_map.data();
        cluster::Node old = data.nodes[2];
        old.id = cluster::NodeId(QByteArray(40, '9'));
        old.address = m_s01->endpoint();
        data.nodes[2].role = cluster::Role::Replica;
        data.nodes[2].primaryId = old.id;
        data.nodes[2].ranges.clear();
        data.nodes.append(old);
        data.shards[2].primaryId = old.id;
        data.shards[2].replicaIds = { data.nodes[2].id };
        m_map = cluster::Topology::build(data);
    }
    std::vector<std::unique_ptr<CommandRun>> runs;
    QList<Trace> traces;
    for (int i = 0; i < 3; ++i) {
        runs.push_back(
            std::make_unique<CommandRun>(RunContext { m_pool.get(), m_map, m_seed, m_limits, {} },
                Argv { "GET", "user:2935" }, behaviour));
        connect(runs.back().get(), &CommandRun::finished, this,
            [&](const Trace& trace) { traces.append(trace); });
        runs.back()->start();
    }
    QTRY_COMPARE(traces.size(), 3);
    for (const Trace& trace : std::as_const(traces)) {
        QCOMPARE(trace.outcome, TraceOutcome::Reply);
        QCOMPARE(trace.hops.size(), 2);
        QCOMPARE(trace.hops.first().replicaRead, replica);
    }
    QCOMPARE(m_s03->connectionCount(), 2);
}

void CommandRunTest::crossSlot()
{
    const Trace trace = finished(Behaviour::clusterClientWithMap(), { "MGET", "a", "b" });
    QCOMPARE(summary(trace), u" => cross_slot"_s);
    QVERIFY(!trace.detail.isEmpty());
    for (const auto& node : { m_s01.get(), m_s02.get(), m_s03.get() })
        QCOMPARE(node->connectionCount(), 0);
}

void CommandRunTest::plainClientSendsCrossSlot()
{
    m_s02->on("MGET", "-CROSSSLOT Keys in request don't hash to the same slot\r\n");
    const Trace trace = finished(Behaviour::plainClient(), { "MGET", "a", "b" });
    QCOMPARE(summary(trace), u"S02 error => error"_s);
}

void CommandRunTest::slotUnowned()
{
    cluster::TopologyData data = m_map.data();
    data.nodes[2].ranges.clear();
    data.shards.clear();
    CommandRun run({ m_pool.get(), cluster::Topology::build(data), m_seed }, { "GET", "user:2935" },
        Behaviour::clusterClientWithMap());
    run.start();
    const Trace trace = finished(&run);
    QCOMPARE(summary(trace), u" => slot_unowned"_s);
    QVERIFY(trace.detail.contains(u"1738"));
}

void CommandRunTest::ownerWithoutAddress()
{
    cluster::TopologyData data = m_map.data();
    data.nodes[2].address = {};
    CommandRun run({ m_pool.get(), cluster::Topology::build(data), m_seed }, { "GET", "user:2935" },
        Behaviour::clusterClientWithMap());
    run.start();
    QCOMPARE(summary(finished(&run)), u"S03 connect_failed => connect_failed"_s);
}

void CommandRunTest::notSent_data()
{
    QTest::addColumn<Argv>("argv");
    QTest::newRow("nothing") << Argv {};
    QTest::newRow("an empty name") << Argv { "" };
    QTest::newRow("SUBSCRIBE") << Argv { "SUBSCRIBE", "c" };
    QTest::newRow("ssubscribe") << Argv { "ssubscribe", "c" };
    QTest::newRow("MONITOR") << Argv { "MONITOR" };
    QTest::newRow("MULTI") << Argv { "MULTI" };
    QTest::newRow("exec") << Argv { "exec" };
    QTest::newRow("WATCH") << Argv { "WATCH", "k" };
    QTest::newRow("PSYNC") << Argv { "PSYNC", "?", "-1" };
}

// It may be a renamed MONITOR, whose lines other commands would take for their answers.
void CommandRunTest::unknownCommandStaysByItself()
{
    m_s02->on("PING", "+PONG\r\n");
    m_s02->on("WATCHALL", "+OK\r\n");
    QCOMPARE(finished(Behaviour::clusterClientWithMap(), { "PING" }).reply.text(), "PONG"_ba);
    QCOMPARE(finished(Behaviour::clusterClientWithMap(), { "WATCHALL" }).reply.text(), "OK"_ba);
    QCOMPARE(m_s02->connectionCount(), 2);
    finished(Behaviour::clusterClientWithMap(), { "PING" });
    QCOMPARE(m_s02->connectionCount(), 2);
}

void CommandRunTest::notSent()
{
    QFETCH(Argv, argv);
    for (const Behaviour& behaviour :
        { Behaviour::clusterClientWithMap(), Behaviour::plainClient() }) {
        const Trace trace = finished(behaviour, argv);
        QCOMPARE(summary(trace), u" => not_sent"_s);
        QVERIFY(!trace.detail.isEmpty());
    }
    QCOMPARE(m_s02->connectionCount(), 0);
}

void CommandRunTest::unknownTarget()
{
    FakeNode stranger;
    stranger.on("GET", FakeNode::bulk("ok"));
    m_s03->on("GET", redirect("MOVED", stranger));
    const Trace trace = finished();
    QCOMPARE(trace.outcome, TraceOutcome::Reply);
    QVERIFY(trace.hops.last().nodeId.isNull());
    QCOMPARE(trace.hops.last().nodeLabel, stranger.endpoint().toString());
    QCOMPARE(trace.hops.first().targetLabel, stranger.endpoint().toString());
}

void CommandRunTest::emptyHost()
{
    m_s03->on("GET", "-MOVED 1738 :" + QByteArray::number(m_s01->serverPort()) + "\r\n");
    m_s01->on("GET", FakeNode::bulk("ok"));
    const Trace trace = finished();
    QCOMPARE(summary(trace), u"S03 moved | S01 reply => reply"_s);
    QCOMPARE(trace.hops.first().target, u":%1"_s.arg(m_s01->serverPort()));
    QCOMPARE(trace.hops.first().targetAddress, m_s01->endpoint());
}

void CommandRunTest::questionMark()
{
    m_s03->on("GET", "-MOVED 1738 ?:1\r\n");
    const Trace trace = finished();
    QCOMPARE(summary(trace), u"S03 moved => gave_up"_s);
    QVERIFY(trace.detail.contains(u"?:1"));
    QVERIFY(!trace.hops.first().targetAddress.isDialable());
    QVERIFY(!trace.hops.first().mapChanged);
}

void CommandRunTest::questionMarkOfAKnownNode()
{
    m_s03->on("GET", "-MOVED 1738 ?:" + QByteArray::number(m_s01->serverPort()) + "\r\n");
    m_s01->on("GET", FakeNode::bulk("ok"));
    QCOMPARE(summary(finished()), u"S03 moved | S01 reply => reply"_s);
}

void CommandRunTest::portZero()
{
    m_s03->on("GET", "-ASK 1738 127.0.0.1:0\r\n");
    QCOMPARE(summary(finished()), u"S03 ask => gave_up"_s);
}

void CommandRunTest::garbageRedirects_data()
{
    QTest::addColumn<QByteArray>("line");
    for (const char* line : { "MOVED", "MOVED 16384 127.0.0.1:1", "MOVED abc 127.0.0.1:1",
             "ASK 1 127.0.0.1:", "MOVED 1 127.0.0.1:65536", "MOVEDX 1 127.0.0.1:1" })
        QTest::newRow(line) << QByteArray(line);
}

void CommandRunTest::garbageRedirects()
{
    QFETCH(QByteArray, line);
    m_s03->on("GET", "-" + line + "\r\n");
    const Trace trace = finished();
    QCOMPARE(summary(trace), u"S03 error => error"_s);
    QCOMPARE(trace.hops.first().raw, line);
    QVERIFY(!trace.hops.first().slot);
}

void CommandRunTest::otherErrors_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("outcome");
    QTest::newRow("READONLY") << "READONLY You can't write"_ba << u"readonly"_s;
    QTest::newRow("MASTERDOWN") << "MASTERDOWN Link with MASTER is down"_ba << u"masterdown"_s;
    QTest::newRow("NOAUTH") << "NOAUTH Authentication required."_ba << u"error"_s;
    QTest::newRow("NOPERM") << "NOPERM no"_ba << u"error"_s;
    QTest::newRow("standalone redirect") << "REDIRECT 127.0.0.1:1"_ba << u"error"_s;
}

void CommandRunTest::otherErrors()
{
    QFETCH(QByteArray, line);
    QFETCH(QString, outcome);
    m_s03->on("GET", "-" + line + "\r\n");
    QCOMPARE(summary(finished()), u"S03 %1 => error"_s.arg(outcome));
    QCOMPARE(commandsOf(*m_s03).size(), 1);
}

void CommandRunTest::secretsAreRedacted()
{
    m_s02->on("AUTH", "+OK\r\n");
    const Trace trace = finished(Behaviour::clusterClientWithMap(), { "AUTH", "alice", "s3cret" });
    QCOMPARE(trace.outcome, TraceOutcome::Reply);
    QCOMPARE(commandsOf(*m_s02), QList<QByteArray> { "AUTH alice s3cret" });
    QVERIFY(!trace.argv.contains("s3cret"));
    QVERIFY(!QJsonDocument(toJson(trace)).toJson().contains("s3cret"));
    QVERIFY(!toText(trace).contains(u"s3cret"));
    for (const Step& step : tellStory(trace))
        QVERIFY(!step.caption.contains(u"s3cret") && !step.bead.contains(u"s3cret"));
}

void CommandRunTest::statefulCommandsGetTheirOwnConnection()
{
    m_s02->on("", "+OK\r\n");
    finished(Behaviour::plainClient(), { "PING" });
    QCOMPARE(m_s02->connectionCount(), 1);
    int connections = 1;
    for (const Argv& argv :
        { Argv { "select", "1" }, Argv { "CLIENT", "REPLY", "OFF" }, Argv { "BLPOP", "k", "0" } }) {
        const Trace trace = finished(Behaviour::plainClient(), argv);
        QCOMPARE(trace.outcome, TraceOutcome::Reply);
        QCOMPARE(m_s02->connectionCount(), ++connections);
        QVERIFY(trace.hops.first().connectMicros);
    }
    finished(Behaviour::plainClient(), { "PING" });
    QCOMPARE(m_s02->connectionCount(), connections);
}

// Longer than any other reply may take, and never longer than it said.
void CommandRunTest::blockingGoesOnForTheRestOfItsTime()
{
    m_s03->on("BLPOP", { { Act::Answer, redirect("MOVED", *m_s01), 600 } });
    m_s01->on("BLPOP", "*-1\r\n");
    const Trace trace
        = finished(Behaviour::clusterClientWithMap(), { "BLPOP", "user:2935", "1.5" });
    QCOMPARE(summary(trace), u"S03 moved | S01 reply => reply"_s);
    QCOMPARE(commandsOf(*m_s03), QList<QByteArray> { "BLPOP user:2935 1.5" });
    const double left = commandsOf(*m_s01).first().split(' ').last().toDouble();
    QVERIFY2(left > 0.1 && left <= 0.9, qPrintable(QString::number(left)));
    QCOMPARE(trace.argv.last(), "1.5"_ba);
}

void CommandRunTest::blockingForEver()
{
    m_s03->on("BLPOP", { { Act::Silence, {}, 0 } });
    CommandRun* run = newRun(Behaviour::clusterClientWithMap(), { "BLPOP", "user:2935", "0" });
    run->start();
    QTest::qWait(600); // longer than the options' timeout
    QVERIFY(!run->trace().isComplete());
    run->cancel();
    QCOMPARE(summary(finished(run)), u"S03 outcome_unknown => outcome_unknown"_s);
}

void CommandRunTest::readsFromReplicas()
{
    FakeNode replica;
    replica.on("READONLY", "+OK\r\n");
    replica.on("GET",
        { { Act::Answer, FakeNode::bulk("old") },
            { Act::Answer, "-MASTERDOWN Link with MASTER is down\r\n" } });
    m_s03->on("GET", FakeNode::bulk("new"));
    cluster::TopologyData data = m_map.data();
    cluster::Node node;
    node.id = cluster::NodeId(QByteArray(40, 'd'));
    node.address = replica.endpoint();
    node.role = cluster::Role::Replica;
    node.primaryId = data.nodes[2].id;
    data.nodes.append(node);
    data.shards.clear();
    m_map = cluster::Topology::build(data, &m_map);

    const Trace first = finished(Behaviour::replicaReader());
    QCOMPARE(summary(first), u"S03/1 reply => reply"_s);
    QVERIFY(first.hops.first().replicaRead);
    QVERIFY(replica.received().contains("READONLY"));
    QCOMPARE(
        summary(finished(Behaviour::replicaReader())), u"S03/1 masterdown | S03 reply => reply"_s);
    QCOMPARE(replica.connectionCount(), 1);
    QVERIFY(!m_s03->received().contains("READONLY"));
}

void CommandRunTest::sharedConnectionIsReused()
{
    m_s03->on("GET",
        { { Act::Answer, "-TRYAGAIN Multiple keys\r\n" }, { Act::Answer, FakeNode::bulk("ok") } });
    finished();
    QCOMPARE(m_s03->connectionCount(), 1);
}

// The seed is a name that no node announces; DNS tells which node it is.
void CommandRunTest::seedByNameIsRecognised()
{
    m_seed = { u"localhost"_s, m_s02->serverPort() };
    m_s02->on("PING", "+PONG\r\n");
    const Trace trace = finished(Behaviour::plainClient(), { "PING" });
    QCOMPARE(summary(trace), u"S02 reply => reply"_s);
    QCOMPARE(trace.hops.first().address, m_seed);
    QCOMPARE(trace.hops.first().dialled, m_s02->endpoint().toString());
}

void CommandRunTest::stepsWaitForProceed()
{
    m_s03->on("GET", redirect("MOVED", *m_s01));
    m_s01->on("GET", redirect("ASK", *m_s02));
    m_s02->on("ASKING", "+OK\r\n");
    m_s02->on("GET", FakeNode::bulk("ok"));
    Behaviour behaviour = Behaviour::clusterClientWithMap();
    behaviour.stepwise = true;
    CommandRun* run = newRun(behaviour);
    QSignalSpy ended(run, &CommandRun::finished);
    run->proceed(); // of nothing
    run->start();
    QTRY_VERIFY(run->trace().isPaused);
    QCOMPARE(run->trace().hops.size(), 1);
    QCOMPARE(run->trace().hops.last().outcome, HopOutcome::Moved);
    QTest::qWait(50);
    QVERIFY(commandsOf(*m_s01).isEmpty());
    QVERIFY(ended.isEmpty());
    run->proceed();
    run->proceed(); // once is enough
    QTRY_VERIFY(run->trace().isPaused && run->trace().hops.size() == 2);
    QVERIFY(commandsOf(*m_s02).isEmpty());
    run->proceed();
    const Trace trace = finished(run);
    QCOMPARE(summary(trace), u"S03 moved | S01 ask | S02+ reply => reply"_s);
    QVERIFY(!trace.isPaused);
    // What the user took to click is no part of what the cluster took.
    QVERIFY(trace.hops.at(1).startedMicros >= 0);
}

void CommandRunTest::aPausedRunCanBeCancelled()
{
    m_s03->on("GET", redirect("MOVED", *m_s01));
    Behaviour behaviour = Behaviour::clusterClientWithMap();
    behaviour.stepwise = true;
    CommandRun* run = newRun(behaviour);
    run->start();
    QTRY_VERIFY(run->trace().isPaused);
    run->cancel();
    run->proceed();
    const Trace trace = finished(run);
    QCOMPARE(trace.outcome, TraceOutcome::Cancelled);
    QVERIFY(!trace.isPaused);
    QVERIFY(commandsOf(*m_s01).isEmpty());
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::CommandRunTest)
#include "tst_commandrun.moc"
