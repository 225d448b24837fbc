// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/fanout.h"

namespace slotscope::app {

/// The exit status, as the contract has it.
enum ExitCode {
    Done = 0,
    NegativeAnswer = 1, ///< the answer was an error, or there was none for a reason that is known
    WrongUsage = 2,
    NoConnection = 3, ///< could not connect or discover
    OutcomeUnknown = 4,
};

/// Of a command that has no result.
ExitCode exitCodeOf(const support::Error& error);
ExitCode exitCodeOf(command::TraceOutcome outcome);
ExitCode exitCodeOf(command::FanOutOutcome outcome);

} // namespace slotscope::app
