// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/keyextraction.h"

namespace slotscope::command {

/// It changes what a connection is, or holds it: on a shared one it would change the answers of
/// everybody's next commands, or keep them waiting (BLPOP, SELECT, CLIENT, HELLO, ...).
bool needsOwnConnection(const Argv& argv, const KeyInfo& info);

/// MULTI, EXEC, WATCH and their like: on a connection that ends with its command they would do
/// nothing at all, and look as if they did.
bool isPartOfTransaction(const Argv& argv);

} // namespace slotscope::command
