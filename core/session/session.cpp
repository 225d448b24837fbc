// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/session/session.h"

#include "core/explain/errors.h"
#include "core/explain/topology.h"
#include "core/session/jobs.h"
#include "core/session/poll.h"
#include "core/session/refreshplan.h"
#include "core/session/runs.h"
#include "core/session/viewkeeper.h"
#include "core/support/log.h"

#include <QPointer>
#include <QTimer>

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

net::ConnectionOptions connectionOptions(const SessionConfig& config)
{
    net::ConnectionOptions options = config.options;
    if (config.endpoint.tls)
        options.tls.enabled = true;
    if (options.user.isEmpty())
        options.user = config.endpoint.user;
    if (!options.password)
        options.password = config.endpoint.password;
    return options;
}

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
    return { ErrorCode::WrongNode, found.data().answeredBy.shortText(),
        found.data().seed.toString() };
}

QString missing(const Endpoint& address, const Error& error)
{
    return explain::viewMissing(address.toString(), explain::errorSentence(error));
}

} // namespace

class Session::Private : public QObject
{
    Q_OBJECT
public:
    // With parents throughout, so that a session can be moved to the I/O thread in one piece.
    Private(SessionConfig sessionConfig, Session* owner)
        : QObject(owner)
        , q(owner)
        , config(std::move(sessionConfig))
        , pool(connectionOptions(config), this)
        , plan(config.refreshInterval)
        , timer(this)
    {
        timer.setSingleShot(true);
        connect(&timer, &QTimer::timeout, this, &Private::onTimer);
        jobs = new Jobs([this] { return runContext(); }, this);
        connect(jobs, &Jobs::movedTo, this, &Private::onMoved);
        connect(jobs, &Jobs::refreshWanted, this, &Private::onTrouble);
        connect(jobs, &Jobs::newerMapWanted, this, &Private::refreshSoon);
        runs = new Runs([this] { return runContext(); }, this);
        connect(runs, &Runs::traceChanged, this, [this](quint64 id, const command::Trace& trace) {
            onTrace(trace);
            Q_EMIT q->traceChanged(id, trace);
        });
        connect(runs, &Runs::runFinished, q, &Session::runFinished);
        connect(runs, &Runs::fanOutChanged, q, &Session::fanOutChanged);
        connect(runs, &Runs::fanOutFinished, q, &Session::fanOutFinished);
        connect(runs, &Runs::movedTo, this, &Private::onMoved);
        connect(runs, &Runs::refreshWanted, this, &Private::onTrouble);
    }

    ~Private() override
    {
        // They use the pool, and members are gone before children are.
        delete jobs;
        delete runs;
        delete discovery;
        qDeleteAll(findChildren<Poll*>());
    }

    void discover(QList<Endpoint> candidates, bool everyNode = false);
    void limitSilenceOf(const Endpoint& seed);
    void onSeedFailed(const Endpoint& seed, const QList<Endpoint>& candidates, bool everyNode,
        const Error& error);
    void onDiscovered(const cluster::Discovery& operation, const Topology& found, bool everyNode);
    void onTimer();
    void poll();
    void stopPolling();
    void onView(const cluster::ViewInput& view, const ClusterInfo& info);
    void onPollFailed(const Error& error);
    void watch(net::Connection* connection);
    void onConnectionReady();
    void onConnectionClosed(const Error& reason);
    void onRefreshed(const Topology& fresh, bool everyNodeAsked);
    void onRefreshFailed(const Error& error);
    void tellOfSilence();
    void onMoved(const Endpoint& target);
    void onTrouble();
    void onTrace(const command::Trace& trace);
    void refreshSoon();
    void scheduleIn(std::chrono::milliseconds delay);
    command::RunContext runContext()
    {
        const net::Endpoint& seed = config.endpoint.endpoint;
        return { &pool, topology, seed, {}, [this] { return topology; }, table };
    }
    void askForTable();
    QList<Endpoint> nextSeeds();
    std::chrono::milliseconds patience() const;
    bool isOpen() const { return !topology.isEmpty() || opened; }
    bool canPollNodes() const
    {
        return topology.data().kind == cluster::Kind::Cluster && views.hasNodes();
    }

