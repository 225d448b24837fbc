// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/theme/nodetext.h"

#include "ui/theme/plaintext.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>

namespace slotscope::ui {

namespace {

// The translation context.
struct NodeTexts
{
    Q_DECLARE_TR_FUNCTIONS(NodeTexts)
};

bool looksLikeAddress(const QString& host)
{
    return host.contains(QLatin1Char(':')) || std::all_of(host.begin(), host.end(), [](QChar c) {
        return c.isDigit() || c == QLatin1Char('.');
    });
}

// The length of what all hosts end with, from a dot on: ".abc.cache.amazonaws.com".
qsizetype commonDomain(const QStringList& hosts)
{
    const QString& first = hosts.first();
    qsizetype dot = first.indexOf(QLatin1Char('.'));
    while (dot > 0) {
        const QStringView tail = QStringView(first).mid(dot);
        const bool shared = std::all_of(hosts.begin(), hosts.end(), [tail](const QString& host) {
            return host.size() > tail.size() && host.endsWith(tail);
        });
        if (shared)
            return tail.size();
        dot = first.indexOf(QLatin1Char('.'), dot + 1);
    }
    return 0;
}

// The length of what all hosts begin with, up to a dash or dot: "orders-prod-".
qsizetype commonPrefix(const QStringList& hosts)
{
    const QString& first = hosts.first();
    qsizetype same = first.size();
    for (const QString& host : hosts) {
        const auto [a, b]
            = std::mismatch(first.begin(), first.begin() + same, host.begin(), host.end());
        same = std::min<qsizetype>(same, a - first.begin());
    }
    while (same > 0 && first.at(same - 1) != QLatin1Char('-')
        && first.at(same - 1) != QLatin1Char('.'))
        --same;
    return same;
}

/// A node in handshake or without an address has none.
bool isKnown(const net::Endpoint& address)
{
    return !address.host.isEmpty() && address.port != 0;
}

} // namespace

QStringList shortAddresses(const QList<net::Endpoint>& addresses)
{
    QSet<QString> distinctHosts;
    QSet<quint16> ports;
    qsizetype count = 0;
    for (const net::Endpoint& address : addresses) {
        if (!isKnown(address))
            continue;
        ++count;
        distinctHosts.insert(address.host);
        ports.insert(address.port);
    }

    QStringList result;
    if (distinctHosts.size() <= 1 && count > 1 && ports.size() == count) {
        for (const net::Endpoint& address : addresses)
            result.append(
                isKnown(address) ? QLatin1Char(':') + QString::number(address.port) : QString());
        return result;
    }

    const QStringList hosts(distinctHosts.begin(), distinctHosts.end());
    qsizetype domain = 0;
    qsizetype prefix = 0;
    // Half an IP address means nothing to anybody; half a name does.
    if (hosts.size() > 1 && std::none_of(hosts.begin(), hosts.end(), looksLikeAddress)) {
        domain = commonDomain(hosts);
        QStringList stems;
        for (const QString& host : hosts)
            stems.append(host.chopped(domain));
        prefix = commonPrefix(stems);
    }
    for (const net::Endpoint& address : addresses) {
        if (!isKnown(address)) {
            result.append(QString());
            continue;
        }
        const QString stem = address.host.mid(prefix, address.host.size() - domain - prefix);
        const QString host = visibleText(stem.isEmpty() ? address.host : stem);
        if (ports.size() == 1 && count > 1)
            result.append(host);
        else
            result.append(net::Endpoint { host, address.port }.toString());
    }
    return result;
}

Alarm alarmOf(const cluster::Node& node)
{
    using cluster::Health;
    switch (node.health) {
    case Health::Fail:
    case Health::NoAddr:
        return Alarm::Bad;
    case Health::PFail:
    case Health::Loading:
    case Health::Handshake:
        return Alarm::Notice;
    case Health::Ok:
    case Health::Unknown:
        break;
    }
    return Alarm::None;
}

Alarm alarmOf(const cluster::TopologyChange& change)
{
    using Kind = cluster::TopologyChange::Kind;
    switch (change.kind) {
    case Kind::NodeFailed:
    case Kind::SlotsUncovered:
        return Alarm::Bad;
    case Kind::StateChanged:
        return change.after == cluster::stateName(cluster::ClusterState::Fail) ? Alarm::Bad
                                                                               : Alarm::None;
    case Kind::NodeSuspected:
    case Kind::AddressReused:
    case Kind::Unreached:
        return Alarm::Notice;
    default:
        return Alarm::None;
    }
}

QString healthWord(cluster::Health health)
{
    using cluster::Health;
    switch (health) {
    case Health::Ok:
        return NodeTexts::tr("ok");
    case Health::PFail:
        return NodeTexts::tr("suspected");
    case Health::Fail:
        return NodeTexts::tr("down");
    case Health::Loading:
        return NodeTexts::tr("loading");
    case Health::Handshake:
        return NodeTexts::tr("handshake");
    case Health::NoAddr:
        return NodeTexts::tr("no address");
    case Health::Unknown:
        break;
    }
    return NodeTexts::tr("unknown");
}

QString roleWord(cluster::Role role)
{
    switch (role) {
    case cluster::Role::Primary:
        return NodeTexts::tr("primary");
    case cluster::Role::Replica:
        return NodeTexts::tr("replica");
    case cluster::Role::Unknown:
        break;
    }
    return NodeTexts::tr("role unknown");
}

QString countText(int count)
{
    QString text = QString::number(count);
    for (qsizetype at = text.size() - 3; at > 0 && text.size() > 4; at -= 3)
        text.insert(at, QChar(0x202f));
    return text;
}

QString shareText(int slotCount)
{
    const double percent = cluster::percentOf(slotCount);
    if (slotCount > 0 && percent < 0.05)
        return QStringLiteral("< 0.1 %");
    return QString::number(percent, 'f', slotCount == cluster::Slot::count ? 0 : 1)
        + QLatin1String(" %");
}

} // namespace slotscope::ui
