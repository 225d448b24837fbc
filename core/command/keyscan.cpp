// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/keyscan.h"

#include "core/command/keyset.h"
#include "core/command/verdict.h"
#include "core/explain/errors.h"
#include "core/support/bytes.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QRandomGenerator>
#include <QTimer>

#include <algorithm>
#include <vector>

namespace slotscope::command {

using cluster::Slot;
using cluster::Topology;

namespace {

constexpr std::chrono::milliseconds batchInterval { 100 };
constexpr int mostCount = 1000;
constexpr int mostRestarts = 10; // of one shard: slots that never come to rest end the scan
constexpr std::chrono::milliseconds lookInterval { 50 }; // for a newer map, at the end
constexpr qint64 mostReserved = 1'000'000; // DBSIZE is a claim of the server

// Who serves this shard's slots. By the slots, for a map made of SLOTS alone may have no ids.
const cluster::Node* primaryOf(const cluster::Shard& shard, const Topology& map)
{
    return shard.ranges.isEmpty() ? nullptr : map.ownerOf(shard.ranges.first().first);
}

} // namespace

class KeyScan::Private
{
public:
    // The scan of one primary.
    struct Lane
    {
        ShardScan told;
        std::optional<Slot> slot; ///< by which its primary is found again; none: no cluster
        cluster::SlotRanges slotsAtBegin;
        std::unique_ptr<net::Connection> connection;
        QByteArray cursor = "0";
        bool importsScanned = false; ///< once more, for the slots that were open
        bool isBusy = false; ///< a SCAN is under way
        int waitMs = 0;
        qint64 troubleMs = 0; ///< since the last answer
        int losses = 0; ///< that an answer came before
    };

    Private(KeyScan* scan, RunContext runContext, KeyScanOptions scanOptions)
        : q(scan)
        , context(std::move(runContext))
        , options(std::move(scanOptions))
        , seen(QRandomGenerator::system()->generate64())
    {
        options.count = std::clamp(options.count, 1, mostCount);
        tick.setInterval(batchInterval);
        connect(&tick, &QTimer::timeout, q, [this] { tell(); });
        look.setInterval(lookInterval);
        connect(&look, &QTimer::timeout, q, [this] { onLook(); });
    }

    void start();
    void addLane(const cluster::Node& primary, const Topology& map);
    void connectTo(Lane& lane);
    void restart(Lane& lane, const cluster::Node& primary);
    void scanOn(Lane& lane);
    void onScanned(Lane& lane, const net::Answer& answer);
    void takeKeys(Lane& lane, const resp::Reply& keys);
    void onTrouble(Lane& lane, const QString& why);
    void retry(Lane& lane);
    void fail(Lane& lane, const QString& why);
    void onDone();
    void onLook();
    bool scanWhatMoved(const Topology& now);
    void tell();
    void finish(bool complete);
    void end(bool complete);
    bool isComplete() const;
    Topology latest() const { return context.latestMap ? context.latestMap() : context.map; }

    KeyScan* q;
    const RunContext context;
    KeyScanOptions options;
    std::vector<std::unique_ptr<Lane>> lanes;
    KeySet seen;
    std::vector<QByteArrayView> texts; ///< of one reply, for a moment
    std::vector<bool> areNew; ///< the same
    KeyBatch batch; ///< not told yet
    KeyScanProgress progress;
    QTimer tick;
    QTimer look; ///< for the newest map, when all is done
    QElapsedTimer looking;
    QDateTime mapTime; ///< of the map when the look began
    bool isStarted = false;
    bool hasEnded = false;
    bool isFull = false;
    qint64 keptBytes = 0; ///< of different keys
    bool isRestless = false; ///< slots did not stop moving
};

KeyScan::KeyScan(RunContext context, KeyScanOptions options, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, std::move(context), std::move(options)))
{ }

// A connection that is deleted tells nobody, so its callbacks may hold plain pointers.
KeyScan::~KeyScan() = default;

const KeyScanProgress& KeyScan::progress() const
{
    return d->progress;
}

void KeyScan::start()
{
    if (!std::exchange(d->isStarted, true))
        d->start();
}

void KeyScan::pause()
{
    d->progress.isPaused = true;
}

void KeyScan::resume()
{
    if (!std::exchange(d->progress.isPaused, false) || d->hasEnded)
        return;
    for (const auto& lane : d->lanes)
        d->scanOn(*lane);
}

void KeyScan::cancel()
{
    if (std::exchange(d->hasEnded, true))
        return; // from now on nothing begins any more
    d->isStarted = true;
    d->tick.stop();
    d->look.stop();
    for (const auto& lane : d->lanes)
        lane->connection.reset();
    QMetaObject::invokeMethod(
        this, [this] { d->end(false); }, Qt::QueuedConnection);
}

