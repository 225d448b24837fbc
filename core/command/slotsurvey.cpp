// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/slotsurvey.h"

#include "core/cluster/serverfacts.h"
#include "core/explain/commands.h"
#include "core/explain/errors.h"
#include "core/support/bytes.h"

#include <QHash>
#include <QPointer>
#include <QTimer>

#include <algorithm>
#include <vector>

namespace slotscope::command {

using cluster::Slot;

namespace {

constexpr std::chrono::milliseconds tellInterval { 100 };
constexpr std::chrono::milliseconds pause { 3 }; // between two batches at a node
constexpr qsizetype batchSize = 64; // commands in one write
constexpr int mostNodes = 8; // asked at a time
constexpr int mostKeysPerSlot = 1000;

Argv clusterCommand(const char* name, Slot slot)
{
    return { "CLUSTER", name, QByteArray::number(slot.number()) };
}

support::Error unexpected(const net::Endpoint& address)
{
    return { support::ErrorCode::ProtocolError, {}, address.toString() };
}

} // namespace

class SlotSurvey::Private
{
public:
    /// Slots of one owner that are asked about in one go.
    struct Batch
    {
        net::Endpoint address;
        QString label;
        QList<Slot> slotList;
    };
    /// Batches that are asked one after the other.
    struct Lane
    {
        std::vector<Batch> batches;
        size_t next = 0;
        QHash<int, SlotFacts> facts; ///< of the batch under way
        qsizetype awaited = 0; ///< replies
        std::optional<support::Error> error; ///< the first of the batch
    };
    using Take = std::function<bool(const resp::Reply&)>; ///< false: that was no answer to this

    Private(SlotSurvey* survey, RunContext runContext, SlotSurveyOptions surveyOptions)
        : q(survey)
        , context(std::move(runContext))
        , options(std::move(surveyOptions))
    {
        options.keysPerSlot = std::clamp(options.keysPerSlot, 1, mostKeysPerSlot);
        tick.setInterval(tellInterval);
        connect(&tick, &QTimer::timeout, q, [this] { tell(); });
    }

    void plan();
    void add(const cluster::Node& owner, Slot slot);
    void begin();
    void ask(Lane& lane);
    void send(Lane& lane, const QList<Argv>& commands, const QList<Take>& takes,
        void (Private::*then)(Lane&));
    void askForCounts(Lane& lane);
    void askForKeys(Lane& lane);
    void askForStats(Lane& lane);
    bool takeStats(Lane& lane, const resp::Reply& reply);
    void endBatch(Lane& lane);
    void failNode(Lane& lane);
    void endLane();
    void tell();
    void end();
    bool isComplete() const;

    SlotSurvey* q;
    const RunContext context;
    SlotSurveyOptions options;
    std::vector<std::unique_ptr<Lane>> lanes;
    QHash<net::Endpoint, Lane*> laneOf; ///< while planning
    size_t begun = 0; ///< lanes
    size_t ended = 0;
    int keysLeft = 0;
    QList<SlotFacts> news;
    SlotSurveyProgress progress;
    QTimer tick;
    bool isStarted = false;
    bool hasEnded = false;
    bool wasCancelled = false;
};

SlotSurvey::SlotSurvey(RunContext context, SlotSurveyOptions options, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, std::move(context), std::move(options)))
{ }

SlotSurvey::~SlotSurvey() = default;

void SlotSurvey::start()
{
    if (std::exchange(d->isStarted, true))
        return;
    d->keysLeft = std::max(d->options.mostKeys, 1);
    d->plan();
    d->tick.start();
    QMetaObject::invokeMethod(
        this, [this] { d->begin(); }, Qt::QueuedConnection);
}

void SlotSurvey::cancel()
{
    if (std::exchange(d->hasEnded, true))
        return;
    d->isStarted = true;
    d->wasCancelled = true;
    QMetaObject::invokeMethod(
        this, [this] { d->end(); }, Qt::QueuedConnection);
}

void SlotSurvey::Private::plan()
{
    for (const cluster::SlotRange& range : std::as_const(options.ranges)) {
        for (int number = range.first.number(); number <= range.last.number(); ++number) {
            const cluster::Node* owner = context.map.ownerOf(Slot(number));
            if (owner && owner->address.isDialable())
                add(*owner, Slot(number));
            else
                ++progress.unowned;
        }
    }
    laneOf.clear();
}

