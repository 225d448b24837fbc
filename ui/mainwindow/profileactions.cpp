// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/mainwindow/profileactions.h"

#include "core/explain/errors.h"
#include "core/net/tls.h"
#include "core/profile/keychain.h"
#include "core/profile/loginkeeper.h"
#include "core/profile/secretstore.h"
#include "ui/profiles/profilemenu.h"
#include "ui/profiles/profilesdialog.h"
#include "ui/theme/plaintext.h"
#include "ui/wayin/passworddialog.h"

#include <QInputDialog>
#include <QLabel>
#include <QMessageBox>
#include <QTimer>
#include <QWidget>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

using profile::KeychainAnswer;
using profile::KeychainRequest;
using profile::Login;
using profile::Profile;
using profile::Secret;

ProfileActions::ProfileActions(const profile::ProfileStore& store, QWidget* window)
    : QObject(window)
    , m_store(store)
    , m_window(window)
    , m_menu(new ProfileMenu(store, window))
{
    connect(m_menu, &ProfileMenu::manageRequested, this, &ProfileActions::openDialog);
    connect(m_menu, &ProfileMenu::profileChosen, this,
        [this](const Profile& profile) { open(profile); });
    connect(m_menu, &ProfileMenu::failed, this, &ProfileActions::failed);
    connect(m_menu, &ProfileMenu::saved, this,
        [this](const QString& name) { Q_EMIT message(tr("Profile %1 saved.").arg(name)); });
}

ProfilesDialog* ProfileActions::dialog()
{
    if (m_dialog)
        return m_dialog;
    m_dialog = new ProfilesDialog(m_store, m_window);
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_dialog, &ProfilesDialog::connectRequested, this, &ProfileActions::open);
    connect(m_dialog, &ProfilesDialog::testRequested, this,
        [this](const Profile& profile, const Secret& typed) {
            withPassword(profile, typed, &ProfileActions::testRequested);
        });
    connect(m_dialog, &ProfilesDialog::passwordGiven, this,
        [this](const Profile& profile, const Secret& password) {
            keep(profile, profile::passwordEntry(profile.id), password);
        });
    connect(m_dialog, &ProfilesDialog::profileRemoved, this,
        [this](const Profile& profile) { m_removed.insert(profile.id); });
    connect(m_dialog, &QDialog::finished, this, &ProfileActions::forgetRemoved);
    return m_dialog;
}

void ProfileActions::openDialog()
{
    dialog()->show();
    m_dialog->raise();
    m_dialog->activateWindow();
}

void ProfileActions::takeWay(const QString& id, const Profile& way)
{
    if (m_dialog)
        m_dialog->takeWay(id, way);
}

void ProfileActions::open(const Profile& profile, const Secret& typed)
{
    withPassword(profile, typed, &ProfileActions::connectRequested);
}

void ProfileActions::withPassword(const Profile& profile, const Secret& typed, Wish wish)
{
    if (!typed.isEmpty()) {
        Q_EMIT(this->*wish)(profile, typed);
        return;
    }
    auto* request
        = new profile::LoginRequest(profile, QProcessEnvironment::systemEnvironment(), this);
    connect(request, &profile::LoginRequest::finished, this,
        [this, request, profile, wish](const Login& login) {
            request->deleteLater();
            onLogin(profile, login, wish);
        });
    QTimer::singleShot(1000, request, [this, name = profile.name] {
        Q_EMIT message(tr("Waiting for what %1 logs in with.").arg(visibleText(name)));
    });
    request->start();
}

void ProfileActions::tell(const Profile& profile, const support::Error& error)
{
    auto* box = new QMessageBox(QMessageBox::Warning, tr("Profile"),
        tr("The profile %1 cannot be used.").arg(visibleText(profile.name)), QMessageBox::Ok,
        m_window);
    box->setObjectName(u"profileRefused"_s);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    // The sentence and the remedy for what cannot be understood are about what was typed.
    if (error.code == support::ErrorCode::InvalidInput) {
        box->setInformativeText(error.detail);
    } else {
        const QString text = explain::errorSentence(error) + u' ' + explain::errorRemedy(error);
        box->setInformativeText(withoutOptions(text.trimmed()));
    }
    box->open();
}

void ProfileActions::onLogin(const Profile& profile, const Login& login, Wish wish)
{
    const bool isKept = profile.secret.kind == profile::SecretSource::Kind::Keychain
        && (profile.authentication.kind == profile::AuthenticationKind::Password
            || profile.authentication.kind == profile::AuthenticationKind::AclUser);
    if (isKept)
        m_kept.insert(profile.id, { profile, login.password });
    switch (login.outcome) {
    case Login::Outcome::Ready:
        m_told.insert(profile.id, login.told);
        if (!login.told.isEmpty())
            Q_EMIT message(login.told);
        if (login.expires.isValid())
            m_expiring.insert(profile.id, login);
        Q_EMIT(this->*wish)(profile, login.password);
        break;
    case Login::Outcome::Ask:
        askFor(profile, login.told, wish);
        break;
    case Login::Outcome::Failed:
        tell(profile, { support::ErrorCode::NoCredentials, login.told, {} });
        break;
    case Login::Outcome::Cancelled:
        break;
    }
}

QString ProfileActions::loginSource(const Profile& profile) const
{
    return m_told.value(profile.id);
}

void ProfileActions::loggedIn(const QString& profileId, const Secret& password)
{
    const auto kept = m_kept.find(profileId);
    if (kept == m_kept.end() || password.isEmpty() || kept->password == password)
        return;
    kept->password = password;
    keep(kept->profile, profile::passwordEntry(profileId), password);
}

