// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QBrush>
#include <QColor>
#include <QFont>
#include <QPalette>

namespace slotscope::ui {

/// The colours of everything that Slotscope draws itself. A value: painters get it as a parameter,
/// so that the screen, a PNG and an SVG can use different ones. Greys for the normal, colour for
/// ownership, red only for what is wrong.
struct Theme
{
    bool dark = false;
    QColor window; ///< behind everything
    QColor surface; ///< cards
    QColor sunken; ///< fields, empty slots
    QColor border;
    QColor text;
    QColor mutedText;
    QColor accent; ///< focus, the travelling command
    QColor danger;
    QColor warning;
    QColor good;

    static Theme light();
    static Theme darkTheme();
    /// Light or dark by the lightness of the palette's window colour.
    static Theme of(const QPalette& palette);
    /// A QPalette for the widgets around, made of the same colours.
    QPalette palette() const;

    /// The colour of shard `index` (Shard::index): safe for colour-blind eyes, repeats, neighbours
    /// differ.
    QColor shardColor(int index) const;
    /// Black or white, whichever reads better on shardColor().
    QColor onShardColor(int index) const;
};

/// The proportional and the fixed font of a size in pixels; fixed is for keys, slots and raw
/// answers.
QFont textFont(qreal pixelSize, QFont::Weight weight = QFont::Normal);
QFont fixedFont(qreal pixelSize);

} // namespace slotscope::ui
