// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/trace.h"

#include <QList>
#include <QString>

namespace slotscope::command {

/// What happens in one step of the story that a trace tells. core sends meaning; ui draws it.
enum class StepKind {
    Ask, ///< the question travels from this computer to a node (asking: two beads, ASKING and the
         ///< command)
    Wait, ///< a clock at the node: TRYAGAIN, CLUSTERDOWN, LOADING, no connection
    Reply, ///< an ordinary reply or error travels back to this computer
    MovedReply, ///< a solid envelope travels back
    AskReply, ///< a dashed envelope travels back
    MapRewrite, ///< one line of this computer's map is rewritten
    MapLocked, ///< the padlock: ASK leaves the map as it was
    PlainStop, ///< framed: a plain client stops here
    ConnectFailed, ///< a broken line
    OutcomeUnknown, ///< a line that ends in a question mark
    End, ///< the result, with the ghost of the next time
};

/// One step; takes one second at normal pace.
struct Step
{
    StepKind kind = StepKind::Ask;
    int hop = -1; ///< index into trace.hops, -1 for steps that belong to none
    cluster::NodeId nodeId; ///< the node at the far end
    net::Endpoint address; ///< of it
    QString nodeLabel;
    bool asking = false;
    QString bead; ///< what travels: "GET user:2935", "MOVED 1738 ..."
    QString caption; ///< in words
    QString timeLabel; ///< real time: "312 us", "waited 50 ms"; may be empty
    QString mapLine; ///< the line of this computer's map now: "1738 -> S03", "1738 -> ?"
    QString mapLineBefore; ///< with MapRewrite: what it said before
    bool mapLocked = false;
    QString ghost; ///< the future: "next time: straight to S01", may be empty
    cluster::NodeId ghostNodeId;
    net::Endpoint ghostAddress;
};

/// The steps of the story a trace tells, complete or not. Pure: the same trace gives the same
/// steps.
using Storyboard = QList<Step>;
Storyboard tellStory(const Trace& trace);

/// Where a replay stands. A pure function of (storyboard, time).
struct StoryFrame
{
    int step = -1; ///< -1: nothing to show
    double progress = 0; ///< 0 to 1 within the step
};

/// `seconds` since the start at normal pace, one second a step; clamped to the ends.
StoryFrame frameAt(const Storyboard& story, double seconds);

} // namespace slotscope::command
