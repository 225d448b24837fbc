// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArrayView>

namespace slotscope::tests {

/// Feeds hostile bytes to everything that reads what a server or a user sends: the RESP reader
/// (whole, and in pieces cut at places that the bytes themselves choose), the NODES, SLOTS and INFO
/// parsers, redirects, lines, endpoints and captures' JSON. Returns normally whatever the bytes
/// are; sanitizers find the rest. Aborts when a property does not hold (a reply that depends on how
/// its bytes were cut, a line that does not round-trip).
void fuzzOne(QByteArrayView data);

} // namespace slotscope::tests
