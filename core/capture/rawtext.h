// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/resp/reply.h"

namespace slotscope::capture {

/// What happens to the arguments of the commands that a slow log shows: its own commands are the
/// clients', and so are the keys and the values in them.
enum class SlowLogArguments {
    Replaced, ///< by "(redacted)"; the command's name stays
    Kept, ///< but for secrets (support::redactCommand())
};

/// SLOWLOG GET's reply without what must not be kept. Of a reply that has another shape nothing is
/// left but its numbers.
resp::Reply redactedSlowLog(const resp::Reply& reply, SlowLogArguments arguments);

/// How many entries a node is asked for.
inline constexpr int slowLogAsked = 10;
/// How many there are in what rawText() made of a SLOWLOG GET.
int slowLogEntries(QByteArrayView text);

/// A reply as RawReply::text has it. What is longer than 4 MiB is cut, at the end of a line where
/// it has lines, and says so.
/// `mostLines`: of what is printed line by line.
QByteArray rawText(const resp::Reply& reply, int mostLines = 1'000'000);

} // namespace slotscope::capture
