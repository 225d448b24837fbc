// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/session/refreshplan.h"
#include "tests/support/topologies.h"

#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace slotscope::cluster;
using slotscope::session::PollTarget;
using slotscope::session::RefreshPlan;
using std::chrono::milliseconds;

namespace slotscope::tests {
namespace {

NodeId id(char digit)
{
    return NodeId(QByteArray(40, digit));
}

Topology threeNodes(const std::function<void(TopologyData*)>& edit = {})
{
    TopologyData data = threeShards({ { u"a"_s, 1 }, { u"b"_s, 2 }, { u"c"_s, 3 } }).data();
    if (edit)
        edit(&data);
    return Topology::build(data);
}

QString order(const QList<PollTarget>& targets)
{
    QString text;
    for (const PollTarget& target : targets)
        text += target.address.host;
    return text;
}

/// Three nodes as `speaker` sees them; those of `failed` it has given up.
NodesView viewOf(char speaker, const QByteArray& failed)
{
    NodesView view;
    for (const char digit : QByteArray("123")) {
        Node node;
        node.id = id(digit);
        node.health = failed.contains(digit) ? Health::Fail : Health::Ok;
        if (digit == speaker)
            view.myself = static_cast<int>(view.nodes.size());
        view.nodes.append(node);
    }
    return view;
}

} // namespace

class TestRefreshPlan final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aLittleEarlierByChance();
    void doublesToThirtySeconds();
    void anybodyHeardEndsTheBackoff();
    void discoversEveryFiveSecondsAtMost();
    void hurriesOnceASecondAtMost();
    void everySecondForAMinuteAfterAChange();
    void allNodesEveryTenSecondsAtMost();
    void anotherNodeEachTime();
    void eachHasItsTurnInAnyOrder();
    void theFailedComeLast();
    void theSilentComeLaterUnlessItIsTheirTurn();
    void theOtherSideOfAPartitionAtOnce();
    void whoTellsNothingIsNoSide();
    void sidesOfAMigrationEveryOtherTime();
    void theWantedFirst();
    void troubleIsNewOnce();
    void notWorthAsking();

private:
    milliseconds m_now { 1000 };
    RefreshPlan::Clock m_clock = [this] { return m_now; };
};

void TestRefreshPlan::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
}

void TestRefreshPlan::aLittleEarlierByChance()
{
    const RefreshPlan plan(2s, m_clock);
    QSet<qint64> delays;
    for (int i = 0; i < 100; ++i) {
        const milliseconds delay = plan.nextDelay(true);
        QVERIFY(delay <= 2000ms && delay >= 1600ms);
        delays.insert(delay.count());
    }
    QVERIFY(delays.size() > 20);
}

void TestRefreshPlan::doublesToThirtySeconds()
{
    RefreshPlan plan(2s, m_clock);
    for (const milliseconds full : { 4s, 8s, 16s, 30s, 30s, 30s }) {
        plan.failed();
        QVERIFY(plan.hasFailed());
        const milliseconds delay = plan.nextDelay(true);
        QVERIFY2(
            delay <= full && delay >= full * 8 / 10, QByteArray::number(delay.count()).constData());
    }
    plan.succeeded();
    QVERIFY(!plan.hasFailed());
    QVERIFY(plan.nextDelay(true) <= 2s);
}

void TestRefreshPlan::anybodyHeardEndsTheBackoff()
{
    RefreshPlan plan(2s, m_clock);
    QVERIFY(!plan.endBackoff());
    plan.failed();
    plan.failed();
    QVERIFY(plan.endBackoff());
    QVERIFY(plan.nextDelay(true) <= 2s);
}

void TestRefreshPlan::discoversEveryFiveSecondsAtMost()
{
    const RefreshPlan plan(2s, m_clock);
    const milliseconds delay = plan.nextDelay(false);
    QVERIFY(delay <= 5s && delay >= 4s);
    QVERIFY(RefreshPlan(10s, m_clock).nextDelay(false) >= 8s);
}

