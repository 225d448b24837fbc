// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/theme/logo.h"

#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace slotscope::ui {

namespace {

// The ribbon of slots: three shards.
constexpr QRgb blue = 0xff5b97d6;
constexpr QRgb yellow = 0xffe3bf5c;
constexpr QRgb green = 0xff3db3a0;

void paintRibbon(QPainter* painter, const QPainterPath& path, QRgb color)
{
    painter->strokePath(
        path, QPen(QColor::fromRgb(color), 16, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
}

} // namespace

void paintLogo(QPainter* painter, const QRectF& rect)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->translate(rect.topLeft());
    painter->scale(rect.width() / 128, rect.height() / 128);
    painter->setPen(QPen(QColor(0x7d, 0x88, 0x98), 2));
    painter->setBrush(QColor(0x1b, 0x22, 0x2c));
    painter->drawRoundedRect(QRectF(5, 5, 118, 118), 26, 26);

    // Folded the way a redirected command goes.
    QPainterPath path(QPointF(104, 32));
    path.lineTo(48, 32);
    path.arcTo(QRectF(32, 32, 32, 32), 90, 180);
    path.lineTo(62, 64);
    paintRibbon(painter, path, blue);
    path = QPainterPath(QPointF(66, 64));
    path.lineTo(80, 64);
    path.arcTo(QRectF(64, 64, 32, 32), 90, -180);
    path.lineTo(66, 96);
    paintRibbon(painter, path, yellow);
    path = QPainterPath(QPointF(62, 96));
    path.lineTo(48, 96);
    paintRibbon(painter, path, green);
    painter->setPen(Qt::NoPen);
    painter->setBrush(QColor::fromRgb(green));
    painter->drawPolygon(QPolygonF { { 48, 76 }, { 48, 116 }, { 20, 96 } });
    painter->restore();
}

QPixmap logoPixmap(int size, qreal pixelRatio)
{
    const int pixels = qCeil(size * pixelRatio);
    QPixmap pixmap(pixels, pixels);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paintLogo(&painter, QRectF(0, 0, pixels, pixels));
    painter.end();
    pixmap.setDevicePixelRatio(pixelRatio);
    return pixmap;
}

QIcon logoIcon()
{
    QIcon icon;
    for (const int size : { 16, 32, 48, 128 })
        icon.addPixmap(logoPixmap(size, 1));
    return icon;
}

} // namespace slotscope::ui
