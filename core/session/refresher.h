// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topologydiff.h"
#include "core/net/connectionpool.h"
#include "core/net/typedendpoint.h"
#include "core/session/reachkeeper.h"
#include "core/session/refreshplan.h"
#include "core/session/viewkeeper.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

namespace slotscope::session {

class Poll;

/// What a session knows of its cluster, and how it comes to know it: a discovery at first and after
/// new trouble, polls of single nodes between (RefreshPlan says when and whom), all views gathered
/// (ViewKeeper) and made into one topology. Runs nothing. Lives in the I/O thread.
class Refresher final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Refresher)
public:
    /// `pool` must outlive it. `interval`: between two polls; 0: none but those that are wished.
    Refresher(net::ConnectionPool* pool, net::TypedEndpoint endpoint,
        std::chrono::milliseconds interval, QObject* parent = nullptr);
    ~Refresher() override;

    const cluster::Topology& topology() const { return m_topology; }
    ToldViews toldViews() const { return m_views.told(); } ///< behind topology()

    /// Before open(): from an earlier session, for the labels.
    void setKnownShards(const QList<cluster::Shard>& shards) { m_knownShards = shards; }
    void open();
    /// Asks every node, now (single flight: a discovery under way is used, a poll is given up).
    void refresh();
    /// Asks one, as soon as that is polite. While nobody answers it does nothing.
    void refreshSoon();
    /// The same, and this one first: a MOVED named it.
    void prefer(const net::Endpoint& target);
    /// Somebody met CLUSTERDOWN, or lost a node: asks every node, as soon as that is not too often.
    void askAllSoon();
    /// A node has answered somebody: the pauses between refreshes that failed end.
    void endBackoff();

Q_SIGNALS:
    /// As Session's.
    void openFailed(const slotscope::support::Error& error);
    void topologyChanged(const slotscope::cluster::Topology& topology);
    void changed(const QList<slotscope::cluster::TopologyEvent>& events);
    void refreshFailed(const slotscope::support::Error& error);

private:
    void discover(QList<net::Endpoint> candidates, bool everyNode);
    void limitSilenceOf(const net::Endpoint& seed);
    void onSeedFailed(const net::Endpoint& seed, const QList<net::Endpoint>& candidates,
        bool everyNode, const support::Error& error);
    void onDiscovered(
        const cluster::Discovery& operation, const cluster::Topology& found, bool everyNode);
    void onTimer();
    void poll();
    void stopPolling();
    void markSilent(const cluster::NodeId& id, const Silence& silence);
    void onView(const cluster::ViewInput& view, ClusterInfo info);
    void judgeState(bool isOtherSide, ClusterInfo* info);
    void onPollFailed(const support::Error& error);
    void watch(net::Connection* connection);
    void onConnectionReady();
    void onConnectionClosed(const support::Error& reason);
    void onRefreshed(const cluster::Topology& fresh, bool everyNodeAsked);
    void onRefreshFailed(const support::Error& error);
    void tellOfSilence();
    void scheduleIn(std::chrono::milliseconds delay);
    QList<net::Endpoint> nextSeeds();
    std::chrono::milliseconds patience() const;
    bool isOpen() const { return !m_topology.isEmpty() || m_opened; }
    bool canPollNodes() const
    {
        return m_topology.data().kind == cluster::Kind::Cluster && m_views.hasNodes();
    }

    net::ConnectionPool* m_pool;
    const net::TypedEndpoint m_endpoint;
    const std::chrono::milliseconds m_interval;
    RefreshPlan m_plan;
    ViewKeeper m_views;
    ReachKeeper m_reach;
    QTimer m_timer;
    cluster::Topology m_topology;
    QList<cluster::Shard> m_knownShards;
    cluster::Discovery* m_discovery = nullptr;
    QPointer<Poll> m_currentPoll; ///< until it has told a view or failed
    /// What both sides of a partition said in the last refresh, the worse of it; Unknown: only one
    /// was asked.
    cluster::ClusterState m_bothSides = cluster::ClusterState::Unknown;
    cluster::ClusterState m_oneSide = cluster::ClusterState::Unknown; ///< in this refresh
    bool m_opened = false;
    bool m_wantedSoon = false; ///< a refresh, since the last one began
    bool m_discoveryDue = false; ///< trouble was seen, and it is too soon to ask every node
};

} // namespace slotscope::session
