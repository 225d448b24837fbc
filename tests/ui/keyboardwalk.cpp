// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "tests/ui/keyboardwalk.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QApplication>
#include <QButtonGroup>
#include <QComboBox>
#include <QGroupBox>
#include <QHash>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QSet>
#include <QSlider>
#include <QTabBar>
#include <QTest>

#include <utility>

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

using Letters = QHash<QKeySequence, QStringList>;

void addLetter(Letters* letters, const QString& text)
{
    if (const QKeySequence letter = QKeySequence::mnemonic(text); !letter.isEmpty())
        (*letters)[letter] << text;
}

Letters lettersIn(QWidget* window)
{
    Letters letters;
    for (const QWidget* widget : window->findChildren<QWidget*>()) {
        if (widget->window() != window || !widget->isVisibleTo(window))
            continue;
        const auto* label = qobject_cast<const QLabel*>(widget);
        if (const auto* button = qobject_cast<const QAbstractButton*>(widget))
            addLetter(&letters, button->text());
        else if (label && label->buddy())
            addLetter(&letters, label->text());
        else if (const auto* box = qobject_cast<const QGroupBox*>(widget))
            addLetter(&letters, box->title());
        else if (const auto* tabs = qobject_cast<const QTabBar*>(widget))
            for (int i = 0; i < tabs->count(); ++i)
                addLetter(&letters, tabs->tabText(i));
        else if (const auto* bar = qobject_cast<const QMenuBar*>(widget))
            for (const QAction* action : bar->actions())
                addLetter(&letters, action->text());
    }
    for (const QAction* action : window->actions()) {
        for (const QKeySequence& keys : action->shortcuts()) {
            if (letters.contains(keys))
                letters[keys] << action->text();
        }
    }
    return letters;
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

QString sharedLetters(QWidget* window)
{
    QList<Letters> groups { lettersIn(window) };
    for (const QMenu* menu : window->findChildren<QMenu*>()) {
        Letters letters;
        for (const QAction* action : menu->actions())
            addLetter(&letters, action->text());
        groups << letters;
    }
    QStringList shared;
    for (const Letters& letters : std::as_const(groups)) {
        for (auto letter = letters.cbegin(); letter != letters.cend(); ++letter) {
            if (letter->size() > 1)
                shared << letter.key().toString() % u": "_s % letter->join(u", "_s);
        }
    }
    return shared.join(u'\n');
}

} // namespace slotscope::tests
