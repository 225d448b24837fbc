// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/doctor/clientcode.h"

using namespace Qt::StringLiterals;

namespace slotscope::doctor {

namespace {

using explain::CodeLanguage;
using explain::codeString;

constexpr QStringView jsPassword = u"process.env.REDIS_PASSWORD";

QString port(const ClientTarget& target)
{
    return QString::number(target.endpoint.port);
}

QString when(bool condition, const QString& line)
{
    return condition ? line : QString();
}

// Python

ClientCode redisPy(const ClientTarget& target)
{
    const auto word = [](const QString& text) { return codeString(CodeLanguage::Python, text); };
    const QString place
        = u"    host=" % word(target.endpoint.host) % u", port=" % port(target) % u',';
    const bool byToken = asksForTokens(target);
    const QString user = byToken
        ? u"    credential_provider=IamCredentials(),"_s
        : when(!target.user.isEmpty(), u"    username=" % word(target.user) % u',');
    const QString password = when(
        authenticates(target) && !byToken, u"    password=os.environ[\"REDIS_PASSWORD\"],"_s);
    const QString provider = !byToken
        ? QString()
        : joinedLines({ tokenComment(u"#"_s, u"new_token"_s),
            u"class IamCredentials(redis.CredentialProvider):"_s,
            u"    def get_credentials(self):"_s,
            u"        return " % word(target.user) % u", new_token()" });
    const QString tls = when(target.tls, u"    ssl=True,"_s);
    ClientCode client;
    client.name = u"redis-py"_s;
    client.tokenHook = u"credential_provider"_s;
    client.language = CodeLanguage::Python;
    client.versions = byToken ? u">= 4.5"_s : u">= 4.1"_s;
    client.mapCommand = u"CLUSTER SLOTS"_s;
    client.plainCall = u"redis.Redis"_s;
    client.clusterCall = u"RedisCluster"_s;
    client.sentinelCall = u"Sentinel.master_for"_s;
    client.plainCode = provider
        % joinedLines({ u"client = redis.Redis("_s, place, user, password, tls, u")"_s });
    client.clusterCode = provider
        % joinedLines({ u"client = redis.RedisCluster("_s, place, user, password, tls, u")"_s });
    client.sentinelCode = provider
        % joinedLines({
            u"sentinel = redis.Sentinel("_s,
            u"    [(" % word(target.endpoint.host) % u", " % port(target) % u")],",
            when(target.tls, u"    sentinel_kwargs={\"ssl\": True},"_s),
            u")"_s,
            u"client = sentinel.master_for("_s,
            u"    " % word(target.sentinelMaster) % u',',
            user,
            password,
            tls,
            u")"_s,
        });
    return client;
}

// JavaScript

QString jsWord(const QString& text)
{
    return codeString(CodeLanguage::JavaScript, text);
}

QString jsPlace(const ClientTarget& target)
{
    return u"host: " % jsWord(target.endpoint.host) % u", port: " % port(target);
}

ClientCode ioredis(const ClientTarget& target)
{
    const bool hasOptions = target.tls || authenticates(target);
    const auto options = [&](const QString& indent) {
        return QStringList {
            when(!target.user.isEmpty(), indent % u"username: " % jsWord(target.user) % u','),
            when(authenticates(target), indent % u"password: " % jsPassword % u','),
            when(target.tls, indent % u"tls: {},"),
        };
    };
    ClientCode client;
    client.name = u"ioredis"_s;
    client.mapCommand = u"CLUSTER SLOTS"_s;
    client.language = CodeLanguage::JavaScript;
    client.versions = u">= 4"_s;
    client.plainCall = u"new Redis"_s;
    client.clusterCall = u"new Redis.Cluster"_s;
    client.sentinelCall = u"new Redis({ sentinels })"_s;
    client.plainCode = joinedLines(
        QStringList { u"const client = new Redis({"_s, u"  " % jsPlace(target) % u',' }
        + options(u"  "_s) + QStringList { u"});"_s });
    const QString node = u"const client = new Redis.Cluster([{ " % jsPlace(target) % u" }]";
    client.clusterCode = !hasOptions
        ? node % u");\n"
        : joinedLines(
            QStringList { node % u", {",
                // A certificate is for the name, not for the address behind it.
                when(target.tls, u"  dnsLookup: (address, callback) => callback(null, address),"_s),
                u"  redisOptions: {"_s }
            + options(u"    "_s) + QStringList { u"  },"_s, u"});"_s });
    client.sentinelCode = joinedLines(QStringList { u"const client = new Redis({"_s,
                                          u"  sentinels: [{ " % jsPlace(target) % u" }],",
                                          u"  name: " % jsWord(target.sentinelMaster) % u',' }
        + options(u"  "_s)
        + QStringList { when(target.tls, u"  enableTLSForSentinelMode: true,"_s), u"});"_s });
    return client;
}

ClientCode nodeRedis(const ClientTarget& target)
{
    const bool byToken = asksForTokens(target);
    const QString provider = !byToken
        ? QString()
        : joinedLines({ tokenComment(u"//"_s, u"newToken"_s), u"const credentialsProvider = {"_s,
            u"  type: \"async-credentials-provider\","_s,
            u"  credentials: async () => ({ username: " % jsWord(target.user)
                % u", password: await newToken() }),",
            u"};"_s });
    const auto access = [&](const QString& indent) {
        if (byToken)
            return QStringList { indent % u"credentialsProvider," };
        return QStringList {
            when(!target.user.isEmpty(), indent % u"username: " % jsWord(target.user) % u','),
            when(authenticates(target), indent % u"password: " % jsPassword % u','),
        };
    };
    const bool hasDefaults = target.tls || authenticates(target);
    const QString socket
        = u"socket: { " % jsPlace(target) % when(target.tls, u", tls: true"_s) % u" }";
    const QString tls = when(target.tls, u"    socket: { tls: true },"_s);
    const auto options = [&](const QString& name) {
        if (!hasDefaults)
            return QStringList();
        return QStringList { u"  " % name % u": {" } + access(u"    "_s)
            + QStringList { tls, u"  },"_s };
    };
    ClientCode client;
    client.name = u"node-redis"_s;
    client.tokenHook = u"credentialsProvider (from 5 on)"_s;
    client.language = CodeLanguage::JavaScript;
    client.versions = byToken ? u">= 5"_s : u">= 4"_s;
    client.mapCommand = u"CLUSTER SLOTS"_s;
    client.plainCall = u"createClient"_s;
    client.clusterCall = u"createCluster"_s;
    client.sentinelCall = u"createSentinel"_s;
    client.plainCode = provider
        % joinedLines(QStringList { u"const client = createClient({"_s, u"  " % socket % u',' }
            + access(u"  "_s) + QStringList { u"});"_s });
    client.clusterCode = provider
        % joinedLines(QStringList { u"const client = createCluster({"_s,
                          u"  rootNodes: [{ " % socket % u" }]," }
            + options(u"defaults"_s) + QStringList { u"});"_s });
    client.sentinelCode = provider
        % joinedLines(
            QStringList { u"const client = createSentinel({"_s,
                u"  name: " % jsWord(target.sentinelMaster) % u',',
                u"  sentinelRootNodes: [{ " % jsPlace(target) % u" }],",
                when(target.tls, u"  sentinelClientOptions: { socket: { tls: true } },"_s) }
            + options(u"nodeClientOptions"_s) + QStringList { u"});"_s });
    return client;
}

ClientCode glide(const ClientTarget& target)
{
    // It signs, and logs in again, by itself.
    const bool signs
        = asksForTokens(target) && !target.cacheName.isEmpty() && !target.region.isEmpty();
    const QString service
        = target.isMemoryDb ? u"ServiceType.MemoryDB"_s : u"ServiceType.Elasticache"_s;
    const QString iam = !signs
        ? QString()
        : joinedLines(
            { u"  credentials: {"_s, u"    username: " % jsWord(target.user) % u',',
                u"    iamConfig: { clusterName: " % jsWord(target.cacheName) % u", service: "
                    % service % u", region: " % jsWord(target.region) % u" },",
                u"  },"_s })
              .chopped(1);
    const auto code = [&](const QString& type) {
        return joinedLines({
            u"const client = await " % type % u".createClient({",
            u"  addresses: [{ " % jsPlace(target) % u" }],",
            when(target.tls, u"  useTLS: true,"_s),
            iam,
            when(authenticates(target) && !signs,
                u"  credentials: { "
                    % when(!target.user.isEmpty(), u"username: " % jsWord(target.user) % u", ")
                    % u"password: " % jsPassword % u" },"),
            u"});"_s,
        });
    };
    ClientCode client;
    client.name = u"valkey-glide"_s;
    client.tokenHook = u"credentials.iamConfig"_s;
    client.language = CodeLanguage::JavaScript;
    client.versions = signs ? u">= 2.2"_s : u">= 1.1"_s;
    client.mapCommand = u"CLUSTER SLOTS"_s;
    // Alone, a replica is refused: "No primary node found".
    client.onCluster = target.isReplica ? ClientMode::Fails : ClientMode::Plain;
    client.plainCall = u"GlideClient"_s;
    client.clusterCall = u"GlideClusterClient"_s;
    client.plainCode = code(client.plainCall);
    client.clusterCode = code(client.clusterCall);
    return client;
}

// Ruby

ClientCode redisRb(const ClientTarget& target)
{
    const auto word = [](const QString& text) { return codeString(CodeLanguage::Ruby, text); };
    const QStringList access {
        when(!target.user.isEmpty(), u"  username: " % word(target.user) % u','),
        when(authenticates(target), u"  password: ENV.fetch(\"REDIS_PASSWORD\"),"_s),
    };
    const QString place = u"host: " % word(target.endpoint.host) % u", port: " % port(target);
    const QString tls = when(target.tls, u"  ssl: true,"_s);
    ClientCode client;
    client.name = u"redis-rb"_s;
    client.language = CodeLanguage::Ruby;
    client.versions = u">= 5, gem redis-clustering"_s;
    client.plainCall = u"Redis.new"_s;
    client.clusterCall = u"Redis::Cluster.new"_s;
    client.sentinelCall = u"Redis.new(sentinels:)"_s;
    client.plainCode = joinedLines(QStringList { u"client = Redis.new("_s, u"  " % place % u',' }
        + access + QStringList { tls, u")"_s });
    client.clusterCode = joinedLines(
        QStringList { u"require \"redis-clustering\""_s, u"client = Redis::Cluster.new("_s,
            u"  nodes: [" % word(targetUrl(target, u"redis"_s, u"rediss"_s)) % u"]," }
        + access + QStringList { u")"_s });
    client.sentinelCode = joinedLines(
        QStringList { u"client = Redis.new("_s, u"  name: " % word(target.sentinelMaster) % u',',
            u"  sentinels: [{ " % place % u" }]," }
        + access + QStringList { tls, u")"_s });
    return client;
}

// PHP

QString phpWord(const QString& text)
{
    return codeString(CodeLanguage::Php, text);
}

QString phpAuth(const ClientTarget& target)
{
    const QString password = u"getenv(\"REDIS_PASSWORD\")"_s;
    if (!authenticates(target))
        return u"null"_s;
    return target.user.isEmpty() ? password
                                 : QString(u'[' % phpWord(target.user) % u", " % password % u']');
}

ClientCode phpRedis(const ClientTarget& target)
{
    const QString host = (target.tls ? u"tls://"_s : QString()) % target.endpoint.host;
    const QString auth = phpAuth(target);
    QString arguments = u"null, [" % phpWord(target.endpoint.toString()) % u']';
    if (target.tls || authenticates(target))
        arguments += u", 1.5, 1.5, false, "_s % auth;
    if (target.tls)
        arguments += u", [\"verify_peer\" => true]"_s;
    ClientCode client;
    client.name = u"phpredis"_s;
    client.mapCommand = u"CLUSTER SLOTS"_s;
    client.language = CodeLanguage::Php;
    client.versions = u">= 5.3"_s;
    client.plainCall = u"Redis::connect"_s;
    client.clusterCall = u"RedisCluster"_s;
    client.plainCode = joinedLines({
        u"$client = new Redis();"_s,
        u"$client->connect(" % phpWord(host) % u", " % port(target) % u");",
        when(authenticates(target), u"$client->auth(" % auth % u");"),
    });
    client.clusterCode = u"$client = new RedisCluster(" % arguments % u");\n";
    return client;
}

ClientCode predis(const ClientTarget& target)
{
    const QString scheme = target.tls ? u"tls"_s : u"tcp"_s;
    const QString node = u"[\"scheme\" => \"" % scheme % u"\", \"host\" => "
        % phpWord(target.endpoint.host) % u", \"port\" => " % port(target);
    const QString access
        = when(!target.user.isEmpty(), u", \"username\" => " % phpWord(target.user))
        % when(authenticates(target), u", \"password\" => getenv(\"REDIS_PASSWORD\")"_s);
    // For the nodes that the client finds by itself.
    const QString found = when(target.tls || authenticates(target),
        u", \"parameters\" => [\"scheme\" => \"" % scheme % u'"' % access % u']');
    const auto code = [](const QString& parameters, const QString& options) {
        return joinedLines({ u"$client = new Predis\\Client("_s,
            u"    " % parameters % when(!options.isEmpty(), u","_s),
            when(!options.isEmpty(), u"    " % options), u");"_s });
    };
    ClientCode client;
    client.name = u"Predis"_s;
    client.versions = u">= 1.1"_s;
    client.language = CodeLanguage::Php;
    client.plainCall = u"Predis\\Client"_s;
    client.clusterCall = u"\"cluster\" => \"redis\""_s;
    client.sentinelCall = u"\"replication\" => \"sentinel\""_s;
    client.plainCode = code(node % access % u']', {});
    client.clusterCode
        = code(u'[' % node % access % u"]]", u"[\"cluster\" => \"redis\"" % found % u']');
    client.sentinelCode = code(u'[' % node % u"]]",
        u"[\"replication\" => \"sentinel\", \"service\" => " % phpWord(target.sentinelMaster)
            % found % u']');
    return client;
}

} // namespace

QList<ClientCode> scriptClients(const ClientTarget& target)
{
    return { redisPy(target), ioredis(target), nodeRedis(target), glide(target), redisRb(target),
        phpRedis(target), predis(target) };
}

} // namespace slotscope::doctor
