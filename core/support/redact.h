// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

namespace slotscope::support {

/// The arguments of a command with every secret replaced by "(redacted)": AUTH, HELLO ... AUTH,
/// ACL SETUSER's > < # ! rules, CONFIG SET requirepass and its like, MIGRATE's AUTH and AUTH2.
/// What traces, wire logs, captures and history hold has passed through here.
QList<QByteArray> redactCommand(const QList<QByteArray>& argv);

/// The arguments that redactCommand() would replace; empty for a command without a secret.
QList<QByteArray> secretsOf(const QList<QByteArray>& argv);

/// A line that answers a command with these secrets, without them: a server that does not know the
/// command repeats its arguments ("with args beginning with: ..."), perhaps cut in the middle of
/// one.
QByteArray redactLine(QByteArrayView line, const QList<QByteArray>& secrets);

/// A name of a parameter whose value is a secret: requirepass, masterauth, tls-key-file-pass, ...
bool isSecretParameter(QByteArrayView name);

} // namespace slotscope::support
