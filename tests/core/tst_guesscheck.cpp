// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/doctor/guesscheck.h"

#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using namespace cluster;
using doctor::checkGuess;
using doctor::GuessCheck;
using doctor::GuessFinding;
using About = GuessFinding::About;
using Outcome = GuessFinding::Outcome;
using profile::guessEndpoint;

namespace {

const QString configuration = u"clustercfg.orders.x1y2z3.use1.cache.amazonaws.com"_s;
const QString node = u"orders-0001-001.orders.x1y2z3.use1.cache.amazonaws.com"_s;
const QString primary = u"master.orders.x1y2z3.use1.cache.amazonaws.com"_s;
const QString reader = u"replica.orders.x1y2z3.use1.cache.amazonaws.com"_s;
const QString serverless = u"orders-x1y2z3.serverless.use1.cache.amazonaws.com"_s;

/// A server that was reached by this name.
TopologyData reached(const QString& host, Kind kind)
{
    TopologyData data;
    data.capturedAt = QDateTime::currentDateTimeUtc();
    data.seed = { host, 6379 };
    data.kind = kind;
    data.os = u"Linux 6.1.0 x86_64"_s;
    return data;
}

Topology single(const QString& host, Role role)
{
    TopologyData data = reached(host, Kind::Standalone);
    Node server;
    server.address = data.seed;
    server.port = 6379;
    server.role = role;
    server.myself = true;
    data.nodes.append(server);
    return Topology::build(std::move(data));
}

/// `hosts`: what the nodes announce; the first one answers. Each owns an equal part.
Topology clusterOf(const QString& host, const QStringList& hosts, bool asNames = true)
{
    TopologyData data = reached(host, Kind::Cluster);
    const int count = static_cast<int>(hosts.size());
    for (int i = 0; i < count; ++i) {
        Node one;
        one.id = NodeId(QByteArray(40, static_cast<char>('1' + i)));
        one.address = { hosts.at(i), 6379 };
        if (asNames)
            one.hostname = hosts.at(i);
        one.port = 6379;
        one.role = Role::Primary;
        one.myself = i == 0;
        one.ranges = { { Slot(i * Slot::count / count), Slot((i + 1) * Slot::count / count - 1) } };
        data.nodes.append(one);
    }
    data.answeredBy = data.nodes.first().id;
    return Topology::build(std::move(data));
}

QString nodeName(int shard, const QString& id = u"orders"_s)
{
    return u"%1-000%2-001.%1.x1y2z3.use1.cache.amazonaws.com"_s.arg(id).arg(shard);
}

QStringList nodeNames(const QString& id = u"orders"_s)
{
    return { nodeName(1, id), nodeName(2, id), nodeName(3, id) };
}

GuessFinding findingOf(const GuessCheck& check, About about)
{
    for (const GuessFinding& finding : check) {
        if (finding.about == about)
            return finding;
    }
    return { about, Outcome::NotTold, u"(no finding)"_s };
}

} // namespace

class TestGuessCheck final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void allIsRight();
    void noClusterBehindAClustersName();
    void kinds_data();
    void kinds();
    void tls();
    void theServiceSaysSo();
    void anotherClusterAnswers();
    void addressesTellNothing();
    void anotherNodeAnswers();
    void nothingToVerify();
    void hostileNames();
    void json();
};

void TestGuessCheck::allIsRight()
{
    const auto check = checkGuess(
        guessEndpoint({ configuration, 6379 }), clusterOf(configuration, nodeNames()), true);
    QCOMPARE(doctor::outcomeOf(check), Outcome::Confirmed);
    QCOMPARE(doctor::headlineOf(check),
        u"The name looks like a cluster's configuration endpoint; the server confirms it: it is a "
        "cluster (cluster_enabled:1, 3 shards)."_s);
    QCOMPARE(findingOf(check, About::Tls).outcome, Outcome::Confirmed);
    QCOMPARE(findingOf(check, About::Place).sentence,
        u"3 nodes announce names with the cluster's id orders and the region us-east-1."_s);
    QCOMPARE(findingOf(check, About::Service).outcome, Outcome::NotTold);
    QCOMPARE(doctor::sentencesOf(check).size(), check.size());
}

