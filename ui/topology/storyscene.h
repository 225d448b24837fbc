// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/storyboard.h"
#include "ui/topology/storyroutes.h"

#include <QRegion>

namespace slotscope::ui {

/// Of a step's number, at scale 1.
constexpr qreal badgeSize = 18;

/// One way between this computer and a node. There is no other: nothing travels from node to node.
struct Trip
{
    enum class Kind {
        Question,
        Answer, ///< any reply but a redirect
        Moved,
        Ask,
        Failed, ///< the connection: a broken line
        Unknown, ///< no reply came back: a line that ends in a question mark
    };
    Kind kind = Kind::Question;
    int number = 0; ///< of the step, from 1; 0: none is shown
    bool current = false;
    bool asking = false;
    Course course; ///< in the direction of travel
    qreal reached = 1; ///< how far along it, 0 to 1
    QString timeLabel;
    QPointF badge; ///< where its number stands
    int labelSide = 1; ///< of the badge, for the time: 1 right, -1 left, 2 above, 0 no room

    friend bool operator==(const Trip&, const Trip&) = default;
};

/// What travels at this moment.
struct Bead
{
    QPointF centre;
    QStringList texts; ///< two are glued together: ASKING and the command
    Trip::Kind kind = Trip::Kind::Question;
    bool small = false; ///< a dot without a text: one of many

    friend bool operator==(const Bead&, const Bead&) = default;
};

/// This computer's slot map: the one line of it that the story is about.
struct MapSheetState
{
    QString line; ///< "1738 -> S03"; empty: no sheet
    QString before; ///< what it said before the last rewrite
    qreal rewritten = 0; ///< 0 the old line, 1 the new one
    qreal locked = 0; ///< 1: the padlock is closed
    QString ghost; ///< "next time: straight to S01"
    int number = 0; ///< of the step that rewrote or locked it, 0 for none

    friend bool operator==(const MapSheetState&, const MapSheetState&) = default;
};

/// What the program gets in the end.
struct OutcomeState
{
    bool visible = false;
    bool plainStop = false; ///< framed: a plain client stops here
    QString text;

    friend bool operator==(const OutcomeState&, const OutcomeState&) = default;
};

/// A pause, shown as a clock at the node, with its time beside it.
struct ClockState
{
    QPointF centre; ///< of the two together
    qreal turn = 0; ///< 0 to 1
    bool current = false;
    QString label;

    friend bool operator==(const ClockState&, const ClockState&) = default;
};

/// Everything that a story adds to the picture at one moment. A pure function of geometry, story
/// and frame.
struct StoryScene
{
    QList<Trip> trips; ///< past ones first, the current one last
    /// Thin lines below them: of many that are under way together only the beads move.
    QList<Trip> lines;
    QList<Bead> beads; ///< none or one; several for traces that play together
    QList<ClockState> clocks;
    MapSheetState sheet;
    OutcomeState outcome;
    Course pointer; ///< thin and dotted, from the map to the node that its line names
    Course ghost; ///< where the next command will go
    QList<Course> choices; ///< to every node that a name resolves to
    TopologyGeometry::NodeRef activeNode; ///< the node of the last step that began
};

/// Where the time of a trip is written, beside its badge; empty when it is not.
QRectF timeRect(const Trip& trip, qreal scale);
constexpr qreal clockSize = 22; // at scale 1
/// Where a clock is painted, and right of it its time.
QRectF pauseRect(const ClockState& clock, qreal scale);

StoryScene sceneAt(const StoryRoutes& routes, const command::StoryFrame& frame);

/// Where two scenes on one geometry look different: what a widget has to paint again.
QRegion changedRegion(
    const TopologyGeometry& geometry, const StoryScene& before, const StoryScene& after);

} // namespace slotscope::ui
