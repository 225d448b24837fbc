// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/capture.h"

#include <QWidget>

class QLabel;
class QTableView;

namespace slotscope::ui {

class EmptyText;
class EventModel;

/// The inspector's list of what changed while the window was connected, and since when it knows.
class EventList final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(EventList)
public:
    explicit EventList(QWidget* parent = nullptr);

    /// Nothing happened yet; recording began `since` (invalid: nobody watches).
    void restart(const QDateTime& since);
    /// What was there before the last restart is there again: it is the same cluster.
    void goOn(const QDateTime& since);
    /// It is another one.
    void forgetEarlier();
    void add(const QList<cluster::TopologyEvent>& events, const cluster::Topology& topology);
    /// What happens now: see EventModel.
    void relabel(const cluster::Topology& topology);
    void addNote(const QDateTime& at, const QString& text);
    /// Of another time than now, oldest first, until showLive(). `since` says which.
    void showPast(const QList<cluster::TopologyEvent>& events, const QList<capture::Note>& notes,
        const cluster::Topology& topology, const QString& since);
    void showLive();

protected:
    void changeEvent(QEvent* event) override;

private:
    void setModel(EventModel* model);
    void setSince(const QDateTime& since);

    EventModel* m_events = nullptr; ///< what happens now
    EventModel* m_past = nullptr;
    QString m_liveSince;
    bool m_isPast = false;
    QTableView* m_table = nullptr;
    EmptyText* m_empty = nullptr; ///< in the table
    QLabel* m_since = nullptr;
};

} // namespace slotscope::ui
