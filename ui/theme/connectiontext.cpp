// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/theme/connectiontext.h"

#include "core/explain/wording.h"

#include <QCoreApplication>
#include <QStringList>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

// The translation context.
struct ConnectionTexts
{
    Q_DECLARE_TR_FUNCTIONS(ConnectionTexts)
};

QString kindText(const cluster::Topology& topology)
{
    switch (topology.data().kind) {
    case cluster::Kind::Standalone:
        return ConnectionTexts::tr("standalone");
    case cluster::Kind::Sentinel:
        return ConnectionTexts::tr("sentinel");
    case cluster::Kind::Cluster:
        break;
    }
    if (!topology.slotsKnown() && topology.shards().isEmpty())
        return ConnectionTexts::tr("cluster");
    int primaries = 0;
    int replicas = 0;
    int gone = 0; // primaries once: others own their slots by now
    for (const cluster::Node& node : topology.nodes()) {
        const bool isPrimary = node.role == cluster::Role::Primary;
        const bool isGone
            = isPrimary && node.health == cluster::Health::Fail && node.ranges.isEmpty();
        gone += isGone;
        primaries += isPrimary && !isGone;
        replicas += node.role == cluster::Role::Replica;
    }
    const QString text
        = ConnectionTexts::tr("cluster: %1, %2, %3")
              .arg(explain::counted(topology.shards().size(), ConnectionTexts::tr("%1 shard"),
                       ConnectionTexts::tr("%1 shards")),
                  explain::counted(primaries, ConnectionTexts::tr("%1 primary"),
                      ConnectionTexts::tr("%1 primaries")),
                  explain::counted(replicas, ConnectionTexts::tr("%1 replica"),
                      ConnectionTexts::tr("%1 replicas")));
    if (gone == 0)
        return text;
    return text + u", "_s
        + explain::counted(gone, ConnectionTexts::tr("%1 failed node without slots"),
            ConnectionTexts::tr("%1 failed nodes without slots"));
}

} // namespace

QString productText(const cluster::TopologyData& data)
{
    switch (data.product) {
    case cluster::Product::Redis:
        return QString(u"Redis "_s + data.version).trimmed();
    case cluster::Product::Valkey:
        return QString(u"Valkey "_s + data.version).trimmed();
    case cluster::Product::Unknown:
        break;
    }
    return data.version.isEmpty() ? QString() : ConnectionTexts::tr("version %1").arg(data.version);
}

QString wayInText(const cluster::TopologyData& data)
{
    QString seed = data.seedTyped;
    if (seed.isEmpty() && data.seed.isDialable())
        seed = data.seed.toString();
    if (seed.isEmpty())
        return seed;
    QStringList way;
    if (!data.seedVia.isEmpty())
        way << data.seedVia;
    if (!data.seedDialled.isEmpty() && data.seedDialled != seed)
        way << data.seedDialled;
    return way.isEmpty() ? seed : ConnectionTexts::tr("%1 via %2").arg(seed, way.join(u", "_s));
}

QString securityText(const cluster::TopologyData& data)
{
    switch (data.seedSecurity) {
    case net::WaySecurity::Plain:
        return ConnectionTexts::tr("without TLS");
    case net::WaySecurity::TlsVerified:
        return ConnectionTexts::tr("TLS verified");
    case net::WaySecurity::TlsNotVerified:
        return ConnectionTexts::tr("TLS, NOT VERIFIED");
    case net::WaySecurity::Unknown:
        break;
    }
    return {};
}

QString connectionText(const cluster::Topology& topology)
{
    QStringList parts { wayInText(topology.data()), productText(topology.data()),
        kindText(topology) };
    parts.removeAll(QString());
    return parts.join(u"  ·  "_s);
}

} // namespace slotscope::ui
