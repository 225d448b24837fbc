// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/profile/profile.h"

#include <QList>

namespace slotscope::profile {

/// Changes of a list of profiles as functions of values; for ProfileStore::change(). What names an
/// id that is not there (another window removed it) gives InvalidInput.
using ProfileList = QList<Profile>;

/// The position of a profile, -1 if there is none.
qsizetype indexOfId(const ProfileList& profiles, const QString& id);
qsizetype indexOfName(const ProfileList& profiles, const QString& name);

/// `wanted`, or `wanted 2`, `wanted 3`, ...: the first that is free.
QString uniqueName(const ProfileList& profiles, const QString& wanted);

/// In the place of the one with its id, else (without an id) of the one with its name, else at the
/// end, with a new id. Another profile of the same name: InvalidInput.
support::Result<ProfileList> withSaved(ProfileList profiles, Profile profile);

/// What was edited from `before` to `wanted`, in the profile as it is now: other fields keep what
/// another window has made of them. One that is gone comes back as `wanted`.
support::Result<ProfileList> withEdited(
    ProfileList profiles, const Profile& before, Profile wanted);

/// The profile with what was last seen of its cluster's shards.
support::Result<ProfileList> withShards(
    ProfileList profiles, const QString& id, const QList<ShardNodes>& shards);

/// A copy right behind the original, with a name and an id of its own. A secret in the keychain is
/// not copied: it is asked for.
support::Result<ProfileList> withClone(ProfileList profiles, const QString& id);

/// Moves a profile to `position`, counted in the list without it; out of range: the end.
support::Result<ProfileList> withMoved(ProfileList profiles, const QString& id, qsizetype position);

/// A profile that was removed and where it was: what undo needs.
struct Removed
{
    Profile profile;
    qsizetype position = 0;
};

/// The profiles that are left, and what brings the other one back.
struct WithoutOne
{
    ProfileList profiles;
    Removed removed;
};

support::Result<WithoutOne> withRemoved(ProfileList profiles, const QString& id);
/// Undoes a removal; a name that was taken since then gets a number.
ProfileList withRestored(ProfileList profiles, Removed removed);

/// Those that have every word of `text` (any case) in name, group, environment, user or endpoints.
/// In order; an empty text finds all.
ProfileList search(const ProfileList& profiles, const QString& text);

} // namespace slotscope::profile
