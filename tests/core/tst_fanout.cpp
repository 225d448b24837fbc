// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/keyslot.h"
#include "core/command/fanoutformat.h"
#include "core/command/fanoutplan.h"
#include "core/command/fanoutrun.h"
#include "core/resp/replyformat.h"
#include "core/resp/replyreader.h"
#include "tests/core/commandrunfixture.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace slotscope::tests {

using resp::Reply;

namespace {

Reply parsed(const QByteArray& raw)
{
    resp::ReplyReader reader;
    reader.feed(raw);
    const auto reply = reader.next();
    return reply && *reply ? **reply : Reply();
}

QStringList labelsOf(const QList<FanOutRow>& rows)
{
    QStringList labels;
    for (const FanOutRow& row : rows)
        labels << row.nodeLabel;
    return labels;
}

} // namespace

class FanOutTest : public CommandRunFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(); }
    void cleanup() { tearDown(); }

    void targets();
    void refusals_data();
    void refusals();
    void rows();
    void aggregates_data();
    void aggregates();
    void splits();

    void addsUp();
    void keepsFailures();
    void showsWhatEachNodeAnswers();
    void oneIsEnough();
    void nobodyReached();
    void outcomeUnknown();
    void cancels();
    void cancelsBeforeItStarts();
    void boundedAtOnce();
    void refusesToFanOut();
    void splitsBySlot();
    void splitFollowsRedirects();
    void splitKeepsFailures();
    void splitCannotBeChangedByAServer();
    void hidesSecrets();

private:
    FanOut finished(FanOutRun& run);
    FanOut run(const Argv& argv, FanOutTarget target, const CommandTable& table = {});
    RunContext context(const CommandTable& table = {}) const
    {
        return { m_pool.get(), m_map, m_seed, m_limits, nullptr, table };
    }
};

FanOut FanOutTest::finished(FanOutRun& run)
{
    QSignalSpy ends(&run, &FanOutRun::finished);
    QSignalSpy changes(&run, &FanOutRun::changed);
    if (!ends.wait(5000)) {
        QTest::qFail("the fan-out does not finish", __FILE__, __LINE__);
        return {};
    }
    QTest::qWait(30); // a second finished() would come now
    const auto result = ends.first().first().value<FanOut>();
    if (ends.size() != 1 || !result.isComplete())
        QTest::qFail("it ends once, and complete", __FILE__, __LINE__);
    if (changes.isEmpty() || !changes.last().first().value<FanOut>().isComplete())
        QTest::qFail("the last change is complete", __FILE__, __LINE__);
    for (const FanOutRow& row : result.rows) {
        if (!row.trace.isComplete())
            QTest::qFail("every row is complete", __FILE__, __LINE__);
    }
    return result;
}

FanOut FanOutTest::run(const Argv& argv, FanOutTarget target, const CommandTable& table)
{
    FanOutRun run(context(table), argv, target);
    run.start();
    return finished(run);
}

void FanOutTest::targets()
{
    const CommandTable table;
    QCOMPARE(targetByPolicy({ "dbsize" }, table), FanOutTarget::Primaries);
    QCOMPARE(targetByPolicy({ "KEYS", "*" }, table), FanOutTarget::Primaries);
    QCOMPARE(targetByPolicy({ "CONFIG", "SET", "a", "b" }, table), FanOutTarget::Nodes);
    QCOMPARE(targetByPolicy({ "SLOWLOG", "GET" }, table), FanOutTarget::Nodes);
    QCOMPARE(targetByPolicy({ "GET", "k" }, table), std::nullopt);
    QCOMPARE(targetByPolicy({ "MGET", "a", "b" }, table), std::nullopt); // never split by itself
    QCOMPARE(targetByPolicy({ "SCAN", "0" }, table), std::nullopt);
    QCOMPARE(targetByPolicy({ "WAIT", "0", "0" }, table), std::nullopt);
    QCOMPARE(targetByPolicy({ "CLIENT", "SETNAME", "x" }, table), std::nullopt);
    QCOMPARE(targetByPolicy({ "NOSUCH" }, table), std::nullopt);
}

