// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

namespace slotscope::app {

/// Fills the places of standard streams that were closed by whoever started this (`>&-`): the next
/// file or socket would get such a place, and results would be written to a server. What is printed
/// then fails. Before anything is opened.
void occupyStandardStreams();

/// `status`, but no success when a result could not be printed.
int withFateOfOutput(int status);

} // namespace slotscope::app
