// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/profile/profilejson.h"
#include "core/profile/proposal.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using namespace slotscope::profile;
using support::ErrorCode;

namespace {

const QString clusterName = u"clustercfg.orders.x1y2z3.use1.cache.amazonaws.com"_s;

/// The file that Another Redis Desktop Manager would write.
QString packed(const QByteArray& json)
{
    return QString::fromLatin1(json.toBase64());
}

QByteArray everythingOf(const Proposal& proposal)
{
    return QJsonDocument(toJson(proposal.profile)).toJson() + proposal.profile.name.toUtf8()
        + proposal.notes.join(u'\n').toUtf8();
}

} // namespace

/// What a pasted text or the file of another tool becomes.
class ProposalTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void addresses_data();
    void addresses();
    void secretsStandBeside_data();
    void secretsStandBeside();
    void saysWhatAWordAloneIs();
    void fillsInWhatTheNameTells();
    void cliOptions();
    void aDatabaseIsLeftOut();
    void replicationGroups();
    void replicationGroupWithoutCluster();
    void otherDescriptions_data();
    void otherDescriptions();
    void redisInsight();
    void anotherManager();
    void ourOwn();
    void importsNothingToRun();
    void refuses_data();
    void refuses();
    void hugeInputIsBounded_data();
    void hugeInputIsBounded();
};

void ProposalTest::addresses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("endpoints");
    QTest::addColumn<bool>("tls");
    const auto row = [](const char* name, const QString& text, const QString& endpoints, bool tls) {
        QTest::newRow(name) << text << endpoints << tls;
    };
    row("host and port", u"  orders.example:7000 \n"_s, u"orders.example:7000"_s, false);
    row("host", u"orders"_s, u"orders:6379"_s, false);
    row("invisible characters", u"\u200borders.example:7000\ufeff"_s, u"orders.example:7000"_s,
        false);
    row("URL", u"rediss://orders.example:7000/0"_s, u"rediss://orders.example:7000"_s, true);
    row("valkey URL", u"valkey://[::1]:7000"_s, u"valkey://[::1]:7000"_s, false);
    row("lines", u"a.example:7000\nb.example:7001\r\n\nc.example:7002"_s,
        u"a.example:7000 b.example:7001 c.example:7002"_s, false);
    row("commas", u"a:7000, b:7001;c:7002,"_s, u"a:7000 b:7001 c:7002"_s, false);
    row("twice the same", u"a:7000,a:7000"_s, u"a:7000"_s, false);
    row("a variable of a shell", u"export REDIS_URL=rediss://a.example:1"_s,
        u"rediss://a.example:1"_s, true);
    row("StackExchange.Redis", u"a.example:6379,ssl=True,abortConnect=false"_s, u"a.example:6379"_s,
        true);
    row("go-redis", uR"(redis.NewClusterClient(&redis.ClusterOptions{
        Addrs: []string{"a.example:7000", "b.example:7001"}, TLSConfig: &tls.Config{}}))"_s,
        u"a.example:7000 b.example:7001"_s, true);
    row("go-redis, the list alone", uR"(Addrs: []string{":7000", "b:7001"})"_s, u"b:7001"_s, false);
    row("ioredis", uR"(new Redis.Cluster([{host: 'a.example', port: 7000},
        { port: 7001, host: "b.example" }], {dnsLookup: (a, cb) => cb(null, a)}))"_s,
        u"a.example:7000 b.example:7001"_s, false);
    row("ioredis, TLS", uR"(new Redis.Cluster([{host: `a`}], {redisOptions: {tls: {}}}))"_s,
        u"a:6379"_s, true);
    row("as JSON", uR"([{"host": "a", "port": 7000}, {"host": "b", "port": "7001"}])"_s,
        u"a:7000 b:7001"_s, false);
    row("JSON strings", uR"(["a:7000", "b:7001"])"_s, u"a:7000 b:7001"_s, false);
    row("node-redis",
        uR"(createCluster({rootNodes: [{url: 'rediss://a:7000'}, {url: 'rediss://b:7001'}]}))"_s,
        u"rediss://a:7000 rediss://b:7001"_s, true);
    row("redis-py", uR"(RedisCluster(host="a.example", port=7000, ssl=True))"_s,
        u"a.example:7000"_s, true);
    row("redis-py, nodes", uR"(startup_nodes = [ClusterNode("a", 7000), ClusterNode('b', 7001)])"_s,
        u"a:7000 b:7001"_s, false);
    row("Jedis", uR"(nodes.add(new HostAndPort("a.example", 7000));
        nodes.add(new HostAndPort( "b.example" , 7001 ));)"_s,
        u"a.example:7000 b.example:7001"_s, false);
    row("glide", uR"([NodeAddress("a", 6379)], use_tls=True)"_s, u"a:6379"_s, true);
    row("redis-cli", u"redis-cli -c -h a.example -p 7000 --tls"_s, u"a.example:7000"_s, true);
    row("valkey-cli with a URL", u"valkey-cli -u rediss://a.example:7000"_s,
        u"rediss://a.example:7000"_s, true);
}

