// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// A window moves through time: over a failover of a real cluster, and through files.

#include "core/capture/abandoned.h"
#include "core/capture/blockfile.h"
#include "core/capture/capturefile.h"
#include "core/capture/history.h"
#include "core/capture/recordingfile.h"
#include "core/command/trace.h"
#include "core/sandbox/sandboxcluster.h"
#include "tests/core/manyevents.h"
#include "tests/ui/paintfixtures.h"
#include "tests/ui/windowfixture.h"
#include "ui/clusterpage/clusterpage.h"
#include "ui/clusterpage/headlinebar.h"
#include "ui/clusterpage/pictureactions.h"
#include "ui/clusterpage/storydesk.h"
#include "ui/connection/connectiontab.h"
#include "ui/console/consolepanel.h"
#include "ui/console/entrylist.h"
#include "ui/incident/captureactions.h"
#include "ui/inspector/inspector.h"
#include "ui/inspector/nodedetails.h"
#include "ui/mainwindow/connectiontabs.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/metrics/metrictext.h"
#include "ui/metrics/sparklinewidget.h"
#include "ui/models/eventmodel.h"
#include "ui/slotmap/slotmapwidget.h"
#include "ui/timeline/timelinebar.h"
#include "ui/timeline/timelinewidget.h"
#include "ui/topology/topologyview.h"
#include "ui/trace/storyplayer.h"

#include <QComboBox>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

#include <csignal>

namespace slotscope::tests {
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20'000;

} // namespace

class TestTimeTravel final : public WindowFixture
{
    Q_OBJECT

    std::unique_ptr<sandbox::SandboxCluster> m_cluster;
    QTemporaryDir m_files;

    ui::ClusterPage* page() const { return tab()->clusterPage(); }
    QString textOf(const QString& name) const { return tab()->findChild<QLabel*>(name)->text(); }
    cluster::NodeId primaryOfFirst() const
    {
        const cluster::Shard* shard = page()->topology().shardOf(cluster::Slot(0));
        return shard != nullptr ? shard->primaryId : cluster::NodeId();
    }
    QStringList events() const
    {
        QStringList texts;
        const auto* model = tab()->findChild<QTableView*>(u"eventTable"_s)->model();
        for (int row = 0; row < model->rowCount(); ++row)
            texts.append(model->index(row, 1).data().toString());
        return texts;
    }
    bool hasFailover() const { return !events().filter(u"has a new primary"_s).isEmpty(); }
    void choose(const std::optional<QDateTime>& time) const
    {
        page()->timeline()->setTime(time);
        Q_EMIT page()->timeline()->timeChosen(time);
    }
    bool open(const QString& file)
    {
        window()->openCapture(file);
        return QTest::qWaitFor(
            [this] { return tab()->shownCluster() && page()->isPast(); }, patience);
    }

private Q_SLOTS:
    void initTestCase() override
    {
        WindowFixture::initTestCase();
        sandbox::ClusterSpec spec;
        spec.nodeTimeoutMs = 5000; // so long no node says what the window has found
        m_cluster = std::make_unique<sandbox::SandboxCluster>(spec);
        QSignalSpy started(m_cluster.get(), &sandbox::SandboxCluster::started);
        m_cluster->start();
        QVERIFY(started.wait(patience));
        QVERIFY2(started.first().first().toBool(), "the cluster did not start");
    }
    void cleanupTestCase() override
    {
        m_cluster.reset();
        WindowFixture::cleanupTestCase();
    }

    void aFailoverIsSeenAgain();
    void notesAreOnTheLine();
    void aCaptureOpensOffline();
    void aRecordingThatWasLeftIsOffered();
    void aFileThatIsNoneIsSaid();
    void aCutFileSaysWhatIsMissing();
    void theSlotMapAndThePlotsGoBack();
    void aMillionEventsOpen();
    void aReconnectGoesOnWithTheRecording();
    void whatIsSavedAgainKeepsItsTimeline();
    void whoDidNotAnswerIsSeenAgain();
};

