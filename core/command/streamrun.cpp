// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/streamrun.h"

#include "core/command/keyextraction.h"
#include "core/command/redactmonitor.h"
#include "core/command/redactreply.h"
#include "core/command/redirectpolicy.h"
#include "core/explain/commands.h"
#include "core/explain/errors.h"
#include "core/support/bytes.h"

#include <QPointer>
#include <QTimer>

#include <algorithm>
#include <array>

namespace slotscope::command {

using net::Endpoint;

namespace {

qsizetype sizeOf(const StreamMessage& message)
{
    return message.kind.size() + message.channel.size() + message.pattern.size()
        + message.payload.size() + qsizetype(sizeof(StreamMessage));
}

StreamMessage messageOf(const resp::Reply& reply)
{
    StreamMessage message;
    if (!reply.isAggregate()) {
        message.kind = "monitor";
        message.payload = redactMonitorLine(reply.text());
        return message;
    }
    const qsizetype size = reply.size();
    message.kind = reply.at(0).toByteArray();
    if (message.kind == "pmessage" && size == 4)
        message.pattern = reply.at(1).toByteArray();
    if (size >= 3)
        message.channel = reply.at(size - 2).toByteArray();
    // A confirmation ends in the number of subscriptions, which is no text.
    message.payload = reply.at(size - 1).toByteArray();
    return message;
}

} // namespace

class StreamRun::Private
{
public:
    Private(StreamRun* run, RunContext runContext, Argv arguments, Behaviour wanted,
        StreamLimits bounds)
        : q(run)
        , context(std::move(runContext))
        , argv(std::move(arguments))
        , behaviour(std::move(wanted))
        , limits(bounds)
        , info(extractKeys(argv, context.table))
    {
        pace.setSingleShot(true);
        pause.setSingleShot(true);
        ping.setInterval(limits.pingMs);
        connect(&ping, &QTimer::timeout, q, [this] { onPing(); });
        connect(&pace, &QTimer::timeout, q, [this] { passBatch(); });
        connect(&pause, &QTimer::timeout, q, [this] {
            if (std::exchange(isPolicyWaiting, false))
                take(policy->afterWait());
            else
                connectAnew();
        });
    }

    bool isSharded() const { return info.slot.has_value(); }
    bool isMonitor() const { return support::equalsIgnoreCase(argv.first(), "monitor"); }
    void connectAnew();
    void take(const NextMove& next);
    void visit(const NextMove& next);
    void onAnswer(const net::Answer& answer);
    void onStreaming();
    void onPushed(const resp::Reply& reply);
    void onLost(const QString& why);
    void keep(StreamMessage message);
    void passBatch();
    void dropConnection();
    void onPing();
    Endpoint ownerInMap() const;
    void setState(StreamState::Kind kind, const QString& detail = {}, int retryInMs = 0);
    void endLater(StreamState::Kind kind, const QString& detail);

    StreamRun* q;
    const RunContext context;
    const Argv argv;
    const Behaviour behaviour;
    const StreamLimits limits;
    const KeyInfo info;
    StreamState state;
    std::optional<RedirectPolicy> policy; ///< of the present attempt to subscribe
    Hop hop;
    std::unique_ptr<net::Connection> connection;
    qint64 startedNanos = 0;
    int backOffMs = 0;
    bool isStarted = false;
    bool hasEnded = false;
    bool wasStreaming = false;
    bool isPolicyWaiting = false; ///< what `pause` is for; else for another attempt
    quint64 attempt = 0; ///< answers to earlier ones are late
    qint64 streamingSince = 0; ///< nanoseconds

