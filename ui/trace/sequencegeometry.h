// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/storyboard.h"
#include "ui/theme/redirectnote.h"

#include <QFont>
#include <QRectF>
#include <QStringList>

namespace slotscope::ui {

/// One vertical line of a sequence diagram below this computer's: a node.
struct Lifeline
{
    QString label; ///< "S03"
    QString address; ///< empty where the label is the address
    cluster::NodeId id;
    net::Endpoint endpoint;
    RedirectNote note; ///< what it has answered, in the head
    qreal x = 0;
};

/// One step of the story, in a row of its own: a message, a pause, or a note beside this
/// computer's line.
struct SequenceRow
{
    int step = -1; ///< in the story
    command::StepKind kind = command::StepKind::Ask;
    int line = -1; ///< index of the node's lifeline, -1 for notes
    bool asking = false; ///< two beads: ASKING and the command
    QString text; ///< raw, escaped, one line
    QStringList lines; ///< of a note: its text as it is written, whole
    QString detail; ///< "312 us", "connected in 1.2 ms", a ghost
    QRectF rect; ///< the whole row
    QRectF textRect;
    QRectF detailRect;
    qreal y = 0; ///< of the arrow
    qreal from = 0; ///< where the arrow starts
    qreal to = 0; ///< where its head is, or where it breaks off
};

/// Where everything of a sequence diagram stands and what is written there: this computer and the
/// nodes as lifelines, the steps of a story as rows from top to bottom. A value; knows no colours.
struct SequenceGeometry
{
    /// From a question's arrival to what came of it.
    struct Activity
    {
        int line = -1;
        int firstStep = -1;
        qreal top = 0;
        qreal bottom = 0;
    };

    QSizeF size; ///< at least as wide as asked for; wider with many nodes
    qreal headHeight = 0; ///< rows begin below it; heads stay in sight
    qreal computerX = 0;
    bool hasNotes = false; ///< heads have a line for them
    QList<Lifeline> lines; ///< in the order in which they are asked
    QList<SequenceRow> rows; ///< one for each step
    QList<Activity> activities;

    static SequenceGeometry layout(
        const command::Storyboard& story, qreal width, const RedirectNotes& notes = {});

    QRectF headRect(int line) const; ///< -1: this computer's
    int rowAt(QPointF position) const; ///< -1 for none
    int lineAt(qreal x) const; ///< of the head there, -1 for none
};

/// In which a note beside this computer's line is written.
QFont noteFont(command::StepKind kind);
constexpr qreal noteStep = 16; ///< from one of its lines to the next

/// The story as lines of text, a message each, to copy.
QString sequenceText(const command::Storyboard& story);

} // namespace slotscope::ui
