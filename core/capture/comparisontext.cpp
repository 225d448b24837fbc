// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/capture/comparison.h"
#include "core/cluster/slotjson.h"
#include "core/cluster/topologyjson.h"
#include "core/explain/comparison.h"
#include "core/support/bytes.h"
#include "core/support/json.h"

#include <QJsonArray>

namespace slotscope::capture {

using namespace Qt::StringLiterals;
using support::toVisibleText;

namespace {

constexpr std::array<QLatin1StringView, differenceKindCount> kindNames { "findings"_L1, "state"_L1,
    "slots"_L1, "roles"_L1, "health"_L1, "nodes"_L1, "migrations"_L1, "epochs"_L1, "versions"_L1,
    "views"_L1 };

QString severityWord(health::Severity severity)
{
    return severity == health::Severity::Calm ? u"-"_s : health::severityName(severity);
}

QString aboutName(SideBySideRow::About about)
{
    switch (about) {
    case SideBySideRow::About::Node:
        return u"node"_s;
    case SideBySideRow::About::Finding:
        return u"finding"_s;
    case SideBySideRow::About::Cluster:
        break;
    }
    return u"cluster"_s;
}

QString summaryOf(const Comparison::Side& side, bool isBefore)
{
    const QString time = side.at.isValid() ? side.at.toUTC().toString(Qt::ISODateWithMs) : u"?"_s;
    return explain::sideSummary(isBefore, time, side.nodes, side.shards, side.served);
}

/// Plain text in Markdown: what could be markup is escaped.
QString escaped(const QString& text)
{
    QString result;
    for (const QChar c : toVisibleText(text)) {
        if (u"\\`*_[]<>#|~&"_s.contains(c))
            result += u'\\';
        result += c;
    }
    return result;
}

QJsonObject sideToJson(const Comparison::Side& side)
{
    return {
        { u"saved_at"_s, cluster::timeToJson(side.at) },
        { u"redaction"_s, side.redaction },
        { u"nodes"_s, side.nodes },
        { u"shards"_s, side.shards },
        { u"slots_served"_s, side.served },
    };
}

} // namespace

QString differenceName(DifferenceKind kind)
{
    return kindNames.at(std::size_t(kind));
}

QString toText(const Comparison& comparison)
{
    QStringList lines { toVisibleText(explain::comparisonTitle(comparison.name)),
        summaryOf(comparison.before, true), summaryOf(comparison.after, false) };
    for (const QString& caveat : comparison.caveats)
        lines.append(toVisibleText(caveat));
    if (comparison.differences.isEmpty())
        lines.append(explain::nothingChanged());
    constexpr int severityWidth = 9;
    constexpr int kindWidth = 12;
    for (const Difference& difference : comparison.differences) {
        lines.append(severityWord(difference.severity).leftJustified(severityWidth)
            % differenceName(difference.kind).leftJustified(kindWidth)
            % toVisibleText(difference.text));
    }
    return lines.join(u'\n') % u'\n';
}

QString toMarkdown(const Comparison& comparison)
{
    QString text = u"### "_s % escaped(explain::comparisonTitle(comparison.name)) % u"\n\n"_s;
    text += u"- "_s % escaped(summaryOf(comparison.before, true)) % u"\n- "_s
        % escaped(summaryOf(comparison.after, false)) % u'\n';
    for (const QString& caveat : comparison.caveats)
        text += u"\n**"_s % escaped(caveat) % u"**\n"_s;
    if (comparison.differences.isEmpty())
        return text % u'\n' % escaped(explain::nothingChanged()) % u'\n';
    text += u"\n| | | |\n|---|---|---|\n"_s;
    for (const Difference& difference : comparison.differences) {
        text += u"| "_s % severityWord(difference.severity) % u" | "_s
            % differenceName(difference.kind) % u" | "_s % escaped(difference.text) % u" |\n"_s;
    }
    text += u"\n| | "_s % escaped(explain::beforeTitle()) % u" | "_s
        % escaped(explain::afterTitle()) % u" |\n|---|---|---|\n"_s;
    for (const SideBySideRow& row : comparison.rows) {
        if (row.isChanged())
            text += u"| "_s % escaped(row.name) % u" | "_s % escaped(row.before) % u" | "_s
                % escaped(row.after) % u" |\n"_s;
    }
    return text;
}

QJsonObject toJson(const Comparison& comparison)
{
    QJsonArray differences;
    for (const Difference& difference : comparison.differences) {
        differences.append(QJsonObject {
            { u"kind"_s, differenceName(difference.kind) },
            { u"severity"_s,
                difference.severity == health::Severity::Calm
                    ? QJsonValue()
                    : QJsonValue(health::severityName(difference.severity)) },
            { u"text"_s, difference.text },
            { u"node"_s, support::orNull(difference.node.toString()) },
            { u"from"_s, support::orNull(difference.from.toString()) },
            { u"to"_s, support::orNull(difference.to.toString()) },
            { u"slots"_s, cluster::toJson(difference.ranges) },
        });
    }
    QJsonArray rows;
    for (const SideBySideRow& row : comparison.rows) {
        rows.append(QJsonObject { { u"about"_s, aboutName(row.about) }, { u"name"_s, row.name },
            { u"before"_s, support::orNull(row.before) },
            { u"after"_s, support::orNull(row.after) } });
    }
    return {
        { u"name"_s, support::orNull(comparison.name) },
        { u"before"_s, sideToJson(comparison.before) },
        { u"after"_s, sideToJson(comparison.after) },
        { u"same_cluster"_s, comparison.isSameCluster },
        { u"ids"_s,
            QJsonObject { { u"before"_s, comparison.idsBefore },
                { u"after"_s, comparison.idsAfter }, { u"shared"_s, comparison.sharedIds } } },
        { u"caveats"_s, QJsonArray::fromStringList(comparison.caveats) },
        { u"changed_slots"_s, cluster::toJson(comparison.changedSlots) },
        { u"side_by_side"_s, rows },
        { u"differences"_s, differences },
    };
}

} // namespace slotscope::capture
