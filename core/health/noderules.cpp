// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/health/findingrules.h"
#include "core/net/reach.h"

#include <algorithm>
#include <map>

using namespace Qt::StringLiterals;

namespace slotscope::health {
namespace {

using cluster::Health;
using cluster::Node;
using cluster::NodeId;
using cluster::Topology;
using net::Reach;
using net::reachOf;
using support::ErrorCode;

/// Who says of a node that it failed, or that it may have.
struct Verdicts
{
    int fail = 0;
    int suspected = 0;
};

struct Census
{
    explicit Census(const Evidence& evidence)
    {
        for (const NodeView& view : evidence.views) {
            views += view.view.nodes.nodes.isEmpty() ? 0 : 1;
            for (const Node& line : view.view.nodes.nodes) {
                if (line.flags.contains(u"fail"_s))
                    ++verdicts[line.id].fail;
                else if (line.flags.contains(u"fail?"_s))
                    ++verdicts[line.id].suspected;
                if (line.flags.contains(u"handshake"_s))
                    handshakes.insert(net::Endpoint { line.ip, line.port }.toString(), line.id);
            }
        }
        if (!evidence.viewsAreKnown)
            views = 0;
    }

    int views = 0; ///< that were read; 0: not known
    QHash<NodeId, Verdicts> verdicts;
    QMap<QString, NodeId> handshakes; ///< by address: the id is made up until it is over
};

/// Nodes of one kind, of which something bad is said.
struct Accused
{
    QList<NodeId> nodes;
    int saidBy = 0; ///< the most that say so of one of them

