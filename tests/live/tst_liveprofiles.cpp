// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/profile/profilestore.h"
#include "tests/live/realserver.h"
#include "tests/support/deadport.h"
#include "tests/support/fakenode.h"

#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

#include <csignal>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using namespace slotscope::profile;

namespace {

const QString secret = u"s3cr3t-of-this-test"_s;
const QString memcached = u"mycache.fnjyzo.cfg.use1.cache.amazonaws.com:11211"_s;

struct Output
{
    int exitCode = -1;
    QByteArray standard;
    QByteArray error;

    QString stage() const
    {
        return QJsonDocument::fromJson(standard)["error"_L1]["stage"_L1].toString();
    }
};

} // namespace

/// `slotscope inspect profile:NAME` against a server that wants a password, and who is sent it.
class LiveProfilesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void getsItsSecret_data();
    void getsItsSecret();
    void aCommandIsInterrupted();
    void saysWhyThereIsNoSecret_data();
    void saysWhyThereIsNoSecret();
    void whatIsTypedGoesFirst();
    void logsInAsAnAclUser();
    void tellsWhereAwsCredentialsComeFrom();
    void failsWithoutAwsCredentials();
    void takesTheSeedThatAnswers();
    void failsWhenNoSeedAnswers();
    void sendsNothingBeforeAllIsJudged_data();
    void sendsNothingBeforeAllIsJudged();
    void aSeedRefusedByItsNameIsNotDialled();

private:
    Profile profile() const;
    /// For a process of `slotscope profile:orders`: saves the profile, and makes it findable.
    QProcessEnvironment environmentOf(
        const Profile& profile, const QHash<QString, QString>& variables = {}) const;
    Output call(const QStringList& arguments, const Profile& profile,
        const QHash<QString, QString>& variables = {}) const;
    Output inspect(const Profile& profile, const QHash<QString, QString>& variables = {},
        const QStringList& more = {}) const;
    /// Whether any file below the test's folders has the secret.
    bool isWritten() const;
    void put(const QString& name, const QByteArray& text) const;

    std::unique_ptr<RealServer> m_server;
    std::unique_ptr<QTemporaryDir> m_home;
};

void LiveProfilesTest::initTestCase()
{
    m_server = std::make_unique<RealServer>(QStringList { u"--requirepass"_s, secret });
    QVERIFY(m_server->start());
    QVERIFY(m_server
                ->cli({ u"-a"_s, secret, u"--no-auth-warning"_s, u"ACL"_s, u"SETUSER"_s, u"bob"_s,
                    u"on"_s, u">"_s + secret, u"+@all"_s, u"~*"_s })
                .contains("OK"));
}

void LiveProfilesTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_home = std::make_unique<QTemporaryDir>();
    QVERIFY(m_home->isValid());
}

Profile LiveProfilesTest::profile() const
{
    Profile profile;
    profile.name = u"orders"_s;
    profile.endpoints = { m_server->endpoint().toString() };
    profile.authentication.kind = AuthenticationKind::Password;
    return profile;
}

void LiveProfilesTest::put(const QString& name, const QByteArray& text) const
{
    QFile file(m_home->filePath(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
    QVERIFY(file.setPermissions(file.permissions() | QFileDevice::ExeOwner));
}

Output LiveProfilesTest::inspect(
    const Profile& profile, const QHash<QString, QString>& variables, const QStringList& more) const
{
    return call(QStringList { u"inspect"_s, u"profile:orders"_s, u"--format"_s, u"json"_s } + more,
        profile, variables);
}

Output LiveProfilesTest::call(const QStringList& arguments, const Profile& profile,
    const QHash<QString, QString>& variables) const
{
    QProcess process;
    process.setProcessEnvironment(environmentOf(profile, variables));
    process.start(QStringLiteral(SLOTSCOPE_PROGRAM), arguments);
    if (!QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, 60'000))
        return {};
    return { process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2,
        process.readAllStandardOutput(), process.readAllStandardError() };
}

QProcessEnvironment LiveProfilesTest::environmentOf(
    const Profile& profile, const QHash<QString, QString>& variables) const
{
    ProfileStore store(m_home->filePath(u"config/slotscope/profiles.json"_s));
    if (const auto saved = store.save(profile); !saved)
        qFatal("%s", qPrintable(saved.error().detail));
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char* name : { "SLOTSCOPE_PASSWORD", "AWS_PROFILE", "AWS_ACCESS_KEY_ID" })
        environment.remove(QString::fromLatin1(name));
    environment.insert(u"HOME"_s, m_home->path());
    environment.insert(u"XDG_CONFIG_HOME"_s, m_home->filePath(u"config"_s));
    environment.insert(u"PATH"_s, m_home->path() + u':' + environment.value(u"PATH"_s));
    environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, u"unix:path=/nowhere/bus"_s);
    for (auto it = variables.begin(); it != variables.end(); ++it)
        environment.insert(it.key(), it.value());
    return environment;
}

bool LiveProfilesTest::isWritten() const
{
    QDirIterator files(
        m_home->filePath(u"config"_s), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    bool any = false;
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.open(QIODevice::ReadOnly))
            any = any || file.readAll().contains(secret.toUtf8());
    }
    return any;
}

