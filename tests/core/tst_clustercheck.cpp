// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/health/clustercheck.h"
#include "tests/core/threenodes.h"
#include "tests/support/refusingport.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QTcpServer>
#include <QTest>

#include <functional>
#include <memory>
#include <vector>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace slotscope::health;
using slotscope::cluster::ClusterState;
using slotscope::cluster::NodeId;
using slotscope::support::ErrorCode;

namespace slotscope::tests {
namespace {

using Act = FakeNode::Act;

struct Outcome
{
    bool ok = false;
    HealthReport report;
    support::Error error;
    QList<QPair<int, int>> progress;
    qint64 milliseconds = 0;

    const NodeView& view(char id) const
    {
        static const NodeView none;
        for (const NodeView& view : report.views) {
            if (view.id == NodeId(QByteArray(1, id)))
                return view;
        }
        return none;
    }
    QStringList codes() const
    {
        QStringList all;
        for (const Finding& finding : report.findings)
            all.append(codeName(finding.code));
        return all;
    }
};

using Prepare = std::function<void(ClusterCheck*)>;

Outcome check(
    const net::Endpoint& seed, net::ConnectionOptions options = {}, const Prepare& prepare = {})
{
    if (options.timeout == net::ConnectionOptions().timeout)
        options.timeout = 400ms;
    Outcome outcome;
    QElapsedTimer timer;
    timer.start();
    net::ConnectionPool pool(options);
    ClusterCheck operation(&pool, seed, u"typed"_s);
    operation.setPauseBeforeSecondLook(50ms);
    int finished = 0;
    QObject::connect(
        &operation, &ClusterCheck::progressed, &operation, [&](int settled, int asked) {
            outcome.progress.append({ settled, asked });
        });
    QObject::connect(&operation, &ClusterCheck::finished, &operation,
        [&](bool ok, const HealthReport& report, const support::Error& error) {
            ++finished;
            outcome.ok = ok;
            outcome.report = report;
            outcome.error = error;
            outcome.milliseconds = timer.elapsed();
        });
    operation.start();
    if (prepare)
        prepare(&operation);
    if (finished != 0)
        qFatal("finished from within start()");
    if (!QTest::qWaitFor([&] { return finished > 0; }, 10'000))
        qFatal("the check never finished");
    QTest::qWait(20);
    if (finished != 1)
        qFatal("finished %d times", finished);
    return outcome;
}

} // namespace

class TestClusterCheck final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void asksEveryNode();
    void slowNodeHoldsUpNobody();
    void slowButInTime();
    void silentNode();
    void refusingNode();
    void dyingMidReply();
    void anotherNodeAnswers();
    void nodesThatOnlyOthersKnow();
    void forbiddenInfo();
    void forbiddenNodes();
    void announcedAsAQuestionMark();
    void nothingToldIsAnError();
    void wantsAPassword();
    void disagreementIsLookedAtTwice();
    void passingDisagreementIsNone();
    void disagreementThatMovesOnIsNone();
    void manyDeadNodes();
    void standalone();
    void seedRefuses();
    void cancels();
    void asksNobodyAfterCancel_data();
    void asksNobodyAfterCancel();
    void diesWhileAsking();
    void mayBeDeletedByItsListener_data();
    void mayBeDeletedByItsListener();
};

void TestClusterCheck::asksEveryNode()
{
    ThreeNodes nodes;
    const Outcome outcome = check(nodes['c'].endpoint());
    QVERIFY(outcome.ok);
    QCOMPARE(outcome.report.views.size(), 3);
    QCOMPARE(outcome.report.agree(), std::optional(true));
    QCOMPARE(outcome.report.topology.data().viewsAsked, 3);
    QCOMPARE(outcome.report.topology.data().viewsAnswered, 3);
    QCOMPARE(outcome.report.views.first().id, NodeId("a"_ba)); // by shard, not the seed first
    for (const NodeView& view : outcome.report.views) {
        QVERIFY(view.reachable);
        QVERIFY(!view.error);
        QCOMPARE(view.state, ClusterState::Ok);
        QCOMPARE(view.server, u"redis 7.0.15"_s);
        QCOMPARE(view.errorCounts->of("MOVED"_ba), quint64(4));
        QVERIFY(view.refusals.isEmpty());
    }
    QCOMPARE(outcome.progress.first(), qMakePair(0, 3));
    QCOMPARE(outcome.progress.last(), qMakePair(3, 3));
    for (char id = 'a'; id <= 'c'; ++id) {
        const QList<QByteArray>& received = nodes[id].received();
        QCOMPARE(received.count("INFO"), 1);
        for (const QByteArray& command : received)
            QVERIFY2(!command.startsWith("CLUSTER SHARDS"), command.constData());
    }
}

void TestClusterCheck::slowNodeHoldsUpNobody()
{
    ThreeNodes nodes;
    nodes['b'].on("ROLE", { { Act::Answer, "*0\r\n", 30'000 } });
    const Outcome outcome = check(nodes['a'].endpoint());
    QVERIFY(outcome.ok);
    // Slow is the thirty seconds of its reply, not a loaded computer.
    QVERIFY2(outcome.milliseconds < 20'000, qPrintable(QString::number(outcome.milliseconds)));
    QVERIFY(!outcome.view('b').reachable);
    QCOMPARE(outcome.view('b').error->code, ErrorCode::ReplyTimeout);
    QVERIFY(outcome.view('b').hasView()); // what came before is kept
    QVERIFY(outcome.view('a').reachable);
    QVERIFY(outcome.view('c').reachable);
    QCOMPARE(outcome.codes(),
        (QStringList { u"node-unreachable"_s, u"primary-without-replica"_s, u"slots-imbalanced"_s,
            u"replicas-on-primary-host"_s }));
    QCOMPARE(outcome.report.worst(), Severity::Error);
}

void TestClusterCheck::slowButInTime()
{
    ThreeNodes nodes;
    nodes['b'].on("ROLE", { { Act::Answer, "*3\r\n$6\r\nmaster\r\n:0\r\n*0\r\n", 300 } });
    const Outcome outcome = check(nodes['a'].endpoint());
    QVERIFY(outcome.view('b').reachable);
}

void TestClusterCheck::silentNode()
{
    ThreeNodes nodes;
    nodes['c'].setMute(true);
    const Outcome outcome = check(nodes['a'].endpoint());
    QVERIFY(outcome.ok);
    QCOMPARE(outcome.view('c').error->code, ErrorCode::NoReply);
    QVERIFY(outcome.view('b').reachable);
    QCOMPARE(outcome.report.findings.first().severity, Severity::Warning);
    QCOMPARE(outcome.codes().first(), u"node-unreachable"_s);
}

void TestClusterCheck::refusingNode()
{
    ThreeNodes nodes;
    nodes['b'].close();
    const Outcome outcome = check(nodes['a'].endpoint());
    QVERIFY(outcome.ok);
    QCOMPARE(outcome.view('b').error->code, ErrorCode::ConnectionRefused);
    QCOMPARE(outcome.report.topology.data().viewsAnswered, 2);
    QVERIFY(outcome.report.findings.first().title.contains(u"(tcp)"));
}

void TestClusterCheck::dyingMidReply()
{
    ThreeNodes nodes;
    // The second time: the discovery asks it before.
    nodes['b'].on("CLUSTER NODES",
        { { Act::Answer, FakeNode::bulk(nodes.nodesOf('b')), 0 },
            { Act::AnswerThenClose, "$500\r\na 127.0.0.1:1@1 mas", 0 } });
    const Outcome outcome = check(nodes['a'].endpoint());
    QVERIFY(outcome.ok);
    QVERIFY(!outcome.view('b').reachable);
    QCOMPARE(outcome.view('b').error->code, ErrorCode::ConnectionLost);
    QVERIFY(!outcome.view('b').hasView());
    QCOMPARE(outcome.codes().first(), u"node-unreachable"_s);
}

void TestClusterCheck::anotherNodeAnswers()
{
    ThreeNodes nodes;
    nodes['c'].on("CLUSTER NODES",
        FakeNode::bulk("x 10.0.0.1:1@1 myself,master - 0 0 1 connected 0-16383\n"));
    const Outcome outcome = check(nodes['a'].endpoint());
    QVERIFY(outcome.ok);
    QVERIFY(outcome.view('c').error.has_value());
    QCOMPARE(outcome.view('c').error->code, ErrorCode::WrongNode);
    QVERIFY(!outcome.view('c').reachable);
    QVERIFY(!outcome.view('c').hasView());
    QVERIFY(outcome.view('c').server.isEmpty());
    QCOMPARE(outcome.report.agree(), std::optional(true));
    QVERIFY(outcome.report.findings.first().title.contains(u"(identity)"));
}

void TestClusterCheck::nodesThatOnlyOthersKnow()
{
    ThreeNodes nodes;
    FakeNode other;
    other.on("INFO", FakeNode::bulk(info));
    // Only the replica knows of it; a discovery asks primaries only.
    const QByteArray line
        = "d " + other.endpoint().toString().toLatin1() + "@1 slave b 0 0 2 connected\n";
    nodes['c'].on("CLUSTER NODES", FakeNode::bulk(nodes.nodesOf('c') + line));
    const Outcome outcome = check(nodes['a'].endpoint());
    QVERIFY(outcome.ok);
    QCOMPARE(outcome.report.views.size(), 4);
    QCOMPARE(other.received().count("INFO"), 1);
    QCOMPARE(outcome.progress.last(), qMakePair(4, 4));
}

void TestClusterCheck::forbiddenInfo()
{
    ThreeNodes nodes;
    nodes['b'].on("INFO", noPermission);
    nodes['b'].on("CLUSTER INFO", "-ERR unknown subcommand 'INFO'. Try CLUSTER HELP.\r\n");
    const Outcome outcome = check(nodes['a'].endpoint());
    QVERIFY(outcome.view('b').reachable);
    QCOMPARE(outcome.view('b').replication.role, cluster::Role::Primary); // by ROLE
    const Finding finding = outcome.report.findings.last();
    QCOMPARE(finding.code, FindingCode::SecondaryChecksIncomplete);
    QCOMPARE(finding.nodes, QList<NodeId> { NodeId("b"_ba) });
    QVERIFY(finding.title.contains(u"CLUSTER INFO, INFO"));
}

void TestClusterCheck::forbiddenNodes()
{
    ThreeNodes nodes;
    nodes['b'].on("CLUSTER NODES", noPermission);
    const Outcome outcome = check(nodes['a'].endpoint());
    QVERIFY(outcome.view('b').reachable);
    QVERIFY(outcome.view('b').hasView()); // by SLOTS
    QVERIFY(nodes['b'].received().contains("CLUSTER SLOTS"));
    QVERIFY(!nodes['c'].received().contains("CLUSTER SLOTS"));
    QCOMPARE(outcome.report.agreement.compared, 3);
    QCOMPARE(outcome.report.findings.last().code, FindingCode::SecondaryChecksIncomplete);

    nodes['b'].on("CLUSTER SLOTS", noPermission);
    const Outcome blind = check(nodes['a'].endpoint());
    QVERIFY(blind.view('b').reachable);
    QCOMPARE(blind.view('b').error->code, ErrorCode::NoPermission);
    QVERIFY(blind.report.findings.last().title.contains(u"CLUSTER NODES, CLUSTER SLOTS"));
}

/// As with cluster-preferred-endpoint-type hostname, where no name is announced.
void TestClusterCheck::announcedAsAQuestionMark()
{
    ThreeNodes nodes;
    nodes['a'].on("CLUSTER SLOTS",
        "*1\r\n*3\r\n:6000\r\n:6001\r\n*3\r\n$1\r\n?\r\n:"
            + QByteArray::number(nodes['b'].endpoint().port) + "\r\n$1\r\nb\r\n");
    const Outcome outcome = check(nodes['a'].endpoint());
    QVERIFY(outcome.view('b').reachable);
    const auto named = std::find_if(
        outcome.report.findings.begin(), outcome.report.findings.end(), [](const Finding& finding) {
            return finding.code == FindingCode::AnnouncedAddressUnreachable;
        });
    QVERIFY(named != outcome.report.findings.end());
    QCOMPARE(named->nodes, QList<NodeId> { NodeId("b"_ba) });
}

void TestClusterCheck::nothingToldIsAnError()
{
    ThreeNodes nodes;
    nodes['a'].on("CLUSTER", noPermission);
    for (const char* command : { "CLUSTER NODES", "CLUSTER SLOTS", "CLUSTER INFO" })
        nodes['a'].on(command, noPermission);
    const Outcome outcome = check(nodes['a'].endpoint());
    QVERIFY(!outcome.ok);
    QCOMPARE(outcome.error.code, ErrorCode::NoPermission);
    QVERIFY(!outcome.error.address.isEmpty());
}

void TestClusterCheck::wantsAPassword()
{
    ThreeNodes nodes;
    for (const char* command : { "CLUSTER NODES", "CLUSTER SLOTS", "CLUSTER INFO", "INFO", "ROLE" })
        nodes['c'].on(command, "-NOAUTH Authentication required.\r\n");
    const Outcome outcome = check(nodes['a'].endpoint());
    QVERIFY(outcome.ok);
    QVERIFY(!outcome.view('c').reachable);
    QCOMPARE(outcome.view('c').error->code, ErrorCode::AuthRequired);
    QVERIFY(outcome.report.findings.first().title.contains(u"(auth)"));
}

void TestClusterCheck::disagreementIsLookedAtTwice()
{
    ThreeNodes nodes;
    nodes['c'].on("CLUSTER NODES", FakeNode::bulk(nodes.nodesOf('c', "0-8", "9-16383")));
    const Outcome outcome = check(nodes['a'].endpoint());
    QCOMPARE(outcome.report.agree(), std::optional(false));
    QCOMPARE(outcome.codes().first(), u"views-disagree"_s);
    QCOMPARE(nodes['c'].received().count("CLUSTER NODES"), 2);
    QCOMPARE(nodes['b'].received().count("INFO"), 2);
    QCOMPARE(outcome.progress.last(), qMakePair(3, 3)); // it does not go back
}

void TestClusterCheck::passingDisagreementIsNone()
{
    ThreeNodes nodes;
    nodes['c'].on("CLUSTER NODES",
        { { Act::Answer, FakeNode::bulk(nodes.nodesOf('c', "0-8", "9-16383")), 0 },
            { Act::Answer, FakeNode::bulk(nodes.nodesOf('c')), 0 } });
    const Outcome outcome = check(nodes['a'].endpoint());
    QCOMPARE(outcome.report.agree(), std::optional(true));
    QVERIFY(!outcome.codes().contains(u"views-disagree"_s));
    QCOMPARE(nodes['c'].received().count("CLUSTER NODES"), 2);
}

void TestClusterCheck::disagreementThatMovesOnIsNone()
{
    // A reshard is running: the replica hears of each slot a little later.
    ThreeNodes nodes;
    nodes['c'].on("CLUSTER NODES",
        { { Act::Answer, FakeNode::bulk(nodes.nodesOf('c', "0-8", "9-16383")), 0 },
            { Act::Answer, FakeNode::bulk(nodes.nodesOf('c', "0-9", "10-16382")), 0 } });
    const Outcome outcome = check(nodes['a'].endpoint());
    QCOMPARE(outcome.report.agree(), std::optional(true));
    QVERIFY(!outcome.codes().contains(u"views-disagree"_s));
}

void TestClusterCheck::manyDeadNodes()
{
    ThreeNodes nodes;
    // One after the other they would take 80 s; they are more than are asked at once.
    std::vector<std::unique_ptr<QTcpServer>> silent; // the system accepts, nobody answers
    QByteArray text = nodes.nodesOf('a');
    for (int i = 0; i < 200; ++i) {
        silent.push_back(std::make_unique<QTcpServer>());
        QVERIFY(silent.back()->listen(QHostAddress::LocalHost));
        text += "silent" + QByteArray::number(i) + " 127.0.0.1:"
            + QByteArray::number(silent.back()->serverPort()) + "@1 slave b 0 0 2 connected\n";
    }
    nodes['a'].on("CLUSTER NODES", FakeNode::bulk(text));
    const Outcome outcome = check(nodes['a'].endpoint());
    QVERIFY(outcome.ok);
    QCOMPARE(outcome.report.views.size(), 203);
    QCOMPARE(outcome.report.reached(), 3);
    QVERIFY2(outcome.milliseconds < 20'000, qPrintable(QString::number(outcome.milliseconds)));
    QCOMPARE(outcome.progress.last().second, 203);
}

void TestClusterCheck::standalone()
{
    FakeNode node;
    node.on("INFO", FakeNode::bulk("redis_version:7.0.15\r\nredis_mode:standalone\r\n"));
    node.on("INFO cluster", FakeNode::bulk("cluster_enabled:0\r\n"));
    node.on("CLUSTER", "-ERR This instance has cluster support disabled\r\n");
    const Outcome outcome = check(node.endpoint());
    QVERIFY(outcome.ok);
    QCOMPARE(outcome.report.topology.data().kind, cluster::Kind::Standalone);
    QVERIFY(outcome.report.findings.isEmpty());
    QCOMPARE(outcome.report.agree(), std::optional<bool>());
}

void TestClusterCheck::seedRefuses()
{
    const Outcome outcome = check(refusingEndpoint());
    QVERIFY(!outcome.ok);
    QCOMPARE(outcome.error.code, ErrorCode::ConnectionRefused);
    QVERIFY(outcome.progress.isEmpty());
}

void TestClusterCheck::cancels()
{
    ThreeNodes nodes;
    nodes['b'].setMute(true);
    const Outcome early = check(nodes['a'].endpoint(), {}, [](ClusterCheck* c) { c->cancel(); });
    QVERIFY(!early.ok);
    QCOMPARE(early.error.code, ErrorCode::Cancelled);

    // While nodes are being asked.
    const Outcome late = check(nodes['a'].endpoint(), {}, [](ClusterCheck* c) {
        QObject::connect(
            c, &ClusterCheck::progressed, c, [c] { c->cancel(); }, Qt::SingleShotConnection);
    });
    QVERIFY(!late.ok);
    QCOMPARE(late.error.code, ErrorCode::Cancelled);
}

void TestClusterCheck::asksNobodyAfterCancel_data()
{
    QTest::addColumn<bool>("discovered");
    QTest::newRow("while it is discovered") << false;
    QTest::newRow("from the first progress") << true;
}

void TestClusterCheck::asksNobodyAfterCancel()
{
    QFETCH(const bool, discovered);
    ThreeNodes nodes;
    const Outcome outcome = check(nodes['a'].endpoint(), {}, [&](ClusterCheck* c) {
        if (discovered)
            QObject::connect(c, &ClusterCheck::progressed, c, [c] { c->cancel(); });
        else
            c->cancel();
    });
    QCOMPARE(outcome.error.code, ErrorCode::Cancelled);
    QTest::qWait(200); // an inquiry would have been sent
    for (char id = 'a'; id <= 'c'; ++id)
        QVERIFY(!nodes[id].received().contains("INFO"));
    if (!discovered)
        QVERIFY(nodes['b'].received().isEmpty());
}

void TestClusterCheck::diesWhileAsking()
{
    ThreeNodes nodes;
    nodes['b'].setMute(true);
    net::ConnectionOptions options;
    options.timeout = 300ms;
    net::ConnectionPool pool(options);
    auto operation = std::make_unique<ClusterCheck>(&pool, nodes['a'].endpoint(), u"typed"_s);
    bool isAsking = false;
    QObject::connect(operation.get(), &ClusterCheck::progressed, this, [&] { isAsking = true; });
    operation->start();
    QTRY_VERIFY(isAsking);
    operation.reset();
    // Late answers find nobody, and the connection that they come through serves others.
    bool isAnswered = false;
    pool.connectionTo(nodes['a'].endpoint())->send({ "PING" }, [&isAnswered](const net::Answer&) {
        isAnswered = true;
    });
    QTRY_VERIFY(isAnswered);
    QTest::qWait(500);
}

void TestClusterCheck::mayBeDeletedByItsListener_data()
{
    QTest::addColumn<int>("settled");
    QTest::newRow("after the discovery") << 0;
    QTest::newRow("after a node") << 1;
    QTest::newRow("after the last node") << 3;
}

void TestClusterCheck::mayBeDeletedByItsListener()
{
    QFETCH(const int, settled);
    ThreeNodes nodes;
    net::ConnectionPool pool({});
    QPointer<ClusterCheck> operation = new ClusterCheck(&pool, nodes['a'].endpoint(), u"typed"_s);
    bool isFinished = false;
    QObject::connect(operation, &ClusterCheck::finished, this, [&] { isFinished = true; });
    QObject::connect(operation, &ClusterCheck::progressed, this, [&](int number) {
        if (number == settled)
            delete operation;
    });
    operation->start();
    QTRY_VERIFY(operation.isNull());
    QTest::qWait(100);
    QVERIFY(!isFinished);
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::TestClusterCheck)
#include "tst_clustercheck.moc"
