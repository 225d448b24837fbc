// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/topology/storyscene.h"

#include <QHash>
#include <QSet>

#include <algorithm>
#include <optional>

namespace slotscope::ui {

namespace {

using command::Step;
using command::StepKind;
using NodeRef = TopologyGeometry::NodeRef;

// A run that waits and tries again may have dozens of hops; older lines would hide the picture.
constexpr int mostHopsShown = 6;
constexpr int mostBeadTexts = 4; // at the same time

qreal eased(qreal t)
{
    t = std::clamp(t, 0.0, 1.0);
    return t * t * (3 - 2 * t);
}

/// The lines between this computer and the nodes, one for each direction of each hop.
class Routes
{
public:
    Routes(const TopologyGeometry& geometry, const command::Storyboard& story)
        : m_geometry(geometry)
        , m_cardsBottom(geometry.bounds.top())
    {
        QHash<std::pair<int, int>, int> visits;
        for (const Step& step : story) {
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
                m_nodes[*visit] = geometry.find(step.nodeId, step.address);
        }
        for (const Card& card : geometry.cards)
            m_cardsBottom = std::max(m_cardsBottom, card.rect.bottom());
        // Side by side at this computer, in the order of where they lead, so that they do not
        // cross. Where there are many, all visits of a node share a place.
        const bool shared = m_nodes.size() > mostHopsShown;
        QList<int> places; // visits that have one of their own
        for (int visit = 0; visit < m_nodes.size(); ++visit) {
            if (!shared || m_nodes.indexOf(m_nodes.at(visit)) == visit)
                places.append(visit);
        }
        std::stable_sort(places.begin(), places.end(),
            [this](int a, int b) { return portX(m_nodes.at(a)) < portX(m_nodes.at(b)); });
        const auto count = static_cast<qreal>(std::max<qsizetype>(1, places.size()));
        const qreal spacing
            = std::min(36 * geometry.scale, geometry.computer.width() * 0.85 / count);
        m_startX.resize(m_nodes.size());
        m_labelSides.resize(m_nodes.size());
        for (qsizetype place = 0; place < places.size(); ++place) {
            const bool last = place + 1 == places.size();
            m_startX[places.at(place)] = geometry.computer.center().x()
                + (static_cast<qreal>(place) - (count - 1) / 2) * spacing;
            m_labelSides[places.at(place)] = last ? 1 : place == 0 ? -1 : 0;
        }
        for (int visit = 0; shared && visit < m_nodes.size(); ++visit) {
            const qsizetype first = m_nodes.indexOf(m_nodes.at(visit));
            m_startX[visit] = m_startX.at(first);
            m_labelSides[visit] = m_labelSides.at(first);
        }
        m_laneGap = std::min(5 * geometry.scale, spacing / 4);
    }

    /// The visit of a node that a step belongs to, -1 for none; it is what the others take.
    int visit(int step) const { return m_visits.at(step); }
    NodeRef node(int hop) const
    {
        return hop >= 0 && hop < m_nodes.size() ? m_nodes.at(hop) : NodeRef();
    }

    /// Only the outermost lines have room for a text beside them.
    int labelSide(int hop) const { return m_labelSides.at(hop); }

    QPainterPath question(int hop) const
    {
        return route(
            node(hop), QPointF(m_startX.at(hop) - m_laneGap, m_geometry.computer.top()), -1);
    }
    QPainterPath answer(int hop) const
    {
        return route(node(hop), QPointF(m_startX.at(hop) + m_laneGap, m_geometry.computer.top()), 1)
            .toReversed();
    }
    /// Where a step's number stands: below the cards, questions higher than answers. `path` starts
    /// at this computer.
    QPointF badgePoint(const QPainterPath& path, bool outward) const
    {
        const qreal top = m_geometry.computer.top();
        const qreal y = top - (top - std::min(cardsBottom(), top)) * (outward ? 0.55 : 0.22);
        for (int percent = 0; percent <= 100; ++percent) {
            const QPointF point = path.pointAtPercent(percent / 100.0);
            if (point.y() <= y)
                return point;
        }
        return path.pointAtPercent(0.5);
    }
    QPainterPath from(QPointF start, NodeRef ref) const { return route(ref, start, 0); }

private:
    bool entersFromSide(const Card& card) const
    {
        return card.detail == Detail::Full || card.detail == Detail::Compact;
    }

    // -1: the left edge of the card, the one that looks at this computer.
    int sideOf(const Card& card) const
    {
        return card.rect.center().x() < m_geometry.computer.center().x() - 1 ? 1 : -1;
    }

