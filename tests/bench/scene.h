// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

namespace slotscope::bench {

/// Frames of the picture with 6 and 1,000 nodes while 1 and 50 redirects move, and a refresh
/// without a change. False when such a refresh painted something. Needs a QApplication.
bool benchTopology();

} // namespace slotscope::bench
