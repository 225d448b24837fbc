// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace slotscope::command {

/// A line of MONITOR with the secrets of the command in it replaced by "(redacted)": servers hide
/// some of them, by their age. Any other line is returned as it is; one whose command cannot be
/// made out is left without it.
QByteArray redactMonitorLine(QByteArrayView line);

} // namespace slotscope::command
