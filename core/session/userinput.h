// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"
#include "core/command/redirect.h"
#include "core/net/typedendpoint.h"

#include <variant>

namespace slotscope::session {

/// What stands in the endpoint field.
using UserInput
    = std::variant<support::Error, net::TypedEndpoint, command::Redirect, cluster::Topology>;

/// An endpoint or URL, a MOVED or ASK error as any client prints it (quotes, "(error)", prefixes of
/// stack traces), or the output of CLUSTER NODES (an offline topology without a time). Dials
/// nothing.
UserInput understandInput(const QString& text);

} // namespace slotscope::session
