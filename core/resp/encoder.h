// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QList>

namespace slotscope::resp {

/// A command as it goes over the wire: a RESP array of bulk strings. Binary safe.
QByteArray encodeCommand(const QList<QByteArray>& argv);
/// The same, behind what is in `out` already: for many commands that leave together.
void appendCommand(QByteArray* out, const QList<QByteArray>& argv);

} // namespace slotscope::resp
