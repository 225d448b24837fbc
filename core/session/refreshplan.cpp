// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/session/refreshplan.h"

#include "core/net/clock.h"

#include <QRandomGenerator>

#include <algorithm>

namespace slotscope::session {

using namespace std::chrono_literals;
using cluster::Health;
using std::chrono::milliseconds;

namespace {

constexpr milliseconds longestDelay = 30s;
constexpr milliseconds discoveryInterval = 5s;
constexpr milliseconds leastApart = 1s;
constexpr milliseconds otherSideApart = 200ms;
constexpr milliseconds troubleInterval = 10s;
constexpr milliseconds busyInterval = 1s;
constexpr milliseconds busyTime = 60s;

bool isAskable(const cluster::Node& node)
{
    return node.address.isDialable() && node.health != Health::NoAddr
        && node.health != Health::Handshake;
}

void moveToFront(QList<PollTarget>& targets, qsizetype index)
{
    if (index > 0)
        targets.move(index, 0);
}

} // namespace

RefreshPlan::RefreshPlan(milliseconds interval, Clock clock)
    : m_interval(interval)
    , m_clock(std::move(clock))
{
    if (!m_clock)
        m_clock = [] { return milliseconds(net::monotonicNanos() / 1'000'000); };
}

bool RefreshPlan::isWithin(const Time& since, milliseconds span) const
{
    return since && m_clock() - *since < span;
}

QList<PollTarget> RefreshPlan::targetsOf(const cluster::Topology& topology)
{
    QList<PollTarget> targets;
    QList<PollTarget> failed;
    for (const cluster::Node& node : topology.nodes()) {
        if (isAskable(node))
            (node.health == Health::Fail ? failed : targets).append({ node.id, node.address });
    }
    return targets + failed;
}

QList<PollTarget> RefreshPlan::nextTargets(const cluster::Topology& topology,
    const QSet<cluster::NodeId>& silent, const QSet<cluster::NodeId>& speaking)
{
    QList<PollTarget> targets = inTurn(topology, speaking);
    const auto speaks = [&](const PollTarget& target) { return !silent.contains(target.id); };
    if (!targets.isEmpty()) {
        std::stable_partition(targets.begin() + 1, targets.end(), speaks);
        m_turns.insert(targets.constFirst().id, m_round);
    }
    if (m_turns.size() > 2 * targets.size()) { // many have left
        m_turns.removeIf([&](const std::pair<const cluster::NodeId&, int&>& turn) {
            return topology.nodeById(turn.first) == nullptr;
        });
    }
    return targets;
}

QList<PollTarget> RefreshPlan::inTurn(
    const cluster::Topology& topology, const QSet<cluster::NodeId>& speaking)
{
    QList<PollTarget> targets = targetsOf(topology);
    // In a partition each side says that the other has failed, and we may reach both.
    const auto isGone = [&](const PollTarget& t) {
        const cluster::Node* node = topology.nodeById(t.id);
        return node != nullptr && node->health == Health::Fail && !speaking.contains(t.id);
    };
    const auto endOfGood = std::stable_partition(
        targets.begin(), targets.end(), [&](const PollTarget& t) { return !isGone(t); });
    const auto good = endOfGood - targets.begin();
    ++m_round;
    if (const cluster::NodeId other = std::exchange(m_otherSide, {}); !other.isNull()) {
        const auto found = std::find_if(
            targets.begin(), targets.end(), [&](const PollTarget& t) { return t.id == other; });
        m_isOtherSideAsked = found != targets.end();
        if (m_isOtherSideAsked) {
            moveToFront(targets, found - targets.begin());
            return targets;
        }
    }
    const net::Endpoint preferred = std::exchange(m_preferred, {});
    const auto hasAddress = [&](const PollTarget& t) { return t.address == preferred; };
    const auto wanted = std::find_if(targets.begin(), targets.end(), hasAddress);
    if (wanted != targets.end()) {
        moveToFront(targets, wanted - targets.begin());
        return targets;
    }

    const QList<cluster::Migration>& open = topology.data().migrations;
    if (!open.isEmpty() && m_round % 2 == 0) {
        const cluster::Migration& migration = open.at((m_round / 4) % open.size());
        const cluster::NodeId side = m_round % 4 == 0 ? migration.from : migration.to;
        const auto isSide = [&](const PollTarget& t) { return !t.id.isNull() && t.id == side; };
        const auto found = std::find_if(targets.begin(), targets.end(), isSide);
        if (found != targets.end()) {
            moveToFront(targets, found - targets.begin());
            return targets;
        }
    }
    // Whose turn was longest ago: places in the list say nothing, each view has its own order.
    const auto hadItsTurn = [&](const PollTarget& a, const PollTarget& b) {
        return m_turns.value(a.id, 0) < m_turns.value(b.id, 0);
    };
    const auto next = std::min_element(targets.begin(), targets.begin() + good, hadItsTurn);
    std::rotate(targets.begin(), next, targets.begin() + good);
    return targets;
}

bool RefreshPlan::heard(const cluster::NodesView& view)
{
    const QList<cluster::NodeLine>& nodes = view.nodes;
    if (m_heard.size() > nodes.size()) { // some have left
        QSet<cluster::NodeId> named;
        for (const cluster::Node& node : nodes)
            named.insert(node.id);
        m_heard.removeIf([&](const std::pair<const cluster::NodeId&, int&>& heard) {
            return !named.contains(heard.first);
        });
    }
    if (view.myself >= 0)
        m_heard.insert(nodes.at(view.myself)->id, ++m_hearing);
    m_otherSide = {};
    if (std::exchange(m_isOtherSideAsked, false))
        return true;
    int longestAgo = m_hearing;
    for (const cluster::Node& node : nodes) {
        const bool isDenied = node.health == Health::PFail || node.health == Health::Fail;
        const int when = isDenied ? m_heard.value(node.id, m_hearing) : m_hearing;
        if (when < longestAgo) {
            longestAgo = when;
            m_otherSide = node.id;
        }
    }
    return false;
}

void RefreshPlan::heardAll(const QList<cluster::NodeId>& ids)
{
    ++m_hearing;
    for (const cluster::NodeId& id : ids)
        m_heard.insert(id, m_hearing);
    ++m_hearing;
    m_otherSide = {};
    m_isOtherSideAsked = false;
}

void RefreshPlan::notHeard(const cluster::NodeId& id)
{
    m_heard.remove(id);
}

void RefreshPlan::succeeded()
{
    m_failures = 0;
    m_lastSuccess = m_clock();
}

void RefreshPlan::failed()
{
    ++m_failures;
    m_isOtherSideAsked = false;
}

bool RefreshPlan::endBackoff()
{
    return std::exchange(m_failures, 0) > 0;
}

void RefreshPlan::expectChanges()
{
    m_lastChange = m_clock();
}

bool RefreshPlan::seesNewTrouble(
    const cluster::Topology& topology, const QSet<cluster::NodeId>& silent)
{
    ++m_look;
    // Twice around all nodes, and a little.
    const int longAgo = m_look - 2 * static_cast<int>(topology.nodes().size()) - 3;
    m_signs.removeIf(
        [longAgo](const std::pair<const Sign&, int&>& seen) { return seen.second < longAgo; });
    bool isNew = false;
    const auto see = [&](const cluster::NodeId& id, Health health) {
        const Sign sign(id, static_cast<int>(health));
        isNew = isNew || !m_signs.contains(sign);
        m_signs.insert(sign, m_look);
    };
    for (const cluster::Node& node : topology.nodes()) {
        if (node.health == Health::PFail || node.health == Health::Fail)
            see(node.id, node.health);
    }
    for (const cluster::NodeId& id : silent)
        see(id, Health::Unknown);
    if (topology.data().state == cluster::ClusterState::Fail)
        see({}, Health::Fail);
    if (isNew)
        expectChanges();
    return isNew;
}

bool RefreshPlan::takeDiscovery()
{
    if (isWithin(m_lastDiscovery, troubleInterval))
        return false;
    m_lastDiscovery = m_clock();
    return true;
}

void RefreshPlan::prefer(const net::Endpoint& target)
{
    m_preferred = target;
}

milliseconds RefreshPlan::nextDelay(bool cheap) const
{
    milliseconds delay = cheap ? m_interval : std::max(m_interval, discoveryInterval);
    if (cheap && isWithin(m_lastChange, busyTime))
        delay = std::min(delay, busyInterval);
    if (cheap && !m_otherSide.isNull())
        delay = std::min(delay, otherSideApart);
    for (int i = 0; i < m_failures && delay < longestDelay; ++i)
        delay *= 2;
    delay = std::min(delay, longestDelay);
    const double jitter = 0.8 + 0.2 * QRandomGenerator::global()->generateDouble();
    return std::chrono::duration_cast<milliseconds>(delay * jitter);
}

milliseconds RefreshPlan::hurriedDelay() const
{
    if (!m_lastSuccess)
        return 0ms;
    const milliseconds apart = m_otherSide.isNull() ? leastApart : otherSideApart;
    return std::max<milliseconds>(0ms, *m_lastSuccess + apart - m_clock());
}

} // namespace slotscope::session
