// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/commandrun.h"

#include "core/command/keyextraction.h"
#include "core/command/nodenames.h"
#include "core/command/redactreply.h"
#include "core/command/redirect.h"
#include "core/explain/commands.h"
#include "core/explain/errors.h"
#include "core/explain/redirects.h"
#include "core/support/bytes.h"
#include "core/support/redact.h"

#include <QPointer>
#include <QTimer>

#include <array>

namespace slotscope::command {

namespace {

// Commands that change what a connection is, or hold it: on a shared one they would change the
// answers of everybody's next commands, or keep them waiting.
bool needsOwnConnection(const Argv& argv, const KeyInfo& info)
{
    static constexpr std::array names { "asking", "auth", "client", "debug", "discard", "exec",
        "hello", "multi", "quit", "readonly", "readwrite", "replconf", "reset", "script", "select",
        "unwatch", "watch" };
    const QByteArray name = argv.first().toLower();
    return info.blocking
        || std::any_of(names.begin(), names.end(), [&](const char* one) { return name == one; });
}

HopOutcome outcomeOfError(const QByteArray& word)
{
    if (word == "TRYAGAIN")
        return HopOutcome::TryAgain;
    if (word == "CLUSTERDOWN")
        return HopOutcome::ClusterDown;
    if (word == "LOADING")
        return HopOutcome::Loading;
    if (word == "MASTERDOWN")
        return HopOutcome::MasterDown;
    if (word == "READONLY")
        return HopOutcome::ReadOnly;
    return HopOutcome::Error;
}

} // namespace

class CommandRun::Private
{
public:
    Private(CommandRun* run, RunContext context, Argv arguments)
        : q(run)
        , pool(context.pool)
        , argv(std::move(arguments))
        , map(std::move(context.map))
        , limits(context.limits)
    {
        wait.setSingleShot(true);
    }

    void begin();
    void visit(const net::Endpoint& address, bool asking, qint64 waitMicros = 0);
    void openConnection(const net::Endpoint& address, bool fresh);
    void onReady();
    void send();
    void onAnswer(const net::Answer& answer);
    void onReply(const resp::Reply& reply);
    void onRedirect(const Redirect& redirect);
    void onMoved(const Redirect& redirect, const net::Endpoint& target);
    void onBusy(HopOutcome outcome, const QByteArray& word);
    void onNoConnection(const support::Error& error);
    void end(TraceOutcome outcome, const QString& detail = {});
    void endLater(TraceOutcome outcome, const QString& detail);
    void dropConnection();

    Hop& hop() { return trace.hops.last(); }
    qint64 microsNow() const { return (net::monotonicNanos() - startedNanos) / 1000; }

    CommandRun* q;
    net::ConnectionPool* pool;
    Argv argv; ///< with its secrets; trace.argv is redacted
    cluster::Topology map; ///< this run's own, rewritten by MOVED
    RunLimits limits;
    Trace trace;
    KeyInfo info;

    bool isStarted = false;
    bool isSent = false; ///< the present hop's command was handed to the connection
    bool ownConnection = false;
    quint64 generation = 0; ///< of the present hop: answers to earlier ones are late
    qint64 startedNanos = 0;
    qint64 hopNanos = 0;
    QPointer<net::Connection> connection;
    std::unique_ptr<net::Connection> own; ///< not of the pool
    QList<QMetaObject::Connection> watching; ///< signals of `connection`

    QTimer wait;
    int redirects = 0; ///< visits that were not retries after a wait
    int tryAgainMs = 0;
    int clusterDownMs = 0;
    qint64 waitedMs = 0;
    QList<std::pair<net::Endpoint, net::Endpoint>> movedPairs; ///< since the last wait
};

CommandRun::CommandRun(RunContext context, Argv argv, Behaviour behaviour, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, context, std::move(argv)))
{
    d->info = extractKeys(d->argv);
    d->trace.argv = support::redactCommand(d->argv);
    d->trace.keys = d->info.keys;
    d->trace.slot = d->info.slot;
    d->trace.behaviour = std::move(behaviour);
    d->trace.map = std::move(context.map);
    d->trace.seed = std::move(context.seed);
}

CommandRun::~CommandRun()
{
    d->dropConnection();
}

const Trace& CommandRun::trace() const
{
    return d->trace;
}

