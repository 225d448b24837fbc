// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/trace.h"
#include "core/support/result.h"

#include <QJsonObject>

#include <limits>

namespace slotscope::command {

/// The contract's `exec` document, without "schema" and "version". Beyond the contract it has
/// "started_at", "behaviour", "seed", "detail", "total_micros" and, in each hop, "node_label",
/// "target_label" and, of a name with several addresses, "resolved".
QJsonObject toJson(const Trace& trace);
/// The inverse, for captures; `map` becomes the trace's map. FileDamaged on missing fields.
support::Result<Trace> traceFromJson(const QJsonObject& object, const cluster::Topology& map);

/// The trace as plain text, one hop a line with node, question, raw answer and microseconds, then
/// the reply, of which no more than so many lines are made, and of each of its texts no more than
/// so many characters.
QString toText(const Trace& trace, int maxReplyLines = std::numeric_limits<int>::max(),
    qsizetype maxReplyText = std::numeric_limits<qsizetype>::max());

} // namespace slotscope::command
