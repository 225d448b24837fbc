// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topologydiff.h"
#include "core/health/findings.h"

#include <QTabWidget>

class QTableView;

namespace slotscope::ui {

class EventList;
class KeySearchPanel;
class NodeDetails;
class ProblemList;
class ShardModel;
class SlotMapWidget;
class SlotPanel;

/// The right side: what is wrong, what changed, the slot map, the node that was clicked, and the
/// list of shards.
class Inspector final : public QTabWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Inspector)
public:
    explicit Inspector(QWidget* parent = nullptr);

    SlotMapWidget* slotMap() const;
    SlotPanel* slotPanel() const { return m_slots; }
    KeySearchPanel* keySearch() const { return m_keys; }
    NodeDetails* nodeDetails() const { return m_node; }

    void setTopology(const cluster::Topology& topology);
    void setHighlightedShard(int shardIndex);
    /// Nobody answers: what is shown of shards, slots and nodes is pale.
    void setStale(bool stale);
    void setMarkedSlot(int slot);
    /// Shows the node and turns to its tab.
    void showNode(const cluster::NodeId& id, const net::Endpoint& address);
    /// Another cluster: nothing of the last one stays.
    void forgetKeys();
    void forgetNode();
    /// A cluster was opened: no event is known yet. Invalid: it is not watched.
    void restartEvents(const QDateTime& since);
    void addEvents(const QList<cluster::TopologyEvent>& events);
    void addNote(const QDateTime& at, const QString& text);
    EventList* events() const { return m_events; }
    /// Shown in their tab, with their number in its title.
    void setFindings(const QList<health::Finding>& findings, const cluster::Topology& topology);
    ProblemList* problems() const { return m_problems; }

    /// The tab that the user wants to see first, by its name; not one that the program turned to.
    QString chosenTab() const;
    /// As if the user had. A name that no tab has changes nothing.
    void chooseTab(const QString& name);

Q_SIGNALS:
    /// By the user.
    void tabChosen();
    void shardHovered(int shardIndex);
    /// Of a key that is typed here; -1: none.
    void slotTyped(int slot);
    /// A line for the console, to be looked at before it is run.
    void commandSuggested(const QString& line);
    /// The user clicked a shard: only that one, or all again.
    void shardClicked(int shardIndex);

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    int shardIn(const QModelIndex& row) const; ///< of the list of shards

    cluster::Topology m_topology;
    QWidget* m_chosen = nullptr;
    ShardModel* m_shards = nullptr;
    QTableView* m_table = nullptr;
    SlotPanel* m_slots = nullptr;
    KeySearchPanel* m_keys = nullptr;
    ProblemList* m_problems = nullptr;
    EventList* m_events = nullptr;
    NodeDetails* m_node = nullptr;
};

} // namespace slotscope::ui
