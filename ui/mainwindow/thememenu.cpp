// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/mainwindow/thememenu.h"

#include "ui/theme/theme.h"

#include <QActionGroup>
#include <QApplication>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

ThemeMenu::ThemeMenu(QWidget* parent)
    : QMenu(tr("&Colours"), parent)
{
    m_group = new QActionGroup(this);
    const std::pair<Choice, QString> choices[]
        = { { System, tr("As the &system") }, { Light, tr("&Light") }, { Dark, tr("&Dark") } };
    for (const auto& [choice, text] : choices) {
        QAction* action = addAction(text);
        action->setCheckable(true);
        action->setData(choice);
        action->setObjectName(nameOf(choice) + u"ThemeAction"_s);
        m_group->addAction(action);
    }
    connect(m_group, &QActionGroup::triggered, this, [this](QAction* action) {
        setChoice(static_cast<Choice>(action->data().toInt()));
        Q_EMIT choiceChanged(m_choice);
    });
}

void ThemeMenu::setChoice(Choice choice)
{
    markChoice(choice);
    apply();
}

void ThemeMenu::markChoice(Choice choice)
{
    m_choice = choice;
    for (QAction* action : m_group->actions())
        action->setChecked(action->data().toInt() == choice);
}

void ThemeMenu::systemChanged()
{
    if (m_choice == System)
        apply();
}

void ThemeMenu::apply()
{
    Theme theme = m_choice == Dark ? Theme::darkTheme() : Theme::light();
    if (m_choice == System) {
        // An empty palette gives the platform's own back, which says light or dark.
        QApplication::setPalette(QPalette());
        theme = Theme::of(QApplication::palette());
    }
    QApplication::setPalette(theme.palette());
}

QString ThemeMenu::nameOf(Choice choice)
{
    switch (choice) {
    case System:
        return u"system"_s;
    case Light:
        return u"light"_s;
    case Dark:
        return u"dark"_s;
    }
    return {};
}

ThemeMenu::Choice ThemeMenu::choiceOf(const QString& name)
{
    if (name == u"light")
        return Light;
    return name == u"dark" ? Dark : System;
}

} // namespace slotscope::ui
