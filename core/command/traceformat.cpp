// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/traceformat.h"

#include "core/cluster/topologyjson.h"
#include "core/explain/redirects.h"
#include "core/resp/replyformat.h"
#include "core/support/bytes.h"
#include "core/support/json.h"

#include <QJsonArray>

#include <initializer_list>
#include <limits>

using namespace Qt::StringLiterals;

namespace slotscope::command {

namespace {

QJsonValue endpointOrNull(const net::Endpoint& endpoint)
{
    // Nodes announce what they like; what reads this takes addresses only.
    const QString printed = endpoint.toString();
    return endpoint == net::Endpoint() || !net::Endpoint::parse(printed) ? QJsonValue()
                                                                         : QJsonValue(printed);
}

QJsonValue slotOrNull(const std::optional<cluster::Slot>& slot)
{
    return slot ? QJsonValue(slot->number()) : QJsonValue();
}

QString startName(Start start)
{
    switch (start) {
    case Start::Owner:
        return u"owner"_s;
    case Start::Seed:
        return u"seed"_s;
    case Start::Node:
        return u"node"_s;
    case Start::Replica:
        return u"replica"_s;
    }
    return {};
}

/// What the node announces; the endpoint that was asked where that is not known.
net::Endpoint announcedOf(const Trace& trace, const Hop& hop)
{
    const cluster::Node* node = hop.nodeId.isNull() ? nullptr : trace.map.nodeById(hop.nodeId);
    return node && node->address.isDialable() ? node->address : hop.address;
}

QJsonObject hopToJson(const Trace& trace, const Hop& hop)
{
    QJsonObject object {
        { u"node_id"_s, support::orNull(hop.nodeId.toString()) },
        { u"node_label"_s, support::orNull(hop.nodeLabel) },
        { u"address"_s, endpointOrNull(announcedOf(trace, hop)) },
        { u"dialled"_s, support::orNull(hop.dialled) },
        { u"asking"_s, hop.asking },
        { u"replica_read"_s, hop.replicaRead },
        { u"started_micros"_s, hop.startedMicros },
        { u"connect_micros"_s, hop.connectMicros ? QJsonValue(*hop.connectMicros) : QJsonValue() },
        { u"wait_micros"_s, hop.waitMicros },
        { u"micros"_s, hop.micros },
        { u"outcome"_s, hopOutcomeName(hop.outcome) },
        { u"raw"_s, hop.raw.isEmpty() ? QJsonValue() : support::toJson(hop.raw) },
        { u"slot"_s, slotOrNull(hop.slot) },
        { u"target"_s, support::orNull(hop.target) },
        { u"target_label"_s, support::orNull(hop.targetLabel) },
        { u"target_address"_s, endpointOrNull(hop.targetAddress) },
        { u"map_changed"_s, hop.mapChanged },
    };
    if (!hop.resolved.isEmpty())
        object.insert(u"resolved"_s, QJsonArray::fromStringList(hop.resolved));
    return object;
}

// Reads a capture's fields and remembers whether one was not what it should be. A field may be null
// where the writer writes null; it may not be absent.
class FieldReader
{
public:
    explicit FieldReader(QJsonObject object)
        : m_object(std::move(object))
    { }

    bool isOk() const { return m_ok; }

