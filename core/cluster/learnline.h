// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/node.h"

namespace slotscope::cluster {

/// What another view's line of CLUSTER NODES adds to a node that is known already; its slots are
/// not looked at.
void learnLine(Node* node, const Node& line);

} // namespace slotscope::cluster