void TestGuessCheck::noClusterBehindAClustersName()
{
    const auto check = checkGuess(
        guessEndpoint({ configuration, 6379 }), single(configuration, Role::Primary), true);
    QCOMPARE(doctor::outcomeOf(check), Outcome::Otherwise);
    QCOMPARE(doctor::headlineOf(check),
        u"The name looks like a cluster's configuration endpoint, but the server is a single "
        "server (cluster_enabled:0)."_s);
}

void TestGuessCheck::kinds_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<Topology>("topology");
    QTest::addColumn<bool>("fits");
    QTest::addColumn<QString>("says");
    const auto row
        = [](const char* title, const QString& name, const Topology& topology, bool fits,
              const QString& says) { QTest::newRow(title) << name << topology << fits << says; };
    const QStringList one { nodeName(1) };
    row("serverless", serverless, clusterOf(serverless, { serverless }), true, u"1 shard)"_s);
    row("serverless, a server", serverless, single(serverless, Role::Primary), false, u"single"_s);
    row("a node of a shard", node, clusterOf(node, nodeNames()), true, u"a node of a cluster"_s);
    row("a node of no shard", node, single(node, Role::Primary), false, u"single"_s);
    row("primary", primary, single(primary, Role::Primary), true, u", a primary"_s);
    row("primary, a replica", primary, single(primary, Role::Replica), false, u", a replica"_s);
    row("primary, role not told", primary, single(primary, Role::Unknown), true, u"single"_s);
    row("primary, one shard", primary, clusterOf(primary, one), true, u"1 shard), a primary"_s);
    row("primary, shards", primary, clusterOf(primary, nodeNames()), false, u"3 shards"_s);
    row("reader", reader, single(reader, Role::Replica), true, u", a replica"_s);
    row("reader, a primary", reader, single(reader, Role::Primary), false, u", a primary"_s);
    row("sentinel", configuration, Topology::build(reached(configuration, Kind::Sentinel)), false,
        u"is a sentinel"_s);
    row("no permission", configuration, Topology::build(reached(configuration, Kind::Cluster)),
        true, u"a cluster (cluster_enabled:1)."_s);
}

void TestGuessCheck::kinds()
{
    QFETCH(QString, name);
    QFETCH(Topology, topology);
    QFETCH(bool, fits);
    QFETCH(QString, says);
    const GuessFinding kind
        = findingOf(checkGuess(guessEndpoint({ name, 6379 }), topology, true), About::Kind);
    QCOMPARE(kind.outcome, fits ? Outcome::Confirmed : Outcome::Otherwise);
    QVERIFY2(kind.sentence.contains(says), qPrintable(kind.sentence));
}

void TestGuessCheck::tls()
{
    const QString plain = u"orders.x1y2z3.clustercfg.use1.cache.amazonaws.com"_s;
    const auto outcome = [](const QString& name, bool tls) {
        return findingOf(
            checkGuess(guessEndpoint({ name, 6379 }), clusterOf(name, nodeNames()), tls),
            About::Tls)
            .outcome;
    };
    QCOMPARE(outcome(configuration, true), Outcome::Confirmed);
    QCOMPARE(outcome(configuration, false), Outcome::Otherwise);
    QCOMPARE(outcome(plain, false), Outcome::Confirmed);
    QCOMPARE(outcome(plain, true), Outcome::Otherwise);
}

void TestGuessCheck::theServiceSaysSo()
{
    TopologyData data = clusterOf(configuration, nodeNames()).data();
    data.os = u"Amazon ElastiCache"_s;
    const auto check
        = checkGuess(guessEndpoint({ configuration, 6379 }), Topology::build(data), true);
    QCOMPARE(findingOf(check, About::Service).outcome, Outcome::Confirmed);
    QVERIFY(findingOf(check, About::Service).sentence.contains(u"os:Amazon ElastiCache"_s));
}

void TestGuessCheck::anotherClusterAnswers()
{
    const auto check = checkGuess(guessEndpoint({ configuration, 6379 }),
        clusterOf(configuration, nodeNames(u"payments"_s)), true);
    QCOMPARE(doctor::outcomeOf(check), Outcome::Otherwise);
    QVERIFY(doctor::headlineOf(check).contains(nodeName(1, u"payments"_s)));
}

