// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/health/nodeview.h"
#include "core/resp/replyreader.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace slotscope::health;
using slotscope::cluster::ClusterState;
using slotscope::cluster::Role;
using slotscope::support::ErrorCode;

namespace slotscope::tests {
namespace {

resp::Reply text(const QByteArray& bytes)
{
    return resp::Reply::fromText(resp::Type::String, bytes);
}

resp::Reply error(const QByteArray& line)
{
    return resp::Reply::fromText(resp::Type::Error, line);
}

resp::Reply raw(const QByteArray& bytes)
{
    resp::ReplyReader reader;
    reader.feed(bytes);
    const auto reply = reader.next();
    if (!reply || !*reply)
        qFatal("not a reply");
    return **reply;
}

void take(NodeView* view, Inquiry inquiry, const resp::Reply& reply)
{
    cluster::NodesParser parser;
    health::take(view, inquiry, reply, &parser);
}

} // namespace

class TestNodeView final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void info_data();
    void info();
    void replicaInInfo();
    void primaryInInfo();
    void role_data();
    void role();
    void infoGoesBeforeRole();
    void clusterInfo();
    void refusals_data();
    void refusals();
    void nonsense_data();
    void nonsense();
};

void TestNodeView::info_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("server");
    QTest::newRow("redis") << QByteArray("redis_version:7.0.15\r\n") << u"redis 7.0.15"_s;
    QTest::newRow("valkey") << QByteArray(
        "redis_version:7.2.4\r\nserver_name:valkey\r\nvalkey_version:8.0.1\r\n")
                            << u"valkey 8.0.1"_s;
    QTest::newRow("silent") << QByteArray("os:Linux\r\n") << QString();
    QTest::newRow("hostile") << QByteArray("redis_version:\x1b[31m7\r\n") << u"redis \\x1b[31m7"_s;
}

void TestNodeView::info()
{
    QFETCH(QByteArray, line);
    NodeView view;
    take(&view, Inquiry::Info,
        text("# Server\r\n" + line
            + "run_id:0123456789012345678901234567890123456789\r\nuptime_in_seconds:77\r\n"
              "# Persistence\r\nloading:1\r\n# Stats\r\ntotal_error_replies:1\r\n"
              "errorstat_ASK:count=3\r\n"));
    QTEST(view.server, "server");
    QCOMPARE(view.runId, "0123456789012345678901234567890123456789"_ba);
    QCOMPARE(view.uptimeSeconds, std::optional<qint64>(77));
    QVERIFY(view.isLoading);
    QCOMPARE(view.errorCounts->of("ASK"_ba), quint64(3));
}

void TestNodeView::replicaInInfo()
{
    const auto facts = cluster::ReplicationFacts::fromInfo(cluster::parseInfo(
        "role:slave\r\nmaster_host:127.0.0.1\r\nmaster_link_status:down\r\n"
        "master_last_io_seconds_ago:-1\r\nmaster_sync_in_progress:1\r\n"
        "slave_repl_offset:1234567890123\r\nmaster_link_down_since_seconds:9\r\n"));
    QCOMPARE(facts.role, Role::Replica);
    QCOMPARE(facts.linkUp, std::optional(false));
    QVERIFY(facts.isSyncing);
    QVERIFY(!facts.secondsSinceHeard);
    QCOMPARE(facts.secondsDown, std::optional<qint64>(9));
    QCOMPARE(facts.offset, std::optional<qint64>(1234567890123));
    // Half a section is no news of a broken link.
    QVERIFY(!cluster::ReplicationFacts::fromInfo(cluster::parseInfo("role:slave\r\n")).linkUp);
}

void TestNodeView::primaryInInfo()
{
    const auto facts = cluster::ReplicationFacts::fromInfo(
        cluster::parseInfo("role:master\r\nconnected_slaves:2\r\n"
                           "slave0:ip=127.0.0.1,port=7003,state=online,offset=14,lag=1\r\n"
                           "slave1:ip=::1,port=7004,state=wait_bgsave,offset=0,lag=0\r\n"
                           "slave3:ip=10.0.0.9,port=1,state=online,offset=1,lag=0\r\n"
                           "master_repl_offset:20\r\n"));
    QCOMPARE(facts.role, Role::Primary);
    QCOMPARE(facts.offset, std::optional<qint64>(20));
    const QList<cluster::ReplicaSeen> expected { { { u"127.0.0.1"_s, 7003 }, u"online"_s, 14, 1 },
        { { u"::1"_s, 7004 }, u"wait_bgsave"_s, 0, 0 } };
    QCOMPARE(facts.replicas, expected); // the list ends where a number is missing
}

