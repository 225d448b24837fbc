// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/explain/profiles.h"
#include "core/explain/proposals.h"
#include "core/profile/proposalparts.h"

#include <QJsonArray>
#include <QJsonObject>

namespace slotscope::profile {

using namespace Qt::StringLiterals;
using support::Done;
using support::Error;
using support::ErrorCode;
using support::Result;

// The shapes are those of the APIs ElastiCache 2015-02-02 and MemoryDB 2021-01-01, as botocore has
// them: ReplicationGroups, CacheClusters, ServerlessCaches; Clusters.

namespace {

/// One resource as an entry of a profile list, or the reason why there is none.
using Describe = Result<Proposal> (*)(const QJsonObject&);

QString regionOfArn(const QJsonObject& resource)
{
    // arn:aws:elasticache:us-east-1:123456789012:replicationgroup:orders
    return resource.value("ARN"_L1).toString().section(u':', 3, 3);
}

/// {"Address": "..", "Port": 6379}; nothing while it is being created.
QString addressOf(const QJsonValue& value)
{
    const net::Endpoint endpoint { value["Address"_L1].toString(),
        static_cast<quint16>(value["Port"_L1].toInt(6379)) };
    return endpoint.host.isEmpty() ? QString() : endpoint.toString();
}

Result<Proposal> propose(
    const QJsonObject& resource, const QString& name, const QStringList& addresses, bool tls)
{
    Proposal proposal;
    proposal.profile.name = name;
    for (const QString& address : addresses) {
        if (const Result<Done> added = addSeed(proposal, address); !added)
            return added.error();
    }
    if (proposal.profile.endpoints.isEmpty()) {
        return Error { ErrorCode::InvalidInput, explain::hasNoEndpointYet(name), {} };
    }
    // What is described goes before what the name tells.
    proposal.profile.tls.enabled = tls;
    proposal.profile.authentication.cacheName = name;
    if (const QString region = regionOfArn(resource); !region.isEmpty())
        proposal.profile.authentication.region = region;
    return proposal;
}

/// Users have names that the description does not tell.
void wantUser(Proposal& proposal)
{
    proposal.profile.authentication.kind = AuthenticationKind::AclUser;
    proposal.notes.append(explain::userIsNotDescribed());
}

Result<Proposal> fromReplicationGroup(const QJsonObject& group)
{
    QStringList addresses;
    if (const QString configuration = addressOf(group.value("ConfigurationEndpoint"_L1));
        !configuration.isEmpty())
        addresses.append(configuration);
    const QJsonArray nodeGroups = group.value("NodeGroups"_L1).toArray();
    for (const QJsonValue& nodeGroup : nodeGroups) {
        const QString primary = addressOf(nodeGroup["PrimaryEndpoint"_L1]);
        if (addresses.isEmpty() && !primary.isEmpty())
            addresses.append(primary);
    }
    Result<Proposal> proposal = propose(group, group.value("ReplicationGroupId"_L1).toString(),
        addresses, group.value("TransitEncryptionEnabled"_L1).toBool());
    if (!proposal)
        return proposal;
    if (group.value("AuthTokenEnabled"_L1).toBool())
        proposal->profile.authentication.kind = AuthenticationKind::Password;
    else if (!group.value("UserGroupIds"_L1).toArray().isEmpty())
        wantUser(*proposal);
    return proposal;
}

Result<Proposal> fromCacheCluster(const QJsonObject& cluster)
{
    const QString name = cluster.value("CacheClusterId"_L1).toString();
    if (cluster.value("Engine"_L1).toString() == "memcached"_L1) {
        return Error { ErrorCode::InvalidInput, explain::isMemcached(name), {} };
    }
    QStringList addresses;
    const QJsonArray nodes = cluster.value("CacheNodes"_L1).toArray();
    for (const QJsonValue& node : nodes) {
        if (const QString address = addressOf(node["Endpoint"_L1]); !address.isEmpty())
            addresses.append(address);
    }
    Result<Proposal> proposal
        = propose(cluster, name, addresses, cluster.value("TransitEncryptionEnabled"_L1).toBool());
    if (!proposal)
        return proposal;
    if (cluster.value("AuthTokenEnabled"_L1).toBool())
        proposal->profile.authentication.kind = AuthenticationKind::Password;
    // A token of IAM names the group and not the node.
    if (const QString group = cluster.value("ReplicationGroupId"_L1).toString(); !group.isEmpty())
        proposal->profile.authentication.cacheName = group;
    return proposal;
}

Result<Proposal> fromServerlessCache(const QJsonObject& cache)
{
    const QString name = cache.value("ServerlessCacheName"_L1).toString();
    if (cache.value("Engine"_L1).toString() == "memcached"_L1) {
        return Error { ErrorCode::InvalidInput, explain::isMemcached(name), {} };
    }
    const QString address = addressOf(cache.value("Endpoint"_L1));
    Result<Proposal> proposal
        = propose(cache, name, address.isEmpty() ? QStringList() : QStringList { address }, true);
    if (proposal && !cache.value("UserGroupId"_L1).toString().isEmpty())
        wantUser(*proposal);
    return proposal;
}

Result<Proposal> fromMemoryDb(const QJsonObject& cluster)
{
    const QString address = addressOf(cluster.value("ClusterEndpoint"_L1));
    Result<Proposal> proposal = propose(cluster, cluster.value("Name"_L1).toString(),
        address.isEmpty() ? QStringList() : QStringList { address },
        cluster.value("TLSEnabled"_L1).toBool(true));
    const QString acl = cluster.value("ACLName"_L1).toString();
    if (proposal && !acl.isEmpty() && acl != "open-access"_L1)
        wantUser(*proposal);
    return proposal;
}

Proposals describeAll(const QJsonArray& resources, Describe describe)
{
    QList<Proposal> proposals;
    std::optional<Error> why;
    for (const QJsonValue& resource : resources) {
        Result<Proposal> proposal = describe(resource.toObject());
        if (proposal && proposals.size() < mostProposals)
            proposals.append(*std::move(proposal));
        else if (!proposal && !why)
            why = proposal.error();
    }
    if (!proposals.isEmpty())
        return proposals;
    return why.value_or(Error { ErrorCode::InvalidInput, explain::listIsEmpty(), {} });
}

} // namespace

std::optional<Proposals> proposeFromAws(const QJsonDocument& document)
{
    struct Kind
    {
        QLatin1StringView list; ///< of describe-...
        QLatin1StringView one; ///< of create-... and modify-...
        Describe describe;
    };
    static constexpr Kind kinds[] {
        { "ReplicationGroups"_L1, "ReplicationGroup"_L1, fromReplicationGroup },
        { "CacheClusters"_L1, "CacheCluster"_L1, fromCacheCluster },
        { "ServerlessCaches"_L1, "ServerlessCache"_L1, fromServerlessCache },
        { "Clusters"_L1, "Cluster"_L1, fromMemoryDb },
    };
    const QJsonObject root = document.object();
    for (const Kind& kind : kinds) {
        if (root.value(kind.list).isArray())
            return describeAll(root.value(kind.list).toArray(), kind.describe);
        if (root.value(kind.one).isObject())
            return describeAll({ root.value(kind.one) }, kind.describe);
    }
    return std::nullopt;
}

} // namespace slotscope::profile
