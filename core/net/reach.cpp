// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/net/reach.h"

#include <QHostAddress>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace slotscope::net {

Reach reachOf(const QString& host)
{
    QHostAddress address(host);
    bool isMapped = false;
    const quint32 v4 = address.toIPv4Address(&isMapped);
    if (isMapped)
        address = QHostAddress(v4);
    if (address.isNull())
        return Reach::Name;
    if (address.isLoopback() || address == QHostAddress::AnyIPv4
        || address == QHostAddress::AnyIPv6)
        return Reach::Loopback;
    static const QList<QPair<QHostAddress, int>> subnets {
        QHostAddress::parseSubnet(u"10.0.0.0/8"_s), QHostAddress::parseSubnet(u"172.16.0.0/12"_s),
        QHostAddress::parseSubnet(u"192.168.0.0/16"_s),
        QHostAddress::parseSubnet(u"169.254.0.0/16"_s),
        QHostAddress::parseSubnet(u"100.64.0.0/10"_s), QHostAddress::parseSubnet(u"fc00::/7"_s),
        QHostAddress::parseSubnet(u"fe80::/10"_s)
    };
    const bool isPrivate = std::any_of(subnets.begin(), subnets.end(),
        [&](const auto& subnet) { return address.isInSubnet(subnet); });
    return isPrivate ? Reach::Private : Reach::Public;
}

} // namespace slotscope::net
