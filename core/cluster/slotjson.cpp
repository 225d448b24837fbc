// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/slotjson.h"

namespace slotscope::cluster {

QJsonArray toJson(const SlotRange& range)
{
    return { range.first.number(), range.last.number() };
}

QJsonArray toJson(const SlotRanges& ranges)
{
    QJsonArray array;
    for (const SlotRange& range : ranges)
        array.append(toJson(range));
    return array;
}

} // namespace slotscope::cluster
