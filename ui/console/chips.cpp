// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/console/chips.h"

#include "core/command/redirect.h"
#include "core/explain/redirects.h"
#include "core/support/bytes.h"

#include <QCoreApplication>

namespace slotscope::ui {
using namespace Qt::StringLiterals;
using command::HopOutcome;
using command::TraceOutcome;

namespace {

// The translation context.
struct ChipTexts
{
    Q_DECLARE_TR_FUNCTIONS(ChipTexts)
};

Chip chipOf(const command::Trace& trace, const command::Hop& hop)
{
    Chip chip;
    chip.node = hop.nodeLabel.isEmpty() ? hop.address.toString() : hop.nodeLabel;
    // The map's index, not the position in it: the shard keeps its colour for life.
    const cluster::Node* node = trace.map.nodeById(hop.nodeId);
    if (!node)
        node = trace.map.nodeByAddress(hop.address);
    if (node) {
        const int shard = trace.map.shardIndexOf(node->id);
        if (shard >= 0)
            chip.shardIndex = trace.map.shards().at(shard).index;
    }
    const auto set = [&chip](Chip::Kind kind, const QString& verdict) {
        chip.kind = kind;
        chip.verdict = verdict;
    };
    switch (hop.outcome) {
    case HopOutcome::Pending:
        set(Chip::Kind::Pending, u"…"_s);
        break;
    case HopOutcome::Reply:
        set(Chip::Kind::Answer, u"OK"_s);
        break;
    case HopOutcome::Moved:
        set(Chip::Kind::Redirect, u"MOVED"_s);
        break;
    case HopOutcome::Ask:
        set(Chip::Kind::Redirect, u"ASK"_s);
        break;
    case HopOutcome::TryAgain:
        set(Chip::Kind::Wait, u"TRYAGAIN"_s);
        break;
    case HopOutcome::ClusterDown:
        set(Chip::Kind::Wait, u"CLUSTERDOWN"_s);
        break;
    case HopOutcome::Loading:
        set(Chip::Kind::Wait, u"LOADING"_s);
        break;
    case HopOutcome::MasterDown:
        set(Chip::Kind::Wrong, u"MASTERDOWN"_s);
        break;
    case HopOutcome::ReadOnly:
        set(Chip::Kind::Wrong, u"READONLY"_s);
        break;
    case HopOutcome::Error: {
        const QByteArray word = command::errorWord(hop.raw);
        set(Chip::Kind::Wrong, word.isEmpty() ? u"ERR"_s : support::toVisibleText(word, 20));
        break;
    }
    case HopOutcome::ConnectFailed:
        set(Chip::Kind::Wrong, ChipTexts::tr("not reached"));
        break;
    case HopOutcome::OutcomeUnknown:
        set(Chip::Kind::Wrong, ChipTexts::tr("no reply ?"));
        break;
    case HopOutcome::Cancelled:
        set(Chip::Kind::Wrong, ChipTexts::tr("cancelled"));
        break;
    }
    return chip;
}

QString endingOf(const command::Trace& trace)
{
    switch (trace.outcome) {
    case TraceOutcome::Running:
        return {};
    case TraceOutcome::Reply:
    case TraceOutcome::Error:
        return explain::duration(trace.totalMicros);
    case TraceOutcome::RedirectNotFollowed:
        return ChipTexts::tr("stopped");
    case TraceOutcome::TooManyRedirects:
        return ChipTexts::tr("too many redirects");
    case TraceOutcome::GaveUp:
        return ChipTexts::tr("gave up");
    case TraceOutcome::ConnectFailed:
        return ChipTexts::tr("failed");
    case TraceOutcome::OutcomeUnknown:
        return ChipTexts::tr("outcome unknown");
    case TraceOutcome::CrossSlot:
        return ChipTexts::tr("CROSSSLOT, not sent");
    case TraceOutcome::SlotUnowned:
        return ChipTexts::tr("nobody owns the slot, not sent");
    case TraceOutcome::NotSent:
        return ChipTexts::tr("not sent");
    case TraceOutcome::Cancelled:
        return ChipTexts::tr("cancelled");
    }
    return {};
}

} // namespace

ChipPath chipsOf(const command::Trace& trace)
{
    ChipPath path;
    path.chips.reserve(trace.hops.size());
    for (const command::Hop& hop : trace.hops)
        path.chips.append(chipOf(trace, hop));
    path.ending = endingOf(trace);
    return path;
}

QString chipText(const ChipPath& path)
{
    QStringList parts;
    for (const Chip& chip : path.chips)
        parts << QString(chip.node + u' ' + chip.verdict);
    QString text = parts.join(u" > "_s);
    if (!path.ending.isEmpty())
        text += (text.isEmpty() ? u""_s : u" "_s) + path.ending;
    return text;
}

} // namespace slotscope::ui
