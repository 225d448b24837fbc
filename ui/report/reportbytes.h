// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/report/atomicfile.h"
#include "ui/report/document.h"
#include "ui/report/sheet.h"

namespace slotscope::ui {

// What writeReport() is made of; its own, and the preview's.

/// With the contents that are usual for the format, unless others are chosen.
Document documentOf(
    const capture::Capture& capture, const ReportOptions& options, ReportFormat format);
/// As the pages of a PDF: A4, landscape.
Sheet pagesOf(const Document& document);
/// Where the incident picture stands on the pages of a report.
struct PicturePlace
{
    int page = -1; ///< -1: it is not in it
    QRectF part; ///< of the page's width and height
};
PicturePlace pictureIn(const Sheet& sheet);
/// The same of a report that is a picture.
PicturePlace pictureInImage(const Document& document, const ReportOptions& options);

/// Every file of a report, the one called `file` last. Not of a capture, which is written as it
/// comes: InvalidInput.
support::Result<QList<FileContent>> reportBytes(
    const QString& file, const capture::Capture& capture, const ReportOptions& options);

} // namespace slotscope::ui
