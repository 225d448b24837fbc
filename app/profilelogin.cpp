// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "app/profilelogin.h"

#include "core/profile/keychain.h"
#include "core/profile/login.h"
#include "core/profile/profileoptions.h"
#include "core/profile/secretstore.h"
#include "core/profile/seedsearch.h"

#include <QEventLoop>

namespace slotscope::app {

using namespace Qt::StringLiterals;
using profile::Login;
using support::Done;
using support::Error;
using support::ErrorCode;
using support::Result;

namespace {

Login logIn(const profile::Profile& profile)
{
    profile::LoginRequest request(profile);
    Login result;
    QEventLoop loop;
    QObject::connect(
        &request, &profile::LoginRequest::finished, &loop, [&result, &loop](const Login& login) {
            result = login;
            loop.quit();
        });
    request.start();
    loop.exec();
    return result;
}

profile::SecretAnswer keyPassphrase(const profile::Profile& profile)
{
    profile::SecretRequest request(profile.keySecret, profile::keyPassphraseEntry(profile.id));
    profile::SecretAnswer result;
    QEventLoop loop;
    QObject::connect(&request, &profile::SecretRequest::finished, &loop,
        [&result, &loop](const profile::SecretAnswer& answer) {
            result = answer;
            loop.quit();
        });
    request.start();
    loop.exec();
    return result;
}

qsizetype answeringSeed(const QList<net::Endpoint>& seeds, const net::ConnectionOptions& options)
{
    profile::SeedSearch search(seeds, options);
    qsizetype result = 0;
    QEventLoop loop;
    QObject::connect(
        &search, &profile::SeedSearch::finished, &loop, [&result, &loop](qsizetype seed) {
            result = seed;
            loop.quit();
        });
    search.start();
    loop.exec();
    return result;
}

} // namespace

Result<Done> completeFrom(const profile::Profile& profile, ConnectionArguments& arguments)
{
    if (!arguments.options.password) {
        const Login login = logIn(profile);
        if (login.outcome == Login::Outcome::Failed)
            return Error { ErrorCode::NoCredentials, login.told, {} };
        if (!login.password.isEmpty())
            arguments.options.password = login.password.reveal();
        if (!login.told.isEmpty())
            arguments.notes.append(login.told);
        if (login.expires.isValid()) {
            arguments.expiring = profile;
            arguments.login = login;
            arguments.currentPassword
                = std::make_shared<net::CurrentPassword>(login.password.reveal());
            arguments.options.currentPassword = arguments.currentPassword;
        }
    }
    const bool hasKey = !profile.tls.keyFile.isEmpty() || !profile.tls.pkcs12File.isEmpty();
    if (hasKey && !arguments.options.tls.keyPassphrase
        && profile.keySecret.kind != profile::SecretSource::Kind::Ask) {
        const profile::SecretAnswer answer = keyPassphrase(profile);
        if (answer.outcome == profile::SecretAnswer::Outcome::Found)
            arguments.options.tls.keyPassphrase = answer.secret.reveal();
        if (!answer.why.isEmpty())
            arguments.notes.append(answer.why);
    }
    const Result<QList<net::TypedEndpoint>> seeds = profile::seedsOf(profile);
    if (!seeds)
        return seeds.error();
    // A tunnel asks its user first, and belongs to the thread that will use it.
    if (seeds->size() > 1 && !arguments.options.tunnel) {
        QList<net::Endpoint> endpoints;
        for (const net::TypedEndpoint& seed : *seeds)
            endpoints.append(seed.endpoint);
        arguments.endpoint = seeds->at(answeringSeed(endpoints, arguments.options));
    }
    return Done {};
}

} // namespace slotscope::app
