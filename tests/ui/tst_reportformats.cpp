// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/capture/capturefile.h"
#include "tests/support/fulldisk.h"
#include "tests/support/readcapture.h"
#include "tests/ui/paintfixtures.h"
#include "tests/ui/reportfixtures.h"
#include "ui/report/animation.h"
#include "ui/report/document.h"
#include "ui/report/filmstrip.h"
#include "ui/report/markup.h"
#include "ui/report/report.h"
#include "ui/report/sheet.h"
#include "ui/theme/plaintext.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QImage>
#include <QImageReader>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBlock>
#include <QTextDocument>
#include <QXmlStreamReader>

using namespace slotscope;
using namespace slotscope::ui;

namespace slotscope::tests {

using namespace Qt::StringLiterals;

namespace {

/// Everything in an XML document that a test looks at.
struct Parsed
{
    QStringList elements;
    QStringList attributes; ///< "name=value"
    QString text;
    bool isWellFormed = false;

    explicit Parsed(const QByteArray& xml)
    {
        QXmlStreamReader reader(xml);
        while (!reader.atEnd()) {
            if (reader.readNext() == QXmlStreamReader::Characters)
                text += reader.text();
            if (!reader.isStartElement())
                continue;
            elements.append(reader.name().toString());
            for (const QXmlStreamAttribute& attribute : reader.attributes())
                attributes.append(attribute.name() + u'=' + attribute.value());
        }
        isWellFormed = !reader.hasError();
    }

