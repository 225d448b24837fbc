// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/slotsurvey.h"
#include "ui/slotmap/slotscale.h"

#include <QString>

#include <optional>

namespace slotscope::ui {

// What the slot panel says of surveys: plain text, safe to show.

QString slotRangeText(const cluster::SlotRange& range); ///< "slot 5" or "slots 5-10"
QString keysText(qint64 count); ///< "1 key", "12 345 keys"
QString slotsText(qint64 count); ///< "1 slot", "12 345 slots"
QString unownedText(qint64 count); ///< "1 slot has no owner"
/// "asked 12 s ago".
QString ageText(qint64 milliseconds);
/// The owners that did not tell, the first of them with their reasons.
QString failuresText(const command::SlotSurveyProgress& progress);

/// The keys of selected slots that are listed.
struct ListedKeys
{
    cluster::SlotRange range;
    qint64 listed = 0;
    qint64 there = 0; ///< in the slots that were asked
    int mostOfSlot = 100;
    bool isComplete = false;
};
/// "12 keys in 5-10", "The first 1 000 keys of 0-5460; there are more", "Incomplete: ..."
QString listedKeysText(const ListedKeys& keys, const command::SlotSurveyProgress& progress);

/// What the numbers of the colours are worth: how many, how old, what is missing.
struct NumbersState
{
    SlotMetric metric = SlotMetric::KeyCount;
    bool isLive = false;
    bool isAsking = false;
    std::optional<qint64> ageMs; ///< none: nobody was asked
    QString refusal; ///< of statistics
    command::SlotSurveyProgress progress; ///< of the last survey, or the one under way
};
QString numbersText(const NumbersState& state, const SlotNumbers& numbers);

} // namespace slotscope::ui
