// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/console/fanoutmodel.h"

#include "core/command/commandline.h"
#include "core/command/fanoutformat.h"
#include "core/explain/redirects.h"
#include "core/resp/replytext.h"
#include "ui/theme/plaintext.h"

namespace slotscope::ui {
using namespace Qt::StringLiterals;
using command::FanOutRow;
using command::TraceOutcome;

namespace {

QString stateText(const FanOutRow& row)
{
    if (!row.trace.isComplete())
        return row.trace.hops.isEmpty() ? FanOutModel::tr("waits") : FanOutModel::tr("on its way");
    const QString state = command::rowState(row);
    if (state == u"done"_s)
        return FanOutModel::tr("OK");
    return state == u"unknown"_s ? FanOutModel::tr("outcome unknown") : FanOutModel::tr("failed");
}

constexpr qsizetype mostOfCommand = 40; // characters

QString answerText(const FanOutRow& row)
{
    if (!row.trace.isComplete())
        return {};
    if (!row.trace.reply.isNull() || row.hasSucceeded())
        return resp::summaryLine(row.trace.reply, 300);
    return visibleText(row.trace.detail.left(300));
}

} // namespace

FanOutModel::FanOutModel(QObject* parent)
    : TableModel(ColumnCount, parent)
{ }

void FanOutModel::setIsPipeline(bool isPipeline)
{
    m_isPipeline = isPipeline;
}

void FanOutModel::setFanOut(const command::FanOut& fanOut)
{
    if (fanOut.rows.size() != m_fanOut.rows.size()) {
        beginResetModel();
        m_fanOut = fanOut;
        endResetModel();
        return;
    }
    m_fanOut = fanOut;
    if (!m_fanOut.rows.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void FanOutModel::setCommands(
    const command::FanOut& fanOut, const QList<int>& numbers, qsizetype all)
{
    m_isChoice = numbers.size() < all;
    for (qsizetype row = 0; row < numbers.size(); ++row) {
        if (row < m_numbers.size() && m_numbers.at(row) <= numbers.at(row))
            continue;
        beginInsertRows({}, static_cast<int>(row), static_cast<int>(row));
        m_numbers.insert(row, numbers.at(row));
        m_fanOut.rows.insert(row, fanOut.rows.at(row));
        endInsertRows();
    }
    m_numbers = numbers;
    setFanOut(fanOut);
}

QString FanOutModel::nameOf(int place) const
{
    const FanOutRow& row = m_fanOut.rows.at(place);
    if (!m_isPipeline)
        return row.slot ? tr("slot %1").arg(row.slot->number()) : visibleText(row.nodeLabel);
    QString line = command::joinLine(row.trace.argv);
    if (line.size() > mostOfCommand)
        line = line.left(mostOfCommand) + QChar(0x2026);
    line = visibleText(line);
    return m_isChoice ? u"#%1  %2"_s.arg(QString::number(m_numbers.value(place) + 1), line) : line;
}

QString FanOutModel::text(int place, int column) const
{
    const FanOutRow& row = m_fanOut.rows.at(place);
    switch (column) {
    case Node:
        return nameOf(place);
    case Address:
        if (!row.slot && !m_isPipeline)
            return visibleText(row.address.toString());
        return row.trace.hops.isEmpty() ? QString() : visibleText(row.trace.hops.last().nodeLabel);
    case State:
        return stateText(row);
    case Answer:
        return answerText(row);
    case Time:
        return row.trace.isComplete() && !row.trace.hops.isEmpty()
            ? explain::duration(row.trace.totalMicros)
            : QString();
    default:
        return {};
    }
}

QVariant FanOutModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= m_fanOut.rows.size())
        return {};
    if (role == Qt::DisplayRole)
        return text(index.row(), index.column());
    if (role == Qt::TextAlignmentRole && index.column() == Time)
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    return {};
}

QString FanOutModel::columnTitle(int section) const
{
    const bool isSplit = m_fanOut.target == command::FanOutTarget::Slots;
    switch (section) {
    case Node:
        return m_isPipeline ? tr("Command") : isSplit ? tr("Slot") : tr("Node");
    case Address:
        return isSplit || m_isPipeline ? tr("Node") : tr("Address");
    case State:
        return tr("State");
    case Answer:
        return tr("Reply");
    case Time:
        return tr("Time");
    default:
        return {};
    }
}

Qt::Alignment FanOutModel::columnAlignment(int section) const
{
    return section == Time ? Qt::AlignRight : Qt::AlignLeft;
}

} // namespace slotscope::ui
