// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/topology/storypainter.h"

#include "ui/theme/drawing.h"
#include "ui/theme/plaintext.h"
#include "ui/topology/storyglyphs.h"

#include <QCoreApplication>

#include <algorithm>

namespace slotscope::ui {

namespace {

// The translation context.
struct StoryTexts
{
    Q_DECLARE_TR_FUNCTIONS(StoryTexts)
};

class StoryPainter
{
public:
    StoryPainter(QPainter& painter, const TopologyGeometry& geometry, const StoryScene& scene,
        const Theme& theme, const QRegion& seen)
        : m_painter(painter)
        , m_geometry(geometry)
        , m_scene(scene)
        , m_theme(theme)
        , m_seen(seen)
        , m_s(geometry.scale)
    { }

    void paintLines()
    {
        for (const Trip& line : m_scene.lines) {
            QColor color = tripColor(line);
            color.setAlphaF(0.4F);
            const bool dashed = line.kind == Trip::Kind::Ask || line.asking;
            // The finest line that there is: the engine draws it ten times as fast as a wider one.
            QPen pen(color, 1, dashed ? Qt::DashLine : Qt::SolidLine, Qt::FlatCap);
            pen.setCosmetic(true);
            m_painter.setPen(pen);
            m_painter.drawPolyline(line.course.points());
        }
    }

    void paint()
    {
        paintActiveNode();
        for (const Trip& trip : m_scene.trips)
            paintTrip(trip);
        paintGhost();
        if (isSeen(m_geometry.computer)) {
            paintLaptop(
                m_painter, m_geometry.computer, m_s, StoryTexts::tr("this computer"), m_theme);
        }
        paintSheet();
        paintOutcome();
        for (const ClockState& clock : m_scene.clocks)
            paintPause(clock);
        for (const Trip& trip : m_scene.trips)
            paintTripLabel(trip);
        for (const Bead& bead : m_scene.beads)
            paintBead(bead);
    }

private:
    /// Laying a text out costs more than clipping it away saves: most of a frame that moves one
    /// envelope would be texts that stand still.
    bool isSeen(const QRectF& rect, qreal around = 6) const
    {
        const qreal margin = around * m_s;
        return m_seen.isEmpty()
            || m_seen.intersects(rect.adjusted(-margin, -margin, margin, margin).toAlignedRect());
    }

    QColor tripColor(const Trip& trip) const
    {
        if (trip.kind == Trip::Kind::Failed)
            return m_theme.danger;
        if (trip.kind == Trip::Kind::Unknown)
            return m_theme.warning;
        return trip.current ? m_theme.accent : m_theme.mutedText;
    }

    void paintActiveNode()
    {
        const NodeBox* box = m_geometry.box(m_scene.activeNode);
        if (!box || !isSeen(box->rect))
            return;
        m_painter.setBrush(Qt::NoBrush);
        m_painter.setPen(QPen(m_theme.accent, 2 * m_s));
        m_painter.drawRoundedRect(box->rect.adjusted(1, 1, -1, -1), 5 * m_s, 5 * m_s);
    }

    void stroke(const QPolygonF& line, const QColor& color, qreal width, Qt::PenStyle style)
    {
        QPen pen(color, width, style, Qt::RoundCap, Qt::RoundJoin);
        if (style == Qt::DashLine)
            pen.setDashPattern({ 3.5, 3 });
        m_painter.setBrush(Qt::NoBrush);
        m_painter.setPen(pen);
        m_painter.drawPolyline(line);
    }

    void paintTrip(const Trip& trip)
    {
        if (!isSeen(trip.course.bounds(), 16))
            return;
        QColor color = tripColor(trip);
        const qreal width = (trip.current ? 2.2 : 1.5) * m_s;
        const bool dashed = trip.kind == Trip::Kind::Ask || trip.asking;
        if (!trip.current && trip.kind != Trip::Kind::Failed && trip.kind != Trip::Kind::Unknown)
            color.setAlphaF(0.55F);
        const QPolygonF done = trip.course.piece(0, trip.reached);
        if (trip.current) {
            QColor faint = m_theme.mutedText;
            faint.setAlphaF(0.3F);
            stroke(trip.course.points(), faint, 1.2 * m_s, Qt::DotLine);
        }
        stroke(done, color, width, dashed ? Qt::DashLine : Qt::SolidLine);
        const QPointF end = trip.course.at(trip.reached);
        if (trip.kind == Trip::Kind::Failed) {
            if (trip.reached > 0.7)
                paintDownSign(m_painter, end, 18 * m_s, color, m_theme.surface);
        } else if (trip.kind == Trip::Kind::Unknown) {
            if (trip.reached > 0.27)
                paintBadge(
                    m_painter, end, 24 * m_s, QStringLiteral("?"), color, m_theme.surface, true);
        } else if (trip.reached >= 1) {
            paintArrowHead(m_painter, trip.course, 9 * m_s, color);
        }
    }

