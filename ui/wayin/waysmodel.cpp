// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/wayin/waysmodel.h"

#include "ui/models/rowdiff.h"
#include "ui/theme/plaintext.h"

#include <QHash>

namespace slotscope::ui {

namespace {

QString textOf(const WaysModel::Row& row, int column)
{
    if (column == WaysModel::Node)
        return visibleText(row.node);
    if (!row.way)
        return column == WaysModel::Reached ? WaysModel::tr("no open connection") : QString();
    const net::TlsInfo& tls = row.way->tls;
    switch (column) {
    case WaysModel::Reached:
        return row.way->dialled.toString();
    case WaysModel::Protocol:
        return tls.protocol;
    case WaysModel::Cipher:
        return tls.cipher;
    case WaysModel::Name:
        return visibleText(tls.nameAsked);
    case WaysModel::Verified:
        if (tls.protocol.isEmpty())
            return {};
        return tls.isVerified ? WaysModel::tr("✓ yes") : WaysModel::tr("✗ no");
    case WaysModel::Until:
        return tls.chain.isEmpty() ? QString()
                                   : tls.chain.first().notAfter.date().toString(Qt::ISODate);
    default:
        return {};
    }
}

bool isSame(const WaysModel::Row& a, const WaysModel::Row& b)
{
    return a.node == b.node && a.way.has_value() == b.way.has_value()
        && (!a.way || (a.way->dialled == b.way->dialled && a.way->tls == b.way->tls));
}

/// There may be several connections to one address.
QStringList keysOf(const QList<WaysModel::Row>& rows)
{
    QStringList keys;
    QHash<QString, int> times;
    for (const WaysModel::Row& row : rows)
        keys << row.node + u' ' + QString::number(++times[row.node]);
    return keys;
}

} // namespace

WaysModel::WaysModel(QObject* parent)
    : QAbstractTableModel(parent)
{ }

void WaysModel::setRows(const QList<Row>& rows)
{
    for (const RowChange& change : diffRows(keysOf(m_rows), keysOf(rows))) {
        switch (change.kind) {
        case RowChange::Kind::Remove:
            beginRemoveRows({}, change.row, change.row);
            m_rows.removeAt(change.row);
            endRemoveRows();
            break;
        case RowChange::Kind::Insert:
            beginInsertRows({}, change.row, change.row);
            m_rows.insert(change.row, rows.at(change.source));
            endInsertRows();
            break;
        case RowChange::Kind::Update:
            if (isSame(m_rows.at(change.row), rows.at(change.source)))
                break;
            m_rows[change.row] = rows.at(change.source);
            Q_EMIT dataChanged(index(change.row, 0), index(change.row, ColumnCount - 1));
            break;
        }
    }
}

int WaysModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int WaysModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant WaysModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const QString text = textOf(m_rows.at(index.row()), index.column());
    switch (role) {
    case Qt::DisplayRole:
        return text;
    case Qt::ToolTipRole:
        return plainToolTip(text);
    case Qt::AccessibleTextRole:
        return QString(
            headerData(index.column(), Qt::Horizontal).toString() + QStringLiteral(": ") + text);
    default:
        return {};
    }
}

QVariant WaysModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Node:
        return tr("Node");
    case Reached:
        return tr("Reached at");
    case Protocol:
        return tr("TLS");
    case Cipher:
        return tr("Cipher");
    case Name:
        return tr("Name asked for");
    case Verified:
        return tr("Verified");
    case Until:
        return tr("Certificate until");
    default:
        return {};
    }
}

} // namespace slotscope::ui
