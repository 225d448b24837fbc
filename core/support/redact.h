// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QList>

namespace slotscope::support {

/// The arguments of a command with every secret replaced by "(redacted)": AUTH, HELLO ... AUTH,
/// ACL SETUSER's > < # ! rules, CONFIG SET requirepass and its like, MIGRATE's AUTH and AUTH2.
/// What traces, wire logs, captures and history hold has passed through here.
QList<QByteArray> redactCommand(const QList<QByteArray>& argv);

} // namespace slotscope::support
