// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"

#include <QSet>
#include <QToolButton>

class QMenu;

namespace slotscope::ui {

/// The button that says which shards are coloured, with a menu to choose them.
class ShardFilter final : public QToolButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ShardFilter)
public:
    explicit ShardFilter(QWidget* parent = nullptr);

    void setTopology(const cluster::Topology& topology) { m_topology = topology; }
    /// By their `index`; none: all.
    void setShown(const QSet<int>& indices);
    /// This shard too, or no longer.
    void toggle(int shardIndex);

Q_SIGNALS:
    void shownChanged(const QSet<int>& indices);

private:
    void fillMenu();

    QMenu* m_menu = nullptr;
    cluster::Topology m_topology;
    QSet<int> m_shown;
};

} // namespace slotscope::ui
