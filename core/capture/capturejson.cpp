// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/capture/capturejson.h"

#include "core/capture/partsjson.h"
#include "core/cluster/topologyjson.h"
#include "core/command/traceformat.h"
#include "core/health/healthjson.h"
#include "core/health/healthreport.h"
#include "core/support/json.h"

#include <QJsonArray>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace slotscope::capture {

namespace {

using cluster::ErrorCounts;
using cluster::timeToJson;
using support::orNull;

QJsonValue orNull(const std::optional<bool>& value)
{
    return value ? QJsonValue(*value) : QJsonValue();
}

template <typename Value>
QJsonArray toArray(const QList<Value>& values, QJsonObject (*toObject)(const Value&))
{
    QJsonArray array;
    for (const Value& value : values)
        array.append(toObject(value));
    return array;
}

QJsonObject replicaToJson(const cluster::ReplicaSeen& replica)
{
    return {
        { u"address"_s, replica.address.toString() },
        { u"state"_s, replica.state },
        { u"offset"_s, replica.offset },
        { u"lag_seconds"_s,
            replica.lagSeconds < 0 ? QJsonValue() : QJsonValue(replica.lagSeconds) },
    };
}

QJsonObject replicationToJson(const cluster::ReplicationFacts& facts)
{
    return {
        { u"role"_s, cluster::roleName(facts.role) },
        { u"offset"_s, orNull(facts.offset) },
        { u"link_up"_s, orNull(facts.linkUp) },
        { u"syncing"_s, facts.isSyncing },
        { u"seconds_since_heard"_s, orNull(facts.secondsSinceHeard) },
        { u"seconds_down"_s, orNull(facts.secondsDown) },
        { u"replicas"_s, toArray(facts.replicas, replicaToJson) },
    };
}

/// One field for each of the words that tell of the cluster; null where the server does not count.
QJsonValue countsToJson(const std::optional<ErrorCounts>& counts)
{
    if (!counts)
        return {};
    QJsonObject object;
    for (const QByteArray& word : ErrorCounts::clusterWords())
        object.insert(QString::fromLatin1(word.toLower()), support::jsonNumber(counts->of(word)));
    return object;
}

/// As in a capture's file, and what is derived from the raw replies.
QJsonObject nodeToJson(const NodeAnswers& node)
{
    QJsonObject object = toJson(node);
    object.insert(u"replication"_s, replicationToJson(node.replication));
    object.insert(u"error_counts"_s, countsToJson(node.errorCounts));
    return object;
}

/// With names, unlike in a capture's file, where there may be a million of them.
QJsonObject sampleToJson(const NodeSample& sample)
{
    QJsonObject object { { u"node_id"_s, orNull(sample.node.toString()) },
        { u"at"_s, timeToJson(sample.at) } };
    const auto set = [&](const QString& name, session::Metric metric) {
        const double value = sample.values.at(static_cast<std::size_t>(metric));
        object.insert(name, std::isfinite(value) ? QJsonValue(value) : QJsonValue());
    };
    set(u"memory_bytes"_s, session::Metric::Memory);
    set(u"keys"_s, session::Metric::Keys);
    set(u"ops_per_second"_s, session::Metric::OpsPerSecond);
    set(u"clients"_s, session::Metric::Clients);
    set(u"offset"_s, session::Metric::Offset);
    set(u"lag_bytes"_s, session::Metric::Lag);
    set(u"redirects_to_all_per_second"_s, session::Metric::RedirectsToAll);
    set(u"redirects_seen_per_second"_s, session::Metric::RedirectsSeen);
    return object;
}

QJsonObject findingToJson(const health::Finding& finding)
{
    return health::toJson(finding);
}

QJsonObject traceToJson(const command::Trace& trace)
{
    return command::toJson(trace);
}

} // namespace

QJsonObject toJson(const Capture& capture)
{
    const health::Headline headline
        = health::headlineOf(capture.topology, capture.findings, capture.savedAt);
    const auto reached = std::count_if(capture.nodes.begin(), capture.nodes.end(),
        [](const NodeAnswers& node) { return node.isReachable && !node.isLate; });
    // Of a moment of the past the nodes that did not answer are known alone.
    const cluster::TopologyData& data = capture.topology.data();
    const int known = static_cast<int>(capture.nodes.size());
    const bool areAllKnown = known >= data.viewsAsked;
    return {
        { u"saved_at"_s, timeToJson(capture.savedAt) },
        { u"utc_offset_seconds"_s, capture.utcOffsetSeconds },
        { u"tool_version"_s, orNull(capture.toolVersion) },
        { u"name"_s, orNull(capture.name) },
        { u"environment"_s, orNull(capture.environment) },
        { u"redaction"_s, capture.redaction },
        { u"missing"_s, QJsonArray::fromStringList(capture.missing) },
        { u"headline"_s, headline.verdict },
        { u"asked"_s, areAllKnown ? known : data.viewsAsked },
        { u"reached"_s, areAllKnown ? static_cast<int>(reached) : data.viewsAnswered },
        { u"dns_answers"_s, QJsonArray::fromStringList(capture.dnsAnswers) },
        { u"names"_s, toArray(capture.names, toJson) },
        { u"topology"_s, cluster::toJson(capture.topology) },
        { u"findings"_s, toArray(capture.findings, findingToJson) },
        { u"nodes"_s, toArray(capture.nodes, nodeToJson) },
        { u"traces"_s, toArray(capture.traces, traceToJson) },
        { u"recording_began"_s, timeToJson(capture.recordingBegan) },
        { u"before"_s,
            capture.before.isEmpty() ? QJsonValue() : QJsonValue(cluster::toJson(capture.before)) },
        { u"events"_s, toArray(capture.events, toJson) },
        { u"samples"_s, toArray(capture.samples, sampleToJson) },
        { u"seen_errors"_s, toArray(capture.seen, toJson) },
        { u"counted_errors"_s, toArray(capture.counted, toJson) },
        { u"notes"_s, toArray(capture.notes, toJson) },
        { u"marks"_s, toArray(capture.marks, toJson) },
    };
}

QByteArray toJsonDocument(const Capture& capture, const QString& version)
{
    return support::toDocument(toJson(capture), version);
}

} // namespace slotscope::capture
