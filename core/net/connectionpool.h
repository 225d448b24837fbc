// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/connection.h"

#include <QHash>
#include <QObject>

namespace slotscope::net {

/// The connections to the nodes of one cluster: at most one shared connection for each announced
/// endpoint, opened on demand with the same options, forgotten when it closes. Owns them.
class ConnectionPool final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConnectionPool)
public:
    explicit ConnectionPool(ConnectionOptions options, QObject* parent = nullptr);
    ~ConnectionPool() override;

    const ConnectionOptions& options() const { return m_options; }
    /// An open or opening connection; never null. Valid until it emits closed().
    Connection* connectionTo(const Endpoint& announced);
    /// A connection of one's own (subscriptions, blocking commands, a run that may be cancelled).
    /// The caller owns it; already opening.
    std::unique_ptr<Connection> dedicatedTo(const Endpoint& announced);
    /// Closes every connection; waiting commands are answered with Cancelled.
    void closeAll();

private:
    ConnectionOptions m_options;
    QHash<Endpoint, Connection*> m_connections;
};

} // namespace slotscope::net
