// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

#include <optional>

// Sentences about the clocks of this computer and of servers. Microseconds come in: how far a
// server's clock is ahead of this computer's, negative where it is behind.
namespace slotscope::explain {

/// More than this and AWS refuses what this computer signs. (IAM User Guide, "AWS Signature
/// Version 4 for API requests": "In most cases, a request must reach AWS within five minutes of the
/// time stamp in the request.")
inline constexpr qint64 mostSkewOfSignature = 5 * 60 * qint64(1'000'000);

/// "0.4 s", "12 s", "7 min 12 s", "3 h 5 min", "2 days 4 h".
QString timeSpan(qint64 micros);
/// "The clock of 10.0.0.1:6379 is 7 min 12 s ahead of this computer's.", or that they agree: to
/// within a second and `within`, half the round trip that found it out. `who` empty: the server.
QString clocksCompared(const QString& who, qint64 aheadMicros, qint64 withinMicros);
/// Of several nodes, all of which agree; `most`: the largest difference.
QString clocksAgree(int nodes, qint64 mostMicros);
QString moreClocksDiffer(int nodes); ///< than those that are listed
/// What a difference means to IAM tokens made here; empty where it is small enough.
QString skewRefusesTokens(qint64 aheadMicros);
/// Behind a refused token: whether the clocks may be the reason. Nothing: nobody has told.
QString clocksOfToken(std::optional<qint64> aheadMicros);

// Of temporary AWS credentials. `expires` and `now` (this computer's clock) are times in words.
QString credentialsExpired(const QString& expires, const QString& now);
/// They are good for longer than AWS makes any: `span` from now.
QString credentialsLastTooLong(const QString& expires, qint64 spanMicros);

} // namespace slotscope::explain
