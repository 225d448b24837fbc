// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QHash>
#include <QProcessEnvironment>
#include <QString>

#include <optional>

namespace slotscope::profile {

/// The settings of one profile of ~/.aws/config or ~/.aws/credentials, by lower-case name.
using AwsSettings = QHash<QString, QString>;
/// By profile. Sections that are no profiles (sso-session, services) are left out.
using AwsProfiles = QHash<QString, AwsSettings>;

/// `isConfig`: sections are `[profile NAME]` and `[default]`, else `[NAME]`. Lines that are not
/// understood are passed over; nested settings (indented lines) too.
AwsProfiles parseAwsFile(const QByteArray& text, bool isConfig);

/// The two files as AWS' own tools look for them: AWS_SHARED_CREDENTIALS_FILE, AWS_CONFIG_FILE,
/// else in ~/.aws of `environment`'s HOME.
QString awsCredentialsFile(const QProcessEnvironment& environment);
QString awsConfigFile(const QProcessEnvironment& environment);
/// What a file holds, bounded; nothing for a file that is not there or cannot be read.
AwsProfiles readAwsFile(const QString& file, bool isConfig);

/// `wanted`, else AWS_PROFILE, else "default".
QString awsProfileName(const QString& wanted, const QProcessEnvironment& environment);

} // namespace slotscope::profile
