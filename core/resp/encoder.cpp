// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/resp/encoder.h"

namespace slotscope::resp {

namespace {

void appendHeader(QByteArray& out, char type, qsizetype count)
{
    out += type;
    out += QByteArray::number(count);
    out += "\r\n";
}

} // namespace

QByteArray encodeCommand(const QList<QByteArray>& argv)
{
    constexpr qsizetype headerLength = 32;
    qsizetype size = headerLength;
    for (const QByteArray& argument : argv)
        size += argument.size() + headerLength;
    QByteArray out;
    out.reserve(size);
    appendHeader(out, '*', argv.size());
    for (const QByteArray& argument : argv) {
        appendHeader(out, '$', argument.size());
        out += argument;
        out += "\r\n";
    }
    return out;
}

} // namespace slotscope::resp
