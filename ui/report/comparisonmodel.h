// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/comparison.h"
#include "ui/models/tablemodel.h"

#include <QSortFilterProxyModel>

#include <optional>

namespace slotscope::ui {

/// "Findings", "Slots", ...
QString differenceTitle(capture::DifferenceKind kind);

/// What is different between two captures, the worst first: how bad, about what, what. Holds
/// values, never changes.
class ComparisonModel final : public TableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ComparisonModel)
public:
    enum Column { Severity, About, What, ColumnCount };

    explicit ComparisonModel(QList<capture::Difference> differences, QObject* parent = nullptr);

    const capture::Difference& differenceAt(int row) const { return m_differences.at(row); }

    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

protected:
    qsizetype size() const override { return m_differences.size(); }
    QString columnTitle(int section) const override;

private:
    QList<capture::Difference> m_differences;
};

/// Some of a ComparisonModel.
class ComparisonFilter final : public QSortFilterProxyModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ComparisonFilter)
public:
    explicit ComparisonFilter(ComparisonModel* model, QObject* parent = nullptr);

    void setKind(std::optional<slotscope::capture::DifferenceKind> kind); ///< nullopt: all
    void setProblemsOnly(bool only); ///< errors and warnings

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    ComparisonModel* m_model;
    std::optional<capture::DifferenceKind> m_kind;
    bool m_problemsOnly = false;
};

} // namespace slotscope::ui
