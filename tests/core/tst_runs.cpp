// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/keyslot.h"
#include "core/command/keylookup.h"
#include "core/resp/replyreader.h"
#include "tests/core/sessionfixture.h"

#include <QRegularExpression>
#include <QTest>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using command::Argv;
using command::Behaviour;
using command::CommandTable;
using command::FanOut;
using command::FanOutOutcome;
using command::FanOutTarget;
using command::Pipeline;
using command::PipelineProgress;
using command::Trace;
using command::TraceOutcome;
using session::Confirmation;
using session::IoThread;
using session::Session;
using session::SessionHandle;

namespace {

// Of "k" the slot is 7629, which A owns; of "foo" it is 12182, which B owns.
const QByteArray keyOfA = "k";
const QByteArray keyOfB = "foo";

QByteArray moduleTable()
{
    return "*2\r\n*6\r\n$5\r\nm.get\r\n:2\r\n*1\r\n+readonly\r\n:1\r\n:1\r\n:1\r\n"
           "*6\r\n$6\r\nm.move\r\n:-2\r\n*2\r\n+write\r\n+movablekeys\r\n:0\r\n:0\r\n:0\r\n";
}

} // namespace

/// What a session does with commands beyond sending them: its command table, keys that only the
/// server knows, several nodes at once.
class RunsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void loadsTheTableOnce();
    void doesWithoutATable_data();
    void doesWithoutATable();
    void asksASentinelForNoTable();
    void usesTheServersTable();

    void asksForUnknownKeys();
    void knownKeysAreNotAskedFor();
    void lookupThatFails_data();
    void lookupThatFails();
    void silentLookup();
    void cancelsDuringALookup();
    void dropsALookupWithTheSession();
    void positions_data();
    void positions();

    void fansOut();
    void idsAreCommon();
    void cancelsAFanOut();
    void handlePassesFanOuts();

    void runsATransaction();
    void cancelsATransaction();
    void runsAPipeline();
    void tellsTheProgressOfAPipeline();
    void cancelsAPipeline();
    void handlePassesPipelines();
    void dropsWhatRunsWithTheSession();

    void tellsRedirectsWhileTheyCome();
    void knowsWhoRedirectsByAnotherName();
    void readOnlySendsNoWrites();
    void dangerousMustBeConfirmed();

private:
    void open(std::chrono::milliseconds tableDelay = 10min, bool readOnly = false);
    Trace run(const Argv& argv, const Behaviour& behaviour = Behaviour::clusterClientWithMap());

    std::unique_ptr<FakeCluster> m_fakes;
    std::unique_ptr<Session> m_session;
    quint64 m_lastId = 0;
};

void RunsTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    QCOMPARE(cluster::keySlot(keyOfA).number(), 7629);
    QCOMPARE(cluster::keySlot(keyOfB).number(), 12182);
    m_fakes = std::make_unique<FakeCluster>();
}

void RunsTest::cleanup()
{
    m_session.reset();
    m_fakes.reset();
}

void RunsTest::open(std::chrono::milliseconds tableDelay, bool readOnly)
{
    auto config = m_fakes->config(0ms);
    config.readOnly = readOnly;
    config.commandTableDelay = tableDelay;
    m_session = std::make_unique<Session>(config);
    QSignalSpy topologies(m_session.get(), &Session::topologyChanged);
    m_session->open();
    QTRY_VERIFY(!topologies.isEmpty());
}

Trace RunsTest::run(const Argv& argv, const Behaviour& behaviour)
{
    QSignalSpy finished(m_session.get(), &Session::runFinished);
    m_session->run(++m_lastId, argv, behaviour);
    if (!QTest::qWaitFor([&] { return !finished.isEmpty(); }, 5000)) {
        QTest::qFail("the run does not finish", __FILE__, __LINE__);
        return {};
    }
    return finished.first().at(1).value<Trace>();
}

