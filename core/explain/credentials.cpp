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

/// `sentence` has no full stop yet.
QString withDetail(const QString& sentence, const QString& detail)
{
    return detail.isEmpty() ? QString(sentence + u'.')
                            : Credentials::tr("%1 (%2).").arg(sentence, detail);
}

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

QString noAwsCredentials(const QString& detail)
{
    return withDetail(Credentials::tr("There are no AWS credentials to make a token of"), detail);
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
        "Check that elasticache:Connect (memorydb:Connect) is allowed for both %2 and %1, that the "
        "user's id and name are the same, that the token was made for the name of the cache and "
        "not for its endpoint, and that the credentials have not expired: a token is valid for 15 "
        "minutes.")
        .arg(
            user.isEmpty() ? Credentials::tr("the user") : Credentials::tr("the user %1").arg(user),
            cacheName.isEmpty() ? Credentials::tr("the cache") : cacheName);
}

QString notInKeychain()
{
    return Credentials::tr("The keychain has nothing for this profile yet.");
}

QString keychainDenies(const QString& detail)
{
    return withDetail(Credentials::tr("The keychain stays locked"), detail);
}

QString noKeychain(const QString& detail)
{
    return withDetail(Credentials::tr("There is no keychain that works here. What you enter is "
                                      "kept for this session only, never in a file"),
        detail);
}

QString variableIsNotSet(const QString& variable)
{
    return Credentials::tr("The environment variable %1 is not set. A program that was not started "
                           "from a terminal does not see the terminal's environment.")
        .arg(variable);
}

QString secretCommandFailed(const QString& detail)
{
    return withDetail(Credentials::tr("The command that is to print the secret failed"), detail);
}

QString secretCommandPrintsNothing(const QString& program)
{
    return Credentials::tr("%1, which is to print the secret, printed nothing.").arg(program);
}

QString keyIsLocked(const QString& file, bool isGiven)
{
    return (isGiven
            ? Credentials::tr("The private key %1 stays locked: the passphrase does not open it.")
            : Credentials::tr("The private key %1 has a passphrase: give it "
                              "(--key-password-file)."))
        .arg(file);
}

QString pkcs12IsLocked(const QString& file, bool isGiven)
{
    return (isGiven ? Credentials::tr("%1 is no PKCS#12 file, or the passphrase does not open it.")
                    : Credentials::tr("%1 is no PKCS#12 file, or it has a passphrase: give it "
                                      "(--key-password-file)."))
        .arg(file);
}

QString keyOfAnotherCertificate(const QString& key, const QString& certificate)
{
    return Credentials::tr("The private key %1 is not that of the certificate %2.")
        .arg(key, certificate);
}

} // namespace slotscope::explain
