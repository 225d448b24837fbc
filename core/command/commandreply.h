// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/commandtable.h"

namespace slotscope::command {

/// A command as one server describes it, right or wrong.
struct ServerCommand
{
    CommandEntry entry;
    bool hasSpecifications = false; ///< Redis 7.0 or newer; else first, last and step were all
};

/// The commands in a reply to COMMAND or COMMAND INFO (Redis 2.8.13 or newer, RESP2 or RESP3),
/// subcommands behind their parents. Unknown flags, tips and fields are ignored, nulls and entries
/// that make no sense are left out. Errors as CommandTable::fromReply().
support::Result<QList<ServerCommand>> parseCommandReply(const resp::Reply& reply);

} // namespace slotscope::command
