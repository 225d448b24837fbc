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
                entry = std::prev(m_errors.end());
            }
            if (entry->count == count)
                continue;
            entry->count = count;
            entry->last = now;
            isNew = true;
        }
    }
    return isNew;
}

} // namespace slotscope::capture