    QPointF port(NodeRef ref, int lane) const
    {
        const Card& card = m_geometry.cards.at(ref.card);
        const QRectF& row = card.nodes.at(ref.node).rect;
        const qreal s = card.scale;
        if (!entersFromSide(card))
            return { card.rect.center().x() + lane * 4 * s, card.rect.bottom() };
        const qreal x = sideOf(card) > 0 ? card.rect.right() : card.rect.left();
        return { x, row.center().y() - lane * std::min(6 * s, row.height() / 4) };
    }

    qreal portX(NodeRef ref) const
    {
        return ref.isValid() ? port(ref, 0).x() : m_geometry.computer.center().x();
    }

    // Up from this computer, across below all cards, up between them, and into the node from its
    // side: where rows and columns are aligned, no line crosses a card.
    QPainterPath route(NodeRef ref, QPointF start, int lane) const
    {
        if (!ref.isValid())
            return {};
        const Card& card = m_geometry.cards.at(ref.card);
        const QPointF end = port(ref, lane);
        QPainterPath path(start);
        if (!entersFromSide(card)) {
            const qreal half = (start.y() - end.y()) / 2;
            path.cubicTo(
                QPointF(start.x(), start.y() - half), QPointF(end.x(), end.y() + half), end);
            return path;
        }
        const bool full = card.detail == Detail::Full;
        const int side = sideOf(card);
        // Question, answer and the nodes that share a gap have a line each.
        const qreal away = ((full ? 10 : 5) + (lane + 1) * (full ? 5.0 : 2.0)
                               + (full ? 12.0 : 4.0) * rankInGap(ref))
            * card.scale;
        const qreal gapX = end.x() + side * away;
        const qreal mouth = std::min(cardsBottom() + 4 * m_geometry.scale, start.y() - 8);
        const qreal half = (start.y() - mouth) / 2;
        path.cubicTo(QPointF(start.x(), start.y() - half * 1.1), QPointF(gapX, mouth + half * 1.1),
            QPointF(gapX, mouth));
        const qreal turn = std::min(away, std::max(0.0, mouth - end.y()));
        path.lineTo(gapX, end.y() + turn);
        path.quadTo(QPointF(gapX, end.y()), end);
        return path;
    }

    // How many other nodes of this story are reached through the same gap, further away.
    int rankInGap(NodeRef ref) const
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

    qreal cardsBottom() const { return m_cardsBottom; }

    const TopologyGeometry& m_geometry;
    qreal m_cardsBottom = 0;
    QList<int> m_visits; ///< by step
    QList<NodeRef> m_nodes; ///< by visit
    QList<qreal> m_startX; ///< by visit
    QList<int> m_labelSides; ///< by visit
    qreal m_laneGap = 0;
};

std::optional<Trip::Kind> tripKind(StepKind kind)
{
    switch (kind) {
    case StepKind::Ask:
        return Trip::Kind::Question;
    case StepKind::Reply:
        return Trip::Kind::Answer;
    case StepKind::MovedReply:
        return Trip::Kind::Moved;
    case StepKind::AskReply:
        return Trip::Kind::Ask;
    case StepKind::ConnectFailed:
        return Trip::Kind::Failed;
    case StepKind::OutcomeUnknown:
        return Trip::Kind::Unknown;
    case StepKind::Resolve:
    case StepKind::Wait:
    case StepKind::MapRewrite:
    case StepKind::MapLocked:
    case StepKind::PlainStop:
    case StepKind::End:
        break;
    }
    return std::nullopt;
}

class SceneMaker
{
public:
    SceneMaker(const TopologyGeometry& geometry, const command::Storyboard& story,
        const command::StoryFrame& frame)
        : m_geometry(geometry)
        , m_story(story)
        , m_frame(frame)
        , m_routes(geometry, story)
        , m_together(command::traceCount(story) > 1)
        , m_crowded(frame.others.size() >= mostBeadTexts)
    {
        m_moving.insert(story.at(frame.step).trace);
        for (const command::StoryFrame::Other& other : frame.others)
            m_moving.insert(story.at(other.step).trace);
        for (int i = 0; i <= frame.step; ++i)
            m_nowHop.insert(story.at(i).trace, story.at(i).hop);
    }

    StoryScene make()
    {
        for (int i = 0; i <= m_frame.step; ++i)
            play(i);
        return m_scene;
    }

private:
    void play(int index)
    {
        const Step& step = m_story.at(index);
        const qreal progress = std::clamp(command::progressOf(m_frame, index), 0.0, 1.0);
        const bool current = index == m_frame.step || progress < 1;

        updateSheet(step, index, progress);
        if (const auto kind = tripKind(step.kind))
            addTrip(step, index, *kind, current, progress);
        if (step.kind == StepKind::Wait)
            addClock(step, index, current, progress);
        if (step.kind == StepKind::PlainStop && !m_together)
            m_scene.outcome = { true, true, step.bead };
        if (step.kind == StepKind::Resolve && current)
            addChoices(step, index, progress);
        if (current)
            addPointers(step, progress);
    }

