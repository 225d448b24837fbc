// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/net/sshtunnel.h"
#include "core/profile/profilelist.h"
#include "core/profile/profileoptions.h"

#include <QTest>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using namespace slotscope::profile;
using support::ErrorCode;

namespace {

Profile named(const QString& name, const QString& id = {})
{
    Profile profile;
    profile.id = id;
    profile.name = name;
    profile.endpoints = { u"orders.example:6379"_s };
    return profile;
}

ProfileList three()
{
    return { named(u"a"_s, u"1"_s), named(u"b"_s, u"2"_s), named(u"c"_s, u"3"_s) };
}

QString namesOf(const ProfileList& profiles)
{
    QStringList names;
    for (const Profile& profile : profiles)
        names.append(profile.name);
    return names.join(u',');
}

using Edit = void (*)(Profile&);

} // namespace

/// The value Profile, lists of it, and what a connection takes from it.
class ProfileTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void refuses_data();
    void refuses();
    void cleans();
    void productionIsReadOnly();
    void clones();
    void moves();
    void removalCanBeUndone();
    void aRestoredNameIsUnique();
    void findsByEveryWord();
    void givesOptions();
    void verifiesTheNameThatWasChosen();
    void aNameThatSaysTlsIsBelieved_data();
    void aNameThatSaysTlsIsBelieved();
    void takesTheWayIn();
};

void ProfileTest::refuses_data()
{
    QTest::addColumn<Edit>("edit");
    QTest::addColumn<QString>("word");
    const auto row = [](const char* name, Edit edit, const char* word) {
        QTest::newRow(name) << edit << QString::fromLatin1(word);
    };
    row(
        "no name", [](Profile& p) { p.name = u" "_s; }, "name");
    row(
        "line break in the name", [](Profile& p) { p.name = u"a\nb"_s; }, "control");
    row(
        "no endpoint", [](Profile& p) { p.endpoints = { u" "_s }; }, "endpoint");
    row(
        "bad endpoint", [](Profile& p) { p.endpoints += u"http://x"_s; }, "scheme");
    row(
        "database", [](Profile& p) { p.endpoints += u"redis://x/3"_s; }, "database 3");
    row(
        "bad rule", [](Profile& p) { p.addressMap = { u"a=b=c"_s }; }, "map");
    row(
        "user without a name",
        [](Profile& p) { p.authentication.kind = AuthenticationKind::AclUser; }, "user");
    row(
        "IAM without a region",
        [](Profile& p) {
            p.tls.enabled = true;
            p.authentication = { AuthenticationKind::IamElastiCache, u"me"_s, u"orders"_s, {}, {} };
        },
        "region");
    row(
        "IAM without TLS",
        [](Profile& p) {
            p.authentication
                = { AuthenticationKind::IamElastiCache, u"me"_s, u"orders"_s, u"us-east-1"_s, {} };
        },
        "TLS");
    row(
        "variable without a name",
        [](Profile& p) { p.secret.kind = SecretSource::Kind::Environment; }, "variable");
    row(
        "no command", [](Profile& p) { p.keySecret.kind = SecretSource::Kind::Command; },
        "command");
    row(
        "no name to verify", [](Profile& p) { p.tls.verify = VerifyName::Fixed; }, "verify");
    row(
        "SOCKS without a host",
        [](Profile& p) {
            p.wayIn = { WayIn::Kind::Socks, u":1080"_s };
        },
        "SOCKS");
    row(
        "an option of ssh",
        [](Profile& p) {
            p.wayIn = { WayIn::Kind::Ssh, u"-oProxyCommand=evil"_s };
        },
        "SSH");
    row(
        "an option of ssh behind a user",
        [](Profile& p) {
            p.wayIn = { WayIn::Kind::Ssh, u"me@-oProxyCommand=evil"_s };
        },
        "SSH");
    row(
        "two words for ssh",
        [](Profile& p) {
            p.wayIn = { WayIn::Kind::Ssh, u"host -v"_s };
        },
        "SSH");
    row(
        "RESP 4", [](Profile& p) { p.respVersion = 4; }, "RESP");
    row(
        "no time", [](Profile& p) { p.timeout = std::chrono::milliseconds(0); }, "timeout");
    row(
        "a day", [](Profile& p) { p.refreshInterval = std::chrono::hours(24); }, "refresh");
}

void ProfileTest::refuses()
{
    QFETCH(Edit, edit);
    QFETCH(QString, word);
    QVERIFY(checked(named(u"a"_s)).hasValue());
    Profile profile = named(u"a"_s);
    edit(profile);
    const auto result = checked(profile);
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::InvalidInput);
    QVERIFY2(result.error().detail.contains(word), qPrintable(result.error().detail));
}

