// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/report/comparisongeometry.h"

#include <algorithm>

namespace slotscope::ui {

namespace {

constexpr qreal captionHeight = 20;
constexpr qreal ribbonHeight = 52;
constexpr qreal gap = 6;
constexpr qreal legendHeight = 18;

/// Touching ones are one: a fragmented cluster has thousands.
QList<QRectF> rectsOf(const cluster::SlotRanges& ranges, const RibbonGeometry& ribbon)
{
    QList<QRectF> rects;
    for (const cluster::SlotRange& range : ranges) {
        QRectF rect = ribbon.rectOf(range.first.number(), range.last.number());
        const qreal missing = RibbonGeometry::minimumMarkWidth - rect.width();
        if (missing > 0)
            rect.adjust(-missing / 2, 0, missing / 2, 0);
        rect.moveLeft(std::clamp(rect.left(), ribbon.bar.left(),
            std::max(ribbon.bar.left(), ribbon.bar.right() - rect.width())));
        if (!rects.isEmpty() && rects.last().right() >= rect.left())
            rects.last().setRight(std::max(rects.last().right(), rect.right()));
        else
            rects.append(rect);
    }
    return rects;
}

} // namespace

ComparisonGeometry ComparisonGeometry::layout(const cluster::Topology& before,
    const cluster::Topology& after, const cluster::SlotRanges& changed,
    const cluster::SlotRanges& chosen, const QRectF& bounds)
{
    ComparisonGeometry geometry;
    geometry.bounds = bounds;
    qreal top = bounds.top();
    const auto place = [&](Side* side, const cluster::Topology& topology) {
        side->caption = QRectF(bounds.left(), top, bounds.width(), captionHeight);
        const QRectF ribbon(bounds.left(), side->caption.bottom(), bounds.width(), ribbonHeight);
        side->ribbon = RibbonGeometry::layout(topology, SlotTable(topology), ribbon);
        side->changed = rectsOf(changed, side->ribbon);
        side->chosen = rectsOf(chosen, side->ribbon);
        top = ribbon.bottom() + gap;
    };
    place(&geometry.before, before);
    place(&geometry.after, after);
    geometry.legend = QRectF(bounds.left(), top, bounds.width(), legendHeight);
    geometry.swatch = QRectF(bounds.left() + 1, top + 3, 26, legendHeight - 6);
    return geometry;
}

int ComparisonGeometry::slotAt(QPointF position) const
{
    const int slot = before.ribbon.slotAt(position);
    return slot >= 0 ? slot : after.ribbon.slotAt(position);
}

} // namespace slotscope::ui
