// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topologydiff.h"
#include "ui/theme/nodetext.h"
#include "ui/theme/theme.h"

#include <QAbstractTableModel>

namespace slotscope::ui {

/// What changed in a cluster, and notes of the user, the newest first: when, what, who said so.
/// Keeps the last `most` events. Holds values, asks nobody.
class EventModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(EventModel)
public:
    enum Column { Time, Change, SaidBy, ColumnCount };
    static constexpr int most = 1000;

    explicit EventModel(QObject* parent = nullptr);

    /// Events that were seen together; `topology` tells what the node that said so is called.
    void add(const QList<cluster::TopologyEvent>& events, const cluster::Topology& topology);
    /// These instead, oldest first: the newest `most` of them.
    void setEvents(const QList<cluster::TopologyEvent>& events, const cluster::Topology& topology);
    /// A line that the user wrote, at its place in time.
    void addNote(const QDateTime& at, const QString& text);
    /// They are kept aside until the next that are cleared.
    void clear();
    /// Puts them below those that came since.
    void restoreCleared();
    void forgetCleared() { m_cleared.clear(); }
    void setTheme(const Theme& theme);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Row
    {
        QDateTime at;
        QString sentence;
        QString saidBy;
        Alarm alarm = Alarm::None;
        bool isNote = false;
        friend bool operator==(const Row&, const Row&) = default;
    };

    static Row rowOf(const cluster::TopologyEvent& event, const cluster::Topology& topology);

    QList<Row> m_rows;
    QList<Row> m_cleared;
    Theme m_theme;
};

} // namespace slotscope::ui
