// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QStringList>

namespace slotscope::app {

/// `slotscope report`: asks every node, or opens a capture, and writes a file of it. Returns the
/// exit status.
int runReport(const QStringList& arguments);

} // namespace slotscope::app
