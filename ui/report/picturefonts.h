// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/theme/nodetext.h"
#include "ui/theme/theme.h"

// What the incident picture is measured with and painted with.
namespace slotscope::ui {

inline QFont headlineFont(int pixels)
{
    return textFont(pixels, QFont::Bold);
}
inline QFont evidenceFont()
{
    return textFont(22);
}
inline QFont badgeFont()
{
    return textFont(26, QFont::Bold);
}
inline QFont pairFont()
{
    return textFont(18, QFont::DemiBold);
}
inline QFont saidByFont()
{
    return textFont(17);
}
inline QFont timelineFont(Alarm alarm = Alarm::None)
{
    return textFont(18, alarm == Alarm::None ? QFont::Normal : QFont::DemiBold);
}
inline QFont footerFont()
{
    return textFont(16);
}

} // namespace slotscope::ui
