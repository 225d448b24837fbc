// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/slotmap/slottexts.h"

#include "core/cluster/slottext.h"
#include "core/explain/wording.h"
#include "ui/theme/plaintext.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <limits>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

using cluster::Slot;

namespace {

constexpr qsizetype mostFailures = 2;

// The translation context.
struct SlotTexts
{
    Q_DECLARE_TR_FUNCTIONS(SlotTexts)
};

QString big(qint64 number)
{
    return metricText(SlotMetric::KeyCount, number);
}

} // namespace

QString slotRangeText(const cluster::SlotRange& range)
{
    return (range.size() == 1 ? SlotTexts::tr("slot %1") : SlotTexts::tr("slots %1"))
        .arg(cluster::toText(range));
}

QString keysText(qint64 count)
{
    return explain::counted(count, SlotTexts::tr("%1 key"), SlotTexts::tr("%1 keys"), big(count));
}

QString slotsText(qint64 count)
{
    return explain::counted(count, SlotTexts::tr("%1 slot"), SlotTexts::tr("%1 slots"), big(count));
}

QString unownedText(qint64 count)
{
    return explain::counted(count, SlotTexts::tr("%1 slot has no owner"),
        SlotTexts::tr("%1 slots have no owner"), big(count));
}

QString ageText(qint64 milliseconds)
{
    const qint64 seconds = milliseconds / 1000;
    if (seconds < 5)
        return SlotTexts::tr("asked just now");
    return seconds < 120 ? SlotTexts::tr("asked %1 s ago").arg(seconds)
                         : SlotTexts::tr("asked %1 min ago").arg(seconds / 60);
}

QString failuresText(const command::SlotSurveyProgress& progress)
{
    QStringList texts;
    for (const auto& failure : progress.failures.mid(0, mostFailures)) {
        texts.append(SlotTexts::tr("%1 (%2): %3")
                         .arg(visibleText(failure.label), slotsText(failure.slotCount),
                             visibleText(failure.why)));
    }
    if (const qsizetype more = progress.failures.size() - mostFailures; more > 0)
        texts.append(SlotTexts::tr("and %1 more").arg(more));
    return texts.join(u"; "_s);
}

QString listedKeysText(const ListedKeys& keys, const command::SlotSurveyProgress& progress)
{
    const QString of = slotRangeText(keys.range);
    QString text;
    if (progress.isFull) {
        text = SlotTexts::tr("The first %1 keys of %2; there are more").arg(big(keys.listed), of);
    } else if (keys.listed < keys.there) {
        text = SlotTexts::tr("%1 of the %2 keys in %3, at most %4 of a slot")
                   .arg(big(keys.listed), big(keys.there), of, big(keys.mostOfSlot));
    } else {
        text = SlotTexts::tr("%1 in %2").arg(keysText(keys.listed), of);
    }
    if (keys.isComplete)
        return text;
    QStringList missing;
    if (progress.unowned > 0)
        missing.append(unownedText(progress.unowned));
    if (!progress.failures.isEmpty())
        missing.append(failuresText(progress));
    if (missing.isEmpty())
        missing.append(SlotTexts::tr("some slots have another owner by now"));
    return SlotTexts::tr("Incomplete: %1. %2").arg(text, missing.join(u"; "_s));
}

QString numbersText(const NumbersState& state, const SlotNumbers& numbers)
{
    const command::SlotSurveyProgress& progress = state.progress;
    if (state.isAsking) {
        return SlotTexts::tr("Asking the owners: %1 of %2")
            .arg(big(progress.answered), slotsText(std::max(progress.wanted, progress.answered)));
    }
    const bool isCount = state.metric == SlotMetric::KeyCount;
    if (!isCount && !state.refusal.isEmpty())
        return visibleText(state.refusal);
    if (!state.ageMs)
        return state.isLive ? SlotTexts::tr("Nobody was asked yet.")
                            : SlotTexts::tr("There is no connection.");
    qint64 sum = 0;
    int known = 0;
    int largest = 0;
    for (int slot = 0; slot < Slot::count; ++slot) {
        const qint64 value = numbers.value(state.metric, slot);
        known += value >= 0;
        if (value > numbers.value(state.metric, largest))
            largest = slot;
        if (value >= 0 && value < std::numeric_limits<qint64>::max() - sum)
            sum += value;
    }
    QString text;
    if (!isCount && known == 0 && progress.answered > 0) {
        text = SlotTexts::tr(
            "The servers do not measure it: they need cluster-slot-stats-enabled yes");
    } else if (isCount) {
        text = known == Slot::count
            ? keysText(sum)
            : SlotTexts::tr("%1 in %2").arg(keysText(sum), slotsText(known));
    } else {
        text = SlotTexts::tr("%1 in %2 since their owners began to count")
                   .arg(metricText(state.metric, sum), slotsText(known));
    }
    if (sum > 0) {
        text += SlotTexts::tr(", most in slot %1 (%2)")
                    .arg(QString::number(largest),
                        metricText(state.metric, numbers.value(state.metric, largest)));
    }
    text += u", "_s + ageText(*state.ageMs);
    if (known > 0 && known < Slot::count)
        text += SlotTexts::tr("; the others are not known");
    if (!progress.failures.isEmpty())
        text += u". "_s + failuresText(progress);
    return text;
}

} // namespace slotscope::ui
