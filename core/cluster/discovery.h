// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/mergeviews.h"
#include "core/cluster/missingviews.h"
#include "core/net/connectionpool.h"

#include <QObject>

#include <memory>

namespace slotscope::cluster {

/// Operation: from one endpoint of any kind to a Topology. Asks, never guesses: INFO server, INFO
/// cluster, CLUSTER INFO, NODES, SLOTS (SENTINEL MASTERS on a sentinel) on the seed, then NODES of
/// every other primary, all at once, because open slots are printed only by their own node (and
/// SLOTS, where the seed refused NODES). CLUSTER SHARDS is never sent. Commands that are forbidden
/// or missing leave a warning and the rest is used.
class Discovery final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Discovery)
public:
    /// `pool` must outlive the operation. `typed` is what the user wrote, for Topology's seed.
    Discovery(
        net::ConnectionPool* pool, net::Endpoint seed, QString typed, QObject* parent = nullptr);
    ~Discovery() override;

    /// Before start(): replicas are asked too.
    void askEveryNode();
    void start();
    void cancel();

    /// After finished(): every node's view that arrived, freshest first, for a session to keep.
    const QList<ViewInput>& views() const;
    /// And whose did not.
    const QList<MissingView>& missing() const;
    /// The one sentence about them, when none of several answered; else empty.
    const QString& unreachable() const;
    /// The announced addresses that were dialled, the seed's own among them, and what became of
    /// each; how the seed was reached.
    QList<net::AddressOutcome> outcomes() const;
    net::WayTaken wayTaken() const;
    /// The topology's warnings without those two: they stay true until it is asked again.
    const QStringList& lastingWarnings() const;

Q_SIGNALS:
    /// Exactly once, from the event loop. With ok false, `error` says at which stage and why.
    void finished(bool ok, const slotscope::cluster::Topology& topology,
        const slotscope::support::Error& error);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace slotscope::cluster
