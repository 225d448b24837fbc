// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/capture.h"
#include "ui/report/picture.h"

#include <QByteArray>
#include <QImage>
#include <QString>

namespace slotscope::tests {

/// 2026-11-23 14:07:41 UTC: when every capture here was saved.
QDateTime savedAt();

/// All is well, nothing was recorded.
capture::Capture healthyCapture(int shards = 3, int replicas = 1);
/// The primaries of `failing` (from 0) are down since 14:03:12Z and nobody took over; recorded from
/// 13:52:10Z on, with every node's view, a lag, a note, and errors that Slotscope saw.
capture::Capture incidentCapture(int shards, int replicas, const QList<int>& failing);
/// S02's replica has taken over, the old primary came back as a replica; slots have moved.
capture::Capture afterwardsCapture();
/// Some of an incident's nodes have not answered; two late, views differ.
capture::Capture partialCapture();
/// A name of which every character is meant to break something, in each place where a server or a
/// user may have put it.
QString hostileText();
capture::Capture hostileCapture(const QString& text = hostileText());

/// The incident picture as pixels, and as SVG.
QImage renderPicture(
    const capture::Capture& capture, const ui::PictureOptions& options = {}, qreal scale = 2);
QByteArray pictureSvg(const capture::Capture& capture, const ui::PictureOptions& options = {});

/// What can be read in a file of a report, however it is packed.
struct Unpacked
{
    QByteArray text; ///< what somebody who opens it reads, and what the file says of itself
    QByteArray bytes; ///< everything else, inflated: streams, blocks, chunks
};
/// Of a PDF also what pdftotext finds. Of a GIF and a PNG all but the pixels.
Unpacked unpacked(const QString& file);

} // namespace slotscope::tests
