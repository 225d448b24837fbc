// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/redirectpolicy.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <memory>

namespace slotscope::command {

/// What CommandRun and TransactionRun have in common: it visits nodes as a RedirectPolicy says,
/// waits, and keeps the Trace. It opens connections but sends nothing: the operation that owns it
/// does that on connected(), and tells it what came of that.
class HopRunner final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(HopRunner)
public:
    enum class Use {
        Shared, ///< the pool's connections
        Own, ///< one of its own, for as long as the visits stay with one node
        OwnEachVisit, ///< a new one of its own each time: it holds a state that must not stay
    };

    /// `trace` holds what is known before the first hop: argv (redacted), keys, slot, behaviour.
    HopRunner(const RunContext& context, Trace trace, bool readOnly, Use use, QObject* parent);
    ~HopRunner() override;

    void start();
    /// Instead of start(): ends without a hop.
    void refuse(TraceOutcome outcome, const QString& detail);
    void cancel();
    /// Goes on where Behaviour::stepwise has made it stand still; else nothing.
    void proceed();

    const Trace& trace() const { return m_trace; }
    const cluster::Topology& map() const { return m_policy.map(); }
    net::Connection* connection() const { return m_connection; }
    bool isAsking() const { return hop().asking; }
    /// Of the present visit: answers to earlier ones are late and belong to nobody.
    quint64 visit() const { return m_visit; }

    /// From here on a loss of the connection leaves the outcome unknown.
    void markSent();
    /// The answer to the whole attempt; `shown` is its reply without secrets. `detail` goes into
    /// the trace when this is the end.
    void onAnswer(const net::Answer& answer, const resp::Reply& shown, const QString& detail = {});
    /// The attempt ended before anything can have been executed.
    void onNotExecuted(const support::Error& error);

Q_SIGNALS:
    void connected();
    void traceChanged(const slotscope::command::Trace& trace);
    void movedSeen(slotscope::cluster::Slot slot, const slotscope::net::Endpoint& target);
    void refreshWanted();
    void finished(const slotscope::command::Trace& trace);

private:
    const Hop& hop() const { return m_trace.hops.last(); }
    Hop& hop() { return m_trace.hops.last(); }
    qint64 microsNow() const
    {
        return (net::monotonicNanos() - m_startedNanos - m_pausedNanos) / 1000;
    }
    qint64 hopMicros() const { return (net::monotonicNanos() - m_hopNanos) / 1000; }
    bool begin();
    void take(const NextMove& next);
    void pauseBefore(const NextMove& next);
    void move(const NextMove& next);
    void visitNode(const NextMove& next, qint64 waitMicros);
    void openConnection(const NextMove& next);
    void onReady();
    void waitFor(int ms);
    void dropConnection();
    void end(TraceOutcome outcome, const QString& detail);
    void endLater(TraceOutcome outcome, const QString& detail);

    net::ConnectionPool* const m_pool;
    RedirectPolicy m_policy;
    Trace m_trace;
    const Use m_use;

    bool m_isStarted = false;
    bool m_isSent = false;
    std::optional<NextMove> m_held; ///< what comes when it is told to proceed
    qint64 m_heldSince = 0;
    qint64 m_pausedNanos = 0;
    quint64 m_visit = 0;
    qint64 m_startedNanos = 0;
    qint64 m_hopNanos = 0;
    QPointer<net::Connection> m_connection;
    net::ConnectionPool::Access m_access = net::ConnectionPool::Access::Normal;
    std::unique_ptr<net::Connection> m_own; ///< not of the pool
    QList<QMetaObject::Connection> m_watching; ///< signals of m_connection
    QTimer m_wait;
};

} // namespace slotscope::command
