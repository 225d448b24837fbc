// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/discovery.h"
#include "core/cluster/topologydiff.h"
#include "core/command/commandtable.h"
#include "core/command/fanout.h"
#include "core/command/pipeline.h"
#include "core/net/typedendpoint.h"
#include "core/session/metricshistory.h"
#include "core/session/redirectmeter.h"
#include "core/session/toldviews.h"
#include "core/session/writeguard.h"

#include <QObject>

#include <memory>

namespace slotscope::session {

class Jobs;

/// How the connections of a session that are open were made, one for each announced endpoint, and
/// what is known of the server's clock.
struct OpenWays
{
    QList<net::DialInfo> ways;
    std::optional<net::ToldClock> clock;
};

/// What a session connects to and how.
struct SessionConfig
{
    net::TypedEndpoint endpoint;
    net::ConnectionOptions options;
    std::chrono::milliseconds refreshInterval { 2000 }; ///< 0: no polling
    /// After the first topology: then the seed is asked for its command table, which is 100 KB.
    std::chrono::milliseconds commandTableDelay { 500 };
    /// Slotscope is read-only: what is not known to only read is never sent (writeguard.h).
    bool readOnly = false;
    std::chrono::milliseconds metricsInterval { 0 }; ///< 0: no numbers of nodes
    /// For who opens sessions: to be tried one after the other where `endpoint` is of no use
    /// (profile::mayAnotherSeedHelp()).
    QList<net::TypedEndpoint> otherSeeds {};
    /// The cluster's shards as they were seen the last time: they keep their labels.
    QList<cluster::Shard> knownShards {};
};

/// One connected server or cluster: discovery, polite polling of CLUSTER NODES (one node at a time,
/// jittered, three attempts of 2 s at most, doubling to 30 s on failure), a discovery once after
/// new trouble, runs. Owns its connections and its runs and dies whole. Lives in the I/O thread;
/// everything it emits is an immutable value, safe to queue to another thread.
class Session final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Session)
public:
    explicit Session(SessionConfig config, QObject* parent = nullptr);
    ~Session() override;

    void open();
    /// Asks every node again, now (single flight: a discovery under way is used, a poll is given
    /// up).
    void refresh();
    /// Starts a run; its signals carry `runId`, which the caller chose. What the write guard
    /// refuses, or asks about without a confirmation, ends as NotSent; its detail says why.
    void run(quint64 runId, const command::Argv& argv, const command::Behaviour& behaviour,
        Confirmation confirmation = Confirmation::NotAsked);
    /// The same for a command to several nodes, or split by slot. Ids are common to all four.
    void runFanOut(quint64 runId, const command::Argv& argv, command::FanOutTarget target,
        Confirmation confirmation = Confirmation::NotAsked);
    /// MULTI, the commands, EXEC, and before it WATCH (command::TransactionRun). Ends as a run.
    void runTransaction(quint64 runId, const QList<QByteArray>& watchedKeys,
        const QList<command::Argv>& commands, const command::Behaviour& behaviour,
        Confirmation confirmation = Confirmation::NotAsked);
    /// Many commands at once, each to its slot's owner (command::PipelineRun). When one of them is
    /// refused by the guard none is sent.
    void runPipeline(quint64 runId, const QList<command::Argv>& commands,
        Confirmation confirmation = Confirmation::NotAsked);
    void cancelRun(quint64 runId);
    /// SessionConfig::readOnly, for what is run from now on.
    void setReadOnly(bool readOnly);
    /// Each node is asked for its numbers once in so long, from now on (MetricsPoller); 0: none is.
    void setMetricsInterval(std::chrono::milliseconds interval);
    /// waysTold() follows. Nobody is asked anything.
    void tellWays();
    /// The next step of a run that stands still (command::Behaviour::stepwise).
    void proceedRun(quint64 runId);
    /// Streams and key scans, which tell their news themselves. Use it in the session's thread.
    Jobs* jobs() const;

    /// The built-in table until the server has told its own, and if it does not.
    const command::CommandTable& commandTable() const;

Q_SIGNALS:
    /// Discovery failed and there is no topology at all. The session may be deleted.
    void openFailed(const slotscope::support::Error& error);
    /// The first topology, and a new one after each refresh (also when only its time changed).
    /// Before refreshFailed(): the last one, its time unchanged, when nodes have fallen silent.
    void topologyChanged(const slotscope::cluster::Topology& topology);
    /// The nodes' own views behind it, right before each topologyChanged() of a cluster.
    void viewsChanged(const slotscope::session::ToldViews& views);
    /// What the last topologyChanged() changed, and who does not answer this computer since, or
    /// does again: right after it; not when there is nothing. Of the first topology only who is
    /// silent in it.
    void changed(const QList<slotscope::cluster::TopologyEvent>& events);
    /// A refresh failed; the last topology stays and grows stale.
    void refreshFailed(const slotscope::support::Error& error);
    void traceChanged(quint64 runId, const slotscope::command::Trace& trace);
    void runFinished(quint64 runId, const slotscope::command::Trace& trace);
    void fanOutChanged(quint64 runId, const slotscope::command::FanOut& fanOut);
    void fanOutFinished(quint64 runId, const slotscope::command::FanOut& fanOut);
    void pipelineChanged(quint64 runId, const slotscope::command::PipelineProgress& progress);
    void pipelineFinished(quint64 runId, const slotscope::command::Pipeline& pipeline);
    /// Once, some time after the first topology: the server's own table has come, or it tells none
    /// and the built-in one goes on.
    void commandTableChanged(const slotscope::command::CommandTable& table);
    void commandTableMissing();
    /// Numbers of nodes, several at a time.
    void metricsSampled(const QList<slotscope::session::MetricsSample>& samples);
    void waysTold(const slotscope::session::OpenWays& ways);
    /// As long as redirects come: 10 times a second. The last one says that they do no longer.
    void redirectsSeen(const slotscope::session::SeenRedirects& seen);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace slotscope::session

Q_DECLARE_METATYPE(slotscope::session::OpenWays)
