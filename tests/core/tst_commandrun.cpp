// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/commandrun.h"
#include "core/command/storyboard.h"
#include "core/command/traceformat.h"
#include "tests/support/fakenode.h"
#include "tests/support/topologies.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using namespace command;
using Act = FakeNode::Act;

namespace {

constexpr int slot1738 = 1738; // of user:2935, by the map below a slot of S03

QByteArray redirect(const char* word, const FakeNode& target)
{
    return QByteArray("-") + word + " 1738 " + target.endpoint().toString().toLatin1() + "\r\n";
}

// What a node received, without the handshake of the connections.
QList<QByteArray> commandsOf(const FakeNode& node)
{
    QList<QByteArray> commands;
    for (const QByteArray& line : node.received()) {
        if (!line.startsWith("HELLO") && !line.startsWith("CLIENT SETNAME")
            && !line.startsWith("CLIENT NO-TOUCH"))
            commands.append(line);
    }
    return commands;
}

QString summary(const Trace& trace)
{
    QStringList hops;
    for (const Hop& hop : trace.hops) {
        hops << QString(hop.nodeLabel + (hop.asking ? u"+ " : u" ") + hopOutcomeName(hop.outcome));
    }
    return hops.join(u" | ") + u" => " + traceOutcomeName(trace.outcome);
}

} // namespace

class CommandRunTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void reply();
    void errorReply();
    void replyOnAnOpenConnection();
    void behaviours_data();
    void behaviours();
    void moved();
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
    void refusedPort();
    void refusedTarget();
    void closedInTheMiddleOfAReply();
    void closedAfterARedirect();
    void closedWithoutAReply();
    void silence();
    void muteServer();
    void garbageInsteadOfAReply();
    void cancelBeforeStart();
    void cancelWhileConnecting();
    void cancelAfterSending();
    void cancelWhileWaiting();
    void cancelAfterTheEnd();
    void retries_data();
    void retries();
    void tryAgainOnTheAskTarget();
    void gaveUp_data();
    void gaveUp();
    void plainClientDoesNotWait();
    void crossSlot();
    void plainClientSendsCrossSlot();
    void slotUnowned();
    void ownerWithoutAddress();
    void notSent_data();
    void notSent();
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
    void sharedConnectionIsReused();
    void seedByNameIsRecognised();
    void poolCloses();
    void deletedWhileRunning();
    void deletedByItsListener();

private:
    CommandRun* newRun(Behaviour behaviour = Behaviour::clusterClientWithMap(),
        const Argv& argv = { "GET", "user:2935" })
    {
        m_run = std::make_unique<CommandRun>(m_pool.get(), argv, std::move(behaviour),
            m_noMap ? cluster::Topology() : m_map, m_seed, m_limits);
        return m_run.get();
    }
    // Runs to the end; checks what holds for every run.
    Trace finished(CommandRun* run, int timeout = 5000);
    Trace finished(Behaviour behaviour = Behaviour::clusterClientWithMap(),
        const Argv& argv = { "GET", "user:2935" })
    {
        CommandRun* run = newRun(std::move(behaviour), argv);
        run->start();
        return finished(run);
    }

    std::unique_ptr<FakeNode> m_s01;
    std::unique_ptr<FakeNode> m_s02;
    std::unique_ptr<FakeNode> m_s03;
    std::unique_ptr<net::ConnectionPool> m_pool;
    std::unique_ptr<CommandRun> m_run;
    cluster::Topology m_map;
    net::Endpoint m_seed;
    RunLimits m_limits;
    bool m_noMap = false;
};

void CommandRunTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_s01 = std::make_unique<FakeNode>();
    m_s02 = std::make_unique<FakeNode>();
    m_s03 = std::make_unique<FakeNode>();
    net::ConnectionOptions options;
    options.timeout = std::chrono::milliseconds(400);
    m_pool = std::make_unique<net::ConnectionPool>(options);
    m_map = threeShards(
        { m_s01->endpoint(), m_s02->endpoint(), m_s03->endpoint() }, cluster::Slot(slot1738));
    m_seed = m_s02->endpoint();
    m_limits = {};
    m_limits.tryAgainFirstMs = 20;
    m_limits.tryAgainMaxMs = 40;
    m_limits.clusterDownFirstMs = 30;
    m_limits.clusterDownMaxMs = 60;
    m_noMap = false;
}

