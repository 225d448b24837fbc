// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/slot.h"
#include "core/command/commandline.h"
#include "core/command/commandtable.h"

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
    bool dangerous = false; ///< the server puts it into the category @dangerous
    KeySource source = KeySource::None;
    /// Only the server can tell which arguments are keys: the command is in no table, or in one
    /// that is unclear about it. `keys` is empty then. KeyLookup asks.
    bool needsServer = false;
    QList<int> positions; ///< indexes into argv of the keys (channels of SPUBLISH and its like too)
    QList<QByteArray> keys;
    QList<cluster::Slot> slots; ///< of each key
    bool areChannels = false; ///< the keys are channels: they have a slot, and nothing is stored
    std::optional<cluster::Slot> slot; ///< of the first key; null for keyless commands
    bool crossSlot = false; ///< the keys hash to more than one slot
};

/// Keys from a command table, without asking anybody. Command and subcommand names are folded to
/// lower case. The number of arguments is not checked: the keys of a line that is still being typed
/// are told as far as they stand there.
KeyInfo extractKeys(const Argv& argv, const CommandTable& table = CommandTable::builtIn());

/// `info` with other keys: the arguments at `positions`, each an index into argv.
KeyInfo withKeys(KeyInfo info, const Argv& argv, const QList<int>& positions);

/// A word that all keys begin with and that, as a {hash tag}, would bring them into one slot:
/// "user:1" for user:1:name and user:1:mail. Empty when there is none.
QByteArray tagThatJoins(const QList<QByteArray>& keys);

/// Why keys of different slots cannot go together: which key is in which slot, and what would join
/// them.
QString crossSlotSentence(const QList<QByteArray>& keys);

} // namespace slotscope::command
