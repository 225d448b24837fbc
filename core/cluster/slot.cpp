// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/slot.h"

#include <algorithm>

namespace slotscope::cluster {

int slotCount(const SlotRanges& ranges)
{
    int count = 0;
    for (const SlotRange& range : ranges)
        count += range.size();
    return count;
}

SlotRanges normalized(SlotRanges ranges)
{
    // As servers print them: in order, and nothing to join.
    const auto isGapless = [](const SlotRange& a, const SlotRange& b) {
        return b.first.number() <= a.last.number() + 1;
    };
    if (std::adjacent_find(ranges.cbegin(), ranges.cend(), isGapless) == ranges.cend())
        return ranges;
    std::sort(ranges.begin(), ranges.end(),
        [](const SlotRange& a, const SlotRange& b) { return a.first < b.first; });
    SlotRanges joined;
    for (const SlotRange& range : std::as_const(ranges)) {
        if (!joined.isEmpty() && range.first.number() <= joined.last().last.number() + 1)
            joined.last().last = std::max(joined.last().last, range.last);
        else
            joined.append(range);
    }
    return joined;
}

void appendSlot(SlotRanges* ranges, Slot slot)
{
    if (!ranges->isEmpty() && ranges->last().last.number() == slot.number() - 1)
        ranges->last().last = slot;
    else
        ranges->append({ slot, slot });
}

SlotRanges without(const SlotRanges& ranges, Slot slot)
{
    SlotRanges rest;
    for (const SlotRange& range : ranges) {
        if (!range.contains(slot)) {
            rest.append(range);
            continue;
        }
        if (range.first < slot)
            rest.append({ range.first, Slot(slot.number() - 1) });
        if (slot < range.last)
            rest.append({ Slot(slot.number() + 1), range.last });
    }
    return rest;
}

} // namespace slotscope::cluster
