// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/report/comparisonmodel.h"

#include "ui/theme/plaintext.h"
#include "ui/theme/severity.h"

namespace slotscope::ui {

using capture::DifferenceKind;

QString differenceTitle(DifferenceKind kind)
{
    switch (kind) {
    case DifferenceKind::Findings:
        return ComparisonModel::tr("Findings");
    case DifferenceKind::State:
        return ComparisonModel::tr("State");
    case DifferenceKind::Slots:
        return ComparisonModel::tr("Slots");
    case DifferenceKind::Roles:
        return ComparisonModel::tr("Roles");
    case DifferenceKind::Health:
        return ComparisonModel::tr("Health");
    case DifferenceKind::Nodes:
        return ComparisonModel::tr("Nodes");
    case DifferenceKind::Migrations:
        return ComparisonModel::tr("Migrations");
    case DifferenceKind::Epochs:
        return ComparisonModel::tr("Epochs");
    case DifferenceKind::Versions:
        return ComparisonModel::tr("Versions");
    case DifferenceKind::Views:
        return ComparisonModel::tr("Views");
    }
    return {};
}

ComparisonModel::ComparisonModel(QList<capture::Difference> differences, QObject* parent)
    : TableModel(ColumnCount, parent)
    , m_differences(std::move(differences))
{ }

QVariant ComparisonModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const capture::Difference& difference = m_differences.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case Severity:
            return severityWord(difference.severity);
        case About:
            return differenceTitle(difference.kind);
        case What:
            return visibleText(difference.text);
        default:
            return {};
        }
    case Qt::ToolTipRole:
        return plainToolTip(visibleText(difference.text));
    case Qt::ForegroundRole:
        if (index.column() == About || difference.severity == health::Severity::Calm)
            return index.column() == What ? QVariant() : QVariant(theme().mutedText);
        if (difference.severity == health::Severity::Error)
            return theme().danger;
        return difference.severity == health::Severity::Warning ? QVariant(theme().warning)
                                                                : QVariant();
    case Qt::TextAlignmentRole:
        return int(Qt::AlignLeft | Qt::AlignVCenter);
    default:
        return {};
    }
}

QString ComparisonModel::columnTitle(int section) const
{
    switch (section) {
    case Severity:
        return tr("Severity");
    case About:
        return tr("About");
    case What:
        return tr("What is different");
    default:
        return {};
    }
}

ComparisonFilter::ComparisonFilter(ComparisonModel* model, QObject* parent)
    : QSortFilterProxyModel(parent)
    , m_model(model)
{
    setSourceModel(model);
}

void ComparisonFilter::setKind(std::optional<DifferenceKind> kind)
{
    m_kind = kind;
    invalidateFilter();
}

void ComparisonFilter::setProblemsOnly(bool only)
{
    m_problemsOnly = only;
    invalidateFilter();
}

bool ComparisonFilter::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    if (parent.isValid())
        return false;
    const capture::Difference& difference = m_model->differenceAt(row);
    return (!m_kind || difference.kind == *m_kind)
        && (!m_problemsOnly || difference.severity >= health::Severity::Warning);
}

} // namespace slotscope::ui
