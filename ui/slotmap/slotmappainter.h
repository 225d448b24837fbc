// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/slotmap/slotmapgeometry.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QSet>

namespace slotscope::ui {

/// What of the slot map changes without its topology changing.
struct SlotMapState
{
    int highlightedShard = -1;
    bool stale = false; ///< pale: nobody answers
    int markedSlot = -1;
    QSet<int> shownShards; ///< by Shard::index; the others are grey. Empty: all
    /// Colours by number instead of by owner. It outlives the painting only.
    const SlotScale* scale = nullptr;

    int firstSelected = -1;
    int lastSelected = -1; ///< not less than firstSelected
    int cursor = -1; ///< the slot that has the keyboard's focus
};

/// The two layers of the map, on any device: its cells, row numbers and legend, which take time and
/// change seldom; the selection, the mark and the cursor, which follow the hand.
void paintSlotMapGround(QPainter& painter, const SlotMapGeometry& geometry, const SlotTable& table,
    const cluster::Topology& topology, const SlotMapState& state, const Theme& theme);
void paintSlotMapMarks(QPainter& painter, const SlotMapGeometry& geometry,
    const SlotMapState& state, const Theme& theme);

} // namespace slotscope::ui
