// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/session/metricshistory.h"

#include <QSet>

#include <limits>

namespace slotscope::session {

using cluster::NodeId;

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

double orUnknown(const std::optional<qint64>& number)
{
    return number ? static_cast<double>(*number) : unknown;
}

double rateOf(const MetricsSample& sample, cluster::ErrorCounts cluster::ErrorGrowth::*which)
{
    const double seconds = std::chrono::duration<double>(sample.growthSpan).count();
    if (!sample.growth || seconds <= 0)
        return unknown;
    return static_cast<double>((*sample.growth.*which).clusterErrors()) / seconds;
}

} // namespace

NodeId metricsKeyOf(const cluster::Node& node)
{
    return node.id.isNull() ? NodeId(node.address.toString().toUtf8()) : node.id;
}

double MetricsHistory::valueOf(const MetricsSample& sample, Metric metric)
{
    switch (metric) {
    case Metric::Memory:
        return orUnknown(sample.metrics.usedMemory);
    case Metric::Keys:
        return orUnknown(sample.metrics.keys);
    case Metric::OpsPerSecond:
        return orUnknown(sample.metrics.opsPerSecond);
    case Metric::Clients:
        return orUnknown(sample.metrics.clients);
    case Metric::Offset:
        return orUnknown(sample.metrics.replication.offset);
    case Metric::Lag:
        return orUnknown(sample.lagBytes);
    case Metric::RedirectsToAll:
        // After a reset nobody knows for how long it was counted.
        return sample.growth && sample.growth->wasReset
            ? unknown
            : rateOf(sample, &cluster::ErrorGrowth::toAllClients);
    case Metric::RedirectsSeen:
        return rateOf(sample, &cluster::ErrorGrowth::seenBySlotscope);
    }
    return unknown;
}

void MetricsHistory::add(const MetricsSample& sample)
{
    Kept& kept = m_nodes[sample.node];
    Row row { sample.at, {} };
    for (int i = 0; i < metricCount; ++i)
        row.values.at(static_cast<std::size_t>(i)) = valueOf(sample, static_cast<Metric>(i));
    kept.rows.push_back(row);
    while (kept.rows.size() > mostPoints || sample.at - kept.rows.front().at > span)
        kept.rows.pop_front();
    kept.latest = sample;
}

void MetricsHistory::keepOnly(const cluster::Topology& topology)
{
    QSet<NodeId> known;
    for (const cluster::Node& node : topology.nodes())
        known.insert(metricsKeyOf(node));
    m_nodes.removeIf([&known](auto entry) { return !known.contains(entry.key()); });
}

const MetricsSample* MetricsHistory::latest(const NodeId& node) const
{
    const auto found = m_nodes.constFind(node);
    return found == m_nodes.constEnd() ? nullptr : &found->latest;
}

QList<MetricPoint> MetricsHistory::points(const NodeId& node, Metric metric) const
{
    QList<MetricPoint> points;
    const auto found = m_nodes.constFind(node);
    if (found == m_nodes.constEnd())
        return points;
    points.reserve(static_cast<qsizetype>(found->rows.size()));
    for (const Row& row : found->rows)
        points.append({ row.at, row.values.at(static_cast<std::size_t>(metric)) });
    return points;
}

} // namespace slotscope::session
