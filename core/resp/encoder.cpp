// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/resp/encoder.h"

#include <charconv>
#include <cstring>

namespace slotscope::resp {

namespace {

// Type, the digits of a 64-bit number, CR LF.
constexpr qsizetype longestHeader = 1 + 20 + 2;

char* writeHeader(char* at, char type, qsizetype count)
{
    *at++ = type;
    at = std::to_chars(at, at + longestHeader, count).ptr;
    *at++ = '\r';
    *at++ = '\n';
    return at;
}

} // namespace

void appendCommand(QByteArray* out, const QList<QByteArray>& argv)
{
    qsizetype most = longestHeader;
    for (const QByteArray& argument : argv)
        most += longestHeader + argument.size() + 2;
    // One growth for each command, and none where there is room.
    const qsizetype before = out->size();
    out->resize(before + most);
    char* at = out->data() + before;
    at = writeHeader(at, '*', argv.size());
    for (const QByteArray& argument : argv) {
        at = writeHeader(at, '$', argument.size());
        std::memcpy(at, argument.constData(), size_t(argument.size()));
        at += argument.size();
        *at++ = '\r';
        *at++ = '\n';
    }
    out->resize(at - out->constData());
}

QByteArray encodeCommand(const QList<QByteArray>& argv)
{
    QByteArray out;
    appendCommand(&out, argv);
    return out;
}

} // namespace slotscope::resp
