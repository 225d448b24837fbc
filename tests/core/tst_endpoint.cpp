// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/net/addressmap.h"
#include "core/net/reach.h"
#include "core/net/typedendpoint.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace slotscope;
using net::AddressMap;
using net::Endpoint;

class TestEndpoint : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void parses_data();
    void parses();
    void refuses_data();
    void refuses();
    void parsesWithDefaultPort();
    void knowsWhatCanBeDialled();
    void reaches_data();
    void reaches();

    void readsWhatUsersType_data();
    void readsWhatUsersType();
    void readsCredentials_data();
    void readsCredentials();
    void refusesGarbage_data();
    void refusesGarbage();
    void neverRepeatsAPassword_data();
    void neverRepeatsAPassword();

    void mapsAddresses_data();
    void mapsAddresses();
    void refusesBadRules_data();
    void refusesBadRules();
    void writesItsRules();
};

void TestEndpoint::reaches_data()
{
    using net::Reach;
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("reach");
    const auto row = [](const QString& host, Reach reach) {
        QTest::addRow("%s", qPrintable(host)) << host << static_cast<int>(reach);
    };
    for (const QString& host : { u"node.example"_s, u"?"_s, u"10.0.0.1.example"_s, QString() })
        row(host, Reach::Name);
    for (const QString& host :
        { u"127.0.0.1"_s, u"127.9.9.9"_s, u"::1"_s, u"::ffff:127.0.0.1"_s, u"0.0.0.0"_s, u"::"_s })
        row(host, Reach::Loopback);
    for (const QString& host : { u"10.1.2.3"_s, u"172.16.0.1"_s, u"172.31.255.255"_s,
             u"192.168.1.1"_s, u"169.254.1.1"_s, u"100.64.0.1"_s, u"100.127.255.255"_s,
             u"fd00::1"_s, u"fe80::1"_s, u"::ffff:10.0.0.1"_s })
        row(host, Reach::Private);
    for (const QString& host : { u"8.8.8.8"_s, u"172.32.0.1"_s, u"100.128.0.1"_s, u"192.169.0.1"_s,
             u"2001:db8::1"_s, u"::ffff:8.8.8.8"_s })
        row(host, Reach::Public);
}

void TestEndpoint::reaches()
{
    QFETCH(const QString, host);
    QFETCH(const int, reach);
    QCOMPARE(static_cast<int>(net::reachOf(host)), reach);
}

void TestEndpoint::parses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("port");
    QTest::addColumn<QString>("written");
    QTest::newRow("name") << u"n1.example:7000"_s << u"n1.example"_s << 7000
                          << u"n1.example:7000"_s;
    QTest::newRow("ipv4") << u"10.0.0.1:6379"_s << u"10.0.0.1"_s << 6379 << u"10.0.0.1:6379"_s;
    QTest::newRow("ipv6") << u"[::1]:7000"_s << u"::1"_s << 7000 << u"[::1]:7000"_s;
    QTest::newRow("ipv6 as servers print it")
        << u"2001:db8::5:7000"_s << u"2001:db8::5"_s << 7000 << u"[2001:db8::5]:7000"_s;
    QTest::newRow("empty host") << u":7000"_s << QString() << 7000 << u":7000"_s;
    QTest::newRow("unknown host") << u"?:7000"_s << u"?"_s << 7000 << u"?:7000"_s;
    QTest::newRow("noaddr") << u":0"_s << QString() << 0 << u":0"_s;
    QTest::newRow("largest port") << u"h:65535"_s << u"h"_s << 65535 << u"h:65535"_s;
}

void TestEndpoint::parses()
{
    QFETCH(QString, text);
    QFETCH(QString, host);
    QFETCH(int, port);
    QFETCH(QString, written);
    const auto endpoint = Endpoint::parse(text);
    QVERIFY2(endpoint, qPrintable(endpoint ? QString() : endpoint.error().detail));
    QCOMPARE(endpoint->host, host);
    QCOMPARE(int(endpoint->port), port);
    QCOMPARE(endpoint->toString(), written);
    QCOMPARE(*Endpoint::parse(written), *endpoint);
}

