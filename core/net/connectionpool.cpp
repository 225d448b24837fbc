// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/net/connectionpool.h"

namespace slotscope::net {

ConnectionPool::ConnectionPool(ConnectionOptions options, QObject* parent)
    : QObject(parent)
    , m_options(std::move(options))
{ }

ConnectionPool::~ConnectionPool() = default;

Connection* ConnectionPool::connectionTo(const Endpoint& announced)
{
    Connection*& entry = m_connections[announced];
    // A closed one is still here until its closed() has come.
    if (entry && entry->state() != Connection::State::Closed)
        return entry;
    auto* connection = new Connection(announced, m_options, this);
    connect(connection, &Connection::closed, this, [this, connection, announced] {
        if (m_connections.value(announced) == connection)
            m_connections.remove(announced);
        connection->deleteLater();
    });
    entry = connection;
    connection->open();
    return connection;
}

std::unique_ptr<Connection> ConnectionPool::dedicatedTo(const Endpoint& announced)
{
    auto connection = std::make_unique<Connection>(announced, m_options);
    connection->open();
    return connection;
}

void ConnectionPool::closeAll()
{
    const QList<Connection*> connections = m_connections.values();
    for (Connection* connection : connections)
        connection->close();
}

} // namespace slotscope::net
