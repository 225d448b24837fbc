// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/doctor/examreport.h"

#include "core/explain/redirects.h"
#include "core/support/bytes.h"
#include "core/support/json.h"
#include "core/support/texttable.h"

#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace slotscope::doctor {
namespace {

using support::orNull;

QString visible(const QString& text)
{
    return support::toVisibleText(text.toUtf8());
}

QString nameOf(const NodeExam& node)
{
    const QString name = visible(node.announced.toString()) + u", "_s + roleWord(node.role);
    return node.id.isNull() ? name : name + u' ' + node.id.shortText();
}

} // namespace

QString cellText(const NodeExam& node, ExamStage stage)
{
    const StageResult* result = node.stage(stage);
    if (!result)
        return u"-"_s;
    if (!result->ok)
        return u"FAILED"_s;
    return result->micros < 0 ? u"ok"_s : explain::duration(result->micros);
}

QString toText(const Examination& examination)
{
    QStringList head { u"node"_s, u"role"_s, u"id"_s };
    for (int stage = 0; stage < examStageCount; ++stage)
        head.append(stageWord(static_cast<ExamStage>(stage)));
    QList<QStringList> rows { head };
    QString failures;
    for (const NodeExam& node : examination.nodes) {
        QStringList row { visible(node.announced.toString()), roleWord(node.role),
            node.id.isNull() ? u"-"_s : node.id.shortText() };
        for (int stage = 0; stage < examStageCount; ++stage)
            row.append(cellText(node, static_cast<ExamStage>(stage)));
        rows.append(row);
        for (const StageResult& result : node.stages) {
            if (result.ok)
                continue;
            failures += u"FAILED  %1: %2: %3\n"_s.arg(
                nameOf(node), stageWord(result.stage), visible(result.detail));
            if (!result.remedy.isEmpty())
                failures += u"        "_s + visible(result.remedy) + u'\n';
        }
    }
    QString text = support::toTable(rows);
    if (!failures.isEmpty())
        text += u'\n' + failures;
    if (examination.nodes.isEmpty())
        return text;
    text += u"\nThe seed, stage by stage:\n"_s;
    QList<QStringList> told;
    for (const StageResult& result : examination.nodes.first().stages)
        told.append({ u"  "_s + stageWord(result.stage), visible(result.detail) });
    return text + support::toTable(told);
}

QJsonArray toJson(const QList<NodeExam>& nodes)
{
    QJsonArray array;
    for (const NodeExam& node : nodes) {
        QJsonArray stages;
        for (const StageResult& result : node.stages) {
            stages.append(QJsonObject {
                { u"stage"_s, stageWord(result.stage) },
                { u"ok"_s, result.ok },
                { u"micros"_s, result.micros < 0 ? QJsonValue() : QJsonValue(result.micros) },
                { u"detail"_s, result.detail },
                { u"remedy"_s, orNull(result.remedy) },
            });
        }
        array.append(QJsonObject {
            { u"node_id"_s, node.id.isNull() ? QJsonValue() : QJsonValue(node.id.toString()) },
            { u"address"_s, node.announced.toString() },
            { u"dialled"_s, orNull(node.dialled) },
            { u"role"_s, roleWord(node.role) },
            { u"stages"_s, stages },
        });
    }
    return array;
}

} // namespace slotscope::doctor