void FanOutTest::refusals_data()
{
    QTest::addColumn<Argv>("argv");
    QTest::addColumn<int>("target");
    QTest::addColumn<QString>("part");
    const auto row = [](const Argv& argv, FanOutTarget target, const QString& part) {
        const QByteArray name = argv.join(' ') + ' ' + fanOutTargetName(target).toLatin1();
        QTest::newRow(name.constData()) << argv << static_cast<int>(target) << part;
    };
    row({ "SCAN", "0" }, FanOutTarget::Primaries, u"cursor"_s);
    row({ "WAIT", "1", "0" }, FanOutTarget::Primaries, u"WAIT concerns only"_s);
    row({ "waitaof", "1", "0", "0" }, FanOutTarget::Nodes, u"WAITAOF concerns only"_s);
    row({ "SELECT", "1" }, FanOutTarget::Nodes, u"concerns only"_s);
    row({ "CLIENT", "SETNAME", "x" }, FanOutTarget::Nodes, u"concerns only"_s);
    row({ "MULTI" }, FanOutTarget::Nodes, u"MULTI"_s);
    row({ "MONITOR" }, FanOutTarget::Nodes, u"stream"_s);
    row({ "" }, FanOutTarget::Nodes, u"no command"_s);
    row({ "MSETNX", "a", "1", "b", "2" }, FanOutTarget::Slots, u"all of its keys or none"_s);
    row({ "GET", "a" }, FanOutTarget::Slots, u"GET is not split"_s);
    row({ "SUNION", "a", "b" }, FanOutTarget::Slots, u"not split"_s);
    row({ "SCAN", "0" }, FanOutTarget::Slots, u"not split"_s);
    row({ "DEL" }, FanOutTarget::Slots, u"missing"_s);
    row({ "MSET", "a", "1", "b" }, FanOutTarget::Slots, u"missing"_s);
    row({ "DBSIZE" }, FanOutTarget::Primaries, {});
    row({ "CLIENT", "LIST" }, FanOutTarget::Nodes, {});
    row({ "CLUSTER", "NODES" }, FanOutTarget::Nodes, {});
    row({ "GET", "k" }, FanOutTarget::Nodes, {});
    row({ "NOSUCH" }, FanOutTarget::Nodes, {});
    row({ "mset", "a", "1", "b", "2" }, FanOutTarget::Slots, {});
    row({ "UNLINK", "a" }, FanOutTarget::Slots, {});
}

void FanOutTest::refusals()
{
    QFETCH(Argv, argv);
    QFETCH(int, target);
    QFETCH(QString, part);
    const QString refusal = refusalOfFanOut(argv, static_cast<FanOutTarget>(target), {});
    QCOMPARE(refusal.isEmpty(), part.isEmpty());
    QVERIFY2(refusal.contains(part), qPrintable(refusal));
}

void FanOutTest::rows()
{
    QCOMPARE(labelsOf(rowsOn(m_map, FanOutTarget::Primaries)),
        (QStringList { u"S01"_s, u"S02"_s, u"S03"_s }));
    QVERIFY(rowsOn(m_map, FanOutTarget::Replicas).isEmpty());
    QVERIFY(rowsOn({}, FanOutTarget::Nodes).isEmpty());

    cluster::TopologyData data = m_map.data();
    const auto add = [&](char id, cluster::Role role, cluster::Health health, char primary) {
        cluster::Node node;
        node.id = cluster::NodeId(QByteArray(40, id));
        if (health != cluster::Health::NoAddr)
            node.address = { u"127.0.0.1"_s, static_cast<quint16>(id) };
        node.role = role;
        node.health = health;
        if (primary != 0)
            node.primaryId = cluster::NodeId(QByteArray(40, primary));
        data.nodes.append(node);
    };
    add('a', cluster::Role::Replica, cluster::Health::Ok, '1');
    add('b', cluster::Role::Primary, cluster::Health::Ok, 0); // new, without slots
    add('c', cluster::Role::Primary, cluster::Health::Fail, 0); // its replica took over
    add('d', cluster::Role::Replica, cluster::Health::NoAddr, '2');
    add('e', cluster::Role::Primary, cluster::Health::Handshake, 0);
    data.nodes[2].health = cluster::Health::Fail; // but it still owns its slots
    data.shards.clear();
    const cluster::Topology map = cluster::Topology::build(data);
    const auto idsOf = [&](FanOutTarget target) {
        QByteArray ids;
        for (const FanOutRow& row : rowsOn(map, target))
            ids += row.nodeId.toByteArray().front();
        return ids;
    };
    QCOMPARE(idsOf(FanOutTarget::Primaries), QByteArray("132b"));
    QCOMPARE(idsOf(FanOutTarget::Replicas), QByteArray("ad"));
    QCOMPARE(idsOf(FanOutTarget::Nodes), QByteArray("1a32dbc"));
    const FanOutRow lost = rowsOn(map, FanOutTarget::Replicas).last();
    QCOMPARE(lost.trace.outcome, TraceOutcome::ConnectFailed);
    QVERIFY(!lost.trace.detail.isEmpty());
}

