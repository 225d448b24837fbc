// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/slottext.h"
#include "core/health/findingrules.h"

#include <algorithm>
#include <map>

using namespace Qt::StringLiterals;

namespace slotscope::health {
namespace {

using cluster::ClusterState;
using cluster::Migration;
using cluster::Node;
using cluster::NodeId;
using cluster::OpenSlot;
using cluster::Slot;
using cluster::SlotRange;
using cluster::SlotRanges;
using cluster::Topology;

void addState(QList<Finding>* findings, const Evidence& evidence)
{
    QList<NodeId> saying;
    int told = 0;
    for (const NodeView& view : evidence.views) {
        told += view.state != ClusterState::Unknown ? 1 : 0;
        if (view.state == ClusterState::Fail)
            saying.append(view.id);
    }
    if (saying.isEmpty())
        return;
    findings->append(makeFinding(Severity::Error, FindingCode::ClusterStateFail,
        explain::clusterSaysFail(labelsOf(evidence.topology, saying), told), saying));
}

void addUncovered(QList<Finding>* findings, const Topology& topology)
{
    const int count = cluster::slotCount(topology.uncovered());
    if (count == 0)
        return;
    findings->append(makeFinding(Severity::Error, FindingCode::SlotsUncovered,
        explain::slotsWithoutOwner(count, cluster::percentOf(count), count == Slot::count), {},
        topology.uncovered()));
}

void addDisputed(QList<Finding>* findings, const Evidence& evidence)
{
    const Agreement& agreement = evidence.agreement;
    if (agreement.disputed.isEmpty())
        return;
    QList<NodeId> claimants;
    QString winner;
    std::optional<quint64> highest;
    for (const Claim& claim : agreement.disputedClaims) {
        if (claimants.contains(claim.owner))
            continue;
        claimants.append(claim.owner);
        const Node* node = evidence.topology.nodeById(claim.owner);
        const std::optional<quint64> epoch = node ? node->configEpoch : std::nullopt;
        if (epoch == highest) {
            winner.clear();
        } else if (epoch > highest) {
            highest = epoch;
            winner = evidence.topology.nameOf(claim.owner);
        }
    }
    const int count = cluster::slotCount(agreement.disputed);
    Finding finding = makeFinding(Severity::Error, FindingCode::SlotsDisputed,
        explain::slotsClaimedTwice(count, cluster::percentOf(count),
            labelsOf(evidence.topology, claimants), winner, highest.value_or(0)),
        claimants, agreement.disputed);
    finding.claims = agreement.disputedClaims;
    findings->append(finding);
}

bool contains(const SlotRanges& ranges, Slot slot)
{
    return std::any_of(ranges.begin(), ranges.end(),
        [slot](const SlotRange& range) { return range.contains(slot); });
}

/// Those who say otherwise than more others do.
QList<NodeId> minorityOf(const QList<Claim>& claims)
{
    QList<NodeId> minority;
    for (const Claim& claim : claims) {
        const Slot slot = claim.ranges.front().first;
        const bool outvoted
            = std::any_of(claims.begin(), claims.end(), [&claim, slot](const Claim& other) {
                  return other.saidBy.size() > claim.saidBy.size() && contains(other.ranges, slot);
              });
        for (const NodeId& id : claim.saidBy) {
            if (outvoted && !minority.contains(id))
                minority.append(id);
        }
    }
    return minority;
}

void addDisagreement(QList<Finding>* findings, const Evidence& evidence)
{
    const Agreement& agreement = evidence.agreement;
    const Topology& topology = evidence.topology;
    if (!agreement.disagreed.isEmpty()) {
        const int count = cluster::slotCount(agreement.disagreed);
        const QList<NodeId> minority = minorityOf(agreement.disagreedClaims);
        Finding finding = makeFinding(Severity::Error, FindingCode::ViewsDisagree,
            explain::viewsDisagree(count, cluster::percentOf(count), labelsOf(topology, minority),
                cluster::slotCount(agreement.disowned)),
            minority, agreement.disagreed);
        finding.claims = agreement.disagreedClaims;
        findings->append(finding);
    }
    if (!agreement.alone.isEmpty()) {
        findings->append(makeFinding(Severity::Error, FindingCode::ViewsDisagree,
            explain::viewsAlone(labelsOf(topology, agreement.alone)), agreement.alone));
    }
}

/// Who gives and who takes, and whether each of them says so itself.
struct Ends
{
    NodeId from;
    NodeId to;
    bool given = false;
    bool taken = false;

    friend bool operator<(const Ends& a, const Ends& b)
    {
        return std::tie(a.from, a.to, a.given, a.taken) < std::tie(b.from, b.to, b.given, b.taken);
    }
};

bool isMarked(const QList<OpenSlot>& open, Slot slot, const NodeId& peer)
{
    return open.contains(OpenSlot { slot, peer });
}

std::map<Ends, SlotRanges> openSlotsOf(const Topology& topology)
{
    std::map<Ends, SlotRanges> open;
    for (const Node& node : topology.nodes()) {
        for (const OpenSlot& mark : node.migrating) {
            const Node* peer = topology.nodeById(mark.peer);
            const bool taken = peer != nullptr && isMarked(peer->importing, mark.slot, node.id);
            open[{ node.id, mark.peer, true, taken }].append({ mark.slot, mark.slot });
        }
        for (const OpenSlot& mark : node.importing) {
            const Node* peer = topology.nodeById(mark.peer);
            if (peer == nullptr || !isMarked(peer->migrating, mark.slot, node.id))
                open[{ mark.peer, node.id, false, true }].append({ mark.slot, mark.slot });
        }
    }
    for (auto& [ends, ranges] : open)
        ranges = cluster::normalized(ranges);
    return open;
}

QString moveText(const Evidence& evidence, const Ends& ends, const SlotRanges& ranges)
{
    const auto name = [&evidence](const NodeId& id) { return evidence.topology.labelOf(id); };
    const auto answered = [&evidence](const NodeId& id) {
        const NodeView* view = viewOf(evidence, id);
        return view != nullptr && view->hasView();
    };
    const QString text = cluster::rangesText(ranges, 3);
    if (ends.given && ends.taken)
        return explain::openMove(text, name(ends.from), name(ends.to));
    if (ends.given)
        return explain::openGivenOnly(text, name(ends.from), name(ends.to), answered(ends.to));
    return explain::openTakenOnly(text, name(ends.to), name(ends.from), answered(ends.from));
}

void addOpen(QList<Finding>* findings, const Evidence& evidence)
{
    SlotRanges all;
    QList<NodeId> nodes;
    QStringList moves;
    const std::map<Ends, SlotRanges> open = openSlotsOf(evidence.topology);
    for (const auto& [ends, ranges] : open) {
        all += ranges;
        moves.append(moveText(evidence, ends, ranges));
        for (const NodeId& id : { ends.from, ends.to }) {
            if (!id.isNull() && !nodes.contains(id))
                nodes.append(id);
        }
    }
    if (all.isEmpty())
        return;
    all = cluster::normalized(all);
    findings->append(makeFinding(Severity::Warning, FindingCode::SlotsOpen,
        explain::slotsOpen(
            cluster::slotCount(all), cluster::percentOf(cluster::slotCount(all)), moves),
        nodes, all));
}

} // namespace

QList<Finding> slotFindings(const Evidence& evidence)
{
    QList<Finding> findings;
    addState(&findings, evidence);
    addUncovered(&findings, evidence.topology);
    addDisputed(&findings, evidence);
    addDisagreement(&findings, evidence);
    addOpen(&findings, evidence);
    return findings;
}

} // namespace slotscope::health
