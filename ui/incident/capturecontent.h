// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/capture.h"
#include "core/capture/redaction.h"
#include "core/session/sessionhandle.h"

#include <QPointer>

#include <functional>
#include <optional>

namespace slotscope::ui {

/// What the window shows, as a capture, and what is to become of it.
struct CaptureContent
{
    capture::Capture capture; ///< not redacted more than it was when it was opened
    capture::RedactionOptions redaction = capture::RedactionOptions::usual();
    /// Everybody can be asked through it; null offline.
    QPointer<session::SessionHandle> session;
    QString recording; ///< the file with what happened before; empty: none
    /// The capture that was opened and is shown, not a moment of its past: marks on it are written
    /// into this file. Empty: none.
    QString opened;
    /// Calls what it is given when the recording has all that happened; may be empty.
    std::function<void(std::function<void()>)> flush;
    std::optional<command::Trace> shownTrace; ///< in picture and sequence
    bool dark = false;
};

} // namespace slotscope::ui