    void add(const NodeId& node, int by)
    {
        nodes.append(node);
        saidBy = std::max(saidBy, by);
    }
};

bool hasNoAddress(const Node& node)
{
    return node.health == Health::NoAddr || node.health == Health::Handshake
        || node.flags.contains(u"noaddr"_s);
}

void addFailed(QList<Finding>* findings, const Evidence& evidence, const Census& census)
{
    const Topology& topology = evidence.topology;
    Accused primaries;
    Accused replicas;
    Accused others;
    Accused suspected;
    int lostSlots = 0;
    cluster::SlotRanges lost;
    cluster::SlotRanges doubted;
    for (const Node& node : topology.nodes()) {
        const Verdicts verdicts = census.verdicts.value(node.id);
        if (hasNoAddress(node))
            continue;
        if (verdicts.fail == 0) {
            if (verdicts.suspected > 0) {
                suspected.add(node.id, verdicts.suspected);
                doubted += node.ranges;
            }
        } else if (!node.ranges.isEmpty()) {
            primaries.add(node.id, verdicts.fail);
            lost += node.ranges;
        } else if (node.role == cluster::Role::Replica) {
            replicas.add(node.id, verdicts.fail);
        } else {
            others.add(node.id, verdicts.fail);
        }
    }
    const auto labels = [&](const Accused& accused) { return labelsOf(topology, accused.nodes); };
    const auto add = [&](Severity severity, FindingCode code, const Accused& accused,
                         const explain::FindingText& text) {
        findings->append(makeFinding(severity, code, text, accused.nodes));
    };
    if (!primaries.nodes.isEmpty()) {
        lost = cluster::normalized(lost);
        lostSlots = cluster::slotCount(lost);
        add(Severity::Error, FindingCode::NodeFailed, primaries,
            explain::primariesFailed(labels(primaries), lostSlots, cluster::percentOf(lostSlots),
                primaries.saidBy, census.views));
        findings->last().ranges = lost;
    }
    const bool allServed = primaries.nodes.isEmpty() && topology.uncovered().isEmpty();
    if (!replicas.nodes.isEmpty()) {
        add(Severity::Error, FindingCode::NodeFailed, replicas,
            explain::replicasFailed(labels(replicas), replicas.saidBy, census.views, allServed));
    }
    if (!others.nodes.isEmpty()) {
        add(Severity::Error, FindingCode::NodeFailed, others,
            explain::othersFailed(labels(others), others.saidBy, census.views, allServed));
    }
    if (!suspected.nodes.isEmpty()) {
        doubted = cluster::normalized(doubted);
        const int doubtedSlots = cluster::slotCount(doubted);
        add(Severity::Warning, FindingCode::NodeSuspected, suspected,
            explain::nodesSuspected(labels(suspected), doubtedSlots,
                cluster::percentOf(doubtedSlots), suspected.saidBy, census.views));
    }
}

void addUnreachable(QList<Finding>* findings, const Evidence& evidence, const Census& census)
{
    struct Group
    {
        QList<NodeId> nodes;
        QStringList names;
        cluster::SlotRanges ranges;
        support::Error why;
        int seenWell = 0;
    };
    std::map<std::pair<bool, ErrorCode>, Group> groups;
    for (const NodeView& view : evidence.views) {
        if (view.reachable || !view.error)
            continue;
        const bool isMinor = !ownsSlots(evidence.topology, view.id);
        Group& group = groups[{ isMinor, view.error->code }];
        group.why = *view.error;
        group.names.append(
            view.id.isNull() ? view.address.toString() : evidence.topology.nameOf(view.id));
        if (!view.id.isNull())
            group.nodes.append(view.id);
        if (!isMinor)
            group.ranges += evidence.topology.nodeById(view.id)->ranges;
        const Verdicts verdicts = census.verdicts.value(view.id);
        group.seenWell += verdicts.fail == 0 && verdicts.suspected == 0 ? 1 : 0;
    }
    for (auto& [kind, group] : groups) {
        group.ranges = cluster::normalized(group.ranges);
        const int slotCount = cluster::slotCount(group.ranges);
        findings->append(makeFinding(kind.first ? Severity::Warning : Severity::Error,
            FindingCode::NodeUnreachable,
            explain::nodesUnreachable(
                group.names, slotCount, cluster::percentOf(slotCount), group.why, group.seenWell),
            group.nodes, group.ranges));
    }
}

void addLoading(QList<Finding>* findings, const Evidence& evidence)
{
    for (const bool owning : { true, false }) {
        QList<NodeId> nodes;
        for (const NodeView& view : evidence.views) {
            if (view.isLoading && ownsSlots(evidence.topology, view.id) == owning)
                nodes.append(view.id);
        }
        if (!nodes.isEmpty()) {
            findings->append(
                makeFinding(owning ? Severity::Error : Severity::Warning, FindingCode::NodeLoading,
                    explain::nodesLoading(labelsOf(evidence.topology, nodes), owning), nodes));
        }
    }
}

void addNoAddr(QList<Finding>* findings, const Evidence& evidence, const Census& census)
{
    QList<NodeId> nodes;
    for (const Node& node : evidence.topology.nodes()) {
        if (node.flags.contains(u"noaddr"_s))
            nodes.append(node.id);
    }
    if (!nodes.isEmpty()) {
        findings->append(makeFinding(Severity::Warning, FindingCode::NodeNoAddr,
            explain::nodesNoAddr(labelsOf(evidence.topology, nodes)), nodes));
    }
    if (!census.handshakes.isEmpty()) {
        findings->append(makeFinding(Severity::Warning, FindingCode::NodeNoAddr,
            explain::nodesInHandshake(census.handshakes.keys()), census.handshakes.values()));
    }
}

/// The ways that fail where an address leads nowhere, or to somebody else.
bool isWrongPlace(const NodeView& view)
{
    if (view.reachable || !view.error)
        return false;
    const support::Stage stage = support::stageOf(view.error->code);
    return stage == support::Stage::Tcp || stage == support::Stage::Identity
        || view.error->code == ErrorCode::NotRedis;
}

void addAnnounced(QList<Finding>* findings, const Evidence& evidence)
{
    if (!evidence.nameless.isEmpty()) {
        findings->append(makeFinding(Severity::Warning, FindingCode::AnnouncedAddressUnreachable,
            explain::announcedWithoutName(labelsOf(evidence.topology, evidence.nameless)),
            evidence.nameless));
    }
    if (!evidence.wayIn.isDialable())
        return;
    const Reach wayIn = reachOf(evidence.wayIn.host);
    QList<NodeId> loopback;
    QList<NodeId> privates;
    QList<NodeId> names;
    for (const NodeView& view : evidence.views) {
        if (view.isMapped)
            continue;
        const Reach announced = reachOf(view.address.host);
        if (view.error && view.error->code == ErrorCode::ResolveFailed
            && view.error->detail.isEmpty())
            names.append(view.id);
        else if (announced == Reach::Loopback && wayIn != Reach::Loopback)
            loopback.append(view.id);
        else if (announced == Reach::Private && wayIn != Reach::Private && isWrongPlace(view))
            privates.append(view.id);
    }
    const QString address = evidence.wayIn.toString();
    const auto add = [&](const QList<NodeId>& nodes, const explain::FindingText& text) {
        findings->append(
            makeFinding(Severity::Warning, FindingCode::AnnouncedAddressUnreachable, text, nodes));
    };
    const auto labels
        = [&](const QList<NodeId>& nodes) { return labelsOf(evidence.topology, nodes); };
    if (!loopback.isEmpty())
        add(loopback, explain::announcedLoopback(labels(loopback), address));
    if (!privates.isEmpty())
        add(privates, explain::announcedPrivate(labels(privates), address));
    if (!names.isEmpty())
        add(names, explain::announcedUnresolvable(labels(names)));
}

/// A refusal that leaves something unknown: not of ROLE where INFO told the same, and not of a node
/// that is loading, which is a finding of its own.
bool isLoss(const NodeView& view, const Refusal& refusal)
{
    if (refusal.code == ErrorCode::Loading)
        return false;
    return refusal.command != u"ROLE" || view.replication.role == cluster::Role::Unknown;
}

void addIncomplete(QList<Finding>* findings, const Evidence& evidence)
{
    struct Missing
    {
        QStringList names;
        QString line;
    };
    QMap<QString, Missing> byCommand;
    QList<NodeId> nodes;
    for (const NodeView& view : evidence.views) {
        for (const Refusal& refusal : view.refusals) {
            if (!isLoss(view, refusal))
                continue;
            Missing& missing = byCommand[refusal.command];
            missing.names.append(
                view.id.isNull() ? view.address.toString() : evidence.topology.labelOf(view.id));
            missing.line = refusal.line;
            if (!view.id.isNull() && !nodes.contains(view.id))
                nodes.append(view.id);
        }
    }
    if (byCommand.isEmpty())
        return;
    QStringList facts;
    for (auto entry = byCommand.cbegin(); entry != byCommand.cend(); ++entry)
        facts.append(explain::missingFact(entry.key(), entry->names, entry->line));
    findings->append(makeFinding(Severity::Notice, FindingCode::SecondaryChecksIncomplete,
        explain::checksIncomplete(byCommand.keys(), facts), nodes));
}

} // namespace

QList<Finding> nodeFindings(const Evidence& evidence)
{
    const Census census(evidence);
    QList<Finding> findings;
    addFailed(&findings, evidence, census);
    addUnreachable(&findings, evidence, census);
    addLoading(&findings, evidence);
    addNoAddr(&findings, evidence, census);
    addAnnounced(&findings, evidence);
    addIncomplete(&findings, evidence);
    return findings;
}

} // namespace slotscope::health
