// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topologydiff.h"

#include <QWidget>

class QLabel;
class QTableView;

namespace slotscope::ui {

class EventModel;

/// The inspector's list of what changed while the window was connected, and since when it knows.
class EventList final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(EventList)
public:
    explicit EventList(QWidget* parent = nullptr);

    /// Nothing happened yet; watching began `since` (invalid: nobody watches).
    void restart(const QDateTime& since);
    void add(const QList<cluster::TopologyEvent>& events, const cluster::Topology& topology);
    void addNote(const QDateTime& at, const QString& text);

protected:
    void changeEvent(QEvent* event) override;

private:
    EventModel* m_events = nullptr;
    QTableView* m_table = nullptr;
    QLabel* m_since = nullptr;
};

} // namespace slotscope::ui
