// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/theme/theme.h"
#include "ui/topology/topologygeometry.h"

#include <QPainter>

namespace slotscope::ui {

/// The cards: all that stands still. Works on screen, in a picture and in an SVG; uses no clipping.
/// Cards outside of `visible` are left out, unless it is empty.
void paintCards(QPainter& painter, const TopologyGeometry& geometry, const Theme& theme,
    const QRectF& visible = {});

/// A veil over every card but the shard's, painted over paintCards(): what was filtered away.
void paintFilter(
    QPainter& painter, const TopologyGeometry& geometry, int shard, const Theme& theme);

/// A ring around the shard's card, painted over paintCards().
void paintHighlight(
    QPainter& painter, const TopologyGeometry& geometry, int shard, const Theme& theme);

} // namespace slotscope::ui
