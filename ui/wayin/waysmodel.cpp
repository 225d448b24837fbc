// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/wayin/waysmodel.h"

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
    : TableModel(ColumnCount, parent)
{ }

bool operator==(const WaysModel::Row& a, const WaysModel::Row& b)
{
    return a.node == b.node && a.way.has_value() == b.way.has_value()
        && (!a.way || (a.way->dialled == b.way->dialled && a.way->tls == b.way->tls));
}

void WaysModel::setRows(const QList<Row>& rows)
{
    take(m_rows, keysOf(m_rows), rows, keysOf(rows));
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
        return QString(columnTitle(index.column()) + QStringLiteral(": ") + text);
    default:
        return {};
    }
}

QString WaysModel::columnTitle(int column) const
{
    switch (column) {
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
