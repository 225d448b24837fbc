// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/topology/storyglyphs.h"

#include "ui/theme/drawing.h"

#include <QPainterPath>

#include <cmath>
#include <numbers>

namespace slotscope::ui {

void paintLaptop(
    QPainter& painter, const QRectF& rect, qreal scale, const QString& label, const Theme& theme)
{
    const qreal s = scale;
    const QRectF screen(
        rect.left() + 13 * s, rect.top(), rect.width() - 26 * s, rect.height() - 12 * s);
    painter.setPen(QPen(theme.mutedText, 2 * s));
    painter.setBrush(theme.surface);
    painter.drawRoundedRect(screen, 6 * s, 6 * s);
    QPainterPath base;
    base.moveTo(rect.left(), screen.bottom() + 3 * s);
    base.lineTo(rect.right(), screen.bottom() + 3 * s);
    base.quadTo(
        QPointF(rect.right(), rect.bottom()), QPointF(rect.right() - 10 * s, rect.bottom()));
    base.lineTo(rect.left() + 10 * s, rect.bottom());
    base.quadTo(QPointF(rect.left(), rect.bottom()), QPointF(rect.left(), screen.bottom() + 3 * s));
    base.closeSubpath();
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.mutedText);
    painter.drawPath(base);
    drawLine(painter, screen.adjusted(4 * s, 0, -4 * s, 0), textFont(12.5 * s, QFont::DemiBold),
        theme.text, label, Qt::AlignHCenter);
}

void paintEnvelope(
    QPainter& painter, const QRectF& rect, qreal scale, const QColor& color, bool dashed)
{
    QPen pen(color, 1.5 * scale, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
    if (dashed)
        pen.setDashPattern({ 2.2, 1.6 });
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(rect);
    const QPointF flap[] = { rect.topLeft(), QPointF(rect.center().x(), rect.center().y() + scale),
        rect.topRight() };
    painter.drawPolyline(flap, 3);
}

void paintPadlock(QPainter& painter, const QPointF& centre, qreal size, qreal closed,
    const QColor& color, const QColor& ground)
{
    const QRectF body(centre.x() - size * 0.4, centre.y() - size * 0.08, size * 0.8, size * 0.56);
    const qreal lift = (1 - closed) * size * 0.2;
    QPainterPath shackle;
    const qreal r = size * 0.25;
    const qreal top = body.top() - size * 0.22 - lift;
    shackle.moveTo(centre.x() - r, body.top());
    shackle.lineTo(centre.x() - r, top);
    shackle.arcTo(QRectF(centre.x() - r, top - r, 2 * r, 2 * r), 180, -180);
    shackle.lineTo(centre.x() + r, body.top() - lift);
    painter.setPen(QPen(color, size * 0.13, Qt::SolidLine, Qt::FlatCap));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(shackle);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawRoundedRect(body, size * 0.1, size * 0.1);
    painter.setBrush(ground);
    painter.drawEllipse(body.center(), size * 0.08, size * 0.08);
}

void paintClock(QPainter& painter, const QPointF& centre, qreal size, qreal turn,
    const QColor& color, const QColor& ground)
{
    const qreal r = size / 2;
    painter.setPen(QPen(color, size * 0.1));
    painter.setBrush(ground);
    painter.drawEllipse(centre, r, r);
    painter.setPen(QPen(color, size * 0.1, Qt::SolidLine, Qt::RoundCap));
    const double angle = 2 * std::numbers::pi * turn;
    painter.drawLine(centre, centre + QPointF(std::sin(angle), -std::cos(angle)) * r * 0.68);
    painter.drawLine(centre, centre + QPointF(0, -r * 0.45));
}

void paintBadge(QPainter& painter, const QPointF& centre, qreal size, const QString& text,
    const QColor& color, const QColor& ground, bool filled)
{
    painter.setPen(QPen(color, size * 0.08));
    painter.setBrush(filled ? color : ground);
    painter.drawEllipse(centre, size / 2, size / 2);
    const QRectF rect(centre.x() - size, centre.y() - size / 2, size * 2, size);
    drawLine(painter, rect, textFont(size * (text.size() > 1 ? 0.52 : 0.62), QFont::Bold),
        filled ? ground : color, text, Qt::AlignHCenter);
}

void paintArrowHead(QPainter& painter, const Course& course, qreal size, const QColor& color)
{
    if (course.isEmpty())
        return;
    const QPointF tip = course.at(1);
    const QLineF shaft(course.at(0.97), tip);
    if (shaft.length() < 0.01)
        return;
    const QPointF along = (shaft.p2() - shaft.p1()) / shaft.length();
    const QPointF across(-along.y(), along.x());
    QPainterPath head(tip);
    head.lineTo(tip - along * size + across * size * 0.45);
    head.lineTo(tip - along * size - across * size * 0.45);
    head.closeSubpath();
    painter.fillPath(head, color);
}

} // namespace slotscope::ui
