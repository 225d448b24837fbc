// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/health/errorwatch.h"
#include "core/health/healthreport.h"

#include <QJsonArray>
#include <QJsonObject>

namespace slotscope::health {

/// The contract's document of `check`, without "schema" and "version".
QJsonObject toJson(const HealthReport& report, const QDateTime& now);
QJsonObject toJson(const Finding& finding);
/// The contract's `error_growth`.
QJsonArray toJson(const QList<WatchedNode>& nodes);

} // namespace slotscope::health