const cluster::Topology& CommandRun::map() const
{
    return d->map;
}

void CommandRun::start()
{
    if (d->isStarted)
        return;
    d->isStarted = true;
    d->startedNanos = net::monotonicNanos();
    d->trace.startedAt = QDateTime::currentDateTimeUtc();
    d->begin();
}

void CommandRun::cancel()
{
    if (d->trace.isComplete())
        return;
    if (!d->isStarted) {
        d->isStarted = true;
        d->startedNanos = net::monotonicNanos();
        d->trace.startedAt = QDateTime::currentDateTimeUtc();
    }
    ++d->generation; // the reply, if it still comes, belongs to nobody
    d->wait.stop();
    const bool isPending = !d->trace.hops.isEmpty() && d->hop().outcome == HopOutcome::Pending;
    if (isPending && d->isSent) {
        // A shared connection stays open: its FIFO takes the late reply, in its place.
        d->hop().outcome = HopOutcome::OutcomeUnknown;
        d->hop().micros = (net::monotonicNanos() - d->hopNanos) / 1000;
        d->endLater(TraceOutcome::OutcomeUnknown, explain::outcomeUnknown(d->hop().nodeLabel));
        return;
    }
    if (isPending)
        d->hop().outcome = HopOutcome::Cancelled;
    d->endLater(TraceOutcome::Cancelled, explain::cancelled());
}

void CommandRun::Private::begin()
{
    const Behaviour& behaviour = trace.behaviour;
    if (argv.isEmpty() || argv.first().isEmpty())
        return endLater(TraceOutcome::NotSent, explain::emptyCommand());
    if (info.kind == CommandKind::Streaming) {
        return endLater(TraceOutcome::NotSent,
            explain::streamingCommand(QString::fromLatin1(argv.first().toUpper())));
    }
    // A plain client knows no slots; a cluster client refuses before it sends.
    if (info.crossSlot && behaviour.follow && map.data().kind == cluster::Kind::Cluster)
        return endLater(TraceOutcome::CrossSlot,
            explain::keysInDifferentSlots(static_cast<int>(info.keys.size())));
    ownConnection = needsOwnConnection(argv, info);

    net::Endpoint first = trace.seed;
    if (behaviour.start == Start::Node) {
        first = behaviour.node;
    } else if (behaviour.start == Start::Owner && info.slot && !map.isEmpty()
        && map.data().kind == cluster::Kind::Cluster) {
        const cluster::Node* owner = map.ownerOf(*info.slot);
        if (!owner) {
            return endLater(TraceOutcome::SlotUnowned, explain::slotUnowned(info.slot->number()));
        }
        first = owner->address;
        if (!first.isDialable()) { // noaddr
            Hop lost;
            lost.nodeId = owner->id;
            lost.nodeLabel = map.labelOf(*owner);
            lost.outcome = HopOutcome::ConnectFailed;
            lost.raw = explain::noAddressKnown(lost.nodeLabel).toUtf8();
            trace.hops.append(lost);
            return endLater(TraceOutcome::ConnectFailed, QString::fromUtf8(lost.raw));
        }
    }
    visit(first, false);
}

// Begins the next hop. `waitMicros` is the pause that has just ended.
void CommandRun::Private::visit(const net::Endpoint& address, bool asking, qint64 waitMicros)
{
    ++generation;
    isSent = false;
    if (waitMicros == 0)
        ++redirects;
    // MOVED to the endpoint that answered: DNS may name another node by now, so dial again.
    const bool fresh = waitMicros == 0 && !trace.hops.isEmpty() && hop().address == address;

    Hop next;
    next.address = address;
    const NodeName name = nameOf(trace.map, address);
    next.nodeId = name.id;
    next.nodeLabel = name.label;
    next.asking = asking;
    next.waitMicros = waitMicros;
    next.startedMicros = microsNow();
    hopNanos = net::monotonicNanos();
    trace.hops.append(next);
    trace.reply = {}; // a redirect is not the answer to what follows it

    openConnection(address, fresh);
    const QPointer<CommandRun> alive(q);
    const quint64 mine = generation;
    Q_EMIT q->traceChanged(trace);
    if (!alive || mine != generation)
        return;
    if (connection && connection->state() == net::Connection::State::Ready)
        onReady();
}

