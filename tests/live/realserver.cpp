// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "tests/live/realserver.h"

#include <QFile>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <csignal>
#include <sys/prctl.h>

namespace slotscope::tests {

using namespace Qt::StringLiterals;

quint16 freePort()
{
    for (quint16 port = 23'000 + static_cast<quint16>(::getpid() % 4000); port < 32'000; ++port) {
        QTcpServer server;
        QTcpServer bus;
        if (server.listen(QHostAddress::LocalHost, port)
            && bus.listen(QHostAddress::LocalHost, static_cast<quint16>(port + 10'000))) {
            return port;
        }
    }
    return 0;
}

QByteArray redisCli(quint16 port, const QStringList& arguments)
{
    QProcess cli;
    cli.start(u"redis-cli"_s, QStringList { u"-p"_s, QString::number(port) } + arguments);
    if (!cli.waitForFinished(30'000))
        return "redis-cli: " + cli.errorString().toUtf8();
    return cli.readAllStandardOutput();
}

RealServer::RealServer(QStringList options, const QByteArray& configText)
    : m_options(std::move(options))
    , m_port(freePort())
{
    if (!configText.isEmpty()) {
        m_configFile = m_folder.filePath(u"server.conf"_s);
        QFile file(m_configFile);
        if (file.open(QIODevice::WriteOnly))
            file.write(configText);
    }
}

RealServer::~RealServer()
{
    stop();
}

bool RealServer::start(const QStringList& more)
{
    QStringList arguments;
    if (!m_configFile.isEmpty())
        arguments.append(m_configFile);
    arguments
        += { u"--dir"_s, m_folder.path(), u"--save"_s, QString(), u"--bind"_s, u"127.0.0.1"_s };
    if (!m_options.contains(u"--port"_s))
        arguments += { u"--port"_s, QString::number(m_port) };
    m_process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
    m_process.setStandardOutputFile(m_folder.filePath(u"server.log"_s));
    m_process.setWorkingDirectory(m_folder.path());
    m_process.start(m_program, arguments + m_options + more);
    if (!m_process.waitForStarted())
        return false;
    return QTest::qWaitFor(
               [this] {
                   QTcpSocket probe;
                   probe.connectToHost(u"127.0.0.1"_s, m_port);
                   return m_process.state() != QProcess::Running || probe.waitForConnected(200);
               },
               20'000)
        && m_process.state() == QProcess::Running;
}

void RealServer::stop()
{
    m_process.kill();
    m_process.waitForFinished(5000);
}

QByteArray RealServer::cli(const QStringList& arguments) const
{
    return redisCli(m_port, arguments);
}

} // namespace slotscope::tests
