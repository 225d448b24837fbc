// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"

namespace slotscope::command {

/// Of the slots that have an owner, the share (0 to 1) that is not the node's: what it answers
/// with MOVED. 1 for a replica, which owns none; 0 where nothing is owned.
double movedShare(const cluster::Topology& map, const cluster::Node& node);

} // namespace slotscope::command
