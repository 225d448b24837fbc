// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/capture/comparison.h"

#include "core/capture/redaction.h"
#include "core/explain/comparison.h"
#include "core/health/headline.h"

#include <QSet>

#include <algorithm>

namespace slotscope::capture {

using namespace Qt::StringLiterals;
using cluster::NodeId;
using cluster::Topology;
using cluster::TopologyChange;
using health::Severity;

namespace {

DifferenceKind kindOf(TopologyChange::Kind kind)
{
    using Change = TopologyChange::Kind;
    switch (kind) {
    case Change::StateChanged:
        return DifferenceKind::State;
    case Change::SlotsMoved:
    case Change::SlotsUncovered:
    case Change::SlotsCovered:
        return DifferenceKind::Slots;
    case Change::Failover:
    case Change::RoleChanged:
    case Change::PrimaryChanged:
        return DifferenceKind::Roles;
    case Change::NodeSuspected:
    case Change::NodeFailed:
    case Change::NodeRecovered:
        return DifferenceKind::Health;
    case Change::NodeJoined:
    case Change::NodeLeft:
    case Change::AddressReused:
    case Change::AddressChanged:
        return DifferenceKind::Nodes;
    case Change::MigrationStarted:
    case Change::MigrationEnded:
        return DifferenceKind::Migrations;
    case Change::EpochRaised:
        return DifferenceKind::Epochs;
    case Change::Unreached:
    case Change::Reached:
    case Change::Unwatched:
    case Change::ClockSetBack:
        break; // no difference
    }
    return DifferenceKind::State;
}

Severity severityOf(const TopologyChange& change)
{
    using Change = TopologyChange::Kind;
    switch (change.kind) {
    case Change::StateChanged:
        return change.after == cluster::stateName(cluster::ClusterState::Fail) ? Severity::Error
                                                                               : Severity::Calm;
    case Change::SlotsUncovered:
    case Change::NodeFailed:
        return Severity::Error;
    case Change::Failover:
    case Change::NodeSuspected:
    case Change::NodeLeft:
    case Change::AddressReused:
        return Severity::Warning;
    case Change::SlotsMoved:
    case Change::RoleChanged:
    case Change::PrimaryChanged:
    case Change::NodeJoined:
    case Change::AddressChanged:
    case Change::MigrationStarted:
        return Severity::Notice;
    case Change::SlotsCovered:
    case Change::NodeRecovered:
    case Change::MigrationEnded:
    case Change::EpochRaised:
    case Change::Unreached:
    case Change::Reached:
    case Change::Unwatched:
    case Change::ClockSetBack:
        return Severity::Calm;
    }
    return Severity::Calm;
}

QSet<NodeId> idsOf(const Topology& topology)
{
    QSet<NodeId> ids;
    for (const cluster::Node& node : topology.nodes()) {
        if (!node.id.isNull())
            ids.insert(node.id);
    }
    return ids;
}

Comparison::Side sideOf(const Capture& capture)
{
    const Topology& topology = capture.topology;
    const QDateTime& at = capture.savedAt.isValid() ? capture.savedAt : topology.data().capturedAt;
    int served = 0;
    for (const Topology::OwnedRange& owned : topology.ownedRanges())
        served += owned.range.size();
    return { at, capture.redaction, static_cast<int>(topology.nodes().size()),
        static_cast<int>(topology.shards().size()), served };
}

class Comparer
{
public:
    Comparer(const Capture& before, const Capture& after)
        : m_before(before)
        , m_after(after)
    { }

