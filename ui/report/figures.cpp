// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/report/figures.h"

#include "core/support/bytes.h"
#include "ui/report/filmstrip.h"
#include "ui/report/incident.h"
#include "ui/report/picturepainter.h"
#include "ui/report/svgpicture.h"
#include "ui/slotmap/slotmappainter.h"
#include "ui/theme/drawing.h"
#include "ui/theme/plaintext.h"
#include "ui/theme/textflow.h"
#include "ui/topology/cardpainter.h"
#include "ui/trace/sequencepainter.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

// The translation context.
struct FigureTexts
{
    Q_DECLARE_TR_FUNCTIONS(FigureTexts)
};

constexpr qreal sheetWidth = 1600;
// A raster image knows 16 bits of coordinates.
constexpr qreal mostPixels = 32000;

QFont captionFont()
{
    return textFont(16);
}

Theme themeOf(bool dark)
{
    return dark ? Theme::darkTheme() : Theme::light();
}

QString commandText(const command::Trace& trace)
{
    QStringList words;
    qsizetype size = 0;
    for (const QByteArray& word : trace.argv) {
        words.append(visibleText(support::toVisibleText(word, 60)));
        size += words.last().size();
        if (size > 100 && words.size() < trace.argv.size()) {
            words.append(u"…"_s);
            break;
        }
    }
    return words.join(u' ');
}

const cluster::Topology& mapOf(const capture::Capture& capture, const command::Trace& trace)
{
    return trace.map.isEmpty() ? capture.topology : trace.map;
}

/// A capture's redirect that is worth a picture, when there is nothing else to show.
PictureOptions storyOf(const capture::Capture& capture, const Incident& incident)
{
    PictureOptions options;
    if (!incident.affected.isEmpty() || !incident.rows.isEmpty())
        return options;
    for (auto trace = capture.traces.crbegin(); trace != capture.traces.crend(); ++trace) {
        const command::Storyboard story = command::tellStory(*trace);
        for (int i = 0; i < story.size(); ++i) {
            const command::StepKind kind = story.at(i).kind;
            if (kind == command::StepKind::MovedReply || kind == command::StepKind::AskReply) {
                options.story = story;
                options.frame = tellingMoment(story, i);
                return options;
            }
        }
    }
    return options;
}

} // namespace

Figure incidentFigure(const capture::Capture& capture, bool dark)
{
    const Incident incident = Incident::of(capture);
    PictureOptions options = storyOf(capture, incident);
    options.dark = dark;
    const PictureLayout layout = PictureLayout::layout(capture, incident, options);
    Figure figure;
    figure.name = u"picture"_s;
    figure.title = incident.headline.verdict;
    figure.caption = captionOf(capture);
    figure.size = QSizeF(PictureLayout::width, PictureLayout::height);
    figure.isCaptioned = true;
    figure.paint = [capture, incident, layout, options](QPainter& painter) {
        paintPicture(painter, capture, incident, layout, options);
    };
    return figure;
}

Figure topologyFigure(const capture::Capture& capture, bool dark)
{
    Figure figure;
    if (capture.topology.isEmpty())
        return figure;
    figure.name = u"topology"_s;
    figure.title = FigureTexts::tr("The shards of %1").arg(clusterNameOf(capture));
    figure.caption = captionOf(capture);
    figure.size = QSizeF(sheetWidth, 800);
    CardFacts facts;
    facts.silent = Incident::of(capture).silent;
    const auto geometry = TopologyGeometry::layout(
        capture.topology, QRectF(QPointF(0, 0), figure.size).adjusted(12, 12, -12, -12), {}, facts);
    figure.paint
        = [geometry, dark](QPainter& painter) { paintCards(painter, geometry, themeOf(dark)); };
    return figure;
}

Figure slotMapFigure(const capture::Capture& capture, bool dark)
{
    Figure figure;
    const cluster::Topology& topology = capture.topology;
    if (topology.data().kind != cluster::Kind::Cluster || !topology.slotsKnown())
        return figure;
    figure.name = u"slots"_s;
    figure.title = FigureTexts::tr("Who owns which of the 16384 slots");
    figure.caption = captionOf(capture);
    // 128 cells of 6, the rows' numbers, and as many lines of legend as there are.
    const SlotTable table(topology);
    const auto geometry = SlotMapGeometry::layout(topology, table, QRectF(12, 12, 820, 920));
    qreal bottom = geometry.map.bottom();
    for (const SlotMapGeometry::LegendEntry& entry : geometry.legend)
        bottom = std::max(bottom, entry.rect.bottom());
    figure.size = QSizeF(844, bottom + 12);
    figure.paint = [topology, table, geometry, dark](QPainter& painter) {
        paintSlotMapGround(painter, geometry, table, topology, {}, themeOf(dark));
    };
    return figure;
}

