// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"
#include "core/command/commandline.h"
#include "core/command/commandtable.h"

#include <QStringList>

namespace slotscope::ui {

/// What the console says of a line before it is sent.
struct CommandHint
{
    enum class Kind {
        Nothing, ///< nothing is typed
        Known, ///< it is clear where it goes
        Warning, ///< it can be sent, and something is worth knowing
        Wrong, ///< it cannot be sent: `text` says why
    };
    Kind kind = Kind::Nothing;
    QString text; ///< "slot 1738 -> S01", "no key", "CROSSSLOT: a is 15495, b is 3300"; plain text
    int slot = -1; ///< the slot of the keys when they have one in common
    /// Of a CROSSSLOT: every key with its slot, its owner and its hash tag; plain text, a line
    /// each.
    QStringList keys {};
};

/// clear and help belong to the console.
bool isConsoleCommand(const command::Argv& argv);

/// Pure: asks nobody, works with an empty topology too. `table`: the server's own, once it is
/// known.
CommandHint hintFor(QStringView line, const cluster::Topology& topology,
    const command::CommandTable& table = command::CommandTable::builtIn());

} // namespace slotscope::ui
