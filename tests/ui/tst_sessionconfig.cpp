// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/connection/sessionconfig.h"

#include <QRegularExpression>
#include <QTest>

namespace slotscope::tests {
using namespace Qt::StringLiterals;

namespace {

net::TypedEndpoint typed(const QString& text)
{
    return net::parseTypedEndpoint(text).value();
}

/// A session that was logged in.
std::optional<session::SessionConfig> loggedIn()
{
    session::SessionConfig config;
    config.endpoint = typed(u"one.example:6379"_s);
    config.options.user = u"bob"_s;
    config.options.password = u"swordfish"_s;
    return config;
}

} // namespace

class TestSessionConfig final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
    }

    void credentialsStayWithTheirEndpoint_data()
    {
        QTest::addColumn<QString>("endpoint");
        QTest::addColumn<QString>("user");
        QTest::addColumn<QString>("password");
        QTest::newRow("same") << u"one.example:6379"_s << u"bob"_s << u"swordfish"_s;
        QTest::newRow("same, default port") << u"one.example"_s << u"bob"_s << u"swordfish"_s;
        QTest::newRow("another port") << u"one.example:6380"_s << u""_s << u""_s;
        QTest::newRow("another host") << u"two.example:6379"_s << u""_s << u""_s;
        QTest::newRow("its own in the URL")
            << u"redis://eve:other@one.example:6379"_s << u"eve"_s << u"other"_s;
    }
    void credentialsDoNotLeaveTls()
    {
        auto last = loggedIn();
        last->options.tls.enabled = true;
        QVERIFY(!ui::configFor(typed(u"one.example:6379"_s), {}, last).options.password);
        QVERIFY(ui::configFor(typed(u"rediss://one.example:6379"_s), {}, last).options.password);
    }
    void credentialsStayWithTheirEndpoint()
    {
        QFETCH(QString, endpoint);
        QFETCH(QString, user);
        QFETCH(QString, password);
        const auto config = ui::configFor(typed(endpoint), {}, loggedIn());
        QCOMPARE(config.options.user, user);
        QCOMPARE(config.options.password.value_or(QString()), password);
    }

    /// Nobody who has a name of that form means plain text, with a password at that.
    void aNameMayTurnTlsOn_data()
    {
        QTest::addColumn<QString>("endpoint");
        QTest::addColumn<bool>("tls");
        const QString domain = u"orders.x1y2z3.use1.cache.amazonaws.com"_s;
        QTest::newRow("configuration endpoint") << u"clustercfg."_s + domain << true;
        QTest::newRow("with a port") << u"clustercfg."_s + domain + u":6380"_s << true;
        QTest::newRow("primary") << u"master."_s + domain << true;
        QTest::newRow("serverless")
            << u"orders-a1b2c3.serverless.use1.cache.amazonaws.com"_s << true;
        QTest::newRow("as its user has it") << u"redis://clustercfg."_s + domain << false;
        QTest::newRow("of the form without TLS")
            << u"orders.x1y2z3.clustercfg.use1.cache.amazonaws.com"_s << false;
        QTest::newRow("any other") << u"one.example"_s << false;
    }
    void aNameMayTurnTlsOn()
    {
        QFETCH(QString, endpoint);
        QFETCH(bool, tls);
        QCOMPARE(ui::configFor(typed(endpoint), {}, {}).options.tls.enabled, tls);
    }

    void aRedissUrlTurnsTlsOn()
    {
        QVERIFY(ui::configFor(typed(u"rediss://one.example"_s), {}, {}).options.tls.enabled);
        QVERIFY(!ui::configFor(typed(u"redis://one.example"_s), {}, {}).options.tls.enabled);
        net::ConnectionOptions base;
        base.tls.enabled = true;
        QVERIFY(ui::configFor(typed(u"one.example"_s), base, {}).options.tls.enabled);
    }

    void aProfileGivesTheWayBackWithoutThePassword()
    {
        session::SessionConfig config = *loggedIn();
        config.options.tls.enabled = true;
        config.options.tls.caFile = u"/some/ca.pem"_s;
        QVERIFY(config.options.addressMap.addRule(u"10.0.0.1=127.0.0.1").hasValue());
        net::ConnectionOptions base;
        base.password = u"of somebody else"_s;
        base.timeout = std::chrono::seconds(9);
        const auto again = ui::configFor(ui::profileOf(config), base);
        QVERIFY(again.hasValue());
        QCOMPARE(again->endpoint.endpoint, config.endpoint.endpoint);
        QCOMPARE(again->options.user, u"bob"_s);
        QVERIFY(!again->options.password);
        QCOMPARE(again->options.tls, config.options.tls);
        QCOMPARE(again->options.addressMap, config.options.addressMap);
        QCOMPARE(again->options.timeout, base.timeout);
    }

    /// No password goes to what its name refuses.
    void aMemcachedSeedIsNotDialled()
    {
        const QString memcached = u"orders.x1y2z3.cfg.use1.cache.amazonaws.com:11211"_s;
        profile::Profile profile;
        profile.name = u"orders"_s;
        profile.endpoints = { memcached, u"127.0.0.1:7000"_s, memcached, u"127.0.0.1:7001"_s };
        const auto config = ui::configFor(profile, {});
        QVERIFY2(config.hasValue(), config ? "" : qPrintable(config.error().detail));
        QCOMPARE(config->endpoint.endpoint.port, 7000);
        QCOMPARE(config->otherSeeds.size(), 1);
        profile.endpoints = { memcached };
        const auto refused = ui::configFor(profile, {});
        QVERIFY(!refused);
        QVERIFY2(refused.error().detail.contains(u"Memcached"), qPrintable(refused.error().detail));
    }

    void labelsGoIntoTheProfileAndBack()
    {
        session::SessionConfig config = *loggedIn();
        cluster::Shard shard;
        shard.index = 2;
        shard.label = u"S03"_s;
        shard.primaryId = cluster::NodeId("aa"_ba);
        shard.replicaIds = { cluster::NodeId("bb"_ba), cluster::NodeId("cc"_ba) };
        config.knownShards = { shard };
        const profile::Profile profile = ui::profileOf(config);
        QCOMPARE(profile.shards.size(), 1);
        QCOMPARE(profile.shards.first().number, 3);
        const auto again = ui::configFor(profile, {});
        QVERIFY(again.hasValue());
        QCOMPARE(again->knownShards, config.knownShards);
        // The same endpoint once more; another one has other shards.
        const net::TypedEndpoint same = config.endpoint;
        QCOMPARE(ui::configFor(same, {}, config).knownShards, config.knownShards);
        QVERIFY(ui::configFor(typed(u"two.example"_s), {}, config).knownShards.isEmpty());
    }

    /// The store takes none any more, but a file may have one.
    void aSeedWithAnotherDatabaseIsRefused()
    {
        profile::Profile profile;
        profile.endpoints = { u"one.example"_s, u"redis://two.example/0"_s };
        QVERIFY(ui::configFor(profile, {}).hasValue());
        profile.endpoints += u"redis://three.example/3"_s;
        const auto refused = ui::configFor(profile, {});
        QVERIFY(!refused);
        QVERIFY2(
            refused.error().detail.contains(u"database 3"), qPrintable(refused.error().detail));
    }

    void aDamagedProfileIsRefused()
    {
        profile::Profile profile;
        profile.endpoints = { u"not an endpoint"_s };
        QVERIFY(!ui::configFor(profile, {}).hasValue());
        profile.endpoints = { u"one.example"_s };
        profile.addressMap = { u"nonsense"_s };
        QVERIFY(!ui::configFor(profile, {}).hasValue());
    }
};

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::TestSessionConfig)
#include "tst_sessionconfig.moc"
