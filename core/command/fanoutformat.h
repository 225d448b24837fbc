// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/fanout.h"

#include <QJsonObject>

namespace slotscope::command {

/// The document of `exec --on` and `exec --split`, without "schema" and "version"; each row has the
/// hops, outcome and reply of its trace as traceformat.h writes them.
QJsonObject toJson(const FanOut& fanOut);
/// One row for each node or slot, then what they make together.
QString toText(const FanOut& fanOut);

/// What became of a row: "done", "failed" (not executed, or answered with an error), "unknown" (it
/// may have been executed).
QString rowState(const FanOutRow& row);

} // namespace slotscope::command
