// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "app/standardstreams.h"

#include "app/exitcode.h"

#include <cstdio>
#include <fcntl.h>
#include <unistd.h>

namespace slotscope::app {

void occupyStandardStreams()
{
    for (const int stream : { STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO }) {
        // In the wrong direction, so that its use is an error as before. The lowest free place is
        // taken, which is this one.
        if (::fcntl(stream, F_GETFD) == -1
            && ::open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY) == -1)
            return;
    }
}

int withFateOfOutput(int status)
{
    return status == Done && std::ferror(stdout) != 0 ? static_cast<int>(NegativeAnswer) : status;
}

} // namespace slotscope::app
