// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

namespace slotscope::explain {

// What is missing in a capture, and why. `why` is what is wrong with a file (an error's detail),
// `at` a time of day.

/// What a recording should have told could not be read.
QString historyNotAvailable(const QString& why);
/// A part in the middle of a file could not be read.
QString partNotAvailable(const QString& why);
/// Only the timeline of a capture could be read.
QString captureNotAvailable(const QString& why);
/// The file ends too early, or is damaged from there on; `at` may be empty: nothing is known.
QString restNotAvailable(const QString& at, const QString& why);
/// Of a name that was not looked up: a proxy or a tunnel does that.
QString nameNotAskedHere();
/// Of a name: the resolver has said nothing in time.
QString nameNotAnswered();
/// The program that recorded was killed.
QString recordingStopped(const QString& at);

} // namespace slotscope::explain
