// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/links/recordinglink.h"

#include "core/capture/history.h"

#include <algorithm>

namespace slotscope::ui {
using capture::NodeSample;
using capture::RecorderOptions;
using session::SessionHandle;

namespace {

constexpr std::size_t mostBatches = 2'000;
constexpr std::size_t mostSamples = 100'000; ///< ten megabytes
constexpr qsizetype mostNotes = 1'000;

RecorderOptions allowed(RecorderOptions options)
{
    options.isOn = options.isOn && !options.folder.isEmpty();
    return options;
}

QDateTime spanBegin()
{
    return QDateTime::currentDateTimeUtc().addMSecs(
        -std::chrono::milliseconds(capture::History::span).count());
}

} // namespace

RecordingLink::RecordingLink(const RecorderOptions& options, QObject* parent)
    : QObject(parent)
    , m_recorder(new capture::Recorder(allowed(options), this))
{
    connect(m_recorder, &capture::Recorder::continued, this,
        [this](const QList<cluster::TopologyEvent>& events) {
            m_isWaiting = false;
            add(events, m_topology);
            Q_EMIT continued(events);
        });
    connect(
        m_recorder, &capture::Recorder::noticed, this, [this](const cluster::TopologyEvent& event) {
            add({ event }, m_topology);
            Q_EMIT noticed(event);
        });
    connect(m_recorder, &capture::Recorder::restarted, this, [this] {
        clear({});
        Q_EMIT restarted();
    });
}

void RecordingLink::start(SessionHandle* session)
{
    m_isWaiting = !m_topology.isEmpty();
    if (!m_isWaiting)
        Q_EMIT restarted();
    m_session = session;
    // First: it tells of the cluster before the topology comes here.
    m_recorder->start(session);
    connect(session, &SessionHandle::topologyChanged, this, &RecordingLink::takeTopology);
    connect(session, &SessionHandle::changed, this, &RecordingLink::takeEvents);
    connect(session, &SessionHandle::metricsSampled, this, &RecordingLink::takeSamples);
    connect(
        session, &SessionHandle::redirectsSeen, this, [this](const session::SeenRedirects& seen) {
            m_seen.update(seen, QDateTime::currentDateTimeUtc());
        });
}

void RecordingLink::end()
{
    if (m_session)
        m_session->disconnect(this);
    m_session = nullptr;
    m_seen.endSession();
    m_recorder->end();
}

void RecordingLink::setOptions(const RecorderOptions& options)
{
    m_recorder->setOptions(allowed(options));
}

void RecordingLink::forget(const QList<capture::Note>& notes)
{
    m_recorder->drop();
    clear(notes);
}

void RecordingLink::clear(const QList<capture::Note>& notes)
{
    m_isWaiting = false;
    m_began = {};
    m_topology = {};
    m_previous = {};
    m_batches.clear();
    m_samples.clear();
    m_seen = {};
    m_counted = {};
    m_notes = notes;
}

void RecordingLink::addNote(const capture::Note& note)
{
    if (m_notes.size() >= mostNotes)
        m_notes.removeFirst();
    m_notes.append(note);
    m_recorder->addNote(note);
}

void RecordingLink::takeTopology(const cluster::Topology& topology)
{
    if (!m_began.isValid()) {
        m_began = QDateTime::currentDateTimeUtc();
        m_topology = topology;
    }
    m_previous = std::exchange(m_topology, topology);
}

/// Comes right after the topology that has them.
void RecordingLink::takeEvents(const QList<cluster::TopologyEvent>& events)
{
    add(events, m_previous);
}

void RecordingLink::add(
    const QList<cluster::TopologyEvent>& events, const cluster::Topology& before)
{
    if (events.isEmpty())
        return;
    m_batches.push_back({ events, before });
    const QDateTime begin = spanBegin();
    // What has just come may be old: a computer that slept, a clock that was set.
    while (m_batches.size() > mostBatches
        || (!m_batches.empty() && m_batches.front().events.last().at < begin))
        m_batches.pop_front();
}

void RecordingLink::takeSamples(const QList<session::MetricsSample>& samples)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    m_counted.update(samples, now);
    for (const NodeSample& sample : capture::toSamples(samples, now))
        m_samples.push_back(sample);
    const QDateTime begin = spanBegin();
    while (m_samples.size() > mostSamples || (!m_samples.empty() && m_samples.front().at < begin))
        m_samples.pop_front();
}

void RecordingLink::fill(capture::Capture* capture) const
{
    const QDateTime begin = spanBegin();
    capture->recordingBegan = m_began;
    capture->before = m_topology;
    bool isFirst = true;
    bool hasBegun = false;
    for (const Batch& batch : m_batches) {
        if (batch.events.last().at < begin)
            continue;
        const bool begins = std::any_of(batch.events.cbegin(), batch.events.cend(),
            [](const cluster::TopologyEvent& event) { return capture::mayBegin(event.change); });
        if (std::exchange(isFirst, false) || (begins && !hasBegun))
            capture->before = batch.before;
        hasBegun = hasBegun || begins;
        capture->events += batch.events;
    }
    for (const NodeSample& sample : m_samples) {
        if (sample.at >= begin)
            capture->samples.append(sample);
    }
    capture->seen = m_seen.errors();
    capture->counted = m_counted.errors();
    fillNotes(capture);
}

} // namespace slotscope::ui