void CommandRunTest::cleanup()
{
    m_run.reset();
    m_pool.reset();
    m_s01.reset();
    m_s02.reset();
    m_s03.reset();
}

Trace CommandRunTest::finished(CommandRun* run, int timeout)
{
    QSignalSpy ends(run, &CommandRun::finished);
    QSignalSpy changes(run, &CommandRun::traceChanged);
    if (!ends.wait(timeout)) {
        QTest::qFail("the run does not finish", __FILE__, __LINE__);
        return {};
    }
    QTest::qWait(30); // a second finished() would come now
    const auto trace = ends.first().first().value<Trace>();
    const auto check = [](bool isTrue, const char* what) {
        if (!isTrue)
            QTest::qFail(what, __FILE__, __LINE__);
    };
    check(ends.size() == 1, "finished() came more than once");
    check(trace.isComplete(), "a finished trace is complete");
    check(!changes.isEmpty(), "traceChanged() came");
    check(
        changes.last().first().value<Trace>().isComplete(), "the last traceChanged() is complete");
    qint64 earlier = 0;
    for (const Hop& hop : trace.hops) {
        check(hop.outcome != HopOutcome::Pending, "no hop of a complete trace is pending");
        check(hop.startedMicros >= earlier, "hops follow each other");
        check(hop.micros >= 0 && hop.waitMicros >= 0, "durations");
        earlier = hop.startedMicros;
    }
    check(trace.totalMicros >= earlier, "the total covers the hops");
    // Whatever happened, it can be told, written and read again.
    const QJsonObject json = toJson(trace);
    const auto again = traceFromJson(json, trace.map);
    check(again && toJson(*again) == json, "the trace survives JSON");
    check(!tellStory(trace).isEmpty(), "the trace has a story");
    check(!toText(trace).isEmpty(), "the trace has a text");
    return trace;
}

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
    // The trace keeps the map as it was; the run's own says where the slot is now.
    QCOMPARE(trace.map.ownerOf(cluster::Slot(slot1738))->address, m_s03->endpoint());
    QCOMPARE(run->map().ownerOf(cluster::Slot(slot1738))->address, m_s01->endpoint());
    QCOMPARE(run->map().ownerOf(cluster::Slot(slot1738 + 1))->address, m_s01->endpoint());
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
    QCOMPARE(m_run->map().ownerOf(cluster::Slot(slot1738))->address, m_s01->endpoint());
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
    QCOMPARE(run->map().ownerOf(cluster::Slot(slot1738))->address, m_s03->endpoint());
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
        { { Act::Answer, redirect("MOVED", *m_s03) },
            { Act::Answer, "-CLUSTERDOWN The cluster is down\r\n" },
            { Act::Answer, redirect("MOVED", *m_s03) } });
    m_s03->on("GET",
        { { Act::Answer, redirect("MOVED", *m_s02) }, { Act::Answer, FakeNode::bulk("ok") } });
    m_s02->on("GET", redirect("MOVED", *m_s01));
    m_s01->on("GET",
        { { Act::Answer, "-CLUSTERDOWN The cluster is down\r\n" },
            { Act::Answer, redirect("MOVED", *m_s03) } });
    const Trace trace = finished();
    QCOMPARE(summary(trace),
        u"S03 moved | S02 moved | S01 clusterdown | S01 moved | S03 reply => reply"_s);
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

void CommandRunTest::refusedPort()
{
    m_s03->close();
    const Trace trace = finished();
    QCOMPARE(summary(trace), u"S03 connect_failed => connect_failed"_s);
    QVERIFY(!trace.hops.first().raw.isEmpty());
    QCOMPARE(trace.detail, QString::fromUtf8(trace.hops.first().raw));
    QVERIFY2(
        trace.detail.contains(trace.hops.first().address.toString()), qPrintable(trace.detail));
    QVERIFY(!trace.hops.first().connectMicros);
}

