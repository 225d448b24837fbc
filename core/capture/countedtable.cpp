// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/capture/countedtable.h"

#include <algorithm>

namespace slotscope::capture {

bool CountedTable::update(const QList<session::MetricsSample>& samples, const QDateTime& now)
{
    bool isNew = false;
    for (const session::MetricsSample& sample : samples) {
        if (!sample.growth)
            continue;
        for (const QByteArray& word : cluster::ErrorCounts::clusterWords()) {
            constexpr quint64 most = quint64(1) << 53; // a server may count what it likes
            const quint64 count = std::min(sample.growth->toAllClients.of(word), most);
            if (count == 0)
                continue;
            auto entry = std::find_if(m_errors.begin(), m_errors.end(),
                [&word](const CountedErrors& known) { return known.word == word; });
            if (entry == m_errors.end()) {
                m_errors.append({ word, 0, now, now });
                entry = std::prev(m_errors.end());
            }
            entry->count = std::min(entry->count + qint64(count), qint64(most));
            entry->last = now;
            isNew = true;
        }
    }
    return isNew;
}

} // namespace slotscope::capture
