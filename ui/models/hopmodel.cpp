// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/models/hopmodel.h"

#include "core/resp/replyformat.h"
#include "core/support/bytes.h"
#include "ui/theme/plaintext.h"

#include <QFont>
#include <QLocale>

#include <algorithm>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

/// An answer in one line: the error as received, or the reply's first line.
QString answerOf(const command::Trace& trace, const command::Hop& hop, bool last)
{
    if (hop.outcome == command::HopOutcome::Pending)
        return HopModel::tr("waiting for the reply…");
    if (!hop.raw.isEmpty())
        return support::toVisibleText(hop.raw, 300);
    if (hop.outcome == command::HopOutcome::Reply && last) {
        const QString text = resp::toDisplayText(trace.reply, 2);
        const qsizetype end = text.indexOf(u'\n');
        QString line = text.left(std::min<qsizetype>(end < 0 ? text.size() : end, 300));
        if (line.size() < text.size())
            line += u" …"_s;
        return line;
    }
    return command::hopOutcomeName(hop.outcome);
}

bool isWrong(command::HopOutcome outcome)
{
    switch (outcome) {
    case command::HopOutcome::Error:
    case command::HopOutcome::ConnectFailed:
    case command::HopOutcome::OutcomeUnknown:
    case command::HopOutcome::ClusterDown:
    case command::HopOutcome::MasterDown:
        return true;
    default:
        return false;
    }
}

} // namespace

HopModel::HopModel(QObject* parent)
    : TableModel(ColumnCount, parent)
{ }

QList<HopModel::Row> HopModel::rowsOf(const command::Trace& trace)
{
    QList<Row> rows;
    const QLocale locale = QLocale::c();
    const QString line = command::joinLine(trace.argv).left(300);
    for (qsizetype i = 0; i < trace.hops.size(); ++i) {
        const command::Hop& hop = trace.hops.at(i);
        Row row;
        row.address = hop.address.toString();
        row.node = hop.nodeLabel == row.address ? row.address
                                                : QString(hop.nodeLabel + u"  "_s + row.address);
        row.question = hop.asking ? QString(u"ASKING + "_s + line) : line;
        row.answer = answerOf(trace, hop, i == trace.hops.size() - 1);
        if (hop.waitMicros > 0)
            row.wait = locale.toString(hop.waitMicros / 1000) + u" ms"_s;
        if (hop.outcome != command::HopOutcome::Pending && hop.micros > 0)
            row.micros = QString::number(hop.micros);
        row.wrong = isWrong(hop.outcome);
        rows.append(row);
    }
    return rows;
}

void HopModel::setTrace(const command::Trace& trace)
{
    const QList<Row> rows = rowsOf(trace);
    if (m_rows.size() > rows.size()) {
        beginRemoveRows({}, static_cast<int>(rows.size()), static_cast<int>(m_rows.size()) - 1);
        m_rows.resize(rows.size());
        endRemoveRows();
    }
    for (int i = 0; i < m_rows.size(); ++i) {
        if (m_rows.at(i) != rows.at(i)) {
            m_rows[i] = rows.at(i);
            Q_EMIT dataChanged(index(i, 0), index(i, ColumnCount - 1));
        }
    }
    if (rows.size() > m_rows.size()) {
        beginInsertRows({}, static_cast<int>(m_rows.size()), static_cast<int>(rows.size()) - 1);
        m_rows = rows;
        endInsertRows();
    }
}

void HopModel::setCurrentHop(int hop)
{
    const int before = m_currentHop;
    if (hop == before)
        return;
    m_currentHop = hop;
    for (const int row : { before, hop }) {
        if (row >= 0 && row < m_rows.size())
            Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    }
}

QVariant HopModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = m_rows.at(index.row());
    const int column = index.column();
    switch (role) {
    case Qt::ToolTipRole:
        // Views take a tool tip that looks like HTML for HTML.
        return plainToolTip(data(index, Qt::DisplayRole).toString());
    case Qt::DisplayRole:
        switch (column) {
        case Number:
            return index.row() + 1;
        case Node:
            return row.node;
        case Question:
            return row.question;
        case Answer:
            return row.answer;
        case Wait:
            return row.wait;
        case Micros:
            return row.micros;
        default:
            return {};
        }
    case Qt::ForegroundRole:
        if (column == Answer && row.wrong)
            return theme().danger;
        if (column == Number || column == Wait)
            return theme().mutedText;
        return {};
    case Qt::BackgroundRole:
        if (index.row() == m_currentHop) {
            QColor tint = theme().accent;
            tint.setAlphaF(0.16F);
            return tint;
        }
        return {};
    case Qt::FontRole:
        return column == Question || column == Answer ? QVariant(fixedFont(12)) : QVariant();
    case Qt::TextAlignmentRole:
        return column == Number || column == Micros || column == Wait
            ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter))
            : QVariant();
    default:
        return {};
    }
}

QString HopModel::columnTitle(int section) const
{
    switch (section) {
    case Number:
        return tr("#");
    case Node:
        return tr("Node asked");
    case Question:
        return tr("Question");
    case Answer:
        return tr("Raw answer");
    case Wait:
        return tr("Waited");
    case Micros:
        return tr("µs");
    default:
        return {};
    }
}

Qt::Alignment HopModel::columnAlignment(int section) const
{
    return section == Number || section == Micros || section == Wait ? Qt::AlignRight
                                                                     : Qt::AlignLeft;
}

} // namespace slotscope::ui
