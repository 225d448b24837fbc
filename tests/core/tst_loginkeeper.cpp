// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/net/connection.h"
#include "core/profile/loginkeeper.h"
#include "tests/support/fakenode.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using namespace slotscope::profile;
using namespace std::chrono_literals;

/// Tokens of IAM that are renewed, made of what a credential_process prints.
class LoginKeeperTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void waitsUntilFiveMinutesBefore();
    void replacesTheToken();
    void triesAgain();
    void leavesAloneWhatDoesNotExpire();
    void endsWithItsUsers();
    void newConnectionsLogInWithIt();

private:
    void putTool(const QByteArray& script) const;

    std::unique_ptr<QTemporaryDir> m_home;
    QProcessEnvironment m_environment;
    Profile m_profile;
};

void LoginKeeperTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_home = std::make_unique<QTemporaryDir>();
    QVERIFY(m_home->isValid());
    m_environment.clear();
    m_environment.insert(u"PATH"_s, u"/usr/bin:/bin"_s);
    m_environment.insert(u"AWS_CONFIG_FILE"_s, m_home->filePath(u"config"_s));
    QFile config(m_home->filePath(u"config"_s));
    QVERIFY(config.open(QIODevice::WriteOnly));
    config.write("[profile work]\ncredential_process = " + m_home->filePath(u"tool"_s).toUtf8());
    m_profile = {};
    m_profile.authentication
        = { AuthenticationKind::IamElastiCache, u"bob"_s, u"orders"_s, u"us-east-1"_s, u"work"_s };
}

void LoginKeeperTest::putTool(const QByteArray& script) const
{
    QFile tool(m_home->filePath(u"tool"_s));
    QVERIFY(tool.open(QIODevice::WriteOnly));
    tool.write("#!/bin/sh\n" + script);
    QVERIFY(tool.setPermissions(tool.permissions() | QFileDevice::ExeOwner));
}

void LoginKeeperTest::waitsUntilFiveMinutesBefore()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QCOMPARE(
        LoginKeeper::untilRenewal(now.addSecs(15 * 60), now), std::chrono::milliseconds(10min));
    QCOMPARE(LoginKeeper::untilRenewal(now.addSecs(4 * 60), now), 0ms);
    QCOMPARE(LoginKeeper::untilRenewal(now.addSecs(-60), now), 0ms);
}

void LoginKeeperTest::replacesTheToken()
{
    // Other keys at each call, as of an assumed role.
    putTool("n=$(cat \"$0.n\" 2>/dev/null || echo 0); n=$((n + 1)); echo $n > \"$0.n\"\n"
            "echo '{\"Version\": 1, \"AccessKeyId\": \"KEY'$n'\", \"SecretAccessKey\": \"s\"}'\n");
    const auto password = std::make_shared<net::CurrentPassword>(u"old"_s);
    LoginKeeper keeper(m_profile, password, m_environment);
    keeper.setPace(1ms, 1ms);
    QSignalSpy renewed(&keeper, &LoginKeeper::renewed);
    keeper.start({ Login::Outcome::Ready, Secret(u"old"_s), QDateTime::currentDateTimeUtc(), {} });
    QCOMPARE(password->newestOf(u"old"_s), u"old"_s);
    QTRY_COMPARE(renewed.size(), 1);
    QVERIFY(password->newestOf(u"old"_s).startsWith("orders/?Action=connect&"_L1));
    QVERIFY(password->newestOf(u"old"_s).contains("KEY1"_L1));
    // Its own end is 15 minutes away.
    QTest::qWait(50);
    QCOMPARE(renewed.size(), 1);
}

void LoginKeeperTest::triesAgain()
{
    putTool("if [ -e \"$0.once\" ]; then\n"
            "echo '{\"Version\": 1, \"AccessKeyId\": \"KEY\", \"SecretAccessKey\": \"s\"}'\n"
            "else touch \"$0.once\"; echo 'try again' >&2; exit 1; fi\n");
    const auto password = std::make_shared<net::CurrentPassword>(u"old"_s);
    LoginKeeper keeper(m_profile, password, m_environment);
    keeper.setPace(1ms, 1ms);
    QSignalSpy renewed(&keeper, &LoginKeeper::renewed);
    QStringList told;
    connect(&keeper, &LoginKeeper::failed, this,
        [&told](const Login& login) { told.append(login.told); });
    keeper.start({ Login::Outcome::Ready, Secret(u"old"_s), QDateTime::currentDateTimeUtc(), {} });
    QTRY_COMPARE(told.size(), 1);
    QVERIFY2(told.first().contains(u"try again"_s), qPrintable(told.first()));
    QTRY_COMPARE(renewed.size(), 1);
    QVERIFY(password->newestOf(u"old"_s).contains("KEY"_L1));
}

void LoginKeeperTest::leavesAloneWhatDoesNotExpire()
{
    putTool("exit 1\n");
    const auto password = std::make_shared<net::CurrentPassword>(u"old"_s);
    LoginKeeper keeper(m_profile, password, m_environment);
    keeper.setPace(1ms, 1ms);
    QSignalSpy failed(&keeper, &LoginKeeper::failed);
    keeper.start({ Login::Outcome::Ready, Secret(u"old"_s), {}, {} });
    QTest::qWait(50);
    QCOMPARE(failed.size(), 0);
}

void LoginKeeperTest::endsWithItsUsers()
{
    auto password = std::make_shared<net::CurrentPassword>(u"old"_s);
    LoginKeeper keeper(m_profile, password, m_environment);
    keeper.setPace(1ms, 1ms);
    QSignalSpy unused(&keeper, &LoginKeeper::unused);
    keeper.start({ Login::Outcome::Ready, Secret(u"old"_s), QDateTime::currentDateTimeUtc(), {} });
    password.reset();
    QTRY_COMPARE(unused.size(), 1);
}

void LoginKeeperTest::newConnectionsLogInWithIt()
{
    FakeNode node;
    net::ConnectionOptions options;
    options.user = u"bob"_s;
    options.password = u"first"_s;
    const auto password = std::make_shared<net::CurrentPassword>(u"first"_s);
    options.currentPassword = password;
    const auto helloOf = [&](const QByteArray& text) {
        net::Connection connection(node.endpoint(), options);
        connection.open();
        return QTest::qWaitFor([&] {
            const auto chunks = node.chunks();
            return std::any_of(chunks.begin(), chunks.end(),
                [&text](const auto& chunk) { return QByteArray(chunk).contains(text); });
        });
    };
    QVERIFY(helloOf("first"));
    password->replace(u"second"_s);
    QVERIFY(helloOf("second"));
    // Another password, or none, was meant as it is.
    options.password = u"typed"_s;
    QVERIFY(helloOf("typed"));
    options.password.reset();
    QVERIFY(helloOf("SETNAME"));
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::LoginKeeperTest)
#include "tst_loginkeeper.moc"
