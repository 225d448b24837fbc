// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/topology/storyscene.h"

#include "ui/theme/plaintext.h"
#include "ui/theme/theme.h"

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
    SceneMaker(const StoryRoutes& routes, const command::StoryFrame& frame)
        : m_routes(routes)
        , m_geometry(routes.geometry())
        , m_story(routes.story())
        , m_frame(frame)
        , m_together(command::traceCount(m_story) > 1)
        , m_crowded(frame.others.size() >= mostBeadTexts)
    {
        m_moving.insert(m_story.at(frame.step).trace);
        for (const command::StoryFrame::Other& other : frame.others)
            m_moving.insert(m_story.at(other.step).trace);
        for (int i = 0; i <= frame.step; ++i)
            m_nowHop.insert(m_story.at(i).trace, m_story.at(i).hop);
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
        trip.asking = step.asking && kind == Trip::Kind::Question;
        trip.course = outward ? m_routes.question(visit) : m_routes.answer(visit);
        if (!m_together) {
            trip.timeLabel = step.timeLabel;
            trip.badge = outward ? m_routes.questionBadge(visit) : m_routes.answerBadge(visit);
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
        const bool isLine = m_together && m_crowded && !isBad;
        // The newest of those on the same way is the one that counts.
        QList<Trip>& trips = isLine ? m_scene.lines : m_scene.trips;
        trips.removeIf([&trip](const Trip& older) { return older.course == trip.course; });
        trips.append(trip);
        if (isLine)
            trips.last().reached = 1;

        const bool isBroken = kind == Trip::Kind::Failed && progress >= 1;
        const bool isHome = kind == Trip::Kind::Answer && progress >= 1;
        if (!current || isBroken || isHome || kind == Trip::Kind::Unknown)
            return;
        Bead bead;
        bead.kind = kind;
        bead.centre = trip.course.at(trip.reached);
        bead.small = m_together && m_crowded;
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

    /// On the card's upper edge: it must cover neither what a row says nor the title, nor leave the
    /// picture, which has a margin around its bounds.
    qreal clockHeight(const Card& card) const
    {
        constexpr qreal pictureMargin = 12;
        const qreal half = clockSize * m_geometry.scale / 2;
        const qreal highest = m_geometry.bounds.top() - pictureMargin + half;
        return std::min(card.rect.top(), std::max(card.rect.top() - 0.6 * half, highest));
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
        clock.centre = card.detail <= Detail::Compact
            ? QPointF(card.rect.center().x(), clockHeight(card))
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

    const StoryRoutes& m_routes;
    const TopologyGeometry& m_geometry;
    const command::Storyboard& m_story;
    const command::StoryFrame m_frame;
    const bool m_together; ///< several traces
    const bool m_crowded; ///< too many at once for texts
    QSet<int> m_moving; ///< traces with a step under way
    QHash<int, int> m_nowHop; ///< by trace: of the last step that began
    StoryScene m_scene;
};

/// Bounds of a thing at both moments, when it is not the same.
template <class Thing, class Bounds>
void addIfChanged(
    QRegion* region, const QList<Thing>& before, const QList<Thing>& after, Bounds bounds)
{
    for (const auto& [those, others] : { std::pair(&before, &after), std::pair(&after, &before) }) {
        for (const Thing& thing : *those) {
            if (!others->contains(thing))
                *region += bounds(thing);
        }
    }
}

/// What a trip's own lines cover, and what is written along them.
QRect boundsOf(const Trip& trip, const QRectF& line, qreal scale)
{
    const qreal margin = 16 * scale; // pens, arrow heads, signs
    QRectF rect = line.adjusted(-margin, -margin, margin, margin);
    if (trip.number > 0)
        rect |= QRectF(trip.badge - QPointF(12, 12) * scale, QSizeF(24, 24) * scale)
                    .united(timeRect(trip, scale));
    return rect.toAlignedRect();
}

void addTrips(QRegion* region, const QList<Trip>& before, const QList<Trip>& after, qreal scale)
{
    QSet<qsizetype> seen;
    for (const Trip& trip : after) {
        const auto old = std::find_if(before.begin(), before.end(),
            [&trip](const Trip& other) { return other.course == trip.course; });
        if (old == before.end()) {
            *region += boundsOf(trip, trip.course.bounds(), scale);
            continue;
        }
        seen.insert(old - before.begin());
        Trip moved = *old;
        moved.reached = trip.reached;
        if (moved != trip) {
            *region += boundsOf(trip, trip.course.bounds(), scale);
        } else if (old->reached != trip.reached) {
            const auto [from, to] = std::minmax(old->reached, trip.reached);
            // Dashes are counted from the start and stay where they are.
            *region += boundsOf(trip, trip.course.piece(from, to).boundingRect(), scale);
        }
    }
    for (qsizetype i = 0; i < before.size(); ++i) {
        if (!seen.contains(i))
            *region += boundsOf(before.at(i), before.at(i).course.bounds(), scale);
    }
}

} // namespace

QRectF pauseRect(const ClockState& clock, qreal scale)
{
    const QSizeF size = QSizeF(clockSize, clockSize) * scale;
    const qreal label = clock.label.isEmpty()
        ? 0
        : textWidth(clock.label, textFont(11 * scale, QFont::DemiBold)) + 13 * scale;
    return QRectF(clock.centre - QPointF(size.width() + label, size.height()) / 2,
        QSizeF(size.width() + label, size.height()));
}

QRectF timeRect(const Trip& trip, qreal scale)
{
    if (trip.timeLabel.isEmpty() || trip.labelSide == 0)
        return {};
    const qreal inset = badgeSize * scale * 0.3;
    const qreal width = textWidth(trip.timeLabel, textFont(11 * scale)) + 8 * scale + inset;
    const bool left = trip.labelSide < 0;
    QRectF rect(left ? trip.badge.x() - inset - width : trip.badge.x() + inset,
        trip.badge.y() - 8 * scale, width, 16 * scale);
    if (trip.labelSide == 2)
        rect.moveCenter(trip.badge - QPointF(inset, 17 * scale));
    return rect;
}

StoryScene sceneAt(const StoryRoutes& routes, const command::StoryFrame& frame)
{
    if (frame.step < 0 || frame.step >= routes.story().size()
        || routes.geometry().computer.isEmpty())
        return {};
    return SceneMaker(routes, frame).make();
}

QRegion changedRegion(
    const TopologyGeometry& geometry, const StoryScene& before, const StoryScene& after)
{
    const qreal scale = geometry.scale;
    const auto around = [scale](const QPointF& centre, qreal width, qreal height) {
        return QRectF(centre - QPointF(width, height) * scale / 2, QSizeF(width, height) * scale)
            .toAlignedRect();
    };
    const auto along = [scale](const Course& course) {
        const qreal margin = 12 * scale;
        return course.bounds().adjusted(-margin, -margin, margin, margin).toAlignedRect();
    };
    const auto beside = [scale](const QRectF& rect) {
        return rect.adjusted(-4 * scale, -4 * scale, 4 * scale, 4 * scale).toAlignedRect();
    };
    QRegion region;
    addTrips(&region, before.trips, after.trips, scale);
    addIfChanged(&region, before.beads, after.beads, [&](const Bead& bead) {
        // A long one is pushed back from the picture's edge.
        return bead.small ? around(bead.centre, 24, 24)
                          : around(bead.centre, 620 * bead.texts.size(), 34);
    });
    addIfChanged(&region, before.clocks, after.clocks,
        [&](const ClockState& clock) { return beside(pauseRect(clock, scale)); });
    addIfChanged(
        &region, before.lines, after.lines, [&](const Trip& line) { return along(line.course); });
    addIfChanged(&region, before.choices, after.choices, along);
    addIfChanged(&region, QList { before.pointer, before.ghost },
        QList { after.pointer, after.ghost }, along);
    if (before.sheet != after.sheet)
        region += beside(geometry.mapSheet);
    if (before.outcome != after.outcome)
        region += beside(geometry.outcomeBox);
    if (before.activeNode != after.activeNode) {
        for (const NodeRef ref : { before.activeNode, after.activeNode }) {
            if (const NodeBox* box = geometry.box(ref))
                region += beside(box->rect);
        }
    }
    return region;
}

} // namespace slotscope::ui
