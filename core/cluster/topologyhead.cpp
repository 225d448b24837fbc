// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/topologyhead.h"

namespace slotscope::cluster {

TopologyData headOf(const TopologyData& known)
{
    TopologyData head;
    head.seedTyped = known.seedTyped;
    head.seed = known.seed;
    head.seedDialled = known.seedDialled;
    head.seedVia = known.seedVia;
    head.seedSecurity = known.seedSecurity;
    head.kind = known.kind;
    head.product = known.product;
    head.version = known.version;
    head.os = known.os;
    return head;
}

} // namespace slotscope::cluster
