// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/capture/abandoned.h"
#include "core/capture/capturefile.h"
#include "core/capture/history.h"
#include "core/capture/recordingfile.h"
#include "core/cluster/topologyjson.h"
#include "core/support/privatefile.h"
#include "tests/support/fulldisk.h"
#include "tests/support/readcapture.h"

#include <QDir>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using capture::Capture;
using capture::History;
using capture::RecordingFile;
using cluster::Topology;
using cluster::TopologyChange;

namespace {

const QDateTime begin(QDate(2026, 11, 28), QTime(14, 0), Qt::UTC);

cluster::NodeId idOf(char digit)
{
    return cluster::NodeId(QByteArray(40, digit));
}

/// Three primaries; the first slots are `owner`'s.
Topology topologyAt(const QDateTime& at, int owner)
{
    cluster::TopologyData data;
    data.capturedAt = at;
    data.seed = { u"127.0.0.1"_s, 7000 };
    data.state = cluster::ClusterState::Ok;
    data.viewsAsked = 3;
    data.viewsAnswered = 3;
    for (int i = 0; i < 3; ++i) {
        cluster::Node node;
        node.id = idOf(static_cast<char>('a' + i));
        node.address = { u"127.0.0.1"_s, static_cast<quint16>(7000 + i) };
        node.role = cluster::Role::Primary;
        node.health = cluster::Health::Ok;
        if (i == owner)
            node.ranges.append({ cluster::Slot(0), cluster::Slot(99) });
        const int last = i == 2 ? 16383 : 5400 * (i + 1) + 99;
        node.ranges.append({ cluster::Slot(5400 * i + 100), cluster::Slot(last) });
        data.nodes.append(node);
    }
    return Topology::build(data);
}

cluster::TopologyEvent moved(const QDateTime& at)
{
    cluster::TopologyEvent event;
    event.at = at;
    event.change.kind = TopologyChange::Kind::SlotsMoved;
    event.change.from = idOf('a');
    event.change.to = idOf('b');
    event.change.ranges = { { cluster::Slot(0), cluster::Slot(99) } };
    return event;
}

QList<capture::NodeSample> samplesAt(const QDateTime& at, int nodes, double value)
{
    QList<capture::NodeSample> samples;
    for (int i = 0; i < nodes; ++i) {
        capture::NodeSample sample;
        sample.node = idOf(static_cast<char>('a' + i % 6));
        sample.at = at;
        sample.values.fill(value + i);
        samples.append(sample);
    }
    return samples;
}

/// An hour, a sample a second of six nodes; slots 0 to 99 move after half of it.
void recordHour(RecordingFile* recording)
{
    QVERIFY(recording->add({ begin, topologyAt(begin, 0) }).hasValue());
    for (int second = 0; second < 3600; ++second) {
        const QDateTime at = begin.addSecs(second);
        if (second == 1800) {
            QVERIFY(recording->add({ at, topologyAt(at, 1) }).hasValue());
            QVERIFY(recording->add(moved(at)).hasValue());
        }
        if (second % 2 == 0)
            QVERIFY(recording->add(capture::Refreshed { at, 3, second < 1800 ? 3 : 2 }).hasValue());
        QVERIFY(recording->add(samplesAt(at, 6, second)).hasValue());
    }
}

} // namespace

class RecordingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void emptyRecording();
    void anyMoment();
    void whileItIsWritten();
    void survivesAKill();
    void survivesACutTail();
    void dropsWhatIsTooOld();
    void dropsWhatIsTooMuch();
    void oneWriter();
    void unwritableFolder();
    void sliceOfARecording();
    void manyEvents();
    void countsOfAnyMoment();
    void whatWasFoundAtAnyMoment();
    void aDamagedBlockIsLeftOut();
    void aLostBlockIsSaid();
    void aFullDisk();
    void onlyItsOwnerMayRead();

