// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/capture/capturelines.h"

#include "core/capture/jsonlines.h"
#include "core/capture/partsjson.h"
#include "core/cluster/topologyjson.h"
#include "core/command/traceformat.h"
#include "core/explain/files.h"
#include "core/health/healthjson.h"
#include "core/support/json.h"

#include <QJsonArray>

namespace slotscope::capture {

using namespace Qt::StringLiterals;
using cluster::timeToJson;
using cluster::Topology;
using support::Done;
using support::Error;
using support::ErrorCode;
using support::Result;

namespace {

/// Puts a capture together.
class CaptureReader
{
public:
    Result<Done> take(const QJsonObject& object)
    {
        const QString type = object.value("type"_L1).toString();
        if (m_isFirst && type != "capture"_L1)
            return wrong(explain::notBeginningOfCapture());
        m_isFirst = false;
        if (type == "capture"_L1)
            takeHead(object);
        else if (type == "map"_L1)
            return m_maps.take(object);
        else if (type == "topology"_L1 || type == "before"_L1)
            return takeTopology(object, type == "topology"_L1);
        else if (type == "trace"_L1)
            return takeTrace(object);
        else if (type == "name"_L1)
            append(&m_capture.names, nameFromJson(object));
        else if (type == "node"_L1)
            append(&m_capture.nodes, answersFromJson(object));
        else if (type == "finding"_L1)
            append(&m_capture.findings, findingFromJson(object));
        else if (type == "seen"_L1)
            append(&m_capture.seen, seenFromJson(object));
        else if (type == "counted"_L1)
            append(&m_capture.counted, countedFromJson(object));
        else if (type == "note"_L1)
            append(&m_capture.notes, noteFromJson(object));
        else if (type == "mark"_L1)
            append(&m_capture.marks, markFromJson(object));
        // A newer Slotscope may write more.
        return Done {};
    }

    Result<Capture> take()
    {
        if (m_isFirst)
            return wrong(explain::captureIsMissing());
        return std::move(m_capture);
    }

private:
    static Error wrong(const QString& why) { return { ErrorCode::FileDamaged, why, {} }; }

    void takeHead(const QJsonObject& object)
    {
        m_capture.savedAt = timeIn(object, "saved_at"_L1);
        m_capture.utcOffsetSeconds = object.value("utc_offset_seconds"_L1).toInt();
        m_capture.toolVersion = object.value("tool_version"_L1).toString();
        m_capture.name = object.value("name"_L1).toString();
        m_capture.environment = object.value("environment"_L1).toString();
        m_capture.redaction = object.value("redaction"_L1).toString();
        m_capture.recordingBegan = timeIn(object, "recording_began"_L1);
        for (const auto& sentence : object.value("missing"_L1).toArray())
            m_capture.missing.append(sentence.toString());
        for (const auto& address : object.value("dns"_L1).toArray())
            m_capture.dnsAnswers.append(address.toString());
    }

    Result<Done> takeTopology(const QJsonObject& object, bool isShown)
    {
        const Result<Topology> map = m_maps.mapOf(object);
        if (!map)
            return map.error();
        (isShown ? m_capture.topology : m_capture.before) = *map;
        return Done {};
    }

    Result<Done> takeTrace(const QJsonObject& object)
    {
        const Result<Topology> map = m_maps.mapOf(object);
        if (!map)
            return map.error();
        Result<command::Trace> trace
            = command::traceFromJson(object.value("trace"_L1).toObject(), *map);
        if (!trace)
            return trace.error();
        m_capture.traces.append(*trace);
        return Done {};
    }

    Capture m_capture;
    MapReader m_maps;
    bool m_isFirst = true;
};

} // namespace

QByteArray linesOf(const Capture& capture)
{
    QByteArray lines = jsonLine(u"capture"_s,
        { { u"saved_at"_s, timeToJson(capture.savedAt) },
            { u"utc_offset_seconds"_s, capture.utcOffsetSeconds },
            { u"tool_version"_s, capture.toolVersion },
            { u"name"_s, support::orNull(capture.name) },
            { u"environment"_s, support::orNull(capture.environment) },
            { u"redaction"_s, capture.redaction },
            { u"recording_began"_s, timeToJson(capture.recordingBegan) },
            { u"missing"_s, QJsonArray::fromStringList(capture.missing) },
            { u"dns"_s, QJsonArray::fromStringList(capture.dnsAnswers) } });
    MapWriter maps;
    const int shown = maps.numberOf(capture.topology, &lines);
    lines += jsonLine(u"topology"_s, { { u"map"_s, shown } });
    if (!capture.before.isEmpty()) {
        const int before = maps.numberOf(capture.before, &lines);
        lines += jsonLine(u"before"_s, { { u"map"_s, before } });
    }
    for (const health::Finding& finding : capture.findings)
        lines += jsonLine(u"finding"_s, health::toJson(finding));
    for (const command::Trace& trace : capture.traces) {
        const int map = maps.numberOf(trace.map, &lines);
        lines
            += jsonLine(u"trace"_s, { { u"map"_s, map }, { u"trace"_s, command::toJson(trace) } });
    }
    for (const ResolvedName& name : capture.names)
        lines += jsonLine(u"name"_s, toJson(name));
    for (const SeenErrors& seen : capture.seen)
        lines += jsonLine(u"seen"_s, toJson(seen));
    for (const CountedErrors& counted : capture.counted)
        lines += jsonLine(u"counted"_s, toJson(counted));
    for (const Note& note : capture.notes)
        lines += jsonLine(u"note"_s, toJson(note));
    for (const Mark& mark : capture.marks)
        lines += jsonLine(u"mark"_s, toJson(mark));
    return lines;
}

Result<Capture> captureFromLines(const QByteArray& raw)
{
    CaptureReader reader;
    const Result<Done> done
        = forEachLine(raw, true, [&reader](const QJsonObject& line) { return reader.take(line); });
    if (!done)
        return done.error();
    return reader.take();
}

QByteArrayList linesOf(const QList<NodeAnswers>& answers)
{
    QByteArrayList lines;
    for (const NodeAnswers& one : answers)
        lines.append(jsonLine(u"node"_s, toJson(one)));
    return lines;
}

Result<QList<NodeAnswers>> answersFromLines(const QByteArray& raw)
{
    QList<NodeAnswers> list;
    const Result<Done> done
        = forEachLine(raw, true, [&list](const QJsonObject& line) -> Result<Done> {
              append(&list, answersFromJson(line));
              return Done {};
          });
    if (!done)
        return done.error();
    return list;
}

} // namespace slotscope::capture
