// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QIcon>
#include <QRectF>

class QPainter;

namespace slotscope::ui {

/// The drawing of resources/icons/slotscope.svg (which desktops show) without the SVG engine: that
/// one would cost a tenth of the time to the first paint. A test compares the two.
void paintLogo(QPainter* painter, const QRectF& rect);

/// Sharp on a screen of this pixel ratio.
QPixmap logoPixmap(int size, qreal pixelRatio);

/// The application's icon, in the sizes that desktops ask for.
QIcon logoIcon();

} // namespace slotscope::ui
