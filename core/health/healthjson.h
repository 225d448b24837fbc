// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/health/healthreport.h"

#include <QJsonObject>

namespace slotscope::health {

/// The contract's document of `check`, without "schema" and "version".
QJsonObject toJson(const HealthReport& report, const QDateTime& now);
QJsonObject toJson(const Finding& finding);

} // namespace slotscope::health
