// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/session/metricshistory.h"

#include <QPolygonF>
#include <QRectF>

#include <optional>

namespace slotscope::ui {

/// Where the small plot of some numbers over time goes. A value, without pixels or colours.
struct SparklineGeometry
{
    enum class Base {
        Zero, ///< the bottom is 0: heights can be compared
        Lowest, ///< the bottom is the lowest value: of what only ever grows
    };

    QRectF area; ///< the ends of the scale and of the time
    QList<QPolygonF> lines; ///< left to right, one for each run without a gap; perhaps one point
    std::optional<QPointF> last; ///< the newest value; none when that is not known
    double low = 0; ///< value at the bottom of the area
    double high = 0; ///< and at its top; the same when all is one value

    bool isEmpty() const { return lines.isEmpty(); }

    /// What lies within `span` before `end`, `end` at the right side of `area`. Values that are not
    /// finite are gaps.
    static SparklineGeometry layout(const QList<session::MetricPoint>& points, const QRectF& area,
        std::chrono::milliseconds end, std::chrono::milliseconds span, Base base);
};

} // namespace slotscope::ui