void ProfileTest::cleans()
{
    Profile profile = named(u"  orders "_s);
    profile.endpoints = { u" rediss://bob:swordfish@one.example:7000 "_s, u""_s, u"two.example"_s,
        u"two.example"_s };
    profile.addressMap = { u" 10.0.0.1=127.0.0.1 "_s, u" "_s };
    const auto cleaned = checked(profile);
    QVERIFY(cleaned.hasValue());
    QCOMPARE(cleaned->name, u"orders"_s);
    QCOMPARE(
        cleaned->endpoints, (QStringList { u"rediss://one.example:7000"_s, u"two.example"_s }));
    QVERIFY(cleaned->tls.enabled);
    QCOMPARE(cleaned->authentication.kind, AuthenticationKind::AclUser);
    QCOMPARE(cleaned->authentication.user, u"bob"_s);
    QCOMPARE(cleaned->addressMap, QStringList { u"10.0.0.1=127.0.0.1"_s });
}

void ProfileTest::productionIsReadOnly()
{
    Profile profile = named(u"a"_s);
    QVERIFY(!profile.opensReadOnly());
    profile.environment = Environment::Production;
    QVERIFY(profile.opensReadOnly());
    profile.environment = Environment::Test;
    profile.readOnly = true;
    QVERIFY(profile.opensReadOnly());
}

void ProfileTest::clones()
{
    const auto list = withClone(three(), u"2"_s);
    QVERIFY(list.hasValue());
    QCOMPARE(namesOf(*list), u"a,b,b 2,c"_s);
    QVERIFY(list->at(2).id != list->at(1).id);
    QVERIFY(!list->at(2).id.isEmpty());
    QCOMPARE(namesOf(*withClone(*list, u"2"_s)), u"a,b,b 3,b 2,c"_s);
    QCOMPARE(withClone(three(), u"9"_s).error().code, ErrorCode::InvalidInput);
}

void ProfileTest::moves()
{
    QCOMPARE(namesOf(*withMoved(three(), u"3"_s, 0)), u"c,a,b"_s);
    QCOMPARE(namesOf(*withMoved(three(), u"1"_s, 1)), u"b,a,c"_s);
    QCOMPARE(namesOf(*withMoved(three(), u"1"_s, 99)), u"b,c,a"_s);
    QCOMPARE(namesOf(*withMoved(three(), u"1"_s, -1)), u"b,c,a"_s);
    QVERIFY(!withMoved(three(), u"9"_s, 0));
}

void ProfileTest::removalCanBeUndone()
{
    const auto without = withRemoved(three(), u"2"_s);
    QVERIFY(without.hasValue());
    QCOMPARE(namesOf(without->profiles), u"a,c"_s);
    QVERIFY(withRestored(without->profiles, without->removed) == three());
    // Another window has undone it already, or removed the rest.
    QVERIFY(withRestored(three(), without->removed) == three());
    QCOMPARE(namesOf(withRestored({}, without->removed)), u"b"_s);
    QVERIFY(!withRemoved(three(), u"9"_s));
    QVERIFY(!withRemoved(three(), u""_s));
}

void ProfileTest::aRestoredNameIsUnique()
{
    const auto without = withRemoved(three(), u"2"_s);
    const auto taken = withSaved(without->profiles, named(u"b"_s));
    QCOMPARE(namesOf(withRestored(*taken, without->removed)), u"a,b 2,c,b"_s);
}

void ProfileTest::findsByEveryWord()
{
    ProfileList list = three();
    list[0].environment = Environment::Production;
    list[0].group = u"Shop"_s;
    list[1].group = u"Shop"_s;
    list[2].authentication.user = u"alice"_s;
    QCOMPARE(namesOf(search(list, u""_s)), u"a,b,c"_s);
    QCOMPARE(namesOf(search(list, u"  shop "_s)), u"a,b"_s);
    QCOMPARE(namesOf(search(list, u"shop PROD"_s)), u"a"_s);
    QCOMPARE(namesOf(search(list, u"alice"_s)), u"c"_s);
    QCOMPARE(namesOf(search(list, u"orders.example"_s)), u"a,b,c"_s);
    QCOMPARE(namesOf(search(list, u"nowhere"_s)), u""_s);
}

