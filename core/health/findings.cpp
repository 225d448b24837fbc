// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/health/findings.h"

#include "core/health/findingrules.h"

#include <algorithm>
#include <tuple>

using namespace Qt::StringLiterals;

namespace slotscope::health {

using cluster::Node;
using cluster::NodeId;
using cluster::Topology;

QString codeName(FindingCode code)
{
    switch (code) {
    case FindingCode::ClusterStateFail:
        return u"cluster-state-fail"_s;
    case FindingCode::SlotsUncovered:
        return u"slots-uncovered"_s;
    case FindingCode::SlotsDisputed:
        return u"slots-disputed"_s;
    case FindingCode::ViewsDisagree:
        return u"views-disagree"_s;
    case FindingCode::NodeFailed:
        return u"node-failed"_s;
    case FindingCode::NodeUnreachable:
        return u"node-unreachable"_s;
    case FindingCode::NodeLoading:
        return u"node-loading"_s;
    case FindingCode::ReplicationBroken:
        return u"replication-broken"_s;
    case FindingCode::NodeSuspected:
        return u"node-suspected"_s;
    case FindingCode::SlotsOpen:
        return u"slots-open"_s;
    case FindingCode::NodeNoAddr:
        return u"node-noaddr"_s;
    case FindingCode::MembersDiffer:
        return u"members-differ"_s;
    case FindingCode::EpochCollision:
        return u"epoch-collision"_s;
    case FindingCode::AnnouncedAddressUnreachable:
        return u"announced-address-unreachable"_s;
    case FindingCode::PrimaryWithoutReplica:
        return u"primary-without-replica"_s;
    case FindingCode::ReplicasOnPrimaryHost:
        return u"replicas-on-primary-host"_s;
    case FindingCode::ReplicationLag:
        return u"replication-lag"_s;
    case FindingCode::SlotsImbalanced:
        return u"slots-imbalanced"_s;
    case FindingCode::MixedVersions:
        return u"mixed-versions"_s;
    case FindingCode::SecondaryChecksIncomplete:
        return u"secondary-checks-incomplete"_s;
    }
    return {};
}

QString severityName(Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return u"error"_s;
    case Severity::Warning:
        return u"warning"_s;
    case Severity::Notice:
    case Severity::Calm:
        break;
    }
    return u"info"_s;
}

QStringList labelsOf(const Topology& topology, const QList<NodeId>& nodes)
{
    QStringList labels;
    for (const NodeId& id : nodes)
        labels.append(topology.labelOf(id));
    return labels;
}

const NodeView* viewOf(const Evidence& evidence, const NodeId& node)
{
    if (node.isNull())
        return nullptr;
    const auto found = std::find_if(evidence.views.begin(), evidence.views.end(),
        [&node](const NodeView& view) { return view.id == node; });
    return found == evidence.views.end() ? nullptr : &*found;
}

bool ownsSlots(const Topology& topology, const NodeId& id)
{
    const Node* node = topology.nodeById(id);
    return node != nullptr && !node->ranges.isEmpty();
}

Finding makeFinding(Severity severity, FindingCode code, const explain::FindingText& text,
    const QList<NodeId>& nodes, const cluster::SlotRanges& ranges)
{
    return { severity, code, text.title, text.detail, nodes, ranges, {} };
}

QList<Finding> findingsOf(const Evidence& evidence)
{
    QList<Finding> findings = slotFindings(evidence) + nodeFindings(evidence)
        + memberFindings(evidence) + replicationFindings(evidence) + layoutFindings(evidence);
    std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
        return std::tuple(b.severity, a.code) < std::tuple(a.severity, b.code);
    });
    return findings;
}

} // namespace slotscope::health
