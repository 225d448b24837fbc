// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"

#include <QElapsedTimer>
#include <QHash>
#include <QList>
#include <QSet>

#include <chrono>
#include <utility>

namespace slotscope::session {

/// A node that can be asked for its view.
struct PollTarget
{
    cluster::NodeId id;
    net::Endpoint address;
    friend bool operator==(const PollTarget&, const PollTarget&) = default;
};

/// When to refresh, and whom to ask: one node, another next time, jittered by a tenth, doubling to
/// 30 s while nobody answers, at least 1 s apart when redirects hurry it. And when to ask them all:
/// a discovery once after each new sign of trouble, every 10 s at most.
class RefreshPlan
{
public:
    explicit RefreshPlan(std::chrono::milliseconds interval);

    /// Every node that is worth asking; those that are flagged as failed last.
    static QList<PollTarget> targetsOf(const cluster::Topology& topology);
    /// The same in the order to try now, until one answers. Moves on to the next node each time;
    /// while slots are moving, every other time to a side of a migration, since only they know of
    /// it. Those of `silent` are tried first when it is their turn, else after the others.
    QList<PollTarget> nextTargets(
        const cluster::Topology& topology, const QSet<cluster::NodeId>& silent);

    void succeeded();
    void failed();
    /// The last refresh found nobody: the next one is a discovery.
    bool hasFailed() const { return m_failures > 0; }
    /// A node that has turned to fail? or fail or has become silent, a cluster that has turned to
    /// fail: true once. What comes and goes with the node that is asked is not new each time.
    bool seesNewTrouble(const cluster::Topology& topology, const QSet<cluster::NodeId>& silent);
    /// Whether every node may be asked for a sign of trouble; if so, not again for 10 s.
    bool takeDiscovery();
    /// A MOVED named this address: it is asked first, and soon.
    void prefer(const net::Endpoint& target);
    /// The pause until the next refresh. `cheap`: it asks one node; else it is a whole discovery,
    /// which comes every 5 s at most.
    std::chrono::milliseconds nextDelay(bool cheap) const;
    std::chrono::milliseconds delayAfterMoved() const;

private:
    /// A node and its health; Unknown: it is silent; the null node stands for the cluster.
    using Sign = std::pair<cluster::NodeId, int>;

    QList<PollTarget> inTurn(const cluster::Topology& topology);

    std::chrono::milliseconds m_interval;
    int m_failures = 0;
    int m_round = 0;
    int m_look = 0;
    net::Endpoint m_preferred;
    QElapsedTimer m_sinceSuccess;
    QElapsedTimer m_sinceDiscovery; ///< that a sign of trouble caused
    QHash<Sign, int> m_signs; ///< and the look that saw it last
};

} // namespace slotscope::session