    Session* q;
    SessionConfig config;
    net::ConnectionPool pool;
    RefreshPlan plan;
    ViewKeeper views;
    QTimer timer;
    Topology topology;
    Jobs* jobs = nullptr;
    command::CommandTable table;
    bool tableAsked = false;
    Runs* runs = nullptr;
    cluster::Discovery* discovery = nullptr;
    bool opened = false;
    QPointer<Poll> currentPoll; ///< until it has told a view or failed
    bool wantedSoon = false; ///< a refresh, since the last one began
    bool discoveryDue = false; ///< trouble was seen, and it is too soon to ask every node
};

/// What the user typed, then a few others: those that have answered before those that are silent.
QList<Endpoint> Session::Private::nextSeeds()
{
    QList<Endpoint> endpoints { config.endpoint.endpoint };
    const QList<PollTarget> targets = plan.nextTargets(topology, views.silent(), views.speaking());
    for (const PollTarget& target : targets) {
        if (endpoints.size() < mostAttempts && !endpoints.contains(target.address))
            endpoints.append(target.address);
    }
    return endpoints;
}

void Session::Private::discover(QList<Endpoint> candidates, bool everyNode)
{
    if (discovery != nullptr)
        return;
    stopPolling();
    timer.stop();
    wantedSoon = false;
    discoveryDue = false;
    const Endpoint seed = candidates.takeFirst();
    discovery = new cluster::Discovery(&pool, seed, config.endpoint.typed, this);
    connect(discovery, &cluster::Discovery::finished, this,
        [this, seed, candidates, everyNode](bool ok, const Topology& found, const Error& error) {
            cluster::Discovery* operation = std::exchange(discovery, nullptr);
            operation->deleteLater();
            if (!ok)
                onSeedFailed(seed, candidates, everyNode, error);
            else if (!mayFollow(topology, found))
                onSeedFailed(seed, candidates, everyNode, notFollowed(found));
            else
                onDiscovered(*operation, found, everyNode);
        });
    if (everyNode)
        discovery->askEveryNode();
    if (isOpen())
        limitSilenceOf(seed);
    discovery->start();
}

/// Others may answer: a seed that says nothing at all, not even PONG, is not waited for any longer.
void Session::Private::limitSilenceOf(const Endpoint& seed)
{
    const auto spoke = std::make_shared<bool>(false);
    pool.connectionTo(seed)->send({ "PING" }, [spoke](const net::Answer&) { *spoke = true; });
    QTimer::singleShot(patience(), discovery, [operation = discovery, spoke] {
        if (!*spoke)
            operation->cancel();
    });
}

void Session::Private::onSeedFailed(
    const Endpoint& seed, const QList<Endpoint>& candidates, bool everyNode, const Error& error)
{
    const Error reason = error.code == ErrorCode::Cancelled ? silenceOf(pool, seed) : error;
    if (isOpen()) {
        const QList<PollTarget> targets = RefreshPlan::targetsOf(topology);
        for (const PollTarget& target : targets) {
            if (target.address == seed)
                views.markSilent(target.id, missing(seed, reason));
        }
        if (!candidates.isEmpty()) {
            discover(candidates, everyNode);
            return;
        }
    }
    onRefreshFailed(reason);
}

void Session::Private::onDiscovered(
    const cluster::Discovery& operation, const Topology& found, bool everyNode)
{
    views.addAll(operation);
    TopologyData data = found.data();
    if (isOpen()) {
        // Where the seed did not answer another node did; what the user typed stays.
        data.seed = topology.data().seed;
        if (found.data().seed != data.seed)
            data.seedDialled = topology.data().seedDialled;
        // Made anew, so that the shards keep the labels that they have.
        data.shards.clear();
    }
    const bool hasNodes
        = !operation.views().isEmpty() && operation.views().front().nodes.myself >= 0;
    if (hasNodes && isOpen())
        onRefreshed(views.merge(data, { data.state, data.currentEpoch }, topology), everyNode);
    else
        onRefreshed(Topology::build(data, &topology), everyNode);
}

