// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "app/profilelogin.h"

#include "app/interrupts.h"
#include "core/profile/keychain.h"
#include "core/profile/login.h"
#include "core/profile/secretstore.h"
#include "core/profile/seedsearch.h"

#include <QEventLoop>

#include <type_traits>
#include <utility>

namespace slotscope::app {

using namespace Qt::StringLiterals;
using profile::Login;
using support::Done;
using support::Error;
using support::ErrorCode;
using support::Result;

namespace {

/// What the request finishes with; the event loop runs until then.
template <typename Request, typename Answer>
std::decay_t<Answer> answerOf(Request& request, void (Request::*finished)(Answer))
{
    std::decay_t<Answer> result {};
    QEventLoop loop;
    QObject::connect(&request, finished, &loop, [&result, &loop](const auto& answer) {
        result = answer;
        loop.quit();
    });
    request.start();
    loop.exec();
    return result;
}

/// The same, and Ctrl-C cancels it: a command of the profile, in a session of its own, does not
/// hear of it otherwise.
template <typename Request, typename Answer>
std::decay_t<Answer> answerUnlessInterrupted(Request& request, void (Request::*finished)(Answer))
{
    const Interrupts interrupts;
    QObject::connect(&interrupts, &Interrupts::received, &request, &Request::cancel);
    return answerOf(request, finished);
}

} // namespace

Result<Done> completeFrom(const profile::Profile& profile, ConnectionArguments& arguments)
{
    if (!arguments.options.password) {
        profile::LoginRequest request(profile);
        const Login login = answerUnlessInterrupted(request, &profile::LoginRequest::finished);
        if (login.outcome == Login::Outcome::Cancelled)
            return Error { ErrorCode::Cancelled, {}, {} };
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
        profile::SecretRequest request(profile.keySecret, profile::keyPassphraseEntry(profile.id));
        request.hideFromCommand(profile::secretVariables(profile));
        const profile::SecretAnswer answer
            = answerUnlessInterrupted(request, &profile::SecretRequest::finished);
        if (answer.outcome == profile::SecretAnswer::Outcome::Cancelled)
            return Error { ErrorCode::Cancelled, {}, {} };
        if (answer.outcome == profile::SecretAnswer::Outcome::Found)
            arguments.options.tls.keyPassphrase = answer.secret.reveal();
        if (!answer.why.isEmpty())
            arguments.notes.append(answer.why);
    }
    return Done {};
}

void chooseSeed(ConnectionArguments& arguments)
{
    const auto seeds = QList { arguments.endpoint } + std::exchange(arguments.otherSeeds, {});
    if (seeds.size() < 2)
        return;
    QList<net::Endpoint> endpoints;
    for (const net::TypedEndpoint& seed : seeds)
        endpoints.append(seed.endpoint);
    profile::SeedSearch search(endpoints, arguments.options);
    arguments.endpoint = seeds.at(answerOf(search, &profile::SeedSearch::finished));
    arguments.options.setSeed(arguments.endpoint.endpoint);
}

} // namespace slotscope::app