void TestEndpoint::refuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QString();
    QTest::newRow("no port") << u"host"_s;
    QTest::newRow("empty port") << u"host:"_s;
    QTest::newRow("port too large") << u"host:65536"_s;
    QTest::newRow("port of six digits") << u"host:000001"_s;
    QTest::newRow("signed port") << u"host:+1"_s;
    QTest::newRow("port with a bus port") << u"host:7000@17000"_s;
    QTest::newRow("port in other digits") << u"host:\u0661"_s;
    QTest::newRow("blank") << u"ho st:7000"_s;
    QTest::newRow("line break") << u"host\n:7000"_s;
    QTest::newRow("bracket left open") << u"[::1:7000"_s;
    QTest::newRow("name in brackets") << u"[host]:7000"_s;
    QTest::newRow("nothing after the bracket's colon") << u"[::1]:"_s;
    QTest::newRow("text after the bracket") << u"[::1]7000"_s;
    QTest::newRow("two colons and no ipv6") << u"a:b:7000"_s;
    QTest::newRow("endless name") << QString(300, u'a') + u":1"_s;
}

void TestEndpoint::refuses()
{
    QFETCH(QString, text);
    const auto endpoint = Endpoint::parse(text);
    QVERIFY(!endpoint);
    QCOMPARE(endpoint.error().code, support::ErrorCode::InvalidInput);
}

void TestEndpoint::parsesWithDefaultPort()
{
    QCOMPARE(*Endpoint::parse(u"host", 6379), (Endpoint { u"host"_s, 6379 }));
    QCOMPARE(*Endpoint::parse(u"host:7000", 6379), (Endpoint { u"host"_s, 7000 }));
    QCOMPARE(*Endpoint::parse(u"::1", 6379), (Endpoint { u"::1"_s, 6379 }));
    QCOMPARE(*Endpoint::parse(u"[::1]", 6379), (Endpoint { u"::1"_s, 6379 }));
    QVERIFY(!Endpoint::parse(u"host:", 6379));
}

void TestEndpoint::knowsWhatCanBeDialled()
{
    QVERIFY((Endpoint { u"h"_s, 1 }).isDialable());
    QVERIFY(!(Endpoint { u"?"_s, 1 }).isDialable());
    QVERIFY(!(Endpoint { {}, 1 }).isDialable());
    QVERIFY(!(Endpoint { u"h"_s, 0 }).isDialable());
}

void TestEndpoint::readsWhatUsersType_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("endpoint");
    QTest::addColumn<bool>("tls");
    QTest::newRow("host") << u"redis.example"_s << u"redis.example:6379"_s << false;
    QTest::newRow("host and port") << u"localhost:7000"_s << u"localhost:7000"_s << false;
    QTest::newRow("blanks around") << u"  localhost:7000\n"_s << u"localhost:7000"_s << false;
    QTest::newRow("ipv4") << u"127.0.0.1"_s << u"127.0.0.1:6379"_s << false;
    QTest::newRow("ipv6") << u"2001:db8::1"_s << u"[2001:db8::1]:6379"_s << false;
    QTest::newRow("ipv6 in brackets") << u"[::1]"_s << u"[::1]:6379"_s << false;
    QTest::newRow("ipv6 and port") << u"[::1]:7000"_s << u"[::1]:7000"_s << false;
    QTest::newRow("final dot") << u"rg.abc123.euw1.cache.amazonaws.com."_s
                               << u"rg.abc123.euw1.cache.amazonaws.com.:6379"_s << false;
    QTest::newRow("underscore") << u"my_redis:1"_s << u"my_redis:1"_s << false;
    QTest::newRow("another script") << u"пример.example"_s << u"пример.example:6379"_s << false;
    QTest::newRow("redis url") << u"redis://h:7000"_s << u"h:7000"_s << false;
    QTest::newRow("url without port") << u"redis://h"_s << u"h:6379"_s << false;
    QTest::newRow("url with database") << u"redis://h:7000/3"_s << u"h:7000"_s << false;
    QTest::newRow("url with a database in its query")
        << u"redis://h:7000?x=1&db=3"_s << u"h:7000"_s << false;
    QTest::newRow("url with slash") << u"redis://h:7000/"_s << u"h:7000"_s << false;
    QTest::newRow("url with query") << u"redis://h:7000/0?a=b&c=d"_s << u"h:7000"_s << false;
    QTest::newRow("rediss") << u"rediss://h"_s << u"h:6379"_s << true;
    QTest::newRow("valkey") << u"valkey://h"_s << u"h:6379"_s << false;
    QTest::newRow("valkeys in capitals") << u"VALKEYS://h"_s << u"h:6379"_s << true;
    QTest::newRow("url with ipv6") << u"rediss://[::1]:7000/0"_s << u"[::1]:7000"_s << true;
}

