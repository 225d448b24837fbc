// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "tests/support/faultproxy.h"

#include <QDeadlineTimer>
#include <QTcpSocket>
#include <QTimer>

#include <deque>
#include <sys/socket.h>

namespace slotscope::tests {

namespace {

constexpr int tickMs = 5; ///< of a throttled way

/// From now on closing this socket is an RST, not a FIN.
void closeByReset(const QTcpSocket* socket)
{
    const linger atOnce { 1, 0 };
    ::setsockopt(static_cast<int>(socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &atOnce,
        sizeof atOnce);
}

} // namespace

/// One connection: two sockets and what is on its way between them.
class FaultProxy::Link final : public QObject
{
public:
    Link(FaultProxy* proxy, QTcpSocket* client)
        : QObject(proxy)
        , m_proxy(proxy)
        , m_client(client)
        , m_server(new QTcpSocket(this))
        , m_peer(client->peerAddress())
    {
        client->setParent(this);
        for (const Way way : { Way::ToServer, Way::ToClient }) {
            QTimer& timer = pipe(way).timer;
            timer.setSingleShot(true);
            timer.setTimerType(Qt::PreciseTimer);
            connect(&timer, &QTimer::timeout, this, [this, way] { pump(way); });
            QTcpSocket* from = source(way);
            connect(from, &QTcpSocket::readyRead, this, [this, way] { take(way); });
            connect(from, &QTcpSocket::disconnected, this, [this, way] { onEnd(way); });
        }
        connect(m_server, &QTcpSocket::connected, this, [this] { pump(Way::ToServer); });
        connect(m_server, &QTcpSocket::errorOccurred, this, [this] {
            if (m_server->state() == QTcpSocket::UnconnectedState && !m_wasUp)
                end(true); // the target refuses, and so do we, a little late
        });
        connect(m_server, &QTcpSocket::connected, this, [this] { m_wasUp = true; });
        m_server->connectToHost(QHostAddress::LocalHost, proxy->m_target);
    }

    void restart(Way way)
    {
        pipe(way).counted = 0;
        pump(way);
    }

    void halfClose(Way way)
    {
        ::shutdown(static_cast<int>(target(way)->socketDescriptor()), SHUT_WR);
        pipe(way).shut = true;
    }

    /// Ends both sides. Deletes this later.
    void end(bool byReset)
    {
        if (std::exchange(m_ended, true))
            return;
        for (QTcpSocket* socket : { m_client, m_server }) {
            // What was passed on to it is still to be written: it may outlive this.
            socket->disconnect(this);
            socket->setParent(m_proxy);
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            if (byReset && socket->state() == QTcpSocket::ConnectedState) {
                closeByReset(socket);
                socket->abort();
            } else {
                socket->disconnectFromHost();
            }
            if (socket->state() == QTcpSocket::UnconnectedState)
                socket->deleteLater();
        }
        m_proxy->remove(this);
    }

private:
    struct Chunk
    {
        QDeadlineTimer due;
        QByteArray bytes;
    };
    struct Pipe
    {
        std::deque<Chunk> chunks;
        QTimer timer;
        qint64 counted = 0; ///< passed on since the faults were set
        bool ended = false; ///< its source has closed
        bool shut = false; ///< closed by halfClose()
    };

    Pipe& pipe(Way way) { return m_pipes.at(static_cast<size_t>(way)); }
    const Faults& faults(Way way) const { return m_proxy->m_faults.at(static_cast<size_t>(way)); }
    QTcpSocket* source(Way way) { return way == Way::ToServer ? m_client : m_server; }
    QTcpSocket* target(Way way) { return way == Way::ToServer ? m_server : m_client; }

    void take(Way way)
    {
        pipe(way).chunks.push_back(
            { QDeadlineTimer(faults(way).delayMs, Qt::PreciseTimer), source(way)->readAll() });
        pump(way);
    }

    void onEnd(Way way)
    {
        pipe(way).ended = true;
        pump(way);
    }

