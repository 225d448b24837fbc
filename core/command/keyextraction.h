// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/slot.h"
#include "core/command/commandline.h"

#include <optional>

namespace slotscope::command {

/// What a command does to its caller, as far as a run must know.
enum class CommandKind {
    Ordinary,
    Streaming, ///< SUBSCRIBE, MONITOR and their like: no single reply
};

/// The keys of a command and where it therefore goes.
struct KeyInfo
{
    bool known = false; ///< the command is in the table
    CommandKind kind = CommandKind::Ordinary;
    bool readOnly = false; ///< the server flags it readonly
    bool write = false; ///< the server flags it write; EVAL and its like have neither flag
    bool blocking = false; ///< may wait for another client (BLPOP, XREAD, WAIT, ...)
    QList<int> positions; ///< indexes into argv of the keys (channels of SPUBLISH and its like too)
    QList<QByteArray> keys;
    std::optional<cluster::Slot> slot; ///< of the first key; null for keyless commands
    bool crossSlot = false; ///< the keys hash to more than one slot
};

/// Keys from the built-in command table (commandtable.inc, made from COMMAND of a real server, and
/// a supplement for other versions), without asking anybody. Command and subcommand names are
/// folded to lower case. The number of arguments is not checked: the keys of a line that is still
/// being typed are told as far as they stand there.
KeyInfo extractKeys(const Argv& argv);

/// The commands of the table, in lower case and sorted ("get", "cluster|nodes" is only "cluster").
QStringList knownCommands();

} // namespace slotscope::command
