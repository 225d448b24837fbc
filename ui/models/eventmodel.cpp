// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/models/eventmodel.h"

#include "ui/theme/plaintext.h"
#include "ui/theme/timetext.h"

#include <algorithm>
#include <utility>

namespace slotscope::ui {

EventModel::EventModel(QObject* parent)
    : TableModel(ColumnCount, parent)
{ }

EventModel::Row EventModel::rowOf(
    const cluster::TopologyEvent& event, const cluster::Topology& topology)
{
    const bool isOwn = cluster::isOwnFinding(event.change.kind);
    const QString saidBy
        = isOwn ? tr("this computer") : visibleText(topology.labelOf(event.saidBy));
    return { event.at.toUTC(), visibleText(cluster::sentenceOf(event.change)), saidBy,
        alarmOf(event.change), false, isOwn ? cluster::NodeId() : event.saidBy };
}

bool EventModel::relabel(Row* row, const cluster::Topology& topology)
{
    // Who has gone keeps the name that one knows.
    if (row->witness.isNull() || !topology.nodeById(row->witness))
        return false;
    const QString label = visibleText(topology.labelOf(row->witness));
    return std::exchange(row->saidBy, label) != label;
}

void EventModel::relabel(const cluster::Topology& topology)
{
    for (Row& row : m_cleared)
        relabel(&row, topology);
    for (int i = 0; i < rowCount(); ++i) {
        if (relabel(&m_rows[i], topology))
            Q_EMIT dataChanged(index(i, SaidBy), index(i, SaidBy), { Qt::DisplayRole });
    }
}

void EventModel::setEvents(
    const QList<cluster::TopologyEvent>& events, const cluster::Topology& topology)
{
    const QList<cluster::TopologyEvent> kept
        = events.last(std::min<qsizetype>(most, events.size()));
    QList<Row> rows;
    rows.reserve(kept.size());
    for (auto event = kept.crbegin(); event != kept.crend(); ++event)
        rows.append(rowOf(*event, topology));
    if (rows == m_rows)
        return;
    beginResetModel();
    m_rows = rows;
    endResetModel();
}

void EventModel::add(const QList<cluster::TopologyEvent>& events, const cluster::Topology& topology)
{
    QList<Row> rows;
    for (auto event = events.crbegin(); event != events.crend() && rows.size() < most; ++event)
        rows.append(rowOf(*event, topology));
    if (rows.isEmpty())
        return;
    const int excess = static_cast<int>(m_rows.size() + rows.size()) - most;
    if (excess > 0) {
        beginRemoveRows({}, rowCount() - excess, rowCount() - 1);
        m_rows.remove(m_rows.size() - excess, excess);
        endRemoveRows();
    }
    beginInsertRows({}, 0, static_cast<int>(rows.size()) - 1);
    m_rows = rows + m_rows;
    endInsertRows();
}

void EventModel::addNote(const QDateTime& at, const QString& text)
{
    const auto place = std::find_if(
        m_rows.cbegin(), m_rows.cend(), [&at](const Row& row) { return row.at <= at; });
    const auto row = static_cast<int>(place - m_rows.cbegin());
    beginInsertRows({}, row, row);
    m_rows.insert(row,
        { at.toUTC(), tr("Note: %1").arg(visibleText(text)), tr("you"), Alarm::None, true, {} });
    endInsertRows();
}

void EventModel::clear()
{
    if (m_rows.isEmpty())
        return;
    beginRemoveRows({}, 0, rowCount() - 1);
    m_cleared = std::exchange(m_rows, {});
    endRemoveRows();
}

void EventModel::restoreCleared()
{
    const qsizetype room = std::min<qsizetype>(most - m_rows.size(), m_cleared.size());
    if (room > 0) {
        const auto begin = static_cast<int>(m_rows.size());
        beginInsertRows({}, begin, begin + static_cast<int>(room) - 1);
        m_rows += m_cleared.first(room);
        endInsertRows();
    }
    m_cleared.clear();
}

QVariant EventModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case Time:
            return clockText(row.at);
        case Change:
            return row.sentence;
        case SaidBy:
            return row.saidBy;
        default:
            return {};
        }
    case Qt::ToolTipRole:
        return plainToolTip(
            index.column() == Time ? row.at.toString(Qt::ISODateWithMs) : row.sentence);
    case Qt::ForegroundRole:
        if (index.column() != Change)
            return theme().mutedText;
        if (row.isNote)
            return theme().accent;
        if (row.alarm == Alarm::Bad)
            return theme().danger;
        return row.alarm == Alarm::Notice ? QVariant(theme().warning) : QVariant();
    case Qt::TextAlignmentRole:
        return int(Qt::AlignLeft | Qt::AlignTop);
    default:
        return {};
    }
}

QString EventModel::columnTitle(int section) const
{
    switch (section) {
    case Time:
        return tr("Time (UTC)");
    case Change:
        return tr("What changed");
    case SaidBy:
        return tr("Said by");
    default:
        return {};
    }
}

} // namespace slotscope::ui
