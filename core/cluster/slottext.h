// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/slot.h"

#include <QString>

namespace slotscope::cluster {

/// As servers write it: "0-5460", "7" for a single slot.
QString toText(const SlotRange& range);
/// One line for any number of ranges: "0-5460, 7", and of a fragmented cluster the first `most` and
/// how many follow: "0, 2, 4, +8189 ranges". Empty for none.
QString rangesText(
    const SlotRanges& ranges, qsizetype most, const QString& separator = QStringLiteral(", "));

} // namespace slotscope::cluster