void ProfileTest::givesOptions()
{
    net::ConnectionOptions base;
    base.user = u"eve"_s;
    base.password = u"of somebody else"_s;
    base.tls.insecure = true;
    base.timeout = std::chrono::seconds(9);
    Profile profile = named(u"a"_s);
    QCOMPARE(optionsOf(profile, base)->timeout, base.timeout);
    profile.authentication = { AuthenticationKind::AclUser, u"bob"_s, {}, {}, {} };
    profile.addressMap = { u"10.0.0.1=127.0.0.1"_s };
    QCOMPARE(optionsOf(profile, base)->timeToConnect(), base.timeout);
    profile.timeout = std::chrono::milliseconds(700);
    profile.connectTimeout = std::chrono::milliseconds(300);
    profile.respVersion = 2;
    const auto options = optionsOf(profile, base);
    QVERIFY(options.hasValue());
    QCOMPARE(options->user, u"bob"_s);
    QVERIFY(!options->password);
    QVERIFY(!options->tls.insecure);
    QCOMPARE(options->addressMap.rules(), profile.addressMap);
    QCOMPARE(options->timeout, std::chrono::milliseconds(700));
    QCOMPARE(options->timeToConnect(), std::chrono::milliseconds(300));
    QCOMPARE(options->patience(), std::chrono::milliseconds(700));
    QCOMPARE(options->respVersion, 2);
}

void ProfileTest::verifiesTheNameThatWasChosen()
{
    Profile profile = named(u"a"_s);
    profile.tls.fixedName = u"fixed.example"_s;
    QCOMPARE(optionsOf(profile, {})->tls.verifyName, QString());
    profile.tls.verify = VerifyName::Seed;
    auto options = optionsOf(profile, {});
    QCOMPARE(options->tls.verifyName, u"orders.example"_s);
    options->setSeed({ u"another.example"_s, 6379 }); // the first did not answer
    QCOMPARE(options->tls.verifyName, u"another.example"_s);
    QCOMPARE(profileOfWay({}, *options).tls.verify, VerifyName::Seed);
    profile.tls.verify = VerifyName::Fixed;
    options = optionsOf(profile, {});
    options->setSeed({ u"another.example"_s, 6379 });
    QCOMPARE(options->tls.verifyName, u"fixed.example"_s);
    QCOMPARE(profileOfWay({}, *options).tls.fixedName, u"fixed.example"_s);
}

/// Whatever the file says: a password must not go in plain text to what is known for TLS.
void ProfileTest::aNameThatSaysTlsIsBelieved_data()
{
    QTest::addColumn<QStringList>("endpoints");
    QTest::addColumn<bool>("tls");
    const QString behind = u".x1y2z3.use1.cache.amazonaws.com"_s;
    QTest::newRow("configuration") << QStringList(u"clustercfg.orders"_s + behind) << true;
    QTest::newRow("primary") << QStringList(u"master.orders"_s + behind) << true;
    QTest::newRow("serverless") << QStringList(
        u"orders-x1y2z3.serverless.use1.cache.amazonaws.com"_s)
                                << true;
    QTest::newRow("MemoryDB") << QStringList(
        u"clustercfg.orders.x1y2z3.memorydb.us-east-1.amazonaws.com"_s)
                              << true;
    QTest::newRow("the second") << QStringList(
        { u"one.example"_s, QString(u"clustercfg.orders"_s + behind) })
                                << true;
    QTest::newRow("plain text by name") << QStringList(u"orders.x1y2z3.clustercfg.use1.cache."
                                                       "amazonaws.com"_s)
                                        << false;
    QTest::newRow("said otherwise")
        << QStringList(u"redis://clustercfg.orders"_s + behind) << false;
    QTest::newRow("any") << QStringList(u"one.example"_s) << false;
    QTest::newRow("scheme") << QStringList(u"rediss://one.example"_s) << true;
}

void ProfileTest::aNameThatSaysTlsIsBelieved()
{
    QFETCH(QStringList, endpoints);
    QFETCH(bool, tls);
    Profile profile = named(u"a"_s);
    profile.endpoints = endpoints;
    QCOMPARE(optionsOf(profile, {})->tls.enabled, tls);
    QCOMPARE(checked(profile)->tls.enabled, tls);
    profile.tls.enabled = true;
    QVERIFY(optionsOf(profile, {})->tls.enabled);
}

void ProfileTest::takesTheWayIn()
{
    Profile profile = named(u"a"_s);
    profile.wayIn = { WayIn::Kind::Ssh, u"me@bastion:2222"_s };
    auto options = optionsOf(profile, {});
    QVERIFY(options.hasValue());
    QVERIFY(!options->socks);
    QCOMPARE(options->tunnel->target().toString(), profile.wayIn.address);
    QCOMPARE(profileOfWay({}, *options).wayIn, profile.wayIn);
    profile.wayIn = { WayIn::Kind::Socks, u"proxy.example:1081"_s };
    options = optionsOf(profile, *options);
    QVERIFY(options.hasValue());
    QVERIFY(!options->tunnel);
    QCOMPARE(options->socks->toString(), profile.wayIn.address);
    QCOMPARE(profileOfWay({}, *options).wayIn, profile.wayIn);
    profile = named(u"a"_s);
    profile.endpoints.clear();
    QCOMPARE(optionsOf(profile, {}).error().code, ErrorCode::InvalidInput);
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::ProfileTest)
#include "tst_profile.moc"