void FanOutTest::aggregates_data()
{
    QTest::addColumn<int>("policy");
    QTest::addColumn<QByteArrayList>("replies");
    QTest::addColumn<bool>("isComplete");
    QTest::addColumn<QString>("expected"); // as redis-cli prints it; empty: none
    const auto row = [](const char* name, ResponsePolicy policy, const QByteArrayList& replies,
                         const QString& expected, bool isComplete = true) {
        QTest::newRow(name) << static_cast<int>(policy) << replies << isComplete << expected;
    };
    using Policy = ResponsePolicy;
    const QByteArray ok = "+OK\r\n";
    const QByteArray error = "-ERR x\r\n";
    row("sum", Policy::Sum, { ":3\r\n", ":4\r\n", ":0\r\n" }, u"(integer) 7"_s);
    row("sum of one", Policy::Sum, { ":3\r\n" }, u"(integer) 3"_s);
    row("sum beside an error", Policy::Sum, { ":3\r\n", error }, u"(integer) 3"_s);
    row("sum too large", Policy::Sum, { ":9223372036854775807\r\n", ":1\r\n" }, {});
    row("sum of texts", Policy::Sum, { ":3\r\n", "+3\r\n" }, {});
    row("sum of errors", Policy::Sum, { error }, {});
    row("sum of nothing", Policy::Sum, {}, {});
    row("sum by element", Policy::Sum, { "*2\r\n:1\r\n:2\r\n", "*2\r\n:3\r\n:4\r\n" },
        u"1) (integer) 4\n2) (integer) 6"_s);
    row("arrays of two sizes", Policy::Sum, { "*1\r\n:1\r\n", "*2\r\n:3\r\n:4\r\n" }, {});
    row("array and number", Policy::Sum, { "*1\r\n:1\r\n", ":1\r\n" }, {});
    row("min", Policy::Min, { ":3\r\n", ":-4\r\n" }, u"(integer) -4"_s);
    row("max", Policy::Max, { ":3\r\n", ":-4\r\n" }, u"(integer) 3"_s);
    row("and by element", Policy::LogicalAnd, { "*2\r\n:1\r\n:1\r\n", "*2\r\n:1\r\n:0\r\n" },
        u"1) (integer) 1\n2) (integer) 0"_s);
    row("or", Policy::LogicalOr, { ":0\r\n", ":5\r\n" }, u"(integer) 1"_s);
    row("and of booleans", Policy::LogicalAnd, { "#t\r\n", "#f\r\n" }, u"(integer) 0"_s);
    row("one succeeded", Policy::OneSucceeded, { error, ok }, u"OK"_s);
    row("none succeeded", Policy::OneSucceeded, { error, "-ERR y\r\n" }, u"(error) ERR x"_s);
    row("all succeeded", Policy::AllSucceeded, { ok, ok }, u"OK"_s);
    row("one failed", Policy::AllSucceeded, { ok, error }, u"(error) ERR x"_s);
    row("one is silent", Policy::AllSucceeded, { ok }, {}, false);
    row("lists", Policy::None, { "*2\r\n$1\r\na\r\n$1\r\nb\r\n", "*0\r\n", "*1\r\n*1\r\n:1\r\n" },
        u"1) \"a\"\n2) \"b\"\n3) 1) (integer) 1"_s);
    row("sets", Policy::None, { "~1\r\n+a\r\n", "~1\r\n+b\r\n" }, u"1) a\n2) b"_s);
    row("maps", Policy::None, { "%1\r\n+a\r\n+b\r\n", "%1\r\n+a\r\n+c\r\n" }, {});
    row("texts", Policy::None, { "$1\r\na\r\n", "$1\r\nb\r\n" }, {});
    row("list and number", Policy::None, { "*0\r\n", ":1\r\n" }, {});
    row("special", Policy::Special, { ok, ok }, {});
}

