// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QStringList>

namespace slotscope::app {

/// `slotscope doctor`: stage by stage reachability of every node. The exit status.
int runDoctor(const QStringList& arguments);

} // namespace slotscope::app
