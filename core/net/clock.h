// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtGlobal>

namespace slotscope::net {

/// Monotonic nanoseconds of one clock for the whole process: the only clock for durations.
qint64 monotonicNanos();

} // namespace slotscope::net
