// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/doctor/examreport.h"

#include "core/doctor/examcauses.h"
#include "core/explain/clocks.h"
#include "core/explain/doctor.h"
#include "core/explain/redirects.h"
#include "core/support/bytes.h"
#include "core/support/json.h"
#include "core/support/texttable.h"

#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace slotscope::doctor {
namespace {

using support::orNull;
using support::toVisibleText;

constexpr qsizetype mostNames = 8;
constexpr int mostClocks = 5;

QString nameOf(const NodeExam& node)
{
    const QString name = toVisibleText(node.announced.toString()) + u", "_s + roleWord(node.role);
    return node.id.isNull() ? name : name + u' ' + node.id.shortText();
}

/// One node by its own sentence; several that fail alike together.
QString failuresText(const Examination& examination)
{
    QString text;
    QList<ExamCause> causes = causesOf(examination, 1);
    Examination seed;
    seed.nodes = examination.nodes.mid(0, 1); // is no further node
    causes = causesOf(seed) + causes;
    for (const ExamCause& cause : std::as_const(causes)) {
        const NodeExam& first = examination.nodes.at(cause.rows.first());
        if (cause.rows.size() > 1) {
            QStringList names;
            for (const qsizetype row : cause.rows.first(std::min(mostNames, cause.rows.size())))
                names.append(nameOf(examination.nodes.at(row)));
            text += u"FAILED  %1 nodes: %2: %3\n"_s.arg(
                QString::number(cause.rows.size()), stageWord(cause.stage), cause.reason);
            for (const QString& name : std::as_const(names))
                text += u"        "_s + name + u'\n';
            if (cause.rows.size() > mostNames)
                text += u"        "_s + explain::examMoreNodes(cause.rows.size() - mostNames)
                    + u'\n';
        }
        for (const StageResult& result : first.stages) {
            if (result.ok || (cause.rows.size() > 1 && result.stage != cause.stage))
                continue;
            if (cause.rows.size() == 1) {
                text += u"FAILED  %1: %2: %3\n"_s.arg(
                    nameOf(first), stageWord(result.stage), toVisibleText(result.detail));
            }
            if (!result.remedy.isEmpty())
                text += u"        "_s + toVisibleText(result.remedy) + u'\n';
        }
    }
    return text;
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

QStringList clockSentences(const Examination& examination)
{
    constexpr qint64 agreeing = 1'000'000;
    QStringList sentences;
    int agree = 0;
    int differ = 0;
    qint64 mostApart = 0; // of those that agree
    qint64 worst = 0; // of those that do not
    // The seed is one of the announced nodes, where those were reached.
    const auto hasTold = [](const NodeExam& node) { return node.clock.has_value(); };
    QList<NodeExam> told = examination.nodes.mid(1);
    if (std::none_of(told.cbegin(), told.cend(), hasTold))
        told = examination.nodes.mid(0, 1);
    for (const NodeExam& node : std::as_const(told)) {
        if (!node.clock)
            continue;
        const qint64 apart = qAbs(node.clock->aheadMicros);
        if (apart <= agreeing + node.clock->withinMicros) {
            ++agree;
            mostApart = std::max(mostApart, apart + node.clock->withinMicros);
            continue;
        }
        if (apart > qAbs(worst))
            worst = node.clock->aheadMicros;
        if (++differ <= mostClocks) {
            sentences.append(explain::clocksCompared(toVisibleText(node.announced.toString()),
                node.clock->aheadMicros, node.clock->withinMicros));
        }
    }
    if (differ > mostClocks)
        sentences.append(explain::moreClocksDiffer(differ - mostClocks));
    if (agree > 0)
        sentences.append(explain::clocksAgree(agree, mostApart));
    if (const QString meaning = explain::skewRefusesTokens(worst); !meaning.isEmpty())
        sentences.append(meaning);
    return sentences;
}

QString toText(const Examination& examination)
{
    QStringList head { u"node"_s, u"role"_s, u"id"_s };
    for (int stage = 0; stage < examStageCount; ++stage)
        head.append(stageWord(static_cast<ExamStage>(stage)));
    QList<QStringList> rows { head };
    for (const NodeExam& node : examination.nodes) {
        QStringList row { toVisibleText(node.announced.toString()), roleWord(node.role),
            node.id.isNull() ? u"-"_s : node.id.shortText() };
        for (int stage = 0; stage < examStageCount; ++stage)
            row.append(cellText(node, static_cast<ExamStage>(stage)));
        rows.append(row);
    }
    QString text = support::toTable(rows);
    if (const QString failures = failuresText(examination); !failures.isEmpty())
        text += u'\n' + failures;
    const QStringList help = helpOf(unreachedOf(examination));
    if (!help.isEmpty())
        text += u'\n';
    for (const QString& sentence : help)
        text += toVisibleText(sentence) + u'\n';
    const QStringList clocks = clockSentences(examination);
    if (!clocks.isEmpty())
        text += u'\n' + clocks.join(u'\n') + u'\n';
    if (examination.nodes.isEmpty())
        return text;
    text += u'\n' + explain::examSeedTitle() + u'\n';
    QList<QStringList> told;
    for (const StageResult& result : examination.nodes.first().stages)
        told.append({ u"  "_s + stageWord(result.stage), toVisibleText(result.detail) });
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
            { u"clock_ahead_micros"_s,
                node.clock ? QJsonValue(node.clock->aheadMicros) : QJsonValue() },
            { u"stages"_s, stages },
        });
    }
    return array;
}

} // namespace slotscope::doctor
