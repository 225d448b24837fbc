// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/session/jobs.h"
#include "core/session/session.h"
#include "core/session/wirelog.h"

#include <QHash>
#include <QSet>
#include <QThread>

#include <functional>

class QTimer;

namespace slotscope::session {

/// The one thread that owns every socket, timer and operation of all sessions of a window. Created
/// by the composition root, which destroys it after every SessionHandle. Destroying it ends the
/// thread after what lives there was deleted.
class IoThread final
{
public:
    IoThread();
    ~IoThread();
    Q_DISABLE_COPY_MOVE(IoThread)

    QThread* thread() { return &m_thread; }
    /// Runs `work` in the I/O thread, later.
    void post(std::function<void()> work);

private:
    QThread m_thread;
    QObject* m_context = nullptr;
};

/// A session as the window sees it: lives in the window's thread, passes wishes to the Session in
/// the I/O thread and its values back. Traces, fan-outs and the progress of pipelines are batched:
/// at most one change per run and 16 ms; the last one comes just before its end. Nothing is emitted
/// after its destruction.
class SessionHandle final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SessionHandle)
public:
    SessionHandle(IoThread& io, SessionConfig config, QObject* parent = nullptr);
    ~SessionHandle() override;

    const SessionConfig& config() const { return m_config; }
    /// What the session's connections send and receive, once it is turned on.
    WireLog* wireLog() const { return m_wireLog.get(); }
    void open();
    void refresh();
    /// What the write guard will say of a command, as far as is known now. See writeguard.h for how
    /// to ask the user.
    GuardVerdict judge(const command::Argv& argv) const;
    GuardVerdict judge(const QList<command::Argv>& commands) const;

    /// Each of these starts a run and returns its id, unique within this handle. Without a
    /// confirmation what the guard asks about is not sent. As Session's.
    quint64 run(const command::Argv& argv, const command::Behaviour& behaviour,
        Confirmation confirmation = Confirmation::NotAsked);
    /// As run(), for what the window itself wants to know: nobody typed it, so that it is no part
    /// of what happened.
    quint64 runUnseen(const command::Argv& argv, const command::Behaviour& behaviour);
    bool isUnseen(quint64 runId) const { return m_unseen.contains(runId); }
    quint64 runFanOut(const command::Argv& argv, command::FanOutTarget target,
        Confirmation confirmation = Confirmation::NotAsked);
    quint64 runTransaction(const QList<QByteArray>& watchedKeys,
        const QList<command::Argv>& commands, const command::Behaviour& behaviour,
        Confirmation confirmation = Confirmation::NotAsked);
    quint64 runPipeline(
        const QList<command::Argv>& commands, Confirmation confirmation = Confirmation::NotAsked);
    void cancelRun(quint64 runId);
    void setMetricsInterval(std::chrono::milliseconds interval);
    /// For what is run from now on; config() and judge() say so at once.
    void setReadOnly(bool readOnly);
    /// The next step of a run that stands still (command::Behaviour::stepwise).
    void proceedRun(quint64 runId);

    /// Streams, key scans and slot surveys: each starts one and returns its id. A stream's next
    /// batch comes when the last one was dealt with in this thread.
    quint64 startStream(const command::Argv& argv, const command::Behaviour& behaviour,
        Confirmation confirmation = Confirmation::NotAsked);
    quint64 startScan(const command::KeyScanOptions& options);
    quint64 startSurvey(const command::SlotSurveyOptions& options);
    void pauseScan(quint64 id);
    void resumeScan(quint64 id);
    void cancelJob(quint64 id);

    /// waysTold() follows: how the connections that are open were made.
    void askForWays();
    /// Does `work` in the session's thread, unless the session is gone by then: for operations of
    /// rooms above, which the session cannot know. What they leave there is owned by its jobs().
    void inSession(std::function<void(Session*)> work);
    QThread* ioThread() const { return m_session->thread(); }

Q_SIGNALS:
    void streamChanged(quint64 id, const slotscope::command::StreamState& state);
    void streamBatch(quint64 id, const slotscope::command::StreamBatch& batch);
    void streamFinished(quint64 id, const slotscope::command::StreamState& state);
    void scanFound(quint64 id, const slotscope::command::KeyBatch& keys,
        const slotscope::command::KeyScanProgress& progress);
    void scanFinished(
        quint64 id, bool complete, const slotscope::command::KeyScanProgress& progress);
    void surveyFound(quint64 id, const QList<slotscope::command::SlotFacts>& facts,
        const slotscope::command::SlotSurveyProgress& progress);
    void surveyFinished(
        quint64 id, bool complete, const slotscope::command::SlotSurveyProgress& progress);
    void openFailed(const slotscope::support::Error& error);
    void topologyChanged(const slotscope::cluster::Topology& topology);
    void viewsChanged(const slotscope::session::ToldViews& views);
    void changed(const QList<slotscope::cluster::TopologyEvent>& events);
    void refreshFailed(const slotscope::support::Error& error);
    void traceChanged(quint64 runId, const slotscope::command::Trace& trace);
    void runFinished(quint64 runId, const slotscope::command::Trace& trace);
    void fanOutChanged(quint64 runId, const slotscope::command::FanOut& fanOut);
    void fanOutFinished(quint64 runId, const slotscope::command::FanOut& fanOut);
    void pipelineChanged(quint64 runId, const slotscope::command::PipelineProgress& progress);
    void pipelineFinished(quint64 runId, const slotscope::command::Pipeline& pipeline);
    void commandTableChanged(const slotscope::command::CommandTable& table);
    void waysTold(const slotscope::session::OpenWays& ways);
    void metricsSampled(const QList<slotscope::session::MetricsSample>& samples);
    void redirectsSeen(const slotscope::session::SeenRedirects& seen);

private:
    static SessionConfig tapped(SessionConfig config, std::shared_ptr<WireLog> log);
    void passTraces();
    void connectRuns();
    void connectJobs();

    SessionConfig m_config;
    std::shared_ptr<WireLog> m_wireLog; ///< of the connections too, which may live longer
    Session* m_session = nullptr; ///< lives in the I/O thread; deleted there
    quint64 m_lastRun = 0;
    QSet<quint64> m_unseen; ///< a few for each session
    QTimer* m_frame = nullptr;
    QHash<quint64, command::Trace>
        m_waiting; ///< the longest prefix of each run, for the next frame
    QHash<quint64, command::FanOut> m_waitingFanOuts;
    QHash<quint64, command::PipelineProgress> m_waitingPipelines;
    command::CommandTable m_table;
};

} // namespace slotscope::session
