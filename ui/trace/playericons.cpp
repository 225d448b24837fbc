// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/trace/playericons.h"

#include <QPainter>
#include <QPixmap>
#include <QPolygonF>

namespace slotscope::ui {

namespace {

void drawIcon(QPainter& painter, PlayerIcon icon)
{
    const auto triangle = [&painter](qreal left, qreal right) {
        painter.drawPolygon(QPolygonF { QPointF(left, 3), QPointF(right, 8), QPointF(left, 13) });
    };
    switch (icon) {
    case PlayerIcon::Play:
        triangle(4, 13);
        break;
    case PlayerIcon::Pause:
        painter.drawRect(QRectF(4, 3, 3, 10));
        painter.drawRect(QRectF(9, 3, 3, 10));
        break;
    case PlayerIcon::StepForward:
        triangle(3, 10);
        painter.drawRect(QRectF(11, 3, 2, 10));
        break;
    case PlayerIcon::StepBack:
        triangle(13, 6);
        painter.drawRect(QRectF(3, 3, 2, 10));
        break;
    case PlayerIcon::Replay:
        triangle(9, 4);
        triangle(14, 9);
        painter.drawRect(QRectF(2, 3, 1.5, 10));
        break;
    }
}

} // namespace

QIcon playerIcon(PlayerIcon icon, const QColor& color)
{
    QIcon result;
    for (const auto mode : { QIcon::Normal, QIcon::Disabled }) {
        QPixmap pixmap(48, 48);
        pixmap.setDevicePixelRatio(3);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        QColor fill = color;
        if (mode == QIcon::Disabled)
            fill.setAlphaF(0.35F);
        painter.setBrush(fill);
        drawIcon(painter, icon);
        painter.end();
        result.addPixmap(pixmap, mode);
    }
    return result;
}

} // namespace slotscope::ui