    StreamBatch waiting;
    qsizetype waitingBytes = 0;
    bool isTaken = true; ///< the last batch was dealt with
    QTimer pace;
    QTimer pause; ///< before the next attempt
    QTimer ping; ///< while streaming
    Endpoint ownerThen; ///< of the channels' slot, by the map, when the stream began
    int failures = 0; ///< attempts since it last streamed
};

StreamRun::StreamRun(
    RunContext context, Argv argv, Behaviour behaviour, StreamLimits limits, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(
          this, std::move(context), std::move(argv), std::move(behaviour), limits))
{ }

StreamRun::~StreamRun()
{
    d->dropConnection();
}

bool StreamRun::canRun(const Argv& argv)
{
    static constexpr std::array names { "monitor", "psubscribe", "ssubscribe", "subscribe" };
    return !argv.isEmpty() && std::any_of(names.begin(), names.end(), [&](const char* one) {
        return support::equalsIgnoreCase(argv.first(), one);
    });
}

const StreamState& StreamRun::state() const
{
    return d->state;
}

void StreamRun::start()
{
    if (std::exchange(d->isStarted, true))
        return;
    d->startedNanos = net::monotonicNanos();
    if (!canRun(d->argv)) {
        d->endLater(StreamState::Kind::Refused, explain::notAStream());
    } else if (d->info.crossSlot) {
        d->endLater(StreamState::Kind::Refused, crossSlotSentence(d->info.keys));
    } else {
        d->connectAnew();
    }
}

void StreamRun::cancel()
{
    if (d->hasEnded)
        return;
    d->isStarted = true;
    d->endLater(StreamState::Kind::Cancelled, {});
}

void StreamRun::proceed()
{
    d->isTaken = true;
    const bool some = !d->waiting.messages.isEmpty() || d->waiting.dropped > 0;
    if (some && !d->hasEnded && !d->pace.isActive())
        d->pace.start(d->limits.batchMs);
}

void StreamRun::Private::connectAnew()
{
    RunContext now = context;
    if (context.latestMap)
        now.map = context.latestMap();
    Behaviour start = behaviour;
    start.follow = true;
    if (!isSharded() && start.start != Start::Node)
        start.start = Start::Seed;
    if (start.start == Start::Seed && failures > 0 && !isMonitor()) {
        // Published messages reach every node: another one will do.
        QList<Endpoint> all { context.seed };
        if (context.latestMap) {
            for (const cluster::Node& node : now.map.nodes()) {
                if (node.address.isDialable() && !all.contains(node.address))
                    all.append(node.address);
            }
        }
        start = { Start::Node, all.at(failures % all.size()), true };
    }
    // A policy for each attempt: an hour later old redirects are no loop.
    hop = {};
    policy.emplace(now, start, info.slot, false);
    take(policy->begin());
}

void StreamRun::Private::take(const NextMove& next)
{
    const QPointer<StreamRun> alive(q);
    if (hop.mapChanged)
        Q_EMIT q->movedSeen(*hop.slot, hop.targetAddress);
    if (alive && next.wantsRefresh)
        Q_EMIT q->refreshWanted();
    if (!alive || hasEnded)
        return;
    switch (next.kind) {
    case NextMove::Kind::Visit:
        return visit(next);
    case NextMove::Kind::Wait:
        hop.mapChanged = false;
        isPolicyWaiting = true;
        pause.start(next.waitMs);
        return setState(StreamState::Kind::Lost, QString::fromUtf8(hop.raw), next.waitMs);
    case NextMove::Kind::End:
        // No node takes it now; one may later, except for an error of another kind.
        if (next.outcome == TraceOutcome::Error)
            return endLater(StreamState::Kind::Refused, support::toVisibleText(hop.raw, 1000));
        return onLost(next.detail);
    }
}

void StreamRun::Private::visit(const NextMove& next)
{
    dropConnection();
    hop = {};
    hop.address = next.address;
    hop.nodeLabel = policy->nameOf(next.address).label;
    hop.asking = next.asking;
    state.nodeLabel = hop.nodeLabel;
    state.address = hop.address;
    connection = context.pool->dedicatedTo(next.address);
    connect(connection.get(), &net::Connection::pushed, q,
        [this](const resp::Reply& reply) { onPushed(reply); });
    connect(
        connection.get(), &net::Connection::closed, q,
        [this, mine = connection.get()](const support::Error& error) {
            if (mine == connection.get() && state.kind == StreamState::Kind::Streaming)
                onLost(explain::errorSentence(error));
        },
        Qt::QueuedConnection);
    QList<Argv> argvs { argv };
    const QPointer<StreamRun> alive(q);
    const auto callback = [this, alive, mine = attempt](const net::Answer& answer) {
        if (alive && mine == attempt)
            onAnswer(answer);
    };
    QList<net::Connection::Callback> callbacks { callback };
    if (next.asking) {
        argvs.prepend({ "ASKING" });
        callbacks.prepend({});
    }
    connection->sendTogether(argvs, callbacks);
    setState(StreamState::Kind::Connecting);
}

void StreamRun::Private::onAnswer(const net::Answer& answer)
{
    if (!answer.reply && !isTransient(answer.reply.error().code))
        return endLater(StreamState::Kind::Refused, explain::errorSentence(answer.reply.error()));
    if (!answer.reply)
        return take(policy->afterNoConnection(hop, answer.reply.error(), answer.micros / 1000));
    if (answer.reply->isError()) {
        hop.raw = redactReply(argv, *answer.reply).toByteArray();
        return take(policy->afterError(hop));
    }
    const QPointer<StreamRun> alive(q);
    onStreaming();
    if (alive && answer.reply->isAggregate()) // the first confirmation; MONITOR's is only OK
        onPushed(*answer.reply);
}

void StreamRun::Private::onStreaming()
{
    streamingSince = net::monotonicNanos();
    failures = 0;
    ownerThen = ownerInMap();
    ping.start();
    if (std::exchange(wasStreaming, true))
        ++state.gaps;
    setState(StreamState::Kind::Streaming);
}

Endpoint StreamRun::Private::ownerInMap() const
{
    if (!isSharded() || !context.latestMap)
        return {};
    const cluster::Topology map = context.latestMap();
    const cluster::Node* owner = map.ownerOf(*info.slot);
    return owner ? owner->address : Endpoint();
}

// A peer that has died without a word is silent as one that has nothing to say: it is asked.
// Without an answer the connection ends. And one that is cut off goes on streaming, of a slot it
// has lost.
void StreamRun::Private::onPing()
{
    const Endpoint owner = ownerInMap();
    if (owner.isDialable() && owner != ownerThen && owner != state.address)
        return onLost(explain::slotMovedAway());
    connection->send({ "PING" }, {});
}

void StreamRun::Private::onPushed(const resp::Reply& reply)
{
    if (hasEnded)
        return;
    StreamMessage message = messageOf(reply);
    const bool isGone = isSharded() && message.kind == "sunsubscribe";
    keep(std::move(message));
    // Unasked: the slot has moved away. The policy finds the new owner by its MOVED, if not by the
    // map. One for each channel; the first is enough.
    if (isGone && state.kind == StreamState::Kind::Streaming)
        onLost(explain::slotMovedAway());
}

// Tries again, with a back-off that begins anew after a second of streaming.
void StreamRun::Private::onLost(const QString& why)
{
    constexpr qint64 second = 1'000'000'000;
    if (state.kind == StreamState::Kind::Streaming
        && net::monotonicNanos() - streamingSince > second)
        backOffMs = 0;
    if (state.kind != StreamState::Kind::Streaming)
        ++failures;
    dropConnection();
    const RunLimits& times = context.limits;
    const int now = backOffMs == 0 ? times.tryAgainFirstMs : backOffMs;
    backOffMs = std::min(now * 2, times.clusterDownMaxMs);
    pause.start(now);
    const QPointer<StreamRun> alive(q);
    setState(StreamState::Kind::Lost, why, now);
    if (alive && !hasEnded)
        Q_EMIT q->refreshWanted();
}

void StreamRun::Private::keep(StreamMessage message)
{
    message.micros = (net::monotonicNanos() - startedNanos) / 1000;
    const qsizetype size = sizeOf(message);
    if (waiting.messages.size() >= limits.mostMessages || waitingBytes + size > limits.mostBytes) {
        ++waiting.dropped; // the newest: what waits stays in one piece
    } else {
        waitingBytes += size;
        waiting.messages.append(std::move(message));
    }
    if (isTaken && !pace.isActive())
        pace.start(limits.batchMs);
}

void StreamRun::Private::passBatch()
{
    isTaken = false;
    waitingBytes = 0;
    Q_EMIT q->batch(std::exchange(waiting, {}));
}

void StreamRun::Private::dropConnection()
{
    ++attempt;
    ping.stop();
    if (!connection)
        return;
    connection->disconnect(q);
    context.pool->release(std::move(connection));
}

void StreamRun::Private::setState(StreamState::Kind kind, const QString& detail, int retryInMs)
{
    state.kind = kind;
    state.detail = detail;
    state.retryInMs = retryInMs;
    Q_EMIT q->stateChanged(state);
}

void StreamRun::Private::endLater(StreamState::Kind kind, const QString& detail)
{
    hasEnded = true;
    pause.stop();
    pace.stop();
    dropConnection();
    QMetaObject::invokeMethod(
        q,
        [this, kind, detail] {
            const QPointer<StreamRun> alive(q);
            if (!waiting.messages.isEmpty() || waiting.dropped > 0)
                passBatch();
            if (alive)
                setState(kind, detail);
            if (alive)
                Q_EMIT q->finished(state);
        },
        Qt::QueuedConnection);
}

} // namespace slotscope::command
