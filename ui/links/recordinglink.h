// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/countedtable.h"
#include "core/capture/recorder.h"
#include "core/capture/seentable.h"

#include <deque>

namespace slotscope::ui {

/// Between the recorder and the session of its tab. Keeps in memory, recording or not, what
/// happened in the last quarter of an hour, for a capture.
class RecordingLink final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RecordingLink)
public:
    /// With an empty folder nothing is written, whatever the options say.
    explicit RecordingLink(const capture::RecorderOptions& options, QObject* parent = nullptr);

    void start(session::SessionHandle* session);
    /// What happened is kept, for a session with the same cluster.
    void end();
    void setOptions(const capture::RecorderOptions& options);
    bool isRecording() const { return !m_recorder->file().isEmpty(); }
    /// When the first topology of the cluster came; invalid before a session has told its own.
    QDateTime began() const { return m_isWaiting ? QDateTime() : m_began; }
    capture::Recorder* recorder() const { return m_recorder; }

    void addNote(const capture::Note& note);
    /// Forgets what happened, and the recording; these notes are what is known now.
    void forget(const QList<capture::Note>& notes = {});
    /// Adds what happened: events, `before`, samples, errors, notes, and since when it is
    /// known.
    void fill(capture::Capture* capture) const;
    void fillNotes(capture::Capture* capture) const { capture->notes = m_notes; }

Q_SIGNALS:
    // As the recorder's; restarted() also at the start of a session that none was before.
    void continued(const QList<slotscope::cluster::TopologyEvent>& events);
    void restarted();
    void noticed(const slotscope::cluster::TopologyEvent& event);

private:
    /// What was seen at once, and the topology it was not yet in.
    struct Batch
    {
        QList<cluster::TopologyEvent> events;
        cluster::Topology before;
    };

    void clear(const QList<capture::Note>& notes);
    void add(const QList<cluster::TopologyEvent>& events, const cluster::Topology& before);
    void takeTopology(const cluster::Topology& topology);
    void takeEvents(const QList<cluster::TopologyEvent>& events);
    void takeSamples(const QList<session::MetricsSample>& samples);

    capture::Recorder* m_recorder = nullptr;
    session::SessionHandle* m_session = nullptr;
    QDateTime m_began;
    bool m_isWaiting = false; ///< whether it is the same cluster is not yet known
    cluster::Topology m_topology;
    cluster::Topology m_previous;
    std::deque<Batch> m_batches;
    std::deque<capture::NodeSample> m_samples;
    capture::SeenTable m_seen;
    capture::CountedTable m_counted;
    QList<capture::Note> m_notes;
};

} // namespace slotscope::ui
