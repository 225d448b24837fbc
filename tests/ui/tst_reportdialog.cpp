// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// What the dialog shows is what it saves, and names that are hidden are in no file.

#include "core/capture/blockfile.h"
#include "core/capture/capturefile.h"
#include "tests/support/readcapture.h"
#include "tests/ui/paintfixtures.h"
#include "tests/ui/reportfixtures.h"
#include "ui/report/pageview.h"
#include "ui/report/reportdialog.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDrag>
#include <QFileDialog>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>

namespace slotscope::tests {
using namespace Qt::StringLiterals;
using capture::RedactionOptions;
using ui::ReportFormat;

namespace {

constexpr int patience = 60'000;

QByteArray bytesOf(const QString& name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The lines of a capture.
QByteArray linesOf(const QString& name)
{
    QByteArray lines;
    const auto blocks = capture::BlockFile::open(name);
    for (qsizetype i = 0; blocks && i < blocks->blocks().size(); ++i)
        lines += blocks->read(i).value();
    return lines;
}

capture::Capture namedCapture()
{
    capture::Capture capture = incidentCapture(3, 1, { 1 });
    capture.name = u"orders-of-acme"_s;
    capture.traces.append(movedTrace(capture.topology));
    return capture;
}

} // namespace

class TestReportDialog final : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    std::unique_ptr<ui::ReportDialog> m_dialog;

    template <typename Widget>
    Widget* find(const QString& name) const
    {
        return m_dialog->findChild<Widget*>(name);
    }
    void make(const RedactionOptions& redaction, ReportFormat format = ReportFormat::Png,
        const QString& note = {})
    {
        ui::ReportOrder order;
        order.capture = namedCapture();
        order.redaction = redaction;
        order.format = format;
        order.options.note = note;
        order.options.scale = 1;
        m_dialog = std::make_unique<ui::ReportDialog>(order, m_folder.path());
        m_dialog->show();
        waitForPreview();
    }
    void waitForPreview() const { QTRY_VERIFY_WITH_TIMEOUT(m_dialog->preview(), patience); }
    bool save(const QString& file) const
    {
        const auto* message = find<QLabel>(u"reportMessage"_s);
        m_dialog->save(file);
        const QString saving = message->text();
        return QTest::qWaitFor([&] { return message->text() != saving; }, patience)
            && message->text() == u"Saved as "_s + file;
    }
    /// As the user does.
    void choose(const QString& box, int index) const
    {
        auto* combo = find<QComboBox>(box);
        combo->setFocus();
        combo->setCurrentIndex(index);
        Q_EMIT combo->activated(index);
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
    }
    void cleanup() { m_dialog.reset(); }