void FanOutTest::aggregates()
{
    QFETCH(int, policy);
    QFETCH(QByteArrayList, replies);
    QFETCH(bool, isComplete);
    QFETCH(QString, expected);
    QList<Reply> all;
    for (const QByteArray& raw : replies)
        all.append(parsed(raw));
    const auto aggregate = aggregateOf(static_cast<ResponsePolicy>(policy), all, isComplete);
    QCOMPARE(aggregate.has_value(), !expected.isEmpty());
    if (aggregate) {
        QString text = resp::toDisplayText(*aggregate);
        // The marks of nested and unordered lists are the display's affair.
        QCOMPARE(text.replace(u'~', u')').simplified(), QString(expected).simplified());
    }
}

void FanOutTest::splits()
{
    const Argv argv { "MSET", "{a}1", "x", "b", "y", "{a}2", "z", "{a}1", "w" };
    const QList<FanOutRow> rows = rowsBySlot(extractKeys(argv));
    QCOMPARE(rows.size(), 2);
    QCOMPARE(rows.at(0).keys, (QList<int> { 0, 2, 3 }));
    QCOMPARE(argvOfRow(argv, rows.at(0)), (Argv { "MSET", "{a}1", "x", "{a}2", "z", "{a}1", "w" }));
    QCOMPARE(argvOfRow(argv, rows.at(1)), (Argv { "MSET", "b", "y" }));
    const Argv del { "del", "a", "b" };
    QCOMPARE(argvOfRow(del, rowsBySlot(extractKeys(del)).at(1)), (Argv { "del", "b" }));
}

void FanOutTest::addsUp()
{
    m_s01->on("DBSIZE", ":3\r\n");
    m_s02->on("DBSIZE", ":4\r\n");
    m_s03->on("DBSIZE", ":0\r\n");
    const FanOut all = run({ "DBSIZE" }, FanOutTarget::Primaries);
    QCOMPARE(all.outcome, FanOutOutcome::Done);
    QCOMPARE(labelsOf(all.rows), (QStringList { u"S01"_s, u"S02"_s, u"S03"_s }));
    QCOMPARE(all.aggregate->toInteger(), 7);
    QVERIFY(!all.partial);
    QCOMPARE(all.rows.at(1).trace.reply.toInteger(), 4);
    QCOMPARE(commandsOf(*m_s01), QList<QByteArray> { "DBSIZE" });

    const QJsonObject json = toJson(all);
    QCOMPARE(json.value(u"reply"_s).toObject().value(u"value"_s).toInteger(), 7);
    QCOMPARE(json.value(u"outcome"_s).toString(), u"done"_s);
    QCOMPARE(json.value(u"on"_s).toString(), u"primaries"_s);
    QCOMPARE(json.value(u"partial"_s), QJsonValue(false));
    const QJsonObject row = json.value(u"rows"_s).toArray().at(2).toObject();
    QCOMPARE(row.value(u"node_label"_s).toString(), u"S03"_s);
    QCOMPARE(row.value(u"node_id"_s).toString(), QString(40, u'3'));
    QCOMPARE(row.value(u"state"_s).toString(), u"done"_s);
    QCOMPARE(row.value(u"hops"_s).toArray().size(), 1);
    QVERIFY(row.value(u"slot"_s).isNull());
    QVERIFY(toText(all).contains(u"together\n(integer) 7"));
}

