// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/sandbox/nodesconf.h"

#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

#include <memory>
#include <vector>

namespace slotscope::tests {

/// What a node-based ElastiCache cluster with TLS looks like, made of real redis-servers inside a
/// PrivateNetwork: names of its form, all nodes on port 6379, TLS alone, a certificate for
/// *.orders... and no address, a user who may neither CONFIG nor change the cluster, and a
/// configuration name whose first address is dead. Ends with this object.
class ElastiCacheStandIn final
{
public:
    struct Spec
    {
        int primaries = 3;
        int replicas = 3;
        bool tls = true; ///< else the nodes announce addresses and not names
        /// Announced instead of each node's own address, which is 127.0.1.1, .2, ...
        QStringList announced {};
    };

    explicit ElastiCacheStandIn(Spec spec);
    ~ElastiCacheStandIn();
    Q_DISABLE_COPY_MOVE(ElastiCacheStandIn)

    /// Makes certificates and hosts, starts the servers, and waits until the cluster is well. What
    /// went wrong, or nothing.
    QString start();

    static QString user() { return QStringLiteral("app"); }
    static QString password() { return QStringLiteral("s3cr3t-of-app!"); }
    static QString domain() { return QStringLiteral("orders.x1y2z3.use1.cache.amazonaws.com"); }
    static QString configurationName() { return QStringLiteral("clustercfg.") + domain(); }
    /// "orders-0002-001.orders...": of the second shard's primary.
    QString name(int node) const;
    /// The address that it listens on.
    static QString address(int node) { return QStringLiteral("127.0.1.%1").arg(node + 1); }
    const QList<sandbox::PlannedNode>& nodes() const { return m_nodes; }

    /// ca.crt, other-ca.crt (an authority that signed nothing here), server.crt, expired.crt.
    QString file(const QString& name) const { return m_folder.filePath(name); }
    /// The configuration name's, the nodes', and an alias of the configuration name,
    /// "redis.orders.example"; and a server whose certificate is expired.
    QByteArray hosts() const;
    QString expiredName() const { return QStringLiteral("expired.") + domain(); }
    /// What redis-cli prints for a command of the administrator to a node.
    QByteArray admin(int node, const QStringList& arguments) const;

private:
    bool makeCertificates() const;
    QStringList tlsArguments(const QString& certificate) const;
    bool startServer(const QString& folder, const QStringList& arguments);

    const Spec m_spec;
    QTemporaryDir m_folder;
    QList<sandbox::PlannedNode> m_nodes;
    std::vector<std::unique_ptr<QProcess>> m_servers;
};

} // namespace slotscope::tests
