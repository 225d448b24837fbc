// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/profile/profile.h"

#include <QColor>
#include <QList>

namespace slotscope::ui {

struct Theme;

/// What the window calls an environment: "Production"; empty for None.
QString environmentLabel(profile::Environment environment);
/// In the order they are offered.
QList<profile::Environment> environments();

/// A colour that a profile can have. `key` is what its file says.
struct ProfileColour
{
    QString key;
    QString label;
};
QList<ProfileColour> profileColours();
/// Invalid for none, and for what is no colour.
QColor profileColour(const QString& key, const Theme& theme);

} // namespace slotscope::ui
