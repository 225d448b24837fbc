// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QPainterPath>
#include <QPolygonF>

namespace slotscope::ui {

/// A path made ready to be travelled: points close enough together to pass for the curve, and how
/// far each is from the start. Asking a QPainterPath where 40 % of it is measures all of it anew,
/// which was most of what a frame with fifty redirects cost. Cheap to copy.
class Course
{
public:
    Course() = default;
    explicit Course(const QPainterPath& path);

    bool isEmpty() const { return m_points.size() < 2; }
    const QPolygonF& points() const { return m_points; }
    QRectF bounds() const;
    Course reversed() const;
    /// At this fraction of the length, 0 to 1.
    QPointF at(qreal fraction) const;
    /// Between two fractions of the length; empty unless `from` is less than `to`.
    QPolygonF piece(qreal from, qreal to) const;

    friend bool operator==(const Course& a, const Course& b) { return a.m_points == b.m_points; }

private:
    explicit Course(const QPolygonF& points);
    qsizetype lastBefore(qreal distance) const; ///< index of a point

    QPolygonF m_points;
    QList<qreal> m_distances; ///< of each point from the first, along the course
};

} // namespace slotscope::ui
