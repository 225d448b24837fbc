// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/pipelinerun.h"

#include "core/command/connectionneeds.h"
#include "core/command/redactreply.h"
#include "core/command/redirect.h"

#include <QHash>
#include <QTimer>

#include <deque>
#include <vector>

namespace slotscope::command {

using cluster::Slot;
using net::Endpoint;

namespace {

// In flight to one node: enough to keep it busy, and no more than its buffers and ours should hold.
constexpr qsizetype mostInFlight = 10'000;
constexpr qsizetype mostBytesInFlight = 4 * 1024 * 1024;

constexpr int noSlot = Slot::count; // commands without keys, as if they had a slot of their own

// On its way to a node or back.
struct Visit
{
    int index = 0; ///< of the command
    bool asking = false;
    bool isRetry = false; ///< goes although its slot is held back
};

// One node: a connection of our own, and what goes through it.
struct Lane
{
    Endpoint address;
    std::unique_ptr<net::Connection> connection;
    std::deque<Visit> waiting;
    std::deque<Visit> sent; ///< awaiting their answers, which come in this order
    qsizetype bytesSent = 0; ///< of these
    bool dialAgain = false; ///< a MOVED named this very endpoint: DNS may have changed
};

// A visit that is due again, where `address` says, or at whoever owns the slot by then.
struct Again
{
    Visit visit;
    Endpoint address;
};

// A slot of which a command was redirected or must wait.
struct HeldSlot
{
    QList<Again> again; ///< as soon as all that was sent has its answer
    std::vector<int> held; ///< not sent yet, in order
    int waitMs = 0; ///< before `again`; 0: none
    int lastWaitMs = 0;
    qint64 waitedMs = 0; ///< altogether
    TraceOutcome failure = TraceOutcome::GaveUp; ///< if it takes too long
};

qsizetype sizeOf(const Argv& argv)
{
    qsizetype size = 0;
    for (const QByteArray& argument : argv)
        size += argument.size();
    return size;
}

} // namespace

class PipelineRun::Private
{
public:
    Private(PipelineRun* run, const RunContext& runContext, QList<Argv> all)
        : q(run)
        , context(runContext)
        , commands(std::move(all))
        , results(commands.size())
        , slotOf(commands.size(), noSlot)
        , visits(commands.size(), 0)
        , sentOf(noSlot + 1, 0)
    { }

    void start();
    std::optional<TraceOutcome> refusalOf(int index);
    bool isCluster() const
    {
        return context.map.data().kind == cluster::Kind::Cluster && !context.map.isEmpty();
    }
    Endpoint ownerOf(int slot) const;
    Lane& laneTo(const Endpoint& address);
    bool isOpen(Lane& lane);
    void pump(Lane& lane);
    void send(Lane& lane, const Visit& visit);
    void onAnswer(Lane& lane, const net::Answer& answer);
    void judge(Lane& lane, const Visit& visit, const net::Answer& answer);
    void onError(Lane& lane, const Visit& visit, const resp::Reply& reply);
    void onRedirect(
        Lane& lane, const Visit& visit, const Redirect& redirect, const resp::Reply& reply);
    void sendAgain(const Visit& visit, const Endpoint& address);
    void sendLater(const Visit& visit, const Endpoint& address, HopOutcome why);
    void settle(int slot);
    void dispatch(int slot);
    void learn(int slot);
    void finish(int index, TraceOutcome outcome, const resp::Reply& reply = {});
    void endIfDone();
    void wishRefresh();

    PipelineRun* q;
    const RunContext context;
    const QList<Argv> commands;
    QList<PipelineResult> results;
    PipelineCounts counts;
    std::vector<quint16> slotOf;
    std::vector<quint8> visits; ///< redirects of each command
    std::vector<int> sentOf; ///< of each slot: visits without an answer
    QHash<int, HeldSlot> heldSlots;
    QHash<int, Endpoint> moved; ///< what MOVED has taught
    std::vector<std::unique_ptr<Lane>> lanes;
    QHash<Endpoint, Lane*> laneOf;
    bool isStarted = false;
    bool hasEnded = false;
    bool refreshWished = false; ///< and not told yet
};

PipelineRun::PipelineRun(RunContext context, QList<Argv> commands, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, context, std::move(commands)))
{ }

