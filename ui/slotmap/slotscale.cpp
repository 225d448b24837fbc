// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/slotmap/slotscale.h"

#include "ui/theme/drawing.h"
#include "ui/theme/nodetext.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

using cluster::Slot;

namespace {

constexpr int evenSteps = 6;
constexpr qint64 largestValue = 1'000'000'000'000'000; // numbers of a server are claims

constexpr std::array<QRgb, 7> lightRamp { 0xffe4ecf5, 0xffbcd5eb, 0xff86b7df, 0xff4a90c8,
    0xff2569a6, 0xff123f74, 0xff081f42 };
constexpr std::array<QRgb, 7> darkRamp { 0xff202c38, 0xff20435f, 0xff29648f, 0xff418bbd, 0xff78b4dc,
    0xffb2d8f0, 0xfff0f9ff };

// 1, 2 or 5 times a power of ten, not less than `value`.
qint64 roundUp(qint64 value)
{
    for (qint64 power = 1;; power *= 10) {
        for (const qint64 factor : { 1, 2, 5 }) {
            if (factor * power >= value)
                return factor * power;
        }
    }
}

QList<SlotScale::Step> evenLimits(qint64 most)
{
    QList<SlotScale::Step> steps;
    const qint64 width = roundUp((most + evenSteps - 1) / evenSteps);
    for (qint64 first = 1; first <= most; first += width)
        steps.append({ first, first + width - 1 });
    return steps;
}

// 1-9, 10-99, ... or 1-2, 3-9, 10-29, ... where that is not too much.
QList<SlotScale::Step> growingLimits(qint64 least, qint64 most)
{
    qint64 first = 1;
    while (first * 10 <= least)
        first *= 10;
    const double decades = std::log10(static_cast<double>(most) / static_cast<double>(first));
    const bool halves = decades <= 3.5;
    const int factor = decades > SlotScale::mostSteps - 2 ? 1000 : 10;
    QList<SlotScale::Step> steps;
    while (first <= most && steps.size() < SlotScale::mostSteps - 1) {
        if (halves) {
            steps.append({ first, 3 * first - 1 });
            if (3 * first <= most)
                steps.append({ 3 * first, 10 * first - 1 });
        } else {
            steps.append({ first, factor * first - 1 });
        }
        first *= factor;
    }
    return steps;
}

// Once, so that painting need not search.
void placeSlots(SlotScale& scale, const SlotNumbers& numbers)
{
    scale.stepOfSlot.resize(Slot::count);
    for (int slot = 0; slot < Slot::count; ++slot)
        scale.stepOfSlot[static_cast<size_t>(slot)]
            = static_cast<qint8>(scale.stepOf(numbers.value(scale.metric, slot)));
}

QString scaled(double value, const QString& unit)
{
    return QString::number(value, 'g', 3) + u' ' + unit;
}

} // namespace

QString metricText(SlotMetric metric, qint64 value)
{
    if (value < 0)
        return QStringLiteral("?");
    const auto number = static_cast<double>(value);
    if (metric == SlotMetric::KeyCount) {
        if (value <= std::numeric_limits<int>::max())
            return countText(static_cast<int>(value));
        return QString::number(value);
    }
    if (metric == SlotMetric::CpuMicros) {
        if (value < 1000)
            return scaled(number, u"µs"_s);
        return value < 1'000'000 ? scaled(number / 1e3, u"ms"_s) : scaled(number / 1e6, u"s"_s);
    }
    // In powers of ten, because the steps of the scale are.
    if (value < 1000)
        return scaled(number, u"B"_s);
    if (value < 1'000'000)
        return scaled(number / 1e3, u"kB"_s);
    return value < 1'000'000'000 ? scaled(number / 1e6, u"MB"_s) : scaled(number / 1e9, u"GB"_s);
}

void SlotNumbers::take(const command::SlotFacts& facts, qint64 now)
{
    if (m_slots.empty())
        m_slots.resize(Slot::count);
    Numbers& slot = m_slots[facts.slot.number()];
    slot.askedAt = now;
    slot.keyCount = facts.keyCount;
    // Whoever was asked for the keys alone says nothing of the rest.
    if (facts.cpuMicros >= 0)
        slot.cpuMicros = facts.cpuMicros;
    if (facts.bytesIn >= 0)
        slot.bytesIn = facts.bytesIn;
    if (facts.bytesOut >= 0)
        slot.bytesOut = facts.bytesOut;
}

qint64 SlotNumbers::value(SlotMetric metric, int slot) const
{
    if (m_slots.empty() || slot < 0 || slot >= Slot::count)
        return -1;
    const Numbers& numbers = m_slots[static_cast<size_t>(slot)];
    switch (metric) {
    case SlotMetric::KeyCount:
        return numbers.keyCount;
    case SlotMetric::CpuMicros:
        return numbers.cpuMicros;
    case SlotMetric::BytesIn:
        return numbers.bytesIn;
    case SlotMetric::BytesOut:
        return numbers.bytesOut;
    }
    return -1;
}

qint64 SlotNumbers::askedAt(int slot) const
{
    return m_slots.empty() || slot < 0 || slot >= Slot::count
        ? -1
        : m_slots[static_cast<size_t>(slot)].askedAt;
}

SlotScale SlotScale::of(SlotMetric metric, const SlotNumbers& numbers)
{
    SlotScale scale;
    scale.metric = metric;
    std::vector<qint64> values;
    bool hasZero = false;
    for (int slot = 0; slot < Slot::count; ++slot) {
        const qint64 value = std::min(numbers.value(metric, slot), largestValue);
        scale.unknown += value < 0;
        hasZero = hasZero || value == 0;
        if (value > 0)
            values.push_back(value);
    }
    if (values.empty()) {
        if (hasZero)
            scale.steps.append({ 0, 0 });
        placeSlots(scale, numbers);
        return scale;
    }
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    const qint64 median = *middle;
    const auto [least, most] = std::minmax_element(values.begin(), values.end());
    scale.isGrowing = *most > 20 * median;
    scale.steps.append({ 0, 0 });
    scale.steps += scale.isGrowing ? growingLimits(*least, *most) : evenLimits(*most);
    // What is beyond the last limit, or below the first, belongs to the last, or first, step.
    scale.steps.last().last = std::max(scale.steps.last().last, *most);
    scale.steps[1].first = 1;
    placeSlots(scale, numbers);
    return scale;
}

int SlotScale::stepOf(qint64 value) const
{
    if (value < 0 || steps.isEmpty())
        return -1;
    const auto step = std::lower_bound(steps.begin(), steps.end(), value,
        [](const Step& one, qint64 wanted) { return one.last < wanted; });
    return step == steps.end() ? static_cast<int>(steps.size()) - 1
                               : static_cast<int>(step - steps.begin());
}

QString SlotScale::tickText(int step) const
{
    return metricText(metric, steps.at(step).first);
}

QColor SlotScale::color(int step, const Theme& theme) const
{
    const auto& ramp = theme.dark ? darkRamp : lightRamp;
    const double place = steps.size() < 2
        ? 0
        : static_cast<double>(std::clamp(step, 0, int(steps.size()) - 1))
            / static_cast<double>(steps.size() - 1) * static_cast<double>(ramp.size() - 1);
    const auto below = std::min(static_cast<size_t>(place), ramp.size() - 2);
    return blended(QColor::fromRgb(ramp[below + 1]), QColor::fromRgb(ramp[below]),
        place - static_cast<double>(below));
}

} // namespace slotscope::ui