    void addTrip(const Step& step, int index, Trip::Kind kind, bool current, qreal progress)
    {
        const int visit = m_routes.visit(index);
        const NodeRef ref = m_routes.node(visit);
        if (index == m_frame.step)
            m_scene.activeNode = ref;
        // Of many, what is over is not drawn, unless it is what went wrong.
        const bool isBad = kind == Trip::Kind::Failed || kind == Trip::Kind::Unknown;
        const bool isOver = !current
            && (step.hop != m_nowHop.value(step.trace) || !m_moving.contains(step.trace));
        if (m_together && isOver && !isBad)
            return;
        // A reply stays in sight at this computer once it is there; one that is tried again never
        // reaches the program.
        if (m_together)
            m_scene.outcome = {};
        else if (kind == Trip::Kind::Answer && progress >= 1 && isLastAnswer(index))
            m_scene.outcome = { true, false, step.bead };
        else if (kind == Trip::Kind::Question || kind == Trip::Kind::Failed)
            m_scene.outcome = {};
        if (!ref.isValid() || step.hop < m_nowHop.value(step.trace) - mostHopsShown)
            return;

        const bool outward = kind == Trip::Kind::Question || kind == Trip::Kind::Failed;
        Trip trip;
        trip.kind = kind;
        trip.number = m_together ? 0 : index + 1;
        trip.current = current;
        trip.faint = m_together && m_crowded;
        trip.asking = step.asking && kind == Trip::Kind::Question;
        trip.path = outward ? m_routes.question(visit) : m_routes.answer(visit);
        if (!m_together) {
            trip.timeLabel = step.timeLabel;
            trip.badge = m_routes.badgePoint(outward ? trip.path : trip.path.toReversed(), outward);
            trip.labelSide = m_routes.labelSide(visit);
            if (current && trip.labelSide == 0)
                trip.labelSide = 2;
        }
        // A breath before leaving and after arriving: one sees where it came from.
        trip.reached = eased((progress - 0.06) / 0.84);
        if (kind == Trip::Kind::Failed)
            trip.reached *= 0.72;
        else if (kind == Trip::Kind::Unknown)
            trip.reached *= 0.3;
        // The newest of those on the same way is the one that counts.
        m_scene.trips.removeIf([&trip](const Trip& older) { return older.path == trip.path; });
        m_scene.trips.append(trip);

        const bool isBroken = kind == Trip::Kind::Failed && progress >= 1;
        const bool isHome = kind == Trip::Kind::Answer && progress >= 1;
        if (!current || isBroken || isHome || kind == Trip::Kind::Unknown)
            return;
        Bead bead;
        bead.kind = kind;
        bead.centre = trip.path.pointAtPercent(trip.reached);
        bead.small = trip.faint;
        if (trip.asking)
            bead.texts.append(QStringLiteral("ASKING"));
        bead.texts.append(step.bead);
        m_scene.beads.append(bead);
    }

    bool isLastAnswer(int index) const
    {
        return std::none_of(m_story.begin() + index, m_story.end(), [](const Step& step) {
            return step.kind == StepKind::Wait || step.kind == StepKind::Ask
                || step.kind == StepKind::ConnectFailed;
        });
    }

    /// The name and every node that it leads to; one is chosen.
    void addChoices(const Step& step, int index, qreal progress)
    {
        const QRectF& computer = m_geometry.computer;
        const QPointF start(computer.center().x(), computer.top());
        for (const net::Endpoint& choice : step.choices) {
            const NodeRef ref = m_geometry.find({}, choice);
            if (ref.isValid())
                m_scene.choices.append(m_routes.from(start, ref));
        }
        const NodeRef chosen = m_routes.node(m_routes.visit(index));
        if (progress > 0.5 && chosen.isValid()) {
            m_scene.activeNode = chosen;
            m_scene.ghost = m_routes.from(start, chosen);
        }
        Bead name;
        name.kind = Trip::Kind::Answer;
        name.centre = start - QPointF(0, 20 * m_geometry.scale);
        name.texts = { step.bead };
        m_scene.beads.append(name);
    }

    void addClock(const Step& step, int index, bool current, qreal progress)
    {
        const NodeRef ref = m_routes.node(m_routes.visit(index));
        if (!ref.isValid())
            return;
        if (index == m_frame.step)
            m_scene.activeNode = ref;
        const Card& card = m_geometry.cards.at(ref.card);
        ClockState clock;
        // On the card's upper edge: it must not cover what the row says.
        clock.centre = card.detail == Detail::Full
            ? QPointF(card.rect.center().x(), card.rect.top())
            : card.rect.center();
        clock.turn = progress;
        clock.current = current;
        clock.label = step.timeLabel;
        // One clock a node: the last pause is the one that counts.
        for (ClockState& other : m_scene.clocks) {
            if (other.centre == clock.centre) {
                other = clock;
                return;
            }
        }
        m_scene.clocks.append(clock);
    }

