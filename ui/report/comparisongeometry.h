// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/slotmap/ribbongeometry.h"

namespace slotscope::ui {

/// Two ribbons, one above the other, and where they differ. A value.
struct ComparisonGeometry
{
    struct Side
    {
        QRectF caption;
        RibbonGeometry ribbon;
        QList<QRectF> changed; ///< slots with another owner, each at least a mark's width wide
        QList<QRectF> chosen; ///< slots of what is chosen in the list, likewise
    };

    static constexpr qreal height = 178;

    QRectF bounds;
    Side before;
    Side after;
    QRectF legend; ///< below them
    QRectF swatch; ///< in it: how changed slots look

    static ComparisonGeometry layout(const cluster::Topology& before,
        const cluster::Topology& after, const cluster::SlotRanges& changed,
        const cluster::SlotRanges& chosen, const QRectF& bounds);
    /// Of the ribbon under it; -1: none.
    int slotAt(QPointF position) const;
};

} // namespace slotscope::ui
