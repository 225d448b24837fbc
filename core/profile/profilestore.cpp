// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/profile/profilestore.h"

#include "core/net/typedendpoint.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLockFile>
#include <QSaveFile>
#include <QStandardPaths>

#include <algorithm>

namespace slotscope::profile {

using namespace Qt::StringLiterals;
using support::Done;
using support::Error;
using support::ErrorCode;
using support::Result;

namespace {

constexpr int formatVersion = 1;
constexpr qint64 largestFile = 16 * 1024 * 1024;
constexpr int lockPatienceMs = 3000;

Error fileError(const QString& file, const QString& reason)
{
    return { ErrorCode::FileError, file + u": "_s + reason, {} };
}

QJsonObject toJson(const Profile& profile)
{
    const QJsonObject tls {
        { u"enabled"_s, profile.tls.enabled },
        { u"ca_file"_s, profile.tls.caFile },
        { u"certificate_file"_s, profile.tls.certificateFile },
        { u"key_file"_s, profile.tls.keyFile },
        { u"verify_name"_s, profile.tls.verifyName },
        { u"insecure"_s, profile.tls.insecure },
    };
    return {
        { u"name"_s, profile.name },
        { u"endpoint"_s, profile.endpoint },
        { u"user"_s, profile.user },
        { u"tls"_s, tls },
        { u"address_map"_s, QJsonArray::fromStringList(profile.addressMap) },
        { u"read_only"_s, profile.readOnly },
    };
}

Profile profileFromJson(const QJsonObject& object)
{
    Profile profile;
    profile.name = object.value("name"_L1).toString();
    profile.endpoint = object.value("endpoint"_L1).toString();
    profile.user = object.value("user"_L1).toString();
    const QJsonObject tls = object.value("tls"_L1).toObject();
    profile.tls.enabled = tls.value("enabled"_L1).toBool();
    profile.tls.caFile = tls.value("ca_file"_L1).toString();
    profile.tls.certificateFile = tls.value("certificate_file"_L1).toString();
    profile.tls.keyFile = tls.value("key_file"_L1).toString();
    profile.tls.verifyName = tls.value("verify_name"_L1).toString();
    profile.tls.insecure = tls.value("insecure"_L1).toBool();
    const QJsonArray rules = object.value("address_map"_L1).toArray();
    for (const QJsonValue& rule : rules)
        profile.addressMap.append(rule.toString());
    profile.readOnly = object.value("read_only"_L1).toBool();
    return profile;
}

/// Moves a file that nobody understands out of the way and tells where it is now.
Error keptAside(const QString& file, const QString& reason)
{
    const QString stamp = QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd-HHmmss-zzz"_s);
    const QString aside = file + u".damaged-"_s + stamp;
    if (!QFile::rename(file, aside))
        return { ErrorCode::FileDamaged, file + u": "_s + reason, {} };
    return { ErrorCode::FileDamaged, file + u": "_s + reason + u"; kept as "_s + aside, {} };
}

Result<QList<Profile>> readProfiles(const QString& fileName)
{
    QFile file(fileName);
    if (!file.exists())
        return QList<Profile> {};
    if (!file.open(QIODevice::ReadOnly))
        return fileError(fileName, file.errorString());
    const QByteArray bytes = file.read(largestFile);
    if (file.error() != QFileDevice::NoError)
        return fileError(fileName, file.errorString());

    QJsonParseError parseError;
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &parseError);
    if (parseError.error != QJsonParseError::NoError)
        return keptAside(fileName, parseError.errorString());
    const QJsonObject root = document.object();
    const int version = root.value("version"_L1).toInt(0);
    // A newer Slotscope understands its own file: it stays where that one looks for it.
    if (version > formatVersion) {
        return Error { ErrorCode::FileDamaged,
            fileName + u": format version %1 is newer than %2"_s.arg(version).arg(formatVersion),
            {} };
    }
    if (version < 1 || !root.value("profiles"_L1).isArray())
        return keptAside(fileName, u"not a list of profiles"_s);

