// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/profile/login.h"

#include "core/explain/credentials.h"
#include "core/profile/awscredentials.h"
#include "core/profile/keychain.h"
#include "core/profile/secretstore.h"

namespace slotscope::profile {

using support::Result;

LoginRequest::LoginRequest(Profile profile, QProcessEnvironment environment, QObject* parent)
    : QObject(parent)
    , m_profile(std::move(profile))
    , m_environment(std::move(environment))
{ }

void LoginRequest::start()
{
    if (m_profile.authentication.kind == AuthenticationKind::None)
        end({});
    else if (m_profile.authentication.isIam())
        fetchToken();
    else
        fetchSecret();
}

void LoginRequest::cancel()
{
    end({ Login::Outcome::Cancelled, {}, {}, {} });
    const auto secrets = findChildren<SecretRequest*>();
    for (SecretRequest* request : secrets)
        request->cancel();
    const auto searches = findChildren<CredentialSearch*>();
    for (CredentialSearch* search : searches)
        search->cancel();
}

void LoginRequest::fetchSecret()
{
    auto* request
        = new SecretRequest(m_profile.secret, passwordEntry(m_profile.id), m_environment, this);
    request->hideFromCommand(secretVariables(m_profile));
    connect(request, &SecretRequest::finished, this, [this](const SecretAnswer& answer) {
        switch (answer.outcome) {
        case SecretAnswer::Outcome::Found:
            end({ Login::Outcome::Ready, answer.secret, {}, {} });
            return;
        case SecretAnswer::Outcome::Ask:
            end({ Login::Outcome::Ask, {}, {}, answer.why });
            return;
        case SecretAnswer::Outcome::Cancelled:
            end({ Login::Outcome::Cancelled, {}, {}, {} });
            return;
        }
    });
    request->start();
}

void LoginRequest::fetchToken()
{
    QProcessEnvironment environment = m_environment;
    for (const QString& variable : secretVariables(m_profile))
        environment.remove(variable);
    auto* search = new CredentialSearch(m_profile.authentication.awsProfile, environment, this);
    connect(
        search, &CredentialSearch::finished, this, [this](const Result<FoundCredentials>& found) {
            if (!found) {
                end({ Login::Outcome::Failed, {}, {},
                    explain::noAwsCredentials(found.error().detail) });
                return;
            }
            const QDateTime now = QDateTime::currentDateTimeUtc();
            const Result<IamToken> token
                = makeIamToken(m_profile.authentication, found->credentials, now);
            const QString told = found->where % u' ' % doubtOfClock(found->credentials, now);
            if (token)
                end({ Login::Outcome::Ready, token->token, token->expires, told.trimmed() });
            else
                end({ Login::Outcome::Failed, {}, {},
                    explain::noAwsCredentials(token.error().detail) });
        });
    search->start();
}

void LoginRequest::end(const Login& login)
{
    if (m_ended)
        return;
    m_ended = true;
    QMetaObject::invokeMethod(
        this, [this, login] { Q_EMIT finished(login); }, Qt::QueuedConnection);
}

} // namespace slotscope::profile
