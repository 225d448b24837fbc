// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"
#include "core/cluster/viewparsers.h"

#include <QHash>
#include <QList>
#include <QSet>

#include <chrono>
#include <functional>
#include <optional>
#include <utility>

namespace slotscope::session {

/// A node that can be asked for its view. Without an id: whoever answers there.
struct PollTarget
{
    cluster::NodeId id;
    net::Endpoint address;
    friend bool operator==(const PollTarget&, const PollTarget&) = default;
};

/// When to refresh, and whom to ask. One node, another next time; a little earlier than the
/// interval, by chance, so that many windows do not ask in step; every second for a minute after
/// something was seen to change; doubling to 30 s while nobody answers, until anybody does; at
/// least 1 s apart when a redirect or a lost connection hurries it. A second node right after it
/// where one side of a partition may have spoken. And when to ask them all: once after each new
/// sign of trouble, every 10 s at most. Knows no socket; the clock can be replaced.
class RefreshPlan
{
public:
    /// Time since any fixed moment; never goes back.
    using Clock = std::function<std::chrono::milliseconds()>;

    explicit RefreshPlan(std::chrono::milliseconds interval, Clock clock = {});

    /// Every node that is worth asking; those that are flagged as failed last.
    static QList<PollTarget> targetsOf(const cluster::Topology& topology);
    /// The same in the order to try now, until one answers. First the node whose turn is longest
    /// ago; while slots are moving, every other time to a side of a migration, since only they know
    /// of it. Those of `silent` are tried first when it is their turn, else after the others; a
    /// node that is flagged as failed has its turn as long as it is one of `speaking`.
    QList<PollTarget> nextTargets(const cluster::Topology& topology,
        const QSet<cluster::NodeId>& silent, const QSet<cluster::NodeId>& speaking);

    /// A poll brought this view. Where it calls nodes failed that told their own when they were
    /// asked last, it may be one side of a partition that has spoken, sure of itself and perhaps
    /// wrong: one of the other side is asked next, and at once. Its view does not cause another.
    /// Returns whether this is that one.
    bool heard(const cluster::NodesView& view);
    bool wantsOtherSide() const { return !m_otherSide.isNull(); }
    /// All were asked, and these told their views.
    void heardAll(const QList<cluster::NodeId>& ids);
    /// The node was asked and told nothing.
    void notHeard(const cluster::NodeId& id);

    void succeeded();
    void failed();
    /// The last refresh found nobody.
    bool hasFailed() const { return m_failures > 0; }
    /// Somebody was heard again, though not by a refresh: true when the pauses were long, and end.
    bool endBackoff();
    /// Something changed: more is to be expected.
    void expectChanges();
    /// A node that has turned to fail? or fail or has become silent, a cluster that has turned to
    /// fail: true once. What comes and goes with the node that is asked is not new each time.
    bool seesNewTrouble(const cluster::Topology& topology, const QSet<cluster::NodeId>& silent);
    /// Whether every node may be asked for a sign of trouble; if so, not again for 10 s.
    bool takeDiscovery();
    /// A MOVED named this address, or its connection was lost: it is asked first, and soon.
    void prefer(const net::Endpoint& target);
    /// The pause until the next refresh. `cheap`: it asks one node; else it is a whole discovery,
    /// which comes every 5 s at most.
    std::chrono::milliseconds nextDelay(bool cheap) const;
    /// The same when it is wanted soon.
    std::chrono::milliseconds hurriedDelay() const;

private:
    using Time = std::optional<std::chrono::milliseconds>; ///< by the clock; none: never
    /// A node and its health; Unknown: it is silent; the null node stands for the cluster.
    using Sign = std::pair<cluster::NodeId, int>;

    QList<PollTarget> inTurn(
        const cluster::Topology& topology, const QSet<cluster::NodeId>& speaking);
    bool isWithin(const Time& since, std::chrono::milliseconds span) const;

    std::chrono::milliseconds m_interval;
    Clock m_clock;
    int m_failures = 0;
    int m_round = 0;
    QHash<cluster::NodeId, int> m_turns; ///< the round in which a node was the first to be asked
    int m_look = 0;
    net::Endpoint m_preferred;
    QHash<cluster::NodeId, int> m_heard; ///< who told a view when asked last; when, by a count
    int m_hearing = 0;
    cluster::NodeId m_otherSide; ///< to be asked next
    bool m_isOtherSideAsked = false; ///< it was, and has not told its view yet
    Time m_lastSuccess;
    Time m_lastDiscovery; ///< that a sign of trouble caused
    Time m_lastChange;
    QHash<Sign, int> m_signs; ///< and the look that saw it last
};

} // namespace slotscope::session
