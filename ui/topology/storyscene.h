// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/storyboard.h"
#include "ui/topology/topologygeometry.h"

#include <QPainterPath>

namespace slotscope::ui {

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
    bool faint = false; ///< one of many that play together
    QPainterPath path; ///< in the direction of travel
    qreal reached = 1; ///< how far along the path, 0 to 1
    QString timeLabel;
    QPointF badge; ///< where its number stands
    int labelSide = 1; ///< of the badge, for the time: 1 right, -1 left, 2 above, 0 no room
};

/// What travels at this moment.
struct Bead
{
    QPointF centre;
    QStringList texts; ///< two are glued together: ASKING and the command
    Trip::Kind kind = Trip::Kind::Question;
    bool small = false; ///< a dot without a text: one of many
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
};

/// What the program gets in the end.
struct OutcomeState
{
    bool visible = false;
    bool plainStop = false; ///< framed: a plain client stops here
    QString text;
};

/// A pause, shown as a clock at the node.
struct ClockState
{
    QPointF centre;
    qreal turn = 0; ///< 0 to 1
    bool current = false;
    QString label;
};

/// Everything that a story adds to the picture at one moment. A pure function of geometry, story
/// and frame.
struct StoryScene
{
    QList<Trip> trips; ///< past ones first, the current one last
    QList<Bead> beads; ///< none or one; several for traces that play together
    QList<ClockState> clocks;
    MapSheetState sheet;
    OutcomeState outcome;
    QPainterPath pointer; ///< thin and dotted, from the map to the node that its line names
    QPainterPath ghost; ///< where the next command will go
    QList<QPainterPath> choices; ///< to every node that a name resolves to
    TopologyGeometry::NodeRef activeNode; ///< the node of the last step that began

    /// What differs from one frame to the next within a step: what a widget has to repaint.
    QRectF movingBounds(const TopologyGeometry& geometry) const;
};

StoryScene sceneAt(const TopologyGeometry& geometry, const command::Storyboard& story,
    const command::StoryFrame& frame);

/// The piece of a path between two fractions of its length.
QPainterPath pieceOf(const QPainterPath& path, qreal from, qreal to);

} // namespace slotscope::ui
