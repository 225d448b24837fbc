// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/connection.h"

#include <QHash>
#include <QObject>

namespace slotscope::net {

/// The connections to the nodes of one cluster: at most one shared connection for each announced
/// endpoint and access, opened on demand with the same options, forgotten when it closes. Owns
/// them.
class ConnectionPool final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConnectionPool)
public:
    /// What a connection is for. A state of the connection on the server's side, so each has its
    /// own.
    enum class Access {
        Normal,
        ReplicaReads, ///< READONLY was sent: a replica serves reads of its primary's slots
    };

    explicit ConnectionPool(ConnectionOptions options, QObject* parent = nullptr);
    ~ConnectionPool() override;

    const ConnectionOptions& options() const { return m_options; }
    /// Which node (40 hex) is meant by an announced endpoint, from now on. Wherever anything but
    /// its own address is dialled for it (the address map, a proxy, a tunnel) another node that
    /// answers is WrongNode; what is not in the list is not checked.
    void expectNodes(QHash<Endpoint, QByteArray> ids);
    bool expectsNodes() const { return !m_expected.isEmpty(); }
    /// An open or opening connection; never null. Valid until it emits closed().
    Connection* connectionTo(const Endpoint& announced, Access access = Access::Normal);
    /// There is a shared connection to it that is not ready yet. Dials nobody.
    bool isOpening(const Endpoint& announced) const;
    /// How the shared connections that are open now were made, by announced endpoint: one for each.
    QList<DialInfo> openWays() const;
    /// A connection of one's own (subscriptions, blocking commands, a run that may be cancelled).
    /// The caller owns it; already opening.
    std::unique_ptr<Connection> dedicatedTo(
        const Endpoint& announced, Access access = Access::Normal);
    /// This shared connection answered a MOVED to the very endpoint it was opened for: where the
    /// name led may now be another node. The shared connections to the endpoint, for either access,
    /// are not handed out any more: what waits on them still gets its replies, then they close.
    /// The next connectionTo() resolves the name and dials anew. Nothing happens when the
    /// connection is not handed out (any more): several commands learn this from one connection,
    /// and only the first may retire it, or they would retire its successor.
    void retire(const Connection* connection);
    /// Closes what dedicatedTo() gave and deletes it later: the caller may be in one of its
    /// callbacks, and has disconnected from it. Null is allowed.
    void release(std::unique_ptr<Connection> dedicated);
    /// Connection::forgetRefusals() of all that are shared.
    void forgetRefusals();

private:
    using Shared = QHash<Endpoint, Connection*>;

    ConnectionOptions optionsFor(const Endpoint& announced, Access access) const;
    Shared& sharedFor(Access access);

    ConnectionOptions m_options;
    QHash<Endpoint, QByteArray> m_expected;
    Shared m_normal;
    Shared m_replicaReads;
};

} // namespace slotscope::net