void CommandRun::Private::openConnection(const net::Endpoint& address, bool fresh)
{
    if (own && !fresh && own->announced() == address
        && own->state() != net::Connection::State::Closed) {
        connection = own.get();
        return;
    }
    dropConnection();
    if (ownConnection || fresh) {
        own = pool->dedicatedTo(address);
        connection = own.get();
    } else {
        connection = pool->connectionTo(address);
    }
    // The command is queued when the handshake is done, not before: until then it can be taken
    // back, and "not sent" is a fact.
    watching.append(
        QObject::connect(connection, &net::Connection::ready, q, [this, mine = generation] {
            if (mine != generation)
                return;
            hop().connectMicros = (net::monotonicNanos() - hopNanos) / 1000;
            onReady();
        }));
    // Queued: closing a pool must not end its runs from inside that call.
    watching.append(QObject::connect(
        connection, &net::Connection::closed, q,
        [this, mine = generation](const support::Error& error) {
            if (mine == generation && !isSent)
                onNoConnection(error);
        },
        Qt::QueuedConnection));
}

void CommandRun::Private::onReady()
{
    const net::DialInfo& dialled = connection->dialInfo();
    hop().dialled = dialled.dialled.toString();
    // The seed may be a name that the map does not know; then the address that DNS chose tells
    // the node, unless an address map stands between the two.
    if (hop().nodeId.isNull() && dialled.mapped == dialled.announced) {
        const NodeName name = nameOf(trace.map, dialled.dialled);
        if (!name.id.isNull()) {
            hop().nodeId = name.id;
            hop().nodeLabel = name.label;
        }
    }
    send();
}

void CommandRun::Private::send()
{
    isSent = true;
    hopNanos = net::monotonicNanos();
    const QPointer<CommandRun> alive(q);
    const auto callback = [this, alive, mine = generation](const net::Answer& answer) {
        if (alive && mine == generation)
            onAnswer(answer);
    };
    if (!hop().asking) {
        connection->send(argv, callback);
        return;
    }
    // ASKING holds for the next command only, whatever it is: both leave in one write. Its own
    // answer adds nothing: if it was refused, the command's answer is a MOVED or an error too.
    connection->sendTogether(
        { { QByteArrayLiteral("ASKING") }, argv }, { [](const net::Answer&) {}, callback });
}

void CommandRun::Private::onAnswer(const net::Answer& answer)
{
    if (answer.sent)
        hop().micros = answer.micros;
    if (answer.reply)
        return onReply(*answer.reply);

    const support::Error& error = answer.reply.error();
    if (!answer.sent)
        return onNoConnection(error);
    // Sent and no reply: it may have been executed, so it is never sent again.
    hop().outcome = HopOutcome::OutcomeUnknown;
    hop().raw = explain::errorSentence(error).toUtf8();
    end(TraceOutcome::OutcomeUnknown, QString::fromUtf8(hop().raw));
}

void CommandRun::Private::onNoConnection(const support::Error& error)
{
    if (error.code == support::ErrorCode::Cancelled) {
        hop().outcome = HopOutcome::Cancelled;
        return end(TraceOutcome::Cancelled, explain::cancelled());
    }
    hop().outcome = HopOutcome::ConnectFailed;
    hop().raw = explain::errorSentence(error).toUtf8();
    end(TraceOutcome::ConnectFailed, QString::fromUtf8(hop().raw));
}

void CommandRun::Private::onReply(const resp::Reply& reply)
{
    trace.reply = redactReply(argv, reply);
    if (!reply.isError()) {
        hop().outcome = HopOutcome::Reply;
        return end(TraceOutcome::Reply);
    }
    hop().raw = trace.reply.toByteArray();
    if (const auto redirect = parseRedirect(hop().raw))
        return onRedirect(*redirect);

    const QByteArray word = errorWord(hop().raw);
    const HopOutcome outcome = outcomeOfError(word);
    hop().outcome = outcome;
    const bool isBusy = outcome == HopOutcome::TryAgain || outcome == HopOutcome::ClusterDown
        || outcome == HopOutcome::Loading;
    if (isBusy && trace.behaviour.follow)
        return onBusy(outcome, word);
    end(TraceOutcome::Error);
}

