// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/session/refresher.h"

#include "core/cluster/sharding.h"
#include "core/explain/errors.h"
#include "core/explain/topology.h"
#include "core/session/poll.h"

namespace slotscope::session {

using namespace std::chrono_literals;
using cluster::Topology;
using cluster::TopologyData;
using net::Endpoint;
using support::Error;
using support::ErrorCode;

namespace {

/// Of a discovery, so that it ends in a few seconds when the network is gone.
constexpr qsizetype mostAttempts = 3;
constexpr std::chrono::milliseconds longestSilence = 2s;

QList<cluster::TopologyEvent> eventsOf(
    const QList<cluster::TopologyChange>& changes, const Topology& seenIn)
{
    QList<cluster::TopologyEvent> events;
    for (const cluster::TopologyChange& change : changes)
        events.append({ change, seenIn.data().capturedAt, seenIn.data().answeredBy });
    return events;
}

Error notFollowed(const Topology& found)
{
    return { ErrorCode::WrongNode, explain::reachedStranger(found.data().answeredBy.shortText()),
        found.data().seed.toString() };
}

cluster::ClusterState worse(cluster::ClusterState a, cluster::ClusterState b)
{
    using cluster::ClusterState;
    if (a == ClusterState::Fail || b == ClusterState::Fail)
        return ClusterState::Fail;
    return a == ClusterState::Unknown ? b : a;
}

Silence missing(const Endpoint& address, const Error& error)
{
    return { explain::viewMissing(address.toString(), explain::errorSentence(error)), error };
}

} // namespace

Refresher::Refresher(net::ConnectionPool* pool, net::TypedEndpoint endpoint,
    std::chrono::milliseconds interval, QObject* parent)
    : QObject(parent)
    , m_pool(pool)
    , m_endpoint(std::move(endpoint))
    , m_interval(interval)
    , m_plan(interval)
    , m_timer(this)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Refresher::onTimer);
}

Refresher::~Refresher()
{
    // In this order, and before the pool: they use it.
    delete m_discovery;
    qDeleteAll(findChildren<Poll*>());
}

void Refresher::open()
{
    discover({ m_endpoint.endpoint }, false);
}

void Refresher::refresh()
{
    m_pool->forgetRefusals();
    discover(nextSeeds(), true);
}

/// What the user typed, then a few others: those that have answered before those that are silent.
QList<Endpoint> Refresher::nextSeeds()
{
    QList<Endpoint> endpoints { m_endpoint.endpoint };
    const QList<PollTarget> targets
        = m_plan.nextTargets(m_topology, m_views.silent(), m_views.speaking());
    for (const PollTarget& target : targets) {
        if (endpoints.size() < mostAttempts && !endpoints.contains(target.address))
            endpoints.append(target.address);
    }
    return endpoints;
}

void Refresher::discover(QList<Endpoint> candidates, bool everyNode)
{
    if (m_discovery != nullptr)
        return;
    stopPolling();
    m_timer.stop();
    m_wantedSoon = false;
    m_discoveryDue = false;
    const Endpoint seed = candidates.takeFirst();
    m_discovery = new cluster::Discovery(m_pool, seed, m_endpoint.typed, this);
    connect(m_discovery, &cluster::Discovery::finished, this,
        [this, seed, candidates, everyNode](bool ok, const Topology& found, const Error& error) {
            cluster::Discovery* operation = std::exchange(m_discovery, nullptr);
            operation->deleteLater();
            if (!ok)
                onSeedFailed(seed, candidates, everyNode, error);
            else if (!mayFollow(m_topology, found))
                onSeedFailed(seed, candidates, everyNode, notFollowed(found));
            else
                onDiscovered(*operation, found, everyNode);
        });
    if (everyNode)
        m_discovery->askEveryNode();
    if (isOpen())
        limitSilenceOf(seed);
    m_discovery->start();
}

/// Others may answer: a seed that says nothing at all, not even PONG, is not waited for any longer.
void Refresher::limitSilenceOf(const Endpoint& seed)
{
    const auto spoke = std::make_shared<bool>(false);
    m_pool->connectionTo(seed)->send({ "PING" }, [spoke](const net::Answer&) { *spoke = true; });
    QTimer::singleShot(patience(), m_discovery, [operation = m_discovery, spoke] {
        if (!*spoke)
            operation->cancel();
    });
}

