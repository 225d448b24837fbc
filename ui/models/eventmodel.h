// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topologydiff.h"
#include "ui/models/tablemodel.h"
#include "ui/theme/nodetext.h"

namespace slotscope::ui {

/// What changed in a cluster, and notes of the user: when, what, who said so. The newest first:
/// exactly the other way round than the events come, and than reports list them.
/// Keeps the last `most` events. Holds values, asks nobody.
class EventModel final : public TableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(EventModel)
public:
    enum Column { Time, Change, SaidBy, ColumnCount };
    static constexpr int most = 1000;

    explicit EventModel(QObject* parent = nullptr);

    /// Events that were seen together, oldest first; `topology` tells what the node that said so is
    /// called.
    void add(const QList<cluster::TopologyEvent>& events, const cluster::Topology& topology);
    /// These instead, oldest first: the newest `most` of them.
    void setEvents(const QList<cluster::TopologyEvent>& events, const cluster::Topology& topology);
    /// Who said what is called as `topology` calls it: after a failover as in the picture, and as
    /// in the past.
    void relabel(const cluster::Topology& topology);
    /// A line that the user wrote, at its place in time.
    void addNote(const QDateTime& at, const QString& text);
    /// They are kept aside until the next that are cleared.
    void clear();
    /// Puts them below those that came since.
    void restoreCleared();
    void forgetCleared() { m_cleared.clear(); }

    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

protected:
    qsizetype size() const override { return m_rows.size(); }
    QString columnTitle(int section) const override;

private:
    struct Row
    {
        QDateTime at;
        QString sentence;
        QString saidBy;
        Alarm alarm = Alarm::None;
        bool isNote = false;
        cluster::NodeId witness; ///< null: nobody in the cluster
        friend bool operator==(const Row&, const Row&) = default;
    };

    static bool relabel(Row* row, const cluster::Topology& topology); ///< whether that changed it
    static Row rowOf(const cluster::TopologyEvent& event, const cluster::Topology& topology);

    QList<Row> m_rows;
    QList<Row> m_cleared;
};

} // namespace slotscope::ui
