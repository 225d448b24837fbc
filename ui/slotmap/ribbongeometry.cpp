// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/slotmap/ribbongeometry.h"

#include "ui/theme/plaintext.h"
#include "ui/theme/theme.h"

#include <algorithm>
#include <cmath>

namespace slotscope::ui {

using cluster::Slot;

namespace {

constexpr qreal signStrip = 11;
constexpr qreal scaleStrip = 15;
// Fragmented maps have up to 16384 runs; nobody sees more than two to a pixel.
constexpr qreal grid = 0.5;

void addMark(RibbonGeometry& geometry, RibbonGeometry::MarkKind kind, int first, int last)
{
    QRectF rect = geometry.rectOf(first, last);
    if (rect.width() < RibbonGeometry::minimumMarkWidth) {
        const qreal centre = rect.center().x();
        rect.setLeft(centre - RibbonGeometry::minimumMarkWidth / 2);
        rect.setWidth(RibbonGeometry::minimumMarkWidth);
        rect.moveLeft(
            std::clamp(rect.left(), geometry.bar.left(), geometry.bar.right() - rect.width()));
    }
    // Marks of one kind that would touch are one mark.
    for (auto mark = geometry.marks.rbegin(); mark != geometry.marks.rend(); ++mark) {
        if (mark->kind == kind && mark->rect.right() + 1 >= rect.left()) {
            mark->rect.setRight(std::max(mark->rect.right(), rect.right()));
            mark->sign = mark->rect.center().x();
            mark->last = last;
            return;
        }
    }
    geometry.marks.append({ kind, rect, rect.center().x(), first, last });
}

void addLabels(RibbonGeometry& geometry, const cluster::Topology& topology, const SlotTable& table)
{
    for (const RibbonGeometry::Segment& segment : geometry.segments) {
        if (segment.shard < 0)
            continue;
        const QString text = visibleText(topology.shards().at(segment.shard).label);
        for (const qreal size : { 12.0, 10.5, 9.0 }) {
            const QFont font = textFont(size * geometry.scale, QFont::DemiBold);
            if (textWidth(text, font) + 4 * geometry.scale <= segment.rect.width()) {
                geometry.labels.append({ segment.rect, text, size * geometry.scale, segment.shard,
                    table.at(segment.first).down });
                break;
            }
        }
    }
}

void addScale(RibbonGeometry& geometry)
{
    const QFont font = textFont(10 * geometry.scale);
    const qreal top = geometry.bar.bottom() + 2 * geometry.scale;
    const qreal height = geometry.bounds.bottom() - top;
    for (const int slot : { 0, 4096, 8192, 12288, Slot::count - 1 }) {
        const QString text = QString::number(slot);
        const qreal width = textWidth(text, font) + 2;
        const qreal left = std::clamp(geometry.xOf(slot) - width / 2, geometry.bar.left(),
            std::max(geometry.bar.left(), geometry.bar.right() - width));
        const QRectF rect(left, top, width, height);
        if (geometry.scaleTexts.isEmpty()
            || rect.left() > geometry.scaleTexts.last().rect.right() + 12)
            geometry.scaleTexts.append({ rect, text });
    }
}

} // namespace

qreal RibbonGeometry::xOf(double slot) const
{
    return bar.left() + bar.width() * slot / Slot::count;
}

QRectF RibbonGeometry::rectOf(int first, int last) const
{
    return { QPointF(xOf(first), bar.top()), QPointF(xOf(last + 1), bar.bottom()) };
}

int RibbonGeometry::slotAt(QPointF position) const
{
    // Above and below the bar counts too: the signs and the scale belong to the slots under them.
    if (!known || bar.width() <= 0 || position.y() < bounds.top() || position.y() > bounds.bottom())
        return -1;
    const double slot = std::floor((position.x() - bar.left()) / bar.width() * Slot::count);
    return slot < 0 || slot >= Slot::count ? -1 : static_cast<int>(slot);
}

RibbonGeometry RibbonGeometry::layout(
    const cluster::Topology& topology, const SlotTable& table, const QRectF& bounds, qreal scale)
{
    RibbonGeometry geometry;
    geometry.bounds = bounds;
    geometry.scale = scale;
    geometry.bar = bounds.adjusted(0, signStrip * scale, 0, -scaleStrip * scale);
    geometry.known = table.isKnown();
    if (!geometry.known || geometry.bar.isEmpty())
        return geometry;

    qreal right = geometry.bar.left();
    for (const SlotTable::Run& run : table.runs()) {
        const int shard = run.cell.shard;
        const qreal end = run.last == Slot::count - 1
            ? geometry.bar.right()
            : std::round(geometry.xOf(run.last + 1) / grid) * grid;
        if (!geometry.segments.isEmpty() && geometry.segments.last().shard == shard) {
            geometry.segments.last().last = run.last;
            geometry.segments.last().rect.setRight(std::max(end, right));
        } else if (end > right) {
            geometry.segments.append(
                { QRectF(QPointF(right, geometry.bar.top()), QPointF(end, geometry.bar.bottom())),
                    shard, run.first, run.last });
        }
        right = std::max(end, right);

        if (shard == SlotTable::nobody)
            addMark(geometry, MarkKind::Uncovered, run.first, run.last);
        else if (run.cell.down)
            addMark(geometry, MarkKind::Down, run.first, run.last);
        if (run.cell.migrating)
            addMark(geometry, MarkKind::Moving, run.first, run.last);
        else if (run.cell.importing)
            addMark(geometry, MarkKind::Importing, run.first, run.last);
        if (run.cell.disputed)
            addMark(geometry, MarkKind::Disputed, run.first, run.last);
    }
    addLabels(geometry, topology, table);
    addScale(geometry);
    return geometry;
}

} // namespace slotscope::ui