std::shared_ptr<const net::CurrentPassword> ProfileActions::renewed(
    const Profile& profile, const Secret& password)
{
    const Login login = m_expiring.value(profile.id);
    if (password.isEmpty() || login.password != password)
        return nullptr;
    const auto current = std::make_shared<net::CurrentPassword>(password.reveal());
    auto* keeper = new profile::LoginKeeper(
        profile, current, QProcessEnvironment::systemEnvironment(), this);
    connect(keeper, &profile::LoginKeeper::unused, keeper, &QObject::deleteLater);
    connect(keeper, &profile::LoginKeeper::failed, this, [this](const Login& failure) {
        Q_EMIT failed({ support::ErrorCode::NoCredentials, failure.told, {} });
    });
    keeper->start(login);
    return current;
}

void ProfileActions::askFor(const Profile& profile, const QString& why, Wish wish)
{
    auto* dialog = new PasswordDialog(profile.firstEndpoint(), profile.authentication.user,
        why.isEmpty() ? tr("The profile %1 asks each time.").arg(profile.name) : why, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PasswordDialog::credentialsGiven, this,
        [this, profile, wish](const QString& user, const QString& password) {
            Profile asked = profile;
            asked.authentication.user = user;
            if (!user.isEmpty()
                && asked.authentication.kind == profile::AuthenticationKind::Password)
                asked.authentication.kind = profile::AuthenticationKind::AclUser;
            Q_EMIT(this->*wish)(asked, Secret(password));
        });
    dialog->open();
}

void ProfileActions::unlock(const Profile& profile, const net::TlsOptions& tls,
    std::function<void(const net::TlsOptions&)> then)
{
    // What is wrong with it otherwise is said when it is used.
    if (!tls.enabled || !net::isKeyLocked(tls))
        return then(tls);
    auto* request = new profile::SecretRequest(profile.keySecret,
        profile::keyPassphraseEntry(profile.id), QProcessEnvironment::systemEnvironment(), this);
    request->hideFromCommand(profile::secretVariables(profile));
    connect(request, &profile::SecretRequest::finished, this,
        [this, request, profile, tls, then](const profile::SecretAnswer& answer) {
            request->deleteLater();
            if (answer.outcome != profile::SecretAnswer::Outcome::Found)
                return askPassphrase(profile, tls, answer.why, then);
            net::TlsOptions unlocked = tls;
            unlocked.keyPassphrase = answer.secret.reveal();
            if (net::isKeyLocked(unlocked))
                return askPassphrase(
                    profile, tls, tr("The passphrase of this profile does not open it."), then);
            then(unlocked);
        });
    request->start();
}

void ProfileActions::askPassphrase(const Profile& profile, const net::TlsOptions& tls,
    const QString& why, const std::function<void(const net::TlsOptions&)>& then)
{
    auto* dialog = new QInputDialog(m_window);
    dialog->setObjectName(u"keyPassphraseDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Private key"));
    const QString file = tls.pkcs12File.isEmpty() ? tls.keyFile : tls.pkcs12File;
    const QString what = tr("The passphrase of the private key of %1, %2")
                             .arg(visibleText(profile.name), visibleText(file));
    dialog->setLabelText(why.isEmpty() ? what : QString(visibleText(why) + u'\n' + what));
    for (QLabel* label : dialog->findChildren<QLabel*>())
        label->setTextFormat(Qt::PlainText);
    dialog->setTextEchoMode(QLineEdit::Password);
    connect(dialog, &QInputDialog::textValueSelected, this,
        [this, profile, tls, then](const QString& text) {
            net::TlsOptions unlocked = tls;
            unlocked.keyPassphrase = text;
            if (net::isKeyLocked(unlocked))
                return askPassphrase(profile, tls, tr("That passphrase does not open it."), then);
            if (profile.keySecret.kind == profile::SecretSource::Kind::Keychain)
                keep(profile, profile::keyPassphraseEntry(profile.id), Secret(text));
            then(unlocked);
        });
    dialog->open();
}

void ProfileActions::keep(const Profile& profile, const QString& entry, const Secret& secret)
{
    auto* request = new KeychainRequest(KeychainRequest::Action::Write, entry, secret, this);
    connect(request, &KeychainRequest::finished, this,
        [this, request, name = profile.name,
            isOfKey = entry == profile::keyPassphraseEntry(profile.id)](
            const KeychainAnswer& answer) {
            request->deleteLater();
            const QString what
                = (isOfKey ? tr("The passphrase of %1's key") : tr("The password of %1")).arg(name);
            if (answer.outcome == KeychainAnswer::Outcome::Done)
                Q_EMIT message(tr("%1 is in the keychain.").arg(what));
            else
                Q_EMIT message(
                    tr("%1 was not kept, it will be asked for: %2").arg(what, answer.detail));
        });
    request->start();
}

/// What was deleted and not restored has no secrets any more.
void ProfileActions::forgetRemoved()
{
    const auto profiles = m_store.load();
    const QSet<QString> removed = std::exchange(m_removed, {});
    if (!profiles)
        return;
    for (const QString& id : removed) {
        if (profile::indexOfId(*profiles, id) >= 0)
            continue;
        for (const QString& entry :
            { profile::passwordEntry(id), profile::keyPassphraseEntry(id) }) {
            auto* request = new KeychainRequest(KeychainRequest::Action::Remove, entry, {}, this);
            connect(request, &KeychainRequest::finished, request, &QObject::deleteLater);
            request->start();
        }
    }
}

} // namespace slotscope::ui
