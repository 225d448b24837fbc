// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/slotmap/slottable.h"

#include <QRectF>
#include <QString>

namespace slotscope::ui {

/// Where everything on the ribbon stands. A value; nothing here knows of pixels or colours.
struct RibbonGeometry
{
    enum class MarkKind {
        Uncovered,
        Down,
        Moving, ///< its owner says so
        Importing, ///< only who takes it in says so
        Disputed
    };

    struct Segment
    {
        QRectF rect;
        int shard = SlotTable::nobody;
        int first = 0;
        int last = 0;
    };
    /// Something odd: where it is in the bar, and the point above the bar that a small sign points
    /// from, because one slot of 16384 is far less than a pixel wide.
    struct Mark
    {
        MarkKind kind = MarkKind::Uncovered;
        QRectF rect; ///< at least minimumMarkWidth wide
        qreal sign = 0; ///< x of the sign
        int first = 0;
        int last = 0;
    };
    struct Label
    {
        QRectF rect;
        QString text;
        qreal fontSize = 12;
        int shard = SlotTable::nobody;
        bool down = false;
    };
    struct ScaleText
    {
        QRectF rect;
        QString text;
    };

    static constexpr qreal minimumMarkWidth = 3;

    QRectF bounds;
    QRectF bar;
    qreal scale = 1; ///< of fonts and signs; 1 in the window
    QList<Segment> segments;
    QList<Mark> marks;
    QList<Label> labels; ///< where they fit
    QList<ScaleText> scaleTexts; ///< 0, 4096, ... below the bar
    bool known = false;

    static RibbonGeometry layout(const cluster::Topology& topology, const SlotTable& table,
        const QRectF& bounds, qreal scale = 1);

    qreal xOf(double slot) const; ///< of the slot's left edge
    int slotAt(QPointF position) const; ///< -1 outside of the bar
    QRectF rectOf(int first, int last) const;
};

} // namespace slotscope::ui
