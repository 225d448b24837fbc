// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/endpoint.h"

#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

namespace slotscope::tests {

/// One real server (redis-server unless told) on 127.0.0.1, in a temporary folder of its own, for
/// tests that need a server in some state. Ends with this object.
class RealServer final
{
public:
    /// Options as on redis-server's command line; a free port is chosen unless they have "--port".
    /// With `configText` the server gets a file of that content first (a sentinel wants one).
    explicit RealServer(QStringList options = {}, const QByteArray& configText = {});
    ~RealServer();
    Q_DISABLE_COPY_MOVE(RealServer)

    /// Starts it and waits until it listens. Can be started again after stop(), with more options.
    bool start(const QStringList& more = {});
    void stop();

    /// Another server than the redis-server in PATH. Before start().
    void setProgram(const QString& path) { m_program = path; }
    /// Where it will listen, when not on "--port" (a TLS port). Before start().
    void listenOn(quint16 port) { m_port = port; }
    quint16 port() const { return m_port; }
    net::Endpoint endpoint() const { return { QStringLiteral("127.0.0.1"), m_port }; }
    QString folder() const { return m_folder.path(); }
    /// redis-cli's output for a command to this server.
    QByteArray cli(const QStringList& arguments) const;

private:
    QString m_program = QStringLiteral("redis-server");
    QTemporaryDir m_folder;
    QStringList m_options;
    QString m_configFile;
    quint16 m_port = 0;
    QProcess m_process;
};

/// A port that is free now, and whose bus port is too.
quint16 freePort();
/// redis-cli's output for a command to a server on 127.0.0.1.
QByteArray redisCli(quint16 port, const QStringList& arguments);

} // namespace slotscope::tests
