// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/profile/awsfiles.h"

#include <QFile>

namespace slotscope::profile {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 largestFile = 4 * 1024 * 1024;

/// The profile that a section's header names; nothing for another kind of section.
std::optional<QString> profileOfSection(const QString& header, bool isConfig)
{
    const QString name = header.simplified();
    if (!isConfig || name == "default"_L1)
        return name;
    if (!name.startsWith("profile "_L1))
        return std::nullopt;
    QString profile = name.mid(8);
    // A name with blanks stands in quotes.
    if (profile.size() >= 2 && profile.front() == profile.back()
        && (profile.front() == u'"' || profile.front() == u'\''))
        profile = profile.sliced(1, profile.size() - 2);
    return profile;
}

/// A value without a comment behind it, which begins with # or ; behind a blank.
QString withoutComment(const QString& value)
{
    for (qsizetype i = 1; i < value.size(); ++i) {
        if ((value.at(i) == u'#' || value.at(i) == u';') && value.at(i - 1).isSpace())
            return value.first(i).trimmed();
    }
    return value;
}

} // namespace

AwsProfiles parseAwsFile(const QByteArray& text, bool isConfig)
{
    AwsProfiles profiles;
    std::optional<QString> profile;
    const QStringList lines = QString::fromUtf8(text).split(u'\n');
    for (const QString& line : lines) {
        const QString trimmed = line.trimmed();
        if (trimmed.isEmpty() || trimmed.startsWith(u'#') || trimmed.startsWith(u';'))
            continue;
        if (trimmed.startsWith(u'[')) {
            const qsizetype end = trimmed.indexOf(u']');
            profile.reset();
            if (end > 1)
                profile = profileOfSection(trimmed.sliced(1, end - 1), isConfig);
            if (profile)
                profiles[*profile]; // even without settings it exists
            continue;
        }
        const qsizetype equals = trimmed.indexOf(u'=');
        if (!profile || equals <= 0 || line.front().isSpace())
            continue;
        const QString name = trimmed.first(equals).trimmed().toLower();
        const QString value = trimmed.sliced(equals + 1).trimmed();
        // A command has its own quotes, and may have any character in them.
        profiles[*profile].insert(
            name, name == "credential_process"_L1 ? value : withoutComment(value));
    }
    return profiles;
}

QString awsCredentialsFile(const QProcessEnvironment& environment)
{
    const QString named = environment.value(u"AWS_SHARED_CREDENTIALS_FILE"_s);
    return named.isEmpty() ? environment.value(u"HOME"_s) + u"/.aws/credentials"_s : named;
}

QString awsConfigFile(const QProcessEnvironment& environment)
{
    const QString named = environment.value(u"AWS_CONFIG_FILE"_s);
    return named.isEmpty() ? environment.value(u"HOME"_s) + u"/.aws/config"_s : named;
}

AwsProfiles readAwsFile(const QString& fileName, bool isConfig)
{
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return parseAwsFile(file.read(largestFile), isConfig);
}

QString awsProfileName(const QString& wanted, const QProcessEnvironment& environment)
{
    if (!wanted.isEmpty())
        return wanted;
    const QString named = environment.value(u"AWS_PROFILE"_s);
    return named.isEmpty() ? u"default"_s : named;
}

} // namespace slotscope::profile
