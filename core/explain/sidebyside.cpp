// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/explain/sidebyside.h"

#include "core/explain/wording.h"

#include <QCoreApplication>

namespace slotscope::explain {

using namespace Qt::StringLiterals;

namespace {

// The translation context.
struct SideBySide
{
    Q_DECLARE_TR_FUNCTIONS(SideBySide)
};

QString healthText(const QString& health)
{
    if (health == u"ok")
        return SideBySide::tr("ok");
    if (health == u"pfail")
        return SideBySide::tr("suspected (fail?)");
    if (health == u"fail")
        return SideBySide::tr("fail");
    if (health == u"loading")
        return SideBySide::tr("loading");
    if (health == u"handshake")
        return SideBySide::tr("handshake");
    if (health == u"noaddr")
        return SideBySide::tr("noaddr");
    return health == u"unknown" ? SideBySide::tr("unknown") : health;
}

QString roleText(const QString& role)
{
    if (role == u"primary")
        return SideBySide::tr("primary");
    if (role == u"replica")
        return SideBySide::tr("replica");
    return role == u"unknown" ? SideBySide::tr("unknown") : role;
}

} // namespace

QString nodeBeside(const NodeBeside& node)
{
    QStringList parts { node.shard.isEmpty()
            ? roleText(node.role)
            : SideBySide::tr("%1 of %2").arg(roleText(node.role), node.shard) };
    if (node.slotCount > 0) {
        parts << SideBySide::tr("%1 (%2)").arg(
            counted(node.slotCount, SideBySide::tr("%1 slot"), SideBySide::tr("%1 slots")),
            node.slotRanges);
    }
    if (!node.epoch.isEmpty())
        parts << SideBySide::tr("epoch %1").arg(node.epoch);
    parts << healthText(node.health);
    if (node.isSilent)
        parts << SideBySide::tr("no answer");
    parts << node.server;
    parts.removeAll(QString());
    return parts.join(u", "_s);
}

QString answeredOf(int answered, int asked)
{
    return SideBySide::tr("%1 of %2").arg(answered).arg(asked);
}

QStringList clusterFactNames()
{
    return { SideBySide::tr("cluster state"), SideBySide::tr("current epoch"),
        SideBySide::tr("nodes"), SideBySide::tr("shards"), SideBySide::tr("slots with an owner"),
        SideBySide::tr("nodes that answered"), SideBySide::tr("server") };
}

} // namespace slotscope::explain