    QJsonValue field(QLatin1StringView name)
    {
        QJsonValue value = m_object.value(name);
        if (value.isUndefined())
            m_ok = false;
        return value;
    }
    QString text(QLatin1StringView name)
    {
        const QJsonValue value = field(name);
        if (!value.isString() && !value.isNull())
            m_ok = false;
        return value.toString();
    }
    bool boolean(QLatin1StringView name)
    {
        const QJsonValue value = field(name);
        if (!value.isBool())
            m_ok = false;
        return value.toBool();
    }
    // A field that earlier versions did not write.
    bool booleanOrAbsent(QLatin1StringView name)
    {
        return m_object.contains(name) && boolean(name);
    }
    qint64 micros(QLatin1StringView name)
    {
        const QJsonValue value = field(name);
        if (!value.isDouble() || value.toInteger(-1) < 0)
            m_ok = false;
        return value.toInteger();
    }
    std::optional<qint64> microsOrNull(QLatin1StringView name)
    {
        return field(name).isNull() ? std::nullopt : std::optional(micros(name));
    }
    std::optional<cluster::Slot> slot(QLatin1StringView name)
    {
        const QJsonValue value = field(name);
        if (value.isNull())
            return std::nullopt;
        const auto slot = cluster::Slot::fromNumber(value.toInteger(-1));
        if (!slot)
            m_ok = false;
        return slot;
    }
    net::Endpoint endpoint(QLatin1StringView name)
    {
        const QString printed = text(name);
        if (printed.isEmpty())
            return {};
        const auto endpoint = net::Endpoint::parse(printed);
        if (!endpoint)
            m_ok = false;
        return endpoint ? *endpoint : net::Endpoint();
    }
    QByteArray bytes(QLatin1StringView name)
    {
        const QJsonValue value = field(name);
        return value.isNull() ? QByteArray() : support::fromJson(value);
    }
    QList<QByteArray> bytesList(QLatin1StringView name)
    {
        QList<QByteArray> list;
        for (const QJsonValue& value : array(name))
            list.append(support::fromJson(value));
        return list;
    }
    // A field that earlier versions did not write.
    QStringList textsOrAbsent(QLatin1StringView name)
    {
        QStringList texts;
        if (!m_object.contains(name))
            return texts;
        for (const QJsonValue& value : array(name))
            texts.append(value.toString());
        return texts;
    }
    QJsonArray array(QLatin1StringView name)
    {
        const QJsonValue value = field(name);
        if (!value.isArray())
            m_ok = false;
        return value.toArray();
    }
    QJsonObject object(QLatin1StringView name)
    {
        const QJsonValue value = field(name);
        if (!value.isObject())
            m_ok = false;
        return value.toObject();
    }
    // The enumerator in [first, last] whose name stands there.
    template <typename E>
    E name(QLatin1StringView field, E first, E last, QString (*nameOf)(E))
    {
        const QString printed = text(field);
        for (int i = static_cast<int>(first); i <= static_cast<int>(last); ++i) {
            if (nameOf(static_cast<E>(i)) == printed)
                return static_cast<E>(i);
        }
        m_ok = false;
        return first;
    }

private:
    QJsonObject m_object;
    bool m_ok = true;
};

Hop hopFromJson(FieldReader& reader)
{
    Hop hop;
    hop.nodeId = cluster::NodeId(reader.text("node_id"_L1).toLatin1());
    hop.nodeLabel = reader.text("node_label"_L1);
    hop.address = reader.endpoint("address"_L1);
    hop.dialled = reader.text("dialled"_L1);
    hop.resolved = reader.textsOrAbsent("resolved"_L1);
    hop.asking = reader.boolean("asking"_L1);
    hop.replicaRead = reader.booleanOrAbsent("replica_read"_L1);
    hop.startedMicros = reader.micros("started_micros"_L1);
    hop.connectMicros = reader.microsOrNull("connect_micros"_L1);
    hop.waitMicros = reader.micros("wait_micros"_L1);
    hop.micros = reader.micros("micros"_L1);
    hop.outcome
        = reader.name("outcome"_L1, HopOutcome::Pending, HopOutcome::Cancelled, hopOutcomeName);
    hop.raw = reader.bytes("raw"_L1);
    hop.slot = reader.slot("slot"_L1);
    hop.target = reader.text("target"_L1);
    hop.targetLabel = reader.text("target_label"_L1);
    hop.targetAddress = reader.endpoint("target_address"_L1);
    hop.mapChanged = reader.boolean("map_changed"_L1);
    return hop;
}

support::Error damaged()
{
    return { support::ErrorCode::FileDamaged, u"trace"_s, {} };
}

QString hopLine(int number, const Trace& trace, const Hop& hop)
{
    QStringList parts;
    if (hop.waitMicros > 0)
        parts << explain::waited(hop.waitMicros);
    QString node = hop.nodeLabel;
    const QString address = announcedOf(trace, hop).toString();
    if (node != address)
        node += u" ("_s % address % u')';
    QString line = QString::number(number) % u". "_s % node % u"  "_s
        % (hop.asking ? u"ASKING + "_s : QString()) % joinLine(trace.argv) % u"  "_s;
    QString answer = support::toVisibleText(hop.raw);
    if (hop.outcome == HopOutcome::Reply || hop.outcome == HopOutcome::Pending)
        answer = hopOutcomeName(hop.outcome);
    else if (hop.outcome == HopOutcome::ConnectFailed || hop.outcome == HopOutcome::OutcomeUnknown
        || hop.outcome == HopOutcome::Cancelled)
        answer = hopOutcomeName(hop.outcome) % (answer.isEmpty() ? u""_s : u": "_s) % answer;
    parts << explain::duration(hop.micros);
    if (hop.connectMicros)
        parts << explain::connectedIn(*hop.connectMicros);
    return line % answer % u"  "_s % parts.join(u", "_s);
}

} // namespace

QJsonObject toJson(const Trace& trace)
{
    QJsonArray hops;
    for (const Hop& hop : trace.hops)
        hops.append(hopToJson(trace, hop));
    const bool hasReply = trace.outcome == TraceOutcome::Reply || !trace.reply.isNull();
    return {
        { u"command"_s, support::toJson(trace.argv) },
        { u"keys"_s, support::toJson(trace.keys) },
        { u"slot"_s, slotOrNull(trace.slot) },
        { u"hops"_s, hops },
        { u"outcome"_s, traceOutcomeName(trace.outcome) },
        { u"reply"_s, hasReply ? QJsonValue(resp::toJson(trace.reply)) : QJsonValue() },
        { u"detail"_s, support::orNull(trace.detail) },
        { u"started_at"_s, cluster::timeToJson(trace.startedAt) },
        { u"seed"_s, endpointOrNull(trace.seed) },
        { u"total_micros"_s, trace.totalMicros },
        { u"behaviour"_s,
            QJsonObject { { u"start"_s, startName(trace.behaviour.start) },
                { u"node"_s, endpointOrNull(trace.behaviour.node) },
                { u"follow"_s, trace.behaviour.follow } } },
    };
}

support::Result<Trace> traceFromJson(const QJsonObject& object, const cluster::Topology& map)
{
    FieldReader reader(object);
    Trace trace;
    trace.map = map;
    trace.argv = reader.bytesList("command"_L1);
    trace.keys = reader.bytesList("keys"_L1);
    trace.slot = reader.slot("slot"_L1);
    for (const QJsonValue& value : reader.array("hops"_L1)) {
        FieldReader hopReader(value.toObject());
        trace.hops.append(hopFromJson(hopReader));
        if (!hopReader.isOk())
            return damaged();
    }
    trace.outcome = reader.name(
        "outcome"_L1, TraceOutcome::Running, TraceOutcome::Cancelled, traceOutcomeName);
    const QJsonValue reply = reader.field("reply"_L1);
    if (reply.isObject())
        trace.reply = resp::replyFromJson(reply.toObject());
    else if (!reply.isNull())
        return damaged();
    trace.detail = reader.text("detail"_L1);
    trace.startedAt = QDateTime::fromString(reader.text("started_at"_L1), Qt::ISODateWithMs);
    trace.seed = reader.endpoint("seed"_L1);
    trace.totalMicros = reader.micros("total_micros"_L1);
    FieldReader behaviour(reader.object("behaviour"_L1));
    trace.behaviour.start = behaviour.name("start"_L1, Start::Owner, Start::Replica, startName);
    trace.behaviour.node = behaviour.endpoint("node"_L1);
    trace.behaviour.follow = behaviour.boolean("follow"_L1);
    if (!reader.isOk() || !behaviour.isOk())
        return damaged();
    return trace;
}

QString toText(const Trace& trace, int maxReplyLines, qsizetype maxReplyText)
{
    QStringList lines;
    int number = 0;
    for (const Hop& hop : trace.hops)
        lines << hopLine(++number, trace, hop);
    switch (trace.outcome) {
    case TraceOutcome::Running:
        break;
    case TraceOutcome::Reply:
    case TraceOutcome::Error:
    case TraceOutcome::RedirectNotFollowed:
        // What a script reads is whole.
        lines << resp::toDisplayText(trace.reply, maxReplyLines, maxReplyText);
        break;
    default:
        lines << traceOutcomeName(trace.outcome) % (trace.detail.isEmpty() ? QString() : u": "_s)
                % trace.detail;
    }
    return lines.join(u'\n') % u'\n';
}

} // namespace slotscope::command
