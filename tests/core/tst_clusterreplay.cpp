// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/keyslot.h"
#include "core/doctor/clientreplay.h"
#include "core/doctor/clusterreplay.h"
#include "core/doctor/replaytext.h"
#include "core/explain/clients.h"
#include "tests/core/commandrunfixture.h"

#include <QJsonArray>

namespace slotscope::tests {

using doctor::ClusterReplay;
using doctor::ClusterReplayResult;

class ClusterReplayTest final : public CommandRunFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { tearDown(); }
    void redirectedOnceOnly();
    void askTeachesNothing();
    void aRedirectToANodeWithoutAName();
    void notEveryKeyIsServed();
    void nobodyThere();
    void cancel();
    void deletedByItsListener();

private:
    RunContext context() const { return { m_pool.get(), m_map, m_seed, m_limits }; }
    FakeNode& nodeAt(const net::Endpoint& address) const
    {
        return address == m_s01->endpoint() ? *m_s01
            : address == m_s02->endpoint()  ? *m_s02
                                            : *m_s03;
    }
    ClusterReplayResult run(ClusterReplay& replay, bool cancelled = false);
    ClusterReplayResult run()
    {
        ClusterReplay replay(context());
        return run(replay);
    }
};

/// Each node serves its own slots; the seed, S02, answers MOVED for those of others.
void ClusterReplayTest::init()
{
    setUp();
    for (FakeNode* node : { m_s01.get(), m_s02.get(), m_s03.get() })
        node->on("EXISTS", ":0\r\n");
    for (const QByteArray& key : doctor::sampleKeys(24)) {
        const cluster::Slot slot = cluster::keySlot(key);
        const net::Endpoint owner = m_map.ownerOf(slot)->address;
        if (owner != m_seed) {
            m_s02->on("EXISTS " + key,
                "-MOVED " + QByteArray::number(slot.number()) + ' ' + owner.toString().toLatin1()
                    + "\r\n");
        }
    }
}

