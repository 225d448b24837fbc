// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/profile/keychain.h"
#include "core/profile/profilestore.h"
#include "tests/live/realserver.h"
#include "tests/support/realkeyring.h"
#include "ui/connection/connectiontab.h"
#include "ui/mainwindow/connectiontabs.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/profiles/profilemenu.h"
#include "ui/profiles/profilesdialog.h"
#include "ui/wayin/passworddialog.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QProcess>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QStatusBar>
#include <QTest>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using profile::KeychainAnswer;
using profile::KeychainRequest;
using profile::Profile;
using profile::SecretSource;

/// Where the window has a profile's password from: a real gnome-keyring, or its user.
class WindowKeychainTest final : public QObject
{
    Q_OBJECT

    static constexpr int patience = 30'000;
    const QString m_password = u"s3cr3t-of-orders"_s;

    RealKeyring m_keyring; // until the end: see there
    std::unique_ptr<RealServer> m_server;
    std::unique_ptr<session::IoThread> m_io;
    std::unique_ptr<ui::MainWindow> m_window;
    QTemporaryDir m_folder;

    QString profilesFile() const
    {
        return m_folder.filePath(
            u"%1.json"_s.arg(QString::fromLatin1(QTest::currentTestFunction())));
    }
    void openWindow()
    {
        ui::WindowOptions options;
        options.profilesFile = profilesFile();
        m_window = std::make_unique<ui::MainWindow>(*m_io, options);
        m_window->show();
    }
    /// Saves a profile of the server and gives it back with its id.
    Profile saved(SecretSource::Kind kind) const
    {
        profile::ProfileStore store(profilesFile());
        Profile profile;
        profile.name = u"orders"_s;
        profile.endpoints = { m_server->endpoint().toString() };
        profile.authentication.kind = profile::AuthenticationKind::Password;
        profile.secret.kind = kind;
        if (!store.save(profile))
            qFatal("cannot save");
        return store.load()->first();
    }
    /// As its line in the menu does.
    void choose() const
    {
        const auto* menu = m_window->findChild<ui::ProfileMenu*>();
        for (QAction* action : menu->actions()) {
            if (action->text().startsWith(u"orders"_s))
                return action->trigger();
        }
        qFatal("no such profile in the menu");
    }
    ui::PasswordDialog* question() const
    {
        for (auto* dialog : m_window->findChildren<ui::PasswordDialog*>()) {
            if (dialog->isVisible())
                return dialog;
        }
        return nullptr;
    }
    QString why() const
    {
        return question() ? question()->findChild<QLabel*>(u"passwordMessage"_s)->text()
                          : QString();
    }
    void answer(const QString& password) const
    {
        auto* field = question()->findChild<QLineEdit*>(u"passwordField"_s);
        QCOMPARE(field->echoMode(), QLineEdit::Password);
        QTest::keyClicks(field, password);
        QTest::keyClick(field, Qt::Key_Return);
    }
    bool isConnected() const { return m_window->tabs()->current()->isConnected(); }
    static KeychainAnswer keychain(
        KeychainRequest::Action action, const QString& entry, const QString& secret = {})
    {
        KeychainRequest request(action, entry, profile::Secret(secret));
        QSignalSpy finished(&request, &KeychainRequest::finished);
        request.start();
        if (!finished.wait(patience))
            qFatal("the keychain does not answer");
        return finished[0][0].value<KeychainAnswer>();
    }
    static KeychainAnswer kept(const Profile& profile)
    {
        return keychain(KeychainRequest::Action::Read, profile::passwordEntry(profile.id));
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_keyring.start(), "needs the packages dbus-daemon and gnome-keyring");
        m_server = std::make_unique<RealServer>(QStringList { u"--requirepass"_s, m_password });
        QVERIFY(m_server->start());
        m_io = std::make_unique<session::IoThread>();
    }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
    }
    void cleanup() { m_window.reset(); }
    void cleanupTestCase()
    {
        m_io.reset();
        m_server.reset();
    }

    /// Typed once, in the form; the next window does not ask.
    void whatTheFormKeepsIsNotAskedFor()
    {
        openWindow();
        m_window->findChild<QAction*>(u"manageProfilesAction"_s)->trigger();
        auto* form = m_window->findChild<ui::ProfilesDialog*>();
        QVERIFY(form && form->isVisible());
        QGuiApplication::clipboard()->setText(m_server->endpoint().toString());
        form->findChild<QPlainTextEdit*>(u"pasteField"_s)->paste();
        auto* name = form->findChild<QLineEdit*>(u"profileName"_s);
        name->selectAll();
        QTest::keyClicks(name, u"orders"_s);
        QTest::keyClicks(form->findChild<QLineEdit*>(u"loginPassword"_s), m_password);
        // Of the password, and of a key's passphrase.
        for (auto* source : form->findChildren<QComboBox*>(u"secretSource"_s)) {
            source->setCurrentIndex(source->findText(u"Keep it in the keychain"_s));
            Q_EMIT source->activated(source->currentIndex());
        }
        form->findChild<QPushButton*>(u"connectProfile"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(isConnected(), patience);
        QVERIFY(!question());
        const Profile profile = profile::ProfileStore(profilesFile()).load()->first();
        QCOMPARE(profile.name, u"orders"_s);
        QTRY_COMPARE_WITH_TIMEOUT(kept(profile).secret.reveal(), m_password, patience);
        m_window.reset();

        openWindow();
        choose();
        QTRY_VERIFY_WITH_TIMEOUT(isConnected() || question(), patience);
        QVERIFY2(!question(), qPrintable(why()));
        QFile file(profilesFile());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains(m_password.toUtf8()));
    }

    void asksEachTime()
    {
        const Profile profile = saved(SecretSource::Kind::Ask);
        openWindow();
        choose();
        QTRY_VERIFY_WITH_TIMEOUT(question(), patience);
        QCOMPARE(why(), u"The profile orders asks each time."_s);
        answer(u"a wrong one"_s);
        QTRY_VERIFY_WITH_TIMEOUT(question() && why().contains(u"refused"_s), patience);
        QVERIFY(!isConnected());
        QVERIFY(!why().contains(u"a wrong one"_s));
        answer(m_password);
        QTRY_VERIFY_WITH_TIMEOUT(isConnected(), patience);
        QVERIFY(!question());
        QCOMPARE(kept(profile).outcome, KeychainAnswer::Outcome::NotFound);
        m_window.reset();

        openWindow();
        choose();
        QTRY_VERIFY_WITH_TIMEOUT(question(), patience);
        QVERIFY(!isConnected());
    }

    /// The keychain has none yet: what it is asked to keep is what the server has taken.
    void aWrongOneIsNotKept()
    {
        const Profile profile = saved(SecretSource::Kind::Keychain);
        openWindow();
        choose();
        QTRY_VERIFY_WITH_TIMEOUT(question(), patience);
        QVERIFY2(why().contains(u"nothing for this profile"_s), qPrintable(why()));
        answer(u"a wrong one"_s);
        QTRY_VERIFY_WITH_TIMEOUT(question() && why().contains(u"refused"_s), patience);
        QCOMPARE(kept(profile).outcome, KeychainAnswer::Outcome::NotFound);
        answer(m_password);
        QTRY_VERIFY_WITH_TIMEOUT(isConnected(), patience);
        QTRY_COMPARE_WITH_TIMEOUT(kept(profile).secret.reveal(), m_password, patience);
    }

    /// One that was right once: asked for, and kept in its place.
    void aChangedOneIsKept()
    {
        const Profile profile = saved(SecretSource::Kind::Keychain);
        QCOMPARE(keychain(KeychainRequest::Action::Write, profile::passwordEntry(profile.id),
                     u"of last year"_s)
                     .outcome,
            KeychainAnswer::Outcome::Done);
        openWindow();
        choose();
        QTRY_VERIFY_WITH_TIMEOUT(question() && why().contains(u"refused"_s), patience);
        answer(m_password);
        QTRY_VERIFY_WITH_TIMEOUT(isConnected(), patience);
        QTRY_COMPARE_WITH_TIMEOUT(kept(profile).secret.reveal(), m_password, patience);
    }

    /// The passphrase of a private key: one that does not open it is asked for again, and only one
    /// that does is kept.
    void aWrongPassphraseIsNotKept()
    {
        QProcess openssl;
        const QString key = m_folder.filePath(u"locked.key"_s);
        openssl.start(u"openssl"_s,
            { u"genpkey"_s, u"-algorithm"_s, u"EC"_s, u"-pkeyopt"_s,
                u"ec_paramgen_curve:prime256v1"_s, u"-aes-128-cbc"_s, u"-pass"_s, u"pass:sesame"_s,
                u"-out"_s, key });
        QVERIFY(openssl.waitForFinished(patience) && openssl.exitCode() == 0);
        Profile profile = saved(SecretSource::Kind::Ask);
        profile.authentication.kind = profile::AuthenticationKind::None;
        profile.tls.enabled = true;
        profile.tls.keyFile = key;
        profile.keySecret.kind = SecretSource::Kind::Keychain;
        QVERIFY(profile::ProfileStore(profilesFile()).save(profile));
        const QString entry = profile::keyPassphraseEntry(profile.id);
        QCOMPARE(keychain(KeychainRequest::Action::Write, entry, u"of last year"_s).outcome,
            KeychainAnswer::Outcome::Done);
        openWindow();
        choose();
        QInputDialog* dialog = nullptr;
        const auto asks = [&] {
            dialog = nullptr;
            for (auto* one : m_window->findChildren<QInputDialog*>(u"keyPassphraseDialog"_s))
                dialog = one->isVisible() ? one : dialog;
            return dialog != nullptr;
        };
        QTRY_VERIFY_WITH_TIMEOUT(asks(), patience);
        QVERIFY2(dialog->labelText().contains(u"of this profile does not open"_s)
                && dialog->labelText().contains(key),
            qPrintable(dialog->labelText()));
        QCOMPARE(dialog->textEchoMode(), QLineEdit::Password);
        dialog->setTextValue(u"Sesame"_s);
        dialog->accept();
        QTRY_VERIFY_WITH_TIMEOUT(
            asks() && dialog->labelText().contains(u"That passphrase does not"_s), patience);
        QCOMPARE(keychain(KeychainRequest::Action::Read, entry).secret.reveal(), u"of last year"_s);
        dialog->setTextValue(u"sesame"_s);
        dialog->accept();
        const auto is = [&entry](const QString& passphrase) {
            return keychain(KeychainRequest::Action::Read, entry).secret.reveal() == passphrase;
        };
        QTRY_VERIFY_WITH_TIMEOUT(is(u"sesame"_s), patience);
        QTRY_VERIFY_WITH_TIMEOUT(!asks(), 20'000);
    }

    /// Locked, and nobody there to unlock it; then it hangs; then there is no keyring at all.
    void withoutItTheUserIsAsked()
    {
        const Profile profile = saved(SecretSource::Kind::Keychain);
        QCOMPARE(
            keychain(KeychainRequest::Action::Write, profile::passwordEntry(profile.id), m_password)
                .outcome,
            KeychainAnswer::Outcome::Done);
        QVERIFY(m_keyring.lock());
        openWindow();
        choose();
        QTRY_VERIFY_WITH_TIMEOUT(question(), patience);
        QVERIFY2(why().contains(u"keychain"_s), qPrintable(why()));
        answer(m_password);
        QTRY_VERIFY_WITH_TIMEOUT(isConnected(), patience);
        m_window.reset();

        // It hangs in the middle of the question, and dies.
        m_keyring.hang();
        openWindow();
        choose();
        QTRY_VERIFY_WITH_TIMEOUT(
            m_window->statusBar()->currentMessage().contains(u"Waiting for what orders"_s),
            patience);
        QVERIFY(!question() && !isConnected());
        m_keyring.stopKeyring();
        QTRY_VERIFY_WITH_TIMEOUT(question(), patience);
        QVERIFY2(why().contains(u"keychain"_s), qPrintable(why()));
        answer(m_password);
        QTRY_VERIFY_WITH_TIMEOUT(isConnected(), patience);
        m_window.reset();

        openWindow();
        choose();
        QTRY_VERIFY_WITH_TIMEOUT(question(), patience);
        QVERIFY2(why().contains(u"no keychain"_s, Qt::CaseInsensitive), qPrintable(why()));
        answer(u"a wrong one"_s);
        QTRY_VERIFY_WITH_TIMEOUT(question() && why().contains(u"refused"_s), patience);
        answer(m_password);
        QTRY_VERIFY_WITH_TIMEOUT(isConnected(), patience);
        QFile file(profilesFile());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains(m_password.toUtf8()));
    }
};

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::WindowKeychainTest)
#include "tst_windowkeychain.moc"
