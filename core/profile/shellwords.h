// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/support/result.h"

#include <QStringList>

namespace slotscope::profile {

/// A program and its arguments as a shell would divide the line: blanks, '...', "..." and
/// backslashes; nothing is expanded. InvalidInput for a quote without its end.
support::Result<QStringList> splitWords(QStringView line);
/// A line that splitWords() divides into these words; quoted where that is needed.
QString joinWords(const QStringList& words);

} // namespace slotscope::profile
