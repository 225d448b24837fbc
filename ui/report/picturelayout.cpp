// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/report/picturelayout.h"

#include "core/explain/wording.h"
#include "ui/report/picturefonts.h"
#include "ui/theme/plaintext.h"
#include "ui/theme/textflow.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

// The translation context.
struct PictureTexts
{
    Q_DECLARE_TR_FUNCTIONS(PictureTexts)
};

constexpr qreal margin = 44;
constexpr qreal gap = 18;
constexpr qreal timelineWidth = 560;
constexpr qreal pairHead = 30;
constexpr qreal saidByLine = 24;
constexpr qreal arrowWidth = 54;
constexpr qreal timelineLine = 24;
// Below this a large card is none.
constexpr qreal leastScale = 0.8;
constexpr qreal mostScale = 1.7;

using Line = PictureLayout::Line;

class Composer
{
public:
    Composer(
        const capture::Capture& capture, const Incident& incident, const PictureOptions& options)
        : m_topology(capture.topology)
        , m_capture(capture)
        , m_incident(incident)
        , m_options(options)
    { }

    PictureLayout compose()
    {
        QRectF area = QRectF(0, 0, PictureLayout::width, PictureLayout::height)
                          .adjusted(margin, 32, -margin, -20);
        area.setBottom(placeFooter(area));
        area.setTop(placeHead(area));
        placeMarks();
        const bool hasStory = m_options.frame.step >= 0
            && m_options.frame.step < static_cast<int>(m_options.story.size())
            && !m_incident.isTroubled();
        if (hasStory)
            area.setBottom(placeCaption(area));
        const bool hasTimeline
            = !hasStory && (!m_incident.rows.isEmpty() || !m_incident.marks.isEmpty());
        if (hasTimeline) {
            QRectF column = area;
            column.setLeft(area.right() - timelineWidth);
            const bool isTiled = !m_incident.affected.isEmpty();
            if (isTiled)
                area.setBottom(placeTiles(area));
            column.setBottom(area.bottom());
            placeTimeline(column);
            area.setRight(column.left() - 2 * gap);
        } else {
            area.setBottom(placeRecording(area));
            if (!hasStory && !m_incident.affected.isEmpty())
                area.setBottom(placeTiles(area));
        }
        if (hasStory || m_incident.affected.isEmpty())
            m_layout.picture = area;
        else
            placePairs(area);
        return m_layout;
    }

private:
    qreal placeFooter(const QRectF& page)
    {
        constexpr qreal line = 22;
        qreal top = page.bottom() - line * static_cast<qreal>(m_incident.footer.size());
        const qreal first = top;
        for (const QString& text : m_incident.footer) {
            m_layout.footer.append({ QRectF(page.left(), top, page.width(), line), text });
            top += line;
        }
        return first - 12;
    }

    qreal placeHead(const QRectF& page)
    {
        constexpr qreal signSize = 42;
        const qreal left = page.left() + signSize + 18;
        fitHeadline(page.right() - left);
        const qreal line = m_layout.headlinePixels * 1.2;
        m_layout.sign = QRectF(page.left(), page.top() + (line - signSize) / 2, signSize, signSize);
        m_layout.headline = QRectF(left, page.top(), page.right() - left,
            line * static_cast<qreal>(std::max<qsizetype>(1, m_layout.headlineLines.size())));
        qreal right = page.right();
        if (!m_incident.badge.isEmpty()) {
            const qreal badgeWidth = textWidth(m_incident.badge, badgeFont()) + 28;
            m_layout.badge
                = { QRectF(right - badgeWidth, m_layout.headline.bottom(), badgeWidth, 40),
                      m_incident.badge };
            right = m_layout.badge.rect.left() - 24;
        }
        QString evidence = m_incident.evidence;
        if (!m_incident.name.isEmpty())
            evidence = elidedText(m_incident.name, evidenceFont(), (right - left) * 0.45)
                + u"  ·  "_s + evidence;
        m_layout.evidence
            = { QRectF(left, m_layout.headline.bottom() + 2, right - left, 34), evidence };
        const qreal top = m_layout.evidence.rect.bottom() + 12;
        const cluster::TopologyData& data = m_topology.data();
        if (data.kind != cluster::Kind::Cluster || data.nodes.isEmpty())
            return top + gap;
        m_layout.ribbon = QRectF(page.left(), top, page.width(), 84);
        return m_layout.ribbon.bottom() + gap;
    }

