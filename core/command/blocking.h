// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/commandline.h"

#include <chrono>
#include <optional>

namespace slotscope::command {

/// The argument by which a blocking command (BLPOP, XREAD BLOCK, WAIT, ...) says how long its
/// server may keep it waiting. A value made from a command line.
class BlockingTimeout
{
public:
    /// nullopt for commands that do not block, and where the argument is missing or no number.
    static std::optional<BlockingTimeout> of(const Argv& argv);

    bool isForEver() const { return m_time.count() == 0; }
    std::chrono::milliseconds time() const { return m_time; }
    /// The command with what remains of its time after `waited`; at least 1 ms, because 0 would
    /// mean for ever.
    Argv withRemaining(Argv argv, std::chrono::milliseconds waited) const;

private:
    int m_position = 0; ///< in argv
    bool m_inSeconds = false; ///< with decimals; else in milliseconds
    std::chrono::milliseconds m_time { 0 };
};

} // namespace slotscope::command