    void paintTripLabel(const Trip& trip)
    {
        if (trip.number <= 0)
            return;
        const QRectF rect = timeRect(trip, m_s);
        if (!rect.isEmpty() && isSeen(rect)) {
            QColor ground = m_theme.window;
            ground.setAlphaF(0.9F);
            m_painter.setPen(Qt::NoPen);
            m_painter.setBrush(ground);
            m_painter.drawRoundedRect(rect, 8 * m_s, 8 * m_s);
            drawLine(m_painter, rect.adjusted(4 * m_s, 0, -4 * m_s, 0), textFont(11 * m_s),
                m_theme.text, trip.timeLabel, trip.labelSide < 0 ? Qt::AlignLeft : Qt::AlignRight);
        }
        const QPointF half(badgeSize * m_s / 2, badgeSize * m_s / 2);
        if (isSeen(QRectF(trip.badge - half, trip.badge + half))) {
            paintBadge(m_painter, trip.badge, badgeSize * m_s, QString::number(trip.number),
                tripColor(trip), m_theme.surface, trip.current);
        }
    }

    void paintGhost()
    {
        for (const Course& choice : m_scene.choices)
            stroke(choice.points(), m_theme.mutedText, 1.2 * m_s, Qt::DotLine);
        if (!m_scene.pointer.isEmpty())
            stroke(m_scene.pointer.points(), m_theme.mutedText, 1.2 * m_s, Qt::DotLine);
        if (m_scene.ghost.isEmpty())
            return;
        QColor color = m_theme.accent;
        color.setAlphaF(0.7F);
        stroke(m_scene.ghost.points(), color, 2 * m_s, Qt::DotLine);
        paintArrowHead(m_painter, m_scene.ghost, 10 * m_s, color);
    }

    void paintPanel(const QRectF& rect, const QColor& border, qreal width)
    {
        m_painter.setPen(QPen(border, width));
        m_painter.setBrush(m_theme.surface);
        m_painter.drawRoundedRect(rect, 6 * m_s, 6 * m_s);
    }

    void paintSheet()
    {
        const MapSheetState& sheet = m_scene.sheet;
        if (sheet.line.isEmpty() || !isSeen(m_geometry.mapSheet))
            return;
        const QRectF rect = m_geometry.mapSheet;
        paintPanel(rect, m_theme.border, 1);
        const QRectF inner = rect.adjusted(11 * m_s, 6 * m_s, -11 * m_s, -5 * m_s);
        const auto row = [&inner](qreal top, qreal height) {
            return QRectF(inner.left(), inner.top() + top, inner.width(), height);
        };
        drawLine(m_painter, row(0, 15 * m_s), textFont(11 * m_s), m_theme.mutedText,
            StoryTexts::tr("its slot map"));

        const QFont font = fixedFont(14 * m_s);
        const qreal before = sheet.rewritten;
        const bool rewriting = !sheet.before.isEmpty();
        if (rewriting) {
            // The old line is struck through and moves up; the new one is written below it.
            const QFont oldFont = fixedFont(12 * m_s);
            const QRectF old = row(16 * m_s, 16 * m_s);
            drawLine(m_painter, old, oldFont, before > 0.3 ? m_theme.mutedText : m_theme.text,
                sheet.before);
            const qreal strike = std::min(textWidth(sheet.before, oldFont), old.width())
                * std::clamp(before * 2, 0.0, 1.0);
            m_painter.setPen(QPen(m_theme.text, 1.4 * m_s));
            m_painter.drawLine(QPointF(old.left(), old.center().y()),
                QPointF(old.left() + strike, old.center().y()));
        }
        QColor ink = m_theme.text;
        QFont lineFont = font;
        if (rewriting) {
            ink.setAlphaF(static_cast<float>(std::clamp(before * 2 - 1, 0.0, 1.0)));
            lineFont.setBold(true);
        }
        const QRectF line = rewriting ? row(32 * m_s, 20 * m_s) : row(20 * m_s, 20 * m_s);
        if (ink.alpha() > 0)
            drawLine(m_painter, line.adjusted(0, 0, -20 * m_s, 0), lineFont, ink, sheet.line);
        if (sheet.locked > 0) {
            const qreal textEnd = line.left() + textWidth(sheet.line, lineFont);
            const qreal x = std::min(textEnd + 18 * m_s, inner.right() - 9 * m_s);
            paintPadlock(m_painter, QPointF(x, line.center().y() - m_s), 20 * m_s, sheet.locked,
                m_theme.text, m_theme.surface);
        }
        drawLine(m_painter, row(inner.height() - 18 * m_s, 18 * m_s),
            textFont(11.5 * m_s, QFont::DemiBold), m_theme.accent, sheet.ghost);
        if (sheet.number > 0) {
            paintBadge(m_painter, QPointF(rect.right() - 14 * m_s, rect.top() + 14 * m_s), 18 * m_s,
                QString::number(sheet.number), m_theme.mutedText, m_theme.surface, false);
        }
    }

