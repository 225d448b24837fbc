// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "app/connectionarguments.h"
#include "app/profilelogin.h"
#include "core/profile/profilestore.h"
#include "tests/support/fakenode.h"
#include "tests/support/refusingport.h"

#include <QCommandLineParser>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using app::ConnectionArguments;
using app::Secrets;

/// What a command line says of the way to a cluster.
class ArgumentsTest final : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    static void parse(QCommandLineParser* parser, const QStringList& arguments)
    {
        app::addConnectionOptions(*parser);
        if (!parser->parse(QStringList { u"slotscope"_s } + arguments))
            qFatal("%s", qPrintable(parser->errorText()));
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("XDG_CONFIG_HOME", QFile::encodeName(m_folder.path()));
        profile::Profile profile;
        profile.name = u"orders"_s;
        profile.endpoints = { u"one.example:6379"_s };
        profile.tls.enabled = true;
        profile.tls.certificateFile = u"client.crt"_s;
        profile.tls.keyFile = u"client.key"_s;
        profile.addressMap = { u"10.0.0.*=@seed"_s };
        profile.authentication = { profile::AuthenticationKind::AclUser, u"bob"_s, {}, {}, {} };
        profile.wayIn = { profile::WayIn::Kind::Socks, u"127.0.0.1:1080"_s };
        QVERIFY(profile::ProfileStore(profile::ProfileStore::defaultFile()).save(profile));
    }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void tlsComesFromSchemeNameOrOption_data()
    {
        QTest::addColumn<QString>("endpoint");
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<bool>("tls");
        const QString name = u"clustercfg.orders.x1y2z3.use1.cache.amazonaws.com"_s;
        const QStringList none;
        const QStringList option { u"--tls"_s };
        QTest::newRow("any name") << u"one.example"_s << none << false;
        QTest::newRow("option") << u"one.example"_s << option << true;
        QTest::newRow("scheme") << u"rediss://one.example"_s << none << true;
        QTest::newRow("a name that says so") << name << none << true;
        QTest::newRow("such a name, said otherwise")
            << QString(u"redis://"_s + name) << none << false;
        QTest::newRow("both said") << QString(u"redis://"_s + name) << option << true;
        QTest::newRow("profile") << u"profile:orders"_s << none << true;
    }
    void tlsComesFromSchemeNameOrOption()
    {
        QFETCH(QString, endpoint);
        QFETCH(QStringList, options);
        QFETCH(bool, tls);
        QCommandLineParser parser;
        parse(&parser, options);
        const auto read = app::readConnectionArguments(parser, endpoint, Secrets::Leave);
        QVERIFY(read);
        QCOMPARE(read->options.tls.enabled, tls);
    }

    /// A variable that is there and empty is no password.
    void anEmptyVariableIsNone()
    {
        QCommandLineParser parser;
        parse(&parser, {});
        for (const char* value : { "", "swordfish" }) {
            qputenv("SLOTSCOPE_PASSWORD", value);
            const auto read = app::readConnectionArguments(parser, u"one"_s, Secrets::Read);
            QVERIFY(read);
            QCOMPARE(read->options.password.value_or(QString()), QString::fromLatin1(value));
            QCOMPARE(read->options.password.has_value(), *value != 0);
        }
        qunsetenv("SLOTSCOPE_PASSWORD");
    }

    /// A profile's certificate, map, way and user are for its cluster; what the command line says
    /// is for all.
    void nothingOfAProfileHoldsForOthers()
    {
        QCommandLineParser parser;
        parse(&parser,
            { u"--timeout"_s, u"7"_s, u"--map"_s, u"10.1.0.*=127.0.0.1"_s, u"--user"_s, u"eve"_s });
        const auto read = app::readConnectionArguments(parser, u"profile:orders"_s, Secrets::Leave);
        QVERIFY(read);
        QVERIFY(read->options.tls.enabled && read->options.socks);
        QCOMPARE(read->options.addressMap.rules().size(), 2);
        const net::ConnectionOptions others = app::optionsForOthers(parser, *read);
        QVERIFY(!others.tls.enabled && !others.socks);
        QVERIFY(others.tls.certificateFile.isEmpty() && others.tls.keyFile.isEmpty());
        QVERIFY(others.user.isEmpty() && !others.password);
        QCOMPARE(others.addressMap.rules(), QStringList(u"10.1.0.*=127.0.0.1"_s));
        QCOMPARE(others.timeout, std::chrono::milliseconds(7000));
    }
    /// The time limit for both stands above what a profile says of connecting.
    void timeLimits()
    {
        QCommandLineParser parser;
        parse(&parser, { u"--timeout"_s, u"7"_s, u"--connect-timeout"_s, u"0.5"_s });
        const auto both = app::readConnectionArguments(parser, u"127.0.0.1"_s, Secrets::Leave);
        QVERIFY(both);
        QCOMPARE(both->options.timeout, std::chrono::milliseconds(7000));
        QCOMPARE(both->options.timeToConnect(), std::chrono::milliseconds(500));
        QCommandLineParser other;
        parse(&other, { u"--connect-timeout"_s, u"0"_s });
        QVERIFY(!app::readConnectionArguments(other, u"127.0.0.1"_s, Secrets::Leave));
    }
    /// What is said of "the seed" is said of the one that answers.
    void theSeedThatAnswersIsTheSeed()
    {
        FakeNode server;
        server.on("PING", "+PONG\r\n");
        const net::Endpoint dead = refusingEndpoint();
        profile::Profile profile;
        profile.name = u"two seeds"_s;
        profile.endpoints = { dead.toString(), u"localhost:%1"_s.arg(server.endpoint().port) };
        profile.tls.verify = profile::VerifyName::Seed;
        profile.addressMap = { u"10.0.0.*=@seed"_s };
        QVERIFY(profile::ProfileStore(profile::ProfileStore::defaultFile()).save(profile));
        QCommandLineParser parser;
        parse(&parser, {});
        auto read = app::readConnectionArguments(parser, u"profile:two seeds"_s, Secrets::Read);
        QVERIFY(read);
        QCOMPARE(read->endpoint.endpoint, dead);
        QCOMPARE(read->otherSeeds.size(), 1);
        const auto mapped = [&read] {
            return read->options.addressMap.toDialled({ u"10.0.0.7"_s, 6379 }).host;
        };
        QCOMPARE(mapped(), dead.host);
        app::chooseSeed(*read);
        QCOMPARE(read->endpoint.typed, profile.endpoints.last());
        QVERIFY(read->otherSeeds.isEmpty());
        QCOMPARE(mapped(), u"localhost"_s);
        QCOMPARE(read->options.tls.verifyName, u"localhost"_s);
    }
    void aUrlsTlsIsItsOwn()
    {
        QCommandLineParser parser;
        parse(&parser, { u"--ssh"_s, u"bastion"_s });
        const auto read
            = app::readConnectionArguments(parser, u"rediss://one.example"_s, Secrets::Leave);
        QVERIFY(read && read->options.tunnel);
        const net::ConnectionOptions others = app::optionsForOthers(parser, *read);
        QVERIFY(!others.tls.enabled);
        QCOMPARE(others.tunnel, read->options.tunnel); // no second one
    }
    void anotherDatabaseIsFoundInEachSeed()
    {
        QCommandLineParser parser;
        parse(&parser, {});
        auto read = app::readConnectionArguments(parser, u"redis://h/0"_s, Secrets::Leave);
        QVERIFY(read);
        QCOMPARE(read->otherDatabase(), 0);
        read->otherSeeds = { read->endpoint, read->endpoint };
        read->otherSeeds.last().database = 3;
        QCOMPARE(read->otherDatabase(), 3);
    }
    /// The word before the @ may have been meant for a user.
    void aPasswordInAUrlIsRefused()
    {
        QCommandLineParser parser;
        parse(&parser, {});
        for (const QString& url :
            { u"redis://bob:word@h"_s, u"redis://:word@h"_s, u"redis://word@h"_s }) {
            const auto read = app::readConnectionArguments(parser, url, Secrets::Leave);
            QVERIFY(!read);
            const QString detail = read.error().detail;
            QVERIFY2(detail.contains(u"--password-file"_s), qPrintable(detail));
            QCOMPARE(detail.contains(u"a user is --user NAME"_s), !url.contains(u":word"_s));
        }
    }
};

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::ArgumentsTest)
#include "tst_arguments.moc"
