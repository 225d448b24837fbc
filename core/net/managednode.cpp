// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/net/managednode.h"

#include <QRegularExpression>
#include <QStringList>

namespace slotscope::net {

using namespace Qt::StringLiterals;

std::optional<ManagedNode> parseManagedNode(const QString& label)
{
    static const QRegularExpression form(
        u"^([a-z0-9](?:[a-z0-9-]*?[a-z0-9]){0,1}?)(?:-([0-9]{4}))?-([0-9]{3})$"_s);
    const QRegularExpressionMatch match = form.match(label);
    if (!match.hasMatch())
        return std::nullopt;
    return ManagedNode { match.captured(1), match.captured(2), match.captured(3) };
}

// ID-0001-002.H.0001.REGION without TLS, ID-0001-002.ID.H.REGION with it, in front of
// cache.amazonaws.com or as memorydb.REGION.amazonaws.com; the latter two may end in ".cn".
int managedShardNumber(const QString& host)
{
    QString name = host.toLower();
    if (name.endsWith(u'.'))
        name.chop(1);
    if (!name.endsWith(".amazonaws.com"_L1) && !name.endsWith(".amazonaws.com.cn"_L1))
        return 0;
    const QStringList labels = name.split(u'.');
    if (labels.size() < 7 || (labels.at(4) != "cache"_L1 && labels.at(3) != "memorydb"_L1))
        return 0;
    const std::optional<ManagedNode> node = parseManagedNode(labels.first());
    const bool isNode = node && (node->id == labels.at(1) || labels.at(2) == "0001"_L1);
    return isNode ? node->shard.toInt() : 0;
}

} // namespace slotscope::net