void KeyScan::Private::start()
{
    tick.start();
    const Topology& map = context.map;
    if (map.isEmpty() || map.data().kind != cluster::Kind::Cluster) {
        cluster::Node only;
        only.address = context.seed;
        addLane(only, map);
    }
    for (const cluster::Shard& shard : map.shards()) {
        if (const cluster::Node* primary = primaryOf(shard, map))
            addLane(*primary, map);
    }
    // A cluster may have no slots at all.
    QMetaObject::invokeMethod(
        q, [this] { onDone(); }, Qt::QueuedConnection);
}

void KeyScan::Private::addLane(const cluster::Node& primary, const Topology& map)
{
    lanes.push_back(std::make_unique<Lane>());
    Lane& lane = *lanes.back();
    lane.told.label = primary.id.isNull() ? primary.address.toString() : map.labelOf(primary);
    if (!primary.ranges.isEmpty())
        lane.slot = primary.ranges.first().first;
    restart(lane, primary);
    lane.told.restarts = 0;
}

// From the beginning, at this primary.
void KeyScan::Private::restart(Lane& lane, const cluster::Node& primary)
{
    lane.told.nodeId = primary.id;
    lane.told.address = primary.address;
    lane.told.state = ShardScan::State::Scanning;
    lane.told.looked = 0;
    ++lane.told.restarts;
    lane.slotsAtBegin = primary.ranges;
    lane.cursor = "0";
    lane.connection = context.pool->dedicatedTo(primary.address);
    lane.isBusy = false;
    lane.connection->send({ "DBSIZE" }, [this, to = &lane](const net::Answer& answer) {
        if (!answer.reply || answer.reply->type() != resp::Type::Integer)
            return;
        to->told.keysInNode = std::max<qint64>(answer.reply->toInteger(), -1);
        if (options.match.isEmpty() && options.type.isEmpty())
            seen.reserve(seen.size() + std::clamp<qint64>(to->told.keysInNode, 0, mostReserved));
    });
    scanOn(lane);
}

void KeyScan::Private::scanOn(Lane& lane)
{
    if (hasEnded || progress.isPaused || lane.isBusy
        || lane.told.state != ShardScan::State::Scanning)
        return;
    net::Argv argv { "SCAN", lane.cursor };
    if (!options.match.isEmpty())
        argv << "MATCH" << options.match;
    argv << "COUNT" << QByteArray::number(options.count);
    if (!options.type.isEmpty())
        argv << "TYPE" << options.type;
    lane.isBusy = true;
    lane.connection->send(
        argv, [this, to = &lane](const net::Answer& answer) { onScanned(*to, answer); });
}

void KeyScan::Private::onScanned(Lane& lane, const net::Answer& answer)
{
    lane.isBusy = false;
    if (hasEnded)
        return;
    if (!answer.reply) {
        const support::Error& error = answer.reply.error();
        const QString why = explain::errorSentence(error);
        return isTransient(error.code) ? onTrouble(lane, why) : fail(lane, why);
    }
    const resp::Reply& reply = *answer.reply;
    if (reply.isError()) {
        const QString line = support::toVisibleText(reply.text(), 200);
        return reply.text().startsWith("LOADING") ? onTrouble(lane, line) : fail(lane, line);
    }
    const resp::Reply keys = reply.at(1);
    if (reply.size() != 2 || !keys.isAggregate())
        return fail(lane,
            explain::errorSentence(
                { support::ErrorCode::ProtocolError, {}, lane.told.address.toString() }));
    lane.waitMs = 0;
    lane.troubleMs = 0;
    lane.told.failure.clear();
    lane.told.looked += options.count;
    takeKeys(lane, keys);
    lane.cursor = reply.at(0).toByteArray();
    if (isFull)
        return finish(false);
    if (lane.cursor != "0")
        return scanOn(lane);
    lane.told.state = ShardScan::State::Done;
    onDone();
}

void KeyScan::Private::takeKeys(Lane& lane, const resp::Reply& keys)
{
    auto key = keys.begin();
    while (key != keys.end()) {
        const qsizetype room = options.mostKeys - seen.size();
        if (room <= 0 || keptBytes >= options.mostBytes) {
            isFull = true;
            return;
        }
        texts.clear();
        for (; key != keys.end() && qsizetype(texts.size()) < room; ++key)
            texts.push_back((*key).text());
        lane.told.found += qint64(texts.size());
        seen.insert(texts, &areNew);
        for (size_t i = 0; i < texts.size(); ++i) {
            if (!areNew[i])
                continue;
            batch.append(texts[i]);
            keptBytes += texts[i].size();
        }
    }
}

// No answer: a failover may be under way. Begins again where the newest map says.
void KeyScan::Private::onTrouble(Lane& lane, const QString& why)
{
    const RunLimits& limits = context.limits;
    if (lane.waitMs == 0)
        ++lane.losses;
    lane.waitMs = lane.waitMs == 0 ? limits.clusterDownFirstMs
                                   : std::min(lane.waitMs * 2, limits.clusterDownMaxMs);
    lane.troubleMs += lane.waitMs;
    if (!context.latestMap || lane.troubleMs > limits.deadlineMs || lane.losses > mostRestarts)
        return fail(lane, why);
    lane.told.state = ShardScan::State::Waiting;
    lane.told.failure = why;
    QTimer::singleShot(lane.waitMs, q, [this, to = &lane] { retry(*to); });
    Q_EMIT q->refreshWanted(); // last: a listener may end this operation
}

