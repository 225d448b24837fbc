// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/commandrun.h"
#include "tests/live/faultcluster.h"
#include "tests/live/realserver.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <chrono>
#include <optional>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using command::HopOutcome;
using command::Trace;
using command::TraceOutcome;
using Way = FaultProxy::Way;

constexpr auto patience = 1000ms;

/// One real server behind a proxy that breaks the connection: what a command is told, what has
/// become of it on the server, and that the next command gets its own reply.
class FaultsProxyTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void cutInsideAReply_data();
    void cutInsideAReply();
    void endsJustAfterAReply();
    void lostBeforeTheReply_data();
    void lostBeforeTheReply();
    void repliesTooLate();
    void largeReplySlowly_data();
    void largeReplySlowly();
    void failsBeforeTheCommand_data();
    void failsBeforeTheCommand();
    void manyUnderWay();

    void chaosInACluster();

private:
    Trace run(const command::Argv& argv);
    void verifyNextIsRight();
    QByteArray onServer(const QStringList& command) { return m_server->cli(command).trimmed(); }

    std::optional<RealServer> m_server;
    std::optional<FaultProxy> m_proxy;
    std::unique_ptr<net::ConnectionPool> m_pool;
    int m_words = 0;
};

void FaultsProxyTest::initTestCase()
{
    m_server.emplace();
    QVERIFY2(m_server->start(), "needs the package redis-server");
}

void FaultsProxyTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    QCOMPARE(onServer({ u"flushall"_s }), "OK");
    m_proxy.emplace(m_server->port());
    net::ConnectionOptions options;
    options.timeout = patience;
    m_pool = std::make_unique<net::ConnectionPool>(options);
}

void FaultsProxyTest::cleanup()
{
    m_pool.reset();
    m_proxy.reset();
}

