// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/keyslot.h"
#include "core/command/pipelinerun.h"
#include "core/command/pipelinetraces.h"
#include "tests/core/commandrunfixture.h"

#include <algorithm>

namespace slotscope::tests {

class PipelineRunTest final : public CommandRunFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { tearDown(); }
    void nothing();
    void aShortOneLeavesTraces();
    void aLongOneLeavesAChoice();
    void theChoiceIsBounded();
    void eachToItsOwner();
    void leavesInOneWrite();
    void onlyTheRedirectedGoAgain();
    void orderOfASlotIsKept();
    void askedOnesHaveTheirOwnAsking();
    void waits_data();
    void waits();
    void givesUp();
    void circle();
    void endlessRedirects();
    void movedToItself();
    void unusableTarget();
    void unusableTargetWaitsForTheMap();
    void demotedPrimary_data();
    void demotedPrimary();
    void tryAgainStaysWithItsAsk();
    void lostAfterSending();
    void notConnected();
    void goesToTheNewOwner();
    void wrongPassword();
    void notSent();
    void cancel();
    void deletedWhileRunning();
    void manyMoreThanFitInFlight();
    void twoNodesExchangeTheirSlots();

private:
    // Where slot 1738 has moved to S01, as the session knows and the run does not.
    RunContext failover()
    {
        RunContext changed = context();
        changed.latestMap
            = [this] { return m_map.withOwner(cluster::Slot(slot1738), m_s01->endpoint()); };
        return changed;
    }
    void run(PipelineRun& pipeline, int timeout = 5000);
    QString outcomes(const PipelineRun& pipeline) const;
    QList<Trace> tracesOf(const PipelineRun& pipeline) const;
    RunContext context() const { return { m_pool.get(), m_map, m_seed, m_limits }; }
    static Argv get(const QByteArray& key) { return { "GET", key }; }
};

void PipelineRunTest::init()
{
    setUp();
    net::ConnectionOptions patient = m_pool->options();
    patient.timeout = std::chrono::seconds(10); // the fake nodes are slower than the pipeline
    m_pool = std::make_unique<net::ConnectionPool>(patient);
    for (FakeNode* node : { m_s01.get(), m_s02.get(), m_s03.get() }) {
        node->on("ASKING", "+OK\r\n");
        for (const char* name : { "a", "b", "c", "d" })
            node->on(QByteArray("GET {user:2935}") + name, FakeNode::bulk(name));
    }
}

void PipelineRunTest::run(PipelineRun& pipeline, int timeout)
{
    QSignalSpy ends(&pipeline, &PipelineRun::finished);
    pipeline.start();
    QVERIFY(ends.wait(timeout));
    QTest::qWait(20); // a second finished() would come now
    QCOMPARE(ends.size(), 1);
    QCOMPARE(pipeline.counts().done, pipeline.results().size());
}

QString PipelineRunTest::outcomes(const PipelineRun& pipeline) const
{
    QStringList all;
    for (const PipelineResult& result : pipeline.results()) {
        all << (result.outcome == TraceOutcome::Reply ? QString::fromLatin1(result.reply.text())
                                                      : traceOutcomeName(result.outcome));
    }
    return all.join(u' ');
}

QList<Trace> PipelineRunTest::tracesOf(const PipelineRun& pipeline) const
{
    QList<Trace> traces;
    const QList<TracedCommand> all = pipeline.traces();
    for (const TracedCommand& command : all)
        traces.append(command.trace);
    return traces;
}

void PipelineRunTest::nothing()
{
    PipelineRun pipeline(context(), {});
    run(pipeline);
    QVERIFY(pipeline.results().isEmpty());
}

