// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/keyscan.h"

#include <deque>
#include <memory>
#include <vector>

namespace slotscope::ui {

/// Keys by the million: in blocks of bytes, so that it grows without copying what is there. Finding
/// key number n takes the same time wherever it is.
class KeyStore
{
public:
    void append(QByteArrayView key);
    void append(const command::KeyBatch& batch);
    void clear() { m_blocks.clear(); }
    qsizetype size() const;
    /// Valid until the next append() or clear().
    QByteArrayView at(qsizetype i) const;

private:
    struct Block
    {
        std::vector<char> bytes;
        std::vector<size_t> ends;
    };
    static constexpr qsizetype keysInBlock = 1 << 13;

    std::deque<Block> m_blocks; ///< all full but the last
};

/// Which keys of a store are shown: all, or those that contain a text (its bytes; case matters).
/// The filter is applied in pieces, so that a million keys do not hold up the window.
class KeyRows
{
public:
    KeyStore& store() { return m_store; }
    const KeyStore& store() const { return m_store; }
    void clear();

    /// Starts over; advance() finds the rows.
    void setFilter(const QByteArray& text);
    const QByteArray& filter() const { return m_filter; }
    /// Looks at `most` more keys. False when there is nothing left to look at.
    bool advance(qsizetype most);
    bool isUpToDate() const { return m_filter.isEmpty() || m_looked >= m_store.size(); }

    qsizetype size() const;
    QByteArrayView at(qsizetype row) const;

private:
    KeyStore m_store;
    QByteArray m_filter;
    std::deque<quint32> m_matches;
    qsizetype m_looked = 0;
};

/// A key as a line of text that redis-cli, and Slotscope's console, take for the same key: in
/// quotes, with escapes, where that is needed.
QByteArray keyLine(QByteArrayView key);

} // namespace slotscope::ui