    Comparison run()
    {
        m_result.before = sideOf(m_before);
        m_result.after = sideOf(m_after);
        if (m_before.name == m_after.name)
            m_result.name = m_before.name;
        if (m_result.before.at.isValid() && m_result.after.at < m_result.before.at)
            m_result.caveats.append(explain::takenTheOtherWayRound());
        for (const QString& sentence : m_before.missing)
            m_result.caveats.append(explain::notWhole(true, sentence));
        for (const QString& sentence : m_after.missing)
            m_result.caveats.append(explain::notWhole(false, sentence));
        matchRedaction();
        m_result.isSameCluster = matchNodes();
        if (m_result.isSameCluster) {
            matchLabels();
            compareTopologies();
            compareFindings();
            compareNodes();
        }
        compareViews();
        m_result.rows = sideBySide(m_before, m_after, m_result.isSameCluster);
        std::stable_sort(m_result.differences.begin(), m_result.differences.end(),
            [](const Difference& a, const Difference& b) {
                return a.severity != b.severity ? a.severity > b.severity : a.kind < b.kind;
            });
        return std::move(m_result);
    }

private:
    void add(DifferenceKind kind, Severity severity, const QString& text, const NodeId& node = {})
    {
        Difference difference;
        difference.kind = kind;
        difference.severity = severity;
        difference.text = text;
        difference.node = node;
        m_result.differences.append(difference);
    }

    /// Shortened names can be made of whole ones; pseudonyms only from where they were made.
    void matchRedaction()
    {
        const auto read = [](const Capture& capture) { return RedactionOptions::doneIn(capture); };
        RedactionOptions both = strongest(read(m_before), read(m_after));
        for (Showing RedactionOptions::*field :
            { &RedactionOptions::hosts, &RedactionOptions::addresses, &RedactionOptions::nodeIds,
                &RedactionOptions::keys, &RedactionOptions::values, &RedactionOptions::users }) {
            if (both.*field == Showing::Pseudonym)
                both.*field = Showing::Shown;
        }
        m_areIdsAlike = (read(m_before).nodeIds == Showing::Pseudonym)
            == (read(m_after).nodeIds == Showing::Pseudonym);
        m_before = redacted(m_before, both);
        m_after = redacted(m_after, both);
    }

    bool matchNodes()
    {
        for (const bool isBefore : { true, false }) {
            if (!(isBefore ? m_before : m_after).topology.slotsKnown()) {
                m_result.caveats.append(explain::noMapIn(isBefore));
                return false;
            }
        }
        const QSet<NodeId> before = idsOf(m_before.topology);
        const QSet<NodeId> after = idsOf(m_after.topology);
        m_result.idsBefore = static_cast<int>(before.size());
        m_result.idsAfter = static_cast<int>(after.size());
        m_result.sharedIds = static_cast<int>(std::count_if(
            before.begin(), before.end(), [&](const NodeId& id) { return after.contains(id); }));
        if (before.isEmpty() || after.isEmpty())
            return true; // old servers: the addresses tell
        if (!m_areIdsAlike) {
            m_result.caveats.append(
                explain::redactedDifferently(m_result.before.redaction, m_result.after.redaction));
            return false;
        }
        if (m_result.sharedIds == 0) {
            m_result.caveats.append(
                explain::notTheSameCluster(m_result.idsBefore, m_result.idsAfter));
            return false;
        }
        if (m_result.sharedIds * 2 < std::min(m_result.idsBefore, m_result.idsAfter)) {
            m_result.caveats.append(
                explain::fewSharedIds(m_result.sharedIds, m_result.idsBefore, m_result.idsAfter));
        }
        return true;
    }

    void matchLabels()
    {
        const Topology labelled = labelledAs(m_before.topology, m_after.topology);
        if (labelled.shards() != m_after.topology.shards() && !m_after.findings.isEmpty())
            m_result.caveats.append(explain::shardsHaveEarlierNames());
        m_after.topology = labelled;
    }

