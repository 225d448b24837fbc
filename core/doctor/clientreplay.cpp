// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/doctor/clientreplay.h"

#include "core/cluster/keyslot.h"
#include "core/command/commandrun.h"
#include "core/support/bytes.h"
#include "core/support/json.h"

#include <QJsonArray>

#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace slotscope::doctor {

using cluster::Slot;
using command::CommandRun;
using command::Trace;
using command::TraceOutcome;

QList<QByteArray> sampleKeys(int count)
{
    count = qBound(1, count, 256);
    QList<QByteArray> keys(count);
    int found = 0;
    for (int n = 0; found < count; ++n) {
        const QByteArray key = "slotscope:sample:" + QByteArray::number(n);
        QByteArray& place = keys[cluster::keySlot(key).number() * count / Slot::count];
        if (!place.isEmpty())
            continue;
        place = key;
        ++found;
    }
    return keys;
}

std::optional<double> ClientReplayResult::movedShare() const
{
    const int answered = served + moved;
    if (answered == 0)
        return std::nullopt;
    return static_cast<double>(moved) / answered;
}

QJsonObject toJson(const ClientReplayResult& result)
{
    const std::optional<double> share = result.movedShare();
    QJsonArray samples;
    for (const ClientReplayResult::Sample& sample : result.samples) {
        samples.append(QJsonObject {
            { u"key"_s, QString::fromLatin1(sample.key) },
            { u"slot"_s, sample.slot.number() },
            { u"raw"_s, sample.raw.isEmpty() ? QJsonValue() : support::toJson(sample.raw) },
            { u"target"_s, support::orNull(sample.target) },
        });
    }
    return {
        { u"asked"_s, static_cast<int>(result.samples.size()) },
        { u"served"_s, result.served },
        { u"moved"_s, result.moved },
        { u"moved_share"_s, share ? QJsonValue(*share) : QJsonValue() },
        { u"samples"_s, samples },
    };
}

class ClientReplay::Private
{
public:
    Private(ClientReplay* replay, command::RunContext given, int keys)
        : q(replay)
        , context(std::move(given))
    {
        context.limits.deadlineMs = 0; // a plain client does not wait
        context.latestMap = nullptr;
        result.seed = context.seed;
        for (const QByteArray& key : sampleKeys(keys)) {
            ClientReplayResult::Sample sample;
            sample.key = key;
            sample.slot = cluster::keySlot(key);
            result.samples.append(sample);
        }
    }

    void onAnswer(qsizetype index, const Trace& trace);
    void finishLater();

    ClientReplay* const q;
    command::RunContext context;
    ClientReplayResult result;
    std::vector<std::unique_ptr<CommandRun>> runs;
    qsizetype open = 0;
    bool isOver = false;
};

void ClientReplay::Private::onAnswer(qsizetype index, const Trace& trace)
{
    ClientReplayResult::Sample& sample = result.samples[index];
    sample.outcome = trace.outcome;
    sample.detail = trace.detail;
    if (!trace.hops.isEmpty()) {
        const command::Hop& hop = trace.hops.last();
        sample.raw = hop.raw;
        sample.target = hop.target;
        if (!hop.dialled.isEmpty())
            result.dialled = hop.dialled;
        if (trace.outcome == TraceOutcome::RedirectNotFollowed
            && hop.outcome == command::HopOutcome::Moved)
            ++result.moved;
    }
    if (trace.outcome == TraceOutcome::Reply)
        ++result.served;
    if (--open > 0 || std::exchange(isOver, true))
        return;
    // Each run is inside its own signal, the last one too.
    for (auto& run : std::exchange(runs, {}))
        run.release()->deleteLater();
    result.complete = result.served + result.moved == result.samples.size();
    Q_EMIT q->finished(result); // last: the receiver may delete us
}

void ClientReplay::Private::finishLater()
{
    QMetaObject::invokeMethod(
        q, [this] { Q_EMIT q->finished(result); }, Qt::QueuedConnection);
}

ClientReplay::ClientReplay(command::RunContext context, int keys, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, std::move(context), keys))
{ }

ClientReplay::~ClientReplay() = default;

void ClientReplay::start()
{
    if (d->isOver || !d->runs.empty())
        return;
    d->open = d->result.samples.size();
    for (qsizetype i = 0; i < d->open; ++i) {
        auto run = std::make_unique<CommandRun>(d->context,
            command::Argv { "EXISTS", d->result.samples.at(i).key },
            command::Behaviour::plainClient());
        connect(run.get(), &CommandRun::finished, this,
            [this, i](const Trace& trace) { d->onAnswer(i, trace); });
        d->runs.push_back(std::move(run));
    }
    for (const auto& run : d->runs)
        run->start();
}

void ClientReplay::cancel()
{
    if (d->isOver)
        return;
    if (d->runs.empty()) { // not started, and it will not be
        d->isOver = true;
        return d->finishLater();
    }
    for (const auto& run : d->runs)
        run->cancel();
}

} // namespace slotscope::doctor
