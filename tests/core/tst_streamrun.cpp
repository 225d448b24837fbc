// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/streamrun.h"
#include "tests/core/commandrunfixture.h"

namespace slotscope::tests {

class StreamRunTest final : public CommandRunFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(); }
    void cleanup();
    void subscribe();
    void patterns();
    void monitor();
    void atAChosenNode();
    void shardedFollowsRedirects();
    void shardedSubscribesAgainWhenTheSlotMoves();
    void lostConnection();
    void nobodyThere();
    void refused_data();
    void refused();
    void cancel();
    void boundedQueue();
    void wrongPassword();
    void silentPeer();
    void newOwnerInTheMap();
    void anotherNodeWhenItsOwnIsGone();
    void deletedByItsListener();

private:
    StreamRun* stream(const Argv& argv, Behaviour behaviour = Behaviour::clusterClientWithMap(),
        StreamLimits limits = { 10'000, 1 << 20, 5 });
    static QByteArray array(const QList<QByteArray>& parts);
    static QByteArray confirmation(const QByteArray& kind, const QByteArray& channel);
    QList<QByteArray> kinds() const;

    std::unique_ptr<StreamRun> m_stream;
    QList<StreamMessage> m_messages;
    qint64 m_dropped = 0;
    bool m_takes = true;
};

void StreamRunTest::cleanup()
{
    m_stream.reset();
    m_messages.clear();
    m_dropped = 0;
    m_takes = true;
    tearDown();
}

StreamRun* StreamRunTest::stream(const Argv& argv, Behaviour behaviour, StreamLimits limits)
{
    m_stream = std::make_unique<StreamRun>(
        RunContext { m_pool.get(), m_map, m_seed, m_limits, m_latestMap }, argv,
        std::move(behaviour), limits);
    connect(m_stream.get(), &StreamRun::batch, this, [this](const StreamBatch& batch) {
        m_messages += batch.messages;
        m_dropped += batch.dropped;
        if (m_takes)
            m_stream->proceed();
    });
    m_stream->start();
    return m_stream.get();
}

QByteArray StreamRunTest::array(const QList<QByteArray>& parts)
{
    QByteArray bytes = "*" + QByteArray::number(parts.size()) + "\r\n";
    for (const QByteArray& part : parts)
        bytes += FakeNode::bulk(part);
    return bytes;
}

QByteArray StreamRunTest::confirmation(const QByteArray& kind, const QByteArray& channel)
{
    return "*3\r\n" + FakeNode::bulk(kind) + FakeNode::bulk(channel) + ":1\r\n";
}

QList<QByteArray> StreamRunTest::kinds() const
{
    QList<QByteArray> all;
    for (const StreamMessage& message : m_messages)
        all.append(message.kind);
    return all;
}

void StreamRunTest::subscribe()
{
    m_s02->on("SUBSCRIBE",
        confirmation("subscribe", "news") + array({ "message", "news", "one" })
            + array({ "message", "news", "two" }));
    const StreamRun* run = stream({ "SUBSCRIBE", "news" });
    QTRY_COMPARE(kinds(), (QList<QByteArray> { "subscribe", "message", "message" }));
    QCOMPARE(m_messages.at(1).channel, "news"_ba);
    QCOMPARE(m_messages.at(2).payload, "two"_ba);
    QVERIFY(m_messages.at(2).micros > 0);
    QVERIFY(run->state().kind == StreamState::Kind::Streaming);
    QCOMPARE(run->state().nodeLabel, u"S02"_s); // the seed
    QCOMPARE(run->state().gaps, 0);
}

void StreamRunTest::patterns()
{
    m_s02->on("PSUBSCRIBE",
        confirmation("psubscribe", "n*") + array({ "pmessage", "n*", "news", "one" }));
    stream({ "PSUBSCRIBE", "n*" });
    QTRY_COMPARE(m_messages.size(), 2);
    QCOMPARE(m_messages.last().pattern, "n*"_ba);
    QCOMPARE(m_messages.last().channel, "news"_ba);
    QCOMPARE(m_messages.last().payload, "one"_ba);
}

void StreamRunTest::monitor()
{
    const QByteArray line = "1339518083.107412 [0 127.0.0.1:60866] \"keys\" \"*\"";
    m_s02->on("MONITOR", "+OK\r\n+" + line + "\r\n");
    stream({ "MONITOR" });
    QTRY_COMPARE(m_messages.size(), 1);
    QCOMPARE(m_messages.first().kind, "monitor"_ba);
    QCOMPARE(m_messages.first().payload, line);
}

void StreamRunTest::atAChosenNode()
{
    m_s01->on("MONITOR", "+OK\r\n");
    const StreamRun* run = stream({ "MONITOR" }, { Start::Node, m_s01->endpoint(), true });
    QTRY_VERIFY(run->state().kind == StreamState::Kind::Streaming);
    QCOMPARE(run->state().address, m_s01->endpoint());
}

void StreamRunTest::shardedFollowsRedirects()
{
    m_s03->on("SSUBSCRIBE", redirect("MOVED", *m_s01));
    m_s01->on("SSUBSCRIBE", confirmation("ssubscribe", "user:2935"));
    const StreamRun* run = stream({ "SSUBSCRIBE", "user:2935" });
    QSignalSpy moved(m_stream.get(), &StreamRun::movedSeen);
    QTRY_VERIFY(run->state().kind == StreamState::Kind::Streaming);
    QCOMPARE(run->state().nodeLabel, u"S01"_s);
    QCOMPARE(moved.size(), 1);
}

void StreamRunTest::shardedSubscribesAgainWhenTheSlotMoves()
{
    m_s03->on("SSUBSCRIBE",
        { { Act::Answer,
              confirmation("ssubscribe", "user:2935") + confirmation("sunsubscribe", "user:2935") },
            { Act::Answer, redirect("MOVED", *m_s01) } });
    m_s01->on("SSUBSCRIBE",
        confirmation("ssubscribe", "user:2935") + array({ "smessage", "user:2935", "after" }));
    const StreamRun* run = stream({ "SSUBSCRIBE", "user:2935" });
    QTRY_COMPARE(
        kinds(), (QList<QByteArray> { "ssubscribe", "sunsubscribe", "ssubscribe", "smessage" }));
    QCOMPARE(run->state().nodeLabel, u"S01"_s);
    QCOMPARE(run->state().gaps, 1);
}

void StreamRunTest::lostConnection()
{
    m_s02->on("SUBSCRIBE", confirmation("subscribe", "news"));
    const StreamRun* run = stream({ "SUBSCRIBE", "news" });
    QTRY_COMPARE(m_messages.size(), 1);
    QSignalSpy states(run, &StreamRun::stateChanged);
    QSignalSpy refreshWanted(run, &StreamRun::refreshWanted);
    m_s02->closeAllConnections();
    QTRY_COMPARE(m_messages.size(), 2); // subscribed again
    QCOMPARE(run->state().gaps, 1);
    const auto lost = states.first().first().value<StreamState>();
    QVERIFY(lost.kind == StreamState::Kind::Lost);
    QVERIFY(!lost.detail.isEmpty());
    QVERIFY(lost.retryInMs > 0);
    QVERIFY(!refreshWanted.isEmpty());
}

void StreamRunTest::nobodyThere()
{
    m_s02->close();
    const StreamRun* run = stream({ "SUBSCRIBE", "news" });
    QSignalSpy ends(run, &StreamRun::finished);
    QSignalSpy states(run, &StreamRun::stateChanged);
    QTRY_VERIFY(states.size() > 4); // it goes on trying
    QCOMPARE(ends.size(), 0);
}

void StreamRunTest::refused_data()
{
    QTest::addColumn<Argv>("argv");
    QTest::newRow("no stream") << Argv { "GET", "k" };
    QTest::newRow("nothing") << Argv {};
    QTest::newRow("PSYNC") << Argv { "PSYNC", "?", "-1" };
    QTest::newRow("two slots") << Argv { "SSUBSCRIBE", "a", "b" };
    QTest::newRow("an error") << Argv { "MONITOR" };
}

void StreamRunTest::refused()
{
    QFETCH(Argv, argv);
    m_s02->on("MONITOR", "-NOPERM this user has no permissions\r\n");
    QSignalSpy ends(stream(argv), &StreamRun::finished);
    QVERIFY(ends.wait());
    QVERIFY(m_stream->state().kind == StreamState::Kind::Refused);
    QVERIFY(!m_stream->state().detail.isEmpty());
    QTest::qWait(30);
    QCOMPARE(ends.size(), 1);
}

void StreamRunTest::cancel()
{
    m_s02->on("SUBSCRIBE", confirmation("subscribe", "news"));
    StreamRun* run = stream({ "SUBSCRIBE", "news" });
    QTRY_COMPARE(m_messages.size(), 1);
    QSignalSpy ends(run, &StreamRun::finished);
    run->cancel();
    run->cancel();
    QCOMPARE(ends.size(), 0);
    QVERIFY(ends.wait());
    QVERIFY(run->state().kind == StreamState::Kind::Cancelled);
    QTest::qWait(100);
    QCOMPARE(ends.size(), 1);
    QCOMPARE(m_s02->connectionCount(), 1); // and not again
}

// A listener that does not say proceed() gets one batch, and costs no more than the bound.
void StreamRunTest::boundedQueue()
{
    m_takes = false;
    QByteArray bytes = confirmation("subscribe", "news");
    for (int i = 0; i < 100; ++i)
        bytes += array({ "message", "news", QByteArray::number(i) });
    m_s02->on("SUBSCRIBE", bytes);
    StreamRun* run = stream({ "SUBSCRIBE", "news" }, {}, { 10, 1 << 20, 5 });
    QTRY_COMPARE(m_messages.size(), 10);
    QCOMPARE(m_dropped, 91);
    m_s02->on("SUBSCRIBE", bytes);
    m_s02->closeAllConnections();
    QTRY_COMPARE(m_s02->received().count("SUBSCRIBE news"), 2); // it has come back
    QTest::qWait(200);
    QCOMPARE(m_messages.size(), 10);
    m_takes = true;
    run->proceed();
    QTRY_COMPARE(m_messages.size(), 20);
    QCOMPARE(m_dropped, 182);

    stream({ "SUBSCRIBE", "news" }, {}, { 1000, 1000, 5 });
    QTRY_VERIFY(m_dropped > 182 + 80);
}

void StreamRunTest::wrongPassword()
{
    net::ConnectionOptions options = m_pool->options();
    options.password = u"wrong"_s;
    m_pool = std::make_unique<net::ConnectionPool>(options);
    m_s02->on("HELLO", "-WRONGPASS invalid username-password pair or user is disabled.\r\n");
    m_s02->on("AUTH", "-WRONGPASS invalid username-password pair or user is disabled.\r\n");
    QSignalSpy ends(stream({ "SUBSCRIBE", "news" }), &StreamRun::finished);
    QVERIFY(ends.wait());
    QVERIFY(m_stream->state().kind == StreamState::Kind::Refused);
    m_stream.reset();
    QCOMPARE(m_s02->connectionCount(), 1); // a password is not tried in a loop
}

// Stopped, or behind a partition: nothing ends the connection.
void StreamRunTest::silentPeer()
{
    m_s02->on("SUBSCRIBE", confirmation("subscribe", "news"));
    m_s02->on(
        "PING", { { Act::Answer, "*2\r\n$4\r\npong\r\n$0\r\n\r\n" }, { Act::Silence, {}, 0 } });
    StreamLimits limits;
    limits.pingMs = 30;
    const StreamRun* run
        = stream({ "SUBSCRIBE", "news" }, Behaviour::clusterClientWithMap(), limits);
    QTRY_VERIFY(run->state().kind == StreamState::Kind::Streaming);
    QSignalSpy states(run, &StreamRun::stateChanged);
    QTRY_VERIFY(run->state().gaps > 0);
    const auto lost = states.first().first().value<StreamState>();
    QVERIFY(lost.kind == StreamState::Kind::Lost);
    QVERIFY(commandsOf(*m_s02).count("PING") >= 2); // the first was answered
}

// A node that was cut off does not say sunsubscribe.
void StreamRunTest::newOwnerInTheMap()
{
    m_s03->on("SSUBSCRIBE", confirmation("ssubscribe", "user:2935"));
    m_s01->on("SSUBSCRIBE", confirmation("ssubscribe", "user:2935"));
    m_latestMap = [this] { return m_map; };
    StreamLimits limits;
    limits.pingMs = 30;
    const StreamRun* run
        = stream({ "SSUBSCRIBE", "user:2935" }, Behaviour::clusterClientWithMap(), limits);
    QTRY_VERIFY(run->state().kind == StreamState::Kind::Streaming);
    QCOMPARE(run->state().address, m_s03->endpoint());
    m_map = m_map.withOwner(cluster::Slot(slot1738), m_s01->endpoint());
    QTRY_COMPARE(run->state().address, m_s01->endpoint());
    QTRY_COMPARE(run->state().gaps, 1);
}

void StreamRunTest::anotherNodeWhenItsOwnIsGone()
{
    m_s02->close();
    m_s01->on("SUBSCRIBE", confirmation("subscribe", "news"));
    m_latestMap = [this] { return m_map; };
    const StreamRun* run = stream({ "SUBSCRIBE", "news" });
    QTRY_VERIFY(run->state().kind == StreamState::Kind::Streaming);
    QCOMPARE(run->state().address, m_s01->endpoint());
}

void StreamRunTest::deletedByItsListener()
{
    m_s02->on("SUBSCRIBE", confirmation("subscribe", "news"));
    for (int changes = 1; changes <= 2; ++changes) {
        stream({ "SUBSCRIBE", "news" });
        int seen = 1; // start() told the first before anybody listened
        connect(m_stream.get(), &StreamRun::stateChanged, this, [&] {
            if (++seen > changes)
                m_stream.reset();
        });
        QTRY_VERIFY(!m_stream || changes == 2);
        m_stream.reset();
        QTest::qWait(30);
    }
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::StreamRunTest)
#include "tst_streamrun.moc"
