// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/redaction.h"
#include "ui/report/report.h"

#include <QImage>

#include <functional>

namespace slotscope::ui {

// A report of a capture that is not redacted yet. For any thread.

/// What a report is to be.
struct ReportOrder
{
    capture::Capture capture; ///< as it is
    capture::RedactionOptions redaction;
    QString pseudonyms; ///< the file that they are kept in; empty: this report has its own
    /// The file with the capture's timeline (capture::Slice), all of which is part of a capture
    /// that is written; other formats have what the capture has.
    QString timeline;
    ReportFormat format = ReportFormat::Png;
    ReportOptions options;
};

/// The order with everything redacted, title and note too: what writeReport() may be given.
ReportOrder shared(const ReportOrder& order);

/// What is in the file of a report.
struct ReportPreview
{
    ReportOrder order; ///< redacted
    /// What is drawn: for a picture the very file, for a document its pages. Empty for what is
    /// text alone.
    QList<QImage> pages;
    int picturePage = -1; ///< the page with the incident picture; -1: none has it
    QRectF picture; ///< where it is there, in parts of the page's width and height
    /// What is not seen in a picture or on a page: what the file, and each picture beside it, says
    /// of itself, a line each.
    QStringList metadata;
    /// The file, where it is a text; a capture's lines. Empty where the pages are all there is.
    QString text;
    /// Both, for people.
    QString allText() const;
    QString error; ///< a sentence; empty: all is well
};

ReportPreview previewOf(const ReportOrder& order);
/// As writeReport(), of the redacted order.
support::Result<support::Done> writeShared(const QString& file, const ReportOrder& order);

QString formatTitle(ReportFormat format); ///< "PNG picture"
QString formatEnding(ReportFormat format); ///< "png"

} // namespace slotscope::ui
