// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/sidebyside.h"
#include "ui/theme/theme.h"

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>

namespace slotscope::ui {

/// Two captures beside each other, a row for each thing that one of them knows. What is different
/// has a sign, and bold letters. Holds values, never changes.
class SideBySideModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SideBySideModel)
public:
    enum Column { Sign, About, What, Before, After, ColumnCount };

    explicit SideBySideModel(QList<capture::SideBySideRow> rows, QObject* parent = nullptr);

    const capture::SideBySideRow& rowAt(int row) const { return m_rows.at(row); }
    int changedCount() const;
    void setTheme(const Theme& theme);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QList<capture::SideBySideRow> m_rows;
    Theme m_theme;
};

/// Some of a SideBySideModel.
class SideBySideFilter final : public QSortFilterProxyModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SideBySideFilter)
public:
    explicit SideBySideFilter(SideBySideModel* model, QObject* parent = nullptr);

    void setChangedOnly(bool only);

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    SideBySideModel* m_model;
    bool m_changedOnly = false;
};

} // namespace slotscope::ui
