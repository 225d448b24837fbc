// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/resp/reply.h"

#include <QString>

namespace slotscope::resp {

/// One line that stands for a reply: a scalar as redis-cli prints it, an aggregate as its kind and
/// size ("array of 3", "(empty array)"). Plain text with visible escapes, at most `maxText` long.
QString summaryLine(const Reply& reply, qsizetype maxText = 512);

/// Text that was cut where it became too long, and says so.
struct BoundedText
{
    QString text;
    bool isCut = false;
};

/// A reply as a reader of JSON would like it, indented: strings, numbers, null, arrays; a map with
/// keys of text as an object, any other as an array of pairs; bytes that are no UTF-8 as
/// {"base64": ".."}; an error as {"error": ".."}. A string that is a JSON document is shown as this
/// document: only blanks are added.
BoundedText toReadableJson(const Reply& reply, qsizetype limit = 1'000'000);

/// The text of a scalar with its lines as lines; everything else that is not printable as visible
/// escapes. An aggregate as toDisplayText() has it.
BoundedText toReadableText(const Reply& reply, qsizetype limit = 1'000'000);

/// Sixteen bytes of `bytes` from `offset` on, in the layout of hexdump -C.
QString hexLine(QByteArrayView bytes, qsizetype offset);

} // namespace slotscope::resp
