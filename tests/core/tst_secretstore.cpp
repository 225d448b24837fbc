// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/profile/keychain.h"
#include "core/profile/login.h"
#include "core/profile/secretstore.h"
#include "tests/support/realkeyring.h"

#include <QFile>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <optional>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using namespace slotscope::profile;

namespace {

const QString entry = u"profile-1/password"_s;

KeychainAnswer keychain(
    KeychainRequest::Action action, const QString& name, const QString& text = {})
{
    KeychainRequest request(action, name, Secret(text));
    std::optional<KeychainAnswer> result;
    QObject::connect(&request, &KeychainRequest::finished, &request,
        [&result](const KeychainAnswer& answer) { result = answer; });
    request.start();
    if (!QTest::qWaitFor([&result] { return result.has_value(); }, 60'000))
        qFatal("the keychain does not answer");
    return *result;
}

SecretAnswer get(const SecretSource& source, const QProcessEnvironment& environment = {})
{
    SecretRequest request(source, entry, environment);
    std::optional<SecretAnswer> result;
    int times = 0;
    QObject::connect(&request, &SecretRequest::finished, &request, [&](const SecretAnswer& answer) {
        result = answer;
        ++times;
    });
    request.start();
    const bool early = result.has_value();
    if (!QTest::qWaitFor([&result] { return result.has_value(); }, 60'000) || early || times != 1)
        qFatal("not once, from the loop");
    return *result;
}

Login logIn(const Profile& profile, const QProcessEnvironment& environment = {})
{
    LoginRequest request(profile, environment);
    std::optional<Login> result;
    QObject::connect(&request, &LoginRequest::finished, &request,
        [&result](const Login& login) { result = login; });
    request.start();
    if (!QTest::qWaitFor([&result] { return result.has_value(); }, 60'000))
        qFatal("no answer");
    return *result;
}

QProcessEnvironment withPath()
{
    QProcessEnvironment environment;
    environment.insert(u"PATH"_s, u"/usr/bin:/bin"_s);
    return environment;
}

} // namespace

/// Secrets from every source; the keychain is a real Secret Service.
class SecretStoreTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void asks();
    void readsAVariable();
    void runsACommand_data();
    void runsACommand();
    void aCommandGetsNoOtherSecret();
    void saysWhyACommandFailed();
    void canBeCancelled();
    void loginWithoutAPassword();
    void loginWithATokenOfIam();
    void loginThatFails();
    // The two in this order: a process has one session bus.
    void withoutAKeychain();
    void withAKeychain();

private:
    // GLib ends a process whose session bus goes: this one goes when no events are handled any
    // more.
    std::unique_ptr<RealKeyring> m_desktop;
};

void SecretStoreTest::asks()
{
    const SecretAnswer answer = get({});
    QCOMPARE(answer.outcome, SecretAnswer::Outcome::Ask);
    QVERIFY(answer.why.isEmpty());
}

void SecretStoreTest::readsAVariable()
{
    QProcessEnvironment environment;
    const SecretSource source { SecretSource::Kind::Environment, u"ORDERS"_s, {} };
    SecretAnswer answer = get(source, environment);
    QCOMPARE(answer.outcome, SecretAnswer::Outcome::Ask);
    QVERIFY(answer.why.contains(u"ORDERS"_s));
    environment.insert(u"ORDERS"_s, u"s3cr3t"_s);
    answer = get(source, environment);
    QCOMPARE(answer.outcome, SecretAnswer::Outcome::Found);
    QCOMPARE(answer.secret.reveal(), u"s3cr3t"_s);
}

void SecretStoreTest::runsACommand_data()
{
    QTest::addColumn<QByteArray>("output");
    QTest::addColumn<QString>("secret");
    QTest::newRow("a line") << "s3cr3t\n"_ba << u"s3cr3t"_s;
    QTest::newRow("without its end") << "s3cr3t"_ba << u"s3cr3t"_s;
    QTest::newRow("more lines") << "s3cr3t\r\nuser: bob\n"_ba << u"s3cr3t"_s;
    QTest::newRow("blanks are part of it") << " s3cr3t \n"_ba << u" s3cr3t "_s;
    QTest::newRow("nothing") << ""_ba << u""_s;
    QTest::newRow("an empty line") << "\n"_ba << u""_s;
}

void SecretStoreTest::runsACommand()
{
    QFETCH(QByteArray, output);
    QFETCH(QString, secret);
    QTemporaryDir folder;
    QFile file(folder.filePath(u"secret"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(output);
    file.close();
    const SecretAnswer answer
        = get({ SecretSource::Kind::Command, {}, { u"cat"_s, file.fileName() } }, withPath());
    QCOMPARE(answer.outcome,
        secret.isEmpty() ? SecretAnswer::Outcome::Ask : SecretAnswer::Outcome::Found);
    QCOMPARE(answer.secret.reveal(), secret);
    QCOMPARE(answer.why.isEmpty(), !secret.isEmpty());
}

void SecretStoreTest::aCommandGetsNoOtherSecret()
{
    Profile profile;
    profile.authentication.kind = AuthenticationKind::Password;
    profile.secret = { SecretSource::Kind::Command, u"NOT_USED"_s,
        { u"/bin/sh"_s, u"-c"_s, u"echo \"$NOT_USED:$KEY_PASS:$SLOTSCOPE_PASSWORD\""_s } };
    profile.keySecret = { SecretSource::Kind::Environment, u"KEY_PASS"_s, {} };
    QCOMPARE(secretVariables(profile), QStringList(u"KEY_PASS"_s));
    QProcessEnvironment environment = withPath();
    environment.insert(u"NOT_USED"_s, u"kept"_s);
    environment.insert(u"KEY_PASS"_s, u"s3cr3t"_s);
    environment.insert(u"SLOTSCOPE_PASSWORD"_s, u"s3cr3t"_s);
    QCOMPARE(logIn(profile, environment).password.reveal(), u"kept::"_s);

    profile.secret = { SecretSource::Kind::Environment, u"ORDERS"_s, {} };
    QCOMPARE(secretVariables(profile), (QStringList { u"ORDERS"_s, u"KEY_PASS"_s }));
    // Nobody asks for its password, and the credentials may be there.
    profile.authentication.kind = AuthenticationKind::IamElastiCache;
    QCOMPARE(secretVariables(profile), QStringList(u"KEY_PASS"_s));
}

void SecretStoreTest::saysWhyACommandFailed()
{
    const SecretAnswer answer
        = get({ SecretSource::Kind::Command, {}, { u"cat"_s, u"/nowhere/secret"_s } }, withPath());
    QCOMPARE(answer.outcome, SecretAnswer::Outcome::Ask);
    QVERIFY2(answer.why.contains(u"/nowhere/secret"_s), qPrintable(answer.why));
}

void SecretStoreTest::canBeCancelled()
{
    SecretRequest request(
        { SecretSource::Kind::Command, {}, { u"sleep"_s, u"1000"_s } }, entry, withPath());
    std::optional<SecretAnswer> result;
    connect(&request, &SecretRequest::finished, this,
        [&result](const SecretAnswer& answer) { result = answer; });
    request.start();
    request.cancel();
    QVERIFY(!result);
    QTRY_VERIFY(result);
    QCOMPARE(result->outcome, SecretAnswer::Outcome::Cancelled);
}

void SecretStoreTest::loginWithoutAPassword()
{
    const Login login = logIn({});
    QCOMPARE(login.outcome, Login::Outcome::Ready);
    QVERIFY(login.password.isEmpty());
    Profile profile;
    profile.authentication.kind = AuthenticationKind::Password;
    QCOMPARE(logIn(profile).outcome, Login::Outcome::Ask);
    profile.secret = { SecretSource::Kind::Environment, u"ORDERS"_s, {} };
    QProcessEnvironment environment;
    environment.insert(u"ORDERS"_s, u"s3cr3t"_s);
    QCOMPARE(logIn(profile, environment).password.reveal(), u"s3cr3t"_s);
}

void SecretStoreTest::loginWithATokenOfIam()
{
    QProcessEnvironment environment;
    environment.insert(u"AWS_ACCESS_KEY_ID"_s, u"A"_s);
    environment.insert(u"AWS_SECRET_ACCESS_KEY"_s, u"s3cr3t"_s);
    Profile profile;
    profile.authentication
        = { AuthenticationKind::IamServerless, u"bob"_s, u"orders"_s, u"us-east-1"_s, {} };
    const QDateTime before = QDateTime::currentDateTimeUtc();
    const Login login = logIn(profile, environment);
    QCOMPARE(login.outcome, Login::Outcome::Ready);
    QVERIFY(login.password.reveal().startsWith("orders/?Action=connect&"_L1));
    QVERIFY(login.password.reveal().contains("ResourceType=ServerlessCache"_L1));
    QVERIFY(login.expires >= before.addSecs(15 * 60));
    QVERIFY(login.told.contains(u"AWS_ACCESS_KEY_ID"_s));
    QVERIFY(!login.told.contains(u"s3cr3t"_s));
}

void SecretStoreTest::loginThatFails()
{
    Profile profile;
    profile.authentication = { AuthenticationKind::IamElastiCache, u"bob"_s, u"orders"_s,
        u"us-east-1"_s, u"nobody"_s };
    const Login login = logIn(profile, withPath());
    QCOMPARE(login.outcome, Login::Outcome::Failed);
    QVERIFY2(login.told.contains(u"nobody"_s), qPrintable(login.told));
}

void SecretStoreTest::withoutAKeychain()
{
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus");
    const KeychainAnswer written = keychain(KeychainRequest::Action::Write, entry, u"s3cr3t"_s);
    QCOMPARE(written.outcome, KeychainAnswer::Outcome::Unavailable);
    const SecretAnswer answer = get({ SecretSource::Kind::Keychain, {}, {} });
    QCOMPARE(answer.outcome, SecretAnswer::Outcome::Ask);
    QVERIFY2(answer.why.contains(u"no keychain"_s), qPrintable(answer.why));
    QVERIFY(!answer.why.contains(u"s3cr3t"_s));
}

void SecretStoreTest::withAKeychain()
{
    QVERIFY2(!QStandardPaths::findExecutable(u"dbus-daemon"_s).isEmpty(),
        "needs the package dbus-daemon");
    QVERIFY2(!QStandardPaths::findExecutable(u"gnome-keyring-daemon"_s).isEmpty(),
        "needs the package gnome-keyring");
    m_desktop = std::make_unique<RealKeyring>();
    RealKeyring& desktop = *m_desktop;
    QVERIFY(desktop.start());
    const SecretSource source { SecretSource::Kind::Keychain, {}, {} };
    SecretAnswer answer = get(source);
    QCOMPARE(answer.outcome, SecretAnswer::Outcome::Ask);
    QVERIFY2(answer.why.contains(u"nothing for this profile"_s), qPrintable(answer.why));

    const QString secret = u"s3cr3t \u00e4\u4e2d "_s;
    QCOMPARE(keychain(KeychainRequest::Action::Write, entry, secret).outcome,
        KeychainAnswer::Outcome::Done);
    answer = get(source);
    QCOMPARE(answer.outcome, SecretAnswer::Outcome::Found);
    QCOMPARE(answer.secret.reveal(), secret);
    QVERIFY(!desktop.hasPlain("s3cr3t"));
    QCOMPARE(keychain(KeychainRequest::Action::Read, u"profile-2/password"_s).outcome,
        KeychainAnswer::Outcome::NotFound);

    QCOMPARE(keychain(KeychainRequest::Action::Write, entry, u"another"_s).outcome,
        KeychainAnswer::Outcome::Done);
    QCOMPARE(get(source).secret.reveal(), u"another"_s);
    QCOMPARE(
        keychain(KeychainRequest::Action::Remove, entry).outcome, KeychainAnswer::Outcome::Done);
    QCOMPARE(get(source).outcome, SecretAnswer::Outcome::Ask);

    // A keychain that dies.
    desktop.stopKeyring();
    answer = get(source);
    QCOMPARE(answer.outcome, SecretAnswer::Outcome::Ask);
    QVERIFY(!answer.why.isEmpty());
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::SecretStoreTest)
#include "tst_secretstore.moc"
