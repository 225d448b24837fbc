// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/keyscan.h"
#include "tests/core/commandrunfixture.h"

namespace slotscope::tests {

class KeyScanTest final : public CommandRunFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { tearDown(); }
    void allPrimaries();
    void optionsOfTheServer();
    void neverMoreThanAThousand();
    void noKeyComesTwice();
    void aNodeThatRefuses();
    void aNodeThatIsLost();
    void cutAgainAndAgain();
    void withoutNodeIds();
    void hostileSize();
    void goesOnAtTheNewPrimary();
    void slotsThatMoveAreScannedAgain();
    void openSlotsAreScannedOnceMore();
    void loadingIsWaitedFor();
    void wrongPassword();
    void onlyANewerMapMakesItComplete_data();
    void onlyANewerMapMakesItComplete();
    void pausesAndGoesOn();
    void cancel();
    void cancelledByItsListener();
    void cancelledWhileItLooks();
    void mostKeys();
    void brokenReplies_data();
    void brokenReplies();
    void standalone();
    void noSlots();
    void deletedByItsListener();

private:
    struct Result
    {
        bool complete = false;
        QList<QByteArray> keys;
        KeyScanProgress progress;
    };
    Result run(KeyScan& scan, int timeout = 5000);
    RunContext context() const { return { m_pool.get(), m_map, m_seed, m_limits }; }
    static KeyScanOptions quickly()
    {
        KeyScanOptions options;
        options.lastLookMs = 200;
        return options;
    }
    static QByteArray page(const QByteArray& cursor, const QList<QByteArray>& keys);
    cluster::Topology withMoved() const; ///< the map after slot 1738 went from S03 to S01
};

QByteArray KeyScanTest::page(const QByteArray& cursor, const QList<QByteArray>& keys)
{
    QByteArray bytes
        = "*2\r\n" + FakeNode::bulk(cursor) + '*' + QByteArray::number(keys.size()) + "\r\n";
    for (const QByteArray& key : keys)
        bytes += FakeNode::bulk(key);
    return bytes;
}

void KeyScanTest::init()
{
    setUp();
    m_s01->on("SCAN 0", page("7", { "a1", "a2" }));
    m_s01->on("SCAN 7", page("0", { "a3" }));
    m_s02->on("SCAN 0", page("0", { "b1" }));
    m_s03->on("SCAN 0", page("0", {}));
    for (FakeNode* node : { m_s01.get(), m_s02.get(), m_s03.get() })
        node->on("DBSIZE", ":3\r\n");
}

KeyScanTest::Result KeyScanTest::run(KeyScan& scan, int timeout)
{
    Result result;
    QSignalSpy ends(&scan, &KeyScan::finished);
    const auto listening = connect(&scan, &KeyScan::found, this, [&](const KeyBatch& batch) {
        for (qsizetype i = 0; i < batch.size(); ++i)
            result.keys.append(batch.at(i).toByteArray());
    });
    scan.start();
    if (!ends.wait(timeout))
        QTest::qFail("the scan does not finish", __FILE__, __LINE__);
    QTest::qWait(30);
    if (ends.size() != 1)
        QTest::qFail("finished() comes once", __FILE__, __LINE__);
    disconnect(listening);
    result.complete = ends.value(0).value(0).toBool();
    result.progress = scan.progress();
    std::sort(result.keys.begin(), result.keys.end());
    return result;
}

cluster::Topology KeyScanTest::withMoved() const
{
    cluster::TopologyData data = m_map.data();
    data.shards.clear();
    const cluster::Slot slot(slot1738);
    data.nodes[2].ranges = cluster::without(data.nodes[2].ranges, slot);
    data.nodes[0].ranges
        = cluster::normalized(data.nodes[0].ranges + cluster::SlotRanges { { slot, slot } });
    data.capturedAt = QDateTime::currentDateTimeUtc();
    return cluster::Topology::build(data, &m_map);
}

