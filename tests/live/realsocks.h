// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "tests/live/realserver.h"

#include <QTcpSocket>
#include <QTest>

#include <csignal>
#include <sys/prctl.h>

namespace slotscope::tests {

/// A real SOCKS5 server (microsocks) on loopback, and what it was asked for.
class RealSocks final
{
public:
    bool start()
    {
        m_process.setProcessChannelMode(QProcess::MergedChannels);
        m_process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
        m_process.start(QStringLiteral("microsocks"),
            { QStringLiteral("-i"), QStringLiteral("127.0.0.1"), QStringLiteral("-p"),
                QString::number(m_port) });
        return m_process.waitForStarted() && QTest::qWaitFor([this] {
            QTcpSocket probe;
            probe.connectToHost(QStringLiteral("127.0.0.1"), m_port);
            return probe.waitForConnected(200);
        });
    }
    ~RealSocks()
    {
        m_process.kill();
        m_process.waitForFinished(5000);
    }
    net::Endpoint endpoint() const { return { QStringLiteral("127.0.0.1"), m_port }; }
    /// Its log: a line "... connected to HOST:PORT" for each connection.
    QByteArray log()
    {
        m_log += m_process.readAll();
        return m_log;
    }

private:
    quint16 m_port = freePort();
    QProcess m_process;
    QByteArray m_log;
};

} // namespace slotscope::tests
