// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/session/metricshistory.h"

#include <QString>

namespace slotscope::ui {

/// "16 384"; "1.2 million" is never said: numbers are exact.
QString numberText(double number);
/// "3.5/s", "0/s"; of 10 and more without decimals.
QString rateText(double perSecond);
/// "40 s", "3 min".
QString spanText(std::chrono::milliseconds span);

/// The name of a row.
QString metricName(session::Metric metric);
/// The newest value with its unit, or why there is none ("not counted by this server").
QString metricText(const session::MetricsSample& sample, session::Metric metric);
/// A value of a plot with its unit.
QString metricValueText(session::Metric metric, double value);
/// Whether a node of this role has it at all.
bool hasMetric(const session::MetricsSample& sample, session::Metric metric);
/// "MOVED 12, ASK 3": what was answered since the look before; empty when nothing was.
QString errorWordsText(const cluster::ErrorCounts& counts);
/// One sentence: why a node tells no numbers.
QString missingText(const support::Error& error);

} // namespace slotscope::ui