    /// In the largest letters in which it is whole; the impact is at its end.
    void fitHeadline(qreal room)
    {
        struct Try
        {
            int pixels;
            int lines;
        };
        constexpr int most = PictureLayout::mostHeadlinePixels;
        constexpr int least = PictureLayout::leastHeadlinePixels;
        for (const Try& attempt : { Try { most, 1 }, Try { 44, 1 }, Try { least, 1 },
                 Try { most, 2 }, Try { 44, 2 }, Try { least, 2 }, Try { least, 3 } }) {
            m_layout.headlinePixels = attempt.pixels;
            m_layout.headlineLines = evenlyWrappedText(
                m_incident.headline.verdict, headlineFont(attempt.pixels), room, attempt.lines);
            if (m_layout.headlineLines.isEmpty()
                || m_incident.headline.verdict.endsWith(m_layout.headlineLines.last()))
                return;
        }
    }

    qreal placeCaption(const QRectF& area)
    {
        constexpr qreal captionHeight = 44;
        const command::Step& step = m_options.story.at(m_options.frame.step);
        m_layout.caption
            = { QRectF(area.left(), area.bottom() - captionHeight, area.width(), captionHeight),
                  visibleText(step.caption) };
        return m_layout.caption.rect.top() - 14;
    }

    /// Where there is no column for it: one line.
    qreal placeRecording(const QRectF& area)
    {
        constexpr qreal line = 24;
        QString text = m_incident.recording;
        if (!m_incident.lastEvent.isEmpty())
            text += u"; "_s + m_incident.lastEvent;
        m_layout.recording
            = { QRectF(area.left(), area.bottom() - line, area.width(), line), text };
        return m_layout.recording.rect.top() - 10;
    }

    void placeMarks()
    {
        for (qsizetype i = 0; i < m_incident.marks.size(); ++i) {
            const QPointF at = m_capture.marks.at(i).at;
            const auto inside = [](qreal part, qreal size) {
                return std::isfinite(part) ? std::clamp(part, 0.0, 1.0) * size : size / 2;
            };
            const QPointF centre(std::clamp<qreal>(inside(at.x(), PictureLayout::width), 20, 1580),
                std::clamp<qreal>(inside(at.y(), PictureLayout::height), 20, 880));
            m_layout.marks.append({ centre, { {}, m_incident.marks.at(i) } });
        }
    }

    // From the bottom of the column up: the marks' lines.
    qreal placeMarkLines(const QRectF& column)
    {
        // More than that leave no room for what happened.
        constexpr int most = 8;
        const auto shown = std::min<qsizetype>(most, m_layout.marks.size());
        constexpr qreal line = 28;
        qreal top = column.bottom() - line * static_cast<qreal>(shown);
        const qreal first = top;
        for (qsizetype i = 0; i < shown; ++i) {
            m_layout.marks[i].line.rect = QRectF(column.left(), top, column.width(), line);
            top += line;
        }
        return shown > 0 ? first - 10 : column.bottom();
    }

