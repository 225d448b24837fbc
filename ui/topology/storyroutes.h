// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/storyboard.h"
#include "ui/topology/course.h"
#include "ui/topology/topologygeometry.h"

#include <QPainterPath>

namespace slotscope::ui {

/// The lines between this computer and the nodes of a story, one for each direction of each visit.
/// A value: the same geometry and story give the same lines, and no frame changes them.
class StoryRoutes
{
public:
    /// No story.
    StoryRoutes() = default;
    StoryRoutes(const TopologyGeometry& geometry, const command::Storyboard& story);

    const TopologyGeometry& geometry() const { return m_geometry; }
    const command::Storyboard& story() const { return m_story; }

    /// The visit of a node that a step belongs to, -1 for none; it is what the others take.
    int visit(int step) const { return m_visits.at(step); }
    /// Invalid for no visit, and for nodes that are not in the picture: these have no lines.
    TopologyGeometry::NodeRef node(int visit) const;
    /// Beside which side of its lines a visit's texts have room: 1 right, -1 left, 0 none.
    int labelSide(int visit) const { return m_labelSides.at(visit); }
    const Course& question(int visit) const { return m_questions.at(visit); }
    const Course& answer(int visit) const { return m_answers.at(visit); }
    /// Where a step's number stands: below the cards, questions higher than answers.
    QPointF questionBadge(int visit) const { return badge(m_questions.at(visit), 0.55); }
    QPointF answerBadge(int visit) const { return badge(m_answers.at(visit).reversed(), 0.22); }
    Course from(QPointF start, TopologyGeometry::NodeRef ref) const;

private:
    void findVisits();
    void placeStarts();
    QPointF badge(const Course& outward, qreal height) const;
    QPainterPath route(TopologyGeometry::NodeRef ref, QPointF start, int lane) const;
    QPointF port(TopologyGeometry::NodeRef ref, int lane) const;
    qreal portX(TopologyGeometry::NodeRef ref) const;
    int rankInGap(TopologyGeometry::NodeRef ref) const;
    int sideOf(const Card& card) const;

    TopologyGeometry m_geometry;
    command::Storyboard m_story;
    qreal m_cardsBottom = 0;
    qreal m_laneGap = 0; ///< half the gap between a question and its answer at this computer
    QList<int> m_visits; ///< by step
    // By visit.
    QList<TopologyGeometry::NodeRef> m_nodes;
    QList<qreal> m_startX;
    QList<int> m_labelSides;
    QList<Course> m_questions;
    QList<Course> m_answers;
};

} // namespace slotscope::ui
