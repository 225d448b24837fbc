// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/slotmap/shardfilter.h"

#include "ui/theme/plaintext.h"

#include <QMenu>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

ShardFilter::ShardFilter(QWidget* parent)
    : QToolButton(parent)
{
    setPopupMode(InstantPopup);
    setAccessibleName(tr("Shards that are coloured"));
    setToolTip(
        tr("Which shards are coloured. A click in the legend, or a double click in the map, shows "
           "one shard only, also in the picture; with Ctrl the legend colours several."));
    m_menu = new QMenu(this);
    setMenu(m_menu);
    connect(m_menu, &QMenu::aboutToShow, this, &ShardFilter::fillMenu);
    setShown({});
}

void ShardFilter::setShown(const QSet<int>& indices)
{
    m_shown = indices;
    setText(indices.isEmpty() ? tr("All shards") : tr("Shards: %1").arg(indices.size()));
    Q_EMIT shownChanged(indices);
}

void ShardFilter::toggle(int shardIndex)
{
    if (shardIndex < 0 || shardIndex >= m_topology.shards().size())
        return;
    const int index = m_topology.shards().at(shardIndex).index;
    QSet<int> shown = m_shown;
    if (!shown.remove(index))
        shown.insert(index);
    setShown(shown);
}

void ShardFilter::fillMenu()
{
    m_menu->clear();
    QAction* all = m_menu->addAction(tr("&All shards"), this, [this] { setShown({}); });
    all->setCheckable(true);
    all->setChecked(m_shown.isEmpty());
    m_menu->addSeparator();
    for (qsizetype i = 0; i < m_topology.shards().size(); ++i) {
        const cluster::Shard& shard = m_topology.shards().at(i);
        QString text = visibleText(shard.label);
        text.replace(u'&', u"&&"_s);
        QAction* action = m_menu->addAction(text, this, [this, i] { toggle(int(i)); });
        action->setCheckable(true);
        action->setChecked(m_shown.contains(shard.index));
    }
}

} // namespace slotscope::ui