void ProposalTest::addresses()
{
    QFETCH(QString, text);
    const auto proposals = proposeProfiles(text);
    QVERIFY2(proposals.hasValue(), proposals ? "" : qPrintable(proposals.error().detail));
    QCOMPARE(proposals->size(), 1);
    const Profile& profile = proposals->first().profile;
    QTEST(profile.endpoints.join(u' '), "endpoints");
    QTEST(profile.tls.enabled, "tls");
    QVERIFY(checked(profile).hasValue());
    QVERIFY(proposals->first().password.isEmpty());
    QCOMPARE(profile.authentication.kind, AuthenticationKind::None);
}

void ProposalTest::secretsStandBeside_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("password");
    const auto row = [](const char* name, const QString& text, const QString& user) {
        QTest::newRow(name) << text << user << u"s3cr3t"_s;
    };
    row("URL", u"redis://bob:s3cr3t@a.example:7000"_s, u"bob"_s);
    row("URL, password alone", u"redis://s3cr3t@a.example:7000"_s, u""_s);
    row("URL, the default user", u"redis://default:s3cr3t@a.example:7000"_s, u""_s);
    row("several URLs", u"redis://bob:s3cr3t@a:7000 redis://bob:s3cr3t@b:7000"_s, u"bob"_s);
    row("go-redis", uR"({Addrs: []string{"a:7000"}, Username: "bob", Password: "s3cr3t"})"_s,
        u"bob"_s);
    row("ioredis", uR"(([{host:'a',port:1}], {redisOptions: {password: 's3cr3t'}}))"_s, u""_s);
    row("redis-py", uR"(RedisCluster(host="a", port=1, username="bob", password="s3cr3t"))"_s,
        u"bob"_s);
    row("Lettuce",
        uR"(RedisURI.builder().withHost("a").withPort(1); RedisURI.create("a", 1).withPassword("s3cr3t"))"_s,
        u""_s);
    row("StackExchange.Redis", u"a.example:7000,user=bob,password=s3cr3t"_s, u"bob"_s);
    row("redis-cli", u"redis-cli -h a.example --user bob -a s3cr3t"_s, u"bob"_s);
    QTest::newRow("with a slash and an @")
        << u"redis://bob:s%2F3@c:r@a.example:7000"_s << u"bob"_s << u"s/3@c:r"_s;
}

void ProposalTest::secretsStandBeside()
{
    QFETCH(QString, text);
    QFETCH(QString, user);
    QFETCH(QString, password);
    const auto proposals = proposeProfiles(text);
    QVERIFY2(proposals.hasValue(), proposals ? "" : qPrintable(proposals.error().detail));
    const Proposal& proposal = proposals->first();
    QCOMPARE(proposal.password.reveal(), password);
    QCOMPARE(proposal.profile.authentication.user, user);
    QCOMPARE(proposal.profile.authentication.kind,
        user.isEmpty() ? AuthenticationKind::Password : AuthenticationKind::AclUser);
    QCOMPARE(proposal.profile.secret.kind, SecretSource::Kind::Keychain);
    QVERIFY(!everythingOf(proposal).contains(password.toUtf8()));
    QVERIFY(!exportProfiles({ proposal.profile }).contains(password.toUtf8()));
}

