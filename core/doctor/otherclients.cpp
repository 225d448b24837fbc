// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/doctor/clientcode.h"

#include <QUrl>

using namespace Qt::StringLiterals;

namespace slotscope::doctor {

namespace {

using explain::CodeLanguage;
using explain::codeString;

QString csharp(const ClientTarget& target, const QString& serviceName)
{
    const QString host = codeString(CodeLanguage::CSharp, target.endpoint.host);
    return joinedLines({
        u"var options = new ConfigurationOptions"_s,
        u"{"_s,
        u"    EndPoints = { { " % host % u", " % QString::number(target.endpoint.port) % u" } },",
        serviceName.isEmpty()
            ? QString()
            : u"    ServiceName = " % codeString(CodeLanguage::CSharp, serviceName) % u',',
        target.user.isEmpty()
            ? QString()
            : u"    User = " % codeString(CodeLanguage::CSharp, target.user) % u',',
        authenticates(target)
            ? u"    Password = Environment.GetEnvironmentVariable(\"REDIS_PASSWORD\"),"_s
            : QString(),
        target.tls ? u"    Ssl = true,"_s : QString(),
        u"};"_s,
        u"var redis = ConnectionMultiplexer.Connect(options);"_s,
    });
}

ClientCode stackExchange(const ClientTarget& target)
{
    ClientCode client;
    client.name = u"StackExchange.Redis"_s;
    client.mapCommand = u"CLUSTER NODES"_s;
    client.language = CodeLanguage::CSharp;
    client.onCluster = ClientMode::Cluster;
    // Since when it knows users, and tokens, was not found.
    if (target.user.isEmpty())
        client.versions = u">= 1.2.6"_s;
    client.plainCall = client.clusterCall = u"ConnectionMultiplexer.Connect"_s;
    client.sentinelCall = u"ServiceName"_s;
    client.plainCode = client.clusterCode = csharp(target, {});
    client.sentinelCode = csharp(target, target.sentinelMaster);
    return client;
}

// A user goes into the URL there, and a password that the program puts behind it.
QString rustPlainCode(const ClientTarget& target)
{
    const QString url = targetUrl(target, u"redis"_s, u"rediss"_s);
    if (!authenticates(target))
        return u"let client = redis::Client::open(" % codeString(CodeLanguage::Rust, url)
            % u")?;\n";
    const qsizetype host = url.indexOf(u"://"_s) + 3;
    const QString format = url.left(host)
        % QString::fromLatin1(QUrl::toPercentEncoding(target.user)) % u":{}@" % url.mid(host);
    return joinedLines({
        u"// Percent-encoded, as it stands in a URL."_s,
        u"let password = std::env::var(\"REDIS_PASSWORD\")?;"_s,
        u"let client = redis::Client::open(format!(" % codeString(CodeLanguage::Rust, format)
            % u", password))?;",
    });
}

ClientCode redisRs(const ClientTarget& target)
{
    const QString url = codeString(CodeLanguage::Rust, targetUrl(target, u"redis"_s, u"rediss"_s));
    ClientCode client;
    client.name = u"redis-rs"_s;
    client.mapCommand = u"CLUSTER SLOTS"_s;
    client.language = CodeLanguage::Rust;
    client.versions = u">= 0.22"_s;
    client.plainCall = u"redis::Client::open"_s;
    client.clusterCall = u"redis::cluster::ClusterClient"_s;
    client.plainCode = rustPlainCode(target);
    client.clusterCode = joinedLines({
        u"// Cargo.toml: redis with the feature \"cluster\"."_s,
        u"let client = redis::cluster::ClusterClient::builder(vec![" % url % u"])",
        target.user.isEmpty()
            ? QString()
            : u"    .username(" % codeString(CodeLanguage::Rust, target.user) % u".to_string())",
        authenticates(target) ? u"    .password(std::env::var(\"REDIS_PASSWORD\")?)"_s : QString(),
        u"    .build()?;"_s,
    });
    return client;
}

ClientCode redisCli(const ClientTarget& target)
{
    const auto line = [&](const QString& option, bool withUser, const QString& command) {
        const auto word = [](const QString& text) { return codeString(CodeLanguage::Shell, text); };
        QString code;
        if (authenticates(target) && withUser)
            code += u"REDISCLI_AUTH=\"$REDIS_PASSWORD\" "_s;
        code += u"redis-cli "_s % option % u"-h " % word(target.endpoint.host) % u" -p "
            % QString::number(target.endpoint.port);
        if (target.tls)
            code += u" --tls"_s;
        if (!target.user.isEmpty() && withUser)
            code += u" --user "_s % word(target.user);
        return QString(code % command % u'\n');
    };
    ClientCode client;
    client.name = u"redis-cli"_s;
    client.language = CodeLanguage::Shell;
    client.versions = target.tls || !target.user.isEmpty() ? u">= 6.0"_s : u">= 3.0"_s;
    client.plainCall = u"redis-cli"_s;
    client.clusterCall = u"redis-cli -c"_s;
    client.sentinelCall = u"SENTINEL GET-MASTER-ADDR-BY-NAME"_s;
    client.plainCode = line({}, true, {});
    client.clusterCode = line(u"-c "_s, true, {});
    client.sentinelCode = line({}, false,
        u" SENTINEL GET-MASTER-ADDR-BY-NAME "
            % codeString(CodeLanguage::Shell, target.sentinelMaster));
    return client;
}

} // namespace

QList<ClientCode> otherClients(const ClientTarget& target)
{
    return { stackExchange(target), redisRs(target), redisCli(target) };
}

} // namespace slotscope::doctor
