// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/blocking.h"
#include "core/command/redirectpolicy.h"
#include "core/command/slotowners.h"
#include "tests/support/topologies.h"

#include <QRegularExpression>
#include <QTest>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using namespace command;
using namespace std::chrono_literals;
using cluster::Slot;
using net::Endpoint;
using support::ErrorCode;

// The decisions, without sockets or clocks.
class RedirectPolicyTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void startsAtTheOwner();
    void startsAtTheSeedWhereTheSlotsAreUnknown();
    void startsAtAReplica();
    void writesStartAtTheOwner();
    void anotherReplicaThenThePrimary_data();
    void anotherReplicaThenThePrimary();
    void movedAndBackAfterAWait();
    void aMapThatHasNotChangedIsNotFollowed();
    void clusterDownLearns();
    void tryAgainStays();
    void growingWaits();
    void connectFailuresAreRetried();
    void whatWaitingDoesNotMend_data();
    void whatWaitingDoesNotMend();
    void whatIsNotRetried_data();
    void whatIsNotRetried();
    void readOnly_data();
    void readOnly();
    void demotedWhileBlocking();
    void unusableTargetWaitsForTheMap();
    void denials_data();
    void denials();
    void blockingTimes_data();
    void blockingTimes();
    void remainingTime();

private:
    RedirectPolicy policy(Behaviour behaviour = Behaviour::clusterClientWithMap(),
        bool readOnly = false, bool keyless = false)
    {
        RunContext context { nullptr, m_map, m_nodes[1], {} };
        if (m_canLearn)
            context.latestMap = [this] { return m_latest; };
        return { context, std::move(behaviour), keyless ? std::nullopt : std::optional(m_slot),
            readOnly };
    }
    Hop hopAt(const Endpoint& address, const QByteArray& raw = {}) const
    {
        Hop hop;
        hop.address = address;
        hop.nodeLabel = address.toString();
        hop.raw = raw;
        return hop;
    }
    QByteArray moved(const Endpoint& target) const
    {
        return "MOVED 1738 " + target.toString().toLatin1();
    }

    const Slot m_slot { 1738 }; // of the third node
    const QList<Endpoint> m_nodes { { u"10.0.0.1"_s, 1 }, { u"10.0.0.2"_s, 2 },
        { u"10.0.0.3"_s, 3 }, { u"10.0.0.4"_s, 4 },
        { u"10.0.0.5"_s, 5 } }; // the last two replicate the third
    cluster::Topology m_map;
    cluster::Topology m_latest;
    bool m_canLearn = true;
};

void RedirectPolicyTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    cluster::TopologyData data = threeShards({ m_nodes[0], m_nodes[1], m_nodes[2] }, m_slot).data();
    for (int i = 3; i < 5; ++i) {
        cluster::Node replica;
        replica.id = cluster::NodeId(QByteArray(40, static_cast<char>('a' + i)));
        replica.address = m_nodes[i];
        replica.role = cluster::Role::Replica;
        replica.primaryId = data.nodes[2].id;
        replica.health = cluster::Health::Ok;
        data.nodes.append(replica);
    }
    data.shards.clear();
    m_map = cluster::Topology::build(data);
    m_latest = m_map;
    m_canLearn = true;
}

void RedirectPolicyTest::startsAtTheOwner()
{
    const NextMove first = policy().begin();
    QVERIFY(first.kind == NextMove::Kind::Visit);
    QCOMPARE(first.address, m_nodes[2]);
    QCOMPARE(policy(Behaviour::clusterClientWithMap(), false, true).begin().address, m_nodes[1]);
}

