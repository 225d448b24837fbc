// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QRectF>
#include <QSizeF>

namespace slotscope::ui {

/// Which part of the whole picture a widget shows, and how large. A value. At zoom 1 the whole
/// picture fills the widget; it is never smaller, and never leaves an edge of the widget bare.
struct Viewport
{
    static constexpr qreal most = 24;

    qreal zoom = 1;
    QPointF offset; ///< of the picture's top left corner, in the widget

    bool isFit() const { return zoom <= 1; }
    QPointF map(const QPointF& inPicture) const { return inPicture * zoom + offset; }
    QRectF map(const QRectF& inPicture) const
    {
        return { map(inPicture.topLeft()), inPicture.size() * zoom };
    }

    /// What is under `anchor` stays there. `size`: the widget's.
    Viewport zoomedAt(const QPointF& anchor, qreal factor, const QSizeF& size) const;
    Viewport movedBy(const QPointF& delta, const QSizeF& size) const;
    /// The least move that shows the rect of the picture, with some room around it; larger if that
    /// takes `leastZoom`, in the middle then.
    Viewport showing(const QRectF& inPicture, qreal leastZoom, const QSizeF& size) const;

    friend bool operator==(const Viewport&, const Viewport&) = default;
};

} // namespace slotscope::ui
