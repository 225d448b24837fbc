// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/capture.h"
#include "core/support/result.h"

namespace slotscope::capture {

/// The lines of a block that holds a capture: all but its events and samples, which are the
/// timeline's, and its nodes, whose blocks follow.
QByteArray linesOf(const Capture& capture);
/// The inverse; FileDamaged with the number of the line.
support::Result<Capture> captureFromLines(const QByteArray& raw);

/// One line for each.
QByteArrayList linesOf(const QList<NodeAnswers>& answers);
support::Result<QList<NodeAnswers>> answersFromLines(const QByteArray& raw);

} // namespace slotscope::capture
