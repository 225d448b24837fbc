// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/fanoutrun.h"

#include "core/command/commandrun.h"
#include "core/command/fanoutplan.h"
#include "core/explain/commands.h"
#include "core/support/redact.h"

#include <QPointer>
#include <QTimer>

namespace slotscope::command {

namespace {

constexpr int mostAtOnce = 16;
constexpr int tellEveryMs = 30; // all rows are told each time, and there may be a thousand

} // namespace

class FanOutRun::Private
{
public:
    void start();
    void refuse(const QString& why);
    void fill();
    void startRow(qsizetype index);
    void onRowFinished(qsizetype index, const Trace& trace);
    void endIfDone();
    void end();

    FanOutRun* q = nullptr;
    RunContext context;
    Argv argv; ///< with its secrets
    FanOut fanOut;
    QHash<qsizetype, CommandRun*> running;
    QTimer pace; ///< until the rows that have ended are told
    qsizetype next = 0;
    qint64 startedNanos = 0;
    bool isStarted = false;
    bool isCancelled = false;
};

FanOutRun::FanOutRun(RunContext context, Argv argv, FanOutTarget target, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    d->q = this;
    d->context = std::move(context);
    d->argv = std::move(argv);
    d->fanOut.argv = support::redactCommand(d->argv);
    d->fanOut.target = target;
    d->pace.setSingleShot(true);
    connect(&d->pace, &QTimer::timeout, this, [this] { Q_EMIT changed(d->fanOut); });
}

FanOutRun::~FanOutRun()
{
    qDeleteAll(d->running);
}

void FanOutRun::start()
{
    if (!std::exchange(d->isStarted, true))
        d->start();
}

void FanOutRun::refuse(const QString& why)
{
    if (std::exchange(d->isStarted, true))
        return;
    d->startedNanos = net::monotonicNanos();
    d->fanOut.startedAt = QDateTime::currentDateTimeUtc();
    d->refuse(why);
}

void FanOutRun::cancel()
{
    if (d->isCancelled || d->fanOut.isComplete())
        return;
    d->isCancelled = true;
    start();
    const QList<CommandRun*> runs = d->running.values();
    for (CommandRun* run : runs)
        run->cancel();
}

void FanOutRun::Private::start()
{
    startedNanos = net::monotonicNanos();
    fanOut.startedAt = QDateTime::currentDateTimeUtc();
    const QString why = refusalOfFanOut(argv, fanOut.target, context.table);
    if (!why.isEmpty())
        return refuse(why);
    const bool isSplit = fanOut.target == FanOutTarget::Slots;
    const KeyInfo info = extractKeys(argv, isSplit ? CommandTable() : context.table);
    fanOut.keys = info.keys;
    if (isSplit) {
        fanOut.rows = rowsBySlot(info);
        if (fanOut.rows.size() > 1)
            fanOut.detail = explain::splitIsNotAtomic(static_cast<int>(fanOut.rows.size()));
    } else {
        fanOut.rows = rowsOn(context.map, fanOut.target);
    }
    if (fanOut.rows.isEmpty())
        return refuse(explain::nobodyToAsk());
    QMetaObject::invokeMethod(
        q, [this] { fill(); }, Qt::QueuedConnection);
}

void FanOutRun::Private::refuse(const QString& why)
{
    fanOut.detail = why;
    QMetaObject::invokeMethod(
        q,
        [this] {
            fanOut.outcome = FanOutOutcome::NotSent;
            end();
        },
        Qt::QueuedConnection);
}

// Starts rows while there is room for more.
void FanOutRun::Private::fill()
{
    for (; next < fanOut.rows.size() && running.size() < mostAtOnce; ++next) {
        Trace& trace = fanOut.rows[next].trace;
        if (trace.isComplete())
            continue; // cannot be dialled
        if (isCancelled) {
            trace.outcome = TraceOutcome::Cancelled;
            trace.detail = explain::cancelled();
        } else {
            startRow(next);
        }
    }
    endIfDone();
}

void FanOutRun::Private::startRow(qsizetype index)
{
    const FanOutRow& row = fanOut.rows.at(index);
    const Behaviour behaviour = row.slot ? Behaviour::clusterClientWithMap()
                                         : Behaviour { Start::Node, row.address, false };
    auto* run = new CommandRun(context, argvOfRow(argv, row), behaviour, q);
    running.insert(index, run);
    QObject::connect(run, &CommandRun::movedSeen, q, &FanOutRun::movedSeen);
    QObject::connect(run, &CommandRun::refreshWanted, q, &FanOutRun::refreshWanted);
    QObject::connect(run, &CommandRun::finished, q,
        [this, index](const Trace& trace) { onRowFinished(index, trace); });
    run->start();
}

void FanOutRun::Private::onRowFinished(qsizetype index, const Trace& trace)
{
    fanOut.rows[index].trace = trace;
    running.take(index)->deleteLater();
    if (!pace.isActive())
        pace.start(tellEveryMs);
    fill();
}

void FanOutRun::Private::endIfDone()
{
    if (!running.isEmpty() || next < fanOut.rows.size() || fanOut.isComplete())
        return;
    putTogether(fanOut, context.table);
    end();
}

void FanOutRun::Private::end()
{
    pace.stop();
    fanOut.totalMicros = (net::monotonicNanos() - startedNanos) / 1000;
    const QPointer<FanOutRun> alive(q);
    Q_EMIT q->changed(fanOut);
    if (alive)
        Q_EMIT q->finished(fanOut);
}

} // namespace slotscope::command