void KeyScanTest::allPrimaries()
{
    KeyScan scan(context(), {});
    const Result result = run(scan);
    QVERIFY(result.complete);
    QCOMPARE(result.keys, (QList<QByteArray> { "a1", "a2", "a3", "b1" }));
    QCOMPARE(result.progress.keys, 4);
    QCOMPARE(result.progress.shards.size(), 3);
    const ShardScan& first = result.progress.shards.first();
    QCOMPARE(first.label, u"S01"_s);
    QCOMPARE(first.keysInNode, 3);
    QCOMPARE(first.found, 3);
    QCOMPARE(first.looked, 2000);
    QVERIFY(first.state == ShardScan::State::Done);
    QCOMPARE(commandsOf(*m_s01),
        (QList<QByteArray> { "DBSIZE", "SCAN 0 COUNT 1000", "SCAN 7 COUNT 1000" }));
}

void KeyScanTest::optionsOfTheServer()
{
    KeyScan scan(context(), { "user:*", "hash", 10 });
    run(scan);
    QCOMPARE(commandsOf(*m_s02).last(), "SCAN 0 MATCH user:* COUNT 10 TYPE hash"_ba);
}

void KeyScanTest::neverMoreThanAThousand()
{
    KeyScan scan(context(), { {}, {}, 50'000 });
    run(scan);
    QCOMPARE(commandsOf(*m_s02).last(), "SCAN 0 COUNT 1000"_ba);
}

void KeyScanTest::noKeyComesTwice()
{
    m_s01->on("SCAN 7", page("0", { "a1", "a3", "a3" }));
    KeyScan scan(context(), {});
    const Result result = run(scan);
    QCOMPARE(result.keys, (QList<QByteArray> { "a1", "a2", "a3", "b1" }));
    QCOMPARE(result.progress.shards.first().found, 5);
}

void KeyScanTest::aNodeThatRefuses()
{
    m_s02->on("SCAN", "-NOPERM this user has no permissions to run the 'scan' command\r\n");
    m_s02->on("SCAN 0", "-NOPERM this user has no permissions to run the 'scan' command\r\n");
    KeyScan scan(context(), {});
    const Result result = run(scan);
    QVERIFY(!result.complete);
    QCOMPARE(result.keys, (QList<QByteArray> { "a1", "a2", "a3" }));
    QVERIFY(result.progress.shards.at(1).state == ShardScan::State::Failed);
    QVERIFY(result.progress.shards.at(1).failure.startsWith(u"NOPERM"));
}

void KeyScanTest::aNodeThatIsLost()
{
    m_s01->on("SCAN 7", { { Act::Close, {}, 0 } });
    KeyScan scan(context(), {}); // nobody who could tell of a newer map
    const Result result = run(scan);
    QVERIFY(!result.complete);
    QCOMPARE(result.keys, (QList<QByteArray> { "a1", "a2", "b1" }));
    QVERIFY(!result.progress.shards.first().failure.isEmpty());
}

// Each answer ends the trouble, so the time alone would not.
void KeyScanTest::cutAgainAndAgain()
{
    m_s01->on("SCAN 7", { { Act::Close, {}, 0 } });
    RunContext known = context();
    known.latestMap = [this] { return m_map; };
    KeyScan scan(known, quickly());
    const Result result = run(scan, 10'000);
    QVERIFY(!result.complete);
    QVERIFY(result.progress.shards.first().state == ShardScan::State::Failed);
    QCOMPARE(result.progress.shards.first().restarts, 10);
}

// A map made of CLUSTER SLOTS of an old server.
void KeyScanTest::withoutNodeIds()
{
    cluster::TopologyData data = m_map.data();
    for (cluster::Node& node : data.nodes)
        node.id = {};
    for (cluster::Shard& shard : data.shards)
        shard.primaryId = {};
    m_map = cluster::Topology::build(data);
    KeyScan scan(context(), {});
    const Result result = run(scan);
    QVERIFY(result.complete);
    QCOMPARE(result.keys, (QList<QByteArray> { "a1", "a2", "a3", "b1" }));

    data.capturedAt = QDateTime::currentDateTimeUtc();
    const cluster::Topology newer = cluster::Topology::build(data);
    bool asked = false;
    RunContext known = context();
    known.latestMap = [&] { return asked ? newer : m_map; };
    KeyScan looking(known, quickly());
    connect(&looking, &KeyScan::newerMapWanted, this, [&] { asked = true; });
    const Result again = run(looking);
    QVERIFY(again.complete);
    QCOMPARE(again.progress.shards.size(), 3); // known by their addresses
    for (const ShardScan& shard : again.progress.shards)
        QCOMPARE(shard.restarts, 0);
}

void KeyScanTest::hostileSize()
{
    m_s01->on("DBSIZE", ":9223372036854775807\r\n");
    m_s02->on("DBSIZE", ":-9223372036854775808\r\n");
    KeyScan scan(context(), {});
    const Result result = run(scan);
    QVERIFY(result.complete);
    QCOMPARE(result.progress.shards.at(1).keysInNode, -1);
}

void KeyScanTest::goesOnAtTheNewPrimary()
{
    m_s01->on("SCAN 7", { { Act::Close, {}, 0 } });
    FakeNode heir;
    heir.on("SCAN 0", page("0", { "a2", "a3" }));
    cluster::TopologyData data = m_map.data();
    data.nodes[0].id = cluster::NodeId(QByteArray(40, 'e'));
    data.nodes[0].address = heir.endpoint();
    data.shards.clear();
    const cluster::Topology after = cluster::Topology::build(data, &m_map);
    RunContext failover = context();
    bool asked = false;
    failover.latestMap = [&] { return asked ? after : m_map; };
    KeyScan scan(failover, quickly());
    connect(&scan, &KeyScan::refreshWanted, this, [&] { asked = true; });
    const Result result = run(scan, 8000);
    QCOMPARE(result.keys, (QList<QByteArray> { "a1", "a2", "a3", "b1" }));
    QCOMPARE(result.progress.shards.first().nodeId, data.nodes[0].id);
    QCOMPARE(result.progress.shards.first().address, heir.endpoint());
    QCOMPARE(result.progress.shards.first().restarts, 1);
    QCOMPARE(commandsOf(heir).last(), "SCAN 0 COUNT 1000"_ba); // its cursors are its own
}

void KeyScanTest::slotsThatMoveAreScannedAgain()
{
    m_s01->on("SCAN 7",
        { { Act::Answer, page("0", { "a3" }) }, { Act::Answer, page("0", { "a3", "came" }) } });
    const cluster::Topology after = withMoved();
    RunContext reshard = context();
    bool asked = false;
    reshard.latestMap = [&] { return asked ? after : m_map; };
    KeyScan scan(reshard, quickly());
    connect(&scan, &KeyScan::newerMapWanted, this, [&] { asked = true; });
    const Result result = run(scan, 10'000);
    QCOMPARE(result.keys, (QList<QByteArray> { "a1", "a2", "a3", "b1", "came" }));
    QCOMPARE(result.progress.shards.first().restarts, 1);
    QCOMPARE(result.progress.shards.at(2).restarts, 0);
}

void KeyScanTest::openSlotsAreScannedOnceMore()
{
    cluster::TopologyData data = m_map.data();
    data.shards.clear();
    data.nodes[0].importing = { { cluster::Slot(slot1738), data.nodes[2].id } };
    m_map = cluster::Topology::build(data, &m_map);
    const cluster::Topology refreshed = cluster::Topology::build(data, &m_map);
    RunContext open = context();
    bool asked = false;
    open.latestMap = [&] { return asked ? refreshed : m_map; };
    KeyScan scan(open, quickly());
    connect(&scan, &KeyScan::newerMapWanted, this, [&] { asked = true; });
    const Result result = run(scan, 10'000);
    QCOMPARE(result.progress.shards.first().restarts, 1);
    QCOMPARE(result.progress.shards.at(1).restarts, 0);
}

void KeyScanTest::loadingIsWaitedFor()
{
    m_s02->on("SCAN 0",
        { { Act::Answer, "-LOADING Redis is loading the dataset in memory\r\n" },
            { Act::Answer, page("0", { "b1" }) } });
    RunContext known = context();
    known.latestMap = [this] { return m_map; };
    KeyScan scan(known, quickly());
    const Result result = run(scan, 8000);
    QVERIFY(result.keys.contains("b1"));
}

// A password is not tried in a loop.
void KeyScanTest::wrongPassword()
{
    net::ConnectionOptions options = m_pool->options();
    options.password = u"wrong"_s;
    m_pool = std::make_unique<net::ConnectionPool>(options);
    m_s02->on("HELLO", "-WRONGPASS invalid username-password pair or user is disabled.\r\n");
    m_s02->on("AUTH", "-WRONGPASS invalid username-password pair or user is disabled.\r\n");
    RunContext known = context();
    known.latestMap = [this] { return m_map; };
    KeyScan scan(known, quickly());
    QSignalSpy refreshWanted(&scan, &KeyScan::refreshWanted);
    const Result result = run(scan);
    QVERIFY(!result.complete);
    QVERIFY(result.progress.shards.at(1).state == ShardScan::State::Failed);
    QVERIFY(!result.progress.shards.at(1).failure.isEmpty());
    QCOMPARE(m_s02->connectionCount(), 1);
    QVERIFY(refreshWanted.isEmpty());
}

void KeyScanTest::onlyANewerMapMakesItComplete_data()
{
    QTest::addColumn<int>("laterBySeconds");
    QTest::addColumn<bool>("complete");
    QTest::newRow("asked after the scan") << 1 << true;
    QTest::newRow("another object of the same time: the refresh has failed") << 0 << false;
}

void KeyScanTest::onlyANewerMapMakesItComplete()
{
    QFETCH(int, laterBySeconds);
    QFETCH(bool, complete);
    cluster::TopologyData data = m_map.data();
    data.capturedAt = QDateTime::currentDateTimeUtc();
    m_map = cluster::Topology::build(data);
    data.capturedAt = data.capturedAt.addSecs(laterBySeconds);
    const cluster::Topology other = cluster::Topology::build(data, &m_map);
    RunContext known = context();
    bool asked = false;
    known.latestMap = [&] { return asked ? other : m_map; };
    KeyScan scan(known, quickly());
    QSignalSpy refreshWanted(&scan, &KeyScan::refreshWanted);
    connect(&scan, &KeyScan::newerMapWanted, this, [&] { asked = true; });
    QCOMPARE(run(scan).complete, complete);
    QVERIFY(refreshWanted.isEmpty()); // nothing was wrong
}

void KeyScanTest::pausesAndGoesOn()
{
    KeyScan scan(context(), {});
    QSignalSpy ends(&scan, &KeyScan::finished);
    scan.start();
    scan.pause();
    QTest::qWait(150);
    QCOMPARE(commandsOf(*m_s01).last(), "SCAN 0 COUNT 1000"_ba);
    QVERIFY(scan.progress().isPaused);
    QCOMPARE(ends.size(), 0);
    scan.resume();
    QVERIFY(ends.wait());
    QVERIFY(ends.first().first().toBool());
    QVERIFY(commandsOf(*m_s01).contains("SCAN 7 COUNT 1000"));
}

void KeyScanTest::cancel()
{
    m_s01->on("SCAN 7", { { Act::Silence, {}, 0 } });
    KeyScan scan(context(), {});
    QSignalSpy ends(&scan, &KeyScan::finished);
    scan.start();
    QTRY_VERIFY(commandsOf(*m_s01).contains("SCAN 7 COUNT 1000"));
    scan.cancel();
    scan.cancel();
    QCOMPARE(ends.size(), 0);
    QVERIFY(ends.wait());
    QVERIFY(!ends.first().first().toBool());
    QCOMPARE(scan.progress().keys, 3);
    QTest::qWait(50);
    QCOMPARE(ends.size(), 1);
}

void KeyScanTest::cancelledByItsListener()
{
    KeyScan scan(context(), {}); // found() comes just before finished()
    connect(&scan, &KeyScan::found, &scan, &KeyScan::cancel);
    run(scan);

    RunContext known = context();
    known.latestMap = [this] { return m_map; };
    KeyScan looking(known, quickly()); // and here before the look for a newer map
    connect(&looking, &KeyScan::found, &looking, &KeyScan::cancel);
    QSignalSpy newerMapWanted(&looking, &KeyScan::newerMapWanted);
    QVERIFY(!run(looking).complete);
    QVERIFY(newerMapWanted.isEmpty());
}

// Between the wish for a newer map and the look at it.
void KeyScanTest::cancelledWhileItLooks()
{
    KeyScan* scan = nullptr;
    bool looks = false;
    RunContext known = context();
    known.latestMap = [&] {
        if (looks)
            scan->cancel();
        return m_map;
    };
    KeyScanOptions shortly;
    shortly.lastLookMs = 0;
    KeyScan one(known, shortly);
    scan = &one;
    connect(scan, &KeyScan::newerMapWanted, this, [&] { looks = true; });
    QVERIFY(!run(one).complete); // and finished() came once
}

void KeyScanTest::mostKeys()
{
    KeyScan scan(context(), { {}, {}, 1000, 2 });
    const Result result = run(scan);
    QVERIFY(!result.complete);
    QCOMPARE(result.keys.size(), 2);
}

void KeyScanTest::brokenReplies_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("a string") << "+OK\r\n"_ba;
    QTest::newRow("one element") << "*1\r\n$1\r\n0\r\n"_ba;
    QTest::newRow("no list") << "*2\r\n$1\r\n0\r\n$1\r\n0\r\n"_ba;
}

void KeyScanTest::brokenReplies()
{
    QFETCH(QByteArray, bytes);
    m_s02->on("SCAN 0", bytes);
    KeyScan scan(context(), {});
    const Result result = run(scan);
    QVERIFY(!result.complete);
    QVERIFY(result.progress.shards.at(1).state == ShardScan::State::Failed);
}

void KeyScanTest::standalone()
{
    KeyScan scan({ m_pool.get(), {}, m_s02->endpoint(), m_limits }, {});
    const Result result = run(scan);
    QVERIFY(result.complete);
    QCOMPARE(result.keys, QList<QByteArray> { "b1" });
    QCOMPARE(result.progress.shards.first().label, m_s02->endpoint().toString());
}

void KeyScanTest::noSlots()
{
    cluster::TopologyData data = m_map.data();
    data.shards.clear();
    for (cluster::Node& node : data.nodes)
        node.ranges.clear();
    KeyScan scan({ m_pool.get(), cluster::Topology::build(data), m_seed, m_limits }, {});
    const Result result = run(scan);
    QVERIFY(!result.complete); // slots that nobody owns were not looked at
    QVERIFY(result.keys.isEmpty());
}

void KeyScanTest::deletedByItsListener()
{
    auto scan = std::make_unique<KeyScan>(context(), KeyScanOptions());
    connect(scan.get(), &KeyScan::found, this, [&] { scan.reset(); });
    scan->start();
    QTRY_VERIFY(!scan);
    scan = std::make_unique<KeyScan>(context(), KeyScanOptions());
    scan->start();
    scan.reset();
    QTest::qWait(50);
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::KeyScanTest)
#include "tst_keyscan.moc"
