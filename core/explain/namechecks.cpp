// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/explain/namechecks.h"

#include "core/explain/wording.h"

#include <QCoreApplication>

namespace slotscope::explain {

namespace {

// The translation context.
struct NameChecks
{
    Q_DECLARE_TR_FUNCTIONS(NameChecks)
};

QString place(const QString& id, const QString& region)
{
    return region.isEmpty()
        ? NameChecks::tr("the cluster's id %1").arg(id)
        : NameChecks::tr("the cluster's id %1 and the region %2").arg(id, region);
}

} // namespace

QString likeConfiguration()
{
    return NameChecks::tr("a cluster's configuration endpoint");
}

QString likeServerless()
{
    return NameChecks::tr("a serverless cache, which is a cluster");
}

QString likeNodeOfCluster()
{
    return NameChecks::tr("a node of a cluster");
}

QString likeSingleNode()
{
    return NameChecks::tr("a node without a cluster (cluster mode disabled)");
}

QString likePrimary()
{
    return NameChecks::tr("the primary endpoint of one shard");
}

QString likeReader()
{
    return NameChecks::tr("the reader endpoint of one shard");
}

QString isCluster(int shards)
{
    if (shards < 0)
        return NameChecks::tr("a cluster (cluster_enabled:1)");
    return counted(shards, NameChecks::tr("a cluster (cluster_enabled:1, %1 shard)"),
        NameChecks::tr("a cluster (cluster_enabled:1, %1 shards)"));
}

QString isSingleServer()
{
    return NameChecks::tr("a single server (cluster_enabled:0)");
}

QString isSentinel()
{
    return NameChecks::tr("a sentinel");
}

QString withRole(const QString& is, bool primary)
{
    return primary ? NameChecks::tr("%1, a primary").arg(is)
                   : NameChecks::tr("%1, a replica").arg(is);
}

QString nameConfirmed(const QString& like, const QString& is)
{
    return NameChecks::tr("The name looks like %1; the server confirms it: it is %2.")
        .arg(like, is);
}

QString nameIsWrong(const QString& like, const QString& is)
{
    return NameChecks::tr("The name looks like %1, but the server is %2.").arg(like, is);
}

QString tlsAsNamed(bool tls)
{
    return tls ? NameChecks::tr("The name is of the form with TLS; the server speaks TLS.")
               : NameChecks::tr("The name is of the form without TLS; the server was reached "
                                "without TLS.");
}

QString tlsNotAsNamed(bool tls)
{
    return tls ? NameChecks::tr("The name is of the form without TLS, but the server speaks TLS "
                                "(as with transit encryption \"preferred\", where this name goes "
                                "when it becomes \"required\").")
               : NameChecks::tr("The name is of the form with TLS, but the server was reached "
                                "without TLS: what is sent can be read on the way.");
}

QString serviceSaysSo(const QString& service, const QString& os)
{
    return NameChecks::tr("The server says itself that it is %1 (os:%2).").arg(service, os);
}

QString serviceDoesNotSay(const QString& service, const QString& os)
{
    return os.isEmpty()
        ? NameChecks::tr("The server does not say whether it is %1.").arg(service)
        : NameChecks::tr("The server does not say that it is %1 (os:%2).").arg(service, os);
}

QString placeConfirmed(const QString& id, const QString& region, int nodes)
{
    return counted(nodes, NameChecks::tr("%1 node announces a name with %2."),
        NameChecks::tr("%1 nodes announce names with %2."))
        .arg(place(id, region));
}

QString placeIsOther(const QString& id, const QString& region, const QString& announced)
{
    return NameChecks::tr("The name says %1, but a node announces itself as %2.")
        .arg(place(id, region), announced);
}

QString placeNotTold(const QString& id, const QString& region)
{
    return NameChecks::tr("Only the name says %1: no node announces such a name.")
        .arg(place(id, region));
}

QString nodeAnnouncesName()
{
    return NameChecks::tr("The node that answers announces this very name.");
}

QString nodeAnnouncesOther(const QString& announced)
{
    return NameChecks::tr("The node that answers announces another name: %1.").arg(announced);
}

} // namespace slotscope::explain
