// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/explain/topology.h"

#include "core/explain/wording.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace slotscope::explain {
namespace {

// The translation context.
struct TopologyTexts
{
    Q_DECLARE_TR_FUNCTIONS(TopologyTexts)
};

} // namespace

QString standalone()
{
    return TopologyTexts::tr("Cluster support is off here. This server never answers MOVED.");
}

QString sentinel(int masters)
{
    return counted(masters,
        TopologyTexts::tr("This is a Sentinel. It watches %1 primary and holds no data."),
        TopologyTexts::tr("This is a Sentinel. It watches %1 primaries and holds no data."));
}

QString noClusterPermission(const QString& evidence)
{
    return TopologyTexts::tr(
        "This user may not run CLUSTER. It is a cluster (%1); its slots are unknown.")
        .arg(evidence);
}

QString emptyCluster()
{
    return TopologyTexts::tr("This is a cluster in which no slot is assigned yet.");
}

QString healthy(int shards, int nodes)
{
    const QString by
        = counted(shards, TopologyTexts::tr("%1 shard"), TopologyTexts::tr("%1 shards"));
    const QString well = counted(
        nodes, TopologyTexts::tr("%1 node is well"), TopologyTexts::tr("%1 nodes are well"));
    return TopologyTexts::tr("All 16384 slots are served by %1; %2.").arg(by, well);
}

QString healthUnknown(int shards)
{
    return counted(shards,
        TopologyTexts::tr("All 16384 slots are owned by %1 shard; the nodes' health is "
                          "not known."),
        TopologyTexts::tr("All 16384 slots are owned by %1 shards; the nodes' health is "
                          "not known."));
}

QString nobodyAnswers(int nodes)
{
    return nodes == 1
        ? TopologyTexts::tr("Its node does not answer: what is shown was known before.")
        : TopologyTexts::tr("None of the %1 nodes answers: what is shown was known before.")
              .arg(nodes);
}

QString slotsUnknown()
{
    return TopologyTexts::tr("It is a cluster; its slots are unknown.");
}

QString nodeLoading(const QStringList& nodes)
{
    return (nodes.size() == 1 ? TopologyTexts::tr("%1 is still loading its data into memory.")
                              : TopologyTexts::tr("%1 are still loading their data into memory."))
        .arg(listed(nodes));
}

QString notAnswered(int nodes)
{
    return counted(nodes, TopologyTexts::tr("%1 node has not answered: unknown, not healthy."),
        TopologyTexts::tr("%1 nodes have not answered: unknown, not healthy."));
}

QString silentNodes(const QStringList& nodes, int slotCount, double percent)
{
    const QString who
        = nodes.size() <= 3 ? listed(nodes) : TopologyTexts::tr("%1 nodes").arg(nodes.size());
    if (slotCount > 0) {
        return (nodes.size() == 1
                ? TopologyTexts::tr("%1, owner of %2, has not answered: unknown, not healthy.")
                : TopologyTexts::tr("%1, owners of %2, have not answered: unknown, not healthy."))
            .arg(who, slotsAndPercent(slotCount, percent));
    }
    return (nodes.size() == 1 ? TopologyTexts::tr("%1 has not answered: unknown, not healthy.")
                              : TopologyTexts::tr("%1 have not answered: unknown, not healthy."))
        .arg(who);
}

QString silentAdvice()
{
    return TopologyTexts::tr(
        "Asking every node tells at which stage it fails, and what the others think of it.");
}

QString primaryDown(const QString& shard, int slotCount, double percent)
{
    return TopologyTexts::tr("%1's primary is down: %2 unserved.")
        .arg(shard, slotsAndPercent(slotCount, percent));
}

QString primariesDown(const QStringList& shards, int slotCount, double percent)
{
    if (shards.size() == 1)
        return primaryDown(shards.front(), slotCount, percent);
    return TopologyTexts::tr("The primaries of %1 are down: %2 unserved.")
        .arg(listed(shards), slotsAndPercent(slotCount, percent));
}

QString slotsUncovered(int slotCount, double percent)
{
    return (slotCount == 1 ? TopologyTexts::tr("%1 has no owner.")
                           : TopologyTexts::tr("%1 have no owner."))
        .arg(slotsAndPercent(slotCount, percent));
}

QString clusterStateFail()
{
    return TopologyTexts::tr("The cluster is down (cluster_state:fail).");
}

QString replicaDown(const QStringList& nodes)
{
    return (nodes.size() == 1
            ? TopologyTexts::tr("The replica %1 is down; every slot is served.")
            : TopologyTexts::tr("The replicas %1 are down; every slot is served."))
        .arg(listed(nodes));
}

QString nodeDown(const QStringList& nodes)
{
    return (nodes.size() == 1 ? TopologyTexts::tr("The node %1 is down; every slot is served.")
                              : TopologyTexts::tr("The nodes %1 are down; every slot is served."))
        .arg(listed(nodes));
}

