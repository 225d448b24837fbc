// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/capture.h"
#include "ui/theme/theme.h"

#include <QImage>
#include <QSizeF>

#include <functional>

class QPainter;

namespace slotscope::ui {

/// A picture that can be painted on any device, from (0, 0) on, as large as `size`. A value; it
/// keeps what it paints.
struct Figure
{
    QString name; ///< for file names: "picture", "slots", "trace-1"
    QString title; ///< what it shows, safe to draw
    QString caption; ///< cluster, UTC time, whose view, partial or not
    QSizeF size;
    std::function<void(QPainter&)> paint; ///< on a ground of Theme::window
    bool isCaptioned = false; ///< it says its caption itself

    bool isEmpty() const { return !paint; }
};

/// The incident picture. A capture in which nothing is wrong and nothing has happened shows the
/// last of its traces that was redirected, if it has one.
Figure incidentFigure(const capture::Capture& capture, bool dark);
/// All cards, as the window shows them.
Figure topologyFigure(const capture::Capture& capture, bool dark);
/// The 128 x 128 slots and their legend. Empty without known slots.
Figure slotMapFigure(const capture::Capture& capture, bool dark);
/// A trace, a small picture for each of its steps with a caption. Empty for a trace without hops.
Figure filmStripFigure(const capture::Capture& capture, const command::Trace& trace, bool dark);
/// A trace as a sequence diagram. Empty for a trace without hops.
Figure sequenceFigure(const capture::Capture& capture, const command::Trace& trace, bool dark);

/// The same with its title above and its caption below, to stand alone.
Figure withCaption(const Figure& figure, const Theme& theme);

/// As many pixels as `scale` gives, fewer where no image can be so large.
QImage renderFigure(const Figure& figure, const Theme& theme, qreal scale = 2);
QByteArray figureSvg(const Figure& figure, const Theme& theme);

} // namespace slotscope::ui
