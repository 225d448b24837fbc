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
/// Whether the node was reached by the connection to `target` (as mapped) that is there: a SOCKS5
/// proxy says when it is, ssh connects at once and keeps a record of what became of it. In the
/// tunnel's thread.
bool isReached(const ConnectionOptions& options, const Endpoint& target);
/// Why a proxy or a tunnel closed its connection to `target` (as mapped), as far as it said. In the
/// tunnel's thread.
QString farEndsWords(const ConnectionOptions& options, const Endpoint& target);

} // namespace slotscope::net
