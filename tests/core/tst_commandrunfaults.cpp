// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "tests/core/commandrunfixture.h"

#include <QElapsedTimer>

namespace slotscope::tests {

// What ends badly, late or not at all.
class CommandRunFaultsTest final : public CommandRunFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(); }
    void cleanup() { tearDown(); }
    void refusedPort();
    void refusedTarget();
    void failover();
    void closedInTheMiddleOfAReply();
    void closedAfterARedirect();
    void closedWithoutAReply();
    void silence();
    void muteServer();
    void garbageInsteadOfAReply();
    void cancelBeforeStart();
    void cancelWhileConnecting();
    void cancelAfterSending();
    void cancelWhileWaiting();
    void cancelAfterTheEnd();
    void retries_data();
    void retries();
    void tryAgainOnTheAskTarget();
    void gaveUp_data();
    void gaveUp();
    void plainClientDoesNotWait();
    void connectionIsClosed();
    void deletedWhileRunning();
    void deletedByItsListener();
};

void CommandRunFaultsTest::refusedPort()
{
    m_s03->close();
    const Trace trace = finished();
    QCOMPARE(summary(trace), u"S03 connect_failed => connect_failed"_s);
    QVERIFY(!trace.hops.first().raw.isEmpty());
    QCOMPARE(trace.detail, QString::fromUtf8(trace.hops.first().raw));
    QVERIFY2(
        trace.detail.contains(trace.hops.first().address.toString()), qPrintable(trace.detail));
    QVERIFY(!trace.hops.first().connectMicros);
}

void CommandRunFaultsTest::refusedTarget()
{
    m_s03->on("GET", redirect("MOVED", *m_s01));
    m_s01->close();
    const Trace trace = finished();
    QCOMPARE(summary(trace), u"S03 moved | S01 connect_failed => connect_failed"_s);
}

// The owner is gone; a newer map comes to know its successor while the run waits.
void CommandRunFaultsTest::failover()
{
    m_s03->close();
    m_s01->on("SET", "+OK\r\n");
    bool asked = false;
    m_latestMap = [&] {
        return asked ? m_map.withOwner(cluster::Slot(slot1738), m_s01->endpoint()) : m_map;
    };
    CommandRun* run = newRun(Behaviour::clusterClientWithMap(), { "SET", "user:2935", "v" });
    connect(run, &CommandRun::refreshWanted, this, [&] { asked = true; });
    run->start();
    const Trace trace = finished(run);
    QCOMPARE(summary(trace), u"S03 connect_failed | S01 reply => reply"_s);
    QVERIFY(trace.hops.last().waitMicros >= m_limits.clusterDownFirstMs * 900);
    QCOMPARE(commandsOf(*m_s01), QList<QByteArray> { "SET user:2935 v" });
}

void CommandRunFaultsTest::closedInTheMiddleOfAReply()
{
    m_s03->on("SET", { { Act::AnswerThenClose, "$100\r\nhalf" } });
    const Trace trace = finished(Behaviour::clusterClientWithMap(), { "SET", "user:2935", "v" });
    QCOMPARE(summary(trace), u"S03 outcome_unknown => outcome_unknown"_s);
    QVERIFY(trace.reply.isNull());
    QVERIFY(!trace.hops.first().raw.isEmpty());
    QTest::qWait(200);
    QCOMPARE(commandsOf(*m_s03).size(), 1); // never sent again
    QCOMPARE(m_s03->connectionCount(), 1);
}

void CommandRunFaultsTest::closedAfterARedirect()
{
    m_s03->on("SET", redirect("MOVED", *m_s01));
    m_s01->on("SET", { { Act::Close, {}, 0 } });
    const Trace trace = finished(Behaviour::clusterClientWithMap(), { "SET", "user:2935", "v" });
    QCOMPARE(summary(trace), u"S03 moved | S01 outcome_unknown => outcome_unknown"_s);
    QVERIFY(trace.reply.isNull()); // the MOVED is not its answer
    QCOMPARE(commandsOf(*m_s01).size(), 1);
}

void CommandRunFaultsTest::closedWithoutAReply()
{
    m_s03->on("GET", { { Act::Close, {}, 0 } });
    QCOMPARE(summary(finished()), u"S03 outcome_unknown => outcome_unknown"_s);
    QCOMPARE(commandsOf(*m_s03).size(), 1);
}