void Refresher::onSeedFailed(
    const Endpoint& seed, const QList<Endpoint>& candidates, bool everyNode, const Error& error)
{
    const Error reason = error.code == ErrorCode::Cancelled ? silenceOf(*m_pool, seed) : error;
    if (isOpen()) {
        const QList<PollTarget> targets = RefreshPlan::targetsOf(m_topology);
        for (const PollTarget& target : targets) {
            if (target.address == seed)
                markSilent(target.id, missing(seed, reason));
        }
        if (!candidates.isEmpty()) {
            discover(candidates, everyNode);
            return;
        }
    }
    onRefreshFailed(reason);
}

void Refresher::onDiscovered(
    const cluster::Discovery& operation, const Topology& found, bool everyNode)
{
    m_views.addAll(operation);
    for (const cluster::MissingView& view : operation.missing())
        m_plan.notHeard(view.id);
    m_plan.heardAll(found.data().views);
    TopologyData data = found.data();
    if (isOpen()) {
        // Where the seed did not answer another node did; what the user typed stays.
        data.seed = m_topology.data().seed;
        if (found.data().seed != data.seed)
            data.seedDialled = m_topology.data().seedDialled;
        // Made anew, so that the shards keep the labels that they have.
        data.shards.clear();
    }
    const bool hasNodes
        = !operation.views().isEmpty() && operation.views().front().nodes.myself >= 0;
    if (hasNodes && isOpen())
        onRefreshed(m_views.merge(data, { data.state, data.currentEpoch }, m_topology), everyNode);
    else if (isOpen())
        onRefreshed(Topology::build(data, &m_topology), everyNode);
    else
        onRefreshed(cluster::withLabelsOf(m_knownShards, found), everyNode);
}

void Refresher::onTimer()
{
    if (m_discovery != nullptr || m_currentPoll != nullptr)
        return;
    m_wantedSoon = false;
    if (canPollNodes())
        poll();
    else
        discover(nextSeeds(), false);
}

/// One node, the others in turn if it does not tell. After a failure what the user typed is tried
/// too: the name may lead elsewhere by now.
void Refresher::poll()
{
    QList<PollTarget> targets
        = m_plan.nextTargets(m_topology, m_views.silent(), m_views.speaking());
    if (m_plan.hasFailed())
        targets.prepend({ {}, m_endpoint.endpoint });
    m_currentPoll = new Poll(m_pool, &m_views, targets, patience(), this);
    connect(m_currentPoll, &Poll::answered, this, &Refresher::onView);
    connect(m_currentPoll, &Poll::failed, this, &Refresher::onPollFailed);
    connect(m_currentPoll, &Poll::asking, this, &Refresher::watch);
    connect(m_currentPoll, &Poll::silent, this,
        [this](const PollTarget& target, const Silence& silence) {
            m_views.markSilent(target.id, silence);
        });
    m_currentPoll->start();
}

void Refresher::markSilent(const cluster::NodeId& id, const Silence& silence)
{
    m_views.markSilent(id, silence);
    m_plan.notHeard(id);
}

void Refresher::stopPolling()
{
    delete m_currentPoll;
}

void Refresher::onView(const cluster::ViewInput& view, ClusterInfo info)
{
    m_currentPoll = nullptr; // who is slow may still answer it
    if (m_plan.hasFailed())
        m_discoveryDue = true; // much may have changed
    m_views.add(view);
    judgeState(m_plan.heard(view.nodes), &info);
    onRefreshed(m_views.merge(m_topology.data(), info, m_topology), false);
}

/// Two sides that each answer say "ok" and "fail" in turn. It is a cluster that has failed for some
/// as long as both go on so, and told once.
void Refresher::judgeState(bool isOtherSide, ClusterInfo* info)
{
    const cluster::ClusterState said = info->state;
    if (isOtherSide) {
        m_bothSides = worse(m_oneSide, said);
        info->state = m_bothSides;
    } else if (m_plan.wantsOtherSide()) {
        // Until the other side has spoken too, what was told stays, if it is worse. (A discovery
        // may have told it.)
        const bool isFirst = m_bothSides == cluster::ClusterState::Unknown;
        m_oneSide = said;
        info->state = worse(isFirst ? m_topology.data().state : m_bothSides, said);
    } else {
        m_bothSides = cluster::ClusterState::Unknown;
    }
}

