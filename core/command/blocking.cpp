// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/blocking.h"

#include "core/support/bytes.h"

#include <cmath>

namespace slotscope::command {

using std::chrono::milliseconds;

namespace {

struct Place
{
    int position = -1;
    bool inSeconds = true;
};

// Source: Redis documentation, the syntax of each command.
Place placeOf(const Argv& argv)
{
    const QByteArray name = argv.value(0).toLower();
    const int last = static_cast<int>(argv.size()) - 1;
    if (name == "blpop" || name == "brpop" || name == "bzpopmin" || name == "bzpopmax"
        || name == "blmove" || name == "brpoplpush")
        return { last, true };
    if (name == "blmpop" || name == "bzmpop")
        return { 1, true };
    if (name == "wait")
        return { 2, false };
    if (name == "waitaof")
        return { 3, false };
    if (name == "xread" || name == "xreadgroup") {
        for (int i = 1; i < last; ++i) {
            if (support::equalsIgnoreCase(argv.at(i), "streams"))
                break; // keys follow, and a key may be called anything
            if (support::equalsIgnoreCase(argv.at(i), "block"))
                return { i + 1, false };
        }
    }
    return {};
}

} // namespace

std::optional<BlockingTimeout> BlockingTimeout::of(const Argv& argv)
{
    const Place place = placeOf(argv);
    if (place.position < 1 || place.position >= argv.size())
        return std::nullopt;
    bool isNumber = false;
    const double given = argv.at(place.position).toDouble(&isNumber);
    constexpr double longest = 1e12; // ms; the server refuses what overflows its clock
    if (!isNumber || !std::isfinite(given) || given < 0 || given > longest)
        return std::nullopt;
    BlockingTimeout timeout;
    timeout.m_position = place.position;
    timeout.m_inSeconds = place.inSeconds;
    timeout.m_time = milliseconds(qint64(std::ceil(place.inSeconds ? given * 1000 : given)));
    return timeout;
}

Argv BlockingTimeout::withRemaining(Argv argv, milliseconds waited) const
{
    if (isForEver() || waited.count() <= 0)
        return argv;
    const qint64 left = std::max<qint64>((m_time - waited).count(), 1);
    // Servers before 6.0 take whole seconds only: what was a whole number stays one.
    const bool isWhole = !argv.at(m_position).contains('.');
    if (!m_inSeconds)
        argv[m_position] = QByteArray::number(left);
    else if (isWhole)
        argv[m_position] = QByteArray::number((left + 999) / 1000);
    else
        argv[m_position] = QByteArray::number(double(left) / 1000, 'f', 3);
    return argv;
}

} // namespace slotscope::command
