// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QDateTime>
#include <QStringList>

#include <chrono>

namespace slotscope::capture {

// Recordings of programs that were killed: their files stay, to be offered to the user. None of
// these functions touches a recording that a running program writes, or a file that is none.

/// How long they are kept, and how much of the disk they may take, all together.
struct AbandonedLimits
{
    std::chrono::hours age = std::chrono::hours(7 * 24); ///< since the program was killed
    qint64 bytes = 500LL * 1024 * 1024;
    friend bool operator==(const AbandonedLimits&, const AbandonedLimits&) = default;
};

/// Where recordings are: slotscope/recordings in the user's folder for states (XDG_STATE_HOME).
QString recordingsFolder();
/// In the order of their names, which begin with their times.
QStringList abandonedRecordings(const QString& folder);
/// The user was told of it.
void setOffered(const QString& recording);
void discardRecording(const QString& recording);
/// Deletes what is older than the limits allow, then the oldest of what is too much; only what the
/// user was told of, and what nothing can be told of because there is nothing in it.
void tidyRecordings(const QString& folder, const AbandonedLimits& limits, const QDateTime& now);

} // namespace slotscope::capture