void RunsTest::loadsTheTableOnce()
{
    m_fakes->nodes[primaryA]->on("COMMAND", moduleTable());
    open(50ms);
    QSignalSpy tables(m_session.get(), &Session::commandTableChanged);
    QVERIFY(!m_session->commandTable().isFromServer());
    QTRY_COMPARE(tables.size(), 1);
    QVERIFY(m_session->commandTable().isFromServer());
    QVERIFY(tables.first().first().value<CommandTable>().find("m.get"));
    QSignalSpy topologies(m_session.get(), &Session::topologyChanged);
    m_session->refresh();
    QTRY_COMPARE(topologies.size(), 1);
    QTest::qWait(150);
    QCOMPARE(m_fakes->askedAll("COMMAND"), 1);
    QCOMPARE(m_fakes->asked(primaryA, "COMMAND"), 1);
}

void RunsTest::doesWithoutATable_data()
{
    QTest::addColumn<QByteArray>("reply");
    QTest::newRow("no permission") << QByteArray("-NOPERM this user has no permissions\r\n");
    QTest::newRow("unknown command") << QByteArray("-ERR unknown command\r\n");
    QTest::newRow("nonsense") << QByteArray(":1\r\n");
    QTest::newRow("empty") << QByteArray("*0\r\n");
}

void RunsTest::doesWithoutATable()
{
    QFETCH(QByteArray, reply);
    m_fakes->nodes[primaryA]->on("COMMAND", reply);
    open(0ms);
    QSignalSpy tables(m_session.get(), &Session::commandTableChanged);
    QTRY_COMPARE(m_fakes->asked(primaryA, "COMMAND"), 1);
    m_fakes->nodes[primaryB]->on("GET foo", FakeNode::bulk("v"));
    QCOMPARE(run({ "GET", keyOfB }).outcome, TraceOutcome::Reply);
    QVERIFY(tables.isEmpty());
    QVERIFY(!m_session->commandTable().isFromServer());
}

void RunsTest::asksASentinelForNoTable()
{
    FakeNode sentinel;
    sentinel.on("INFO server", FakeNode::bulk("# Server\r\nredis_mode:sentinel\r\n"));
    sentinel.on("ROLE", "*2\r\n$8\r\nsentinel\r\n*0\r\n");
    sentinel.on("SENTINEL MASTERS", "*0\r\n");
    auto config = m_fakes->config(0ms);
    config.endpoint.endpoint = sentinel.endpoint();
    config.commandTableDelay = 0ms;
    m_session = std::make_unique<Session>(config);
    QSignalSpy topologies(m_session.get(), &Session::topologyChanged);
    m_session->open();
    QTRY_VERIFY(!topologies.isEmpty());
    QCOMPARE(lastTopology(topologies).data().kind, cluster::Kind::Sentinel);
    QTest::qWait(50);
    QVERIFY(!sentinel.received().contains("COMMAND"));
}

void RunsTest::usesTheServersTable()
{
    m_fakes->nodes[primaryA]->on("COMMAND", moduleTable());
    m_fakes->nodes[primaryB]->on("M.GET foo", FakeNode::bulk("v"));
    open(0ms);
    QTRY_VERIFY(m_session->commandTable().isFromServer());
    const Trace trace = run({ "M.GET", keyOfB });
    QCOMPARE(trace.outcome, TraceOutcome::Reply);
    QCOMPARE(trace.keys, QList<QByteArray> { keyOfB });
    QCOMPARE(trace.slot, cluster::keySlot(keyOfB));
    QCOMPARE(m_fakes->askedAll("COMMAND GETKEYS M.GET foo"), 0);
    // It listed its commands: what is not among them has no keys to ask for.
    m_fakes->nodes[primaryA]->on("NOSUCH foo", "-ERR unknown command\r\n");
    QCOMPARE(run({ "NOSUCH", keyOfB }).outcome, TraceOutcome::Error);
    QCOMPARE(m_fakes->askedAll("COMMAND GETKEYS NOSUCH foo"), 0);
}

