// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/capture.h"
#include "core/support/result.h"

#include <QImage>

namespace slotscope::ui {

/// An animated replay of a trace, for a chat.
struct AnimationOptions
{
    bool dark = false;
    int width = 720; ///< pixels
    qsizetype mostBytes = 2 * 1024 * 1024; ///< it has fewer frames, then pixels, to keep to that
};

/// A GIF of the trace at a second a step: what travels, this computer's map, the caption of the
/// step, and below it cluster, UTC time and whose view. Empty for a trace without steps, and where
/// it cannot be made so small. Takes about a second: not for the window's thread.
QByteArray animatedGif(const capture::Capture& capture, const command::Trace& trace,
    const AnimationOptions& options = {});
support::Result<support::Done> writeAnimation(const QString& file, const capture::Capture& capture,
    const command::Trace& trace, const AnimationOptions& options = {});

} // namespace slotscope::ui
