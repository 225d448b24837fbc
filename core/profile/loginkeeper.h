// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/currentpassword.h"
#include "core/profile/login.h"

#include <QTimer>

#include <chrono>
#include <memory>

namespace slotscope::profile {

/// Replaces a profile's token before it expires, for as long as anybody uses it: new connections
/// always find one that is good. Lives in the main thread, where LoginRequest does.
class LoginKeeper final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LoginKeeper)
public:
    /// `password` is what the connections of `profile` log in with.
    LoginKeeper(Profile profile, std::weak_ptr<net::CurrentPassword> password,
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment(),
        QObject* parent = nullptr);

    /// `login` is what `password` holds now. One that does not expire needs no keeping.
    void start(const Login& login);
    /// How long to wait at least before the next one, and after one that failed. For tests, which
    /// cannot wait the 10 s and 30 s that it is otherwise.
    void setPace(std::chrono::milliseconds least, std::chrono::milliseconds afterFailure);

    /// How long a login that expires then is left alone: until five minutes before.
    static std::chrono::milliseconds untilRenewal(const QDateTime& expires, const QDateTime& now);

Q_SIGNALS:
    /// A new one is in place.
    void renewed(const slotscope::profile::Login& login);
    /// There was none; it is tried again. `login.told` says why.
    void failed(const slotscope::profile::Login& login);
    /// The last of who used the password is gone: nothing more happens here.
    void unused();

private:
    void renew();
    void onFinished(const Login& login);

    const Profile m_profile;
    const std::weak_ptr<net::CurrentPassword> m_password;
    const QProcessEnvironment m_environment;
    std::chrono::milliseconds m_least { 10'000 };
    std::chrono::milliseconds m_afterFailure { 30'000 };
    QTimer m_timer;
};

} // namespace slotscope::profile
