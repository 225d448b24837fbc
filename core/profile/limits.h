// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <chrono>

namespace slotscope::profile {

/// Of a time limit, and between two refreshes.
inline constexpr std::chrono::milliseconds longestTime = std::chrono::hours(1);

} // namespace slotscope::profile
