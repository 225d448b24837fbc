// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/profile/profilestore.h"

#include "core/explain/files.h"
#include "core/explain/profiles.h"
#include "core/profile/profilejson.h"
#include "core/support/privatefile.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLockFile>
#include <QStandardPaths>
#include <QUuid>

namespace slotscope::profile {

using namespace Qt::StringLiterals;
using support::Done;
using support::Error;
using support::ErrorCode;
using support::fileError;
using support::Result;

namespace {

constexpr qint64 largestFile = 16 * 1024 * 1024;
// A form waits for it. Another window writes for milliseconds, and what a process has left that is
// dead is taken over at once.
constexpr int lockPatienceMs = 250;

/// What the file holds: the profiles, and what they were read from.
struct Content
{
    QJsonObject root;
    ProfileList profiles;
    QHash<QString, QJsonObject> entries; ///< by id
};

/// Moves a file that nobody understands out of the way and tells where it is now.
Error keptAside(const QString& file, const QString& reason)
{
    const QString stamp = QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd-HHmmss-zzz"_s);
    const QString aside = file + u".damaged-"_s + stamp;
    if (!QFile::rename(file, aside))
        return { ErrorCode::FileDamaged, file + u": "_s + reason, {} };
    return { ErrorCode::FileDamaged, file + u": "_s + explain::keptAs(reason, aside), {} };
}

/// Always the same for the same entry, until the first change writes it down.
QString derivedId(const QString& name, qsizetype position)
{
    const QUuid space(u"5d3c1c1e-0d8e-4f0b-9a51-5107500be000"_s);
    const QString text = name + u'\n' + QString::number(position);
    return QUuid::createUuidV5(space, text).toString(QUuid::WithoutBraces);
}

Result<Content> readContent(const QString& fileName)
{
    QFile file(fileName);
    if (!file.exists())
        return Content {};
    // A pipe would be waited for without end.
    if (const QFileInfo info(fileName); info.exists() && !info.isFile())
        return fileError(fileName, explain::isNoFile());
    if (!file.open(QIODevice::ReadOnly))
        return fileError(fileName, file.errorString());
    if (file.size() > largestFile)
        return keptAside(fileName, explain::profilesTooLarge(largestFile / (1024 * 1024)));
    const QByteArray bytes = file.read(largestFile);
    if (file.error() != QFileDevice::NoError)
        return fileError(fileName, file.errorString());

    QJsonParseError parseError;
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &parseError);
    if (parseError.error != QJsonParseError::NoError)
        return keptAside(fileName, parseError.errorString());
    Content content;
    content.root = document.object();
    const int version = content.root.value("version"_L1).toInt(0);
    // A newer Slotscope understands its own file: it stays where that one looks for it.
    if (version > profileFormatVersion) {
        return Error { ErrorCode::FileDamaged,
            fileName + u": "_s + explain::profilesAreNewer(version, profileFormatVersion), {} };
    }
    if (version < 1 || !content.root.value("profiles"_L1).isArray())
        return keptAside(fileName, explain::notAListOfProfiles());

    const QJsonArray entries = content.root.value("profiles"_L1).toArray();
    for (const QJsonValue& value : entries) {
        QJsonObject entry
            = version == 1 ? migratedFromVersion1(value.toObject()) : value.toObject();
        Profile profile = profileFromJson(entry);
        if (profile.name.isEmpty())
            return keptAside(fileName, explain::profileWithoutName());
        if (profile.id.isEmpty() || content.entries.contains(profile.id))
            profile.id = derivedId(profile.name, content.profiles.size());
        entry.insert("id"_L1, profile.id);
        content.entries.insert(profile.id, entry);
        content.profiles.append(std::move(profile));
    }
    return content;
}

Result<Done> writeContent(const QString& fileName, const Content& before, const ProfileList& now)
{
    QJsonArray entries;
    for (const Profile& profile : now) {
        const qsizetype place = indexOfId(before.profiles, profile.id);
        entries.append(place < 0
                ? toJson(profile)
                : rewritten(before.entries.value(profile.id), before.profiles.at(place), profile));
    }
    QJsonObject root = before.root;
    root.insert("version"_L1, profileFormatVersion);
    root.insert("profiles"_L1, entries);

    support::PrivateFile file(fileName);
    if (Result<Done> opened = file.open(); !opened)
        return opened;
    file.write(QJsonDocument(root).toJson(QJsonDocument::Indented));
    return file.commit();
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

QStringList ProfileStore::namesIn(const QString& fileName)
{
    QStringList names;
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly))
        return names;
    const QJsonDocument document = QJsonDocument::fromJson(file.read(largestFile));
    const QJsonArray entries = document["profiles"_L1].toArray();
    for (const QJsonValue& entry : entries) {
        if (const QString name = entry["name"_L1].toString(); !name.isEmpty())
            names.append(name);
    }
    return names;
}

Result<ProfileList> ProfileStore::load() const
{
    Result<Content> content = readContent(m_file);
    if (!content)
        return content.error();
    return std::move(content->profiles);
}

Result<Done> ProfileStore::save(const Profile& profile)
{
    const Result<Profile> kept = checked(profile);
    if (!kept)
        return kept.error();
    const Result<ProfileList> written
        = change([&kept](ProfileList profiles) { return withSaved(std::move(profiles), *kept); });
    return written ? Result<Done>(Done {}) : Result<Done>(written.error());
}

Result<Done> ProfileStore::remove(const QString& name)
{
    const Result<ProfileList> written
        = change([&name](ProfileList profiles) -> Result<ProfileList> {
              if (indexOfName(profiles, name) < 0)
                  return Error { ErrorCode::InvalidInput, explain::noSuchProfile(name), {} };
              profiles.removeAt(indexOfName(profiles, name));
              return profiles;
          });
    return written ? Result<Done>(Done {}) : Result<Done>(written.error());
}

Result<ProfileList> ProfileStore::change(const Change& change)
{
    const QString folder = QFileInfo(m_file).absolutePath();
    if (!QDir().mkpath(folder))
        return fileError(folder, explain::cannotBeCreated());
    QLockFile lock(m_file + u".lock"_s);
    if (!lock.tryLock(lockPatienceMs)) {
        const bool isDenied = lock.error() == QLockFile::PermissionError;
        return fileError(
            m_file, isDenied ? explain::noPermissionThere() : explain::inUseByOthers());
    }
    const Result<Content> content = readContent(m_file);
    if (!content)
        return content.error();
    Result<ProfileList> now = change(content->profiles);
    if (!now)
        return now.error();
    if (const Result<Done> written = writeContent(m_file, *content, *now); !written)
        return written.error();
    return now;
}

} // namespace slotscope::profile
