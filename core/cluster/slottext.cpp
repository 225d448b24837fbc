// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/slottext.h"

#include "core/explain/wording.h"

#include <QStringList>

namespace slotscope::cluster {

QString toText(const SlotRange& range)
{
    const QString first = QString::number(range.first.number());
    return range.size() == 1 ? first : QString(first + u'-' + QString::number(range.last.number()));
}

QString rangesText(const SlotRanges& ranges, qsizetype most, const QString& separator)
{
    QStringList parts;
    for (const SlotRange& range : ranges.first(qMin(most, ranges.size())))
        parts.append(toText(range));
    if (ranges.size() > most)
        parts.append(explain::moreRanges(ranges.size() - most));
    return parts.join(separator);
}

} // namespace slotscope::cluster
