// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/capture.h"

#include <QJsonObject>

namespace slotscope::capture {

/// The document of a report (docs/report-json.md), without "schema" and "version": the documents of
/// `inspect`, `check` and `exec` in one, the answers of every node, events, notes and marks. The
/// samples are left out: they are in the capture's file.
QJsonObject toJson(const Capture& capture);

/// With "schema" and "version" (of the program that writes it) first.
QByteArray toJsonDocument(const Capture& capture, const QString& version);

} // namespace slotscope::capture