private:
    QString file() const { return m_folder->filePath(u"state/recordings/a.slotscope"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void RecordingTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void RecordingTest::emptyRecording()
{
    auto recording = RecordingFile::create(file());
    QVERIFY2(recording.hasValue(), recording ? "" : qPrintable(recording.error().detail));
    QVERIFY(recording->finish().hasValue());
    auto history = History::open(file());
    QVERIFY(history.hasValue());
    QVERIFY(!history->damage());
    QVERIFY(!history->from().isValid());
    QVERIFY(history->at(begin)->topology.isEmpty());
    QVERIFY(history->events(10).isEmpty());
}

void RecordingTest::anyMoment()
{
    auto recording = RecordingFile::create(file());
    recordHour(&*recording);
    QVERIFY(recording->finish().hasValue());
    QVERIFY(!QFile::exists(file() + u".tail"_s));
    QCOMPARE(QFile::permissions(file())
            & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
        QFile::Permissions());

    auto history = History::open(file());
    QVERIFY2(history.hasValue(), history ? "" : qPrintable(history.error().detail));
    QVERIFY(!history->damage());
    QCOMPARE(history->from(), begin);
    QCOMPARE(history->to(), begin.addSecs(3599));
    for (const int second : { 0, 1, 900, 1799, 1800, 1801, 2699, 2701, 3599 }) {
        const QDateTime at = begin.addSecs(second);
        const auto capture = history->at(at);
        QVERIFY2(capture.hasValue(), capture ? "" : qPrintable(capture.error().detail));
        const bool after = second >= 1800;
        QCOMPARE(capture->topology.ownerIndex(cluster::Slot(5)), after ? 1 : 0);
        QCOMPARE(capture->topology.data().viewsAnswered, after ? 2 : 3);
        QCOMPARE(capture->topology.data().capturedAt, begin.addSecs(second - second % 2));
        QCOMPARE(capture->before.ownerIndex(cluster::Slot(5)), second >= 2700 ? 1 : 0);
        QCOMPARE(capture->events.size(), after && second < 2700 ? 1 : 0);
        QCOMPARE(capture->recordingBegan, begin);
        QCOMPARE(capture->savedAt, at);
        QCOMPARE(capture->samples.size(), 6 * std::min(second + 1, 900));
        QCOMPARE(capture->samples.last().at, at);
        QCOMPARE(capture->samples.last().values.at(0), second + 5.0);
    }
    QVERIFY(history->at(begin.addSecs(-1))->topology.isEmpty());
    QCOMPARE(history->at(begin.addSecs(9999))->topology.ownerIndex(cluster::Slot(5)), 1);
    QCOMPARE(history->events(10).size(), 1);
}

void RecordingTest::whileItIsWritten()
{
    auto recording = RecordingFile::create(file());
    QVERIFY(recording->add({ begin, topologyAt(begin, 0) }).hasValue());
    for (int second = 0; second < 1500; ++second) {
        QVERIFY(recording->add(samplesAt(begin.addSecs(second), 6, second)).hasValue());
        if (second % 100 != 99)
            continue;
        auto history = History::open(file());
        QVERIFY(history.hasValue());
        QVERIFY(history->damage()); // it has no end yet
        QCOMPARE(history->to(), begin.addSecs(second));
        QCOMPARE(history->at(history->to())->samples.size(), 6 * std::min(second + 1, 900));
    }
    recording->remove();
    QVERIFY(QDir(QFileInfo(file()).path()).isEmpty());
}

/// Whoever was killed has closed nothing: its files are what was on the disk.
void RecordingTest::survivesAKill()
{
    const QString copy = m_folder->filePath(u"b.slotscope"_s);
    {
        auto recording = RecordingFile::create(file());
        recordHour(&*recording);
        QVERIFY(capture::abandonedRecordings(QFileInfo(file()).path()).isEmpty());
        QVERIFY(History::open(file())->end() == History::End::BeingWritten);
        QVERIFY(capture::readWhatIsWhole(file())->missing.isEmpty());
        QVERIFY(QFile::copy(file(), copy));
        QVERIFY(QFile::copy(file() + u".tail"_s, copy + u".tail"_s));
        recording->remove();
    }
    QCOMPARE(capture::abandonedRecordings(m_folder->path()), QStringList { copy });
    auto history = History::open(copy);
    QVERIFY(history->end() == History::End::Killed);
    QCOMPARE(history->to(), begin.addSecs(3599));
    QCOMPARE(history->at(history->to())->topology.ownerIndex(cluster::Slot(5)), 1);
    QCOMPARE(tests::readCapture(copy).error().code, support::ErrorCode::FileDamaged);
    const auto capture = capture::readWhatIsWhole(copy);
    QVERIFY(capture.hasValue());
    QCOMPARE(capture->savedAt, begin.addSecs(3599));
    QCOMPARE(capture->missing.size(), 1);
    QVERIFY2(capture->missing.first().contains(u"ended unexpectedly at 14:59:59Z"_s),
        qPrintable(capture->missing.first()));
    QVERIFY(!QFile::exists(copy + u".lock"_s)); // reading has left nothing
}

void RecordingTest::survivesACutTail()
{
    const QString copy = m_folder->filePath(u"b.slotscope"_s);
    auto recording = RecordingFile::create(file());
    QVERIFY(recording->add({ begin, topologyAt(begin, 0) }).hasValue());
    QVERIFY(recording->add(samplesAt(begin.addSecs(1), 6, 1)).hasValue());
    QVERIFY(recording->add(samplesAt(begin.addSecs(2), 6, 2)).hasValue());
    QFile::copy(file(), copy);
    QFile tail(file() + u".tail"_s);
    QVERIFY(tail.open(QIODevice::ReadOnly));
    const QByteArray whole = tail.readAll();
    const qsizetype firstLine = whole.indexOf('\n') + 1;
    for (qsizetype size = 0; size < whole.size(); size += size < firstLine ? 1 : 37) {
        QFile cut(copy + u".tail"_s);
        QVERIFY(cut.open(QIODevice::WriteOnly | QIODevice::Truncate));
        cut.write(whole.left(size));
        cut.close();
        auto history = History::open(copy);
        QVERIFY(history.hasValue());
        QVERIFY(history->last().hasValue());
    }
    QCOMPARE(History::open(copy)->to(), begin.addSecs(1));
    recording->remove();
}

void RecordingTest::dropsWhatIsTooOld()
{
    capture::RecordingLimits limits;
    limits.age = 20min;
    auto recording = RecordingFile::create(file(), limits);
    recordHour(&*recording);
    QVERIFY(recording->finish().hasValue());
    auto history = History::open(file());
    QVERIFY(!history->damage());
    QVERIFY(history->from() > begin.addSecs(1200));
    QVERIFY(history->from() < begin.addSecs(2400));
    // The keyframe of the first block that is left.
    QVERIFY(!history->at(history->from())->topology.isEmpty());
    QCOMPARE(history->at(begin.addSecs(3599))->samples.size(), 5400);
}

void RecordingTest::dropsWhatIsTooMuch()
{
    capture::RecordingLimits limits;
    limits.bytes = 100'000;
    auto recording = RecordingFile::create(file(), limits);
    recordHour(&*recording);
    QVERIFY(recording->finish().hasValue());
    QVERIFY(QFileInfo(file()).size() < 160'000);
    auto history = History::open(file());
    QVERIFY(!history->damage());
    QVERIFY(history->from() > begin);
    QCOMPARE(history->to(), begin.addSecs(3599));
}

void RecordingTest::oneWriter()
{
    auto recording = RecordingFile::create(file());
    QVERIFY(recording.hasValue());
    QCOMPARE(RecordingFile::create(file()).error().code, support::ErrorCode::FileError);
    recording->remove();
}

void RecordingTest::unwritableFolder()
{
    QCOMPARE(RecordingFile::create(u"/proc/nowhere/a.slotscope"_s).error().code,
        support::ErrorCode::FileError);
}

void RecordingTest::sliceOfARecording()
{
    auto recording = RecordingFile::create(file());
    recordHour(&*recording);
    const QString slice = m_folder->filePath(u"slice.slotscope"_s);
    {
        const auto history = History::open(file());
        capture::CaptureWriter writer(slice);
        QVERIFY(history
                    ->forEachStretch(begin.addSecs(1700),
                        [&writer](const capture::Stretch& stretch) { writer.add(stretch); })
                    .hasValue());
        Capture capture;
        capture.savedAt = begin.addSecs(3599);
        capture.topology = topologyAt(capture.savedAt, 1);
        QVERIFY(writer.finish(capture).hasValue());
    }
    recording->remove();
    auto history = History::open(slice);
    QVERIFY(!history->damage());
    QVERIFY(history->from() > begin && history->from() <= begin.addSecs(1700));
    QCOMPARE(history->at(begin.addSecs(1799))->topology.ownerIndex(cluster::Slot(5)), 0);
    QCOMPARE(history->at(begin.addSecs(1801))->topology.ownerIndex(cluster::Slot(5)), 1);
    QCOMPARE(history->last()->topology.ownerIndex(cluster::Slot(5)), 1);
    QVERIFY(!history->last()->samples.isEmpty());
}

void RecordingTest::manyEvents()
{
    auto recording = RecordingFile::create(file());
    QVERIFY(recording->add({ begin, topologyAt(begin, 0) }).hasValue());
    for (int i = 0; i < 5000; ++i)
        QVERIFY(recording->add(moved(begin.addMSecs(i * 10))).hasValue());
    QVERIFY(recording->finish().hasValue());
    auto history = History::open(file());
    QCOMPARE(history->events(100'000).size(), 5000);
    const auto newest = history->events(10);
    QCOMPARE(newest.size(), 10);
    QCOMPARE(newest.last().at, begin.addMSecs(49'990));
    QCOMPARE(newest.first().at, begin.addMSecs(49'900));
}

/// Errors that came long before are known all the same, and those that came later are not.
/// Also in a block in which nothing new was found; and "before" is from before the first trouble.
void RecordingTest::whatWasFoundAtAnyMoment()
{
    capture::NodeAnswers silent;
    silent.id = idOf('c');
    silent.address = { u"127.0.0.1"_s, 7002 };
    silent.error
        = support::Error { support::ErrorCode::ConnectionRefused, {}, u"127.0.0.1:7002"_s };
    health::Finding finding;
    finding.severity = health::Severity::Warning;
    finding.code = health::FindingCode::NodeUnreachable;
    finding.title = u"S03 has not answered."_s;
    finding.nodes = { silent.id };
    const auto event = [](TopologyChange::Kind kind, int second) {
        cluster::TopologyEvent result;
        result.change.kind = kind;
        result.change.node = idOf('c');
        result.at = begin.addSecs(second);
        return result;
    };
    auto recording = RecordingFile::create(file());
    QVERIFY(recording->add({ begin, topologyAt(begin, 0) }).hasValue());
    QVERIFY(recording->add(capture::Found { begin, {}, {}, {} }).hasValue());
    for (int second = 0; second < 7200; ++second) {
        const QDateTime at = begin.addSecs(second);
        QVERIFY(recording->add(samplesAt(at, 6, second)).hasValue());
        if (second % 2 == 0)
            QVERIFY(recording->add(capture::Refreshed { at, 3, second < 20 ? 3 : 2 }).hasValue());
        if (second == 10)
            QVERIFY(recording->add(event(TopologyChange::Kind::EpochRaised, 10)).hasValue());
        if (second == 20) {
            const capture::Found found { at, { silent }, { finding }, { u"It is missing."_s } };
            QVERIFY(recording->add(found).hasValue());
            QVERIFY(recording->add(event(TopologyChange::Kind::Unreached, 20)).hasValue());
        }
        if (second == 30)
            QVERIFY(recording->add(event(TopologyChange::Kind::NodeFailed, 30)).hasValue());
    }
    QVERIFY(recording->finish().hasValue());
    auto history = History::open(file());
    const Capture well = history->at(begin.addSecs(19)).value();
    QVERIFY(well.nodes.isEmpty());
    QVERIFY(well.findings.isEmpty());
    for (const int second : { 20, 40, 5000, 7199 }) {
        const Capture ill = history->at(begin.addSecs(second)).value();
        QCOMPARE(ill.nodes, QList<capture::NodeAnswers> { silent });
        QCOMPARE(ill.findings, QList<health::Finding> { finding });
        QCOMPARE(ill.topology.data().warnings, QStringList(u"It is missing."_s));
        QCOMPARE(ill.topology.data().viewsAnswered, 2);
    }
    const cluster::TopologyData before = history->at(begin.addSecs(40))->before.data();
    QCOMPARE(before.capturedAt, begin.addSecs(18));
    QCOMPARE(before.viewsAnswered, 3);
    QVERIFY(before.warnings.isEmpty());
}

void RecordingTest::countsOfAnyMoment()
{
    const auto seenAt = [](int second, qint64 count) {
        const QDateTime at = begin.addSecs(second);
        return QList<capture::SeenErrors> { { idOf('a'), { u"127.0.0.1"_s, 7000 }, "MOVED", count,
            begin.addSecs(10), at } };
    };
    const auto countedAt = [](int second, qint64 count) {
        return QList<capture::CountedErrors> { { "ASK", count, begin.addSecs(10),
            begin.addSecs(second) } };
    };
    auto recording = RecordingFile::create(file());
    QVERIFY(recording->add({ begin, topologyAt(begin, 0) }).hasValue());
    for (int second = 0; second < 7200; ++second) {
        const QDateTime at = begin.addSecs(second);
        QVERIFY(recording->add(samplesAt(at, 6, second)).hasValue());
        if (second == 10 || second == 20)
            QVERIFY(recording->add(at, countedAt(second, second)).hasValue());
        if (second == 10)
            QVERIFY(recording->add(at, seenAt(10, 1)).hasValue());
        if (second == 20)
            QVERIFY(recording->add(at, seenAt(20, 5)).hasValue());
        if (second == 7000)
            QVERIFY(recording->add(at, seenAt(7000, 6)).hasValue());
    }
    QVERIFY(recording->finish().hasValue());
    auto history = History::open(file());
    const auto countAt = [&history](int second) {
        const auto capture = history->at(begin.addSecs(second));
        return capture->seen.isEmpty() ? 0 : capture->seen.first().count;
    };
    QCOMPARE(countAt(9), 0);
    QCOMPARE(countAt(10), 1);
    QCOMPARE(countAt(19), 1);
    QCOMPARE(countAt(20), 5);
    QCOMPARE(countAt(5000), 5); // from a block in which none came
    QCOMPARE(countAt(6999), 5);
    QCOMPARE(countAt(7000), 6);
    QCOMPARE(history->at(begin.addSecs(5000))->seen.first().last, begin.addSecs(20));
    QVERIFY(history->at(begin.addSecs(9))->counted.isEmpty());
    QCOMPARE(history->at(begin.addSecs(19))->counted, countedAt(10, 10));
    QCOMPARE(history->at(begin.addSecs(7199))->counted, countedAt(20, 20));
}

void RecordingTest::aDamagedBlockIsLeftOut()
{
    auto recording = RecordingFile::create(file());
    recordHour(&*recording);
    QVERIFY(recording->finish().hasValue());
    const auto heads = capture::BlockFile::open(file())->blocks();
    QVERIFY(heads.size() > 3);
    const capture::BlockHead& bad = heads.at(heads.size() - 2);
    QFile damaged(file());
    QVERIFY(damaged.open(QIODevice::ReadWrite));
    QVERIFY(damaged.seek(bad.offset + 400));
    damaged.write("x");
    damaged.close();

    QCOMPARE(tests::readCapture(file()).error().code, support::ErrorCode::FileDamaged);
    auto history = History::open(file());
    QVERIFY(history->end() == History::End::Sound); // its head and its index are
    const auto end = history->last();
    QVERIFY(end.hasValue());
    QCOMPARE(end->topology.ownerIndex(cluster::Slot(5)), 1);
    QVERIFY(end->samples.size() < 5400);
    QCOMPARE(end->missing.size(), 1);
    QVERIFY2(end->missing.first().contains(u"checksum"_s), qPrintable(end->missing.first()));
    // Its own time: what was known before it.
    QVERIFY(!history->at(bad.from.addSecs(1))->topology.isEmpty());
    // Where it is not needed nothing is said.
    QVERIFY(history->at(begin.addSecs(60))->missing.isEmpty());
    int stretches = 0;
    QVERIFY(!history->forEachStretch({}, [&stretches](const capture::Stretch&) { ++stretches; }));
    QCOMPARE(stretches, heads.size() - 1);
}

/// The computer crashed: the last block did not get to the disk, the tail that follows it did.
void RecordingTest::aLostBlockIsSaid()
{
    const QString copy = m_folder->filePath(u"b.slotscope"_s);
    auto recording = RecordingFile::create(file());
    recordHour(&*recording);
    QVERIFY(QFile::copy(file(), copy));
    QVERIFY(QFile::copy(file() + u".tail"_s, copy + u".tail"_s));
    recording->remove();
    const auto heads = capture::BlockFile::open(copy)->blocks();
    QVERIFY(QFile::resize(copy, heads.last().offset + 10));
    auto history = History::open(copy);
    QVERIFY(history->end() == History::End::Cut);
    const auto end = history->last();
    QCOMPARE(end->savedAt, begin.addSecs(3599));
    QCOMPARE(end->topology.ownerIndex(cluster::Slot(5)), 1);
    QVERIFY2(end->missing.first().contains(u"cut or damaged"_s), qPrintable(end->missing.first()));
}

void RecordingTest::aFullDisk()
{
    auto recording = RecordingFile::create(file());
    recordHour(&*recording);
    const qint64 size = QFileInfo(file()).size();
    QVERIFY(QFileInfo(file() + u".tail"_s).size() > 0);
    {
        const FullDisk full(QFileInfo(file()).size());
        support::Result<support::Done> done = support::Done {};
        int second = 3600;
        for (; second < 20'000 && done; ++second)
            done = recording->add(samplesAt(begin.addSecs(second), 6, second));
        QCOMPARE(done.error().code, support::ErrorCode::FileError);
        // What is there can be read while the disk is full.
        auto history = History::open(file());
        QVERIFY(history->to() >= begin.addSecs(3599));
        QVERIFY(!history->at(history->to())->topology.isEmpty());
    }
    QVERIFY(QFileInfo(file()).size() <= size);
    auto history = History::open(file());
    QCOMPARE(history->at(begin.addSecs(1801))->topology.ownerIndex(cluster::Slot(5)), 1);
    recording->remove();
    QVERIFY(QDir(QFileInfo(file()).path()).isEmpty());
}

/// Whatever the umask is, and at every moment.
void RecordingTest::onlyItsOwnerMayRead()
{
    const mode_t before = ::umask(0);
    capture::RecordingLimits limits;
    limits.bytes = 100'000; // so that it is written anew several times
    auto recording = RecordingFile::create(file(), limits);
    recordHour(&*recording);
    const QFile::Permissions others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup
        | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
    const QString folder = QFileInfo(file()).path();
    for (const QString& name : QStringList { folder, file(), file() + u".tail"_s })
        QVERIFY2(!(QFile::permissions(name) & others), qPrintable(name));
    QVERIFY(recording->finish().hasValue());
    support::PrivateFile part(m_folder->filePath(u"c.slotscope"_s));
    QVERIFY(part.open().hasValue());
    const QStringList parts = QDir(m_folder->path()).entryList({ u"*.part"_s }, QDir::Files);
    QCOMPARE(parts.size(), 1);
    QVERIFY(!(QFile::permissions(m_folder->filePath(parts.first())) & others));
    ::umask(before);
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::RecordingTest)
#include "tst_recording.moc"
