// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/theme/drawing.h"

#include "ui/theme/plaintext.h"

#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace slotscope::ui {

namespace {

// Rising lines are x + y = c, falling ones x - y = c; c is a multiple of the spacing in the
// painter's own coordinates, which is why neighbouring rects join.
void appendHatch(QList<QLineF>& lines, const QRectF& rect, qreal spacing, bool rising)
{
    const qreal step = spacing * std::sqrt(2.0);
    const qreal low = rising ? rect.left() + rect.top() : rect.left() - rect.bottom();
    const qreal high = rising ? rect.right() + rect.bottom() : rect.right() - rect.top();
    for (qreal c = std::ceil(low / step) * step; c < high; c += step) {
        if (rising) {
            const qreal left = std::max(rect.left(), c - rect.bottom());
            const qreal right = std::min(rect.right(), c - rect.top());
            lines.append(QLineF(left, c - left, right, c - right));
        } else {
            const qreal left = std::max(rect.left(), c + rect.top());
            const qreal right = std::min(rect.right(), c + rect.bottom());
            lines.append(QLineF(left, left - c, right, right - c));
        }
    }
}

void appendLevel(QList<QLineF>& lines, const QRectF& rect, qreal spacing)
{
    for (qreal y = std::ceil(rect.top() / spacing) * spacing; y < rect.bottom(); y += spacing)
        lines.append(QLineF(rect.left(), y, rect.right(), y));
}

void drawHatch(QPainter& painter, const QRectF& rect, qreal spacing, Hatch hatch,
    const QColor& color, qreal width)
{
    painter.setPen(QPen(color, width, Qt::SolidLine, Qt::FlatCap));
    painter.drawLines(hatchLines(rect, spacing, hatch));
}

// Light lines with a dark core.
void drawTwoColoured(QPainter& painter, const QRectF& rect, qreal spacing, Hatch hatch)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const qreal width = std::max(1.0, spacing / 3.5);
    drawHatch(painter, rect, spacing, hatch, QColor(255, 255, 255, 220), width);
    drawHatch(painter, rect, spacing, hatch, QColor(0, 0, 0, 170), std::max(0.7, width / 2));
    painter.restore();
}

} // namespace

QList<QLineF> hatchLines(const QRectF& rect, qreal spacing, Hatch hatch)
{
    QList<QLineF> lines;
    if (rect.isEmpty() || spacing <= 0)
        return lines;
    if (hatch == Hatch::Level) {
        appendLevel(lines, rect, spacing);
        return lines;
    }
    if (hatch != Hatch::Falling)
        appendHatch(lines, rect, spacing, true);
    if (hatch != Hatch::Rising)
        appendHatch(lines, rect, spacing, false);
    return lines;
}

void paintUncovered(QPainter& painter, const Theme& theme, const QRectF& rect, qreal spacing)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect, blended(theme.danger, theme.surface, 0.14));
    drawHatch(painter, rect, spacing, Hatch::Rising, theme.danger, std::max(1.0, spacing / 4));
    painter.restore();
}

void paintDown(QPainter& painter, const Theme& theme, const QRectF& rect, qreal spacing)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    drawHatch(painter, rect, spacing, Hatch::Rising, theme.surface, std::max(1.5, spacing * 0.5));
    drawHatch(painter, rect, spacing, Hatch::Rising, theme.danger, std::max(1.0, spacing / 4));
    painter.restore();
}

void paintMoving(QPainter& painter, const Theme& theme, const QRectF& rect, qreal spacing)
{
    Q_UNUSED(theme)
    drawTwoColoured(painter, rect, spacing, Hatch::Falling);
}

void paintImporting(QPainter& painter, const Theme& theme, const QRectF& rect, qreal spacing)
{
    Q_UNUSED(theme)
    drawTwoColoured(painter, rect, spacing, Hatch::Level);
}

void paintDisputed(QPainter& painter, const Theme& theme, const QRectF& rect, qreal spacing)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    drawHatch(painter, rect, spacing, Hatch::Crossed, theme.surface, std::max(1.0, spacing / 3));
    drawHatch(painter, rect, spacing, Hatch::Crossed, theme.text, std::max(0.7, spacing / 8));
    painter.restore();
}

QColor paleOf(const QColor& color, const Theme& theme)
{
    return blended(color, theme.surface, 0.3);
}

QColor blended(const QColor& over, const QColor& under, qreal opacity)
{
    const auto mix = [opacity](int a, int b) { return qRound(a * opacity + b * (1 - opacity)); };
    return { mix(over.red(), under.red()), mix(over.green(), under.green()),
        mix(over.blue(), under.blue()) };
}

void drawLine(QPainter& painter, const QRectF& rect, const QFont& font, const QColor& color,
    const QString& text, Qt::Alignment alignment, Qt::TextElideMode elide)
{
    if (text.isEmpty() || rect.width() <= 1)
        return;
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(rect, static_cast<int>(alignment | Qt::AlignVCenter) | Qt::TextSingleLine,
        elidedText(text, font, rect.width(), elide));
}

void paintWarningSign(
    QPainter& painter, const QPointF& centre, qreal size, const QColor& color, const QColor& mark)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const qreal r = size / 2;
    QPainterPath triangle;
    triangle.moveTo(centre + QPointF(0, -r));
    triangle.lineTo(centre + QPointF(r, r * 0.8));
    triangle.lineTo(centre + QPointF(-r, r * 0.8));
    triangle.closeSubpath();
    painter.setPen(QPen(color, size * 0.12, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(color);
    painter.drawPath(triangle);
    painter.setPen(QPen(mark, size * 0.13, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(centre + QPointF(0, -r * 0.28), centre + QPointF(0, r * 0.22));
    painter.drawPoint(centre + QPointF(0, r * 0.58));
    painter.restore();
}

void paintDownSign(
    QPainter& painter, const QPointF& centre, qreal size, const QColor& color, const QColor& mark)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawEllipse(centre, size / 2, size / 2);
    painter.setPen(QPen(mark, size * 0.15, Qt::SolidLine, Qt::RoundCap));
    const qreal arm = size * 0.19;
    painter.drawLine(centre + QPointF(-arm, -arm), centre + QPointF(arm, arm));
    painter.drawLine(centre + QPointF(-arm, arm), centre + QPointF(arm, -arm));
    painter.restore();
}

void paintOkSign(
    QPainter& painter, const QPointF& centre, qreal size, const QColor& color, const QColor& mark)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawEllipse(centre, size / 2, size / 2);
    QPainterPath tick;
    tick.moveTo(centre + QPointF(-size * 0.22, size * 0.02));
    tick.lineTo(centre + QPointF(-size * 0.05, size * 0.19));
    tick.lineTo(centre + QPointF(size * 0.24, -size * 0.17));
    painter.setPen(QPen(mark, size * 0.13, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(tick);
    painter.restore();
}

} // namespace slotscope::ui
