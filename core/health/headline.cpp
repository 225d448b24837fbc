// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/health/headline.h"

#include "core/explain/topology.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace slotscope::health {
namespace {

using cluster::Health;
using cluster::Kind;
using cluster::Node;
using cluster::Topology;

struct Verdict
{
    Severity severity = Severity::Calm;
    QString sentence;
};

/// What the nodes say of each other, counted once.
struct Census
{
    explicit Census(const Topology& topology)
    {
        for (const Node& node : topology.nodes()) {
            switch (node.health) {
            case Health::Ok:
                ++well;
                break;
            case Health::Unknown:
                ++unknown;
                break;
            case Health::PFail:
                suspected.append(topology.labelOf(node));
                suspectedSlots += cluster::slotCount(node.ranges);
                break;
            case Health::Loading:
                loading.append(topology.labelOf(node));
                break;
            case Health::Fail:
                countFailed(topology, node);
                break;
            case Health::Handshake:
            case Health::NoAddr:
                break;
            }
        }
        for (const cluster::Dispute& dispute : topology.data().disputes)
            disputedSlots += dispute.range.size();
        uncoveredSlots = cluster::slotCount(topology.uncovered());
        for (QStringList* names :
            { &suspected, &loading, &failedShards, &failedReplicas, &failedOthers })
            names->sort();
    }

    int well = 0;
    int unknown = 0;
    int unservedSlots = 0; ///< of primaries that failed
    int suspectedSlots = 0;
    int uncoveredSlots = 0;
    int disputedSlots = 0;
    QStringList suspected;
    QStringList loading;
    QStringList failedShards;
    QStringList failedReplicas;
    QStringList failedOthers; ///< an old primary whose slots others own by now

private:
    void countFailed(const Topology& topology, const Node& node)
    {
        if (!node.ranges.isEmpty()) {
            unservedSlots += cluster::slotCount(node.ranges);
            failedShards.append(topology.labelOf(node));
        } else if (node.role == cluster::Role::Replica) {
            failedReplicas.append(topology.labelOf(node));
        } else {
            failedOthers.append(topology.labelOf(node));
        }
    }
};

/// In a cluster whose slots are unknown the first warning says why, in its own words.
Verdict unknownSlots(const Topology& topology)
{
    if (isSilent(topology))
        return { Severity::Error, explain::nobodyAnswers(topology.data().viewsAsked) };
    const QStringList& warnings = topology.data().warnings;
    return { Severity::Warning, warnings.isEmpty() ? explain::slotsUnknown() : warnings.front() };
}

/// The first that applies is the worst.
Verdict clusterVerdict(const Topology& topology)
{
    if (!topology.slotsKnown())
        return unknownSlots(topology);
    const cluster::TopologyData& data = topology.data();
    const Census census(topology);
    if (census.uncoveredSlots == cluster::Slot::count)
        return { Severity::Warning, explain::emptyCluster() };

    Verdict broken;
    if (!census.failedShards.isEmpty()) {
        broken = { Severity::Error,
            explain::primariesDown(census.failedShards, census.unservedSlots,
                cluster::percentOf(census.unservedSlots)) };
    } else if (census.uncoveredSlots > 0) {
        broken = { Severity::Error,
            explain::slotsUncovered(
                census.uncoveredSlots, cluster::percentOf(census.uncoveredSlots)) };
    }
    if (data.state == cluster::ClusterState::Fail) {
        const QString down = explain::clusterStateFail();
        return { Severity::Error,
            broken.sentence.isEmpty() ? down : QString(down % u' ' % broken.sentence) };
    }
    if (!broken.sentence.isEmpty())
        return broken;
    if (census.disputedSlots > 0)
        return { Severity::Error,
            explain::slotsDisputed(
                census.disputedSlots, cluster::percentOf(census.disputedSlots)) };
    // What is known to be down goes before what may be, unless slots are at stake.
    if (census.suspectedSlots == 0 && !census.failedReplicas.isEmpty())
        return { Severity::Warning, explain::replicaDown(census.failedReplicas) };
    if (!census.suspected.isEmpty())
        return { Severity::Warning,
            explain::nodeSuspected(census.suspected, census.suspectedSlots,
                cluster::percentOf(census.suspectedSlots)) };
    if (!census.failedOthers.isEmpty())
        return { Severity::Warning, explain::nodeDown(census.failedOthers) };
    if (!census.loading.isEmpty())
        return { Severity::Warning, explain::nodeLoading(census.loading) };
    if (data.viewsAnswered < data.viewsAsked)
        return { Severity::Warning, explain::notAnswered(data.viewsAsked - data.viewsAnswered) };
    if (!data.migrations.isEmpty()) {
        const int moving = static_cast<int>(data.migrations.size());
        return { Severity::Notice, explain::slotsMoving(moving, cluster::percentOf(moving)) };
    }
    const int shards = static_cast<int>(std::count_if(topology.shards().begin(),
        topology.shards().end(), [](const cluster::Shard& shard) { return shard.slotCount > 0; }));
    if (census.unknown > 0 && census.well == 0)
        return { Severity::Notice, explain::healthUnknown(shards) };
    return { Severity::Calm, explain::healthy(shards, census.well) };
}

Verdict verdictOn(const Topology& topology)
{
    if (topology.isEmpty() && topology.data().kind != Kind::Sentinel)
        return { Severity::Calm, explain::startPage() };
    switch (topology.data().kind) {
    case Kind::Sentinel:
        return { Severity::Notice,
            explain::sentinel(static_cast<int>(topology.data().masters.size())) };
    case Kind::Standalone:
        return { Severity::Notice, explain::standalone() };
    case Kind::Cluster:
        break;
    }
    return clusterVerdict(topology);
}

QString evidenceFor(const Topology& topology, const QDateTime& now, const QString& how)
{
    const cluster::TopologyData& data = topology.data();
    QStringList parts;
    if (data.viewsAsked > 0 && data.viewsAnswered == 0 && !isSilent(topology)) {
        parts.append(explain::noView());
    } else if (data.viewsAsked > 0) {
        parts.append(answeredText(topology));
    }
    if (data.kind == Kind::Cluster && data.viewsAnswered == 1 && data.nodes.size() > 1) {
        const Node* answerer = topology.nodeById(data.answeredBy);
        const net::Endpoint of = answerer ? answerer->address : data.seed;
        const QString name = of.isDialable() ? of.toString() : QString(); // pasted, no myself
        parts.append(explain::oneViewOnly(name));
    }
    if (!how.isEmpty())
        parts.append(how);
    else if (data.capturedAt.isValid())
        parts.append(explain::age(data.capturedAt.msecsTo(now)));
    return parts.join(u", "_s);
}

} // namespace

