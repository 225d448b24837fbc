// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/capture/collectrun.h"
#include "core/capture/sessioncollect.h"
#include "tests/core/threenodes.h"
#include "tests/support/refusingport.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QTimeZone>

#include <functional>
#include <vector>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace slotscope::capture;
using slotscope::cluster::NodeId;
using slotscope::support::ErrorCode;

namespace slotscope::tests {
namespace {

using Act = FakeNode::Act;

/// One entry with four arguments, as Redis 7 has it.
const QByteArray slowLog = "*1\r\n*6\r\n:7\r\n:1795900000\r\n:12345\r\n*4\r\n$3\r\nSET\r\n"
                           "$10\r\nsecret:key\r\n$5\r\nvalue\r\n$2\r\nEX\r\n$15\r\n127.0.0.1:"
                           "50000\r\n$3\r\napp\r\n";

class Nodes : public ThreeNodes
{
public:
    Nodes()
    {
        for (char id = 'a'; id <= 'c'; ++id) {
            (*this)[id].on("TIME", "*2\r\n$10\r\n1795900000\r\n$6\r\n123456\r\n");
            (*this)[id].on("SLOWLOG GET 10", slowLog);
        }
    }
};

struct Outcome
{
    bool ok = false;
    Capture capture;
    support::Error error;
    QList<QPair<int, int>> progress;
    qint64 milliseconds = 0;
    QList<NodeAnswers> late;
    int ended = 0;

