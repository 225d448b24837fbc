// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/metrics/sparklinepainter.h"

#include <QPainter>

namespace slotscope::ui {

void paintSparkline(QPainter& painter, const SparklineGeometry& geometry, const Theme& theme)
{
    const QRectF& area = geometry.area;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.border, 1));
    painter.drawLine(area.bottomLeft(), area.bottomRight());
    QColor fill = theme.mutedText;
    fill.setAlphaF(0.16F);
    for (const QPolygonF& line : geometry.lines) {
        QPolygonF below = line;
        below.append(QPointF(line.last().x(), area.bottom()));
        below.append(QPointF(line.first().x(), area.bottom()));
        painter.setPen(Qt::NoPen);
        painter.setBrush(fill);
        painter.drawPolygon(below);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme.mutedText, 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        if (line.size() == 1)
            painter.drawPoint(line.first());
        else
            painter.drawPolyline(line);
    }
    if (geometry.last) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.text);
        painter.drawEllipse(*geometry.last, 2.2, 2.2);
    }
    painter.restore();
}

} // namespace slotscope::ui
