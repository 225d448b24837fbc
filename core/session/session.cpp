// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/session/session.h"

#include "core/command/nodenames.h"
#include "core/net/sshtunnel.h"
#include "core/session/jobs.h"
#include "core/session/metricspoller.h"
#include "core/session/refresher.h"
#include "core/session/runs.h"

#include <QPointer>
#include <QTimer>

namespace slotscope::session {

namespace {

constexpr int meterEveryMs = 100;

net::ConnectionOptions connectionOptions(const SessionConfig& config)
{
    net::ConnectionOptions options = config.options;
    if (config.endpoint.tls)
        options.tls.enabled = true;
    if (options.user.isEmpty())
        options.user = config.endpoint.user;
    if (!options.password)
        options.password = config.endpoint.password;
    options.setSeed(config.endpoint.endpoint);
    return options;
}

/// Some node has answered.
bool isAnswered(const command::Trace& trace)
{
    if (trace.hops.isEmpty())
        return false;
    switch (trace.hops.last().outcome) {
    case command::HopOutcome::Pending:
    case command::HopOutcome::ConnectFailed:
    case command::HopOutcome::OutcomeUnknown:
    case command::HopOutcome::Cancelled:
        return false;
    default:
        return true;
    }
}

} // namespace

class Session::Private final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Private)
public:
    // With parents throughout, so that a session can be moved to the I/O thread in one piece.
    Private(SessionConfig sessionConfig, Session* owner)
        : QObject(owner)
        , q(owner)
        , config(std::move(sessionConfig))
        , meterTimer(this)
        , pool(optionsWithMeter(), this)
        , refresher(new Refresher(&pool, config.endpoint, config.refreshInterval, this))
        , jobs(new Jobs([this] { return runContext(); }, this))
        , runs(new Runs([this] { return runContext(); }, config.readOnly, this))
        , metrics(new MetricsPoller(&pool, this))
    {
        meterTimer.setInterval(meterEveryMs);
        connect(&meterTimer, &QTimer::timeout, this, &Private::tellRedirects);
        refresher->setKnownShards(config.knownShards);
        connect(refresher, &Refresher::openFailed, q, &Session::openFailed);
        connect(refresher, &Refresher::topologyChanged, this, &Private::onTopology);
        connect(refresher, &Refresher::changed, q, &Session::changed);
        connect(refresher, &Refresher::refreshFailed, q, &Session::refreshFailed);

        connect(jobs, &Jobs::movedTo, refresher, &Refresher::prefer);
        connect(jobs, &Jobs::refreshWanted, refresher, &Refresher::askAllSoon);
        connect(jobs, &Jobs::newerMapWanted, refresher, &Refresher::refreshSoon);

        connect(runs, &Runs::traceChanged, this, &Private::onTrace);
        connect(runs, &Runs::runFinished, q, &Session::runFinished);
        connect(runs, &Runs::fanOutChanged, q, &Session::fanOutChanged);
        connect(runs, &Runs::fanOutFinished, q, &Session::fanOutFinished);
        connect(runs, &Runs::pipelineChanged, q, &Session::pipelineChanged);
        connect(runs, &Runs::pipelineFinished, q, &Session::pipelineFinished);
        connect(runs, &Runs::movedTo, refresher, &Refresher::prefer);
        connect(runs, &Runs::refreshWanted, refresher, &Refresher::askAllSoon);

        connect(metrics, &MetricsPoller::sampled, q, &Session::metricsSampled);
        metrics->setInterval(config.metricsInterval);
    }

    ~Private() override
    {
        // They use the pool, and members are gone before children are.
        delete jobs;
        delete runs;
        delete metrics;
        delete refresher;
    }

    command::RunContext runContext()
    {
        return { &pool, refresher->topology(), config.endpoint.endpoint, {},
            [this] { return refresher->topology(); }, table };
    }

    net::ConnectionOptions optionsWithMeter()
    {
        net::ConnectionOptions options = connectionOptions(config);
        options.onErrorReply = [this](const net::DialInfo& way, QByteArrayView line) {
            const cluster::Node* node = command::nodeReached(refresher->topology(), way);
            if (meter.count(node ? node->address : way.announced, line) && !meterTimer.isActive())
                meterTimer.start();
            if (node)
                metrics->countSeen(metricsKeyOf(*node), line);
        };
        return options;
    }

    void tellRedirects();
    void onTopology(const cluster::Topology& topology);
    void onTrace(quint64 id, const command::Trace& trace);
    void askForTable();

    Session* q;
    const SessionConfig config;
    RedirectMeter meter;
    QTimer meterTimer;
    net::ConnectionPool pool; ///< its connections tell the meter
    Refresher* refresher;
    Jobs* jobs;
    Runs* runs;
    MetricsPoller* metrics;
    command::CommandTable table;
    bool tableAsked = false;
};

