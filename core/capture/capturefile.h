// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/capture.h"
#include "core/capture/timeline.h"
#include "core/support/privatefile.h"
#include "core/support/result.h"

namespace slotscope::capture {

/// Writes a capture, and perhaps what a recording holds of the time before it, into one file:
/// docs/capture-format.md. The file appears whole, when finish() succeeds, or not at all.
class CaptureWriter
{
public:
    /// Only its owner may read what is written.
    explicit CaptureWriter(const QString& file);

    /// The next stretch of the timeline, oldest first. Without any, what the capture itself knows
    /// of what happened becomes one.
    void add(const Stretch& stretch);
    /// LimitExceeded: a part of it is larger than a reader would take.
    support::Result<support::Done> finish(const Capture& capture);

private:
    void append(BlockHead head, const QByteArray& block);
    void append(const BlockHead& head, const QByteArrayList& lines);

    support::PrivateFile m_file;
    support::Result<support::Done> m_opened;
    QList<BlockHead> m_blocks;
    qint64 m_end = 0;
    bool m_isTooLarge = false;
};

support::Result<support::Done> writeCapture(const QString& file, const Capture& capture);
/// Answers that came after the deadline. The file is replaced by a longer one.
support::Result<support::Done> appendLate(const QString& file, const QList<NodeAnswers>& answers);

/// Reads what is whole: also a file that was cut or is damaged in parts, or the recording of a
/// program that was killed or still runs. `missing` of the capture says what is not there.
/// FileDamaged when that is everything. Events and samples are those of the last quarter of an
/// hour; History has the rest. Unknown lines are skipped.
support::Result<Capture> readWhatIsWhole(const QString& file);

/// Whether a file is called as captures and recordings are.
bool hasCaptureEnding(const QString& file);

} // namespace slotscope::capture
