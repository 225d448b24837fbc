// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/explain/codestring.h"
#include "core/net/addressmap.h"
#include "core/net/unreached.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace slotscope;
using net::AddressOutcome;
using net::Endpoint;
using net::WayProposal;
using net::WhyUnreached;
using support::Error;
using support::ErrorCode;
using Kind = WayProposal::Kind;

namespace {

Endpoint at(const QString& text)
{
    const auto endpoint = Endpoint::parse(text);
    return endpoint ? *endpoint : Endpoint();
}

AddressOutcome answered(const QString& address)
{
    return { at(address), {}, std::nullopt };
}

AddressOutcome failed(const QString& address, ErrorCode code)
{
    return { at(address), {}, Error { code, {}, address } };
}

net::WayTaken from(const QString& typed, const QString& dialled = {}, const QString& announced = {})
{
    net::WayTaken way { at(typed), at(dialled.isEmpty() ? typed : dialled), {}, net::Way::Direct };
    if (!announced.isEmpty())
        way.announced = at(announced);
    return way;
}

QList<Kind> kindsOf(const net::Unreached& unreached)
{
    QList<Kind> kinds;
    for (const WayProposal& proposal : unreached.proposals)
        kinds.append(proposal.kind);
    return kinds;
}

} // namespace

class TestUnreached : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void everythingAnswers();
    void why_data();
    void why();
    void proposesWhatMayWork_data();
    void proposesWhatMayWork();
    void proposedRulesLeadToTheSeed();
    void behindATunnel();
    void largestGroupFirst();
};

void TestUnreached::everythingAnswers()
{
    const auto result = net::judge(from(u"h:1"_s), { answered(u"10.0.0.1:1"_s) });
    QCOMPARE(result.asked, 1);
    QCOMPARE(result.failed, 0);
    QVERIFY(net::sentencesOf(result).isEmpty());
    QVERIFY(net::proposalsOf(result).isEmpty());
}

void TestUnreached::why_data()
{
    QTest::addColumn<QString>("dialled");
    QTest::addColumn<QString>("address");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<WhyUnreached>("why");
    const auto row
        = [](const char* name, const QString& dialled, const QString& address, ErrorCode code,
              WhyUnreached why) { QTest::newRow(name) << dialled << address << code << why; };
    const auto refused = ErrorCode::ConnectionRefused;
    const auto timeout = ErrorCode::ConnectTimeout;
    row("loopback from outside", u"192.0.2.1:7000"_s, u"127.0.0.1:7000"_s, refused,
        WhyUnreached::Loopback);
    row("loopback from here", u"127.0.0.1:7000"_s, u"127.0.0.1:7001"_s, refused,
        WhyUnreached::Refused);
    row("private from outside", u"192.0.2.1:7000"_s, u"10.0.0.1:7000"_s, timeout,
        WhyUnreached::PrivateNetwork);
    row("private behind a forwarded port", u"127.0.0.1:7000"_s, u"172.18.0.2:7000"_s, timeout,
        WhyUnreached::PrivateNetwork);
    row("private, no route", u"127.0.0.1:7000"_s, u"172.18.0.2:7000"_s, ErrorCode::ConnectFailed,
        WhyUnreached::PrivateNetwork);
    row("private from the same network", u"10.0.0.2:7000"_s, u"10.0.0.1:7000"_s, timeout,
        WhyUnreached::Silent);
    row("container", u"127.0.0.1:7000"_s, u"redis-2:6379"_s, ErrorCode::ResolveFailed,
        WhyUnreached::ContainerName);
    row("name", u"127.0.0.1:7000"_s, u"n2.orders.internal:6379"_s, ErrorCode::ResolveFailed,
        WhyUnreached::UnknownName);
    row("public", u"192.0.2.1:7000"_s, u"192.0.2.2:7000"_s, refused, WhyUnreached::Refused);
    row("public, silent", u"192.0.2.1:7000"_s, u"192.0.2.2:7000"_s, ErrorCode::NoReply,
        WhyUnreached::Silent);
    row("another node", u"192.0.2.1:7000"_s, u"10.0.0.1:7000"_s, ErrorCode::WrongNode,
        WhyUnreached::WrongNode);
    row("far end", u"192.0.2.1:7000"_s, u"10.0.0.1:7000"_s, ErrorCode::ProxyRefused,
        WhyUnreached::FarEnd);
    row("password", u"192.0.2.1:7000"_s, u"192.0.2.2:7000"_s, ErrorCode::AuthFailed,
        WhyUnreached::Other);
}

void TestUnreached::why()
{
    QFETCH(QString, dialled);
    QFETCH(QString, address);
    QFETCH(ErrorCode, code);
    QFETCH(WhyUnreached, why);
    const auto result
        = net::judge(from(u"h:7000"_s, dialled), { answered(u"h:7000"_s), failed(address, code) });
    QCOMPARE(result.failed, 1);
    QCOMPARE(result.groups.size(), 1);
    QCOMPARE(result.groups[0].why, why);
    QCOMPARE(result.groups[0].addresses, QList { at(address) });
    const QStringList sentences = net::sentencesOf(result);
    QCOMPARE(sentences.size(), 2);
    QCOMPARE(sentences[0], u"1 of 2 nodes cannot be reached from here."_s);
    QVERIFY2(sentences[1].startsWith(address), qPrintable(sentences[1]));
    QVERIFY(sentences[1].endsWith(u'.'));
}

