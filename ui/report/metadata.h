// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QStringList>

namespace slotscope::ui {

// What files say of themselves beside what they show. Read from their bytes, not from what was
// meant to be written. Of files that this program made: nothing is believed, but not every file
// that another makes is understood.

/// A line for each chunk of a PNG that is not the picture itself: "Title: x", "pHYs: 3780 x 3780
/// pixels per metre", "eXIf: 120 bytes".
QStringList metadataOfPng(const QByteArray& png);
/// A line for each entry of a PDF's information dictionary: "Producer: Qt 6.4.2".
QStringList metadataOfPdf(const QByteArray& pdf);

/// Qt writes the moment of writing, in local time: `pdf` tells `at` instead, in UTC, so that the
/// same report is the same file. Nothing else changes, not its length either.
void setCreationDate(QByteArray* pdf, const QDateTime& at);

} // namespace slotscope::ui