// A connection that is deleted tells nobody, so its callbacks may hold plain pointers.
PipelineRun::~PipelineRun() = default;

const QList<PipelineResult>& PipelineRun::results() const
{
    return d->results;
}

const PipelineCounts& PipelineRun::counts() const
{
    return d->counts;
}

void PipelineRun::start()
{
    if (!std::exchange(d->isStarted, true))
        d->start();
}

void PipelineRun::cancel()
{
    if (std::exchange(d->hasEnded, true))
        return;
    d->isStarted = true;
    // The answers to all that was sent come from the event loop, and then this.
    for (const auto& lane : d->lanes) {
        if (lane->connection)
            lane->connection->close();
    }
    QMetaObject::invokeMethod(
        this,
        [this] {
            for (int index = 0; index < d->commands.size(); ++index) {
                if (d->results.at(index).outcome == TraceOutcome::Running)
                    d->finish(index, TraceOutcome::Cancelled);
            }
            Q_EMIT finished();
        },
        Qt::QueuedConnection);
}

void PipelineRun::Private::start()
{
    for (int index = 0; index < commands.size(); ++index) {
        if (const auto refusal = refusalOf(index)) {
            finish(index, *refusal);
            continue;
        }
        const Endpoint owner = ownerOf(slotOf[index]);
        if (owner.isDialable())
            laneTo(owner).waiting.push_back({ index });
        else
            finish(index, TraceOutcome::SlotUnowned);
    }
    for (const auto& lane : lanes)
        pump(*lane);
    // Perhaps there was nothing to send.
    QMetaObject::invokeMethod(
        q, [this] { endIfDone(); }, Qt::QueuedConnection);
}

std::optional<TraceOutcome> PipelineRun::Private::refusalOf(int index)
{
    const Argv& argv = commands.at(index);
    const KeyInfo info = extractKeys(argv, context.table);
    if (argv.isEmpty() || argv.first().isEmpty() || info.kind == CommandKind::Streaming
        || isPartOfTransaction(argv) || needsOwnConnection(argv, info))
        return TraceOutcome::NotSent;
    if (info.crossSlot && isCluster())
        return TraceOutcome::CrossSlot;
    if (info.slot)
        slotOf[index] = static_cast<quint16>(info.slot->number());
    return std::nullopt;
}

// Not dialable when nobody owns the slot.
Endpoint PipelineRun::Private::ownerOf(int slot) const
{
    if (const auto known = moved.constFind(slot); known != moved.constEnd())
        return *known;
    if (slot == noSlot || !isCluster())
        return context.seed;
    const cluster::Node* owner = context.map.ownerOf(Slot(slot));
    return owner ? owner->address : Endpoint();
}

Lane& PipelineRun::Private::laneTo(const Endpoint& address)
{
    Lane*& lane = laneOf[address];
    if (!lane) {
        lanes.push_back(std::make_unique<Lane>());
        lane = lanes.back().get();
        lane->address = address;
    }
    return *lane;
}

// False while the answers to what was lost, or sent before dialling again, are still to come.
bool PipelineRun::Private::isOpen(Lane& lane)
{
    const bool isUsable = lane.connection && !lane.dialAgain
        && lane.connection->state() != net::Connection::State::Closed;
    if (isUsable)
        return true;
    if (!lane.sent.empty())
        return false;
    if (lane.connection)
        lane.connection.release()->deleteLater(); // perhaps in a callback of it
    lane.connection = context.pool->dedicatedTo(lane.address);
    lane.dialAgain = false;
    return true;
}

void PipelineRun::Private::pump(Lane& lane)
{
    if (hasEnded || lane.waiting.empty() || !isOpen(lane))
        return;
    while (!lane.waiting.empty() && qsizetype(lane.sent.size()) < mostInFlight
        && lane.bytesSent < mostBytesInFlight) {
        const Visit visit = lane.waiting.front();
        lane.waiting.pop_front();
        const int slot = slotOf[visit.index];
        if (visit.isRetry) {
            send(lane, visit);
        } else if (const auto held = heldSlots.find(slot); held != heldSlots.end()) {
            held->held.push_back(visit.index);
        } else if (const Endpoint owner = ownerOf(slot); owner != lane.address) {
            Lane& other = laneTo(owner); // behind those that were held back
            other.waiting.push_back(visit);
            pump(other);
        } else {
            ++sentOf[slot];
            send(lane, visit);
        }
    }
}

