// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/slotmap/slotmappainter.h"

#include "ui/theme/drawing.h"

#include <QCoreApplication>
#include <QImage>
#include <QPaintEngine>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace slotscope::ui {

namespace {

using Entry = SlotMapGeometry::LegendEntry;

constexpr int fewSlots = SlotMapGeometry::columns / 2;
constexpr qsizetype mostArrows = 32;

bool byNumber(const SlotMapState& state)
{
    return state.scale != nullptr;
}

bool isShown(const cluster::Shard& shard, const SlotMapState& state)
{
    return state.shownShards.isEmpty() || state.shownShards.contains(shard.index);
}

// Grey, and not one of the ground's: there are slots, only not those that are looked for.
QColor hiddenColor(const Theme& theme)
{
    return blended(theme.mutedText, theme.surface, 0.2);
}

QColor unknownColor(const Theme& theme)
{
    return theme.surface;
}

// The colour of each step of each shard; by owner there is one step.
std::vector<std::vector<QRgb>> colorsOf(
    const cluster::Topology& topology, const SlotMapState& state, const Theme& theme)
{
    std::vector<std::vector<QRgb>> colors;
    for (qsizetype i = 0; i < topology.shards().size(); ++i) {
        const cluster::Shard& shard = topology.shards().at(i);
        const bool faded
            = state.stale || (state.highlightedShard >= 0 && i != state.highlightedShard);
        std::vector<QColor> ramp;
        if (!isShown(shard, state)) {
            ramp.assign(
                byNumber(state) ? size_t(state.scale->steps.size() + 1) : 1, hiddenColor(theme));
        } else if (byNumber(state)) {
            ramp.push_back(unknownColor(theme));
            for (int step = 0; step < state.scale->steps.size(); ++step)
                ramp.push_back(state.scale->color(step, theme));
        } else {
            ramp.push_back(theme.shardColor(shard.index));
        }
        std::vector<QRgb>& own = colors.emplace_back();
        for (const QColor& color : ramp)
            own.push_back((faded ? paleOf(color, theme) : color).rgb());
    }
    return colors;
}

// One pixel a slot, scaled up without smoothing: as quick as it gets whatever the map looks like.
QImage mapImage(const SlotTable& table, const cluster::Topology& topology,
    const SlotMapState& state, const Theme& theme)
{
    const auto colors = colorsOf(topology, state, theme);
    const QRgb other = theme.mutedText.rgb();
    const QRgb none = theme.sunken.rgb();
    const bool numbers = byNumber(state);
    QImage image(SlotMapGeometry::columns, SlotMapGeometry::rows, QImage::Format_RGB32);
    for (int row = 0; row < SlotMapGeometry::rows; ++row) {
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(row));
        for (int column = 0; column < SlotMapGeometry::columns; ++column) {
            const int slot = row * SlotMapGeometry::columns + column;
            const int shard = table.at(slot).shard;
            if (shard >= 0) {
                const int step = numbers ? state.scale->stepAt(slot) + 1 : 0;
                line[column] = colors[static_cast<size_t>(shard)][static_cast<size_t>(step)];
            } else {
                line[column] = shard == SlotTable::otherOwner ? other : none;
            }
        }
    }
    return image;
}

bool isVector(const QPainter& painter)
{
    const QPaintEngine* engine = painter.paintEngine();
    return engine && (engine->type() == QPaintEngine::SVG || engine->type() == QPaintEngine::Pdf);
}

/// The same as rectangles, which stay sharp at any size: one for the first row of a run of slots,
/// one for all rows that it fills, one for the last.
void paintMapRects(QPainter& painter, const SlotMapGeometry& geometry, const QImage& image)
{
    constexpr int columns = SlotMapGeometry::columns;
    const auto colorAt = [&image](int slot) { return image.pixel(slot % columns, slot / columns); };
    for (int first = 0; first < cluster::Slot::count;) {
        int last = first;
        while (last + 1 < cluster::Slot::count && colorAt(last + 1) == colorAt(first))
            ++last;
        const QList<QRectF> rows = geometry.rectsOf(first, last);
        QList<QRectF> blocks;
        for (const QRectF& row : rows) {
            if (!blocks.isEmpty() && qFuzzyCompare(blocks.last().width(), row.width())
                && qFuzzyCompare(blocks.last().left() + 1, row.left() + 1))
                blocks.last() |= row;
            else
                blocks.append(row);
        }
        for (const QRectF& block : blocks)
            painter.fillRect(block, QColor::fromRgb(colorAt(first)));
        first = last + 1;
    }
}

