// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/report/sidebysidemodel.h"

#include "ui/theme/plaintext.h"

#include <QFont>

#include <algorithm>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

QString aboutTitle(capture::SideBySideRow::About about)
{
    switch (about) {
    case capture::SideBySideRow::About::Cluster:
        return SideBySideModel::tr("Cluster");
    case capture::SideBySideRow::About::Node:
        return SideBySideModel::tr("Node");
    case capture::SideBySideRow::About::Finding:
        return SideBySideModel::tr("Finding");
    }
    return {};
}

QString orNone(const QString& text)
{
    return text.isEmpty() ? u"\u2014"_s : visibleText(text);
}

} // namespace

SideBySideModel::SideBySideModel(QList<capture::SideBySideRow> rows, QObject* parent)
    : QAbstractTableModel(parent)
    , m_rows(std::move(rows))
    , m_theme(Theme::light())
{ }

int SideBySideModel::changedCount() const
{
    return static_cast<int>(std::count_if(m_rows.begin(), m_rows.end(),
        [](const capture::SideBySideRow& row) { return row.isChanged(); }));
}

void SideBySideModel::setTheme(const Theme& theme)
{
    m_theme = theme;
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int SideBySideModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int SideBySideModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant SideBySideModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const capture::SideBySideRow& row = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case Sign:
            return row.isChanged() ? u"\u2260"_s : QString();
        case About:
            return aboutTitle(row.about);
        case What:
            return visibleText(row.name);
        case Before:
            return orNone(row.before);
        case After:
            return orNone(row.after);
        default:
            return {};
        }
    case Qt::AccessibleTextRole:
        return index.column() == Sign ? QVariant(row.isChanged() ? tr("different") : tr("the same"))
                                      : QVariant();
    case Qt::ToolTipRole:
        return plainToolTip(index.column() == Before ? orNone(row.before)
                : index.column() == After            ? orNone(row.after)
                                                     : visibleText(row.name));
    case Qt::FontRole: {
        QFont font;
        font.setBold(row.isChanged());
        return font;
    }
    case Qt::ForegroundRole:
        if (index.column() == Sign)
            return m_theme.accent;
        return row.isChanged() && index.column() != About ? QVariant()
                                                          : QVariant(m_theme.mutedText);
    case Qt::TextAlignmentRole:
        return int(Qt::AlignLeft | Qt::AlignVCenter);
    default:
        return {};
    }
}

QVariant SideBySideModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case About:
        return tr("About");
    case What:
        return tr("What");
    case Before:
        return tr("Before");
    case After:
        return tr("After");
    default:
        return {};
    }
}

SideBySideFilter::SideBySideFilter(SideBySideModel* model, QObject* parent)
    : QSortFilterProxyModel(parent)
    , m_model(model)
{
    setSourceModel(model);
}

void SideBySideFilter::setChangedOnly(bool only)
{
    m_changedOnly = only;
    invalidateFilter();
}

bool SideBySideFilter::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    return !parent.isValid() && (!m_changedOnly || m_model->rowAt(row).isChanged());
}

} // namespace slotscope::ui
