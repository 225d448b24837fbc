// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/capture/capturejson.h"

#include "core/cluster/slotjson.h"
#include "core/cluster/topologyjson.h"
#include "core/command/traceformat.h"
#include "core/explain/errors.h"
#include "core/health/healthjson.h"
#include "core/health/healthreport.h"
#include "core/support/bytes.h"
#include "core/support/json.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace slotscope::capture {

namespace {

using cluster::ErrorCounts;
using cluster::NodeId;
using cluster::timeToJson;
using support::orNull;

QJsonValue orNull(const NodeId& id)
{
    return orNull(id.toString());
}

QJsonValue orNull(const net::Endpoint& address)
{
    return address == net::Endpoint() ? QJsonValue() : QJsonValue(address.toString());
}

QJsonValue orNull(const std::optional<bool>& value)
{
    return value ? QJsonValue(*value) : QJsonValue();
}

QJsonValue orNull(const std::optional<support::Error>& error)
{
    if (!error)
        return {};
    return QJsonObject {
        { u"stage"_s, support::stageName(support::stageOf(error->code)) },
        { u"message"_s, explain::errorSentence(*error) },
        { u"address"_s, orNull(error->address) },
    };
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
        { u"address"_s, orNull(replica.address) },
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

QJsonObject rawToJson(const RawReply& raw)
{
    return {
        { u"command"_s, raw.command },
        { u"text"_s, raw.error ? QJsonValue() : support::toJson(raw.text) },
        { u"error"_s, orNull(raw.error) },
    };
}

QJsonObject nodeToJson(const NodeAnswers& node)
{
    return {
        { u"node_id"_s, orNull(node.id) },
        { u"address"_s, orNull(node.address) },
        { u"dialled"_s, orNull(node.dialled) },
        { u"reachable"_s, node.isReachable },
        { u"late"_s, node.isLate },
        { u"error"_s, orNull(node.error) },
        { u"server"_s, orNull(node.server) },
        { u"round_trip_micros"_s, orNull(node.roundTripMicros) },
        { u"answered_at"_s, timeToJson(node.answeredAt) },
        { u"server_time"_s, timeToJson(node.serverTime) },
        { u"state"_s, cluster::stateName(node.state) },
        { u"current_epoch"_s, orNull(node.currentEpoch) },
        { u"my_epoch"_s, orNull(node.myEpoch) },
        { u"replication"_s, replicationToJson(node.replication) },
        { u"error_counts"_s, countsToJson(node.errorCounts) },
        { u"replies"_s, toArray(node.replies, rawToJson) },
    };
}

QJsonObject eventToJson(const cluster::TopologyEvent& event)
{
    const cluster::TopologyChange& change = event.change;
    return {
        { u"at"_s, timeToJson(event.at) },
        { u"kind"_s, cluster::changeName(change.kind) },
        { u"sentence"_s, cluster::sentenceOf(change) },
        { u"node_id"_s, orNull(change.node) },
        { u"name"_s, orNull(change.name) },
        { u"shard"_s, orNull(change.shard) },
        { u"from"_s, orNull(change.from) },
        { u"to"_s, orNull(change.to) },
        { u"before"_s, orNull(change.before) },
        { u"after"_s, orNull(change.after) },
        { u"slots"_s, cluster::toJson(change.ranges) },
        { u"said_by"_s, orNull(event.saidBy) },
    };
}

QJsonObject seenToJson(const SeenErrors& seen)
{
    return {
        { u"node_id"_s, orNull(seen.node) },
        { u"address"_s, orNull(seen.address) },
        { u"word"_s, support::toJson(seen.word) },
        { u"count"_s, seen.count },
        { u"first"_s, timeToJson(seen.first) },
        { u"last"_s, timeToJson(seen.last) },
    };
}

QJsonObject noteToJson(const Note& note)
{
    return { { u"at"_s, timeToJson(note.at) }, { u"text"_s, note.text } };
}

QJsonObject markToJson(const Mark& mark)
{
    return { { u"x"_s, mark.at.x() }, { u"y"_s, mark.at.y() }, { u"text"_s, mark.text } };
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
    return {
        { u"saved_at"_s, timeToJson(capture.savedAt) },
        { u"utc_offset_seconds"_s, capture.utcOffsetSeconds },
        { u"tool_version"_s, orNull(capture.toolVersion) },
        { u"name"_s, orNull(capture.name) },
        { u"environment"_s, orNull(capture.environment) },
        { u"redaction"_s, capture.redaction },
        { u"headline"_s, headline.verdict },
        { u"asked"_s, static_cast<int>(capture.nodes.size()) },
        { u"reached"_s, static_cast<int>(reached) },
        { u"dns_answers"_s, QJsonArray::fromStringList(capture.dnsAnswers) },
        { u"topology"_s, cluster::toJson(capture.topology) },
        { u"findings"_s, toArray(capture.findings, findingToJson) },
        { u"nodes"_s, toArray(capture.nodes, nodeToJson) },
        { u"traces"_s, toArray(capture.traces, traceToJson) },
        { u"recording_began"_s, timeToJson(capture.recordingBegan) },
        { u"before"_s,
            capture.before.isEmpty() ? QJsonValue() : QJsonValue(cluster::toJson(capture.before)) },
        { u"events"_s, toArray(capture.events, eventToJson) },
        { u"seen_errors"_s, toArray(capture.seen, seenToJson) },
        { u"notes"_s, toArray(capture.notes, noteToJson) },
        { u"marks"_s, toArray(capture.marks, markToJson) },
    };
}

QByteArray toJsonDocument(const Capture& capture, const QString& version)
{
    return support::toDocument(toJson(capture), version);
}

} // namespace slotscope::capture