void PipelineRunTest::aShortOneLeavesTraces()
{
    m_s03->on("GET {user:2935}b", redirect("MOVED", *m_s01));
    m_s03->on("GET {user:2935}c", redirect("ASK", *m_s01));
    m_s03->on("GET {user:2935}d",
        { { Act::Answer, "-TRYAGAIN no\r\n" }, { Act::Answer, FakeNode::bulk("d") } });
    PipelineRun pipeline(context(),
        { get("{user:2935}a"), get("{user:2935}b"), get("{user:2935}c"), get("{user:2935}d"),
            { "MGET", "a", "b" }, { "AUTH", "secret" } });
    run(pipeline);
    QCOMPARE(outcomes(pipeline), u"a b c d cross_slot not_sent"_s);
    const QList<Trace> traces = tracesOf(pipeline);
    QCOMPARE(traces.size(), 6);
    for (qsizetype i = 0; i < traces.size(); ++i)
        QCOMPARE(traces.at(i).outcome, pipeline.results().at(i).outcome);

    QCOMPARE(traces.at(0).hops.size(), 1);
    QCOMPARE(traces.at(0).hops.first().nodeLabel, u"S03"_s);
    QCOMPARE(traces.at(0).hops.first().outcome, HopOutcome::Reply);
    QCOMPARE(traces.at(0).reply.text(), QByteArrayView("a"));
    QCOMPARE(traces.at(0).slot, cluster::Slot(slot1738));
    QVERIFY(traces.at(0).startedMicros > 0);

    const QList<Hop>& moved = traces.at(1).hops;
    QCOMPARE(moved.size(), 2);
    QCOMPARE(moved.first().outcome, HopOutcome::Moved);
    QVERIFY(moved.first().raw.startsWith("MOVED 1738"));
    QVERIFY(moved.first().mapChanged);
    QCOMPARE(moved.first().targetLabel, u"S01"_s);
    QCOMPARE(moved.last().nodeLabel, u"S01"_s);
    QVERIFY(moved.last().startedMicros >= moved.first().micros);
    QCOMPARE(moved.last().waitMicros, 0);

    const QList<Hop>& asked = traces.at(2).hops;
    QCOMPARE(asked.size(), 2);
    QCOMPARE(asked.first().outcome, HopOutcome::Ask);
    QVERIFY(!asked.first().mapChanged && !asked.first().asking && asked.last().asking);

    QCOMPARE(traces.at(3).hops.first().outcome, HopOutcome::TryAgain);
    QVERIFY(traces.at(3).hops.last().waitMicros > 0);
    QVERIFY(traces.at(4).hops.isEmpty());
    QVERIFY(traces.at(4).detail.contains(u"slot"));
    QVERIFY(!traces.at(5).argv.contains("secret"));
}

void PipelineRunTest::aLongOneLeavesAChoice()
{
    m_s03->on("GET {user:2935}b", redirect("MOVED", *m_s01));
    m_s03->on("GET {user:2935}c", redirect("ASK", *m_s01));
    m_s03->on("GET {user:2935}d",
        { { Act::Answer, "-WRONGTYPE no\r\n" }, { Act::Answer, FakeNode::bulk("d") } });
    QList<Argv> commands(1000, get("{user:2935}a"));
    commands[101] = get("{user:2935}c"); // none of the sample
    commands[103] = get("{user:2935}d");
    commands[105] = { "MGET", "a", "b" };
    commands[999] = get("{user:2935}b");
    PipelineRun pipeline(context(), commands);
    QCOMPARE(pipeline.traces().size(), PipelineTraces::mostSampled);
    run(pipeline);

    const QList<TracedCommand> traces = pipeline.traces();
    QCOMPARE(traces.size(), PipelineTraces::mostSampled + 4);
    QHash<int, Trace> byIndex;
    int last = -1;
    for (const TracedCommand& command : traces) {
        QVERIFY(command.index > last);
        last = command.index;
        QCOMPARE(command.trace.argv, commands.at(command.index));
        QCOMPARE(command.trace.outcome, pipeline.results().at(command.index).outcome);
        QCOMPARE(command.trace.hops.isEmpty(), command.index == 105);
        byIndex.insert(command.index, command.trace);
    }
    // As if they had been watched from the beginning.
    const QList<Hop>& asked = byIndex.value(101).hops;
    QCOMPARE(asked.size(), 2);
    QCOMPARE(asked.first().outcome, HopOutcome::Ask);
    QCOMPARE(asked.first().nodeLabel, u"S03"_s);
    QCOMPARE(asked.first().targetLabel, u"S01"_s);
    QVERIFY(asked.last().asking);
    QVERIFY(asked.last().startedMicros >= asked.first().micros);
    QCOMPARE(byIndex.value(101).slot, cluster::Slot(slot1738));
    QVERIFY(byIndex.value(101).startedMicros > 0);
    QCOMPARE(byIndex.value(103).hops.first().outcome, HopOutcome::Error);
    QCOMPARE(byIndex.value(105).outcome, TraceOutcome::CrossSlot);
    QVERIFY(byIndex.value(999).hops.first().mapChanged);
}