    void updateSheet(const Step& step, int index, qreal progress)
    {
        MapSheetState& sheet = m_scene.sheet;
        sheet.line = step.mapLine;
        sheet.ghost = step.kind == StepKind::End && progress > 0.25 ? step.ghost : QString();
        if (step.kind == StepKind::MapRewrite) {
            sheet.before = step.mapLineBefore;
            sheet.rewritten = eased(progress / 0.8);
            sheet.number = index + 1;
        }
        if (!step.mapLocked)
            sheet.locked = 0;
        else if (step.kind == StepKind::MapLocked)
            sheet.locked = eased(progress / 0.6);
        else
            sheet.locked = 1;
        if (step.kind == StepKind::MapLocked)
            sheet.number = index + 1;
    }

    void addPointers(const Step& step, qreal progress)
    {
        const QPointF mapTop(m_geometry.mapSheet.left() + m_geometry.mapSheet.width() * 0.3,
            m_geometry.mapSheet.top());
        if (step.kind == StepKind::MapRewrite && progress > 0.4) {
            m_scene.pointer = m_routes.from(mapTop, m_geometry.find(step.nodeId, step.address));
        }
        if (step.kind != StepKind::End || step.ghost.isEmpty() || progress <= 0.25)
            return;
        // From the corner that looks at the node: a ghost crosses nothing that happened.
        const NodeRef next = m_geometry.find(step.ghostNodeId, step.ghostAddress);
        if (!next.isValid())
            return;
        const QRectF& computer = m_geometry.computer;
        const qreal inset = computer.width() * 0.13;
        const bool isLeft
            = m_geometry.cards.at(next.card).rect.center().x() < computer.center().x();
        m_scene.ghost = m_routes.from(
            QPointF(isLeft ? computer.left() + inset : computer.right() - inset, computer.top()),
            next);
    }

    const TopologyGeometry& m_geometry;
    const command::Storyboard& m_story;
    const command::StoryFrame m_frame;
    Routes m_routes;
    const bool m_together; ///< several traces
    const bool m_crowded; ///< too many at once for texts
    QSet<int> m_moving; ///< traces with a step under way
    QHash<int, int> m_nowHop; ///< by trace: of the last step that began
    StoryScene m_scene;
};

} // namespace

StoryScene sceneAt(const TopologyGeometry& geometry, const command::Storyboard& story,
    const command::StoryFrame& frame)
{
    if (frame.step < 0 || frame.step >= story.size() || geometry.computer.isEmpty())
        return {};
    return SceneMaker(geometry, story, frame).make();
}

QRectF StoryScene::movingBounds(const TopologyGeometry& geometry) const
{
    if (geometry.computer.isEmpty())
        return {};
    // This computer, its map and the outcome are one strip; it is small.
    QRectF bounds = geometry.computer.united(geometry.mapSheet).united(geometry.outcomeBox);
    for (const Trip& trip : trips) {
        if (trip.current)
            bounds |= trip.path.controlPointRect();
    }
    for (const Bead& bead : beads)
        bounds |= QRectF(
            bead.centre - QPointF(180, 20) * geometry.scale, QSizeF(360, 40) * geometry.scale);
    for (const ClockState& clock : clocks)
        bounds |= QRectF(
            clock.centre - QPointF(90, 24) * geometry.scale, QSizeF(180, 48) * geometry.scale);
    if (activeNode.isValid())
        bounds |= geometry.cards.at(activeNode.card).rect;
    if (!pointer.isEmpty())
        bounds |= pointer.controlPointRect();
    if (!ghost.isEmpty())
        bounds |= ghost.controlPointRect();
    for (const QPainterPath& choice : choices)
        bounds |= choice.controlPointRect();
    const qreal margin = 24 * geometry.scale;
    return bounds.adjusted(-margin, -margin, margin, margin);
}

QPainterPath pieceOf(const QPainterPath& path, qreal from, qreal to)
{
    if (path.isEmpty() || to <= from)
        return {};
    constexpr int pieces = 40;
    QPainterPath piece(path.pointAtPercent(from));
    for (int i = 1; i <= pieces; ++i)
        piece.lineTo(path.pointAtPercent(std::clamp(from + (to - from) * i / pieces, 0.0, 1.0)));
    return piece;
}

} // namespace slotscope::ui
