// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/commandline.h"
#include "core/resp/reply.h"

namespace slotscope::command {

/// The reply to `argv` with every secret in it replaced by "(redacted)": the values of password
/// parameters in CONFIG GET, password hashes in ACL LIST and ACL GETUSER, and what an error line
/// repeats of a command's own secrets. Everything else is returned as it is, sharing its storage.
resp::Reply redactReply(const Argv& argv, const resp::Reply& reply);

/// The same for EXEC's array, whose elements answer `commands` in order.
resp::Reply redactReplies(const QList<Argv>& commands, const resp::Reply& reply);

} // namespace slotscope::command