void RunsTest::asksForUnknownKeys()
{
    m_fakes->nodes[primaryA]->on("COMMAND GETKEYS M.NEW x foo", "*1\r\n$3\r\nfoo\r\n");
    m_fakes->nodes[primaryB]->on("M.NEW x foo", "+OK\r\n");
    open();
    const Trace trace = run({ "M.NEW", "x", keyOfB });
    QCOMPARE(trace.outcome, TraceOutcome::Reply);
    QCOMPARE(trace.keys, QList<QByteArray> { keyOfB });
    QCOMPARE(trace.hops.size(), 1); // straight to the owner; the question is in no trace
    QCOMPARE(m_fakes->asked(primaryA, "COMMAND GETKEYS M.NEW x foo"), 1);
    QCOMPARE(m_fakes->asked(primaryA, "M.NEW x foo"), 0);

    // The server has more to say of it than its table does.
    m_fakes->nodes[primaryA]->on("COMMAND GETKEYS M.TWO k foo", "*2\r\n$1\r\nk\r\n$3\r\nfoo\r\n");
    QCOMPARE(run({ "M.TWO", keyOfA, keyOfB }).outcome, TraceOutcome::CrossSlot);
}

void RunsTest::knownKeysAreNotAskedFor()
{
    m_fakes->nodes[primaryB]->on("GET foo", FakeNode::bulk("v"));
    m_fakes->nodes[primaryA]->on("M.NEW foo", "+OK\r\n");
    open();
    QCOMPARE(run({ "GET", keyOfB }).outcome, TraceOutcome::Reply);
    // A client without a map does not look where the keys are.
    QCOMPARE(run({ "M.NEW", keyOfB }, Behaviour::plainClient()).outcome, TraceOutcome::Reply);
    for (const auto& node : m_fakes->nodes) {
        for (const QByteArray& line : node->received())
            QVERIFY2(!line.startsWith("COMMAND"), line.constData());
    }
}

void RunsTest::lookupThatFails_data()
{
    QTest::addColumn<QByteArray>("reply");
    QTest::newRow("no keys") << QByteArray("-ERR The command has no key arguments\r\n");
    QTest::newRow("no keys, Redis 4") << QByteArray("*0\r\n");
    QTest::newRow("unknown") << QByteArray("-ERR Invalid command specified\r\n");
    QTest::newRow("arguments") << QByteArray("-ERR Invalid arguments specified for command\r\n");
    QTest::newRow("no permission") << QByteArray("-NOPERM this user has no permissions\r\n");
    QTest::newRow("another key") << QByteArray("*1\r\n$5\r\nother\r\n");
    QTest::newRow("the name") << QByteArray("*1\r\n$5\r\nM.NEW\r\n");
    QTest::newRow("too many") << QByteArray("*2\r\n$3\r\nfoo\r\n$3\r\nfoo\r\n");
    QTest::newRow("no list") << QByteArray("$3\r\nfoo\r\n");
}

void RunsTest::lookupThatFails()
{
    QFETCH(QByteArray, reply);
    m_fakes->nodes[primaryA]->on("COMMAND GETKEYS M.NEW foo", reply);
    m_fakes->nodes[primaryA]->on("M.NEW foo", "-ERR unknown command 'M.NEW'\r\n");
    open();
    const Trace trace = run({ "M.NEW", keyOfB });
    QCOMPARE(trace.outcome, TraceOutcome::Error); // the command's own answer, from the seed
    QVERIFY(trace.keys.isEmpty());
    QVERIFY(!trace.slot);
    QCOMPARE(trace.hops.size(), 1);
}

void RunsTest::silentLookup()
{
    m_fakes->nodes[primaryA]->on(
        "COMMAND GETKEYS M.NEW foo", QList<FakeNode::Reaction> { { FakeNode::Act::Silence, {} } });
    m_fakes->nodes[primaryA]->on("M.NEW foo", "+OK\r\n");
    open();
    QCOMPARE(run({ "M.NEW", keyOfB }).outcome, TraceOutcome::Reply);
    QCOMPARE(m_fakes->asked(primaryA, "M.NEW foo"), 1);
}

