// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/health/sessionfindings.h"

#include "core/explain/topology.h"
#include "core/health/findingrules.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace slotscope::health {
namespace {

using cluster::Health;
using cluster::Node;
using cluster::NodeId;
using cluster::SlotRange;
using cluster::SlotRanges;
using cluster::Topology;

/// The word that CLUSTER NODES prints for it.
QStringList flagsFor(Health health)
{
    switch (health) {
    case Health::Fail:
        return { u"fail"_s };
    case Health::PFail:
        return { u"fail?"_s };
    case Health::Handshake:
        return { u"handshake"_s };
    case Health::NoAddr:
        return { u"noaddr"_s };
    default:
        return {};
    }
}

/// Only the lines that findings are made of: those of a thousand nodes in a thousand views are too
/// many to look through.
NodeView reduced(const NodeId& by, const QList<session::IllNode>& ill, const Topology& topology)
{
    NodeView view;
    view.id = by;
    view.reachable = true;
    if (const Node* node = topology.nodeById(by))
        view.address = node->address;
    Node own;
    own.id = by;
    own.flags.append(u"myself"_s);
    view.view.nodes.nodes.append(own);
    view.view.nodes.myself = 0;
    for (const session::IllNode& other : ill) {
        Node line;
        line.id = other.id;
        line.ip = other.ip;
        line.port = other.port;
        line.health = other.health;
        line.flags = flagsFor(other.health);
        view.view.nodes.nodes.append(line);
    }
    if (by == topology.data().answeredBy)
        view.state = topology.data().state;
    return view;
}

SlotRanges overlap(const SlotRanges& a, const SlotRanges& b)
{
    SlotRanges both;
    for (const SlotRange& left : a) {
        for (const SlotRange& right : b) {
            const SlotRange common { std::max(left.first, right.first),
                std::min(left.last, right.last) };
            if (common.first <= common.last)
                both.append(common);
        }
    }
    return both;
}

/// The session has compared already, and knows which view is older than a change.
Agreement agreementOf(const Topology& topology)
{
    Agreement agreement;
    agreement.compared = topology.data().viewsAnswered;
    QList<Claim> own;
    for (const cluster::Claim& claim : topology.data().claims) {
        agreement.disagreedClaims.append({ claim.ranges, claim.owner, claim.saidBy });
        agreement.disagreed += claim.ranges;
        if (claim.saidBy.contains(claim.owner))
            own.append({ claim.ranges, claim.owner, { claim.owner } });
    }
    for (qsizetype i = 0; i < own.size(); ++i) {
        for (qsizetype j = i + 1; j < own.size(); ++j)
            agreement.disputed += overlap(own.at(i).ranges, own.at(j).ranges);
    }
    agreement.disagreed = cluster::normalized(agreement.disagreed);
    agreement.disputed = cluster::normalized(agreement.disputed);
    for (Claim& claim : own) {
        claim.ranges = overlap(claim.ranges, agreement.disputed);
        if (!claim.ranges.isEmpty())
            agreement.disputedClaims.append(claim);
    }
    return agreement;
}

void addSilent(QList<Finding>* findings, const session::ToldViews& views, const Topology& topology)
{
    QList<NodeId> nodes;
    SlotRanges ranges;
    QStringList reasons;
    for (const Node& node : topology.nodes()) {
        const auto silent = views.silent.constFind(node.id);
        if (silent == views.silent.constEnd() || node.health == Health::Fail)
            continue;
        nodes.append(node.id);
        ranges += node.ranges;
        if (!silent->why.isEmpty() && !reasons.contains(silent->why) && reasons.size() < 3)
            reasons.append(silent->why);
    }
    if (nodes.isEmpty())
        return;
    const int count = cluster::slotCount(ranges);
    findings->append(makeFinding(Severity::Warning, FindingCode::NodeUnreachable,
        { explain::silentNodes(labelsOf(topology, nodes), count, cluster::percentOf(count)),
            QString(reasons.join(u' ') % u' ' % explain::silentAdvice()).trimmed() },
        nodes, cluster::normalized(ranges)));
}

void sortByWeight(QList<Finding>* findings)
{
    std::stable_sort(findings->begin(), findings->end(), [](const Finding& a, const Finding& b) {
        return std::tuple(b.severity, a.code) < std::tuple(a.severity, b.code);
    });
}

} // namespace

QList<Finding> findingsOf(const session::ToldViews& views, const Topology& topology)
{
    if (topology.data().kind != cluster::Kind::Cluster || !topology.slotsKnown())
        return {};
    Evidence evidence;
    evidence.topology = topology;
    evidence.viewsAreWhole = false;
    evidence.agreement = agreementOf(topology);
    for (const session::ToldView& told : views.views)
        evidence.views.append(reduced(told.by, told.ill, topology));
    if (evidence.views.isEmpty()) {
        evidence.viewsAreKnown = topology.data().viewsAnswered <= 1;
        QList<session::IllNode> ill;
        for (const Node& node : topology.nodes()) {
            if (!flagsFor(node.health).isEmpty())
                ill.append({ node.id, node.health, node.ip, node.port });
        }
        evidence.views.append(reduced(topology.data().answeredBy, ill, topology));
    }
    QList<Finding> findings = findingsOf(evidence);
    addSilent(&findings, views, topology);
    sortByWeight(&findings);
    return findings;
}

bool needsCheck(FindingCode code)
{
    switch (code) {
    case FindingCode::NodeLoading:
    case FindingCode::ReplicationBroken:
    case FindingCode::ReplicationLag:
    case FindingCode::AnnouncedAddressUnreachable:
    case FindingCode::MixedVersions:
    case FindingCode::SecondaryChecksIncomplete:
        return true;
    default:
        return false;
    }
}

QList<Finding> joined(QList<Finding> live, const QList<Finding>& ofCheck)
{
    for (const Finding& finding : ofCheck) {
        if (needsCheck(finding.code))
            live.append(finding);
    }
    sortByWeight(&live);
    return live;
}

} // namespace slotscope::health