/// The same cluster through another node: one recording, and a gap in it.
void TestTimeTravel::aReconnectGoesOnWithTheRecording()
{
    tab()->submit(u"127.0.0.1:%1"_s.arg(m_cluster->manifest().nodes.first().port));
    QTRY_VERIFY_WITH_TIMEOUT(tab()->isConnected(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(page()->timeline()->isVisible(), patience);
    const QString began = textOf(u"timelineBegan"_s);
    const QString recording = tab()->recordingFile();
    QVERIFY(!recording.isEmpty());
    tab()->addNote({ QDateTime::currentDateTimeUtc(), u"before the reconnect"_s });
    const qsizetype marks = page()->timeline()->line()->marks().size();
    QVERIFY(marks >= 1);
    // What was asked is part of what happened, but for what will never end.
    command::Trace trace;
    trace.argv = { "GET", "running" };
    page()->console()->showRecorded(trace);
    trace.argv = { "GET", "ended" };
    trace.outcome = command::TraceOutcome::Cancelled;
    page()->console()->showRecorded(trace);
    QCOMPARE(page()->console()->entries()->entries().size(), 2);

    tab()->submit(u"127.0.0.1:%1"_s.arg(m_cluster->manifest().nodes.last().port));
    QVERIFY(!tab()->isConnected());
    QTRY_VERIFY_WITH_TIMEOUT(tab()->isConnected(), patience);
    QCOMPARE(tab()->recordingFile(), recording);
    QCOMPARE(page()->console()->traces().size(), 1);
    QCOMPARE(page()->console()->entries()->entries().size(), 1);
    QVERIFY(events().contains(u"Note: before the reconnect"_s));
    QCOMPARE(events().filter(u"Not connected from "_s).size(), 1);
    QTRY_VERIFY_WITH_TIMEOUT(page()->timeline()->isVisible(), patience);
    QCOMPARE(textOf(u"timelineBegan"_s), began);
    QVERIFY(page()->timeline()->line()->marks().size() > marks);
    const capture::Capture known = tab()->known();
    QVERIFY(!known.events.isEmpty());
    QCOMPARE(known.notes.size(), 1);
    // Within the gap it says so.
    const cluster::TopologyEvent gap = *std::find_if(
        known.events.begin(), known.events.end(), [](const cluster::TopologyEvent& event) {
            return event.change.kind == cluster::TopologyChange::Kind::Unwatched;
        });
    choose(gap.at.addMSecs(1));
    QTRY_VERIFY_WITH_TIMEOUT(page()->isPast(), patience);
    QVERIFY2(textOf(u"evidenceLabel"_s).contains(u"Not connected from"_s),
        qPrintable(textOf(u"evidenceLabel"_s)));
    QTest::keyClick(page()->timeline()->line(), Qt::Key_End);

    // Pasted text is no cluster that is watched: the recording ends.
    const QString shown = recording;
    tab()->submit(u"67ed2db8d677e59ec4a4cefb06858cf2a1a89fa1 127.0.0.1:30002@31002 "
                  "myself,master - 0 1426238316232 2 connected 0-16383\n"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!QFile::exists(shown), patience);
    QVERIFY(tab()->known().events.isEmpty());
    QVERIFY(page()->console()->entries()->entries().isEmpty());
}

void TestTimeTravel::whatIsSavedAgainKeepsItsTimeline()
{
    tab()->submit(u"127.0.0.1:%1"_s.arg(m_cluster->manifest().nodes.first().port));
    QTRY_VERIFY_WITH_TIMEOUT(tab()->shownCluster(), patience);
    capture::Capture capture = tab()->known();
    const QString file = m_files.filePath(u"hour.slotscope"_s);
    const QDateTime begin = capture.savedAt.addSecs(-3600);
    capture::CaptureWriter writer(file);
    for (int block = 0; block < 3; ++block) {
        capture::Stretch stretch;
        const QDateTime at = begin.addSecs(block * 1200);
        stretch.topologies = { { at, capture.topology } };
        stretch.notes = { { at.addSecs(30), u"in it"_s } };
        writer.add(stretch);
    }
    QVERIFY(writer.finish(capture));
    window()->tabs()->close(0);
    QVERIFY(open(file));
    const QString again = m_files.filePath(u"again.slotscope"_s);
    auto* captures = window()->findChild<ui::CaptureActions*>();
    QSignalSpy messages(captures, &ui::CaptureActions::message);
    captures->save(again);
    QTRY_VERIFY_WITH_TIMEOUT(!messages.isEmpty(), patience);
    const auto history = capture::History::open(again);
    QVERIFY(history && !history->damage());
    QCOMPARE(history->from(), begin);
    // Shortened, as what was opened without a profile is.
    QVERIFY(!capture::BlockFile::open(again)->read(0)->contains("127.0.0.1"));
}

void TestTimeTravel::aFailoverIsSeenAgain()
{
    tab()->submit(u"127.0.0.1:%1"_s.arg(m_cluster->manifest().nodes.first().port));
    QTRY_VERIFY_WITH_TIMEOUT(tab()->shownCluster(), patience);
    const cluster::NodeId before = primaryOfFirst();
    QVERIFY(!before.isNull());
    const cluster::Shard* shard = page()->topology().shardOf(cluster::Slot(0));
    const cluster::Node* replica = page()->topology().nodeById(shard->replicaIds.first());
    QVERIFY(replica);
    const QString label = shard->label;
    // The line comes when there is a past.
    QTRY_VERIFY_WITH_TIMEOUT(page()->timeline()->isVisible(), patience);
    QVERIFY(textOf(u"timelineBegan"_s).contains(u"earlier is unknown"_s));
    const QDateTime then = QDateTime::currentDateTimeUtc();

    tab()->session()->run({ "CLUSTER", "FAILOVER" },
        { command::Start::Node, replica->address, false }, session::Confirmation::Confirmed);
    QTRY_VERIFY_WITH_TIMEOUT(
        primaryOfFirst() == replica->id || primaryOfFirst() != before, patience);
    QTRY_VERIFY_WITH_TIMEOUT(hasFailover(), patience);
    const cluster::NodeId now = primaryOfFirst();
    page()->console()->setCommand(u"GET user:2935"_s);
    QTest::keyClick(page()->console()->findChild<QLineEdit*>(u"commandInput"_s), Qt::Key_Return);
    const auto isTold
        = [this] { return page()->desk()->trace() && page()->desk()->trace()->isComplete(); };
    QTRY_VERIFY_WITH_TIMEOUT(isTold(), patience);

    choose(then);
    QTRY_COMPARE_WITH_TIMEOUT(primaryOfFirst(), before, patience);
    QVERIFY(page()->isPast());
    QVERIFY2(page()->player()->isEmpty(), "the command was not under way then");
    QCOMPARE(page()->topology().shardOf(cluster::Slot(0))->label, label);
    const QString clock = then.toString(u"HH:mm:ss'Z'"_s);
    QVERIFY(textOf(u"verdictLabel"_s).startsWith(u"At "_s + clock));
    QVERIFY(textOf(u"evidenceLabel"_s).contains(u"as it was at "_s + clock));
    QVERIFY(textOf(u"timelineState"_s).startsWith(u"This is the past"_s));
    QVERIFY(!hasFailover());
    QVERIFY(textOf(u"eventsSince"_s).contains(u"earlier is unknown"_s));
    const auto* input = page()->console()->findChild<QLineEdit*>();
    QVERIFY(!input->isEnabled());
    QVERIFY(input->placeholderText().contains(u"This is the past"_s));
    // A picture or a capture is of what is shown, and nobody is asked for it.
    QCOMPARE(tab()->known().topology.shardOf(cluster::Slot(0))->primaryId, before);
    QVERIFY(tab()->captureContent().session.isNull());
    // A refresh of the session changes nothing.
    QSignalSpy refreshed(tab()->session(), &session::SessionHandle::topologyChanged);
    tab()->refresh();
    QVERIFY(refreshed.wait(patience));
    QCOMPARE(primaryOfFirst(), before);

    // A later moment of the recording has the new one.
    const QDateTime later = QDateTime::currentDateTimeUtc();
    QTRY_VERIFY_WITH_TIMEOUT(QDateTime::currentDateTimeUtc() > later, patience);
    choose(later);
    QTRY_COMPARE_WITH_TIMEOUT(primaryOfFirst(), now, patience);
    QVERIFY(page()->isPast());
    QTRY_VERIFY_WITH_TIMEOUT(hasFailover(), patience);

    tab()->findChild<QPushButton*>(u"backToLive"_s)->click();
    QVERIFY(!page()->isPast());
    QVERIFY2(isTold(), "what was shown comes back");
    QVERIFY(!page()->player()->isEmpty());
    QCOMPARE(primaryOfFirst(), now);
    QVERIFY(hasFailover());
    QCOMPARE(tab()->known().topology.shardOf(cluster::Slot(0))->primaryId, now);
    QVERIFY(!tab()->captureContent().session.isNull());
    QVERIFY(input->isEnabled());
    QVERIFY(!textOf(u"verdictLabel"_s).startsWith(u"At "_s));
}

void TestTimeTravel::notesAreOnTheLine()
{
    tab()->submit(u"127.0.0.1:%1"_s.arg(m_cluster->manifest().nodes.first().port));
    QTRY_VERIFY_WITH_TIMEOUT(tab()->shownCluster(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(page()->timeline()->isVisible(), patience);
    tab()->addNote({ QDateTime::currentDateTimeUtc(), u"here"_s });
    QTRY_VERIFY_WITH_TIMEOUT(!page()->timeline()->line()->picture().signs.isEmpty(), patience);
    QTest::keyClick(page()->timeline()->line(), Qt::Key_PageUp);
    QTRY_VERIFY_WITH_TIMEOUT(page()->isPast(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(events().contains(u"Note: here"_s), patience);
}

void TestTimeTravel::aCaptureOpensOffline()
{
    tab()->submit(u"127.0.0.1:%1"_s.arg(m_cluster->manifest().nodes.first().port));
    QTRY_VERIFY_WITH_TIMEOUT(tab()->shownCluster(), patience);
    capture::Capture capture = tab()->known();
    const cluster::Node node = capture.topology.nodes().first();
    capture::NodeAnswers answers;
    answers.id = node.id;
    answers.address = node.address;
    answers.isReachable = true;
    answers.replies = { { u"CLUSTER INFO"_s, "cluster_state:ok\r\n<b>x</b>\x1b", {} } };
    capture.nodes = { answers };
    health::Finding finding;
    finding.severity = health::Severity::Warning;
    finding.nodes = { node.id };
    capture.findings = { finding };
    capture.notes = { { capture.savedAt.addSecs(-30), u"it began here"_s } };
    cluster::TopologyEvent event;
    event.at = capture.savedAt.addSecs(-60);
    event.change.kind = cluster::TopologyChange::Kind::NodeFailed;
    event.change.node = node.id;
    event.change.name = u"10.0.0.1:1"_s;
    capture.events = { event };
    capture.recordingBegan = capture.savedAt.addSecs(-120);
    const QString file = m_files.filePath(u"some.slotscope"_s);
    QVERIFY(capture::writeCapture(file, capture));
    window()->tabs()->close(0);

    // By dropping it, as from a file manager.
    QMimeData data;
    data.setUrls({ QUrl::fromLocalFile(file) });
    QDragEnterEvent enter({ 5, 5 }, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(window()->tabs(), &enter);
    QDropEvent drop(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(window()->tabs(), &drop);
    QTRY_VERIFY_WITH_TIMEOUT(tab()->shownCluster() && page()->isPast(), patience);
    QCOMPARE(page()->topology().nodes().size(), 6);
    QVERIFY(textOf(u"evidenceLabel"_s).contains(u"captured at"_s));
    QVERIFY(!page()->console()->findChild<QLineEdit*>()->isEnabled());
    QVERIFY(events().contains(u"Note: it began here"_s));
    QCOMPARE(page()->inspector()->tabText(0), u"Problems 1"_s);
    QCOMPARE(tab()->known().notes.size(), 1);
    QCOMPARE(tab()->known().nodes.size(), 1);

    page()->inspector()->showNode(node.id, node.address);
    auto* raw = tab()->findChild<QPushButton*>(u"rawReplies"_s);
    QVERIFY(raw->isVisible());
    raw->click();
    auto* text = tab()->findChild<QPlainTextEdit*>(u"rawText"_s);
    QVERIFY(text);
    QVERIFY(text->isReadOnly());
    QVERIFY(text->toPlainText().startsWith(u"cluster_state:ok\n<b>x</b>"_s));
    QVERIFY(!text->toPlainText().contains(QChar(0x1b)));
    text->window()->close();

    // What it tells of the time before.
    QTRY_VERIFY_WITH_TIMEOUT(page()->timeline()->isVisible(), patience);
    choose(capture.savedAt.addSecs(-40));
    QTRY_VERIFY_WITH_TIMEOUT(textOf(u"verdictLabel"_s).startsWith(u"At "_s), patience);
    QVERIFY(!events().contains(u"Note: it began here"_s));
    QTest::keyClick(page()->timeline()->line(), Qt::Key_End);
    QVERIFY(events().contains(u"Note: it began here"_s));
}

void TestTimeTravel::aRecordingThatWasLeftIsOffered()
{
    const QString folder = m_files.filePath(u"left"_s);
    const QString file = folder + u"/20261128T140240Z-1.slotscope"_s;
    tab()->submit(u"127.0.0.1:%1"_s.arg(m_cluster->manifest().nodes.first().port));
    QTRY_VERIFY_WITH_TIMEOUT(tab()->shownCluster(), patience);
    const cluster::Topology topology = page()->topology();
    {
        auto recording = capture::RecordingFile::create(file);
        QVERIFY(recording);
        const QDateTime at(QDate(2026, 11, 28), QTime(14, 2, 40), Qt::UTC);
        QVERIFY(recording->add(capture::TimedTopology { at, topology }));
        QVERIFY(recording->add(capture::Note { at.addSecs(60), u"then it was killed"_s }));
        window()->tabs()->addNew();
        tab()->offerRecordings(capture::abandonedRecordings(folder));
        QVERIFY(!tab()->findChild<QPushButton*>(u"openRecording"_s)); // it is in use
    }
    tab()->offerRecordings(capture::abandonedRecordings(folder));
    auto* open = tab()->findChild<QPushButton*>(u"openRecording"_s);
    QVERIFY(open);
    open->click();
    QTRY_VERIFY_WITH_TIMEOUT(tab()->shownCluster() && page()->isPast(), patience);
    QCOMPARE(page()->topology().nodes().size(), 6);
    QVERIFY(events().contains(u"Note: then it was killed"_s));
    QVERIFY(textOf(u"timelineRemark"_s).contains(u"ended unexpectedly"_s));
    QVERIFY(page()->timeline()->isVisible());

    window()->tabs()->addNew();
    tab()->offerRecordings(capture::abandonedRecordings(folder));
    auto* remove = tab()->findChild<QPushButton*>(u"deleteRecording"_s);
    QVERIFY(remove);
    remove->click();
    QVERIFY(!QFile::exists(file));
    QVERIFY(capture::abandonedRecordings(folder).isEmpty());
}

void TestTimeTravel::aFileThatIsNoneIsSaid()
{
    const QString file = m_files.filePath(u"none.slotscope"_s);
    QFile out(file);
    QVERIFY(out.open(QIODevice::WriteOnly));
    out.write("{\"slotscope\": 99}\n");
    out.close();
    window()->openCapture(file);
    const auto says = [this](const QString& words) {
        const QList<QLabel*> labels = tab()->findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) {
            return label->isVisible() && label->text().contains(words);
        });
    };
    QTRY_VERIFY_WITH_TIMEOUT(says(u"newer Slotscope"_s), patience);
    window()->openCapture(m_files.filePath(u"not there.slotscope"_s));
    QTRY_VERIFY_WITH_TIMEOUT(says(u"not there.slotscope"_s), patience);
}

void TestTimeTravel::aCutFileSaysWhatIsMissing()
{
    tab()->submit(u"127.0.0.1:%1"_s.arg(m_cluster->manifest().nodes.first().port));
    QTRY_VERIFY_WITH_TIMEOUT(tab()->shownCluster(), patience);
    capture::Capture capture = tab()->known();
    const QString file = m_files.filePath(u"whole.slotscope"_s);
    capture::CaptureWriter writer(file);
    for (int block = 0; block < 3; ++block) {
        capture::Stretch stretch;
        stretch.topologies = { { capture.savedAt.addSecs(block * 60), capture.topology } };
        stretch.notes = { { capture.savedAt.addSecs(block * 60 + 30), u"in it"_s } };
        writer.add(stretch);
    }
    QVERIFY(writer.finish(capture));
    QFile whole(file);
    QVERIFY(whole.open(QIODevice::ReadWrite));
    const QByteArray bytes = whole.readAll();
    const qsizetype last = bytes.lastIndexOf("\"holds\":\"timeline\",\"raw\"");
    const qsizetype index = bytes.lastIndexOf("\"holds\":\"index\"");
    QVERIFY(last > 0 && index > last);
    QVERIFY(whole.resize(last + 200));
    whole.close();
    window()->tabs()->close(0);
    QVERIFY(open(file));
    QVERIFY2(textOf(u"timelineRemark"_s).contains(u"Not available"_s),
        qPrintable(textOf(u"timelineRemark"_s)));
    QCOMPARE(page()->topology().nodes().size(), 6);
}

/// An hour in a file: slots 0 to 99 go to S02 in the middle of it, and S01 gets ever busier.
void TestTimeTravel::theSlotMapAndThePlotsGoBack()
{
    const QDateTime begin(QDate(2026, 11, 28), QTime(14, 0), Qt::UTC);
    const QDateTime moved = begin.addSecs(1800);
    const QDateTime end = begin.addSecs(3600);
    cluster::TopologyData data = evenCluster(3);
    const cluster::NodeId busy = data.nodes.first().id;
    data.capturedAt = begin;
    const cluster::Topology before = cluster::Topology::build(data);
    data.nodes[0].ranges = { { cluster::Slot(100), cluster::Slot(5460) } };
    data.nodes[2].ranges.prepend({ cluster::Slot(0), cluster::Slot(99) });
    data.capturedAt = end;
    capture::Stretch stretch;
    stretch.topologies = { { begin, before }, { moved, cluster::Topology::build(data, &before) } };
    capture::SeenErrors counted { busy, before.nodes().first().address, "MOVED", 3, begin, begin };
    stretch.seen = { { begin, { counted } } };
    counted.count = 9;
    stretch.seen.append({ moved, { counted } });
    for (int second = 0; second <= 3600; second += 60) {
        capture::NodeSample sample;
        sample.node = busy;
        sample.at = begin.addSecs(second);
        sample.values.fill(std::numeric_limits<double>::quiet_NaN());
        sample.values[static_cast<size_t>(session::Metric::OpsPerSecond)] = 1000 + second;
        stretch.samples.append(sample);
    }
    capture::Capture capture;
    capture.topology = stretch.topologies.last().topology;
    capture.savedAt = end;
    const QString file = m_files.filePath(u"hourofslots.slotscope"_s);
    capture::CaptureWriter writer(file);
    writer.add(stretch);
    QVERIFY(writer.finish(capture));
    QVERIFY(open(file));

    const auto ownerOfTheFirstSlot = [this] {
        ui::SlotMapWidget* map = page()->inspector()->slotMap();
        QTest::keyClick(map, Qt::Key_Home, Qt::ControlModifier);
        return map->accessibleDescription();
    };
    const auto plotOfOps = [this, busy] {
        page()->inspector()->showNode(busy, {});
        for (const auto* plot : tab()->findChildren<ui::SparklineWidget*>()) {
            if (plot->accessibleName().contains(ui::metricName(session::Metric::OpsPerSecond)))
                return std::pair(plot->geometryNow(), plot->accessibleDescription());
        }
        return std::pair(ui::SparklineGeometry(), QString());
    };
    QTRY_VERIFY_WITH_TIMEOUT(page()->timeline()->isVisible(), patience);
    QVERIFY2(ownerOfTheFirstSlot().contains(u"S02"_s), qPrintable(ownerOfTheFirstSlot()));
    QTRY_COMPARE_WITH_TIMEOUT(plotOfOps().first.high, 1000.0 + 3600, patience);

    choose(moved.addSecs(-1));
    QTRY_VERIFY_WITH_TIMEOUT(ownerOfTheFirstSlot().contains(u"S01"_s), patience);
    QVERIFY(!ownerOfTheFirstSlot().contains(u"S02"_s));
    QVERIFY2(
        page()->view()->redirectsOn(0).contains(u'3'), qPrintable(page()->view()->redirectsOn(0)));
    QTRY_COMPARE_WITH_TIMEOUT(plotOfOps().first.high, 1000.0 + 1740, patience);

    choose(moved.addSecs(1));
    QTRY_VERIFY_WITH_TIMEOUT(ownerOfTheFirstSlot().contains(u"S02"_s), patience);
    QTRY_COMPARE_WITH_TIMEOUT(plotOfOps().first.high, 1000.0 + 1800, patience);
    QVERIFY2(
        page()->view()->redirectsOn(0).contains(u'9'), qPrintable(page()->view()->redirectsOn(0)));
    QVERIFY(plotOfOps().second.contains(u"2"_s));
}

void TestTimeTravel::aMillionEventsOpen()
{
    const QDateTime begin(QDate(2026, 11, 27), QTime(0, 0), Qt::UTC);
    const QString file = m_files.filePath(u"million.slotscope"_s);
    const QDateTime savedAt = writeAMillionEvents(file, begin);
    QVERIFY(savedAt.isValid());
    QVERIFY(open(file));
    QCOMPARE(page()->topology().nodes().size(), 3);
    // Of so many the newest are listed, and the line marks as many as it can tell apart.
    const auto* model = tab()->findChild<QTableView*>(u"eventTable"_s)->model();
    QTRY_COMPARE_WITH_TIMEOUT(model->rowCount(), ui::EventModel::most, patience);
    QTRY_VERIFY_WITH_TIMEOUT(page()->timeline()->line()->marks().size() > 1000, patience);
    const QDateTime noon = begin.addSecs(12 * 3600);
    choose(noon);
    QTRY_VERIFY_WITH_TIMEOUT(textOf(u"verdictLabel"_s).startsWith(u"At 12:00:00Z"_s), patience);
    QCOMPARE(model->rowCount(), ui::EventModel::most);
}

/// A replica dies, and before any node says so the window has found it: so it is shown later too,
/// in the recording and in a capture of that moment.
void TestTimeTravel::whoDidNotAnswerIsSeenAgain()
{
    tab()->submit(u"127.0.0.1:%1"_s.arg(m_cluster->manifest().nodes.first().port));
    QTRY_VERIFY_WITH_TIMEOUT(page()->timeline()->isVisible(), patience);
    QTRY_COMPARE_WITH_TIMEOUT(
        page()->topology().data().viewsAnswered, page()->topology().nodes().size(), patience);
    const cluster::Shard* shard = page()->topology().shardOf(cluster::Slot(0));
    const cluster::Node dead = *page()->topology().nodeById(shard->replicaIds.first());
    for (const sandbox::ManifestNode& node : m_cluster->manifest().nodes) {
        if (node.port == dead.address.port)
            ::kill(static_cast<pid_t>(node.pid), SIGKILL);
    }
    const auto isSilent = [&] { return page()->pictureActions()->silences().contains(dead.id); };
    QTRY_VERIFY_WITH_TIMEOUT(isSilent(), patience);
    QCOMPARE(page()->topology().nodeById(dead.id)->health, cluster::Health::Ok);
    QTRY_VERIFY_WITH_TIMEOUT(
        !events().filter(u"did not answer this computer: "_s).isEmpty(), patience);
    const QString verdict = textOf(u"verdictLabel"_s);
    const QStringList happened = events();
    const int answered = page()->topology().data().viewsAnswered;
    const QDateTime then = QDateTime::currentDateTimeUtc();
    QVERIFY2(verdict.contains(u"has not answered"_s), qPrintable(verdict));

    // What the nodes say by then is another thing.
    QTRY_COMPARE_WITH_TIMEOUT(
        page()->topology().nodeById(dead.id)->health, cluster::Health::Fail, patience);
    choose(then);
    QTRY_VERIFY_WITH_TIMEOUT(page()->isPast(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(textOf(u"verdictLabel"_s).endsWith(verdict), patience);
    QVERIFY(isSilent());
    QVERIFY(page()->pictureActions()->silences().value(dead.id).error.has_value());
    QCOMPARE(page()->topology().data().viewsAnswered, answered);
    QCOMPARE(page()->topology().nodeById(dead.id)->health, cluster::Health::Ok);
    QCOMPARE(events().first(), happened.first());
    QCOMPARE(textOf(u"checkSummary"_s), u"5 of 6 nodes answered then. The past cannot be asked."_s);
    page()->inspector()->showNode(dead.id, dead.address);
    QVERIFY(textOf(u"nodeSubtitle"_s).endsWith(u"no answer"_s));

    const QString file = m_files.filePath(u"then.slotscope"_s);
    auto* captures = window()->findChild<ui::CaptureActions*>();
    QSignalSpy messages(captures, &ui::CaptureActions::message);
    captures->save(file);
    QTRY_VERIFY_WITH_TIMEOUT(!messages.isEmpty(), patience);
    const auto capture = capture::readWhatIsWhole(file);
    QVERIFY(capture.hasValue());
    QCOMPARE(capture->nodes.size(), 1);
    QVERIFY(open(file));
    QTRY_VERIFY_WITH_TIMEOUT(textOf(u"verdictLabel"_s).contains(u"has not answered"_s), patience);
    QCOMPARE(page()->pictureActions()->silences().size(), 1);
}

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::TestTimeTravel)
#include "tst_timetravel.moc"