bool isSilent(const Topology& topology)
{
    const cluster::TopologyData& data = topology.data();
    return data.kind == Kind::Cluster && data.viewsAsked > 0 && data.viewsAnswered == 0
        && std::any_of(data.nodes.begin(), data.nodes.end(),
            [](const Node& node) { return !node.ranges.isEmpty(); });
}

Answered answeredOf(const Topology& topology)
{
    const cluster::TopologyData& data = topology.data();
    if (data.viewsAsked == 0 || data.kind != Kind::Cluster)
        return { data.viewsAnswered, data.viewsAsked };
    int known = 0;
    int down = 0; // and therefore not asked, most of the time
    for (const Node& node : data.nodes) {
        known += node.health != Health::Handshake && node.health != Health::NoAddr;
        down += node.health == Health::Fail && !data.views.contains(node.id);
    }
    return { data.viewsAnswered, std::max(known, data.viewsAsked), data.viewsAsked + down < known };
}

QString answeredText(const Topology& topology)
{
    const Answered count = answeredOf(topology);
    return explain::answered(count.answered, count.all,
        count.areOthersUnasked ? explain::Asked::NotAll : explain::Asked::All);
}

Headline headlineOf(const Topology& topology, const QDateTime& now, const QString& how)
{
    const Verdict verdict = verdictOn(topology);
    return { verdict.severity, verdict.sentence, evidenceFor(topology, now, how) };
}

} // namespace slotscope::health
