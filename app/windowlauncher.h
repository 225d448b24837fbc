// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QStringList>

#include <span>

namespace slotscope::app {

/// Where slotscope-window is: beside this program, else in PATH; empty when it is nowhere.
QString findWindow();
/// Whether there is a display to open a window on.
bool hasDisplay();
/// `slotscope [ENDPOINT] [connection options]`: checks the command line and becomes the window.
/// Returns only when that fails, with the exit status. `argv`: main's, whole.
int becomeWindow(const QStringList& arguments, std::span<char*> argv);

} // namespace slotscope::app