void RunsTest::cancelsDuringALookup()
{
    m_fakes->nodes[primaryA]->on(
        "COMMAND GETKEYS M.NEW foo", QList<FakeNode::Reaction> { { FakeNode::Act::Silence, {} } });
    open();
    QSignalSpy finished(m_session.get(), &Session::runFinished);
    m_session->run(1, { "M.NEW", keyOfB }, Behaviour::clusterClientWithMap());
    QTRY_COMPARE(m_fakes->asked(primaryA, "COMMAND GETKEYS M.NEW foo"), 1);
    m_session->cancelRun(1);
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(finished.first().at(1).value<Trace>().outcome, TraceOutcome::Cancelled);
    QTest::qWait(100);
    QCOMPARE(finished.size(), 1);
    QCOMPARE(m_fakes->askedAll("M.NEW foo"), 0);
}

void RunsTest::dropsALookupWithTheSession()
{
    m_fakes->nodes[primaryA]->on(
        "COMMAND GETKEYS M.NEW foo", QList<FakeNode::Reaction> { { FakeNode::Act::Silence, {} } });
    open();
    m_session->run(1, { "M.NEW", keyOfB }, Behaviour::clusterClientWithMap());
    QTRY_COMPARE(m_fakes->asked(primaryA, "COMMAND GETKEYS M.NEW foo"), 1);
    m_session.reset();
    QTest::qWait(50); // a callback into what is gone would come now
}

void RunsTest::positions_data()
{
    QTest::addColumn<Argv>("argv");
    QTest::addColumn<QByteArrayList>("keys");
    QTest::addColumn<QList<int>>("expected");
    const auto row
        = [](const char* name, const Argv& argv, const QByteArrayList& keys,
              const QList<int>& expected) { QTest::newRow(name) << argv << keys << expected; };
    row("in order", { "C", "a", "x", "b" }, { "a", "b" }, { 1, 3 });
    row("the server's order", { "C", "d", "2", "a", "b" }, { "a", "b", "d" }, { 3, 4, 1 });
    row("the same twice", { "C", "a", "a" }, { "a", "a" }, { 1, 2 });
    row("as often as it stands there", { "C", "a", "b" }, { "a", "a" }, {});
    row("empty key", { "C", "", "x" }, { "" }, { 1 });
    row("bytes", { "C", QByteArray("\0\xff", 2) }, { QByteArray("\0\xff", 2) }, { 1 });
    row("not the name", { "C", "a" }, { "C" }, {});
    row("strange", { "C", "a" }, { "b" }, {});
    row("none", { "C", "a" }, {}, {});
}

void RunsTest::positions()
{
    QFETCH(Argv, argv);
    QFETCH(QByteArrayList, keys);
    QFETCH(QList<int>, expected);
    QByteArray raw = '*' + QByteArray::number(keys.size()) + "\r\n";
    for (const QByteArray& key : keys)
        raw += FakeNode::bulk(key);
    resp::ReplyReader reader;
    reader.feed(raw);
    const auto reply = reader.next();
    QVERIFY(reply && *reply);
    QCOMPARE(command::positionsOfKeys(argv, **reply), expected);
}

void RunsTest::fansOut()
{
    for (const auto& node : m_fakes->nodes)
        node->on("DBSIZE", ":5\r\n");
    open();
    QSignalSpy changes(m_session.get(), &Session::fanOutChanged);
    QSignalSpy finished(m_session.get(), &Session::fanOutFinished);
    m_session->runFanOut(7, { "DBSIZE" }, FanOutTarget::Nodes);
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(finished.first().first().toULongLong(), quint64(7));
    const auto all = finished.first().at(1).value<FanOut>();
    QCOMPARE(all.outcome, FanOutOutcome::Done);
    QCOMPARE(all.rows.size(), 3);
    QCOMPARE(all.rows.at(1).nodeLabel, u"S01/1"_s);
    QCOMPARE(all.aggregate->toInteger(), 15);
    QVERIFY(changes.last().at(1).value<FanOut>().isComplete());
}

