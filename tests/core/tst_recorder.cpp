// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/capture/countedtable.h"
#include "core/capture/history.h"
#include "core/capture/recorder.h"
#include "core/capture/seentable.h"
#include "core/health/sessionfindings.h"
#include "tests/core/sessionfixture.h"
#include "tests/support/fulldisk.h"

#include <QDir>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using capture::Capture;
using capture::History;
using capture::Recorder;
using capture::RecorderOptions;
using cluster::NodeId;
using session::IoThread;
using session::SessionHandle;

class RecorderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void recordsASession();
    void leavesNothingBehind();
    void keepsNoArgumentsUnlessAsked_data();
    void keepsNoArgumentsUnlessAsked();
    void saysOnceThatItCannot();
    void saysOnceThatTheDiskIsFull();
    void canBeTurnedOffAndOn();
    void countsWhatWasSeen();
    void countsWhatOthersWereAnswered();
    void goesOnAfterAReconnect();
    void anotherClusterIsAnotherRecording();
    void saysHowLongNobodyAnswered();
    void keepsNoQuestionOfTheWindow();
    void aClockIsSetBack();
    void keepsWhoDidNotAnswer();
    void keepsWhoWasSilentFromTheStart();

private:
    RecorderOptions options() const
    {
        RecorderOptions options;
        options.folder = m_folder->filePath(u"recordings"_s);
        return options;
    }
    /// What is in the file when all that was told is there.
    static Capture last(Recorder& recorder)
    {
        Capture capture;
        bool isWritten = false;
        recorder.whenWritten([&isWritten] { isWritten = true; });
        if (!QTest::qWaitFor([&isWritten] { return isWritten; }))
            return {};
        auto history = History::open(recorder.file());
        return history ? history->at(QDateTime::currentDateTimeUtc()).value() : Capture();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void RecorderTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void RecorderTest::recordsASession()
{
    FakeCluster fakes;
    IoThread io;
    Recorder recorder(options());
    SessionHandle session(io, fakes.config(50ms));
    recorder.start(&session);
    session.open();
    QTRY_VERIFY(!last(recorder).topology.isEmpty());
    recorder.addNote({ QDateTime::currentDateTimeUtc(), u"paged"_s });
    // C takes over from A.
    fakes.lines[primaryA] = "slave " + idOf(replicaOfA) + " 0 0 3 connected";
    fakes.lines[replicaOfA] = "master - 0 0 3 connected 0-8191";
    fakes.update();
    QTRY_VERIFY(!last(recorder).events.isEmpty());
    const Capture after = last(recorder);
    QCOMPARE(after.topology.ownerOf(cluster::Slot(0))->id, NodeId(idOf(replicaOfA)));
    QCOMPARE(after.before.ownerOf(cluster::Slot(0))->id, NodeId(idOf(primaryA)));
    QCOMPARE(after.events.first().change.kind, cluster::TopologyChange::Kind::Failover);
    QCOMPARE(after.notes.size(), 1);
    QVERIFY(after.recordingBegan.isValid());
    recorder.drop();
}

void RecorderTest::leavesNothingBehind()
{
    FakeCluster fakes;
    IoThread io;
    {
        Recorder recorder(options());
        SessionHandle session(io, fakes.config(0ms));
        recorder.start(&session);
        session.open();
        QTRY_VERIFY(!last(recorder).topology.isEmpty());
        QVERIFY(QFile::exists(recorder.file()));
        recorder.drop();
        QVERIFY(recorder.file().isEmpty());
    }
    QVERIFY(QDir(options().folder).isEmpty());
}

void RecorderTest::keepsNoArgumentsUnlessAsked_data()
{
    QTest::addColumn<bool>("withArguments");
    QTest::newRow("without") << false;
    QTest::newRow("with") << true;
}

void RecorderTest::keepsNoArgumentsUnlessAsked()
{
    QFETCH(bool, withArguments);
    FakeCluster fakes;
    fakes.nodes[primaryA]->on("GET", FakeNode::bulk("the value"));
    fakes.nodes[primaryB]->on("GET", FakeNode::bulk("the value"));
    IoThread io;
    RecorderOptions chosen = options();
    chosen.withArguments = withArguments;
    Recorder recorder(chosen);
    SessionHandle session(io, fakes.config(0ms));
    recorder.start(&session);
    session.open();
    QTRY_VERIFY(!last(recorder).topology.isEmpty());
    session.run({ "GET", "user:2935" }, command::Behaviour::clusterClientWithMap());
    QTRY_COMPARE(last(recorder).traces.size(), 1);
    const command::Trace trace = last(recorder).traces.first();
    QCOMPARE(trace.argv.first(), "GET");
    QVERIFY(trace.slot);
    QCOMPARE(trace.argv.contains("user:2935"), withArguments);
    QCOMPARE(trace.keys.contains("user:2935"), withArguments);
    QCOMPARE(trace.reply.text() == "the value", withArguments);

    // A server repeats arguments in its errors.
    for (const auto node : { primaryA, primaryB })
        fakes.nodes[node]->on("GET", "-ERR unknown command 'GET', with args: 'user:2935'\r\n");
    session.run({ "GET", "user:2935" }, command::Behaviour::clusterClientWithMap());
    QTRY_COMPARE(last(recorder).traces.size(), 2);
    const command::Trace failed = last(recorder).traces.last();
    QVERIFY(failed.reply.isError());
    QVERIFY(failed.reply.text().startsWith("ERR"));
    QCOMPARE(failed.reply.toByteArray().contains("user:2935"), withArguments);
    QCOMPARE(failed.hops.last().raw.contains("user:2935"), withArguments);
    recorder.drop();
}

void RecorderTest::saysOnceThatItCannot()
{
    FakeCluster fakes;
    IoThread io;
    RecorderOptions chosen = options();
    chosen.folder = u"/proc/nowhere"_s;
    Recorder recorder(chosen);
    QSignalSpy failed(&recorder, &Recorder::failed);
    SessionHandle session(io, fakes.config(20ms));
    QSignalSpy topologies(&session, &SessionHandle::topologyChanged);
    recorder.start(&session);
    session.open();
    QTRY_VERIFY(topologies.size() > 2);
    QTRY_COMPARE(failed.size(), 1);
    QVERIFY(recorder.file().isEmpty());
    recorder.drop();
}

void RecorderTest::saysOnceThatTheDiskIsFull()
{
    FakeCluster fakes;
    IoThread io;
    Recorder recorder(options());
    QSignalSpy failed(&recorder, &Recorder::failed);
    SessionHandle session(io, fakes.config(20ms));
    QSignalSpy topologies(&session, &SessionHandle::topologyChanged);
    recorder.start(&session);
    session.open();
    QTRY_VERIFY(!last(recorder).topology.isEmpty());
    {
        const FullDisk full(QFileInfo(recorder.file() + u".tail"_s).size() + 500);
        QTRY_COMPARE(failed.size(), 1);
        const qsizetype before = topologies.size();
        QTRY_VERIFY(topologies.size() > before + 5); // the session goes on
        QCOMPARE(failed.size(), 1);
    }
    QCOMPARE(failed.first().first().value<support::Error>().code, support::ErrorCode::FileError);
    QVERIFY(!last(recorder).topology.isEmpty()); // what was written can be read
    recorder.drop();
    QTRY_VERIFY(QDir(options().folder).isEmpty());
}

void RecorderTest::canBeTurnedOffAndOn()
{
    FakeCluster fakes;
    IoThread io;
    Recorder recorder(options());
    SessionHandle session(io, fakes.config(20ms));
    recorder.start(&session);
    session.open();
    QTRY_VERIFY(!last(recorder).topology.isEmpty());
    RecorderOptions off = options();
    off.isOn = false;
    recorder.setOptions(off);
    QVERIFY(recorder.file().isEmpty());
    QTRY_VERIFY(QDir(options().folder).isEmpty());
    recorder.setOptions(options());
    QTRY_VERIFY(!last(recorder).topology.isEmpty());
    recorder.drop();
}

void RecorderTest::countsWhatWasSeen()
{
    capture::SeenTable table;
    session::SeenRedirects seen;
    session::NodeRedirects node;
    node.address = { u"127.0.0.1"_s, 7000 };
    node.words.add("MOVED 1 127.0.0.1:7001");
    node.words.add("MOVED 2 127.0.0.1:7001");
    node.words.add("CLUSTERDOWN Hash slot not served");
    seen.nodes = { node };
    const QDateTime first(QDate(2026, 11, 28), QTime(14, 0), Qt::UTC);
    QVERIFY(table.update(seen, first));
    QVERIFY(!table.update(seen, first.addSecs(1)));
    seen.nodes[0].words.add("MOVED 3 127.0.0.1:7001");
    QVERIFY(table.update(seen, first.addSecs(2)));
    QCOMPARE(table.errors().size(), 2);
    QCOMPARE(table.errors().at(0).word, "MOVED");
    QCOMPARE(table.errors().at(0).count, 3);
    QCOMPARE(table.errors().at(0).first, first);
    QCOMPARE(table.errors().at(0).last, first.addSecs(2));
    QCOMPARE(table.errors().at(1).word, "CLUSTERDOWN");
    QCOMPARE(table.errors().at(1).last, first);

    // The next session counts from nothing.
    table.endSession();
    node.words = {};
    node.words.add("MOVED 4 127.0.0.1:7001");
    seen.nodes = { node };
    QVERIFY(table.update(seen, first.addSecs(3)));
    QCOMPARE(table.errors().size(), 2);
    QCOMPARE(table.errors().at(0).count, 4);
    QCOMPARE(table.errors().at(0).last, first.addSecs(3));
    QCOMPARE(table.errors().at(1).count, 1);
}

void RecorderTest::countsWhatOthersWereAnswered()
{
    const auto looked = [](const QByteArrayList& lines, bool isFirst = false) {
        session::MetricsSample sample;
        cluster::ErrorGrowth growth;
        for (const QByteArray& line : lines)
            growth.toAllClients.add(line);
        growth.seenBySlotscope.add("TRYAGAIN");
        if (!isFirst)
            sample.growth = growth;
        return sample;
    };
    const QDateTime first(QDate(2026, 11, 28), QTime(14, 0), Qt::UTC);
    capture::CountedTable table;
    QVERIFY(!table.update({ looked({ "MOVED" }, true) }, first.addSecs(-1)));
    QVERIFY(table.update({ looked({ "MOVED", "ERR" }), looked({ "MOVED", "ASK" }) }, first));
    QVERIFY(!table.update({ looked({ "ERR" }) }, first.addSecs(1)));
    QVERIFY(table.update({ looked({ "MOVED" }) }, first.addSecs(2)));
    QCOMPARE(table.errors(),
        (QList<capture::CountedErrors> {
            { "MOVED", 3, first, first.addSecs(2) }, { "ASK", 1, first, first } }));
}

void RecorderTest::goesOnAfterAReconnect()
{
    FakeCluster fakes;
    IoThread io;
    Recorder recorder(options());
    QSignalSpy continued(&recorder, &Recorder::continued);
    QSignalSpy restarted(&recorder, &Recorder::restarted);
    auto session = std::make_unique<SessionHandle>(io, fakes.config(20ms));
    recorder.start(session.get());
    session->open();
    QTRY_VERIFY(!last(recorder).topology.isEmpty());
    const QString file = recorder.file();
    const QDateTime began = last(recorder).recordingBegan;
    recorder.end();
    session.reset();
    QCOMPARE(recorder.file(), file);
    QVERIFY(QFile::exists(file));

    // An attempt that fails changes nothing.
    {
        SessionHandle nowhere(io, fakes.config(0ms));
        recorder.start(&nowhere);
        recorder.end();
    }
    // C takes over from A while nobody is connected.
    fakes.lines[primaryA] = "slave " + idOf(replicaOfA) + " 0 0 3 connected";
    fakes.lines[replicaOfA] = "master - 0 0 3 connected 0-8191";
    fakes.update();
    SessionHandle again(io, fakes.config(20ms));
    recorder.start(&again);
    again.open();
    QTRY_COMPARE(continued.size(), 1);
    QCOMPARE(restarted.size(), 0);
    QCOMPARE(recorder.file(), file);
    QTRY_VERIFY(last(recorder).events.size() >= 2);
    const Capture after = last(recorder);
    QCOMPARE(after.recordingBegan, began);
    const cluster::TopologyEvent& gap = after.events.first();
    QCOMPARE(gap.change.kind, cluster::TopologyChange::Kind::Unwatched);
    QVERIFY(cluster::sentenceOf(gap.change).startsWith(u"Not connected from "_s));
    QCOMPARE(after.events.at(1).change.kind, cluster::TopologyChange::Kind::Failover);
    QVERIFY(after.events.at(1).at >= gap.at);
    QCOMPARE(after.topology.ownerOf(cluster::Slot(0))->id, NodeId(idOf(replicaOfA)));
    QCOMPARE(after.before.ownerOf(cluster::Slot(0))->id, NodeId(idOf(primaryA)));
    recorder.drop();
    QTRY_VERIFY(QDir(options().folder).isEmpty());
}

void RecorderTest::anotherClusterIsAnotherRecording()
{
    FakeCluster fakes;
    IoThread io;
    Recorder recorder(options());
    QSignalSpy continued(&recorder, &Recorder::continued);
    QSignalSpy restarted(&recorder, &Recorder::restarted);
    auto session = std::make_unique<SessionHandle>(io, fakes.config(0ms));
    recorder.start(session.get());
    session->open();
    QTRY_VERIFY(!last(recorder).topology.isEmpty());
    const QString file = recorder.file();
    recorder.end();

    FakeCluster others;
    const auto otherNames = [](QByteArray reply) {
        for (int i = 0; i < 3; ++i)
            reply.replace(idOf(i), QByteArray(40, static_cast<char>('1' + i)));
        return reply;
    };
    for (size_t i = 0; i < others.nodes.size(); ++i) {
        QByteArray text;
        for (size_t line = 0; line < others.lines.size(); ++line) {
            text += idOf(static_cast<int>(line)) + ' '
                + others.endpoints.at(static_cast<int>(line)).toString().toLatin1() + "@1 "
                + (i == line ? "myself," : "") + others.lines[line] + '\n';
        }
        others.nodes[i]->on("CLUSTER NODES", FakeNode::bulk(otherNames(text)));
        others.nodes[i]->on("CLUSTER SLOTS", otherNames(others.slotsReply()));
    }
    SessionHandle again(io, others.config(0ms));
    recorder.start(&again);
    again.open();
    QTRY_COMPARE(restarted.size(), 1);
    QCOMPARE(continued.size(), 0);
    QVERIFY(recorder.file() != file);
    QTRY_VERIFY(!QFile::exists(file));
    QTRY_VERIFY(!last(recorder).topology.isEmpty());
    QVERIFY(last(recorder).events.isEmpty());
    QCOMPARE(last(recorder).topology.nodes().first().id.toByteArray().size(), 40);
    recorder.drop();
}

/// All nodes fall silent for longer than one refresh, and come back.
void RecorderTest::saysHowLongNobodyAnswered()
{
    FakeCluster fakes;
    IoThread io;
    Recorder recorder(options());
    QSignalSpy missed(&recorder, &Recorder::noticed);
    SessionHandle session(io, fakes.config(0ms));
    recorder.start(&session);
    session.open();
    QTRY_VERIFY(!last(recorder).topology.isEmpty());
    cluster::TopologyData known = last(recorder).topology.data();
    Q_EMIT session.refreshFailed({ support::ErrorCode::NoReply, {}, {} });
    known.capturedAt = known.capturedAt.addSecs(5);
    Q_EMIT session.topologyChanged(cluster::Topology::build(known));
    QCOMPARE(missed.size(), 0); // one that failed
    Q_EMIT session.refreshFailed({ support::ErrorCode::NoReply, {}, {} });
    Q_EMIT session.topologyChanged(cluster::Topology::build(known)); // as it was
    Q_EMIT session.refreshFailed({ support::ErrorCode::NoReply, {}, {} });
    known.capturedAt = known.capturedAt.addSecs(60);
    Q_EMIT session.topologyChanged(cluster::Topology::build(known));
    QCOMPARE(missed.size(), 1);
    const auto gap = missed.first().first().value<cluster::TopologyEvent>();
    QCOMPARE(gap.at.secsTo(known.capturedAt), 60);
    recorder.drop();
}

void RecorderTest::keepsNoQuestionOfTheWindow()
{
    FakeCluster fakes;
    IoThread io;
    Recorder recorder(options());
    SessionHandle session(io, fakes.config(0ms));
    recorder.start(&session);
    session.open();
    QTRY_VERIFY(!last(recorder).topology.isEmpty());
    QSignalSpy finished(&session, &SessionHandle::runFinished);
    session.runUnseen({ "COMMAND", "DOCS" }, { command::Start::Seed, {}, false });
    session.run({ "GET", "k" }, command::Behaviour::clusterClientWithMap());
    QTRY_COMPARE(finished.size(), 2);
    QCOMPARE(last(recorder).traces.size(), 1);
    QCOMPARE(last(recorder).traces.first().argv.first(), "GET");
    recorder.drop();
}

/// The clock of this computer goes back by ten minutes while a failover is recorded.
void RecorderTest::aClockIsSetBack()
{
    const QDateTime noon(QDate(2026, 11, 29), QTime(12, 0), Qt::UTC);
    const auto at = [&noon](int seconds) { return noon.addSecs(seconds); };
    FakeCluster fakes;
    IoThread io;
    SessionHandle session(io, fakes.config(0ms));
    QSignalSpy topologies(&session, &SessionHandle::topologyChanged);
    session.open();
    QTRY_VERIFY(!topologies.isEmpty());
    const cluster::TopologyData known = topologies.last().first().value<cluster::Topology>().data();
    const auto tell = [&](const QDateTime& time, quint64 epoch) {
        cluster::TopologyData data = known;
        data.capturedAt = time;
        data.version = QString::number(epoch == 4 ? 3 : epoch); // nothing is new then
        const cluster::Topology topology = cluster::Topology::build(data);
        cluster::TopologyEvent event;
        event.change.kind = cluster::TopologyChange::Kind::EpochRaised;
        event.change.after = QString::number(epoch);
        event.at = time;
        Q_EMIT session.topologyChanged(topology);
        Q_EMIT session.changed({ event });
    };

    Recorder recorder(options());
    QSignalSpy noticed(&recorder, &Recorder::noticed);
    recorder.start(&session);
    tell(at(0), 1);
    tell(at(60), 2);
    tell(at(61).addMSecs(-1500), 3); // no more than a refresh that took its time
    QCOMPARE(noticed.size(), 0);
    tell(at(-540), 4); // it should be 12:01
    tell(at(-480), 5);
    QCOMPARE(noticed.size(), 1);
    const auto event = noticed.first().first().value<cluster::TopologyEvent>();
    QCOMPARE(event.change.kind, cluster::TopologyChange::Kind::ClockSetBack);
    const QString sentence = cluster::sentenceOf(event.change);
    QVERIFY2(sentence.contains(u"clock was set back from 12:00:59Z to 11:51:00Z"_s),
        qPrintable(sentence));

    bool isWritten = false;
    recorder.whenWritten([&isWritten] { isWritten = true; });
    QTRY_VERIFY(isWritten);
    auto history = History::open(recorder.file());
    QVERIFY(history);
    QCOMPARE(history->from(), at(-540));
    QCOMPARE(history->to(), at(60));
    // In the order in which it happened, whatever the clock said.
    QStringList order;
    for (const cluster::TopologyEvent& seen : history->events(100))
        order.append(seen.change.kind == event.change.kind ? u"back"_s : seen.change.after);
    const QStringList expected { u"1"_s, u"2"_s, u"3"_s, u"back"_s, u"4"_s, u"5"_s };
    QCOMPARE(order, expected);
    const auto versionAt = [&](const QDateTime& time) {
        const auto moment = history->at(time);
        return moment ? moment->topology.data().version : u"none"_s;
    };
    QCOMPARE(versionAt(at(-541)), QString());
    QCOMPARE(versionAt(at(-540)), u"3"_s);
    QCOMPARE(versionAt(at(-479)), u"5"_s);
    // The end of it is what was heard last, though a higher time was before.
    QCOMPARE(versionAt(history->to()), u"5"_s);
    QCOMPARE(history->last()->topology.data().version, u"5"_s);
    QCOMPARE(history->at(history->to())->events.size(), expected.size());
    recorder.drop();
}

void RecorderTest::keepsWhoDidNotAnswer()
{
    FakeCluster fakes;
    IoThread io;
    Recorder recorder(options());
    SessionHandle session(io, fakes.config(50ms));
    session::ToldViews views;
    QList<health::Finding> live;
    connect(&session, &SessionHandle::viewsChanged, this,
        [&views](const session::ToldViews& told) { views = told; });
    connect(&session, &SessionHandle::topologyChanged, this,
        [&](const cluster::Topology& topology) { live = health::findingsOf(views, topology); });
    recorder.start(&session);
    session.open();
    QTRY_COMPARE(last(recorder).topology.data().viewsAnswered, 3);
    QVERIFY(last(recorder).nodes.isEmpty());
    const QDateTime before = QDateTime::currentDateTimeUtc();

    fakes.kill(primaryB); // no node says so
    const NodeId dead(idOf(primaryB));
    QTRY_COMPARE(last(recorder).nodes.size(), 1);
    const Capture past = last(recorder);
    QCOMPARE(past.nodes.first().id, dead);
    QVERIFY(!past.nodes.first().isReachable);
    QVERIFY(past.nodes.first().error.has_value());
    // As it was shown then.
    QTRY_VERIFY(views.silent.contains(dead));
    QTRY_VERIFY(!live.isEmpty());
    QList<health::Finding> recorded;
    // Refreshes go on while it waits for the file: what is live is looked at afterwards.
    const auto readRecorded = [&] {
        recorded = last(recorder).findings;
        return recorded;
    };
    QTRY_COMPARE(readRecorded(), live);
    QCOMPARE(recorded.first().code, health::FindingCode::NodeUnreachable);
    QTRY_VERIFY(!last(recorder).events.isEmpty());
    const cluster::TopologyEvent event = last(recorder).events.first();
    QCOMPARE(event.change.kind, cluster::TopologyChange::Kind::Unreached);
    QCOMPARE(event.change.node, dead);
    QVERIFY(!event.change.after.isEmpty()); // that the connection was lost, or is refused
    QVERIFY(event.saidBy.isNull());
    QVERIFY(event.at >= before);
    // What stands beside it as "before" is from before it.
    const cluster::TopologyData healthy = last(recorder).before.data();
    QCOMPARE(healthy.viewsAnswered, healthy.viewsAsked);
    QVERIFY(healthy.capturedAt < event.at);
    recorder.drop();
}

void RecorderTest::keepsWhoWasSilentFromTheStart()
{
    FakeCluster fakes;
    IoThread io;
    Recorder recorder(options());
    SessionHandle session(io, fakes.config(50ms));
    fakes.kill(primaryB);
    recorder.start(&session);
    session.open();
    QTRY_VERIFY(!last(recorder).events.isEmpty());
    const cluster::TopologyEvent event = last(recorder).events.first();
    QCOMPARE(event.change.kind, cluster::TopologyChange::Kind::Unreached);
    QCOMPARE(event.change.node, NodeId(idOf(primaryB)));
    QVERIFY2(
        event.change.after.contains(u"when the session began"_s), qPrintable(event.change.after));
    recorder.drop();
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::RecorderTest)
#include "tst_recorder.moc"