    void placeTimeline(QRectF column)
    {
        column.setBottom(placeMarkLines(column));
        m_layout.timelineTitle = { QRectF(column.left(), column.top(), column.width(), 28),
            PictureTexts::tr("Last %1 minutes (UTC)").arg(pictureMinutes) };
        m_layout.recording = { QRectF(column.left(), column.top() + 28, column.width(), 24),
            m_incident.recording };
        column.setTop(m_layout.recording.rect.bottom() + 8);
        const QList<TimelineRow> rows = rowsThatFit(column);
        if (const qsizetype more = m_incident.rows.size() - rows.size(); more > 0) {
            m_layout.moreRows = { QRectF(column.left(), column.top(), column.width(), timelineLine),
                explain::counted(more, PictureTexts::tr("%1 lesser or earlier event left out"),
                    PictureTexts::tr("%1 lesser or earlier events left out")) };
            column.setTop(column.top() + timelineLine + 4);
        }
        if (rows.isEmpty() && !m_incident.lastEvent.isEmpty()) {
            m_layout.moreRows = { QRectF(column.left(), column.top(), column.width(), timelineLine),
                m_incident.lastEvent };
            return;
        }
        qreal top = column.top();
        for (const TimelineRow& row : rows)
            top = placeRow(row, column, top);
    }

    static qreal textLeft(const QRectF& column) { return column.left() + 30 + 110; }
    static qreal saidByWidth(const TimelineRow& row)
    {
        return row.saidBy.isEmpty() ? 0
                                    : std::min(130.0, textWidth(row.saidBy, timelineFont()) + 12);
    }
    QStringList linesOf(const TimelineRow& row, const QRectF& column) const
    {
        return wrappedText(row.text, timelineFont(row.alarm),
            column.right() - textLeft(column) - saidByWidth(row), m_mostLines);
    }
    qreal heightOf(const TimelineRow& row, const QRectF& column) const
    {
        return timelineLine
            * static_cast<qreal>(std::max<qsizetype>(1, linesOf(row, column).size()))
            + 6;
    }

    /// All, in as many lines as there is room for; else without the minor ones, or without the
    /// oldest of what is left.
    QList<TimelineRow> rowsThatFit(const QRectF& column)
    {
        constexpr qsizetype most = 60; // so many never fit
        for (m_mostLines = m_incident.rows.size() > most ? 2 : 4; m_mostLines >= 2;
             m_mostLines -= 2) {
            qreal needed = 0;
            for (const TimelineRow& row :
                m_incident.rows.first(std::min(most, m_incident.rows.size())))
                needed += heightOf(row, column);
            if (needed <= column.height() && m_incident.rows.size() <= most)
                return m_incident.rows;
        }
        m_mostLines = 2;
        QList<qsizetype> chosen;
        qreal room = column.height() - timelineLine - 4;
        // Newest first, what matters before what does not.
        for (const bool minor : { false, true }) {
            for (qsizetype i = m_incident.rows.size() - 1; i >= 0 && room > 0; --i) {
                const TimelineRow& row = m_incident.rows.at(i);
                if (row.isMinor != minor)
                    continue;
                room -= heightOf(row, column);
                if (room >= 0)
                    chosen.append(i);
            }
        }
        std::sort(chosen.begin(), chosen.end());
        QList<TimelineRow> rows;
        for (const qsizetype i : chosen)
            rows.append(m_incident.rows.at(i));
        return rows;
    }

    qreal placeRow(const TimelineRow& row, const QRectF& column, qreal top)
    {
        PictureLayout::Row placed;
        placed.row = row;
        placed.rect = QRectF(column.left(), top, column.width(), heightOf(row, column));
        placed.sign = QRectF(column.left() + 2, top + (timelineLine - 16) / 2, 16, 16);
        placed.time = QRectF(column.left() + 30, top, 104, timelineLine);
        const qreal said = saidByWidth(row);
        placed.saidBy = QRectF(column.right() - said, top, said, timelineLine);
        qreal y = top;
        for (const QString& text : linesOf(row, column)) {
            placed.lines.append({ QRectF(textLeft(column), y,
                                      column.right() - textLeft(column) - said, timelineLine),
                text });
            y += timelineLine;
        }
        m_layout.rows.append(placed);
        return placed.rect.bottom();
    }