void RunsTest::idsAreCommon()
{
    m_fakes->nodes[primaryA]->on(
        "DBSIZE", QList<FakeNode::Reaction> { { FakeNode::Act::Silence, {} } });
    open();
    QSignalSpy runs(m_session.get(), &Session::runFinished);
    QSignalSpy fanOuts(m_session.get(), &Session::fanOutFinished);
    m_session->runFanOut(1, { "DBSIZE" }, FanOutTarget::Primaries);
    m_session->run(1, { "GET", keyOfA }, Behaviour::clusterClientWithMap());
    QTRY_COMPARE(fanOuts.size(), 1);
    QVERIFY(runs.isEmpty());
}

void RunsTest::cancelsAFanOut()
{
    for (const auto& node : m_fakes->nodes)
        node->on("DBSIZE", QList<FakeNode::Reaction> { { FakeNode::Act::Silence, {} } });
    open();
    QSignalSpy finished(m_session.get(), &Session::fanOutFinished);
    m_session->runFanOut(1, { "DBSIZE" }, FanOutTarget::Primaries);
    QTRY_COMPARE(m_fakes->askedAll("DBSIZE"), 2);
    m_session->cancelRun(1);
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(finished.first().at(1).value<FanOut>().outcome, FanOutOutcome::OutcomeUnknown);
}

void RunsTest::handlePassesFanOuts()
{
    for (const auto& node : m_fakes->nodes)
        node->on("DBSIZE", ":5\r\n");
    m_fakes->nodes[primaryA]->on("COMMAND", moduleTable());
    IoThread io;
    auto config = m_fakes->config(0ms);
    config.commandTableDelay = 0ms;
    SessionHandle handle(io, config);
    QSignalSpy topologies(&handle, &SessionHandle::topologyChanged);
    QSignalSpy tables(&handle, &SessionHandle::commandTableChanged);
    QSignalSpy changes(&handle, &SessionHandle::fanOutChanged);
    QSignalSpy finished(&handle, &SessionHandle::fanOutFinished);
    handle.open();
    QTRY_VERIFY(!topologies.isEmpty());
    QTRY_COMPARE(tables.size(), 1);
    const quint64 id = handle.runFanOut({ "DBSIZE" }, FanOutTarget::Primaries);
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(finished.first().first().toULongLong(), id);
    QCOMPARE(finished.first().at(1).value<FanOut>().aggregate->toInteger(), 10);
    QVERIFY(changes.last().at(1).value<FanOut>().isComplete());
    QVERIFY(handle.run({ "PING" }, {}) != id);
}

void RunsTest::runsATransaction()
{
    FakeNode& owner = *m_fakes->nodes[primaryB];
    for (const char* command : { "WATCH", "MULTI" })
        owner.on(command, "+OK\r\n");
    owner.on("SET", "+QUEUED\r\n");
    owner.on("EXEC", "*1\r\n+OK\r\n");
    open();
    QSignalSpy finished(m_session.get(), &Session::runFinished);
    m_session->runTransaction(
        5, { keyOfB }, { { "SET", keyOfB, "v" } }, Behaviour::clusterClientWithMap());
    m_session->run(5, { "GET", keyOfB }, Behaviour::clusterClientWithMap()); // the id is taken
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(finished.first().first().toULongLong(), quint64(5));
    const Trace trace = finished.first().at(1).value<Trace>();
    QCOMPARE(trace.outcome, TraceOutcome::Reply);
    QCOMPARE(trace.reply.size(), 1);
    QCOMPARE(trace.argv, (Argv { "MULTI", "SET foo v", "EXEC" }));
    QCOMPARE(m_fakes->asked(primaryB, "WATCH foo"), 1);
    QCOMPARE(m_fakes->askedAll("GET foo"), 0);
}

void RunsTest::cancelsATransaction()
{
    m_fakes->nodes[primaryA]->on(
        "MULTI", QList<FakeNode::Reaction> { { FakeNode::Act::Silence, {} } });
    open();
    QSignalSpy finished(m_session.get(), &Session::runFinished);
    m_session->runTransaction(1, {}, { { "SET", keyOfA, "v" } }, Behaviour::clusterClientWithMap());
    QTRY_COMPARE(m_fakes->asked(primaryA, "MULTI"), 1);
    m_session->cancelRun(1);
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(finished.first().at(1).value<Trace>().outcome, TraceOutcome::Cancelled);
}

