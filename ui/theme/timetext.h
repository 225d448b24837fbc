// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

class QDateTime;

namespace slotscope::ui {

// Moments as the window and reports write them: in UTC, which servers' logs are in, too.

QString clockText(const QDateTime& time); ///< "14:02:40Z"
QString dayAndClockText(const QDateTime& time); ///< "2026-11-23 14:02:40Z"
/// With the day only where it is another one than that of `reference`.
QString clockText(const QDateTime& time, const QDateTime& reference);

} // namespace slotscope::ui
