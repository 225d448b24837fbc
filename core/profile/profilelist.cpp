// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/profile/profilelist.h"

#include "core/explain/profiles.h"
#include "core/profile/profilejson.h"

#include <QUuid>

#include <algorithm>

namespace slotscope::profile {

using namespace Qt::StringLiterals;
using support::Error;
using support::ErrorCode;
using support::Result;

namespace {

QString newId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

Error noSuchProfile()
{
    return { ErrorCode::InvalidInput, explain::profileIsGone(), {} };
}

} // namespace

qsizetype indexOfId(const ProfileList& profiles, const QString& id)
{
    const auto found = std::find_if(
        profiles.begin(), profiles.end(), [&id](const Profile& p) { return p.id == id; });
    return found == profiles.end() || id.isEmpty() ? -1 : found - profiles.begin();
}

qsizetype indexOfName(const ProfileList& profiles, const QString& name)
{
    const auto found = std::find_if(
        profiles.begin(), profiles.end(), [&name](const Profile& p) { return p.name == name; });
    return found == profiles.end() ? -1 : found - profiles.begin();
}

QString uniqueName(const ProfileList& profiles, const QString& wanted)
{
    QString name = wanted;
    for (int number = 2; indexOfName(profiles, name) >= 0; ++number)
        name = wanted + u' ' + QString::number(number);
    return name;
}

Result<ProfileList> withSaved(ProfileList profiles, Profile profile)
{
    const qsizetype named = indexOfName(profiles, profile.name);
    qsizetype place = indexOfId(profiles, profile.id);
    if (profile.id.isEmpty() && named >= 0) {
        place = named;
        profile.id = profiles.at(named).id;
    }
    if (named >= 0 && named != place) {
        return Error { ErrorCode::InvalidInput, explain::profileNameIsTaken(profile.name), {} };
    }
    if (profile.id.isEmpty())
        profile.id = newId();
    if (place >= 0)
        profiles[place] = std::move(profile);
    else
        profiles.append(std::move(profile));
    return profiles;
}

Result<ProfileList> withEdited(ProfileList profiles, const Profile& before, Profile wanted)
{
    const qsizetype place = indexOfId(profiles, wanted.id);
    if (place >= 0 && before.id == wanted.id && profiles.at(place) != before)
        wanted = profileFromJson(rewritten(toJson(profiles.at(place)), before, wanted));
    return withSaved(std::move(profiles), std::move(wanted));
}

Result<ProfileList> withShards(
    ProfileList profiles, const QString& id, const QList<ShardNodes>& shards)
{
    const qsizetype place = indexOfId(profiles, id);
    if (place < 0)
        return noSuchProfile();
    profiles[place].shards = shards;
    return profiles;
}

Result<ProfileList> withClone(ProfileList profiles, const QString& id)
{
    const qsizetype place = indexOfId(profiles, id);
    if (place < 0)
        return noSuchProfile();
    Profile copy = profiles.at(place);
    copy.id = newId();
    copy.name = uniqueName(profiles, copy.name);
    profiles.insert(place + 1, std::move(copy));
    return profiles;
}

Result<ProfileList> withMoved(ProfileList profiles, const QString& id, qsizetype position)
{
    const qsizetype place = indexOfId(profiles, id);
    if (place < 0)
        return noSuchProfile();
    const qsizetype last = profiles.size() - 1;
    profiles.move(place, position < 0 || position > last ? last : position);
    return profiles;
}

Result<WithoutOne> withRemoved(ProfileList profiles, const QString& id)
{
    const qsizetype place = indexOfId(profiles, id);
    if (place < 0)
        return noSuchProfile();
    Removed removed { profiles.takeAt(place), place };
    return WithoutOne { std::move(profiles), std::move(removed) };
}

ProfileList withRestored(ProfileList profiles, Removed removed)
{
    if (indexOfId(profiles, removed.profile.id) >= 0)
        return profiles;
    removed.profile.name = uniqueName(profiles, removed.profile.name);
    const qsizetype place = std::clamp<qsizetype>(removed.position, 0, profiles.size());
    profiles.insert(place, std::move(removed.profile));
    return profiles;
}

ProfileList search(const ProfileList& profiles, const QString& text)
{
    const QStringList words = text.split(u' ', Qt::SkipEmptyParts);
    ProfileList found;
    for (const Profile& profile : profiles) {
        // A blank no word can have keeps the fields apart.
        const QString all = QStringList { profile.name, profile.group,
            toJson(profile).value("environment"_L1).toString(), profile.authentication.user,
            profile.endpoints.join(u' ') }
                                .join(u' ');
        const bool hasAll = std::all_of(words.begin(), words.end(),
            [&all](const QString& word) { return all.contains(word, Qt::CaseInsensitive); });
        if (hasAll)
            found.append(profile);
    }
    return found;
}

} // namespace slotscope::profile
