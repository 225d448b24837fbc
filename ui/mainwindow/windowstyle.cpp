// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/mainwindow/windowstyle.h"

#include <QIcon>
#include <QIconEngine>
#include <QPainter>
#include <QStyleFactory>
#include <QStyleOption>

namespace slotscope::ui {

namespace {

/// "»", in the colour of the text around it.
class ChevronEngine final : public QIconEngine
{
public:
    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        const QPalette palette;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(
            QPen(palette.color(mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active,
                     QPalette::ButtonText),
                1.5));
        const QPointF centre = QRectF(rect).center();
        const qreal size = rect.height() / 5.0;
        for (const qreal x : { -size, 0.2 * size }) {
            const QPointF tip = centre + QPointF(x + size, 0);
            painter->drawLine(tip + QPointF(-size, -size), tip);
            painter->drawLine(tip, tip + QPointF(-size, size));
        }
        painter->restore();
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }
    QIconEngine* clone() const override { return new ChevronEngine; }
};

} // namespace

WindowStyle::WindowStyle()
    : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion")))
{ }

QIcon WindowStyle::standardIcon(
    StandardPixmap icon, const QStyleOption* option, const QWidget* widget) const
{
    if (icon == SP_ToolBarHorizontalExtensionButton)
        return QIcon(new ChevronEngine);
    return QProxyStyle::standardIcon(icon, option, widget);
}

} // namespace slotscope::ui