/// It may have been meant for a user.
void ProposalTest::saysWhatAWordAloneIs()
{
    const QString word = u"redis://word@a.example:7000"_s;
    const auto alone = proposeProfiles(word + u' ' + word);
    QVERIFY(alone.hasValue());
    QCOMPARE(alone->first().password.reveal(), u"word"_s);
    QCOMPARE(alone->first().notes.size(), 1);
    QVERIFY(alone->first().notes.first().contains(u"user:password@"_s));
    for (const QString& text : { u"redis://bob:word@a.example:7000"_s,
             u"redis://bob:@a.example:7000"_s, u"redis://:word@a.example:7000"_s }) {
        const auto proposals = proposeProfiles(text);
        QVERIFY(proposals.hasValue());
        QCOMPARE(proposals->first().profile.authentication.user,
            text.contains(u"bob"_s) ? u"bob"_s : QString());
        QVERIFY(proposals->first().notes.isEmpty());
    }
}

void ProposalTest::fillsInWhatTheNameTells()
{
    const auto proposals = proposeProfiles(clusterName);
    QVERIFY(proposals.hasValue());
    const Profile& profile = proposals->first().profile;
    QCOMPARE(profile.name, u"orders"_s);
    QVERIFY(profile.tls.enabled);
    QCOMPARE(profile.authentication.kind, AuthenticationKind::None);
    QCOMPARE(profile.authentication.cacheName, u"orders"_s);
    QCOMPARE(profile.authentication.region, u"us-east-1"_s);
    QVERIFY(!proposeProfiles(u"orders.x1y2z3.clustercfg.use1.cache.amazonaws.com"_s)
                 ->first()
                 .profile.tls.enabled);
}

void ProposalTest::cliOptions()
{
    const auto proposals = proposeProfiles(
        u"/usr/bin/redis-cli -h 'a.example' -p 7000 --tls --cacert \"/my ca.pem\" --cert /c.pem "
        "--key /k.pem --sni b.example --insecure GET key"_s);
    QVERIFY(proposals.hasValue());
    const Tls& tls = proposals->first().profile.tls;
    QCOMPARE(tls.caFile, u"/my ca.pem"_s);
    QCOMPARE(tls.certificateFile, u"/c.pem"_s);
    QCOMPARE(tls.keyFile, u"/k.pem"_s);
    QCOMPARE(tls.verify, VerifyName::Fixed);
    QCOMPARE(tls.fixedName, u"b.example"_s);
    QVERIFY(!tls.insecure);
    QCOMPARE(proposals->first().notes.size(), 1);
}

void ProposalTest::aDatabaseIsLeftOut()
{
    const auto proposals = proposeProfiles(u"redis-cli -u redis://a.example:7000/3"_s);
    QVERIFY(proposals.hasValue());
    QCOMPARE(proposals->first().profile.endpoints, QStringList(u"redis://a.example:7000"_s));
    QVERIFY(proposals->first().notes.value(0).contains(u"Database 3"_s));
    QVERIFY(proposeProfiles(u"redis://a.example/0"_s)->first().notes.isEmpty());
    for (const QString& text : { u"redis-cli -h a.example -n 3"_s,
             u"redis://a.example/3 redis://b.example/3"_s, // said once
             uR"([{"host": "a.example", "port": 6379, "name": "a", "db": 3,
                 "connectionType": "STANDALONE"}])"_s }) {
        const auto others = proposeProfiles(text);
        QVERIFY2(others.hasValue(), qPrintable(text));
        QCOMPARE(others->first().notes.size(), 1);
        QVERIFY(others->first().notes.first().contains(u"Database 3"_s));
    }
}