    void whatIsShownIsWhatIsSaved_data()
    {
        QTest::addColumn<ReportFormat>("format");
        QTest::newRow("png") << ReportFormat::Png;
        QTest::newRow("svg") << ReportFormat::Svg;
        QTest::newRow("pdf") << ReportFormat::Pdf;
        QTest::newRow("html") << ReportFormat::Html;
        QTest::newRow("md") << ReportFormat::Markdown;
        QTest::newRow("json") << ReportFormat::Json;
        QTest::newRow("slotscope") << ReportFormat::Capture;
    }
    void whatIsShownIsWhatIsSaved()
    {
        QFETCH(ReportFormat, format);
        const capture::Capture before = namedCapture();
        make(RedactionOptions::pseudonyms(), format, u"Seen from orders-of-acme."_s);
        const ui::ReportPreview preview = *m_dialog->preview();
        QVERIFY2(preview.error.isEmpty(), qPrintable(preview.error));
        // The name that the preview's links are made of.
        const QString file = m_folder.filePath(
            ui::reportBaseName(preview.order.capture) + u'.' + ui::formatEnding(format));
        QVERIFY(save(file));
        switch (format) {
        case ReportFormat::Png:
            QCOMPARE(QImage(file), preview.pages.value(0));
            break;
        case ReportFormat::Pdf:
            QVERIFY(preview.pages.size() > 1);
            QVERIFY(bytesOf(file).contains(
                QByteArray("/Count ").append(QByteArray::number(preview.pages.size()))));
            break;
        case ReportFormat::Capture:
            QCOMPARE(preview.text.toUtf8(), linesOf(file));
            break;
        default: {
            // Of a large file the beginning.
            QVERIFY(preview.text.size() > 500);
            const QByteArray beginning = preview.text.left(300'000).toUtf8();
            QCOMPARE(beginning, bytesOf(file).left(beginning.size()));
            break;
        }
        }
        QCOMPARE(
            find<QPlainTextEdit>(u"reportText"_s)->toPlainText().size(), preview.allText().size());
        QCOMPARE(m_dialog->findChild<ui::PageView*>()->pages().size(), preview.pages.size());

        for (const QString& written :
            ui::reportFiles(file, preview.order.capture, preview.order.options)) {
            const Unpacked parts = unpacked(written);
            const QByteArray content = parts.text + parts.bytes;
            QVERIFY(!content.isEmpty());
            QVERIFY2(!content.contains("acme"), qPrintable(written));
            for (const cluster::Node& node : before.topology.nodes()) {
                QVERIFY2(!content.contains(node.id.toString().toLatin1()), qPrintable(written));
                QVERIFY2(!content.contains(node.address.host.toLatin1()), qPrintable(written));
            }
        }
    }

    void thePreviewFollowsTheForm()
    {
        make(RedactionOptions::none(), ReportFormat::Html);
        QVERIFY(m_dialog->preview()->text.contains(u"orders-of-acme"_s));
        choose(u"redactionPreset"_s, 2);
        QVERIFY(!m_dialog->preview()); // not yet
        waitForPreview();
        QVERIFY(!m_dialog->preview()->text.contains(u"acme"_s));

        QTest::keyClicks(find<QLineEdit>(u"reportTitle"_s), u"Out of service"_s);
        find<QCheckBox>(u"hasFindings"_s)->click();
        find<QCheckBox>(u"hasTopology"_s)->click();
        waitForPreview();
        const QString text = m_dialog->preview()->text;
        QVERIFY2(text.contains(u"<h1>Out of service</h1>"_s),
            qPrintable(text.mid(text.indexOf(u"<h1"_s), 100)));
        QVERIFY(!text.contains(u"<h2>Findings"_s));
        QVERIFY(text.contains(u"<h2>Topology"_s));

        auto* traces = find<QListWidget>(u"reportTraces"_s);
        QCOMPARE(traces->count(), namedCapture().traces.size());
        for (int i = 0; i < traces->count(); ++i)
            traces->item(i)->setCheckState(Qt::Unchecked);
        waitForPreview();
        QVERIFY(m_dialog->preview()->text.size() < text.size());

        // What a picture has is another matter, until it is chosen.
        const QSize light = m_dialog->preview()->pages.value(0).size();
        QVERIFY(!light.isEmpty());
        choose(u"reportColours"_s, 1);
        waitForPreview();
        QVERIFY(qGray(m_dialog->preview()->pages.value(0).pixel(2, 2)) < 100);
    }

    /// Nothing can be ticked that the format has no place for, and each says why.
    void whatHasNoEffectCannotBeChosen()
    {
        make(RedactionOptions::none(), ReportFormat::Png);
        auto* traces = find<QListWidget>(u"reportTraces"_s);
        QVERIFY(!traces->isEnabled());
        QVERIFY2(traces->toolTip().contains(u"film strips"), qPrintable(traces->toolTip()));
        QVERIFY(!find<QCheckBox>(u"hasTime"_s)->isEnabled());
        QVERIFY(!find<QCheckBox>(u"hasRaw"_s)->isEnabled());
        find<QCheckBox>(u"hasSequences"_s)->click();
        QVERIFY(traces->isEnabled());
        QVERIFY(traces->toolTip().isEmpty());
        QVERIFY(find<QCheckBox>(u"hasTime"_s)->isEnabled());
        find<QCheckBox>(u"hasSequences"_s)->click();
        QVERIFY(!traces->isEnabled());
        // A note makes a page of it, which tells the time by itself.
        find<QPlainTextEdit>(u"reportNote"_s)->setPlainText(u"Out of service"_s);
        QVERIFY(find<QCheckBox>(u"hasTime"_s)->isEnabled());

        choose(u"reportFormat"_s, 5); // JSON
        const QStringList names { u"hasPicture"_s, u"hasTime"_s, u"reportTraces"_s,
            u"reportTitle"_s, u"reportNote"_s, u"reportColours"_s, u"reportScale"_s };
        for (const QString& name : names) {
            const auto* widget = find<QWidget>(name);
            QVERIFY2(!widget->isEnabled(), qPrintable(name));
            QVERIFY2(!widget->toolTip().isEmpty(), qPrintable(name));
        }
    }

    void noOldPreviewLeaves()
    {
        make(RedactionOptions::none());
        auto* copy = find<QPushButton>(u"copyReportPicture"_s);
        auto* save = find<QPushButton>(u"saveReport"_s);
        QVERIFY(copy->isEnabled() && save->isEnabled());
        QGuiApplication::clipboard()->clear();
        choose(u"redactionPreset"_s, 2);
        QVERIFY(!copy->isEnabled() && !save->isEnabled());
        // Whatever way they are called in.
        Q_EMIT copy->clicked();
        QVERIFY(QGuiApplication::clipboard()->image().isNull());
        Q_EMIT save->clicked();
        QVERIFY(!m_dialog->findChild<QFileDialog*>());
        Q_EMIT m_dialog->findChild<ui::PageView*>()->dragged(0);
        QVERIFY(!m_dialog->findChild<QDrag*>());
        waitForPreview();
        QVERIFY(copy->isEnabled() && save->isEnabled());
        copy->click();
        QCOMPARE(QGuiApplication::clipboard()->image().size(),
            m_dialog->preview()->pages.value(0).size());
    }

    void whatIsReplacedIsWhatIsAskedAbout()
    {
        make(RedactionOptions::none());
        const QString file = m_folder.filePath(u"asked.md"_s);
        choose(u"reportFormat"_s, static_cast<int>(ReportFormat::Markdown));
        waitForPreview();
        QVERIFY(save(file));
        const ui::ReportPreview preview = *m_dialog->preview();
        QVERIFY(ui::reportFiles(file, preview.order.capture, preview.order.options).size() > 1);
        find<QPushButton>(u"saveReport"_s)->click();
        auto* dialog = m_dialog->findChild<QFileDialog*>();
        QVERIFY(dialog);
        Q_EMIT dialog->fileSelected(file);
        QVERIFY(m_dialog->findChild<QMessageBox*>());
    }

    void eachKindHasItsOwnWay()
    {
        make(RedactionOptions::none(), ReportFormat::Json);
        const QByteArray id = namedCapture().topology.nodes().first().id.toString().toLatin1();
        QVERIFY(m_dialog->preview()->text.contains(QLatin1String(id)));
        choose(u"redactIds"_s, 2);
        QCOMPARE(find<QComboBox>(u"redactionPreset"_s)->currentIndex(), 3);
        waitForPreview();
        QVERIFY(!m_dialog->preview()->text.contains(QLatin1String(id)));
        QVERIFY(m_dialog->preview()->text.contains(
            namedCapture().topology.nodes().first().address.host));
    }

    void pseudonymsAreTheSameInTheNextReport()
    {
        ui::ReportOrder order;
        order.capture = namedCapture();
        order.redaction = RedactionOptions::pseudonyms();
        order.pseudonyms = m_folder.filePath(u"pseudonyms.json"_s);
        order.format = ReportFormat::Json;
        const ui::ReportPreview first = ui::previewOf(order);
        order.capture.topology = namedCluster(3);
        (void)ui::previewOf(order); // others come in between
        order.capture = namedCapture();
        QCOMPARE(ui::previewOf(order).text, first.text);
    }

    void marksAreKeptWithTheCapture()
    {
        make(RedactionOptions::pseudonyms());
        QSignalSpy marked(m_dialog.get(), &ui::ReportDialog::marksChanged);
        const ui::ReportPreview without = *m_dialog->preview();
        QCOMPARE(without.picturePage, 0);
        auto* pages = m_dialog->findChild<ui::PageView*>();
        Q_EMIT pages->clicked(0, { 0.25, 0.5 }, Qt::NoModifier);
        auto* table = find<QTableWidget>(u"markTable"_s);
        QCOMPARE(table->rowCount(), 1);
        auto* editor = table->findChild<QLineEdit*>(); // its line can be typed at once
        QVERIFY(editor);
        QTest::keyClicks(editor, u"Here in orders-of-acme"_s);
        QTest::keyClick(editor, Qt::Key_Return);
        QVERIFY(!marked.isEmpty());
        waitForPreview();
        const ui::ReportPreview with = *m_dialog->preview();
        QVERIFY(with.pages.first() != without.pages.first());
        QCOMPARE(with.order.capture.marks.size(), 1);
        QVERIFY(!with.order.capture.marks.first().text.contains(u"acme"_s));

        // At the mark: it is chosen, not a second one. With Shift it goes elsewhere.
        Q_EMIT pages->clicked(0, { 0.251, 0.501 }, Qt::NoModifier);
        QCOMPARE(table->rowCount(), 1);
        Q_EMIT pages->clicked(0, { 0.75, 0.25 }, Qt::ShiftModifier);
        waitForPreview();
        QCOMPARE(m_dialog->preview()->order.capture.marks.first().at, QPointF(0.75, 0.25));
        const QString file = m_folder.filePath(u"marked.slotscope"_s);
        QVERIFY(save(file));
        const auto read = tests::readCapture(file);
        QVERIFY(read);
        QCOMPARE(read->marks, m_dialog->preview()->order.capture.marks);

        // Without a mouse.
        table->item(0, 1)->setData(Qt::EditRole, 10);
        waitForPreview();
        QCOMPARE(m_dialog->preview()->order.capture.marks.first().at, QPointF(0.1, 0.25));
        find<QPushButton>(u"deleteMark"_s)->click();
        waitForPreview();
        QCOMPARE(m_dialog->preview()->pages.first(), without.pages.first());
    }

    void aClickBesideThePictureIsNoMark()
    {
        make(RedactionOptions::none(), ReportFormat::Html);
        const ui::ReportPreview preview = *m_dialog->preview();
        QCOMPARE(preview.picturePage, 0);
        auto* pages = m_dialog->findChild<ui::PageView*>();
        Q_EMIT pages->clicked(0, { 0.5, 0.001 }, Qt::NoModifier);
        QCOMPARE(find<QTableWidget>(u"markTable"_s)->rowCount(), 0);
        Q_EMIT pages->clicked(0, preview.picture.center(), Qt::NoModifier);
        QCOMPARE(find<QTableWidget>(u"markTable"_s)->rowCount(), 1);
    }

    void aPageIsDraggedOut_data()
    {
        QTest::addColumn<ReportFormat>("format");
        QTest::addColumn<int>("page");
        QTest::newRow("the picture") << ReportFormat::Png << 0;
        QTest::newRow("the second page of a PDF") << ReportFormat::Pdf << 1;
        QTest::newRow("a picture of Markdown's") << ReportFormat::Markdown << 1;
    }
    void aPageIsDraggedOut()
    {
        QFETCH(ReportFormat, format);
        QFETCH(int, page);
        make(RedactionOptions::pseudonyms(), format);
        QImage shown = m_dialog->preview()->pages.value(page);
        QVERIFY(!shown.isNull());
        const auto data = m_dialog->draggedData(page);
        QVERIFY(data);
        QCOMPARE(
            data->formats(), (QStringList { u"application/x-qt-image"_s, u"text/uri-list"_s }));
        QCOMPARE(qvariant_cast<QImage>(data->imageData()), shown);
        QCOMPARE(data->urls().size(), 1);
        const QString file = data->urls().first().toLocalFile();
        shown.setDevicePixelRatio(1);
        QCOMPARE(QImage(file).convertToFormat(shown.format()), shown);
        // Its name and what it says of itself.
        const QString number = format == ReportFormat::Png ? QString() : u"-2"_s;
        QCOMPARE(QFileInfo(file).fileName(),
            u"slotscope-cluster-1-20261123T140741Z%1.png"_s.arg(number));
        QVERIFY(!unpacked(file).text.contains("acme"));
        QVERIFY(!m_dialog->draggedData(99));
        // It may be read as long as the dialog is there, and leaves nothing.
        m_dialog.reset();
        QVERIFY(!QFile::exists(file));
    }

    void theFileIsCalledAsTheReportIs_data()
    {
        QTest::addColumn<ReportFormat>("format");
        QTest::addColumn<QString>("ending");
        QTest::newRow("png") << ReportFormat::Png << u"png"_s;
        QTest::newRow("pdf") << ReportFormat::Pdf << u"pdf"_s;
        QTest::newRow("md") << ReportFormat::Markdown << u"md"_s;
        QTest::newRow("slotscope") << ReportFormat::Capture << u"slotscope"_s;
    }
    void theFileIsCalledAsTheReportIs()
    {
        QFETCH(ReportFormat, format);
        QFETCH(QString, ending);
        make(RedactionOptions::pseudonyms(), format);
        find<QPushButton>(u"saveReport"_s)->click();
        const auto* dialog = m_dialog->findChild<QFileDialog*>();
        QVERIFY(dialog);
        QCOMPARE(dialog->acceptMode(), QFileDialog::AcceptSave);
        QVERIFY(!dialog->testOption(QFileDialog::DontConfirmOverwrite));
        QCOMPARE(dialog->selectedFiles(),
            QStringList(m_folder.path() + u"/slotscope-cluster-1-20261123T140741Z."_s + ending));
    }

    void whatCannotBeWrittenIsSaid()
    {
        make(RedactionOptions::none());
        QVERIFY(!save(m_folder.filePath(u"not/there.png"_s)));
        QVERIFY(!find<QLabel>(u"reportMessage"_s)->text().isEmpty());
        QVERIFY(!save(m_folder.filePath(u"report.docx"_s)));
        QVERIFY(!QFile::exists(m_folder.filePath(u"report.docx"_s)));
    }

    void pictureAndMarkdownAreCopied()
    {
        make(RedactionOptions::shortened());
        find<QPushButton>(u"copyReportPicture"_s)->click();
        const QMimeData* copied = QGuiApplication::clipboard()->mimeData();
        QCOMPARE(QGuiApplication::clipboard()->image().size(), QSize(1600, 900));
        QVERIFY(QGuiApplication::clipboard()->image().textKeys().isEmpty());
        QCOMPARE(copied->formats(), QStringList(u"application/x-qt-image"_s)); // nothing beside it
        find<QPushButton>(u"copyReportMarkdown"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(
            QGuiApplication::clipboard()->text().startsWith(u"# "_s), patience);
        const QMimeData* text = QGuiApplication::clipboard()->mimeData();
        QCOMPARE(text->formats(), QStringList(u"text/plain"_s));
        QVERIFY(!text->text().contains(u"acme"_s));
        QVERIFY(!text->text().contains(u"127.0.0.1"_s));
    }
};

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::TestReportDialog)
#include "tst_reportdialog.moc"