void RunsTest::runsAPipeline()
{
    m_fakes->nodes[primaryA]->on("SET k", "+OK\r\n");
    m_fakes->nodes[primaryB]->on("SET foo", "+OK\r\n");
    m_fakes->nodes[primaryB]->on("GET foo", FakeNode::bulk("v"));
    open();
    QSignalSpy changes(m_session.get(), &Session::pipelineChanged);
    QSignalSpy finished(m_session.get(), &Session::pipelineFinished);
    m_session->runPipeline(
        9, { { "SET", keyOfA, "1" }, { "SET", keyOfB, "v" }, { "GET", keyOfB } });
    QVERIFY(finished.isEmpty());
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(finished.first().first().toULongLong(), quint64(9));
    const auto pipeline = finished.first().at(1).value<Pipeline>();
    QCOMPARE(pipeline.results.size(), 3);
    QCOMPARE(pipeline.results.at(2).reply.toByteArray(), "v");
    QCOMPARE(pipeline.counts.done, 3);
    QVERIFY(pipeline.detail.isEmpty());
    QCOMPARE(changes.last().at(1).value<PipelineProgress>().counts.done, 3);
}

void RunsTest::tellsTheProgressOfAPipeline()
{
    m_fakes->nodes[primaryA]->on("SET k", "+OK\r\n");
    m_fakes->nodes[primaryB]->on(
        "SET foo", QList<FakeNode::Reaction> { { FakeNode::Act::Answer, "+OK\r\n", 200 } });
    open();
    QSignalSpy changes(m_session.get(), &Session::pipelineChanged);
    QSignalSpy finished(m_session.get(), &Session::pipelineFinished);
    m_session->runPipeline(1, { { "SET", keyOfA, "1" }, { "SET", keyOfB, "v" } });
    QTRY_COMPARE(finished.size(), 1);
    QVERIFY(changes.size() >= 2); // one in between, and the last
    const auto first = changes.first().at(1).value<PipelineProgress>();
    QCOMPARE(first.total, 2);
    QVERIFY(first.counts.done < 2);
    QCOMPARE(first.traces.size(), 2);
    QVERIFY(!first.traces.last().trace.isComplete());
    QVERIFY(changes.last().at(1).value<PipelineProgress>().traces.last().trace.isComplete());
}

void RunsTest::cancelsAPipeline()
{
    m_fakes->nodes[primaryA]->on("SET k", "+OK\r\n");
    m_fakes->nodes[primaryB]->on(
        "SET foo", QList<FakeNode::Reaction> { { FakeNode::Act::Silence, {} } });
    open();
    QSignalSpy finished(m_session.get(), &Session::pipelineFinished);
    m_session->runPipeline(1, { { "SET", keyOfB, "v" } });
    QTRY_COMPARE(m_fakes->asked(primaryB, "SET foo v"), 1);
    m_session->cancelRun(1);
    QTRY_COMPARE(finished.size(), 1);
    const auto pipeline = finished.first().at(1).value<Pipeline>();
    QCOMPARE(pipeline.results.first().outcome, TraceOutcome::OutcomeUnknown);
}