void RedirectPolicyTest::startsAtTheSeedWhereTheSlotsAreUnknown()
{
    cluster::TopologyData data = m_map.data();
    data.shards.clear();
    for (cluster::Node& node : data.nodes)
        node.ranges.clear();
    m_map = cluster::Topology::build(data); // a view in which nobody has slots
    QVERIFY(policy().begin().outcome == TraceOutcome::SlotUnowned);
    data.viewsAsked = 1; // and no view at all: this user may not run CLUSTER
    m_map = cluster::Topology::build(data);
    for (const Behaviour& behaviour :
        { Behaviour::clusterClientWithMap(), Behaviour::replicaReader() }) {
        RedirectPolicy run = policy(behaviour, true);
        QCOMPARE(run.begin().address, m_nodes[1]);
        Hop hop = hopAt(m_nodes[1], moved(m_nodes[2]));
        QCOMPARE(run.afterError(hop).address, m_nodes[2]);
    }
    const RunContext context { nullptr, m_map, m_nodes[1], {} };
    QCOMPARE(SlotOwners(context).ownerOf(m_slot.number()), m_nodes[1]);
}

void RedirectPolicyTest::startsAtAReplica()
{
    const NextMove first = policy(Behaviour::replicaReader(), true).begin();
    QCOMPARE(first.address, m_nodes[3]);
    QVERIFY(first.replicaRead);
}

void RedirectPolicyTest::writesStartAtTheOwner()
{
    const NextMove first = policy(Behaviour::replicaReader(), false).begin();
    QCOMPARE(first.address, m_nodes[2]);
    QVERIFY(!first.replicaRead);
}

void RedirectPolicyTest::anotherReplicaThenThePrimary_data()
{
    QTest::addColumn<QByteArray>("line"); // empty: no connection
    QTest::newRow("LOADING") << "LOADING Redis is loading the dataset in memory"_ba;
    QTest::newRow("MASTERDOWN") << "MASTERDOWN Link with MASTER is down"_ba;
    QTest::newRow("refused") << QByteArray();
}

void RedirectPolicyTest::anotherReplicaThenThePrimary()
{
    QFETCH(QByteArray, line);
    RedirectPolicy reader = policy(Behaviour::replicaReader(), true);
    NextMove next = reader.begin();
    for (int expected : { 4, 2 }) {
        Hop hop = hopAt(next.address, line);
        next = line.isEmpty()
            ? reader.afterNoConnection(hop, { ErrorCode::ConnectionRefused, {}, {} }, 1)
            : reader.afterError(hop);
        QVERIFY(next.kind == NextMove::Kind::Visit); // at once
        QCOMPARE(next.address, m_nodes[expected]);
        QCOMPARE(next.replicaRead, expected == 4);
    }
}

void RedirectPolicyTest::movedAndBackAfterAWait()
{
    RedirectPolicy client = policy();
    client.begin();
    Hop first = hopAt(m_nodes[2], moved(m_nodes[0]));
    QCOMPARE(client.afterError(first).address, m_nodes[0]);
    QVERIFY(first.mapChanged);
    // The target is dead: its successor is not known yet.
    Hop failed = hopAt(m_nodes[0]);
    NextMove next = client.afterNoConnection(failed, { ErrorCode::ConnectionRefused, {}, {} }, 0);
    QVERIFY(next.kind == NextMove::Kind::Wait);
    QVERIFY(next.wantsRefresh);
    QCOMPARE(client.afterWait().address, m_nodes[0]);
    m_latest = m_map.withOwner(m_slot, m_nodes[4]);
    Hop again = hopAt(m_nodes[0]);
    client.afterNoConnection(again, { ErrorCode::ConnectionRefused, {}, {} }, 0);
    QCOMPARE(client.afterWait().address, m_nodes[4]);
    // The same redirect as before the wait is no loop.
    Hop late = hopAt(m_nodes[2], moved(m_nodes[0]));
    QVERIFY(client.afterError(late).kind == NextMove::Kind::Visit);
    Hop circle = hopAt(m_nodes[2], moved(m_nodes[0]));
    QVERIFY(client.afterError(circle).outcome == TraceOutcome::TooManyRedirects);
}

// The owner's map may be older than the MOVED that was just followed.
void RedirectPolicyTest::aMapThatHasNotChangedIsNotFollowed()
{
    RedirectPolicy client = policy();
    client.begin();
    Hop hop = hopAt(m_nodes[2], moved(m_nodes[0]));
    client.afterError(hop);
    Hop down = hopAt(m_nodes[0], "CLUSTERDOWN The cluster is down");
    QVERIFY(client.afterError(down).kind == NextMove::Kind::Wait);
    cluster::TopologyData refreshed = m_map.data();
    refreshed.capturedAt = QDateTime::currentDateTimeUtc();
    m_latest = cluster::Topology::build(refreshed, &m_map);
    QCOMPARE(client.afterWait().address, m_nodes[0]);
}