Trace FaultsProxyTest::run(const command::Argv& argv)
{
    command::CommandRun operation(
        { m_pool.get(), {}, m_proxy->endpoint(), {} }, argv, command::Behaviour::plainClient());
    QSignalSpy finished(&operation, &command::CommandRun::finished);
    operation.start();
    if (!QTest::qWaitFor([&] { return !finished.isEmpty(); }, 10'000))
        return {};
    return finished.first().first().value<Trace>();
}

void FaultsProxyTest::verifyNextIsRight()
{
    m_proxy->setFaults(Way::ToServer, {});
    m_proxy->setFaults(Way::ToClient, {});
    for (int i = 0; i < 3; ++i) {
        const QByteArray word = "word" + QByteArray::number(++m_words);
        const Trace trace = run({ "ECHO", word });
        QCOMPARE(trace.outcome, TraceOutcome::Reply);
        QCOMPARE(trace.reply.toByteArray(), word);
    }
}

void FaultsProxyTest::cutInsideAReply_data()
{
    QTest::addColumn<int>("after");
    QTest::addColumn<bool>("byReset");
    // "$1000\r\n", 1000 bytes, "\r\n"
    for (const int after : { 0, 1, 3, 6, 7, 500, 1007, 1008 }) {
        QTest::addRow("%d bytes, FIN", after) << after << false;
        QTest::addRow("%d bytes, RST", after) << after << true;
    }
}

void FaultsProxyTest::cutInsideAReply()
{
    QFETCH(int, after);
    QFETCH(bool, byReset);
    QCOMPARE(onServer({ u"set"_s, u"k"_s, QString(1000, u'x') }), "OK");
    QCOMPARE(run({ "ECHO", "warm" }).outcome, TraceOutcome::Reply);
    FaultProxy::Faults cut;
    cut.cutAfter = after;
    cut.cutByReset = byReset;
    m_proxy->setFaults(Way::ToClient, cut);
    const Trace trace = run({ "GET", "k" });
    QCOMPARE(trace.outcome, TraceOutcome::OutcomeUnknown);
    QCOMPARE(trace.hops.size(), 1);
    QVERIFY2(trace.detail.contains(m_proxy->endpoint().toString()), qPrintable(trace.detail));
    verifyNextIsRight();
}

void FaultsProxyTest::endsJustAfterAReply()
{
    QCOMPARE(onServer({ u"set"_s, u"k"_s, QString(1000, u'x') }), "OK");
    QCOMPARE(run({ "ECHO", "warm" }).outcome, TraceOutcome::Reply);
    FaultProxy::Faults cut;
    cut.cutAfter = 1009;
    cut.cutByReset = false;
    m_proxy->setFaults(Way::ToClient, cut);
    const QPointer<net::Connection> connection = m_pool->connectionTo(m_proxy->endpoint());
    const Trace trace = run({ "GET", "k" });
    QVERIFY2(trace.outcome == TraceOutcome::Reply, qPrintable(trace.detail));
    QCOMPARE(trace.reply.toByteArray(), QByteArray(1000, 'x'));
    QTRY_VERIFY_WITH_TIMEOUT(
        !connection || connection->state() == net::Connection::State::Closed, 20'000);
    verifyNextIsRight();
}

void FaultsProxyTest::lostBeforeTheReply_data()
{
    QTest::addColumn<Way>("frozen"); // this way, when the connection is lost
    QTest::addColumn<QString>("end");
    QTest::addColumn<QByteArray>("executed"); // how often, on the server
    QTest::newRow("reset, the command had arrived")
        << Way::ToClient << u"reset"_s << QByteArray("1");
    QTest::newRow("reset, the command had not") << Way::ToServer << u"reset"_s << QByteArray();
    QTest::newRow("half-closed, the command had arrived")
        << Way::ToClient << u"half-close"_s << QByteArray("1");
    QTest::newRow("silence, the command had arrived")
        << Way::ToClient << u"none"_s << QByteArray("1");
    QTest::newRow("silence, the command had not") << Way::ToServer << u"none"_s << QByteArray();
}

/// Both look the same from here, so both are told the same, and neither is sent again.
void FaultsProxyTest::lostBeforeTheReply()
{
    QFETCH(Way, frozen);
    QFETCH(QString, end);
    QFETCH(QByteArray, executed);
    QCOMPARE(run({ "ECHO", "warm" }).outcome, TraceOutcome::Reply);
    FaultProxy::Faults faults;
    faults.frozen = true;
    m_proxy->setFaults(frozen, faults);
    QTimer::singleShot(50ms, &*m_proxy, [this, end] {
        if (end == "reset"_L1)
            m_proxy->resetAll();
        else if (end == "half-close"_L1)
            m_proxy->halfCloseAll(Way::ToClient);
    });
    QElapsedTimer clock;
    clock.start();
    const Trace trace = run({ "INCR", "n" });
    QCOMPARE(trace.outcome, TraceOutcome::OutcomeUnknown);
    QCOMPARE(trace.hops.size(), 1);
    if (end == "none"_L1)
        QVERIFY(clock.elapsed() >= patience.count() && clock.elapsed() < 10 * patience.count());
    // What the frozen way still held goes down with its connection.
    QTRY_COMPARE_WITH_TIMEOUT(
        m_proxy->connectionCount() == 0 || frozen == Way::ToServer, true, 20'000);
    m_proxy->resetAll();
    verifyNextIsRight();
    QCOMPARE(onServer({ u"get"_s, u"n"_s }), executed);
}

/// The late reply must not be taken for that of the next command.
void FaultsProxyTest::repliesTooLate()
{
    QCOMPARE(run({ "ECHO", "warm" }).outcome, TraceOutcome::Reply);
    FaultProxy::Faults slow;
    slow.delayMs = 1500;
    m_proxy->setFaults(Way::ToClient, slow);
    const Trace trace = run({ "ECHO", "late" });
    QCOMPARE(trace.outcome, TraceOutcome::OutcomeUnknown);
    QVERIFY2(!trace.detail.isEmpty(), "says why");
    verifyNextIsRight();
    QCOMPARE(m_proxy->acceptedCount(), 2);
}

void FaultsProxyTest::largeReplySlowly_data()
{
    QTest::addColumn<qint64>("bytesPerSecond");
    QTest::addColumn<TraceOutcome>("outcome");
    QTest::newRow("fast enough") << qint64(20'000'000) << TraceOutcome::Reply;
    // Longer than the limit, but it is coming; and a trickle that would take minutes.
    QTest::newRow("slow") << qint64(500'000) << TraceOutcome::Reply;
    QTest::newRow("too slow") << qint64(8'000) << TraceOutcome::OutcomeUnknown;
}

void FaultsProxyTest::largeReplySlowly()
{
    QFETCH(qint64, bytesPerSecond);
    QFETCH(TraceOutcome, outcome);
    constexpr int size = 1'000'000;
    QCOMPARE(onServer({ u"setrange"_s, u"k"_s, QString::number(size - 1), u"x"_s }),
        QByteArray::number(size));
    QCOMPARE(run({ "ECHO", "warm" }).outcome, TraceOutcome::Reply);
    FaultProxy::Faults slow;
    slow.bytesPerSecond = bytesPerSecond;
    m_proxy->setFaults(Way::ToClient, slow);
    const Trace trace = run({ "GET", "k" });
    QCOMPARE(trace.outcome, outcome);
    if (outcome == TraceOutcome::Reply)
        QCOMPARE(trace.reply.text().size(), size);
    verifyNextIsRight();
}

void FaultsProxyTest::failsBeforeTheCommand_data()
{
    QTest::addColumn<QString>("fault");
    QTest::newRow("refused") << u"refused"_s;
    QTest::newRow("nothing passes") << u"frozen"_s;
    QTest::newRow("cut at once") << u"cut 0"_s;
    QTest::newRow("cut inside the reply of HELLO") << u"cut 40"_s;
    QTest::newRow("cut after a byte") << u"cut 1"_s;
}

/// Before its handshake is done no command has been sent: that is a fact, and it is told.
void FaultsProxyTest::failsBeforeTheCommand()
{
    QFETCH(QString, fault);
    FaultProxy::Faults faults;
    faults.frozen = fault == "frozen"_L1;
    if (fault.startsWith("cut "_L1))
        faults.cutAfter = fault.mid(4).toInt();
    m_proxy->setFaults(Way::ToClient, faults);
    m_proxy->setRefusing(fault == "refused"_L1);
    const Trace trace = run({ "INCR", "n" });
    QCOMPARE(trace.outcome, TraceOutcome::ConnectFailed);
    QVERIFY2(trace.detail.endsWith(u'.'), qPrintable(trace.detail));
    QCOMPARE(onServer({ u"get"_s, u"n"_s }), "");
    m_proxy->setRefusing(false);
    verifyNextIsRight();
}

/// A pipeline on one connection is cut somewhere: what was answered was answered rightly, the rest
/// is unknown, nothing ran twice.
void FaultsProxyTest::manyUnderWay()
{
    constexpr int count = 200;
    for (int round = 0; round < 20; ++round) {
        QCOMPARE(onServer({ u"flushall"_s }), "OK");
        m_proxy->setFaults(Way::ToClient, {});
        QCOMPARE(run({ "ECHO", "warm" }).outcome, TraceOutcome::Reply);
        FaultProxy::Faults cut;
        cut.cutAfter = QRandomGenerator::global()->bounded(count * 5);
        cut.cutByReset = round % 2 == 0;
        m_proxy->setFaults(Way::ToClient, cut);
        int answered = 0;
        int ended = 0;
        bool right = true;
        net::Connection* connection = m_pool->connectionTo(m_proxy->endpoint());
        for (int i = 1; i <= count; ++i) {
            connection->send({ "INCR", "n" }, [&, i](const net::Answer& answer) {
                ++ended;
                if (!answer.reply) {
                    right = right && answer.sent;
                    return;
                }
                right = right && ++answered == i && answer.reply->toInteger() == i;
            });
        }
        QTRY_COMPARE_WITH_TIMEOUT(ended, count, 20'000);
        QVERIFY(right);
        QVERIFY(answered < count);
        QCOMPARE(onServer({ u"get"_s, u"n"_s }), QByteArray::number(count));
    }
}

/// Every few milliseconds something else is broken somewhere in a real cluster, for three seconds.
void FaultsProxyTest::chaosInACluster()
{
    FaultCluster cluster({}, FaultCluster::Way::Proxied);
    QString wrong = cluster.start();
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    wrong = cluster.open(0, "x:");
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    auto& random = *QRandomGenerator::global();
    int faults = 0;
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < 3000) {
        FaultProxy& proxy = cluster.proxy(random.bounded(3)); // replication goes on
        const Way way = random.bounded(2) == 0 ? Way::ToServer : Way::ToClient;
        FaultProxy::Faults one;
        switch (random.bounded(6)) {
        case 0:
            proxy.resetAll();
            break;
        case 1:
            proxy.halfCloseAll(way);
            break;
        case 2:
            one.cutAfter = random.bounded(2000);
            one.cutByReset = random.bounded(2) == 0;
            break;
        case 3:
            one.delayMs = random.bounded(40);
            break;
        case 4:
            one.frozen = true;
            break;
        default:
            one.bytesPerSecond = 20'000;
            break;
        }
        proxy.setFaults(way, one);
        ++faults;
        QTest::qWait(30);
        if (random.bounded(2) == 0)
            proxy.setFaults(way, {});
    }
    for (int node = 0; node < cluster.nodeCount(); ++node) {
        cluster.proxy(node).setFaults(Way::ToServer, {});
        cluster.proxy(node).setFaults(Way::ToClient, {});
        cluster.proxy(node).resetAll();
    }
    qInfo("  %d faults", faults);
    QVERIFY(cluster.waitUntilWhole());
    wrong = cluster.close(false);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

} // namespace slotscope::tests

Q_DECLARE_METATYPE(slotscope::tests::Way)
Q_DECLARE_METATYPE(slotscope::command::TraceOutcome)

QTEST_GUILESS_MAIN(slotscope::tests::FaultsProxyTest)
#include "tst_faultsproxy.moc"
