// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/nodemetrics.h"
#include "core/cluster/topology.h"

#include <QMetaType>

#include <array>
#include <chrono>
#include <deque>

namespace slotscope::session {

/// By what a node's numbers are kept: its id; where servers print none, its address.
cluster::NodeId metricsKeyOf(const cluster::Node& node);

/// What one look at a node told.
struct MetricsSample
{
    cluster::NodeId node; ///< metricsKeyOf() it
    std::chrono::milliseconds at { 0 }; ///< monotonic
    cluster::NodeMetrics metrics; ///< empty with an error
    std::optional<support::Error> error; ///< why there are no numbers
    /// What its errors grew by since the look before. None for the first look, and where the server
    /// counts none.
    std::optional<cluster::ErrorGrowth> growth;
    std::chrono::milliseconds growthSpan { 0 }; ///< the time between the two looks
    /// Of a replica, as its primary saw it when that was last asked: bytes it has not acknowledged.
    std::optional<qint64> lagBytes;
};

/// What can be plotted.
enum class Metric {
    Memory, ///< bytes
    Keys,
    OpsPerSecond,
    Clients,
    Offset, ///< bytes of the replication stream
    Lag, ///< bytes
    RedirectsToAll, ///< a second, answered to all clients but us; none after a reset
    RedirectsSeen, ///< a second, seen by Slotscope
};
inline constexpr int metricCount = 8;

/// One number at one moment.
struct MetricPoint
{
    std::chrono::milliseconds at { 0 };
    double value = 0; ///< NaN: not known, a gap
};

/// The numbers of nodes over the last ten minutes: at most 600 looks at each. A plain value.
class MetricsHistory
{
public:
    static constexpr std::chrono::minutes span { 10 };
    static constexpr std::size_t mostPoints = 600;

    void add(const MetricsSample& sample);
    /// Drops those of nodes that are gone.
    void keepOnly(const cluster::Topology& topology);
    void clear() { m_nodes.clear(); }

    /// The last look; null when there was none.
    const MetricsSample* latest(const cluster::NodeId& node) const;
    /// Oldest first.
    QList<MetricPoint> points(const cluster::NodeId& node, Metric metric) const;

    static double valueOf(const MetricsSample& sample, Metric metric); ///< NaN: not known

private:
    struct Row
    {
        std::chrono::milliseconds at;
        std::array<double, metricCount> values;
    };
    struct Kept
    {
        MetricsSample latest;
        std::deque<Row> rows;
    };

    QHash<cluster::NodeId, Kept> m_nodes;
};

} // namespace slotscope::session

Q_DECLARE_METATYPE(slotscope::session::MetricsSample)
