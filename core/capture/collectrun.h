// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/namelookups.h"
#include "core/capture/rawtext.h"
#include "core/net/connectionpool.h"

#include <QObject>

#include <chrono>
#include <memory>

namespace slotscope::capture {

/// How long, and how much of what others typed.
struct CollectOptions
{
    /// When finished() comes, whoever has not answered by then.
    std::chrono::milliseconds deadline { 3000 };
    SlowLogArguments slowLogArguments = SlowLogArguments::Replaced;
    LookUp lookUp {}; ///< empty: the system's resolver
};

/// Operation: asks every node that can be reached for what a capture keeps, within a deadline.
///
/// The seed first; when it has told its view everybody that it names, 64 at a time, and whom those
/// name besides. With a topology that is known already all are asked at once, and nobody waits for
/// the seed. CLUSTER NODES, CLUSTER INFO, INFO, ROLE, TIME, SLOWLOG GET 10; what a server forbids
/// is kept as its error. A node that is slow, stopped or dead holds up nobody else: it is not
/// reachable when the deadline comes, and what it has told by then is kept. Nothing is written, and
/// each is asked once: what the nodes do not agree about may be passing.
///
/// The names of the seed and those that nodes announce are looked up meanwhile, unless the far end
/// of the way in does that (NameLookups).
///
/// Through an ssh tunnel that is not up the deadline begins when it is, or when it fails.
/// A standalone server is one node; of a sentinel its masters are kept.
class CollectRun final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CollectRun)
public:
    /// `pool` must outlive the operation. `typed` is what the user wrote.
    CollectRun(net::ConnectionPool* pool, net::Endpoint seed, QString typed,
        const CollectOptions& options = {}, QObject* parent = nullptr);
    ~CollectRun() override;

    /// Before start(): what an open session knows.
    void setKnown(const cluster::Topology& topology);
    /// Before start(), without that: the cluster's shards as they were seen the last time keep
    /// their labels.
    void setKnownShards(const QList<cluster::Shard>& shards);
    void start();
    /// finished() follows with Cancelled, unless it already came; no late answer comes any more.
    void cancel();

Q_SIGNALS:
    /// For each node that has answered or will not, until finished(). `asked` may grow. The
    /// receiver may cancel or delete the run.
    void progressed(int settled, int asked);
    /// Exactly once, from the event loop, no later than the deadline (but for the time it takes to
    /// put the answers together). Everything of `capture` that only a window knows is empty, its
    /// tool version too. With ok false there is nothing to keep and `error` says why: nobody has
    /// answered, and no topology was known.
    void finished(bool ok, const slotscope::capture::Capture& capture,
        const slotscope::support::Error& error);
    /// After finished(): a node that had not answered everything has told more. With isLate.
    void late(const slotscope::capture::NodeAnswers& answers);
    /// Once, after finished(): nothing will come any more. A quarter after the time limit of the
    /// connections at the latest.
    void ended();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace slotscope::capture

Q_DECLARE_METATYPE(slotscope::capture::NodeAnswers)
