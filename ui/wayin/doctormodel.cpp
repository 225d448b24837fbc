// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/wayin/doctormodel.h"

#include "core/doctor/examverdict.h"
#include "core/explain/redirects.h"
#include "ui/theme/plaintext.h"

#include <algorithm>

namespace slotscope::ui {
using namespace Qt::StringLiterals;
using doctor::ExamStage;
using doctor::NodeExam;
using doctor::StageResult;

namespace {

QString roleText(NodeExam::Role role)
{
    switch (role) {
    case NodeExam::Role::Seed:
        return DoctorModel::tr("seed");
    case NodeExam::Role::Primary:
        return DoctorModel::tr("primary");
    case NodeExam::Role::Replica:
        return DoctorModel::tr("replica");
    case NodeExam::Role::Unknown:
        break;
    }
    return DoctorModel::tr("unknown");
}

/// The seed is the first row, whatever it announces; ids of old servers are null.
QString keyOf(const NodeExam& node, qsizetype row)
{
    return row == 0 ? u"seed"_s : QString(node.id.toString() + u' ' + node.announced.toString());
}

DoctorModel::Cell stateOf(const NodeExam& node, ExamStage stage, bool underWay)
{
    using Cell = DoctorModel::Cell;
    if (const StageResult* result = node.stage(stage))
        return result->ok ? Cell::Passed : Cell::Failed;
    const bool isAhead = node.stages.isEmpty() || node.stages.constLast().stage < stage;
    return underWay && !node.complete && isAhead ? Cell::Pending : Cell::Missing;
}

QString signOf(DoctorModel::Cell cell)
{
    switch (cell) {
    case DoctorModel::Cell::Passed:
        return u"✓"_s;
    case DoctorModel::Cell::Failed:
        return u"✗"_s;
    case DoctorModel::Cell::Pending:
        return u"…"_s;
    case DoctorModel::Cell::Missing:
        break;
    }
    return u"–"_s;
}

/// Of a whole row.
DoctorModel::Cell summaryOf(const NodeExam& node, bool underWay)
{
    if (node.failed())
        return DoctorModel::Cell::Failed;
    if (node.complete)
        return DoctorModel::Cell::Passed;
    return underWay ? DoctorModel::Cell::Pending : DoctorModel::Cell::Missing;
}

QString cellText(const NodeExam& node, ExamStage stage, bool underWay)
{
    const DoctorModel::Cell cell = stateOf(node, stage, underWay);
    const StageResult* result = node.stage(stage);
    if (cell == DoctorModel::Cell::Failed)
        return DoctorModel::tr("%1 failed").arg(signOf(cell));
    if (result && result->micros > 0)
        return signOf(cell) + u' ' + explain::duration(result->micros);
    return signOf(cell);
}

QString stageLine(const NodeExam& node, ExamStage stage, bool underWay)
{
    const QString title = doctor::stageTitle(stage);
    switch (stateOf(node, stage, underWay)) {
    case DoctorModel::Cell::Pending:
        return DoctorModel::tr("… %1: not yet").arg(title);
    case DoctorModel::Cell::Missing:
        return node.complete && !node.failed()
            ? DoctorModel::tr("– %1: does not apply here").arg(title)
            : DoctorModel::tr("– %1: not reached").arg(title);
    default:
        break;
    }
    const StageResult& result = *node.stage(stage);
    QString text = signOf(result.ok ? DoctorModel::Cell::Passed : DoctorModel::Cell::Failed) + u' '
        + title + u": "_s + visibleText(result.detail);
    if (result.micros > 0)
        text += u" ("_s + explain::duration(result.micros) + u')';
    return text;
}

} // namespace

DoctorModel::DoctorModel(QObject* parent)
    : TableModel(ColumnCount, parent)
{ }

void DoctorModel::setExamination(const doctor::Examination& examination, bool underWay)
{
    QStringList keys;
    QList<Row> rows;
    for (qsizetype i = 0; i < examination.nodes.size(); ++i) {
        const NodeExam& node = examination.nodes.at(i);
        keys.append(keyOf(node, i));
        rows.append({ node, underWay && !node.complete });
    }
    take(m_rows, m_keys, rows, keys);
    m_keys = keys;
}

DoctorModel::Cell DoctorModel::cellAt(int row, ExamStage stage) const
{
    return stateOf(m_rows.at(row).node, stage, m_rows.at(row).underWay);
}

std::optional<ExamStage> DoctorModel::stageOf(int column)
{
    if (column < FirstStage || column >= ColumnCount)
        return {};
    return static_cast<ExamStage>(column - FirstStage);
}

QModelIndex DoctorModel::firstFailure() const
{
    for (int row = 0; row < m_rows.size(); ++row) {
        for (int column = FirstStage; column < ColumnCount; ++column) {
            if (cellAt(row, *stageOf(column)) == Cell::Failed)
                return index(row, column);
        }
    }
    return {};
}

QVariant DoctorModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = m_rows.at(index.row());
    const std::optional<ExamStage> stage = stageOf(index.column());
    switch (role) {
    case Qt::DisplayRole:
        if (stage)
            return cellText(row.node, *stage, row.underWay);
        if (index.column() == Role)
            return roleText(row.node.role);
        return QString(signOf(summaryOf(row.node, row.underWay)) + u' '
            + visibleText(row.node.announced.toString()));
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole: {
        const DoctorDetail detail = detailOf(row.node, stage, row.underWay);
        const QString text = detail.title + u'\n' + detail.text;
        return role == Qt::ToolTipRole ? plainToolTip(text) : text;
    }
    case Qt::ForegroundRole:
        return foreground(index);
    default:
        return {};
    }
}