void TestEndpoint::readsWhatUsersType()
{
    QFETCH(QString, text);
    QFETCH(QString, endpoint);
    QFETCH(bool, tls);
    const auto typed = net::parseTypedEndpoint(text);
    QVERIFY2(typed, qPrintable(typed ? QString() : typed.error().detail));
    QCOMPARE(typed->endpoint.toString(), endpoint);
    QCOMPARE(typed->tls, tls);
    QCOMPARE(typed->database, text.endsWith(u'3') ? 3 : 0);
    QVERIFY(typed->user.isEmpty());
    QVERIFY(!typed->password);
    if (!text.contains(u'?'))
        QCOMPARE(typed->typed, text.trimmed());
}

void TestEndpoint::readsCredentials_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("password");
    QTest::addColumn<QString>("typed");
    QTest::newRow("both") << u"redis://bob:secret@h:1/0"_s << u"bob"_s << u"secret"_s
                          << u"redis://bob:@h:1/0"_s;
    QTest::newRow("password") << u"redis://:secret@h:1"_s << QString() << u"secret"_s
                              << u"redis://h:1"_s;
    QTest::newRow("one word is a password, as for redis-cli")
        << u"redis://secret@h:1"_s << QString() << u"secret"_s << u"redis://h:1"_s;
    QTest::newRow("user without password")
        << u"redis://bob:@h:1"_s << u"bob"_s << QString() << u"redis://bob:@h:1"_s;
    QTest::newRow("percent") << u"redis://b%40b:%2Fs%C3%A4%25@h"_s << u"b@b"_s << u"/sä%"_s
                             << u"redis://b%40b:@h"_s;
    QTest::newRow("@ in the password")
        << u"redis://bob:a@b@h"_s << u"bob"_s << u"a@b"_s << u"redis://bob:@h"_s;
    QTest::newRow("colon in the password")
        << u"redis://bob:a:b@h"_s << u"bob"_s << u"a:b"_s << u"redis://bob:@h"_s;
    QTest::newRow("password in the query")
        << u"redis://bob:x@h?password=secret"_s << u"bob"_s << u"x"_s << u"redis://bob:@h"_s;
}

void TestEndpoint::readsCredentials()
{
    QFETCH(QString, text);
    QFETCH(QString, user);
    QFETCH(QString, password);
    QFETCH(QString, typed);
    const auto result = net::parseTypedEndpoint(text);
    QVERIFY2(result, qPrintable(result ? QString() : result.error().detail));
    QCOMPARE(result->user, user);
    QCOMPARE(result->password.has_value(), !password.isEmpty());
    QCOMPARE(result->password.value_or(QString()), password);
    QCOMPARE(result->typed, typed);
    QCOMPARE(result->endpoint.host, u"h"_s);
    // What is shown can be submitted again.
    const auto again = net::parseTypedEndpoint(result->typed);
    QVERIFY(again && again->user == user && !again->password);
}

void TestEndpoint::refusesGarbage_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QString();
    QTest::newRow("blanks") << u" \t "_s;
    QTest::newRow("a sentence") << u"hello world"_s;
    QTest::newRow("two lines") << u"h:1\nh:2"_s;
    QTest::newRow("http") << u"http://example.org/"_s;
    QTest::newRow("no scheme") << u"://h"_s;
    QTest::newRow("url without host") << u"redis://"_s;
    QTest::newRow("url with a port only") << u"redis://:7000"_s;
    QTest::newRow("port only") << u":7000"_s;
    QTest::newRow("a number") << u"6379"_s;
    QTest::newRow("three parts of an ipv4") << u"1.2.3"_s;
    QTest::newRow("ipv4 out of range") << u"1.2.3.256"_s;
    QTest::newRow("port 0") << u"h:0"_s;
    QTest::newRow("port too large") << u"h:65536"_s;
    QTest::newRow("port of letters") << u"h:abc"_s;
    QTest::newRow("signed port") << u"h:+7"_s;
    QTest::newRow("empty port") << u"h:"_s;
    QTest::newRow("user without a url") << u"bob@h:1"_s;
    QTest::newRow("path without a url") << u"h:1/0"_s;
    QTest::newRow("path is no number") << u"redis://h:1/db"_s;
    QTest::newRow("path is no small number") << u"redis://h:1/99999999999"_s;
    QTest::newRow("name in brackets") << u"[h]:1"_s;
    QTest::newRow("text after the brackets") << u"[::1]x"_s;
    QTest::newRow("many colons") << u"a:b:c"_s;
    QTest::newRow("quotes") << u"\"h:1\""_s;
    QTest::newRow("list") << u"h1:1,h2:2"_s;
    QTest::newRow("markup") << u"<b>h</b>"_s;
    QTest::newRow("empty label") << u"a..b"_s;
    QTest::newRow("option") << u"--help"_s;
    QTest::newRow("long label") << QString(64, u'a');
    QTest::newRow("endless") << QString(100'000, u'a');
    QTest::newRow("control character") << u"h\u0007"_s;
    QTest::newRow("right-to-left override") << u"a\u202eb"_s;
}

