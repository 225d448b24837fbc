// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/profile/secret.h"

#include <QObject>

#include <chrono>

namespace QKeychain {
class Job;
}

namespace slotscope::profile {

/// What became of one question to the keychain.
struct KeychainAnswer
{
    enum class Outcome {
        Done,
        NotFound,
        Denied, ///< by the user or by the keychain
        Unavailable, ///< there is none, or it does not work; `detail` says what it said
        Cancelled,
    };

    Outcome outcome = Outcome::Done;
    Secret secret; ///< of a read that is Done
    QString detail;
};

/// Operation: reads, writes or removes one entry of the platform's keychain (Secret Service,
/// KWallet, macOS Keychain, Windows Credential Store). Nothing is ever written anywhere else. To be
/// used in the main thread. Reading may make the keychain ask its user to unlock it.
class KeychainRequest final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(KeychainRequest)
public:
    enum class Action { Read, Write, Remove };

    /// `entry`: see passwordEntry(). `secret`: what Write stores.
    KeychainRequest(Action action, QString entry, Secret secret = {}, QObject* parent = nullptr);

    void start();
    /// finished() then tells Cancelled. What was under way may still happen.
    void cancel();

Q_SIGNALS:
    /// Once, from the event loop.
    void finished(const slotscope::profile::KeychainAnswer& answer);

private:
    void onFinished(QKeychain::Job* job);
    void end(const KeychainAnswer& answer);

    const Action m_action;
    const QString m_entry;
    Secret m_secret;
    bool m_ended = false;
};

/// The entries of a profile's secrets: they stay when its name changes.
QString passwordEntry(const QString& profileId);
QString keyPassphraseEntry(const QString& profileId);

} // namespace slotscope::profile

Q_DECLARE_METATYPE(slotscope::profile::KeychainAnswer)