// Keys come in the order of slots, so there is one lane for all nodes then.
void SlotSurvey::Private::add(const cluster::Node& owner, Slot slot)
{
    const bool inOrder = options.question == SlotQuestion::Keys;
    Lane*& lane = laneOf[inOrder ? net::Endpoint() : owner.address];
    if (!lane) {
        lanes.push_back(std::make_unique<Lane>());
        lane = lanes.back().get();
    }
    const bool isFull = options.question != SlotQuestion::Stats && !lane->batches.empty()
        && lane->batches.back().slotList.size() >= batchSize;
    if (lane->batches.empty() || isFull || lane->batches.back().address != owner.address)
        lane->batches.push_back({ owner.address, context.map.labelOf(owner), {} });
    lane->batches.back().slotList.append(slot);
    ++progress.wanted;
}

void SlotSurvey::Private::begin()
{
    if (hasEnded)
        return;
    if (ended == lanes.size()) {
        hasEnded = true;
        end();
        return;
    }
    while (begun < lanes.size() && begun - ended < mostNodes)
        ask(*lanes[begun++]);
}

void SlotSurvey::Private::ask(Lane& lane)
{
    if (hasEnded)
        return;
    lane.facts.clear();
    for (const Slot slot : std::as_const(lane.batches[lane.next].slotList))
        lane.facts[slot.number()].slot = slot;
    if (options.question == SlotQuestion::Stats)
        askForStats(lane);
    else
        askForCounts(lane);
}

// On the connection that all share: these commands are quick, and there are few at a time.
void SlotSurvey::Private::send(
    Lane& lane, const QList<Argv>& commands, const QList<Take>& takes, void (Private::*then)(Lane&))
{
    const net::Endpoint address = lane.batches[lane.next].address;
    lane.error.reset();
    lane.awaited = commands.size();
    QList<net::Connection::Callback> callbacks;
    for (const Take& take : takes) {
        callbacks.append([this, alive = QPointer<SlotSurvey>(q), to = &lane, take, then, address](
                             const net::Answer& answer) {
            if (!alive || hasEnded)
                return;
            if (!answer.reply) {
                to->error = to->error.value_or(answer.reply.error());
            } else if (answer.reply->isError()) {
                const QByteArrayView line = answer.reply->text();
                to->error = to->error.value_or(support::Error { cluster::codeOfErrorReply(line),
                    support::toVisibleText(line, 300), address.toString() });
            } else if (!take(*answer.reply)) {
                to->error = to->error.value_or(unexpected(address));
            }
            if (--to->awaited > 0)
                return;
            if (to->error)
                failNode(*to);
            else
                (this->*then)(*to);
        });
    }
    context.pool->connectionTo(address)->probe(commands, callbacks);
}

void SlotSurvey::Private::askForCounts(Lane& lane)
{
    QList<Argv> commands;
    QList<Take> takes;
    for (const Slot slot : std::as_const(lane.batches[lane.next].slotList)) {
        commands.append(clusterCommand("COUNTKEYSINSLOT", slot));
        takes.append([&lane, slot](const resp::Reply& reply) {
            if (reply.type() != resp::Type::Integer || reply.toInteger() < 0)
                return false;
            lane.facts[slot.number()].keyCount = reply.toInteger();
            return true;
        });
    }
    send(lane, commands, takes,
        options.question == SlotQuestion::Keys ? &Private::askForKeys : &Private::endBatch);
}

void SlotSurvey::Private::askForKeys(Lane& lane)
{
    QList<Argv> commands;
    QList<Take> takes;
    QList<Slot>& asked = lane.batches[lane.next].slotList;
    for (qsizetype i = 0; i < asked.size(); ++i) {
        const Slot slot = asked.at(i);
        const auto wanted
            = int(std::min<qint64>(lane.facts[slot.number()].keyCount, options.keysPerSlot));
        if (wanted == 0)
            continue;
        if (keysLeft == 0) {
            progress.isFull = true;
            for (const Slot behind : asked.mid(i))
                lane.facts.remove(behind.number());
            asked.resize(i);
            break;
        }
        const int most = std::min(wanted, keysLeft);
        keysLeft -= most;
        commands.append(clusterCommand("GETKEYSINSLOT", slot) << QByteArray::number(most));
        takes.append([&lane, slot, most](const resp::Reply& reply) {
            if (!reply.isAggregate())
                return false;
            QList<QByteArray>& keys = lane.facts[slot.number()].keys;
            for (const resp::Reply& key : reply) {
                if (keys.size() < most)
                    keys.append(key.toByteArray());
            }
            return true;
        });
    }
    if (commands.isEmpty())
        endBatch(lane);
    else
        send(lane, commands, takes, &Private::endBatch);
}

