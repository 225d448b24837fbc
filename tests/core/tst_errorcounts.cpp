// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/errorcounts.h"
#include "core/cluster/viewparsers.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace slotscope::cluster;

namespace slotscope::tests {
namespace {

ErrorCounts counts(const QByteArray& fields)
{
    const auto parsed = ErrorCounts::fromInfo(
        cluster::parseInfo(QByteArray("total_error_replies:9\r\n" + fields)));
    return parsed.value_or(ErrorCounts());
}

} // namespace

class TestErrorCounts final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void parses_data();
    void parses();
    void isBounded();
    void addsWhatWeSaw();
    void growth_data();
    void growth();
    void keepsTheLastLookOfEachNode();
};

void TestErrorCounts::parses_data()
{
    QTest::addColumn<QByteArray>("info");
    QTest::addColumn<bool>("isKnown");
    QTest::addColumn<quint64>("moved");
    QTest::newRow("7.0") << QByteArray("# Stats\r\ntotal_error_replies:7\r\n# Errorstats\r\n"
                                       "errorstat_ERR:count=2\r\nerrorstat_MOVED:count=5\r\n")
                         << true << quint64(5);
    QTest::newRow("no error yet") << QByteArray("total_error_replies:0\r\n# Errorstats\r\n") << true
                                  << quint64(0);
    QTest::newRow("the section alone")
        << QByteArray("errorstat_MOVED:count=1\r\n") << true << quint64(1);
    QTest::newRow("more fields later")
        << QByteArray("errorstat_MOVED:count=12,last=3\r\n") << true << quint64(12);
    QTest::newRow("64 bits") << QByteArray("errorstat_MOVED:count=18446744073709551615\r\n") << true
                             << quint64(18446744073709551615ULL);
    QTest::newRow("not a number") << QByteArray("errorstat_MOVED:count=-x\r\n") << true
                                  << quint64(0);
    QTest::newRow("6.0") << QByteArray("# Stats\r\nrejected_connections:0\r\n") << false
                         << quint64(0);
    QTest::newRow("given up") << QByteArray("total_error_replies:9\r\n"
                                            "errorstat_ERRORSTATS_DISABLED:count=1\r\n")
                              << false << quint64(0);
}

void TestErrorCounts::parses()
{
    QFETCH(QByteArray, info);
    QFETCH(bool, isKnown);
    const auto parsed = ErrorCounts::fromInfo(cluster::parseInfo(info));
    QCOMPARE(parsed.has_value(), isKnown);
    if (isKnown)
        QTEST(parsed->of("MOVED"_ba), "moved");
}

void TestErrorCounts::isBounded()
{
    QByteArray text;
    for (int i = 0; i < 1000; ++i)
        text += "errorstat_W" + QByteArray::number(i) + ":count=1\r\n";
    text += "errorstat_" + QByteArray(5000, 'X') + ":count=1\r\n";
    const ErrorCounts many = counts(text);
    int kept = 0;
    for (int i = 0; i < 1000; ++i)
        kept += many.of("W" + QByteArray::number(i)) == 1 ? 1 : 0;
    QCOMPARE(kept, 256);
    QCOMPARE(many.of(QByteArray(5000, 'X')), quint64(0));
}

void TestErrorCounts::addsWhatWeSaw()
{
    ErrorCounts seen;
    seen.add("MOVED 1738 127.0.0.1:7001");
    seen.add("MOVED 1739 127.0.0.1:7001");
    seen.add("CLUSTERDOWN The cluster is down");
    seen.add("ERR unknown command");
    seen.add("EXECABORT");
    QCOMPARE(seen.of("MOVED"_ba), quint64(2));
    QCOMPARE(seen.of("EXECABORT"_ba), quint64(1));
    QCOMPARE(seen.clusterErrors(), quint64(3));
}

void TestErrorCounts::growth_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QByteArray>("runId");
    QTest::addColumn<int>("seen");
    QTest::addColumn<quint64>("moved");
    QTest::addColumn<bool>("wasReset");
    const auto row = [](const char* name, const QByteArray& before, const QByteArray& after,
                         const QByteArray& runId, int seen, int moved, bool wasReset) {
        QTest::newRow(name) << before << after << runId << seen << quint64(moved) << wasReset;
    };
    const QByteArray five = "errorstat_MOVED:count=5\r\n";
    const QByteArray nine = "errorstat_MOVED:count=9\r\n";
    const QByteArray ask = "errorstat_ASK:count=2\r\n";
    row("grew", five, nine, "r", 0, 4, false);
    row("the first ones", {}, five, "r", 0, 5, false);
    row("without ours", five, nine, "r", 3, 1, false);
    row("all ours", five, nine, "r", 4, 0, false);
    row("ours are not counted yet", five, nine, "r", 6, 0, false);
    row("nothing", five, five, "r", 0, 0, false);
    row("restarted", nine, five, "s", 0, 5, true);
    row("restarted, and has more", five, nine, "s", 0, 9, true);
    row("reset", nine, five, "r", 0, 5, true);
    row("reset, ours subtracted", nine, five, "r", 2, 3, true);
    row("reset, another word shows it", five + ask, nine, "r", 0, 9, true);
}

void TestErrorCounts::growth()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QFETCH(QByteArray, runId);
    QFETCH(int, seen);
    ErrorCounts ours;
    for (int i = 0; i < seen; ++i)
        ours.add("MOVED 1 h:1");
    const ErrorGrowth growth
        = growthBetween({ "r"_ba, counts(before) }, { runId, counts(after) }, ours);
    QTEST(growth.toAllClients.of("MOVED"_ba), "moved");
    QTEST(growth.wasReset, "wasReset");
    QCOMPARE(growth.seenBySlotscope, ours);
}

void TestErrorCounts::keepsTheLastLookOfEachNode()
{
    RedirectCounters counters;
    const NodeId a("a"_ba);
    const NodeId b("b"_ba);
    QVERIFY(!counters.take(a, { "r"_ba, counts("errorstat_MOVED:count=5\r\n") }));
    QVERIFY(!counters.take(b, { "s"_ba, counts("errorstat_MOVED:count=1\r\n") }));
    counters.countSeen(a, "MOVED 1 h:1");
    auto growth = counters.take(a, { "r"_ba, counts("errorstat_MOVED:count=8\r\n") });
    QVERIFY(growth.has_value());
    QCOMPARE(growth->toAllClients.of("MOVED"_ba), quint64(2));
    QCOMPARE(growth->seenBySlotscope.of("MOVED"_ba), quint64(1));
    // What was seen belongs to one interval only, and to one node.
    growth = counters.take(a, { "r"_ba, counts("errorstat_MOVED:count=9\r\n") });
    QCOMPARE(growth->toAllClients.of("MOVED"_ba), quint64(1));
    growth = counters.take(b, { "s"_ba, counts("errorstat_MOVED:count=3\r\n") });
    QCOMPARE(growth->toAllClients.of("MOVED"_ba), quint64(2));
    counters.keepOnly({ b });
    QVERIFY(!counters.take(a, { "r"_ba, counts({}) }));
    QVERIFY(counters.take(b, { "s"_ba, counts({}) }));
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::TestErrorCounts)
#include "tst_errorcounts.moc"
