// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/commandline.h"

#include <QStringList>

namespace slotscope::app {

/// `slotscope exec`: one command and its trace. `command` is what stood behind `--`, byte for byte
/// as it came; nullopt when there was no `--`. Returns the exit status.
int runExec(const QStringList& arguments, const std::optional<command::Argv>& command);

} // namespace slotscope::app
