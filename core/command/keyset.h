// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArrayView>

#include <span>
#include <vector>

namespace slotscope::command {

/// Which keys were seen, by 64-bit hashes with a seed of their own: eight to sixteen bytes a key,
/// whatever its length. Two of ten million different keys are taken for one with a probability of
/// 0.000003. Keys are only added.
///
/// A QSet of millions costs several cache misses for each insertion, and a million keys were a
/// third of a scan's time. This is a flat table with linear probing, whose places are fetched
/// ahead.
class KeySet
{
public:
    explicit KeySet(size_t seed);

    qsizetype size() const { return m_size; }
    /// Room for so many without growing; a hint.
    void reserve(qsizetype keys);
    /// Adds all of them; `isNew` becomes, for each, whether it was not there before.
    void insert(std::span<const QByteArrayView> keys, std::vector<bool>* isNew);

private:
    bool insertHash(quint64 hash);
    void resize(size_t places);
    size_t placeOf(quint64 hash) const { return size_t(hash) & (m_table.size() - 1); }

    const size_t m_seed;
    std::vector<quint64> m_table; ///< a power of two, at most half full; 0: empty
    std::vector<quint64> m_hashes; ///< of the keys that are being inserted
    qsizetype m_size = 0;
};

} // namespace slotscope::command
