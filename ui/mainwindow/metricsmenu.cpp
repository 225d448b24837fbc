// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/mainwindow/metricsmenu.h"

#include <QActionGroup>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

MetricsMenu::MetricsMenu(QWidget* parent)
    : QMenu(tr("Node n&umbers"), parent)
{
    m_group = new QActionGroup(this);
    for (const int seconds : { 0, 2, 5, 15 }) {
        QAction* action = addAction(seconds == 0 ? tr("&Off") : tr("Every &%1 s").arg(seconds));
        action->setCheckable(true);
        action->setData(seconds);
        action->setObjectName(u"metrics%1Action"_s.arg(seconds));
        m_group->addAction(action);
    }
    setSeconds(static_cast<int>(m_interval.count()));
    connect(m_group, &QActionGroup::triggered, this, [this](QAction* action) {
        m_interval = std::chrono::seconds(action->data().toInt());
        Q_EMIT intervalChanged(m_interval);
    });
}

void MetricsMenu::setSeconds(int seconds)
{
    for (QAction* action : m_group->actions()) {
        if (action->data().toInt() == seconds) {
            action->setChecked(true);
            m_interval = std::chrono::seconds(seconds);
        }
    }
}

} // namespace slotscope::ui