QVariant DoctorModel::foreground(const QModelIndex& index) const
{
    const Row& row = m_rows.at(index.row());
    if (index.column() == Role)
        return theme().mutedText;
    const std::optional<ExamStage> stage = stageOf(index.column());
    switch (stage ? stateOf(row.node, *stage, row.underWay) : summaryOf(row.node, row.underWay)) {
    case Cell::Passed:
        return stage ? QVariant(theme().good) : QVariant();
    case Cell::Failed:
        return theme().danger;
    default:
        return theme().mutedText;
    }
}

QString DoctorModel::columnTitle(int section) const
{
    if (const auto stage = stageOf(section))
        return doctor::stageTitle(*stage);
    return section == Node ? tr("Node") : tr("Role");
}

DoctorDetail detailOf(const NodeExam& node, std::optional<ExamStage> stage, bool underWay)
{
    DoctorDetail detail;
    QStringList title { visibleText(node.announced.toString()), roleText(node.role) };
    QStringList remedies;
    for (const StageResult& result : node.stages) {
        if (!result.remedy.isEmpty() && (!stage || *stage == result.stage))
            remedies.append(withoutOptions(visibleText(result.remedy)));
    }
    remedies.removeDuplicates();
    detail.remedy = remedies.join(u'\n');
    if (stage) {
        title.append(doctor::stageTitle(*stage));
        detail.text = stageLine(node, *stage, underWay);
    } else {
        if (!node.id.isNull())
            title.append(node.id.shortText());
        if (!node.dialled.isEmpty() && node.dialled != node.announced.toString())
            title.append(DoctorModel::tr("reached at %1").arg(visibleText(node.dialled)));
        QStringList lines;
        for (const StageResult& result : node.stages)
            lines.append(stageLine(node, result.stage, underWay));
        if (underWay && !node.complete)
            lines.append(DoctorModel::tr("… more to come"));
        detail.text = lines.isEmpty() ? DoctorModel::tr("– Not tested.") : lines.join(u'\n');
    }
    detail.title = title.join(u", "_s);
    return detail;
}

} // namespace slotscope::ui
