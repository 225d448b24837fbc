// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "tests/ui/keyboardwalk.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QApplication>
#include <QButtonGroup>
#include <QComboBox>
#include <QLineEdit>
#include <QSet>
#include <QSlider>
#include <QTest>

namespace slotscope::tests {
using namespace Qt::StringLiterals;

namespace {

/// What belongs to a control of Qt's own, which speaks for it.
bool isPart(const QWidget* widget)
{
    return widget->objectName().startsWith(u"qt_"_s) || widget->focusProxy()
        || widget->inherits("QTableCornerButton")
        || (widget->parentWidget() && widget->parentWidget()->inherits("QTabBar"));
}

/// Tab comes to the chosen one of a group, arrow keys to the others.
bool isOneOfAGroup(const QWidget* widget)
{
    const auto* button = qobject_cast<const QAbstractButton*>(widget);
    return button && button->isCheckable() && !button->isChecked()
        && (button->autoExclusive() || (button->group() && button->group()->exclusive()));
}

bool isControl(const QWidget* widget)
{
    return (qobject_cast<const QAbstractButton*>(widget) && !isOneOfAGroup(widget))
        || qobject_cast<const QComboBox*>(widget) || qobject_cast<const QLineEdit*>(widget)
        || qobject_cast<const QSlider*>(widget);
}

QList<QWidget*> visibleIn(QWidget* root)
{
    QList<QWidget*> visible;
    for (QWidget* widget : root->findChildren<QWidget*>()) {
        if (widget->window() == root->window() && widget->isVisibleTo(root) && !isPart(widget))
            visible.append(widget);
    }
    return visible;
}

} // namespace

QString nameOf(QWidget* widget)
{
    QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(widget);
    return interface ? interface->text(QAccessible::Name) : QString();
}

QString whatIs(const QWidget* widget)
{
    return u"%1 “%2” in %3"_s.arg(QString::fromLatin1(widget->metaObject()->className()),
        widget->objectName(),
        widget->parentWidget()
            ? QString::fromLatin1(widget->parentWidget()->metaObject()->className())
            : u"nothing"_s);
}

QString unnamed(QWidget* root)
{
    QStringList wrong;
    for (QWidget* widget : visibleIn(root)) {
        const bool byTab = widget->focusPolicy() & Qt::TabFocus;
        if (isControl(widget) && !byTab)
            wrong << whatIs(widget) + u": no key reaches it"_s;
        if (byTab && nameOf(widget).isEmpty())
            wrong << whatIs(widget) + u": has no name"_s;
    }
    return wrong.join(u'\n');
}

QString unreachedByTab(QWidget* window)
{
    constexpr int most = 400;
    QSet<const QWidget*> reached;
    for (int i = 0; i < most; ++i) {
        QTest::keyClick(window->windowHandle(), Qt::Key_Tab);
        const QWidget* now = QApplication::focusWidget();
        if (i > 0 && reached.contains(now))
            break;
        reached.insert(now);
    }
    QStringList missing;
    for (const QWidget* widget : visibleIn(window)) {
        if ((widget->focusPolicy() & Qt::TabFocus) && widget->isEnabled()
            && !reached.contains(widget) && !isOneOfAGroup(widget))
            missing << whatIs(widget);
    }
    return missing.join(u'\n');
}

} // namespace slotscope::tests