    /// At the bottom: what is well, and those affected ones for which there is no room above.
    qreal placeTiles(const QRectF& area)
    {
        m_large = largeCount(area);
        QList<Card> cards;
        for (qsizetype i = m_large; i < m_incident.affected.size(); ++i) {
            const Incident::Affected& affected = m_incident.affected.at(i);
            if (affected.now)
                cards.append(*affected.now);
        }
        const qsizetype small = cards.size();
        cards.append(m_incident.rest);
        if (cards.isEmpty())
            return area.bottom();
        const qreal height = m_large == 1 && cards.size() <= 9 ? 112 : tilesHeight(cards.size());
        QRectF tiles = area;
        tiles.setTop(area.bottom() - height);
        m_layout.tiles = TopologyGeometry::ofTiles(cards, tiles);
        const QString well
            = explain::counted(m_incident.rest.size(), PictureTexts::tr("%1 other, not affected"),
                PictureTexts::tr("%1 others, not affected"));
        QString title = well;
        if (small > 0) {
            QStringList names;
            constexpr qsizetype mostNames = 12;
            for (const Card& card : cards.mid(0, std::min<qsizetype>(small, mostNames)))
                names.append(card.title);
            if (small > mostNames)
                names.append(u"…"_s);
            title = explain::counted(small, PictureTexts::tr("%1 more is affected"),
                        PictureTexts::tr("%1 more are affected"))
                + u": "_s + names.join(u", "_s);
            if (!m_incident.rest.isEmpty())
                title += u"; "_s + well;
        }
        m_layout.tilesTitle = { QRectF(area.left(), tiles.top() - 26, area.width(), 22), title };
        return m_layout.tilesTitle.rect.top() - 12;
    }

    static qreal tilesHeight(qsizetype count)
    {
        if (count <= 9)
            return 84;
        if (count <= 40)
            return 104;
        return count <= 150 ? 150 : 200;
    }

    // Rows of pairs side by side that n of them make.
    struct Grid
    {
        int columns = 1;
        qreal scale = 0;
        qreal cellWidth = 0;
        qreal textHeight = 0; ///< above and below the cards
        QList<qreal> cardHeights; ///< of each row, at scale 1
    };

    /// Lines below each of the first `count` pairs, when their cells are so wide.
    int saidByLines(qsizetype count, qreal width) const
    {
        const int most = count > 2 ? 1 : 2;
        int lines = 0;
        for (const Incident::Affected& affected : m_incident.affected.mid(0, count)) {
            int own = 0;
            for (const QString& text : affected.saidBy)
                own += static_cast<int>(wrappedText(text, saidByFont(), width, most).size());
            lines = std::max(lines, std::min(most, own));
        }
        return lines;
    }

    QSizeF cardSize(qsizetype first, qsizetype count) const
    {
        QList<Card> cards;
        for (const Incident::Affected& affected : m_incident.affected.mid(first, count)) {
            for (const std::optional<Card>& card : { affected.before, affected.now }) {
                if (card)
                    cards.append(*card);
            }
        }
        return TopologyGeometry::fullCardSize(cards);
    }

    Grid gridFor(qsizetype count, const QSizeF& area) const
    {
        Grid best;
        for (int columns = 1; columns <= std::min<int>(3, static_cast<int>(count)); ++columns) {
            Grid grid;
            grid.columns = columns;
            grid.cellWidth = (area.width() - (columns - 1) * 2 * gap) / columns;
            grid.textHeight = pairHead + 6 + saidByLine * saidByLines(count, grid.cellWidth);
            qreal cards = 0;
            for (qsizetype first = 0; first < count; first += columns) {
                grid.cardHeights.append(
                    cardSize(first, std::min<qsizetype>(columns, count - first)).height());
                cards += grid.cardHeights.last();
            }
            const auto rows = static_cast<qreal>(grid.cardHeights.size());
            const qreal room = area.height() - rows * grid.textHeight - (rows - 1) * gap;
            const qreal across = (grid.cellWidth - arrowWidth) / 2 / cardSize(0, count).width();
            grid.scale = std::min({ across, room / cards, mostScale });
            if (grid.scale > best.scale)
                best = grid;
        }
        return best;
    }

