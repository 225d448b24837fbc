// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/redactmonitor.h"

#include "core/command/commandline.h"
#include "core/support/redact.h"

namespace slotscope::command {

QByteArray redactMonitorLine(QByteArrayView line)
{
    // 1700000000.123456 [0 127.0.0.1:5000] "config" "set" "requirepass" "secret"
    const qsizetype bracket = line.indexOf("] \"");
    if (bracket < 0)
        return line.toByteArray();
    const QByteArrayView head = line.first(bracket + 2);
    // MONITOR writes every byte that is not printable as an escape, so this is ASCII.
    const auto argv = splitLine(QString::fromLatin1(line.sliced(bracket + 2)));
    if (!argv || argv->isEmpty())
        return head.toByteArray() + "(redacted)";
    const Argv redacted = support::redactCommand(*argv);
    if (redacted == *argv)
        return line.toByteArray();
    QByteArray result = head.toByteArray();
    for (const QByteArray& argument : redacted)
        result += joinLine({ argument }).toUtf8() + ' ';
    result.chop(1);
    return result;
}

} // namespace slotscope::command
