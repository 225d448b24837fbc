// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/capture.h"
#include "core/support/result.h"
#include "ui/report/atomicfile.h"

#include <QStringList>

namespace slotscope::ui {

enum class ReportFormat { Png, Svg, Pdf, Html, Markdown, Json, Capture };

/// By the ending of its name; nullopt for any other.
std::optional<ReportFormat> reportFormatOf(const QString& file);

/// What is in a report, in this order, but for the topology, which follows the picture.
struct ReportContents
{
    bool summary = true; ///< the headline, what it rests on, the errors that clients saw
    bool picture = true; ///< the incident picture
    bool slotMap = true;
    bool filmStrips = true; ///< of the chosen traces, a picture for each step
    bool sequences = true; ///< of the chosen traces
    bool timeline = true;
    bool findings = true;
    bool nodeTable = true;
    bool rawReplies = false; ///< an appendix
    bool topology = false; ///< every shard, as the window shows them
    bool time = true; ///< of the capture, at the head and in the summary; pictures say it always

    /// A picture is the incident picture alone; a document has everything but the raw replies.
    static ReportContents usual(ReportFormat format);
    friend bool operator==(const ReportContents&, const ReportContents&) = default;
};

/// What the user chose for one report.
struct ReportOptions
{
    QString title; ///< empty: "Incident report: orders"
    QString note; ///< a paragraph below it, plain text
    std::optional<ReportContents> contents; ///< none: what is usual for the format
    /// Which traces, by their place in the capture; none: all, the newest ten at most.
    std::optional<QList<int>> traces;
    bool dark = false;
    int scale = 2; ///< of a PNG and of a Markdown's pictures: 1 to 3
};

/// Writes what the file's ending says: .png, .svg, .pdf, .html, .md (its pictures beside it, see
/// reportFiles()), .json, .slotscope. What is in the capture is what is in the file: it is redacted
/// by then. Text from servers is escaped. All files or none are written (FileSet); FileError says
/// why not, InvalidInput that the ending is none of those. Needs a QGuiApplication, no display; may
/// be called from any thread.
support::Result<support::Done> writeReport(const QString& file, const capture::Capture& capture,
    const ReportOptions& options = {}, Existing existing = Existing::Replace);

/// Every file that writeReport() will write or replace, the report itself first.
QStringList reportFiles(
    const QString& file, const capture::Capture& capture, const ReportOptions& options = {});

/// The Markdown without its pictures, for the clipboard.
QString reportAsMarkdown(const capture::Capture& capture, const ReportOptions& options = {});

/// A name for a report, without an ending: "slotscope-orders-20261123T140741Z". Has letters, digits
/// and dashes only, whatever a server is called.
QString reportBaseName(const capture::Capture& capture);

} // namespace slotscope::ui
