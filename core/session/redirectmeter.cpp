// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/session/redirectmeter.h"

#include "core/command/nodenames.h"
#include "core/command/redirect.h"
#include "core/net/clock.h"

#include <algorithm>

namespace slotscope::session {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

RedirectMeter::RedirectMeter(Clock clock)
    : m_clock(std::move(clock))
{
    if (!m_clock)
        m_clock = [] { return milliseconds(net::monotonicNanos() / 1'000'000); };
}

bool RedirectMeter::count(const net::Endpoint& node, QByteArrayView line)
{
    const QByteArray word = command::errorWord(line);
    const bool isMoved = word == "MOVED";
    const bool isAsk = word == "ASK";
    const bool isWait
        = word == "TRYAGAIN" || word == "CLUSTERDOWN" || word == "LOADING" || word == "MASTERDOWN";
    if (!isMoved && !isAsk && !isWait)
        return false;
    Node& counted = m_nodes[node];
    if (counted.before.empty())
        counted.before.emplace_back(m_clock(), RedirectCounts());
    counted.total.moved += isMoved;
    counted.total.asked += isAsk;
    counted.total.waits += isWait;
    counted.words.add(line);
    return true;
}

SeenRedirects RedirectMeter::take(const cluster::Topology& map)
{
    const milliseconds now = m_clock();
    SeenRedirects seen;
    for (auto node = m_nodes.begin(); node != m_nodes.end(); ++node) {
        std::deque<Moment>& before = node->before;
        while (before.size() > 1 && before[1].first <= now - 1s)
            before.pop_front();
        const RedirectCounts recent = node->total - before.front().second;
        before.emplace_back(now, node->total);
        seen.isLive = seen.isLive || !recent.isZero();
        seen.nodes.append(
            { node.key(), command::nameOf(map, node.key()).id, recent, node->total, node->words });
    }
    std::sort(
        seen.nodes.begin(), seen.nodes.end(), [](const NodeRedirects& a, const NodeRedirects& b) {
            return a.address.toString() < b.address.toString();
        });
    return seen;
}

} // namespace slotscope::session
