// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/theme/theme.h"
#include "ui/timeline/timelinegeometry.h"

#include <QPainter>

namespace slotscope::ui {

/// What the widget knows besides the geometry.
struct TimelineState
{
    QDateTime at; ///< where the handle stands
    bool isAtEnd = true;
    bool hasFocus = false;
};

/// Bad is a filled triangle, a notice a diamond, a note a square, all else a stroke; a gap is
/// hatched and says "unknown".
void paintTimeline(QPainter& painter, const TimelineGeometry& geometry, const TimelineState& state,
    const Theme& theme);

} // namespace slotscope::ui
