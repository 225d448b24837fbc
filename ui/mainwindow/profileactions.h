// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/profile/login.h"
#include "core/profile/profilestore.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QSet>

#include <functional>
#include <memory>

class QWidget;

namespace slotscope::net {
class CurrentPassword;
struct TlsOptions;
} // namespace slotscope::net

namespace slotscope::ui {

class ProfileMenu;
class ProfilesDialog;

/// Profiles in a window: the menu, the dialog, and the way from a profile to a connection. Its
/// password is got from where the profile says, and asked for where it has to be; what is to be
/// kept goes into the keychain, and nowhere else. Connects to nothing: it wishes for that.
class ProfileActions final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ProfileActions)
public:
    /// `window`: dialogs stand before it, and it owns this.
    ProfileActions(const profile::ProfileStore& store, QWidget* window);

    ProfileMenu* menu() const { return m_menu; }
    void openDialog();
    /// A way that was tried for this profile goes into the dialog's form, if that is open.
    void takeWay(const QString& id, const profile::Profile& way);
    /// Gets the password and wishes for the connection. `typed`: what the user has just typed.
    void open(const profile::Profile& profile, const profile::Secret& typed = {});

    /// For ConnectionOptions: the newest of a password that expires, as long as somebody uses it;
    /// null for any other.
    std::shared_ptr<const net::CurrentPassword> renewed(
        const profile::Profile& profile, const profile::Secret& password);

    /// A sentence: what the profile logged in with the last time; empty where nothing was said.
    QString loginSource(const profile::Profile& profile) const;

    /// A server has taken this password of the profile: it is kept where the profile says that it
    /// is in the keychain and it is not, or another.
    void loggedIn(const QString& profileId, const profile::Secret& password);

    /// Calls `then` with the options and what opens their private key, if it needs that: got from
    /// where the profile says, or asked for. Not at all when the user refuses.
    void unlock(const profile::Profile& profile, const net::TlsOptions& tls,
        std::function<void(const net::TlsOptions&)> then);

    /// Says before the window why the profile cannot be used.
    void tell(const profile::Profile& profile, const support::Error& error);

Q_SIGNALS:
    void connectRequested(
        const slotscope::profile::Profile& profile, const slotscope::profile::Secret& password);
    void testRequested(
        const slotscope::profile::Profile& profile, const slotscope::profile::Secret& password);
    void message(const QString& text);
    /// Of something that goes on by itself; what the user has started ends in tell().
    void failed(const slotscope::support::Error& error);

private:
    using Wish = void (ProfileActions::*)(const profile::Profile&, const profile::Secret&);

    ProfilesDialog* dialog();
    void withPassword(const profile::Profile& profile, const profile::Secret& typed, Wish wish);
    void onLogin(const profile::Profile& profile, const profile::Login& login, Wish wish);
    void askFor(const profile::Profile& profile, const QString& why, Wish wish);
    void keep(const profile::Profile& profile, const QString& entry, const profile::Secret& secret);
    void forgetRemoved();
    /// `why`: a sentence; may be empty.
    void askPassphrase(const profile::Profile& profile, const net::TlsOptions& tls,
        const QString& why, const std::function<void(const net::TlsOptions&)>& then);

    profile::ProfileStore m_store;
    QWidget* const m_window;
    ProfileMenu* m_menu = nullptr;
    QPointer<ProfilesDialog> m_dialog;
    QHash<QString, profile::Login> m_expiring; ///< the last login of a profile, by its id
    struct Kept
    {
        profile::Profile profile;
        profile::Secret password; ///< empty: none that is known
    };
    QHash<QString, Kept> m_kept; ///< what the keychain has for a profile, by its id
    QHash<QString, QString> m_told; ///< which credentials were used, by profile id
    QSet<QString> m_removed; ///< ids; whether for good is known when the dialog is closed
};

} // namespace slotscope::ui
