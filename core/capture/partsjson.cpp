// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/capture/partsjson.h"

#include "core/capture/jsonlines.h"
#include "core/cluster/slotjson.h"
#include "core/cluster/topologyjson.h"
#include "core/explain/errors.h"
#include "core/health/healthjson.h"
#include "core/health/nodeview.h"
#include "core/support/bytes.h"
#include "core/support/json.h"

#include <QJsonArray>

#include <algorithm>
#include <cmath>
#include <limits>

namespace slotscope::capture {

using namespace Qt::StringLiterals;
using cluster::NodeId;
using cluster::timeToJson;
using support::Error;
using support::orNull;

namespace {

NodeId idOf(const QJsonValue& value)
{
    return NodeId(value.toString().toLatin1());
}

/// Not dialable where there is none.
net::Endpoint addressOf(const QJsonValue& value)
{
    const auto endpoint = net::Endpoint::parse(value.toString());
    return endpoint ? *endpoint : net::Endpoint();
}

QJsonValue toJson(const net::Endpoint& address)
{
    return address.isDialable() ? QJsonValue(address.toString()) : QJsonValue();
}

QList<NodeId> idsOf(const QJsonValue& value)
{
    QList<NodeId> ids;
    for (const auto& entry : value.toArray())
        ids.append(idOf(entry));
    return ids;
}

cluster::SlotRanges rangesOf(const QJsonValue& value)
{
    cluster::SlotRanges ranges;
    for (const auto& entry : value.toArray()) {
        const int first = entry.toArray().at(0).toInt(-1);
        const int last = entry.toArray().at(1).toInt(-1);
        if (first >= 0 && first <= last && last < cluster::Slot::count)
            ranges.append({ cluster::Slot(first), cluster::Slot(last) });
    }
    return ranges;
}

QJsonValue toJson(const std::optional<Error>& error)
{
    if (!error)
        return {};
    return QJsonObject { { u"code"_s, support::codeName(error->code) },
        { u"stage"_s, support::stageName(support::stageOf(error->code)) },
        { u"message"_s, explain::errorSentence(*error) }, { u"detail"_s, error->detail },
        { u"address"_s, error->address } };
}

std::optional<Error> errorFromJson(const QJsonValue& value)
{
    if (!value.isObject())
        return std::nullopt;
    const QJsonObject object = value.toObject();
    // A newer Slotscope may know more reasons.
    const auto code = support::codeFromName(object.value("code"_L1).toString());
    return Error { code.value_or(support::ErrorCode::ServerError),
        object.value("detail"_L1).toString(), object.value("address"_L1).toString() };
}

/// The enumerator that has this name.
template <typename Code>
std::optional<Code> named(const QString& name, Code last, QString (*nameOf)(Code))
{
    for (int i = 0; i <= static_cast<int>(last); ++i) {
        if (nameOf(static_cast<Code>(i)) == name)
            return static_cast<Code>(i);
    }
    return std::nullopt;
}

} // namespace

QJsonObject toJson(const cluster::TopologyEvent& event)
{
    const cluster::TopologyChange& change = event.change;
    return { { u"at"_s, timeToJson(event.at) }, { u"kind"_s, cluster::changeName(change.kind) },
        { u"sentence"_s, cluster::sentenceOf(change) },
        { u"said_by"_s, orNull(event.saidBy.toString()) },
        { u"node_id"_s, orNull(change.node.toString()) }, { u"name"_s, orNull(change.name) },
        { u"shard"_s, orNull(change.shard) }, { u"from"_s, orNull(change.from.toString()) },
        { u"to"_s, orNull(change.to.toString()) }, { u"before"_s, orNull(change.before) },
        { u"after"_s, orNull(change.after) }, { u"slots"_s, cluster::toJson(change.ranges) } };
}

std::optional<cluster::TopologyEvent> eventFromJson(const QJsonObject& object)
{
    const auto kind = cluster::changeFromName(object.value("kind"_L1).toString());
    cluster::TopologyEvent event;
    event.at = timeIn(object, "at"_L1);
    if (!kind || !event.at.isValid())
        return std::nullopt;
    event.saidBy = idOf(object.value("said_by"_L1));
    event.change.kind = *kind;
    event.change.node = idOf(object.value("node_id"_L1));
    event.change.from = idOf(object.value("from"_L1));
    event.change.to = idOf(object.value("to"_L1));
    event.change.ranges = rangesOf(object.value("slots"_L1));
    event.change.shard = object.value("shard"_L1).toString();
    event.change.name = object.value("name"_L1).toString();
    event.change.before = object.value("before"_L1).toString();
    event.change.after = object.value("after"_L1).toString();
    return event;
}

std::optional<health::Finding> findingFromJson(const QJsonObject& object)
{
    const auto severity = named(
        object.value("severity"_L1).toString(), health::Severity::Error, &health::severityName);
    const auto code = named(object.value("code"_L1).toString(),
        health::FindingCode::SecondaryChecksIncomplete, &health::codeName);
    if (!severity || !code)
        return std::nullopt;
    health::Finding finding;
    finding.severity
        = std::max(*severity, health::Severity::Notice); // Calm is written as "info" too
    finding.code = *code;
    finding.title = object.value("title"_L1).toString();
    finding.detail = object.value("detail"_L1).toString();
    finding.nodes = idsOf(object.value("nodes"_L1));
    finding.ranges = rangesOf(object.value("slots"_L1));
    for (const auto& value : object.value("claims"_L1).toArray()) {
        const QJsonObject claim = value.toObject();
        finding.claims.append({ rangesOf(claim.value("slots"_L1)), idOf(claim.value("owner"_L1)),
            idsOf(claim.value("said_by"_L1)) });
    }
    return finding;
}

QJsonObject toJson(const ResolvedName& name)
{
    return { { u"name"_s, name.name },
        { u"addresses"_s, QJsonArray::fromStringList(name.addresses) },
        { u"error"_s, orNull(name.why) } };
}

std::optional<ResolvedName> nameFromJson(const QJsonObject& object)
{
    ResolvedName name;
    name.name = object.value("name"_L1).toString();
    for (const auto& address : object.value("addresses"_L1).toArray())
        name.addresses.append(address.toString());
    name.why = object.value("error"_L1).toString();
    return name.name.isEmpty() ? std::nullopt : std::optional(name);
}

QJsonObject toJson(const NodeAnswers& answers)
{
    QJsonArray replies;
    for (const RawReply& reply : answers.replies) {
        replies.append(QJsonObject { { u"command"_s, reply.command },
            { u"text"_s, reply.error ? QJsonValue() : support::toJson(reply.text) },
            { u"error"_s, toJson(reply.error) } });
    }
    return { { u"node_id"_s, orNull(answers.id.toString()) },
        { u"address"_s, toJson(answers.address) }, { u"dialled"_s, orNull(answers.dialled) },
        { u"reachable"_s, answers.isReachable }, { u"late"_s, answers.isLate },
        { u"error"_s, toJson(answers.error) }, { u"server"_s, orNull(answers.server) },
        { u"round_trip_micros"_s, orNull(answers.roundTripMicros) },
        { u"answered_at"_s, timeToJson(answers.answeredAt) },
        { u"server_time"_s, timeToJson(answers.serverTime) },
        { u"state"_s, cluster::stateName(answers.state) },
        { u"current_epoch"_s, orNull(answers.currentEpoch) },
        { u"my_epoch"_s, orNull(answers.myEpoch) }, { u"replies"_s, replies } };
}

std::optional<NodeAnswers> answersFromJson(const QJsonObject& object)
{
    if (!object.value("replies"_L1).isArray())
        return std::nullopt;
    NodeAnswers answers;
    answers.id = idOf(object.value("node_id"_L1));
    answers.address = addressOf(object.value("address"_L1));
    answers.dialled = object.value("dialled"_L1).toString();
    answers.isReachable = object.value("reachable"_L1).toBool();
    answers.isLate = object.value("late"_L1).toBool();
    answers.error = errorFromJson(object.value("error"_L1));
    if (const QJsonValue micros = object.value("round_trip_micros"_L1); micros.isDouble())
        answers.roundTripMicros = micros.toInteger();
    answers.answeredAt = timeIn(object, "answered_at"_L1);
    answers.serverTime = timeIn(object, "server_time"_L1);
    for (const auto& value : object.value("replies"_L1).toArray()) {
        const QJsonObject reply = value.toObject();
        answers.replies.append({ reply.value("command"_L1).toString(),
            support::fromJson(reply.value("text"_L1)), errorFromJson(reply.value("error"_L1)) });
    }
    derive(&answers);
    return answers;
}

QJsonObject silentToJson(const NodeAnswers& answers)
{
    return { { u"node_id"_s, orNull(answers.id.toString()) },
        { u"address"_s, toJson(answers.address) }, { u"error"_s, toJson(answers.error) } };
}

std::optional<NodeAnswers> silentFromJson(const QJsonObject& object)
{
    NodeAnswers answers;
    answers.id = idOf(object.value("node_id"_L1));
    answers.address = addressOf(object.value("address"_L1));
    answers.error = errorFromJson(object.value("error"_L1));
    return answers.id.isNull() ? std::nullopt : std::optional(answers);
}

void derive(NodeAnswers* answers)
{
    health::NodeView view;
    cluster::NodesParser parser;
    for (const health::Inquiry inquiry : { health::Inquiry::ClusterInfo, health::Inquiry::Info }) {
        const QString name = QString::fromLatin1(health::commandFor(inquiry).join(' '));
        for (const RawReply& reply : answers->replies) {
            if (reply.command == name && !reply.error) {
                health::take(
                    &view, inquiry, resp::Reply::fromText(resp::Type::String, reply.text), &parser);
            }
        }
    }
    answers->server = view.server;
    answers->state = view.state;
    answers->currentEpoch = view.currentEpoch;
    answers->myEpoch = view.myEpoch;
    answers->replication = view.replication;
    answers->errorCounts = view.errorCounts;
}

QJsonArray toJson(const NodeSample& sample)
{
    QJsonArray row { sample.node.toString() };
    for (const double value : sample.values)
        row.append(std::isfinite(value) ? QJsonValue(value) : QJsonValue());
    return row;
}

std::optional<NodeSample> sampleFromJson(const QJsonArray& row, const QDateTime& at)
{
    if (row.isEmpty() || !at.isValid())
        return std::nullopt;
    NodeSample sample;
    sample.node = idOf(row.first());
    sample.at = at;
    sample.values.fill(std::numeric_limits<double>::quiet_NaN());
    for (qsizetype i = 0; i < session::metricCount && i + 1 < row.size(); ++i) {
        if (const QJsonValue value = row.at(i + 1); value.isDouble())
            sample.values.at(static_cast<std::size_t>(i)) = value.toDouble();
    }
    return sample;
}

QJsonObject toJson(const SeenErrors& seen)
{
    return { { u"node_id"_s, orNull(seen.node.toString()) }, { u"address"_s, toJson(seen.address) },
        { u"word"_s, support::toJson(seen.word) }, { u"count"_s, seen.count },
        { u"first"_s, timeToJson(seen.first) }, { u"last"_s, timeToJson(seen.last) } };
}

std::optional<SeenErrors> seenFromJson(const QJsonObject& object)
{
    SeenErrors seen;
    seen.node = idOf(object.value("node_id"_L1));
    seen.address = addressOf(object.value("address"_L1));
    seen.word = support::fromJson(object.value("word"_L1));
    seen.count = object.value("count"_L1).toInteger(-1);
    seen.first = timeIn(object, "first"_L1);
    seen.last = timeIn(object, "last"_L1);
    return seen.count < 0 || seen.word.isEmpty() ? std::nullopt : std::optional(seen);
}

QJsonObject toJson(const CountedErrors& counted)
{
    return { { u"word"_s, support::toJson(counted.word) }, { u"count"_s, counted.count },
        { u"first"_s, timeToJson(counted.first) }, { u"last"_s, timeToJson(counted.last) } };
}

std::optional<CountedErrors> countedFromJson(const QJsonObject& object)
{
    CountedErrors counted;
    counted.word = support::fromJson(object.value("word"_L1));
    counted.count = object.value("count"_L1).toInteger(-1);
    counted.first = timeIn(object, "first"_L1);
    counted.last = timeIn(object, "last"_L1);
    return counted.count < 0 || counted.word.isEmpty() ? std::nullopt : std::optional(counted);
}

QJsonObject toJson(const Note& note)
{
    return { { u"at"_s, timeToJson(note.at) }, { u"text"_s, note.text } };
}

std::optional<Note> noteFromJson(const QJsonObject& object)
{
    const Note note { timeIn(object, "at"_L1), object.value("text"_L1).toString() };
    return note.at.isValid() ? std::optional(note) : std::nullopt;
}

QJsonObject toJson(const Mark& mark)
{
    return { { u"x"_s, mark.at.x() }, { u"y"_s, mark.at.y() }, { u"text"_s, mark.text } };
}

std::optional<Mark> markFromJson(const QJsonObject& object)
{
    const double x = object.value("x"_L1).toDouble(-1);
    const double y = object.value("y"_L1).toDouble(-1);
    if (x < 0 || x > 1 || y < 0 || y > 1)
        return std::nullopt;
    return Mark { { x, y }, object.value("text"_L1).toString() };
}

} // namespace slotscope::capture