void Session::Private::tellRedirects()
{
    const SeenRedirects seen = meter.take(refresher->topology());
    if (!seen.isLive)
        meterTimer.stop();
    Q_EMIT q->redirectsSeen(seen);
}

void Session::Private::onTopology(const cluster::Topology& topology)
{
    if (!std::exchange(tableAsked, true))
        QTimer::singleShot(config.commandTableDelay, this, &Private::askForTable);
    metrics->setTopology(topology);
    pool.expectNodes(cluster::expectedNodes(topology));
    const QPointer<Private> self(this);
    Q_EMIT q->viewsChanged(refresher->toldViews());
    if (self)
        Q_EMIT q->topologyChanged(topology);
}

/// Once, when what is urgent is done. Where it is refused the built-in table goes on.
void Session::Private::askForTable()
{
    if (refresher->topology().data().kind == cluster::Kind::Sentinel) {
        Q_EMIT q->commandTableMissing();
        return;
    }
    const QPointer<Private> self(this);
    pool.connectionTo(config.endpoint.endpoint)
        ->send({ "COMMAND" }, [self](const net::Answer& answer) {
            const auto told
                = command::CommandTable::fromReply(answer.reply ? *answer.reply : resp::Reply());
            if (self && told)
                Q_EMIT self->q->commandTableChanged(self->table = *told);
            else if (self)
                Q_EMIT self->q->commandTableMissing();
        });
}

void Session::Private::onTrace(quint64 id, const command::Trace& trace)
{
    if (isAnswered(trace))
        refresher->endBackoff();
    Q_EMIT q->traceChanged(id, trace);
}

Session::Session(SessionConfig config, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(std::move(config), this))
{ }

Session::~Session() = default;

void Session::open()
{
    // The user tries again: what was refused may be asked again.
    if (d->config.options.tunnel)
        d->config.options.tunnel->forgive();
    d->refresher->open();
}

void Session::refresh()
{
    d->refresher->refresh();
}

void Session::run(quint64 runId, const command::Argv& argv, const command::Behaviour& behaviour,
    Confirmation confirmation)
{
    d->runs->run(runId, argv, behaviour, confirmation);
}

void Session::runFanOut(quint64 runId, const command::Argv& argv, command::FanOutTarget target,
    Confirmation confirmation)
{
    d->runs->runFanOut(runId, argv, target, confirmation);
}

void Session::runTransaction(quint64 runId, const QList<QByteArray>& watchedKeys,
    const QList<command::Argv>& commands, const command::Behaviour& behaviour,
    Confirmation confirmation)
{
    d->runs->runTransaction(runId, watchedKeys, commands, behaviour, confirmation);
}

void Session::runPipeline(
    quint64 runId, const QList<command::Argv>& commands, Confirmation confirmation)
{
    d->runs->runPipeline(runId, commands, confirmation);
}

void Session::proceedRun(quint64 runId)
{
    d->runs->proceed(runId);
}

void Session::cancelRun(quint64 runId)
{
    d->runs->cancel(runId);
}

void Session::setMetricsInterval(std::chrono::milliseconds interval)
{
    d->metrics->setInterval(interval);
}

void Session::setReadOnly(bool readOnly)
{
    d->runs->setReadOnly(readOnly);
}

void Session::tellWays()
{
    Q_EMIT waysTold({ d->pool.openWays(), d->pool.options().clock->last() });
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