    void paintOutcome()
    {
        const OutcomeState& outcome = m_scene.outcome;
        if (!outcome.visible || !isSeen(m_geometry.outcomeBox))
            return;
        const QFont font = fixedFont(13.5 * m_s);
        const QFont titleFont
            = textFont(11.5 * m_s, outcome.plainStop ? QFont::DemiBold : QFont::Normal);
        const QString title = outcome.plainStop
            ? StoryTexts::tr("Stopped here. Your program receives:")
            : StoryTexts::tr("Your program receives:");
        const qreal width = std::clamp(
            std::max(textWidth(outcome.text, font), textWidth(title, titleFont)) + 30 * m_s,
            150 * m_s, std::max(150 * m_s, m_geometry.outcomeBox.width()));
        QRectF rect = m_geometry.outcomeBox;
        rect.setLeft(std::max(m_geometry.bounds.left(), rect.right() - width));
        rect.setHeight(62 * m_s);
        paintPanel(rect, outcome.plainStop ? m_theme.danger : m_theme.border,
            outcome.plainStop ? 2.5 * m_s : 1);
        const QRectF inner = rect.adjusted(12 * m_s, 7 * m_s, -12 * m_s, -7 * m_s);
        drawLine(m_painter, QRectF(inner.topLeft(), QSizeF(inner.width(), 18 * m_s)), titleFont,
            outcome.plainStop ? m_theme.danger : m_theme.mutedText, title);
        drawLine(m_painter, inner.adjusted(0, 22 * m_s, 0, 0), font, m_theme.text, outcome.text,
            Qt::AlignLeft, Qt::ElideMiddle);
    }

    void paintPause(const ClockState& clock)
    {
        const QRectF all = pauseRect(clock, m_s);
        if (!isSeen(all))
            return;
        const qreal size = clockSize * m_s;
        const QPointF centre(all.left() + size / 2, all.center().y());
        const QColor color = clock.current ? m_theme.accent : m_theme.mutedText;
        if (!clock.label.isEmpty()) {
            const QRectF rect = all.adjusted(size / 2, m_s, 0, -m_s);
            m_painter.setPen(QPen(m_theme.border, 1));
            m_painter.setBrush(m_theme.surface);
            m_painter.drawRoundedRect(rect, 10 * m_s, 10 * m_s);
            drawLine(m_painter, rect.adjusted(0, 0, -7 * m_s, 0),
                textFont(11 * m_s, QFont::DemiBold), m_theme.text, clock.label, Qt::AlignRight);
        }
        paintClock(m_painter, centre, size, clock.turn, color, m_theme.surface);
    }

    /// The left edge of what travels: where it would cover what a card tells of its trouble, and
    /// does not go there, it keeps to the side that it is on.
    qreal besideTrouble(const QPointF& centre, const QSizeF& size) const
    {
        const QRectF pill(centre - QPointF(size.width(), size.height()) / 2, size);
        for (int i = 0; i < m_geometry.cards.size(); ++i) {
            const Card& card = m_geometry.cards.at(i);
            if (card.alarm == Alarm::None || i == m_scene.activeNode.card
                || !card.rect.intersects(pill) || card.rect.contains(centre))
                continue;
            const qreal gap = 3 * m_s;
            return centre.x() < card.rect.center().x()
                ? std::min(pill.left(), card.rect.left() - gap - pill.width())
                : std::max(pill.left(), card.rect.right() + gap);
        }
        return pill.left();
    }

