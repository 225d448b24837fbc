// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

namespace slotscope::app {

/// Where no window can be opened: what both programs say of it, before ExitCode::NegativeAnswer.
inline QString noDisplaySentence()
{
    return QStringLiteral(
        "there is no display for the window (DISPLAY, WAYLAND_DISPLAY).\n"
        "Without one there are inspect, check, doctor, exec and report: see slotscope --help.");
}

} // namespace slotscope::app
