// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/doctor/clienttarget.h"
#include "core/doctor/clusterexamrun.h"
#include "core/doctor/examcauses.h"
#include "core/doctor/examreport.h"
#include "core/doctor/examverdict.h"
#include "tests/support/deadport.h"
#include "tests/support/fakenode.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <functional>
#include <memory>
#include <vector>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace slotscope::doctor;

namespace slotscope::tests {
namespace {

const QByteArray noPermission = "-NOPERM this user has no permissions to run the command\r\n";

QByteArray idOf(int number)
{
    return QByteArray::number(number, 16).rightJustified(40, '0');
}

/// Fakes that say that they are the primaries of one cluster, each with its share of the slots.
class Cluster
{
public:
    explicit Cluster(int nodes)
    {
        for (int i = 0; i < nodes; ++i)
            m_nodes.push_back(std::make_unique<FakeNode>());
        for (int i = 0; i < nodes; ++i)
            m_addresses.append(m_nodes[static_cast<std::size_t>(i)]->endpoint());
        script();
    }

    FakeNode& operator[](int number) { return *m_nodes[static_cast<std::size_t>(number)]; }
    /// All say that this node is somewhere else.
    void announce(int number, const net::Endpoint& address)
    {
        m_addresses[number] = address;
        script();
    }

private:
    void script()
    {
        const auto count = static_cast<int>(m_nodes.size());
        for (int i = 0; i < count; ++i) {
            QByteArray text;
            for (int j = 0; j < count; ++j) {
                text += idOf(j) + ' ' + m_addresses.at(j).toString().toLatin1() + "@1 "
                    + (i == j ? "myself,master" : "master") + " - 0 0 1 connected "
                    + QByteArray::number(16384 * j / count) + '-'
                    + QByteArray::number(16384 * (j + 1) / count - 1) + '\n';
            }
            FakeNode& node = (*this)[i];
            node.on("PING", "+PONG\r\n");
            node.on("CLUSTER MYID", FakeNode::bulk(idOf(i)));
            node.on("INFO",
                FakeNode::bulk("redis_version:7.0.15\r\nredis_mode:cluster\r\n"
                               "cluster_enabled:1\r\n"));
            node.on("ROLE", "*3\r\n$6\r\nmaster\r\n:0\r\n*0\r\n");
            node.on("CLUSTER INFO", FakeNode::bulk("cluster_state:ok\r\n"));
            node.on("CLUSTER NODES", FakeNode::bulk(text));
            node.on("COMMAND", ":240\r\n");
            node.on("CLUSTER COUNTKEYSINSLOT", ":0\r\n");
            node.on("CLUSTER GETKEYSINSLOT", "*0\r\n");
            node.on("SCAN", "*2\r\n$1\r\n0\r\n*0\r\n");
            node.on("SLOWLOG", ":0\r\n");
        }
    }

    std::vector<std::unique_ptr<FakeNode>> m_nodes;
    QList<net::Endpoint> m_addresses;
};

struct Outcome
{
    Examination found;
    QList<int> changed;
    qint64 milliseconds = 0;

