// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/session/metricspoller.h"

#include "core/cluster/serverfacts.h"
#include "core/net/clock.h"
#include "core/support/bytes.h"

#include <QPointer>

#include <algorithm>
#include <utility>

namespace slotscope::session {

using namespace std::chrono_literals;
using cluster::Node;
using cluster::NodeId;
using std::chrono::milliseconds;
using support::Error;

namespace {

constexpr qsizetype mostAwaited = 16;
constexpr milliseconds rest = 30s; ///< of a node that did not answer
constexpr milliseconds shortestTick = 50ms; ///< a node
constexpr milliseconds together = 500ms;
constexpr milliseconds lagSlack = 2s; ///< beyond two rounds: a primary may be slow to answer
constexpr milliseconds batch = 250ms;
constexpr milliseconds firstRound = 1s;

milliseconds now()
{
    return milliseconds(net::monotonicNanos() / 1'000'000);
}

bool isWorthAsking(const Node& node)
{
    return node.address.isDialable() && node.health != cluster::Health::Fail
        && node.health != cluster::Health::NoAddr && node.health != cluster::Health::Handshake;
}

} // namespace

MetricsPoller::MetricsPoller(net::ConnectionPool* pool, QObject* parent)
    : QObject(parent)
    , m_pool(pool)
    , m_tick(this)
    , m_batch(this)
{
    m_batch.setSingleShot(true);
    m_batch.setInterval(batch);
    connect(&m_tick, &QTimer::timeout, this, &MetricsPoller::onTick);
    connect(
        &m_batch, &QTimer::timeout, this, [this] { Q_EMIT sampled(std::exchange(m_waiting, {})); });
}

void MetricsPoller::setInterval(milliseconds interval)
{
    const milliseconds asked = interval <= 0ms
        ? 0ms
        : std::clamp(interval, milliseconds(shortest), milliseconds(longest));
    if (asked == m_interval)
        return;
    m_interval = asked;
    // What we see while it is off is not counted: later looks must not be compared with old ones.
    m_counters = {};
    m_lastLook.clear();
    m_isFirstRound = true;
    m_next = 0;
    restart();
}

void MetricsPoller::setTopology(const cluster::Topology& topology)
{
    m_topology = topology;
    QList<Target> targets;
    if (topology.data().kind != cluster::Kind::Sentinel) {
        for (const Node& node : topology.nodes()) {
            if (isWorthAsking(node))
                targets.append({ metricsKeyOf(node), node.address });
        }
    }
    if (std::exchange(m_targets, targets) == targets)
        return;
    forgetTheGone();
    restart();
}

void MetricsPoller::forgetTheGone()
{
    QSet<NodeId> known;
    for (const Node& node : m_topology.nodes())
        known.insert(metricsKeyOf(node));
    const auto isGone = [&known](auto entry) { return !known.contains(entry.key()); };
    m_restsUntil.removeIf(isGone);
    m_lastLook.removeIf(isGone);
    m_lag.removeIf(isGone);
    m_counters.keepOnly(known);
}

void MetricsPoller::countSeen(const NodeId& node, QByteArrayView line)
{
    if (m_interval > 0ms)
        m_counters.countSeen(node, line);
}

/// In which every node is asked once.
milliseconds MetricsPoller::round() const
{
    const milliseconds wanted = m_isFirstRound ? std::min(firstRound, m_interval) : m_interval;
    return std::max<milliseconds>(wanted, m_targets.size() * shortestTick);
}

void MetricsPoller::restart()
{
    if (m_interval == 0ms || m_targets.isEmpty()) {
        m_tick.stop();
        return;
    }
    const milliseconds each = round() / m_targets.size();
    m_perTick = m_isFirstRound ? 1 : std::clamp<qsizetype>(together / each, 1, m_targets.size());
    m_tick.start(each * m_perTick);
}

void MetricsPoller::onTick()
{
    if (m_next >= m_targets.size()) {
        m_next = 0;
        if (std::exchange(m_isFirstRound, false))
            restart();
    }
    for (qsizetype i = 0; i < m_perTick && askNext(); ++i) { }
}

/// False when all of this round were, or enough are awaited.
bool MetricsPoller::askNext()
{
    if (m_next >= m_targets.size() || m_awaited.size() >= mostAwaited)
        return false;
    const Target target = m_targets.at(m_next++);
    if (!m_awaited.contains(target.key) && m_restsUntil.value(target.key) <= now())
        ask(target);
    return true;
}

void MetricsPoller::ask(const Target& target)
{
    m_awaited.insert(target.key);
    const QPointer<MetricsPoller> self(this);
    // All of it: several sections in one INFO are understood from 7.0 on only.
    m_pool->connectionTo(target.address)
        ->probe({ { "INFO" } }, { [self, target](const net::Answer& answer) {
            if (self)
                self->onAnswer(target, answer);
        } });
}

void MetricsPoller::onAnswer(const Target& target, const net::Answer& answer)
{
    m_awaited.remove(target.key);
    MetricsSample sample;
    sample.node = target.key;
    sample.at = now();
    if (!answer.reply) {
        sample.error = answer.reply.error();
    } else if (answer.reply->isError()) {
        const QByteArrayView line = answer.reply->text();
        sample.error = Error { cluster::codeOfErrorReply(line), support::toVisibleText(line, 300),
            target.address.toString() };
    } else {
        sample.metrics = cluster::NodeMetrics::fromInfo(cluster::parseInfo(answer.reply->text()));
        measureReplicas(sample.metrics);
        if (sample.metrics.replication.role == cluster::Role::Replica) {
            // Of a primary that has fallen silent it says nothing any more.
            const auto lag = m_lag.constFind(target.key);
            if (lag != m_lag.constEnd() && sample.at - lag->at <= 2 * round() + lagSlack)
                sample.lagBytes = lag->bytes;
        }
        if (sample.metrics.errors) {
            sample.growth = m_counters.take(target.key, *sample.metrics.errors);
            const milliseconds before = m_lastLook.value(target.key, sample.at);
            sample.growthSpan = sample.at - before;
            m_lastLook.insert(target.key, sample.at);
        }
    }
    if (sample.error)
        m_restsUntil.insert(target.key, sample.at + rest);
    if (m_interval > 0ms)
        keep(sample);
}

/// Both offsets at one moment: those that the two tell themselves are of different moments.
void MetricsPoller::measureReplicas(const cluster::NodeMetrics& primary)
{
    for (const cluster::ReplicaSeen& seen : primary.replication.replicas) {
        const Node* replica = m_topology.nodeByAddress(seen.address);
        const qint64 sent = primary.replication.offset.value_or(-1);
        if (replica != nullptr && seen.offset >= 0 && sent >= 0)
            m_lag.insert(
                metricsKeyOf(*replica), { std::max<qint64>(0, sent - seen.offset), now() });
    }
}

void MetricsPoller::keep(const MetricsSample& sample)
{
    m_waiting.append(sample);
    if (!m_batch.isActive())
        m_batch.start();
}

} // namespace slotscope::session
