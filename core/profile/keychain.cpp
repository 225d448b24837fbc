// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/profile/keychain.h"

#include "core/explain/tools.h"

#include <QTimer>
#include <qt6keychain/keychain.h>

namespace slotscope::profile {

using namespace Qt::StringLiterals;
using Outcome = KeychainAnswer::Outcome;

namespace {

const QString service = u"slotscope"_s;

Outcome outcomeOf(QKeychain::Error error)
{
    switch (error) {
    case QKeychain::NoError:
        return Outcome::Done;
    case QKeychain::EntryNotFound:
        return Outcome::NotFound;
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
        return Outcome::Denied;
    case QKeychain::CouldNotDeleteEntry:
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
    case QKeychain::OtherError:
        break;
    }
    return Outcome::Unavailable;
}

/// Somebody may have to find a password for the keychain.
constexpr std::chrono::minutes limit { 2 };

} // namespace

KeychainRequest::KeychainRequest(Action action, QString entry, Secret secret, QObject* parent)
    : QObject(parent)
    , m_action(action)
    , m_entry(std::move(entry))
    , m_secret(std::move(secret))
{ }

void KeychainRequest::start()
{
    // Without a parent: the platform's answer comes to a job that must still be there. It deletes
    // itself.
    QKeychain::Job* job = nullptr;
    switch (m_action) {
    case Action::Read:
        job = new QKeychain::ReadPasswordJob(service);
        break;
    case Action::Write: {
        auto* write = new QKeychain::WritePasswordJob(service);
        write->setTextData(m_secret.reveal());
        job = write;
        break;
    }
    case Action::Remove:
        job = new QKeychain::DeletePasswordJob(service);
        break;
    }
    job->setKey(m_entry);
    // Its default, and what everything here rests on: never into a file.
    job->setInsecureFallback(false);
    connect(job, &QKeychain::Job::finished, this, &KeychainRequest::onFinished);
    QTimer::singleShot(limit, this, [this] {
        end({ Outcome::Unavailable, {}, explain::keychainIsSilent() });
    });
    job->start();
}

void KeychainRequest::cancel()
{
    end({ Outcome::Cancelled, {}, {} });
}

void KeychainRequest::onFinished(QKeychain::Job* job)
{
    KeychainAnswer answer;
    answer.outcome = outcomeOf(job->error());
    if (answer.outcome != Outcome::Done)
        answer.detail = job->errorString().trimmed();
    if (auto* read = qobject_cast<QKeychain::ReadPasswordJob*>(job);
        read && answer.outcome == Outcome::Done)
        answer.secret = Secret(read->textData());
    end(answer);
}

void KeychainRequest::end(const KeychainAnswer& answer)
{
    if (m_ended)
        return;
    m_ended = true;
    QMetaObject::invokeMethod(
        this, [this, answer] { Q_EMIT finished(answer); }, Qt::QueuedConnection);
}

QString passwordEntry(const QString& profileId)
{
    return profileId + u"/password"_s;
}

QString keyPassphraseEntry(const QString& profileId)
{
    return profileId + u"/key"_s;
}

} // namespace slotscope::profile