void FanOutTest::keepsFailures()
{
    m_s01->on("DBSIZE", ":3\r\n");
    m_s02->on("DBSIZE", "-LOADING Redis is loading the dataset in memory\r\n");
    m_s03->close();
    const FanOut all = run({ "DBSIZE" }, FanOutTarget::Primaries);
    QCOMPARE(all.outcome, FanOutOutcome::Partial);
    QVERIFY(all.partial);
    QCOMPARE(all.rows.size(), 3);
    QCOMPARE(all.aggregate->toInteger(), 3);
    QCOMPARE(all.rows.at(1).trace.outcome, TraceOutcome::Error);
    QCOMPARE(all.rows.at(2).trace.outcome, TraceOutcome::ConnectFailed);
    QCOMPARE(rowState(all.rows.at(2)), u"failed"_s);
    QVERIFY(toText(all).contains(u"PARTIAL 1/3"));
    QCOMPARE(commandsOf(*m_s02).size(), 1); // not tried again
}

void FanOutTest::showsWhatEachNodeAnswers()
{
    m_s01->on("GET user:2935", redirect("MOVED", *m_s03));
    m_s02->on("GET user:2935", redirect("MOVED", *m_s03));
    m_s03->on("GET user:2935", FakeNode::bulk("v"));
    const FanOut all = run({ "GET", "user:2935" }, FanOutTarget::Nodes);
    QCOMPARE(all.outcome, FanOutOutcome::Partial);
    QCOMPARE(all.rows.at(0).trace.outcome, TraceOutcome::RedirectNotFollowed);
    QCOMPARE(all.rows.at(2).trace.outcome, TraceOutcome::Reply);
    QVERIFY(!all.aggregate); // no tip says that they belong together
    QCOMPARE(commandsOf(*m_s03).size(), 1);
}

void FanOutTest::oneIsEnough()
{
    m_s01->on("SCRIPT KILL", "-NOTBUSY No scripts in execution right now.\r\n");
    m_s02->on("SCRIPT KILL", "+OK\r\n");
    m_s03->on("SCRIPT KILL", "-NOTBUSY No scripts in execution right now.\r\n");
    const FanOut all = run({ "SCRIPT", "KILL" }, FanOutTarget::Primaries);
    QCOMPARE(all.outcome, FanOutOutcome::Done);
    QVERIFY(!all.partial);
    QCOMPARE(all.aggregate->text(), QByteArrayView("OK"));
    QCOMPARE(all.rows.at(0).trace.outcome, TraceOutcome::Error);
}

void FanOutTest::nobodyReached()
{
    m_s01->close();
    m_s02->close();
    m_s03->close();
    const FanOut all = run({ "PING" }, FanOutTarget::Nodes);
    QCOMPARE(all.outcome, FanOutOutcome::Unreachable);
    QVERIFY(all.partial);
    QVERIFY(!all.aggregate);
}

void FanOutTest::outcomeUnknown()
{
    m_s01->on("FLUSHALL", "+OK\r\n");
    m_s02->on("FLUSHALL", { { Act::Silence, {} } });
    m_s03->on("FLUSHALL", { { Act::Close, {} } });
    const FanOut all = run({ "FLUSHALL" }, FanOutTarget::Primaries);
    QCOMPARE(all.outcome, FanOutOutcome::OutcomeUnknown);
    QCOMPARE(rowState(all.rows.at(0)), u"done"_s);
    QCOMPARE(rowState(all.rows.at(1)), u"unknown"_s);
    QCOMPARE(rowState(all.rows.at(2)), u"unknown"_s);
    QVERIFY(!all.aggregate); // "OK" would be a lie
    QCOMPARE(commandsOf(*m_s02).size(), 1);
    QCOMPARE(commandsOf(*m_s03).size(), 1);
}

void FanOutTest::cancels()
{
    m_s01->on("DBSIZE", ":3\r\n");
    m_s02->on("DBSIZE", { { Act::Silence, {} } });
    m_s03->setMute(true);
    FanOutRun run(context(), { "DBSIZE" }, FanOutTarget::Primaries);
    bool hasFirst = false;
    connect(&run, &FanOutRun::changed, this,
        [&hasFirst](const FanOut& all) { hasFirst = all.rows.at(0).hasSucceeded(); });
    run.start();
    QTRY_VERIFY(!commandsOf(*m_s02).isEmpty() && hasFirst);
    run.cancel();
    const FanOut all = finished(run);
    QCOMPARE(all.rows.at(0).trace.outcome, TraceOutcome::Reply);
    QCOMPARE(all.rows.at(1).trace.outcome, TraceOutcome::OutcomeUnknown);
    QCOMPARE(all.rows.at(2).trace.outcome, TraceOutcome::Cancelled);
    QCOMPARE(all.outcome, FanOutOutcome::OutcomeUnknown);
}