void TestRefreshPlan::hurriesOnceASecondAtMost()
{
    RefreshPlan plan(2s, m_clock);
    QCOMPARE(plan.hurriedDelay(), 0ms);
    plan.succeeded();
    QCOMPARE(plan.hurriedDelay(), 1000ms);
    m_now += 300ms;
    QCOMPARE(plan.hurriedDelay(), 700ms);
    m_now += 1h;
    QCOMPARE(plan.hurriedDelay(), 0ms);
}

void TestRefreshPlan::everySecondForAMinuteAfterAChange()
{
    RefreshPlan plan(2s, m_clock);
    plan.expectChanges();
    m_now += 59s;
    QVERIFY(plan.nextDelay(true) <= 1s);
    QVERIFY(plan.nextDelay(false) >= 4s); // a discovery is not cheap
    m_now += 1s;
    QVERIFY(plan.nextDelay(true) > 1s);
    RefreshPlan quick(100ms, m_clock);
    quick.expectChanges();
    QVERIFY(quick.nextDelay(true) <= 100ms);
}

void TestRefreshPlan::allNodesEveryTenSecondsAtMost()
{
    RefreshPlan plan(2s, m_clock);
    QVERIFY(plan.takeDiscovery());
    m_now += 9999ms;
    QVERIFY(!plan.takeDiscovery());
    m_now += 1ms;
    QVERIFY(plan.takeDiscovery());
}

void TestRefreshPlan::anotherNodeEachTime()
{
    RefreshPlan plan(2s, m_clock);
    QStringList firsts;
    for (int i = 0; i < 6; ++i) {
        const QString tried = order(plan.nextTargets(threeNodes(), {}, {}));
        QCOMPARE(tried.size(), 3);
        firsts.append(tried.first(1));
    }
    for (int i = 1; i < 6; ++i)
        QVERIFY(firsts.at(i) != firsts.at(i - 1));
    for (const char* node : { "a", "b", "c" })
        QCOMPARE(firsts.count(QLatin1StringView(node)), 2);
}

void TestRefreshPlan::eachHasItsTurnInAnyOrder()
{
    RefreshPlan plan(2s, m_clock);
    QStringList firsts;
    // Each view that comes puts another node first.
    for (int i = 0; i < 9; ++i) {
        const Topology topology = threeNodes([i](TopologyData* data) {
            std::rotate(data->nodes.begin(), data->nodes.begin() + i % 3, data->nodes.end());
        });
        firsts.append(order(plan.nextTargets(topology, {}, {})).first(1));
    }
    for (const char* node : { "a", "b", "c" })
        QCOMPARE(firsts.count(QLatin1StringView(node)), 3);
}

void TestRefreshPlan::theFailedComeLast()
{
    RefreshPlan plan(2s, m_clock);
    const Topology topology
        = threeNodes([](TopologyData* data) { data->nodes[1].health = Health::Fail; });
    bool hadItsTurn = false;
    for (int i = 0; i < 3; ++i)
        QCOMPARE(order(plan.nextTargets(topology, {}, {})).last(1), u"b"_s);
    // Others say so, but it speaks to us: the other side of a partition.
    for (int i = 0; i < 3; ++i)
        hadItsTurn |= order(plan.nextTargets(topology, {}, { id('2') })).startsWith(u'b');
    QVERIFY(hadItsTurn);
}

void TestRefreshPlan::theSilentComeLaterUnlessItIsTheirTurn()
{
    RefreshPlan plan(2s, m_clock);
    int first = 0;
    for (int i = 0; i < 3; ++i) {
        const QString tried = order(plan.nextTargets(threeNodes(), { id('2') }, {}));
        if (tried.startsWith(u'b'))
            ++first;
        else
            QCOMPARE(tried.last(1), u"b"_s);
    }
    QCOMPARE(first, 1);
}