    void paintBead(const Bead& bead)
    {
        if (bead.small)
            return paintDot(bead);
        const QFont font = fixedFont(12.5 * m_s);
        const qreal height = 24 * m_s;
        const qreal pad = 10 * m_s;
        const bool envelope = bead.kind == Trip::Kind::Moved || bead.kind == Trip::Kind::Ask;
        const qreal icon = envelope ? 25 * m_s : 0;
        QList<qreal> widths;
        QStringList texts;
        qreal total = 0;
        for (const QString& text : bead.texts) {
            texts.append(elidedText(text.isEmpty() ? QStringLiteral("\u2026") : text, font,
                250 * m_s, Qt::ElideMiddle));
            widths.append(textWidth(texts.last(), font) + 2 * pad + icon);
            total += widths.last();
        }
        qreal left = besideTrouble(bead.centre, QSizeF(total, height));
        left = std::clamp(left, m_geometry.bounds.left() + 2,
            std::max(m_geometry.bounds.left() + 2, m_geometry.bounds.right() - total - 2));
        for (qsizetype i = 0; i < texts.size(); ++i) {
            const QRectF rect(left, bead.centre.y() - height / 2, widths.at(i), height);
            paintPill(rect, bead.kind, texts.size() > 1 && i == 0);
            QColor ink = m_theme.text;
            if (bead.kind == Trip::Kind::Question)
                ink = texts.size() > 1 && i == 0 ? m_theme.accent : m_theme.surface;
            else if (bead.kind == Trip::Kind::Failed)
                ink = m_theme.surface;
            if (envelope) {
                paintEnvelope(m_painter,
                    QRectF(
                        rect.left() + pad * 0.8, rect.center().y() - 6 * m_s, 18 * m_s, 12 * m_s),
                    m_s, m_theme.text, bead.kind == Trip::Kind::Ask);
            }
            drawLine(m_painter, rect.adjusted(pad * 0.6 + icon, 0, -pad * 0.6, 0), font, ink,
                texts.at(i), Qt::AlignHCenter);
            left += widths.at(i) - m_s; // glued: the two share an edge
        }
    }

    // One of many: its shape tells the kind, as the pill's does.
    void paintDot(const Bead& bead)
    {
        const bool envelope = bead.kind == Trip::Kind::Moved || bead.kind == Trip::Kind::Ask;
        if (envelope) {
            const QRectF rect(bead.centre - QPointF(8, 5) * m_s, QSizeF(16, 10) * m_s);
            m_painter.fillRect(rect, m_theme.surface);
            paintEnvelope(m_painter, rect, m_s, m_theme.text, bead.kind == Trip::Kind::Ask);
            return;
        }
        const bool question = bead.kind == Trip::Kind::Question;
        m_painter.setPen(
            QPen(bead.kind == Trip::Kind::Failed ? m_theme.danger : m_theme.accent, 1.8 * m_s));
        m_painter.setBrush(question ? m_theme.accent : m_theme.surface);
        m_painter.drawEllipse(bead.centre, 5 * m_s, 5 * m_s);
    }

    void paintPill(const QRectF& rect, Trip::Kind kind, bool isAsking)
    {
        QPen pen(m_theme.accent, 1.8 * m_s);
        QColor fill = m_theme.surface;
        qreal radius = 4 * m_s;
        switch (kind) {
        case Trip::Kind::Question:
            if (!isAsking)
                fill = m_theme.accent;
            radius = rect.height() / 2;
            break;
        case Trip::Kind::Failed:
            pen.setColor(m_theme.danger);
            fill = m_theme.danger;
            radius = rect.height() / 2;
            break;
        case Trip::Kind::Ask:
            pen.setColor(m_theme.text);
            pen.setDashPattern({ 3.5, 2.5 });
            break;
        case Trip::Kind::Moved:
            pen.setColor(m_theme.text);
            break;
        case Trip::Kind::Answer:
        case Trip::Kind::Unknown:
            radius = rect.height() / 2;
            break;
        }
        m_painter.setPen(pen);
        m_painter.setBrush(fill);
        m_painter.drawRoundedRect(rect, radius, radius);
    }

    QPainter& m_painter;
    const TopologyGeometry& m_geometry;
    const StoryScene& m_scene;
    const Theme& m_theme;
    const QRegion& m_seen;
    const qreal m_s;
};

} // namespace

void paintStoryLines(QPainter& painter, const TopologyGeometry& geometry, const StoryScene& scene,
    const Theme& theme)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    StoryPainter(painter, geometry, scene, theme, {}).paintLines();
    painter.restore();
}

void paintStoryMoves(QPainter& painter, const TopologyGeometry& geometry, const StoryScene& scene,
    const Theme& theme, const QRegion& seen)
{
    if (geometry.computer.isEmpty())
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    StoryPainter(painter, geometry, scene, theme, seen).paint();
    painter.restore();
}

void paintStory(QPainter& painter, const TopologyGeometry& geometry, const StoryScene& scene,
    const Theme& theme)
{
    paintStoryLines(painter, geometry, scene, theme);
    paintStoryMoves(painter, geometry, scene, theme);
}

} // namespace slotscope::ui
