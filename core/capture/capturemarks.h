// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/capture.h"
#include "core/support/result.h"

namespace slotscope::capture {

/// Gives the capture in a finished file, which was saved at that time, other marks. The file is
/// replaced at once or not at all; every other line of it, and every other block to the byte, stays
/// as it is. FileDamaged when it is no sound file, or a recording without a capture; FileError when
/// it holds another one.
support::Result<support::Done> replaceMarks(
    const QString& file, const QList<Mark>& marks, const QDateTime& savedAt);

} // namespace slotscope::capture
