// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/errorcounts.h"
#include "core/cluster/topology.h"

#include <QHash>
#include <QMetaType>

#include <chrono>
#include <deque>
#include <functional>
#include <utility>

namespace slotscope::session {

/// How often nodes sent a command elsewhere, or asked to wait.
struct RedirectCounts
{
    qint64 moved = 0;
    qint64 asked = 0;
    qint64 waits = 0; ///< TRYAGAIN, CLUSTERDOWN, LOADING, MASTERDOWN: "not now"

    bool isZero() const { return *this == RedirectCounts(); }
    friend bool operator==(const RedirectCounts&, const RedirectCounts&) = default;
    friend RedirectCounts operator-(const RedirectCounts& a, const RedirectCounts& b)
    {
        return { a.moved - b.moved, a.asked - b.asked, a.waits - b.waits };
    }
};

/// What one node has answered to this computer.
struct NodeRedirects
{
    net::Endpoint address; ///< as announced, or as typed for the seed
    cluster::NodeId nodeId; ///< null when the map does not know the address
    RedirectCounts lastSecond;
    RedirectCounts total; ///< since the session began
    cluster::ErrorCounts words {}; ///< the same, word by word
};

/// "Seen by Slotscope": the redirects that this session's own commands got, whatever carried them
/// (runs, fan-outs, pipelines, streams, scans). Other clients' are in INFO errorstats
/// (cluster/errorcounts.h).
struct SeenRedirects
{
    QList<NodeRedirects> nodes; ///< those that have sent any, by address
    bool isLive = false; ///< some came in the last second; if not, nothing follows until one comes
};

/// Counts them. Knows no socket; the clock can be replaced.
class RedirectMeter
{
public:
    /// Time since any fixed moment; never goes back.
    using Clock = std::function<std::chrono::milliseconds()>;

    explicit RedirectMeter(Clock clock = {});

    /// An error reply, as received. False when it is none of those that are counted.
    bool count(const net::Endpoint& node, QByteArrayView line);
    /// The counts now. Its own last second is as exact as this is called often.
    SeenRedirects take(const cluster::Topology& map);

private:
    using Moment = std::pair<std::chrono::milliseconds, RedirectCounts>;
    struct Node
    {
        RedirectCounts total;
        cluster::ErrorCounts words;
        std::deque<Moment> before; ///< totals at earlier times; the first is a second old, or more
    };

    Clock m_clock;
    QHash<net::Endpoint, Node> m_nodes;
};

} // namespace slotscope::session

Q_DECLARE_METATYPE(slotscope::session::SeenRedirects)
