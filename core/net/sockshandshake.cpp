// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/net/sockshandshake.h"

#include "core/explain/connecting.h"

#include <QHostAddress>
#include <QUrl>
#include <QtEndian>

#include <array>

using namespace Qt::StringLiterals;

namespace slotscope::net {

namespace {

constexpr char version = 5;
constexpr char noAuthentication = 0;
constexpr char typeIPv4 = 1;
constexpr char typeName = 3;
constexpr char typeIPv6 = 4;

/// RFC 1928, 6.
QString replyText(int code)
{
    switch (code) {
    case 2:
        return explain::proxyRulesForbid();
    case 3:
        return explain::networkUnreachable();
    case 4:
        return explain::hostUnreachable();
    case 5:
        return explain::refusedThere();
    case 6:
        return explain::timedOutThere();
    case 7:
    case 8:
        return explain::proxyCannot();
    default:
        return explain::proxyFailed();
    }
}

SocksHandshake::Step failed(SocksHandshake::Step::Kind kind, const QString& why)
{
    return { kind, 0, {}, why };
}

} // namespace

SocksHandshake::SocksHandshake(Endpoint target)
    : m_target(std::move(target))
{ }

QByteArray SocksHandshake::greeting() const
{
    return { "\x05\x01\x00", 3 }; // version, one method: no authentication
}

QByteArray SocksHandshake::request() const
{
    QByteArray bytes("\x05\x01\x00", 3); // version, CONNECT, reserved
    const QHostAddress literal(m_target.host);
    if (literal.protocol() == QAbstractSocket::IPv4Protocol) {
        std::array<char, 4> address = {};
        qToBigEndian(literal.toIPv4Address(), address.data());
        bytes.append(typeIPv4).append(address.data(), address.size());
    } else if (literal.protocol() == QAbstractSocket::IPv6Protocol) {
        const Q_IPV6ADDR address = literal.toIPv6Address();
        bytes.append(typeIPv6).append(reinterpret_cast<const char*>(address.c), 16);
    } else {
        const QByteArray name = QUrl::toAce(m_target.host).left(255);
        bytes.append(typeName).append(static_cast<char>(name.size())).append(name);
    }
    std::array<char, 2> port = {};
    qToBigEndian(m_target.port, port.data());
    return bytes.append(port.data(), port.size());
}

SocksHandshake::Step SocksHandshake::take(QByteArrayView received)
{
    using Kind = Step::Kind;
    if (!received.isEmpty() && received[0] != version)
        return failed(Kind::ProxyFailed, explain::proxyIsNotSocks5());
    if (!m_isWelcome) {
        if (received.size() < 2)
            return {};
        if (received[1] != noAuthentication)
            return failed(Kind::ProxyFailed, explain::proxyWantsLogin());
        m_isWelcome = true;
        return { Kind::Send, 2, request(), {} };
    }
    if (received.size() < 5)
        return {};
    if (received[1] != 0)
        return failed(Kind::NodeFailed, replyText(static_cast<quint8>(received[1])));
    // The address that it is bound to tells nothing, but its length does.
    const char type = received[3];
    qsizetype size = 0;
    if (type == typeIPv4)
        size = 4;
    else if (type == typeIPv6)
        size = 16;
    else if (type == typeName)
        size = 1 + static_cast<quint8>(received[4]);
    else
        return failed(Kind::ProxyFailed, explain::proxyIsNotSocks5());
    const qsizetype whole = 4 + size + 2;
    if (received.size() < whole)
        return {};
    return { Kind::Done, whole, {}, {} };
}

} // namespace slotscope::net
