// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"
#include "ui/report/comparisongeometry.h"
#include "ui/theme/theme.h"

#include <QPainter>

namespace slotscope::ui {

/// What stands on the two ribbons.
struct ComparisonTexts
{
    QString before; ///< a line above the upper one
    QString after;
    QString legend; ///< what is hatched; empty: nothing is
};

/// Paints on screen, into a picture and into an SVG. Uses no clipping.
void paintComparison(QPainter& painter, const ComparisonGeometry& geometry,
    const cluster::Topology& before, const cluster::Topology& after, const ComparisonTexts& texts,
    const Theme& theme);

} // namespace slotscope::ui