void PipelineRun::Private::send(Lane& lane, const Visit& visit)
{
    const Argv& argv = commands.at(visit.index);
    lane.sent.push_back(visit);
    lane.bytesSent += sizeOf(argv);
    // What is sent in one turn of the event loop leaves in one write, ASKING and its command too.
    if (visit.asking)
        lane.connection->send({ QByteArrayLiteral("ASKING") }, {});
    // Two pointers: they fit into a std::function without an allocation.
    lane.connection->send(
        argv, [this, to = &lane](const net::Answer& answer) { onAnswer(*to, answer); });
}

void PipelineRun::Private::onAnswer(Lane& lane, const net::Answer& answer)
{
    const Visit visit = lane.sent.front();
    lane.sent.pop_front();
    lane.bytesSent -= sizeOf(commands.at(visit.index));
    if (hasEnded) { // cancelled
        if (answer.sent)
            finish(visit.index, TraceOutcome::OutcomeUnknown);
        return;
    }
    const int slot = slotOf[visit.index];
    --sentOf[slot];
    judge(lane, visit, answer);
    if (!heldSlots.isEmpty())
        settle(slot);
    if (qsizetype(lane.sent.size()) <= mostInFlight / 2)
        pump(lane);
    endIfDone();
}

void PipelineRun::Private::judge(Lane& lane, const Visit& visit, const net::Answer& answer)
{
    if (answer.reply) {
        const resp::Reply reply = redactReply(commands.at(visit.index), *answer.reply);
        if (reply.isError())
            onError(lane, visit, reply);
        else
            finish(visit.index, TraceOutcome::Reply, reply);
        return;
    }
    wishRefresh();
    if (answer.sent)
        finish(visit.index, TraceOutcome::OutcomeUnknown);
    else if (slotOf[visit.index] != noSlot && context.latestMap)
        sendLater(visit, {}, HopOutcome::ConnectFailed);
    else
        finish(visit.index, TraceOutcome::ConnectFailed);
}

void PipelineRun::Private::onError(Lane& lane, const Visit& visit, const resp::Reply& reply)
{
    const QByteArray line = reply.toByteArray();
    if (const auto redirect = parseRedirect(line))
        return onRedirect(lane, visit, *redirect, reply);
    const QByteArray word = errorWord(line);
    results[visit.index].reply = reply; // if it is given up
    if (word == "TRYAGAIN") {
        sendLater(visit, lane.address, HopOutcome::TryAgain);
    } else if (word == "LOADING") {
        sendLater(visit, lane.address, HopOutcome::Loading);
    } else if (word == "CLUSTERDOWN") {
        wishRefresh();
        sendLater(visit, {}, HopOutcome::ClusterDown);
    } else {
        finish(visit.index, TraceOutcome::Error, reply);
    }
}

void PipelineRun::Private::onRedirect(
    Lane& lane, const Visit& visit, const Redirect& redirect, const resp::Reply& reply)
{
    const auto target = resolveTarget(redirect, lane.address);
    if (!target) {
        wishRefresh();
        return finish(visit.index, TraceOutcome::GaveUp, reply);
    }
    if (++visits[visit.index] >= context.limits.maxHops)
        return finish(visit.index, TraceOutcome::TooManyRedirects, reply);
    if (redirect.kind == Redirect::Kind::Ask) {
        ++counts.asked;
        return sendAgain({ visit.index, true }, *target);
    }
    ++counts.moved;
    const int slot = slotOf[visit.index];
    if (*target == lane.address)
        lane.dialAgain = true;
    if (moved.value(slot) != *target) {
        moved.insert(slot, *target);
        // Queued, for the listener may end this operation.
        QMetaObject::invokeMethod(
            q, [this, redirect, target] { Q_EMIT q->movedSeen(redirect.slot, *target); },
            Qt::QueuedConnection);
    }
    sendAgain({ visit.index }, *target);
}

