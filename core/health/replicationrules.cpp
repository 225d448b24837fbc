// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/health/findingrules.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace slotscope::health {
namespace {

using cluster::Node;
using cluster::NodeId;
using cluster::Role;
using cluster::Topology;

NodeId primaryOf(const Evidence& evidence, const NodeView& view)
{
    const Node* node = evidence.topology.nodeById(view.id);
    return node ? node->primaryId : NodeId();
}

void addBroken(QList<Finding>* findings, const Evidence& evidence)
{
    QList<NodeId> nodes;
    QStringList facts;
    for (const NodeView& view : evidence.views) {
        if (!view.reachable || view.replication.role != Role::Replica
            || view.replication.linkUp.value_or(true))
            continue;
        const NodeId primary = primaryOf(evidence, view);
        const NodeView* primaryView = viewOf(evidence, primary);
        nodes.append(view.id);
        facts.append(explain::replicaDownFact(evidence.topology.labelOf(view.id),
            evidence.topology.labelOf(primary), primaryView != nullptr && primaryView->reachable,
            view.replication.isSyncing, view.replication.secondsDown.value_or(-1)));
    }
    if (!nodes.isEmpty()) {
        findings->append(makeFinding(Severity::Error, FindingCode::ReplicationBroken,
            explain::replicationBroken(labelsOf(evidence.topology, nodes), facts), nodes));
    }
}

/// What a primary says of one of its replicas.
const cluster::ReplicaSeen* seenBy(const NodeView& primary, const Node& replica)
{
    const QList<cluster::ReplicaSeen>& seen = primary.replication.replicas;
    const auto isIt = [&replica](const cluster::ReplicaSeen& entry) {
        const bool isPort = entry.address.port == replica.port
            || entry.address.port == replica.address.port
            || entry.address.port == replica.tlsPort.value_or(0);
        return isPort
            && (entry.address.host == replica.ip || entry.address.host == replica.hostname
                || entry.address.host == replica.address.host);
    };
    const auto found = std::find_if(seen.begin(), seen.end(), isIt);
    return found == seen.end() ? nullptr : &*found;
}

struct Lag
{
    NodeId node;
    qint64 bytes = -1; ///< -1: not known
    qint64 seconds = -1;

    bool isTooMuch() const
    {
        return bytes > threshold::lagBytes || seconds > threshold::lagSeconds;
    }
};

/// Two measures of the bytes, of which each can only be too large: the last acknowledgement is up
/// to a second old, and the replica was asked a little earlier or later than the primary. Hence the
/// smaller one.
Lag lagOf(const Evidence& evidence, const NodeView& view)
{
    Lag lag { view.id };
    const Node* node = evidence.topology.nodeById(view.id);
    const NodeView* primary = viewOf(evidence, primaryOf(evidence, view));
    const cluster::ReplicationFacts& facts = view.replication;
    if (primary == nullptr || primary->replication.role != Role::Primary) {
        // The primary pings it every 10 s, so this is the last resort.
        lag.seconds = facts.secondsSinceHeard.value_or(-1);
        return lag;
    }
    const cluster::ReplicaSeen* seen = seenBy(*primary, *node);
    const std::optional<qint64> sent = primary->replication.offset;
    if (sent && facts.offset)
        lag.bytes = std::max<qint64>(0, *sent - *facts.offset);
    if (seen != nullptr && seen->state == u"online") {
        lag.seconds = seen->lagSeconds;
        if (sent) {
            const qint64 unacknowledged = std::max<qint64>(0, *sent - seen->offset);
            lag.bytes = lag.bytes < 0 ? unacknowledged : std::min(lag.bytes, unacknowledged);
        }
    }
    return lag;
}

void addLag(QList<Finding>* findings, const Evidence& evidence)
{
    QList<Lag> lags;
    for (const NodeView& view : evidence.views) {
        // Without a link there is a finding that says more.
        if (!view.reachable || view.replication.role != Role::Replica
            || !view.replication.linkUp.value_or(false)
            || evidence.topology.nodeById(view.id) == nullptr)
            continue;
        if (const Lag lag = lagOf(evidence, view); lag.isTooMuch())
            lags.append(lag);
    }
    if (lags.isEmpty())
        return;
    std::stable_sort(
        lags.begin(), lags.end(), [](const Lag& a, const Lag& b) { return a.bytes > b.bytes; });
    QList<NodeId> nodes;
    QStringList facts;
    for (const Lag& lag : std::as_const(lags)) {
        nodes.append(lag.node);
        facts.append(
            explain::replicaLagFact(evidence.topology.labelOf(lag.node), lag.bytes, lag.seconds));
    }
    findings->append(makeFinding(Severity::Warning, FindingCode::ReplicationLag,
        explain::replicationLag(labelsOf(evidence.topology, nodes), facts), nodes));
}

/// Those on which the other nodes do not count: they could not take over.
QSet<NodeId> writtenOff(const Evidence& evidence)
{
    QSet<NodeId> nodes;
    for (const NodeView& view : evidence.views) {
        for (const Node& line : view.view.nodes.nodes) {
            if (line.flags.contains(u"fail"_s) || line.flags.contains(u"noaddr"_s))
                nodes.insert(line.id);
        }
    }
    return nodes;
}

void addWithoutReplica(QList<Finding>* findings, const Evidence& evidence)
{
    const Topology& topology = evidence.topology;
    QList<NodeId> nodes;
    QList<NodeId> failed;
    bool anyReplica = false;
    const QSet<NodeId> gone = writtenOff(evidence);
    for (const cluster::Shard& shard : topology.shards()) {
        const bool hasReplica = std::any_of(shard.replicaIds.begin(), shard.replicaIds.end(),
            [&gone](const NodeId& id) { return !gone.contains(id); });
        anyReplica = anyReplica || hasReplica;
        // Ids are what ties replicas to primaries.
        if (shard.slotCount > 0 && !hasReplica && !shard.primaryId.isNull())
            (gone.contains(shard.primaryId) ? failed : nodes).append(shard.primaryId);
    }
    if (!failed.isEmpty()) {
        findings->append(makeFinding(Severity::Warning, FindingCode::PrimaryWithoutReplica,
            explain::failedPrimariesWithoutReplica(labelsOf(topology, failed)), failed));
    }
    if (!nodes.isEmpty()) {
        findings->append(makeFinding(anyReplica ? Severity::Warning : Severity::Notice,
            FindingCode::PrimaryWithoutReplica,
            explain::primariesWithoutReplica(labelsOf(topology, nodes), anyReplica), nodes));
    }
}

} // namespace

QList<Finding> replicationFindings(const Evidence& evidence)
{
    QList<Finding> findings;
    addBroken(&findings, evidence);
    addLag(&findings, evidence);
    addWithoutReplica(&findings, evidence);
    return findings;
}

} // namespace slotscope::health
