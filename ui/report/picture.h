// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/capture.h"
#include "core/command/storyboard.h"

#include <QByteArray>
#include <QImage>

class QPainter;

namespace slotscope::ui {

/// How an incident picture is made from a capture.
struct PictureOptions
{
    bool dark = false;
    /// A redirect that is shown on the whole map, unless something is wrong: then that is what the
    /// picture is about. May be empty.
    command::Storyboard story;
    command::StoryFrame frame;
};

/// 1600 x 900 logical pixels, on any device, from (0, 0) on: the headline, the ribbon, the affected
/// shards before and now, the others as tiles, the last 15 minutes, where it all comes from.
/// Everything is plain text; nothing is redacted here.
void paintPicture(
    QPainter& painter, const capture::Capture& capture, const PictureOptions& options = {});

/// Packed quickly rather than well: pictures of ours have large even areas. Empty when it fails.
QByteArray toPng(const QImage& image);

} // namespace slotscope::ui