void TestRefreshPlan::theOtherSideOfAPartitionAtOnce()
{
    RefreshPlan plan(2s, m_clock);
    plan.heardAll({ id('1'), id('2'), id('3') });
    plan.succeeded();
    QVERIFY(plan.nextDelay(true) > 1s);
    QVERIFY(plan.hurriedDelay() == 1s);
    plan.heard(viewOf('3', {}));
    QVERIFY(!plan.heard(viewOf('1', "23")));
    QVERIFY(plan.wantsOtherSide());
    QVERIFY(plan.nextDelay(true) <= 200ms);
    QVERIFY(plan.nextDelay(false) > 1s);
    QVERIFY(plan.hurriedDelay() <= 200ms);
    // Who was asked longest ago; whom a MOVED names comes after that.
    plan.prefer({ u"c"_s, 3 });
    QCOMPARE(order(plan.nextTargets(threeNodes(), {}, { id('1') })).first(1), u"b"_s);
    QVERIFY(plan.heard(viewOf('2', "13")));
    QVERIFY(!plan.wantsOtherSide());
    QVERIFY(plan.nextDelay(true) > 1s); // not back and forth
    QCOMPARE(order(plan.nextTargets(threeNodes(), {}, {})).first(1), u"c"_s);
    plan.heard(viewOf('3', "1"));
    QVERIFY(plan.nextDelay(true) <= 200ms); // the next refresh asks both again
}

void TestRefreshPlan::whoTellsNothingIsNoSide()
{
    RefreshPlan plan(2s, m_clock);
    plan.heard(viewOf('1', "2"));
    QVERIFY(plan.nextDelay(true) > 1s); // has never been heard
    plan.heardAll({ id('1'), id('2'), id('3') });
    plan.heard(viewOf('1', "2"));
    QVERIFY(plan.nextDelay(true) <= 200ms);
    plan.nextTargets(threeNodes(), {}, {});
    plan.notHeard(id('2'));
    plan.failed();
    plan.heard(viewOf('1', "2"));
    plan.succeeded();
    QVERIFY(plan.nextDelay(true) > 1s); // it was asked, and is silent
}

void TestRefreshPlan::sidesOfAMigrationEveryOtherTime()
{
    RefreshPlan plan(2s, m_clock);
    const Topology topology = threeNodes([](TopologyData* data) {
        data->migrations = { { Slot(7), id('1'), id('3') } };
    });
    QString firsts;
    for (int i = 0; i < 8; ++i)
        firsts += order(plan.nextTargets(topology, {}, {})).first(1);
    QVERIFY2(firsts.count(u'a') + firsts.count(u'c') >= 6, qPrintable(firsts));
    QVERIFY2(firsts.contains(u'b'), qPrintable(firsts));
}

void TestRefreshPlan::theWantedFirst()
{
    RefreshPlan plan(2s, m_clock);
    for (const char* host : { "c", "c", "a" }) {
        const QString wanted = QString::fromLatin1(host);
        plan.prefer({ wanted, static_cast<quint16>(wanted == u"a" ? 1 : 3) });
        QCOMPARE(order(plan.nextTargets(threeNodes(), {}, {})).first(1), wanted);
    }
    plan.prefer({ u"stranger"_s, 9 });
    QCOMPARE(plan.nextTargets(threeNodes(), {}, {}).size(), 3);
}

void TestRefreshPlan::troubleIsNewOnce()
{
    RefreshPlan plan(2s, m_clock);
    QVERIFY(!plan.seesNewTrouble(threeNodes(), {}));
    const Topology suspected
        = threeNodes([](TopologyData* data) { data->nodes[1].health = Health::PFail; });
    QVERIFY(plan.seesNewTrouble(suspected, {}));
    QVERIFY(!plan.seesNewTrouble(suspected, {}));
    QVERIFY(!plan.seesNewTrouble(threeNodes(), {}));
    QVERIFY(!plan.seesNewTrouble(suspected, {})); // it only came and went
    QVERIFY(plan.seesNewTrouble(suspected, { id('3') }));
    const Topology failed
        = threeNodes([](TopologyData* data) { data->state = ClusterState::Fail; });
    QVERIFY(plan.seesNewTrouble(failed, {}));
    QVERIFY(!plan.seesNewTrouble(failed, {}));
}

void TestRefreshPlan::notWorthAsking()
{
    const Topology topology = threeNodes([](TopologyData* data) {
        data->nodes[0].health = Health::Handshake;
        data->nodes[1].health = Health::NoAddr;
        data->nodes[2].address = {};
    });
    QVERIFY(RefreshPlan::targetsOf(topology).isEmpty());
    QVERIFY(RefreshPlan(2s, m_clock).nextTargets(topology, {}, {}).isEmpty());
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::TestRefreshPlan)
#include "tst_refreshplan.moc"
