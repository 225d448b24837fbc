// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "tests/live/privatenetwork.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include <cerrno>
#include <cstring>
#include <memory>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <unistd.h>

namespace slotscope::tests {

using namespace Qt::StringLiterals;

namespace {

QString reason = u"the test has not made a private network"_s;

bool isUserNamespace = false;

/// Mounted over the system's own. Gone at the end; what is mounted stays as long as the namespace.
std::unique_ptr<QTemporaryDir> folder;

bool write(const QString& name, const QByteArray& content)
{
    QFile file(name); // written into, not replaced: what is mounted is the file and not its name
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

bool mountOver(const QString& source, const char* target)
{
    return ::mount(source.toUtf8().constData(), target, nullptr, MS_BIND, nullptr) == 0;
}

bool makeNamespaces()
{
    if (::unshare(CLONE_NEWNET | CLONE_NEWNS) == 0)
        return true;
    // Whoever has no right to that has it in a user namespace, as root there.
    const QByteArray user = QByteArray::number(::getuid());
    const QByteArray group = QByteArray::number(::getgid());
    if (errno != EPERM || ::unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWNS) != 0)
        return false;
    isUserNamespace = true;
    return write(u"/proc/self/setgroups"_s, "deny")
        && write(u"/proc/self/uid_map"_s, "0 " + user + " 1")
        && write(u"/proc/self/gid_map"_s, "0 " + group + " 1");
}

bool bringLoopbackUp()
{
    const int socket = ::socket(AF_INET, SOCK_DGRAM, 0);
    ifreq request {};
    std::strcpy(request.ifr_name, "lo");
    request.ifr_flags = IFF_UP;
    const bool up = ::ioctl(socket, SIOCSIFFLAGS, &request) == 0;
    ::close(socket);
    return up;
}

bool ip(const QString& arguments)
{
    QProcess process;
    process.start(u"ip"_s, arguments.split(u' '));
    return process.waitForFinished(10'000) && process.exitCode() == 0;
}

} // namespace

bool PrivateNetwork::enter()
{
    const bool isMade = makeNamespaces() && bringLoopbackUp()
        && ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
    if (!isMade) {
        reason = u"the system allows no network namespace here: "_s
            + QString::fromLocal8Bit(std::strerror(errno));
        return false;
    }
    folder = std::make_unique<QTemporaryDir>();
    const QString hosts = folder->filePath(u"hosts"_s);
    const QString services = folder->filePath(u"nsswitch.conf"_s);
    const QString multi = folder->filePath(u"host.conf"_s);
    if (!write(hosts, "127.0.0.1 localhost\n") || !write(services, "hosts: files\n")
        || !write(multi, "multi on\n") || !mountOver(hosts, "/etc/hosts")) {
        reason = u"/etc/hosts cannot be mounted over"_s;
        return false;
    }
    // Where there are none, the C library does what they say.
    mountOver(services, "/etc/nsswitch.conf");
    mountOver(multi, "/etc/host.conf");
    reason.clear();
    return true;
}

QString PrivateNetwork::whyNot()
{
    return reason;
}

bool PrivateNetwork::hasUserNamespace()
{
    return isUserNamespace;
}

void PrivateNetwork::setHosts(const QByteArray& lines)
{
    if (!write(u"/etc/hosts"_s, "127.0.0.1 localhost\n" + lines))
        qFatal("cannot write the hosts");
}

std::function<void()> PrivateNetwork::withHosts(const QByteArray& lines)
{
    static int number = 0;
    const QString hosts = folder->filePath(u"hosts-%1"_s.arg(++number));
    if (!write(hosts, "127.0.0.1 localhost\n" + lines))
        qFatal("cannot write the hosts");
    // Between fork and exec: no memory is taken any more.
    return [name = QFile::encodeName(hosts)] {
        if (::unshare(CLONE_NEWNS) != 0
            || ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0
            || ::mount(name.constData(), "/etc/hosts", nullptr, MS_BIND, nullptr) != 0)
            ::_exit(1);
    };
}

bool PrivateNetwork::put(const QString& source, const char* file)
{
    return mountOver(source, file);
}

bool PrivateNetwork::trustOnly(const QString& caFile)
{
    const QString certificates = folder->filePath(u"certs"_s);
    QDir().mkpath(certificates);
    QFile::remove(certificates + u"/ca.pem"_s);
    QProcess rehash;
    return QFile::copy(caFile, certificates + u"/ca.pem"_s)
        && QFile::copy(caFile, certificates + u"/ca-certificates.crt"_s)
        && (rehash.start(u"openssl"_s, { u"rehash"_s, certificates }), true)
        && rehash.waitForFinished(30'000) && rehash.exitCode() == 0
        && mountOver(certificates, "/etc/ssl/certs");
}

bool PrivateNetwork::hideBehindFirewall(const QStringList& addresses, quint16 port)
{
    // The table of local addresses comes first, unless it is moved behind the rule.
    if (!ip(u"rule add pref 100 lookup local"_s) || !ip(u"rule del pref 0"_s))
        return false;
    for (const QString& address : addresses) {
        if (!ip(u"addr add %1/32 dev lo"_s.arg(address))
            || !ip(u"rule add pref 50 to %1 ipproto tcp dport %2 unreachable"_s.arg(address).arg(
                port))) {
            return false;
        }
    }
    return true;
}

} // namespace slotscope::tests
