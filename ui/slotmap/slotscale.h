// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/slotsurvey.h"
#include "ui/theme/theme.h"

#include <QList>
#include <QString>

#include <vector>

namespace slotscope::ui {

/// What of a slot is told as a number.
enum class SlotMetric { KeyCount, CpuMicros, BytesIn, BytesOut };

/// "1 234", "3.4 ms", "56 MB".
QString metricText(SlotMetric metric, qint64 value);

/// What the owners have said of the slots, each with the time when it came. A value.
class SlotNumbers
{
public:
    /// `now`: milliseconds of any steady clock.
    void take(const command::SlotFacts& facts, qint64 now);
    /// -1: unknown.
    qint64 value(SlotMetric metric, int slot) const;
    /// When the slot's owner said so; -1: never.
    qint64 askedAt(int slot) const;
    bool isEmpty() const { return m_slots.empty(); }
    void clear() { m_slots.clear(); }

private:
    struct Numbers
    {
        qint64 keyCount = -1;
        qint64 cpuMicros = -1;
        qint64 bytesIn = -1;
        qint64 bytesOut = -1;
        qint64 askedAt = -1;
    };
    std::vector<Numbers> m_slots; ///< empty, or one for each
};

/// A few steps from little to much, with limits that are easy to read. 0 is a step of its own. Even
/// steps, or growing ones where a few slots have far more than the others.
struct SlotScale
{
    struct Step
    {
        qint64 first = 0;
        qint64 last = 0;
    };
    static constexpr int mostSteps = 9;

    SlotMetric metric = SlotMetric::KeyCount;
    QList<Step> steps; ///< empty: no number is known
    bool isGrowing = false;
    int unknown = 0; ///< slots without a number
    std::vector<qint8> stepOfSlot; ///< -1: unknown

    static SlotScale of(SlotMetric metric, const SlotNumbers& numbers);

    bool isEmpty() const { return steps.isEmpty(); }
    int stepOf(qint64 value) const; ///< -1: unknown
    int stepAt(int slot) const
    {
        return stepOfSlot.empty() ? -1 : stepOfSlot[static_cast<size_t>(slot)];
    }
    QString tickText(int step) const; ///< where it begins: "3"
    /// From near the ground to far from it, in lightness too: it survives print and every kind of
    /// colour blindness.
    QColor color(int step, const Theme& theme) const;
};

} // namespace slotscope::ui
