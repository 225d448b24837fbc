// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/profile/profilelist.h"

#include <functional>

namespace slotscope::profile {

/// The profiles of this user, one versioned JSON file (0600), written atomically. A file that
/// cannot be understood is kept aside under another name and reported, never overwritten; fields
/// that are not known here survive. Two windows do not lose each other's edits: each change reads
/// the file again under a lock file. A file of version 1 is read, and written as today's by the
/// first change.
class ProfileStore
{
public:
    /// `file`: usually defaultFile(). Nothing is read until load().
    explicit ProfileStore(QString file);
    static QString defaultFile();

    /// The names in `file` alone, in the user's order, for what only completes what is being typed:
    /// nothing is kept aside, reported or migrated. Empty where the file cannot be understood.
    static QStringList namesIn(const QString& file);

    /// In the user's order, each with an id.
    support::Result<ProfileList> load() const;
    /// Adds a checked() profile, or replaces the one of the same id, without an id that of the same
    /// name.
    support::Result<support::Done> save(const Profile& profile);
    support::Result<support::Done> remove(const QString& name);

    /// Gets the profiles of this moment and returns what they shall be.
    using Change = std::function<support::Result<ProfileList>(ProfileList)>;
    /// Returns what was written. An error of `change` writes nothing.
    support::Result<ProfileList> change(const Change& change);

private:
    QString m_file;
};

} // namespace slotscope::profile
