// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/session/session.h"

#include "core/explain/errors.h"
#include "core/explain/topology.h"
#include "core/session/refreshplan.h"
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

/// Of one refresh, so that it ends in a few seconds when the network is gone.
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
        , pollLimit(this)
    {
        timer.setSingleShot(true);
        connect(&timer, &QTimer::timeout, this, &Private::onTimer);
        pollLimit.setSingleShot(true);
        connect(&pollLimit, &QTimer::timeout, this, &Private::onPollLimit);
    }

    ~Private() override
    {
        // They use the pool, and members are gone before children are.
        qDeleteAll(runs);
        delete discovery;
    }

    void discover(QList<Endpoint> candidates);
    void limitSilenceOf(const Endpoint& seed);
    void onSeedFailed(const Endpoint& seed, const QList<Endpoint>& candidates, const Error& error);
    void onDiscovered(const cluster::Discovery& operation, const Topology& found);
    void onTimer();
    void poll();
    void askNext();
    void onNodes(const net::Answer& answer, const ClusterInfo& info);
    void askSlots(cluster::ViewInput view, ClusterInfo info);
    void onPollLimit();
    void stopPolling();
    void onView(cluster::ViewInput view, const ClusterInfo& info);
    void onRefreshed(const Topology& fresh, bool everyNodeAsked);
    void onRefreshFailed(const Error& error);
    void tellOfSilence();
    void onMoved(const Endpoint& target);
    void onTrouble();
    void refreshSoon();
    void scheduleIn(std::chrono::milliseconds delay);
    QList<Endpoint> nextSeeds();
    std::chrono::milliseconds patience() const;
    Error silenceOf(const Endpoint& address);
    bool isCurrent(quint64 question) const { return question == lastQuestion; }
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
    QTimer pollLimit; ///< of the node that is being asked
    Topology topology;
    QStringList warnings; ///< of the last discovery
    QHash<quint64, command::CommandRun*> runs;
    cluster::Discovery* discovery = nullptr;
    bool opened = false;
    bool polling = false;
    bool discoveryDue = false; ///< trouble was seen, and it is too soon to ask every node
    PollTarget asked;
    QList<PollTarget> toAsk; ///< if `asked` does not answer
    quint64 lastQuestion = 0; ///< answers to earlier ones come too late
    bool anyAnswer = false; ///< in this poll, though it was no view
    QString pollTrouble; ///< why `asked`'s own view is missing
    std::optional<Error> pollError; ///< why the last of this poll did not answer
};

/// What the user typed, then a few others: those that have answered before those that are silent.
QList<Endpoint> Session::Private::nextSeeds()
{
    QList<Endpoint> endpoints { config.endpoint.endpoint };
    const QList<PollTarget> targets = plan.nextTargets(topology, views.silent());
    for (const PollTarget& target : targets) {
        if (endpoints.size() < mostAttempts && !endpoints.contains(target.address))
            endpoints.append(target.address);
    }
    return endpoints;
}

void Session::Private::discover(QList<Endpoint> candidates)
{
    if (discovery != nullptr)
        return;
    stopPolling();
    timer.stop();
    discoveryDue = false;
    const Endpoint seed = candidates.takeFirst();
    discovery = new cluster::Discovery(&pool, seed, config.endpoint.typed, this);
    connect(discovery, &cluster::Discovery::finished, this,
        [this, seed, candidates](bool ok, const Topology& found, const Error& error) {
            cluster::Discovery* operation = std::exchange(discovery, nullptr);
            operation->deleteLater();
            if (ok)
                onDiscovered(*operation, found);
            else
                onSeedFailed(seed, candidates, error);
        });
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
    const Endpoint& seed, const QList<Endpoint>& candidates, const Error& error)
{
    const Error reason = error.code == ErrorCode::Cancelled ? silenceOf(seed) : error;
    if (isOpen()) {
        const QList<PollTarget> targets = RefreshPlan::targetsOf(topology);
        for (const PollTarget& target : targets) {
            if (target.address == seed)
                views.markSilent(target.id, missing(seed, reason));
        }
        if (!candidates.isEmpty()) {
            discover(candidates);
            return;
        }
    }
    onRefreshFailed(reason);
}

void Session::Private::onDiscovered(const cluster::Discovery& operation, const Topology& found)
{
    views.replaceAll(operation.views());
    TopologyData data = found.data();
    warnings = data.warnings;
    if (isOpen()) {
        // Where the seed did not answer another node did; what the user typed stays.
        data.seed = topology.data().seed;
        if (found.data().seed != data.seed)
            data.seedDialled = topology.data().seedDialled;
        // Made anew, so that the shards keep the labels that they have.
        data.shards.clear();
        onRefreshed(Topology::build(data, &topology), true);
    } else {
        onRefreshed(found, true);
    }
}

void Session::Private::onTimer()
{
    if (discovery != nullptr || polling)
        return;
    if (canPollNodes() && !plan.hasFailed())
        poll();
    else
        discover(nextSeeds());
}

/// A few nodes in turn, until one answers.
void Session::Private::poll()
{
    toAsk = plan.nextTargets(topology, views.silent());
    toAsk.resize(std::min(toAsk.size(), mostAttempts));
    polling = true;
    anyAnswer = false;
    pollError.reset();
    askNext();
}