    const StageResult& stage(int node, ExamStage stage) const
    {
        static const StageResult none;
        const StageResult* result = found.nodes.at(node).stage(stage);
        return result ? *result : none;
    }
    QString detail(int node, ExamStage wanted) const { return stage(node, wanted).detail; }
    bool failedAt(int node, ExamStage wanted) const
    {
        const NodeExam& exam = found.nodes.at(node);
        return exam.failed() && exam.stage(wanted) && !exam.stage(wanted)->ok;
    }
};

using Prepare = std::function<void(ClusterExamRun*)>;

Outcome examine(const net::Endpoint& seed, net::ConnectionOptions options = {},
    std::chrono::milliseconds timeout = 500ms, const Prepare& prepare = {})
{
    options.timeout = timeout;
    Outcome outcome;
    QElapsedTimer timer;
    timer.start();
    ClusterExamRun run(options, seed, seed.toString());
    int finished = 0;
    QObject::connect(&run, &ClusterExamRun::nodeChanged, &run,
        [&outcome](int index) { outcome.changed.append(index); });
    QObject::connect(&run, &ClusterExamRun::finished, &run, [&](const Examination& examination) {
        ++finished;
        outcome.found = examination;
        outcome.milliseconds = timer.elapsed();
    });
    run.start();
    if (prepare)
        prepare(&run);
    if (finished != 0)
        qFatal("finished from within start()");
    if (!QTest::qWaitFor([&] { return finished > 0; }, 20'000))
        qFatal("the examination never finished");
    QTest::qWait(20);
    if (finished != 1)
        qFatal("finished %d times", finished);
    // Each failure has a cause and a remedy.
    for (const NodeExam& node : std::as_const(outcome.found.nodes)) {
        for (const StageResult& stage : node.stages) {
            if (!stage.ok && (stage.detail.isEmpty() || stage.remedy.isEmpty()))
                qFatal("%s: \"%s\" \"%s\"", qPrintable(stageWord(stage.stage)),
                    qPrintable(stage.detail), qPrintable(stage.remedy));
        }
    }
    return outcome;
}

} // namespace

class TestClusterExam final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void everyNodeIsExamined()
    {
        Cluster cluster(3);
        const Outcome outcome = examine(cluster[0].endpoint());
        QVERIFY(!outcome.found.error);
        QVERIFY(!outcome.found.hasFailingNode());
        QCOMPARE(outcome.found.nodes.size(), 4); // the seed, and all that are announced
        QCOMPARE(outcome.found.nodes.first().role, NodeExam::Role::Seed);
        for (const NodeExam& node : outcome.found.nodes) {
            QVERIFY(node.complete);
            QVERIFY(!node.id.isNull());
            QVERIFY2(!node.failed(), qPrintable(toText(outcome.found)));
            QVERIFY(node.stage(ExamStage::Ping)->micros >= 0);
            QVERIFY(!node.stage(ExamStage::Tls)); // there is none
        }
        QVERIFY(qAbs(outcome.found.movedShare - 2.0 / 3) < 0.01);
        for (int node = 0; node < 4; ++node)
            QVERIFY(outcome.changed.contains(node));
    }

    void aDeadNodeIsARow()
    {
        Cluster cluster(3);
        cluster.announce(1, { u"127.0.0.1"_s, 1 });
        const Outcome outcome = examine(cluster[0].endpoint());
        QVERIFY(!outcome.found.error);
        QVERIFY(outcome.found.hasFailingNode());
        QVERIFY(outcome.failedAt(2, ExamStage::Tcp));
        QVERIFY(outcome.detail(2, ExamStage::Tcp).contains(u"refused"_s));
        QVERIFY(!outcome.stage(2, ExamStage::Tcp).remedy.isEmpty());
        QVERIFY(outcome.stage(2, ExamStage::Resolve).ok);
        QVERIFY(!outcome.found.nodes.at(2).stage(ExamStage::Auth));
        QVERIFY(!outcome.found.nodes.at(3).failed());
        const QString text = toText(outcome.found);
        QVERIFY2(
            text.contains(u"FAILED  127.0.0.1:1, primary 00000000: tcp: "_s), qPrintable(text));
    }

    /// Eleven nodes that nobody reaches cost what one does.
    void theDeadAreWaitedForTogether()
    {
        Cluster cluster(12);
        const DeadPort dead(u"127.0.0.2"_s);
        for (int node = 1; node < 12; ++node)
            cluster.announce(node, dead.endpoint());
        const Outcome outcome = examine(cluster[0].endpoint(), {}, 1000ms);
        QCOMPARE(outcome.found.nodes.size(), 13);
        for (int node = 2; node < 13; ++node)
            QVERIFY(outcome.failedAt(node, ExamStage::Tcp));
        QVERIFY2(outcome.milliseconds < 9000, qPrintable(QString::number(outcome.milliseconds)));
    }

    void whoFailsAlikeIsToldTogether()
    {
        Cluster cluster(6);
        for (int node = 1; node < 5; ++node)
            cluster.announce(node, { u"127.0.0.1"_s, static_cast<quint16>(node) });
        const Outcome outcome = examine(cluster[0].endpoint());
        QCOMPARE(doctor::verdictOf(outcome.found, false).sentence,
            u"4 of 6 nodes fail: TCP: connection refused."_s);
        const QString text = toText(outcome.found);
        QCOMPARE(text.count(u"\nFAILED  "_s), 1);
        QVERIFY2(text.contains(u"FAILED  4 nodes: tcp: connection refused\n"_s), qPrintable(text));
        QVERIFY(text.contains(u"127.0.0.1:3, primary"_s));
        // Another cause besides.
        cluster[5].setMute(true);
        const Outcome two = examine(cluster[0].endpoint(), {}, 1000ms);
        QCOMPARE(doctor::verdictOf(two.found, false).sentence,
            u"5 of 6 nodes fail: 4 at TCP (connection refused), 1 at Login (no reply in time)."_s);
        const net::Unreached unreached = unreachedOf(two.found);
        QCOMPARE(unreached.asked, 6);
        QCOMPARE(unreached.failed, 5);
    }

    /// Loopback here is another computer's there.
    void whatMayHelpIsTold()
    {
        Examination found;
        NodeExam seed;
        seed.role = NodeExam::Role::Seed;
        seed.announced = { u"db.example.com"_s, 7000 };
        seed.dialled = u"192.0.2.1:7000"_s;
        found.nodes.append(seed);
        for (int port = 7000; port < 7003; ++port) {
            NodeExam node;
            node.role = NodeExam::Role::Primary;
            node.announced = { u"10.0.0.1"_s, static_cast<quint16>(port) };
            StageResult failure;
            failure.stage = ExamStage::Tcp;
            failure.error = support::Error { support::ErrorCode::ConnectTimeout, {},
                node.announced.toString() };
            node.stages.append(failure);
            node.complete = true;
            found.nodes.append(node);
        }
        const QString sentence = doctor::verdictOf(found, false).sentence;
        QCOMPARE(sentence,
            u"3 of 3 nodes fail: TCP: connect timed out. They announce addresses of a private "
            "network that this computer is not in."_s);
        const QString text = toText(found);
        for (const QString& words :
            { u"not in.\nIf their"_s, u"--map 10.0.0.1=@seed"_s, u"--ssh HOST"_s })
            QVERIFY2(text.contains(words), qPrintable(text));
        const QJsonValue json = toJson(unreachedOf(found));
        QCOMPARE(json[u"groups"][0][u"why"].toString(), u"private_network"_s);
        QCOMPARE(json[u"proposals"][0][u"kind"].toString(), u"map"_s);
        found.way = net::Way::Ssh; // is such a way already
        QVERIFY(unreachedOf(found).proposals.isEmpty());
    }

    void aSilentNodeFailsAtTheGreeting()
    {
        Cluster cluster(2);
        cluster[1].setMute(true);
        const Outcome outcome = examine(cluster[0].endpoint());
        QVERIFY(outcome.stage(2, ExamStage::Tcp).ok);
        QVERIFY(outcome.failedAt(2, ExamStage::Auth));
        QVERIFY(outcome.detail(2, ExamStage::Auth).contains(u"said nothing"_s));
    }

    void anotherNodeIsNotTheNode()
    {
        Cluster cluster(3);
        Cluster other(1);
        other[0].on("CLUSTER MYID", FakeNode::bulk(QByteArray(40, 'f')));
        cluster.announce(1, other[0].endpoint());
        const Outcome outcome = examine(cluster[0].endpoint());
        QVERIFY(outcome.failedAt(2, ExamStage::Identity));
        QVERIFY(outcome.detail(2, ExamStage::Identity).contains(u"ffffffff"_s));
        QVERIFY(outcome.found.hasFailingNode());
    }

    void whatIsForbiddenIsToldAndLeftOut()
    {
        Cluster cluster(2);
        cluster[0].on("SLOWLOG", "-ERR unknown command 'SLOWLOG'\r\n");
        cluster[0].on("CLUSTER GETKEYSINSLOT", noPermission);
        cluster[1].on("CLUSTER MYID", noPermission);
        const Outcome outcome = examine(cluster[0].endpoint());
        QVERIFY(outcome.stage(0, ExamStage::Permission).ok);
        const QString left = outcome.detail(0, ExamStage::Permission);
        QVERIFY2(left.contains(u"CLUSTER GETKEYSINSLOT, SLOWLOG"_s), qPrintable(left));
        QVERIFY(!outcome.found.nodes.at(2).failed());
        QVERIFY(outcome.detail(2, ExamStage::Identity).contains(u"not checked"_s));
    }

    void withoutAViewThereIsNothingToShow()
    {
        Cluster cluster(2);
        cluster[0].on("CLUSTER NODES", noPermission);
        cluster[0].on("CLUSTER SLOTS", noPermission);
        const Outcome outcome = examine(cluster[0].endpoint());
        QVERIFY(outcome.failedAt(0, ExamStage::Permission));
        QVERIFY(outcome.stage(0, ExamStage::Kind).ok); // cluster_enabled:1
        QCOMPARE(outcome.found.nodes.size(), 1);
    }

    void theSeedIsNotReached()
    {
        const Outcome outcome = examine({ u"127.0.0.1"_s, 1 });
        QVERIFY(outcome.found.error.has_value());
        QCOMPARE(outcome.found.error->code, support::ErrorCode::ConnectionRefused);
        QVERIFY(outcome.failedAt(0, ExamStage::Tcp));
        QVERIFY(!outcome.found.hasFailingNode());
    }

    void aNameThatNobodyKnowsFailsToResolve()
    {
        const Outcome outcome = examine({ u"no-such-name.invalid"_s, 6379 }, {}, 5000ms);
        QVERIFY(outcome.failedAt(0, ExamStage::Resolve));
        QCOMPARE(outcome.found.nodes.first().stages.size(), 1);
    }

    void aPasswordIsWanted()
    {
        FakeNode node;
        node.on("CLIENT", "-NOAUTH Authentication required.\r\n");
        for (const char* command : { "PING", "CLUSTER", "INFO", "ROLE", "COMMAND", "SCAN" })
            node.on(command, "-NOAUTH Authentication required.\r\n");
        const Outcome outcome = examine(node.endpoint());
        QVERIFY(outcome.failedAt(0, ExamStage::Auth));
        QVERIFY(outcome.found.error.has_value());
        QCOMPARE(outcome.found.error->code, support::ErrorCode::AuthRequired);
    }

    void aWebServerIsNoRedis()
    {
        FakeNode node;
        node.setGreeting("HTTP/1.1 400 Bad Request\r\n\r\n");
        const Outcome outcome = examine(node.endpoint());
        QVERIFY(outcome.failedAt(0, ExamStage::Kind));
        QVERIFY(outcome.found.error.has_value());
    }

    void aStandaloneServerIsOneRow()
    {
        FakeNode node;
        node.on("PING", "+PONG\r\n");
        node.on("CLUSTER", "-ERR This instance has cluster support disabled\r\n");
        node.on("INFO", FakeNode::bulk("redis_mode:standalone\r\ncluster_enabled:0\r\n"));
        node.on("ROLE", "*3\r\n$6\r\nmaster\r\n:0\r\n*0\r\n");
        const Outcome outcome = examine(node.endpoint());
        QVERIFY(!outcome.found.error);
        QCOMPARE(outcome.found.nodes.size(), 1);
        QVERIFY2(!outcome.found.nodes.first().failed(), qPrintable(toText(outcome.found)));
        QVERIFY(outcome.detail(0, ExamStage::Kind).contains(u"never answers MOVED"_s));
        QVERIFY(!node.received().contains("SENTINEL MASTERS"_ba));
    }

    void whereNobodyHasSlotsNoShareIsTold()
    {
        Cluster cluster(1);
        const auto shareOf = [&cluster] {
            const Outcome outcome = examine(cluster[0].endpoint());
            const auto target = clientTargetOf(cluster[0].endpoint(), {}, outcome.found);
            return target ? target->movedShare : -1;
        };
        QCOMPARE(shareOf(), std::optional<double>(0));
        cluster[0].on(
            "CLUSTER NODES", FakeNode::bulk(idOf(0) + " :1@2 myself,master - 0 0 0 connected\n"));
        QCOMPARE(shareOf(), std::optional<double>());
    }

    void aSentinelTellsWhatItWatches()
    {
        FakeNode node;
        node.on("PING", "+PONG\r\n");
        node.on("INFO", FakeNode::bulk("redis_mode:sentinel\r\n"));
        node.on("ROLE", "*2\r\n$8\r\nsentinel\r\n*1\r\n$6\r\norders\r\n");
        node.on("SENTINEL MASTERS",
            "*1\r\n*6\r\n$4\r\nname\r\n$6\r\norders\r\n$2\r\nip\r\n$9\r\n127.0.0.1\r\n$"
            "4\r\nport\r\n"
            "$4\r\n6379\r\n");
        const Outcome outcome = examine(node.endpoint());
        QVERIFY2(!outcome.found.nodes.first().failed(), qPrintable(toText(outcome.found)));
        const auto target = clientTargetOf(node.endpoint(), {}, outcome.found);
        QVERIFY(target.has_value());
        QCOMPARE(target->sentinelMaster, u"orders"_s);
    }

    void theConnectionIsCutBetweenTheAnswers()
    {
        Cluster cluster(2);
        cluster[1].on("CLUSTER INFO", { { FakeNode::Act::AnswerThenClose, "$500\r\nclus", 0 } });
        const Outcome outcome = examine(cluster[0].endpoint());
        QVERIFY(outcome.failedAt(2, ExamStage::Ping));
        QVERIFY(outcome.stage(2, ExamStage::Auth).ok);
    }

    void cancelEndsIt()
    {
        Cluster cluster(2);
        cluster[0].setMute(true);
        const Outcome outcome = examine(
            cluster[0].endpoint(), {}, 60'000ms, [](ClusterExamRun* run) { run->cancel(); });
        QVERIFY(outcome.found.error.has_value());
        QCOMPARE(outcome.found.error->code, support::ErrorCode::Cancelled);
        QVERIFY(outcome.milliseconds < 15'000);
    }

    void itIsWrittenAsTheContractHasIt()
    {
        Cluster cluster(2);
        cluster.announce(1, { u"127.0.0.1"_s, 1 });
        const QJsonArray nodes = toJson(examine(cluster[0].endpoint()).found.nodes);
        QCOMPARE(nodes.size(), 3);
        const QJsonObject seed = nodes.first().toObject();
        QCOMPARE(seed.value(u"role"_s).toString(), u"seed"_s);
        QCOMPARE(seed.value(u"node_id"_s).toString(), QString::fromLatin1(idOf(0)));
        QCOMPARE(seed.value(u"dialled"_s).toString(), cluster[0].endpoint().toString());
        const QJsonObject dead = nodes.last().toObject();
        QVERIFY(dead.value(u"dialled"_s).isNull());
        const QJsonObject failure = dead.value(u"stages"_s).toArray().last().toObject();
        QCOMPARE(failure.value(u"stage"_s).toString(), u"tcp"_s);
        QCOMPARE(failure.value(u"ok"_s).toBool(true), false);
        QVERIFY(failure.value(u"micros"_s).isNull());
        QVERIFY(failure.value(u"remedy"_s).isString());
    }
};

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::TestClusterExam)
#include "tst_clusterexam.moc"
