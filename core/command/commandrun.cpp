// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/commandrun.h"

#include "core/command/blocking.h"
#include "core/command/connectionneeds.h"
#include "core/command/hoprunner.h"
#include "core/command/redactreply.h"
#include "core/explain/commands.h"
#include "core/support/redact.h"

#include <QPointer>

namespace slotscope::command {

namespace {

using std::chrono::milliseconds;

// A command that nobody knows may be a renamed MONITOR, and then other commands would get its
// lines.
HopRunner::Use connectionUse(const Argv& argv, const KeyInfo& info)
{
    return !info.known || needsOwnConnection(argv, info) ? HopRunner::Use::Own
                                                         : HopRunner::Use::Shared;
}

Trace beginningOf(const Argv& argv, const KeyInfo& info, Behaviour behaviour)
{
    Trace trace;
    trace.argv = support::redactCommand(argv);
    trace.keys = info.keys;
    trace.slot = info.slot;
    trace.behaviour = std::move(behaviour);
    return trace;
}

} // namespace

class CommandRun::Private
{
public:
    Private(CommandRun* run, const RunContext& context, Argv arguments, Behaviour behaviour,
        KeyInfo keys)
        : q(run)
        , pool(context.pool)
        , argv(std::move(arguments))
        , info(std::move(keys))
        , blocking(info.blocking ? BlockingTimeout::of(argv) : std::nullopt)
        , hops(context, beginningOf(argv, info, std::move(behaviour)), info.readOnly,
              connectionUse(argv, info), nullptr)
    { }

    void start();
    void send();
    net::SendOptions patience() const;

    CommandRun* q;
    net::ConnectionPool* pool;
    const Argv argv; ///< with its secrets; the trace's is redacted
    const KeyInfo info;
    const std::optional<BlockingTimeout> blocking;
    std::optional<qint64> blockedSince; ///< nanoseconds: when it was first sent
    HopRunner hops;
};

CommandRun::CommandRun(RunContext context, Argv argv, Behaviour behaviour, QObject* parent)
    : CommandRun(context, argv, behaviour, extractKeys(argv, context.table), parent)
{ }

CommandRun::CommandRun(
    RunContext context, Argv argv, Behaviour behaviour, KeyInfo keys, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(
          this, context, std::move(argv), std::move(behaviour), std::move(keys)))
{
    connect(&d->hops, &HopRunner::connected, this, [this] { d->send(); });
    connect(&d->hops, &HopRunner::traceChanged, this, &CommandRun::traceChanged);
    connect(&d->hops, &HopRunner::movedSeen, this, &CommandRun::movedSeen);
    connect(&d->hops, &HopRunner::refreshWanted, this, &CommandRun::refreshWanted);
    connect(&d->hops, &HopRunner::finished, this, &CommandRun::finished);
}

CommandRun::~CommandRun() = default;

const Trace& CommandRun::trace() const
{
    return d->hops.trace();
}

void CommandRun::start()
{
    d->start();
}

void CommandRun::refuse(const QString& why)
{
    d->hops.refuse(TraceOutcome::NotSent, why);
}

void CommandRun::cancel()
{
    d->hops.cancel();
}

void CommandRun::proceed()
{
    d->hops.proceed();
}

void CommandRun::Private::start()
{
    if (argv.isEmpty() || argv.first().isEmpty())
        return hops.refuse(TraceOutcome::NotSent, explain::emptyCommand());
    const QString name = QString::fromLatin1(argv.first().toUpper());
    if (info.kind == CommandKind::Streaming)
        return hops.refuse(TraceOutcome::NotSent, explain::streamingCommand(name));
    if (isPartOfTransaction(argv))
        return hops.refuse(TraceOutcome::NotSent, explain::transactionCommandAlone(name));
    // A plain client knows no slots; a cluster client refuses before it sends.
    if (info.crossSlot && hops.trace().behaviour.follow
        && hops.map().data().kind == cluster::Kind::Cluster) {
        return hops.refuse(TraceOutcome::CrossSlot, crossSlotSentence(info.keys));
    }
    hops.start();
}

// A command that its server may keep waiting is waited for as long, and as usual on top.
net::SendOptions CommandRun::Private::patience() const
{
    if (!blocking)
        return {};
    if (blocking->isForEver())
        return { milliseconds(0) };
    return { blocking->time() + pool->options().timeout };
}

void CommandRun::Private::send()
{
    Argv now = argv;
    if (blocking) {
        // A MOVED woke it up: what remains of its time is spent at the new owner.
        const qint64 nanos = net::monotonicNanos();
        blockedSince = blockedSince.value_or(nanos);
        now = blocking->withRemaining(argv, milliseconds((nanos - *blockedSince) / 1'000'000));
    }
    const QPointer<CommandRun> alive(q);
    const auto callback = [this, alive, mine = hops.visit()](const net::Answer& answer) {
        if (!alive || mine != hops.visit())
            return;
        hops.onAnswer(answer, answer.reply ? redactReply(argv, *answer.reply) : resp::Reply());
    };
    hops.markSent();
    net::Connection* connection = hops.connection();
    if (!hops.isAsking()) {
        connection->send(now, callback, patience());
        return;
    }
    // ASKING holds for the next command only, whatever it is: both leave in one write. Its own
    // answer adds nothing: if it was refused, the command's answer is a MOVED or an error too.
    connection->sendTogether({ { QByteArrayLiteral("ASKING") }, now },
        { [](const net::Answer&) {}, callback }, patience());
}

} // namespace slotscope::command