void Session::Private::askNext()
{
    if (toAsk.isEmpty()) {
        stopPolling();
        // They speak, but not as the cluster that is known; or there is nobody to ask but the seed.
        if (anyAnswer || !pollError)
            discover(nextSeeds());
        else
            onRefreshFailed(*pollError);
        return;
    }
    asked = toAsk.takeFirst();
    pollLimit.start(patience());
    const auto info = std::make_shared<ClusterInfo>();
    const QPointer<Private> self(this);
    pool.connectionTo(asked.address)
        ->sendTogether({ { "CLUSTER", "INFO" }, { "CLUSTER", "NODES" } },
            { [info](const net::Answer& answer) { *info = ClusterInfo::of(answer); },
                [self, info, question = ++lastQuestion](const net::Answer& answer) {
                    if (self && self->isCurrent(question))
                        self->onNodes(answer, *info);
                } });
}

void Session::Private::onNodes(const net::Answer& answer, const ClusterInfo& info)
{
    const ViewKeeper::Understood understood = views.understand(answer, asked);
    if (answer.reply) {
        anyAnswer = true;
    } else {
        pollError = answer.reply.error();
        pollError->address = asked.address.toString();
    }
    pollTrouble = understood.trouble;
    if (!understood.view) {
        views.markSilent(asked.id, pollTrouble);
        qCDebug(support::logSession) << "no view from" << asked.address.toString();
        askNext();
    } else if (views.needsSlots(*understood.view)) {
        askSlots(*understood.view, info);
    } else {
        onView(*understood.view, info);
    }
}

void Session::Private::askSlots(cluster::ViewInput view, ClusterInfo info)
{
    pollLimit.start(patience());
    const QPointer<Private> self(this);
    pool.connectionTo(asked.address)
        ->send({ "CLUSTER", "SLOTS" },
            [self, view, info, question = ++lastQuestion](const net::Answer& answer) mutable {
                if (!self || !self->isCurrent(question))
                    return;
                if (answer.reply && !answer.reply->isError()) {
                    if (auto parsed = cluster::parseSlots(*answer.reply))
                        view.slotsView = std::move(parsed).value();
                }
                self->onView(view, info);
            });
}

void Session::Private::onPollLimit()
{
    ++lastQuestion; // its answer comes too late
    pollError = silenceOf(asked.address);
    views.markSilent(asked.id, missing(asked.address, *pollError));
    askNext();
}

void Session::Private::stopPolling()
{
    polling = false;
    pollLimit.stop();
    ++lastQuestion;
}

void Session::Private::onView(cluster::ViewInput view, const ClusterInfo& info)
{
    stopPolling();
    views.add(std::move(view));
    if (!pollTrouble.isEmpty())
        views.markSilent(asked.id, pollTrouble); // another node's view
    onRefreshed(views.merge(topology, info, warnings), false);
}

void Session::Private::onRefreshed(const Topology& fresh, bool everyNodeAsked)
{
    const QList<cluster::TopologyEvent> events = eventsOf(cluster::diff(topology, fresh), fresh);
    topology = fresh;
    opened = true;
    plan.succeeded();
    if (plan.seesNewTrouble(topology, views.silent()) && !everyNodeAsked)
        discoveryDue = true;
    if (discoveryDue && plan.takeDiscovery())
        discover(nextSeeds());
    else
        scheduleIn(plan.nextDelay(canPollNodes()));
    const QPointer<Private> self(this);
    Q_EMIT q->topologyChanged(topology);
    if (self && !events.isEmpty())
        Q_EMIT q->changed(events);
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
    views.countViews(&data, warnings);
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

Error Session::Private::silenceOf(const Endpoint& address)
{
    const bool isOpening = pool.connectionTo(address)->state() == net::Connection::State::Opening;
    return { isOpening ? ErrorCode::ConnectTimeout : ErrorCode::ReplyTimeout, {},
        address.toString() };
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

void Session::Private::refreshSoon()
{
    if (!isOpen() || discovery != nullptr || polling)
        return; // what is under way will tell
    const auto delay = plan.delayAfterMoved();
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
    d->discover(d->nextSeeds());
}

void Session::run(quint64 runId, const command::Argv& argv, const command::Behaviour& behaviour)
{
    if (d->runs.contains(runId))
        return;
    const command::RunContext context { &d->pool, d->topology, d->config.endpoint.endpoint, {},
        [this] { return d->topology; } };
    auto* run = new command::CommandRun(context, argv, behaviour, d.get());
    d->runs.insert(runId, run);
    connect(run, &command::CommandRun::traceChanged, d.get(),
        [this, runId](const command::Trace& trace) { Q_EMIT traceChanged(runId, trace); });
    connect(run, &command::CommandRun::movedSeen, d.get(),
        [this](cluster::Slot, const Endpoint& target) { d->onMoved(target); });
    connect(run, &command::CommandRun::refreshWanted, d.get(), [this] { d->onTrouble(); });
    connect(run, &command::CommandRun::finished, d.get(),
        [this, runId, run](const command::Trace& trace) {
            d->runs.remove(runId);
            run->deleteLater();
            Q_EMIT runFinished(runId, trace);
        });
    run->start();
}

void Session::cancelRun(quint64 runId)
{
    if (command::CommandRun* run = d->runs.value(runId))
        run->cancel();
}

} // namespace slotscope::session

#include "session.moc"
