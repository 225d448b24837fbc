// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/doctor/clientcode.h"

using namespace Qt::StringLiterals;

namespace slotscope::doctor {

namespace {

using explain::CodeLanguage;

constexpr QStringView password = u"System.getenv(\"REDIS_PASSWORD\")";

QString quoted(const QString& text)
{
    return explain::codeString(CodeLanguage::Java, text);
}

QString hostAndPort(const ClientTarget& target)
{
    return quoted(target.endpoint.host) % u", " % QString::number(target.endpoint.port);
}

QString tokenLine(const ClientTarget& target)
{
    return asksForTokens(target) ? tokenComment(u"//"_s, u"newToken()"_s) : QString();
}

ClientCode jedis(const ClientTarget& target)
{
    const bool hasConfig = target.tls || authenticates(target);
    const QString config = !hasConfig
        ? QString()
        : joinedLines({
            tokenLine(target),
            u"var config = DefaultJedisClientConfig.builder()"_s,
            asksForTokens(target) || target.user.isEmpty()
                ? QString()
                : u"    .user(" % quoted(target.user) % u')',
            asksForTokens(target) ? u"    .credentialsProvider(() -> new DefaultRedisCredentials("
                    % quoted(target.user) % u", newToken()))"
                : authenticates(target) ? u"    .password(" % password % u')'
                                        : QString(),
            target.tls ? u"    .ssl(true)"_s : QString(),
            u"    .build();"_s,
        });
    const QString useConfig = hasConfig ? u"    .clientConfig(config)"_s : QString();
    const QString node = u"Set.of(new HostAndPort(" % hostAndPort(target) % u"))";

    ClientCode client;
    client.name = u"Jedis"_s;
    client.tokenHook = u"DefaultJedisClientConfig.Builder.credentialsProvider"_s;
    client.language = CodeLanguage::Java;
    client.versions = u">= 7.2"_s;
    client.mapCommand = u"CLUSTER SLOTS"_s;
    client.plainCall = u"RedisClient / JedisPooled"_s;
    client.clusterCall = u"RedisClusterClient / JedisCluster"_s;
    client.sentinelCall = u"RedisSentinelClient / JedisSentineled"_s;
    client.plainCode = config
        % joinedLines({ u"RedisClient client = RedisClient.builder()"_s,
            u"    .hostAndPort(" % hostAndPort(target) % u')', useConfig, u"    .build();"_s });
    client.clusterCode = config
        % joinedLines({ u"RedisClusterClient client = RedisClusterClient.builder()"_s,
            u"    .nodes(" % node % u')', useConfig, u"    .build();"_s });
    client.sentinelCode = config
        % joinedLines({ u"RedisSentinelClient client = RedisSentinelClient.builder()"_s,
            u"    .masterName(" % quoted(target.sentinelMaster) % u')',
            u"    .sentinels(" % node % u')', useConfig,
            target.tls ? u"    .sentinelClientConfig(DefaultJedisClientConfig.builder()"
                         ".ssl(true).build())"_s
                       : QString(),
            u"    .build();"_s });
    return client;
}

ClientCode lettuce(const ClientTarget& target)
{
    const QString access = joinedLines({
        target.tls ? u"    .withSsl(true)"_s : QString(),
        asksForTokens(target) ? u"    .withAuthentication(RedisCredentialsProvider.from(() -> "
                                "RedisCredentials.just("
                % quoted(target.user) % u", newToken())))"
            : !target.user.isEmpty()
            ? u"    .withAuthentication(" % quoted(target.user) % u", " % password % u')'
            : authenticates(target) ? u"    .withPassword((CharSequence) " % password % u')'
                                    : QString(),
        u"    .build();"_s,
    });
    const QString uri = joinedLines({ tokenLine(target) })
        % u"RedisURI uri = RedisURI.Builder.redis(" % hostAndPort(target) % u")\n" % access;

    ClientCode client;
    client.name = u"Lettuce"_s;
    client.tokenHook = u"withAuthentication(RedisCredentialsProvider)"_s;
    client.language = CodeLanguage::Java;
    client.versions = asksForTokens(target) ? u">= 6.2"_s : u">= 6.0"_s;
    client.mapCommand = u"CLUSTER NODES"_s;
    client.plainCall = u"RedisClient.create"_s;
    client.clusterCall = u"RedisClusterClient.create"_s;
    client.sentinelCall = u"RedisURI.Builder.sentinel"_s;
    client.plainCode = uri % u"RedisClient client = RedisClient.create(uri);\n";
    client.clusterCode = uri % u"RedisClusterClient client = RedisClusterClient.create(uri);\n";
    client.sentinelCode = u"RedisURI uri = RedisURI.Builder.sentinel(" % hostAndPort(target) % u", "
        % quoted(target.sentinelMaster) % u")\n" % access
        % u"RedisClient client = RedisClient.create(uri);\n";
    return client;
}

ClientCode redisson(const ClientTarget& target)
{
    const QString url = quoted(targetUrl(target, u"redis"_s, u"rediss"_s));
    // The same setters under each of the server types, whose names Config also has since 2025.
    const auto config = [&](const QStringList& server) {
        QStringList calls = server;
        if (asksForTokens(target)) {
            calls << u"    .setCredentialsResolver(address -> CompletableFuture.completedFuture("_s
                  << u"        new Credentials(" % quoted(target.user) % u", newToken())))";
        } else {
            if (!target.user.isEmpty())
                calls << u"    .setUsername(" % quoted(target.user) % u')';
            if (authenticates(target))
                calls << u"    .setPassword(" % password % u')';
        }
        calls.last() += u';';
        calls.prepend(u"Config config = new Config();"_s);
        calls.prepend(tokenLine(target));
        calls.append(u"RedissonClient client = Redisson.create(config);"_s);
        return joinedLines(calls);
    };

    ClientCode client;
    client.name = u"Redisson"_s;
    client.tokenHook = u"setCredentialsResolver"_s;
    client.mapCommand = u"CLUSTER NODES"_s;
    client.language = CodeLanguage::Java;
    if (!asksForTokens(target))
        client.versions = u">= 3"_s;
    client.plainCall = u"useSingleServer"_s;
    client.clusterCall = u"useClusterServers"_s;
    client.sentinelCall = u"useSentinelServers"_s;
    client.plainCode = config({ u"config.useSingleServer()"_s, u"    .setAddress(" % url % u')' });
    client.clusterCode
        = config({ u"config.useClusterServers()"_s, u"    .addNodeAddress(" % url % u')' });
    client.sentinelCode = config({ u"config.useSentinelServers()"_s,
        u"    .setMasterName(" % quoted(target.sentinelMaster) % u')',
        u"    .addSentinelAddress(" % url % u')' });
    return client;
}

} // namespace

QList<ClientCode> javaClients(const ClientTarget& target)
{
    return { jedis(target), lettuce(target), redisson(target) };
}

} // namespace slotscope::doctor
