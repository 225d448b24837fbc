// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/capture.h"
#include "core/support/result.h"

namespace slotscope::capture {

/// Writes atomically. Format (docs/capture-format.md): a first line `slotscope-capture 1\n`, then
/// blocks; each block is a line `block <compressed bytes> <raw bytes> <sha256 of the compressed
/// bytes in hex>\n`, the zlib data (RFC 1950, no length prefix), and `\n`. The concatenated raw
/// data are JSON lines: one header object, then {"type": "topology"|"trace", ...}.
support::Result<support::Done> writeCapture(const QString& file, const Capture& capture);
/// Reads every whole block; FileDamaged with the block's number when a checksum or a length does
/// not hold. Sizes are bounded: a block at most 64 MiB raw, a file at most 1 GiB raw. Unknown line
/// types are skipped.
support::Result<Capture> readCapture(const QString& file);

} // namespace slotscope::capture
