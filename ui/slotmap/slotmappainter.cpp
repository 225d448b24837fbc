// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/slotmap/slotmappainter.h"

#include "ui/theme/drawing.h"

#include <QCoreApplication>
#include <QImage>

#include <algorithm>
#include <vector>

namespace slotscope::ui {

namespace {

using Entry = SlotMapGeometry::LegendEntry;

// One pixel a slot, scaled up without smoothing: as quick as it gets whatever the map looks like.
QImage mapImage(const SlotTable& table, const cluster::Topology& topology,
    const SlotMapState& state, const Theme& theme)
{
    std::vector<QRgb> colors;
    for (qsizetype i = 0; i < topology.shards().size(); ++i) {
        const QColor color = theme.shardColor(topology.shards().at(i).index);
        const bool faded = state.highlightedShard >= 0 && i != state.highlightedShard;
        colors.push_back((faded ? blended(color, theme.surface, 0.25) : color).rgb());
    }
    QImage image(SlotMapGeometry::columns, SlotMapGeometry::rows, QImage::Format_RGB32);
    for (int row = 0; row < SlotMapGeometry::rows; ++row) {
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(row));
        for (int column = 0; column < SlotMapGeometry::columns; ++column) {
            const int shard = table.at(row * SlotMapGeometry::columns + column).shard;
            if (shard >= 0)
                line[column] = colors[static_cast<size_t>(shard)];
            else
                line[column]
                    = (shard == SlotTable::otherOwner ? theme.mutedText : theme.sunken).rgb();
        }
    }
    return image;
}

void paintOddities(
    QPainter& painter, const SlotMapGeometry& geometry, const SlotTable& table, const Theme& theme)
{
    const qreal spacing = std::max(3.0, geometry.cell);
    for (const SlotTable::Run& run : table.runs()) {
        const bool uncovered = run.cell.shard == SlotTable::nobody;
        if (!uncovered && !run.cell.moving && !run.cell.disputed)
            continue;
        for (const QRectF& rect : geometry.rectsOf(run.first, run.last)) {
            if (uncovered)
                paintUncovered(painter, theme, rect, spacing);
            if (run.cell.moving)
                paintMoving(painter, theme, rect, spacing);
            if (run.cell.disputed)
                paintDisputed(painter, theme, rect, spacing);
            if (run.last - run.first < SlotMapGeometry::columns / 2) {
                // A few single slots in 16384 are easily missed: a frame around them is not.
                painter.setBrush(Qt::NoBrush);
                painter.setPen(QPen(uncovered ? theme.danger : theme.text, 1));
                painter.drawRect(rect.adjusted(-0.5, -0.5, 0.5, 0.5));
            }
        }
    }
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
        case Entry::Kind::Shard:
            painter.setPen(Qt::NoPen);
            painter.setBrush(theme.shardColor(topology.shards().at(entry.shard).index));
            painter.drawRoundedRect(swatch, 3, 3);
            break;
        case Entry::Kind::Uncovered:
            paintUncovered(painter, theme, swatch, 4);
            break;
        case Entry::Kind::Moving:
            painter.fillRect(swatch, theme.mutedText);
            paintMoving(painter, theme, swatch, 4);
            break;
        case Entry::Kind::Disputed:
            painter.fillRect(swatch, theme.mutedText);
            paintDisputed(painter, theme, swatch, 5);
            break;
        case Entry::Kind::More:
            break;
        }
        QColor color = theme.text;
        if (entry.kind == Entry::Kind::Uncovered)
            color = theme.danger;
        else if (entry.kind == Entry::Kind::More
            || (state.highlightedShard >= 0 && entry.shard != state.highlightedShard))
            color = theme.mutedText;
        drawLine(painter, entry.textRect, font, color, entry.text);
    }
}

} // namespace

void paintSlotMap(QPainter& painter, const SlotMapGeometry& geometry, const SlotTable& table,
    const cluster::Topology& topology, const SlotMapState& state, const Theme& theme)
{
    if (!geometry.known || geometry.map.isEmpty())
        return;
    painter.save();
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    painter.drawImage(geometry.map, mapImage(table, topology, state, theme));
    painter.setRenderHint(QPainter::Antialiasing);
    paintOddities(painter, geometry, table, theme);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.border, 1));
    painter.drawRect(geometry.map.adjusted(-0.5, -0.5, 0.5, 0.5));
    for (const SlotMapGeometry::RowLabel& label : geometry.rowLabels)
        drawLine(painter, label.rect, textFont(10), theme.mutedText, label.text, Qt::AlignRight);
    paintLegend(painter, geometry, topology, state, theme);
    paintMarkedSlot(painter, geometry, state.markedSlot, theme);
    painter.restore();
}

} // namespace slotscope::ui