void Refresher::onPollFailed(const Error& error)
{
    m_currentPoll = nullptr;
    // They speak, but not as the cluster that is known; or there is nobody to ask but the seed.
    if (error.code == ErrorCode::InvalidInput)
        discover(nextSeeds(), false);
    else
        onRefreshFailed(error);
}

void Refresher::watch(net::Connection* connection)
{
    if (connection->state() == net::Connection::State::Ready)
        connect(connection, &net::Connection::closed, this, &Refresher::onConnectionClosed,
            Qt::UniqueConnection);
    else
        connect(connection, &net::Connection::ready, this, &Refresher::onConnectionReady,
            Qt::UniqueConnection);
}

void Refresher::onConnectionReady()
{
    watch(qobject_cast<net::Connection*>(sender()));
}

/// One that was good is gone: its node is asked next. (It may only have been idle for too long.)
void Refresher::onConnectionClosed(const Error& reason)
{
    if (reason.code == ErrorCode::Cancelled || m_interval <= 0ms || m_plan.hasFailed())
        return;
    m_plan.prefer(qobject_cast<net::Connection*>(sender())->announced());
    refreshSoon();
}

void Refresher::onRefreshed(const Topology& fresh, bool everyNodeAsked)
{
    const bool isFirst = m_topology.isEmpty();
    QList<cluster::TopologyEvent> events = eventsOf(cluster::diff(m_topology, fresh), fresh);
    m_topology = fresh;
    m_opened = true;
    m_plan.succeeded();
    if (!events.isEmpty())
        m_plan.expectChanges();
    events = m_reach.eventsOf(m_views, m_topology, isFirst) + events;
    const bool isTrouble
        = m_plan.seesNewTrouble(m_topology, m_views.silent()) || m_views.missesNodes();
    if (isTrouble && !everyNodeAsked)
        m_discoveryDue = true;
    if (m_discoveryDue && m_plan.takeDiscovery())
        discover(nextSeeds(), true);
    else if (m_wantedSoon)
        m_timer.start(m_plan.hurriedDelay());
    else
        scheduleIn(m_plan.nextDelay(canPollNodes()));
    const QPointer<Refresher> self(this);
    Q_EMIT topologyChanged(m_topology);
    if (self && !events.isEmpty())
        Q_EMIT changed(events);
}

void Refresher::onRefreshFailed(const Error& error)
{
    if (!isOpen()) {
        Q_EMIT openFailed(error);
        return;
    }
    m_plan.failed();
    scheduleIn(m_plan.nextDelay(canPollNodes()));
    const QPointer<Refresher> self(this);
    tellOfSilence();
    if (self)
        Q_EMIT refreshFailed(error);
}

/// The topology as it was, with what has fallen silent since.
void Refresher::tellOfSilence()
{
    if (!canPollNodes())
        return;
    TopologyData data = m_topology.data();
    m_views.countViews(&data);
    if (data.viewsAnswered == m_topology.data().viewsAnswered
        && data.viewsAsked == m_topology.data().viewsAsked
        && data.warnings == m_topology.data().warnings) {
        return;
    }
    m_topology = Topology::build(data, &m_topology);
    const QList<cluster::TopologyEvent> events = m_reach.eventsOf(m_views, m_topology, false);
    const QPointer<Refresher> self(this);
    Q_EMIT topologyChanged(m_topology);
    if (self && !events.isEmpty())
        Q_EMIT changed(events);
}

std::chrono::milliseconds Refresher::patience() const
{
    return std::min(m_pool->options().patience(), longestSilence);
}

void Refresher::prefer(const Endpoint& target)
{
    m_plan.prefer(target);
    refreshSoon();
}

void Refresher::askAllSoon()
{
    m_discoveryDue = true;
    refreshSoon();
}

void Refresher::endBackoff()
{
    if (!m_plan.endBackoff())
        return;
    m_discoveryDue = true;
    refreshSoon();
}

void Refresher::refreshSoon()
{
    if (!isOpen() || m_plan.hasFailed())
        return; // while nobody answers, what runs meet is no news
    m_wantedSoon = true;
    if (m_discovery != nullptr || m_currentPoll != nullptr)
        return; // it may have been asked too early: once more after it
    const auto delay = m_plan.hurriedDelay();
    if (!m_timer.isActive() || m_timer.remainingTimeAsDuration() > delay)
        m_timer.start(delay);
}

void Refresher::scheduleIn(std::chrono::milliseconds delay)
{
    if (m_interval > 0ms)
        m_timer.start(delay);
}

} // namespace slotscope::session
