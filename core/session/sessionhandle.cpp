// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/session/sessionhandle.h"

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
    , m_session(new Session(std::move(config)))
    , m_frame(new QTimer(this))
{
    m_frame->setSingleShot(true);
    m_frame->setInterval(frame);
    connect(m_frame, &QTimer::timeout, this, &SessionHandle::passTraces);

    m_session->moveToThread(io.thread());
    connectJobs();
    // Queued, because the session is in another thread: nothing arrives after this handle is gone.
    connect(m_session, &Session::openFailed, this, &SessionHandle::openFailed);
    connect(m_session, &Session::topologyChanged, this, &SessionHandle::topologyChanged);
    connect(m_session, &Session::changed, this, &SessionHandle::changed);
    connect(m_session, &Session::refreshFailed, this, &SessionHandle::refreshFailed);
    connect(m_session, &Session::traceChanged, this,
        [this](quint64 runId, const command::Trace& trace) {
            m_waiting.insert(runId, trace);
            if (!m_frame->isActive())
                m_frame->start();
        });
    connect(
        m_session, &Session::runFinished, this, [this](quint64 runId, const command::Trace& trace) {
            m_waiting.remove(runId);
            Q_EMIT traceChanged(runId, trace);
            Q_EMIT runFinished(runId, trace);
        });
    connect(m_session, &Session::fanOutChanged, this,
        [this](quint64 runId, const command::FanOut& fanOut) {
            m_waitingFanOuts.insert(runId, fanOut);
            if (!m_frame->isActive())
                m_frame->start();
        });
    connect(m_session, &Session::fanOutFinished, this,
        [this](quint64 runId, const command::FanOut& fanOut) {
            m_waitingFanOuts.remove(runId);
            Q_EMIT fanOutChanged(runId, fanOut);
            Q_EMIT fanOutFinished(runId, fanOut);
        });
    connect(m_session, &Session::commandTableChanged, this, &SessionHandle::commandTableChanged);
}

// The session's and its jobs' thread is another one: all of this is queued.
void SessionHandle::connectJobs()
{
    const Jobs* jobs = m_session->jobs();
    connect(jobs, &Jobs::streamChanged, this, &SessionHandle::streamChanged);
    connect(jobs, &Jobs::streamBatch, this, [this](quint64 id, const command::StreamBatch& batch) {
        Q_EMIT streamBatch(id, batch);
        inSession([id](Session* session) { session->jobs()->proceedStream(id); });
    });
    connect(jobs, &Jobs::streamFinished, this, &SessionHandle::streamFinished);
    connect(jobs, &Jobs::scanFound, this, &SessionHandle::scanFound);
    connect(jobs, &Jobs::scanFinished, this, &SessionHandle::scanFinished);
}

void SessionHandle::inSession(std::function<void(Session*)> work)
{
    QMetaObject::invokeMethod(
        m_session, [session = m_session, work = std::move(work)] { work(session); },
        Qt::QueuedConnection);
}

quint64 SessionHandle::startStream(const command::Argv& argv, const command::Behaviour& behaviour)
{
    const quint64 id = ++m_lastRun;
    inSession([id, argv, behaviour](
                  Session* session) { session->jobs()->startStream(id, argv, behaviour); });
    return id;
}

quint64 SessionHandle::startScan(const command::KeyScanOptions& options)
{
    const quint64 id = ++m_lastRun;
    inSession([id, options](Session* session) { session->jobs()->startScan(id, options); });
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
    const QHash<quint64, command::Trace> traces = std::exchange(m_waiting, {});
    for (auto trace = traces.constBegin(); trace != traces.constEnd(); ++trace)
        Q_EMIT traceChanged(trace.key(), trace.value());
    const QHash<quint64, command::FanOut> fanOuts = std::exchange(m_waitingFanOuts, {});
    for (auto fanOut = fanOuts.constBegin(); fanOut != fanOuts.constEnd(); ++fanOut)
        Q_EMIT fanOutChanged(fanOut.key(), fanOut.value());
}

void SessionHandle::open()
{
    QMetaObject::invokeMethod(m_session, &Session::open, Qt::QueuedConnection);
}

void SessionHandle::refresh()
{
    QMetaObject::invokeMethod(m_session, &Session::refresh, Qt::QueuedConnection);
}

quint64 SessionHandle::run(const command::Argv& argv, const command::Behaviour& behaviour)
{
    const quint64 runId = ++m_lastRun;
    QMetaObject::invokeMethod(
        m_session,
        [session = m_session, runId, argv, behaviour] { session->run(runId, argv, behaviour); },
        Qt::QueuedConnection);
    return runId;
}

quint64 SessionHandle::runFanOut(const command::Argv& argv, command::FanOutTarget target)
{
    const quint64 runId = ++m_lastRun;
    QMetaObject::invokeMethod(
        m_session,
        [session = m_session, runId, argv, target] { session->runFanOut(runId, argv, target); },
        Qt::QueuedConnection);
    return runId;
}

void SessionHandle::cancelRun(quint64 runId)
{
    QMetaObject::invokeMethod(
        m_session, [session = m_session, runId] { session->cancelRun(runId); },
        Qt::QueuedConnection);
}

} // namespace slotscope::session
