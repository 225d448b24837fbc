// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArrayView>

namespace slotscope::tests {

// Of fuzzTargets(): what reads captures and recordings, and what is done with those that open.

void fuzzCaptureFile(QByteArrayView data); ///< the bytes are a file
void fuzzCaptureLines(QByteArrayView data); ///< they are what is in a block, unpacked

} // namespace slotscope::tests
