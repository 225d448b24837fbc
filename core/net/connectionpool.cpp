// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/net/connectionpool.h"

#include <QMap>

namespace slotscope::net {

ConnectionPool::ConnectionPool(ConnectionOptions options, QObject* parent)
    : QObject(parent)
    , m_options(std::move(options))
{
    if (!m_options.clock)
        m_options.clock = std::make_shared<ServerClock>();
}

ConnectionPool::~ConnectionPool() = default;

ConnectionOptions ConnectionPool::optionsFor(const Endpoint& announced, Access access) const
{
    ConnectionOptions options = m_options;
    const bool isDirect
        = !options.socks && !options.tunnel && options.addressMap.toDialled(announced) == announced;
    if (!isDirect)
        options.expectedNode = m_expected.value(announced);
    options.readOnly = options.readOnly || access == Access::ReplicaReads;
    return options;
}

void ConnectionPool::expectNodes(QHash<Endpoint, QByteArray> ids)
{
    m_expected = std::move(ids);
}

ConnectionPool::Shared& ConnectionPool::sharedFor(Access access)
{
    return access == Access::Normal ? m_normal : m_replicaReads;
}

Connection* ConnectionPool::connectionTo(const Endpoint& announced, Access access)
{
    Connection*& entry = sharedFor(access)[announced];
    // A closed one is still here until its closed() has come.
    if (entry && entry->state() != Connection::State::Closed)
        return entry;
    auto* connection = new Connection(announced, optionsFor(announced, access), this);
    connect(connection, &Connection::closed, this, [this, connection, announced, access] {
        Shared& shared = sharedFor(access);
        if (shared.value(announced) == connection)
            shared.remove(announced);
        connection->deleteLater();
    });
    entry = connection;
    connection->open();
    return connection;
}

bool ConnectionPool::isOpening(const Endpoint& announced) const
{
    const Connection* connection = m_normal.value(announced);
    return connection != nullptr && connection->state() == Connection::State::Opening;
}

QList<DialInfo> ConnectionPool::openWays() const
{
    QMap<QString, DialInfo> ways;
    for (const Shared* shared : { &m_replicaReads, &m_normal }) {
        for (const Connection* connection : *shared) {
            if (connection->state() == Connection::State::Ready)
                ways.insert(connection->announced().toString(), connection->dialInfo());
        }
    }
    return ways.values();
}

std::unique_ptr<Connection> ConnectionPool::dedicatedTo(const Endpoint& announced, Access access)
{
    auto connection = std::make_unique<Connection>(announced, optionsFor(announced, access));
    connection->open();
    return connection;
}

void ConnectionPool::release(std::unique_ptr<Connection> dedicated)
{
    if (!dedicated)
        return;
    dedicated->close();
    dedicated->setParent(this); // its end at the latest
    dedicated.release()->deleteLater();
}

void ConnectionPool::retire(const Connection* connection)
{
    const Endpoint announced = connection->announced();
    if (m_normal.value(announced) != connection && m_replicaReads.value(announced) != connection)
        return;
    for (const Access access : { Access::Normal, Access::ReplicaReads }) {
        if (Connection* shared = sharedFor(access).take(announced))
            shared->closeWhenIdle();
    }
}

void ConnectionPool::forgetRefusals()
{
    for (const Shared& shared : { m_normal, m_replicaReads }) {
        for (Connection* connection : shared)
            connection->forgetRefusals();
    }
}

} // namespace slotscope::net
