// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArrayView>

#include <vector>

namespace slotscope::tests {

/// One thing that reads what a server or a user says. `run` returns normally whatever the bytes
/// are, and aborts when a property does not hold (a reply that depends on how its bytes were cut, a
/// line that does not round-trip, a topology that does not survive being saved). Sanitizers find
/// the rest.
struct FuzzTarget
{
    const char* name; ///< also of its seeds: tests/fuzz/corpus/NAME
    void (*run)(QByteArrayView data);
};

/// reader: the RESP reader, whole and in pieces cut where the bytes themselves say, and its
/// formats. nodes: CLUSTER NODES, INFO, and the topology made of them. slots: the same for CLUSTER
/// SLOTS, as it comes from the wire. redirect: MOVED and ASK lines, pasted text, endpoints.
/// commandline: what is typed into the console, and its keys. capture: a file, and what is done
/// with it when it opens. capturelines: the same for what is in its blocks.
const std::vector<FuzzTarget>& fuzzTargets();

} // namespace slotscope::tests
