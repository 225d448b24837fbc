// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/doctor/examination.h"

namespace slotscope::doctor {

/// What an examination comes to, in one sentence.
struct ExamVerdict
{
    enum class Kind {
        UnderWay, ///< the sentence says how far it is
        Well, ///< everything was reached
        Ill, ///< something was not
        Stopped, ///< by the user, before the end
    };

    Kind kind = Kind::UnderWay;
    QString sentence; ///< what servers said is made visible in it
};

/// "6 of 6 nodes reached." "2 of 6 nodes fail: TCP: Connecting to 10.0.1.4:6379 timed out."
/// "5 of 6 nodes fail: TCP: connect timed out. They announce addresses of a private network ..."
/// The seed counts as a node only where it named none. `underWay`: there is more to come.
ExamVerdict verdictOf(const Examination& examination, bool underWay);

/// The stage's name for people: "TCP", "Round trip".
QString stageTitle(ExamStage stage);

} // namespace slotscope::doctor