void FanOutTest::cancelsBeforeItStarts()
{
    FanOutRun run(context(), { "DBSIZE" }, FanOutTarget::Primaries);
    run.cancel();
    const FanOut all = finished(run);
    QCOMPARE(all.outcome, FanOutOutcome::Cancelled);
    QVERIFY(commandsOf(*m_s01).isEmpty());
}

void FanOutTest::boundedAtOnce()
{
    // Forty parts for one node, which answers slowly: sixteen are on their way at most.
    Argv argv { "EXISTS" };
    for (int i = 0; i < 40; ++i)
        argv.append("{" + QByteArray::number(i) + "}k");
    for (FakeNode* node : { m_s01.get(), m_s02.get(), m_s03.get() })
        node->on("EXISTS", QList<FakeNode::Reaction> { { Act::Answer, ":1\r\n", 60 } });
    FanOutRun run(context(), argv, FanOutTarget::Slots);
    qsizetype most = 0;
    const auto count = [&] {
        return commandsOf(*m_s01).size() + commandsOf(*m_s02).size() + commandsOf(*m_s03).size();
    };
    connect(&run, &FanOutRun::changed, this, [&](const FanOut& now) {
        const auto ended = std::count_if(now.rows.begin(), now.rows.end(),
            [](const FanOutRow& row) { return row.trace.isComplete(); });
        most = std::max(most, count() - ended);
    });
    run.start();
    const FanOut all = finished(run);
    QCOMPARE(all.outcome, FanOutOutcome::Done);
    QVERIFY(all.rows.size() > 16);
    QCOMPARE(all.aggregate->toInteger(), all.rows.size()); // :1 for each part
    QVERIFY2(most <= 16 && most >= 8, qPrintable(QString::number(most)));
}

void FanOutTest::refusesToFanOut()
{
    const FanOut scan = run({ "SCAN", "0" }, FanOutTarget::Primaries);
    QCOMPARE(scan.outcome, FanOutOutcome::NotSent);
    QVERIFY(scan.detail.contains(u"cursor"));
    QVERIFY(commandsOf(*m_s01).isEmpty());
    QCOMPARE(run({ "PING" }, FanOutTarget::Replicas).outcome, FanOutOutcome::NotSent);
    QVERIFY(toText(scan).contains(u"not_sent"));
}

void FanOutTest::splitsBySlot()
{
    // user:2935 is S03's by the map, foo S03's, bar S01's, and hello S01's too, in another slot.
    m_s01->on("MGET bar", "*1\r\n$1\r\nB\r\n");
    m_s01->on("MGET hello", "*1\r\n$-1\r\n");
    m_s03->on("MGET foo foo", "*2\r\n$1\r\nF\r\n$1\r\nF\r\n");
    m_s03->on("MGET user:2935", "*1\r\n$1\r\nU\r\n");
    const FanOut all
        = run({ "MGET", "foo", "bar", "user:2935", "hello", "foo" }, FanOutTarget::Slots);
    QCOMPARE(all.outcome, FanOutOutcome::Done);
    QCOMPARE(all.rows.size(), 4);
    QCOMPARE(all.rows.at(0).keys, (QList<int> { 0, 4 }));
    QCOMPARE(resp::toDisplayText(*all.aggregate).simplified(),
        u"1) \"F\" 2) \"B\" 3) \"U\" 4) (nil) 5) \"F\""_s);
    QVERIFY(all.detail.contains(u"not executed together"));
    const QJsonObject json = toJson(all);
    QCOMPARE(json.value(u"atomic"_s), QJsonValue(false));
    const QJsonObject row = json.value(u"rows"_s).toArray().at(0).toObject();
    QCOMPARE(row.value(u"keys"_s).toArray().size(), 2);
    QCOMPARE(row.value(u"slot"_s).toInt(), cluster::keySlot("foo").number());
    QVERIFY(toText(all).contains(u"\"foo\" \"foo\""));
}

