// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/pipelinerun.h"

#include "core/command/connectionneeds.h"
#include "core/command/pipelinelane.h"
#include "core/command/pipelinetraces.h"
#include "core/command/redactreply.h"
#include "core/command/slotowners.h"
#include "core/command/verdict.h"

#include <QHash>
#include <QTimer>

namespace slotscope::command {

using net::Endpoint;

namespace {

// In flight to one node: enough to keep it busy, and no more than its buffers and ours should hold.
constexpr qsizetype mostInFlight = 10'000;
constexpr qsizetype mostBytesInFlight = 4 * 1024 * 1024;

} // namespace

class PipelineRun::Private
{
public:
    Private(PipelineRun* run, const RunContext& runContext, QList<Argv> all)
        : q(run)
        , context(runContext)
        , commands(std::move(all))
        , results(commands.size())
        , slotOf(commands.size(), SlotOwners::noSlot)
        , visits(commands.size(), 0)
        , sentOf(SlotOwners::noSlot + 1, 0)
        , owners(context)
        , traces(context, commands)
    { }

    void start();
    std::optional<TraceOutcome> refusalOf(int index);
    Lane& laneTo(const Endpoint& address);
    bool isOpen(Lane& lane);
    void pump(Lane& lane);
    void sendWaiting(Lane& lane);
    void send(Lane& lane, const Visit& visit);
    void onAnswer(Lane& lane, const net::Answer& answer);
    void judge(Lane& lane, const Visit& visit, const net::Answer& answer);
    void onError(Lane& lane, const Visit& visit, const Verdict& verdict);
    void follow(Lane& lane, const Visit& visit, const Verdict& verdict);
    void sendLater(Again again, HopOutcome why);
    void settle(int slot);
    void giveUp(int slot);
    void dispatch(int slot);
    void finish(int index, TraceOutcome outcome);
    void endIfDone();
    void wishRefresh();

