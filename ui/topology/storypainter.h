// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/theme/theme.h"
#include "ui/topology/storyscene.h"

#include <QPainter>

namespace slotscope::ui {

/// This computer, its map, the way so far and what travels: over paintCards(), on any device,
/// without clipping.
void paintStory(QPainter& painter, const TopologyGeometry& geometry, const StoryScene& scene,
    const Theme& theme);
/// Its two halves, for who keeps what stands still: the scene's lines, and all the rest over them.
/// Of that what `seen` has nothing of is left out; empty: nothing.
void paintStoryLines(QPainter& painter, const TopologyGeometry& geometry, const StoryScene& scene,
    const Theme& theme);
void paintStoryMoves(QPainter& painter, const TopologyGeometry& geometry, const StoryScene& scene,
    const Theme& theme, const QRegion& seen = {});

} // namespace slotscope::ui
