// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/health/findingrules.h"

#include <QHostAddress>

#include <algorithm>
#include <cmath>
#include <map>

using namespace Qt::StringLiterals;

namespace slotscope::health {
namespace {

using cluster::Node;
using cluster::NodeId;
using cluster::Shard;
using cluster::Topology;

void addEpochs(QList<Finding>* findings, const Topology& topology)
{
    std::map<quint64, QList<NodeId>> byEpoch;
    for (const Node& node : topology.nodes()) {
        if (!node.ranges.isEmpty() && node.configEpoch && !node.id.isNull())
            byEpoch[*node.configEpoch].append(node.id);
    }
    for (const auto& [epoch, nodes] : byEpoch) {
        if (nodes.size() > 1) {
            findings->append(makeFinding(Severity::Warning, FindingCode::EpochCollision,
                explain::epochCollision(labelsOf(topology, nodes), epoch), nodes));
        }
    }
}

void addImbalance(QList<Finding>* findings, const Topology& topology)
{
    QList<const Shard*> owning;
    int slotCount = 0;
    for (const Shard& shard : topology.shards()) {
        if (shard.slotCount == 0)
            continue;
        owning.append(&shard);
        slotCount += shard.slotCount;
    }
    if (owning.size() < 2)
        return;
    const double share = static_cast<double>(slotCount) / static_cast<double>(owning.size());
    const auto off = [share](const Shard* shard) { return (shard->slotCount - share) / share; };
    std::stable_sort(owning.begin(), owning.end(),
        [&off](const Shard* a, const Shard* b) { return std::abs(off(a)) > std::abs(off(b)); });
    QList<NodeId> nodes;
    QStringList facts;
    for (const Shard* shard : std::as_const(owning)) {
        if (std::abs(off(shard)) <= threshold::imbalance)
            continue;
        facts.append(explain::imbalanceFact(shard->label, shard->slotCount, 100 * off(shard)));
        if (!shard->primaryId.isNull())
            nodes.append(shard->primaryId);
    }
    if (!facts.isEmpty()) {
        findings->append(makeFinding(Severity::Warning, FindingCode::SlotsImbalanced,
            explain::slotsImbalanced(facts, share), nodes));
    }
}

QString hostOf(const Node& node)
{
    return node.ip.isEmpty() ? node.address.host : node.ip;
}

void addHosts(QList<Finding>* findings, const Topology& topology)
{
    for (const bool isLoopback : { false, true }) {
        QStringList labels;
        QList<NodeId> nodes;
        for (const Shard& shard : topology.shards()) {
            const Node* primary = topology.nodeById(shard.primaryId);
            if (primary == nullptr || shard.replicaIds.isEmpty() || shard.slotCount == 0
                || hostOf(*primary).isEmpty()
                || QHostAddress(hostOf(*primary)).isLoopback() != isLoopback)
                continue;
            const bool together = std::all_of(
                shard.replicaIds.begin(), shard.replicaIds.end(), [&](const NodeId& id) {
                    const Node* replica = topology.nodeById(id);
                    return replica != nullptr && hostOf(*replica) == hostOf(*primary);
                });
            if (together) {
                labels.append(shard.label);
                nodes.append(shard.primaryId);
            }
        }
        if (!nodes.isEmpty()) {
            findings->append(makeFinding(isLoopback ? Severity::Notice : Severity::Warning,
                FindingCode::ReplicasOnPrimaryHost,
                explain::replicasOnPrimaryHost(labels, isLoopback), nodes));
        }
    }
}

void addVersions(QList<Finding>* findings, const Evidence& evidence)
{
    QMap<QString, QList<NodeId>> byVersion;
    for (const NodeView& view : evidence.views) {
        if (!view.server.isEmpty())
            byVersion[view.server].append(view.id);
    }
    if (byVersion.size() < 2)
        return;
    QStringList facts;
    QList<NodeId> nodes;
    for (auto entry = byVersion.cbegin(); entry != byVersion.cend(); ++entry) {
        facts.append(explain::versionFact(
            entry.key(), static_cast<int>(entry->size()), labelsOf(evidence.topology, *entry)));
        nodes += *entry;
    }
    findings->append(makeFinding(
        Severity::Warning, FindingCode::MixedVersions, explain::mixedVersions(facts), nodes));
}

} // namespace

QList<Finding> layoutFindings(const Evidence& evidence)
{
    QList<Finding> findings;
    addEpochs(&findings, evidence.topology);
    addImbalance(&findings, evidence.topology);
    addHosts(&findings, evidence.topology);
    addVersions(&findings, evidence);
    return findings;
}

} // namespace slotscope::health
