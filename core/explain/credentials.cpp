// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/explain/credentials.h"

#include <QCoreApplication>

namespace slotscope::explain {

namespace {

// The translation context.
struct Credentials
{
    Q_DECLARE_TR_FUNCTIONS(Credentials)
};

} // namespace

QString awsCredentialsFromEnvironment()
{
    return Credentials::tr("AWS credentials from the environment (AWS_ACCESS_KEY_ID).");
}

QString awsCredentialsFromFile(const QString& profile, const QString& file)
{
    return Credentials::tr("AWS credentials of the profile %1 in %2.").arg(profile, file);
}

QString awsCredentialsFromProcess(const QString& profile, const QString& program)
{
    return Credentials::tr("AWS credentials of the profile %1, printed by %2.")
        .arg(profile, program);
}

QString awsCredentialsFromCli(const QString& profile)
{
    return Credentials::tr("AWS credentials of the profile %1, exported by the AWS CLI.")
        .arg(profile);
}

QString awsCliHint()
{
    return Credentials::tr("Version 2 of the AWS CLI is needed for single sign-on, roles and MFA. "
                           "A program that was not started from a terminal does not see the "
                           "terminal's environment.");
}

QString iamRefusedRemedy(const QString& user, const QString& cacheName)
{
    return Credentials::tr(
        "Check that elasticache:Connect (memorydb:Connect) is allowed for both %2 and the user "
        "%1, that the user's id and name are the same, that %2 is the name of the cache and not "
        "its endpoint, that the credentials have not expired, and that this computer's clock is "
        "right: a token is valid for 15 minutes.")
        .arg(user, cacheName);
}

} // namespace slotscope::explain