void FanOutTest::splitFollowsRedirects()
{
    m_s03->on("DEL user:2935", redirect("MOVED", *m_s01));
    m_s01->on("DEL user:2935", ":1\r\n");
    m_s01->on("DEL bar", ":1\r\n");
    FanOutRun run(context(), { "DEL", "user:2935", "bar" }, FanOutTarget::Slots);
    QSignalSpy moved(&run, &FanOutRun::movedSeen);
    run.start();
    const FanOut all = finished(run);
    QCOMPARE(all.aggregate->toInteger(), 2);
    QCOMPARE(all.rows.at(0).trace.hops.size(), 2);
    QCOMPARE(moved.size(), 1);
}

void FanOutTest::splitKeepsFailures()
{
    m_s01->on("MSET bar 1", "+OK\r\n");
    m_s03->on("MSET foo 2", { { Act::Silence, {} } });
    m_s03->on("MSET user:2935 3", "-OOM command not allowed\r\n");
    const FanOut set
        = run({ "MSET", "bar", "1", "user:2935", "3", "foo", "2" }, FanOutTarget::Slots);
    QCOMPARE(set.outcome, FanOutOutcome::OutcomeUnknown);
    QCOMPARE(rowState(set.rows.at(0)), u"done"_s);
    QCOMPARE(rowState(set.rows.at(1)), u"failed"_s);
    QCOMPARE(rowState(set.rows.at(2)), u"unknown"_s);
    QCOMPARE(set.aggregate->text(), QByteArrayView("OOM command not allowed"));

    m_s01->on("MGET bar", "*1\r\n$1\r\nB\r\n");
    m_s03->on("MGET foo", "-ERR broken\r\n");
    const FanOut get = run({ "MGET", "foo", "bar" }, FanOutTarget::Slots);
    QCOMPARE(get.outcome, FanOutOutcome::Partial);
    QVERIFY(get.partial);
    QVERIFY(get.aggregate->at(0).isError()); // not nil: nobody knows
    QCOMPARE(get.aggregate->at(1).text(), QByteArrayView("B"));

    // A reply that cannot be a part of MGET's.
    m_s03->on("MGET foo", "*2\r\n$1\r\nx\r\n$1\r\ny\r\n");
    const FanOut odd = run({ "MGET", "foo", "bar" }, FanOutTarget::Slots);
    QCOMPARE(odd.aggregate->size(), 2);
    QVERIFY(odd.aggregate->at(0).isError());
}

void FanOutTest::splitCannotBeChangedByAServer()
{
    // It says that every second argument of MGET is a key.
    const auto table = CommandTable::fromReply(
        parsed("*1\r\n*6\r\n$4\r\nmget\r\n:-2\r\n*1\r\n+readonly\r\n:1\r\n:-1\r\n:2\r\n"));
    QVERIFY(table);
    m_s01->on("MGET bar", "*1\r\n$1\r\nB\r\n");
    m_s03->on("MGET foo", "*1\r\n$1\r\nF\r\n");
    const FanOut all = run({ "MGET", "foo", "bar" }, FanOutTarget::Slots, *table);
    QCOMPARE(all.rows.size(), 2);
    QCOMPARE(all.outcome, FanOutOutcome::Done);
}

void FanOutTest::hidesSecrets()
{
    for (FakeNode* node : { m_s01.get(), m_s02.get(), m_s03.get() })
        node->on("CONFIG SET requirepass s3cr3t", "+OK\r\n");
    const FanOut all = run({ "CONFIG", "SET", "requirepass", "s3cr3t" }, FanOutTarget::Nodes);
    QCOMPARE(all.outcome, FanOutOutcome::Done);
    QCOMPARE(all.argv.last(), QByteArray("(redacted)"));
    QVERIFY(!QString::fromUtf8(QJsonDocument(toJson(all)).toJson()).contains(u"s3cr3t"));
    QVERIFY(!toText(all).contains(u"s3cr3t"));
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::FanOutTest)
#include "tst_fanout.moc"
