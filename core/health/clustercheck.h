// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/health/healthreport.h"
#include "core/net/connectionpool.h"

#include <QObject>

#include <chrono>
#include <memory>

namespace slotscope::health {

/// Operation: asks every node of a cluster how it is and what it thinks, and compares.
///
/// A discovery from one endpoint finds the nodes; then each of them is asked CLUSTER NODES, CLUSTER
/// INFO, INFO and ROLE, 64 at a time, also those that only others know. A node that is slow,
/// stopped or dead costs its own time limit (a quarter more than options().patience()) and holds up
/// nobody else; all of them together end after three times that. When the nodes disagree, or some
/// node is in handshake, all are asked once more after a pause, and only what was so both times is
/// reported. Nothing is written. What a server forbids is a finding, not a failure.
class ClusterCheck final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ClusterCheck)
public:
    /// `pool` must outlive the operation. `typed` is what the user wrote.
    ClusterCheck(
        net::ConnectionPool* pool, net::Endpoint seed, QString typed, QObject* parent = nullptr);
    ~ClusterCheck() override;

    /// Before start(). For tests: it is one second otherwise.
    void setPauseBeforeSecondLook(std::chrono::milliseconds pause);
    /// Before start(): the cluster's shards as they were seen the last time keep their labels.
    void setKnownShards(const QList<cluster::Shard>& shards);
    void start();
    /// finished() follows with Cancelled, unless it already came.
    void cancel();

Q_SIGNALS:
    /// After the discovery, and for each node that has answered or will not. `asked` may grow. The
    /// receiver may cancel or delete the check.
    void progressed(int settled, int asked);
    /// Exactly once, from the event loop. With ok false nothing could be checked and `error` says
    /// why: nobody was reached, or nobody told a view of the cluster.
    void finished(bool ok, const slotscope::health::HealthReport& report,
        const slotscope::support::Error& error);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace slotscope::health
