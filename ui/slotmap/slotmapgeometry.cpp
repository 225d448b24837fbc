// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/slotmap/slotmapgeometry.h"

#include "ui/theme/nodetext.h"
#include "ui/theme/plaintext.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace slotscope::ui {

namespace {

using Entry = SlotMapGeometry::LegendEntry;

constexpr qreal swatchSize = 12;
constexpr qreal lineHeight = 22;
constexpr qreal gapBetween = 18;
constexpr qreal widestStep = 56;
constexpr qreal scaleHeight = swatchSize + 16;
constexpr int rowsBetweenLabels = 16;

// The translation context.
struct LegendTexts
{
    Q_DECLARE_TR_FUNCTIONS(LegendTexts)
};

// What is odd comes first: when there is room for a few entries only, these are the ones.
QList<Entry> legendEntries(
    const cluster::Topology& topology, const SlotTable& table, const SlotScale* scale)
{
    QList<Entry> entries;
    const auto add = [&entries](Entry::Kind kind, const QString& text, int count) {
        if (count > 0) {
            Entry entry;
            entry.kind = kind;
            entry.text = text.arg(countText(count));
            entries.append(entry);
        }
    };
    add(Entry::Kind::Uncovered, LegendTexts::tr("no owner %1"), table.uncoveredCount());
    add(Entry::Kind::Down, LegendTexts::tr("not served %1"), table.downCount());
    add(Entry::Kind::Migrating, LegendTexts::tr("migrating %1"), table.migratingCount());
    add(Entry::Kind::Importing, LegendTexts::tr("importing %1"), table.importingCount());
    add(Entry::Kind::Disputed, LegendTexts::tr("disputed %1"), table.disputedCount());
    if (scale) {
        add(Entry::Kind::Unknown, LegendTexts::tr("not known %1"), scale->unknown);
        return entries;
    }
    for (qsizetype i = 0; i < topology.shards().size(); ++i) {
        const cluster::Shard& shard = topology.shards().at(i);
        Entry entry;
        entry.shard = static_cast<int>(i);
        entry.text = visibleText(shard.label) + QLatin1Char(' ') + countText(shard.slotCount);
        entries.append(entry);
    }
    return entries;
}

// Left to right in columns of one width, so that swatches stand under each other.
qreal columnWidth(const QList<Entry>& entries, const QFont& font)
{
    qreal widest = 0;
    for (const Entry& entry : entries)
        widest = std::max(widest, textWidth(entry.text, font));
    return widest + swatchSize + 7;
}

// The steps side by side, under each where it begins.
void placeScale(SlotMapGeometry& geometry, const SlotScale& scale, const QRectF& area)
{
    const qreal width = std::min(area.width() / qreal(scale.steps.size()), widestStep);
    for (int i = 0; i < scale.steps.size(); ++i) {
        Entry entry;
        entry.kind = Entry::Kind::Step;
        entry.step = i;
        entry.text = scale.tickText(i);
        entry.rect = QRectF(area.left() + i * width, area.top(), width, scaleHeight);
        entry.swatch = QRectF(entry.rect.topLeft(), QSizeF(width, swatchSize));
        entry.textRect = entry.rect.adjusted(0, swatchSize, 0, 0);
        geometry.legend.append(entry);
    }
}

void placeLegend(SlotMapGeometry& geometry, QList<Entry> entries, const QRectF& area)
{
    const QFont font = textFont(12);
    const qreal width = std::min(columnWidth(entries, font), area.width());
    const int perLine = std::max(1, int((area.width() + gapBetween) / (width + gapBetween)));
    const int lines = std::max(0, int(area.height() / lineHeight));
    const qsizetype room = qsizetype(perLine) * lines;
    if (room == 0)
        return;
    if (entries.size() > room) {
        const qsizetype left = entries.size() - (room - 1);
        entries.resize(room - 1);
        Entry more;
        more.kind = Entry::Kind::More;
        more.text = LegendTexts::tr("+%1 more").arg(left);
        entries.append(more);
    }
    for (qsizetype i = 0; i < entries.size(); ++i) {
        Entry& entry = entries[i];
        const auto line = static_cast<qreal>(i / perLine);
        const auto column = static_cast<qreal>(i % perLine);
        entry.rect = QRectF(area.left() + column * (width + gapBetween),
            area.top() + line * lineHeight, width, lineHeight);
        entry.textRect = entry.rect;
        if (entry.kind != Entry::Kind::More) {
            entry.swatch = QRectF(entry.rect.left(), entry.rect.center().y() - swatchSize / 2,
                swatchSize, swatchSize);
            entry.textRect.setLeft(entry.swatch.right() + 7);
        }
    }
    geometry.legend += entries;
}

} // namespace

