// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/topology/topologygeometry.h"

namespace slotscope::ui {

// How cards are measured and placed side by side. Internal to the geometry.

/// How much taller the lines of a full card may get where there is room.
constexpr qreal mostStretch = 1.35;

/// What a card needs.
struct Measure
{
    QSizeF size; ///< at scale 1
    QSizeF gap;
    qreal largestScale = 1.5;
    qreal widest = 1.3; ///< how far a card may stretch beyond its own width
};

/// The same for each of these cards.
Measure measureOf(Detail detail, const QList<Card*>& cards);

/// Where its nodes stand, by its rect, detail and scale.
void placeNodes(Card& card);

/// The height that `count` cards of this detail need in this width at this scale.
qreal heightOf(Detail detail, int count, qreal width, qreal scale);

/// Places cards in `area` and returns the scale they got, `most` at most; with `least` above it,
/// they stay where they are. Full cards that would become small are brief.
qreal placeGroup(
    const QList<Card*>& cards, Detail detail, const QRectF& area, qreal least, qreal most = 9);

} // namespace slotscope::ui
