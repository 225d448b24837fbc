// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <functional>

namespace slotscope::sandbox {

/// For QProcess::setChildProcessModifier(): the child gets `signal` when this process ends, however
/// that ends, and is in a process group of its own, so that Ctrl-C is for this process alone. What
/// is returned runs between fork and exec and calls only what is async-signal-safe there.
std::function<void()> tiedToThisProcess(int signal);

} // namespace slotscope::sandbox
