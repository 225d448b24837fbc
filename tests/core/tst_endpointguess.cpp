// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/net/typedendpoint.h"
#include "core/profile/awsregions.h"
#include "core/profile/endpointguess.h"

#include <QFile>
#include <QTest>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using profile::EndpointGuess;
using profile::EndpointKind;
using profile::guessEndpoint;
using profile::Provider;

namespace {

/// The vectors' word for a guess: "ec.node.cme.tls".
QString codeOf(const EndpointGuess& guess)
{
    if (guess.provider == Provider::None)
        return {};
    const QString provider = guess.provider == Provider::ElastiCache ? u"ec"_s : u"mdb"_s;
    const QString form = guess.tls.value_or(false) ? u".tls"_s : u".plain"_s;
    switch (guess.kind) {
    case EndpointKind::Unknown:
        return provider;
    case EndpointKind::Configuration:
        return provider + u".config"_s + form;
    case EndpointKind::Primary:
        return provider + u".primary"_s + form;
    case EndpointKind::Reader:
        return provider + u".reader"_s + form;
    case EndpointKind::Serverless:
        return provider + u".serverless"_s;
    case EndpointKind::Memcached:
        return provider + u".memcached.cfg"_s;
    case EndpointKind::Node:
        if (guess.provider == Provider::MemoryDb)
            return provider + u".node"_s + form;
        return provider + (guess.shard.isEmpty() ? u".node.cmd"_s : u".node.cme"_s) + form;
    }
    return {};
}

EndpointGuess guessText(const QString& text)
{
    const auto typed = net::parseTypedEndpoint(text);
    return typed ? guessEndpoint(typed->endpoint) : EndpointGuess {};
}

QList<QStringList> rowsOf(const QString& fileName)
{
    QList<QStringList> rows;
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly))
        return rows;
    const QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts);
    for (const QString& line : lines.mid(1))
        rows.append(line.split(u'\t'));
    return rows;
}

} // namespace

class EndpointGuessTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void vectors_data();
    void vectors();
    void regions();
    void forms_data();
    void forms();
    void unknownRegionsStayEmpty();
    void memcachedIsRefused();
    void reasonsSayWhatWouldBeSeen();
    void json();
};

void EndpointGuessTest::vectors_data()
{
    QTest::addColumn<QStringList>("row");
    const QList<QStringList> rows = rowsOf(QFINDTESTDATA("../data/endpoints.tsv"));
    QVERIFY(rows.size() >= 17);
    for (const QStringList& row : rows) {
        QCOMPARE(row.size(), 6);
        QTest::newRow(qPrintable(row.first())) << row;
    }
}

void EndpointGuessTest::vectors()
{
    QFETCH(QStringList, row);
    const EndpointGuess guess = guessText(row.at(0));
    QCOMPARE(codeOf(guess), row.at(1));
    QCOMPARE(guess.id, row.at(2));
    QCOMPARE(guess.region, row.at(3));
    QCOMPARE(guess.shard, row.at(4));
    QCOMPARE(guess.node, row.at(5));
    QVERIFY(!guess.reason.isEmpty());
}

void EndpointGuessTest::regions()
{
    const QList<QStringList> rows = rowsOf(QFINDTESTDATA("../data/region_short_codes.tsv"));
    QVERIFY(rows.size() >= 38);
    for (const QStringList& row : rows) {
        QCOMPARE(profile::regionOfShortCode(row.at(0)), row.at(1));
        QVERIFY(profile::looksLikeRegion(row.at(1)));
    }
    QVERIFY(!profile::looksLikeRegion(u"use1"));
    QVERIFY(!profile::looksLikeRegion(u"us-east-1.evil"));
}

void EndpointGuessTest::forms_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("id");
    QTest::newRow("node of a cluster, plain")
        << u"orders-0002-003.x1y2z3.0001.euw1.cache.amazonaws.com"_s << u"ec.node.cme.plain"_s
        << u"orders"_s;
    QTest::newRow("node of a group, TLS") << u"orders-002.orders.x1y2z3.use1.cache.amazonaws.com"_s
                                          << u"ec.node.cmd.tls"_s << u"orders"_s;
    QTest::newRow("single node") << u"orders.x1y2z3.0001.use1.cache.amazonaws.com"_s
                                 << u"ec.node.cmd.plain"_s << u"orders"_s;
    QTest::newRow("primary. instead of master.")
        << u"primary.orders.x1y2z3.use1.cache.amazonaws.com"_s << u"ec.primary.tls"_s
        << u"orders"_s;
    QTest::newRow("a group named master, plain")
        << u"master.x1y2z3.clustercfg.use1.cache.amazonaws.com"_s << u"ec.config.plain"_s
        << u"master"_s;
    QTest::newRow("a group named clustercfg, TLS")
        << u"clustercfg.clustercfg.x1y2z3.use1.cache.amazonaws.com"_s << u"ec.config.tls"_s
        << u"clustercfg"_s;
    QTest::newRow("digits in the id") << u"a-0001-0001-002.a-0001.x1y2z3.use1.cache.amazonaws.com"_s
                                      << u"ec.node.cme.tls"_s << u"a-0001"_s;
    QTest::newRow("upper case") << u"CLUSTERCFG.Orders.X1Y2Z3.USE1.cache.AmazonAWS.com"_s
                                << u"ec.config.tls"_s << u"orders"_s;
    QTest::newRow("serverless of the manual")
        << u"test-12345.serverless.use1.cache.amazonaws.com"_s << u"ec.serverless"_s << u"test"_s;
    QTest::newRow("MemoryDB, plain")
        << u"orders.x1y2z3.clustercfg.memorydb.us-east-1.amazonaws.com"_s << u"mdb.config.plain"_s
        << u"orders"_s;
    QTest::newRow("MemoryDB node, plain")
        << u"orders-0001-001.x1y2z3.0001.memorydb.us-east-1.amazonaws.com"_s << u"mdb.node.plain"_s
        << u"orders"_s;
    QTest::newRow("MemoryDB has no primary endpoint")
        << u"master.orders.x1y2z3.memorydb.us-east-1.amazonaws.com"_s << u""_s << u""_s;
    QTest::newRow("a node of somebody else")
        << u"orders-0001-001.carts.x1y2z3.use1.cache.amazonaws.com"_s << u""_s << u""_s;
    QTest::newRow("another domain in front")
        << u"clustercfg.orders.x1y2z3.use1.cache.amazonaws.com.evil.example"_s << u""_s << u""_s;
    QTest::newRow("only looks like it")
        << u"clustercfg.orders.x1y2z3.use1.notcache.amazonaws.com"_s << u""_s << u""_s;
    QTest::newRow("the suffix alone") << u"cache.amazonaws.com"_s << u""_s << u""_s;
    QTest::newRow("a region alone") << u"use1.cache.amazonaws.com"_s << u""_s << u""_s;
    QTest::newRow("another service") << u"mybucket.s3.us-east-1.amazonaws.com"_s << u""_s << u""_s;
    QTest::newRow("IPv6") << u"[::1]:6379"_s << u""_s << u""_s;
}

