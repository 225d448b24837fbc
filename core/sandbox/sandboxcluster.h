// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/connectionoptions.h"
#include "core/sandbox/manifest.h"

#include <QObject>

#include <memory>

namespace slotscope::sandbox {

/// How others reach a node that does not want to be reached where it listens, but through a proxy.
struct Announcement
{
    quint16 port = 0;
    quint16 busPort = 0;
    /// Where its own connections to the other nodes come from, so that a proxy can tell who calls.
    QString sourceAddress;
};

/// What cluster to start.
struct ClusterSpec
{
    int primaries = 3; ///< 1 to 100
    int replicas = 3; ///< altogether, spread round robin
    QString server; ///< path of redis-server or valkey-server; empty: the first found in PATH
    quint16 firstPort = 0; ///< 0: free ports, bind-tested
    QStringList serverOptions; ///< appended to each server's command line ("--requirepass", "x")
    QList<Announcement> announced; ///< one for each node, the primaries first; or none at all
    int nodeTimeoutMs = 2000;
    /// How the supervisor itself connects, where serverOptions ask for a password or for TLS.
    net::ConnectionOptions connection;
};

/// Operation and owner: a real local cluster in a temporary folder, from pre-written nodes.conf
/// files. The servers die with this object and with the supervisor's process (PR_SET_PDEATHSIG);
/// the folder is removed by stop(), by a Janitor that watches it, or by the sweep of a later start.
/// Every server that answers is checked to be ours (CONFIG GET dir). Lives in the thread that
/// created it, which must be the main thread of the supervisor: the death signal follows that
/// thread.
class SandboxCluster final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SandboxCluster)
public:
    explicit SandboxCluster(ClusterSpec spec, QObject* parent = nullptr);
    ~SandboxCluster() override;

    /// Creates the folder (at once: manifestFile() is known when this returns), starts the servers
    /// and waits until every node says cluster_state:ok.
    void start();
    /// Ends the servers (SIGTERM, then SIGKILL) and removes the folder. Idempotent; returns when
    /// they are gone (at most 3 s).
    void stop();
    /// Starts a server that ended after started(), on its port and in its folder, with the
    /// nodes.conf and whatever data it left there. Does not wait until it is up.
    void restart(int node);

    const Manifest& manifest() const;
    QString manifestFile() const; ///< empty before start()

Q_SIGNALS:
    /// Once: the cluster is up, or why it is not.
    void started(bool ok, const slotscope::support::Error& error);
    /// A server ended on its own after started().
    void serverDied(quint16 port);

private:
    class Private;
    std::unique_ptr<Private> d;
};

/// Ends servers and removes folders that a killed supervisor of this user left. Returns how many
/// folders.
int sweepLeftovers();

} // namespace slotscope::sandbox