void LiveProfilesTest::getsItsSecret_data()
{
    QTest::addColumn<SecretSource>("source");
    QTest::newRow("variable") << SecretSource { SecretSource::Kind::Environment, u"ORDERS"_s, {} };
    QTest::newRow("command") << SecretSource { SecretSource::Kind::Command, {},
        { u"print-secret"_s, u"two words"_s } };
}

void LiveProfilesTest::getsItsSecret()
{
    QFETCH(SecretSource, source);
    put(u"print-secret"_s,
        "#!/bin/sh\n[ \"$1\" = 'two words' ] && echo " + secret.toUtf8() + "\necho more\n");
    Profile orders = profile();
    orders.secret = source;
    const Output output = inspect(orders, { { u"ORDERS"_s, secret } });
    QVERIFY2(output.exitCode == 0, output.error.constData());
    QVERIFY(output.error.isEmpty());
    QVERIFY(!output.standard.contains(secret.toUtf8()));
    QVERIFY(!isWritten());
}

/// Ctrl-C while the command is waited for: it ends with what it has started.
void LiveProfilesTest::aCommandIsInterrupted()
{
    // The number is whole when it is there under its name.
    put(u"never-ends"_s, "#!/bin/sh\nsleep 1000 &\necho $! >$1.part && mv $1.part $1\nwait\n");
    const QString told = m_home->filePath(u"child"_s);
    Profile orders = profile();
    orders.secret = { SecretSource::Kind::Command, {}, { u"never-ends"_s, told } };
    QProcess process;
    process.setProcessEnvironment(environmentOf(orders));
    process.start(QStringLiteral(SLOTSCOPE_PROGRAM),
        { u"inspect"_s, u"profile:orders"_s, u"--format"_s, u"json"_s });
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(told), 60'000);
    QFile file(told);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString child = u"/proc/%1/cwd"_s.arg(file.readAll().trimmed().toInt());
    const auto runs = [&child] { return QFileInfo(child).symLinkTarget().startsWith(u'/'); };
    QVERIFY(runs());
    ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, 30'000);
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 1);
    QTRY_VERIFY_WITH_TIMEOUT(!runs(), 10'000);
    const QJsonDocument json = QJsonDocument::fromJson(process.readAllStandardOutput());
    QVERIFY(json["error"_L1].isObject());
}

void LiveProfilesTest::saysWhyThereIsNoSecret_data()
{
    QTest::addColumn<SecretSource>("source");
    QTest::addColumn<QByteArray>("word");
    QTest::newRow("variable") << SecretSource { SecretSource::Kind::Environment, u"ORDERS"_s, {} }
                              << "ORDERS"_ba;
    QTest::newRow("command") << SecretSource { SecretSource::Kind::Command, {}, { u"false"_s } }
                             << "status 1"_ba;
    QTest::newRow("keychain") << SecretSource { SecretSource::Kind::Keychain, {}, {} }
                              << "no keychain"_ba;
    QTest::newRow("ask") << SecretSource {} << "password"_ba;
}

void LiveProfilesTest::saysWhyThereIsNoSecret()
{
    QFETCH(SecretSource, source);
    QFETCH(QByteArray, word);
    Profile orders = profile();
    orders.secret = source;
    const Output output = inspect(orders);
    QCOMPARE(output.exitCode, 3);
    QCOMPARE(output.stage(), u"auth"_s);
    QVERIFY2(output.error.contains(word), output.error.constData());
}

void LiveProfilesTest::whatIsTypedGoesFirst()
{
    Profile orders = profile();
    orders.secret = { SecretSource::Kind::Command, {}, { u"touch"_s, m_home->filePath(u"ran"_s) } };
    const Output output = inspect(orders, { { u"SLOTSCOPE_PASSWORD"_s, secret } });
    QVERIFY2(output.exitCode == 0, output.error.constData());
    QVERIFY(!QFile::exists(m_home->filePath(u"ran"_s)));
    // The password of one user is not tried for another.
    QCOMPARE(inspect(orders, {}, { u"--user"_s, u"bob"_s }).exitCode, 3);
    QVERIFY(!QFile::exists(m_home->filePath(u"ran"_s)));
}

void LiveProfilesTest::logsInAsAnAclUser()
{
    Profile orders = profile();
    orders.authentication = { AuthenticationKind::AclUser, u"bob"_s, {}, {}, {} };
    orders.secret = { SecretSource::Kind::Environment, u"ORDERS"_s, {} };
    QCOMPARE(inspect(orders, { { u"ORDERS"_s, secret } }).exitCode, 0);
    orders.authentication.user = u"eve"_s;
    QCOMPARE(inspect(orders, { { u"ORDERS"_s, secret } }).stage(), u"auth"_s);
}

