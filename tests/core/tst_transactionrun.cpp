// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/transactionrun.h"
#include "tests/core/commandrunfixture.h"

namespace slotscope::tests {

class TransactionRunTest final : public CommandRunFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { tearDown(); }
    void executes();
    void watches();
    void watchedKeyChanged();
    void movedWhileQueueing();
    void movedAtExec();
    void ask();
    void askWhileWatching();
    void tryAgainAtExec();
    void refusedWhileQueueing();
    void execAbort();
    void crossSlot();
    void notSent_data();
    void notSent();
    void lostWhileQueueing();
    void lostAfterExec();
    void cancelledWhileQueueing();
    void cancelledAfterExec();
    void secretsAreRedacted();

private:
    Trace run(QList<QByteArray> watched = {},
        QList<Argv> commands = { { "SET", "user:2935", "v" }, { "GET", "user:2935" } },
        const std::function<void(TransactionRun&)>& whenStarted = {});
};

void TransactionRunTest::init()
{
    setUp();
    for (FakeNode* node : { m_s01.get(), m_s02.get(), m_s03.get() }) {
        node->on("WATCH", "+OK\r\n");
        node->on("MULTI", "+OK\r\n");
        node->on("ASKING", "+OK\r\n");
        node->on("SET", "+QUEUED\r\n");
        node->on("GET", "+QUEUED\r\n");
        node->on("EXEC", "*2\r\n+OK\r\n$1\r\nv\r\n");
    }
}

Trace TransactionRunTest::run(QList<QByteArray> watched, QList<Argv> commands,
    const std::function<void(TransactionRun&)>& whenStarted)
{
    TransactionRun operation({ m_pool.get(), m_map, m_seed, m_limits }, std::move(watched),
        std::move(commands), Behaviour::clusterClientWithMap());
    QSignalSpy ends(&operation, &TransactionRun::finished);
    operation.start();
    if (whenStarted)
        whenStarted(operation);
    if (!QTest::qWaitFor([&] { return !ends.isEmpty(); }))
        return {};
    QTest::qWait(30); // a second finished() would come now
    return ends.size() == 1 ? operation.trace() : Trace();
}

void TransactionRunTest::executes()
{
    const Trace trace = run();
    QCOMPARE(summary(trace), u"S03 reply => reply"_s);
    QCOMPARE(trace.reply.size(), 2);
    QCOMPARE(trace.reply.at(1).toByteArray(), "v"_ba);
    QCOMPARE(trace.slot, cluster::Slot(slot1738));
    QCOMPARE(trace.argv, (Argv { "MULTI", "SET user:2935 v", "GET user:2935", "EXEC" }));
    QCOMPARE(commandsOf(*m_s03),
        (QList<QByteArray> { "MULTI", "SET user:2935 v", "GET user:2935", "EXEC" }));
}

void TransactionRunTest::watches()
{
    QCOMPARE(summary(run({ "user:2935" })), u"S03 reply => reply"_s);
    QCOMPARE(commandsOf(*m_s03).first(), "WATCH user:2935"_ba);
    QCOMPARE(commandsOf(*m_s03).at(1), "MULTI"_ba);
}

void TransactionRunTest::watchedKeyChanged()
{
    m_s03->on("EXEC", "*-1\r\n");
    const Trace trace = run({ "user:2935" });
    QCOMPARE(summary(trace), u"S03 reply => reply"_s);
    QVERIFY(trace.reply.isNull());
    QVERIFY2(trace.detail.contains(u"watched"), qPrintable(trace.detail));
}

// Nothing was executed here, so everything begins again there, and EXEC was not sent in between.
void TransactionRunTest::movedWhileQueueing()
{
    m_s03->on("GET", redirect("MOVED", *m_s01));
    QCOMPARE(summary(run()), u"S03 moved | S01 reply => reply"_s);
    QVERIFY(!commandsOf(*m_s03).contains("EXEC"));
    QCOMPARE(commandsOf(*m_s01),
        (QList<QByteArray> { "MULTI", "SET user:2935 v", "GET user:2935", "EXEC" }));
}

void TransactionRunTest::movedAtExec()
{
    m_s03->on("EXEC", redirect("MOVED", *m_s01));
    QCOMPARE(summary(run()), u"S03 moved | S01 reply => reply"_s);
    QCOMPARE(commandsOf(*m_s01).size(), 4);
}

void TransactionRunTest::ask()
{
    m_s03->on("SET", redirect("ASK", *m_s01));
    QCOMPARE(summary(run()), u"S03 ask | S01+ reply => reply"_s);
    QCOMPARE(commandsOf(*m_s01),
        (QList<QByteArray> { "ASKING", "MULTI", "SET user:2935 v", "GET user:2935", "EXEC" }));
    bool together = false;
    for (const QByteArray& chunk : m_s01->chunks())
        together = together || chunk.contains("ASKING\r\n*1\r\n$5\r\nMULTI\r\n");
    QVERIFY(together);
}

