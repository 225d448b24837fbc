// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/connectionpool.h"
#include "core/session/metricshistory.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

namespace slotscope::session {

/// Asks the nodes of a cluster for INFO, one after another, so that each has its turn once in an
/// interval; the first round takes a second. Sixteen at most are waited for at a time, no node
/// twice: where nodes are slow the round takes longer. One that did not answer, or refused, is left
/// alone for half a minute; one that is flagged as failed until it is well. Runs go their own way
/// on the same connections. Off until an interval is set.
class MetricsPoller final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MetricsPoller)
public:
    static constexpr std::chrono::seconds shortest { 1 };
    static constexpr std::chrono::seconds longest { 60 };

    /// `pool` must outlive it.
    explicit MetricsPoller(net::ConnectionPool* pool, QObject* parent = nullptr);

    /// 0: off; else at least `shortest` and at most `longest`. A round of hundreds of nodes takes
    /// longer: twenty a second are asked at most. Those whose turn comes within half a second are
    /// asked together: waking up once for many costs less, here and in the window.
    void setInterval(std::chrono::milliseconds interval);
    void setTopology(const cluster::Topology& topology);
    /// An error reply of a node to something that this process has asked, its own INFO too.
    void countSeen(const cluster::NodeId& node, QByteArrayView line);

Q_SIGNALS:
    /// Every quarter of a second, if anything came.
    void sampled(const QList<slotscope::session::MetricsSample>& samples);

private:
    struct Target
    {
        cluster::NodeId key;
        net::Endpoint address;
        friend bool operator==(const Target&, const Target&) = default;
    };

    std::chrono::milliseconds round() const;
    void restart();
    void forgetTheGone();
    void onTick();
    bool askNext();
    void ask(const Target& target);
    void onAnswer(const Target& target, const net::Answer& answer);
    void measureReplicas(const cluster::NodeMetrics& primary);
    void keep(const MetricsSample& sample);

    net::ConnectionPool* const m_pool;
    std::chrono::milliseconds m_interval { 0 };
    cluster::Topology m_topology;
    QList<Target> m_targets;
    QTimer m_tick;
    QTimer m_batch;
    qsizetype m_next = 0;
    qsizetype m_perTick = 1;
    bool m_isFirstRound = true;
    QSet<cluster::NodeId> m_awaited;
    QHash<cluster::NodeId, std::chrono::milliseconds> m_restsUntil;
    QHash<cluster::NodeId, std::chrono::milliseconds> m_lastLook; ///< at counters of errors
    struct Lag
    {
        qint64 bytes = 0;
        std::chrono::milliseconds at { 0 };
    };
    QHash<cluster::NodeId, Lag> m_lag; ///< of replicas, as their primaries saw it last
    cluster::RedirectCounters m_counters;
    QList<MetricsSample> m_waiting; ///< for the next batch
};

} // namespace slotscope::session
