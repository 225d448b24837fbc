// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "tests/support/realsshd.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>

#include <csignal>
#include <pwd.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace slotscope::tests {

using namespace Qt::StringLiterals;

namespace {

quint16 portOfNobody()
{
    QTcpServer probe;
    return probe.listen(QHostAddress::LocalHost) ? probe.serverPort() : quint16(0);
}

} // namespace

RealSshd::RealSshd(const QString& name)
    : m_name(name)
    , m_port(portOfNobody())
{ }

RealSshd::~RealSshd()
{
    stop();
}

QByteArray RealSshd::write(const QString& name, const QByteArray& content, bool isPrivate)
{
    QFile out(file(name));
    if (!out.open(QIODevice::WriteOnly) || out.write(content) != content.size())
        qFatal("cannot write");
    if (isPrivate)
        out.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    return QFile::encodeName(out.fileName());
}

bool RealSshd::makeKey(const QString& name, const QString& passphrase)
{
    if (QFile::exists(file(name)))
        return true;
    QProcess keygen;
    keygen.start(u"ssh-keygen"_s,
        { u"-q"_s, u"-t"_s, u"ed25519"_s, u"-N"_s, passphrase, u"-C"_s, name, u"-f"_s,
            file(name) });
    return keygen.waitForFinished(30'000) && keygen.exitCode() == 0;
}

QString RealSshd::start()
{
    const QString program = QStandardPaths::findExecutable(
        u"sshd"_s, { u"/usr/sbin"_s, u"/usr/local/sbin"_s, u"/sbin"_s });
    if (program.isEmpty() || !makeKey(u"hostkey"_s) || !makeKey(u"key"_s) || !makeKey(u"other"_s)
        || !makeKey(u"locked"_s, passphrase())) {
        return u"needs the packages openssh-server and openssh-client"_s;
    }
    if (::getuid() == 0)
        QDir().mkpath(u"/run/sshd"_s); // where it goes for want of privileges to lose
    QByteArray authorized;
    for (const QString& name : { u"key.pub"_s, u"locked.pub"_s }) {
        QFile key(file(name));
        if (key.open(QIODevice::ReadOnly))
            authorized += key.readAll();
    }
    const QByteArray keys = write(u"authorized_keys"_s, authorized);
    const QByteArray config = "Port " + QByteArray::number(m_port)
        + "\nListenAddress 127.0.0.1\nHostKey " + QFile::encodeName(file(u"hostkey"_s))
        + "\nAuthorizedKeysFile " + keys
        + "\nPidFile none\nStrictModes no\nUsePAM no\nPasswordAuthentication no\n"
          "KbdInteractiveAuthentication no\nPermitRootLogin yes\nAllowTcpForwarding yes\n"
          "MaxStartups 100\nLogLevel VERBOSE\n";
    const QByteArray configFile = write(u"sshd_config"_s, config);
    writeConfig();
    // -D: in the foreground, -e: says it on standard error.
    m_process.setChildProcessModifier([this] {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (m_before)
            m_before();
    });
    m_process.setStandardErrorFile(file(u"sshd.log"_s), QIODevice::Append);
    m_process.start(program, { u"-D"_s, u"-e"_s, u"-f"_s, QFile::decodeName(configFile) });
    if (!m_process.waitForStarted())
        return u"sshd does not start"_s;
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < 20'000 && !m_process.waitForFinished(20)) {
        QTcpSocket probe;
        probe.connectToHost(u"127.0.0.1"_s, m_port);
        if (probe.waitForConnected(200))
            return {};
    }
    return u"sshd does not listen: "_s + QString::fromUtf8(log());
}

void RealSshd::stop()
{
    m_process.kill();
    m_process.waitForFinished(5000);
}

QByteArray RealSshd::log() const
{
    QFile out(file(u"sshd.log"_s));
    return out.open(QIODevice::ReadOnly) ? out.readAll() : QByteArray();
}

void RealSshd::setHostKnown(bool known)
{
    QByteArray line;
    QFile key(file(u"hostkey.pub"_s));
    if (known && key.open(QIODevice::ReadOnly))
        line = "[127.0.0.1]:" + QByteArray::number(m_port) + ' ' + key.readAll();
    write(u"known_hosts"_s, line);
}

void RealSshd::useKey(const QString& name)
{
    m_key = name;
    m_agent.clear();
    writeConfig();
}

void RealSshd::useAgent(const QString& socket)
{
    m_key = u"none"_s;
    m_agent = socket;
    writeConfig();
}

void RealSshd::useJump(const RealSshd* gate)
{
    m_gate = gate;
    writeConfig();
}

void RealSshd::writeConfig()
{
    write(u"ssh_config"_s, clientConfig() + (m_gate ? m_gate->clientConfig() : QByteArray()));
}

QByteArray RealSshd::clientConfig() const
{
    const passwd* user = ::getpwuid(::getuid());
    return "Host " + m_name.toUtf8() + "\n  HostName 127.0.0.1\n  Port "
        + QByteArray::number(m_port) + "\n  User " + (user ? user->pw_name : "root")
        + "\n  UserKnownHostsFile " + QFile::encodeName(file(u"known_hosts"_s))
        + "\n  GlobalKnownHostsFile none\n  IdentityFile " + QFile::encodeName(file(m_key))
        + "\n  IdentitiesOnly " + (m_agent.isEmpty() ? "yes" : "no") + "\n  IdentityAgent "
        + (m_agent.isEmpty() ? QByteArray("none") : QFile::encodeName(m_agent))
        + "\n  PreferredAuthentications publickey\n"
        + (m_gate ? "  ProxyJump " + m_gate->m_name.toUtf8() + '\n' : QByteArray());
}

net::SshOptions RealSshd::options(const QString& askPass) const
{
    net::SshOptions options;
    options.target.host = m_name;
    options.askPassProgram = askPass;
    options.moreArguments = { u"-F"_s, file(u"ssh_config"_s) };
    return options;
}

} // namespace slotscope::tests
