// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// All files of a report or none, and what they say of themselves.

#include "tests/support/fulldisk.h"
#include "tests/ui/paintfixtures.h"
#include "tests/ui/reportfixtures.h"
#include "ui/report/animation.h"
#include "ui/report/metadata.h"
#include "ui/report/sharedreport.h"

#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QImageWriter>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

#include <memory>

using namespace slotscope;
using namespace slotscope::ui;

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using support::ErrorCode;

namespace {

QByteArray contentOf(const QString& name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool put(const QString& name, const QByteArray& content)
{
    QFile file(name);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

ReportOptions small()
{
    ReportOptions options;
    options.scale = 1;
    return options;
}

ReportPreview previewOf(ReportFormat format, const QString& title = {})
{
    ReportOrder order;
    order.capture = incidentCapture(3, 1, { 1 });
    order.format = format;
    order.options = small();
    order.options.title = title;
    return ui::previewOf(order);
}

} // namespace

class TestReportFiles final : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    QString path(const QString& name) const { return m_folder->filePath(name); }
    QStringList names() const
    {
        return QDir(m_folder->path())
            .entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    }
    QList<FileContent> three() const
    {
        return { { path(u"a"_s), "new a" }, { path(u"b"_s), "new b" }, { path(u"c"_s), "new c" } };
    }

private Q_SLOTS:
    void init()
    {
        failOnWarnings();
        m_folder = std::make_unique<QTemporaryDir>();
    }

    void allAppear()
    {
        QVERIFY(put(path(u"b"_s), "old b"));
        QVERIFY(QFile::setPermissions(path(u"b"_s), QFile::ReadOwner | QFile::WriteOwner));
        QVERIFY(QFile::link(path(u"b"_s), path(u"link"_s)));
        QVERIFY(writeFiles({ { path(u"a"_s), "new a" }, { path(u"link"_s), "new b" } }));
        QCOMPARE(contentOf(path(u"a"_s)), "new a");
        // What a link leads to is replaced, and keeps who may read it.
        QCOMPARE(contentOf(path(u"b"_s)), "new b");
        QVERIFY(QFileInfo(path(u"link"_s)).isSymLink());
        QVERIFY(!(QFile::permissions(path(u"b"_s)) & (QFile::ReadOther | QFile::ReadGroup)));
        QCOMPARE(names(), (QStringList { u"a"_s, u"b"_s, u"link"_s }));
    }

    void oneThatCannotBeIsSeenBeforehand_data()
    {
        QTest::addColumn<QString>("second");
        QTest::newRow("no such folder") << u"not/there"_s;
        QTest::newRow("a folder") << u"folder"_s;
        QTest::newRow("in a file") << u"a/in"_s;
        QTest::newRow("twice") << u"a"_s;
        QTest::newRow("twice, by a link") << u"link"_s;
        QTest::newRow("a device") << u"device"_s;
        // Nobody, not even root, creates files there.
        QTest::newRow("a folder that cannot be written") << u"/proc/x"_s;
    }
    void oneThatCannotBeIsSeenBeforehand()
    {
        QFETCH(QString, second);
        QVERIFY(put(path(u"a"_s), "old a"));
        QVERIFY(QDir(m_folder->path()).mkdir(u"folder"_s));
        QVERIFY(QFile::link(path(u"a"_s), path(u"link"_s)));
        QVERIFY(QFile::link(u"/dev/null"_s, path(u"device"_s)));
        const QStringList before = names();
        QList<FileContent> files = three();
        files[1].name = QDir(m_folder->path()).absoluteFilePath(second);
        const auto written = writeFiles(files);
        QVERIFY(!written);
        QCOMPARE(written.error().code, ErrorCode::FileError);
        QVERIFY2(written.error().detail.startsWith(files.at(1).name + u": "_s),
            qPrintable(written.error().detail));
        QCOMPARE(names(), before);
        QCOMPARE(contentOf(path(u"a"_s)), "old a");
    }

    void whatIsThereIsKept()
    {
        QVERIFY(put(path(u"b"_s), "old b"));
        auto written = writeFiles(three(), Existing::Keep);
        QVERIFY(!written);
        QVERIFY(written.error().detail.startsWith(path(u"b: "_s)));
        QCOMPARE(names(), QStringList(u"b"_s));
        QCOMPARE(contentOf(path(u"b"_s)), "old b");
        // A link to nothing is something too.
        QVERIFY(QFile::remove(path(u"b"_s)));
        QVERIFY(QFile::link(path(u"nothing"_s), path(u"b"_s)));
        QVERIFY(!writeFiles(three(), Existing::Keep));
        QCOMPARE(names(), QStringList(u"b"_s));
    }

    void theSecondFillsTheDisk()
    {
        QVERIFY(put(path(u"a"_s), "old a"));
        {
            const FullDisk disk(3000);
            QList<FileContent> files = three();
            files[1].bytes = QByteArray(3001, 'b');
            const auto written = writeFiles(files);
            QVERIFY(!written);
            QVERIFY2(written.error().detail.startsWith(path(u"b: "_s)),
                qPrintable(written.error().detail));
            QCOMPARE(names(), QStringList(u"a"_s));
            QCOMPARE(contentOf(path(u"a"_s)), "old a");
            files[1].bytes.chop(1);
            QVERIFY(writeFiles(files));
        }
        QCOMPARE(names(), (QStringList { u"a"_s, u"b"_s, u"c"_s }));
    }

    /// After everything was written.
    void aLaterOneCannotGetItsName_data()
    {
        QTest::addColumn<bool>("wereThere");
        QTest::newRow("new ones") << false;
        QTest::newRow("replaced ones") << true;
    }
    void aLaterOneCannotGetItsName()
    {
        QFETCH(bool, wereThere);
        const QDir folder(m_folder->path());
        QVERIFY(folder.mkdir(u"sub"_s));
        QList<FileContent> files = three();
        files[1].name = path(u"sub/b"_s);
        const QStringList olds { u"a"_s, u"sub/b"_s, u"c"_s };
        for (const QString& name : olds) {
            if (wereThere)
                QVERIFY(put(path(name), "old " + name.toLatin1()));
        }
        {
            FileSet set;
            QVERIFY(set.write(files, Existing::Replace));
            // The folder of the second goes somewhere else.
            QVERIFY(QDir().rename(path(u"sub"_s), path(u"elsewhere"_s)));
            const auto published = set.publish();
            QVERIFY(!published);
            QCOMPARE(published.error().code, ErrorCode::FileError);
            QVERIFY2(published.error().detail.startsWith(path(u"sub/b: "_s)),
                qPrintable(published.error().detail));
        }
        QVERIFY(QDir().rename(path(u"elsewhere"_s), path(u"sub"_s)));
        QCOMPARE(names(),
            wereThere ? (QStringList { u"a"_s, u"c"_s, u"sub"_s }) : QStringList(u"sub"_s));
        QCOMPARE(
            QDir(path(u"sub"_s)).entryList(QDir::Files | QDir::Hidden).size(), wereThere ? 1 : 0);
        for (const QString& name : olds) {
            if (wereThere)
                QCOMPARE(contentOf(path(name)), "old " + name.toLatin1());
        }
    }

    void oneCameInBetween()
    {
        {
            FileSet set;
            QVERIFY(set.write(three(), Existing::Keep));
            QVERIFY(put(path(u"c"_s), "of somebody else"));
            const auto published = set.publish();
            QVERIFY(!published);
            QVERIFY(published.error().detail.startsWith(path(u"c: "_s)));
        }
        QCOMPARE(names(), QStringList(u"c"_s));
        QCOMPARE(contentOf(path(u"c"_s)), "of somebody else");
    }

    void whatIsNotPublishedIsGone()
    {
        {
            FileSet set;
            QVERIFY(set.write(three(), Existing::Replace));
        }
        QVERIFY(names().isEmpty());
    }

    void aReportIsThereAsAWholeOrNot()
    {
        const capture::Capture capture = incidentCapture(3, 1, { 1 });
        const QString name = path(u"r.md"_s);
        const QStringList files = reportFiles(name, capture, small());
        QVERIFY(files.size() > 3);
        // A picture's name is a folder's.
        QVERIFY(QDir().mkdir(files.at(2)));
        const auto refused = writeReport(name, capture, small());
        QVERIFY(!refused);
        QVERIFY(refused.error().detail.startsWith(files.at(2)));
        QCOMPARE(names(), QStringList(QFileInfo(files.at(2)).fileName()));
        QVERIFY(QDir().rmdir(files.at(2)));
        // Disks that are full after so many bytes.
        qint64 largest = 0;
        QVERIFY(writeReport(name, capture, small()));
        for (const QString& file : files)
            largest = std::max(largest, QFileInfo(file).size());
        for (const QString& file : files)
            QVERIFY(QFile::remove(file));
        for (const qint64 most : { qint64(500), largest / 3, largest - 1, largest }) {
            const FullDisk disk(most);
            const bool isWritten = bool(writeReport(name, capture, small()));
            QCOMPARE(isWritten, most >= largest);
            QCOMPARE(names().size(), isWritten ? files.size() : 0);
        }
        QVERIFY(!writeReport(name, capture, small(), Existing::Keep));
    }

    void pngSaysNothingButItsSize()
    {
        const ReportPreview preview = previewOf(ReportFormat::Png);
        const QString name = path(u"r.png"_s);
        QVERIFY(writeReport(name, preview.order.capture, preview.order.options));
        const QByteArray chunks = unpacked(name).text;
        int others = 0;
        for (const QByteArray& line : chunks.split('\n')) {
            const QByteArray type = line.left(4);
            if (type.size() < 4 || type == "IHDR" || type == "PLTE" || type == "IEND")
                continue;
            QVERIFY2(type == "pHYs", line.constData());
            ++others;
        }
        QCOMPARE(preview.metadata.size(), 1 + others);
        QCOMPARE(preview.metadata.first(), u"A picture of 1600 × 900 pixels."_s);
        if (others > 0)
            QVERIFY(preview.metadata.last().startsWith(u"pHYs: "_s));
        QVERIFY(preview.text.isEmpty());
        QVERIFY(preview.allText().endsWith(u"Nothing else is in the file."_s));
    }

    void whatAPngSaysIsFound()
    {
        QImage image(2, 2, QImage::Format_RGB32);
        image.fill(Qt::red);
        image.setText(u"Author"_s, u"somebody"_s);
        image.setDotsPerMeterX(3780);
        image.setDotsPerMeterY(3779);
        QByteArray png;
        QBuffer buffer(&png);
        QVERIFY(buffer.open(QIODevice::WriteOnly) && image.save(&buffer, "PNG"));
        const QStringList found = metadataOfPng(png);
        QVERIFY2(found.contains(u"Author: somebody"_s), qPrintable(found.join(u'\n')));
        QVERIFY(found.contains(u"pHYs: 3780 × 3779 pixels per metre"_s));
        for (qsizetype size = 0; size < png.size(); ++size)
            (void)metadataOfPng(png.first(size)); // a cut one does no harm
        QVERIFY(metadataOfPng({}).isEmpty());
    }

    void pdfSaysWhatThePreviewShows()
    {
        const ReportPreview preview = previewOf(ReportFormat::Pdf, u"A (b) \\ „c“ )("_s);
        const QString name = path(u"r.pdf"_s);
        QVERIFY(writeReport(name, preview.order.capture, preview.order.options));
        QProcess pdfinfo;
        pdfinfo.start(u"pdfinfo"_s, { u"-rawdates"_s, name });
        QVERIFY2(pdfinfo.waitForFinished() && pdfinfo.exitCode() == 0, "needs poppler-utils");
        QStringList said;
        for (const QString& line :
            QString::fromUtf8(pdfinfo.readAllStandardOutput()).split(u'\n')) {
            static const QStringList words { u"Title"_s, u"Subject"_s, u"Keywords"_s, u"Author"_s,
                u"Creator"_s, u"Producer"_s, u"CreationDate"_s, u"ModDate"_s };
            const QString word = line.section(u':', 0, 0);
            if (words.contains(word))
                said.append(word + u": "_s + line.section(u':', 1).trimmed());
            if (word == u"Custom Metadata" || word == u"Metadata Stream")
                QCOMPARE(line.section(u':', 1).trimmed(), u"no"_s);
            if (word == u"Pages")
                QVERIFY(preview.metadata.first().startsWith(line.section(u':', 1).trimmed()));
        }
        QCOMPARE(preview.metadata.mid(1), said);
        QCOMPARE(said.size(), 4);
        QCOMPARE(said.first(), u"Title: A (b) \\ „c“ )("_s);
        // When the capture was saved, not when and in which country the file was written.
        QVERIFY2(
            said.last().startsWith(u"CreationDate: D:20261123140741"_s), qPrintable(said.last()));
        QVERIFY(said.last().endsWith(u'Z') || said.last().endsWith(u"+00'00'"_s));
        const QByteArray once = contentOf(name);
        QTest::qWait(1100); // a clock that ticks seconds would show
        QVERIFY(writeReport(name, preview.order.capture, preview.order.options));
        QCOMPARE(contentOf(name), once);
    }

    void theDateKeepsItsLength()
    {
        const QDateTime at(QDate(2026, 11, 23), QTime(14, 7, 41), Qt::UTC);
        for (const QByteArray& zone : { QByteArray("Z"), QByteArray("-05'30'") }) {
            QByteArray pdf = "x\n/CreationDate (D:20270101000000" + zone + ")\n>>";
            const qsizetype size = pdf.size();
            setCreationDate(&pdf, at);
            QCOMPARE(pdf.size(), size);
            QVERIFY2(pdf.contains("(D:20261123140741"), pdf.constData());
            setCreationDate(&pdf, {});
            QVERIFY(pdf.contains("(D:20261123140741"));
        }
        QByteArray none = "%PDF";
        setCreationDate(&none, at);
        QCOMPARE(none, "%PDF");
    }

    void textsAreShownAsAWhole_data()
    {
        QTest::addColumn<ReportFormat>("format");
        QTest::addColumn<QStringList>("about");
        QTest::newRow("svg") << ReportFormat::Svg
                             << QStringList { u"title: Slotscope"_s,
                                    u"desc: A picture made by Slotscope"_s };
        QTest::newRow("html") << ReportFormat::Html
                              << QStringList { u"meta: charset=utf-8"_s,
                                     u"meta: http-equiv=Content-Security-Policy "
                                     "content=default-src 'none'; style-src 'unsafe-inline'"_s,
                                     u"meta: name=viewport content=width=device-width"_s,
                                     u"meta: name=generator content=Slotscope"_s,
                                     u"title: Incident report: orders (production)"_s };
    }
    void textsAreShownAsAWhole()
    {
        QFETCH(ReportFormat, format);
        QFETCH(QStringList, about);
        const ReportPreview preview = previewOf(format);
        const QString name = path(u"r."_s + formatEnding(format));
        QVERIFY(writeReport(name, preview.order.capture, preview.order.options));
        QVERIFY(preview.text.size() > 500);
        QCOMPARE(preview.text.left(300'000).toUtf8(),
            contentOf(name).left(preview.text.left(300'000).toUtf8().size()));
        QStringList said;
        QXmlStreamReader reader(contentOf(name));
        while (!reader.atEnd()) {
            const auto token = reader.readNext();
            QVERIFY(token != QXmlStreamReader::Comment);
            QVERIFY(token != QXmlStreamReader::ProcessingInstruction);
            if (token != QXmlStreamReader::StartElement)
                continue;
            const QString element = reader.name().toString();
            QStringList attributes;
            for (const QXmlStreamAttribute& attribute : reader.attributes())
                attributes.append(attribute.name() + u'=' + attribute.value());
            if (element == u"meta")
                said.append(u"meta: "_s + attributes.join(u' '));
            else if (element == u"title" || element == u"desc")
                said.append(element + u": "_s + reader.readElementText());
        }
        QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
        said.removeDuplicates(); // of the pictures in a page
        if (format == ReportFormat::Html)
            said.removeIf([](const QString& line) {
                return line.contains(u"Slotscope"_s) && !line.startsWith(u"meta"_s);
            });
        QCOMPARE(said, about);
    }

    void picturesBesideAreToldOf()
    {
        const ReportPreview preview = previewOf(ReportFormat::Markdown);
        QCOMPARE(preview.metadata.size(), preview.pages.size());
        QVERIFY2(preview.metadata.first().startsWith(
                     u"slotscope-orders-20261123T140741Z.png: A picture of 1600 × 900 pixels."_s),
            qPrintable(preview.metadata.first()));
        QVERIFY(preview.allText().endsWith(preview.text));
    }

    void gifHasNothingButFrames()
    {
        const capture::Capture capture = incidentCapture(3, 1, { 1 });
        const QString name = path(u"replay.gif"_s);
        QVERIFY(writeAnimation(name, capture, capture.traces.first()));
        int frames = 0;
        QByteArray others;
        for (const QByteArray& line : unpacked(name).text.split('\n')) {
            if (line == "extension f9")
                ++frames;
            else
                others += line;
        }
        QVERIFY(frames > 20);
        QCOMPARE(others.left(23), "extension ffNETSCAPE2.0");
        QCOMPARE(others.size(), 23 + 3); // that it is to be repeated
    }
};

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::TestReportFiles)
#include "tst_reportfiles.moc"