void SlotSurvey::Private::askForStats(Lane& lane)
{
    const QList<Slot>& asked = lane.batches[lane.next].slotList;
    const Argv argv { "CLUSTER", "SLOT-STATS", "SLOTSRANGE",
        QByteArray::number(asked.first().number()), QByteArray::number(asked.last().number()) };
    send(lane, { argv },
        { [this, &lane](const resp::Reply& reply) { return takeStats(lane, reply); } },
        &Private::endBatch);
}

// [[slot, {key-count, cpu-usec, network-bytes-in, network-bytes-out}], ...]; all but the first only
// where the server was told to measure them.
bool SlotSurvey::Private::takeStats(Lane& lane, const resp::Reply& reply)
{
    if (!reply.isAggregate())
        return false;
    for (const resp::Reply& entry : reply) {
        const auto slot = Slot::fromNumber(entry.at(0).toInteger(-1));
        if (entry.size() != 2 || !slot)
            return false;
        const auto known = lane.facts.find(slot->number());
        if (known == lane.facts.end())
            continue;
        const resp::Reply stats = entry.at(1);
        const auto value = [&stats](const char* name) {
            return std::max<qint64>(stats.value(name).toInteger(-1), -1);
        };
        known->keyCount = value("key-count");
        known->cpuMicros = value("cpu-usec");
        known->bytesIn = value("network-bytes-in");
        known->bytesOut = value("network-bytes-out");
    }
    return true;
}

void SlotSurvey::Private::endBatch(Lane& lane)
{
    const Batch& batch = lane.batches[lane.next];
    int moved = 0;
    const cluster::Topology newest = context.latestMap ? context.latestMap() : context.map;
    for (const Slot slot : batch.slotList) {
        const SlotFacts facts = lane.facts.take(slot.number());
        // Its old owner does not say that it is not its any more: it says that there is no key.
        const cluster::Node* owner = newest.ownerOf(slot);
        if (owner && owner->address != batch.address) {
            ++moved;
            continue;
        }
        if (facts.keyCount < 0)
            continue; // the node speaks of its own slots only, and this one is not any more
        ++progress.answered;
        news.append(facts);
    }
    if (moved > 0)
        progress.failures.append({ batch.label, moved, explain::slotsMovedMeanwhile(), false });
    ++lane.next;
    if (lane.next == lane.batches.size() || progress.isFull)
        endLane();
    else
        QTimer::singleShot(pause, q, [this, to = &lane] { ask(*to); });
}

// Its other slots are not asked about: it would not tell them either.
void SlotSurvey::Private::failNode(Lane& lane)
{
    const Batch failed = lane.batches[lane.next];
    SlotSurveyProgress::Failure failure;
    failure.label = failed.label;
    failure.why = explain::errorSentence(*lane.error);
    failure.isUnavailable = lane.error->code == support::ErrorCode::CommandUnavailable
        || lane.error->code == support::ErrorCode::NoPermission;
    const auto first = lane.batches.begin() + static_cast<std::ptrdiff_t>(lane.next);
    const auto last = std::remove_if(first, lane.batches.end(), [&](const Batch& batch) {
        if (batch.address != failed.address)
            return false;
        failure.slotCount += int(batch.slotList.size());
        return true;
    });
    lane.batches.erase(last, lane.batches.end());
    progress.failures.append(failure);
    if (lane.next == lane.batches.size())
        endLane();
    else
        ask(lane);
}

void SlotSurvey::Private::endLane()
{
    ++ended;
    begin();
}

void SlotSurvey::Private::tell()
{
    Q_EMIT q->found(std::exchange(news, {}), progress);
}

bool SlotSurvey::Private::isComplete() const
{
    return !wasCancelled && progress.unowned == 0 && progress.failures.isEmpty()
        && (progress.answered == progress.wanted || progress.isFull);
}

// Once: whoever sets hasEnded calls it.
void SlotSurvey::Private::end()
{
    tick.stop();
    const QPointer<SlotSurvey> alive(q);
    tell();
    if (alive)
        Q_EMIT q->finished(isComplete(), progress);
}

} // namespace slotscope::command
