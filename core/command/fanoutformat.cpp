// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/fanoutformat.h"

#include "core/cluster/topologyjson.h"
#include "core/command/traceformat.h"
#include "core/explain/redirects.h"
#include "core/resp/replyformat.h"
#include "core/support/bytes.h"
#include "core/support/json.h"

#include <QJsonArray>

#include <limits>

using namespace Qt::StringLiterals;

namespace slotscope::command {

namespace {

QList<QByteArray> keysOf(const FanOut& fanOut, const FanOutRow& row)
{
    QList<QByteArray> keys;
    for (const int key : row.keys)
        keys.append(fanOut.keys.value(key));
    return keys;
}

QJsonObject rowToJson(const FanOut& fanOut, const FanOutRow& row)
{
    const QJsonObject trace = toJson(row.trace);
    QJsonObject object {
        { u"node_id"_s, support::orNull(row.nodeId.toString()) },
        { u"node_label"_s, support::orNull(row.nodeLabel) },
        { u"address"_s,
            row.address == net::Endpoint() ? QJsonValue() : QJsonValue(row.address.toString()) },
        { u"slot"_s, row.slot ? QJsonValue(row.slot->number()) : QJsonValue() },
        { u"keys"_s, support::toJson(keysOf(fanOut, row)) },
        { u"state"_s, rowState(row) },
    };
    for (const QString& field :
        { u"hops"_s, u"outcome"_s, u"reply"_s, u"detail"_s, u"total_micros"_s })
        object.insert(field, trace.value(field));
    return object;
}

// What a script reads is whole.
QString wholeText(const resp::Reply& reply)
{
    return resp::toDisplayText(
        reply, std::numeric_limits<int>::max(), std::numeric_limits<qsizetype>::max());
}

QString rowTitle(const FanOut& fanOut, const FanOutRow& row)
{
    QString title;
    if (row.slot) {
        QStringList keys;
        for (const QByteArray& key : keysOf(fanOut, row))
            keys.append(support::toQuotedText(key));
        title = u"slot "_s % QString::number(row.slot->number()) % u"  "_s % keys.join(u' ');
    } else {
        const QString address = support::toVisibleText(row.address.toString());
        title = support::toVisibleText(row.nodeLabel);
        if (title != address && row.address != net::Endpoint())
            title += u" ("_s % address % u')';
    }
    return title % u"  "_s % rowState(row) % u"  "_s % explain::duration(row.trace.totalMicros);
}

QString rowText(const FanOutRow& row)
{
    if (row.trace.outcome == TraceOutcome::Reply || row.trace.reply.isError())
        return wholeText(row.trace.reply);
    const QString outcome = traceOutcomeName(row.trace.outcome);
    return row.trace.detail.isEmpty() ? outcome : QString(outcome % u": "_s % row.trace.detail);
}

} // namespace

QString rowState(const FanOutRow& row)
{
    if (row.hasSucceeded())
        return u"done"_s;
    return row.trace.outcome == TraceOutcome::OutcomeUnknown ? u"unknown"_s : u"failed"_s;
}

QJsonObject toJson(const FanOut& fanOut)
{
    QJsonArray rows;
    for (const FanOutRow& row : fanOut.rows)
        rows.append(rowToJson(fanOut, row));
    return {
        { u"command"_s, support::toJson(fanOut.argv) },
        { u"on"_s, fanOutTargetName(fanOut.target) },
        { u"keys"_s, support::toJson(fanOut.keys) },
        { u"rows"_s, rows },
        { u"reply"_s,
            fanOut.aggregate ? QJsonValue(resp::toJson(*fanOut.aggregate)) : QJsonValue() },
        { u"partial"_s, fanOut.partial },
        { u"atomic"_s, fanOut.rows.size() <= 1 },
        { u"outcome"_s, fanOutOutcomeName(fanOut.outcome) },
        { u"detail"_s, support::orNull(fanOut.detail) },
        { u"started_at"_s, cluster::timeToJson(fanOut.startedAt) },
        { u"total_micros"_s, fanOut.totalMicros },
    };
}

QString toText(const FanOut& fanOut)
{
    QStringList lines;
    for (const FanOutRow& row : fanOut.rows)
        lines << rowTitle(fanOut, row) << rowText(row);
    if (fanOut.aggregate) {
        const auto done = std::count_if(fanOut.rows.begin(), fanOut.rows.end(),
            [](const FanOutRow& row) { return row.hasSucceeded(); });
        QString title = u"together"_s;
        if (fanOut.partial) {
            title += u", PARTIAL %1/%2"_s.arg(
                QString::number(done), QString::number(fanOut.rows.size()));
        }
        lines << title << wholeText(*fanOut.aggregate);
    }
    if (fanOut.outcome != FanOutOutcome::Done)
        lines << fanOutOutcomeName(fanOut.outcome);
    if (!fanOut.detail.isEmpty())
        lines << fanOut.detail;
    return lines.join(u'\n') % u'\n';
}

} // namespace slotscope::command