void ProposalTest::replicationGroups()
{
    const auto proposals = proposeProfiles(uR"({"ReplicationGroups": [
        {"ReplicationGroupId": "orders", "Status": "available", "ClusterEnabled": true,
         "ConfigurationEndpoint": {"Address": "clustercfg.orders.x1y2z3.use1.cache.amazonaws.com",
            "Port": 6379},
         "NodeGroups": [{"NodeGroupId": "0001", "Slots": "0-8191", "NodeGroupMembers": []}],
         "TransitEncryptionEnabled": true, "TransitEncryptionMode": "required",
         "AuthTokenEnabled": true,
         "ARN": "arn:aws:elasticache:us-east-1:123456789012:replicationgroup:orders"},
        {"ReplicationGroupId": "carts", "TransitEncryptionEnabled": true,
         "ConfigurationEndpoint": {"Address": "carts.internal", "Port": 7000},
         "UserGroupIds": ["people"],
         "ARN": "arn:aws:elasticache:eu-west-1:123456789012:replicationgroup:carts"},
        {"ReplicationGroupId": "new", "Status": "creating", "NodeGroups": []}]})"_s);
    QVERIFY2(proposals.hasValue(), proposals ? "" : qPrintable(proposals.error().detail));
    QCOMPARE(proposals->size(), 2);
    const Profile& orders = proposals->at(0).profile;
    QCOMPARE(orders.name, u"orders"_s);
    QCOMPARE(orders.endpoints, QStringList { clusterName + u":6379"_s });
    QVERIFY(orders.tls.enabled);
    QCOMPARE(orders.authentication.kind, AuthenticationKind::Password);
    QCOMPARE(orders.authentication.region, u"us-east-1"_s);
    const Profile& carts = proposals->at(1).profile;
    QCOMPARE(carts.endpoints, QStringList { u"carts.internal:7000"_s });
    QCOMPARE(carts.authentication.kind, AuthenticationKind::AclUser);
    QCOMPARE(carts.authentication.cacheName, u"carts"_s);
    QCOMPARE(carts.authentication.region, u"eu-west-1"_s);
    QCOMPARE(proposals->at(1).notes.size(), 1);
}

void ProposalTest::replicationGroupWithoutCluster()
{
    const auto proposals = proposeProfiles(uR"({"ReplicationGroups": [
        {"ReplicationGroupId": "orders", "ConfigurationEndpoint": null, "NodeGroups": [{
            "PrimaryEndpoint": {"Address": "orders.x1y2z3.ng.0001.use1.cache.amazonaws.com",
                "Port": 6379},
            "ReaderEndpoint": {"Address": "orders-ro.x1y2z3.ng.0001.use1.cache.amazonaws.com",
                "Port": 6379}}],
         "TransitEncryptionEnabled": false, "AuthTokenEnabled": false}]})"_s);
    QVERIFY(proposals.hasValue());
    const Profile& profile = proposals->first().profile;
    QCOMPARE(profile.endpoints,
        QStringList { u"orders.x1y2z3.ng.0001.use1.cache.amazonaws.com:6379"_s });
    QVERIFY(!profile.tls.enabled);
    QCOMPARE(profile.authentication.kind, AuthenticationKind::None);
}

void ProposalTest::otherDescriptions_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("endpoint");
    QTest::addColumn<bool>("tls");
    QTest::newRow("MemoryDB") << uR"({"Clusters": [{"Name": "orders", "TLSEnabled": true,
        "ClusterEndpoint": {"Address": "orders.internal", "Port": 6379}, "ACLName": "people"}]})"_s
                              << u"orders"_s << u"orders.internal:6379"_s << true;
    QTest::newRow("MemoryDB, create-cluster")
        << uR"({"Cluster": {"Name": "orders", "TLSEnabled": false, "ACLName": "open-access",
        "ClusterEndpoint": {"Address": "orders.internal", "Port": 6380}}})"_s
        << u"orders"_s << u"orders.internal:6380"_s << false;
    QTest::newRow("serverless")
        << uR"({"ServerlessCaches": [{"ServerlessCacheName": "orders", "Engine": "valkey",
        "Endpoint": {"Address": "orders-x1y2z3.serverless.use1.cache.amazonaws.com", "Port": 6379},
        "ReaderEndpoint": {"Address": "orders-x1y2z3.serverless.use1.cache.amazonaws.com",
            "Port": 6380}}]})"_s
        << u"orders"_s << u"orders-x1y2z3.serverless.use1.cache.amazonaws.com:6379"_s << true;
    QTest::newRow("cache cluster, beside a Memcached one")
        << uR"({"CacheClusters": [{"CacheClusterId": "old", "Engine": "memcached"},
        {"CacheClusterId": "one", "Engine": "redis", "TransitEncryptionEnabled": false,
         "CacheNodes": [{"Endpoint": {"Address": "one.internal", "Port": 6379}}]}]})"_s
        << u"one"_s << u"one.internal:6379"_s << false;
}