void KeyScan::Private::retry(Lane& lane)
{
    if (hasEnded)
        return;
    const Topology map = latest();
    const cluster::Node* primary = lane.slot ? map.ownerOf(*lane.slot) : nullptr;
    cluster::Node same;
    same.id = lane.told.nodeId;
    same.address = lane.told.address;
    same.ranges = lane.slotsAtBegin;
    // From the beginning even at the same node: it may have been started anew, and an old cursor
    // would mean nothing to it.
    restart(lane, primary && primary->address.isDialable() ? *primary : same);
}

void KeyScan::Private::fail(Lane& lane, const QString& why)
{
    lane.told.state = ShardScan::State::Failed;
    lane.told.failure = why;
    onDone();
}

// When all have ended: the newest map tells whether that was all.
void KeyScan::Private::onDone()
{
    const auto isOver = [](const auto& lane) {
        return lane->told.state == ShardScan::State::Done
            || lane->told.state == ShardScan::State::Failed;
    };
    if (hasEnded || look.isActive() || !std::all_of(lanes.begin(), lanes.end(), isOver))
        return;
    if (!context.latestMap || lanes.empty() || !lanes.front()->slot)
        return finish(isComplete());
    mapTime = latest().data().capturedAt;
    looking.start();
    look.start();
    const QPointer<KeyScan> alive(q);
    tell();
    if (alive && !hasEnded)
        Q_EMIT q->newerMapWanted();
}

void KeyScan::Private::onLook()
{
    // By its time: a refresh that failed gives a new map too, of what was known before.
    const Topology now = latest();
    const bool isNewer = now.data().capturedAt > mapTime;
    if (!isNewer && looking.elapsed() < options.lastLookMs)
        return;
    look.stop();
    if (!scanWhatMoved(now))
        finish(isComplete() && isNewer);
}

// Primaries that own a slot which they did not own when their scan began, or that import one: its
// keys may have come behind the cursor. Those that they came from were scanned to the end by now.
bool KeyScan::Private::scanWhatMoved(const Topology& now)
{
    bool begun = false;
    for (const cluster::Shard& shard : now.shards()) {
        const cluster::Node* primary = primaryOf(shard, now);
        if (!primary)
            continue;
        const auto lane = std::find_if(lanes.begin(), lanes.end(), [&](const auto& one) {
            return primary->id.isNull() || one->told.nodeId.isNull()
                ? one->told.address == primary->address
                : one->told.nodeId == primary->id;
        });
        if (lane == lanes.end()) {
            // A new primary, or the successor of one that was scanned: the same keys again cost
            // little, keys that are missing are worse.
            addLane(*primary, now);
            begun = true;
            continue;
        }
        cluster::SlotRanges both = (*lane)->slotsAtBegin + primary->ranges;
        const bool hasGained = cluster::slotCount(cluster::normalized(both))
            > cluster::slotCount((*lane)->slotsAtBegin);
        const bool imports = !primary->importing.isEmpty() && !(*lane)->importsScanned;
        if (!(hasGained || imports) || (*lane)->told.state != ShardScan::State::Done)
            continue;
        if ((*lane)->told.restarts >= mostRestarts) {
            isRestless = true;
            continue;
        }
        (*lane)->importsScanned = imports || (*lane)->importsScanned;
        restart(**lane, *primary);
        begun = true;
    }
    return begun;
}

void KeyScan::Private::tell()
{
    progress.keys = seen.size();
    progress.shards.clear();
    for (const auto& lane : lanes)
        progress.shards.append(lane->told);
    Q_EMIT q->found(std::exchange(batch, {}), progress);
}

bool KeyScan::Private::isComplete() const
{
    cluster::SlotRanges scanned;
    for (const auto& lane : lanes) {
        if (lane->told.state != ShardScan::State::Done)
            return false;
        scanned += lane->slotsAtBegin;
    }
    const bool isCluster = !lanes.empty() && lanes.front()->slot;
    const bool hasAll = cluster::slotCount(cluster::normalized(scanned)) == Slot::count;
    return !isRestless && !lanes.empty() && (hasAll || !isCluster)
        && latest().uncovered().isEmpty();
}

void KeyScan::Private::finish(bool complete)
{
    if (!std::exchange(hasEnded, true))
        end(complete);
}

// Once: whoever sets hasEnded calls it.
void KeyScan::Private::end(bool complete)
{
    tick.stop();
    look.stop();
    const QPointer<KeyScan> alive(q);
    tell();
    if (alive)
        Q_EMIT q->finished(complete, progress);
}

} // namespace slotscope::command
