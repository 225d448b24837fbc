// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/slotsurvey.h"
#include "tests/core/commandrunfixture.h"

namespace slotscope::tests {

using cluster::Slot;
using cluster::SlotRanges;

class SlotSurveyTest final : public CommandRunFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { tearDown(); }
    void countsAtTheOwners();
    void slotsThatHaveMoved();
    void batchesAreBounded();
    void keysInSlotOrder();
    void keysAreBounded();
    void noMoreKeysThanAsked();
    void statistics();
    void statisticsThatNobodyMeasures();
    void statisticsUnknown_data();
    void statisticsUnknown();
    void aNodeThatIsNotThere();
    void brokenReplies_data();
    void brokenReplies();
    void slotsWithoutOwner();
    void cancel();
    void deletedByItsListener();

private:
    struct Result
    {
        bool complete = false;
        QList<SlotFacts> facts;
        SlotSurveyProgress progress;
    };
    Result run(SlotSurvey& survey);
    Result run(const SlotSurveyOptions& options)
    {
        SlotSurvey survey(context(), options);
        return run(survey);
    }
    RunContext context() const { return { m_pool.get(), m_map, m_seed, m_limits }; }
    static SlotSurveyOptions about(SlotQuestion question, SlotRanges ranges)
    {
        SlotSurveyOptions options;
        options.question = question;
        options.ranges = std::move(ranges);
        return options;
    }
    static SlotRanges range(int first, int last) { return { { Slot(first), Slot(last) } }; }
};

void SlotSurveyTest::init()
{
    setUp();
    m_s01->on("CLUSTER COUNTKEYSINSLOT", ":1\r\n");
    m_s02->on("CLUSTER COUNTKEYSINSLOT", ":2\r\n");
    m_s03->on("CLUSTER COUNTKEYSINSLOT", ":3\r\n");
}