void PipelineRunTest::theChoiceIsBounded()
{
    m_s03->on("GET {user:2935}b", redirect("MOVED", *m_s01));
    QList<Argv> commands(1000, get("{user:2935}b"));
    for (int i = 0; i < 500; ++i)
        commands[i] = { "MGET", "a", "b" };
    PipelineRun pipeline(context(), commands);
    run(pipeline);
    QCOMPARE(pipeline.counts().done, 1000);
    const QList<TracedCommand> traces = pipeline.traces();
    const auto redirected = std::count_if(traces.begin(), traces.end(),
        [](const TracedCommand& command) { return command.trace.hops.size() > 1; });
    QVERIFY(redirected > 0);
    QVERIFY(redirected <= PipelineTraces::mostRedirected + PipelineTraces::mostSampled);
    const auto refused = std::count_if(traces.begin(), traces.end(),
        [](const TracedCommand& command) { return command.trace.hops.isEmpty(); });
    QCOMPARE(refused, PipelineTraces::mostRefused + PipelineTraces::mostSampled / 2);
    for (const TracedCommand& command : traces)
        QVERIFY(command.trace.isComplete());
}

void PipelineRunTest::eachToItsOwner()
{
    const cluster::Node& other
        = *m_map.ownerOf(cluster::keySlot("k")); // whoever it is, not S03 alone
    FakeNode* node = other.address == m_s01->endpoint() ? m_s01.get()
        : other.address == m_s02->endpoint()            ? m_s02.get()
                                                        : m_s03.get();
    node->on("GET k", FakeNode::bulk("k"));
    m_s02->on("PING", "+PONG\r\n");
    PipelineRun pipeline(context(),
        { get("{user:2935}a"), get("k"), { "PING" }, get("{user:2935}b"), { "MGET", "a", "b" } });
    run(pipeline);
    QCOMPARE(outcomes(pipeline), u"a k PONG b cross_slot"_s);
    QVERIFY(commandsOf(*m_s02).contains("PING")); // the seed
}

void PipelineRunTest::leavesInOneWrite()
{
    QList<Argv> commands;
    for (int i = 0; i < 50; ++i)
        commands.append(get("{user:2935}a"));
    PipelineRun pipeline(context(), commands);
    run(pipeline);
    QCOMPARE(m_s03->connectionCount(), 1);
    const auto most = std::max_element(m_s03->chunks().begin(), m_s03->chunks().end(),
        [](const QByteArray& a, const QByteArray& b) { return a.size() < b.size(); });
    QCOMPARE(most->count("GET"), 50);
}

void PipelineRunTest::onlyTheRedirectedGoAgain()
{
    m_s03->on("GET {user:2935}b", redirect("MOVED", *m_s01));
    PipelineRun pipeline(
        context(), { get("{user:2935}a"), get("{user:2935}b"), get("{user:2935}c") });
    QSignalSpy movedSeen(&pipeline, &PipelineRun::movedSeen);
    run(pipeline);
    QCOMPARE(outcomes(pipeline), u"a b c"_s);
    QCOMPARE(commandsOf(*m_s01), QList<QByteArray> { "GET {user:2935}b" });
    QCOMPARE(movedSeen.size(), 1);
    QCOMPARE(pipeline.counts().moved, 1);
}