void EndpointGuessTest::forms()
{
    QFETCH(QString, text);
    const EndpointGuess guess = guessText(text);
    QTEST(codeOf(guess), "code");
    QTEST(guess.id, "id");
    QVERIFY(!guess.reason.isEmpty());
}

void EndpointGuessTest::unknownRegionsStayEmpty()
{
    const QStringList names { u"clustercfg.orders.x1y2z3.use9.cache.amazonaws.com"_s,
        u"clustercfg.orders.x1y2z3.zzz1.cache.amazonaws.com"_s,
        u"clustercfg.orders.x1y2z3.cnn1.cache.amazonaws.com"_s,
        u"clustercfg.orders.x1y2z3.use1.cache.amazonaws.com.cn"_s };
    for (const QString& name : names) {
        const EndpointGuess guess = guessText(name);
        QCOMPARE(guess.kind, EndpointKind::Configuration);
        QCOMPARE(guess.tls, std::optional(true));
        QCOMPARE(guess.region, QString());
        QVERIFY2(guess.reason.contains(name.split(u'.').at(3)), qPrintable(guess.reason));
    }
    QCOMPARE(guessText(u"clustercfg.o.x1y2z3.memorydb.nowhere.amazonaws.com"_s).region, QString());
}

void EndpointGuessTest::memcachedIsRefused()
{
    const EndpointGuess configuration
        = guessText(u"orders.x1y2z3.cfg.use1.cache.amazonaws.com:11211"_s);
    QVERIFY(configuration.isRefused());
    QVERIFY(!configuration.tls.has_value());
    QVERIFY(configuration.reason.contains(u"Memcached"_s));
    // Its nodes are told only by their port.
    QVERIFY(guessText(u"orders.x1y2z3.0001.use1.cache.amazonaws.com:11211"_s).isRefused());
    QVERIFY(!guessText(u"orders.x1y2z3.0001.use1.cache.amazonaws.com:6379"_s).isRefused());
}

void EndpointGuessTest::reasonsSayWhatWouldBeSeen()
{
    const QStringList oneShardOnly { u"master.orders.x1y2z3.use1.cache.amazonaws.com"_s,
        u"replica.orders.x1y2z3.use1.cache.amazonaws.com"_s,
        u"orders.x1y2z3.ng.0001.use1.cache.amazonaws.com"_s,
        u"orders-ro.x1y2z3.ng.0001.use1.cache.amazonaws.com"_s };
    for (const QString& name : oneShardOnly)
        QVERIFY2(guessText(name).reason.contains(u"one shard only"_s), qPrintable(name));
    const EndpointGuess ambiguous = guessText(u"redis-001.x1y2z3.0001.use1.cache.amazonaws.com"_s);
    QVERIFY(!ambiguous.certain);
    QVERIFY(ambiguous.reason.contains(u"probably"_s));
}

void EndpointGuessTest::json()
{
    const QJsonObject configuration
        = toJson(guessText(u"clustercfg.orders.x1y2z3.use1.cache.amazonaws.com"_s));
    QCOMPARE(configuration.value(u"provider"_s), QJsonValue(u"elasticache"_s));
    QCOMPARE(configuration.value(u"kind"_s), QJsonValue(u"configuration"_s));
    QCOMPARE(configuration.value(u"tls"_s), QJsonValue(true));
    QCOMPARE(configuration.value(u"region"_s), QJsonValue(u"us-east-1"_s));
    QCOMPARE(configuration.value(u"id"_s), QJsonValue(u"orders"_s));
    QVERIFY(configuration.value(u"shard"_s).isNull());
    QVERIFY(configuration.value(u"node"_s).isNull());
    QVERIFY(configuration.value(u"reason"_s).isString());

    const QJsonObject unknown = toJson(guessText(u"127.0.0.1:6379"_s));
    QCOMPARE(unknown.keys(), configuration.keys());
    for (const QString& key : unknown.keys())
        QCOMPARE(unknown.value(key).isNull(), key != u"reason"_s);
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::EndpointGuessTest)
#include "tst_endpointguess.moc"
