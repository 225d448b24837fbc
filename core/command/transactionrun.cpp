// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/transactionrun.h"

#include "core/cluster/keyslot.h"
#include "core/command/hoprunner.h"
#include "core/command/keyextraction.h"
#include "core/command/redactreply.h"
#include "core/command/redirect.h"
#include "core/explain/commands.h"
#include "core/support/redact.h"

#include <QPointer>

#include <array>

namespace slotscope::command {

namespace {

// What would leave the transaction, or change the connection under it.
bool isRefusedInside(const Argv& argv, const CommandTable& table)
{
    static constexpr std::array names { "asking", "auth", "discard", "exec", "hello", "multi",
        "quit", "reset", "watch" };
    const QByteArray name = argv.value(0).toLower();
    return name.isEmpty() || extractKeys(argv, table).kind == CommandKind::Streaming
        || std::any_of(names.begin(), names.end(), [&](const char* one) { return name == one; });
}

Trace beginningOf(const QList<QByteArray>& watched, const QList<Argv>& commands,
    Behaviour behaviour, const CommandTable& table)
{
    Trace trace;
    trace.keys = watched;
    trace.argv.append("MULTI");
    for (const Argv& argv : commands) {
        trace.argv.append(joinLine(support::redactCommand(argv)).toUtf8());
        trace.keys += extractKeys(argv, table).keys;
    }
    trace.argv.append("EXEC");
    if (!trace.keys.isEmpty())
        trace.slot = cluster::keySlot(trace.keys.first());
    trace.behaviour = std::move(behaviour);
    return trace;
}

} // namespace

class TransactionRun::Private
{
public:
    Private(TransactionRun* run, const RunContext& context, QList<QByteArray> watchedKeys,
        QList<Argv> all, Behaviour behaviour)
        : q(run)
        , watched(std::move(watchedKeys))
        , commands(std::move(all))
        , table(context.table)
        , hops(context, beginningOf(watched, commands, std::move(behaviour), context.table), false,
              HopRunner::Use::OwnEachVisit, nullptr)
    { }

    void start();
    bool hasCrossSlot() const;
    void beginAttempt();
    void watch();
    void queueCommands();
    void execute();
    void send(QList<Argv> argvs, std::function<void(const net::Answer&)> then, bool asking);
    void onStep(const net::Answer& answer, const QString& what, void (Private::*next)());

    TransactionRun* q;
    const QList<QByteArray> watched;
    const QList<Argv> commands; ///< with their secrets
    const CommandTable table;
    HopRunner hops;
};

TransactionRun::TransactionRun(RunContext context, QList<QByteArray> watchedKeys,
    QList<Argv> commands, Behaviour behaviour, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(
          this, context, std::move(watchedKeys), std::move(commands), std::move(behaviour)))
{
    connect(&d->hops, &HopRunner::connected, this, [this] { d->beginAttempt(); });
    connect(&d->hops, &HopRunner::traceChanged, this, &TransactionRun::traceChanged);
    connect(&d->hops, &HopRunner::movedSeen, this, &TransactionRun::movedSeen);
    connect(&d->hops, &HopRunner::refreshWanted, this, &TransactionRun::refreshWanted);
    connect(&d->hops, &HopRunner::finished, this, &TransactionRun::finished);
}

TransactionRun::~TransactionRun() = default;

const Trace& TransactionRun::trace() const
{
    return d->hops.trace();
}

void TransactionRun::start()
{
    d->start();
}

void TransactionRun::refuse(const QString& why)
{
    d->hops.refuse(TraceOutcome::NotSent, why);
}

void TransactionRun::cancel()
{
    d->hops.cancel();
}

void TransactionRun::Private::start()
{
    if (commands.isEmpty())
        return hops.refuse(TraceOutcome::NotSent, explain::emptyCommand());
    for (const Argv& argv : commands) {
        if (isRefusedInside(argv, table)) {
            return hops.refuse(TraceOutcome::NotSent,
                explain::notInsideTransaction(QString::fromLatin1(argv.value(0).toUpper())));
        }
    }
    if (hasCrossSlot() && hops.trace().behaviour.follow
        && hops.map().data().kind == cluster::Kind::Cluster) {
        return hops.refuse(TraceOutcome::CrossSlot, crossSlotSentence(hops.trace().keys));
    }
    hops.start();
}

bool TransactionRun::Private::hasCrossSlot() const
{
    const QList<QByteArray>& keys = hops.trace().keys;
    return std::any_of(keys.begin(), keys.end(),
        [&](const QByteArray& key) { return cluster::keySlot(key) != *hops.trace().slot; });
}

void TransactionRun::Private::beginAttempt()
{
    if (watched.isEmpty())
        queueCommands();
    else
        watch();
}

void TransactionRun::Private::watch()
{
    send(
        { Argv { "WATCH" } + watched },
        [this](const net::Answer& answer) { onStep(answer, {}, &Private::queueCommands); },
        hops.isAsking());
}

void TransactionRun::Private::queueCommands()
{
    QList<Argv> argvs { { "MULTI" } };
    argvs += commands;
    // The first refusal is the reason; what follows it would be EXECABORT.
    const auto left = std::make_shared<qsizetype>(argvs.size());
    const auto refusal = std::make_shared<std::optional<net::Answer>>();
    const auto then = [this, left, refusal](const net::Answer& answer) {
        if (!*refusal && (!answer.reply || answer.reply->isError())) {
            *refusal = answer;
            const qsizetype index = commands.size() - *left; // -1: MULTI itself
            if (answer.reply)
                (*refusal)->reply = redactReply(commands.value(index), *answer.reply);
        }
        if (--*left == 0)
            onStep(refusal->value_or(answer), explain::refusedWhileQueued(), &Private::execute);
    };
    send(argvs, then, hops.isAsking());
}

// All but EXEC: its answer decides whether the transaction goes on here.
void TransactionRun::Private::onStep(
    const net::Answer& answer, const QString& what, void (Private::*next)())
{
    if (!answer.reply)
        hops.onNotExecuted(answer.reply.error());
    else if (answer.reply->isError())
        hops.onAnswer(answer, *answer.reply, what);
    else
        (this->*next)();
}

void TransactionRun::Private::execute()
{
    hops.markSent();
    send(
        { { "EXEC" } },
        [this](const net::Answer& answer) {
            const resp::Reply reply = answer.reply ? *answer.reply : resp::Reply();
            QString detail;
            if (answer.reply && reply.isNull())
                detail = explain::watchedKeyChanged();
            else if (reply.isError() && errorWord(reply.toByteArray()) == "EXECABORT")
                detail = explain::refusedWhileQueued();
            hops.onAnswer(answer, redactReplies(commands, reply), detail);
        },
        false);
}

void TransactionRun::Private::send(
    QList<Argv> argvs, std::function<void(const net::Answer&)> then, bool asking)
{
    const QPointer<TransactionRun> alive(q);
    const net::Connection::Callback callback
        = [this, alive, then = std::move(then), mine = hops.visit()](const net::Answer& answer) {
              if (alive && mine == hops.visit())
                  then(answer);
          };
    QList<net::Connection::Callback> callbacks(argvs.size(), callback);
    if (asking) {
        argvs.prepend({ "ASKING" });
        callbacks.prepend([](const net::Answer&) {});
    }
    hops.connection()->sendTogether(argvs, callbacks);
}

} // namespace slotscope::command
