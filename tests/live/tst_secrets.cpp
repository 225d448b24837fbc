// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/capture/capturefile.h"
#include "core/profile/keychain.h"
#include "core/profile/profilestore.h"
#include "tests/live/programtrail.h"
#include "tests/live/realserver.h"
#include "tests/support/realkeyring.h"
#include "tests/support/realsshd.h"
#include "tests/support/tlsserver.h"
#include "ui/clusterpage/clusterpage.h"
#include "ui/connection/connectiontab.h"
#include "ui/console/consolepanel.h"
#include "ui/incident/captureactions.h"
#include "ui/mainwindow/connectiontabs.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/profiles/profilemenu.h"
#include "ui/profiles/profilesdialog.h"
#include "ui/wayin/connectiondetails.h"
#include "ui/wayin/doctordialog.h"
#include "ui/wayin/tunnelquestions.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QDir>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QLoggingCategory>
#include <QMutex>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QStatusBar>

#include <algorithm>
#include <csignal>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using profile::AuthenticationKind;
using profile::Profile;
using profile::SecretSource;

namespace {

/// Where all that the program writes goes: the environment says so before anything else happens.
QString home()
{
    static const QTemporaryDir folder;
    return folder.path();
}

/// And what the user has: password files, keys, scripts. These may hold secrets.
QString given()
{
    static const QTemporaryDir folder;
    return folder.path();
}

void liveAtHome()
{
    given(); // before the folder for such folders is another one
    qputenv("HOME", home().toUtf8());
    for (const char* name : { "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME",
             "XDG_STATE_HOME", "XDG_RUNTIME_DIR", "TMPDIR" }) {
        const QString folder = home() + u'/' + QString::fromLatin1(name).toLower();
        QDir().mkpath(folder);
        QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        qputenv(name, folder.toUtf8());
    }
}

QList<QByteArray>* logged = nullptr;

void keepMessage(QtMsgType, const QMessageLogContext& context, const QString& text)
{
    static QMutex mutex;
    const QMutexLocker locker(&mutex);
    if (logged)
        logged->append(QByteArray(context.category) + ": " + text.toUtf8());
}

/// Keeps every message of every category as long as it is there.
class KeptLog final
{
public:
    KeptLog()
        : m_before(qInstallMessageHandler(keepMessage))
    {
        logged = &m_messages;
        QLoggingCategory::setFilterRules(u"*=true"_s);
    }
    ~KeptLog()
    {
        qInstallMessageHandler(m_before);
        logged = nullptr;
        QLoggingCategory::setFilterRules({});
    }
    Q_DISABLE_COPY_MOVE(KeptLog)

    QByteArray text() const { return m_messages.join('\n'); }

private:
    QList<QByteArray> m_messages;
    const QtMessageHandler m_before;
};

/// One for each way in which a secret comes to the program.
const QByteArray ofFile = "tiger1-of-a-file";
const QByteArray ofInput = "tiger2-of-the-input";
const QByteArray ofVariable = "tiger3-of-a-variable";
const QByteArray ofKeychain = "tiger4-of-the-keychain";
const QByteArray ofProfileVariable = "tiger5-of-a-profiles-variable";
const QByteArray ofCommand = "tiger6-of-a-command";
const QByteArray ofKey = "tiger7-of-a-key";
const QByteArray ofAwsKey = "tiger8-of-aws";
const QByteArray ofAwsSession = "tiger9-of-aws";
const QByteArray ofForm = "tiger10-of-the-form";
const QByteArray ofConsole = "tiger11-of-the-console";
const QByteArray wrong = "tiger12-that-is-refused";

} // namespace

/// No secret is in anything that the program writes, shows as a title, or gives to a process that
/// it starts, whichever way it came.
class SecretsTest final : public QObject
{
    Q_OBJECT

    static constexpr int patience = 30'000;
    const QString m_program = QStringLiteral(SLOTSCOPE_PROGRAM);

    std::unique_ptr<RealServer> m_server;
    std::unique_ptr<RealServer> m_tlsServer;
    std::unique_ptr<RealKeyring> m_keyring;
    std::unique_ptr<ProgramTrail> m_trail;

