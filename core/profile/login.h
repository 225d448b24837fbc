// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/profile/profile.h"
#include "core/profile/secret.h"

#include <QDateTime>
#include <QObject>
#include <QProcessEnvironment>

namespace slotscope::profile {

/// What the connections of a profile log in with.
struct Login
{
    enum class Outcome {
        Ready, ///< `password` is it; empty: none is needed
        Ask, ///< the user is to be asked for the password
        Failed,
        Cancelled,
    };

    Outcome outcome = Outcome::Ready;
    Secret password; ///< for IAM a token
    QDateTime expires; ///< UTC: a token is not good for new connections afterwards; else invalid
    QString told; ///< a sentence: which credentials were used, why the user is asked, what failed
};

/// Operation: gets the password of a profile: from its SecretSource, or for IAM as a new token.
class LoginRequest final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LoginRequest)
public:
    explicit LoginRequest(Profile profile,
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment(),
        QObject* parent = nullptr);

    void start();
    /// finished() then tells Cancelled.
    void cancel();

Q_SIGNALS:
    /// Once, from the event loop.
    void finished(const slotscope::profile::Login& login);

private:
    void fetchSecret();
    void fetchToken();
    void end(const Login& login);

    const Profile m_profile;
    const QProcessEnvironment m_environment;
    bool m_ended = false;
};

} // namespace slotscope::profile

Q_DECLARE_METATYPE(slotscope::profile::Login)
