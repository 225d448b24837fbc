// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/keyslot.h"
#include "core/command/movedshare.h"
#include "core/doctor/clientreplay.h"
#include "core/explain/clients.h"
#include "tests/core/commandrunfixture.h"

#include <QJsonArray>

#include <cmath>

namespace slotscope::tests {

using doctor::ClientReplay;
using doctor::ClientReplayResult;

class ClientReplayTest final : public CommandRunFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { tearDown(); }
    void keysLieAllOverTheSlots();
    void stopsAtTheFirstRedirect();
    void otherAnswersCountForNeither();
    void clusterDownIsNotWaitedFor();
    void nobodyThere();
    void cancel();
    void deletedByItsListener();

private:
    RunContext context() const { return { m_pool.get(), m_map, m_seed, m_limits }; }
    ClientReplayResult run(ClientReplay& replay, bool cancelled = false);
    ClientReplayResult run(int keys = 24)
    {
        ClientReplay replay(context(), keys);
        return run(replay);
    }
};

/// The seed, S02, serves its own slots and answers MOVED for those of others.
void ClientReplayTest::init()
{
    setUp();
    m_s02->on("EXISTS", ":0\r\n");
    for (const QByteArray& key : doctor::sampleKeys(24)) {
        const cluster::Slot slot = cluster::keySlot(key);
        const net::Endpoint owner = m_map.ownerOf(slot)->address;
        if (owner != m_s02->endpoint())
            m_s02->on("EXISTS " + key,
                "-MOVED " + QByteArray::number(slot.number()) + ' ' + owner.toString().toLatin1()
                    + "\r\n");
    }
}

ClientReplayResult ClientReplayTest::run(ClientReplay& replay, bool cancelled)
{
    QSignalSpy ends(&replay, &ClientReplay::finished);
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
    return ends.value(0).value(0).value<ClientReplayResult>();
}

void ClientReplayTest::keysLieAllOverTheSlots()
{
    for (const int count : { 1, 3, 24, 256 }) {
        const QList<QByteArray> keys = doctor::sampleKeys(count);
        QCOMPARE(keys.size(), count);
        QCOMPARE(keys, doctor::sampleKeys(count));
        for (int i = 0; i < count; ++i)
            QCOMPARE(cluster::keySlot(keys.at(i)).number() * count / cluster::Slot::count, i);
    }
    QCOMPARE(doctor::sampleKeys(0).size(), 1);
    QCOMPARE(doctor::sampleKeys(100'000).size(), 256);
}

void ClientReplayTest::stopsAtTheFirstRedirect()
{
    const ClientReplayResult result = run();
    QVERIFY(result.complete);
    QCOMPARE(result.samples.size(), 24);
    QCOMPARE(result.seed, m_seed);
    QCOMPARE(result.dialled, m_seed.toString());
    QCOMPARE(result.moved, 16);
    QCOMPARE(result.served, 8);
    const double computed = movedShare(m_map, *m_map.nodeByAddress(m_seed));
    QVERIFY(std::abs(*result.movedShare() - computed) < 0.05);
    for (const ClientReplayResult::Sample& sample : result.samples) {
        if (m_map.ownerOf(sample.slot)->address == m_seed) {
            QCOMPARE(sample.outcome, TraceOutcome::Reply);
            QVERIFY(sample.raw.isEmpty());
        } else {
            QCOMPARE(sample.outcome, TraceOutcome::RedirectNotFollowed);
            QVERIFY(sample.raw.startsWith(
                QByteArray("MOVED " + QByteArray::number(sample.slot.number()))));
            QCOMPARE(sample.target, m_map.ownerOf(sample.slot)->address.toString());
        }
    }
    const QJsonObject json = doctor::toJson(result);
    QCOMPARE(json.value(u"moved"_s).toInt(), 16);
    QCOMPARE(json.value(u"moved_share"_s).toDouble(), 16.0 / 24);
    QCOMPARE(json.value(u"samples"_s).toArray().size(), 24);
    const QJsonObject first = json.value(u"samples"_s).toArray().first().toObject();
    QCOMPARE(first.value(u"slot"_s).toInt(), result.samples.first().slot.number());
    QVERIFY(first.value(u"raw"_s).toString().startsWith(u"MOVED "_s));
    // Reads of the seed alone, over one connection.
    for (const QByteArray& command : commandsOf(*m_s02))
        QVERIFY2(command.startsWith("EXISTS "), command.constData());
    QCOMPARE(commandsOf(*m_s02).size(), 24);
    QCOMPARE(m_s02->connectionCount(), 1);
    QCOMPARE(m_s01->connectionCount() + m_s03->connectionCount(), 0);
    QCOMPARE(explain::sampleKeysMoved(result.moved, result.moved + result.served),
        u"Asked for 24 sample keys, this node answered 16 with MOVED."_s);
}

void ClientReplayTest::otherAnswersCountForNeither()
{
    const QList<QByteArray> keys = doctor::sampleKeys(24);
    m_s02->on("EXISTS " + keys.at(0), "-NOPERM this user has no permissions\r\n");
    m_s02->on("EXISTS " + keys.at(12), "-ASK 8192 127.0.0.1:7\r\n");
    const ClientReplayResult result = run();
    QVERIFY(!result.complete);
    QCOMPARE(result.moved, 15);
    QCOMPARE(result.served, 7);
    QVERIFY(result.samples.at(0).raw.startsWith("NOPERM"));
    QVERIFY(result.samples.at(12).raw.startsWith("ASK"));
}

void ClientReplayTest::clusterDownIsNotWaitedFor()
{
    m_limits = {}; // waits of seconds
    for (const QByteArray& key : doctor::sampleKeys(24))
        m_s02->on("EXISTS " + key, "-CLUSTERDOWN The cluster is down\r\n");
    const ClientReplayResult result = run();
    QCOMPARE(commandsOf(*m_s02).size(), 24); // each once
    QVERIFY(!result.movedShare());
    QVERIFY(result.samples.at(3).raw.startsWith("CLUSTERDOWN"));
}

void ClientReplayTest::nobodyThere()
{
    m_s02.reset();
    const ClientReplayResult result = run();
    QVERIFY(!result.complete);
    QVERIFY(!result.movedShare());
    QCOMPARE(result.samples.first().outcome, TraceOutcome::ConnectFailed);
    QVERIFY(!result.samples.first().detail.isEmpty());
}

void ClientReplayTest::cancel()
{
    {
        ClientReplay replay(context());
        const ClientReplayResult result = run(replay, true);
        QVERIFY(!result.complete);
        QVERIFY(!result.movedShare());
    }
    ClientReplay never(context());
    never.cancel();
    const ClientReplayResult result = run(never); // which starts it: too late
    QCOMPARE(result.served + result.moved, 0);
}

void ClientReplayTest::deletedByItsListener()
{
    auto replay = std::make_unique<ClientReplay>(context());
    connect(replay.get(), &ClientReplay::finished, this, [&] { replay.reset(); });
    replay->start();
    QTRY_VERIFY(!replay);
    auto other = std::make_unique<ClientReplay>(context());
    other->start();
    other.reset(); // while all is under way
    QTest::qWait(50);
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::ClientReplayTest)
#include "tst_clientreplay.moc"
