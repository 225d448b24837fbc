// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/doctor/clusterreplay.h"

#include "core/cluster/keyslot.h"
#include "core/command/commandrun.h"
#include "core/doctor/clientreplay.h"
#include "core/support/bytes.h"
#include "core/support/json.h"

#include <QJsonArray>

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace slotscope::doctor {

using command::CommandRun;
using command::Hop;
using command::HopOutcome;
using command::Trace;
using command::TraceOutcome;
using Sample = ClusterReplayResult::Sample;

namespace {

int redirectsOf(const Trace& trace)
{
    return static_cast<int>(std::count_if(trace.hops.begin(), trace.hops.end(), [](const Hop& hop) {
        return hop.outcome == HopOutcome::Moved || hop.outcome == HopOutcome::Ask;
    }));
}

int sumOf(const QList<Sample>& samples, int Sample::*number)
{
    return std::accumulate(samples.begin(), samples.end(), 0,
        [number](int sum, const Sample& sample) { return sum + sample.*number; });
}

} // namespace

int ClusterReplayResult::served() const
{
    return static_cast<int>(std::count_if(
        samples.begin(), samples.end(), [](const Sample& sample) { return sample.served; }));
}

int ClusterReplayResult::firstRedirects() const
{
    return sumOf(samples, &Sample::firstRedirects);
}

int ClusterReplayResult::secondRedirects() const
{
    return sumOf(samples, &Sample::secondRedirects);
}

QString ClusterReplayResult::firstFailure() const
{
    for (const Sample& sample : samples) {
        if (!sample.served)
            return sample.detail;
    }
    return {};
}

QJsonObject toJson(const ClusterReplayResult& result)
{
    QJsonArray samples;
    for (const Sample& sample : result.samples) {
        samples.append(QJsonObject {
            { u"key"_s, QString::fromLatin1(sample.key) },
            { u"slot"_s, sample.slot.number() },
            { u"first_redirects"_s, sample.firstRedirects },
            { u"second_redirects"_s, sample.secondRedirects },
            { u"served_by"_s, support::orNull(sample.servedBy) },
            { u"detail"_s, support::orNull(sample.detail) },
        });
    }
    return {
        { u"asked"_s, static_cast<int>(result.samples.size()) },
        { u"served"_s, result.served() },
        { u"first_redirects"_s, result.firstRedirects() },
        { u"second_redirects"_s, result.secondRedirects() },
        { u"samples"_s, samples },
    };
}

class ClusterReplay::Private
{
public:
    Private(ClusterReplay* replay, command::RunContext given, int keys)
        : q(replay)
        , context(std::move(given))
    {
        context.limits.deadlineMs = 0;
        context.latestMap = nullptr;
        context.map = {};
        for (const QByteArray& key : sampleKeys(keys)) {
            Sample sample;
            sample.key = key;
            sample.slot = cluster::keySlot(key);
            result.samples.append(sample);
        }
    }

    void ask(const command::Behaviour& behaviour);
    void onAnswer(qsizetype index, const Trace& trace);
    void finish();

    ClusterReplay* const q;
    command::RunContext context;
    ClusterReplayResult result;
    std::vector<std::unique_ptr<CommandRun>> runs;
    qsizetype open = 0;
    bool isSecond = false;
    bool isStarted = false;
    bool isCancelled = false;
    bool isOver = false;
};

void ClusterReplay::Private::ask(const command::Behaviour& behaviour)
{
    for (qsizetype i = 0; i < result.samples.size(); ++i) {
        if (isSecond && !result.samples.at(i).served)
            continue;
        auto run = std::make_unique<CommandRun>(
            context, command::Argv { "EXISTS", result.samples.at(i).key }, behaviour);
        connect(run.get(), &CommandRun::finished, q,
            [this, i](const Trace& trace) { onAnswer(i, trace); });
        runs.push_back(std::move(run));
    }
    open = static_cast<qsizetype>(runs.size());
    for (const auto& run : runs)
        run->start();
}

void ClusterReplay::Private::onAnswer(qsizetype index, const Trace& trace)
{
    Sample& sample = result.samples[index];
    (isSecond ? sample.secondRedirects : sample.firstRedirects) = redirectsOf(trace);
    sample.served = trace.outcome == TraceOutcome::Reply;
    sample.detail.clear();
    if (sample.served) {
        const Hop& last = trace.hops.last();
        sample.servedBy = last.address.toString();
        // What the client has in its map from now on: an ASK has taught it nothing, the slot is
        // still the one's who said it.
        const bool hasAsked = last.asking && trace.hops.size() > 1;
        const Hop& owner = hasAsked ? trace.hops.at(trace.hops.size() - 2) : last;
        if (!isSecond)
            context.map = context.map.withOwner(sample.slot, owner.address);
    } else {
        const QByteArray raw = trace.hops.isEmpty() ? QByteArray() : trace.hops.last().raw;
        sample.servedBy.clear();
        sample.detail = raw.isEmpty() ? trace.detail : support::toVisibleText(raw, 200);
    }
    if (--open > 0)
        return;
    // Each run is inside its own signal, the last one too.
    for (auto& run : std::exchange(runs, {}))
        run.release()->deleteLater();
    if (std::exchange(isSecond, true) || isCancelled || result.served() == 0)
        return finish();
    ask(command::Behaviour::clusterClientWithMap());
}

void ClusterReplay::Private::finish()
{
    if (std::exchange(isOver, true))
        return;
    result.complete = result.served() == result.samples.size();
    Q_EMIT q->finished(result); // last: the receiver may delete us
}

ClusterReplay::ClusterReplay(command::RunContext context, int keys, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, std::move(context), keys))
{ }

ClusterReplay::~ClusterReplay() = default;

void ClusterReplay::start()
{
    if (!std::exchange(d->isStarted, true))
        d->ask(command::Behaviour::clusterClientWithoutMap());
}

void ClusterReplay::cancel()
{
    if (d->isOver || std::exchange(d->isCancelled, true))
        return;
    if (!std::exchange(d->isStarted, true)) { // and it will not be
        QMetaObject::invokeMethod(
            this, [this] { d->finish(); }, Qt::QueuedConnection);
        return;
    }
    for (const auto& run : d->runs)
        run->cancel();
}

} // namespace slotscope::doctor
