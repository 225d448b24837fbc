// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/models/shardmodel.h"

#include "core/cluster/slot.h"
#include "core/cluster/slottext.h"
#include "ui/theme/drawing.h"
#include "ui/theme/nodetext.h"
#include "ui/theme/plaintext.h"

#include <QHash>

#include <algorithm>
#include <utility>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

/// What the table shows of a node: the shortest unique part of its address, and its health if it is
/// not well.
QHash<cluster::NodeId, QString> shortNames(const cluster::Topology& topology)
{
    QList<net::Endpoint> addresses;
    for (const cluster::Node& node : topology.nodes())
        addresses.append(node.address);
    const QStringList shorts = shortAddresses(addresses);
    QHash<cluster::NodeId, QString> names;
    for (qsizetype i = 0; i < topology.nodes().size(); ++i) {
        const cluster::Node& node = topology.nodes().at(i);
        QString name = node.address.isDialable() ? shorts.value(i) : node.id.shortText();
        if (node.health != cluster::Health::Ok && node.health != cluster::Health::Unknown)
            name += u" ("_s + healthWord(node.health) + u')';
        names.insert(node.id, name);
    }
    return names;
}

/// The whole address, for the tool tip.
QString addressOf(const cluster::Topology& topology, const cluster::NodeId& id)
{
    const cluster::Node* node = topology.nodeById(id);
    return node && node->address.isDialable() ? node->address.toString() : id.toString();
}

} // namespace

ShardModel::ShardModel(QObject* parent)
    : TableModel(ColumnCount, parent)
{ }

QList<ShardModel::Row> ShardModel::rowsOf(const cluster::Topology& topology)
{
    const QHash<cluster::NodeId, QString> names = shortNames(topology);
    QList<Row> rows;
    for (const cluster::Shard& shard : topology.shards()) {
        Row row;
        row.label = shard.label;
        row.index = shard.index;
        row.primaryId = shard.primaryId.toByteArray();
        row.primary = names.value(shard.primaryId, shard.primaryId.shortText());
        row.primaryAddress = addressOf(topology, shard.primaryId);
        QStringList replicas;
        QStringList addresses;
        for (const cluster::NodeId& id : shard.replicaIds) {
            replicas << names.value(id, id.shortText());
            addresses << addressOf(topology, id);
        }
        row.replicas = replicas.join(u", "_s);
        row.replicaAddresses = addresses.join(u'\n');
        // A cell is one line: thousands of ranges (a fragmented cluster) are counted, not listed.
        row.ranges = cluster::rangesText(shard.ranges, 8);
        row.count = shard.slotCount;
        if (const cluster::Node* primary = topology.nodeById(shard.primaryId)) {
            row.trouble = primary->health != cluster::Health::Ok
                && primary->health != cluster::Health::Unknown;
        }
        rows.append(row);
    }
    std::stable_sort(
        rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.index < b.index; });
    return rows;
}

void ShardModel::setTopology(const cluster::Topology& topology)
{
    const QList<Row> rows = rowsOf(topology);
    QStringList before;
    QStringList after;
    for (const Row& row : m_rows)
        before << row.label;
    for (const Row& row : rows)
        after << row.label;
    take(m_rows, before, rows, after);
}

void ShardModel::setHighlighted(int shardIndex)
{
    const int before = std::exchange(m_highlighted, shardIndex);
    if (before == shardIndex)
        return;
    for (const int row : { rowOfShard(before), rowOfShard(shardIndex) }) {
        if (row >= 0)
            Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1), { Qt::BackgroundRole });
    }
}

void ShardModel::setStale(bool stale)
{
    if (std::exchange(m_isStale, stale) == stale || m_rows.isEmpty())
        return;
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1),
        { Qt::ForegroundRole, Qt::DecorationRole });
}

int ShardModel::rowOfShard(int shardIndex) const
{
    for (int i = 0; i < m_rows.size(); ++i) {
        if (m_rows.at(i).index == shardIndex)
            return i;
    }
    return -1;
}

QVariant ShardModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = m_rows.at(index.row());
    switch (role) {
    case Qt::ToolTipRole:
        // Views take a tool tip that looks like HTML for HTML.
        if (index.column() == Primary)
            return plainToolTip(row.primaryAddress);
        if (index.column() == Replicas)
            return plainToolTip(row.replicaAddresses);
        return plainToolTip(data(index, Qt::DisplayRole).toString());
    case Qt::DisplayRole:
        switch (index.column()) {
        case Label:
            return row.label;
        case Primary:
            return row.primary;
        case Replicas:
            return row.replicas.isEmpty() ? tr("none") : row.replicas;
        case Ranges:
            return row.ranges.isEmpty() ? tr("none") : row.ranges;
        case Count:
            return row.count;
        default:
            return {};
        }
    case Qt::DecorationRole:
        if (index.column() != Label)
            return {};
        return m_isStale ? paleOf(theme().shardColor(row.index), theme())
                         : theme().shardColor(row.index);
    case Qt::BackgroundRole:
        return row.index == m_highlighted ? QVariant(theme().sunken) : QVariant();
    case Qt::ForegroundRole:
        if (row.trouble && index.column() == Primary)
            return theme().danger;
        if (m_isStale || (index.column() == Replicas && row.replicas.isEmpty()))
            return theme().mutedText;
        return {};
    case Qt::TextAlignmentRole:
        return index.column() == Count ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter))
                                       : QVariant();
    case ShardIndexRole:
        return row.index;
    case PrimaryIdRole:
        return row.primaryId;
    case TroubleRole:
        return row.trouble;
    default:
        return {};
    }
}

QString ShardModel::columnTitle(int section) const
{
    switch (section) {
    case Label:
        return tr("Shard");
    case Primary:
        return tr("Primary");
    case Replicas:
        return tr("Replicas");
    case Ranges:
        return tr("Slots");
    case Count:
        return tr("Count");
    default:
        return {};
    }
}

Qt::Alignment ShardModel::columnAlignment(int section) const
{
    return section == Count ? Qt::AlignRight : Qt::AlignLeft;
}

} // namespace slotscope::ui
