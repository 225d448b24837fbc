// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArrayView>
#include <QJsonValue>
#include <QList>
#include <QString>

#include <optional>

class QJsonArray;

namespace slotscope::support {

/// Bytes from a server as text that is safe to show anywhere as plain text: valid UTF-8 stays,
/// control characters, bidirectional overrides and bytes that are not UTF-8 become visible escapes
/// (\n, \x1b, \u202e). A backslash stays a single backslash. Never returns more than `limit`
/// characters; a cut is marked with an ellipsis.
QString toVisibleText(QByteArrayView bytes, qsizetype limit = 4096);
/// The same of a text that once was such bytes.
QString toVisibleText(QStringView text, qsizetype limit = 4096);

/// Bytes as redis-cli prints a string: in double quotes, with \", \\, \n and \xHH escapes.
QString toQuotedText(QByteArrayView bytes, qsizetype limit = 4096);

/// Bytes as the JSON contract writes them: a string where they are UTF-8, {"base64": ".."} else
/// (and where they begin with a byte order mark, which readers of JSON would swallow).
QJsonValue toJson(QByteArrayView bytes);
QJsonArray toJson(const QList<QByteArray>& list);
/// The inverse of toJson; anything else gives an empty array.
QByteArray fromJson(const QJsonValue& value);

/// Digits alone, to at most nine of them: toInt() takes "+7" and " 7" too, which no server prints.
std::optional<int> digitsToInt(QByteArrayView digits);

/// Case-insensitive (ASCII) comparison of a reply or command word.
bool equalsIgnoreCase(QByteArrayView a, QByteArrayView b);

} // namespace slotscope::support
