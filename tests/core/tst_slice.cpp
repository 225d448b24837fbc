// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// A capture with the time before it, in one file; and files with very much of it.

#include "core/capture/blockfile.h"
#include "core/capture/capturefile.h"
#include "core/capture/capturelines.h"
#include "core/capture/history.h"
#include "core/capture/recordingfile.h"
#include "core/capture/slice.h"
#include "core/health/sessionfindings.h"
#include "tests/core/manyevents.h"
#include "tests/core/richcapture.h"
#include "tests/support/readcapture.h"

#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using capture::Capture;
using capture::History;
using capture::RecordingFile;
using capture::RedactionOptions;
using capture::Slice;

namespace {

const QDateTime begin(QDate(2026, 11, 23), QTime(13, 0), Qt::UTC);

/// Every byte that a reader could find.
QByteArray contentOf(const QString& file)
{
    QByteArray content;
    const auto blocks = capture::BlockFile::open(file);
    for (qsizetype i = 0; blocks && i < blocks->blocks().size(); ++i)
        content += blocks->read(i).value();
    return content;
}

/// A primary with all slots and its replica.
cluster::Topology onLoopback(const QDateTime& at)
{
    cluster::TopologyData data;
    data.capturedAt = at;
    data.seed = { u"127.0.0.1"_s, 7000 };
    data.state = cluster::ClusterState::Ok;
    data.viewsAsked = 2;
    data.viewsAnswered = 2;
    for (int i = 0; i < 2; ++i) {
        cluster::Node node;
        node.id = cluster::NodeId(QByteArray(40, static_cast<char>('a' + i)));
        node.ip = u"127.0.0.1"_s;
        node.port = static_cast<quint16>(7000 + i);
        node.address = { node.ip, node.port };
        node.health = cluster::Health::Ok;
        node.role = i == 0 ? cluster::Role::Primary : cluster::Role::Replica;
        if (i == 0)
            node.ranges.append({ cluster::Slot(0), cluster::Slot(16383) });
        else
            node.primaryId = data.nodes.first().id;
        data.nodes.append(node);
    }
    return cluster::Topology::build(data);
}

/// "warning node-failed", ...
QStringList weightsOf(const QList<health::Finding>& findings)
{
    QStringList weights;
    for (const health::Finding& finding : findings)
        weights.append(
            health::severityName(finding.severity) + u' ' + health::codeName(finding.code));
    return weights;
}

} // namespace

class SliceTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    QString path(const QString& name) const { return m_folder->filePath(name); }
    /// An hour until the rich capture was saved, with an event each minute.
    void recordHour(const QString& file) const
    {
        const Capture rich = richCapture();
        auto recording = RecordingFile::create(file);
        QVERIFY(recording.hasValue());
        QVERIFY(recording->add({ begin, rich.before }).hasValue());
        for (int minute = 0; minute < 60; ++minute) {
            cluster::TopologyEvent event = rich.events.first();
            event.at = begin.addSecs(minute * 60);
            QVERIFY(recording->add(event).hasValue());
        }
        QVERIFY(recording->finish().hasValue());
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
    }

    /// Saved, opened and saved again: nothing of the time before gets lost, no name comes back.
    void savedAgainItKeepsItsTimeline()
    {
        const QString recording = path(u"recording.slotscope"_s);
        recordHour(recording);
        const Capture rich = richCapture();
        const QString first = path(u"first.slotscope"_s);
        const auto written
            = capture::writeSlice(first, { rich, recording, RedactionOptions::none() });
        QVERIFY2(written.hasValue(), written ? "" : qPrintable(written.error().detail));
        QVERIFY(written->missing.isEmpty());
        QVERIFY(contentOf(first).contains("orders-0001-001"));

        const auto opened = capture::readWhatIsWhole(first);
        QVERIFY(opened.hasValue());
        const QString second = path(u"second.slotscope"_s);
        const auto again
            = capture::writeSlice(second, { *opened, first, RedactionOptions::pseudonyms() });
        QVERIFY(again.hasValue());
        QCOMPARE(again->redaction, u"pseudonym"_s);
        const auto history = History::open(second);
        QVERIFY(!history->damage());
        QCOMPARE(history->from(), begin);
        QCOMPARE(history->eventCount(), History::open(first)->eventCount());
        QVERIFY(history->eventCount() >= 60);
        const QByteArray content = contentOf(second);
        for (const QByteArray& name : richNames)
            QVERIFY2(!content.contains(name), name.constData());
    }

    void findingsStayTheSame_data()
    {
        QTest::addColumn<RedactionOptions>("level");
        QTest::newRow("none") << RedactionOptions::none();
        QTest::newRow("short") << RedactionOptions::shortened();
        QTest::newRow("pseudonym") << RedactionOptions::pseudonyms();
    }

    /// Shown, saved and opened again, now and in the past: a finding that is about addresses (all
    /// nodes of a shard on one host, which is a notice on loopback alone) does not change with
    /// them.
    void findingsStayTheSame()
    {
        QFETCH(RedactionOptions, level);
        Capture live;
        live.savedAt = begin.addSecs(60);
        live.topology = onLoopback(begin);
        live.findings = health::findingsOf({}, live.topology);
        const QStringList expected = weightsOf(live.findings);
        QVERIFY2(
            expected.contains(u"info replicas-on-primary-host"_s), qPrintable(expected.join(u',')));
        const QString recording = path(u"recording.slotscope"_s);
        auto writer = RecordingFile::create(recording);
        QVERIFY(writer.hasValue());
        QVERIFY(writer->add({ begin, live.topology }).hasValue());
        QVERIFY(writer->add(capture::Found { begin, {}, live.findings, {} }).hasValue());
        QVERIFY(writer->add(capture::Refreshed { begin.addSecs(50), 2, 2 }).hasValue());
        const QString file = path(u"slice.slotscope"_s);
        QVERIFY(capture::writeSlice(file, { live, recording, level }).hasValue());
        const QString again = path(u"again.slotscope"_s);
        const auto opened = capture::readWhatIsWhole(file);
        QVERIFY(opened.hasValue());
        QVERIFY(capture::writeSlice(again, { *opened, file, level }).hasValue());
        for (const QString& saved : { file, again }) {
            auto history = History::open(saved);
            QVERIFY(history.hasValue());
            QCOMPARE(weightsOf(history->last()->findings), expected);
            QCOMPARE(weightsOf(history->at(begin.addSecs(30))->findings), expected);
        }
    }

    /// Nothing has come since the recording's last block.
    void aBlockThatHasJustBeenClosed()
    {
        const Capture rich = richCapture();
        const QString recording = path(u"recording.slotscope"_s);
        auto writer = RecordingFile::create(recording);
        QVERIFY(writer.hasValue());
        QVERIFY(writer->add({ begin, rich.before }).hasValue());
        cluster::TopologyEvent event = rich.events.first();
        event.at = begin;
        const qint64 before = QFileInfo(recording).size();
        while (QFileInfo(recording).size() == before) {
            event.at = event.at.addMSecs(1);
            QVERIFY(writer->add(event).hasValue());
        }
        const QString file = path(u"slice.slotscope"_s);
        QVERIFY(
            capture::writeSlice(file, { rich, recording, RedactionOptions::none() }).hasValue());
        const auto history = History::open(file);
        QVERIFY2(
            !history->damage(), qPrintable(history->damage().value_or(support::Error {}).detail));
        QVERIFY(history->hasCapture());
        QCOMPARE(history->eventCount(), History::open(recording)->eventCount());
    }

    void anUnreadableRecordingIsSaid()
    {
        const QString recording = path(u"recording.slotscope"_s);
        QFile garbage(recording);
        QVERIFY(garbage.open(QIODevice::WriteOnly));
        garbage.write("nothing of that kind\n");
        garbage.close();
        Capture rich = richCapture();
        rich.events.first().at = rich.savedAt.addSecs(-60);
        for (const QString& timeline : QStringList { recording, path(u"nowhere.slotscope"_s) }) {
            const QString file = path(u"a.slotscope"_s);
            const auto written
                = capture::writeSlice(file, { rich, timeline, RedactionOptions::none() });
            QVERIFY(written.hasValue());
            QCOMPARE(written->missing.size(), 1);
            QVERIFY(written->missing.first().startsWith(u"Not available:"_s));
            QVERIFY2(!written->missing.first().contains(m_folder->path()),
                qPrintable(written->missing.first()));
            const auto read = tests::readCapture(file);
            QVERIFY(read.hasValue());
            QCOMPARE(read->missing, written->missing);
            QCOMPARE(read->events, rich.events); // what is known without it
        }
    }

    void aDamagedRecordingIsUsedAsFarAsItGoes()
    {
        const QString recording = path(u"recording.slotscope"_s);
        recordHour(recording);
        const auto heads = capture::BlockFile::open(recording)->blocks();
        QVERIFY(QFile::resize(recording, heads.last().offset + 10));
        const auto written = capture::writeSlice(
            path(u"a.slotscope"_s), { richCapture(), recording, RedactionOptions::none() });
        QVERIFY(written.hasValue());
        QVERIFY(!written->missing.isEmpty());
    }

    /// The disk was full: what memory has of the time after is in the file.
    void whatWasNotRecordedComesFromTheCapture()
    {
        const QString recording = path(u"recording.slotscope"_s);
        recordHour(recording);
        Capture rich = richCapture();
        cluster::TopologyEvent late = rich.events.first();
        late.at = begin.addSecs(3700);
        rich.events = { late };
        rich.samples.clear();
        rich.savedAt = begin.addSecs(3800);
        const QString file = path(u"a.slotscope"_s);
        QVERIFY(capture::writeSlice(file, { rich, recording, RedactionOptions::none() }));
        auto history = History::open(file);
        QCOMPARE(history->eventCount(), 61);
        QCOMPARE(history->last()->events.last().at, late.at);
    }

    void lateAnswersAreRedactedLikeTheRest()
    {
        const Slice slice { richCapture(), {}, RedactionOptions::pseudonyms() };
        const QString file = path(u"a.slotscope"_s);
        capture::Pseudonyms pseudonyms;
        QVERIFY(capture::writeSlice(file, slice, &pseudonyms));
        QVERIFY(capture::appendLateTo(file, slice, slice.capture.nodes.first(1), &pseudonyms));
        const auto read = tests::readCapture(file);
        QVERIFY(read.hasValue());
        QVERIFY(read->nodes.size() >= slice.capture.nodes.size());
        const QByteArray content = contentOf(file);
        for (const QByteArray& name : richNames)
            QVERIFY2(!content.contains(name), name.constData());
        QCOMPARE(
            capture::appendLateTo(path(u"b.slotscope"_s), slice, slice.capture.nodes).error().code,
            support::ErrorCode::FileError);
    }

    void captureNames_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("isOne");
        QTest::newRow("usual") << u"a.slotscope"_s << true;
        QTest::newRow("upper case") << u"/tmp/A.SLOTSCOPE"_s << true;
        QTest::newRow("nothing else") << u"/tmp/.slotscope"_s << false;
        QTest::newRow("tail") << u"a.slotscope.tail"_s << false;
        QTest::newRow("host") << u"slotscope"_s << false;
    }
    void captureNames()
    {
        QFETCH(QString, name);
        QFETCH(bool, isOne);
        QCOMPARE(capture::hasCaptureEnding(name), isOne);
    }

    /// A day of them, as they stand in a file.
    void aMillionEvents()
    {
        const QString file = path(u"large.slotscope"_s);
        const QDateTime savedAt = writeAMillionEvents(file, begin);
        QVERIFY(savedAt.isValid());
        auto history = History::open(file);
        QVERIFY2(history.hasValue(), history ? "" : qPrintable(history.error().detail));
        QVERIFY(!history->damage());
        QCOMPARE(history->eventCount(), 1'000'000);
        const auto newest = history->events(20'000);
        QCOMPARE(newest.size(), 20'000);
        QCOMPARE(newest.last().at, savedAt);
        const auto last = history->last();
        QVERIFY(last.hasValue());
        QCOMPARE(last->events.last().at, savedAt);
        QVERIFY(last->missing.isEmpty());
        const QDateTime noon = begin.addSecs(12 * 3600);
        const auto then = history->at(noon);
        QVERIFY(then.hasValue());
        QVERIFY(then->events.size() > 10'000 && then->events.size() < 11'000);
        QVERIFY(then->events.last().at <= noon);
    }
};

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::SliceTest)
#include "tst_slice.moc"
