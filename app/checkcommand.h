// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QStringList>

namespace slotscope::app {

/// `slotscope check`: asks every node and prints what is wrong. Returns the exit status.
int runCheck(const QStringList& arguments);

} // namespace slotscope::app
