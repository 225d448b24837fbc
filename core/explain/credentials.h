// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

// Where credentials come from, in sentences for the user. None of them can hold a secret.
namespace slotscope::explain {

QString awsCredentialsFromEnvironment();
/// `profile`: of ~/.aws.
QString awsCredentialsFromFile(const QString& profile, const QString& file);
QString awsCredentialsFromProcess(const QString& profile, const QString& program);
QString awsCredentialsFromCli(const QString& profile);
QString noAwsCredentials(const QString& detail);
/// What to do when the AWS CLI did not help.
QString awsCliHint();
/// What to look at when a server refuses an IAM token, beside the clocks. The names of the user and
/// of the cache may be empty.
QString iamRefusedRemedy(const QString& user, const QString& cacheName);

// Why a private key, or the file with it and its certificate, cannot be used.
/// `isGiven`: there is a passphrase, and it does not open it.
QString keyIsLocked(const QString& file, bool isGiven);
QString pkcs12IsLocked(const QString& file, bool isGiven);
QString keyOfAnotherCertificate(const QString& key, const QString& certificate);

// Why the user is asked for a secret.
QString notInKeychain();
QString keychainDenies(const QString& detail);
QString noKeychain(const QString& detail);
QString variableIsNotSet(const QString& variable);
QString secretCommandFailed(const QString& detail);
QString secretCommandPrintsNothing(const QString& program);

} // namespace slotscope::explain
