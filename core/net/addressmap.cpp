// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/net/addressmap.h"

#include "core/explain/addresses.h"

using namespace Qt::StringLiterals;

namespace slotscope::net {

using support::Done;
using support::invalidInput;
using support::Result;

namespace {

const QString seedWord = u"@seed"_s;

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

/// The host of a side, and what is behind its colon.
struct Parts
{
    QStringView host;
    std::optional<QStringView> ports;
};

/// `host`, `[v6]` or a bare IPv6 address, with a port or without.
Result<Parts> split(QStringView text)
{
    QHostAddress address;
    if (text.startsWith(u'[')) {
        const qsizetype end = text.indexOf(u']');
        const QStringView rest = end < 0 ? QStringView() : text.sliced(end + 1);
        if (end < 0 || !isAddress(text.sliced(1, end - 1), address)
            || (!rest.isEmpty() && !rest.startsWith(u':'))) {
            return invalidInput(explain::noIPv6InBrackets());
        }
        const QStringView host = text.sliced(1, end - 1);
        if (rest.isEmpty())
            return Parts { host, std::nullopt };
        return Parts { host, rest.sliced(1) };
    }
    // A bare IPv6 address, also of a subnet, ends in a group, not in a port.
    if (text.count(u':') > 1) {
        if (!isAddress(text.first(qMin(
                           text.size(), text.indexOf(u'/') < 0 ? text.size() : text.indexOf(u'/'))),
                address))
            return invalidInput(explain::tooManyColons());
        return Parts { text, std::nullopt };
    }
    const qsizetype colon = text.indexOf(u':');
    if (colon < 0)
        return Parts { text, std::nullopt };
    return Parts { text.first(colon), text.sliced(colon + 1) };
}

std::optional<quint16> toPort(QStringView text)
{
    bool isNumber = false;
    const ushort port = text.toUShort(&isNumber);
    if (!isNumber || port == 0 || text.startsWith(u'+'))
        return std::nullopt;
    return port;
}

} // namespace

bool AddressMap::Side::isPattern() const
{
    return prefixLength >= 0 || host.contains(u'*');
}

QString AddressMap::Side::toString() const
{
    QString text = host;
    if (prefixLength >= 0)
        text += u'/' + QString::number(prefixLength);
    else if (host.contains(u':'))
        text = u'[' + host + u']';
    if (firstPort != 0)
        text += u':' + QString::number(firstPort);
    if (lastPort != firstPort)
        text += u'-' + QString::number(lastPort);
    return text;
}

Result<AddressMap::Side> AddressMap::parseSide(QStringView text)
{
    const Result<Parts> parts = split(text);
    if (!parts)
        return parts.error();
    Side side;
    if (parts->ports) {
        const qsizetype dash = parts->ports->indexOf(u'-');
        const auto first = toPort(dash < 0 ? *parts->ports : parts->ports->first(dash));
        const auto last = dash < 0 ? first : toPort(parts->ports->sliced(dash + 1));
        if (!first || !last || *last < *first)
            return invalidInput(explain::badPort());
        side.firstPort = *first;
        side.lastPort = *last;
    }
    side.host = parts->host.toString();
    if (const qsizetype slash = side.host.indexOf(u'/'); slash >= 0) {
        const auto subnet = QHostAddress::parseSubnet(side.host);
        if (subnet.second < 0)
            return invalidInput(explain::noSubnet());
        side.host = subnet.first.toString();
        side.prefixLength = subnet.second;
        return side;
    }
    if (side.host.count(u'*') > 1)
        return invalidInput(explain::moreThanOneStar());
    if (side.host != seedWord
        && (side.host.startsWith(u'@') || !Endpoint { side.host, 1 }.isDialable()))
        return invalidInput(explain::noHost());
    return side;
}

Result<Done> AddressMap::addRule(QStringView rule)
{
    const QStringView text = rule.trimmed();
    const qsizetype equals = text.indexOf(u'=');
    if (equals < 0 || text.indexOf(u'=', equals + 1) >= 0)
        return invalidInput(explain::notARule());
    const Result<Side> announced = parseSide(text.first(equals).trimmed());
    if (!announced)
        return announced.error();
    const Result<Side> dialled = parseSide(text.sliced(equals + 1).trimmed());
    if (!dialled)
        return dialled.error();
    if (announced->host == seedWord)
        return invalidInput(explain::seedIsNotAnnounced());
    if (dialled->prefixLength >= 0)
        return invalidInput(explain::subnetIsNotDialled());
    if (dialled->host.contains(u'*') && !announced->host.contains(u'*'))
        return invalidInput(explain::starOnlyOnTheRight());
    if ((announced->firstPort == 0) != (dialled->firstPort == 0))
        return invalidInput(explain::portOnOneSideOnly());
    if (announced->lastPort - announced->firstPort != dialled->lastPort - dialled->firstPort)
        return invalidInput(explain::portRangesDiffer());
    m_rules.append({ *announced, *dialled });
    return Done {};
}

std::optional<QString> AddressMap::Rule::match(const Endpoint& address) const
{
    if (announced.firstPort != 0
        && (address.port < announced.firstPort || address.port > announced.lastPort)) {
        return std::nullopt;
    }
    if (announced.prefixLength >= 0) {
        const bool isInside = QHostAddress(address.host)
                                  .isInSubnet(QHostAddress(announced.host), announced.prefixLength);
        return isInside ? std::optional(QString()) : std::nullopt;
    }
    const qsizetype star = announced.host.indexOf(u'*');
    if (star < 0)
        return isSameHost(announced.host, address.host) ? std::optional(QString()) : std::nullopt;
    const QStringView before = QStringView(announced.host).first(star);
    const QStringView after = QStringView(announced.host).sliced(star + 1);
    const qsizetype middle = address.host.size() - before.size() - after.size();
    if (middle < 0 || !address.host.startsWith(before, Qt::CaseInsensitive)
        || !address.host.endsWith(after, Qt::CaseInsensitive)) {
        return std::nullopt;
    }
    return address.host.mid(star, middle);
}

int AddressMap::Rule::rank() const
{
    return (announced.isPattern() ? 0 : 2) + (announced.firstPort != 0 ? 1 : 0);
}

Endpoint AddressMap::toDialled(const Endpoint& announced) const
{
    const Rule* best = nullptr;
    QString text;
    for (const Rule& rule : m_rules) {
        if ((best && rule.rank() <= best->rank())
            || (rule.dialled.host == seedWord && m_seedHost.isEmpty()))
            continue;
        if (const std::optional<QString> matched = rule.match(announced)) {
            best = &rule;
            text = *matched;
        }
    }
    if (!best)
        return announced;
    QString host = best->dialled.host;
    if (host == seedWord)
        host = m_seedHost;
    else if (const qsizetype star = host.indexOf(u'*'); star >= 0)
        host.replace(star, 1, text);
    const quint16 port = best->dialled.firstPort == 0
        ? announced.port
        : static_cast<quint16>(
            best->dialled.firstPort + (announced.port - best->announced.firstPort));
    return { host, port };
}

QStringList AddressMap::rules() const
{
    QStringList texts;
    for (const Rule& rule : m_rules)
        texts.append(rule.announced.toString() + u'=' + rule.dialled.toString());
    return texts;
}

} // namespace slotscope::net
