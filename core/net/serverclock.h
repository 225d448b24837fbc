// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/clock.h"
#include "core/resp/reply.h"

#include <QMutex>

#include <optional>

namespace slotscope::net {

/// How far a server's clock is ahead of this computer's (behind where it is negative), in
/// microseconds, give or take `within`: half of the round trip that asked for it.
struct ClockSkew
{
    qint64 aheadMicros = 0;
    qint64 withinMicros = 0;

    friend bool operator==(const ClockSkew&, const ClockSkew&) = default;
};

/// 9999-12-31T23:59:59Z: what a server says of a later time is not believed.
inline constexpr qint64 latestMicros = 253'402'300'799 * qint64(1'000'000);

/// Of the server's time in an answer that has just come. Unix times in microseconds; `now` is this
/// computer's, `roundTrip` what the answer took (negative: not known).
ClockSkew clockSkew(qint64 serverMicros, qint64 nowMicros, qint64 roundTripMicros);
qint64 unixMicros(); ///< this computer's clock, now
/// What TIME answers, [seconds, microseconds], as Unix time in microseconds; nullopt for any other
/// reply.
std::optional<qint64> timeOf(const resp::Reply& reply);

/// What was found out about a server's clock, and when.
struct ToldClock
{
    ClockSkew skew;
    qint64 atNanos = 0; ///< monotonicNanos() then

    friend bool operator==(const ToldClock&, const ToldClock&) = default;
};

/// What is known of the clock of a server or cluster, from whatever node told it last. Nodes of one
/// cluster are taken to agree: it is this computer's clock that is in question. Thread-safe.
class ServerClock
{
    Q_DISABLE_COPY_MOVE(ServerClock)
public:
    ServerClock() = default;

    void note(const ClockSkew& skew)
    {
        const QMutexLocker lock(&m_mutex);
        m_last = ToldClock { skew, monotonicNanos() };
    }
    /// Nothing: nobody has told.
    std::optional<ToldClock> last() const
    {
        const QMutexLocker lock(&m_mutex);
        return m_last;
    }

private:
    mutable QMutex m_mutex;
    std::optional<ToldClock> m_last;
};

} // namespace slotscope::net
