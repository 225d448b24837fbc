// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/endpoint.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <array>

namespace slotscope::tests {

/// Connections to it are neither accepted nor refused: its backlog is full, and the kernel drops
/// what comes after, as a firewall does.
class DeadPort
{
public:
    explicit DeadPort(const QString& address, quint16 port = 0)
    {
        m_server.setListenBacklogSize(0);
        if (!m_server.listen(QHostAddress(address), port))
            qFatal("cannot listen");
        m_server.pauseAccepting();
        for (QTcpSocket& socket : m_others)
            socket.connectToHost(m_server.serverAddress(), m_server.serverPort());
        QTest::qWait(50);
    }
    net::Endpoint endpoint() const
    {
        return { m_server.serverAddress().toString(), m_server.serverPort() };
    }

private:
    QTcpServer m_server;
    std::array<QTcpSocket, 4> m_others;
};

} // namespace slotscope::tests
