// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/health/healthreport.h"

namespace slotscope::app {

/// What `check` prints, for 80 columns: the headline, the findings, the nodes' views.
QString toText(const health::HealthReport& report, const QDateTime& now);

} // namespace slotscope::app