void CommandRunFaultsTest::silence()
{
    m_s03->on("GET", { { Act::Silence, {}, 0 } });
    const Trace trace = finished();
    QCOMPARE(summary(trace), u"S03 outcome_unknown => outcome_unknown"_s);
    QVERIFY(trace.hops.first().micros >= 350'000);
    QCOMPARE(commandsOf(*m_s03).size(), 1);
}

// It accepts the connection and answers nothing, not even the handshake: nothing was sent.
void CommandRunFaultsTest::muteServer()
{
    m_s03->setMute(true);
    QCOMPARE(summary(finished()), u"S03 connect_failed => connect_failed"_s);
    QVERIFY(commandsOf(*m_s03).isEmpty());
}

void CommandRunFaultsTest::garbageInsteadOfAReply()
{
    m_s03->on("GET", "garbage\r\n");
    QCOMPARE(summary(finished()), u"S03 outcome_unknown => outcome_unknown"_s);
}

void CommandRunFaultsTest::cancelBeforeStart()
{
    CommandRun* run = newRun();
    QSignalSpy ends(run, &CommandRun::finished);
    run->cancel();
    QCOMPARE(ends.size(), 0); // from the event loop, not from inside cancel()
    const Trace trace = finished(run);
    QCOMPARE(summary(trace), u" => cancelled"_s);
    run->start();
    QTest::qWait(50);
    QCOMPARE(ends.size(), 1);
    QCOMPARE(m_s03->connectionCount(), 0);
}

void CommandRunFaultsTest::cancelWhileConnecting()
{
    m_s03->on("HELLO", { { Act::Answer, "-ERR unknown command\r\n", 100 } });
    m_s03->on("GET", FakeNode::bulk("ok"));
    CommandRun* run = newRun();
    run->start();
    run->cancel();
    QCOMPARE(summary(finished(run)), u"S03 cancelled => cancelled"_s);
    QTest::qWait(300);
    QVERIFY(commandsOf(*m_s03).isEmpty()); // it was taken back
}

void CommandRunFaultsTest::cancelAfterSending()
{
    m_s03->on("GET user:2935", { { Act::Answer, FakeNode::bulk("late"), 150 } });
    // The fake node does not queue: only the longer delay keeps its replies in order.
    m_s03->on("GET {user:2935}x", { { Act::Answer, FakeNode::bulk("own"), 200 } });
    CommandRun* run = newRun();
    run->start();
    QTRY_COMPARE(commandsOf(*m_s03).size(), 1);
    run->cancel();
    const Trace trace = finished(run);
    QCOMPARE(summary(trace), u"S03 outcome_unknown => outcome_unknown"_s);
    QVERIFY(trace.reply.isNull());
    // The next command on that connection reads its own reply, not the late one.
    const Trace next = finished(Behaviour::clusterClientWithMap(), { "GET", "{user:2935}x" });
    QCOMPARE(next.reply.toByteArray(), "own"_ba);
}

void CommandRunFaultsTest::cancelWhileWaiting()
{
    m_limits.tryAgainFirstMs = 10'000;
    m_s03->on("GET", "-TRYAGAIN Multiple keys\r\n");
    CommandRun* run = newRun();
    QSignalSpy changes(run, &CommandRun::traceChanged);
    run->start();
    QTRY_VERIFY(run->trace().hops.first().outcome == HopOutcome::TryAgain);
    run->cancel();
    QCOMPARE(summary(finished(run)), u"S03 tryagain => cancelled"_s);
}

void CommandRunFaultsTest::cancelAfterTheEnd()
{
    m_s03->on("GET", FakeNode::bulk("ok"));
    CommandRun* run = newRun();
    QSignalSpy ends(run, &CommandRun::finished);
    run->start();
    QCOMPARE(finished(run).outcome, TraceOutcome::Reply);
    run->cancel();
    QTest::qWait(30);
    QCOMPARE(ends.size(), 1);
    QCOMPARE(run->trace().outcome, TraceOutcome::Reply);
}

void CommandRunFaultsTest::retries_data()
{
    QTest::addColumn<QByteArray>("error");
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("firstMs");
    QTest::newRow("TRYAGAIN") << "TRYAGAIN Multiple keys"_ba << u"tryagain"_s << 20;
    QTest::newRow("CLUSTERDOWN") << "CLUSTERDOWN The cluster is down"_ba << u"clusterdown"_s << 30;
    QTest::newRow("LOADING") << "LOADING Valkey is loading"_ba << u"loading"_s << 30;
}

void CommandRunFaultsTest::retries()
{
    QFETCH(QByteArray, error);
    QFETCH(QString, name);
    QFETCH(int, firstMs);
    m_s03->on("GET",
        { { Act::Answer, "-" + error + "\r\n" }, { Act::Answer, "-" + error + "\r\n" },
            { Act::Answer, FakeNode::bulk("ok") } });
    const Trace trace = finished();
    QCOMPARE(summary(trace), u"S03 %1 | S03 %1 | S03 reply => reply"_s.arg(name));
    QCOMPARE(trace.hops.at(0).waitMicros, 0);
    QVERIFY(trace.hops.at(1).waitMicros >= firstMs * 900);
    QVERIFY(trace.hops.at(2).waitMicros >= firstMs * 2 * 900); // doubled
    QCOMPARE(trace.hops.at(0).raw, error);
}

// The target of an ASK may say TRYAGAIN; the retry needs ASKING again.
void CommandRunFaultsTest::tryAgainOnTheAskTarget()
{
    m_s03->on("GET", redirect("ASK", *m_s01));
    m_s01->on("ASKING", "+OK\r\n");
    m_s01->on("GET",
        { { Act::Answer, "-TRYAGAIN Multiple keys\r\n" }, { Act::Answer, FakeNode::bulk("ok") } });
    QCOMPARE(summary(finished()), u"S03 ask | S01+ tryagain | S01+ reply => reply"_s);
    QCOMPARE(commandsOf(*m_s01).count("ASKING"), 2);
}

void CommandRunFaultsTest::gaveUp_data()
{
    retries_data();
}

void CommandRunFaultsTest::gaveUp()
{
    QFETCH(QByteArray, error);
    m_limits.deadlineMs = 200;
    m_s03->on("GET", "-" + error + "\r\n");
    QElapsedTimer timer;
    timer.start();
    const Trace trace = finished();
    QCOMPARE(trace.outcome, TraceOutcome::GaveUp);
    QVERIFY(trace.hops.size() > 3);
    QVERIFY(timer.elapsed() < 5000);
    qint64 waited = 0;
    for (const Hop& hop : trace.hops)
        waited += hop.waitMicros;
    QVERIFY(waited >= 100'000);
    QVERIFY(trace.detail.contains(QString::fromLatin1(error.split(' ').first())));
}

void CommandRunFaultsTest::plainClientDoesNotWait()
{
    m_s02->on("GET", "-TRYAGAIN Multiple keys\r\n");
    QCOMPARE(summary(finished(Behaviour::plainClient())), u"S02 tryagain => error"_s);
}

void CommandRunFaultsTest::connectionIsClosed()
{
    m_s03->on("GET", { { Act::Silence, {}, 0 } });
    CommandRun* run = newRun();
    run->start();
    QTRY_COMPARE(commandsOf(*m_s03).size(), 1);
    QSignalSpy ends(run, &CommandRun::finished);
    m_pool->connectionTo(m_s03->endpoint())->close();
    QCOMPARE(ends.size(), 0);
    QCOMPARE(summary(finished(run)), u"S03 outcome_unknown => outcome_unknown"_s);

    CommandRun* early = newRun();
    early->start();
    m_pool->connectionTo(m_s03->endpoint())->close();
    QCOMPARE(summary(finished(early)), u"S03 cancelled => cancelled"_s);
}

void CommandRunFaultsTest::deletedWhileRunning()
{
    m_s03->on("GET", { { Act::Answer, FakeNode::bulk("ok"), 100 } });
    newRun()->start();
    m_run.reset();
    newRun()->start();
    QTRY_COMPARE(commandsOf(*m_s03).size(), 1);
    m_run.reset(); // its reply comes to nobody
    newRun()->cancel();
    m_run.reset();
    newRun(Behaviour::clusterClientWithMap(), { "BLPOP", "user:2935", "0" })->start();
    QTest::qWait(20);
    m_run.reset();
    QTest::qWait(200);
}

void CommandRunFaultsTest::deletedByItsListener()
{
    m_s03->on("GET", redirect("MOVED", *m_s01));
    m_s01->on("GET", FakeNode::bulk("ok"));
    for (int changes = 1; changes <= 4; ++changes) {
        newRun()->start();
        int seen = 0;
        connect(m_run.get(), &CommandRun::traceChanged, this, [&] {
            if (++seen == changes)
                m_run.reset();
        });
        QTest::qWait(60);
        m_run.reset();
    }
    newRun()->start();
    connect(m_run.get(), &CommandRun::finished, this, [this] { m_run.reset(); });
    QTRY_VERIFY(!m_run);
    newRun()->start();
    connect(m_run.get(), &CommandRun::movedSeen, this, [this] { m_run.reset(); });
    QTRY_VERIFY(!m_run);
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::CommandRunFaultsTest)
#include "tst_commandrunfaults.moc"
