// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// What has no peer but an aim: parsing, memory.

#include "core/cluster/mergeviews.h"
#include "core/cluster/viewparsers.h"
#include "core/net/connectionpool.h"
#include "tests/bench/measure.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>

#include <cstdio>
#include <malloc.h>
#include <unistd.h>
#include <vector>

namespace slotscope::bench {

using namespace Qt::StringLiterals;

namespace {

/// CLUSTER NODES of six primaries whose slots are dealt like cards: no two neighbours are one's.
QByteArray worstNodes()
{
    constexpr int primaries = 6;
    QByteArray text;
    for (int i = 0; i < primaries; ++i) {
        text += QByteArray::number(i).rightJustified(40, 'a') + " 10.0.0." + QByteArray::number(i)
            + ":6379@16379,node" + QByteArray::number(i) + (i == 0 ? " myself,master" : " master")
            + " - 0 1795400687371 " + QByteArray::number(i + 1) + " connected";
        for (int slot = i; slot < 16384; slot += primaries)
            text += ' ' + QByteArray::number(slot);
        text += '\n';
    }
    return text;
}

constexpr int stubNodes = 300;

double residentMegabytes()
{
    ::malloc_trim(0);
    QFile statm(u"/proc/self/statm"_s);
    if (!statm.open(QIODevice::ReadOnly))
        return -1;
    const double pages = statm.readAll().split(' ').value(1).toDouble();
    return pages * static_cast<double>(::sysconf(_SC_PAGESIZE)) / (1024 * 1024);
}

/// Says +OK to every command, and something longer to INFO.
void accept(QTcpServer& server)
{
    while (QTcpSocket* socket = server.nextPendingConnection()) {
        auto reader = std::make_shared<resp::ReplyReader>();
        QObject::connect(socket, &QTcpSocket::readyRead, socket, [socket, reader] {
            reader->feed(socket->readAll());
            // Commands are arrays, as replies may be.
            for (auto next = reader->next(); next && *next; next = reader->next()) {
                const QByteArray name = (*next)->at(0).toByteArray();
                if (name == "INFO")
                    socket->write("$5000\r\n" + QByteArray(5000, 'i') + "\r\n");
                else
                    socket->write(name == "HELLO" ? "-ERR unknown command\r\n" : "+OK\r\n");
            }
        });
    }
}

} // namespace

bool benchNodes()
{
    const QByteArray text = worstNodes();
    QList<double> milliseconds;
    for (int i = 0; i < 200; ++i) {
        QElapsedTimer clock;
        clock.start();
        const auto view = cluster::parseNodes(text);
        milliseconds.append(static_cast<double>(clock.nsecsElapsed()) / 1e6);
        if (!view || view->nodes.size() != 6)
            return false;
    }
    std::printf("CLUSTER NODES of 16384 single-slot ranges, %lld bytes: %.2f ms (median of 200)\n",
        static_cast<long long>(text.size()), median(milliseconds));
    return true;
}

bool benchViews()
{
    constexpr int nodes = 1000;
    QByteArrayList lines;
    for (int i = 0; i < nodes; ++i) {
        const bool isPrimary = i % 2 == 0;
        QByteArray line = QByteArray::number(i).rightJustified(40, 'a') + " 10.0."
            + QByteArray::number(i / 250) + '.' + QByteArray::number(i % 250) + ":6379@16379 "
            + (isPrimary ? "master -"_ba
                         : "slave "_ba + QByteArray::number(i - 1).rightJustified(40, 'a'))
            + " 0 1795400687371 " + QByteArray::number(i - i % 2 + 1) + " connected";
        if (isPrimary) {
            line += ' ' + QByteArray::number(16384 * i / nodes) + '-'
                + QByteArray::number(16384 * (i + 2) / nodes - 1);
        }
        lines.append(line);
    }
    cluster::NodesParser parser;
    QList<cluster::ViewInput> views;
    const double before = residentMegabytes();
    QElapsedTimer clock;
    clock.start();
    for (int i = 0; i < nodes; ++i) {
        QByteArrayList own = lines;
        own[i].replace(" master", " myself,master").replace(" slave", " myself,slave");
        const auto view = parser.parse(own.join('\n'));
        if (!view || view->myself != i)
            return false;
        views.append({ *view, {}, u"10.0.0.1"_s, 6379, {} });
    }
    const qint64 parsed = clock.restart();
    const double added = residentMegabytes() - before;
    clock.restart();
    const cluster::Topology topology = cluster::mergeViews(views, {});
    std::printf("%d views of %d nodes: %lld ms to read, %.1f MB resident, %lld ms to merge\n",
        nodes, nodes, static_cast<long long>(parsed), added,
        static_cast<long long>(clock.elapsed()));
    return topology.shards().size() == nodes / 2;
}

bool benchMemory()
{
    QProcess others;
    others.start(QCoreApplication::applicationFilePath(), { u"accept"_s });
    if (!others.waitForReadyRead(10'000))
        return false;
    const QByteArrayList ports = others.readLine().trimmed().split(' ');
    bool ok = false;
    {
        net::ConnectionPool pool({});
        // What the first connection loads is not a node's.
        bool warm = false;
        const auto ask = [&](const QByteArray& port, const net::Connection::Callback& answer) {
            pool.connectionTo({ u"127.0.0.1"_s, port.toUShort() })->send({ "INFO" }, answer);
        };
        ask(ports.constLast(), [&](const net::Answer&) { warm = true; });
        ok = waitUntil([&] { return warm; });
        const double before = residentMegabytes();
        int answered = 0;
        for (const QByteArray& port : ports.first(ports.size() - 1))
            ask(port, [&](const net::Answer& answer) { answered += answer.reply ? 1 : 0; });
        ok = ok && waitUntil([&] { return answered == stubNodes; });
        const double added = residentMegabytes() - before;
        std::printf("%d connected nodes add %.1f MB resident memory\n", stubNodes, added);
    }
    others.kill();
    others.waitForFinished();
    return ok;
}

int acceptEverything()
{
    std::vector<std::unique_ptr<QTcpServer>> servers;
    for (int i = 0; i <= stubNodes; ++i) {
        auto server = std::make_unique<QTcpServer>();
        if (!server->listen(QHostAddress::LocalHost))
            return 1;
        QObject::connect(server.get(), &QTcpServer::newConnection, server.get(),
            [own = server.get()] { accept(*own); });
        std::printf("%d ", server->serverPort());
        servers.push_back(std::move(server));
    }
    std::printf("\n");
    std::fflush(stdout);
    return QCoreApplication::exec();
}

} // namespace slotscope::bench