void LiveProfilesTest::tellsWhereAwsCredentialsComeFrom()
{
    Profile orders = profile();
    orders.tls.enabled = true;
    orders.authentication
        = { AuthenticationKind::IamElastiCache, u"bob"_s, u"orders"_s, u"us-east-1"_s, {} };
    const Output output = inspect(orders,
        { { u"AWS_ACCESS_KEY_ID"_s, u"AKIAEXAMPLE"_s }, { u"AWS_SECRET_ACCESS_KEY"_s, secret } });
    // This server speaks no TLS: a token never travels without it.
    QCOMPARE(output.exitCode, 3);
    QCOMPARE(output.stage(), u"tls"_s);
    QVERIFY2(output.error.contains("AWS_ACCESS_KEY_ID"), output.error.constData());
    for (const QByteArray& text : { output.standard, output.error }) {
        QVERIFY(!text.contains(secret.toUtf8()));
        QVERIFY(!text.contains("X-Amz-Signature"));
    }
}

void LiveProfilesTest::failsWithoutAwsCredentials()
{
    put(u"aws"_s, "#!/bin/sh\nexit 253\n");
    Profile orders = profile();
    orders.tls.enabled = true;
    orders.authentication
        = { AuthenticationKind::IamMemoryDb, u"bob"_s, u"orders"_s, u"us-east-1"_s, {} };
    const Output output = inspect(orders);
    QCOMPARE(output.exitCode, 3);
    QCOMPARE(output.stage(), u"auth"_s);
    QVERIFY2(output.error.contains("no AWS credentials"), output.error.constData());
}

void LiveProfilesTest::takesTheSeedThatAnswers()
{
    const DeadPort silent(u"127.0.0.1"_s);
    Profile orders = profile();
    orders.secret = { SecretSource::Kind::Environment, u"ORDERS"_s, {} };
    orders.endpoints
        = { u"127.0.0.1:1"_s, silent.endpoint().toString(), m_server->endpoint().toString() };
    const Output output = inspect(orders, { { u"ORDERS"_s, secret } });
    QVERIFY2(output.exitCode == 0, output.error.constData());
    QCOMPARE(QJsonDocument::fromJson(output.standard)["seed"_L1]["dialled"_L1].toString(),
        m_server->endpoint().toString());
}

void LiveProfilesTest::failsWhenNoSeedAnswers()
{
    Profile orders = profile();
    orders.endpoints = { u"127.0.0.1:1"_s, u"127.0.0.1:2"_s };
    const Output output = inspect(orders);
    QCOMPARE(output.exitCode, 3);
    QCOMPARE(output.stage(), u"tcp"_s);
}

void LiveProfilesTest::sendsNothingBeforeAllIsJudged_data()
{
    QTest::addColumn<bool>("isMemcached"); // by the name of the first seed
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("exitCode");
    for (const QString& command : { u"check"_s, u"inspect"_s, u"doctor"_s })
        QTest::addRow("%s, by its name", qPrintable(command)) << true << QStringList(command) << 3;
    QTest::addRow("check, by --watch")
        << false << QStringList { u"check"_s, u"--watch"_s, u"0"_s } << 2;
    QTest::addRow("doctor, by --client")
        << false << QStringList { u"doctor"_s, u"--client"_s, u"nobody"_s } << 2;
}

/// Of several seeds the one that answers is chosen with the password.
void LiveProfilesTest::sendsNothingBeforeAllIsJudged()
{
    QFETCH(bool, isMemcached);
    QFETCH(QStringList, arguments);
    QFETCH(int, exitCode);
    FakeNode first;
    FakeNode second;
    Profile orders = profile();
    orders.secret = { SecretSource::Kind::Environment, u"ORDERS"_s, {} };
    const QString other = QString(memcached).replace(u"mycache"_s, u"yours"_s);
    orders.endpoints = { first.endpoint().toString(), second.endpoint().toString() };
    if (isMemcached)
        orders.endpoints = { memcached, other };
    orders.addressMap = { memcached + u'=' + first.endpoint().toString(),
        other + u'=' + second.endpoint().toString() };
    const Output output
        = call(arguments + QStringList(u"profile:orders"_s), orders, { { u"ORDERS"_s, secret } });
    QVERIFY2(output.exitCode == exitCode, output.error.constData());
    const QByteArray told = output.standard + output.error;
    for (const char* untrue : { " answers", " was reached" })
        QVERIFY2(!isMemcached || !told.contains(untrue), told.constData());
    QCOMPARE(first.connectionCount(), 0);
    QCOMPARE(second.connectionCount(), 0);
}

void LiveProfilesTest::aSeedRefusedByItsNameIsNotDialled()
{
    FakeNode node;
    Profile orders = profile();
    orders.secret = { SecretSource::Kind::Environment, u"ORDERS"_s, {} };
    orders.endpoints = { memcached, u"127.0.0.1:1"_s, memcached, m_server->endpoint().toString() };
    orders.addressMap = { memcached + u'=' + node.endpoint().toString() };
    const Output output = inspect(orders, { { u"ORDERS"_s, secret } });
    QVERIFY2(output.exitCode == 0, output.error.constData());
    QCOMPARE(node.connectionCount(), 0);
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::LiveProfilesTest)
#include "tst_liveprofiles.moc"
