// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/capture/seentable.h"

#include <algorithm>

namespace slotscope::capture {

bool SeenTable::update(const session::SeenRedirects& seen, const QDateTime& now)
{
    bool isNew = false;
    for (const session::NodeRedirects& node : seen.nodes) {
        for (const QByteArray& word : cluster::ErrorCounts::clusterWords()) {
            const auto count = static_cast<qint64>(node.words.of(word));
            if (count == 0)
                continue;
            auto entry
                = std::find_if(m_errors.begin(), m_errors.end(), [&](const SeenErrors& known) {
                      return known.word == word && known.address == node.address;
                  });
            if (entry == m_errors.end()) {
                m_errors.append({ node.nodeId, node.address, word, 0, now, now });
                m_before.append(0);
                entry = std::prev(m_errors.end());
            }
            const qint64 total = m_before.at(entry - m_errors.begin()) + count;
            if (entry->count == total)
                continue;
            entry->count = total;
            entry->last = now;
            isNew = true;
        }
    }
    return isNew;
}

void SeenTable::endSession()
{
    for (qsizetype i = 0; i < m_errors.size(); ++i)
        m_before[i] = m_errors.at(i).count;
}

} // namespace slotscope::capture
