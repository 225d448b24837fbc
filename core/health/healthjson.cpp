// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/health/healthjson.h"

#include "core/cluster/slotjson.h"
#include "core/cluster/topologyjson.h"
#include "core/explain/errors.h"
#include "core/support/json.h"

using namespace Qt::StringLiterals;

namespace slotscope::health {
namespace {

using cluster::ErrorCounts;
using cluster::ErrorGrowth;
using cluster::NodeId;
using cluster::toJson;
using support::jsonNumber;
using support::orNull;

QJsonArray toJson(const QList<NodeId>& ids)
{
    QJsonArray array;
    for (const NodeId& id : ids) {
        if (!id.isNull())
            array.append(id.toString());
    }
    return array;
}

QJsonValue toJson(const std::optional<support::Error>& error)
{
    if (!error)
        return {};
    return QJsonObject {
        { u"stage"_s, support::stageName(support::stageOf(error->code)) },
        { u"message"_s, explain::errorSentence(*error) },
        { u"address"_s, orNull(error->address) },
    };
}

QJsonObject toJson(const NodeView& view)
{
    return {
        { u"node_id"_s, orNull(view.id.toString()) },
        { u"address"_s, view.address.toString() },
        { u"reachable"_s, view.reachable },
        { u"error"_s, toJson(view.error) },
        { u"state"_s, cluster::stateName(view.state) },
        { u"current_epoch"_s, orNull(view.currentEpoch) },
        { u"my_epoch"_s, orNull(view.myEpoch) },
        { u"server"_s, orNull(view.server) },
    };
}

/// Null where the server does not count.
QJsonObject countsToJson(const NodeView& view)
{
    QJsonObject object {
        { u"node_id"_s, orNull(view.id.toString()) },
        { u"address"_s, view.address.toString() },
        { u"uptime_seconds"_s,
            view.uptimeSeconds ? QJsonValue(*view.uptimeSeconds) : QJsonValue() },
    };
    for (const QByteArray& word : ErrorCounts::clusterWords()) {
        object.insert(QString::fromLatin1(word.toLower()),
            view.errorCounts ? jsonNumber(view.errorCounts->of(word)) : QJsonValue());
    }
    return object;
}

/// One field for each of the words, in lower case; null where `value` knows nothing.
template <typename Value>
QJsonObject byWord(const Value& value)
{
    QJsonObject object;
    for (const QByteArray& word : ErrorCounts::clusterWords())
        object.insert(QString::fromLatin1(word.toLower()), value(word));
    return object;
}

QJsonObject growthToJson(const WatchedNode& node)
{
    const auto counts = [&node](ErrorCounts ErrorGrowth::*which) -> QJsonValue {
        if (!node.growth)
            return {};
        return byWord(
            [&](const QByteArray& word) { return jsonNumber((*node.growth.*which).of(word)); });
    };
    const auto rate = [&node](const QByteArray& word) -> QJsonValue {
        const std::optional<double> perSecond = node.perSecond(word);
        return perSecond ? QJsonValue(*perSecond) : QJsonValue();
    };
    const bool isKnown = node.growth.has_value();
    return {
        { u"node_id"_s, orNull(node.id.toString()) },
        { u"address"_s, node.address.toString() },
        { u"interval_micros"_s,
            isKnown ? QJsonValue(static_cast<qint64>(node.interval.count())) : QJsonValue() },
        { u"uptime_seconds"_s,
            node.uptimeSeconds ? QJsonValue(*node.uptimeSeconds) : QJsonValue() },
        { u"was_reset"_s, isKnown ? QJsonValue(node.growth->wasReset) : QJsonValue() },
        { u"to_all_clients"_s, counts(&ErrorGrowth::toAllClients) },
        { u"per_second"_s,
            isKnown && !node.growth->wasReset ? QJsonValue(byWord(rate)) : QJsonValue() },
        { u"seen_by_slotscope"_s, counts(&ErrorGrowth::seenBySlotscope) },
        { u"error"_s, toJson(node.error) },
    };
}

} // namespace

QJsonArray toJson(const QList<WatchedNode>& nodes)
{
    QJsonArray array;
    for (const WatchedNode& node : nodes)
        array.append(growthToJson(node));
    return array;
}

QJsonObject toJson(const Finding& finding)
{
    QJsonArray claims;
    for (const Claim& claim : finding.claims) {
        claims.append(QJsonObject {
            { u"slots"_s, toJson(claim.ranges) },
            { u"owner"_s, orNull(claim.owner.toString()) },
            { u"said_by"_s, toJson(claim.saidBy) },
        });
    }
    return {
        { u"severity"_s, severityName(finding.severity) },
        { u"code"_s, codeName(finding.code) },
        { u"title"_s, finding.title },
        { u"detail"_s, finding.detail },
        { u"nodes"_s, toJson(finding.nodes) },
        { u"slots"_s, toJson(finding.ranges) },
        { u"claims"_s, claims },
    };
}

QJsonObject toJson(const HealthReport& report, const QDateTime& now)
{
    const cluster::TopologyData& data = report.topology.data();
    const Headline headline = headlineOf(report, now);
    QJsonArray views;
    QJsonArray counts;
    for (const NodeView& view : report.views) {
        views.append(toJson(view));
        counts.append(countsToJson(view));
    }
    QJsonArray findings;
    for (const Finding& finding : report.findings)
        findings.append(toJson(finding));
    const std::optional<bool> agree = report.agree();
    return {
        { u"checked_at"_s, cluster::timeToJson(data.capturedAt) },
        { u"kind"_s, cluster::kindName(data.kind) },
        { u"headline"_s, headline.verdict },
        { u"asked"_s, static_cast<int>(report.views.size()) },
        { u"reached"_s, report.reached() },
        { u"agree"_s, agree ? QJsonValue(*agree) : QJsonValue() },
        { u"views"_s, views },
        { u"findings"_s, findings },
        { u"error_counts"_s, counts },
    };
}

} // namespace slotscope::health
