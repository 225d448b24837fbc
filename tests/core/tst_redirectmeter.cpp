// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/session/redirectmeter.h"
#include "tests/support/topologies.h"

#include <QRegularExpression>
#include <QTest>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using session::RedirectCounts;
using session::RedirectMeter;
using session::SeenRedirects;

class RedirectMeterTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void countsWords_data();
    void countsWords();
    void theLastSecond();
    void afterALongPause();
    void namesNodes();

private:
    std::chrono::milliseconds m_now { 0 };
    std::unique_ptr<RedirectMeter> m_meter;
};

namespace {

const net::Endpoint nodeA { u"a"_s, 1 };

} // namespace

void RedirectMeterTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_now = 10s;
    m_meter = std::make_unique<RedirectMeter>([this] { return m_now; });
}

void RedirectMeterTest::countsWords_data()
{
    QTest::addColumn<QList<qint64>>("counts"); // moved, asked, waits
    QTest::newRow("MOVED 1 b:2") << QList<qint64> { 1, 0, 0 };
    QTest::newRow("ASK 1 b:2") << QList<qint64> { 0, 1, 0 };
    QTest::newRow("TRYAGAIN Multiple keys") << QList<qint64> { 0, 0, 1 };
    QTest::newRow("CLUSTERDOWN The cluster is down") << QList<qint64> { 0, 0, 1 };
    QTest::newRow("LOADING Redis is loading") << QList<qint64> { 0, 0, 1 };
    QTest::newRow("MASTERDOWN Link is down") << QList<qint64> { 0, 0, 1 };
    QTest::newRow("ERR MOVED is no command") << QList<qint64> {};
    QTest::newRow("CROSSSLOT Keys") << QList<qint64> {};
    QTest::newRow("READONLY You can't write") << QList<qint64> {};
}

void RedirectMeterTest::countsWords()
{
    QFETCH(QList<qint64>, counts);
    QCOMPARE(m_meter->count(nodeA, QTest::currentDataTag()), !counts.isEmpty());
    const SeenRedirects seen = m_meter->take({});
    QCOMPARE(seen.isLive, !counts.isEmpty());
    QCOMPARE(seen.nodes.isEmpty(), counts.isEmpty());
    if (!counts.isEmpty())
        QCOMPARE(seen.nodes.first().total,
            (RedirectCounts { counts.at(0), counts.at(1), counts.at(2) }));
}

void RedirectMeterTest::theLastSecond()
{
    // Ten every tenth of a second, for two seconds.
    for (int tick = 0; tick < 20; ++tick) {
        for (int i = 0; i < 10; ++i)
            m_meter->count(nodeA, "MOVED 1 b:2");
        m_now += 100ms;
        const auto node = m_meter->take({}).nodes.first();
        QCOMPARE(node.total.moved, 10 * (tick + 1));
        QCOMPARE(node.lastSecond.moved, std::min(100, 10 * (tick + 1)));
    }
    for (int tick = 0; tick < 9; ++tick) {
        m_now += 100ms;
        QVERIFY(m_meter->take({}).isLive);
    }
    m_now += 100ms;
    const SeenRedirects seen = m_meter->take({});
    QVERIFY(!seen.isLive);
    QCOMPARE(seen.nodes.first().lastSecond, RedirectCounts());
    QCOMPARE(seen.nodes.first().total.moved, 200);
}

void RedirectMeterTest::afterALongPause()
{
    m_meter->count(nodeA, "ASK 1 b:2");
    for (int tick = 0; tick < 12; ++tick) {
        m_now += 100ms;
        m_meter->take({});
    }
    m_now += 1h;
    m_meter->count(nodeA, "ASK 1 b:2");
    m_now += 100ms;
    QCOMPARE(m_meter->take({}).nodes.first().lastSecond.asked, 1);
}

void RedirectMeterTest::namesNodes()
{
    const cluster::Topology map = threeShards({ { u"a"_s, 1 }, { u"b"_s, 2 }, { u"c"_s, 3 } });
    m_meter->count({ u"c"_s, 3 }, "MOVED 1 b:2");
    m_meter->count({ u"elsewhere"_s, 9 }, "MOVED 1 b:2");
    m_meter->count(nodeA, "MOVED 1 b:2");
    const SeenRedirects seen = m_meter->take(map);
    QCOMPARE(seen.nodes.size(), 3);
    QCOMPARE(seen.nodes.at(0).nodeId, map.nodeByAddress(nodeA)->id);
    QCOMPARE(seen.nodes.at(1).address.host, u"c"_s);
    QVERIFY(seen.nodes.at(2).nodeId.isNull());
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::RedirectMeterTest)
#include "tst_redirectmeter.moc"
