// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QStringList>

namespace slotscope::sandbox {
class Janitor;
}

namespace slotscope::app {

/// `slotscope sandbox`: a real local cluster as long as this runs, with a window on it or with the
/// demonstration. `janitor` may be null. Returns the exit status.
int runSandbox(const QStringList& arguments, sandbox::Janitor* janitor);

} // namespace slotscope::app
