// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/net/waytrial.h"

namespace slotscope::net {

using support::Error;
using support::ErrorCode;

namespace {

constexpr qsizetype mostAtOnce = 32;

} // namespace

WayTrial::WayTrial(ConnectionOptions options, QList<AddressOutcome> nodes, QObject* parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_nodes(std::move(nodes))
{
    for (const AddressOutcome& node : m_nodes)
        m_results.append({ node.announced, {}, {}, false });
}

WayTrial::~WayTrial() = default;

void WayTrial::start()
{
    openNext();
}

void WayTrial::cancel()
{
    if (m_ended)
        return;
    m_next = m_nodes.size();
    const QList<qsizetype> open = m_open.keys();
    for (qsizetype i = 0; i < m_nodes.size(); ++i) {
        const bool isOpen = open.contains(i);
        if (isOpen || (!m_results[i].error && m_results[i].dialled.port == 0))
            m_results[i].error = Error { ErrorCode::Cancelled, {}, {} };
    }
    for (const qsizetype index : open)
        m_open.take(index)->deleteLater();
    openNext();
}

void WayTrial::openNext()
{
    while (m_next < m_nodes.size() && m_open.size() < mostAtOnce) {
        const qsizetype index = m_next++;
        ConnectionOptions options = m_options;
        options.expectedNode = m_nodes[index].nodeId;
        auto* connection = new Connection(m_nodes[index].announced, options, this);
        m_open.insert(index, connection);
        connect(
            connection, &Connection::ready, this, [this, index] { settle(index, std::nullopt); });
        connect(connection, &Connection::closed, this,
            [this, index](const Error& error) { settle(index, error); });
        connection->open();
    }
    if (!m_open.isEmpty() || m_ended)
        return;
    m_ended = true;
    QMetaObject::invokeMethod(
        this, [this] { Q_EMIT finished(m_results); }, Qt::QueuedConnection);
}

void WayTrial::settle(qsizetype index, const std::optional<Error>& error)
{
    Connection* connection = m_open.take(index);
    if (!connection)
        return;
    TrialResult& result = m_results[index];
    result.error = error;
    result.dialled = connection->dialInfo().dialled;
    result.isIdentityKnown = connection->hello().identity == ServerHello::Identity::Confirmed;
    connection->deleteLater();
    openNext();
}

} // namespace slotscope::net
