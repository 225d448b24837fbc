// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QLoggingCategory>

namespace slotscope::support {

// Nothing that is logged may hold a secret: commands pass through redactCommand() first.
Q_DECLARE_LOGGING_CATEGORY(logNet)
Q_DECLARE_LOGGING_CATEGORY(logSession)
Q_DECLARE_LOGGING_CATEGORY(logSandbox)

} // namespace slotscope::support
