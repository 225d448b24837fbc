// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/capture.h"
#include "ui/theme/nodetext.h"

namespace slotscope::ui {

/// One line of what happened. Safe to draw.
struct TimelineRow
{
    enum class Kind { Change, Note, Errors };
    Kind kind = Kind::Change;
    QDateTime at; ///< UTC
    QString text;
    QString saidBy; ///< label of the node whose view showed it
    Alarm alarm = Alarm::None;
    bool isMinor = false; ///< follows from others; the first to give way where room is short

    QString timeText() const; ///< "14:03:12Z"
    friend bool operator==(const TimelineRow&, const TimelineRow&) = default;
};

constexpr int pictureMinutes = 15;

/// What happened, oldest first: changes of the cluster, notes of the user, errors that Slotscope
/// was answered. Changes of one kind that were seen together become one row when they are many.
/// With `since` only what came later.
QList<TimelineRow> timelineOf(const capture::Capture& capture, const QDateTime& since = {});

/// "recording began 14:02:40Z, earlier is unknown"; with a date where it is another day.
QString recordingText(const capture::Capture& capture);

} // namespace slotscope::ui
