// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/capture/blockfile.h"
#include "core/capture/capturefile.h"
#include "core/capture/capturemarks.h"
#include "core/capture/history.h"
#include "tests/core/richcapture.h"
#include "tests/support/fulldisk.h"
#include "tests/support/readcapture.h"

#include <QDir>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using capture::BlockFile;
using capture::Capture;
using capture::Holds;
using capture::Mark;

namespace {

QByteArray bytesOf(const QString& name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool write(const QString& name, const QByteArray& bytes)
{
    QFile file(name);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

/// Its blocks, the heads without offsets.
QList<QByteArray> blocksOf(const QString& name, Holds left = Holds::Index)
{
    QList<QByteArray> blocks;
    const auto file = BlockFile::open(name);
    for (qsizetype i = 0; file && i < file->blocks().size(); ++i) {
        if (file->blocks().at(i).holds != left)
            blocks.append(file->read(i).value());
    }
    return blocks;
}

} // namespace

/// Marks that are placed later get into the file that is there already.
class CaptureMarksTest final : public QObject
{
    Q_OBJECT

    const QDateTime m_savedAt = richCapture().savedAt;
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_folder = std::make_unique<QTemporaryDir>();
        m_file = m_folder->filePath(u"x.slotscope"_s);
        QVERIFY(capture::writeCapture(m_file, richCapture()));
        capture::NodeAnswers late = richCapture().nodes.first();
        late.isLate = true;
        QVERIFY(capture::appendLate(m_file, { late }));
    }

    void areReplacedAndNothingElse()
    {
        const QFileDevice::Permissions owner = QFile::permissions(m_file);
        const QList<QByteArray> others = blocksOf(m_file, Holds::Capture);
        QVERIFY(others.size() >= 3); // timeline, nodes, late
        const Capture before = tests::readCapture(m_file).value();
        QCOMPARE(before.marks, richCapture().marks);
        const QList<Mark> marks { { { 0.25, 0.5 }, u"here \"it\" began\n{\"type\":\"mark\"}"_s },
            { { 1, 0 }, u"and here it ended"_s } };
        QVERIFY(capture::replaceMarks(m_file, marks, m_savedAt));

        const auto after = tests::readCapture(m_file);
        QVERIFY2(after, after ? "" : qPrintable(after.error().detail));
        QCOMPARE(after->marks, marks);
        QCOMPARE(blocksOf(m_file, Holds::Capture), others);
        Capture again = *after;
        again.marks = before.marks;
        QCOMPARE(everythingIn(again), everythingIn(before));
        QCOMPARE(QFile::permissions(m_file), owner);
        QVERIFY(!capture::History::open(m_file)->damage());

        // None, and then those that it had: the very same file but for where the lines stand.
        QVERIFY(capture::replaceMarks(m_file, {}, m_savedAt));
        QVERIFY(tests::readCapture(m_file)->marks.isEmpty());
        QVERIFY(capture::replaceMarks(m_file, before.marks, m_savedAt));
        const QByteArray once = bytesOf(m_file);
        QVERIFY(capture::replaceMarks(m_file, before.marks, m_savedAt));
        QCOMPARE(bytesOf(m_file), once);
        QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
    }

    void linesOfANewerProgramStay()
    {
        // A text that looks like a mark is none.
        Capture capture = richCapture();
        capture.notes = { { capture.savedAt, u"{\"type\":\"mark\"}"_s } };
        QVERIFY(capture::writeCapture(m_file, capture));
        QVERIFY(capture::replaceMarks(m_file, {}, m_savedAt));
        const auto read = tests::readCapture(m_file);
        QVERIFY(read && read->marks.isEmpty());
        QCOMPARE(read->notes, capture.notes);
    }

    void whatIsNoCaptureStaysAsItIs_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("something else") << QByteArray("what is this?\n");
        QTest::newRow("no blocks") << capture::fileBeginning();
        // Cut in the middle: what is whole must not be taken for all of it.
        const QTemporaryDir folder;
        const QString name = folder.filePath(u"x"_s);
        QVERIFY(capture::writeCapture(name, richCapture()));
        QTest::newRow("cut") << bytesOf(name).chopped(30);
        QByteArray damaged = bytesOf(name);
        const qsizetype middle = damaged.indexOf("\"holds\":\"capture\"") + 200;
        damaged[middle] = static_cast<char>(damaged.at(middle) ^ 1);
        QTest::newRow("damaged") << damaged;
    }
    void whatIsNoCaptureStaysAsItIs()
    {
        QFETCH(QByteArray, content);
        QVERIFY(write(m_file, content));
        const auto replaced = capture::replaceMarks(m_file, richCapture().marks, m_savedAt);
        QVERIFY(!replaced);
        QCOMPARE(replaced.error().code, support::ErrorCode::FileDamaged);
        QCOMPARE(bytesOf(m_file), content);
    }

    void anotherCaptureKeepsItsOwn()
    {
        const QByteArray before = bytesOf(m_file);
        const auto replaced = capture::replaceMarks(m_file, {}, m_savedAt.addMSecs(1));
        QVERIFY(!replaced);
        QCOMPARE(replaced.error().code, support::ErrorCode::FileError);
        QVERIFY(replaced.error().detail.startsWith(m_file));
        QCOMPARE(bytesOf(m_file), before);
    }

    void aFullDiskChangesNothing()
    {
        const QByteArray before = bytesOf(m_file);
        support::Result<support::Done> replaced = support::Done {};
        {
            const FullDisk full(before.size() / 2);
            replaced = capture::replaceMarks(m_file, richCapture().marks, m_savedAt);
        }
        QVERIFY(!replaced);
        QCOMPARE(replaced.error().code, support::ErrorCode::FileError);
        QVERIFY(replaced.error().detail.startsWith(m_file));
        QCOMPARE(bytesOf(m_file), before);
        QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
    }

    void aFileThatIsGoneDoesNotComeBack()
    {
        QVERIFY(QFile::remove(m_file));
        const auto replaced = capture::replaceMarks(m_file, richCapture().marks, m_savedAt);
        QVERIFY(!replaced);
        QCOMPARE(replaced.error().code, support::ErrorCode::FileError);
        QVERIFY(!QFile::exists(m_file));
    }
};

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::CaptureMarksTest)
#include "tst_capturemarks.moc"