void PipelineRun::Private::sendAgain(const Visit& visit, const Endpoint& address)
{
    heldSlots[slotOf[visit.index]].again.append({ { visit.index, visit.asking, true }, address });
}

void PipelineRun::Private::sendLater(const Visit& visit, const Endpoint& address, HopOutcome why)
{
    ++counts.retried;
    sendAgain(visit, address);
    HeldSlot& slot = heldSlots[slotOf[visit.index]];
    const RunLimits& limits = context.limits;
    const bool isTryAgain = why == HopOutcome::TryAgain;
    const int first = isTryAgain ? limits.tryAgainFirstMs : limits.clusterDownFirstMs;
    const int longest = isTryAgain ? limits.tryAgainMaxMs : limits.clusterDownMaxMs;
    slot.waitMs = slot.lastWaitMs == 0 ? first : std::min(slot.lastWaitMs * 2, longest);
    slot.failure
        = why == HopOutcome::ConnectFailed ? TraceOutcome::ConnectFailed : TraceOutcome::GaveUp;
}

// After an answer: goes on with a slot that was held back once nothing of it is on its way.
void PipelineRun::Private::settle(int slot)
{
    const auto held = heldSlots.find(slot);
    if (held == heldSlots.end() || sentOf[slot] > 0)
        return;
    if (held->waitMs == 0)
        return dispatch(slot);
    if (held->waitedMs + held->waitMs > context.limits.deadlineMs) {
        // Those behind would wait as long, one after another.
        const HeldSlot given = heldSlots.take(slot);
        for (const Again& again : given.again)
            finish(again.visit.index, given.failure, results.at(again.visit.index).reply);
        for (const int index : given.held)
            finish(index, given.failure);
        return;
    }
    const int now = std::exchange(held->waitMs, 0);
    held->waitedMs += now;
    held->lastWaitMs = now;
    ++sentOf[slot]; // held until then
    QTimer::singleShot(now, q, [this, slot] {
        --sentOf[slot];
        if (hasEnded)
            return;
        learn(slot);
        dispatch(slot);
        endIfDone();
    });
}

void PipelineRun::Private::dispatch(int slot)
{
    const auto held = heldSlots.find(slot);
    if (held->again.isEmpty()) {
        // All have their answers: the slot is as any other again.
        const std::vector<int> indexes = heldSlots.take(slot).held;
        const Endpoint owner = ownerOf(slot);
        if (indexes.empty())
            return;
        Lane& lane = laneTo(owner);
        for (auto index = indexes.rbegin(); index != indexes.rend(); ++index)
            lane.waiting.push_front({ *index });
        return pump(lane);
    }
    const QList<Again> again = std::exchange(held->again, {});
    QList<Lane*> touched;
    for (auto one = again.rbegin(); one != again.rend(); ++one) {
        Lane& lane = laneTo(one->address.isDialable() ? one->address : ownerOf(slot));
        lane.waiting.push_front(one->visit);
        ++sentOf[slot];
        if (!touched.contains(&lane))
            touched.append(&lane);
    }
    for (Lane* lane : std::as_const(touched))
        pump(*lane);
}

// Takes over what a newer map says of this slot, if it has changed its mind.
void PipelineRun::Private::learn(int slot)
{
    if (!context.latestMap || slot == noSlot)
        return;
    const cluster::Topology latest = context.latestMap();
    const cluster::Node* before = context.map.ownerOf(Slot(slot));
    const cluster::Node* owner = latest.ownerOf(Slot(slot));
    if (owner && owner->address.isDialable() && (!before || before->address != owner->address))
        moved.insert(slot, owner->address);
}

void PipelineRun::Private::finish(int index, TraceOutcome outcome, const resp::Reply& reply)
{
    results[index] = { outcome, reply };
    ++counts.done;
}

void PipelineRun::Private::endIfDone()
{
    if (counts.done == commands.size() && !std::exchange(hasEnded, true))
        Q_EMIT q->finished();
}

// Once for all that is lost together.
void PipelineRun::Private::wishRefresh()
{
    if (std::exchange(refreshWished, true))
        return;
    QMetaObject::invokeMethod(
        q,
        [this] {
            refreshWished = false;
            Q_EMIT q->refreshWanted();
        },
        Qt::QueuedConnection);
}

} // namespace slotscope::command
