// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/slotmap/slotscale.h"
#include "ui/slotmap/slottable.h"

#include <QRectF>
#include <QString>

namespace slotscope::ui {

/// Where the 128 x 128 slots and the legend stand. A value; nothing here knows of pixels or
/// colours.
struct SlotMapGeometry
{
    static constexpr int columns = 128;
    static constexpr int rows = cluster::Slot::count / columns;

    struct LegendEntry
    {
        enum class Kind {
            Shard,
            Step,
            Unknown,
            Uncovered,
            Down,
            Migrating,
            Importing,
            Disputed,
            More
        };
        Kind kind = Kind::Shard;
        int shard = -1; ///< index into shards()
        int step = -1; ///< of the scale
        QRectF rect;
        QRectF swatch; ///< empty for More
        QRectF textRect;
        QString text;
    };
    struct RowLabel
    {
        QRectF rect;
        QString text; ///< the first slot of the row
    };

    QRectF bounds;
    QRectF map;
    qreal cell
        = 0; ///< edge of one slot; a whole number of device pixels unless that wastes much room
    QList<RowLabel> rowLabels;
    QList<LegendEntry> legend;
    bool known = false;

    /// `pixelRatio` is the device's: cells are made of whole device pixels. With a scale the legend
    /// tells its steps, else the shards.
    static SlotMapGeometry layout(const cluster::Topology& topology, const SlotTable& table,
        const QRectF& bounds, qreal pixelRatio = 1, const SlotScale* scale = nullptr);

    QRectF rectOf(int slot) const;
    /// The rectangles, one for each row touched, that hold the slots first to last.
    QList<QRectF> rectsOf(int first, int last) const;
    /// What holds all of those.
    QRectF boundsOf(int first, int last) const;
    int slotAt(QPointF position) const; ///< -1 outside of the map
    /// The same, and outside of the map the slot next to it: for a pointer that drags.
    int nearestSlot(QPointF position) const;
    int legendShardAt(QPointF position) const; ///< -1 beside the shards' entries
};

} // namespace slotscope::ui
