// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/node.h"

#include "core/cluster/namedvalues.h"

using namespace Qt::StringLiterals;

namespace slotscope::cluster {
namespace {

constexpr NamedValues<Role, 3> roles { {
    { Role::Unknown, "unknown"_L1 },
    { Role::Primary, "primary"_L1 },
    { Role::Replica, "replica"_L1 },
} };

constexpr NamedValues<Health, 7> healths { {
    { Health::Unknown, "unknown"_L1 },
    { Health::Ok, "ok"_L1 },
    { Health::PFail, "pfail"_L1 },
    { Health::Fail, "fail"_L1 },
    { Health::Loading, "loading"_L1 },
    { Health::Handshake, "handshake"_L1 },
    { Health::NoAddr, "noaddr"_L1 },
} };

constexpr NamedValues<LinkState, 3> links { {
    { LinkState::Unknown, "unknown"_L1 },
    { LinkState::Connected, "connected"_L1 },
    { LinkState::Disconnected, "disconnected"_L1 },
} };

} // namespace

QString NodeId::shortText() const
{
    // What a server calls a node has no hyphen. Cut, "node-1000" would be called like "node-100".
    return QString::fromLatin1(m_hex.contains('-') ? m_hex : m_hex.left(8));
}

QString roleName(Role role)
{
    return nameOf(roles, role);
}

QString healthName(Health health)
{
    return nameOf(healths, health);
}

QString linkName(LinkState link)
{
    return nameOf(links, link);
}

std::optional<Role> roleFromName(QStringView name)
{
    return valueOf(roles, name);
}

std::optional<Health> healthFromName(QStringView name)
{
    return valueOf(healths, name);
}

std::optional<LinkState> linkFromName(QStringView name)
{
    return valueOf(links, name);
}

} // namespace slotscope::cluster
