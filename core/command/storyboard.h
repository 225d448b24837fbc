// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/trace.h"

#include <QList>
#include <QString>

namespace slotscope::command {

/// What happens in one step of the story that a trace tells. core sends meaning; ui draws it.
enum class StepKind {
    Resolve, ///< a name gave several addresses: one of them was chosen
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
    int trace = 0; ///< which of the traces that are told together
    int hop = -1; ///< index into trace.hops, -1 for steps that belong to none
    /// Seconds at normal pace since the story's start; below 0: when the step before it is over.
    double begin = -1;
    cluster::NodeId nodeId; ///< the node at the far end
    net::Endpoint address; ///< of it
    QString nodeLabel;
    bool asking = false;
    QString bead; ///< what travels: "GET user:2935", "MOVED 1738 ..."
    /// The same as received or sent, escaped and longer; why a connection or a reply did not come.
    QString raw;
    QString caption; ///< in words
    QString timeLabel; ///< real time: "312 us", "waited 50 ms"; may be empty
    QString mapLine; ///< the line of this computer's map now: "1738 -> S03", "1738 -> ?"
    QString mapLineBefore; ///< with MapRewrite: what it said before
    bool mapLocked = false;
    QString ghost; ///< the future: "next time: straight to S01", may be empty
    cluster::NodeId ghostNodeId;
    net::Endpoint ghostAddress;
    QList<net::Endpoint> choices; ///< with Resolve: every address that the name gave; announced
                                  ///< ones of nodes in the map
};

/// The steps of the story a trace tells, complete or not, in the order they begin. Pure: the same
/// trace gives the same steps.
using Storyboard = QList<Step>;
Storyboard tellStory(const Trace& trace);

/// The stories of commands that were under way together (a fan-out, a pipeline): each begins when
/// its command really did, in proportion to how long they took, and takes a second a step from
/// there. Their own ends are left out; one End tells of all. Traces without hops are not told.
Storyboard tellStory(const QList<Trace>& traces);

/// When a step begins, and when the last one is over: seconds at normal pace.
double beginOf(const Storyboard& story, qsizetype step);
double storyLength(const Storyboard& story);
/// How many traces play together.
int traceCount(const Storyboard& story);

/// Where a replay stands. A pure function of (storyboard, time).
struct StoryFrame
{
    /// A step that is under way beside the last one.
    struct Other
    {
        int step = -1;
        double progress = 0;
    };
    int step = -1; ///< the last one that began; -1: nothing to show
    double progress = 0; ///< 0 to 1 within the step
    QList<Other> others = {}; ///< of other traces; those before `step` that are not here are over
};

/// `seconds` since the start at normal pace; clamped to the ends.
StoryFrame frameAt(const Storyboard& story, double seconds);
/// How far a step has come in a frame: 0 to 1, below 0 when it has not begun.
double progressOf(const StoryFrame& frame, int step);

} // namespace slotscope::command
