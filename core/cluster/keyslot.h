// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/slot.h"

#include <QByteArrayView>

namespace slotscope::cluster {

/// The part of a key that is hashed: what stands between the first `{` and the first `}` after it
/// when that is not empty, else the whole key (cluster specification, "Hash tags").
QByteArrayView hashTag(QByteArrayView key);

/// CRC16/XMODEM of hashTag(key).
quint16 keyCrc16(QByteArrayView key);

/// keyCrc16(key) modulo 16384. Keys are bytes; the empty key is slot 0.
Slot keySlot(QByteArrayView key);

} // namespace slotscope::cluster