SlotSurveyTest::Result SlotSurveyTest::run(SlotSurvey& survey)
{
    Result result;
    QSignalSpy ends(&survey, &SlotSurvey::finished);
    const auto listening = connect(&survey, &SlotSurvey::found, this,
        [&](const QList<SlotFacts>& facts, const SlotSurveyProgress&) { result.facts += facts; });
    survey.start();
    if (!ends.wait(10'000))
        QTest::qFail("the survey does not finish", __FILE__, __LINE__);
    QTest::qWait(30);
    if (ends.size() != 1)
        QTest::qFail("finished() comes once", __FILE__, __LINE__);
    disconnect(listening);
    result.complete = ends.value(0).value(0).toBool();
    result.progress = ends.value(0).value(1).value<SlotSurveyProgress>();
    return result;
}

void SlotSurveyTest::countsAtTheOwners()
{
    // 1738 belongs to S03 by this map.
    const Result result = run(
        about(SlotQuestion::KeyCount, { { Slot(1737), Slot(1739) }, { Slot(5461), Slot(5461) } }));
    QVERIFY(result.complete);
    QCOMPARE(result.progress.answered, 4);
    QHash<int, qint64> counts;
    for (const SlotFacts& facts : result.facts)
        counts.insert(facts.slot.number(), facts.keyCount);
    QCOMPARE(counts, (QHash<int, qint64> { { 1737, 1 }, { 1738, 3 }, { 1739, 1 }, { 5461, 2 } }));
    QCOMPARE(commandsOf(*m_s03), (QList<QByteArray> { "CLUSTER COUNTKEYSINSLOT 1738" }));
}

/// The old owner answers that there is no key, and not that the slot is another's.
void SlotSurveyTest::slotsThatHaveMoved()
{
    m_s01->on("CLUSTER COUNTKEYSINSLOT 7", ":0\r\n");
    cluster::TopologyData data = m_map.data();
    for (cluster::Node& node : data.nodes) {
        if (node.address == m_s01->endpoint())
            node.ranges = { { Slot(0), Slot(6) }, { Slot(8), Slot(1737) } };
        else if (node.address == m_s02->endpoint())
            node.ranges.prepend({ Slot(7), Slot(7) });
    }
    data.shards.clear();
    RunContext later = context();
    later.latestMap = [newer = cluster::Topology::build(data)] { return newer; };
    SlotSurvey survey(later, about(SlotQuestion::KeyCount, range(6, 8)));
    const Result result = run(survey);
    QVERIFY(!result.complete);
    QCOMPARE(result.facts.size(), 2);
    QCOMPARE(result.progress.failures.size(), 1);
    QCOMPARE(result.progress.failures.first().slotCount, 1);
}

void SlotSurveyTest::batchesAreBounded()
{
    const Result result = run(about(SlotQuestion::KeyCount, range(0, 199)));
    QVERIFY(result.complete);
    QCOMPARE(result.facts.size(), 200);
    for (const QByteArray& chunk : m_s01->chunks())
        QVERIFY(chunk.count("COUNTKEYSINSLOT") <= 64);
    QCOMPARE(m_s01->connectionCount(), 1);
}

void SlotSurveyTest::keysInSlotOrder()
{
    m_s01->on("CLUSTER GETKEYSINSLOT 1737", "*1\r\n$2\r\nk1\r\n");
    m_s03->on("CLUSTER GETKEYSINSLOT 1738", "*3\r\n$2\r\nk2\r\n$2\r\nk3\r\n$2\r\nk4\r\n");
    m_s01->on("CLUSTER COUNTKEYSINSLOT 1739", ":0\r\n");
    const Result result = run(about(SlotQuestion::Keys, range(1737, 1739)));
    QVERIFY(result.complete);
    QVERIFY(!result.progress.isFull);
    QCOMPARE(result.facts.size(), 3);
    QCOMPARE(result.facts.at(1).slot, Slot(1738));
    QCOMPARE(result.facts.at(1).keys, (QList<QByteArray> { "k2", "k3", "k4" }));
    QCOMPARE(result.facts.at(2).keyCount, 0);
    // An empty slot is not asked for its keys.
    QVERIFY(!commandsOf(*m_s01).join(' ').contains("GETKEYSINSLOT 1739"));
}

void SlotSurveyTest::keysAreBounded()
{
    m_s01->on("CLUSTER COUNTKEYSINSLOT", ":500\r\n");
    m_s01->on("CLUSTER GETKEYSINSLOT", "*2\r\n$2\r\nk1\r\n$2\r\nk2\r\n");
    SlotSurveyOptions options = about(SlotQuestion::Keys, range(0, 10));
    options.keysPerSlot = 2;
    options.mostKeys = 5;
    const Result result = run(options);
    QVERIFY(result.complete);
    QVERIFY(result.progress.isFull);
    QCOMPARE(result.facts.size(), 3); // two keys, two keys, one key: the rest was not asked
    QCOMPARE(result.facts.last().keys.size(), 1);
    QCOMPARE(result.facts.last().keyCount, 500);
    const QByteArray sent = commandsOf(*m_s01).join('\n');
    QVERIFY(sent.contains("GETKEYSINSLOT 2 1"));
    QVERIFY(!sent.contains("GETKEYSINSLOT 3"));
}

void SlotSurveyTest::noMoreKeysThanAsked()
{
    m_s01->on("CLUSTER GETKEYSINSLOT", "*3\r\n$1\r\na\r\n$1\r\nb\r\n$1\r\nc\r\n"); // of one
    const Result result = run(about(SlotQuestion::Keys, range(0, 0)));
    QCOMPARE(result.facts.at(0).keys.size(), 1);
}

void SlotSurveyTest::statistics()
{
    m_s01->on("CLUSTER SLOT-STATS SLOTSRANGE 5 6",
        "*2\r\n*2\r\n:5\r\n*8\r\n$9\r\nkey-count\r\n:7\r\n$8\r\ncpu-usec\r\n:20\r\n$16\r\nnetwork-"
        "bytes-in\r\n:30\r\n$17\r\nnetwork-bytes-out\r\n:40\r\n"
        "*2\r\n:6\r\n*2\r\n$9\r\nkey-count\r\n:0\r\n");
    const Result result = run(about(SlotQuestion::Stats, range(5, 6)));
    QVERIFY(result.complete);
    QCOMPARE(result.facts.size(), 2);
    QCOMPARE(result.facts.at(0).keyCount, 7);
    QCOMPARE(result.facts.at(0).cpuMicros, 20);
    QCOMPARE(result.facts.at(0).bytesIn, 30);
    QCOMPARE(result.facts.at(0).bytesOut, 40);
}

void SlotSurveyTest::statisticsThatNobodyMeasures()
{
    m_s01->on("CLUSTER SLOT-STATS", "*1\r\n*2\r\n:5\r\n*2\r\n$9\r\nkey-count\r\n:7\r\n");
    const Result result = run(about(SlotQuestion::Stats, range(5, 5)));
    QCOMPARE(result.facts.at(0).keyCount, 7);
    QCOMPARE(result.facts.at(0).cpuMicros, -1);
}

void SlotSurveyTest::statisticsUnknown_data()
{
    QTest::addColumn<QByteArray>("reply");
    QTest::addColumn<bool>("unavailable");
    QTest::newRow("7.0") << QByteArray(
        "-ERR unknown subcommand 'SLOT-STATS'. Try CLUSTER HELP.\r\n")
                         << true;
    QTest::newRow("no permission") << QByteArray("-NOPERM User u has no permissions\r\n") << true;
    QTest::newRow("other") << QByteArray("-ERR Invalid slot range\r\n") << false;
}

void SlotSurveyTest::statisticsUnknown()
{
    QFETCH(QByteArray, reply);
    QFETCH(bool, unavailable);
    m_s01->on("CLUSTER SLOT-STATS", reply);
    const Result result = run(about(SlotQuestion::Stats, range(0, 100)));
    QVERIFY(!result.complete);
    QCOMPARE(result.progress.failures.size(), 1);
    QCOMPARE(result.progress.failures.at(0).isUnavailable, unavailable);
    QCOMPARE(result.progress.failures.at(0).slotCount, 101);
    QCOMPARE(result.progress.failures.at(0).label, u"S01"_s);
    QVERIFY(!result.progress.failures.at(0).why.isEmpty());
}

void SlotSurveyTest::aNodeThatIsNotThere()
{
    m_s02.reset();
    m_s01->on("CLUSTER GETKEYSINSLOT", "*1\r\n$1\r\nk\r\n");
    const Result result = run(about(SlotQuestion::Keys, range(5400, 5600)));
    QVERIFY(!result.complete);
    QCOMPARE(result.progress.failures.size(), 1);
    QCOMPARE(result.progress.failures.at(0).label, u"S02"_s);
    QCOMPARE(result.progress.failures.at(0).slotCount, 140);
}

void SlotSurveyTest::brokenReplies_data()
{
    QTest::addColumn<int>("question");
    QTest::addColumn<QByteArray>("command");
    QTest::addColumn<QByteArray>("reply");
    const auto row
        = [](const char* name, SlotQuestion question, const char* command, const char* reply) {
              QTest::newRow(name) << int(question) << QByteArray(command) << QByteArray(reply);
          };
    row("count is text", SlotQuestion::KeyCount, "CLUSTER COUNTKEYSINSLOT", "+1\r\n");
    row("count is negative", SlotQuestion::KeyCount, "CLUSTER COUNTKEYSINSLOT", ":-4\r\n");
    row("keys are none", SlotQuestion::Keys, "CLUSTER GETKEYSINSLOT", "+OK\r\n");
    row("statistics are none", SlotQuestion::Stats, "CLUSTER SLOT-STATS", "+OK\r\n");
    row("statistics of no slot", SlotQuestion::Stats, "CLUSTER SLOT-STATS",
        "*1\r\n*2\r\n:99999\r\n*0\r\n");
    row("statistics without end", SlotQuestion::Stats, "CLUSTER SLOT-STATS", "*1\r\n:5\r\n");
}

void SlotSurveyTest::brokenReplies()
{
    QFETCH(int, question);
    QFETCH(QByteArray, command);
    QFETCH(QByteArray, reply);
    m_s01->on(command, reply);
    const Result result = run(about(SlotQuestion(question), range(5, 6)));
    QVERIFY(!result.complete);
    QCOMPARE(result.progress.failures.size(), 1);
}

void SlotSurveyTest::slotsWithoutOwner()
{
    cluster::TopologyData data = m_map.data();
    data.shards.clear();
    data.nodes[0].ranges = range(0, 9);
    m_map = cluster::Topology::build(data);
    const Result result = run(about(SlotQuestion::KeyCount, range(8, 11)));
    QVERIFY(!result.complete);
    QCOMPARE(result.progress.wanted, 2);
    QCOMPARE(result.progress.unowned, 2);
    m_map = {};
    QVERIFY(!run(about(SlotQuestion::KeyCount, range(0, 3))).complete);
}

void SlotSurveyTest::cancel()
{
    SlotSurvey survey(context(), about(SlotQuestion::KeyCount, range(0, 5000)));
    QSignalSpy ends(&survey, &SlotSurvey::finished);
    connect(&survey, &SlotSurvey::found, &survey, &SlotSurvey::cancel);
    survey.start();
    QVERIFY(ends.wait(10'000));
    QVERIFY(!ends.first().first().toBool() || commandsOf(*m_s01).size() == 5000);
    QTest::qWait(30);
    QCOMPARE(ends.size(), 1);

    SlotSurvey never(context(), about(SlotQuestion::KeyCount, range(0, 5000)));
    QSignalSpy other(&never, &SlotSurvey::finished);
    never.start();
    never.cancel();
    QVERIFY(other.isEmpty()); // from the event loop
    QVERIFY(other.wait());
    QVERIFY(!other.first().first().toBool());
}

void SlotSurveyTest::deletedByItsListener()
{
    auto survey
        = std::make_unique<SlotSurvey>(context(), about(SlotQuestion::KeyCount, range(0, 5000)));
    connect(survey.get(), &SlotSurvey::found, this, [&] { survey.reset(); });
    survey->start();
    QTRY_VERIFY(!survey);
    QTest::qWait(50); // late replies find nobody
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::SlotSurveyTest)
#include "tst_slotsurvey.moc"
