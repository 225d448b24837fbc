// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/movedshare.h"

namespace slotscope::command {

double movedShare(const cluster::Topology& map, const cluster::Node& node)
{
    int owned = 0;
    int own = 0;
    for (const auto& [range, owner] : map.ownedRanges()) {
        if (owner < 0)
            continue;
        owned += range.size();
        if (map.nodes().at(owner).id == node.id && map.nodes().at(owner).address == node.address)
            own += range.size();
    }
    return owned == 0 ? 0 : static_cast<double>(owned - own) / owned;
}

} // namespace slotscope::command
