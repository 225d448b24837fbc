// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/errorcounts.h"
#include "core/cluster/mergeviews.h"
#include "core/cluster/replicationfacts.h"
#include "core/net/connection.h"

#include <optional>

namespace slotscope::health {

/// A command that a node did not answer with what was asked for.
struct Refusal
{
    QString command; ///< "CLUSTER NODES"
    support::ErrorCode code = support::ErrorCode::ServerError;
    QString line; ///< the server's, made visible
    friend bool operator==(const Refusal&, const Refusal&) = default;
};

/// What one node answered when all were asked: its view of the cluster, its own state, and what is
/// missing. A plain value; what is empty was not told.
struct NodeView
{
    cluster::NodeId id; ///< as the topology knows it; null where no view gives ids
    net::Endpoint address; ///< announced, as it was asked
    bool isMapped = false; ///< the address map sends this address elsewhere
    /// It answered everything, if perhaps with refusals.
    bool reachable = false;
    /// Why it is not reachable, or why its view is missing.
    std::optional<support::Error> error;
    cluster::ViewInput view; ///< CLUSTER NODES; where that is refused CLUSTER SLOTS; else empty
    cluster::ClusterState state = cluster::ClusterState::Unknown;
    std::optional<quint64> currentEpoch;
    std::optional<quint64> myEpoch;
    QString server; ///< "redis 7.0.15", empty when not told
    bool isLoading = false;
    QByteArray runId;
    std::optional<qint64> uptimeSeconds;
    cluster::ReplicationFacts replication;
    std::optional<cluster::ErrorCounts> errorCounts; ///< since its start or CONFIG RESETSTAT
    QList<Refusal> refusals; ///< each command once

    bool hasView() const { return !view.nodes.nodes.isEmpty() || !view.slotsView.isEmpty(); }
};

/// What every node is asked, in one write, in this order. SLOTS only where NODES was refused.
enum class Inquiry { Nodes, ClusterInfo, Info, Role, Slots };

net::Argv commandFor(Inquiry inquiry);
/// Puts an answer where it belongs. Pure; `reply` is anything a server may say.
/// `parser` remembers lines of CLUSTER NODES for the next node.
void take(NodeView* view, Inquiry inquiry, const resp::Reply& reply, cluster::NodesParser* parser);

} // namespace slotscope::health
