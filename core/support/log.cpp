// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/support/log.h"

namespace slotscope::support {

// Silent unless asked for (QT_LOGGING_RULES="slotscope.*=true"): standard error belongs to the
// user.
Q_LOGGING_CATEGORY(logNet, "slotscope.net", QtWarningMsg)
Q_LOGGING_CATEGORY(logSession, "slotscope.session", QtWarningMsg)
Q_LOGGING_CATEGORY(logSandbox, "slotscope.sandbox", QtWarningMsg)

} // namespace slotscope::support
