// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/topology/storyroutes.h"

#include <QHash>

#include <algorithm>

namespace slotscope::ui {

using command::Step;
using command::StepKind;
using NodeRef = TopologyGeometry::NodeRef;

namespace {

// Beyond, all visits of a node share a place at this computer.
constexpr int mostPlaces = 6;

bool entersFromSide(const Card& card)
{
    return card.detail == Detail::Full || card.detail == Detail::Compact;
}

} // namespace

StoryRoutes::StoryRoutes(const TopologyGeometry& geometry, const command::Storyboard& story)
    : m_geometry(geometry)
    , m_story(story)
    , m_cardsBottom(geometry.bounds.top())
{
    for (const Card& card : geometry.cards)
        m_cardsBottom = std::max(m_cardsBottom, card.rect.bottom());
    findVisits();
    placeStarts();
    const qreal top = geometry.computer.top();
    for (int visit = 0; visit < m_nodes.size(); ++visit) {
        const NodeRef ref = m_nodes.at(visit);
        const qreal x = m_startX.at(visit);
        m_questions.append(Course(route(ref, QPointF(x - m_laneGap, top), -1)));
        m_answers.append(Course(route(ref, QPointF(x + m_laneGap, top), 1)).reversed());
    }
}

void StoryRoutes::findVisits()
{
    QHash<std::pair<int, int>, int> visits;
    for (const Step& step : m_story) {
        if (step.hop < 0) {
            m_visits.append(-1);
            continue;
        }
        const std::pair<int, int> key(step.trace, step.hop);
        auto visit = visits.find(key);
        if (visit == visits.end()) {
            visit = visits.insert(key, static_cast<int>(m_nodes.size()));
            m_nodes.append(NodeRef());
        }
        m_visits.append(*visit);
        if (step.kind != StepKind::MapRewrite && step.kind != StepKind::MapLocked)
            m_nodes[*visit] = m_geometry.find(step.nodeId, step.address);
    }
}

// Side by side at this computer, in the order of where they lead, so that they do not cross.
void StoryRoutes::placeStarts()
{
    const bool shared = m_nodes.size() > mostPlaces;
    QList<int> places; // visits that have one of their own
    for (int visit = 0; visit < m_nodes.size(); ++visit) {
        if (!shared || m_nodes.indexOf(m_nodes.at(visit)) == visit)
            places.append(visit);
    }
    std::stable_sort(places.begin(), places.end(),
        [this](int a, int b) { return portX(m_nodes.at(a)) < portX(m_nodes.at(b)); });
    const auto count = static_cast<qreal>(std::max<qsizetype>(1, places.size()));
    const qreal spacing
        = std::min(36 * m_geometry.scale, m_geometry.computer.width() * 0.85 / count);
    m_startX.resize(m_nodes.size());
    m_labelSides.resize(m_nodes.size());
    for (qsizetype place = 0; place < places.size(); ++place) {
        const bool last = place + 1 == places.size();
        m_startX[places.at(place)] = m_geometry.computer.center().x()
            + (static_cast<qreal>(place) - (count - 1) / 2) * spacing;
        m_labelSides[places.at(place)] = last ? 1 : place == 0 ? -1 : 0;
    }
    for (int visit = 0; shared && visit < m_nodes.size(); ++visit) {
        const qsizetype first = m_nodes.indexOf(m_nodes.at(visit));
        m_startX[visit] = m_startX.at(first);
        m_labelSides[visit] = m_labelSides.at(first);
    }
    m_laneGap = std::min(5 * m_geometry.scale, spacing / 4);
}

NodeRef StoryRoutes::node(int visit) const
{
    return visit >= 0 && visit < m_nodes.size() ? m_nodes.at(visit) : NodeRef();
}

QPointF StoryRoutes::badge(const Course& outward, qreal height) const
{
    const qreal top = m_geometry.computer.top();
    const qreal y = top - (top - std::min(m_cardsBottom, top)) * height;
    for (int percent = 0; percent <= 100; ++percent) {
        const QPointF point = outward.at(percent / 100.0);
        if (point.y() <= y)
            return point;
    }
    return outward.at(0.5);
}

Course StoryRoutes::from(QPointF start, NodeRef ref) const
{
    return Course(route(ref, start, 0));
}

// -1: the left edge of the card, the one that looks at this computer.
int StoryRoutes::sideOf(const Card& card) const
{
    return card.rect.center().x() < m_geometry.computer.center().x() - 1 ? 1 : -1;
}

QPointF StoryRoutes::port(NodeRef ref, int lane) const
{
    const Card& card = m_geometry.cards.at(ref.card);
    const QRectF& row = card.nodes.at(ref.node).rect;
    const qreal s = card.scale;
    if (!entersFromSide(card))
        return { card.rect.center().x() + lane * 4 * s, card.rect.bottom() };
    const qreal x = sideOf(card) > 0 ? card.rect.right() : card.rect.left();
    return { x, row.center().y() - lane * std::min(6 * s, row.height() / 4) };
}

qreal StoryRoutes::portX(NodeRef ref) const
{
    return ref.isValid() ? port(ref, 0).x() : m_geometry.computer.center().x();
}

// Up from this computer, across below all cards, up between them, and into the node from its side:
// where rows and columns are aligned, no line crosses a card.
QPainterPath StoryRoutes::route(NodeRef ref, QPointF start, int lane) const
{
    if (!ref.isValid())
        return {};
    const Card& card = m_geometry.cards.at(ref.card);
    const QPointF end = port(ref, lane);
    QPainterPath path(start);
    if (!entersFromSide(card)) {
        const qreal half = (start.y() - end.y()) / 2;
        path.cubicTo(QPointF(start.x(), start.y() - half), QPointF(end.x(), end.y() + half), end);
        return path;
    }
    const bool full = card.detail == Detail::Full;
    const int side = sideOf(card);
    // Question, answer and the nodes that share a gap have a line each.
    const qreal away
        = ((full ? 10 : 5) + (lane + 1) * (full ? 5.0 : 2.0) + (full ? 12.0 : 4.0) * rankInGap(ref))
        * card.scale;
    const qreal gapX = end.x() + side * away;
    const qreal mouth = std::min(m_cardsBottom + 4 * m_geometry.scale, start.y() - 8);
    const qreal half = (start.y() - mouth) / 2;
    path.cubicTo(QPointF(start.x(), start.y() - half * 1.1), QPointF(gapX, mouth + half * 1.1),
        QPointF(gapX, mouth));
    const qreal turn = std::min(away, std::max(0.0, mouth - end.y()));
    path.lineTo(gapX, end.y() + turn);
    path.quadTo(QPointF(gapX, end.y()), end);
    return path;
}

// How many other nodes of this story are reached through the same gap, further away.
int StoryRoutes::rankInGap(NodeRef ref) const
{
    const QPointF own = port(ref, 0);
    QList<qreal> seen;
    for (const NodeRef& other : m_nodes) {
        if (!other.isValid())
            continue;
        const QPointF at = port(other, 0);
        if (at.x() == own.x() && at.y() > own.y() && !seen.contains(at.y()))
            seen.append(at.y());
    }
    return std::min(2, static_cast<int>(seen.size()));
}

} // namespace slotscope::ui
