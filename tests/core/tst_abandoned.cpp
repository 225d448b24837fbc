// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// What a program that was killed has left, and when it goes.

#include "core/capture/abandoned.h"
#include "core/capture/recordingfile.h"
#include "core/cluster/topology.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using capture::AbandonedLimits;
using capture::RecordingFile;

class AbandonedTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    const QDateTime m_now = QDateTime::currentDateTimeUtc();

    QString path(const QString& name) const { return m_folder->filePath(name); }
    QStringList left() const { return QDir(m_folder->path()).entryList(QDir::Files, QDir::Name); }
    static QStringList filesOf(const QString& name)
    {
        return { name + u".slotscope"_s, name + u".slotscope.offered"_s,
            name + u".slotscope.tail"_s };
    }
    /// As a killed program leaves it, so many days ago. With nothing in it before there is a map.
    QString leave(const QString& name, int daysAgo, bool isEmpty = false, qsizetype noteBytes = 10)
    {
        const QString file = path(name + u".slotscope"_s);
        {
            auto recording = RecordingFile::create(file);
            if (!isEmpty) {
                cluster::TopologyData data;
                data.nodes.append(cluster::Node());
                const capture::TimedTopology known { m_now, cluster::Topology::build(data) };
                [&] { QVERIFY(recording->add(known).hasValue()); }();
                const capture::Note note { m_now, QString(noteBytes, u'x') };
                [&] { QVERIFY(recording->add(note).hasValue()); }();
            }
        }
        for (const QString& part : QStringList { file, file + u".tail"_s }) {
            QFile touched(part);
            [&] {
                QVERIFY(touched.open(QIODevice::ReadWrite));
                QVERIFY(touched.setFileTime(
                    m_now.addDays(-daysAgo), QFileDevice::FileModificationTime));
            }();
        }
        return file;
    }
    void tidy(const AbandonedLimits& limits = {}) const
    {
        capture::tidyRecordings(m_folder->path(), limits, m_now);
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
    }

    void oldOnesGo()
    {
        capture::setOffered(leave(u"a"_s, 8));
        capture::setOffered(leave(u"b"_s, 6));
        tidy();
        QCOMPARE(left(), filesOf(u"b"_s));
        AbandonedLimits month;
        month.age = std::chrono::hours(24);
        tidy(month);
        QVERIFY(left().isEmpty());
    }

    void notBeforeTheUserWasTold()
    {
        const QString file = leave(u"a"_s, 100);
        AbandonedLimits nothing;
        nothing.bytes = 0;
        tidy(nothing);
        QCOMPARE(capture::abandonedRecordings(m_folder->path()), QStringList { file });
        capture::setOffered(file);
        tidy(nothing);
        QVERIFY(left().isEmpty());
    }

    void theOldestOfTooMuchGo()
    {
        capture::setOffered(leave(u"c"_s, 3, false, 10'000));
        capture::setOffered(leave(u"a"_s, 2, false, 10'000));
        capture::setOffered(leave(u"b"_s, 1, false, 10'000));
        AbandonedLimits limits;
        limits.bytes = 25'000;
        tidy(limits);
        QCOMPARE(left(), filesOf(u"a"_s) + filesOf(u"b"_s));
    }

    void oneInUseStays()
    {
        const QString file = path(u"a.slotscope"_s);
        auto recording = RecordingFile::create(file);
        QVERIFY(recording.hasValue());
        capture::setOffered(file);
        QVERIFY(capture::abandonedRecordings(m_folder->path()).isEmpty());
        AbandonedLimits nothing;
        nothing.bytes = 0;
        nothing.age = std::chrono::hours(-1);
        tidy(nothing);
        capture::discardRecording(file);
        QVERIFY(QFile::exists(file) && QFile::exists(file + u".tail"_s));
        recording->remove();
    }

    void anEmptyOneIsNotOffered()
    {
        leave(u"a"_s, 0, true);
        tidy();
        QVERIFY(left().isEmpty());
    }

    void nothingElseIsTouched()
    {
        leave(u"a"_s, 0);
        QVERIFY(QFile::copy(path(u"a.slotscope"_s), path(u"mine.slotscope"_s)));
        QFile notes(path(u"notes.txt"_s));
        QVERIFY(notes.open(QIODevice::WriteOnly));
        notes.close();
        AbandonedLimits nothing;
        nothing.bytes = 0;
        capture::setOffered(path(u"a.slotscope"_s));
        tidy(nothing);
        QCOMPARE(left(), (QStringList { u"mine.slotscope"_s, u"notes.txt"_s }));
    }

    void whatBelongsToNothingGoes()
    {
        for (const QString& name :
            { u"a.slotscope.tail"_s, u"a.slotscope.offered"_s, u"b.slotscope.x1.part"_s }) {
            QFile file(path(name));
            QVERIFY(file.open(QIODevice::ReadWrite));
            QVERIFY(file.setFileTime(m_now.addDays(-1), QFileDevice::FileModificationTime));
        }
        tidy();
        QVERIFY2(left().isEmpty(), qPrintable(left().join(u' ')));
    }

    void noFolder()
    {
        capture::tidyRecordings(path(u"nowhere"_s), {}, m_now);
        QVERIFY(capture::abandonedRecordings(path(u"nowhere"_s)).isEmpty());
        QVERIFY(left().isEmpty());
    }
};

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::AbandonedTest)
#include "tst_abandoned.moc"
