// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/theme/redirectnote.h"
#include "ui/theme/theme.h"
#include "ui/topology/topologygeometry.h"

#include <QPainter>

namespace slotscope::ui {

/// What the nodes of one card have answered: hangs from the card's lower edge.
struct CardNote
{
    QRectF rect;
    int card = -1; ///< index into the geometry's
    QString text; ///< "MOVED 12/s, 340 in all, seen by Slotscope"
    qreal scale = 1;
    bool live = false; ///< some came in the last second
};

/// One for each card that has any and is large enough to write on.
QList<CardNote> cardNotes(const TopologyGeometry& geometry, const RedirectNotes& notes);

void paintCardNotes(QPainter& painter, const QList<CardNote>& notes, const Theme& theme);

} // namespace slotscope::ui
