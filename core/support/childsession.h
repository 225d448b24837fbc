// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

class QProcess;

namespace slotscope::support {

/// Before its start(): what the process starts in turn can be ended with it, by killSession(). It
/// has no terminal, so that Ctrl-C is for this program alone. On Linux it gets SIGKILL when the
/// thread that started it ends, however that ends; what it has started then is left.
void giveOwnSession(QProcess& process);

/// Ends it and all that it has started and that has not left its process group on purpose, as a
/// daemon does. Nothing happens when it does not run.
void killSession(QProcess& process);

} // namespace slotscope::support