// Of one slot: whatever is sent later goes behind what is sent again.
void PipelineRunTest::orderOfASlotIsKept()
{
    m_s03->on("SET", redirect("MOVED", *m_s01));
    m_s01->on("SET", "+OK\r\n");
    QList<Argv> commands;
    QList<QByteArray> expected;
    for (int i = 0; i < 12'000; ++i) { // more than are in flight at once
        commands.append({ "SET", "user:2935", QByteArray::number(i) });
        expected.append("SET user:2935 " + QByteArray::number(i));
    }
    PipelineRun pipeline(context(), commands);
    QSignalSpy movedSeen(&pipeline, &PipelineRun::movedSeen);
    run(pipeline, 20'000);
    QCOMPARE(commandsOf(*m_s01), expected);
    QVERIFY(commandsOf(*m_s03).size() < 12'000); // the others went straight to the new owner
    QCOMPARE(movedSeen.size(), 1);
}

void PipelineRunTest::askedOnesHaveTheirOwnAsking()
{
    m_s03->on("GET {user:2935}b", redirect("ASK", *m_s01));
    m_s03->on("GET {user:2935}c", redirect("ASK", *m_s01));
    PipelineRun pipeline(
        context(), { get("{user:2935}a"), get("{user:2935}b"), get("{user:2935}c") });
    QSignalSpy movedSeen(&pipeline, &PipelineRun::movedSeen);
    run(pipeline);
    QCOMPARE(outcomes(pipeline), u"a b c"_s);
    QCOMPARE(commandsOf(*m_s01),
        (QList<QByteArray> { "ASKING", "GET {user:2935}b", "ASKING", "GET {user:2935}c" }));
    QVERIFY(movedSeen.isEmpty());
}

void PipelineRunTest::waits_data()
{
    QTest::addColumn<QByteArray>("error");
    for (const char* word : { "TRYAGAIN", "CLUSTERDOWN", "LOADING" })
        QTest::newRow(word) << QByteArray(word);
}

void PipelineRunTest::waits()
{
    QFETCH(QByteArray, error);
    m_s03->on("GET {user:2935}b",
        { { Act::Answer, "-" + error + " no\r\n" }, { Act::Answer, "-" + error + " no\r\n" },
            { Act::Answer, FakeNode::bulk("b") } });
    PipelineRun pipeline(
        context(), { get("{user:2935}a"), get("{user:2935}b"), get("{user:2935}c") });
    QSignalSpy refreshWanted(&pipeline, &PipelineRun::refreshWanted);
    run(pipeline);
    QCOMPARE(outcomes(pipeline), u"a b c"_s);
    QCOMPARE(pipeline.counts().retried, 2);
    QCOMPARE(!refreshWanted.isEmpty(), error == "CLUSTERDOWN");
}

void PipelineRunTest::givesUp()
{
    m_limits.deadlineMs = 150;
    m_s03->on("GET {user:2935}b", "-CLUSTERDOWN The cluster is down\r\n");
    PipelineRun pipeline(context(), { get("{user:2935}a"), get("{user:2935}b") });
    run(pipeline);
    QCOMPARE(outcomes(pipeline), u"a gave_up"_s);
    QVERIFY(pipeline.results().at(1).reply.isError());
}

void PipelineRunTest::circle()
{
    m_s03->on("GET", redirect("MOVED", *m_s01));
    m_s01->on("GET", redirect("MOVED", *m_s03));
    PipelineRun pipeline(context(), { get("user:2935"), get("user:2935") });
    run(pipeline);
    QCOMPARE(outcomes(pipeline), u"too_many_redirects too_many_redirects"_s);
    QCOMPARE(commandsOf(*m_s03).size(), 4); // S03 says the same a second time
    QCOMPARE(commandsOf(*m_s01).size(), 2);
}

void PipelineRunTest::endlessRedirects()
{
    m_s03->on("GET", redirect("ASK", *m_s01));
    m_s01->on("GET", redirect("ASK", *m_s03));
    PipelineRun pipeline(context(), { get("user:2935"), get("user:2935") });
    run(pipeline);
    QCOMPARE(outcomes(pipeline), u"too_many_redirects too_many_redirects"_s);
    const auto visits
        = commandsOf(*m_s03).count("GET user:2935") + commandsOf(*m_s01).count("GET user:2935");
    QCOMPARE(visits, 2 * m_limits.maxHops);
}

void PipelineRunTest::movedToItself()
{
    m_s03->on("GET user:2935",
        { { Act::Answer, redirect("MOVED", *m_s03) }, { Act::Answer, FakeNode::bulk("ok") } });
    PipelineRun pipeline(context(), { get("user:2935") });
    run(pipeline);
    QCOMPARE(outcomes(pipeline), u"ok"_s);
    QCOMPARE(m_s03->connectionCount(), 2);
}

void PipelineRunTest::unusableTarget()
{
    m_s03->on("GET user:2935", "-MOVED 1738 ?:1\r\n");
    PipelineRun pipeline(context(), { get("user:2935") });
    run(pipeline);
    QCOMPARE(outcomes(pipeline), u"gave_up"_s);
}

void PipelineRunTest::unusableTargetWaitsForTheMap()
{
    m_s03->on("GET {user:2935}a", "-MOVED 1738 ?:1\r\n");
    PipelineRun pipeline(failover(), { get("{user:2935}a"), get("{user:2935}b") });
    QSignalSpy refreshWanted(&pipeline, &PipelineRun::refreshWanted);
    run(pipeline);
    QCOMPARE(outcomes(pipeline), u"a b"_s);
    QCOMPARE(commandsOf(*m_s01), QList<QByteArray> { "GET {user:2935}a" });
    QVERIFY(!refreshWanted.isEmpty());
}

void PipelineRunTest::demotedPrimary_data()
{
    QTest::addColumn<QByteArray>("error");
    QTest::addColumn<bool>("canLearn");
    QTest::addColumn<QString>("outcome");
    const auto readOnly = "READONLY You can't write against a read only replica."_ba;
    const auto unblocked = "UNBLOCKED force unblock from blocking operation, instance state "
                           "changed (master -> replica?)"_ba;
    QTest::newRow("READONLY") << readOnly << true << u"a"_s;
    QTest::newRow("READONLY, nobody knows better") << readOnly << false << u"error"_s;
    QTest::newRow("UNBLOCKED") << unblocked << true << u"a"_s;
    QTest::newRow("UNBLOCKED by somebody")
        << "UNBLOCKED client unblocked via CLIENT UNBLOCK"_ba << true << u"error"_s;
}

void PipelineRunTest::demotedPrimary()
{
    QFETCH(QByteArray, error);
    QFETCH(bool, canLearn);
    QFETCH(QString, outcome);
    m_s03->on("GET {user:2935}a", '-' + error + "\r\n");
    PipelineRun pipeline(canLearn ? failover() : context(), { get("{user:2935}a") });
    run(pipeline);
    QCOMPARE(outcomes(pipeline), outcome);
    QCOMPARE(pipeline.counts().retried, outcome == u"a" ? 1 : 0);
}

// Whatever a newer map says: it is for this node.
void PipelineRunTest::tryAgainStaysWithItsAsk()
{
    m_s03->on("GET {user:2935}a", redirect("ASK", *m_s02));
    m_s02->on("GET {user:2935}a",
        { { Act::Answer, "-TRYAGAIN no\r\n" }, { Act::Answer, FakeNode::bulk("a") } });
    PipelineRun pipeline(failover(), { get("{user:2935}a") });
    run(pipeline);
    QCOMPARE(outcomes(pipeline), u"a"_s);
    QCOMPARE(commandsOf(*m_s02),
        (QList<QByteArray> { "ASKING", "GET {user:2935}a", "ASKING", "GET {user:2935}a" }));
}

void PipelineRunTest::lostAfterSending()
{
    m_s03->on("GET {user:2935}b", { { Act::Close, {}, 0 } });
    PipelineRun pipeline(context(),
        { get("{user:2935}a"), get("{user:2935}b"), get("{user:2935}c"), { "GET", "k" } });
    for (FakeNode* node : { m_s01.get(), m_s02.get() })
        node->on("GET k", FakeNode::bulk("k"));
    run(pipeline);
    QCOMPARE(outcomes(pipeline), u"a outcome_unknown outcome_unknown k"_s);
    QTest::qWait(100);
    QCOMPARE(m_s03->connectionCount(), 1); // never sent again
}

void PipelineRunTest::notConnected()
{
    m_s03->close();
    PipelineRun pipeline(context(), { get("{user:2935}a") });
    run(pipeline);
    QCOMPARE(outcomes(pipeline), u"connect_failed"_s);
}

// The owner does not answer, and the map comes to know another one.
void PipelineRunTest::goesToTheNewOwner()
{
    m_s03->close();
    PipelineRun pipeline(failover(), { get("{user:2935}a"), get("{user:2935}b") });
    run(pipeline);
    QCOMPARE(outcomes(pipeline), u"a b"_s);
    QCOMPARE(commandsOf(*m_s01), (QList<QByteArray> { "GET {user:2935}a", "GET {user:2935}b" }));
}

// A password is not tried in a loop, and the result says why.
void PipelineRunTest::wrongPassword()
{
    net::ConnectionOptions options = m_pool->options();
    options.password = u"wrong"_s;
    m_pool = std::make_unique<net::ConnectionPool>(options);
    m_s03->on("HELLO", "-WRONGPASS invalid username-password pair or user is disabled.\r\n");
    m_s03->on("AUTH", "-WRONGPASS invalid username-password pair or user is disabled.\r\n");
    PipelineRun pipeline(failover(), { get("{user:2935}a"), get("{user:2935}b") });
    run(pipeline);
    QCOMPARE(outcomes(pipeline), u"connect_failed connect_failed"_s);
    QCOMPARE(m_s03->connectionCount(), 1);
    QVERIFY(commandsOf(*m_s01).isEmpty());
    for (const PipelineResult& result : pipeline.results()) {
        QVERIFY(result.error);
        QVERIFY(result.error->code == support::ErrorCode::AuthFailed);
    }
}

void PipelineRunTest::notSent()
{
    PipelineRun pipeline(context(),
        { {}, { "BLPOP", "k", "0" }, { "SUBSCRIBE", "c" }, { "MULTI" },
            { "CLIENT", "REPLY", "OFF" } });
    run(pipeline);
    QCOMPARE(outcomes(pipeline), u"not_sent not_sent not_sent not_sent not_sent"_s);
    QCOMPARE(m_s02->connectionCount(), 0);
}

void PipelineRunTest::cancel()
{
    m_s03->on("GET {user:2935}b", { { Act::Silence, {}, 0 } });
    m_s03->on("GET {user:2935}d", "-TRYAGAIN no\r\n");
    m_limits.tryAgainFirstMs = 10'000;
    PipelineRun pipeline(context(), { get("{user:2935}a"), get("{user:2935}b") });
    QSignalSpy ends(&pipeline, &PipelineRun::finished);
    pipeline.start();
    QTRY_COMPARE(pipeline.counts().done, 1);
    pipeline.cancel();
    pipeline.cancel();
    QCOMPARE(ends.size(), 0);
    QVERIFY(ends.wait());
    QCOMPARE(outcomes(pipeline), u"a outcome_unknown"_s);

    PipelineRun waiting(context(), { get("{user:2935}d"), get("{user:2935}a") });
    waiting.start();
    QTRY_COMPARE(waiting.counts().retried, 1);
    waiting.cancel();
    QTRY_COMPARE(waiting.counts().done, 2);
    QCOMPARE(outcomes(waiting), u"cancelled a"_s);
    QTest::qWait(30);
    QCOMPARE(ends.size(), 1);
}

void PipelineRunTest::deletedWhileRunning()
{
    m_s03->on("GET {user:2935}b", "-TRYAGAIN no\r\n");
    auto pipeline = std::make_unique<PipelineRun>(
        context(), QList<Argv> { get("{user:2935}a"), get("{user:2935}b") });
    pipeline->start();
    QTRY_VERIFY(pipeline->counts().retried >= 1);
    pipeline.reset();
    QTest::qWait(60);
    auto again = std::make_unique<PipelineRun>(context(), QList<Argv> { get("{user:2935}a") });
    connect(again.get(), &PipelineRun::finished, this, [&] { again.reset(); });
    again->start();
    QTRY_VERIFY(!again);
}

void PipelineRunTest::manyMoreThanFitInFlight()
{
    QList<Argv> commands;
    for (int i = 0; i < 25'000; ++i)
        commands.append(get(i % 2 == 0 ? "{user:2935}a" : "{user:2935}b"));
    PipelineRun pipeline(context(), commands);
    run(pipeline, 30'000);
    for (int i = 0; i < commands.size(); ++i)
        QCOMPARE(pipeline.results().at(i).reply.text(), i % 2 == 0 ? "a"_ba : "b"_ba);
}

// What waits for one goes to the other.
void PipelineRunTest::twoNodesExchangeTheirSlots()
{
    QList<Argv> ofS01;
    QList<Argv> ofS03;
    for (int i = 0; ofS01.size() < 4000 || ofS03.size() < 4000; ++i) {
        const QByteArray tag = '{' + QByteArray::number(i) + '}';
        const net::Endpoint& owner = m_map.ownerOf(cluster::keySlot(tag))->address;
        if (owner == m_s01->endpoint() && ofS01.size() < 4000)
            ofS01.append({ "GET", "a" + tag });
        else if (owner == m_s03->endpoint() && ofS03.size() < 4000)
            ofS03.append({ "STRLEN", "c" + tag });
    }
    QList<Argv> commands;
    for (int round = 0; round < 5; ++round)
        commands += ofS01 + ofS03;
    m_s01->on("GET", redirect("MOVED", *m_s03));
    m_s01->on("STRLEN", FakeNode::bulk("c"));
    m_s03->on("STRLEN", redirect("MOVED", *m_s01));
    m_s03->on("GET", FakeNode::bulk("a"));
    PipelineRun pipeline(context(), commands);
    run(pipeline, 30'000);
    for (int i = 0; i < commands.size(); ++i)
        QCOMPARE(pipeline.results().at(i).reply.text(), commands.at(i).at(1).first(1));
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::PipelineRunTest)
#include "tst_pipelinerun.moc"