Figure filmStripFigure(const capture::Capture& capture, const command::Trace& trace, bool dark)
{
    Figure figure;
    const command::Storyboard story = command::tellStory(trace);
    if (story.isEmpty())
        return figure;
    figure.name = u"trace"_s;
    figure.title = commandText(trace);
    figure.caption = captionOf(capture);
    const FilmStrip strip = FilmStrip::layout(mapOf(capture, trace), story, sheetWidth);
    figure.size = strip.size;
    figure.paint
        = [strip, dark](QPainter& painter) { paintFilmStrip(painter, strip, themeOf(dark)); };
    return figure;
}

Figure sequenceFigure(const capture::Capture& capture, const command::Trace& trace, bool dark)
{
    Figure figure;
    const command::Storyboard story = command::tellStory(trace);
    if (story.isEmpty())
        return figure;
    figure.name = u"sequence"_s;
    figure.title = commandText(trace);
    figure.caption = captionOf(capture);
    const SequenceGeometry geometry = SequenceGeometry::layout(story, 900);
    figure.size = geometry.size + QSizeF(0, 10);
    figure.paint = [geometry, story, dark](QPainter& painter) {
        const Theme theme = themeOf(dark);
        const int last = static_cast<int>(story.size()) - 1;
        // All of it has happened, and nothing is under way.
        paintSequence(
            painter, geometry, { last + 1, 1 }, QRectF(QPointF(0, 0), geometry.size), theme);
        paintSequenceHeads(painter, geometry, theme);
    };
    return figure;
}

Figure withCaption(const Figure& figure, const Theme& theme)
{
    if (figure.isEmpty() || figure.isCaptioned)
        return figure;
    constexpr qreal margin = 24;
    constexpr qreal head = 40;
    constexpr qreal line = 24;
    // Whole: whether it is partial stands at its end.
    const QStringList lines = wrappedText(figure.caption, captionFont(), figure.size.width(), 6);
    Figure framed = figure;
    framed.isCaptioned = true;
    framed.size += QSizeF(2 * margin, head + 2 * margin + line * static_cast<qreal>(lines.size()));
    framed.paint = [figure, theme, lines, size = framed.size](QPainter& painter) {
        painter.fillRect(QRectF(QPointF(0, 0), size), theme.window);
        const qreal width = size.width() - 2 * margin;
        drawLine(painter, QRectF(margin, margin / 2, width, head), textFont(22, QFont::Bold),
            theme.text, figure.title);
        painter.save();
        painter.translate(margin, margin + head);
        figure.paint(painter);
        painter.restore();
        QRectF rect(margin, margin * 1.5 + head + figure.size.height(), width, line);
        for (const QString& text : lines) {
            drawLine(painter, rect, captionFont(), theme.mutedText, text);
            rect.translate(0, line);
        }
    };
    return framed;
}

QImage renderFigure(const Figure& figure, const Theme& theme, qreal scale)
{
    if (figure.isEmpty())
        return {};
    scale
        = std::min({ scale, mostPixels / figure.size.width(), mostPixels / figure.size.height() });
    QImage image(static_cast<int>(std::ceil(figure.size.width() * scale)),
        static_cast<int>(std::ceil(figure.size.height() * scale)), QImage::Format_RGB32);
    if (image.isNull())
        return image;
    image.setDevicePixelRatio(scale);
    image.fill(theme.window);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::TextAntialiasing);
    figure.paint(painter);
    return image;
}

QByteArray figureSvg(const Figure& figure, const Theme& theme)
{
    if (figure.isEmpty())
        return {};
    const QSize size(static_cast<int>(std::ceil(figure.size.width())),
        static_cast<int>(std::ceil(figure.size.height())));
    return svgDocument(size, [&](QPainter& painter) {
        painter.fillRect(QRectF(QPointF(0, 0), QSizeF(size)), theme.window);
        figure.paint(painter);
    });
}

} // namespace slotscope::ui
