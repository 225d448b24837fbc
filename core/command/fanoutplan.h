// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/fanout.h"
#include "core/command/keyextraction.h"

namespace slotscope::command {

/// Where a command's tips send it; null when it concerns one node (or one owner of its keys).
/// FanOutTarget::Slots is never chosen for anybody: splitting gives up atomicity.
std::optional<FanOutTarget> targetByPolicy(const Argv& argv, const CommandTable& table);

/// Why a command is not sent to several nodes, or not split; empty when it can be.
QString refusalOfFanOut(const Argv& argv, FanOutTarget target, const CommandTable& table);

/// The rows, not yet run. A node that cannot be dialled has one that has failed already. Nodes of a
/// shard stand together, in the order of the shards.
QList<FanOutRow> rowsOn(const cluster::Topology& map, FanOutTarget target);
/// One row for each slot of the command's keys, in the order of the arguments.
QList<FanOutRow> rowsBySlot(const KeyInfo& info);
/// The command of such a row: its keys, and what belongs to them.
Argv argvOfRow(const Argv& argv, const FanOutRow& row);

/// What the rows make together. `aggregate`, `partial` and `outcome` of `fanOut` are set.
void putTogether(FanOut& fanOut, const CommandTable& table);

/// One reply of several, in the order of their nodes; errors are among them. `isComplete`: no node
/// has failed to reply. Null when the policy, or what was answered, allows none.
std::optional<resp::Reply> aggregateOf(
    ResponsePolicy policy, const QList<resp::Reply>& replies, bool isComplete);

} // namespace slotscope::command
