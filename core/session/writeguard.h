// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"
#include "core/command/commandtable.h"
#include "core/command/fanout.h"

#include <QMetaType>

#include <optional>

namespace slotscope::session {

/// What may become of a command before it is sent.
enum class Permission {
    Allowed,
    AskFirst, ///< dangerous: sent when the user has confirmed it
    Refused, ///< Slotscope is read-only; no confirmation changes that
};

/// Why it is not simply allowed, or would not be on a read-only session. The first that holds.
enum class GuardReason {
    None, ///< it reads, or concerns nothing but its own connection
    DeletesKeys, ///< FLUSHALL, FLUSHDB: all of a node
    DeletesScripts, ///< SCRIPT FLUSH
    DeletesFunctions, ///< FUNCTION FLUSH
    Dangerous, ///< the server's category @dangerous, and it does more than look
    HoldsUp, ///< only looks, but so much (KEYS, MONITOR) that a server may answer nobody meanwhile
    Writes, ///< the server's flag "write"
    RunsScript, ///< EVAL, EVALSHA, FCALL, SCRIPT LOAD: what they do nobody can tell
    Publishes, ///< PUBLISH, SPUBLISH: stores nothing, and other clients get it
    Unknown, ///< it is in no table
    Unclear, ///< the server flags it neither as reading nor as writing
};

/// What the guard says of a command, or of several (the worst of them). A plain value.
struct GuardVerdict
{
    Permission permission = Permission::Allowed;
    GuardReason reason = GuardReason::None;
    QString name; ///< "FLUSHALL", "CONFIG SET"; for several: of the one that is meant

    friend bool operator==(const GuardVerdict&, const GuardVerdict&) = default;
};

/// Whether the user was asked. Session refuses what judge() would ask about until this says so.
enum class Confirmation { NotAsked, Confirmed };

/// Pure: judges by the flags and categories of `table`, which are the server's own once it has told
/// them, and by a short list of what they do not tell: scripts, and commands without any flag that
/// only look. On a read-only session whatever is not known to only read is refused; elsewhere
/// nothing is, and what is dangerous asks first.
///
/// How a window uses it: before a run it calls judge() with SessionHandle's table and
/// `config().readOnly`. Refused: it shows refusalSentence() (or starts the run all the same: it
/// ends as TraceOutcome::NotSent with that sentence). AskFirst: it shows guardQuestion() with two
/// buttons, and starts the run with Confirmation::Confirmed if the user says so. Without a
/// confirmation the run ends as NotSent.
GuardVerdict judge(const command::Argv& argv, const command::CommandTable& table, bool readOnly);
GuardVerdict judge(
    const QList<command::Argv>& commands, const command::CommandTable& table, bool readOnly);

/// On how many nodes a command will be executed: 1, or as many as the fan-out has.
int nodesReached(
    const cluster::Topology& map, std::optional<command::FanOutTarget> target = std::nullopt);

/// "FLUSHALL deletes all keys on 3 nodes. Send it?" For AskFirst.
QString guardQuestion(const GuardVerdict& verdict, int nodes);
/// "Slotscope is read-only. SET writes. Not sent." For Refused, and for AskFirst without an answer.
QString refusalSentence(const GuardVerdict& verdict, int nodes);

} // namespace slotscope::session

Q_DECLARE_METATYPE(slotscope::session::GuardVerdict)