void ProposalTest::otherDescriptions()
{
    QFETCH(QString, text);
    QFETCH(QString, endpoint);
    const auto proposals = proposeProfiles(text);
    QVERIFY2(proposals.hasValue(), proposals ? "" : qPrintable(proposals.error().detail));
    QCOMPARE(proposals->size(), 1);
    QTEST(proposals->first().profile.name, "name");
    QCOMPARE(proposals->first().profile.endpoints, QStringList { endpoint });
    QTEST(proposals->first().profile.tls.enabled, "tls");
}

void ProposalTest::redisInsight()
{
    const auto proposals = proposeProfiles(uR"([
        {"id": "1", "host": "a.example", "port": 7000, "name": "shop", "db": 0, "username": "bob",
         "password": "s3cr3t", "connectionType": "CLUSTER", "nameFromProvider": null,
         "provider": "AWS_ELASTICACHE", "lastConnection": "2026-01-01T00:00:00.000Z",
         "sentinelMaster": null, "modules": [], "tls": true, "tlsServername": "b.example",
         "verifyServerCert": false,
         "caCert": {"id": "2", "name": "ca", "certificate": "-----BEGIN CERTIFICATE-----"},
         "clientCert": {"name": "c", "certificate": "x", "key": "k3y"},
         "ssh": true, "sshOptions": {"host": "bastion", "port": 2222, "username": "me",
            "password": null, "privateKey": "k3y", "passphrase": "s3cr3t"}, "compressor": "NONE"},
        {"id": "3", "host": "127.0.0.1", "port": 6379, "name": "here", "username": null,
         "password": null, "connectionType": "STANDALONE", "tls": false,
         "verifyServerCert": false, "ssh": false}])"_s);
    QVERIFY2(proposals.hasValue(), proposals ? "" : qPrintable(proposals.error().detail));
    QCOMPARE(proposals->size(), 2);
    const Proposal& shop = proposals->at(0);
    QCOMPARE(shop.profile.name, u"shop"_s);
    QCOMPARE(shop.profile.endpoints, QStringList { u"a.example:7000"_s });
    QCOMPARE(shop.profile.authentication.user, u"bob"_s);
    QCOMPARE(shop.password.reveal(), u"s3cr3t"_s);
    QVERIFY(shop.profile.tls.enabled);
    QVERIFY(!shop.profile.tls.insecure);
    QCOMPARE(shop.profile.tls.fixedName, u"b.example"_s);
    QCOMPARE(shop.profile.wayIn, (WayIn { WayIn::Kind::Ssh, u"me@bastion:2222"_s }));
    QCOMPARE(shop.notes.size(), 4);
    QVERIFY(!everythingOf(shop).contains("s3cr3t"));
    QVERIFY(!everythingOf(shop).contains("k3y"));
    const Proposal& here = proposals->at(1);
    QVERIFY(here.password.isEmpty());
    QVERIFY(here.notes.isEmpty());
    QCOMPARE(here.profile.wayIn.kind, WayIn::Kind::Direct);
    for (const Proposal& proposal : *proposals)
        QVERIFY(checked(proposal.profile).hasValue());
}