    QList<Profile> profiles;
    const QJsonArray entries = root.value("profiles"_L1).toArray();
    for (const QJsonValue& entry : entries) {
        Profile profile = profileFromJson(entry.toObject());
        if (profile.name.isEmpty())
            return keptAside(fileName, u"a profile without a name"_s);
        profiles.append(std::move(profile));
    }
    return profiles;
}

Result<Done> writeProfiles(const QString& fileName, const QList<Profile>& profiles)
{
    QJsonArray entries;
    for (const Profile& profile : profiles)
        entries.append(toJson(profile));
    const QJsonObject root { { u"version"_s, formatVersion }, { u"profiles"_s, entries } };

    QSaveFile file(fileName);
    if (!file.open(QIODevice::WriteOnly)
        || !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)) {
        return fileError(fileName, file.errorString());
    }
    file.write(QJsonDocument(root).toJson(QJsonDocument::Indented));
    if (!file.commit())
        return fileError(fileName, file.errorString());
    return Done {};
}

/// Without password and user: a user alone before the @ would be read as a password.
QString withoutUserInfo(const net::TypedEndpoint& endpoint)
{
    QString text = endpoint.typed;
    const qsizetype host = text.indexOf("://"_L1) + 3;
    if (const qsizetype at = text.lastIndexOf(u'@'); at >= host)
        text.remove(host, at + 1 - host);
    return text;
}

/// Reads, changes and writes under the lock, so that two windows do not lose each other's edits.
template <typename Change>
Result<Done> changeUnderLock(const QString& fileName, Change change)
{
    const QString folder = QFileInfo(fileName).absolutePath();
    if (!QDir().mkpath(folder))
        return fileError(folder, u"cannot be created"_s);
    QLockFile lock(fileName + u".lock"_s);
    if (!lock.tryLock(lockPatienceMs))
        return fileError(fileName, u"in use by another program"_s);
    Result<QList<Profile>> profiles = readProfiles(fileName);
    if (!profiles)
        return profiles.error();
    if (Result<Done> changed = change(profiles.value()); !changed)
        return changed;
    return writeProfiles(fileName, profiles.value());
}

} // namespace

ProfileStore::ProfileStore(QString file)
    : m_file(std::move(file))
{ }

QString ProfileStore::defaultFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
        + u"/slotscope/profiles.json"_s;
}

Result<QList<Profile>> ProfileStore::load() const
{
    return readProfiles(m_file);
}

Result<Done> ProfileStore::save(const Profile& profile)
{
    Profile kept = profile;
    kept.name = kept.name.trimmed();
    if (kept.name.isEmpty())
        return Error { ErrorCode::InvalidInput, u"a profile needs a name"_s, {} };
    const Result<net::TypedEndpoint> endpoint = net::parseTypedEndpoint(kept.endpoint);
    if (!endpoint)
        return endpoint.error();
    kept.endpoint = withoutUserInfo(*endpoint);
    if (kept.user.isEmpty())
        kept.user = endpoint->user;

    return changeUnderLock(m_file, [&kept](QList<Profile>& profiles) -> Result<Done> {
        const auto same = std::find_if(profiles.begin(), profiles.end(),
            [&](const Profile& p) { return p.name == kept.name; });
        if (same != profiles.end())
            *same = kept;
        else
            profiles.append(kept);
        return Done {};
    });
}

Result<Done> ProfileStore::remove(const QString& name)
{
    return changeUnderLock(m_file, [&name](QList<Profile>& profiles) -> Result<Done> {
        const auto removed = profiles.removeIf([&](const Profile& p) { return p.name == name; });
        if (removed == 0)
            return Error { ErrorCode::InvalidInput, u"there is no profile "_s + name, {} };
        return Done {};
    });
}

} // namespace slotscope::profile
