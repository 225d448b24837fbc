// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/capture.h"
#include "core/capture/redaction.h"
#include "core/support/result.h"

#include <QImage>

namespace slotscope::ui {

// What is done with a capture after everybody was asked. Pure but for the files; for any thread.

/// What to make of a capture, and where it goes.
struct CaptureOrder
{
    capture::Capture capture; ///< as it is
    capture::RedactionOptions redaction;
    QString recording; ///< a file with the timeline (capture::Slice); or empty
    QString opened; ///< CaptureContent::opened
    QString folder; ///< made when it is not there
    QString pseudonyms; ///< the file that they are kept in
    bool dark = false;
};

/// The incident picture, and the capture that it shows: redacted.
struct CapturedPicture
{
    capture::Capture shared;
    QImage image; ///< at 2x
    QString headline; ///< one line of plain text, safe to show
    QString text; ///< headline, evidence and caption, for where no picture can be pasted
};

/// Where a capture was saved.
struct CapturedFiles
{
    QString capture; ///< NAME.slotscope
    QString picture; ///< NAME.png beside it
    QStringList missing {}; ///< Capture::missing of what was written
};

/// What CollectRun brought, completed with what only the window knows. `isCollected` false: nobody
/// could be asked, `collected` is not looked at.
capture::Capture withWhatIsKnown(
    const capture::Capture& collected, bool isCollected, const capture::Capture& known);

CapturedPicture pictureOf(const CaptureOrder& order);
/// Both files or none, with dated names that nobody has yet. In the capture is also what the
/// recording holds, redacted in the same way; one that cannot be read is left out, and it says so.
support::Result<CapturedFiles> saveCapture(
    const CaptureOrder& order, const CapturedPicture& picture);
/// The capture with what the recording holds, redacted, in a file of this name. Gives what was
/// written.
support::Result<capture::Capture> saveCaptureAs(const QString& file, const CaptureOrder& order);
/// Other marks in the file of a capture, redacted like it. FileError: by now it holds another.
support::Result<support::Done> keepMarksIn(
    const QString& file, const CaptureOrder& order, const QList<capture::Mark>& marks);
/// Redacted like the capture that they belong to.
support::Result<support::Done> appendLateTo(
    const QString& file, const CaptureOrder& order, const QList<capture::NodeAnswers>& late);

} // namespace slotscope::ui
