// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"
#include "ui/models/tablemodel.h"

namespace slotscope::ui {

/// The shards of a topology as a table, one row each, in the order of their labels. A new topology
/// changes only the rows that differ: selection and scroll position stay. Holds values, asks
/// nobody.
class ShardModel final : public TableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ShardModel)
public:
    enum Column { Label, Primary, Replicas, Ranges, Count, ColumnCount };
    enum Role {
        ShardIndexRole = Qt::UserRole, ///< Shard::index, which picks the colour; int
        PrimaryIdRole, ///< the primary's node id; QByteArray
        TroubleRole, ///< true when the primary is not well
    };

    explicit ShardModel(QObject* parent = nullptr);

    void setTopology(const cluster::Topology& topology);
    /// The row of the shard with this Shard::index stands out; -1: none.
    void setHighlighted(int shardIndex);
    /// Nobody answers: all rows are pale.
    void setStale(bool stale);
    /// The row of a node's shard, -1 if there is none.
    int rowOfShard(int shardIndex) const;

    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

protected:
    qsizetype size() const override { return m_rows.size(); }
    QString columnTitle(int section) const override;
    Qt::Alignment columnAlignment(int section) const override;

private:
    struct Row
    {
        QString label;
        int index = 0;
        QByteArray primaryId;
        QString primary; ///< short
        QString primaryAddress;
        QString replicas; ///< short
        QString replicaAddresses;
        QString ranges;
        int count = 0;
        bool trouble = false;
        friend bool operator==(const Row&, const Row&) = default;
    };
    static QList<Row> rowsOf(const cluster::Topology& topology);

    QList<Row> m_rows;
    int m_highlighted = -1;
    bool m_isStale = false;
};

} // namespace slotscope::ui