ClusterReplayResult ClusterReplayTest::run(ClusterReplay& replay, bool cancelled)
{
    QSignalSpy ends(&replay, &ClusterReplay::finished);
    replay.start();
    if (cancelled)
        replay.cancel();
    if (!ends.isEmpty())
        QTest::qFail("finished() comes from the event loop", __FILE__, __LINE__);
    if (!ends.wait(10'000))
        QTest::qFail("the replay does not finish", __FILE__, __LINE__);
    QTest::qWait(30);
    replay.cancel(); // too late for anything
    QTest::qWait(30);
    if (ends.size() != 1)
        QTest::qFail("finished() comes once", __FILE__, __LINE__);
    return ends.value(0).value(0).value<ClusterReplayResult>();
}

void ClusterReplayTest::redirectedOnceOnly()
{
    const ClusterReplayResult result = run();
    QVERIFY(result.complete);
    QCOMPARE(result.served(), 24);
    QCOMPARE(result.firstRedirects(), 16);
    QCOMPARE(result.secondRedirects(), 0);
    QVERIFY(result.firstFailure().isEmpty());
    for (const ClusterReplayResult::Sample& sample : result.samples) {
        const net::Endpoint owner = m_map.ownerOf(sample.slot)->address;
        QCOMPARE(sample.servedBy, owner.toString());
        QCOMPARE(sample.firstRedirects, owner == m_seed ? 0 : 1);
        // The owner has seen it twice; the seed has sent it away once.
        QCOMPARE(commandsOf(nodeAt(owner)).count("EXISTS " + sample.key), 2);
        if (owner != m_seed)
            QCOMPARE(commandsOf(*m_s02).count("EXISTS " + sample.key), 1);
    }
    // Nothing but these reads, and nobody was asked for a map.
    for (const FakeNode* node : { m_s01.get(), m_s02.get(), m_s03.get() }) {
        for (const QByteArray& command : commandsOf(*node))
            QVERIFY2(command.startsWith("EXISTS "), command.constData());
    }
    const QJsonObject json = doctor::toJson(result);
    QCOMPARE(json.value(u"first_redirects"_s).toInt(), 16);
    QCOMPARE(json.value(u"second_redirects"_s).toInt(), 0);
    QCOMPARE(json.value(u"samples"_s).toArray().size(), 24);
    QCOMPARE(explain::sampleKeysFollowed(24, 24, 16, 0),
        u"A cluster client that begins with this one address and follows MOVED was served 24 of 24 "
        "keys, with 16 redirects the first time and no redirect the second time. It remembers what "
        "MOVED said. One that loads the slot map before its first command needs no redirects at "
        "all."_s);
}

void ClusterReplayTest::askTeachesNothing()
{
    // The slot of this key of the seed's own is moving to S03.
    QByteArray key;
    for (const QByteArray& sample : doctor::sampleKeys(24)) {
        if (m_map.ownerOf(cluster::keySlot(sample))->address == m_seed)
            key = sample;
    }
    const QByteArray slot = QByteArray::number(cluster::keySlot(key).number());
    m_s02->on(
        "EXISTS " + key, "-ASK " + slot + ' ' + m_s03->endpoint().toString().toLatin1() + "\r\n");
    m_s03->on("ASKING", "+OK\r\n");
    const ClusterReplayResult result = run();
    QVERIFY(result.complete);
    QCOMPARE(result.firstRedirects(), 17);
    QCOMPARE(result.secondRedirects(), 1);
    QVERIFY(explain::sampleKeysFollowed(24, 24, 17, 1).contains(u"1 redirect the second time."_s));
    QVERIFY(explain::sampleKeysFollowed(24, 24, 17, 1).contains(u"moving"_s));
}

/// As with cluster-preferred-endpoint-type hostname and nodes that announce none.
void ClusterReplayTest::aRedirectToANodeWithoutAName()
{
    const QByteArray key = doctor::sampleKeys(24).at(0);
    const QByteArray slot = QByteArray::number(cluster::keySlot(key).number());
    m_s02->on("EXISTS " + key, "-MOVED " + slot + " ?:7000\r\n");
    const ClusterReplayResult result = run();
    QCOMPARE(result.served(), 23);
    const QString told = replayLines(result).join(u'\n');
    QVERIFY2(told.contains(u"cluster-announce-hostname"_s), qPrintable(told));
}

void ClusterReplayTest::notEveryKeyIsServed()
{
    m_limits = {}; // waits of seconds, which nobody waits for
    const QList<QByteArray> keys = doctor::sampleKeys(24);
    m_s02->on("EXISTS " + keys.at(0), "-CLUSTERDOWN Hash slot not served\r\n");
    m_s03.reset(); // eight keys lead there
    const ClusterReplayResult result = run();
    QVERIFY(!result.complete);
    QCOMPARE(result.served(), 15);
    QCOMPARE(result.firstFailure(), u"CLUSTERDOWN Hash slot not served"_s);
    QVERIFY(result.samples.at(0).servedBy.isEmpty());
}

void ClusterReplayTest::nobodyThere()
{
    m_s02.reset();
    const ClusterReplayResult result = run();
    QCOMPARE(result.served(), 0);
    QVERIFY(!result.firstFailure().isEmpty());
    QVERIFY(explain::sampleKeysFollowed(24, 0, 0, 0).contains(u"none of 24"_s));
}

void ClusterReplayTest::cancel()
{
    {
        ClusterReplay replay(context());
        QVERIFY(!run(replay, true).complete);
    }
    // The fewest that there are is one; with none it would never end.
    ClusterReplay shortest(context(), 0);
    QCOMPARE(run(shortest).samples.size(), 1);
    ClusterReplay never(context());
    never.cancel();
    QCOMPARE(run(never).served(), 0); // which starts it: too late
}

void ClusterReplayTest::deletedByItsListener()
{
    auto replay = std::make_unique<ClusterReplay>(context());
    connect(replay.get(), &ClusterReplay::finished, this, [&] { replay.reset(); });
    replay->start();
    QTRY_VERIFY(!replay);
    auto other = std::make_unique<ClusterReplay>(context());
    other->start();
    other.reset(); // while all is under way
    QTest::qWait(50);
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::ClusterReplayTest)
#include "tst_clusterreplay.moc"
