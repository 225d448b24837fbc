// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/slotmap/ribbongeometry.h"
#include "ui/theme/theme.h"

#include <QPainter>

namespace slotscope::ui {

/// What of the ribbon changes without its topology changing.
struct RibbonState
{
    int highlightedShard = -1;
    int markedSlot = -1;
    /// Where the keyboard stands; -1: nowhere, or it is elsewhere.
    int firstFocused = -1;
    int lastFocused = -1;
    bool stale = false; ///< pale: nobody answers
};

/// Paints on screen, into a picture and into an SVG. Uses no clipping.
void paintRibbon(QPainter& painter, const RibbonGeometry& geometry,
    const cluster::Topology& topology, const RibbonState& state, const Theme& theme);

} // namespace slotscope::ui
