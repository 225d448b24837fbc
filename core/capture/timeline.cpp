// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/capture/timeline.h"

#include "core/capture/partsjson.h"
#include "core/cluster/topologyjson.h"
#include "core/command/traceformat.h"
#include "core/health/healthjson.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace slotscope::capture {

using namespace Qt::StringLiterals;
using cluster::timeToJson;
using cluster::Topology;
using support::Done;
using support::Result;

namespace {

/// Puts the lines of a block together.
class StretchReader
{
public:
    Result<Done> take(const QJsonObject& line)
    {
        const QString type = line.value("type"_L1).toString();
        if (type == "map"_L1)
            return m_maps.take(line);
        if (type == "topology"_L1)
            return takeTopology(line);
        if (type == "trace"_L1)
            return takeTrace(line);
        if (type == "samples"_L1) {
            const QDateTime at = timeIn(line, "at"_L1);
            for (const auto row : line.value("nodes"_L1).toArray())
                append(&m_stretch.samples, sampleFromJson(row.toArray(), at));
        } else if (type == "refreshed"_L1) {
            m_stretch.refreshes.append({ timeIn(line, "at"_L1), line.value("asked"_L1).toInt(),
                line.value("answered"_L1).toInt() });
        } else if (type == "found"_L1) {
            takeFound(line);
        } else if (type == "event"_L1) {
            append(&m_stretch.events, eventFromJson(line));
        } else if (type == "note"_L1) {
            append(&m_stretch.notes, noteFromJson(line));
        } else if (type == "seen"_L1) {
            TimedSeen seen { timeIn(line, "at"_L1), {} };
            for (const auto& entry : line.value("errors"_L1).toArray())
                append(&seen.errors, seenFromJson(entry.toObject()));
            m_stretch.seen.append(seen);
        } else if (type == "counted"_L1) {
            TimedCounted counted { timeIn(line, "at"_L1), {} };
            for (const auto& entry : line.value("errors"_L1).toArray())
                append(&counted.errors, countedFromJson(entry.toObject()));
            m_stretch.counted.append(counted);
        }
        // A newer Slotscope may write more.
        return Done {};
    }
    Stretch take() { return std::move(m_stretch); }

private:
    Result<Done> takeTopology(const QJsonObject& line)
    {
        const Result<Topology> map = m_maps.mapOf(line);
        if (!map)
            return map.error();
        m_stretch.topologies.append({ timeIn(line, "at"_L1), *map });
        return Done {};
    }

    void takeFound(const QJsonObject& line)
    {
        Found found { timeIn(line, "at"_L1), {}, {}, {} };
        for (const auto& entry : line.value("silent"_L1).toArray())
            append(&found.silent, silentFromJson(entry.toObject()));
        for (const auto& entry : line.value("findings"_L1).toArray())
            append(&found.findings, findingFromJson(entry.toObject()));
        for (const auto& entry : line.value("warnings"_L1).toArray())
            found.warnings.append(entry.toString());
        m_stretch.found.append(found);
    }

    Result<Done> takeTrace(const QJsonObject& line)
    {
        const Result<Topology> map = m_maps.mapOf(line);
        if (!map)
            return map.error();
        Result<command::Trace> trace
            = command::traceFromJson(line.value("trace"_L1).toObject(), *map);
        if (!trace)
            return trace.error();
        m_stretch.traces.append(*trace);
        return Done {};
    }

    Stretch m_stretch;
    MapReader m_maps;
};

} // namespace

bool mayBegin(const cluster::TopologyChange& change)
{
    using Change = cluster::TopologyChange::Kind;
    switch (change.kind) {
    case Change::NodeRecovered:
    case Change::SlotsCovered:
    case Change::MigrationEnded:
    case Change::EpochRaised:
    case Change::Reached:
    case Change::Unwatched:
    case Change::ClockSetBack:
        return false;
    case Change::StateChanged:
        return change.after != cluster::stateName(cluster::ClusterState::Ok);
    default:
        return true;
    }
}

void TimelineWriter::cover(const QDateTime& at)
{
    if (!at.isValid())
        return;
    if (!m_from.isValid() || at < m_from)
        m_from = at;
    if (!m_to.isValid() || at > m_to)
        m_to = at;
}

QByteArray TimelineWriter::topology(const TimedTopology& topology)
{
    cover(topology.at);
    QByteArray lines;
    const int map = m_maps.numberOf(topology.topology, &lines);
    return lines
        + jsonLine(u"topology"_s, { { u"at"_s, timeToJson(topology.at) }, { u"map"_s, map } });
}

QByteArray TimelineWriter::refreshed(const Refreshed& refreshed)
{
    cover(refreshed.at);
    return jsonLine(u"refreshed"_s,
        { { u"at"_s, timeToJson(refreshed.at) }, { u"asked"_s, refreshed.asked },
            { u"answered"_s, refreshed.answered } });
}

