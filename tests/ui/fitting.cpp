// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "tests/ui/fitting.h"

#include "tests/ui/keyboardwalk.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QTabBar>

#include <algorithm>

namespace slotscope::tests {
using namespace Qt::StringLiterals;

namespace {

QString sizeText(QSize size)
{
    return u"%1x%2"_s.arg(size.width()).arg(size.height());
}

/// Why the text of a label is cut off; empty: it is not.
QString wrongWith(const QLabel* label)
{
    if (label->text().isEmpty())
        return {};
    if (label->text().contains(u'…') && !label->toolTip().isEmpty())
        return {};
    if (label->wordWrap()) {
        const int needed = label->heightForWidth(label->width());
        return needed > label->height()
            ? u"needs a height of %1, has %2"_s.arg(needed).arg(sizeText(label->size()))
            : QString();
    }
    const QSize needed = label->sizeHint();
    return needed.width() > label->width() || needed.height() > label->height()
        ? u"needs %1, has %2"_s.arg(sizeText(needed), sizeText(label->size()))
        : QString();
}

QString wrongWith(const QAbstractButton* button)
{
    if (button->text().isEmpty() || (button->text().contains(u'…') && !button->toolTip().isEmpty()))
        return {};
    QSize needed = button->sizeHint();
    // A style may wish for a wider one than the text needs.
    if (qobject_cast<const QPushButton*>(button)) {
        constexpr int edges = 6;
        const int text = button->fontMetrics().size(Qt::TextShowMnemonic, button->text()).width();
        const int icon = button->icon().isNull() ? 0 : button->iconSize().width();
        needed.setWidth(std::min(needed.width(), edges + icon + text));
    }
    return needed.width() > button->width() || needed.height() > button->height() + 1
        ? u"needs %1, has %2"_s.arg(sizeText(needed), sizeText(button->size()))
        : QString();
}

QString wrongWith(const QComboBox* box)
{
    constexpr int arrow = 24;
    const int needed = box->fontMetrics().horizontalAdvance(box->currentText()) + arrow;
    return needed > box->width() && box->toolTip().isEmpty() && !box->isEditable()
        ? u"needs %1, has %2"_s.arg(needed).arg(box->width())
        : QString();
}

QString wrongWith(const QTabBar* bar)
{
    int needed = 0;
    for (int i = 0; i < bar->count(); ++i)
        needed += bar->isTabVisible(i) ? bar->tabRect(i).width() : 0;
    return needed > bar->width() ? u"needs %1, has %2"_s.arg(needed).arg(bar->width()) : QString();
}

QString wrongWith(const QWidget* widget)
{
    if (const auto* label = qobject_cast<const QLabel*>(widget))
        return wrongWith(label);
    if (const auto* button = qobject_cast<const QAbstractButton*>(widget))
        return wrongWith(button);
    if (const auto* box = qobject_cast<const QComboBox*>(widget))
        return wrongWith(box);
    if (const auto* bar = qobject_cast<const QTabBar*>(widget))
        return wrongWith(bar);
    return {};
}

QString textOf(const QWidget* widget)
{
    if (const auto* label = qobject_cast<const QLabel*>(widget))
        return label->text();
    if (const auto* button = qobject_cast<const QAbstractButton*>(widget))
        return button->text();
    return {};
}

/// What can be scrolled into sight may lie outside.
bool isScrolled(const QWidget* widget)
{
    const QWidget* parent = widget->parentWidget();
    return parent && qobject_cast<const QAbstractScrollArea*>(parent->parentWidget());
}

} // namespace

QString cutOff(QWidget* root)
{
    QStringList wrong;
    for (const QWidget* widget : root->findChildren<QWidget*>()) {
        if (widget->window() != root->window() || !widget->isVisibleTo(root)
            || widget->objectName().startsWith(u"qt_"_s)
            || qobject_cast<const QTabBar*>(widget->parentWidget()))
            continue;
        QString why = wrongWith(widget);
        const QWidget* parent = widget->parentWidget();
        if (why.isEmpty() && !isScrolled(widget) && !parent->rect().contains(widget->geometry())
            && !widget->size().isEmpty())
            why = u"at %1,%2 with %3 in a parent of %4"_s.arg(widget->x())
                      .arg(widget->y())
                      .arg(sizeText(widget->size()), sizeText(parent->size()));
        if (!why.isEmpty())
            wrong << u"%1 “%2”: %3"_s.arg(whatIs(widget), textOf(widget).left(60), why);
    }
    return wrong.join(u'\n');
}

} // namespace slotscope::tests
