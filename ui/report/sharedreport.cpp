// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/report/sharedreport.h"

#include "core/capture/blockfile.h"
#include "core/capture/pseudonyms.h"
#include "core/capture/slice.h"
#include "core/explain/errors.h"
#include "core/explain/wording.h"
#include "ui/report/metadata.h"
#include "ui/report/reportbytes.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QPainter>
#include <QSvgRenderer>
#include <QTemporaryDir>

#include <functional>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

// The translation context.
struct SharedReport
{
    Q_DECLARE_TR_FUNCTIONS(SharedReport)
};

/// More is in the file, but not in the preview.
constexpr qsizetype mostText = 400'000;
constexpr int mostPages = 40;
constexpr qreal pageScale = 1.25;

QString textOf(const QByteArray& bytes)
{
    QString text = QString::fromUtf8(bytes.left(mostText));
    if (bytes.size() > mostText)
        text += SharedReport::tr("\n… and %1 bytes more").arg(bytes.size() - mostText);
    return text;
}

/// The lines of a capture's file, unpacked.
QByteArray linesOf(const QString& file)
{
    QByteArray lines;
    const auto blocks = capture::BlockFile::open(file);
    if (!blocks)
        return lines;
    for (qsizetype i = 0; i < blocks->blocks().size() && lines.size() <= mostText; ++i) {
        if (const auto block = blocks->read(i))
            lines += *block;
    }
    return lines;
}

QList<QImage> drawn(const Sheet& sheet, bool isNumbered)
{
    QList<QImage> pages;
    for (int number = 0; number < sheet.pages.size() && number < mostPages; ++number) {
        Figure page;
        page.size = QSizeF(Sheet::width, sheet.pageHeight);
        page.paint = [&sheet, number, isNumbered](
                         QPainter& painter) { paintSheet(painter, sheet, number, isNumbered); };
        pages.append(renderFigure(page, sheet.theme, pageScale));
    }
    return pages;
}

QImage drawnSvg(const QByteArray& svg)
{
    QSvgRenderer renderer(svg);
    if (!renderer.isValid())
        return {};
    QImage image(renderer.defaultSize() * 2, QImage::Format_RGB32);
    if (image.isNull())
        return {};
    image.fill(Qt::white);
    QPainter painter(&image);
    renderer.render(&painter);
    return image;
}

QStringList aboutPicture(const QImage& image, const QByteArray& png)
{
    return QStringList {
        SharedReport::tr("A picture of %1 × %2 pixels.").arg(image.width()).arg(image.height())
    }
    + metadataOfPng(png);
}

void fill(ReportPreview* preview, const QString& file, const QList<FileContent>& files)
{
    const ReportOrder& order = preview->order;
    const auto place = [preview](const PicturePlace& found) {
        preview->picturePage = found.page;
        preview->picture = found.part;
    };
    const bool isText = order.format == ReportFormat::Json || order.format == ReportFormat::Capture;
    const Document document
        = isText ? Document() : documentOf(order.capture, order.options, order.format);
    const QByteArray bytes = files.isEmpty() ? QByteArray() : files.constLast().bytes;
    switch (order.format) {
    case ReportFormat::Png: {
        const QImage image = QImage::fromData(bytes);
        preview->pages.append(image);
        preview->metadata = aboutPicture(image, bytes);
        place(pictureInImage(document, order.options));
        break;
    }
    case ReportFormat::Svg:
        preview->pages.append(drawnSvg(bytes));
        place(pictureInImage(document, order.options));
        preview->text = textOf(bytes);
        break;
    case ReportFormat::Pdf: {
        const Sheet sheet = pagesOf(document);
        preview->pages = drawn(sheet, true);
        place(pictureIn(sheet));
        preview->metadata = QStringList { explain::counted(sheet.pages.size(),
                                SharedReport::tr("%1 page."), SharedReport::tr("%1 pages.")) }
            + metadataOfPdf(bytes);
        break;
    }
    case ReportFormat::Html: {
        const Sheet sheet = Sheet::layout(document, 0);
        preview->pages = drawn(sheet, false);
        preview->text = textOf(bytes);
        place(pictureIn(sheet));
        break;
    }
    case ReportFormat::Markdown:
        for (qsizetype i = 0; i + 1 < files.size(); ++i) {
            const QByteArray& png = files.at(i).bytes;
            preview->pages.append(QImage::fromData(png));
            preview->metadata.append(QFileInfo(files.at(i).name).fileName() + u": "_s
                + aboutPicture(preview->pages.constLast(), png).join(u"; "_s));
        }
        for (qsizetype i = 0; i < document.figures().size(); ++i) {
            if (document.figures().at(i).name == u"picture")
                place({ static_cast<int>(i), QRectF(0, 0, 1, 1) });
        }
        preview->text = textOf(bytes);
        break;
    case ReportFormat::Json:
        preview->text = textOf(bytes);
        break;
    case ReportFormat::Capture:
        preview->text = textOf(linesOf(file));
        break;
    }
}

} // namespace

