// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/slot.h"

#include <QJsonArray>

namespace slotscope::cluster {

QJsonArray toJson(const SlotRange& range); ///< [first, last]
QJsonArray toJson(const SlotRanges& ranges);

} // namespace slotscope::cluster
