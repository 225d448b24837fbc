// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/hoprunner.h"

#include "core/explain/commands.h"
#include "core/explain/connecting.h"
#include "core/explain/errors.h"
#include "core/explain/redirects.h"

#include <utility>

namespace slotscope::command {

using support::Error;

HopRunner::HopRunner(
    const RunContext& context, Trace trace, bool readOnly, Use use, QObject* parent)
    : QObject(parent)
    , m_pool(context.pool)
    , m_policy(context, trace.behaviour, trace.slot, readOnly)
    , m_trace(std::move(trace))
    , m_use(use)
{
    m_trace.map = context.map;
    m_trace.seed = context.seed;
    m_wait.setSingleShot(true);
}

HopRunner::~HopRunner()
{
    dropConnection();
}

bool HopRunner::begin()
{
    if (std::exchange(m_isStarted, true))
        return false;
    m_startedNanos = net::monotonicNanos();
    m_trace.startedAt = QDateTime::currentDateTimeUtc();
    m_trace.startedMicros = m_startedNanos / 1000;
    return true;
}

void HopRunner::start()
{
    if (!begin())
        return;
    const NextMove first = m_policy.begin();
    if (first.kind == NextMove::Kind::End)
        endLater(first.outcome, first.detail);
    else
        take(first);
}

void HopRunner::refuse(TraceOutcome outcome, const QString& detail)
{
    if (begin())
        endLater(outcome, detail);
}

void HopRunner::cancel()
{
    if (m_trace.isComplete())
        return;
    begin();
    ++m_visit; // the reply, if it still comes, belongs to nobody
    m_wait.stop();
    if (m_held) {
        m_pausedNanos += net::monotonicNanos() - m_heldSince;
        m_held.reset();
        m_trace.isPaused = false;
    }
    const bool isPending = !m_trace.hops.isEmpty() && hop().outcome == HopOutcome::Pending;
    if (isPending && m_isSent) {
        // A shared connection stays open: its FIFO takes the late reply, in its place. One of our
        // own is closed with the run, which also ends what blocks there.
        hop().outcome = HopOutcome::OutcomeUnknown;
        hop().micros = hopMicros();
        endLater(TraceOutcome::OutcomeUnknown, explain::outcomeUnknown(hop().nodeLabel));
        return;
    }
    if (isPending)
        hop().outcome = HopOutcome::Cancelled;
    endLater(TraceOutcome::Cancelled, explain::cancelled());
}

void HopRunner::take(const NextMove& next)
{
    const QPointer<HopRunner> alive(this);
    const quint64 mine = m_visit;
    if (!m_trace.hops.isEmpty() && hop().mapChanged)
        Q_EMIT movedSeen(*hop().slot, hop().targetAddress);
    if (alive && mine == m_visit && next.wantsRefresh)
        Q_EMIT refreshWanted();
    if (!alive || mine != m_visit)
        return;
    const bool isFirst = m_trace.hops.isEmpty();
    if (m_trace.behaviour.stepwise && !isFirst && next.kind != NextMove::Kind::End)
        pauseBefore(next);
    else
        move(next);
}

void HopRunner::pauseBefore(const NextMove& next)
{
    ++m_visit; // nothing that the last visit's node still says counts any more
    m_held = next;
    m_heldSince = net::monotonicNanos();
    m_trace.isPaused = true;
    Q_EMIT traceChanged(m_trace);
}

void HopRunner::proceed()
{
    if (!m_held || m_trace.isComplete())
        return;
    const NextMove next = *std::exchange(m_held, std::nullopt);
    m_pausedNanos += net::monotonicNanos() - m_heldSince;
    m_trace.isPaused = false;
    move(next);
}

void HopRunner::move(const NextMove& next)
{
    switch (next.kind) {
    case NextMove::Kind::Visit:
        return visitNode(next, 0);
    case NextMove::Kind::Wait:
        return waitFor(next.waitMs);
    case NextMove::Kind::End:
        return end(next.outcome, next.detail);
    }
}

// Begins the next hop. `waitMicros` is the pause that has just ended.
void HopRunner::visitNode(const NextMove& next, qint64 waitMicros)
{
    ++m_visit;
    m_isSent = false;
    const NodeName name = m_policy.nameOf(next.address);
    Hop hop;
    hop.address = next.address;
    hop.nodeId = name.id;
    hop.nodeLabel = name.label;
    hop.asking = next.asking;
    hop.replicaRead = next.replicaRead;
    hop.waitMicros = waitMicros;
    hop.startedMicros = microsNow();
    m_hopNanos = net::monotonicNanos();
    m_trace.reply = {}; // a redirect is not the answer to what follows it
    const bool isDialable = next.address.isDialable();
    if (!isDialable) { // noaddr
        if (const cluster::Node* node = m_policy.map().nodeById(next.nodeId)) {
            hop.nodeId = node->id;
            hop.nodeLabel = m_policy.map().labelOf(*node);
        }
        hop.raw = explain::noAddressKnown(hop.nodeLabel).toUtf8();
    }
    m_trace.hops.append(hop);

    if (isDialable)
        openConnection(next);
    const QPointer<HopRunner> alive(this);
    const quint64 mine = m_visit;
    Q_EMIT traceChanged(m_trace);
    if (!alive || mine != m_visit)
        return;
    if (!isDialable) {
        QMetaObject::invokeMethod(
            this,
            [this, mine] {
                if (mine == m_visit)
                    onNotExecuted(
                        { support::ErrorCode::ResolveFailed, explain::noAddressToDial(), {} });
            },
            Qt::QueuedConnection);
    } else if (m_connection && m_connection->state() == net::Connection::State::Ready) {
        onReady();
    }
}

void HopRunner::openConnection(const NextMove& next)
{
    using Access = net::ConnectionPool::Access;
    const Access access = next.replicaRead ? Access::ReplicaReads : Access::Normal;
    const bool isKept = m_own && m_use == Use::Own && !next.dialAgain
        && m_own->announced() == next.address && m_access == access
        && m_own->state() != net::Connection::State::Closed;
    if (isKept) {
        m_connection = m_own.get();
    } else {
        if (next.dialAgain && m_connection)
            m_pool->retire(m_connection);
        dropConnection();
        m_access = access;
        if (m_use != Use::Shared) {
            m_own = m_pool->dedicatedTo(next.address, access);
            m_connection = m_own.get();
        } else {
            m_connection = m_pool->connectionTo(next.address, access);
        }
    }
    for (const QMetaObject::Connection& one : std::exchange(m_watching, {}))
        disconnect(one);
    // A command is queued when the handshake is done, not before: until then it can be taken back,
    // and "not sent" is a fact.
    m_watching.append(connect(m_connection, &net::Connection::ready, this, [this, mine = m_visit] {
        if (mine != m_visit)
            return;
        hop().connectMicros = hopMicros();
        onReady();
    }));
    // Queued: closing a pool must not end its runs from inside that call.
    m_watching.append(connect(
        m_connection, &net::Connection::closed, this,
        [this, mine = m_visit](const Error& error) {
            if (mine == m_visit && !m_isSent)
                onNotExecuted(error);
        },
        Qt::QueuedConnection));
}

void HopRunner::onReady()
{
    const net::DialInfo& dialled = m_connection->dialInfo();
    hop().dialled = dialled.dialled.toString();
    if (dialled.resolved.size() > 1)
        hop().resolved = dialled.resolved;
    // The seed may be a name that the map does not know; then the address that DNS chose tells
    // the node, unless an address map stands between the two.
    if (hop().nodeId.isNull() && dialled.mapped == dialled.announced) {
        const NodeName name = m_policy.nameOf(dialled.dialled);
        if (!name.id.isNull()) {
            hop().nodeId = name.id;
            hop().nodeLabel = name.label;
        }
    }
    Q_EMIT connected();
}

void HopRunner::markSent()
{
    m_isSent = true;
    m_hopNanos = net::monotonicNanos();
}

void HopRunner::onAnswer(const net::Answer& answer, const resp::Reply& shown, const QString& detail)
{
    if (answer.sent)
        hop().micros = answer.micros;
    if (!answer.reply) {
        const Error& error = answer.reply.error();
        if (!answer.sent)
            return onNotExecuted(error);
        // Sent and no reply: it may have been executed, so it is never sent again.
        hop().outcome = HopOutcome::OutcomeUnknown;
        hop().raw = explain::errorSentence(error).toUtf8();
        NextMove next;
        next.outcome = TraceOutcome::OutcomeUnknown;
        next.detail = QString::fromUtf8(hop().raw);
        next.wantsRefresh = true;
        return take(next);
    }
    m_trace.reply = shown;
    if (!shown.isError()) {
        hop().outcome = HopOutcome::Reply;
        return end(TraceOutcome::Reply, detail);
    }
    hop().raw = shown.toByteArray();
    NextMove next = m_policy.afterError(hop());
    if (next.kind == NextMove::Kind::End && next.detail.isEmpty())
        next.detail = detail;
    take(next);
}

void HopRunner::onNotExecuted(const Error& error)
{
    take(m_policy.afterNoConnection(hop(), error, hopMicros() / 1000));
}

void HopRunner::waitFor(int ms)
{
    ++m_visit;
    m_wait.disconnect(this);
    const qint64 began = net::monotonicNanos();
    connect(&m_wait, &QTimer::timeout, this, [this, began] {
        const qint64 micros = (net::monotonicNanos() - began) / 1000;
        visitNode(m_policy.afterWait(), std::max<qint64>(micros, 1));
    });
    m_wait.start(ms);
    Q_EMIT traceChanged(m_trace);
}

void HopRunner::dropConnection()
{
    for (const QMetaObject::Connection& one : std::exchange(m_watching, {}))
        disconnect(one);
    m_connection.clear();
    // Without one of its own, the pool may be gone.
    if (m_own)
        m_pool->release(std::move(m_own));
}

// The end of the run, from the event loop.
void HopRunner::end(TraceOutcome outcome, const QString& detail)
{
    ++m_visit;
    dropConnection();
    m_trace.outcome = outcome;
    m_trace.detail = detail;
    m_trace.totalMicros = microsNow();
    const QPointer<HopRunner> alive(this);
    Q_EMIT traceChanged(m_trace);
    if (alive)
        Q_EMIT finished(m_trace);
}

// The end of the run, from a call of its owner.
void HopRunner::endLater(TraceOutcome outcome, const QString& detail)
{
    // Complete from now on, so that nothing begins in between; told later.
    m_trace.outcome = outcome;
    QMetaObject::invokeMethod(
        this, [this, outcome, detail] { end(outcome, detail); }, Qt::QueuedConnection);
}

} // namespace slotscope::command
