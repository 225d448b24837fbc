// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/profile/secretstore.h"

#include "core/explain/credentials.h"
#include "core/profile/keychain.h"
#include "core/profile/toolrun.h"

namespace slotscope::profile {

using support::Result;
using Outcome = SecretAnswer::Outcome;

namespace {

SecretAnswer ask(const QString& why = {})
{
    return { Outcome::Ask, {}, why };
}

SecretAnswer fromKeychain(const KeychainAnswer& answer)
{
    switch (answer.outcome) {
    case KeychainAnswer::Outcome::Done:
        return { Outcome::Found, answer.secret, {} };
    case KeychainAnswer::Outcome::NotFound:
        return ask(explain::notInKeychain());
    case KeychainAnswer::Outcome::Denied:
        return ask(explain::keychainDenies(answer.detail));
    case KeychainAnswer::Outcome::Unavailable:
        return ask(explain::noKeychain(answer.detail));
    case KeychainAnswer::Outcome::Cancelled:
        break;
    }
    return { Outcome::Cancelled, {}, {} };
}

} // namespace

QStringList secretVariables(const Profile& profile)
{
    QStringList variables;
    // What an IAM profile says of a password is not used, and may be what its credentials are in.
    const auto kind = profile.authentication.kind;
    const bool usesPassword
        = kind == AuthenticationKind::Password || kind == AuthenticationKind::AclUser;
    if (usesPassword && profile.secret.kind == SecretSource::Kind::Environment)
        variables.append(profile.secret.variable);
    if (profile.keySecret.kind == SecretSource::Kind::Environment)
        variables.append(profile.keySecret.variable);
    return variables;
}

SecretRequest::SecretRequest(
    SecretSource source, QString entry, QProcessEnvironment environment, QObject* parent)
    : QObject(parent)
    , m_source(std::move(source))
    , m_entry(std::move(entry))
    , m_environment(std::move(environment))
{ }

void SecretRequest::start()
{
    switch (m_source.kind) {
    case SecretSource::Kind::Ask:
        end(ask());
        return;
    case SecretSource::Kind::Keychain:
        askKeychain();
        return;
    case SecretSource::Kind::Environment:
        readVariable();
        return;
    case SecretSource::Kind::Command:
        runCommand();
        return;
    }
}

void SecretRequest::cancel()
{
    end({ Outcome::Cancelled, {}, {} });
    // The command ends with what runs it.
    const auto tools = findChildren<ToolRun*>();
    for (ToolRun* tool : tools)
        tool->cancel();
}

void SecretRequest::askKeychain()
{
    auto* request = new KeychainRequest(KeychainRequest::Action::Read, m_entry, Secret(), this);
    connect(request, &KeychainRequest::finished, this,
        [this](const KeychainAnswer& answer) { end(fromKeychain(answer)); });
    request->start();
}

void SecretRequest::readVariable()
{
    const QString value = m_environment.value(m_source.variable);
    if (value.isEmpty())
        end(ask(explain::variableIsNotSet(m_source.variable)));
    else
        end({ Outcome::Found, Secret(value), {} });
}

void SecretRequest::runCommand()
{
    Tool tool;
    tool.program = m_source.command.value(0);
    tool.arguments = m_source.command.mid(1);
    tool.environment = m_environment;
    for (const QString& variable : std::as_const(m_hidden))
        tool.environment.remove(variable);
    auto* run = new ToolRun(std::move(tool), this);
    connect(run, &ToolRun::finished, this, [this](const Result<QByteArray>& output) {
        if (!output) {
            end(ask(explain::secretCommandFailed(output.error().detail)));
            return;
        }
        // The first line: what prints a password puts a line end behind it, pass more lines.
        const QByteArray line = output->split('\n').first();
        const QString secret = QString::fromUtf8(line.endsWith('\r') ? line.chopped(1) : line);
        if (secret.isEmpty())
            end(ask(explain::secretCommandPrintsNothing(m_source.command.value(0))));
        else
            end({ Outcome::Found, Secret(secret), {} });
    });
    run->start();
}

void SecretRequest::end(const SecretAnswer& answer)
{
    if (m_ended)
        return;
    m_ended = true;
    QMetaObject::invokeMethod(
        this, [this, answer] { Q_EMIT finished(answer); }, Qt::QueuedConnection);
}

} // namespace slotscope::profile
