// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/trace.h"

#include <QList>
#include <QString>

namespace slotscope::ui {

/// One hop of a trace in the shortest form: "S03 MOVED".
struct Chip
{
    enum class Kind { Answer, Redirect, Wait, Wrong, Pending };
    Kind kind = Kind::Answer;
    QString node; ///< "S03", or the address
    QString verdict; ///< "MOVED", "ASK", "OK", "TRYAGAIN", "WRONGTYPE", "no reply", ...
    int shardIndex = -1; ///< picks the colour; -1 when the map does not know the node
    friend bool operator==(const Chip&, const Chip&) = default;
};

/// A trace in one line: its nodes, and how it ended.
struct ChipPath
{
    QList<Chip> chips;
    QString ending; ///< after the last chip: "stopped", "gave up", "0.8 ms"
    friend bool operator==(const ChipPath&, const ChipPath&) = default;
};

ChipPath chipsOf(const command::Trace& trace);
/// "S03 MOVED > S01 OK 0.8 ms"
QString chipText(const ChipPath& path);

} // namespace slotscope::ui
