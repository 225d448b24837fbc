// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/report/picturelayout.h"
#include "ui/theme/theme.h"

#include <QPainter>

namespace slotscope::ui {

/// The incident picture, on any device, without clipping.
void paintPicture(QPainter& painter, const capture::Capture& capture, const Incident& incident,
    const PictureLayout& layout, const PictureOptions& options);

/// Of what happened: bad, to be watched, anything else, a note.
void paintRowSign(
    QPainter& painter, const QRectF& rect, const TimelineRow& row, const Theme& theme);

} // namespace slotscope::ui