void CommandRunTest::refusedTarget()
{
    m_s03->on("GET", redirect("MOVED", *m_s01));
    m_s01->close();
    const Trace trace = finished();
    QCOMPARE(summary(trace), u"S03 moved | S01 connect_failed => connect_failed"_s);
}

void CommandRunTest::closedInTheMiddleOfAReply()
{
    m_s03->on("SET", { { Act::AnswerThenClose, "$100\r\nhalf" } });
    const Trace trace = finished(Behaviour::clusterClientWithMap(), { "SET", "user:2935", "v" });
    QCOMPARE(summary(trace), u"S03 outcome_unknown => outcome_unknown"_s);
    QVERIFY(trace.reply.isNull());
    QVERIFY(!trace.hops.first().raw.isEmpty());
    QTest::qWait(200);
    QCOMPARE(commandsOf(*m_s03).size(), 1); // never sent again
    QCOMPARE(m_s03->connectionCount(), 1);
}

void CommandRunTest::closedAfterARedirect()
{
    m_s03->on("SET", redirect("MOVED", *m_s01));
    m_s01->on("SET", { { Act::Close, {}, 0 } });
    const Trace trace = finished(Behaviour::clusterClientWithMap(), { "SET", "user:2935", "v" });
    QCOMPARE(summary(trace), u"S03 moved | S01 outcome_unknown => outcome_unknown"_s);
    QVERIFY(trace.reply.isNull()); // the MOVED is not its answer
    QCOMPARE(commandsOf(*m_s01).size(), 1);
}

void CommandRunTest::closedWithoutAReply()
{
    m_s03->on("GET", { { Act::Close, {}, 0 } });
    QCOMPARE(summary(finished()), u"S03 outcome_unknown => outcome_unknown"_s);
    QCOMPARE(commandsOf(*m_s03).size(), 1);
}

