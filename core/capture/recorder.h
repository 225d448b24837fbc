// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/recordingfile.h"
#include "core/session/sessionhandle.h"

#include <QObject>
#include <QPointer>
#include <QThread>

namespace slotscope::capture {

/// Whether sessions are recorded, where, and how much of it is kept.
struct RecorderOptions
{
    bool isOn = true;
    RecordingLimits limits;
    /// Keep the arguments of what was run in the console, and the replies. Without it the traces
    /// have the command's name, slot and path only.
    bool withArguments = false;
    QString folder; ///< empty: recordingsFolder()
    friend bool operator==(const RecorderOptions&, const RecorderOptions&) = default;
};

/// A trace without what its command was about: arguments, keys, reply, what an error says of them.
command::Trace withoutArguments(const command::Trace& trace);

/// The numbers of samples that have just come.
QList<NodeSample> toSamples(const QList<session::MetricsSample>& samples, const QDateTime& now);

/// Records what the sessions of a tab tell, into a file of its own. The next session goes on with
/// it when it is one with the same cluster, with a gap that says how long nobody was connected;
/// with another cluster a new one begins. drop() and the destructor remove it: only a program that
/// was killed leaves one behind. Writing happens in a thread of its own. Lives in the thread of the
/// handle.
class Recorder final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Recorder)
public:
    explicit Recorder(const RecorderOptions& options, QObject* parent = nullptr);
    ~Recorder() override;

    /// Holds for the recording under way too, but for the folder.
    void setOptions(const RecorderOptions& options);
    void start(session::SessionHandle* session);
    /// The session is gone. What was recorded stays.
    void end();
    void drop();

    /// Of the recording under way; empty when there is none.
    QString file() const { return m_file; }
    /// Written to the recording too.
    void addNote(const Note& note);
    /// Calls `work`, in this thread, when everything that was told before is in the file.
    void whenWritten(std::function<void()> work);

Q_SIGNALS:
    /// Once per recording: it could not be begun, or the disk is full. Nothing is recorded from
    /// then on; what was, stays in file() until end().
    void failed(const slotscope::support::Error& error);
    /// The first topology of a session has come, before anybody else heard of it who was connected
    /// to it after start(). It is of the cluster that the last session had. `events`: the gap, then
    /// what is different since. Without recording too.
    void continued(const QList<slotscope::cluster::TopologyEvent>& events);
    /// Likewise: it is another cluster.
    void restarted();
    /// What no map tells: all refreshes had failed for a while, and do no more (Unwatched); or this
    /// computer's clock was set back.
    void noticed(const slotscope::cluster::TopologyEvent& event);

private:
    class Writer;

    void begin();
    void attach();
    void removeFile();
    void onTopology(const cluster::Topology& topology);
    void resume(const cluster::Topology& topology);
    void add(const QList<cluster::TopologyEvent>& events);

    RecorderOptions m_options;
    QPointer<session::SessionHandle> m_session;
    cluster::Topology m_last; ///< of this session or the one before
    session::ToldViews m_views; ///< of this session
    bool m_isResuming = false; ///< this session has not told what it is connected to
    bool m_hasFailed = false; ///< the last refresh
    QString m_file;
    Writer* m_writer = nullptr; ///< lives in m_thread; deleted there
    QMetaObject::Connection m_traces; ///< from the session to the writer
    QThread m_thread;
};

} // namespace slotscope::capture