void RunsTest::handlePassesPipelines()
{
    m_fakes->nodes[primaryA]->on("SET k", "+OK\r\n");
    m_fakes->nodes[primaryA]->on("MULTI", "+OK\r\n");
    m_fakes->nodes[primaryA]->on("EXEC", "*0\r\n");
    IoThread io;
    auto config = m_fakes->config(0ms);
    config.readOnly = false;
    SessionHandle handle(io, config);
    QSignalSpy topologies(&handle, &SessionHandle::topologyChanged);
    QSignalSpy changes(&handle, &SessionHandle::pipelineChanged);
    QSignalSpy finished(&handle, &SessionHandle::pipelineFinished);
    QSignalSpy runs(&handle, &SessionHandle::runFinished);
    handle.open();
    QTRY_VERIFY(!topologies.isEmpty());
    const quint64 id = handle.runPipeline(QList<Argv>(5000, { "SET", keyOfA, "v" }));
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(finished.first().first().toULongLong(), id);
    QCOMPARE(finished.first().at(1).value<Pipeline>().counts.done, 5000);
    QCOMPARE(changes.last().at(1).value<PipelineProgress>().counts.done, 5000);
    const quint64 transaction
        = handle.runTransaction({}, { { "SET", keyOfA, "v" } }, Behaviour::clusterClientWithMap());
    QVERIFY(transaction != id);
    QTRY_COMPARE(runs.size(), 1);
    QCOMPARE(runs.first().first().toULongLong(), transaction);
}

void RunsTest::dropsWhatRunsWithTheSession()
{
    m_fakes->nodes[primaryA]->on(
        "MULTI", QList<FakeNode::Reaction> { { FakeNode::Act::Silence, {} } });
    m_fakes->nodes[primaryB]->on(
        "SET foo", QList<FakeNode::Reaction> { { FakeNode::Act::Silence, {} } });
    open();
    m_session->runTransaction(1, {}, { { "SET", keyOfA, "v" } }, Behaviour::clusterClientWithMap());
    m_session->runPipeline(2, { { "SET", keyOfB, "v" } });
    QTRY_COMPARE(m_fakes->asked(primaryA, "MULTI"), 1);
    QTRY_COMPARE(m_fakes->asked(primaryB, "SET foo v"), 1);
    m_session.reset();
    QTest::qWait(50); // a callback into what is gone would come now
}

void RunsTest::tellsRedirectsWhileTheyCome()
{
    const QByteArray moved
        = "-MOVED 7629 " + m_fakes->endpoints.at(primaryB).toString().toLatin1() + "\r\n";
    m_fakes->nodes[primaryA]->on("SET k", moved);
    m_fakes->nodes[primaryB]->on("SET k", "+OK\r\n");
    open();
    QSignalSpy seen(m_session.get(), &Session::redirectsSeen);
    QSignalSpy finished(m_session.get(), &Session::pipelineFinished);
    m_session->runPipeline(1, QList<Argv>(20, { "SET", keyOfA, "v" }));
    QTRY_COMPARE(finished.size(), 1);
    const qint64 moves = finished.first().at(1).value<Pipeline>().counts.moved;
    QVERIFY(moves > 0);
    const auto last = [&] { return seen.last().first().value<session::SeenRedirects>(); };
    QTRY_VERIFY(!seen.isEmpty() && !last().isLive);
    QVERIFY(seen.first().first().value<session::SeenRedirects>().isLive);
    QCOMPARE(last().nodes.size(), 1);
    QCOMPARE(last().nodes.first().nodeId.toByteArray(), idOf(primaryA));
    QCOMPARE(last().nodes.first().total.moved, moves);
    QCOMPARE(last().nodes.first().lastSecond.moved, 0);
    const qsizetype told = seen.size();
    QTest::qWait(250);
    QCOMPARE(seen.size(), told);
}

/// The seed is a name that no node announces, as a configuration endpoint is.
void RunsTest::knowsWhoRedirectsByAnotherName()
{
    m_fakes->nodes[primaryA]->on("GET foo",
        "-MOVED 12182 " + m_fakes->endpoints.at(primaryB).toString().toLatin1() + "\r\n");
    auto config = m_fakes->config(10min);
    config.endpoint.endpoint.host = u"localhost"_s;
    Session session(config);
    QSignalSpy topologies(&session, &Session::topologyChanged);
    session.open();
    QTRY_COMPARE(topologies.size(), 1);
    QSignalSpy seen(&session, &Session::redirectsSeen);
    session.run(1, { "GET", keyOfB }, Behaviour::plainClient());
    QTRY_VERIFY(!seen.isEmpty());
    const auto nodes = seen.first().first().value<session::SeenRedirects>().nodes;
    QCOMPARE(nodes.size(), 1);
    QCOMPARE(nodes.first().nodeId.toByteArray(), idOf(primaryA));
    QCOMPARE(nodes.first().total.moved, 1);
}

