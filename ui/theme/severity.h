// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/health/findings.h"
#include "ui/theme/theme.h"

#include <QRectF>

class QPainter;

namespace slotscope::ui {

// How bad something is: a word, a colour and a shape, the same wherever it is shown.

QString severityWord(health::Severity severity); ///< "Error", "Warning", "Notice", "Calm"
QColor severityColor(health::Severity severity, const Theme& theme);
/// The shape in its colour, on the ground of a window.
void paintSeverity(
    QPainter& painter, const QRectF& rect, health::Severity severity, const Theme& theme);

} // namespace slotscope::ui
