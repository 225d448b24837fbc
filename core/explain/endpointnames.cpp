// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/explain/endpointnames.h"

#include <QCoreApplication>

namespace slotscope::explain {

namespace {

// The translation context.
struct EndpointNames
{
    Q_DECLARE_TR_FUNCTIONS(EndpointNames)
};

QString withTls(bool tls)
{
    return tls ? EndpointNames::tr("with TLS") : EndpointNames::tr("without TLS");
}

} // namespace

QString configurationEndpoint(const QString& service, bool tls)
{
    const QString place = tls ? EndpointNames::tr("The first part of the name is clustercfg")
                              : EndpointNames::tr("The third part of the name is clustercfg");
    return EndpointNames::tr(
        "%1: the configuration endpoint of a cluster of %2, %3. It leads to any "
        "node; all the others are found from there.")
        .arg(place, service, withTls(tls));
}

QString nodeOfShard(const QString& service, const QString& node, const QString& shard, bool tls)
{
    return EndpointNames::tr("The name ends its first part in -%1-%2: node %2 of shard %1 of a %3 "
                             "cluster %4. All the others are found from it, but this name may go "
                             "when the cluster is scaled: the configuration endpoint stays.")
        .arg(shard, node, service, withTls(tls));
}

QString nodeOfGroup(const QString& service, const QString& node, const QString& id)
{
    return EndpointNames::tr(
        "The first part of the name ends in -%1: node %1 of the %2 replication "
        "group %3, cluster mode disabled, with TLS. One shard.")
        .arg(node, service, id);
}

QString probablyNodeOfGroup(const QString& service, const QString& node, const QString& id)
{
    return EndpointNames::tr("The first part of the name ends in -%1: probably node %1 of the %2 "
                             "replication group %3, cluster mode disabled, without TLS. It may "
                             "also be a single node whose own name ends so.")
        .arg(node, service, id);
}

QString singleNode(const QString& service)
{
    return EndpointNames::tr("The third part of the name is a number and the first has none at its "
                             "end: a single %1 node without a replication group, without TLS.")
        .arg(service);
}

QString primaryEndpoint(const QString& service, const QString& label, bool tls)
{
    return EndpointNames::tr("The name has the part %1: the primary endpoint of a %2 replication "
                             "group %3, cluster mode disabled or compatible. It shows one shard "
                             "only, and follows its primary through a failover.")
        .arg(label, service, withTls(tls));
}

QString readerEndpoint(const QString& service, const QString& label, bool tls)
{
    return EndpointNames::tr("The name has the part %1: the reader endpoint of a %2 replication "
                             "group %3. It shows one shard only, from one of its replicas, each "
                             "time perhaps another one; writes are refused there.")
        .arg(label, service, withTls(tls));
}

QString serverless(const QString& service)
{
    return EndpointNames::tr("The second part of the name is serverless: an %1 serverless cache, "
                             "always with TLS and always a cluster. AWS hides its shards: it shows "
                             "one node that owns all slots.")
        .arg(service);
}

QString memcached()
{
    return EndpointNames::tr("The third part of the name is cfg: the configuration endpoint of a "
                             "Memcached cluster. Memcached does not speak the protocol of Redis "
                             "and Valkey, so Slotscope cannot show it.");
}

QString memcachedPort(const QString& port)
{
    return EndpointNames::tr("Port %1 is Memcached's. Memcached does not speak the protocol of "
                             "Redis and Valkey, so Slotscope cannot show it.")
        .arg(port);
}

QString unknownRegion(const QString& code)
{
    return EndpointNames::tr("Which region %1 is, is not known here.").arg(code);
}

QString unknownAwsName()
{
    return EndpointNames::tr("The name is one of AWS, but has none of the forms that are known of "
                             "ElastiCache and MemoryDB. The server will be asked.");
}

QString nameTellsNothing()
{
    return EndpointNames::tr("The name tells nothing. The server will be asked.");
}

} // namespace slotscope::explain
