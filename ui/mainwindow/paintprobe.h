// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

class QWidget;

namespace slotscope::ui {

/// For benchmarks: once `window` and everything in it was painted for the first time and the
/// platform has the pixels, prints `painted <resident set in kB>` to standard output and ends the
/// application.
void exitAfterFirstPaint(QWidget* window);

} // namespace slotscope::ui
