// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/report/picture.h"

#include "ui/report/picturelayout.h"
#include "ui/slotmap/ribbonpainter.h"
#include "ui/theme/drawing.h"
#include "ui/theme/theme.h"
#include "ui/topology/cardpainter.h"
#include "ui/topology/storypainter.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QPainter>
#include <QSaveFile>
#include <QSvgGenerator>

namespace slotscope::ui {

namespace {

void paintSign(QPainter& painter, const QRectF& rect, health::Severity severity, const Theme& theme)
{
    switch (severity) {
    case health::Severity::Calm:
        paintOkSign(painter, rect.center(), rect.width(), theme.good, theme.window);
        break;
    case health::Severity::Notice:
        paintWarningSign(painter, rect.center(), rect.width() * 0.9, theme.mutedText, theme.window);
        break;
    case health::Severity::Warning:
        paintWarningSign(painter, rect.center(), rect.width() * 0.9, theme.warning, theme.window);
        break;
    case health::Severity::Error:
        paintDownSign(painter, rect.center(), rect.width(), theme.danger, theme.window);
        break;
    }
}

void paintHead(
    QPainter& painter, const PictureLayout& layout, const PictureInput& input, const Theme& theme)
{
    paintSign(painter, layout.sign, input.headline.severity, theme);
    const QFont font = textFont(PictureLayout::headlinePixels, QFont::Bold);
    const qreal lineHeight
        = layout.headline.height() / static_cast<qreal>(layout.headlineLines.size());
    for (qsizetype i = 0; i < layout.headlineLines.size(); ++i) {
        const QRectF line(layout.headline.left(),
            layout.headline.top() + static_cast<qreal>(i) * lineHeight, layout.headline.width(),
            lineHeight);
        drawLine(painter, line, font, theme.text, layout.headlineLines.at(i));
    }
    drawLine(painter, layout.evidence, textFont(22), theme.mutedText, layout.evidenceText);
    if (!layout.badge.isEmpty()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.warning);
        painter.drawRoundedRect(layout.badge, 8, 8);
        drawLine(painter, layout.badge, textFont(30, QFont::Bold), theme.surface, layout.badgeText,
            Qt::AlignHCenter);
    }
}

void paintFoot(
    QPainter& painter, const PictureLayout& layout, const PictureInput& input, const Theme& theme)
{
    if (!layout.caption.isEmpty()) {
        painter.setPen(QPen(theme.border, 1));
        painter.setBrush(theme.surface);
        painter.drawRoundedRect(layout.caption, 8, 8);
        const QString count = QCoreApplication::translate("Picture", "%1 of %2")
                                  .arg(input.frame.step + 1)
                                  .arg(input.story.size());
        const QRectF inner = layout.caption.adjusted(18, 0, -18, 0);
        drawLine(painter, QRectF(inner.topLeft(), QSizeF(84, inner.height())),
            textFont(20, QFont::DemiBold), theme.accent, count);
        drawLine(
            painter, inner.adjusted(92, 0, 0, 0), textFont(23), theme.text, layout.captionText);
    }
    drawLine(painter, layout.footer, textFont(17), theme.mutedText, layout.footerText);
}

void paintPicture(QPainter& painter, const PictureInput& input)
{
    const Theme theme = input.dark ? Theme::darkTheme() : Theme::light();
    const PictureLayout layout = PictureLayout::layout(input);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::TextAntialiasing);
    painter.fillRect(QRectF(0, 0, PictureLayout::width, PictureLayout::height), theme.window);
    paintHead(painter, layout, input, theme);
    if (!layout.ribbon.isEmpty()) {
        const SlotTable table(input.topology);
        const auto ribbon = RibbonGeometry::layout(input.topology, table, layout.ribbon, 1.5);
        paintRibbon(painter, ribbon, input.topology, {}, theme);
    }
    CardFacts facts;
    facts.silent = input.silent;
    const TopologyGeometry geometry
        = TopologyGeometry::layout(input.topology, layout.picture, input.story, facts);
    paintCards(painter, geometry, theme);
    paintStory(painter, geometry, sceneAt({ geometry, input.story }, input.frame), theme);
    paintFoot(painter, layout, input, theme);
}

support::Result<support::Done> writeFile(const QString& name, const QByteArray& bytes)
{
    QSaveFile file(name);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return support::Error { support::ErrorCode::FileError, file.errorString(), name };
    return support::Done {};
}

} // namespace

QImage renderPicture(const PictureInput& input)
{
    constexpr int pixelRatio = 2;
    QImage image(PictureLayout::width * pixelRatio, PictureLayout::height * pixelRatio,
        QImage::Format_RGB32);
    image.setDevicePixelRatio(pixelRatio);
    QPainter painter(&image);
    paintPicture(painter, input);
    return image;
}

support::Result<support::Done> savePicturePng(const QString& file, const PictureInput& input)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    if (!renderPicture(input).save(&buffer, "PNG"))
        return support::Error { support::ErrorCode::FileError, QStringLiteral("PNG"), file };
    return writeFile(file, bytes);
}

support::Result<support::Done> savePictureSvg(const QString& file, const PictureInput& input)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    {
        QSvgGenerator generator;
        generator.setOutputDevice(&buffer);
        generator.setSize(QSize(PictureLayout::width, PictureLayout::height));
        generator.setViewBox(QRect(0, 0, PictureLayout::width, PictureLayout::height));
        // Fixed words: the generator does not escape its title.
        generator.setTitle(QStringLiteral("Slotscope"));
        QPainter painter(&generator);
        paintPicture(painter, input);
    }
    return writeFile(file, bytes);
}

} // namespace slotscope::ui