void TestEndpoint::refusesGarbage()
{
    QFETCH(QString, text);
    const auto result = net::parseTypedEndpoint(text);
    QVERIFY(!result);
    QCOMPARE(result.error().code, support::ErrorCode::InvalidInput);
    QVERIFY(!result.error().detail.isEmpty());
}

void TestEndpoint::neverRepeatsAPassword_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("slash in it") << u"redis://bob:hunter/2@h:1"_s;
    QTest::newRow("perhaps one in the query") << u"redis://h:1/0?a=hunter@2"_s;
    QTest::newRow("hash in it") << u"redis://bob:hunter#2@h:1"_s;
    QTest::newRow("question mark in it") << u"redis://hunter?2@h:1"_s;
    QTest::newRow("no scheme") << u"bob:hunter2@h:1"_s;
    QTest::newRow("other scheme") << u"http://bob:hunter2@h:1"_s;
    QTest::newRow("bad host") << u"redis://bob:hunter2@h!:1"_s;
    QTest::newRow("bad port") << u"redis://bob:hunter2@h:x"_s;
    QTest::newRow("bad database") << u"redis://bob:hunter2@h:1/x"_s;
    QTest::newRow("blank in it") << u"redis://bob:hunter 2@h:1"_s;
}

void TestEndpoint::neverRepeatsAPassword()
{
    QFETCH(QString, text);
    const auto result = net::parseTypedEndpoint(text);
    QVERIFY(!result);
    QVERIFY2(!result.error().detail.contains(u"hunter"_s), qPrintable(result.error().detail));
}

void TestEndpoint::mapsAddresses_data()
{
    QTest::addColumn<QStringList>("rules");
    QTest::addColumn<QString>("announced");
    QTest::addColumn<QString>("dialled");
    const QStringList both { u"10.0.0.1=127.0.0.1"_s, u"10.0.0.1:7001=127.0.0.1:17001"_s };
    QTest::newRow("no rule") << QStringList() << u"h:1"_s << u"h:1"_s;
    QTest::newRow("other host") << both << u"10.0.0.2:7001"_s << u"10.0.0.2:7001"_s;
    QTest::newRow("host keeps its port") << both << u"10.0.0.1:7000"_s << u"127.0.0.1:7000"_s;
    QTest::newRow("a port goes first") << both << u"10.0.0.1:7001"_s << u"127.0.0.1:17001"_s;
    QTest::newRow("the first of two") << QStringList { u"a=b"_s, u"a=c"_s } << u"a:1"_s << u"b:1"_s;
    QTest::newRow("names without regard to case")
        << QStringList { u"Node.Example=localhost"_s } << u"node.example:1"_s << u"localhost:1"_s;
    QTest::newRow("ipv6 in another spelling")
        << QStringList { u"[2001:db8::1]:7=h:8"_s } << u"[2001:db8:0::1]:7"_s << u"h:8"_s;
    QTest::newRow("bare ipv6") << QStringList { u"2001:db8::1=::1"_s } << u"[2001:db8::1]:7"_s
                               << u"[::1]:7"_s;
    QTest::newRow("port 65535") << QStringList { u"a:65535=b:1"_s } << u"a:65535"_s << u"b:1"_s;
    QTest::newRow("only once") << QStringList { u"a=b"_s, u"b=c"_s } << u"a:1"_s << u"b:1"_s;
    QTest::newRow("any text") << QStringList { u"10.0.1.*=bastion"_s } << u"10.0.1.7:1"_s
                              << u"bastion:1"_s;
    QTest::newRow("no such text") << QStringList { u"10.0.1.*=bastion"_s } << u"10.0.2.7:1"_s
                                  << u"10.0.2.7:1"_s;
    QTest::newRow("text again") << QStringList { u"*.Internal=n-*.example"_s }
                                << u"a.b.internal:1"_s << u"n-a.b.example:1"_s;
    QTest::newRow("text overlaps") << QStringList { u"aa*aa=b"_s } << u"aaa:1"_s << u"aaa:1"_s;
    QTest::newRow("subnet") << QStringList { u"10.0.0.0/8=h"_s } << u"10.255.0.1:1"_s << u"h:1"_s;
    QTest::newRow("outside") << QStringList { u"10.0.0.0/8=h"_s } << u"11.0.0.1:1"_s
                             << u"11.0.0.1:1"_s;
    QTest::newRow("subnet, a name") << QStringList { u"10.0.0.0/8=h"_s } << u"n:1"_s << u"n:1"_s;
    QTest::newRow("subnet with a port")
        << QStringList { u"10.0.0.0/8:7=h:8"_s } << u"10.0.0.1:7"_s << u"h:8"_s;
    QTest::newRow("IPv6 subnet") << QStringList { u"fd00::/8=h"_s } << u"[fd12::1]:1"_s << u"h:1"_s;
    QTest::newRow("range") << QStringList { u"a:7000-7005=b:17000-17005"_s } << u"a:7003"_s
                           << u"b:17003"_s;
    QTest::newRow("beyond the range")
        << QStringList { u"a:7000-7005=b:17000-17005"_s } << u"a:7006"_s << u"a:7006"_s;
    QTest::newRow("seed's host") << QStringList { u"*=@seed"_s } << u"10.0.0.1:7"_s
                                 << u"typed.example:7"_s;
    QTest::newRow("host before pattern")
        << QStringList { u"*:1=x:1"_s, u"*=x"_s, u"a=b"_s } << u"a:1"_s << u"b:1"_s;
    QTest::newRow("pattern with a port before one without")
        << QStringList { u"*=x"_s, u"*:1=y:2"_s } << u"a:1"_s << u"y:2"_s;
    QTest::newRow("noaddr") << QStringList { u"a=b"_s } << u":0"_s << u":0"_s;
}

