// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/profile/profile.h"

#include <QIcon>

namespace slotscope::ui {

struct Theme;

/// What a profile says of a connection beside the way to it: by what the user tells it from others.
/// Empty for what was typed.
struct TabMark
{
    QString profileName;
    profile::Environment environment = profile::Environment::None;
    QString colour; ///< as Profile's
    /// What to look at when the server refuses its log-in, where that is no password; else empty.
    QString loginRemedy {};
    profile::Redaction redaction = profile::Redaction::Usual; ///< of captures
    /// Which credentials it logs in with, in a sentence, where that is not the password itself.
    QString loginSource {};
    QString profileId {}; ///< where the labels of its shards are kept

    bool isProduction() const { return environment == profile::Environment::Production; }
    /// "orders PROD"; without a name the endpoint stands for it.
    QString title(const QString& endpoint) const;
    /// Of its tab: a letter on a square for an environment, a disc for a colour alone, else null.
    QIcon icon(const Theme& theme) const;

    friend bool operator==(const TabMark&, const TabMark&) = default;
};

TabMark markOf(const profile::Profile& profile);

} // namespace slotscope::ui