void ProposalTest::anotherManager()
{
    const auto proposals = proposeProfiles(packed(R"([
        {"host": "a.example", "port": "7000", "auth": "s3cr3t", "username": "", "name": "shop",
         "separator": ":", "cluster": true, "connectionReadOnly": true, "color": "#f56c6c",
         "connectionName": "shop", "key": "x", "order": 0,
         "sshOptions": {"host": "bastion", "port": 22, "username": "me", "password": "s3cr3t",
            "privatekey": "/home/me/.ssh/id", "passphrase": "", "timeout": 30},
         "sslOptions": {"key": "/k.pem", "cert": "/c.pem", "ca": "/ca.pem", "servername": ""}},
        {"host": "", "port": 6379, "auth": "", "username": "", "name": "", "separator": ":",
         "cluster": false, "sentinelOptions": {"masterName": "mymaster", "nodePassword": "s3cr3t"}}
        ])"));
    QVERIFY2(proposals.hasValue(), proposals ? "" : qPrintable(proposals.error().detail));
    QCOMPARE(proposals->size(), 2);
    const Proposal& shop = proposals->at(0);
    QCOMPARE(shop.profile.name, u"shop"_s);
    QCOMPARE(shop.profile.endpoints, QStringList { u"a.example:7000"_s });
    QVERIFY(shop.profile.readOnly);
    QCOMPARE(shop.profile.colour, u"#f56c6c"_s);
    QCOMPARE(shop.password.reveal(), u"s3cr3t"_s);
    QVERIFY(shop.profile.tls.enabled);
    QCOMPARE(shop.profile.tls.caFile, u"/ca.pem"_s);
    QCOMPARE(shop.profile.tls.keyFile, u"/k.pem"_s);
    QCOMPARE(shop.profile.wayIn, (WayIn { WayIn::Kind::Ssh, u"me@bastion"_s }));
    QVERIFY(!everythingOf(shop).contains("s3cr3t"));
    const Proposal& here = proposals->at(1);
    QCOMPARE(here.profile.endpoints, QStringList { u"127.0.0.1:6379"_s });
    QCOMPARE(here.profile.name, u"127.0.0.1"_s);
    QVERIFY(!everythingOf(here).contains("s3cr3t"));
}

void ProposalTest::ourOwn()
{
    Profile profile;
    profile.id = u"of this computer"_s;
    profile.name = u"orders"_s;
    profile.group = u"shop"_s;
    profile.environment = Environment::Production;
    profile.endpoints = { u"a.example:7000"_s, u"b.example"_s };
    profile.authentication = { AuthenticationKind::AclUser, u"bob"_s, {}, {}, {} };
    profile.secret.kind = SecretSource::Kind::Environment;
    profile.secret.variable = u"ORDERS"_s;
    profile.timeout = std::chrono::seconds(3);
    profile.addressMap = { u"10.0.0.1=127.0.0.1"_s };
    const QByteArray exported = exportProfiles({ profile });
    QVERIFY(!exported.contains("of this computer"));
    const auto proposals = proposeProfiles(QString::fromUtf8(exported));
    QVERIFY2(proposals.hasValue(), proposals ? "" : qPrintable(proposals.error().detail));
    QCOMPARE(proposals->size(), 1);
    profile.id.clear();
    profile.endpoints = { u"a.example:7000"_s, u"b.example:6379"_s };
    QVERIFY(proposals->first().profile == profile);
    QVERIFY(proposals->first().notes.isEmpty());
}

void ProposalTest::importsNothingToRun()
{
    Profile profile;
    profile.name = u"trap"_s;
    profile.endpoints = { u"a.example:7000"_s };
    profile.authentication.kind = AuthenticationKind::Password;
    profile.secret = { SecretSource::Kind::Command, {}, { u"rm"_s, u"-rf"_s } };
    profile.tls.enabled = true;
    profile.tls.insecure = true;
    const auto proposals = proposeProfiles(QString::fromUtf8(exportProfiles({ profile })));
    QVERIFY(proposals.hasValue());
    const Proposal& proposal = proposals->first();
    QCOMPARE(proposal.profile.secret, SecretSource {});
    QVERIFY(!proposal.profile.tls.insecure);
    QCOMPARE(proposal.notes.size(), 2);
    QVERIFY(proposal.notes.first().contains(u"rm -rf"_s));
}

