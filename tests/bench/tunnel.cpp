// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// What a tunnel of ours adds to a round trip, beside an `ssh -N -D` started by hand.

#include "core/net/connection.h"
#include "core/net/sshtunnel.h"
#include "tests/bench/measure.h"
#include "tests/bench/roundtrip.h"
#include "tests/support/realsshd.h"

#include <hiredis/hiredis.h>

#include <QProcess>
#include <QTcpServer>

#include <arpa/inet.h>
#include <array>
#include <cstdio>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace slotscope::bench {

using namespace Qt::StringLiterals;

namespace {

/// `ssh -N -D`, as one types it, on a port of its own.
class PlainSsh
{
public:
    explicit PlainSsh(const tests::RealSshd& sshd)
    {
        QTcpServer probe;
        if (probe.listen(QHostAddress::LocalHost))
            m_port = probe.serverPort();
        probe.close();
        m_process.start(u"ssh"_s,
            { u"-F"_s, sshd.file(u"ssh_config"_s), u"-N"_s, u"-D"_s, u"127.0.0.1:%1"_s.arg(m_port),
                u"bastion"_s });
    }
    ~PlainSsh()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    Q_DISABLE_COPY_MOVE(PlainSsh)

    quint16 port() const { return m_port; }

private:
    quint16 m_port = 0;
    QProcess m_process;
};

/// A blocking socket through a SOCKS5 server to a port of this machine; -1 when there is none.
int connectThrough(quint16 proxy, quint16 port)
{
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(proxy);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int yes = 1;
    std::array<unsigned char, 10> reply = {};
    const std::array<unsigned char, 3> hello { 5, 1, 0 };
    const std::array<unsigned char, 10> request { 5, 1, 0, 1, 127, 0, 0, 1,
        static_cast<unsigned char>(port >> 8), static_cast<unsigned char>(port & 255) };
    const bool ok = fd >= 0
        && ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0
        && ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes) == 0
        && ::send(fd, hello.data(), hello.size(), MSG_NOSIGNAL) == ssize_t(hello.size())
        && ::recv(fd, reply.data(), 2, MSG_WAITALL) == 2
        && ::send(fd, request.data(), request.size(), MSG_NOSIGNAL) == ssize_t(request.size())
        && ::recv(fd, reply.data(), reply.size(), MSG_WAITALL) == ssize_t(reply.size())
        && reply[1] == 0;
    if (ok)
        return fd;
    if (fd >= 0)
        ::close(fd);
    return -1;
}

} // namespace

bool benchTunnel()
{
    sandbox::ClusterSpec spec;
    spec.primaries = 1;
    spec.replicas = 0;
    const auto cluster = startCluster(spec);
    tests::RealSshd sshd;
    const QString missing = cluster ? sshd.start() : u"no cluster"_s;
    if (!missing.isEmpty()) {
        std::fprintf(stderr, "%s\n", qPrintable(missing));
        return false;
    }
    sshd.setHostKnown(true);
    const quint16 port = cluster->manifest().nodes.constFirst().port;
    const net::Endpoint node { u"127.0.0.1"_s, port };

    const PlainSsh plain(sshd);
    int fd = -1;
    for (int i = 0; fd < 0 && i < 200; ++i) {
        ::usleep(100'000);
        fd = connectThrough(plain.port(), port);
    }
    if (fd < 0)
        return false;
    const std::unique_ptr<redisContext, decltype(&redisFree)> hiredis(
        redisConnectFd(fd), &redisFree);
    net::ConnectionOptions socks;
    socks.socks = net::Endpoint { u"127.0.0.1"_s, plain.port() };
    net::Connection byHand(node, socks);
    net::ConnectionOptions tunnel;
    tunnel.tunnel = net::SshTunnel::create(sshd.options());
    net::Connection ours(node, tunnel);
    byHand.open();
    ours.open();
    const auto isReady = [](const net::Connection& connection) {
        return connection.state() == net::Connection::State::Ready;
    };
    if (!hiredis || hiredis->err != 0
        || !waitUntil([&] { return isReady(byHand) && isReady(ours); }))
        return false;
    return compare(
        {
            { u"GET through our tunnel"_s, [&] { return roundTrip(ours); }, {} },
            { u"hiredis, blocking, through ssh -D"_s, [&] { return roundTrip(hiredis.get()); },
                {} },
            { u"GET through ssh -D, its port as SOCKS5"_s, [&] { return roundTrip(byHand); }, {} },
        },
        "us");
}

} // namespace slotscope::bench
