// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/models/rowdiff.h"
#include "ui/theme/theme.h"

#include <QAbstractTableModel>

namespace slotscope::ui {

/// What the tables of the window have in common: a flat table whose columns stay, with a title
/// above each, in the colours of a theme. Who inherits holds the rows and tells of their changes.
class TableModel : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TableModel)
public:
    void setTheme(const Theme& theme);

    int rowCount(const QModelIndex& parent = {}) const final;
    int columnCount(const QModelIndex& parent = {}) const final;
    QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const final;

protected:
    explicit TableModel(int columns, QObject* parent = nullptr);

    const Theme& theme() const { return m_theme; } ///< light at first
    virtual qsizetype size() const = 0; ///< in rows
    virtual QString columnTitle(int column) const = 0;
    /// Of its title; the cells have theirs from data().
    virtual Qt::Alignment columnAlignment(int column) const;

    /// Makes of `rows` the `wanted` ones, and tells only of those that changed, so that a selection
    /// stays. The keys of both are those of diffRows().
    template <typename Row>
    void take(QList<Row>& rows, const QStringList& keys, const QList<Row>& wanted,
        const QStringList& wantedKeys)
    {
        for (const RowChange& change : diffRows(keys, wantedKeys)) {
            switch (change.kind) {
            case RowChange::Kind::Remove:
                beginRemoveRows({}, change.row, change.row);
                rows.removeAt(change.row);
                endRemoveRows();
                break;
            case RowChange::Kind::Insert:
                beginInsertRows({}, change.row, change.row);
                rows.insert(change.row, wanted.at(change.source));
                endInsertRows();
                break;
            case RowChange::Kind::Update:
                if (rows.at(change.row) == wanted.at(change.source))
                    break;
                rows[change.row] = wanted.at(change.source);
                Q_EMIT dataChanged(index(change.row, 0), index(change.row, m_columns - 1));
                break;
            }
        }
    }

private:
    const int m_columns;
    Theme m_theme;
};

} // namespace slotscope::ui
