// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/profile/profile.h"
#include "core/profile/secret.h"

#include <QObject>
#include <QProcessEnvironment>

namespace slotscope::profile {

/// The variables of the environment in which the profile has the secrets that it uses: no program
/// that is started for it gets them, nor one that prints another secret of it.
QStringList secretVariables(const Profile& profile);

/// What the place of a secret gave.
struct SecretAnswer
{
    enum class Outcome {
        Found,
        Ask, ///< the user is to be asked; `why` says why, if it is not the profile's wish
        Cancelled,
    };

    Outcome outcome = Outcome::Ask;
    Secret secret;
    QString why; ///< a sentence
};

/// Operation: gets one secret from where its profile says that it is. Never fails: where there is
/// none, the user is asked, and told why. What is asked for is stored nowhere by this.
class SecretRequest final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SecretRequest)
public:
    /// `entry`: of the keychain, see passwordEntry().
    SecretRequest(SecretSource source, QString entry,
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment(),
        QObject* parent = nullptr);

    /// What a command does not get of the environment: secretVariables(). Before start().
    void hideFromCommand(const QStringList& variables) { m_hidden = variables; }
    void start();
    /// finished() then tells Cancelled.
    void cancel();

Q_SIGNALS:
    /// Once, from the event loop.
    void finished(const slotscope::profile::SecretAnswer& answer);

private:
    void askKeychain();
    void readVariable();
    void runCommand();
    void end(const SecretAnswer& answer);

    const SecretSource m_source;
    const QString m_entry;
    const QProcessEnvironment m_environment;
    QStringList m_hidden;
    bool m_ended = false;
};

} // namespace slotscope::profile

Q_DECLARE_METATYPE(slotscope::profile::SecretAnswer)