    void compareTopologies()
    {
        for (const TopologyChange& change : diff(m_before.topology, m_after.topology)) {
            add(kindOf(change.kind), severityOf(change), sentenceOf(change), change.node);
            Difference& added = m_result.differences.last();
            added.from = change.from;
            added.to = change.to;
            added.ranges = change.ranges;
        }
        for (int number = 0; number < cluster::Slot::count; ++number) {
            const cluster::Slot slot(number);
            const cluster::Node* was = m_before.topology.ownerOf(slot);
            const cluster::Node* is = m_after.topology.ownerOf(slot);
            const bool isSame = was == nullptr || is == nullptr ? was == is
                : was->id.isNull() || is->id.isNull()           ? was->address == is->address
                                                                : was->id == is->id;
            if (!isSame)
                cluster::appendSlot(&m_result.changedSlots, slot);
        }
        const cluster::TopologyData& was = m_before.topology.data();
        const cluster::TopologyData& is = m_after.topology.data();
        if (was.currentEpoch && is.currentEpoch && *was.currentEpoch != *is.currentEpoch) {
            add(DifferenceKind::Epochs, Severity::Calm,
                explain::currentEpochRose(
                    QString::number(*was.currentEpoch), QString::number(*is.currentEpoch)));
        }
        const auto server = [](const cluster::TopologyData& data) {
            return QString(cluster::productName(data.product) % u' ' % data.version);
        };
        const bool areNodesAsked = !m_before.nodes.isEmpty() && !m_after.nodes.isEmpty();
        if (!areNodesAsked && server(was) != server(is) && !was.version.isEmpty()
            && !is.version.isEmpty()) {
            add(DifferenceKind::Versions, Severity::Notice,
                explain::serverChanged(server(was), server(is)));
        }
    }

    void compareFindings()
    {
        const QList<qsizetype> places = samePlaces(m_before, m_after);
        for (qsizetype i = 0; i < m_after.findings.size(); ++i) {
            const health::Finding& finding = m_after.findings.at(i);
            const qsizetype earlier = places.indexOf(i);
            const NodeId node = finding.nodes.value(0);
            if (earlier < 0) {
                add(DifferenceKind::Findings, finding.severity,
                    explain::findingIsNew(finding.title), node);
                continue;
            }
            const QString& title = m_before.findings.at(earlier).title;
            add(DifferenceKind::Findings, Severity::Calm,
                explain::findingStayed(finding.title, title == finding.title ? QString() : title),
                node);
        }
        for (qsizetype i = 0; i < m_before.findings.size(); ++i) {
            const health::Finding& finding = m_before.findings.at(i);
            if (places.at(i) < 0) {
                add(DifferenceKind::Findings, Severity::Calm, explain::findingIsGone(finding.title),
                    finding.nodes.value(0));
            }
        }
    }

    void compareNodes()
    {
        QHash<NodeId, const NodeAnswers*> earlier;
        for (const NodeAnswers& node : m_before.nodes)
            earlier.insert(node.id, &node);
        for (const NodeAnswers& node : m_after.nodes) {
            const NodeAnswers* was = node.id.isNull() ? nullptr : earlier.value(node.id);
            if (was == nullptr)
                continue;
            const QString name = m_after.topology.nameOf(node.id);
            if (was->isReachable && !node.isReachable)
                add(DifferenceKind::Health, Severity::Error, explain::answersNoMore(name), node.id);
            if (!was->isReachable && node.isReachable)
                add(DifferenceKind::Health, Severity::Calm, explain::answersAgain(name), node.id);
            if (!was->server.isEmpty() && !node.server.isEmpty() && was->server != node.server) {
                add(DifferenceKind::Versions, Severity::Notice,
                    explain::nodeServerChanged(name, was->server, node.server), node.id);
            }
        }
    }

    void compareViews()
    {
        const health::Answered was = health::answeredOf(m_before.topology);
        const health::Answered is = health::answeredOf(m_after.topology);
        if (was.answered == is.answered && was.all == is.all)
            return;
        const bool isLess = is.isPartial() && !was.isPartial();
        add(DifferenceKind::Views, isLess ? Severity::Notice : Severity::Calm,
            explain::viewsChanged(was.answered, was.all, is.answered, is.all));
    }

    Capture m_before;
    Capture m_after;
    bool m_areIdsAlike = true;
    Comparison m_result;
};

} // namespace

Comparison compare(const Capture& before, const Capture& after)
{
    return Comparer(before, after).run();
}

Topology labelledAs(const Topology& before, const Topology& topology)
{
    const QList<cluster::Shard>& shards = topology.shards();
    const bool differs = std::any_of(shards.begin(), shards.end(), [&](const auto& shard) {
        const int earlier = before.shardIndexOf(shard.primaryId);
        return earlier >= 0 && before.shards().at(earlier).label != shard.label;
    });
    if (!differs)
        return topology;
    cluster::TopologyData data = topology.data();
    data.shards.clear();
    return Topology::build(std::move(data), &before);
}

} // namespace slotscope::capture
