// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/sandbox/tiedchild.h"

#include <sys/prctl.h>
#include <unistd.h>

namespace slotscope::sandbox {

std::function<void()> tiedToThisProcess(int signal)
{
    return [signal, parent = ::getpid()] {
        ::prctl(PR_SET_PDEATHSIG, signal);
        // It may have died before the line above took effect.
        if (::getppid() != parent)
            ::_exit(127);
        ::setpgid(0, 0);
    };
}

} // namespace slotscope::sandbox
