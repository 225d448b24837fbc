// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/metrics/sparklinegeometry.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace slotscope::ui {

using session::MetricPoint;
using std::chrono::milliseconds;

SparklineGeometry SparklineGeometry::layout(const QList<MetricPoint>& points, const QRectF& area,
    milliseconds end, milliseconds span, Base base)
{
    SparklineGeometry geometry;
    geometry.area = area;
    const auto isWithin
        = [&](const MetricPoint& point) { return point.at >= end - span && point.at <= end; };
    bool isFirst = true;
    for (const MetricPoint& point : points) {
        if (!isWithin(point) || !std::isfinite(point.value))
            continue;
        geometry.low = isFirst ? point.value : std::min(geometry.low, point.value);
        geometry.high = isFirst ? point.value : std::max(geometry.high, point.value);
        isFirst = false;
    }
    if (isFirst || span.count() <= 0)
        return geometry;
    if (base == Base::Zero) {
        geometry.low = std::min(geometry.low, 0.0);
        geometry.high = std::max(geometry.high, 0.0);
    }
    const double height = geometry.high - geometry.low;
    QPolygonF line;
    const auto endLine = [&] {
        if (!line.isEmpty())
            geometry.lines.append(std::exchange(line, {}));
    };
    for (const MetricPoint& point : points) {
        if (!isWithin(point))
            continue;
        if (!std::isfinite(point.value)) {
            endLine();
            geometry.last.reset();
            continue;
        }
        const double right
            = static_cast<double>((end - point.at).count()) / static_cast<double>(span.count());
        const double up = height > 0 ? (point.value - geometry.low) / height : 0;
        const QPointF place(
            area.right() - right * area.width(), area.bottom() - up * area.height());
        line.append(place);
        geometry.last = place;
    }
    endLine();
    return geometry;
}

} // namespace slotscope::ui
