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

/// `hook`: the field that takes the provider, where the code has one.
GoFields access(const ClientTarget& target, const QString& hook = {})
{
    if (hook.isEmpty() || !asksForTokens(target))
        return explain::goRedisAccess(target.tls, target.user, authenticates(target));
    return GoFields { { hook, u"credentials"_s } } + explain::goRedisAccess(target.tls, {}, false);
}

/// A provider of user and token, in front of the client; empty where there is a password.
QString provider(const ClientTarget& target, const QStringList& lines)
{
    return asksForTokens(target)
        ? joinedLines(QStringList { tokenComment(u"//"_s, u"newToken"_s) } + lines)
        : QString();
}

QString goRedisProvider(const ClientTarget& target)
{
    return provider(target,
        { u"credentials := func(ctx context.Context) (string, string, error) {"_s,
            u"\ttoken, err := newToken(ctx)"_s,
            u"\treturn " % quoted(target.user) % u", token, err", u"}"_s });
}

QString clusterClient(const ClientTarget& target)
{
    return goRedisProvider(target)
        % goCall(u"client := redis.NewClusterClient(&redis.ClusterOptions{"_s,
            GoFields { { u"Addrs"_s, list(target.endpoint.toString()) } }
                + access(target, u"CredentialsProviderContext"_s));
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
    client.mapCommand = u"CLUSTER SLOTS"_s;
    client.versions = u">= 9.8.0"_s;
    client.plainCall = explain::withOneAddress(u"NewUniversalClient"_s);
    client.clusterCall = u"IsClusterMode"_s;
    client.sentinelCall = u"NewFailoverClient"_s;
    client.plainCode = goCall(head, addresses + access(target));
    client.clusterCode
        = goCall(head, addresses + access(target) + GoFields { { u"IsClusterMode"_s, u"true"_s } });
    client.sentinelCode = failoverClient(target);
    if (asksForTokens(target)) {
        // Of what takes a provider the cluster client is known for sure.
        client.versions = u">= 9.7"_s;
        client.clusterCode = clusterClient(target);
    }
    return client;
}

/// IsClusterMode is not there: the cluster client by its own name, which every version has.
ClientCode olderGoRedis(const ClientTarget& target)
{
    const explain::GoRedisCode code = explain::goRedisCode(
        target.endpoint.toString(), target.tls, target.user, authenticates(target));
    ClientCode client;
    client.name = u"go-redis (before 9.8.0)"_s;
    client.versions = asksForTokens(target) ? u">= 9.7"_s : u"v8, v9"_s;
    client.tokenHook = u"CredentialsProviderContext"_s;
    client.mapCommand = u"CLUSTER SLOTS"_s;
    client.plainCall = explain::withOneAddress(u"NewUniversalClient"_s);
    client.clusterCall = u"NewClusterClient"_s;
    client.sentinelCall = u"NewFailoverClient"_s;
    client.plainCode = target.kind == cluster::Kind::Cluster ? code.wrong : singleClient(target);
    client.clusterCode = asksForTokens(target) ? clusterClient(target) : code.right;
    client.sentinelCode = failoverClient(target);
    return client;
}

ClientCode rueidis(const ClientTarget& target)
{
    const GoFields addresses { { u"InitAddress"_s, list(target.endpoint.toString()) } };
    const QString head = u"client, err := rueidis.NewClient(rueidis.ClientOption{"_s;
    ClientCode client;
    client.name = u"rueidis"_s;
    if (!asksForTokens(target))
        client.versions = u">= 1.0"_s;
    client.tokenHook = u"AuthCredentialsFn"_s;
    client.onCluster = ClientMode::Cluster;
    client.plainCall = client.clusterCall = u"rueidis.NewClient"_s;
    client.sentinelCall = u"rueidis.SentinelOption"_s;
    client.plainCode = client.clusterCode
        = provider(target,
              { u"credentials := func(rueidis.AuthCredentialsContext) "
                "(rueidis.AuthCredentials, error) {"_s,
                  u"\ttoken, err := newToken()"_s,
                  u"\treturn rueidis.AuthCredentials{Username: " % quoted(target.user)
                      % u", Password: token}, err",
                  u"}"_s })
        % goCall(head, addresses + access(target, u"AuthCredentialsFn"_s));
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
