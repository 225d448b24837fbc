// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/mainwindow/sizemenu.h"

#include <QActionGroup>
#include <QSettings>

#include <algorithm>
#include <array>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

constexpr std::array sizes { 100, 125, 150, 175, 200 };
constexpr auto variable = "QT_SCALE_FACTOR";

} // namespace

SizeMenu::SizeMenu(QWidget* parent)
    : QMenu(tr("&Size"), parent)
{
    m_group = new QActionGroup(this);
    for (const int percent : sizes) {
        QAction* action = addAction(tr("%1 %").arg(percent));
        action->setCheckable(true);
        action->setData(percent);
        action->setChecked(percent == sizes.front());
        m_group->addAction(action);
    }
    connect(m_group, &QActionGroup::triggered, this,
        [this](const QAction* action) { Q_EMIT percentChosen(action->data().toInt()); });
}

void SizeMenu::setPercent(int percent)
{
    for (QAction* action : m_group->actions()) {
        if (action->data().toInt() == percent)
            action->setChecked(true);
    }
}

void SizeMenu::apply(const QString& settingsFile)
{
    if (qEnvironmentVariableIsSet(variable))
        return;
    const int percent
        = QSettings(settingsFile, QSettings::IniFormat).value(settingsKey(), 100).toInt();
    if (percent != 100 && std::find(sizes.begin(), sizes.end(), percent) != sizes.end())
        qputenv(variable, QByteArray::number(percent / 100.0));
}

QString SizeMenu::settingsKey()
{
    return u"size"_s;
}

} // namespace slotscope::ui
