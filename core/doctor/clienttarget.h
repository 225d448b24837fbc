// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/doctor/clientadvice.h"
#include "core/doctor/examination.h"
#include "core/net/connectionoptions.h"

namespace slotscope::doctor {

/// What the way there alone tells those who write code for it.
ClientTarget clientTargetOf(const net::Endpoint& endpoint, const net::ConnectionOptions& options);
/// The same, with what kind of server was found.
ClientTarget withServer(ClientTarget target, const cluster::TopologyData& data);

/// What an examination of `endpoint` tells those who write code for it. Nothing as long as the
/// endpoint has not said what kind of server it is: that decides all.
std::optional<ClientTarget> clientTargetOf(const net::Endpoint& endpoint,
    const net::ConnectionOptions& options, const Examination& examination);

} // namespace slotscope::doctor
