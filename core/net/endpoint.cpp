// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/net/endpoint.h"

#include "core/explain/addresses.h"

#include <QHostAddress>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace slotscope::net {

using support::invalidInput;

namespace {

// What resolvers take at most (NI_MAXHOST is 1025, a name of DNS has 253 bytes).
constexpr qsizetype maxHostLength = 255;

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

std::optional<quint16> parsePort(QStringView text)
{
    if (text.isEmpty() || text.size() > 5 || !std::all_of(text.begin(), text.end(), isDigit))
        return std::nullopt;
    const uint port = text.toUInt();
    return port <= 65535 ? std::optional(static_cast<quint16>(port)) : std::nullopt;
}

bool isPlausibleHost(QStringView host)
{
    return host.size() <= maxHostLength && std::all_of(host.begin(), host.end(), [](QChar c) {
        return c.isPrint() && !c.isSpace() && c != u'[' && c != u']';
    });
}

} // namespace

bool Endpoint::isDialable() const
{
    return !host.isEmpty() && host != u"?"_s && port != 0 && isPlausibleHost(host)
        && (!host.contains(u':') || isIPv6(host));
}

QString Endpoint::toString() const
{
    if (host.contains(u':'))
        return u"[%1]:%2"_s.arg(host).arg(port);
    return host + u':' + QString::number(port);
}

support::Result<Endpoint> Endpoint::parse(QStringView text, quint16 defaultPort)
{
    QStringView host = text;
    std::optional<quint16> port;
    if (text.startsWith(u'[')) {
        const qsizetype end = text.indexOf(u']');
        if (end < 0)
            return invalidInput(explain::bracketNotClosed());
        host = text.sliced(1, end - 1);
        if (!isIPv6(host))
            return invalidInput(explain::noIPv6InBrackets());
        const QStringView rest = text.sliced(end + 1);
        if (rest.startsWith(u':'))
            port = parsePort(rest.sliced(1));
        if (!rest.isEmpty() && !port)
            return invalidInput(explain::badPort());
    } else if (const qsizetype colon = text.lastIndexOf(u':');
               colon >= 0 && !(defaultPort != 0 && isIPv6(text))) {
        host = text.first(colon);
        port = parsePort(text.sliced(colon + 1));
        if (!port)
            return invalidInput(explain::badPort());
        if (host.contains(u':') && !isIPv6(host))
            return invalidInput(explain::tooManyColons());
    }
    if (!port && defaultPort == 0)
        return invalidInput(explain::noPort());
    if (!isPlausibleHost(host))
        return invalidInput(explain::noHostName());
    return Endpoint { host.toString(), port.value_or(defaultPort) };
}

bool isIPv6(QStringView text)
{
    QHostAddress address;
    return text.contains(u':') && address.setAddress(text.toString())
        && address.protocol() == QAbstractSocket::IPv6Protocol;
}

} // namespace slotscope::net