void Session::Private::onTimer()
{
    if (discovery != nullptr || currentPoll != nullptr)
        return;
    wantedSoon = false;
    if (canPollNodes())
        poll();
    else
        discover(nextSeeds());
}

/// One node, the others in turn if it does not tell. After a failure what the user typed is tried
/// too: the name may lead elsewhere by now.
void Session::Private::poll()
{
    QList<PollTarget> targets = plan.nextTargets(topology, views.silent(), views.speaking());
    if (plan.hasFailed())
        targets.prepend({ {}, config.endpoint.endpoint });
    currentPoll = new Poll(&pool, &views, targets, patience(), this);
    connect(currentPoll, &Poll::answered, this, &Private::onView);
    connect(currentPoll, &Poll::failed, this, &Private::onPollFailed);
    connect(currentPoll, &Poll::asking, this, &Private::watch);
    connect(currentPoll, &Poll::silent, this,
        [this](const PollTarget& target, const QString& why) { views.markSilent(target.id, why); });
    currentPoll->start();
}

void Session::Private::stopPolling()
{
    delete currentPoll;
}

void Session::Private::onView(const cluster::ViewInput& view, const ClusterInfo& info)
{
    currentPoll = nullptr; // who is slow may still answer it
    if (plan.hasFailed())
        discoveryDue = true; // much may have changed
    views.add(view);
    onRefreshed(views.merge(topology.data(), info, topology), false);
}

void Session::Private::onPollFailed(const Error& error)
{
    currentPoll = nullptr;
    // They speak, but not as the cluster that is known; or there is nobody to ask but the seed.
    if (error.code == ErrorCode::InvalidInput)
        discover(nextSeeds());
    else
        onRefreshFailed(error);
}

void Session::Private::watch(net::Connection* connection)
{
    if (connection->state() == net::Connection::State::Ready)
        connect(connection, &net::Connection::closed, this, &Private::onConnectionClosed,
            Qt::UniqueConnection);
    else
        connect(connection, &net::Connection::ready, this, &Private::onConnectionReady,
            Qt::UniqueConnection);
}

void Session::Private::onConnectionReady()
{
    watch(qobject_cast<net::Connection*>(sender()));
}

/// One that was good is gone: its node is asked next. (It may only have been idle for too long.)
void Session::Private::onConnectionClosed(const Error& reason)
{
    if (reason.code == ErrorCode::Cancelled || config.refreshInterval <= 0ms || plan.hasFailed())
        return;
    plan.prefer(qobject_cast<net::Connection*>(sender())->announced());
    refreshSoon();
}

void Session::Private::onRefreshed(const Topology& fresh, bool everyNodeAsked)
{
    const QList<cluster::TopologyEvent> events = eventsOf(cluster::diff(topology, fresh), fresh);
    topology = fresh;
    opened = true;
    plan.succeeded();
    if (!events.isEmpty())
        plan.expectChanges();
    const bool isTrouble = plan.seesNewTrouble(topology, views.silent()) || views.missesNodes();
    if (isTrouble && !everyNodeAsked)
        discoveryDue = true;
    if (discoveryDue && plan.takeDiscovery())
        discover(nextSeeds(), true);
    else if (wantedSoon)
        timer.start(plan.hurriedDelay());
    else
        scheduleIn(plan.nextDelay(canPollNodes()));
    askForTable();
    const QPointer<Private> self(this);
    Q_EMIT q->topologyChanged(topology);
    if (self && !events.isEmpty())
        Q_EMIT q->changed(events);
}

