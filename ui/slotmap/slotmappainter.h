// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/slotmap/slotmapgeometry.h"
#include "ui/theme/theme.h"

#include <QPainter>

namespace slotscope::ui {

/// What of the slot map changes without its topology changing.
struct SlotMapState
{
    int highlightedShard = -1;
    int markedSlot = -1;
};

/// The map, its row numbers and the legend: all of it, on any device.
void paintSlotMap(QPainter& painter, const SlotMapGeometry& geometry, const SlotTable& table,
    const cluster::Topology& topology, const SlotMapState& state, const Theme& theme);

} // namespace slotscope::ui