void RedirectPolicyTest::clusterDownLearns()
{
    RedirectPolicy client = policy();
    client.begin();
    Hop hop = hopAt(m_nodes[2], "CLUSTERDOWN Hash slot not served");
    const NextMove next = client.afterError(hop);
    QVERIFY(next.kind == NextMove::Kind::Wait);
    QCOMPARE(next.waitMs, 100);
    QVERIFY(next.wantsRefresh);
    m_latest = m_map.withOwner(m_slot, m_nodes[3]);
    QCOMPARE(client.afterWait().address, m_nodes[3]);
    QCOMPARE(client.map().ownerOf(m_slot)->address, m_nodes[3]);
}

void RedirectPolicyTest::tryAgainStays()
{
    RedirectPolicy client = policy();
    client.begin();
    Hop ask = hopAt(m_nodes[2], "ASK 1738 10.0.0.1:1");
    QVERIFY(client.afterError(ask).asking);
    QVERIFY(!ask.mapChanged);
    Hop hop = hopAt(m_nodes[0], "TRYAGAIN Multiple keys request during rehashing of slot");
    const NextMove next = client.afterError(hop);
    QCOMPARE(next.waitMs, 50);
    QVERIFY(!next.wantsRefresh);
    m_latest = m_map.withOwner(m_slot, m_nodes[3]);
    const NextMove retry = client.afterWait();
    QCOMPARE(retry.address, m_nodes[0]);
    QVERIFY(retry.asking);
}

