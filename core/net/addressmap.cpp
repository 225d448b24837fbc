// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/net/addressmap.h"

#include <QHostAddress>

using namespace Qt::StringLiterals;

namespace slotscope::net {

using support::Done;
using support::Error;
using support::ErrorCode;
using support::Result;

namespace {

bool isAddress(QStringView text, QHostAddress& address)
{
    return address.setAddress(text.toString());
}

/// Names without regard to case, addresses by what they mean (::1 is 0:0:0:0:0:0:0:1).
bool isSameHost(const QString& a, const QString& b)
{
    if (a.compare(b, Qt::CaseInsensitive) == 0)
        return true;
    QHostAddress left;
    QHostAddress right;
    return isAddress(a, left) && isAddress(b, right) && left == right;
}

/// `host`, `[v6]` or a bare IPv6 address (port 0), `host:port`, `[v6]:port`.
Result<Endpoint> parseSide(QStringView text)
{
    QHostAddress address;
    // A bare IPv6 address ends in a group, not in a port.
    const bool hasPort = text.startsWith(u'[') ? text.contains(u"]:"_s)
                                               : text.contains(u':') && !isAddress(text, address);
    Result<Endpoint> side = Endpoint::parse(text, hasPort ? 0 : 1);
    if (!side)
        return side;
    if (!side->isDialable())
        return Error { ErrorCode::InvalidInput, u"no host or port 0"_s, {} };
    if (!hasPort)
        side->port = 0;
    return side;
}

QString sideText(const Endpoint& side)
{
    if (side.port != 0)
        return side.toString();
    return side.host.contains(u':') ? u'[' + side.host + u']' : side.host;
}

} // namespace

Result<Done> AddressMap::addRule(QStringView rule)
{
    const QStringView text = rule.trimmed();
    const qsizetype equals = text.indexOf(u'=');
    if (equals < 0 || text.indexOf(u'=', equals + 1) >= 0) {
        return Error { ErrorCode::InvalidInput, u"not HOST=HOST or HOST:PORT=HOST:PORT"_s, {} };
    }
    const Result<Endpoint> announced = parseSide(text.first(equals).trimmed());
    if (!announced)
        return announced.error();
    const Result<Endpoint> dialled = parseSide(text.sliced(equals + 1).trimmed());
    if (!dialled)
        return dialled.error();
    if ((announced->port == 0) != (dialled->port == 0))
        return Error { ErrorCode::InvalidInput, u"a port on one side only"_s, {} };
    m_rules.append({ *announced, *dialled });
    return Done {};
}

Endpoint AddressMap::toDialled(const Endpoint& announced) const
{
    const Rule* match = nullptr;
    for (const Rule& rule : m_rules) {
        if (!isSameHost(rule.announced.host, announced.host))
            continue;
        if (rule.announced.port == announced.port && announced.port != 0)
            return rule.dialled;
        if (rule.announced.port == 0 && !match)
            match = &rule;
    }
    return match ? Endpoint { match->dialled.host, announced.port } : announced;
}

QStringList AddressMap::rules() const
{
    QStringList texts;
    for (const Rule& rule : m_rules)
        texts.append(sideText(rule.announced) + u'=' + sideText(rule.dialled));
    return texts;
}

} // namespace slotscope::net