void CommandRun::Private::onRedirect(const Redirect& redirect)
{
    const bool isMoved = redirect.kind == Redirect::Kind::Moved;
    hop().outcome = isMoved ? HopOutcome::Moved : HopOutcome::Ask;
    hop().slot = redirect.slot;
    hop().target = redirect.targetText;
    auto target = resolveTarget(redirect, hop().address);
    if (!target)
        target = findAnnounced(trace.map, redirect.target.port);
    if (target)
        hop().targetAddress = *target;
    hop().targetLabel = target ? nameOf(trace.map, *target).label : redirect.targetText;

    if (!trace.behaviour.follow)
        end(TraceOutcome::RedirectNotFollowed);
    else if (!target)
        end(TraceOutcome::GaveUp, explain::redirectUnusable(redirect.targetText));
    else if (isMoved)
        return onMoved(redirect, *target);
    else if (redirects >= limits.maxHops)
        end(TraceOutcome::TooManyRedirects,
            explain::tooManyRedirects(static_cast<int>(trace.hops.size())));
    else
        return visit(*target, true);
}

void CommandRun::Private::onMoved(const Redirect& redirect, const net::Endpoint& target)
{
    const std::pair pair { hop().address, target };
    if (movedPairs.contains(pair)) {
        end(TraceOutcome::TooManyRedirects,
            explain::redirectedInCircle(hop().nodeLabel, hop().targetLabel));
        return;
    }
    if (redirects >= limits.maxHops) {
        end(TraceOutcome::TooManyRedirects,
            explain::tooManyRedirects(static_cast<int>(trace.hops.size())));
        return;
    }
    movedPairs.append(pair);
    map = map.withOwner(redirect.slot, target);
    hop().mapChanged = true;
    const QPointer<CommandRun> alive(q);
    const quint64 mine = generation;
    Q_EMIT q->movedSeen(redirect.slot, target);
    if (alive && mine == generation)
        visit(target, false);
}

void CommandRun::Private::onBusy(HopOutcome outcome, const QByteArray& word)
{
    int& next = outcome == HopOutcome::TryAgain ? tryAgainMs : clusterDownMs;
    const bool isTryAgain = outcome == HopOutcome::TryAgain;
    if (next == 0)
        next = isTryAgain ? limits.tryAgainFirstMs : limits.clusterDownFirstMs;
    if (waitedMs + next > limits.deadlineMs) {
        return end(TraceOutcome::GaveUp,
            explain::gaveUpWaiting(QString::fromLatin1(word), hop().nodeLabel, waitedMs * 1000));
    }
    const int now = next;
    waitedMs += now;
    next = std::min(now * 2, isTryAgain ? limits.tryAgainMaxMs : limits.clusterDownMaxMs);
    movedPairs.clear(); // the nodes had time to agree
    ++generation;

    wait.disconnect(q);
    const qint64 began = net::monotonicNanos();
    QObject::connect(
        &wait, &QTimer::timeout, q, [this, began, address = hop().address, asking = hop().asking] {
            const qint64 micros = (net::monotonicNanos() - began) / 1000;
            visit(address, asking, std::max<qint64>(micros, 1));
        });
    wait.start(now);
    Q_EMIT q->traceChanged(trace);
}

void CommandRun::Private::dropConnection()
{
    for (const QMetaObject::Connection& one : std::as_const(watching))
        QObject::disconnect(one);
    watching.clear();
    connection.clear();
    // Perhaps from inside one of its own callbacks: deleted later, with the pool at the latest.
    if (own) {
        own->close();
        own->setParent(pool);
        own.release()->deleteLater();
    }
}

// The end of the run, from the event loop.
void CommandRun::Private::end(TraceOutcome outcome, const QString& detail)
{
    ++generation;
    dropConnection();
    trace.outcome = outcome;
    trace.detail = detail;
    trace.totalMicros = microsNow();
    const QPointer<CommandRun> alive(q);
    Q_EMIT q->traceChanged(trace);
    if (alive)
        Q_EMIT q->finished(trace);
}

// The end of the run, from a call of its owner.
void CommandRun::Private::endLater(TraceOutcome outcome, const QString& detail)
{
    // Complete from now on, so that nothing begins in between; told later.
    trace.outcome = outcome;
    QMetaObject::invokeMethod(
        q, [this, outcome, detail] { end(outcome, detail); }, Qt::QueuedConnection);
}

} // namespace slotscope::command