QString nodeSuspected(const QStringList& nodes, int slotCount, double percent)
{
    if (slotCount > 0) {
        return (nodes.size() == 1
                ? TopologyTexts::tr("%1, owner of %2, is suspected to be down (fail?).")
                : TopologyTexts::tr("%1, owners of %2, are suspected to be down (fail?)."))
            .arg(listed(nodes), slotsAndPercent(slotCount, percent));
    }
    return (nodes.size() == 1 ? TopologyTexts::tr("%1 is suspected to be down (fail?).")
                              : TopologyTexts::tr("%1 are suspected to be down (fail?)."))
        .arg(listed(nodes));
}

QString slotsMoving(int slotCount, double percent)
{
    return (slotCount == 1 ? TopologyTexts::tr("%1 is moving; every slot is served.")
                           : TopologyTexts::tr("%1 are moving; every slot is served."))
        .arg(slotsAndPercent(slotCount, percent));
}

QString slotsDisputed(int slotCount, double percent)
{
    return TopologyTexts::tr("The nodes do not agree who owns %1.")
        .arg(slotsAndPercent(slotCount, percent));
}

QString answered(int answered, int all, Asked asked)
{
    const QString sentence = asked == Asked::NotAll
        ? TopologyTexts::tr("%1 of %2 nodes answered, not all were asked")
        : all == 1 ? TopologyTexts::tr("%1 of %2 node answered")
                   : TopologyTexts::tr("%1 of %2 nodes answered");
    return sentence.arg(QString::number(answered), QString::number(all));
}

QString noView()
{
    return TopologyTexts::tr("the endpoint answered, and told no view of the cluster");
}

QString oneViewOnly(const QString& node)
{
    return node.isEmpty() ? TopologyTexts::tr("this is one node's view alone")
                          : TopologyTexts::tr("this is %1's view alone").arg(node);
}

QString pastedUnknownTime()
{
    return TopologyTexts::tr("pasted, time unknown");
}

QString capturedAt(const QString& utc)
{
    return TopologyTexts::tr("captured at %1").arg(utc);
}

QString age(qint64 milliseconds)
{
    const qint64 seconds = milliseconds / 1000;
    if (seconds < 1)
        return TopologyTexts::tr("just now");
    if (seconds < 120)
        return TopologyTexts::tr("%1 s ago").arg(seconds);
    if (seconds < 2 * 3600)
        return TopologyTexts::tr("%1 min ago").arg(seconds / 60);
    if (seconds < 2 * 86400)
        return TopologyTexts::tr("%1 h ago").arg(seconds / 3600);
    return TopologyTexts::tr("%1 days ago").arg(seconds / 86400);
}

QString unreachable(int failed, int all, const QString& why)
{
    return TopologyTexts::tr("The endpoint answered; %1 of %2 nodes did not (%3).")
        .arg(QString::number(failed), QString::number(all), why);
}

QString privateAddresses()
{
    return TopologyTexts::tr("They announce private addresses.");
}

QString commandMissing(const QString& command, const QString& serverLine)
{
    return TopologyTexts::tr("%1 is not available here: %2").arg(command, serverLine);
}

QString shardsBanned()
{
    return TopologyTexts::tr(
        "This server repeats slots in its reply to CLUSTER SHARDS. That is a known defect of "
        "Redis 7.2.0 to 7.2.3, and asking again can end the server: it is not asked again.");
}

QString viewMissing(const QString& node, const QString& why)
{
    return TopologyTexts::tr("%1's view is missing. %2").arg(node, why);
}

QString identityUnchecked(const QString& serverLine)
{
    return TopologyTexts::tr(
        "That the nodes reached through the address map, proxy or tunnel are those that were "
        "meant cannot be checked by every connection (%1).")
        .arg(serverLine);
}

QString namesMissing(int count, int all)
{
    return TopologyTexts::tr(
        "%1 of %2 nodes are announced as \"?\", to which most cluster clients cannot follow MOVED: "
        "cluster-preferred-endpoint-type is hostname, and cluster-announce-hostname is not set "
        "there. Here their IP addresses are used, where they are known.")
        .arg(QString::number(count), QString::number(all));
}

QString moreViewsMissing(int nodes)
{
    return counted(nodes, TopologyTexts::tr("%1 more view is missing."),
        TopologyTexts::tr("%1 more views are missing."));
}

QString wrongNode(const QString& expected, const QString& reached, const QString& address)
{
    return TopologyTexts::tr(
        "Expected node %1, reached %2 at %3. Its view is not used: this may be another cluster.")
        .arg(expected, reached, address);
}

QString startPage()
{
    return TopologyTexts::tr(
        "Paste an endpoint, a URL, a MOVED error, or the output of CLUSTER NODES.");
}

} // namespace slotscope::explain