void RedirectPolicyTest::growingWaits()
{
    for (const auto& [line, longest] :
        { std::pair("TRYAGAIN x"_ba, 500), std::pair("CLUSTERDOWN x"_ba, 2000) }) {
        RedirectPolicy client = policy();
        client.begin();
        int last = 0;
        int sum = 0;
        while (true) {
            Hop hop = hopAt(m_nodes[2], line);
            const NextMove next = client.afterError(hop);
            if (next.kind == NextMove::Kind::End) {
                QVERIFY(next.outcome == TraceOutcome::GaveUp);
                QVERIFY(next.detail.contains(QString::fromLatin1(line.first(8))));
                break;
            }
            QVERIFY(next.waitMs >= last && next.waitMs <= longest);
            last = next.waitMs;
            sum += next.waitMs;
            client.afterWait();
        }
        QCOMPARE(last, longest);
        QVERIFY(sum > 8000 && sum <= 10'000);
    }
}

void RedirectPolicyTest::connectFailuresAreRetried()
{
    RedirectPolicy client = policy();
    client.begin();
    int attempts = 0;
    while (true) {
        Hop hop = hopAt(m_nodes[2]);
        const NextMove next
            = client.afterNoConnection(hop, { ErrorCode::ConnectTimeout, {}, {} }, 3000);
        QVERIFY(hop.outcome == HopOutcome::ConnectFailed);
        ++attempts;
        if (next.kind == NextMove::Kind::End) {
            QVERIFY(next.outcome == TraceOutcome::ConnectFailed);
            break;
        }
        QCOMPARE(client.afterWait().address, m_nodes[2]);
    }
    QCOMPARE(attempts, 4); // the time that attempts take counts
}

void RedirectPolicyTest::whatWaitingDoesNotMend_data()
{
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<int>("attempts");
    QTest::newRow("no route") << ErrorCode::ConnectFailed << 3;
    QTest::newRow("no such name") << ErrorCode::ResolveFailed << 3;
    QTest::newRow("refused: perhaps a failover") << ErrorCode::ConnectionRefused << 9;
}

/// Told as soon as there was time for a newer map.
void RedirectPolicyTest::whatWaitingDoesNotMend()
{
    QFETCH(ErrorCode, code);
    QFETCH(int, attempts);
    RedirectPolicy client = policy();
    client.begin();
    int made = 0;
    while (true) {
        Hop hop = hopAt(m_nodes[2]);
        const NextMove next = client.afterNoConnection(hop, { code, {}, m_nodes[2].toString() }, 0);
        ++made;
        if (next.kind == NextMove::Kind::End)
            break;
        QVERIFY(next.wantsRefresh);
        client.afterWait();
    }
    QCOMPARE(made, attempts);
}

void RedirectPolicyTest::whatIsNotRetried_data()
{
    QTest::addColumn<Behaviour>("behaviour");
    QTest::addColumn<bool>("keyless");
    QTest::addColumn<bool>("canLearn");
    QTest::addColumn<ErrorCode>("code");
    const auto client = Behaviour::clusterClientWithMap();
    const auto refused = ErrorCode::ConnectionRefused;
    QTest::newRow("a plain client") << Behaviour::plainClient() << false << true << refused;
    QTest::newRow("a chosen node")
        << Behaviour { Start::Node, { u"h"_s, 1 }, true } << false << true << refused;
    QTest::newRow("without keys") << client << true << true << refused;
    QTest::newRow("nobody to learn from") << client << false << false << refused;
    QTest::newRow("a wrong password") << client << false << true << ErrorCode::AuthFailed;
    QTest::newRow("a wrong certificate") << client << false << true << ErrorCode::TlsFailed;
}

void RedirectPolicyTest::whatIsNotRetried()
{
    QFETCH(Behaviour, behaviour);
    QFETCH(bool, keyless);
    QFETCH(bool, canLearn);
    QFETCH(ErrorCode, code);
    m_canLearn = canLearn;
    RedirectPolicy client = policy(behaviour, false, keyless);
    Hop hop = hopAt(client.begin().address);
    const NextMove next = client.afterNoConnection(hop, { code, {}, {} }, 0);
    QVERIFY(next.kind == NextMove::Kind::End);
    QVERIFY(next.outcome == TraceOutcome::ConnectFailed);
}

void RedirectPolicyTest::readOnly_data()
{
    QTest::addColumn<Behaviour>("behaviour");
    QTest::addColumn<bool>("keyless");
    QTest::addColumn<bool>("retried");
    const auto client = Behaviour::clusterClientWithMap();
    QTest::newRow("sent there by the map") << client << false << true;
    QTest::newRow("without keys") << client << true << false;
    QTest::newRow("a chosen node")
        << Behaviour { Start::Node, { u"h"_s, 1 }, true } << false << false;
}

void RedirectPolicyTest::readOnly()
{
    QFETCH(Behaviour, behaviour);
    QFETCH(bool, keyless);
    QFETCH(bool, retried);
    RedirectPolicy client = policy(behaviour, false, keyless);
    Hop hop
        = hopAt(client.begin().address, "READONLY You can't write against a read only replica.");
    const NextMove next = client.afterError(hop);
    QVERIFY(next.wantsRefresh);
    QVERIFY(next.kind == (retried ? NextMove::Kind::Wait : NextMove::Kind::End));
    if (!retried)
        return;
    m_latest = m_map.withOwner(m_slot, m_nodes[3]);
    QCOMPARE(client.afterWait().address, m_nodes[3]);
}

void RedirectPolicyTest::demotedWhileBlocking()
{
    RedirectPolicy client = policy();
    Hop demoted = hopAt(client.begin().address,
        "UNBLOCKED force unblock from blocking operation, instance state changed (master -> "
        "replica?)");
    QVERIFY(client.afterError(demoted).kind == NextMove::Kind::Wait);
    Hop wanted = hopAt(m_nodes[2], "UNBLOCKED client unblocked via CLIENT UNBLOCK");
    QVERIFY(client.afterError(wanted).outcome == TraceOutcome::Error);
}

void RedirectPolicyTest::unusableTargetWaitsForTheMap()
{
    RedirectPolicy client = policy();
    client.begin();
    Hop hop = hopAt(m_nodes[2], "MOVED 1738 ?:1000");
    const NextMove next = client.afterError(hop);
    QVERIFY(next.kind == NextMove::Kind::Wait);
    QVERIFY(next.wantsRefresh);
    m_latest = m_map.withOwner(m_slot, m_nodes[0]);
    QCOMPARE(client.afterWait().address, m_nodes[0]);
}

void RedirectPolicyTest::denials_data()
{
    QTest::addColumn<QByteArray>("line");
    for (const char* word : { "NOAUTH", "NOPERM", "WRONGPASS" })
        QTest::newRow(word) << QByteArray(word) + " no";
}

void RedirectPolicyTest::denials()
{
    QFETCH(QByteArray, line);
    RedirectPolicy client = policy();
    client.begin();
    Hop hop = hopAt(m_nodes[2], line);
    const NextMove next = client.afterError(hop);
    QVERIFY(next.kind == NextMove::Kind::End);
    QVERIFY(next.outcome == TraceOutcome::Error);
    QVERIFY(!next.wantsRefresh);
    QVERIFY(next.detail.contains(m_nodes[2].toString()));
}

void RedirectPolicyTest::blockingTimes_data()
{
    QTest::addColumn<Argv>("argv");
    QTest::addColumn<int>("ms"); // -1: does not say
    QTest::newRow("BLPOP") << Argv { "BLPOP", "a", "b", "1.5" } << 1500;
    QTest::newRow("for ever") << Argv { "brpop", "a", "0" } << 0;
    QTest::newRow("a fraction of a millisecond") << Argv { "BLPOP", "a", "0.0001" } << 1;
    QTest::newRow("BLMOVE") << Argv { "BLMOVE", "a", "b", "LEFT", "LEFT", "2" } << 2000;
    QTest::newRow("BLMPOP") << Argv { "BLMPOP", "3", "1", "a", "LEFT" } << 3000;
    QTest::newRow("XREAD") << Argv { "XREAD", "COUNT", "2", "block", "250", "STREAMS", "s", "$" }
                           << 250;
    QTest::newRow("a stream called BLOCK") << Argv { "XREAD", "STREAMS", "block", "7" } << -1;
    QTest::newRow("XREADGROUP") << Argv { "XREADGROUP", "GROUP", "g", "c", "BLOCK", "0", "STREAMS",
        "s", ">" } << 0;
    QTest::newRow("WAIT") << Argv { "WAIT", "1", "700" } << 700;
    QTest::newRow("WAITAOF") << Argv { "WAITAOF", "1", "0", "700" } << 700;
    QTest::newRow("GET") << Argv { "GET", "1" } << -1;
    QTest::newRow("missing") << Argv { "WAIT", "1" } << -1;
    for (const char* wrong : { "soon", "-1", "inf", "nan", "1e300" })
        QTest::newRow(wrong) << Argv { "BLPOP", "a", wrong } << -1;
}

void RedirectPolicyTest::blockingTimes()
{
    QFETCH(Argv, argv);
    QFETCH(int, ms);
    const auto timeout = BlockingTimeout::of(argv);
    QCOMPARE(timeout ? int(timeout->time().count()) : -1, ms);
    if (timeout)
        QCOMPARE(timeout->isForEver(), ms == 0);
}

void RedirectPolicyTest::remainingTime()
{
    const Argv seconds { "BLPOP", "a", "1.5" };
    const auto timeout = BlockingTimeout::of(seconds);
    QCOMPARE(timeout->withRemaining(seconds, 0ms), seconds);
    QCOMPARE(timeout->withRemaining(seconds, 500ms), (Argv { "BLPOP", "a", "1.000" }));
    QCOMPARE(
        timeout->withRemaining(seconds, 9s), (Argv { "BLPOP", "a", "0.001" })); // 0 is for ever
    const Argv whole { "BLPOP", "a", "7" }; // all that servers before 6.0 understand
    QCOMPARE(BlockingTimeout::of(whole)->withRemaining(whole, 2500ms).at(2), "5"_ba);
    const Argv millis { "XREAD", "BLOCK", "250", "STREAMS", "s", "$" };
    QCOMPARE(BlockingTimeout::of(millis)->withRemaining(millis, 50ms).at(2), "200"_ba);
    const Argv always { "BLPOP", "a", "0" };
    QCOMPARE(BlockingTimeout::of(always)->withRemaining(always, 9s), always);
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::RedirectPolicyTest)
#include "tst_redirectpolicy.moc"
