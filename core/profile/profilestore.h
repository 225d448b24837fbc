// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/connectionoptions.h"
#include "core/support/result.h"

#include <QList>
#include <QString>

namespace slotscope::profile {

/// A saved way to a cluster. Never holds a secret: passwords are asked for.
struct Profile
{
    QString name; ///< unique, what `profile:NAME` refers to
    QString endpoint; ///< as typed, without a password and a user
    QString user;
    net::TlsOptions tls;
    QStringList addressMap; ///< rules HOST[:PORT]=HOST[:PORT]
    bool readOnly = false; ///< Slotscope is read-only there

    friend bool operator==(const Profile&, const Profile&) = default;
};

/// The profiles of this user, one versioned JSON file (0600), written atomically. A file that
/// cannot be understood is kept aside under another name and reported, never overwritten. Two
/// windows do not lose each other's edits: each change reads the file again under a lock file.
class ProfileStore
{
public:
    /// `file`: usually defaultFile(). Nothing is read until load().
    explicit ProfileStore(QString file);
    static QString defaultFile();

    support::Result<QList<Profile>> load() const;
    /// Adds the profile, or replaces the one of the same name.
    support::Result<support::Done> save(const Profile& profile);
    support::Result<support::Done> remove(const QString& name);

private:
    QString m_file;
};

} // namespace slotscope::profile
