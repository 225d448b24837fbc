// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/capture.h"
#include "core/capture/redaction.h"
#include "core/support/result.h"

namespace slotscope::capture {

/// A capture with the time before it, as it becomes a file of its own. For any thread.
struct Slice
{
    Capture capture; ///< as it is
    /// The recording that it was taken from, which may still be written, or the capture's file that
    /// it was read from: its whole timeline is kept. Empty: there is none, what the capture itself
    /// knows is all.
    QString timeline;
    RedactionOptions redaction;
};

/// Writes it, redacted in all its parts. Gives the capture as it was written: its `missing` says
/// what of the timeline could not be read. `pseudonyms`: those to use and to add to; null: ones of
/// its own.
support::Result<Capture> writeSlice(
    const QString& file, const Slice& slice, Pseudonyms* pseudonyms = nullptr);

/// Appends what came after the deadline, redacted like the slice that is in the file already.
support::Result<support::Done> appendLateTo(const QString& file, const Slice& slice,
    const QList<NodeAnswers>& late, Pseudonyms* pseudonyms = nullptr);

} // namespace slotscope::capture
