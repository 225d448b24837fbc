// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/theme/windowstyle.h"

#include <QAbstractSpinBox>
#include <QComboBox>
#include <QEvent>
#include <QIcon>
#include <QIconEngine>
#include <QPainter>
#include <QPlainTextEdit>
#include <QStyleFactory>
#include <QStyleOption>
#include <QToolButton>

#include <algorithm>

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

void outline(const QStyleOption* option, QPainter* painter, const QColor& line)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(line);
    painter->setBrush(Qt::NoBrush);
    painter->drawRoundedRect(QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
    painter->restore();
}

/// Fusion's own outlines are nearly as dark as the ground.
void outlineInTheDark(const QStyleOption* option, QPainter* painter, float strength)
{
    const bool isDark = option->palette.color(QPalette::Window).lightness() < 128;
    if (!isDark || option->state.testFlag(QStyle::State_HasFocus))
        return;
    QColor line = option->palette.color(QPalette::WindowText);
    line.setAlphaF(strength);
    outline(option, painter, line);
}

/// A button whose only use is its menu: it looks like a combo box.
bool isChoice(const QWidget* widget)
{
    const auto* button = qobject_cast<const QToolButton*>(widget);
    return button && button->popupMode() == QToolButton::InstantPopup;
}

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

void WindowStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option,
    QPainter* painter, const QWidget* widget) const
{
    if (element == PE_IndicatorArrowDown && isChoice(widget)) {
        // Beside the text, as that of a combo box; Fusion has it in the lower corner.
        constexpr int size = 9;
        constexpr int margin = 7;
        QStyleOption beside(*option);
        beside.rect = visualRect(option->direction, widget->rect(),
            QRect(widget->width() - size - margin, (widget->height() - size) / 2, size, size));
        QProxyStyle::drawPrimitive(element, &beside, painter, widget);
        return;
    }
    QProxyStyle::drawPrimitive(element, option, painter, widget);
    if (element == PE_IndicatorCheckBox)
        outlineInTheDark(option, painter, 0.55F);
    else if (element == PE_FrameLineEdit)
        outlineInTheDark(option, painter, 0.25F);
}

void WindowStyle::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
    const QWidget* widget) const
{
    const auto* label = qstyleoption_cast<const QStyleOptionToolButton*>(option);
    if (element == CE_ToolButtonLabel && label && isChoice(widget) && label->icon.isNull()) {
        constexpr int margin = 6;
        const QRect room = label->rect.adjusted(margin, 0, -margin, 0);
        drawItemText(painter, visualRect(label->direction, label->rect, room),
            int(visualAlignment(label->direction, Qt::AlignLeft | Qt::AlignVCenter))
                | Qt::TextShowMnemonic,
            label->palette, label->state.testFlag(State_Enabled), label->text,
            QPalette::ButtonText);
        return;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
    // A field of several lines is a frame like any other, and still a field: it shows its focus.
    const auto* field
        = element == CE_ShapedFrame ? qobject_cast<const QPlainTextEdit*>(widget) : nullptr;
    if (!field || field->frameShape() == QFrame::NoFrame)
        return;
    if (option->state.testFlag(State_HasFocus))
        outline(option, painter, option->palette.color(QPalette::Highlight));
    else
        outlineInTheDark(option, painter, 0.25F);
}

QSize WindowStyle::sizeFromContents(ContentsType type, const QStyleOption* option,
    const QSize& contents, const QWidget* widget) const
{
    QSize size = QProxyStyle::sizeFromContents(type, option, contents, widget);
    if (type == CT_PushButton)
        size.setWidth(std::max(size.width(), contents.width() + 24));
    const auto* tool = qstyleoption_cast<const QStyleOptionToolButton*>(option);
    if (type == CT_ToolButton && tool && tool->features.testFlag(QStyleOptionToolButton::HasMenu))
        size.rwidth() += 28; // the arrow would stand on the last letter
    return size;
}

int WindowStyle::styleHint(
    StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* more) const
{
    if (hint == SH_DialogButtonBox_ButtonsHaveIcons)
        return 0;
    return QProxyStyle::styleHint(hint, option, widget, more);
}

void WindowStyle::polish(QWidget* widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QComboBox*>(widget) != nullptr
        || qobject_cast<QAbstractSpinBox*>(widget) != nullptr)
        widget->installEventFilter(this);
}

bool WindowStyle::eventFilter(QObject* object, QEvent* event)
{
    if (event->type() != QEvent::Wheel)
        return QProxyStyle::eventFilter(object, event);
    event->ignore(); // goes to the parent
    return true;
}

} // namespace slotscope::ui
