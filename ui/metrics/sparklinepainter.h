// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/metrics/sparklinegeometry.h"
#include "ui/theme/theme.h"

class QPainter;

namespace slotscope::ui {

/// The base line, the line over a faint area, and a dot at the newest value. Greys: it is no alarm.
void paintSparkline(QPainter& painter, const SparklineGeometry& geometry, const Theme& theme);

} // namespace slotscope::ui