void TransactionRunTest::askWhileWatching()
{
    m_s03->on("WATCH", redirect("ASK", *m_s01));
    QCOMPARE(summary(run({ "user:2935" })), u"S03 ask | S01+ reply => reply"_s);
    QCOMPARE(commandsOf(*m_s01).mid(0, 4),
        (QList<QByteArray> { "ASKING", "WATCH user:2935", "ASKING", "MULTI" }));
}

// Each attempt has a connection of its own: the state of the last one must not stay.
void TransactionRunTest::tryAgainAtExec()
{
    m_s03->on("EXEC",
        { { Act::Answer, "-TRYAGAIN Multiple keys\r\n" },
            { Act::Answer, "*2\r\n+OK\r\n$1\r\nv\r\n" } });
    QCOMPARE(summary(run()), u"S03 tryagain | S03 reply => reply"_s);
    QCOMPARE(m_s03->connectionCount(), 2);
}

void TransactionRunTest::refusedWhileQueueing()
{
    m_s03->on("SET", "-ERR wrong number of arguments for 'set' command\r\n");
    const Trace trace = run();
    QCOMPARE(summary(trace), u"S03 error => error"_s);
    QCOMPARE(trace.reply.toByteArray(), "ERR wrong number of arguments for 'set' command"_ba);
    QVERIFY(trace.detail.contains(u"EXECABORT"));
    QVERIFY(!commandsOf(*m_s03).contains("EXEC"));
}

void TransactionRunTest::execAbort()
{
    m_s03->on("EXEC", "-EXECABORT Transaction discarded because of previous errors.\r\n");
    const Trace trace = run();
    QCOMPARE(summary(trace), u"S03 error => error"_s);
    QVERIFY(trace.detail.contains(u"nothing was executed"));
}

void TransactionRunTest::crossSlot()
{
    const Trace trace = run({ "elsewhere" });
    QCOMPARE(summary(trace), u" => cross_slot"_s);
    QCOMPARE(m_s03->connectionCount(), 0);
}

void TransactionRunTest::notSent_data()
{
    QTest::addColumn<QList<Argv>>("commands");
    QTest::newRow("none") << QList<Argv> {};
    QTest::newRow("an empty one") << QList<Argv> { Argv {} };
    QTest::newRow("EXEC") << QList<Argv> { { "SET", "k", "v" }, { "exec" } };
    QTest::newRow("SUBSCRIBE") << QList<Argv> { { "SUBSCRIBE", "c" } };
}

void TransactionRunTest::notSent()
{
    QFETCH(QList<Argv>, commands);
    const Trace trace = run({}, commands);
    QCOMPARE(summary(trace), u" => not_sent"_s);
    QVERIFY(!trace.detail.isEmpty());
}

// Before EXEC nothing is executed: no outcome is unknown, and a newer map gives another chance.
void TransactionRunTest::lostWhileQueueing()
{
    m_s03->on("GET", { { Act::Close, {}, 0 } });
    QCOMPARE(summary(run()), u"S03 connect_failed => connect_failed"_s);
}

void TransactionRunTest::lostAfterExec()
{
    m_s03->on("EXEC", { { Act::Close, {}, 0 } });
    QCOMPARE(summary(run()), u"S03 outcome_unknown => outcome_unknown"_s);
    QTest::qWait(100);
    QCOMPARE(commandsOf(*m_s03).count("EXEC"), 1);
}

void TransactionRunTest::cancelledWhileQueueing()
{
    m_s03->on("GET", { { Act::Silence, {}, 0 } });
    const Trace trace = run({}, { { "GET", "user:2935" } }, [this](TransactionRun& operation) {
        QTRY_VERIFY(commandsOf(*m_s03).contains("GET user:2935"));
        operation.cancel();
    });
    QCOMPARE(summary(trace), u"S03 cancelled => cancelled"_s);
}

void TransactionRunTest::cancelledAfterExec()
{
    m_s03->on("EXEC", { { Act::Silence, {}, 0 } });
    const Trace trace = run({}, { { "GET", "user:2935" } }, [this](TransactionRun& operation) {
        QTRY_VERIFY(commandsOf(*m_s03).contains("EXEC"));
        operation.cancel();
    });
    QCOMPARE(summary(trace), u"S03 outcome_unknown => outcome_unknown"_s);
}

void TransactionRunTest::secretsAreRedacted()
{
    m_s02->on("CONFIG", "+QUEUED\r\n");
    m_s02->on("EXEC", "*1\r\n*2\r\n$11\r\nrequirepass\r\n$6\r\ns3cr3t\r\n");
    const Trace trace = run({}, { { "CONFIG", "GET", "requirepass" } });
    QCOMPARE(trace.outcome, TraceOutcome::Reply);
    QCOMPARE(trace.reply.at(0).at(0).toByteArray(), "requirepass"_ba);
    QVERIFY(!toText(trace).contains(u"s3cr3t"));
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::TransactionRunTest)
#include "tst_transactionrun.moc"
