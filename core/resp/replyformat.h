// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/resp/reply.h"

#include <QJsonObject>
#include <QString>

#include <limits>

namespace slotscope::resp {

/// The contract's VALUE: {"type": "string", "value": ..}; a map's value is an array of [key,
/// value], a verbatim adds "format", non-finite doubles and big numbers are strings, integers
/// exact.
QJsonObject toJson(const Reply& reply);
/// The inverse, for captures. Unknown types give Null.
Reply replyFromJson(const QJsonObject& object);

/// As redis-cli prints it on a terminal: `"ok"`, `(integer) 3`, `1) "a"`, `(error) MOVED ...`.
/// Plain text with visible escapes, at most `maxLines` lines, `maxText` characters of each text and
/// about `maxTotal` of all; a cut is marked.
QString toDisplayText(const Reply& reply, int maxLines = 1000, qsizetype maxText = 4096,
    qsizetype maxTotal = std::numeric_limits<qsizetype>::max());

} // namespace slotscope::resp
