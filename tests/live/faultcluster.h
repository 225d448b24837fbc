// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/sandbox/sandboxcluster.h"
#include "tests/live/clustertruth.h"
#include "tests/live/commandstream.h"
#include "tests/support/faultproxy.h"

#include <functional>
#include <memory>

namespace slotscope::tests {

/// A real cluster to which faults happen, what its nodes say themselves, a session on it and a
/// stream of commands through that session. The functions that return text wait in the event loop
/// and return what went wrong, or nothing.
class FaultCluster final
{
public:
    enum class Way { Direct, Proxied };
    /// Proxied: clients and nodes reach each node through two proxies only, each node's connections
    /// come from an address of its own (addressOf()).
    explicit FaultCluster(sandbox::ClusterSpec spec, Way way = Way::Direct);
    ~FaultCluster();
    Q_DISABLE_COPY_MOVE(FaultCluster)

    QString start();
    /// A session that knows `seed` only, and a stream that has begun. `prefix`: of its keys.
    QString open(int seed, const QByteArray& prefix,
        std::chrono::milliseconds refreshInterval = std::chrono::milliseconds(2000));
    /// Ends the stream, reads back what it wrote, and ends the session. `mayLose`: the cluster may
    /// have lost writes that it had answered.
    QString close(bool mayLose);

    /// Of a proxied cluster: what clients and replicas, and what other nodes connect to.
    FaultProxy& proxy(int node) { return *m_proxies.at(static_cast<size_t>(2 * node)); }
    FaultProxy& busProxy(int node) { return *m_proxies.at(static_cast<size_t>(2 * node + 1)); }
    /// Two sides of nodes that no longer reach each other.
    void part(const QList<int>& oneSide);
    void heal();
    static QHostAddress addressOf(int node);

    int nodeCount() const { return static_cast<int>(nodes().size()); }
    const QList<sandbox::ManifestNode>& nodes() const { return m_cluster.manifest().nodes; }
    /// kill(2); SIGKILL, SIGSTOP, SIGCONT.
    void signal(int node, int number);
    void restart(int node) { m_cluster.restart(node); }
    /// A command to a node, past the code under test's session; its reply's text.
    QByteArray ask(int node, const net::Argv& argv);
    /// Index of a primary with slots, and of its replica.
    int primary() const;
    int replicaOf(int primary) const;
    /// Any node but these.
    int otherThan(const QList<int>& nodes) const;

    /// Waits until `nodes` nodes agree among themselves and are well, then until the session's
    /// topology says the same. In milliseconds from now and from then; -1: never.
    struct Recovery
    {
        qint64 settledMillis = -1;
        qint64 rightMillis = -1;
    };
    Recovery recover(int nodes);
    /// All nodes are there, flag nobody, and the replicas follow their primaries.
    bool waitUntilWhole();
    /// What the nodes say, which servers do not run, and their last words.
    QString diagnosis() const;
    bool waitFor(const std::function<bool()>& condition, int millis = 30'000);

    sandbox::SandboxCluster& sandbox() { return m_cluster; }
    ClusterTruth& truth() { return *m_truth; }
    CommandStream& stream() { return *m_stream; }
    const cluster::Topology& topology() const { return m_topology; }
    session::Session& session() { return *m_session; }

private:
    int indexOf(const QByteArray& id) const;
    sandbox::ClusterSpec withProxies(sandbox::ClusterSpec spec, Way way);
    void aimProxies();

    std::vector<std::unique_ptr<FaultProxy>> m_proxies; ///< two for each node
    sandbox::SandboxCluster m_cluster;
    std::unique_ptr<ClusterTruth> m_truth;
    std::unique_ptr<session::Session> m_session;
    std::unique_ptr<CommandStream> m_stream;
    cluster::Topology m_topology;
};

} // namespace slotscope::tests