void CommandRunTest::silence()
{
    m_s03->on("GET", { { Act::Silence, {}, 0 } });
    const Trace trace = finished();
    QCOMPARE(summary(trace), u"S03 outcome_unknown => outcome_unknown"_s);
    QVERIFY(trace.hops.first().micros >= 350'000);
    QCOMPARE(commandsOf(*m_s03).size(), 1);
}

// It accepts the connection and answers nothing, not even the handshake: nothing was sent.
void CommandRunTest::muteServer()
{
    m_s03->setMute(true);
    QCOMPARE(summary(finished()), u"S03 connect_failed => connect_failed"_s);
    QVERIFY(commandsOf(*m_s03).isEmpty());
}

void CommandRunTest::garbageInsteadOfAReply()
{
    m_s03->on("GET", "garbage\r\n");
    QCOMPARE(summary(finished()), u"S03 outcome_unknown => outcome_unknown"_s);
}

void CommandRunTest::cancelBeforeStart()
{
    CommandRun* run = newRun();
    QSignalSpy ends(run, &CommandRun::finished);
    run->cancel();
    QCOMPARE(ends.size(), 0); // from the event loop, not from inside cancel()
    const Trace trace = finished(run);
    QCOMPARE(summary(trace), u" => cancelled"_s);
    run->start();
    QTest::qWait(50);
    QCOMPARE(ends.size(), 1);
    QCOMPARE(m_s03->connectionCount(), 0);
}

void CommandRunTest::cancelWhileConnecting()
{
    m_s03->on("HELLO", { { Act::Answer, "-ERR unknown command\r\n", 100 } });
    m_s03->on("GET", FakeNode::bulk("ok"));
    CommandRun* run = newRun();
    run->start();
    run->cancel();
    QCOMPARE(summary(finished(run)), u"S03 cancelled => cancelled"_s);
    QTest::qWait(300);
    QVERIFY(commandsOf(*m_s03).isEmpty()); // it was taken back
}

void CommandRunTest::cancelAfterSending()
{
    m_s03->on("GET user:2935", { { Act::Answer, FakeNode::bulk("late"), 150 } });
    // The fake node does not queue: only the longer delay keeps its replies in order.
    m_s03->on("GET {user:2935}x", { { Act::Answer, FakeNode::bulk("own"), 200 } });
    CommandRun* run = newRun();
    run->start();
    QTRY_COMPARE(commandsOf(*m_s03).size(), 1);
    run->cancel();
    const Trace trace = finished(run);
    QCOMPARE(summary(trace), u"S03 outcome_unknown => outcome_unknown"_s);
    QVERIFY(trace.reply.isNull());
    // The next command on that connection reads its own reply, not the late one.
    const Trace next = finished(Behaviour::clusterClientWithMap(), { "GET", "{user:2935}x" });
    QCOMPARE(next.reply.toByteArray(), "own"_ba);
}

void CommandRunTest::cancelWhileWaiting()
{
    m_limits.tryAgainFirstMs = 10'000;
    m_s03->on("GET", "-TRYAGAIN Multiple keys\r\n");
    CommandRun* run = newRun();
    QSignalSpy changes(run, &CommandRun::traceChanged);
    run->start();
    QTRY_VERIFY(run->trace().hops.first().outcome == HopOutcome::TryAgain);
    run->cancel();
    QCOMPARE(summary(finished(run)), u"S03 tryagain => cancelled"_s);
}

void CommandRunTest::cancelAfterTheEnd()
{
    m_s03->on("GET", FakeNode::bulk("ok"));
    CommandRun* run = newRun();
    QSignalSpy ends(run, &CommandRun::finished);
    run->start();
    QCOMPARE(finished(run).outcome, TraceOutcome::Reply);
    run->cancel();
    QTest::qWait(30);
    QCOMPARE(ends.size(), 1);
    QCOMPARE(run->trace().outcome, TraceOutcome::Reply);
}

void CommandRunTest::retries_data()
{
    QTest::addColumn<QByteArray>("error");
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("firstMs");
    QTest::newRow("TRYAGAIN") << "TRYAGAIN Multiple keys"_ba << u"tryagain"_s << 20;
    QTest::newRow("CLUSTERDOWN") << "CLUSTERDOWN The cluster is down"_ba << u"clusterdown"_s << 30;
    QTest::newRow("LOADING") << "LOADING Valkey is loading"_ba << u"loading"_s << 30;
}

void CommandRunTest::retries()
{
    QFETCH(QByteArray, error);
    QFETCH(QString, name);
    QFETCH(int, firstMs);
    m_s03->on("GET",
        { { Act::Answer, "-" + error + "\r\n" }, { Act::Answer, "-" + error + "\r\n" },
            { Act::Answer, FakeNode::bulk("ok") } });
    const Trace trace = finished();
    QCOMPARE(summary(trace), u"S03 %1 | S03 %1 | S03 reply => reply"_s.arg(name));
    QCOMPARE(trace.hops.at(0).waitMicros, 0);
    QVERIFY(trace.hops.at(1).waitMicros >= firstMs * 900);
    QVERIFY(trace.hops.at(2).waitMicros >= firstMs * 2 * 900); // doubled
    QCOMPARE(trace.hops.at(0).raw, error);
}

// The target of an ASK may say TRYAGAIN; the retry needs ASKING again.
void CommandRunTest::tryAgainOnTheAskTarget()
{
    m_s03->on("GET", redirect("ASK", *m_s01));
    m_s01->on("ASKING", "+OK\r\n");
    m_s01->on("GET",
        { { Act::Answer, "-TRYAGAIN Multiple keys\r\n" }, { Act::Answer, FakeNode::bulk("ok") } });
    QCOMPARE(summary(finished()), u"S03 ask | S01+ tryagain | S01+ reply => reply"_s);
    QCOMPARE(commandsOf(*m_s01).count("ASKING"), 2);
}

void CommandRunTest::gaveUp_data()
{
    retries_data();
}

void CommandRunTest::gaveUp()
{
    QFETCH(QByteArray, error);
    m_limits.deadlineMs = 200;
    m_s03->on("GET", "-" + error + "\r\n");
    QElapsedTimer timer;
    timer.start();
    const Trace trace = finished();
    QCOMPARE(trace.outcome, TraceOutcome::GaveUp);
    QVERIFY(trace.hops.size() > 3);
    QVERIFY(timer.elapsed() < 1500);
    qint64 waited = 0;
    for (const Hop& hop : trace.hops)
        waited += hop.waitMicros;
    QVERIFY(waited >= 100'000);
    QVERIFY(trace.detail.contains(QString::fromLatin1(error.split(' ').first())));
}

void CommandRunTest::plainClientDoesNotWait()
{
    m_s02->on("GET", "-TRYAGAIN Multiple keys\r\n");
    QCOMPARE(summary(finished(Behaviour::plainClient())), u"S02 tryagain => error"_s);
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
    CommandRun run(m_pool.get(), { "GET", "user:2935" }, Behaviour::clusterClientWithMap(),
        cluster::Topology::build(data), m_seed);
    run.start();
    const Trace trace = finished(&run);
    QCOMPARE(summary(trace), u" => slot_unowned"_s);
    QVERIFY(trace.detail.contains(u"1738"));
}

void CommandRunTest::ownerWithoutAddress()
{
    cluster::TopologyData data = m_map.data();
    data.nodes[2].address = {};
    CommandRun run(m_pool.get(), { "GET", "user:2935" }, Behaviour::clusterClientWithMap(),
        cluster::Topology::build(data), m_seed);
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
    QTest::newRow("PSYNC") << Argv { "PSYNC", "?", "-1" };
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
        { Argv { "MULTI" }, Argv { "select", "1" }, Argv { "CLIENT", "REPLY", "OFF" },
            Argv { "BLPOP", "k", "0" }, Argv { "WATCH", "k" } }) {
        const Trace trace = finished(Behaviour::plainClient(), argv);
        QCOMPARE(trace.outcome, TraceOutcome::Reply);
        QCOMPARE(m_s02->connectionCount(), ++connections);
        QVERIFY(trace.hops.first().connectMicros);
    }
    finished(Behaviour::plainClient(), { "PING" });
    QCOMPARE(m_s02->connectionCount(), connections);
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

void CommandRunTest::poolCloses()
{
    m_s03->on("GET", { { Act::Silence, {}, 0 } });
    CommandRun* run = newRun();
    run->start();
    QTRY_COMPARE(commandsOf(*m_s03).size(), 1);
    QSignalSpy ends(run, &CommandRun::finished);
    m_pool->closeAll();
    QCOMPARE(ends.size(), 0);
    QCOMPARE(summary(finished(run)), u"S03 outcome_unknown => outcome_unknown"_s);

    CommandRun* early = newRun();
    early->start();
    m_pool->closeAll();
    QCOMPARE(summary(finished(early)), u"S03 cancelled => cancelled"_s);
}

void CommandRunTest::deletedWhileRunning()
{
    m_s03->on("GET", { { Act::Answer, FakeNode::bulk("ok"), 100 } });
    newRun()->start();
    m_run.reset();
    newRun()->start();
    QTRY_COMPARE(commandsOf(*m_s03).size(), 1);
    m_run.reset(); // its reply comes to nobody
    newRun()->cancel();
    m_run.reset();
    newRun(Behaviour::clusterClientWithMap(), { "BLPOP", "user:2935", "0" })->start();
    QTest::qWait(20);
    m_run.reset();
    QTest::qWait(200);
}

void CommandRunTest::deletedByItsListener()
{
    m_s03->on("GET", redirect("MOVED", *m_s01));
    m_s01->on("GET", FakeNode::bulk("ok"));
    for (int changes = 1; changes <= 4; ++changes) {
        newRun()->start();
        int seen = 0;
        connect(m_run.get(), &CommandRun::traceChanged, this, [&] {
            if (++seen == changes)
                m_run.reset();
        });
        QTest::qWait(60);
        m_run.reset();
    }
    newRun()->start();
    connect(m_run.get(), &CommandRun::finished, this, [this] { m_run.reset(); });
    QTRY_VERIFY(!m_run);
    newRun()->start();
    connect(m_run.get(), &CommandRun::movedSeen, this, [this] { m_run.reset(); });
    QTRY_VERIFY(!m_run);
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::CommandRunTest)
#include "tst_commandrun.moc"