    QString give(const QString& name, const QByteArray& content, bool isProgram = false) const
    {
        QFile file(given() + u'/' + name);
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write");
        if (isProgram)
            file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        return file.fileName();
    }
    /// A program that prints a file, and leaves for the trail how it was called.
    QString giveTool(const QString& name, const QByteArray& prints) const
    {
        const QByteArray output = QFile::encodeName(give(name + u".output"_s, prints));
        const QByteArray trail = QFile::encodeName(home() + u'/' + name);
        return give(name,
            "#!/bin/sh\ncat /proc/$$/cmdline >" + trail + ".arguments\ncat /proc/$$/environ >"
                + trail + ".environment\ncat " + output + '\n',
            true);
    }
    bool makePkcs12() const
    {
        QProcess openssl;
        openssl.start(u"openssl"_s,
            { u"pkcs12"_s, u"-export"_s, u"-inkey"_s, certificate(u"client.key"_s), u"-in"_s,
                certificate(u"client.crt"_s), u"-out"_s, given() + u"/client.p12"_s, u"-passout"_s,
                u"pass:"_s + QString::fromLatin1(ofKey) });
        return openssl.waitForFinished(30'000) && openssl.exitCode() == 0;
    }
    Profile makeProfile(const QString& name, const SecretSource& source) const
    {
        Profile profile;
        profile.name = name;
        profile.endpoints = { m_server->endpoint().toString() };
        profile.authentication.kind = AuthenticationKind::AclUser;
        profile.authentication.user = u"app"_s;
        profile.secret = source;
        return profile;
    }
    /// Whose credentials a program prints. The environment has to name the file of its recipe.
    Profile makeIamProfile(QString* configFile) const
    {
        const QString tool = giveTool(u"credentials"_s,
            "{\"Version\": 1, \"AccessKeyId\": \"AKIATEST\", \"SecretAccessKey\": \"" + ofAwsKey
                + "\", \"SessionToken\": \"" + ofAwsSession + "\"}");
        *configFile
            = give(u"aws"_s, "[profile slotscope]\ncredential_process = " + tool.toUtf8() + '\n');
        Profile profile = makeProfile(u"iam"_s, {});
        profile.endpoints = { m_tlsServer->endpoint().toString() };
        profile.tls.enabled = true;
        profile.tls.caFile = certificate(u"authority.crt"_s);
        profile.tls.verify = profile::VerifyName::Fixed;
        profile.tls.fixedName = u"localhost"_s;
        profile.authentication = { AuthenticationKind::IamElastiCache, u"iam"_s, u"orders"_s,
            u"us-east-1"_s, u"slotscope"_s };
        return profile;
    }
    void addShown(const QWidget& window) const
    {
        for (const QWidget* widget : QApplication::topLevelWidgets())
            m_trail->add(u"a window's title"_s, widget->windowTitle().toUtf8());
        for (const QLabel* label : window.findChildren<QLabel*>())
            m_trail->add(u"the window"_s, label->text().toUtf8());
    }
    void verifyNoLeak() const
    {
        const QStringList leaks = m_trail->leaks();
        QVERIFY2(leaks.isEmpty(), qPrintable(leaks.join(u'\n')));
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
    }
    void initTestCase();
    void cleanupTestCase()
    {
        m_server.reset();
        m_tlsServer.reset();
    }

    void leaksAreSeen();
    void commandLine_data();
    void commandLine();
    void crash();
    void window();
    void windowWithIam();
    void passphraseOfSsh();
};

void SecretsTest::initTestCase()
{
    m_server = std::make_unique<RealServer>(QStringList { u"--cluster-enabled"_s, u"yes"_s });
    QVERIFY(m_server->start());
    const quint16 tlsPort = freePort();
    m_tlsServer = std::make_unique<RealServer>(QStringList { u"--port"_s, u"0"_s, u"--tls-port"_s,
        QString::number(tlsPort), u"--tls-cert-file"_s, certificate(u"server.crt"_s),
        u"--tls-key-file"_s, certificate(u"server.key"_s), u"--tls-ca-cert-file"_s,
        certificate(u"authority.crt"_s), u"--tls-auth-clients"_s, u"optional"_s, u"--user"_s,
        u"iam"_s, u"on"_s, u"nopass"_s, u"~*"_s, u"+@all"_s });
    m_tlsServer->listenOn(tlsPort);
    QVERIFY(m_tlsServer->start());
    QStringList user { u"acl"_s, u"setuser"_s, u"app"_s, u"on"_s, u"~*"_s, u"+@all"_s };
    for (const QByteArray& password : { ofFile, ofInput, ofVariable, ofKeychain, ofProfileVariable,
             ofCommand, ofForm, ofConsole })
        user.append(u'>' + QString::fromLatin1(password));
    QCOMPARE(m_server->cli(user).trimmed(), "OK"_ba);
    m_server->cli({ u"cluster"_s, u"addslotsrange"_s, u"0"_s, u"16383"_s });
    QVERIFY(makePkcs12());
    QTRY_VERIFY_WITH_TIMEOUT(
        m_server->cli({ u"cluster"_s, u"info"_s }).contains("state:ok"), patience);
}

/// This test can fail.
void SecretsTest::leaksAreSeen()
{
    QTemporaryDir folder;
    ProgramTrail trail(folder.path());
    trail.addSecret("tiger0");
    QVERIFY(trail.leaks().isEmpty());
    // A shell that starts other processes until they were looked at.
    const QString end = folder.filePath(u"end"_s);
    const auto until = [&end](const ProgramTrail& looking, const QRegularExpression& what) {
        return [&looking, what, end](QProcess&) {
            QFile file(end);
            if (looking.seen().indexOf(what) >= 0)
                file.open(QIODevice::WriteOnly);
        };
    };
    const QString script = u"echo $2; until [ -e $1 ]; do sleep 0.1; done"_s;
    trail.run(u"sh"_s,
        { { u"-c"_s, script, u"sh"_s, end, u"tiger0"_s }, {}, {}, false,
            until(trail, QRegularExpression(u"^the arguments of .*sh$"_s)) });
    QCOMPARE(trail.leaks().size(), 2); // its arguments, and what it printed
    QVERIFY(QFile::remove(end));
    ProgramTrail ofChild(folder.path());
    ofChild.addSecret("tiger0");
    ofChild.run(u"sh"_s,
        { { u"-c"_s, script, u"sh"_s, end }, { { u"X"_s, u"tiger0"_s } }, {}, true,
            until(ofChild, QRegularExpression(u"^the environment of sleep$"_s)) });
    QCOMPARE(ofChild.leaks(), QStringList(u"tiger0 in the environment of sleep"_s));
    QFile file(folder.filePath(u"some"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("a tiger0.");
    file.close();
    QCOMPARE(ProgramTrail(folder.path()).leaks().size(), 0);
    QVERIFY(ofChild.leaks().contains(u"tiger0 in "_s + file.fileName()));
    // Packed, where the bytes themselves do not show it.
    capture::Capture capture;
    capture.notes = { { QDateTime::currentDateTimeUtc(), u"a tiger0"_s } };
    const QString packed = folder.filePath(u"packed.slotscope"_s);
    QVERIFY(capture::writeCapture(packed, capture).hasValue());
    QCOMPARE(
        ofChild.leaks().filter(packed), QStringList(u"tiger0 in "_s + packed + u", unpacked"_s));
}

enum class Way {
    File,
    Input,
    Variable,
    Keychain,
    ProfileVariable,
    Command,
    Key,
    KeyOfProfile,
    Iam,
    Wrong
};

void SecretsTest::commandLine_data()
{
    m_trail = std::make_unique<ProgramTrail>(home());
    for (const QByteArray& secret : { ofFile, ofInput, ofVariable, ofKeychain, ofProfileVariable,
             ofCommand, ofKey, ofAwsKey, ofAwsSession, ofForm, ofConsole, wrong })
        m_trail->addSecret(secret);
    m_trail->addSecret("X-Amz-Signature"); // of a token of IAM
    m_trail->addSecret(RealSshd::passphrase().toUtf8());

    QTest::addColumn<Way>("way");
    QTest::newRow("a file") << Way::File;
    QTest::newRow("standard input") << Way::Input;
    QTest::newRow("the environment") << Way::Variable;
    QTest::newRow("a profile's keychain") << Way::Keychain;
    QTest::newRow("a profile's variable") << Way::ProfileVariable;
    QTest::newRow("a profile's command") << Way::Command;
    QTest::newRow("the passphrase of a key") << Way::Key;
    QTest::newRow("the passphrase of a key, by a profile's command") << Way::KeyOfProfile;
    QTest::newRow("IAM") << Way::Iam;
    QTest::newRow("refused") << Way::Wrong;
}

void SecretsTest::commandLine()
{
    QFETCH(Way, way);
    profile::ProfileStore store(profile::ProfileStore::defaultFile());
    QString endpoint = m_server->endpoint().toString();
    QStringList options;
    QByteArray reply = "app";
    int exitCode = 0;
    ProgramTrail::Call call;
    switch (way) {
    case Way::File:
        options = { u"--user"_s, u"app"_s, u"--password-file"_s, give(u"password"_s, ofFile) };
        break;
    case Way::Input:
        options = { u"--user"_s, u"app"_s, u"--password-file"_s, u"-"_s };
        call.input = ofInput + '\n';
        break;
    case Way::Variable:
        options = { u"--user"_s, u"app"_s };
        call.environment = { { u"SLOTSCOPE_PASSWORD"_s, QString::fromLatin1(ofVariable) } };
        call.environmentHasSecret = true;
        break;
    case Way::Keychain: {
        m_keyring = std::make_unique<RealKeyring>();
        QVERIFY2(m_keyring->start(), "needs the packages dbus-daemon and gnome-keyring");
        Profile profile = makeProfile(u"keychain"_s, { SecretSource::Kind::Keychain, {}, {} });
        QVERIFY(store.save(profile));
        const auto saved = store.load();
        profile = saved->at(profile::indexOfName(*saved, profile.name));
        profile::KeychainRequest request(profile::KeychainRequest::Action::Write,
            profile::passwordEntry(profile.id), profile::Secret(QString::fromLatin1(ofKeychain)));
        QSignalSpy written(&request, &profile::KeychainRequest::finished);
        request.start();
        QVERIFY(written.wait(patience));
        endpoint = u"profile:keychain"_s;
        break;
    }
    case Way::ProfileVariable:
        QVERIFY(store.save(makeProfile(
            u"variable"_s, { SecretSource::Kind::Environment, u"ORDERS_PASSWORD"_s, {} })));
        endpoint = u"profile:variable"_s;
        call.environment = { { u"ORDERS_PASSWORD"_s, QString::fromLatin1(ofProfileVariable) } };
        call.environmentHasSecret = true;
        break;
    case Way::Command:
        QVERIFY(store.save(makeProfile(u"command"_s,
            { SecretSource::Kind::Command, {},
                { giveTool(u"command"_s, ofCommand), u"show"_s, u"orders"_s } })));
        endpoint = u"profile:command"_s;
        break;
    case Way::KeyOfProfile: {
        // Beside a password that is the program's alone.
        call.environment = { { u"SLOTSCOPE_PASSWORD"_s, QString::fromLatin1(ofVariable) } };
        call.environmentHasSecret = true;
        Profile profile = makeProfile(u"key"_s, {});
        profile.endpoints = { m_tlsServer->endpoint().toString() };
        profile.authentication.user = u"iam"_s; // takes any password
        profile.tls.enabled = true;
        profile.tls.caFile = certificate(u"authority.crt"_s);
        profile.tls.verify = profile::VerifyName::Fixed;
        profile.tls.fixedName = u"localhost"_s;
        profile.tls.pkcs12File = given() + u"/client.p12"_s;
        profile.keySecret = { SecretSource::Kind::Command, {}, { giveTool(u"key"_s, ofKey) } };
        QVERIFY(store.save(profile));
        endpoint = u"profile:key"_s;
        reply = "iam";
        break;
    }
    case Way::Key:
        endpoint = m_tlsServer->endpoint().toString();
        options = { u"--tls"_s, u"--tls-name"_s, u"localhost"_s, u"--ca"_s,
            certificate(u"authority.crt"_s), u"--cert"_s, given() + u"/client.p12"_s,
            u"--key-password-file"_s, give(u"passphrase"_s, ofKey) };
        reply = "default";
        break;
    case Way::Iam: {
        QString configFile;
        QVERIFY(store.save(makeIamProfile(&configFile)));
        call.environment = { { u"AWS_CONFIG_FILE"_s, configFile } };
        endpoint = u"profile:iam"_s;
        reply = "iam";
        break;
    }
    case Way::Wrong:
        options = { u"--user"_s, u"app"_s, u"--password-file"_s, give(u"wrong"_s, wrong) };
        exitCode = 3;
        reply.clear();
        break;
    }
    call.arguments = QStringList { u"exec"_s, endpoint } + options
        + QStringList { u"--format"_s, u"json"_s, u"--"_s, u"ACL"_s, u"WHOAMI"_s };
    const ProgramOutput out = m_trail->run(m_program, call);
    QVERIFY2(out.exitCode == exitCode, out.told().constData());
    QCOMPARE(out.json()[u"reply"][u"value"].toString().toUtf8(), reply);
    call.arguments = QStringList { u"doctor"_s, endpoint } + options;
    const ProgramOutput matrix = m_trail->run(m_program, call);
    QVERIFY2(matrix.exitCode == exitCode, matrix.told().constData());
    verifyNoLeak();
    const QHash<Way, QString> tools { { Way::Command, u"command"_s },
        { Way::Iam, u"credentials"_s }, { Way::KeyOfProfile, u"key"_s } };
    if (tools.contains(way))
        QVERIFY(QFile::exists(home() + u'/' + tools.value(way) + u".environment"_s));
}

void SecretsTest::crash()
{
    bool isKilled = false;
    ProgramTrail::Call call { { u"exec"_s, m_server->endpoint().toString(), u"--user"_s, u"app"_s,
        u"--password-file"_s, give(u"password"_s, ofFile), u"--timeout"_s, u"60"_s,
        u"--allow-writes"_s, u"--"_s, u"BLPOP"_s, u"nothing"_s, u"0"_s } };
    call.during = [this, &isKilled](const QProcess& process) {
        if (isKilled || !m_server->cli({ u"client"_s, u"list"_s }).contains("cmd=blpop"))
            return;
        isKilled = true;
        ::kill(static_cast<pid_t>(process.processId()), SIGSEGV);
    };
    const ProgramOutput out = m_trail->run(m_program, call);
    QVERIFY2(isKilled && out.exitCode != 0, out.told().constData());
    verifyNoLeak();
}

void SecretsTest::window()
{
    const KeptLog log;
    {
        session::IoThread io;
        ui::WindowOptions options;
        options.profilesFile = profile::ProfileStore::defaultFile();
        options.settingsFile = home() + u"/settings.ini"_s;
        ui::MainWindow window(io, options);
        window.show();
        window.findChild<QAction*>(u"manageProfilesAction"_s)->trigger();
        auto* form = window.findChild<ui::ProfilesDialog*>();
        form->startNew();
        QGuiApplication::clipboard()->setText(u"redis://app:%1@%2"_s.arg(
            QString::fromLatin1(ofForm), m_server->endpoint().toString()));
        form->findChild<QPlainTextEdit*>(u"pasteField"_s)->paste();
        QGuiApplication::clipboard()->clear();
        form->findChild<QPushButton*>(u"connectProfile"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(window.tabs()->current()->isConnected(), patience);

        ui::ConsolePanel* console = window.clusterPage()->console();
        for (const QString& line :
            { u"AUTH app %1"_s.arg(QString::fromLatin1(ofConsole)), u"GET nothing"_s }) {
            const qsizetype runs = console->traces().size();
            console->setCommand(line);
            console->focusInput();
            auto* input = console->findChild<QLineEdit*>(u"commandInput"_s);
            QVERIFY(input);
            QTest::keyClick(input, Qt::Key_Return);
            QTRY_VERIFY_WITH_TIMEOUT(console->traces().size() > runs, patience);
        }
        // And what the doctor writes.
        window.findChild<QAction*>(u"testEndpointAction"_s)->trigger();
        auto* doctor = window.findChild<ui::DoctorDialog*>();
        QVERIFY(doctor);
        QTRY_VERIFY_WITH_TIMEOUT(!doctor->isUnderWay(), patience);
        QVERIFY2(doctor->reportText().contains(u"1 of 1 node reached"_s),
            qPrintable(doctor->reportText()));
        m_trail->add(u"the doctor's report"_s, doctor->reportText().toUtf8());
        window.findChild<ui::CaptureActions*>()->save(home() + u"/window.slotscope"_s);
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(home() + u"/window.slotscope"_s), patience);
        addShown(window);
        m_trail->add(u"the status bar"_s, window.statusBar()->currentMessage().toUtf8());
        QTest::qWait(100);
        window.close();
    }
    QVERIFY(!log.text().isEmpty());
    m_trail->add(u"the log of the window"_s, log.text());
    QVERIFY(QFile::exists(home() + u"/history"_s));
    verifyNoLeak();
}

/// Which credentials made the token is shown, and the token nowhere.
void SecretsTest::windowWithIam()
{
    QString configFile;
    profile::ProfileStore store(profile::ProfileStore::defaultFile());
    QVERIFY(store.save(makeIamProfile(&configFile)));
    qputenv("AWS_CONFIG_FILE", QFile::encodeName(configFile));
    const KeptLog log;
    {
        session::IoThread io;
        ui::WindowOptions options;
        options.profilesFile = profile::ProfileStore::defaultFile();
        ui::MainWindow window(io, options);
        window.show();
        for (QAction* action : window.findChild<ui::ProfileMenu*>()->actions()) {
            if (action->text().startsWith(u"iam"_s))
                action->trigger();
        }
        QTRY_VERIFY_WITH_TIMEOUT(window.tabs()->current()->isConnected(), patience);
        window.findChild<QAction*>(u"connectionDetailsAction"_s)->trigger();
        const auto* details = window.findChild<ui::ConnectionDetails*>();
        QVERIFY(details);
        QVERIFY2(details->text().contains(u"As user iam."_s)
                && details->text().contains(u"profile slotscope, printed by"_s),
            qPrintable(details->text()));
        m_trail->add(u"about the connection"_s, details->text().toUtf8());
        m_trail->addChildrenOf(QCoreApplication::applicationPid());
        addShown(window);
    }
    qunsetenv("AWS_CONFIG_FILE");
    m_trail->add(u"the log of the window with IAM"_s, log.text());
    verifyNoLeak();
}

/// It goes through ssh, the program that ssh asks with, and a dialog.
void SecretsTest::passphraseOfSsh()
{
    RealSshd sshd;
    const QString missing = sshd.start();
    QVERIFY2(missing.isEmpty(), qPrintable(missing));
    sshd.useKey(u"locked"_s);
    sshd.setHostKnown(true);
    qputenv("SLOTSCOPE_PASSWORD", ofVariable); // meant for the program alone
    session::IoThread io;
    ui::WindowOptions options;
    options.profilesFile = profile::ProfileStore::defaultFile();
    ui::MainWindow window(io, options);
    window.show();
    session::SessionConfig config;
    config.endpoint.endpoint = m_server->endpoint();
    config.endpoint.typed = config.endpoint.endpoint.toString();
    config.options.user = u"app"_s;
    config.options.password = QString::fromLatin1(ofVariable);
    config.options.timeout = std::chrono::seconds(20);
    config.options.tunnel = net::SshTunnel::create(sshd.options(m_program));
    window.connectTo(config);
    const auto question = [&window] { return window.findChild<ui::SshQuestionDialog*>(); };
    QTRY_VERIFY_WITH_TIMEOUT(
        question() && question()->findChild<QLineEdit*>(u"sshSecret"_s), patience);
    m_trail->addChildrenOf(QCoreApplication::applicationPid()); // ssh, and the program that asks
    question()->findChild<QLineEdit*>(u"sshSecret"_s)->setText(RealSshd::passphrase());
    question()->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok)->click();
    for (int i = 0; i < 50; ++i) {
        m_trail->addChildrenOf(QCoreApplication::applicationPid());
        QTest::qWait(2);
    }
    QTRY_VERIFY_WITH_TIMEOUT(window.tabs()->current()->isConnected(), patience);
    m_trail->addChildrenOf(QCoreApplication::applicationPid());
    for (const QWidget* widget : QApplication::topLevelWidgets())
        m_trail->add(u"a window's title"_s, widget->windowTitle().toUtf8());
    qunsetenv("SLOTSCOPE_PASSWORD");
    const QStringList seen = m_trail->seen();
    const bool sawSsh = std::any_of(seen.begin(), seen.end(), [](const QString& what) {
        return what.startsWith(u"the environment of "_s) && what.endsWith(u"ssh"_s);
    });
    QVERIFY2(sawSsh, qPrintable(seen.join(u'\n')));
    QVERIFY(seen.contains(u"the environment of "_s + m_program)); // that ssh asks with
    verifyNoLeak();
}

} // namespace slotscope::tests

Q_DECLARE_METATYPE(slotscope::tests::Way)

int main(int argc, char** argv)
{
    slotscope::tests::liveAtHome();
    QApplication application(argc, argv);
    slotscope::tests::SecretsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_secrets.moc"