/// Once, when what is urgent is done. Where it is refused the built-in table goes on.
void Session::Private::askForTable()
{
    if (std::exchange(tableAsked, true) || topology.data().kind == cluster::Kind::Sentinel)
        return;
    QTimer::singleShot(config.commandTableDelay, this, [this] {
        const QPointer<Private> self(this);
        pool.connectionTo(config.endpoint.endpoint)
            ->send({ "COMMAND" }, [self](const net::Answer& answer) {
                const auto told = command::CommandTable::fromReply(
                    answer.reply ? *answer.reply : resp::Reply());
                if (self && told)
                    Q_EMIT self->q->commandTableChanged(self->table = *told);
            });
    });
}

void Session::Private::onRefreshFailed(const Error& error)
{
    if (!isOpen()) {
        Q_EMIT q->openFailed(error);
        return;
    }
    plan.failed();
    scheduleIn(plan.nextDelay(canPollNodes()));
    const QPointer<Private> self(this);
    tellOfSilence();
    if (self)
        Q_EMIT q->refreshFailed(error);
}

/// The topology as it was, with what has fallen silent since.
void Session::Private::tellOfSilence()
{
    if (!canPollNodes())
        return;
    TopologyData data = topology.data();
    views.countViews(&data);
    if (data.viewsAnswered == topology.data().viewsAnswered
        && data.viewsAsked == topology.data().viewsAsked
        && data.warnings == topology.data().warnings) {
        return;
    }
    topology = Topology::build(data, &topology);
    Q_EMIT q->topologyChanged(topology);
}

std::chrono::milliseconds Session::Private::patience() const
{
    return std::min(pool.options().timeout, longestSilence);
}

void Session::Private::onMoved(const Endpoint& target)
{
    plan.prefer(target);
    refreshSoon();
}

/// A run met CLUSTERDOWN, or lost a node: every node is asked, as soon as that is not too often.
void Session::Private::onTrouble()
{
    discoveryDue = true;
    refreshSoon();
}

/// A node has answered a run: the pauses between refreshes that failed end.
void Session::Private::onTrace(const command::Trace& trace)
{
    if (!plan.hasFailed() || trace.hops.isEmpty())
        return;
    switch (trace.hops.last().outcome) {
    case command::HopOutcome::Pending:
    case command::HopOutcome::ConnectFailed:
    case command::HopOutcome::OutcomeUnknown:
    case command::HopOutcome::Cancelled:
        return;
    default:
        plan.endBackoff();
        discoveryDue = true;
        refreshSoon();
    }
}

void Session::Private::refreshSoon()
{
    if (!isOpen() || plan.hasFailed())
        return; // while nobody answers, what runs meet is no news
    wantedSoon = true;
    if (discovery != nullptr || currentPoll != nullptr)
        return; // it may have been asked too early: once more after it
    const auto delay = plan.hurriedDelay();
    if (!timer.isActive() || timer.remainingTimeAsDuration() > delay)
        timer.start(delay);
}

void Session::Private::scheduleIn(std::chrono::milliseconds delay)
{
    if (config.refreshInterval > 0ms)
        timer.start(delay);
}

Session::Session(SessionConfig config, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(std::move(config), this))
{ }

Session::~Session() = default;

void Session::open()
{
    d->discover({ d->config.endpoint.endpoint });
}

void Session::refresh()
{
    d->discover(d->nextSeeds(), true);
}

void Session::run(quint64 runId, const command::Argv& argv, const command::Behaviour& behaviour)
{
    d->runs->run(runId, argv, behaviour);
}

void Session::runFanOut(quint64 runId, const command::Argv& argv, command::FanOutTarget target)
{
    d->runs->runFanOut(runId, argv, target);
}

void Session::cancelRun(quint64 runId)
{
    d->runs->cancel(runId);
}

const command::CommandTable& Session::commandTable() const
{
    return d->table;
}

Jobs* Session::jobs() const
{
    return d->jobs;
}

} // namespace slotscope::session

#include "session.moc"
