// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/sandbox/freeports.h"

#include "core/explain/sandboxes.h"
#include "core/sandbox/nodesconf.h"

#include <QRandomGenerator>
#include <QTcpServer>

namespace slotscope::sandbox {

using namespace Qt::StringLiterals;
using support::Error;
using support::ErrorCode;
using support::Result;

namespace {

// Below the ports that the system gives to clients (32768 and up), the bus ports included.
constexpr quint16 lowestPort = 10'000;
constexpr quint16 highestPort = 22'000;
constexpr int highestGivenPort = 55'535;

bool isFree(quint16 port)
{
    QTcpServer server;
    return server.listen(QHostAddress::LocalHost, port);
}

bool isUsable(quint16 port)
{
    return isFree(port) && isFree(busPort(port));
}

} // namespace

Result<QList<quint16>> choosePorts(int count, quint16 first)
{
    QList<quint16> ports;
    if (first != 0) {
        for (int port = first; port < first + count; ++port) {
            if (port > highestGivenPort || !isUsable(static_cast<quint16>(port))) {
                return Error { ErrorCode::ProcessFailed, explain::portIsTaken(port),
                    u"127.0.0.1:%1"_s.arg(port) };
            }
            ports.append(static_cast<quint16>(port));
        }
        return ports;
    }
    const int begin = QRandomGenerator::global()->bounded(lowestPort, highestPort - 2 * count);
    for (int port = begin; port < highestPort && ports.size() < count; ++port) {
        if (isUsable(static_cast<quint16>(port)))
            ports.append(static_cast<quint16>(port));
    }
    if (ports.size() < count)
        return Error { ErrorCode::ProcessFailed, explain::tooFewPorts(), {} };
    return ports;
}

} // namespace slotscope::sandbox
