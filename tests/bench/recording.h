// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QDateTime>
#include <QString>

namespace slotscope::bench {

constexpr int daySeconds = 24 * 3600;
inline const QDateTime dayBegin(QDate(2026, 11, 27), QTime(0, 0), Qt::UTC);

/// Records a day of twelve nodes, a sample a second each, into `file`; prints what that took.
bool recordDay(const QString& file);
/// A capture of 100 MB: the day in `day`, again and again.
bool writeLarge(const QString& day, const QString& file);

} // namespace slotscope::bench
