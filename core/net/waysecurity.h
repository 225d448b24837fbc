// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

namespace slotscope::net {

/// What protects connections to the nodes from who listens in between; a proxy or a tunnel on the
/// way is not counted.
enum class WaySecurity {
    Unknown, ///< nobody was connected to, or it was not written down
    Plain,
    TlsVerified, ///< certificates and names are
    TlsNotVerified, ///< whoever answered was believed
};

} // namespace slotscope::net
