// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/support/result.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace slotscope::command {

using Argv = QList<QByteArray>;

/// Of all arguments together, without what the protocol puts around them.
qsizetype byteCount(const Argv& argv);

/// Splits a line the way redis-cli does (sdssplitargs): blanks separate, "..." takes \n \r \t \b \a
/// \\ \" and \xHH, '...' takes only \'. The text is sent as UTF-8. InvalidInput with the position
/// in words for an unterminated quote or text glued to a closing quote. An empty line gives an
/// empty list.
support::Result<Argv> splitLine(QStringView line);

/// The inverse: a line that splitLine() turns into the same arguments again. Printable UTF-8 stays.
QString joinLine(const Argv& argv);

} // namespace slotscope::command