void TestGuessCheck::addressesTellNothing()
{
    const auto placeOf = [](const Topology& topology) {
        return findingOf(
            checkGuess(guessEndpoint({ configuration, 6379 }), topology, true), About::Place);
    };
    const GuessFinding place
        = placeOf(clusterOf(configuration, { u"10.0.0.1"_s, u"10.0.0.2"_s, u"10.0.0.3"_s }, false));
    QCOMPARE(place.outcome, Outcome::NotTold);
    QVERIFY(place.sentence.startsWith(u"Only the name says"_s));
    // A node that announces nothing is called by what was typed, which proves nothing.
    QCOMPARE(placeOf(clusterOf(configuration, { configuration }, false)).outcome, Outcome::NotTold);
    QCOMPARE(
        placeOf(clusterOf(configuration, { configuration }, true)).outcome, Outcome::Confirmed);
}

void TestGuessCheck::anotherNodeAnswers()
{
    const auto nodeFinding = [](const QStringList& announced) {
        return findingOf(
            checkGuess(guessEndpoint({ node, 6379 }), clusterOf(node, announced), true),
            About::Node);
    };
    QCOMPARE(nodeFinding(nodeNames()).outcome, Outcome::Confirmed);
    const GuessFinding other = nodeFinding({ nodeName(2), nodeName(1) });
    QCOMPARE(other.outcome, Outcome::Otherwise);
    QVERIFY(other.sentence.contains(nodeName(2)));
}

void TestGuessCheck::nothingToVerify()
{
    const auto topology = clusterOf(u"redis.internal"_s, nodeNames());
    QVERIFY(checkGuess(guessEndpoint({ u"redis.internal"_s, 6379 }), topology, true).isEmpty());
    // Nothing was asked yet; and who is refused is not asked.
    QVERIFY(checkGuess(guessEndpoint({ configuration, 6379 }), Topology(), true).isEmpty());
    const QString memcached = u"orders.x1y2z3.cfg.use1.cache.amazonaws.com"_s;
    QVERIFY(checkGuess(guessEndpoint({ memcached, 11211 }), topology, true).isEmpty());
    QCOMPARE(doctor::outcomeOf({}), Outcome::NotTold);
    QVERIFY(doctor::headlineOf({}).isEmpty());
}

void TestGuessCheck::hostileNames()
{
    TopologyData data = clusterOf(configuration, nodeNames()).data();
    data.os = u"<b>%1 %2"_s;
    data.nodes[1].hostname = u"pay-0001-001.pay.x1y2z3.use1.cache.amazonaws.com"_s;
    data.nodes[2].hostname = u"%1\x1b[2J<img src=x>"_s;
    const auto check
        = checkGuess(guessEndpoint({ configuration, 6379 }), Topology::build(data), true);
    for (const QString& sentence : doctor::sentencesOf(check))
        QVERIFY2(!sentence.contains(u'\x1b'), qPrintable(sentence));
    QVERIFY(findingOf(check, About::Service).sentence.contains(u"(os:<b>%1 %2)"_s));
    QCOMPARE(findingOf(check, About::Place).outcome, Outcome::Otherwise);
}

void TestGuessCheck::json()
{
    const auto guess = guessEndpoint({ configuration, 6379 });
    const auto object
        = doctor::toJson(guess, checkGuess(guess, single(configuration, Role::Primary), true));
    QCOMPARE(object.value(u"kind"_s).toString(), u"configuration"_s);
    const QJsonArray verified = object.value(u"verified"_s).toArray();
    QCOMPARE(verified.first().toObject().value(u"about"_s).toString(), u"kind"_s);
    QCOMPARE(verified.first().toObject().value(u"outcome"_s).toString(), u"otherwise"_s);
    QCOMPARE(verified.at(1).toObject().value(u"outcome"_s).toString(), u"confirmed"_s);
    QCOMPARE(verified.at(2).toObject().value(u"outcome"_s).toString(), u"not_told"_s);
    QVERIFY(doctor::toJson(guess, {}).value(u"verified"_s).isNull());
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::TestGuessCheck)
#include "tst_guesscheck.moc"
