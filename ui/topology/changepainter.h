// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/theme/theme.h"
#include "ui/topology/changemarks.h"

#include <QPainter>

namespace slotscope::ui {

/// Where the marks are painted: what has to be repainted when they fade.
QRegion changeRegion(const ChangeMarks& marks, const TopologyGeometry& geometry);

/// Where a card's mark is written, above it, where that is outside of the picture below it, and
/// never over its title: up to `width` wide, beyond a small card too, but within the picture.
QRectF changeTag(const Card& card, qreal width, const QRectF& bounds);

/// Rings around the cards that something happened to, and what it was. `still`: they do not fade.
void paintChanges(QPainter& painter, const ChangeMarks& marks, const TopologyGeometry& geometry,
    qint64 now, bool still, const Theme& theme);

} // namespace slotscope::ui
