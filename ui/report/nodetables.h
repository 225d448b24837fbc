// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/report/document.h"

namespace slotscope::ui {

class Witnesses;

// The tables of a capture's nodes, shard by shard, the primary first. Columns of which nothing is
// known are left out.

/// What is known of each node of the map. No rows without a map.
Table nodesTable(const capture::Capture& capture, const Witnesses& witnesses);
/// What each node that was asked told of itself: clock, addresses, epochs, role, load. No rows when
/// nobody was asked.
Table nodeFactsTable(const capture::Capture& capture);

} // namespace slotscope::ui