QByteArray TimelineWriter::found(const Found& found)
{
    cover(found.at);
    QJsonArray silent;
    for (const NodeAnswers& node : found.silent)
        silent.append(silentToJson(node));
    QJsonArray findings;
    for (const health::Finding& finding : found.findings)
        findings.append(health::toJson(finding));
    return jsonLine(u"found"_s,
        { { u"at"_s, timeToJson(found.at) }, { u"silent"_s, silent }, { u"findings"_s, findings },
            { u"warnings"_s, QJsonArray::fromStringList(found.warnings) } });
}

QByteArray TimelineWriter::event(const cluster::TopologyEvent& event)
{
    cover(event.at);
    ++m_events;
    return jsonLine(u"event"_s, toJson(event));
}

QByteArray TimelineWriter::samples(const QList<NodeSample>& samples)
{
    QByteArray lines;
    QJsonArray rows;
    for (qsizetype i = 0; i < samples.size(); ++i) {
        const QDateTime& at = samples.at(i).at;
        cover(at);
        rows.append(toJson(samples.at(i)));
        if (i + 1 < samples.size() && samples.at(i + 1).at == at)
            continue;
        lines += jsonLine(u"samples"_s, { { u"at"_s, timeToJson(at) }, { u"nodes"_s, rows } });
        rows = {};
    }
    return lines;
}

QByteArray TimelineWriter::trace(const command::Trace& trace)
{
    cover(trace.startedAt);
    QByteArray lines;
    const int map = m_maps.numberOf(trace.map, &lines);
    return lines
        + jsonLine(u"trace"_s,
            { { u"at"_s, timeToJson(trace.startedAt) }, { u"map"_s, map },
                { u"trace"_s, command::toJson(trace) } });
}

QByteArray TimelineWriter::seen(const QDateTime& at, const QList<SeenErrors>& seen)
{
    cover(at);
    QJsonArray errors;
    for (const SeenErrors& entry : seen)
        errors.append(toJson(entry));
    return jsonLine(u"seen"_s, { { u"at"_s, timeToJson(at) }, { u"errors"_s, errors } });
}

QByteArray TimelineWriter::counted(const QDateTime& at, const QList<CountedErrors>& counted)
{
    cover(at);
    QJsonArray errors;
    for (const CountedErrors& entry : counted)
        errors.append(toJson(entry));
    return jsonLine(u"counted"_s, { { u"at"_s, timeToJson(at) }, { u"errors"_s, errors } });
}

QByteArray TimelineWriter::note(const Note& note)
{
    cover(note.at);
    return jsonLine(u"note"_s, toJson(note));
}

QByteArray toBlock(const Stretch& stretch, BlockHead* head)
{
    TimelineWriter writer;
    QByteArray raw;
    for (const TimedTopology& topology : stretch.topologies)
        raw += writer.topology(topology);
    for (const Refreshed& refreshed : stretch.refreshes)
        raw += writer.refreshed(refreshed);
    for (const Found& found : stretch.found)
        raw += writer.found(found);
    for (const cluster::TopologyEvent& event : stretch.events)
        raw += writer.event(event);
    raw += writer.samples(stretch.samples);
    for (const command::Trace& trace : stretch.traces)
        raw += writer.trace(trace);
    for (const Note& note : stretch.notes)
        raw += writer.note(note);
    for (const TimedSeen& seen : stretch.seen)
        raw += writer.seen(seen.at, seen.errors);
    for (const TimedCounted& counted : stretch.counted)
        raw += writer.counted(counted.at, counted.errors);
    head->holds = Holds::Timeline;
    head->from = writer.from();
    head->to = writer.to();
    head->events = writer.events();
    return toBlock(*head, raw);
}

Result<Stretch> stretchFromLines(const QByteArray& raw, bool whole)
{
    StretchReader reader;
    const Result<Done> done
        = forEachLine(raw, whole, [&reader](const QJsonObject& line) { return reader.take(line); });
    if (!done)
        return done.error();
    return reader.take();
}

QList<cluster::TopologyEvent> eventsFromLines(const QByteArray& raw)
{
    // QJsonDocument writes the fields by name: the type is not the first one.
    static const QByteArray mark = "\"type\":\"event\"";
    QList<cluster::TopologyEvent> events;
    for (qsizetype begin = 0; begin < raw.size();) {
        qsizetype end = raw.indexOf('\n', begin);
        if (end < 0)
            end = raw.size();
        const QByteArrayView line(raw.data() + begin, end - begin);
        begin = end + 1;
        if (!line.contains(mark))
            continue;
        const QJsonObject object
            = QJsonDocument::fromJson(QByteArray::fromRawData(line.data(), line.size())).object();
        if (object.value("type"_L1).toString() == "event"_L1) {
            if (const auto event = eventFromJson(object))
                events.append(*event);
        }
    }
    return events;
}

} // namespace slotscope::capture
