// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/session/sessionhandle.h"

#include <QPointer>
#include <QTimer>

namespace slotscope::session {

using namespace std::chrono_literals;

namespace {

constexpr auto frame = 16ms;

} // namespace

IoThread::IoThread()
    : m_context(new QObject)
{
    m_thread.setObjectName(QStringLiteral("slotscope-io"));
    m_context->moveToThread(&m_thread);
    // What is to be deleted later in a thread is deleted when it ends.
    QObject::connect(&m_thread, &QThread::finished, m_context, &QObject::deleteLater);
    m_thread.start();
}

IoThread::~IoThread()
{
    m_thread.quit();
    m_thread.wait();
}

void IoThread::post(std::function<void()> work)
{
    QMetaObject::invokeMethod(m_context, std::move(work), Qt::QueuedConnection);
}

SessionHandle::SessionHandle(IoThread& io, SessionConfig config, QObject* parent)
    : QObject(parent)
    , m_config(config)
    , m_wireLog(std::make_shared<WireLog>())
    , m_session(new Session(tapped(std::move(config), m_wireLog)))
    , m_frame(new QTimer(this))
{
    m_frame->setSingleShot(true);
    m_frame->setInterval(frame);
    connect(m_frame, &QTimer::timeout, this, &SessionHandle::passTraces);

    m_session->moveToThread(io.thread());
    connectJobs();
    // Queued, because the session is in another thread: nothing arrives after this handle is gone.
    connect(m_session, &Session::openFailed, this, &SessionHandle::openFailed);
    connect(m_session, &Session::viewsChanged, this, &SessionHandle::viewsChanged);
    connect(m_session, &Session::topologyChanged, this, &SessionHandle::topologyChanged);
    connect(m_session, &Session::changed, this, &SessionHandle::changed);
    connect(m_session, &Session::refreshFailed, this, &SessionHandle::refreshFailed);
    connect(
        m_session, &Session::commandTableChanged, this, [this](const command::CommandTable& table) {
            m_table = table;
            Q_EMIT commandTableChanged(table);
        });
    connect(m_session, &Session::redirectsSeen, this, &SessionHandle::redirectsSeen);
    connect(m_session, &Session::waysTold, this, &SessionHandle::waysTold);
    connectRuns();
}

void SessionHandle::connectRuns()
{
    const auto waitForTheFrame = [this] {
        if (!m_frame->isActive())
            m_frame->start();
    };
    connect(m_session, &Session::traceChanged, this,
        [this, waitForTheFrame](quint64 runId, const command::Trace& trace) {
            m_waiting.insert(runId, trace);
            waitForTheFrame();
        });
    // A listener may delete this handle: what follows a signal asks whether it is still there.
    connect(
        m_session, &Session::runFinished, this, [this](quint64 runId, const command::Trace& trace) {
            const QPointer<SessionHandle> self(this);
            m_waiting.remove(runId);
            Q_EMIT traceChanged(runId, trace);
            if (self)
                Q_EMIT runFinished(runId, trace);
        });
    connect(m_session, &Session::fanOutChanged, this,
        [this, waitForTheFrame](quint64 runId, const command::FanOut& fanOut) {
            m_waitingFanOuts.insert(runId, fanOut);
            waitForTheFrame();
        });
    connect(m_session, &Session::fanOutFinished, this,
        [this](quint64 runId, const command::FanOut& fanOut) {
            const QPointer<SessionHandle> self(this);
            m_waitingFanOuts.remove(runId);
            Q_EMIT fanOutChanged(runId, fanOut);
            if (self)
                Q_EMIT fanOutFinished(runId, fanOut);
        });
    connect(m_session, &Session::pipelineChanged, this,
        [this, waitForTheFrame](quint64 runId, const command::PipelineProgress& progress) {
            m_waitingPipelines.insert(runId, progress);
            waitForTheFrame();
        });
    connect(m_session, &Session::pipelineFinished, this,
        [this](quint64 runId, const command::Pipeline& pipeline) {
            const QPointer<SessionHandle> self(this);
            m_waitingPipelines.remove(runId);
            Q_EMIT pipelineChanged(
                runId, { pipeline.results.size(), pipeline.counts, pipeline.traces });
            if (self)
                Q_EMIT pipelineFinished(runId, pipeline);
        });
    connect(m_session, &Session::metricsSampled, this, &SessionHandle::metricsSampled);
}

SessionConfig SessionHandle::tapped(SessionConfig config, std::shared_ptr<WireLog> log)
{
    config.options.tap = std::move(log);
    return config;
}

// The session's and its jobs' thread is another one: all of this is queued.
void SessionHandle::connectJobs()
{
    const Jobs* jobs = m_session->jobs();
    connect(jobs, &Jobs::streamChanged, this, &SessionHandle::streamChanged);
    connect(jobs, &Jobs::streamBatch, this, [this](quint64 id, const command::StreamBatch& batch) {
        const QPointer<SessionHandle> guard(this); // a listener may delete it
        Q_EMIT streamBatch(id, batch);
        if (!guard)
            return;
        inSession([id](Session* session) { session->jobs()->proceedStream(id); });
    });
    connect(jobs, &Jobs::streamFinished, this, &SessionHandle::streamFinished);
    connect(jobs, &Jobs::scanFound, this, &SessionHandle::scanFound);
    connect(jobs, &Jobs::scanFinished, this, &SessionHandle::scanFinished);
    connect(jobs, &Jobs::surveyFound, this, &SessionHandle::surveyFound);
    connect(jobs, &Jobs::surveyFinished, this, &SessionHandle::surveyFinished);
}

void SessionHandle::askForWays()
{
    inSession([](Session* session) { session->tellWays(); });
}

void SessionHandle::inSession(std::function<void(Session*)> work)
{
    QMetaObject::invokeMethod(
        m_session, [session = m_session, work = std::move(work)] { work(session); },
        Qt::QueuedConnection);
}

quint64 SessionHandle::startStream(
    const command::Argv& argv, const command::Behaviour& behaviour, Confirmation confirmation)
{
    const quint64 id = ++m_lastRun;
    inSession(
        [=](Session* session) { session->jobs()->startStream(id, argv, behaviour, confirmation); });
    return id;
}

quint64 SessionHandle::startScan(const command::KeyScanOptions& options)
{
    const quint64 id = ++m_lastRun;
    inSession([id, options](Session* session) { session->jobs()->startScan(id, options); });
    return id;
}

quint64 SessionHandle::startSurvey(const command::SlotSurveyOptions& options)
{
    const quint64 id = ++m_lastRun;
    inSession([id, options](Session* session) { session->jobs()->startSurvey(id, options); });
    return id;
}

void SessionHandle::pauseScan(quint64 id)
{
    inSession([id](Session* session) { session->jobs()->pauseScan(id); });
}

void SessionHandle::resumeScan(quint64 id)
{
    inSession([id](Session* session) { session->jobs()->resumeScan(id); });
}

void SessionHandle::cancelJob(quint64 id)
{
    inSession([id](Session* session) { session->jobs()->cancel(id); });
}

SessionHandle::~SessionHandle()
{
    m_session->disconnect(this);
    m_session->jobs()->disconnect(this);
    m_session->deleteLater();
}

void SessionHandle::passTraces()
{
    const QPointer<SessionHandle> self(this);
    const QHash<quint64, command::Trace> traces = std::exchange(m_waiting, {});
    const QHash<quint64, command::FanOut> fanOuts = std::exchange(m_waitingFanOuts, {});
    const QHash<quint64, command::PipelineProgress> pipelines
        = std::exchange(m_waitingPipelines, {});
    for (auto trace = traces.constBegin(); self && trace != traces.constEnd(); ++trace)
        Q_EMIT traceChanged(trace.key(), trace.value());
    for (auto fanOut = fanOuts.constBegin(); self && fanOut != fanOuts.constEnd(); ++fanOut)
        Q_EMIT fanOutChanged(fanOut.key(), fanOut.value());
    for (auto pipeline = pipelines.constBegin(); self && pipeline != pipelines.constEnd();
         ++pipeline)
        Q_EMIT pipelineChanged(pipeline.key(), pipeline.value());
}

void SessionHandle::open()
{
    QMetaObject::invokeMethod(m_session, &Session::open, Qt::QueuedConnection);
}

void SessionHandle::refresh()
{
    QMetaObject::invokeMethod(m_session, &Session::refresh, Qt::QueuedConnection);
}

GuardVerdict SessionHandle::judge(const command::Argv& argv) const
{
    return session::judge(argv, m_table, m_config.readOnly);
}

GuardVerdict SessionHandle::judge(const QList<command::Argv>& commands) const
{
    return session::judge(commands, m_table, m_config.readOnly);
}

quint64 SessionHandle::run(
    const command::Argv& argv, const command::Behaviour& behaviour, Confirmation confirmation)
{
    const quint64 id = ++m_lastRun;
    inSession([=](Session* session) { session->run(id, argv, behaviour, confirmation); });
    return id;
}

quint64 SessionHandle::runUnseen(const command::Argv& argv, const command::Behaviour& behaviour)
{
    const quint64 id = run(argv, behaviour);
    m_unseen.insert(id);
    return id;
}

quint64 SessionHandle::runFanOut(
    const command::Argv& argv, command::FanOutTarget target, Confirmation confirmation)
{
    const quint64 id = ++m_lastRun;
    inSession([=](Session* session) { session->runFanOut(id, argv, target, confirmation); });
    return id;
}

quint64 SessionHandle::runTransaction(const QList<QByteArray>& watchedKeys,
    const QList<command::Argv>& commands, const command::Behaviour& behaviour,
    Confirmation confirmation)
{
    const quint64 id = ++m_lastRun;
    inSession([=](Session* session) {
        session->runTransaction(id, watchedKeys, commands, behaviour, confirmation);
    });
    return id;
}

quint64 SessionHandle::runPipeline(const QList<command::Argv>& commands, Confirmation confirmation)
{
    const quint64 id = ++m_lastRun;
    inSession([=](Session* session) { session->runPipeline(id, commands, confirmation); });
    return id;
}

void SessionHandle::setMetricsInterval(std::chrono::milliseconds interval)
{
    inSession([interval](Session* session) { session->setMetricsInterval(interval); });
}

void SessionHandle::setReadOnly(bool readOnly)
{
    m_config.readOnly = readOnly;
    inSession([readOnly](Session* session) { session->setReadOnly(readOnly); });
}

void SessionHandle::proceedRun(quint64 runId)
{
    inSession([runId](Session* session) { session->proceedRun(runId); });
}

void SessionHandle::cancelRun(quint64 runId)
{
    QMetaObject::invokeMethod(
        m_session, [session = m_session, runId] { session->cancelRun(runId); },
        Qt::QueuedConnection);
}

} // namespace slotscope::session
