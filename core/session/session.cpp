// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/session/session.h"

#include "core/session/refreshplan.h"
#include "core/session/viewkeeper.h"
#include "core/support/log.h"

#include <QPointer>
#include <QTimer>

namespace slotscope::session {

using namespace std::chrono_literals;
using cluster::Topology;
using net::Endpoint;
using support::Error;
using support::ErrorCode;

namespace {

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
    }

    ~Private() override
    {
        // They use the pool, and members are gone before children are.
        qDeleteAll(runs);
        delete discovery;
    }

    void discover(QList<Endpoint> seeds);
    void onDiscovered(const cluster::Discovery& operation, const Topology& found);
    void onTimer();
    void poll(QList<PollTarget> targets);
    void askSlots(const PollTarget& target, cluster::ViewInput view, ClusterInfo info);
    void onView(cluster::ViewInput view, const ClusterInfo& info);
    void onRefreshed(const Topology& fresh);
    void onRefreshFailed(const Error& error);
    void onMoved(const Endpoint& target);
    void scheduleIn(std::chrono::milliseconds delay);
    QList<Endpoint> seeds() const;
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
    QStringList warnings; ///< of the last discovery
    QHash<quint64, command::CommandRun*> runs;
    cluster::Discovery* discovery = nullptr;
    bool opened = false;
    bool polling = false;
    bool discoveryWanted = false; ///< refresh() came while a poll was under way
};

QList<Endpoint> Session::Private::seeds() const
{
    QList<Endpoint> endpoints { config.endpoint.endpoint };
    const QList<PollTarget> targets = plan.targetsOf(topology);
    for (const PollTarget& target : targets) {
        if (!endpoints.contains(target.address))
            endpoints.append(target.address);
    }
    return endpoints;
}

void Session::Private::discover(QList<Endpoint> candidates)
{
    if (discovery != nullptr)
        return;
    timer.stop();
    const Endpoint seed = candidates.takeFirst();
    discovery = new cluster::Discovery(&pool, seed, config.endpoint.typed, this);
    connect(discovery, &cluster::Discovery::finished, this,
        [this, candidates](bool ok, const Topology& found, const Error& error) {
            cluster::Discovery* operation = std::exchange(discovery, nullptr);
            operation->deleteLater();
            if (ok)
                onDiscovered(*operation, found);
            else if (isOpen() && !candidates.isEmpty())
                discover(candidates);
            else
                onRefreshFailed(error);
        });
    discovery->start();
}

void Session::Private::onDiscovered(const cluster::Discovery& operation, const Topology& found)
{
    views.replaceAll(operation.views());
    cluster::TopologyData data = found.data();
    warnings = data.warnings;
    if (isOpen()) {
        // Where the seed did not answer another node did; what the user typed stays.
        data.seed = topology.data().seed;
        if (found.data().seed != data.seed)
            data.seedDialled = topology.data().seedDialled;
        // Made anew, so that the shards keep the labels that they have.
        data.shards.clear();
        onRefreshed(Topology::build(data, &topology));
    } else {
        onRefreshed(found);
    }
}

void Session::Private::onTimer()
{
    if (discovery != nullptr || polling)
        return;
    if (canPollNodes())
        poll(plan.nextTargets(topology));
    else
        discover(seeds());
}

void Session::Private::poll(QList<PollTarget> targets)
{
    if (targets.isEmpty()) {
        polling = false;
        discover(seeds());
        return;
    }
    polling = true;
    const PollTarget target = targets.takeFirst();
    const auto info = std::make_shared<ClusterInfo>();
    const QPointer<Private> self(this);
    pool.connectionTo(target.address)
        ->sendTogether({ { "CLUSTER", "INFO" }, { "CLUSTER", "NODES" } },
            { [info](const net::Answer& answer) { *info = ClusterInfo::of(answer); },
                [self, info, target, targets](const net::Answer& answer) {
                    if (!self)
                        return;
                    const auto view = self->views.understand(answer, target.address);
                    if (!view) {
                        qCDebug(support::logSession) << "no view from" << target.address.toString();
                        self->views.markSilent(target.id);
                        self->poll(targets);
                    } else if (self->views.needsSlots(*view)) {
                        self->askSlots(target, *view, *info);
                    } else {
                        self->onView(*view, *info);
                    }
                } });
}

void Session::Private::askSlots(const PollTarget& target, cluster::ViewInput view, ClusterInfo info)
{
    const QPointer<Private> self(this);
    pool.connectionTo(target.address)
        ->send({ "CLUSTER", "SLOTS" }, [self, view, info](const net::Answer& answer) mutable {
            if (!self)
                return;
            if (answer.reply && !answer.reply->isError()) {
                if (auto parsed = cluster::parseSlots(*answer.reply))
                    view.slotsView = std::move(parsed).value();
            }
            self->onView(view, info);
        });
}

void Session::Private::onView(cluster::ViewInput view, const ClusterInfo& info)
{
    polling = false;
    views.add(std::move(view));
    onRefreshed(views.merge(topology, info, warnings));
}

void Session::Private::onRefreshed(const Topology& fresh)
{
    topology = fresh;
    opened = true;
    plan.succeeded();
    if (std::exchange(discoveryWanted, false))
        discover(seeds());
    else
        scheduleIn(plan.nextDelay(canPollNodes()));
    Q_EMIT q->topologyChanged(topology);
}

void Session::Private::onRefreshFailed(const Error& error)
{
    polling = false;
    discoveryWanted = false;
    if (!isOpen()) {
        Q_EMIT q->openFailed(error);
        return;
    }
    plan.failed();
    scheduleIn(plan.nextDelay(canPollNodes()));
    Q_EMIT q->refreshFailed(error);
}

void Session::Private::onMoved(const Endpoint& target)
{
    if (!isOpen() || discovery != nullptr || polling)
        return; // what is under way will tell
    plan.prefer(target);
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
    if (d->polling)
        d->discoveryWanted = true;
    else
        d->discover(d->seeds());
}

void Session::run(quint64 runId, const command::Argv& argv, const command::Behaviour& behaviour)
{
    if (d->runs.contains(runId))
        return;
    auto* run = new command::CommandRun(
        &d->pool, argv, behaviour, d->topology, d->config.endpoint.endpoint, {}, d.get());
    d->runs.insert(runId, run);
    connect(run, &command::CommandRun::traceChanged, d.get(),
        [this, runId](const command::Trace& trace) { Q_EMIT traceChanged(runId, trace); });
    connect(run, &command::CommandRun::movedSeen, d.get(),
        [this](cluster::Slot, const Endpoint& target) { d->onMoved(target); });
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
