// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <chrono>

namespace slotscope::profile {

/// Of a time limit, and between two refreshes.
inline constexpr std::chrono::milliseconds longestTime = std::chrono::hours(1);

/// Of a shard's label; a cluster has at most 16384 shards, but labels are not given twice.
inline constexpr int largestShardNumber = 1'000'000;

} // namespace slotscope::profile
