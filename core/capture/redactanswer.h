// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/nameredactor.h"

namespace slotscope::capture {

/// What a node answered to `command` ("CLUSTER NODES", "INFO", "SLOWLOG GET 20", ...; RawReply),
/// with other names. Internal to redacted().
QByteArray redactedAnswer(const QString& command, const QByteArray& text, NameRedactor* names);

/// A trace with other names; its map stays. Internal to redacted().
command::Trace redactedTrace(const command::Trace& trace, NameRedactor* names);

} // namespace slotscope::capture
