// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/topology/viewport.h"

#include <algorithm>

namespace slotscope::ui {

namespace {

constexpr qreal roomAround = 24;

Viewport bounded(qreal zoom, const QPointF& offset, const QSizeF& size)
{
    const qreal z = std::clamp<qreal>(zoom, 1, Viewport::most);
    return { z,
        { std::clamp<qreal>(offset.x(), size.width() * (1 - z), 0),
            std::clamp<qreal>(offset.y(), size.height() * (1 - z), 0) } };
}

/// How far a span must move to lie within [0, length].
qreal moveInto(qreal first, qreal last, qreal length)
{
    if (last - first > length || first < 0)
        return -first;
    return last > length ? length - last : 0;
}

} // namespace

Viewport Viewport::zoomedAt(const QPointF& anchor, qreal factor, const QSizeF& size) const
{
    const qreal z = std::clamp<qreal>(zoom * factor, 1, most);
    return bounded(z, anchor - (anchor - offset) * (z / zoom), size);
}

Viewport Viewport::movedBy(const QPointF& delta, const QSizeF& size) const
{
    return bounded(zoom, offset + delta, size);
}

Viewport Viewport::showing(const QRectF& inPicture, qreal leastZoom, const QSizeF& size) const
{
    if (zoom < leastZoom) {
        const qreal z = std::clamp<qreal>(leastZoom, 1, most);
        const QPointF middle(size.width() / 2, size.height() / 2);
        return bounded(z, middle - inPicture.center() * z, size);
    }
    const QRectF rect = map(inPicture).adjusted(-roomAround, -roomAround, roomAround, roomAround);
    return movedBy({ moveInto(rect.left(), rect.right(), size.width()),
                       moveInto(rect.top(), rect.bottom(), size.height()) },
        size);
}

} // namespace slotscope::ui
