// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"

namespace slotscope::cluster {

/// For mergeViews(): of what is known already what no node's view says, the seed and the way to it,
/// kind and server. All else is empty.
TopologyData headOf(const TopologyData& known);

} // namespace slotscope::cluster