    PipelineRun* q;
    const RunContext context;
    const QList<Argv> commands;
    QList<PipelineResult> results;
    PipelineCounts counts;
    std::vector<quint16> slotOf;
    std::vector<quint16> visits; ///< redirects of each command
    std::vector<int> sentOf; ///< of each slot: visits without an answer
    QHash<int, HeldSlot> heldSlots;
    SlotOwners owners;
    PipelineTraces traces;
    std::vector<std::unique_ptr<Lane>> lanes;
    QHash<Endpoint, Lane*> laneOf;
    std::deque<Lane*> due; ///< to be pumped
    bool isPumping = false;
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

QList<TracedCommand> PipelineRun::traces() const
{
    return d->traces.inOrder();
}

bool PipelineRun::canRun(const Argv& argv, const CommandTable& table)
{
    const KeyInfo info = extractKeys(argv, table);
    return !argv.isEmpty() && !argv.first().isEmpty() && info.kind != CommandKind::Streaming
        && !isPartOfTransaction(argv) && !needsOwnConnection(argv, info);
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

void PipelineRun::refuse()
{
    if (std::exchange(d->isStarted, true) || std::exchange(d->hasEnded, true))
        return;
    for (int index = 0; index < d->commands.size(); ++index)
        d->finish(index, TraceOutcome::NotSent);
    QMetaObject::invokeMethod(this, &PipelineRun::finished, Qt::QueuedConnection);
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
        const Endpoint owner = owners.ownerOf(slotOf[index]);
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
    if (!canRun(argv, context.table))
        return TraceOutcome::NotSent;
    const KeyInfo info = extractKeys(argv, context.table);
    traces.know(index, info);
    if (info.crossSlot && owners.isCluster())
        return TraceOutcome::CrossSlot;
    if (info.slot)
        slotOf[index] = static_cast<quint16>(info.slot->number());
    return std::nullopt;
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
    context.pool->release(std::move(lane.connection));
    lane.connection = context.pool->dedicatedTo(lane.address);
    lane.dialAgain = false;
    return true;
}

// A list and no recursion: two nodes that have exchanged their slots hand over all that waits.
void PipelineRun::Private::pump(Lane& lane)
{
    due.push_back(&lane);
    if (std::exchange(isPumping, true))
        return;
    for (; !due.empty(); due.pop_front())
        sendWaiting(*due.front());
    isPumping = false;
}

void PipelineRun::Private::sendWaiting(Lane& lane)
{
    lane.isDue = false;
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
        } else if (const Endpoint owner = owners.ownerOf(slot); owner != lane.address) {
            Lane& other = laneTo(owner); // behind those that were held back
            other.waiting.push_back(visit);
            if (!std::exchange(other.isDue, true))
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
    traces.begin(visit.index, lane.address, visit.asking);
    lane.sent.push_back(visit);
    lane.bytesSent += byteCount(argv);
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
    lane.bytesSent -= byteCount(commands.at(visit.index));
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
    PipelineResult& result = results[visit.index];
    result.reply = {};
    result.error.reset();
    if (answer.reply)
        result.reply = redactReply(commands.at(visit.index), *answer.reply);
    std::optional<Verdict> verdict;
    if (result.reply.isError())
        verdict = judgeError(result.reply.toByteArray(), lane.address, context.map);
    traces.answer(visit, lane.address, answer, result.reply, verdict);
    if (verdict)
        return onError(lane, visit, *verdict);
    if (answer.reply)
        return finish(visit.index, TraceOutcome::Reply);
    wishRefresh();
    result.error = answer.reply.error();
    if (answer.sent)
        finish(visit.index, TraceOutcome::OutcomeUnknown);
    else if (isTransient(result.error->code) && owners.canLearn(slotOf[visit.index]))
        sendLater(
            { visit, lane.address, true, TraceOutcome::ConnectFailed }, HopOutcome::ConnectFailed);
    else
        finish(visit.index, TraceOutcome::ConnectFailed);
}

void PipelineRun::Private::onError(Lane& lane, const Visit& visit, const Verdict& verdict)
{
    if (verdict.wantsRefresh)
        wishRefresh();
    if (verdict.kind == Verdict::Kind::Follow)
        return follow(lane, visit, verdict);
    if (verdict.kind == Verdict::Kind::End)
        return finish(visit.index, TraceOutcome::Error);
    if (verdict.needsNewerMap && !owners.canLearn(slotOf[visit.index]))
        return finish(visit.index, verdict.inVain);
    sendLater({ visit, lane.address, verdict.mayReroute, verdict.inVain }, verdict.outcome);
}

void PipelineRun::Private::follow(Lane& lane, const Visit& visit, const Verdict& verdict)
{
    const int slot = slotOf[visit.index];
    const Endpoint& target = *verdict.target;
    HeldSlot& held = heldSlots[slot];
    const bool isMoved = verdict.outcome == HopOutcome::Moved;
    const bool isCircle = isMoved && held.movedBefore.contains({ lane.address, target });
    if (isCircle || ++visits[visit.index] >= context.limits.maxHops)
        return finish(visit.index, TraceOutcome::TooManyRedirects);
    held.again.append({ { visit.index, !isMoved }, target });
    if (!isMoved) {
        ++counts.asked;
        return;
    }
    ++counts.moved;
    held.movedNow.insert({ lane.address, target });
    if (target == lane.address)
        lane.dialAgain = true;
    if (!owners.setMoved(slot, target))
        return;
    traces.mapChanged(visit.index);
    // Queued, for the listener may end this operation.
    QMetaObject::invokeMethod(
        q,
        [this, redirected = verdict.redirect->slot, target] {
            Q_EMIT q->movedSeen(redirected, target);
        },
        Qt::QueuedConnection);
}

void PipelineRun::Private::sendLater(Again again, HopOutcome why)
{
    ++counts.retried;
    HeldSlot& slot = heldSlots[slotOf[again.visit.index]];
    slot.again.append(again);
    if (!slot.trouble.isValid())
        slot.trouble.start();
    const RunLimits& limits = context.limits;
    const bool isTryAgain = why == HopOutcome::TryAgain;
    const int first = isTryAgain ? limits.tryAgainFirstMs : limits.clusterDownFirstMs;
    const int longest = isTryAgain ? limits.tryAgainMaxMs : limits.clusterDownMaxMs;
    slot.waitMs = slot.lastWaitMs == 0 ? first : std::min(slot.lastWaitMs * 2, longest);
}

// After an answer: goes on with a slot that was held back once nothing of it is on its way.
void PipelineRun::Private::settle(int slot)
{
    const auto held = heldSlots.find(slot);
    if (held == heldSlots.end() || sentOf[slot] > 0)
        return;
    if (held->waitMs == 0)
        return dispatch(slot);
    if (held->trouble.elapsed() + held->waitMs > context.limits.deadlineMs)
        return giveUp(slot);
    const int now = std::exchange(held->waitMs, 0);
    held->lastWaitMs = now;
    held->movedBefore.clear(); // the nodes have time to agree
    held->movedNow.clear();
    ++sentOf[slot]; // held until then
    QTimer::singleShot(now, q, [this, slot] {
        --sentOf[slot];
        if (hasEnded)
            return;
        if (const auto owner = owners.learn(slot)) {
            for (Again& again : heldSlots[slot].again) {
                if (again.mayReroute)
                    again = { { again.visit.index }, *owner };
            }
        }
        dispatch(slot);
        endIfDone();
    });
}

// Also what was held back: it would wait as long, one after another.
void PipelineRun::Private::giveUp(int slot)
{
    const HeldSlot lost = heldSlots.take(slot);
    for (const Again& again : lost.again)
        finish(again.visit.index, again.inVain);
    const PipelineResult& first = results.at(lost.again.first().visit.index);
    const auto error = first.error;
    for (const int index : lost.held) {
        results[index].error = error;
        finish(index, error ? TraceOutcome::ConnectFailed : TraceOutcome::GaveUp);
    }
}

void PipelineRun::Private::dispatch(int slot)
{
    const auto held = heldSlots.find(slot);
    if (held->again.isEmpty()) {
        // All have their answers: the slot is as any other again.
        const std::vector<int> indexes = heldSlots.take(slot).held;
        const Endpoint owner = owners.ownerOf(slot);
        if (indexes.empty())
            return;
        Lane& lane = laneTo(owner);
        for (auto index = indexes.rbegin(); index != indexes.rend(); ++index)
            lane.waiting.push_front({ *index });
        return pump(lane);
    }
    held->movedBefore += std::exchange(held->movedNow, {});
    const QList<Again> again = std::exchange(held->again, {});
    QList<Lane*> touched;
    for (auto one = again.rbegin(); one != again.rend(); ++one) {
        Lane& lane = laneTo(one->address);
        lane.waiting.push_front({ one->visit.index, one->visit.asking, true });
        ++sentOf[slot];
        if (!touched.contains(&lane))
            touched.append(&lane);
    }
    for (Lane* lane : std::as_const(touched))
        pump(*lane);
}

void PipelineRun::Private::finish(int index, TraceOutcome outcome)
{
    results[index].outcome = outcome;
    traces.end(index, results.at(index));
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
