// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/connectionoptions.h"
#include "core/net/waysecurity.h"

namespace slotscope::net {

/// "ssh bastion", "SOCKS5 proxy:1080"; empty for the direct way. From any thread.
QString wayText(const ConnectionOptions& options);
/// Of connections that are made with these. From any thread.
WaySecurity securityOf(const ConnectionOptions& options);
/// Why a proxy or a tunnel closed its connection to `target` (as mapped), as far as it said. In the
/// tunnel's thread.
QString farEndsWords(const ConnectionOptions& options, const Endpoint& target);

} // namespace slotscope::net
