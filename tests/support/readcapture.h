// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/history.h"

namespace slotscope::tests {

/// Of a file that has to be whole and finished: FileDamaged when any byte of it is not as it was
/// written. (The program reads what is whole of any.)
inline support::Result<capture::Capture> readCapture(const QString& file)
{
    support::Result<capture::History> history = capture::History::open(file);
    if (!history)
        return history.error();
    if (history->damage())
        return *history->damage();
    support::Result<capture::Capture> capture = history->last();
    if (capture && history->leftOut())
        return *history->leftOut();
    return capture;
}

} // namespace slotscope::tests
