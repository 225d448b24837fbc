// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QList>
#include <QMetaType>

#include <compare>
#include <optional>

namespace slotscope::cluster {

/// One of the 16384 hash slots (cluster specification, "Key distribution model").
class Slot
{
public:
    static constexpr int count = 16384;

    constexpr Slot() = default;
    /// `number` must be in [0, count).
    constexpr explicit Slot(int number)
        : m_number(static_cast<quint16>(number))
    { }
    /// nullopt unless `number` is in [0, count): for numbers that come from a network.
    static constexpr std::optional<Slot> fromNumber(qint64 number)
    {
        if (number < 0 || number >= count)
            return std::nullopt;
        return Slot(static_cast<int>(number));
    }
    constexpr int number() const { return m_number; }
    friend constexpr auto operator<=>(Slot, Slot) = default;

private:
    quint16 m_number = 0;
};

/// A closed range of slots, first <= last.
struct SlotRange
{
    Slot first;
    Slot last;

    int size() const { return last.number() - first.number() + 1; }
    bool contains(Slot slot) const { return first <= slot && slot <= last; }
    friend bool operator==(const SlotRange&, const SlotRange&) = default;
};

using SlotRanges = QList<SlotRange>;

/// Of all slots that there are.
constexpr double percentOf(int slotCount)
{
    return 100.0 * slotCount / Slot::count;
}

/// The number of slots in ranges that do not overlap.
int slotCount(const SlotRanges& ranges);
/// The same slots, sorted, overlapping and adjacent ranges joined.
SlotRanges normalized(SlotRanges ranges);
/// Adds a slot behind the last range, which it prolongs if it is the next one.
void appendSlot(SlotRanges* ranges, Slot slot);
/// The ranges without one slot.
SlotRanges without(const SlotRanges& ranges, Slot slot);

} // namespace slotscope::cluster

Q_DECLARE_METATYPE(slotscope::cluster::Slot)
