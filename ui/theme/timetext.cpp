// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/theme/timetext.h"

#include <QDateTime>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

QString clockText(const QDateTime& time)
{
    return time.toUTC().toString(u"HH:mm:ss'Z'"_s);
}

QString dayAndClockText(const QDateTime& time)
{
    return time.toUTC().toString(u"yyyy-MM-dd HH:mm:ss'Z'"_s);
}

QString clockText(const QDateTime& time, const QDateTime& reference)
{
    const bool isSameDay = time.toUTC().date() == reference.toUTC().date();
    return isSameDay ? clockText(time) : dayAndClockText(time);
}

} // namespace slotscope::ui
