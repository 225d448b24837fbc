// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

namespace slotscope::profile {

/// "use1" -> "us-east-1": the code that ElastiCache's endpoint names have for a region. Empty for
/// a code that is not known: nothing is derived from how it looks.
QString regionOfShortCode(QStringView code);

/// Whether this has the form of a region's full name ("us-east-1", "us-gov-west-1").
bool looksLikeRegion(QStringView name);

} // namespace slotscope::profile