void ProposalTest::refuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("word");
    QTest::newRow("nothing") << u" \n "_s << u"nothing"_s;
    QTest::newRow("prose") << u"please look at my cluster"_s << u"no address"_s;
    QTest::newRow("source without an address") << uR"(fmt.Println("hello"))"_s << u"no address"_s;
    QTest::newRow("Memcached") << u"orders.x1y2z3.cfg.use1.cache.amazonaws.com:11211"_s
                               << u"Memcached"_s;
    QTest::newRow("Memcached in a list")
        << u"\"a:6379\", \"orders.x1y2z3.cfg.use1.cache.amazonaws.com:11211\""_s << u"Memcached"_s;
    QTest::newRow("described Memcached")
        << uR"({"CacheClusters": [{"CacheClusterId": "old", "Engine": "memcached"}]})"_s
        << u"Memcached"_s;
    QTest::newRow("nothing described") << uR"({"ReplicationGroups": []})"_s << u"empty"_s;
    QTest::newRow("in creation") << uR"({"ReplicationGroups": [{"ReplicationGroupId": "new"}]})"_s
                                 << u"new"_s;
    QTest::newRow("other JSON") << uR"({"name": "value"})"_s << u"no address"_s;
    QTest::newRow("an export of the future")
        << uR"({"version": 99, "profiles": [{"name": "a"}]})"_s << u"newer"_s;
    QTest::newRow("an export without an endpoint")
        << uR"({"version": 2, "profiles": [{"name": "a"}]})"_s << u"endpoint"_s;
    QTest::newRow("a way that is not known")
        << uR"({"version": 2, "profiles": [{"name": "a", "endpoints": ["h:1"],
            "way_in": {"kind": "wireguard"}}]})"_s
        << u"wireguard"_s;
    QTest::newRow("a bad port in an export")
        << uR"([{"host": "a", "port": "x", "connectionType": "CLUSTER"}])"_s << u"entry 1"_s;
    QTest::newRow("a web address") << u"https://example.com:443/path"_s << u"scheme"_s;
    QTest::newRow("a quote without its end") << u"redis-cli -h 'a"_s << u"quote"_s;
}

void ProposalTest::refuses()
{
    QFETCH(QString, text);
    QFETCH(QString, word);
    const auto proposals = proposeProfiles(text);
    QVERIFY(!proposals);
    QCOMPARE(proposals.error().code, ErrorCode::InvalidInput);
    QVERIFY2(proposals.error().detail.contains(word), qPrintable(proposals.error().detail));
}

void ProposalTest::hugeInputIsBounded_data()
{
    QTest::addColumn<QString>("text");
    const qsizetype size = 1024 * 1024;
    QTest::newRow("too long") << QString(5 * size, u'a');
    QTest::newRow("one word") << QString(size, u'a');
    QTest::newRow("blanks") << QString(QString(size, u' ') + u'a' + QString(size, u' ') + u'b');
    QTest::newRow("quotes") << QString(size, u'"');
    QTest::newRow("braces") << QString(u"\"" + QString(size, u'{'));
    QTest::newRow("brackets") << QString(size, u'[');
    QTest::newRow("parentheses") << u"(\"a\", "_s.repeated(size / 8);
    QTest::newRow("fields") << u"{host: 'a' "_s.repeated(size / 8);
    QTest::newRow("passwords") << u"password"_s.repeated(size / 8) + u'"';
    QTest::newRow("equals") << u"="_s.repeated(size);
    QTest::newRow("words") << u"a.b "_s.repeated(size / 4);
    QTest::newRow("addresses") << u"\"a:1\","_s.repeated(size / 8);
}

void ProposalTest::hugeInputIsBounded()
{
    QFETCH(QString, text);
    const auto proposals = proposeProfiles(text);
    QVERIFY(!proposals || proposals->first().profile.endpoints.size() <= 1000);
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::ProposalTest)
#include "tst_proposal.moc"
