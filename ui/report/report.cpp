// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/report/report.h"

#include "core/capture/capturefile.h"
#include "core/capture/capturejson.h"
#include "ui/report/markup.h"
#include "ui/report/metadata.h"
#include "ui/report/picture.h"
#include "ui/report/reportbytes.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFileInfo>
#include <QPageLayout>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>

#include <algorithm>
#include <cmath>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

// The translation context.
struct ReportTexts
{
    Q_DECLARE_TR_FUNCTIONS(ReportTexts)
};

support::Error failure(support::ErrorCode code, const QString& detail)
{
    return { code, detail, {} };
}

ReportContents contentsOf(const ReportOptions& options, ReportFormat format)
{
    ReportContents contents = options.contents.value_or(ReportContents::usual(format));
    // Pages of answers are no picture.
    if (format == ReportFormat::Png || format == ReportFormat::Svg)
        contents.rawReplies = false;
    return contents;
}

bool isOnePicture(const Document& document, const ReportOptions& options)
{
    return document.sections.size() == 1 && document.figures().size() == 1
        && options.title.isEmpty() && options.note.isEmpty();
}

/// A single figure as it is, everything else on one long sheet.
Figure imageOf(const Document& document, const ReportOptions& options)
{
    if (isOnePicture(document, options))
        return withCaption(document.figures().first(), document.theme);
    const Sheet sheet = Sheet::layout(document, 0);
    Figure figure;
    figure.name = u"report"_s;
    figure.size = QSizeF(Sheet::width, sheet.pageHeight);
    figure.paint = [sheet](QPainter& painter) { paintSheet(painter, sheet, 0, false); };
    return figure;
}

QPageLayout pdfPage()
{
    return { QPageSize(QPageSize::A4), QPageLayout::Landscape, QMarginsF(0, 0, 0, 0) };
}

support::Result<QByteArray> pdfOf(const Document& document, const QDateTime& at)
{
    const Sheet sheet = pagesOf(document);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setCreator(u"Slotscope"_s);
    writer.setTitle(document.title);
    writer.setResolution(300);
    writer.setPageLayout(pdfPage());
    QPainter painter;
    if (!painter.begin(&writer))
        return failure(support::ErrorCode::FileError, ReportTexts::tr("no PDF can be made"));
    const qreal scale = static_cast<qreal>(writer.width()) / Sheet::width;
    for (int number = 0; number < sheet.pages.size(); ++number) {
        if (number > 0 && !writer.newPage())
            return failure(support::ErrorCode::FileError, ReportTexts::tr("no PDF can be made"));
        painter.save();
        painter.scale(scale, scale);
        paintSheet(painter, sheet, number, true);
        painter.restore();
    }
    painter.end();
    setCreationDate(&bytes, at);
    return bytes;
}

/// Beside NAME.md: NAME.png is the incident picture, the others say what they are.
QStringList pictureFiles(const QString& file, const QList<Figure>& figures)
{
    const QFileInfo info(file);
    const QString stem = info.path() + u'/' + info.completeBaseName();
    QStringList names;
    for (const Figure& figure : figures)
        names.append(figure.name == u"picture" ? QString(stem + u".png"_s)
                                               : QString(stem + u'-' + figure.name + u".png"_s));
    return names;
}

support::Result<QList<FileContent>> markdownFiles(
    const QString& file, const Document& document, int scale)
{
    const QList<Figure> figures = document.figures();
    const QStringList names = pictureFiles(file, figures);
    QStringList links;
    QList<FileContent> files;
    for (qsizetype i = 0; i < figures.size(); ++i) {
        const Figure figure = withCaption(figures.at(i), document.theme);
        const QByteArray png = toPng(renderFigure(figure, document.theme, scale));
        if (png.isEmpty())
            return failure(
                support::ErrorCode::FileError, ReportTexts::tr("no picture can be made"));
        files.append({ names.at(i), png });
        links.append(QFileInfo(names.at(i)).fileName());
    }
    files.append({ file, toMarkdown(document, links) });
    return files;
}

} // namespace

std::optional<ReportFormat> reportFormatOf(const QString& file)
{
    const QString ending = QFileInfo(file).suffix().toLower();
    if (ending == u"png")
        return ReportFormat::Png;
    if (ending == u"svg")
        return ReportFormat::Svg;
    if (ending == u"pdf")
        return ReportFormat::Pdf;
    if (ending == u"html" || ending == u"htm")
        return ReportFormat::Html;
    if (ending == u"md" || ending == u"markdown")
        return ReportFormat::Markdown;
    if (ending == u"json")
        return ReportFormat::Json;
    if (ending == u"slotscope")
        return ReportFormat::Capture;
    return std::nullopt;
}

ReportContents ReportContents::usual(ReportFormat format)
{
    if (format != ReportFormat::Png && format != ReportFormat::Svg)
        return {};
    ReportContents picture { false, false, false, false, false, false, false, false, false };
    picture.picture = true;
    return picture;
}

