// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/keyset.h"

#include <QHashFunctions>

#include <algorithm>
#include <bit>

namespace slotscope::command {

namespace {

constexpr size_t fewestPlaces = 1024;

} // namespace

KeySet::KeySet(size_t seed)
    : m_seed(seed)
    , m_table(fewestPlaces)
{ }

void KeySet::reserve(qsizetype keys)
{
    const size_t places = std::bit_ceil(size_t(std::max<qsizetype>(keys, 0)) * 2);
    if (places > m_table.size())
        resize(places);
}

void KeySet::insert(std::span<const QByteArrayView> keys, std::vector<bool>* isNew)
{
    reserve(m_size + qsizetype(keys.size()));
    m_hashes.clear();
    for (const QByteArrayView key : keys) {
        // 0 is an empty place.
        const quint64 hash
            = std::max<quint64>(qHashBits(key.data(), size_t(key.size()), m_seed), 1);
        m_hashes.push_back(hash);
        __builtin_prefetch(&m_table[placeOf(hash)], 1);
    }
    isNew->assign(keys.size(), false);
    for (size_t i = 0; i < keys.size(); ++i)
        (*isNew)[i] = insertHash(m_hashes[i]);
}

bool KeySet::insertHash(quint64 hash)
{
    for (size_t place = placeOf(hash);; place = (place + 1) & (m_table.size() - 1)) {
        if (m_table[place] == hash)
            return false;
        if (m_table[place] == 0) {
            m_table[place] = hash;
            ++m_size;
            return true;
        }
    }
}

void KeySet::resize(size_t places)
{
    std::vector<quint64> old(places);
    old.swap(m_table);
    m_size = 0;
    for (const quint64 hash : old) {
        if (hash != 0)
            insertHash(hash);
    }
}

} // namespace slotscope::command
