// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/support/childsession.h"

#include <QProcess>

#ifdef Q_OS_LINUX
#include <sys/prctl.h>
#endif
#include <csignal>
#include <unistd.h>

namespace slotscope::support {

namespace {

/// Runs in the child between fork and exec: only async-signal-safe calls.
void leaveSessionOf([[maybe_unused]] pid_t parent)
{
    ::setsid();
#ifdef Q_OS_LINUX
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    // It may have died before the line above took effect.
    if (::getppid() != parent)
        ::_exit(127);
#endif
}

} // namespace

void giveOwnSession(QProcess& process)
{
    process.setChildProcessModifier([parent = ::getpid()] { leaveSessionOf(parent); });
}

void killSession(QProcess& process)
{
    // While it runs for us its id is nobody else's.
    if (const auto pid = static_cast<pid_t>(process.processId()); pid > 0)
        ::kill(-pid, SIGKILL);
    process.kill();
}

} // namespace slotscope::support