Document documentOf(
    const capture::Capture& capture, const ReportOptions& options, ReportFormat format)
{
    return Document::of(capture, options, contentsOf(options, format));
}

Sheet pagesOf(const Document& document)
{
    const QSizeF points = pdfPage().fullRect(QPageLayout::Point).size();
    return Sheet::layout(document, Sheet::width * points.height() / points.width());
}

PicturePlace pictureIn(const Sheet& sheet)
{
    for (int page = 0; page < sheet.pages.size(); ++page) {
        for (const Sheet::Picture& picture : sheet.pages.at(page).pictures) {
            if (sheet.figures.at(picture.figure).name != u"picture")
                continue;
            const QSizeF size(Sheet::width, sheet.pageHeight);
            return { page,
                QRectF(picture.rect.x() / size.width(), picture.rect.y() / size.height(),
                    picture.rect.width() / size.width(), picture.rect.height() / size.height()) };
        }
    }
    return {};
}

PicturePlace pictureInImage(const Document& document, const ReportOptions& options)
{
    if (!isOnePicture(document, options))
        return pictureIn(Sheet::layout(document, 0));
    // It has its caption within it.
    const bool isPicture = document.figures().first().name == u"picture";
    return isPicture ? PicturePlace { 0, QRectF(0, 0, 1, 1) } : PicturePlace();
}

support::Result<QList<FileContent>> reportBytes(
    const QString& file, const capture::Capture& capture, const ReportOptions& options)
{
    const std::optional<ReportFormat> format = reportFormatOf(file);
    if (!format) {
        return failure(support::ErrorCode::InvalidInput,
            ReportTexts::tr("a report ends in .png, .svg, .pdf, .html, .md, .json or .slotscope"));
    }
    using Files = QList<FileContent>;
    if (*format == ReportFormat::Json)
        return Files { { file, capture::toJsonDocument(capture, capture.toolVersion) } };

    const Document document = documentOf(capture, options, *format);
    const int scale = std::clamp(options.scale, 1, 3);
    switch (*format) {
    case ReportFormat::Png: {
        const QByteArray png
            = toPng(renderFigure(imageOf(document, options), document.theme, scale));
        if (png.isEmpty()) {
            return failure(
                support::ErrorCode::FileError, ReportTexts::tr("no picture can be made"));
        }
        return Files { { file, png } };
    }
    case ReportFormat::Svg:
        return Files { { file, figureSvg(imageOf(document, options), document.theme) } };
    case ReportFormat::Pdf: {
        const support::Result<QByteArray> pdf = pdfOf(document, capture.savedAt);
        if (!pdf)
            return pdf.error();
        return Files { { file, *pdf } };
    }
    case ReportFormat::Html:
        return Files { { file, toHtml(document) } };
    case ReportFormat::Markdown:
        return markdownFiles(file, document, scale);
    case ReportFormat::Json:
    case ReportFormat::Capture:
        break;
    }
    return failure(support::ErrorCode::InvalidInput, ReportTexts::tr("a capture is no report"));
}

support::Result<support::Done> writeReport(const QString& file, const capture::Capture& capture,
    const ReportOptions& options, Existing existing)
{
    if (reportFormatOf(file) == ReportFormat::Capture) {
        if (existing == Existing::Keep && QFileInfo::exists(file))
            return failure(
                support::ErrorCode::FileError, ReportTexts::tr("%1: is there already").arg(file));
        return capture::writeCapture(file, capture);
    }
    const auto files = reportBytes(file, capture, options);
    if (!files)
        return files.error();
    return writeFiles(*files, existing);
}

QStringList reportFiles(
    const QString& file, const capture::Capture& capture, const ReportOptions& options)
{
    QStringList files { file };
    if (reportFormatOf(file) == ReportFormat::Markdown) {
        const Document document
            = Document::of(capture, options, contentsOf(options, ReportFormat::Markdown));
        files += pictureFiles(file, document.figures());
    }
    return files;
}

QString reportAsMarkdown(const capture::Capture& capture, const ReportOptions& options)
{
    return QString::fromUtf8(toMarkdown(
        Document::of(capture, options, contentsOf(options, ReportFormat::Markdown)), {}));
}

QString reportBaseName(const capture::Capture& capture)
{
    constexpr qsizetype longest = 40;
    QString name;
    for (const QChar c :
        capture.name.isEmpty() ? capture.topology.data().seedTyped : capture.name) {
        const bool isPlain
            = (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9');
        if (isPlain)
            name += c;
        else if (!name.isEmpty() && !name.endsWith(u'-'))
            name += u'-';
        if (name.size() >= longest)
            break;
    }
    while (name.endsWith(u'-'))
        name.chop(1);
    QStringList parts { u"slotscope"_s, name,
        capture.savedAt.isValid() ? capture.savedAt.toUTC().toString(u"yyyyMMdd'T'HHmmss'Z'"_s)
                                  : QString() };
    parts.removeAll(QString());
    return parts.join(u'-');
}

} // namespace slotscope::ui