void RunsTest::readOnlySendsNoWrites()
{
    for (const auto& node : m_fakes->nodes) {
        node->on("GET", FakeNode::bulk("v"));
        node->on("SET", "+OK\r\n");
        node->on("FLUSHALL", "+OK\r\n");
        node->on("M.NEW", "+OK\r\n");
    }
    open(10min, true);
    QCOMPARE(run({ "GET", keyOfA }).outcome, TraceOutcome::Reply);
    const Trace refused = run({ "SET", keyOfA, "v" });
    QCOMPARE(refused.outcome, TraceOutcome::NotSent);
    QCOMPARE(refused.keys, QList<QByteArray> { keyOfA });
    QVERIFY(refused.hops.isEmpty());
    QVERIFY2(refused.detail.startsWith(u"Slotscope is read-only."), qPrintable(refused.detail));
    QCOMPARE(run({ "M.NEW", keyOfB }).outcome, TraceOutcome::NotSent); // nor is it looked up

    QSignalSpy runs(m_session.get(), &Session::runFinished);
    QSignalSpy fanOuts(m_session.get(), &Session::fanOutFinished);
    QSignalSpy pipelines(m_session.get(), &Session::pipelineFinished);
    m_session->runTransaction(101, {}, { { "GET", keyOfA }, { "SET", keyOfA, "v" } },
        Behaviour::clusterClientWithMap(), Confirmation::Confirmed);
    m_session->runFanOut(102, { "FLUSHALL" }, FanOutTarget::Primaries, Confirmation::Confirmed);
    m_session->runPipeline(
        103, { { "GET", keyOfA }, { "SET", keyOfA, "v" } }, Confirmation::Confirmed);
    QVERIFY(runs.isEmpty() && fanOuts.isEmpty() && pipelines.isEmpty());
    QTRY_VERIFY(runs.size() == 1 && fanOuts.size() == 1 && pipelines.size() == 1);
    QCOMPARE(runs.first().at(1).value<Trace>().outcome, TraceOutcome::NotSent);
    const auto fanOut = fanOuts.first().at(1).value<FanOut>();
    QCOMPARE(fanOut.outcome, FanOutOutcome::NotSent);
    QVERIFY2(fanOut.detail.contains(u"on 2 nodes"), qPrintable(fanOut.detail));
    const auto pipeline = pipelines.first().at(1).value<Pipeline>();
    QVERIFY(pipeline.detail.startsWith(u"Slotscope is read-only."));
    for (const command::PipelineResult& result : pipeline.results)
        QCOMPARE(result.outcome, TraceOutcome::NotSent);
    for (const auto& node : m_fakes->nodes) {
        for (const QByteArray& line : node->received()) {
            for (const char* word : { "SET ", "FLUSHALL", "MULTI", "M.NEW", "COMMAND GETKEYS" })
                QVERIFY2(!line.startsWith(word), line.constData());
        }
    }
    QCOMPARE(m_fakes->askedAll("GET k"), 1); // not even the reader of the pipeline
}

void RunsTest::dangerousMustBeConfirmed()
{
    for (const auto& node : m_fakes->nodes)
        node->on("FLUSHALL", "+OK\r\n");
    open();
    const Trace refused = run({ "FLUSHALL" });
    QCOMPARE(refused.outcome, TraceOutcome::NotSent);
    QVERIFY2(refused.detail.contains(u"confirmed"), qPrintable(refused.detail));
    QCOMPARE(m_fakes->askedAll("FLUSHALL"), 0);
    QSignalSpy finished(m_session.get(), &Session::runFinished);
    m_session->run(50, { "FLUSHALL" }, Behaviour::clusterClientWithMap(), Confirmation::Confirmed);
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(finished.first().at(1).value<Trace>().outcome, TraceOutcome::Reply);
    QCOMPARE(m_fakes->askedAll("FLUSHALL"), 1);
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::RunsTest)
#include "tst_runs.moc"