QString ReportPreview::allText() const
{
    // A text says of itself what it says; nothing in it is hidden.
    QString about = metadata.join(u'\n');
    if (text.isEmpty())
        return about + u'\n' + SharedReport::tr("Nothing else is in the file.");
    return about.isEmpty() ? text : QString(about + u"\n\n"_s + text);
}

ReportOrder shared(const ReportOrder& order)
{
    ReportOrder result = order;
    // What the user writes about the cluster has its names in it: redacted beside them.
    capture::Capture whole = order.capture;
    const qsizetype notes = whole.notes.size();
    whole.notes.append({ {}, order.options.title });
    whole.notes.append({ {}, order.options.note });
    result.capture = capture::redactedWith(order.pseudonyms, whole, order.redaction);
    result.options.note = result.capture.notes.takeLast().text;
    result.options.title = result.capture.notes.takeLast().text;
    Q_ASSERT(result.capture.notes.size() == notes);
    return result;
}

ReportPreview previewOf(const ReportOrder& order)
{
    ReportPreview preview;
    preview.order = shared(order);
    const QTemporaryDir folder;
    const QString file = folder.filePath(
        reportBaseName(preview.order.capture) + u'.' + formatEnding(order.format));
    if (order.format == ReportFormat::Capture) {
        const auto written = writeShared(file, order);
        if (!written)
            preview.error = explain::errorSentence(written.error());
        fill(&preview, file, {});
        return preview;
    }
    const auto files = reportBytes(file, preview.order.capture, preview.order.options);
    if (files)
        fill(&preview, file, *files);
    else
        preview.error = explain::errorSentence(files.error());
    return preview;
}

support::Result<support::Done> writeShared(const QString& file, const ReportOrder& order)
{
    if (order.format == ReportFormat::Capture) {
        const capture::Slice slice { order.capture, order.timeline, order.redaction };
        support::Result<capture::Capture> written = order.capture;
        capture::withPseudonyms(
            order.redaction, order.pseudonyms, [&](capture::Pseudonyms* pseudonyms) {
                written = capture::writeSlice(file, slice, pseudonyms);
            });
        if (!written)
            return written.error();
        return support::Done {};
    }
    const ReportOrder result = shared(order);
    return writeReport(file, result.capture, result.options);
}

QString formatTitle(ReportFormat format)
{
    switch (format) {
    case ReportFormat::Png:
        return SharedReport::tr("PNG picture");
    case ReportFormat::Svg:
        return SharedReport::tr("SVG picture");
    case ReportFormat::Pdf:
        return SharedReport::tr("PDF document");
    case ReportFormat::Html:
        return SharedReport::tr("HTML page");
    case ReportFormat::Markdown:
        return SharedReport::tr("Markdown, pictures beside it");
    case ReportFormat::Json:
        return SharedReport::tr("JSON");
    case ReportFormat::Capture:
        return SharedReport::tr("Slotscope capture");
    }
    return {};
}

QString formatEnding(ReportFormat format)
{
    switch (format) {
    case ReportFormat::Png:
        return u"png"_s;
    case ReportFormat::Svg:
        return u"svg"_s;
    case ReportFormat::Pdf:
        return u"pdf"_s;
    case ReportFormat::Html:
        return u"html"_s;
    case ReportFormat::Markdown:
        return u"md"_s;
    case ReportFormat::Json:
        return u"json"_s;
    case ReportFormat::Capture:
        return u"slotscope"_s;
    }
    return {};
}

} // namespace slotscope::ui