void TestNodeView::role_data()
{
    QTest::addColumn<QByteArray>("reply");
    QTest::addColumn<Role>("role");
    QTest::addColumn<bool>("isUp");
    QTest::addColumn<qint64>("offset");
    const QByteArray replica = "*5\r\n$5\r\nslave\r\n$1\r\nh\r\n:1\r\n";
    QTest::newRow("connected") << replica + "$9\r\nconnected\r\n:14\r\n"
                               << Role::Replica << true << qint64(14);
    QTest::newRow("connecting") << replica + "$10\r\nconnecting\r\n:-1\r\n"
                                << Role::Replica << false << qint64(-1);
    QTest::newRow("sync") << replica + "$4\r\nsync\r\n:-1\r\n"
                          << Role::Replica << false << qint64(-1);
    QTest::newRow("primary") << QByteArray("*3\r\n$6\r\nmaster\r\n:99\r\n*0\r\n") << Role::Primary
                             << false << qint64(99);
    QTest::newRow("sentinel") << QByteArray("*2\r\n$8\r\nsentinel\r\n*0\r\n") << Role::Unknown
                              << false << qint64(-1);
    QTest::newRow("empty") << QByteArray("*0\r\n") << Role::Unknown << false << qint64(-1);
    QTest::newRow("no array") << QByteArray(":1\r\n") << Role::Unknown << false << qint64(-1);
}

void TestNodeView::role()
{
    QFETCH(QByteArray, reply);
    NodeView view;
    take(&view, Inquiry::Role, raw(reply));
    QTEST(view.replication.role, "role");
    QTEST(view.replication.linkUp.value_or(false), "isUp");
    QTEST(view.replication.offset.value_or(-1), "offset");
}

void TestNodeView::infoGoesBeforeRole()
{
    NodeView view;
    take(&view, Inquiry::Info,
        text("role:slave\r\nmaster_link_status:up\r\nslave_repl_offset:7\r\n"));
    take(&view, Inquiry::Role, raw("*3\r\n$6\r\nmaster\r\n:99\r\n*0\r\n"));
    QCOMPARE(view.replication.role, Role::Replica);
    QCOMPARE(view.replication.offset, std::optional<qint64>(7));
}

void TestNodeView::clusterInfo()
{
    NodeView view;
    take(&view, Inquiry::ClusterInfo,
        text("cluster_state:fail\r\ncluster_current_epoch:18446744073709551615\r\n"
             "cluster_my_epoch:3\r\n"));
    QCOMPARE(view.state, ClusterState::Fail);
    QCOMPARE(view.currentEpoch, std::optional<quint64>(18446744073709551615ULL));
    QCOMPARE(view.myEpoch, std::optional<quint64>(3));
}

void TestNodeView::refusals_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("NOPERM 6") << QByteArray("NOPERM this user has no permissions to run the "
                                            "'cluster' command or its subcommand")
                              << ErrorCode::NoPermission;
    QTest::newRow("NOPERM 7.2") << QByteArray(
        "NOPERM User u has no permissions to run the 'cluster|nodes' command")
                                << ErrorCode::NoPermission;
    QTest::newRow("renamed") << QByteArray(
        "ERR unknown command 'CLUSTER', with args beginning with")
                             << ErrorCode::CommandUnavailable;
    QTest::newRow("loading") << QByteArray("LOADING Redis is loading the dataset in memory")
                             << ErrorCode::Loading;
}

void TestNodeView::refusals()
{
    QFETCH(QByteArray, line);
    QFETCH(ErrorCode, code);
    NodeView view;
    take(&view, Inquiry::Nodes, error(line));
    QCOMPARE(view.refusals,
        (QList<Refusal> { { u"CLUSTER NODES"_s, code, QString::fromLatin1(line) } }));
    QCOMPARE(view.isLoading, code == ErrorCode::Loading);
    QVERIFY(!view.hasView());
}

void TestNodeView::nonsense_data()
{
    QTest::addColumn<int>("inquiry");
    QTest::addColumn<QByteArray>("reply");
    QTest::newRow("nodes") << int(Inquiry::Nodes) << QByteArray("$5\r\nhello\r\n");
    QTest::newRow("nodes, an integer") << int(Inquiry::Nodes) << QByteArray(":1\r\n");
    QTest::newRow("info, an integer") << int(Inquiry::Info) << QByteArray(":1\r\n");
    QTest::newRow("info, empty") << int(Inquiry::ClusterInfo) << QByteArray("$0\r\n\r\n");
    QTest::newRow("slots") << int(Inquiry::Slots) << QByteArray("$5\r\nhello\r\n");
}

void TestNodeView::nonsense()
{
    QFETCH(int, inquiry);
    QFETCH(QByteArray, reply);
    NodeView view;
    take(&view, static_cast<Inquiry>(inquiry), raw(reply));
    QCOMPARE(view.refusals.size(), 1);
    QCOMPARE(view.refusals.first().code, ErrorCode::ProtocolError);
    QVERIFY(!view.hasView());
}

} // namespace slotscope::tests

Q_DECLARE_METATYPE(slotscope::cluster::Role)
Q_DECLARE_METATYPE(slotscope::support::ErrorCode)

QTEST_GUILESS_MAIN(slotscope::tests::TestNodeView)
#include "tst_nodeview.moc"