void TestEndpoint::mapsAddresses()
{
    QFETCH(QStringList, rules);
    QFETCH(QString, announced);
    QFETCH(QString, dialled);
    AddressMap map;
    for (const QString& rule : std::as_const(rules))
        QVERIFY(map.addRule(rule));
    map.setSeedHost(u"typed.example"_s);
    QCOMPARE(map.toDialled(*Endpoint::parse(announced)).toString(), dialled);
}

void TestEndpoint::refusesBadRules_data()
{
    QTest::addColumn<QString>("rule");
    for (const QString& rule :
        { u""_s, u"a"_s, u"="_s, u"a="_s, u"=b"_s, u"a=b=c"_s, u"a:1=b"_s, u"a=b:1"_s, u"a:x=b:1"_s,
            u"a:0=b:1"_s, u"a:1=b:0"_s, u"?=b"_s, u"a=*"_s, u"*a*=b"_s, u"@seed=a"_s, u"@other=a"_s,
            u"a=@other"_s, u"a=10.0.0.0/8"_s, u"10.0.0.0/99=a"_s, u"a:1-2=b:1-3"_s, u"a:1-3=b:1"_s,
            u"a:3-1=b:3-1"_s, u"[fd00::]/8=a"_s, u"a b=c"_s, u"a:=b:"_s, u"[::1=b"_s }) {
        QTest::newRow(qPrintable(u'"' + rule + u'"')) << rule;
    }
}

void TestEndpoint::refusesBadRules()
{
    QFETCH(QString, rule);
    AddressMap map;
    const auto result = map.addRule(rule);
    QVERIFY(!result);
    QCOMPARE(result.error().code, support::ErrorCode::InvalidInput);
    QVERIFY(map.isEmpty());
}

void TestEndpoint::writesItsRules()
{
    AddressMap map;
    const QStringList rules { u"a=b"_s, u"a:1=[::1]:2"_s, u"[::2]=c"_s, u"*.x=@seed"_s,
        u"10.0.0.0/8:7000-7005=b:17000-17005"_s, u"fd00::/8=n"_s };
    for (const QString& rule : rules)
        QVERIFY(map.addRule(QString(u' ' + rule + u' ')));
    QCOMPARE(map.rules(), rules);
}

QTEST_GUILESS_MAIN(TestEndpoint)
#include "tst_endpoint.moc"
