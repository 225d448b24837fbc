// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/keyslot.h"

#include <array>

namespace slotscope::cluster {
namespace {

// CRC16/XMODEM: polynomial 0x1021, initial value 0, neither reflected nor inverted.
constexpr std::array<quint16, 256> makeTable()
{
    std::array<quint16, 256> table {};
    for (int byte = 0; byte < 256; ++byte) {
        int crc = byte << 8;
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc & 0x8000) ? (crc << 1) ^ 0x1021 : crc << 1;
        table[static_cast<std::size_t>(byte)] = static_cast<quint16>(crc & 0xffff);
    }
    return table;
}

constexpr std::array<quint16, 256> table = makeTable();

quint16 crc16(QByteArrayView bytes)
{
    unsigned crc = 0;
    for (const char c : bytes)
        crc = ((crc << 8) ^ table[((crc >> 8) ^ static_cast<unsigned char>(c)) & 0xff]) & 0xffff;
    return static_cast<quint16>(crc);
}

} // namespace

QByteArrayView hashTag(QByteArrayView key)
{
    const qsizetype open = key.indexOf('{');
    if (open < 0)
        return key;
    const qsizetype close = key.indexOf('}', open + 1);
    if (close <= open + 1) // none, or nothing between them
        return key;
    return key.sliced(open + 1, close - open - 1);
}

quint16 keyCrc16(QByteArrayView key)
{
    return crc16(hashTag(key));
}

Slot keySlot(QByteArrayView key)
{
    return Slot(keyCrc16(key) % Slot::count);
}

} // namespace slotscope::cluster
