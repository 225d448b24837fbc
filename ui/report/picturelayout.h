// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/report/picture.h"

#include <QRectF>
#include <QStringList>

namespace slotscope::ui {

/// Where the parts of the incident picture stand and what they say. A value, tested without pixels.
struct PictureLayout
{
    static constexpr int width = 1600;
    static constexpr int height = 900;
    /// Of the headline: 48 pixels are 14 when the picture is shown 480 wide.
    static constexpr int headlinePixels = 48;

    QRectF sign; ///< severity as a shape
    QRectF headline;
    QStringList headlineLines; ///< one or two, the last one cut
    QRectF evidence;
    QString evidenceText;
    QRectF badge; ///< empty when every node that was asked has answered
    QString badgeText; ///< "PARTIAL 118/120"
    QRectF ribbon; ///< empty without slots
    QRectF picture;
    QRectF caption; ///< empty without a story
    QString captionText;
    QRectF footer;
    QString footerText;

    static PictureLayout layout(const PictureInput& input);
};

} // namespace slotscope::ui
