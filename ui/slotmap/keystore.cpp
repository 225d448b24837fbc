// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/slotmap/keystore.h"

#include "core/command/commandline.h"

#include <algorithm>

namespace slotscope::ui {

void KeyStore::append(QByteArrayView key)
{
    if (m_blocks.empty() || m_blocks.back().ends.size() == size_t(keysInBlock)) {
        m_blocks.emplace_back();
        m_blocks.back().ends.reserve(size_t(keysInBlock));
    }
    Block& block = m_blocks.back();
    block.bytes.insert(block.bytes.end(), key.begin(), key.end());
    block.ends.push_back(block.bytes.size());
}

void KeyStore::append(const command::KeyBatch& batch)
{
    for (qsizetype i = 0; i < batch.size(); ++i)
        append(batch.at(i));
}

qsizetype KeyStore::size() const
{
    return m_blocks.empty()
        ? 0
        : qsizetype(m_blocks.size() - 1) * keysInBlock + qsizetype(m_blocks.back().ends.size());
}

QByteArrayView KeyStore::at(qsizetype i) const
{
    const Block& block = m_blocks[static_cast<size_t>(i / keysInBlock)];
    const auto place = static_cast<size_t>(i % keysInBlock);
    const size_t begin = place == 0 ? 0 : block.ends[place - 1];
    return { block.bytes.data() + begin, static_cast<qsizetype>(block.ends[place] - begin) };
}

void KeyRows::clear()
{
    m_store.clear();
    m_matches.clear();
    m_looked = 0;
}

void KeyRows::setFilter(const QByteArray& text)
{
    m_filter = text;
    m_matches.clear();
    m_looked = 0;
}

bool KeyRows::advance(qsizetype most)
{
    if (isUpToDate())
        return false;
    const qsizetype end = std::min(m_store.size(), m_looked + most);
    for (; m_looked < end; ++m_looked) {
        if (m_store.at(m_looked).contains(m_filter))
            m_matches.push_back(static_cast<quint32>(m_looked));
    }
    return !isUpToDate();
}

qsizetype KeyRows::size() const
{
    return m_filter.isEmpty() ? m_store.size() : static_cast<qsizetype>(m_matches.size());
}

QByteArrayView KeyRows::at(qsizetype row) const
{
    return m_store.at(m_filter.isEmpty() ? row : m_matches[static_cast<size_t>(row)]);
}

QByteArray keyLine(QByteArrayView key)
{
    const auto isPlain
        = [](char c) { return c > ' ' && c < 0x7f && c != '"' && c != '\'' && c != '\\'; };
    if (!key.isEmpty() && std::all_of(key.begin(), key.end(), isPlain))
        return key.toByteArray();
    return command::joinLine({ key.toByteArray() }).toUtf8();
}

} // namespace slotscope::ui