// In a slot of three pixels no pattern can be told from another: where only a few move, an arrow
// leads into what is imported, and one leads out of what migrates.
void paintArrows(
    QPainter& painter, const SlotMapGeometry& geometry, const SlotTable& table, const Theme& theme)
{
    QList<SlotTable::Run> few;
    for (const SlotTable::Run& run : table.runs()) {
        if ((run.cell.migrating || run.cell.importing) && run.last - run.first < fewSlots)
            few.append(run);
        if (few.size() > mostArrows)
            return;
    }
    const qreal size = std::max(7.0, geometry.cell);
    QPainterPath arrows;
    const auto add = [&arrows, size](const QPointF& tail) {
        arrows.moveTo(tail + QPointF(0, -size / 2));
        arrows.lineTo(tail + QPointF(size, 0));
        arrows.lineTo(tail + QPointF(0, size / 2));
        arrows.closeSubpath();
    };
    for (const SlotTable::Run& run : std::as_const(few)) {
        const QRectF first = geometry.rectOf(run.first);
        const QRectF last = geometry.rectOf(run.last);
        if (run.cell.importing)
            add({ first.left() - size - 2, first.center().y() });
        if (run.cell.migrating)
            add({ last.right() + 2, last.center().y() });
    }
    painter.strokePath(arrows, QPen(theme.surface, 3));
    painter.fillPath(arrows, theme.text);
}

void paintOddities(
    QPainter& painter, const SlotMapGeometry& geometry, const SlotTable& table, const Theme& theme)
{
    const qreal spacing = std::max(3.0, geometry.cell);
    for (const SlotTable::Run& run : table.runs()) {
        const bool uncovered = run.cell.shard == SlotTable::nobody;
        const bool unserved = uncovered || run.cell.down;
        const bool moves = run.cell.migrating || run.cell.importing;
        if (!unserved && !moves && !run.cell.disputed)
            continue;
        for (const QRectF& rect : geometry.rectsOf(run.first, run.last)) {
            if (uncovered)
                paintUncovered(painter, theme, rect, spacing);
            else if (run.cell.down)
                paintDown(painter, theme, rect, spacing);
            if (run.cell.migrating)
                paintMoving(painter, theme, rect, spacing);
            if (run.cell.importing)
                paintImporting(painter, theme, rect, spacing);
            if (run.cell.disputed)
                paintDisputed(painter, theme, rect, spacing);
            if (run.last - run.first < fewSlots) {
                // A few single slots in 16384 are easily missed: a frame around them is not.
                painter.setBrush(Qt::NoBrush);
                painter.setPen(QPen(unserved ? theme.danger : theme.text, 1));
                painter.drawRect(rect.adjusted(-0.5, -0.5, 0.5, 0.5));
            }
        }
    }
    paintArrows(painter, geometry, table, theme);
}

// Dots, one in every fourth slot, where no number is known: white alone might be one of the scale.
void paintUnknown(QPainter& painter, const SlotMapGeometry& geometry, const SlotTable& table,
    const SlotMapState& state, const Theme& theme)
{
    QList<QPointF> dots;
    const qreal spacing = std::max(4.0, geometry.cell * 2);
    const int step = std::max(1, int(std::ceil(spacing / std::max(geometry.cell, 0.1))));
    for (int row = 0; row < SlotMapGeometry::rows; row += step) {
        for (int column = 0; column < SlotMapGeometry::columns; column += step) {
            const int slot = row * SlotMapGeometry::columns + column;
            if (table.at(slot).shard >= 0 && state.scale->stepAt(slot) < 0)
                dots.append(geometry.rectOf(slot).center());
        }
    }
    painter.setPen(QPen(theme.mutedText, 1));
    painter.drawPoints(dots.constData(), int(dots.size()));
}

void paintSelection(
    QPainter& painter, const SlotMapGeometry& geometry, int first, int last, const Theme& theme)
{
    if (first < 0 || last < first || last >= cluster::Slot::count)
        return;
    QPainterPath outline;
    for (const QRectF& rect : geometry.rectsOf(first, last))
        outline.addRect(rect);
    outline = outline.simplified();
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.surface, 4, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
    painter.drawPath(outline);
    painter.setPen(QPen(theme.text, 2, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
    painter.drawPath(outline);
}

// A frame in the colour of the focus, larger than a slot, which may have two pixels.
void paintCursor(QPainter& painter, const SlotMapGeometry& geometry, int slot, const Theme& theme)
{
    if (slot < 0 || slot >= cluster::Slot::count)
        return;
    const QRectF frame = geometry.rectOf(slot).adjusted(-3, -3, 3, 3);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.surface, 4));
    painter.drawRect(frame);
    painter.setPen(QPen(theme.accent, 2));
    painter.drawRect(frame);
}

void paintMarkedSlot(
    QPainter& painter, const SlotMapGeometry& geometry, int slot, const Theme& theme)
{
    if (slot < 0 || slot >= cluster::Slot::count)
        return;
    const QPointF centre = geometry.rectOf(slot).center();
    const qreal radius = std::max(7.0, geometry.cell);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.surface, 5));
    painter.drawEllipse(centre, radius, radius);
    painter.setPen(QPen(theme.text, 2));
    painter.drawEllipse(centre, radius, radius);
}