    qsizetype largeCount(const QRectF& area) const
    {
        // What the tiles and the timeline will take.
        QSizeF room = area.size();
        if (!m_incident.rows.isEmpty() || !m_incident.marks.isEmpty())
            room.rwidth() -= timelineWidth + 2 * gap;
        room.rheight() -= tilesHeight(m_incident.rest.size() + m_incident.affected.size()) + 40;
        auto count = std::min<qsizetype>(Incident::mostLarge, m_incident.affected.size());
        while (count > 1 && gridFor(count, room).scale < leastScale)
            --count;
        return count;
    }

    void placePairs(const QRectF& area)
    {
        const Grid grid = gridFor(m_large, area.size());
        QRectF cell(area.topLeft(), QSizeF(grid.cellWidth, 0));
        for (qsizetype i = 0; i < m_large; ++i) {
            cell.setHeight(grid.cardHeights.at(i / grid.columns) * grid.scale + grid.textHeight);
            placePair(m_incident.affected.at(i), cell, grid.scale);
            if ((i + 1) % grid.columns == 0)
                cell.moveTopLeft(QPointF(area.left(), cell.bottom() + gap));
            else
                cell.translate(grid.cellWidth + 2 * gap, 0);
        }
    }

    void placePair(const Incident::Affected& affected, const QRectF& cell, qreal scale)
    {
        PictureLayout::Pair pair;
        const qreal half = (cell.width() - arrowWidth) / 2;
        const int lines = saidByLines(m_large, cell.width());
        const QRectF left(cell.left(), cell.top() + pairHead, half,
            cell.height() - pairHead - saidByLine * lines - 6);
        const QRectF right = left.translated(half + arrowWidth, 0);
        qreal bottom = left.top();
        if (affected.before) {
            pair.before = TopologyGeometry::fullCard(*affected.before, left, scale);
            bottom = std::max(bottom, pair.before->rect.bottom());
        }
        // What was before needs no place where there is nothing to show of it.
        const bool isAlone = !affected.before;
        const QRectF nowPlace = isAlone
            ? QRectF(left.topLeft(), QSizeF(std::min(cell.width(), half * 1.25), left.height()))
            : right;
        if (affected.now) {
            pair.now = TopologyGeometry::fullCard(*affected.now, nowPlace, scale);
            bottom = std::max(bottom, pair.now->rect.bottom());
        }
        const QRectF nowHead(nowPlace.left(), cell.top(), nowPlace.width(), pairHead);
        if (isAlone) {
            pair.nowText = { QRectF(cell.left(), cell.top(), cell.width(), pairHead),
                PictureTexts::tr("%1 (%2)").arg(affected.nowText, affected.beforeText) };
        } else {
            pair.nowText = { nowHead, affected.nowText };
            pair.beforeText
                = { QRectF(cell.left(), cell.top(), half, pairHead), affected.beforeText };
        }
        if (pair.before && pair.now) {
            const qreal y = std::min(pair.before->rect.center().y(), pair.now->rect.center().y());
            pair.arrow = QRectF(left.right() + 8, y - 10, arrowWidth - 16, 20);
        }
        qreal y = bottom + 4;
        for (const QString& text : affected.saidBy) {
            for (const QString& line : wrappedText(text, saidByFont(), cell.width(), lines)) {
                if (y + saidByLine > cell.bottom() + 1)
                    break;
                pair.saidBy.append({ QRectF(cell.left(), y, cell.width(), saidByLine), line });
                y += saidByLine;
            }
        }
        pair.rect = QRectF(cell.topLeft(), QPointF(cell.right(), y));
        m_layout.pairs.append(pair);
    }

    const cluster::Topology& m_topology;
    const capture::Capture& m_capture;
    const Incident& m_incident;
    const PictureOptions& m_options;
    qsizetype m_large = 0;
    int m_mostLines = 2; ///< of an event
    PictureLayout m_layout;
};

} // namespace

PictureLayout PictureLayout::layout(
    const capture::Capture& capture, const Incident& incident, const PictureOptions& options)
{
    return Composer(capture, incident, options).compose();
}

} // namespace slotscope::ui
