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
}

SessionHandle::~SessionHandle()
{
    m_session->disconnect(this);
    m_session->deleteLater();
}

void SessionHandle::passTraces()
{
    const QHash<quint64, command::Trace> traces = std::exchange(m_waiting, {});
    for (auto trace = traces.constBegin(); trace != traces.constEnd(); ++trace)
        Q_EMIT traceChanged(trace.key(), trace.value());
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

void SessionHandle::cancelRun(quint64 runId)
{
    QMetaObject::invokeMethod(
        m_session, [session = m_session, runId] { session->cancelRun(runId); },
        Qt::QueuedConnection);
}

} // namespace slotscope::session
