// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/doctor/clientcode.h"
#include "core/explain/clients.h"
#include "core/explain/goredis.h"

using namespace Qt::StringLiterals;

namespace slotscope::doctor {

namespace {

using explain::CodeLanguage;
using explain::goCall;
using explain::GoFields;

QString quoted(const QString& text)
{
    return explain::codeString(CodeLanguage::Go, text);
}

QString list(const QString& text)
{
    return u"[]string{" % quoted(text) % u'}';
}

GoFields access(const ClientTarget& target)
{
    return explain::goRedisAccess(target.tls, target.user, authenticates(target));
}

QString failoverClient(const ClientTarget& target)
{
    GoFields fields { { u"MasterName"_s, quoted(target.sentinelMaster) },
        { u"SentinelAddrs"_s, list(target.endpoint.toString()) } };
    return goCall(
        u"client := redis.NewFailoverClient(&redis.FailoverOptions{"_s, fields + access(target));
}

QString singleClient(const ClientTarget& target)
{
    const GoFields fields { { u"Addr"_s, quoted(target.endpoint.toString()) } };
    return goCall(u"client := redis.NewClient(&redis.Options{"_s, fields + access(target));
}

ClientCode goRedis(const ClientTarget& target)
{
    const GoFields addresses { { u"Addrs"_s, list(target.endpoint.toString()) } };
    const QString head = u"client := redis.NewUniversalClient(&redis.UniversalOptions{"_s;
    ClientCode client;
    client.name = u"go-redis"_s;
    client.tokenHook = u"CredentialsProviderContext"_s;
    client.versions = u">= 9.8.0"_s;
    client.plainCall = explain::withOneAddress(u"NewUniversalClient"_s);
    client.clusterCall = u"IsClusterMode"_s;
    client.sentinelCall = u"NewFailoverClient"_s;
    client.plainCode = goCall(head, addresses + access(target));
    client.clusterCode
        = goCall(head, addresses + access(target) + GoFields { { u"IsClusterMode"_s, u"true"_s } });
    client.sentinelCode = failoverClient(target);
    return client;
}

/// IsClusterMode is not there: the cluster client by its own name, which every version has.
ClientCode olderGoRedis(const ClientTarget& target)
{
    const explain::ClientCode code = explain::goRedisCode(
        target.endpoint.toString(), target.tls, target.user, authenticates(target));
    ClientCode client;
    client.name = u"go-redis (before 9.8.0)"_s;
    client.versions = u"v8, v9"_s;
    client.plainCall = explain::withOneAddress(u"NewUniversalClient"_s);
    client.clusterCall = u"NewClusterClient"_s;
    client.sentinelCall = u"NewFailoverClient"_s;
    client.plainCode = target.kind == cluster::Kind::Cluster ? code.wrong : singleClient(target);
    client.clusterCode = code.right;
    client.sentinelCode = failoverClient(target);
    return client;
}

ClientCode rueidis(const ClientTarget& target)
{
    const GoFields addresses { { u"InitAddress"_s, list(target.endpoint.toString()) } };
    const QString head = u"client, err := rueidis.NewClient(rueidis.ClientOption{"_s;
    ClientCode client;
    client.name = u"rueidis"_s;
    client.tokenHook = u"AuthCredentialsFn"_s;
    client.onCluster = ClientMode::Cluster;
    client.plainCall = client.clusterCall = u"rueidis.NewClient"_s;
    client.sentinelCall = u"rueidis.SentinelOption"_s;
    client.plainCode = client.clusterCode = goCall(head, addresses + access(target));
    client.sentinelCode = goCall(head,
        addresses + access(target)
            + GoFields { { u"Sentinel"_s,
                u"rueidis.SentinelOption{MasterSet: " % quoted(target.sentinelMaster) % u'}' } });
    return client;
}

} // namespace

QList<ClientCode> goClients(const ClientTarget& target)
{
    return { goRedis(target), olderGoRedis(target), rueidis(target) };
}

} // namespace slotscope::doctor