    /// Nothing that runs, loads or leads anywhere.
    bool isInert() const
    {
        for (const auto& element : { "script", "img", "image", "a", "iframe", "object", "embed",
                 "link", "foreignObject", "use", "base", "form" }) {
            if (elements.contains(QLatin1String(element)))
                return false;
        }
        return std::none_of(attributes.begin(), attributes.end(), [](const QString& attribute) {
            const bool isAddress
                = attribute.startsWith(u"href="_s) || attribute.startsWith(u"src="_s);
            return isAddress || attribute.startsWith(u"on"_s);
        });
    }
};

QByteArray contentOf(const QString& name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray run(const QString& program, const QStringList& arguments)
{
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForFinished(60'000) || process.exitCode() != 0)
        return {};
    return process.readAllStandardOutput();
}

ReportOptions everything()
{
    ReportOptions options;
    options.contents.emplace();
    options.contents->rawReplies = true;
    return options;
}

} // namespace

class TestReportFormats final : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    QString path(const QString& name) const { return m_folder.filePath(name); }

    /// Names as no server would have them, or all too cunning a one.
    static QStringList hostileTexts()
    {
        QStringList texts { hostileText(), u"<script>alert(1)</script>"_s,
            u"](javascript:alert(1)) [x](data:text/html,y)"_s, u"../../x"_s, u"/etc/passwd"_s,
            u"\u202egpj.exe \u2066x\u2069"_s, u"one\ntwo\r\nthree\n# four\n\n---\n"_s,
            u"\x1b[31mred\x07\b"_s, u"\"><img src=x onerror=y>"_s, u"]]></svg></pre></table>"_s,
            u"(\\) Tj /JavaScript << >> endobj"_s, u"{{7*7}} ${x} %n%s%%"_s, u"CON.txt:stream?*|"_s,
            u".hidden"_s, u" "_s, QString(QChar(0xd800)) + u"half"_s };
        for (const QString& part : { u"x"_s, u"word "_s, u"&<\"'"_s })
            texts.append(part.repeated(10'240 / part.size()));
        return texts;
    }
    static void addHostileRows()
    {
        QTest::addColumn<QString>("text");
        int number = 0;
        for (const QString& text : hostileTexts())
            QTest::addRow("%d: %.20s", number++, qPrintable(visibleText(text))) << text;
    }

private Q_SLOTS:
    void init() { failOnWarnings(); }

    void formatIsTheEnding()
    {
        QCOMPARE(reportFormatOf(u"/a/b.PNG"_s), ReportFormat::Png);
        QCOMPARE(reportFormatOf(u"b.htm"_s), ReportFormat::Html);
        QCOMPARE(reportFormatOf(u"b.md"_s), ReportFormat::Markdown);
        QVERIFY(!reportFormatOf(u"b"_s));
        QVERIFY(!reportFormatOf(u"b.exe"_s));
        const auto refused = writeReport(path(u"b.exe"_s), healthyCapture());
        QVERIFY(!refused && refused.error().code == support::ErrorCode::InvalidInput);
        QVERIFY(!QFile::exists(path(u"b.exe"_s)));
    }

    void namesOfFilesAreHarmless()
    {
        QCOMPARE(
            reportBaseName(incidentCapture(3, 1, { 1 })), u"slotscope-orders-20261123T140741Z"_s);
        static const QRegularExpression plain(u"^slotscope-[A-Za-z0-9-]{1,70}$"_s);
        for (const QString& text : hostileTexts()) {
            const QString hostile = reportBaseName(hostileCapture(text));
            QVERIFY2(plain.match(hostile).hasMatch(), qPrintable(hostile));
        }
        capture::Capture dots;
        dots.name = u"../../etc/passwd"_s;
        QCOMPARE(reportBaseName(dots), u"slotscope-etc-passwd"_s);
    }

    void documentHasWhatWasChosen()
    {
        const capture::Capture capture = incidentCapture(3, 1, { 1 });
        Document document = Document::of(capture, {}, {});
        QStringList titles;
        for (const Section& section : document.sections)
            titles.append(section.title);
        QCOMPARE(titles,
            (QStringList { u"Summary"_s, u"Picture"_s, u"Slots"_s, u"Commands"_s,
                u"What happened"_s, u"Findings"_s, u"Nodes"_s }));
        QCOMPARE(document.figures().size(), 4);
        for (const Figure& figure : document.figures()) {
            for (const auto& part : { "orders (production)", "2026-11-23 14:07:41 UTC",
                     "merged from 5 views", "PARTIAL: 5 of 6" })
                QVERIFY2(figure.caption.contains(QLatin1String(part)), part);
        }
        document = Document::of(capture, {}, ReportContents::usual(ReportFormat::Png));
        QCOMPARE(document.sections.size(), 1);
        QCOMPARE(document.figures().size(), 1);
        ReportContents timeless;
        timeless.time = false;
        document = Document::of(capture, {}, timeless);
        QVERIFY(!document.caption.contains(u"14:07:41"_s));
        QVERIFY(document.caption.contains(u"PARTIAL: 5 of 6"_s));
        for (const Block& block : document.sections.first().blocks) {
            if (const auto* facts = std::get_if<Table>(&block); facts && facts->head.isEmpty())
                QVERIFY(!facts->rows.contains(
                    QStringList { u"Captured"_s, u"2026-11-23 14:07:41 UTC"_s }));
        }
        for (const Block& block : document.sections.first().blocks) {
            if (const auto* text = std::get_if<Paragraph>(&block))
                QVERIFY2(!text->text.contains(u"14:07:41"_s), qPrintable(text->text));
        }
        QVERIFY(document.figures().first().caption.contains(u"14:07:41 UTC"_s));
        ReportOptions options;
        options.title = u"Friday"_s;
        options.note = u"one\ntwo"_s;
        options.traces = QList<int> { 7, -1 };
        document = Document::of(capture, options, {});
        QCOMPARE(document.title, u"Friday"_s);
        QCOMPARE(std::get<Paragraph>(document.sections.first().blocks.at(1)).text, u"two"_s);
        QCOMPARE(document.figures().size(), 2); // such traces there are none
    }

    void htmlHasItsParts()
    {
        const QString name = path(u"report.html"_s);
        QVERIFY(bool(writeReport(name, incidentCapture(3, 1, { 1 }), everything())));
        const Parsed page(contentOf(name));
        QVERIFY(page.isWellFormed);
        QVERIFY(page.isInert());
        QCOMPARE(page.elements.count(u"h1"_s), 1);
        QCOMPARE(page.elements.count(u"h2"_s), 8);
        QCOMPARE(page.elements.count(u"figure"_s), 4);
        QCOMPARE(page.elements.count(u"figcaption"_s), 4);
        QCOMPARE(page.elements.count(u"svg"_s), 4);
        QCOMPARE(page.elements.count(u"table"_s), 6);
        QCOMPARE(page.elements.count(u"pre"_s), 15); // three answers of each of five nodes
        for (const auto& wanted : { "5461 slots (33.3 %) unserved", "recording began 13:52:10Z",
                 "14:03:12Z", "paged the database team", "connection refused", "CLUSTERDOWN",
                 "GET user:2935", "Redis 7.0.15", "not available: ", "PARTIAL" })
            QVERIFY2(page.text.contains(QLatin1String(wanted)), wanted);
    }

    void htmlAndSvgOfHostileTextAreInert_data() { addHostileRows(); }
    void htmlAndSvgOfHostileTextAreInert()
    {
        QFETCH(QString, text);
        for (const QString& name : { path(u"hostile.html"_s), path(u"hostile.svg"_s) }) {
            QVERIFY(bool(writeReport(name, hostileCapture(text), everything())));
            const QByteArray content = contentOf(name);
            const Parsed page(content);
            QVERIFY2(page.isWellFormed, qPrintable(name));
            QVERIFY2(page.isInert(), qPrintable(name));
            if (name.endsWith(u"html"_s)) // as a text
                QVERIFY(page.text.contains(visibleText(text)));
            for (const char* raw : { "<script", "<img", "\xe2\x80\xae", "\x01", "\x1b", "\r" })
                QVERIFY2(!content.contains(raw), raw);
        }
    }

    void nothingOfHostileTextIsAFilesName_data() { addHostileRows(); }
    void nothingOfHostileTextIsAFilesName()
    {
        QFETCH(QString, text);
        const QTemporaryDir folder;
        const capture::Capture capture = hostileCapture(text);
        QVERIFY(QDir(folder.path()).mkpath(u"in/side"_s));
        const QString base = folder.filePath(u"in/side/"_s + reportBaseName(capture));
        QVERIFY(bool(writeReport(base + u".md"_s, capture, everything())));
        QVERIFY(bool(writeReport(base + u".slotscope"_s, capture, everything())));
        static const QRegularExpression plain(u"^[A-Za-z0-9-]{1,120}[.][a-z]{2,9}$"_s);
        QDirIterator files(
            folder.path(), QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
        int count = 0;
        while (files.hasNext()) {
            const QFileInfo file(files.next());
            ++count;
            QCOMPARE(file.path(), folder.filePath(u"in/side"_s));
            QVERIFY2(plain.match(file.fileName()).hasMatch(), qPrintable(file.fileName()));
        }
        QVERIFY(count > 3);
        // And all of it comes back from a capture as it was.
        const auto read = tests::readCapture(base + u".slotscope"_s);
        QVERIFY2(read, read ? "" : qPrintable(read.error().detail));
        QCOMPARE(read->notes.first().text, text);
    }

    void markdownHasItsParts()
    {
        const QString name = path(u"re port.md"_s);
        const capture::Capture capture = incidentCapture(3, 1, { 1 });
        QVERIFY(bool(writeReport(name, capture, everything())));
        QStringList files;
        for (const QString& file : reportFiles(name, capture, everything())) {
            QVERIFY2(QFile::exists(file), qPrintable(file));
            files.append(QFileInfo(file).fileName());
        }
        QCOMPARE(files,
            (QStringList { u"re port.md"_s, u"re port.png"_s, u"re port-slots.png"_s,
                u"re port-trace-1.png"_s, u"re port-sequence-1.png"_s }));
        const QByteArray text = contentOf(name);
        QVERIFY(text.startsWith("# Incident report: orders (production)\n"));
        QVERIFY(text.contains("](re%20port.png)\n"));
        QVERIFY(text.contains("\n| Time (UTC) | What | Said by |\n| --- | --- | --- |\n"));
        QVERIFY(text.contains("\n```text\n"));
        QCOMPARE(QImage(path(u"re port.png"_s)).size(), QSize(3200, 1800));
    }

    void markdownForTheClipboardHasNoPictures()
    {
        const QString text = reportAsMarkdown(incidentCapture(3, 1, { 1 }));
        QVERIFY(text.contains(u"unserved."_s));
        QVERIFY(!text.contains(u"!["_s));
    }

    void markdownOfHostileTextIsInert_data() { addHostileRows(); }
    void markdownOfHostileTextIsInert()
    {
        QFETCH(QString, text);
        const QString hostile = text;
        const Document document
            = Document::of(hostileCapture(hostile), everything(), *everything().contents);
        const QStringList pictures(document.figures().size(), u"p.png"_s);
        const QString markdown = QString::fromUtf8(toMarkdown(document, pictures));
        QTextDocument page;
        page.setMarkdown(markdown, QTextDocument::MarkdownDialectGitHub);
        int images = 0;
        int headings = 0;
        for (QTextBlock block = page.begin(); block.isValid(); block = block.next()) {
            headings += block.blockFormat().headingLevel() > 0;
            QVERIFY(!block.textList());
            bool hasImage = false; // Qt makes one of each piece of its alternative text
            for (auto it = block.begin(); !it.atEnd(); ++it) {
                const QTextCharFormat format = it.fragment().charFormat();
                QVERIFY(!format.isAnchor());
                if (format.isImageFormat()) {
                    hasImage = true;
                    QCOMPARE(format.toImageFormat().name(), u"p.png"_s);
                }
            }
            images += hasImage;
        }
        QCOMPARE(images, document.figures().size());
        int raws = 0;
        for (const Section& section : document.sections) {
            for (const Block& block : section.blocks)
                raws += std::holds_alternative<RawText>(block);
        }
        QCOMPARE(headings, 1 + document.sections.size() + raws);
        // It is all there, as a text.
        QVERIFY(page.toPlainText().contains(visibleText(hostile)));
    }

    void markdownEscapes_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("escaped");
        QTest::newRow("cell") << u"a|b"_s << u"a\\|b"_s;
        QTest::newRow("link") << u"](javascript:x)"_s << u"\\](javascript:x)"_s;
        QTest::newRow("html") << u"<b>&"_s << u"&lt;b&gt;&amp;"_s;
        QTest::newRow("heading") << u"# x # y"_s << u"\\# x # y"_s;
        QTest::newRow("list") << u"1. x"_s << u"1\\. x"_s;
        QTest::newRow("address") << u"10.0.1.4:6379"_s << u"10.0.1.4:6379"_s;
        QTest::newRow("url") << u"https://x www.y"_s << u"https\\://x www\\.y"_s;
        QTest::newRow("plain") << u"S02's primary is down: 5461 slots (33.3 %)."_s
                               << u"S02's primary is down: 5461 slots (33.3 %)."_s;
    }
    void markdownEscapes()
    {
        QFETCH(QString, text);
        QFETCH(QString, escaped);
        QCOMPARE(markdownText(text), escaped);
        QTextDocument page;
        page.setMarkdown(escaped);
        QCOMPARE(page.toPlainText().trimmed(), text);
    }

    void pdfIsTextAndPages()
    {
        const QString name = path(u"report.pdf"_s);
        QVERIFY(bool(writeReport(name, incidentCapture(40, 2, { 3 }))));
        const QByteArray text = run(u"pdftotext"_s, { u"-layout"_s, name, u"-"_s });
        QVERIFY2(!text.isEmpty(), "pdftotext (poppler-utils) is missing, or cannot read it");
        for (const auto& wanted : { "Incident report: orders (production)", "unserved.",
                 "page 1 of", "recording began 13:52:10Z", "PARTIAL 119/120", "GET user:2935",
                 "127.0.0.1:30120" })
            QVERIFY2(text.contains(wanted), wanted);
        const QByteArray info = run(u"pdfinfo"_s, { name });
        QVERIFY2(info.contains("A4"), info.constData());
        const auto pages = text.count('\f');
        QVERIFY(pages >= 3);
        const QByteArray last
            = "page " + QByteArray::number(pages) + " of " + QByteArray::number(pages);
        QVERIFY(text.contains(last));
        // What is drawn is there too: the affected card's red, somewhere on the first pages.
        QVERIFY(!run(
            u"pdftoppm"_s, { u"-r"_s, u"40"_s, u"-png"_s, u"-l"_s, u"2"_s, name, path(u"page"_s) })
                     .contains("Error"));
        int red = 0;
        for (const QString& file : QDir(m_folder.path()).entryList({ u"page-*.png"_s })) {
            const QImage image = QImage(path(file)).convertToFormat(QImage::Format_RGB32);
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x) {
                    const QRgb pixel = image.pixel(x, y);
                    red += qRed(pixel) > 170 && qGreen(pixel) < 90 && qBlue(pixel) < 90;
                }
            }
        }
        QVERIFY(red > 20);
    }

    void pdfOfHostileText_data() { addHostileRows(); }
    void pdfOfHostileText()
    {
        QFETCH(QString, text);
        const QString name = path(u"hostile.pdf"_s);
        QVERIFY(bool(writeReport(name, hostileCapture(text), everything())));
        const QByteArray pdf = contentOf(name);
        for (const auto& word :
            { "/JavaScript", "/URI", "/Launch", "/EmbeddedFile", "/Subtype /Link", "/OpenAction" })
            QVERIFY2(!pdf.contains(word), word);
        QVERIFY(run(u"pdftotext"_s, { name, u"-"_s }).contains("page 1 of"));
        QVERIFY(run(u"pdfinfo"_s, { name }).contains("A4"));
    }

    void pngAndSvgAreThePictureUnlessMoreIsWanted()
    {
        const capture::Capture capture = incidentCapture(3, 1, { 1 });
        ReportOptions options;
        options.scale = 1;
        QVERIFY(bool(writeReport(path(u"one.png"_s), capture, options)));
        QCOMPARE(QImage(path(u"one.png"_s)).size(), QSize(1600, 900));
        options.scale = 3;
        options.dark = true;
        QVERIFY(bool(writeReport(path(u"three.png"_s), capture, options)));
        const QImage dark(path(u"three.png"_s));
        QCOMPARE(dark.size(), QSize(4800, 2700));
        QCOMPARE(dark.pixelColor(3, 3), Theme::darkTheme().window);
        options.scale = 1;
        options.contents.emplace();
        QVERIFY(bool(writeReport(path(u"all.png"_s), capture, options)));
        QVERIFY(QImage(path(u"all.png"_s)).height() > 2000);
        QVERIFY(bool(writeReport(path(u"all.svg"_s), capture, options)));
        const Parsed svg(contentOf(path(u"all.svg"_s)));
        QVERIFY(svg.isWellFormed && svg.isInert());
        for (const auto& wanted :
            { "Summary", "GET user:2935", "this computer", "127.0.0.1:30006" })
            QVERIFY2(svg.text.contains(QLatin1String(wanted)), wanted);
    }

    void jsonIsWritten()
    {
        QVERIFY(bool(writeReport(path(u"report.json"_s), incidentCapture(3, 1, { 1 }))));
        const QJsonObject json
            = QJsonDocument::fromJson(contentOf(path(u"report.json"_s))).object();
        QVERIFY(json.contains(u"schema"_s));
    }

    void aCaptureIsWrittenToo()
    {
        QVERIFY(bool(writeReport(path(u"x.slotscope"_s), healthyCapture())));
        QVERIFY(QFile::exists(path(u"x.slotscope"_s)));
    }

    void nothingIsHalfWritten_data()
    {
        QTest::addColumn<QString>("ending");
        for (const auto& ending : { "png", "svg", "pdf", "html", "md", "json" })
            QTest::newRow(ending) << QString::fromLatin1(ending);
    }
    void nothingIsHalfWritten()
    {
        QFETCH(QString, ending);
        const QTemporaryDir folder;
        const QString name = folder.filePath(u"report."_s + ending);
        const auto before = QByteArrayLiteral("what was there before");
        QFile old(name);
        QVERIFY(old.open(QIODevice::WriteOnly) && old.write(before) == before.size());
        old.close();
        ReportOptions options;
        options.scale = 1;
        {
            const FullDisk disk(3000);
            const auto failed = writeReport(name, incidentCapture(3, 1, { 1 }), options);
            QVERIFY(!failed);
            QCOMPARE(failed.error().code, support::ErrorCode::FileError);
            QVERIFY(failed.error().detail.contains(u"report"_s));
        }
        QCOMPARE(contentOf(name), before);
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
        // A folder that is a file.
        const auto failed = writeReport(name + u"/in."_s + ending, healthyCapture(), options);
        QVERIFY(!failed && failed.error().code == support::ErrorCode::FileError);
    }

    void pagesHoldWhatIsOnThem()
    {
        const Document document
            = Document::of(incidentCapture(40, 2, { 3 }), everything(), *everything().contents);
        const Sheet sheet = Sheet::layout(document, 1216);
        QVERIFY(sheet.pages.size() > 3);
        const QRectF page(0, 0, Sheet::width, 1216);
        qsizetype pictures = 0;
        for (const Sheet::Page& content : sheet.pages) {
            QVERIFY(!content.texts.isEmpty());
            for (const Sheet::Text& text : content.texts)
                QVERIFY(page.contains(text.rect));
            for (const Sheet::Picture& picture : content.pictures) {
                QVERIFY(page.contains(picture.rect));
                for (const Sheet::Text& text : content.texts)
                    QVERIFY(!picture.rect.intersects(text.rect));
            }
            pictures += content.pictures.size();
        }
        QCOMPARE(pictures, document.figures().size());
        QCOMPARE(Sheet::layout(document, 0).pages.size(), 1);
    }

    void filmStripHasAFrameForEachStep()
    {
        const cluster::Topology topology = healthyCluster();
        const command::Storyboard story = movedStory(topology);
        const FilmStrip strip = FilmStrip::layout(topology, story, 1600);
        QCOMPARE(strip.frames.size(), story.size());
        QVERIFY(strip.more.isEmpty());
        QCOMPARE(strip.frames.first().number, u"1 of 6"_s);
        QCOMPARE(strip.frames.first().lines.join(u' '), story.first().caption);
        for (qsizetype i = 0; i < strip.frames.size(); ++i) {
            const FilmStrip::Frame& frame = strip.frames.at(i);
            QVERIFY(QRectF(QPointF(0, 0), strip.size)
                        .adjusted(-1, -1, 1, 1)
                        .contains(frame.picture.united(frame.caption)));
            for (qsizetype j = 0; j < i; ++j)
                QVERIFY(
                    !frame.picture.united(frame.caption).intersects(strip.frames.at(j).picture));
        }
        // Of many shards those that take part.
        const cluster::Topology many = cluster::Topology::build(evenCluster(500, 1));
        const cluster::Topology few = involvedIn(movedStory(many), many, 6);
        QCOMPARE(few.shards().size(), 6);
        QVERIFY(few.nodeById(nodeId(499)) && few.nodeById(nodeId(53)));
        QCOMPARE(few.labelOf(*few.nodeById(nodeId(499))), u"S500"_s);
    }

    void aReplayHasItsWholeCaption()
    {
        // Whether it is partial stands at the end of the caption.
        const auto gifOf = [](const QString& name, int answered) {
            capture::Capture capture = incidentCapture(3, 1, { 1 });
            capture.name = name;
            cluster::TopologyData data = capture.topology.data();
            data.viewsAnswered = answered;
            capture.topology = cluster::Topology::build(data);
            return animatedGif(capture, capture.traces.first());
        };
        const QString longName = u"orders-of-a-cluster "_s.repeated(12);
        const QByteArray partial = gifOf(longName, 5);
        const QByteArray whole = gifOf(longName, 6);
        QVERIFY(!partial.isEmpty() && partial != whole);
        const int usual = QImage::fromData(gifOf(u"orders"_s, 5)).height();
        QVERIFY(QImage::fromData(partial).height() >= usual + 16);
    }

    void replayIsASmallAnimation()
    {
        const capture::Capture capture = incidentCapture(3, 1, { 1 });
        const QString name = path(u"replay.gif"_s);
        QVERIFY(bool(writeAnimation(name, capture, capture.traces.first())));
        QVERIFY(QFileInfo(name).size() < 2 * 1024 * 1024);
        QImageReader reader(name);
        QCOMPARE(reader.size().width(), 720);
        QCOMPARE(reader.loopCount(), -1); // for ever
        int frames = 0;
        int milliseconds = 0;
        QImage first;
        QImage last;
        while (reader.canRead()) {
            last = reader.read();
            QVERIFY(!last.isNull());
            if (frames++ == 0)
                first = last;
            milliseconds += reader.nextImageDelay();
        }
        QVERIFY(frames > 20);
        // A second a step, and a rest at the end.
        QVERIFY2(milliseconds > 7000 && milliseconds < 10'000,
            qPrintable(QString::number(milliseconds)));
        QVERIFY(first != last);
        // Smaller where it has to be, and not at all where it cannot.
        AnimationOptions options;
        options.mostBytes = 90'000;
        const QByteArray small = animatedGif(capture, capture.traces.first(), options);
        QVERIFY(small.startsWith("GIF89a") && small.size() <= options.mostBytes);
        options.mostBytes = 1000;
        QVERIFY(animatedGif(capture, capture.traces.first(), options).isEmpty());
        QVERIFY(!writeAnimation(name, capture, {}));
    }
};

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::TestReportFormats)
#include "tst_reportformats.moc"
