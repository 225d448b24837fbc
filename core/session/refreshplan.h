// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"

#include <QElapsedTimer>
#include <QList>

#include <chrono>

namespace slotscope::session {

/// A node that can be asked for its view.
struct PollTarget
{
    cluster::NodeId id;
    net::Endpoint address;
    friend bool operator==(const PollTarget&, const PollTarget&) = default;
};

/// When to refresh, and whom to ask: one node, another next time, jittered by a tenth, doubling to
/// 30 s while nobody answers, at least 1 s apart when redirects hurry it.
class RefreshPlan
{
public:
    explicit RefreshPlan(std::chrono::milliseconds interval);

    /// Every node that is worth asking; those that are flagged as failed last.
    static QList<PollTarget> targetsOf(const cluster::Topology& topology);
    /// The same in the order to try now, until one answers. Moves on to the next node each time;
    /// while slots are moving, every other time to a side of a migration, since only they know of
    /// it.
    QList<PollTarget> nextTargets(const cluster::Topology& topology);

    void succeeded();
    void failed();
    /// A MOVED named this address: it is asked first, and soon.
    void prefer(const net::Endpoint& target);
    /// The pause until the next refresh. `cheap`: it asks one node; else it is a whole discovery,
    /// which comes every 5 s at most.
    std::chrono::milliseconds nextDelay(bool cheap) const;
    std::chrono::milliseconds delayAfterMoved() const;

private:
    std::chrono::milliseconds m_interval;
    int m_failures = 0;
    int m_round = 0;
    net::Endpoint m_preferred;
    QElapsedTimer m_sinceSuccess;
};

} // namespace slotscope::session
