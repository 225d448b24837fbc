// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/net/serverclock.h"

#include <algorithm>
#include <chrono>
#include <limits>

namespace slotscope::net {

ClockSkew clockSkew(qint64 serverMicros, qint64 nowMicros, qint64 roundTripMicros)
{
    // The server looked at its clock at some time of the round trip: its middle is the best guess.
    const qint64 half = std::max<qint64>(0, roundTripMicros) / 2;
    return { serverMicros - (nowMicros - half), half };
}

qint64 unixMicros()
{
    using namespace std::chrono;
    return duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
}

std::optional<qint64> timeOf(const resp::Reply& reply)
{
    constexpr qint64 million = 1'000'000;
    if (!reply.isAggregate() || reply.size() != 2)
        return std::nullopt;
    const qint64 seconds = reply.at(0).toInteger(-1);
    const qint64 micros = reply.at(1).toInteger(-1);
    if (seconds < 0 || seconds > latestMicros / million || micros < 0 || micros >= million)
        return std::nullopt;
    return seconds * million + micros;
}

} // namespace slotscope::net
