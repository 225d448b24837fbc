// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"
#include "core/command/keyextraction.h"
#include "core/net/connectionpool.h"

#include <functional>

namespace slotscope::command {

/// Bounds of a run (facts of the field: 16 redirects is what most clients use).
struct RunLimits
{
    int maxHops = 16;
    int tryAgainFirstMs = 50; ///< doubled up to tryAgainMaxMs
    int tryAgainMaxMs = 500;
    int clusterDownFirstMs = 100;
    int clusterDownMaxMs = 2000;
    int deadlineMs = 10'000; ///< for all waits together: then the run gives up
};

/// What an operation needs to know of the cluster it works in. A value; `pool` must outlive the
/// operation.
struct RunContext
{
    net::ConnectionPool* pool = nullptr;
    cluster::Topology map; ///< this computer's map; may be empty
    net::Endpoint seed; ///< what the user typed
    RunLimits limits {};
    /// The newest map that the owner of the operation has, asked after each wait. May be absent:
    /// then the operation knows what it began with, and what MOVED taught it.
    std::function<cluster::Topology()> latestMap = nullptr;
    CommandTable table {}; ///< tells keys; the built-in one, or what the server says
};

} // namespace slotscope::command
