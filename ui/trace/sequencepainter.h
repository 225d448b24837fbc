// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/theme/theme.h"
#include "ui/trace/sequencegeometry.h"

#include <QPainter>

namespace slotscope::ui {

/// Lifelines and rows that touch `exposed`; what has not happened in `frame` is faint, what happens
/// is marked. On any device.
void paintSequence(QPainter& painter, const SequenceGeometry& geometry,
    const command::StoryFrame& frame, const QRectF& exposed, const Theme& theme);

/// The heads of the lifelines, on a ground of their own, from `y` = 0 on.
void paintSequenceHeads(QPainter& painter, const SequenceGeometry& geometry, const Theme& theme);

} // namespace slotscope::ui
