// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "tests/core/sessionfixture.h"

#include <QRegularExpression>
#include <QTest>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using session::IoThread;
using session::SessionHandle;

// Streams and key scans of a session, as the window sees them: from another thread.
class JobsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void scan();
    void survey();
    void stream();
    void endsWithItsHandle();
};

void JobsTest::scan()
{
    FakeCluster fakes;
    fakes.nodes[primaryA]->on("SCAN", "*2\r\n$1\r\n0\r\n*2\r\n$1\r\na\r\n$1\r\nb\r\n");
    fakes.nodes[primaryB]->on("SCAN", "*2\r\n$1\r\n0\r\n*1\r\n$1\r\nc\r\n");
    IoThread io;
    SessionHandle session(io, fakes.config(50ms));
    QSignalSpy topologies(&session, &SessionHandle::topologyChanged);
    session.open();
    QTRY_VERIFY(!topologies.isEmpty());
    qsizetype keys = 0;
    connect(&session, &SessionHandle::scanFound, this,
        [&](quint64, const command::KeyBatch& batch) { keys += batch.size(); });
    QSignalSpy ends(&session, &SessionHandle::scanFinished);
    const quint64 id = session.startScan({ "*", {} });
    QVERIFY(ends.wait(10'000));
    QCOMPARE(ends.first().at(0).toULongLong(), id);
    QVERIFY(ends.first().at(1).toBool());
    QCOMPARE(keys, 3);

    fakes.nodes[primaryA]->on("SCAN", "*2\r\n$1\r\n7\r\n*0\r\n"); // without end
    const quint64 endless = session.startScan({});
    session.pauseScan(endless);
    session.resumeScan(endless);
    session.cancelJob(endless);
    QVERIFY(ends.wait());
    QVERIFY(!ends.last().at(1).toBool());
}

void JobsTest::survey()
{
    FakeCluster fakes;
    for (const auto& node : fakes.nodes)
        node->on("CLUSTER COUNTKEYSINSLOT", ":4\r\n");
    IoThread io;
    SessionHandle session(io, fakes.config(50ms));
    QSignalSpy topologies(&session, &SessionHandle::topologyChanged);
    session.open();
    QTRY_VERIFY(!topologies.isEmpty());
    qint64 keys = 0;
    connect(&session, &SessionHandle::surveyFound, this,
        [&](quint64, const QList<command::SlotFacts>& facts) {
            for (const command::SlotFacts& one : facts)
                keys += one.keyCount;
        });
    QSignalSpy ends(&session, &SessionHandle::surveyFinished);
    command::SlotSurveyOptions options;
    options.ranges = { { cluster::Slot(100), cluster::Slot(109) } };
    const quint64 id = session.startSurvey(options);
    QVERIFY(ends.wait(10'000));
    QCOMPARE(ends.first().at(0).toULongLong(), id);
    QVERIFY(ends.first().at(1).toBool());
    QCOMPARE(keys, 40);

    options.ranges = { { cluster::Slot(0), cluster::Slot(cluster::Slot::count - 1) } };
    session.cancelJob(session.startSurvey(options));
    QVERIFY(ends.wait());
    QVERIFY(!ends.last().at(1).toBool());
}

void JobsTest::stream()
{
    FakeCluster fakes;
    fakes.nodes[primaryA]->on(
        "MONITOR", "+OK\r\n+1.1 [0 127.0.0.1:1] \"one\"\r\n+1.2 [0 127.0.0.1:1] \"two\"\r\n");
    IoThread io;
    SessionHandle session(io, fakes.config(50ms));
    QSignalSpy topologies(&session, &SessionHandle::topologyChanged);
    session.open();
    QTRY_VERIFY(!topologies.isEmpty());
    QList<command::StreamMessage> messages;
    connect(&session, &SessionHandle::streamBatch, this,
        [&](quint64, const command::StreamBatch& batch) { messages += batch.messages; });
    QSignalSpy states(&session, &SessionHandle::streamChanged);
    QSignalSpy ends(&session, &SessionHandle::streamFinished);
    // MONITOR weighs on a server: not without a confirmation.
    session.startStream({ "MONITOR" }, command::Behaviour::clusterClientWithMap());
    QVERIFY(ends.wait());
    QCOMPARE(ends.takeFirst().at(1).value<command::StreamState>().kind,
        command::StreamState::Kind::Refused);
    const quint64 id = session.startStream({ "MONITOR" },
        command::Behaviour::clusterClientWithMap(), session::Confirmation::Confirmed);
    QTRY_COMPARE(messages.size(), 2);
    QVERIFY(messages.last().payload.endsWith("\"two\""));
    QVERIFY(!states.isEmpty());
    fakes.nodes[primaryA]->closeAllConnections(); // it subscribes again: the first batch was taken
    QTRY_COMPARE(messages.size(), 4);
    session.cancelJob(id);
    QVERIFY(ends.wait());
    QCOMPARE(ends.first().at(0).toULongLong(), id);
}

void JobsTest::endsWithItsHandle()
{
    FakeCluster fakes;
    fakes.nodes[primaryA]->on("MONITOR", "+OK\r\n");
    fakes.nodes[primaryA]->on("SCAN", "*2\r\n$1\r\n7\r\n*0\r\n");
    IoThread io;
    auto session = std::make_unique<SessionHandle>(io, fakes.config(50ms));
    session->open();
    session->startStream(
        { "MONITOR" }, command::Behaviour::plainClient(), session::Confirmation::Confirmed);
    session->startScan({});
    QTest::qWait(100);
    session.reset();
    QTest::qWait(50);
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::JobsTest)
#include "tst_jobs.moc"
