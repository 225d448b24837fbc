// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/profile/profile.h"

#include <QJsonObject>

namespace slotscope::profile {

/// Of the file, and of exports. 1 had one `endpoint`, a `user` and `tls.verify_name`.
constexpr int profileFormatVersion = 2;

QString environmentName(Environment environment); ///< "production"; empty for None
/// "none", "short", "pseudonym"; empty for Usual.
QString redactionName(Redaction redaction);
/// A profile as the file has it, every field of it, without `problems`.
QJsonObject toJson(const Profile& profile);
/// Fields that are missing or of another type have their default. A word that is not understood is
/// told in Profile::problems. An empty `id` stays empty.
Profile profileFromJson(const QJsonObject& object);

/// An entry of a file of version 1 as one of today's; what it has beside is kept.
QJsonObject migratedFromVersion1(const QJsonObject& entry);

/// `now` over the entry that `before` was read from: a field that did not change stays as it was
/// written, a field that is not known here stays.
QJsonObject rewritten(const QJsonObject& entry, const Profile& before, const Profile& now);

} // namespace slotscope::profile
