// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/topology/course.h"

#include <QLineF>

#include <algorithm>

namespace slotscope::ui {

Course::Course(const QPainterPath& path)
    : Course(path.isEmpty() ? QPolygonF() : path.toSubpathPolygons().constFirst())
{ }

Course::Course(const QPolygonF& points)
    : m_points(points)
{
    qreal distance = 0;
    m_distances.reserve(points.size());
    for (qsizetype i = 0; i < points.size(); ++i) {
        if (i > 0)
            distance += QLineF(points.at(i - 1), points.at(i)).length();
        m_distances.append(distance);
    }
}

QRectF Course::bounds() const
{
    return m_points.boundingRect();
}

Course Course::reversed() const
{
    return Course(QPolygonF(QList<QPointF>(m_points.crbegin(), m_points.crend())));
}

qsizetype Course::lastBefore(qreal distance) const
{
    const auto after = std::upper_bound(m_distances.begin(), m_distances.end(), distance);
    return std::clamp<qsizetype>(after - m_distances.begin() - 1, 0, m_points.size() - 2);
}

QPointF Course::at(qreal fraction) const
{
    if (isEmpty())
        return m_points.value(0);
    const qreal distance = std::clamp(fraction, 0.0, 1.0) * m_distances.constLast();
    const qsizetype index = lastBefore(distance);
    const qreal length = m_distances.at(index + 1) - m_distances.at(index);
    const qreal part = length > 0 ? (distance - m_distances.at(index)) / length : 0;
    return m_points.at(index) + (m_points.at(index + 1) - m_points.at(index)) * part;
}

QPolygonF Course::piece(qreal from, qreal to) const
{
    if (isEmpty() || to <= from)
        return {};
    QPolygonF piece { at(from) };
    const qreal length = m_distances.constLast();
    for (qsizetype i = lastBefore(std::clamp(from, 0.0, 1.0) * length) + 1;
         i < m_points.size() && m_distances.at(i) < to * length; ++i)
        piece.append(m_points.at(i));
    piece.append(at(to));
    return piece;
}

} // namespace slotscope::ui