    bool isFrozen(Way way) const
    {
        return faults(way).frozen || m_proxy->m_cutOff.contains(m_peer);
    }

    void pump(Way way)
    {
        Pipe& p = pipe(way);
        if (m_ended || isFrozen(way) || p.timer.isActive())
            return;
        if (target(way)->state() != QTcpSocket::ConnectedState) {
            if (target(way)->state() == QTcpSocket::UnconnectedState && m_wasUp)
                end(false);
            return; // else it is being connected to
        }
        const bool throttled = faults(way).bytesPerSecond > 0;
        qint64 allowance = throttled ? qMax<qint64>(1, faults(way).bytesPerSecond * tickMs / 1000)
                                     : std::numeric_limits<qint64>::max();
        while (!p.chunks.empty() && allowance > 0) {
            Chunk& chunk = p.chunks.front();
            if (!chunk.due.hasExpired()) {
                p.timer.start(static_cast<int>(chunk.due.remainingTime()));
                return;
            }
            QByteArray bytes = chunk.bytes.left(allowance);
            const std::optional<qint64> cutAfter = faults(way).cutAfter;
            const bool isCut = cutAfter && p.counted + bytes.size() >= *cutAfter;
            if (isCut)
                bytes.truncate(qMax<qint64>(0, *cutAfter - p.counted));
            pass(way, bytes);
            if (isCut)
                return end(faults(way).cutByReset);
            allowance -= bytes.size();
            chunk.bytes.remove(0, bytes.size());
            if (chunk.bytes.isEmpty())
                p.chunks.pop_front();
        }
        if (!p.chunks.empty())
            p.timer.start(tickMs);
        else if (p.ended)
            end(false);
    }

    void pass(Way way, const QByteArray& bytes)
    {
        Pipe& p = pipe(way);
        p.counted += bytes.size();
        m_proxy->m_passed.at(static_cast<size_t>(way)) += bytes.size();
        if (p.shut)
            return;
        target(way)->write(bytes);
        target(way)->flush();
    }

    FaultProxy* m_proxy;
    QTcpSocket* m_client;
    QTcpSocket* m_server;
    const QHostAddress m_peer;
    bool m_wasUp = false;
    bool m_ended = false;
    std::array<Pipe, 2> m_pipes;
};

FaultProxy::FaultProxy(quint16 target, QObject* parent)
    : QObject(parent)
    , m_target(target)
{
    connect(&m_server, &QTcpServer::newConnection, this, &FaultProxy::onNewConnection);
    m_server.listen(QHostAddress::LocalHost);
    m_port = m_server.serverPort();
}

FaultProxy::~FaultProxy()
{
    qDeleteAll(std::exchange(m_links, {}));
}

void FaultProxy::onNewConnection()
{
    while (QTcpSocket* client = m_server.nextPendingConnection()) {
        ++m_accepted;
        m_links.append(new Link(this, client));
    }
}

void FaultProxy::setFaults(Way way, const Faults& faults)
{
    m_faults.at(static_cast<size_t>(way)) = faults;
    const QList<Link*> links = m_links;
    for (Link* link : links)
        link->restart(way);
}

void FaultProxy::setRefusing(bool refusing)
{
    if (refusing)
        m_server.close();
    else if (!m_server.isListening())
        m_server.listen(QHostAddress::LocalHost, m_port);
}

void FaultProxy::setCutOff(const QList<QHostAddress>& sources)
{
    m_cutOff = sources;
    const QList<Link*> links = m_links;
    for (Link* link : links) {
        link->restart(Way::ToServer);
        link->restart(Way::ToClient);
    }
}

void FaultProxy::resetAll()
{
    const QList<Link*> links = m_links;
    for (Link* link : links)
        link->end(true);
}

void FaultProxy::halfCloseAll(Way way)
{
    for (Link* link : std::as_const(m_links))
        link->halfClose(way);
}

void FaultProxy::remove(Link* link)
{
    m_links.removeOne(link);
    link->deleteLater();
}

} // namespace slotscope::tests