    const NodeAnswers& node(char id) const
    {
        static const NodeAnswers none;
        for (const NodeAnswers& node : capture.nodes) {
            if (node.id == NodeId(QByteArray(1, id)))
                return node;
        }
        return none;
    }
    RawReply raw(char id, const QString& command) const
    {
        for (const RawReply& raw : node(id).replies) {
            if (raw.command == command)
                return raw;
        }
        return {};
    }
    QStringList codes() const
    {
        QStringList all;
        for (const health::Finding& finding : capture.findings)
            all.append(codeName(finding.code));
        return all;
    }
};

using Prepare = std::function<void(CollectRun*)>;

enum class Until { Finished, Ended };

/// Nobody hurries: a fake node takes tens of milliseconds for each write.
Outcome collect(const net::Endpoint& seed, CollectOptions options = { 2s },
    const Prepare& prepare = {}, Until until = Until::Finished)
{
    net::ConnectionOptions way;
    way.timeout = 4s;
    Outcome outcome;
    QElapsedTimer timer;
    timer.start();
    net::ConnectionPool pool(way);
    CollectRun run(&pool, seed, u"typed"_s, options);
    int finished = 0;
    QObject::connect(&run, &CollectRun::progressed, &run, [&](int settled, int asked) {
        outcome.progress.append({ settled, asked });
    });
    QObject::connect(&run, &CollectRun::finished, &run,
        [&](bool ok, const Capture& capture, const support::Error& error) {
            ++finished;
            outcome.ok = ok;
            outcome.capture = capture;
            outcome.error = error;
            outcome.milliseconds = timer.elapsed();
        });
    QObject::connect(&run, &CollectRun::late, &run,
        [&](const NodeAnswers& answers) { outcome.late.append(answers); });
    QObject::connect(&run, &CollectRun::ended, &run, [&] { ++outcome.ended; });
    if (prepare)
        prepare(&run);
    run.start();
    if (finished != 0)
        qFatal("finished from within start()");
    if (!QTest::qWaitFor([&] { return finished > 0; }, 10'000))
        qFatal("the run never finished");
    if (until == Until::Ended && !QTest::qWaitFor([&] { return outcome.ended > 0; }, 10'000))
        qFatal("the run never ended");
    QTest::qWait(20);
    if (finished != 1 || outcome.ended > 1)
        qFatal("finished %d times, ended %d times", finished, outcome.ended);
    return outcome;
}

} // namespace

class TestCollectRun final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void asksEveryNode();
    void keepsNoArguments();
    void keepsArgumentsOnRequest();
    void endsAtItsDeadline();
    void lateAnswersComeLater();
    void slowSeed();
    void silentSeedIsAnError();
    void deadSeedIsAnError();
    void garbage();
    void refusedCommandsAreNotAvailable();
    void everythingRefused();
    void wantsAPassword();
    void giantSlowLog();
    void giantNodes();
    void giantGarbage();
    void manyRanges();
    void anotherNodeAnswers();
    void manySilentNodes();
    void nodesThatOnlyOthersKnow();
    void knownNodesNeedNoSeed();
    void knownAndAllDead();
    void knownAndTheWayInIsDead();
    void wayInIsANodeToo();
    void nameIsResolved();
    void announcedNamesAreLookedUp();
    void aResolverThatSaysNothing();
    void namesOfTheFarEnd();
    void disagreement();
    void standalone();
    void sentinel();
    void cancels();
    void mayBeDeletedByItsListener_data();
    void mayBeDeletedByItsListener();
    void throughASession();
};

void TestCollectRun::asksEveryNode()
{
    Nodes nodes;
    const Outcome outcome = collect(nodes['c'].endpoint(), { 10s });
    QVERIFY(outcome.ok);
    const Capture& capture = outcome.capture;
    QVERIFY2(outcome.milliseconds < 9000, qPrintable(QString::number(outcome.milliseconds)));
    QVERIFY(qAbs(capture.savedAt.msecsTo(QDateTime::currentDateTimeUtc())) < 60'000);
    QCOMPARE(capture.savedAt.timeSpec(), Qt::UTC);
    QCOMPARE(capture.topology.data().seedTyped, u"typed"_s);
    QCOMPARE(capture.topology.data().seedDialled, nodes['c'].endpoint().toString());
    QCOMPARE(capture.topology.data().version, u"7.0.15"_s);
    QCOMPARE(capture.topology.data().state, cluster::ClusterState::Ok);
    QCOMPARE(capture.topology.data().viewsAsked, 3);
    QCOMPARE(capture.topology.data().viewsAnswered, 3);
    QCOMPARE(capture.topology.shards().size(), 2);
    QCOMPARE(capture.nodes.size(), 3);
    QVERIFY(!outcome.codes().contains(u"node-unreachable"_s));
    // Shard by shard.
    QCOMPARE(capture.nodes.at(0).id, NodeId("a"_ba));
    QCOMPARE(capture.nodes.at(1).id, NodeId("c"_ba));
    for (char id = 'a'; id <= 'c'; ++id) {
        const NodeAnswers& node = outcome.node(id);
        QVERIFY(node.isReachable);
        QVERIFY(!node.isLate);
        QVERIFY(!node.error);
        QCOMPARE(node.address, nodes[id].endpoint());
        QCOMPARE(node.dialled, nodes[id].endpoint().toString());
        QCOMPARE(node.server, u"redis 7.0.15"_s);
        QCOMPARE(node.state, cluster::ClusterState::Ok);
        QCOMPARE(node.currentEpoch, std::optional<quint64>(2));
        QCOMPARE(node.errorCounts->of("MOVED"), 4U);
        QVERIFY(node.roundTripMicros.value_or(-1) >= 0);
        QCOMPARE(
            node.serverTime, QDateTime::fromMSecsSinceEpoch(1'795'900'000'123, QTimeZone::utc()));
        QVERIFY(node.answeredAt.isValid());
        QCOMPARE(outcome.raw(id, u"CLUSTER NODES"_s).text, nodes.nodesOf(id));
        QVERIFY(outcome.raw(id, u"INFO"_s).text.contains("redis_version:7.0.15"));
        QVERIFY(outcome.raw(id, u"ROLE"_s).text.startsWith("1) \"master\""));
        QVERIFY(outcome.raw(id, u"TIME"_s).text.startsWith("1) \"1795900000\""));
        const QList<QByteArray>& received = nodes[id].received();
        QCOMPARE(received.count("INFO"), 1);
        for (const QByteArray& command : received)
            QVERIFY2(!command.startsWith("CLUSTER SHARDS"), command.constData());
    }
    QCOMPARE(outcome.node('c').replication.role, cluster::Role::Replica);
    QCOMPARE(outcome.progress.last(), qMakePair(3, 3));
    QVERIFY(outcome.late.isEmpty());
    QCOMPARE(capture.dnsAnswers, QStringList()); // it is an address
}

void TestCollectRun::keepsNoArguments()
{
    Nodes nodes;
    const Outcome outcome = collect(nodes['a'].endpoint());
    const QByteArray text = outcome.raw('b', u"SLOWLOG GET 10"_s).text;
    QVERIFY2(!text.contains("secret:key") && !text.contains("value"), text.constData());
    QVERIFY(text.contains("\"SET\""));
    QCOMPARE(text.count("(redacted)"), 3);
    QVERIFY(text.contains("12345"));
    QVERIFY(text.contains("127.0.0.1:50000"));
}

void TestCollectRun::keepsArgumentsOnRequest()
{
    Nodes nodes;
    nodes['c'].on("SLOWLOG GET 10",
        "*1\r\n*4\r\n:7\r\n:1795900000\r\n:12345\r\n*2\r\n$4\r\nAUTH\r\n$6\r\ns3cr3t\r\n");
    const Outcome outcome = collect(nodes['a'].endpoint(), { 2s, SlowLogArguments::Kept });
    QVERIFY(outcome.raw('b', u"SLOWLOG GET 10"_s).text.contains("secret:key"));
    QVERIFY(outcome.raw('c', u"SLOWLOG GET 10"_s).text.contains("AUTH"));
    QVERIFY(!outcome.raw('c', u"SLOWLOG GET 10"_s).text.contains("s3cr3t"));
}

void TestCollectRun::endsAtItsDeadline()
{
    Nodes nodes;
    nodes['b'].on("INFO", { { Act::Answer, FakeNode::bulk(info), 30'000 } });
    nodes['c'].setMute(true);
    const Outcome outcome = collect(nodes['a'].endpoint());
    QVERIFY(outcome.ok);
    // The aim (0.2 s more at most) is measured in tests/bench.
    QVERIFY2(outcome.milliseconds < 20'000, qPrintable(QString::number(outcome.milliseconds)));
    QVERIFY(outcome.node('a').isReachable);
    QVERIFY(!outcome.node('b').isReachable);
    QCOMPARE(outcome.node('b').error->code, ErrorCode::ReplyTimeout);
    // What came before is kept, and what did not says why.
    QCOMPARE(outcome.raw('b', u"CLUSTER NODES"_s).text, nodes.nodesOf('b'));
    QCOMPARE(outcome.raw('b', u"INFO"_s).error->code, ErrorCode::ReplyTimeout);
    QCOMPARE(outcome.node('c').error->code, ErrorCode::NoReply);
    QVERIFY(outcome.node('c').replies.isEmpty());
    QCOMPARE(outcome.capture.topology.data().viewsAsked, 3);
    QCOMPARE(outcome.capture.topology.data().viewsAnswered, 2);
    QVERIFY(outcome.codes().contains(u"node-unreachable"_s));
}

void TestCollectRun::lateAnswersComeLater()
{
    Nodes nodes;
    nodes['c'].setMute(true); // nothing comes of it
    nodes['b'].on("TIME", { { Act::Answer, "*2\r\n$1\r\n5\r\n$1\r\n0\r\n", 2500 } });
    const Outcome outcome = collect(nodes['a'].endpoint(), { 1500ms }, {}, Until::Ended);
    QVERIFY(!outcome.node('b').isReachable);
    QVERIFY(!outcome.node('b').isLate);
    QVERIFY(outcome.node('b').replies.isEmpty());
    QCOMPARE(outcome.capture.topology.data().viewsAnswered, 1);
    QCOMPARE(outcome.late.size(), 1);
    QCOMPARE(outcome.ended, 1);
    const NodeAnswers& late = outcome.late.first();
    QCOMPARE(late.id, NodeId("b"_ba));
    QVERIFY(late.isLate);
    QVERIFY(late.isReachable);
    QVERIFY(!late.error);
    QVERIFY(late.replies.size() >= 6);
    QCOMPARE(late.server, u"redis 7.0.15"_s);
}

void TestCollectRun::slowSeed()
{
    Nodes nodes;
    nodes['a'].on("INFO", { { Act::Answer, FakeNode::bulk(info), 30'000 } });
    const Outcome outcome = collect(nodes['a'].endpoint());
    // Its view came before: the others are found, and it is a cluster.
    QVERIFY(outcome.ok);
    QVERIFY2(outcome.milliseconds < 20'000, qPrintable(QString::number(outcome.milliseconds)));
    QCOMPARE(outcome.capture.topology.data().kind, cluster::Kind::Cluster);
    QVERIFY(!outcome.node('a').isReachable);
    QVERIFY(outcome.node('b').isReachable);
    QVERIFY(outcome.node('c').isReachable);
    QCOMPARE(outcome.capture.topology.data().viewsAnswered, 3);
}

void TestCollectRun::silentSeedIsAnError()
{
    Nodes nodes;
    nodes['a'].setMute(true);
    const Outcome outcome = collect(nodes['a'].endpoint(), { 200ms });
    QVERIFY(!outcome.ok);
    QCOMPARE(outcome.error.code, ErrorCode::NoReply);
    QCOMPARE(outcome.error.address, nodes['a'].endpoint().toString());
    QVERIFY2(outcome.milliseconds < 4000, qPrintable(QString::number(outcome.milliseconds)));
}

void TestCollectRun::deadSeedIsAnError()
{
    const Outcome outcome = collect(refusingEndpoint(), { 10s });
    QVERIFY(!outcome.ok);
    QCOMPARE(outcome.error.code, ErrorCode::ConnectionRefused);
    QVERIFY2(outcome.milliseconds < 5000, qPrintable(QString::number(outcome.milliseconds)));
}

void TestCollectRun::garbage()
{
    Nodes nodes;
    nodes['b'].setGreeting("HTTP/1.1 400 Bad Request\r\n\r\n");
    nodes['c'].on("CLUSTER NODES", FakeNode::bulk("what is this?\n\x01\xff"));
    nodes['c'].on("TIME", "*2\r\n$3\r\nnow\r\n:99999999999999\r\n");
    nodes['c'].on("SLOWLOG", "+well\r\n");
    nodes['c'].on("SLOWLOG GET 10", "*3\r\n$6\r\nhidden\r\n*1\r\n*1\r\n$6\r\nhidden\r\n:5\r\n");
    nodes['c'].on("ROLE", ":7\r\n");
    const Outcome outcome = collect(nodes['a'].endpoint());
    QVERIFY(outcome.ok);
    QCOMPARE(outcome.node('b').error->code, ErrorCode::NotRedis);
    QVERIFY(outcome.node('c').isReachable);
    QVERIFY(!outcome.node('c').serverTime.isValid());
    QVERIFY(!outcome.raw('c', u"SLOWLOG GET 10"_s).text.contains("hidden"));
    QVERIFY(nodes['c'].received().contains("CLUSTER SLOTS"));
    QVERIFY(outcome.codes().contains(u"node-unreachable"_s));

    FakeNode web;
    web.setGreeting("HTTP/1.1 400 Bad Request\r\n\r\n");
    const Outcome nothing = collect(web.endpoint());
    QVERIFY(!nothing.ok);
    QCOMPARE(nothing.error.code, ErrorCode::NotRedis);
}

void TestCollectRun::refusedCommandsAreNotAvailable()
{
    Nodes nodes;
    for (char id = 'a'; id <= 'c'; ++id) {
        nodes[id].on("CLUSTER NODES", noPermission);
        nodes[id].on("SLOWLOG GET 10",
            "-ERR unknown command 'SLOWLOG', with args beginning with: "
            "'GET' '10' \r\n");
    }
    const Outcome outcome = collect(nodes['a'].endpoint());
    QVERIFY(outcome.ok);
    // By CLUSTER SLOTS.
    QCOMPARE(outcome.capture.topology.shards().size(), 2);
    QVERIFY(outcome.node('b').isReachable);
    const RawReply refused = outcome.raw('b', u"CLUSTER NODES"_s);
    QCOMPARE(refused.error->code, ErrorCode::NoPermission);
    QVERIFY(refused.text.isEmpty());
    QVERIFY(refused.error->detail.startsWith(u"NOPERM"));
    QCOMPARE(outcome.raw('b', u"SLOWLOG GET 10"_s).error->code, ErrorCode::CommandUnavailable);
    QVERIFY(!outcome.raw('b', u"CLUSTER SLOTS"_s).text.isEmpty());
    QVERIFY(outcome.codes().contains(u"secondary-checks-incomplete"_s));
}

void TestCollectRun::everythingRefused()
{
    FakeNode node;
    for (const char* command :
        { "CLUSTER", "CLUSTER NODES", "CLUSTER SLOTS", "CLUSTER INFO", "ROLE", "TIME", "SLOWLOG" })
        node.on(command, noPermission);
    node.on("INFO", FakeNode::bulk(info));
    const Outcome outcome = collect(node.endpoint());
    QVERIFY(outcome.ok);
    QCOMPARE(outcome.capture.topology.data().kind, cluster::Kind::Cluster);
    QVERIFY(!outcome.capture.topology.slotsKnown());
    QVERIFY(outcome.capture.findings.isEmpty());
    QCOMPARE(outcome.capture.nodes.size(), 1);
    QVERIFY(!outcome.capture.topology.data().warnings.isEmpty());

    node.on("INFO", noPermission);
    const Outcome nothing = collect(node.endpoint());
    QVERIFY(!nothing.ok);
    QCOMPARE(nothing.error.code, ErrorCode::NoPermission);
}

void TestCollectRun::wantsAPassword()
{
    FakeNode node;
    node.on("", "-NOAUTH Authentication required.\r\n");
    for (const char* command : { "CLUSTER", "INFO", "ROLE", "TIME", "SLOWLOG", "CLIENT", "HELLO" })
        node.on(command, "-NOAUTH Authentication required.\r\n");
    const Outcome outcome = collect(node.endpoint());
    QVERIFY(!outcome.ok);
    QCOMPARE(outcome.error.code, ErrorCode::AuthRequired);
}

void TestCollectRun::giantSlowLog()
{
    Nodes nodes;
    QByteArray argv;
    constexpr int count = 2000;
    for (int i = 0; i < count; ++i)
        argv += FakeNode::bulk(QByteArray(500, 'x'));
    QByteArray entries;
    for (int i = 0; i < 10; ++i) {
        entries += "*6\r\n:7\r\n:1795900000\r\n:12345\r\n*" + QByteArray::number(count) + "\r\n"
            + argv + "$1\r\na\r\n$0\r\n\r\n";
    }
    nodes['b'].on("SLOWLOG GET 10", "*10\r\n" + entries);
    const Outcome outcome = collect(nodes['a'].endpoint(), { 20s });
    QVERIFY(outcome.node('b').isReachable);
    const QByteArray text = outcome.raw('b', u"SLOWLOG GET 10"_s).text;
    QVERIFY(!text.isEmpty());
    QVERIFY2(text.size() < 200'000, qPrintable(QString::number(text.size())));
}

void TestCollectRun::giantNodes()
{
    Nodes nodes;
    nodes['b'].on("INFO", FakeNode::bulk(info + QByteArray(5 * 1024 * 1024, 'x')));
    const Outcome outcome = collect(nodes['a'].endpoint(), { 20s });
    const QByteArray text = outcome.raw('b', u"INFO"_s).text;
    QVERIFY(text.size() < 4'300'000);
    QVERIFY(text.endsWith(" bytes)\n"));
}

/// INFO that is no text, and more of it than anybody should send.
void TestCollectRun::giantGarbage()
{
    Nodes nodes;
    QByteArray garbage(16 * 1024 * 1024, '\0');
    for (qsizetype i = 0; i < garbage.size(); i += 97)
        garbage[i] = static_cast<char>(i);
    nodes['b'].on("INFO", FakeNode::bulk(garbage));
    const Outcome outcome = collect(nodes['a'].endpoint(), { 60s });
    QVERIFY(outcome.ok);
    QVERIFY(outcome.node('b').isReachable);
    QCOMPARE(outcome.capture.topology.nodes().size(), 3);
    QVERIFY(outcome.raw('b', u"INFO"_s).text.size() < 4'300'000);
}

/// Every second slot is the other's: the raw reply is kept whole.
void TestCollectRun::manyRanges()
{
    Nodes nodes;
    QByteArray ranges;
    for (int slot = 0; slot < 3000; ++slot) {
        const char owner = slot % 2 == 0 ? 'a' : 'b';
        ranges += "*3\r\n:" + QByteArray::number(slot) + "\r\n:" + QByteArray::number(slot)
            + "\r\n*3\r\n$9\r\n127.0.0.1\r\n:" + QByteArray::number(nodes[owner].endpoint().port)
            + "\r\n$1\r\n" + owner + "\r\n";
    }
    nodes['a'].on("CLUSTER SLOTS", "*3000\r\n" + ranges);
    const Outcome outcome = collect(nodes['a'].endpoint(), { 20s });
    const QByteArray text = outcome.raw('a', u"CLUSTER SLOTS"_s).text;
    QVERIFY2(text.contains("(integer) 2999"), text.right(200).constData());
    QVERIFY(!text.contains("cut"));
}

void TestCollectRun::anotherNodeAnswers()
{
    Nodes nodes;
    nodes['c'].on("CLUSTER NODES",
        FakeNode::bulk("x 10.0.0.1:1@1 myself,master - 0 0 1 connected 0-16383\n"));
    const Outcome outcome = collect(nodes['a'].endpoint());
    QVERIFY(outcome.ok);
    QCOMPARE(outcome.node('c').error->code, ErrorCode::WrongNode);
    QVERIFY(!outcome.node('c').isReachable);
    QVERIFY(outcome.node('c').replies.isEmpty());
    QCOMPARE(outcome.capture.topology.nodes().size(), 3);
    QVERIFY(outcome.late.isEmpty());
}

void TestCollectRun::manySilentNodes()
{
    Nodes nodes;
    // More than are asked at once, and named before those that answer.
    std::vector<std::unique_ptr<QTcpServer>> silent; // the system accepts, nobody answers
    QByteArray text;
    for (int i = 0; i < 200; ++i) {
        silent.push_back(std::make_unique<QTcpServer>());
        QVERIFY(silent.back()->listen(QHostAddress::LocalHost));
        text += "silent" + QByteArray::number(i) + " 127.0.0.1:"
            + QByteArray::number(silent.back()->serverPort()) + "@1 slave c 0 0 2 connected\n";
    }
    nodes['c'].on("CLUSTER NODES", FakeNode::bulk(text + nodes.nodesOf('c')));
    const Outcome outcome = collect(nodes['c'].endpoint(), { 2s });
    QVERIFY(outcome.ok);
    QCOMPARE(outcome.capture.nodes.size(), 203);
    QVERIFY(outcome.node('a').isReachable);
    QVERIFY(outcome.node('b').isReachable);
    QVERIFY(outcome.node('c').isReachable);
}

void TestCollectRun::nodesThatOnlyOthersKnow()
{
    Nodes nodes;
    FakeNode other;
    other.on("INFO", FakeNode::bulk(info));
    const QByteArray line = "d " + other.endpoint().toString().toLatin1()
        + "@1 slave b 0 0 2 connected\n" + "e :0@0 master,noaddr - 0 0 3 disconnected\n"
        + "f 127.0.0.1:1@1 handshake - 0 0 0 disconnected\n";
    nodes['c'].on("CLUSTER NODES", FakeNode::bulk(nodes.nodesOf('c') + line));
    const Outcome outcome = collect(nodes['a'].endpoint());
    QVERIFY(outcome.ok);
    QCOMPARE(outcome.capture.nodes.size(), 4);
    QCOMPARE(other.received().count("INFO"), 1);
}

void TestCollectRun::knownNodesNeedNoSeed()
{
    Nodes nodes;
    const cluster::Topology known = collect(nodes['a'].endpoint()).capture.topology;
    nodes['a'].setMute(true);
    const Outcome outcome
        = collect(nodes['a'].endpoint(), { 2s }, [&](CollectRun* run) { run->setKnown(known); });
    QVERIFY(outcome.ok);
    QCOMPARE(outcome.capture.nodes.size(), 3);
    QVERIFY(!outcome.node('a').isReachable);
    QVERIFY(outcome.node('b').isReachable);
    QVERIFY(outcome.node('c').isReachable);
    QCOMPARE(outcome.capture.topology.data().kind, cluster::Kind::Cluster);
    QCOMPARE(outcome.capture.topology.data().version, u"7.0.15"_s);
    QCOMPARE(outcome.capture.topology.data().state, cluster::ClusterState::Ok);
    QCOMPARE(outcome.capture.topology.data().viewsAsked, 3);
    QCOMPARE(outcome.capture.topology.data().viewsAnswered, 2);
    QCOMPARE(outcome.capture.topology.shards(), known.shards());
}

void TestCollectRun::knownAndAllDead()
{
    Nodes nodes;
    const cluster::Topology known = collect(nodes['a'].endpoint()).capture.topology;
    const net::Endpoint seed = nodes['a'].endpoint();
    for (char id = 'a'; id <= 'c'; ++id)
        nodes[id].close();
    const Outcome outcome = collect(seed, { 10s }, [&](CollectRun* run) { run->setKnown(known); });
    QVERIFY(outcome.ok);
    QCOMPARE(outcome.capture.nodes.size(), 3);
    for (const NodeAnswers& node : outcome.capture.nodes)
        QCOMPARE(node.error->code, ErrorCode::ConnectionRefused);
    QCOMPARE(outcome.capture.topology.data().viewsAsked, 3);
    QCOMPARE(outcome.capture.topology.data().viewsAnswered, 0);
    QCOMPARE(outcome.capture.topology.data().capturedAt, known.data().capturedAt);
    QVERIFY(health::isSilent(outcome.capture.topology));
}

void TestCollectRun::knownAndTheWayInIsDead()
{
    Nodes nodes;
    const cluster::Topology known = collect(nodes['a'].endpoint()).capture.topology;
    const Outcome outcome
        = collect(refusingEndpoint(), { 10s }, [&](CollectRun* run) { run->setKnown(known); });
    QVERIFY(outcome.ok);
    // It is one of the three, whichever, and they have all answered.
    QCOMPARE(outcome.capture.nodes.size(), 3);
    QCOMPARE(outcome.capture.topology.data().viewsAsked, 3);
    QCOMPARE(outcome.capture.topology.data().viewsAnswered, 3);
    QVERIFY(!outcome.codes().contains(u"node-unreachable"_s));
}

void TestCollectRun::wayInIsANodeToo()
{
    // A port-forward leads to a, whose own address nobody reaches.
    Nodes nodes;
    FakeNode forward;
    const auto hidden
        = [&](QByteArray text) { return text.replace(nodes.address('a'), "127.0.0.1:1@1"); };
    for (char id = 'b'; id <= 'c'; ++id) {
        nodes[id].on("CLUSTER NODES", FakeNode::bulk(hidden(nodes.nodesOf(id))));
        nodes[id].on("CLUSTER SLOTS", noPermission);
    }
    forward.on("CLUSTER NODES", FakeNode::bulk(hidden(nodes.nodesOf('a'))));
    forward.on("INFO", FakeNode::bulk(info + "role:master\r\n"));
    forward.on("ROLE", "*3\r\n$6\r\nmaster\r\n:0\r\n*0\r\n");
    const Outcome first = collect(forward.endpoint());
    QVERIFY(first.ok);
    QCOMPARE(first.capture.nodes.size(), 3);
    QVERIFY(first.node('a').isReachable);
    QCOMPARE(first.node('a').dialled, forward.endpoint().toString());
    QCOMPARE(first.node('a').address, (net::Endpoint { u"127.0.0.1"_s, 1 }));

    const Outcome again = collect(forward.endpoint(), { 2s },
        [&](CollectRun* run) { run->setKnown(first.capture.topology); });
    QCOMPARE(again.capture.nodes.size(), 3);
    QVERIFY(again.node('a').isReachable);
    QCOMPARE(again.capture.topology.data().viewsAsked, 3);
}

void TestCollectRun::nameIsResolved()
{
    Nodes nodes;
    const net::Endpoint named { u"localhost"_s, nodes['a'].endpoint().port };
    const Outcome outcome = collect(named, { 10s });
    QVERIFY(outcome.ok);
    QVERIFY(outcome.capture.dnsAnswers.contains(u"127.0.0.1"_s));
}

void TestCollectRun::announcedNamesAreLookedUp()
{
    Nodes nodes;
    // As from Redis 7 on: an address to dial, and a name beside it.
    QByteArray text = nodes.nodesOf('a');
    for (const char id : { 'b', 'c' }) {
        const QByteArray address = nodes.address(id);
        text.replace(QByteArray(address + ' '), QByteArray(address + ",name-" + id + ".example "));
    }
    QVERIFY2(text.contains("name-b.example"), text.constData());
    nodes['a'].on("CLUSTER NODES", FakeNode::bulk(text));
    QStringList asked;
    CollectOptions options { 10s };
    options.lookUp = [&asked](const QString& name, auto tell) {
        asked.append(name);
        QTimer::singleShot(0, [name, tell] {
            if (name.startsWith(u"name-b"_s))
                tell({ QHostAddress(u"192.0.2.7"_s), QHostAddress(u"2001:db8::7"_s) }, {});
            else
                tell({}, u"Name or service not known"_s);
        });
    };
    const Outcome outcome = collect(nodes['a'].endpoint(), options);
    QVERIFY(outcome.ok);
    asked.sort();
    QCOMPARE(asked, (QStringList { u"name-b.example"_s, u"name-c.example"_s }));
    QCOMPARE(outcome.capture.dnsAnswers, QStringList()); // of the seed, which is an address
    const auto answerOf = [&outcome](const QString& name) {
        for (const capture::ResolvedName& known : outcome.capture.names) {
            if (known.name == name)
                return known;
        }
        return capture::ResolvedName();
    };
    QCOMPARE(answerOf(u"name-b.example"_s).addresses,
        (QStringList { u"192.0.2.7"_s, u"2001:db8::7"_s }));
    QCOMPARE(answerOf(u"name-c.example"_s).why, u"Name or service not known"_s);
}

/// Nobody waits for it longer than for the nodes.
void TestCollectRun::aResolverThatSaysNothing()
{
    Nodes nodes;
    CollectOptions options { 10s };
    options.lookUp = [](const QString&, const auto&) {};
    const net::Endpoint named { u"localhost"_s, nodes['a'].endpoint().port };
    const Outcome outcome = collect(named, options);
    QVERIFY(outcome.ok);
    QVERIFY2(outcome.milliseconds < 9000, qPrintable(QString::number(outcome.milliseconds)));
    QCOMPARE(outcome.capture.names.size(), 1);
    QCOMPARE(outcome.capture.names.first().name, u"localhost"_s);
    QCOMPARE(outcome.capture.names.first().why, u"no answer in time"_s);
}

void TestCollectRun::namesOfTheFarEnd()
{
    net::ConnectionOptions way;
    way.socks.emplace();
    way.socks->host = u"192.0.2.1"_s;
    capture::NameLookups far(way, [](const QString&, const auto&) { QFAIL("asked all the same"); });
    far.wantSeed({ u"seed.example"_s, 6379 });
    far.want({ u"node.example"_s, 6379 });
    far.want({ u"node.example"_s, 6380 });
    far.want({ u"10.0.0.1"_s, 6379 });
    far.want({ QString(), 6379 });
    QVERIFY(far.isDone());
    QCOMPARE(far.answers().size(), 2);
    QCOMPARE(far.answers().last().name, u"node.example"_s);
    QCOMPARE(far.answers().last().why, u"not looked up: the far end of the way in does that"_s);
    QVERIFY(far.seedAddresses().isEmpty());
}

void TestCollectRun::disagreement()
{
    Nodes nodes;
    nodes['b'].on("CLUSTER NODES", FakeNode::bulk(nodes.nodesOf('b', "0-8", "9-16383")));
    const Outcome outcome = collect(nodes['a'].endpoint());
    QVERIFY(outcome.ok);
    QCOMPARE(outcome.codes().first(), u"slots-disputed"_s);
    QVERIFY(!outcome.capture.topology.data().claims.isEmpty());
}

void TestCollectRun::standalone()
{
    FakeNode node;
    node.on("INFO",
        FakeNode::bulk("redis_version:7.0.15\r\nredis_mode:standalone\r\nrole:master\r\n"
                       "cluster_enabled:0\r\n"));
    node.on("CLUSTER", "-ERR This instance has cluster support disabled\r\n");
    node.on("ROLE", "*3\r\n$6\r\nmaster\r\n:0\r\n*0\r\n");
    node.on("TIME", "*2\r\n$10\r\n1795900000\r\n$6\r\n123456\r\n");
    node.on("SLOWLOG GET 10", slowLog);
    const Outcome outcome = collect(node.endpoint());
    QVERIFY(outcome.ok);
    QCOMPARE(outcome.capture.topology.data().kind, cluster::Kind::Standalone);
    QCOMPARE(outcome.capture.topology.nodes().size(), 1);
    QCOMPARE(outcome.capture.topology.nodes().first().role, cluster::Role::Primary);
    QCOMPARE(outcome.capture.topology.data().viewsAnswered, 1);
    QVERIFY(outcome.capture.findings.isEmpty());
    QCOMPARE(outcome.capture.nodes.size(), 1);
    const NodeAnswers& only = outcome.capture.nodes.first();
    QVERIFY(only.isReachable);
    QVERIFY(!only.error);
    QVERIFY(only.id.isNull());
    QCOMPARE(only.address, node.endpoint());
    QVERIFY(only.serverTime.isValid());
}

void TestCollectRun::sentinel()
{
    FakeNode node;
    node.on("INFO", FakeNode::bulk("redis_version:7.0.15\r\nredis_mode:sentinel\r\n"));
    node.on("ROLE", "*2\r\n$8\r\nsentinel\r\n*0\r\n");
    node.on("SENTINEL MASTERS",
        "*1\r\n*6\r\n$4\r\nname\r\n$8\r\nmymaster\r\n$2\r\nip\r\n$8\r\n10.0.0.1\r\n"
        "$4\r\nport\r\n$4\r\n6379\r\n");
    const Outcome outcome = collect(node.endpoint());
    QVERIFY(outcome.ok);
    QCOMPARE(outcome.capture.topology.data().kind, cluster::Kind::Sentinel);
    QCOMPARE(outcome.capture.topology.data().masters.size(), 1);
    QCOMPARE(outcome.capture.topology.data().masters.first().name, u"mymaster"_s);
    QCOMPARE(outcome.capture.nodes.size(), 1);
    QVERIFY(outcome.capture.nodes.first().isReachable);
    QVERIFY(!node.received().contains("CLUSTER SHARDS"));
}

void TestCollectRun::cancels()
{
    Nodes nodes;
    nodes['b'].setMute(true);
    const Outcome early = collect(nodes['a'].endpoint(), { 30s }, [](CollectRun* run) {
        QMetaObject::invokeMethod(run, &CollectRun::cancel, Qt::QueuedConnection);
    });
    QVERIFY(!early.ok);
    QCOMPARE(early.error.code, ErrorCode::Cancelled);
    const Outcome later = collect(nodes['a'].endpoint(), { 30s }, [](CollectRun* run) {
        QObject::connect(
            run, &CollectRun::progressed, run, [run] { run->cancel(); }, Qt::SingleShotConnection);
    });
    QVERIFY(!later.ok);
    QCOMPARE(later.error.code, ErrorCode::Cancelled);
    QCOMPARE(later.ended, 0);
}

void TestCollectRun::mayBeDeletedByItsListener_data()
{
    QTest::addColumn<QString>("when");
    for (const char* when : { "progressed", "finished", "late", "ended" })
        QTest::newRow(when) << QString::fromLatin1(when);
}

void TestCollectRun::mayBeDeletedByItsListener()
{
    QFETCH(QString, when);
    Nodes nodes;
    nodes['b'].on("TIME", { { Act::Answer, "*2\r\n$1\r\n5\r\n$1\r\n0\r\n", 300 } });
    net::ConnectionPool pool(net::ConnectionOptions {});
    QPointer<CollectRun> run(new CollectRun(&pool, nodes['a'].endpoint(), {}, { 100ms }));
    const auto end = [&run] { delete run; };
    if (when == "progressed"_L1)
        connect(run, &CollectRun::progressed, this, end);
    else if (when == "finished"_L1)
        connect(run, &CollectRun::finished, this, end);
    else if (when == "late"_L1)
        connect(run, &CollectRun::late, this, end);
    else
        connect(run, &CollectRun::ended, this, end);
    run->start();
    QTRY_VERIFY(!run);
    QTest::qWait(50);
}

void TestCollectRun::throughASession()
{
    Nodes nodes;
    session::IoThread io;
    session::SessionConfig config;
    config.endpoint.endpoint = nodes['a'].endpoint();
    config.endpoint.typed = u"typed"_s;
    config.options.timeout = 4s;
    session::SessionHandle session(io, config);
    QSignalSpy topologies(&session, &session::SessionHandle::topologyChanged);
    session.open();
    QTRY_VERIFY(!topologies.isEmpty());
    for (char id = 'a'; id <= 'c'; ++id)
        QTRY_VERIFY(!nodes[id].received().isEmpty() || id == 'c');

    nodes['b'].on("TIME", { { Act::Answer, "*2\r\n$1\r\n5\r\n$1\r\n0\r\n", 2500 } });
    SessionCollect collect(&session);
    QSignalSpy finished(&collect, &SessionCollect::finished);
    QSignalSpy late(&collect, &SessionCollect::late);
    collect.start({ 1500ms });
    collect.start({ 1500ms }); // one at a time
    QVERIFY(collect.isRunning());
    QTRY_COMPARE(finished.size(), 1);
    QVERIFY(!collect.isRunning());
    QVERIFY(finished.first().at(0).toBool());
    const auto capture = finished.first().at(1).value<Capture>();
    QCOMPARE(capture.nodes.size(), 3);
    QCOMPARE(capture.topology.data().seedTyped, u"typed"_s);
    QTRY_COMPARE(late.size(), 1);
    QCOMPARE(late.first().first().value<NodeAnswers>().id, NodeId("b"_ba));

    collect.start({ 30s });
    collect.cancel();
    QTRY_COMPARE(finished.size(), 2);
    QVERIFY(!finished.last().at(0).toBool());
    collect.start({ 30s });
    // It may end in the middle.
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::TestCollectRun)

#include "tst_collectrun.moc"