void paintLegend(QPainter& painter, const SlotMapGeometry& geometry,
    const cluster::Topology& topology, const SlotMapState& state, const Theme& theme)
{
    const QFont font = textFont(12);
    for (const Entry& entry : geometry.legend) {
        const QRectF& swatch = entry.swatch;
        switch (entry.kind) {
        case Entry::Kind::Shard: {
            const cluster::Shard& shard = topology.shards().at(entry.shard);
            const bool shown = isShown(shard, state);
            const QColor own = theme.shardColor(shard.index);
            const QColor color = state.stale ? paleOf(own, theme) : own;
            painter.setPen(shown ? QPen(Qt::NoPen) : QPen(color, 1.5));
            painter.setBrush(shown ? QBrush(color) : QBrush(Qt::NoBrush));
            painter.drawRoundedRect(shown ? swatch : swatch.adjusted(1, 1, -1, -1), 3, 3);
            break;
        }
        case Entry::Kind::Step:
            painter.setPen(QPen(theme.border, 1));
            painter.setBrush(state.scale ? state.scale->color(entry.step, theme) : theme.sunken);
            painter.drawRect(swatch.adjusted(0.5, 0.5, 0.5, -0.5)); // its neighbour's frame too
            break;
        case Entry::Kind::Unknown:
            painter.setPen(QPen(theme.border, 1));
            painter.setBrush(unknownColor(theme));
            painter.drawRect(swatch.adjusted(0.5, 0.5, -0.5, -0.5));
            painter.setPen(QPen(theme.mutedText, 1));
            painter.drawPoint(swatch.center() + QPointF(-2, -2));
            painter.drawPoint(swatch.center() + QPointF(2, 2));
            break;
        case Entry::Kind::Uncovered:
            paintUncovered(painter, theme, swatch, 4);
            break;
        case Entry::Kind::Down:
            painter.fillRect(swatch, theme.mutedText);
            paintDown(painter, theme, swatch, 4);
            break;
        case Entry::Kind::Migrating:
            painter.fillRect(swatch, theme.mutedText);
            paintMoving(painter, theme, swatch, 4);
            break;
        case Entry::Kind::Importing:
            painter.fillRect(swatch, theme.mutedText);
            paintImporting(painter, theme, swatch, 4);
            break;
        case Entry::Kind::Disputed:
            painter.fillRect(swatch, theme.mutedText);
            paintDisputed(painter, theme, swatch, 5);
            break;
        case Entry::Kind::More:
            break;
        }
        QColor color = theme.text;
        if (entry.kind == Entry::Kind::Uncovered || entry.kind == Entry::Kind::Down)
            color = theme.danger;
        else if (entry.kind == Entry::Kind::More)
            color = theme.mutedText;
        else if (entry.kind == Entry::Kind::Shard
            && ((state.highlightedShard >= 0 && entry.shard != state.highlightedShard)
                || !isShown(topology.shards().at(entry.shard), state)))
            color = theme.mutedText;
        const bool isTick = entry.kind == Entry::Kind::Step;
        drawLine(painter, entry.textRect, isTick ? textFont(11) : font, color, entry.text);
    }
}

} // namespace

void paintSlotMapGround(QPainter& painter, const SlotMapGeometry& geometry, const SlotTable& table,
    const cluster::Topology& topology, const SlotMapState& state, const Theme& theme)
{
    if (!geometry.known || geometry.map.isEmpty())
        return;
    painter.save();
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    const QImage image = mapImage(table, topology, state, theme);
    if (isVector(painter))
        paintMapRects(painter, geometry, image);
    else
        painter.drawImage(geometry.map, image);
    if (byNumber(state))
        paintUnknown(painter, geometry, table, state, theme);
    painter.setRenderHint(QPainter::Antialiasing);
    paintOddities(painter, geometry, table, theme);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.border, 1));
    painter.drawRect(geometry.map.adjusted(-0.5, -0.5, 0.5, 0.5));
    for (const SlotMapGeometry::RowLabel& label : geometry.rowLabels)
        drawLine(painter, label.rect, textFont(10), theme.mutedText, label.text, Qt::AlignRight);
    paintLegend(painter, geometry, topology, state, theme);
    painter.restore();
}

void paintSlotMapMarks(QPainter& painter, const SlotMapGeometry& geometry,
    const SlotMapState& state, const Theme& theme)
{
    if (!geometry.known || geometry.map.isEmpty())
        return;
    painter.save();
    paintSelection(painter, geometry, state.firstSelected, state.lastSelected, theme);
    painter.setRenderHint(QPainter::Antialiasing);
    paintMarkedSlot(painter, geometry, state.markedSlot, theme);
    painter.setRenderHint(QPainter::Antialiasing, false);
    paintCursor(painter, geometry, state.cursor, theme);
    painter.restore();
}

} // namespace slotscope::ui