SlotMapGeometry SlotMapGeometry::layout(const cluster::Topology& topology, const SlotTable& table,
    const QRectF& bounds, qreal pixelRatio, const SlotScale* scale)
{
    SlotMapGeometry geometry;
    geometry.bounds = bounds;
    geometry.known = table.isKnown();
    if (!geometry.known || bounds.isEmpty())
        return geometry;

    const qreal labelWidth = textWidth(QStringLiteral("16383"), textFont(10)) + 6;
    const QList<Entry> entries = legendEntries(topology, table, scale);
    const qreal perLine = std::max(1.0,
        std::floor(
            (bounds.width() + gapBetween) / (columnWidth(entries, textFont(12)) + gapBetween)));
    const qreal wanted = std::ceil(static_cast<qreal>(entries.size()) / perLine) * lineHeight;
    const bool hasScale = scale && !scale->isEmpty();
    const qreal aboveLegend = hasScale ? scaleHeight : 0;
    const qreal legendHeight
        = std::min(wanted, std::max(2 * lineHeight, bounds.height() * 0.3)) + aboveLegend;

    const qreal side
        = std::max(0.0, std::min(bounds.width() - labelWidth, bounds.height() - legendHeight - 14));
    const qreal whole = std::floor(side * pixelRatio / columns) / pixelRatio;
    // Uneven cells are better than a map of half the size.
    geometry.cell = whole * columns > side * 0.88 ? whole : side / columns;
    const qreal edge = geometry.cell * columns;
    const qreal left = bounds.left() + labelWidth
        + std::floor(std::max(0.0, bounds.width() - labelWidth - edge) / 2);
    geometry.map = QRectF(left, bounds.top() + 2, edge, edge);

    for (int row = 0; row < rows; row += rowsBetweenLabels) {
        const QRectF rect(left - labelWidth, geometry.map.top() + row * geometry.cell,
            labelWidth - 6, rowsBetweenLabels * geometry.cell);
        if (rect.height() >= 11)
            geometry.rowLabels.append({ QRectF(rect.topLeft(), QSizeF(rect.width(), 11)),
                QString::number(row * columns) });
    }
    qreal legendTop = geometry.map.bottom() + 10;
    // Below the map; it begins further left where it has many entries.
    const qreal each = columnWidth(entries, textFont(12)) + gapBetween;
    const qreal right = bounds.right() - geometry.map.left() + gapBetween;
    const qreal legendLeft
        = std::floor(right / each) >= std::min(perLine, static_cast<qreal>(entries.size()))
        ? geometry.map.left()
        : bounds.left();
    if (hasScale) {
        const qreal wide = qreal(scale->steps.size()) * widestStep;
        const qreal scaleLeft
            = geometry.map.left() + wide <= bounds.right() ? geometry.map.left() : bounds.left();
        placeScale(geometry, *scale,
            QRectF(scaleLeft, legendTop, bounds.right() - scaleLeft, scaleHeight));
        legendTop += scaleHeight;
    }
    placeLegend(geometry, entries,
        QRectF(legendLeft, legendTop, bounds.right() - legendLeft, bounds.bottom() - legendTop));
    return geometry;
}

QRectF SlotMapGeometry::rectOf(int slot) const
{
    return { map.left() + (slot % columns) * cell, map.top() + (slot / columns) * cell, cell,
        cell };
}

QList<QRectF> SlotMapGeometry::rectsOf(int first, int last) const
{
    // Whole rows become one rectangle.
    QList<QRectF> rects;
    while (first <= last) {
        const int column = first % columns;
        if (column == 0 && first + columns - 1 <= last) {
            const int wholeRows = (last - first + 1) / columns;
            rects.append(QRectF(rectOf(first).topLeft(), QSizeF(map.width(), wholeRows * cell)));
            first += wholeRows * columns;
        } else {
            const int end = std::min(last, first + columns - 1 - column);
            rects.append(rectOf(first).united(rectOf(end)));
            first = end + 1;
        }
    }
    return rects;
}

QRectF SlotMapGeometry::boundsOf(int first, int last) const
{
    QRectF held;
    for (const QRectF& rect : rectsOf(first, last))
        held |= rect;
    return held;
}

int SlotMapGeometry::slotAt(QPointF position) const
{
    if (!known || cell <= 0 || !map.contains(position))
        return -1;
    const int column = std::clamp(int((position.x() - map.left()) / cell), 0, columns - 1);
    const int row = std::clamp(int((position.y() - map.top()) / cell), 0, rows - 1);
    return row * columns + column;
}

int SlotMapGeometry::nearestSlot(QPointF position) const
{
    if (!known || cell <= 0)
        return -1;
    const int column
        = std::clamp(int(std::floor((position.x() - map.left()) / cell)), 0, columns - 1);
    const int row = std::clamp(int(std::floor((position.y() - map.top()) / cell)), 0, rows - 1);
    return row * columns + column;
}

int SlotMapGeometry::legendShardAt(QPointF position) const
{
    for (const LegendEntry& entry : legend) {
        if (entry.kind == LegendEntry::Kind::Shard && entry.rect.contains(position))
            return entry.shard;
    }
    return -1;
}

} // namespace slotscope::ui
