// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/capture/sidebyside.h"

#include "core/cluster/slottext.h"
#include "core/explain/sidebyside.h"
#include "core/health/findings.h"
#include "core/health/headline.h"

#include <QHash>
#include <QSet>

#include <algorithm>

namespace slotscope::capture {

using namespace Qt::StringLiterals;
using cluster::NodeId;

namespace {

using About = SideBySideRow::About;

QString numberOr(const std::optional<quint64>& number)
{
    return number ? QString::number(*number) : QString();
}

/// One capture, and how its nodes are found in it.
class Side
{
public:
    explicit Side(const Capture& capture)
        : m_capture(capture)
    {
        for (const NodeAnswers& node : capture.nodes) {
            if (!node.id.isNull())
                m_answers.insert(node.id, &node);
        }
    }

    /// Old servers print no ids: their addresses tell.
    const cluster::Node* find(const cluster::Node& node) const
    {
        const cluster::Topology& topology = m_capture.topology;
        return node.id.isNull() ? topology.nodeByAddress(node.address) : topology.nodeById(node.id);
    }

    QList<cluster::Node> nodes() const
    {
        const cluster::Topology& topology = m_capture.topology;
        QHash<NodeId, qsizetype> places;
        for (const cluster::Shard& shard : topology.shards()) {
            places.insert(shard.primaryId, places.size());
            for (const NodeId& id : shard.replicaIds)
                places.insert(id, places.size());
        }
        QList<cluster::Node> sorted = topology.nodes();
        const qsizetype end = places.size();
        std::stable_sort(
            sorted.begin(), sorted.end(), [&](const cluster::Node& a, const cluster::Node& b) {
                return places.value(a.id, end) < places.value(b.id, end);
            });
        return sorted;
    }

    QString textOf(const cluster::Node* node) const
    {
        if (!node)
            return {};
        constexpr int mostRanges = 4;
        explain::NodeBeside beside;
        const int shard = m_capture.topology.shardIndexOf(node->id);
        if (shard >= 0)
            beside.shard = m_capture.topology.shards().at(shard).label;
        beside.role = cluster::roleName(node->role);
        beside.slotCount = cluster::slotCount(node->ranges);
        if (beside.slotCount > 0)
            beside.slotRanges = cluster::rangesText(node->ranges, mostRanges);
        beside.epoch = numberOr(node->configEpoch);
        beside.health = cluster::healthName(node->health);
        const NodeAnswers* answers = m_answers.value(node->id, nullptr);
        beside.isSilent = answers && !answers->isReachable;
        beside.server = answers ? answers->server : QString();
        return explain::nodeBeside(beside);
    }

private:
    const Capture& m_capture;
    QHash<NodeId, const NodeAnswers*> m_answers;
};

QString nameOf(const cluster::Node& node)
{
    return node.address.isDialable() ? node.address.toString() : node.id.shortText();
}

/// The shards that it is about, by the labels that they have in `topology`.
QSet<QString> shardsOf(const health::Finding& finding, const cluster::Topology& topology)
{
    QSet<QString> labels;
    for (const NodeId& id : finding.nodes) {
        if (const int shard = topology.shardIndexOf(id); shard >= 0)
            labels.insert(topology.shards().at(shard).label);
    }
    return labels;
}

QStringList clusterFacts(const Capture& capture)
{
    const cluster::Topology& topology = capture.topology;
    const cluster::TopologyData& data = topology.data();
    const health::Answered answered = health::answeredOf(topology);
    int served = 0;
    for (const cluster::Topology::OwnedRange& owned : topology.ownedRanges())
        served += owned.range.size();
    const QString server = data.version.isEmpty()
        ? QString()
        : QString(cluster::productName(data.product) % u' ' % data.version);
    return { cluster::stateName(data.state), numberOr(data.currentEpoch),
        QString::number(topology.nodes().size()), QString::number(topology.shards().size()),
        topology.slotsKnown() ? QString::number(served) : QString(),
        data.viewsAsked > 0 ? explain::answeredOf(answered.answered, answered.all) : QString(),
        server };
}

void addNodes(const Capture& before, const Capture& after, QList<SideBySideRow>* rows)
{
    const Side was(before);
    const Side is(after);
    for (const cluster::Node& node : was.nodes())
        rows->append({ About::Node, nameOf(node), was.textOf(&node), is.textOf(is.find(node)) });
    for (const cluster::Node& node : is.nodes()) {
        if (!was.find(node))
            rows->append({ About::Node, nameOf(node), {}, is.textOf(&node) });
    }
}

void addFindings(const Capture& before, const Capture& after, QList<SideBySideRow>* rows)
{
    const QList<qsizetype> places = samePlaces(before, after);
    for (qsizetype i = 0; i < before.findings.size(); ++i) {
        const health::Finding& finding = before.findings.at(i);
        SideBySideRow row { About::Finding, health::codeName(finding.code), finding.title, {} };
        if (places.at(i) >= 0)
            row.after = after.findings.at(places.at(i)).title;
        rows->append(row);
    }
    for (qsizetype i = 0; i < after.findings.size(); ++i) {
        const health::Finding& finding = after.findings.at(i);
        if (!places.contains(i))
            rows->append({ About::Finding, health::codeName(finding.code), {}, finding.title });
    }
}

} // namespace

QList<qsizetype> samePlaces(const Capture& before, const Capture& after)
{
    const auto isOfNodes = [](const health::Finding& a, const health::Finding& b) {
        return (a.nodes.isEmpty() && b.nodes.isEmpty())
            || std::any_of(a.nodes.begin(), a.nodes.end(),
                [&b](const NodeId& id) { return b.nodes.contains(id); });
    };
    const auto isOfShards = [&](const health::Finding& a, const health::Finding& b) {
        const QSet<QString> shards = shardsOf(a, before.topology);
        return shards.intersects(shardsOf(b, after.topology));
    };
    QList<qsizetype> places(before.findings.size(), -1);
    const auto match = [&](const auto& isSame) {
        for (qsizetype i = 0; i < before.findings.size(); ++i) {
            const health::Finding& finding = before.findings.at(i);
            for (qsizetype j = 0; places.at(i) < 0 && j < after.findings.size(); ++j) {
                const health::Finding& later = after.findings.at(j);
                if (finding.code == later.code && !places.contains(j) && isSame(finding, later))
                    places[i] = j;
            }
        }
    };
    match(isOfNodes);
    match(isOfShards);
    return places;
}

QList<SideBySideRow> sideBySide(const Capture& before, const Capture& after, bool isSameCluster)
{
    QList<SideBySideRow> rows;
    const QStringList names = explain::clusterFactNames();
    const QStringList was = clusterFacts(before);
    const QStringList is = clusterFacts(after);
    for (qsizetype i = 0; i < names.size(); ++i)
        rows.append({ About::Cluster, names.at(i), was.at(i), is.at(i) });
    rows.removeIf(
        [](const SideBySideRow& row) { return row.before.isEmpty() && row.after.isEmpty(); });
    if (isSameCluster) {
        addNodes(before, after, &rows);
        addFindings(before, after, &rows);
    }
    return rows;
}

} // namespace slotscope::capture
