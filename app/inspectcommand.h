// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QStringList>

namespace slotscope::app {

/// `slotscope inspect`: discovers and prints the topology. Returns the exit status.
int runInspect(const QStringList& arguments);

} // namespace slotscope::app