void TestUnreached::proposesWhatMayWork_data()
{
    QTest::addColumn<net::WayTaken>("way");
    QTest::addColumn<QStringList>("silent"); // all of them private, or names
    QTest::addColumn<QStringList>("rules"); // empty: no map
    QTest::newRow("published ports")
        << from(u"docker.example:7000"_s, u"192.0.2.1:7000"_s, u"172.18.0.2:7000"_s)
        << QStringList { u"172.18.0.3:7001"_s, u"172.18.0.4:7002"_s }
        << QStringList { u"172.18.0.3=@seed"_s, u"172.18.0.4=@seed"_s };
    QTest::newRow("one host") << from(u"docker.example:7000"_s, u"192.0.2.1:7000"_s)
                              << QStringList { u"127.0.0.1:7001"_s, u"127.0.0.1:7002"_s }
                              << QStringList { u"127.0.0.1=@seed"_s };
    QTest::newRow("published as other ports")
        << from(u"localhost:17000"_s, u"127.0.0.1:17000"_s, u"172.18.0.2:7000"_s)
        << QStringList { u"172.18.0.2:7001"_s, u"172.18.0.2:7005"_s }
        << QStringList { u"172.18.0.2:7001-7005=@seed:17001-17005"_s };
    QTest::newRow("many hosts") << from(u"docker.example:7000"_s, u"192.0.2.1:7000"_s)
                                << QStringList { u"10.0.0.1:7001"_s, u"10.0.0.2:7002"_s,
                                       u"10.0.0.3:7003"_s, u"10.0.0.4:7004"_s, u"10.0.0.5:7005"_s }
                                << QStringList { u"*=@seed"_s };
    QTest::newRow("one port for all")
        << from(u"localhost:6379"_s, u"127.0.0.1:6379"_s, u"10.0.0.1:6379"_s)
        << QStringList { u"10.0.0.2:6379"_s, u"10.0.0.3:6379"_s } << QStringList();
    QTest::newRow("the seed's own port again")
        << from(u"localhost:6379"_s, u"127.0.0.1:6379"_s, u"10.0.0.1:6379"_s)
        << QStringList { u"10.0.0.2:6379"_s } << QStringList();
}

void TestUnreached::proposesWhatMayWork()
{
    QFETCH(net::WayTaken, way);
    QFETCH(QStringList, silent);
    QFETCH(QStringList, rules);
    QList<AddressOutcome> outcomes;
    for (const QString& address : silent)
        outcomes.append(failed(address, ErrorCode::ConnectTimeout));
    const auto result = net::judge(way, outcomes);
    const QList<Kind> kinds = kindsOf(result);
    if (rules.isEmpty()) {
        QCOMPARE(kinds, (QList { Kind::Ssh, Kind::Socks }));
    } else {
        QCOMPARE(kinds, (QList { Kind::Map, Kind::Ssh, Kind::Socks }));
        QCOMPARE(result.proposals[0].rules, rules);
        QVERIFY(net::proposalsOf(result)[0].contains(
            u"--map "_s + explain::codeString(explain::CodeLanguage::Shell, rules[0])));
    }
    QCOMPARE(net::proposalsOf(result).size(), kinds.size());
}

void TestUnreached::proposedRulesLeadToTheSeed()
{
    const auto way = from(u"localhost:17000"_s, u"127.0.0.1:17000"_s, u"172.18.0.2:7000"_s);
    const auto result = net::judge(way,
        { failed(u"172.18.0.2:7001"_s, ErrorCode::ConnectTimeout),
            failed(u"172.18.0.2:7003"_s, ErrorCode::ConnectTimeout) });
    net::AddressMap map;
    for (const QString& rule : result.proposals[0].rules)
        QVERIFY(map.addRule(rule).hasValue());
    map.setSeedHost(way.typed.host);
    QCOMPARE(map.toDialled(at(u"172.18.0.2:7003"_s)), at(u"localhost:17003"_s));
}

void TestUnreached::behindATunnel()
{
    net::WayTaken way = from(u"h:6379"_s);
    way.way = net::Way::Ssh;
    const auto result = net::judge(way, { failed(u"10.0.0.1:6379"_s, ErrorCode::ProxyRefused) });
    QCOMPARE(result.groups[0].why, WhyUnreached::FarEnd);
    QVERIFY(result.proposals.isEmpty());
}

void TestUnreached::largestGroupFirst()
{
    const auto result = net::judge(from(u"192.0.2.1:1"_s),
        { failed(u"192.0.2.2:1"_s, ErrorCode::ConnectionRefused),
            failed(u"10.0.0.1:1"_s, ErrorCode::ConnectTimeout),
            failed(u"10.0.0.2:1"_s, ErrorCode::ConnectTimeout), answered(u"192.0.2.1:1"_s) });
    QCOMPARE(result.groups.size(), 2);
    QCOMPARE(result.groups[0].why, WhyUnreached::PrivateNetwork);
    QCOMPARE(net::sentencesOf(result)[0], u"3 of 4 nodes cannot be reached from here."_s);
}

Q_DECLARE_METATYPE(net::WayTaken)
Q_DECLARE_METATYPE(net::WhyUnreached)

QTEST_GUILESS_MAIN(TestUnreached)
#include "tst_unreached.moc"
