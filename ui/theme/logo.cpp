// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/theme/logo.h"

#include <QPainter>

#include <cmath>

namespace slotscope::ui {

namespace {

struct Arc
{
    qreal start; ///< degrees, anticlockwise from three o'clock
    qreal span;
    QRgb color;
};

// The ring of slots: three shards, and one slot that moves.
constexpr Arc ring[] = {
    { 90, -120, 0xff4f86c0 },
    { -40, -100, 0xffe3bf5c },
    { -150, -110, 0xff35998a },
};

} // namespace

void paintLogo(QPainter* painter, const QRectF& rect)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->translate(rect.topLeft());
    painter->scale(rect.width() / 128, rect.height() / 128);
    painter->setPen(Qt::NoPen);
    painter->setBrush(QColor(0x1b, 0x22, 0x2c));
    painter->drawRoundedRect(QRectF(4, 4, 120, 120), 28, 28);
    for (const Arc& arc : ring) {
        painter->setPen(QPen(QColor::fromRgb(arc.color), 15, Qt::SolidLine, Qt::FlatCap));
        painter->drawArc(QRectF(28, 24, 72, 72), qRound(arc.start * 16), qRound(arc.span * 16));
    }
    // The redirect: back to the middle, then to the owner.
    const QColor light(0xe7, 0xeb, 0xf0);
    painter->setPen(Qt::NoPen);
    painter->setBrush(light);
    painter->drawEllipse(QPointF(64, 60), 11, 11);
    painter->setPen(QPen(light, 10, Qt::SolidLine, Qt::RoundCap));
    painter->drawLine(QPointF(64, 60), QPointF(99, 103));
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
