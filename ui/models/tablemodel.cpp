// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/models/tablemodel.h"

namespace slotscope::ui {

TableModel::TableModel(int columns, QObject* parent)
    : QAbstractTableModel(parent)
    , m_columns(columns)
    , m_theme(Theme::light())
{ }

void TableModel::setTheme(const Theme& theme)
{
    m_theme = theme;
    if (size() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, m_columns - 1));
}

int TableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(size());
}

int TableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_columns;
}

QVariant TableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= m_columns)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(columnAlignment(section) | Qt::AlignVCenter);
    return role == Qt::DisplayRole ? QVariant(columnTitle(section)) : QVariant();
}

Qt::Alignment TableModel::columnAlignment(int) const
{
    return Qt::AlignLeft;
}

} // namespace slotscope::ui
