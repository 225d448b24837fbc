// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/report/picturepainter.h"

#include "ui/report/picturefonts.h"
#include "ui/slotmap/ribbonpainter.h"
#include "ui/theme/drawing.h"
#include "ui/theme/severity.h"
#include "ui/topology/cardpainter.h"
#include "ui/topology/storypainter.h"

#include <QCoreApplication>
#include <QPainterPath>

namespace slotscope::ui {

namespace {

class PicturePainter
{
public:
    PicturePainter(QPainter& painter, const Incident& incident, const PictureLayout& layout,
        const PictureOptions& options)
        : m_painter(painter)
        , m_incident(incident)
        , m_layout(layout)
        , m_options(options)
        , m_theme(options.dark ? Theme::darkTheme() : Theme::light())
    { }

    void paint(const cluster::Topology& topology)
    {
        m_painter.setRenderHint(QPainter::Antialiasing);
        m_painter.setRenderHint(QPainter::TextAntialiasing);
        m_painter.fillRect(
            QRectF(0, 0, PictureLayout::width, PictureLayout::height), m_theme.window);
        paintHead();
        if (!m_layout.ribbon.isEmpty()) {
            const SlotTable table(topology);
            const auto ribbon = RibbonGeometry::layout(topology, table, m_layout.ribbon, 1.5);
            paintRibbon(m_painter, ribbon, topology, {}, m_theme);
        }
        if (!m_layout.picture.isEmpty())
            paintMap(topology);
        for (const PictureLayout::Pair& pair : m_layout.pairs)
            paintPair(pair);
        line(m_layout.tilesTitle, textFont(17, QFont::DemiBold), m_theme.mutedText);
        paintCards(m_painter, m_layout.tiles, m_theme);
        paintTimeline();
        paintCaption();
        for (const PictureLayout::Line& text : m_layout.footer)
            line(text, footerFont(), m_theme.mutedText);
        paintMarks();
    }

private:
    void line(const PictureLayout::Line& text, const QFont& font, const QColor& color,
        Qt::Alignment alignment = Qt::AlignLeft)
    {
        drawLine(m_painter, text.rect, font, color, text.text, alignment);
    }

    void paintHead()
    {
        paintSeverity(m_painter, m_layout.sign, m_incident.headline.severity, m_theme);
        const qreal height
            = m_layout.headline.height() / static_cast<qreal>(m_layout.headlineLines.size());
        QRectF rect = m_layout.headline;
        rect.setHeight(height);
        for (const QString& text : m_layout.headlineLines) {
            drawLine(m_painter, rect, headlineFont(m_layout.headlinePixels), m_theme.text, text);
            rect.translate(0, height);
        }
        line(m_layout.evidence, evidenceFont(), m_theme.mutedText);
        if (m_layout.badge.isEmpty())
            return;
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(m_theme.warning);
        m_painter.drawRoundedRect(m_layout.badge.rect, 8, 8);
        line(m_layout.badge, badgeFont(), m_theme.surface, Qt::AlignHCenter);
    }

    void paintMap(const cluster::Topology& topology)
    {
        CardFacts facts;
        facts.silent = m_incident.silent;
        const command::Storyboard story
            = m_layout.caption.isEmpty() ? command::Storyboard() : m_options.story;
        auto geometry = TopologyGeometry::layout(topology, m_layout.picture, story, facts);
        for (Card& card : geometry.cards) {
            // What can be done with it in the window.
            if (card.kind == Card::Kind::SentinelMaster)
                card.nodes.first().status = roleWord(cluster::Role::Primary);
        }
        paintCards(m_painter, geometry, m_theme);
        if (!story.isEmpty())
            paintStory(m_painter, geometry, sceneAt({ geometry, story }, m_options.frame), m_theme);
    }

    void paintPair(const PictureLayout::Pair& pair)
    {
        line(pair.beforeText, pairFont(), m_theme.mutedText);
        line(pair.nowText, pairFont(), m_theme.text);
        TopologyGeometry cards;
        for (const std::optional<Card>& card : { pair.before, pair.now }) {
            if (card)
                cards.cards.append(*card);
        }
        paintCards(m_painter, cards, m_theme);
        paintArrow(pair.arrow);
        for (const PictureLayout::Line& text : pair.saidBy)
            line(text, saidByFont(), m_theme.mutedText);
    }

    void paintArrow(const QRectF& rect)
    {
        if (rect.isEmpty())
            return;
        const QPointF tip(rect.right(), rect.center().y());
        m_painter.setPen(QPen(m_theme.mutedText, 3, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        m_painter.setBrush(Qt::NoBrush);
        m_painter.drawLine(QPointF(rect.left(), tip.y()), tip);
        m_painter.drawPolyline(QPolygonF { tip + QPointF(-10, -9), tip, tip + QPointF(-10, 9) });
    }

    void paintTimeline()
    {
        line(m_layout.timelineTitle, pairFont(), m_theme.text);
        line(m_layout.recording, textFont(17), m_theme.mutedText);
        line(m_layout.moreRows, textFont(17), m_theme.mutedText);
        for (const PictureLayout::Row& placed : m_layout.rows) {
            const TimelineRow& row = placed.row;
            paintRowSign(m_painter, placed.sign, row, m_theme);
            drawLine(m_painter, placed.time, fixedFont(17), m_theme.mutedText, row.timeText());
            const QColor ink = row.alarm == Alarm::Bad ? m_theme.danger
                : row.alarm == Alarm::Notice           ? m_theme.warning
                                                       : m_theme.text;
            for (const PictureLayout::Line& text : placed.lines)
                line(text, timelineFont(row.alarm), ink);
            drawLine(m_painter, placed.saidBy, textFont(16), m_theme.mutedText, row.saidBy,
                Qt::AlignRight);
        }
    }

    void paintCaption()
    {
        const PictureLayout::Line& caption = m_layout.caption;
        if (caption.rect.isEmpty())
            return;
        m_painter.setPen(QPen(m_theme.border, 1));
        m_painter.setBrush(m_theme.surface);
        m_painter.drawRoundedRect(caption.rect, 8, 8);
        const QString count = QCoreApplication::translate("PictureTexts", "%1 of %2")
                                  .arg(m_options.frame.step + 1)
                                  .arg(m_options.story.size());
        const QRectF inner = caption.rect.adjusted(18, 0, -18, 0);
        drawLine(m_painter, QRectF(inner.topLeft(), QSizeF(84, inner.height())),
            textFont(20, QFont::DemiBold), m_theme.accent, count);
        drawLine(m_painter, inner.adjusted(92, 0, 0, 0), textFont(23), m_theme.text, caption.text);
    }

    void paintDisc(const QPointF& centre, qreal radius, qsizetype number)
    {
        m_painter.setPen(QPen(m_theme.window, 3));
        m_painter.setBrush(m_theme.accent);
        m_painter.drawEllipse(centre, radius, radius);
        const QRectF rect(centre - QPointF(radius, radius), QSizeF(2 * radius, 2 * radius));
        drawLine(m_painter, rect, textFont(radius * 1.15, QFont::Bold), m_theme.surface,
            QString::number(number), Qt::AlignHCenter);
    }

    void paintMarks()
    {
        for (qsizetype i = 0; i < m_layout.marks.size(); ++i) {
            const PictureLayout::Mark& mark = m_layout.marks.at(i);
            paintDisc(mark.centre, 17, i + 1);
            const QRectF& rect = mark.line.rect;
            if (rect.isEmpty())
                continue;
            paintDisc(QPointF(rect.left() + 12, rect.center().y()), 11, i + 1);
            drawLine(m_painter, rect.adjusted(30, 0, 0, 0), timelineFont(), m_theme.text,
                mark.line.text);
        }
    }

    QPainter& m_painter;
    const Incident& m_incident;
    const PictureLayout& m_layout;
    const PictureOptions& m_options;
    const Theme m_theme;
};

} // namespace

void paintRowSign(QPainter& painter, const QRectF& rect, const TimelineRow& row, const Theme& theme)
{
    if (row.alarm == Alarm::Bad) {
        paintDownSign(painter, rect.center(), rect.width(), theme.danger, theme.window);
        return;
    }
    if (row.alarm == Alarm::Notice) {
        paintWarningSign(painter, rect.center(), rect.width() * 0.9, theme.warning, theme.window);
        return;
    }
    if (row.kind == TimelineRow::Kind::Note) {
        // A sheet with a turned-down corner.
        const QRectF sheet = rect.adjusted(2, 1, -2, -1);
        QPainterPath path(sheet.topLeft());
        path.lineTo(sheet.right() - 4, sheet.top());
        path.lineTo(sheet.right(), sheet.top() + 4);
        path.lineTo(sheet.bottomRight());
        path.lineTo(sheet.bottomLeft());
        path.closeSubpath();
        painter.setPen(QPen(theme.accent, 1.6));
        painter.setBrush(Qt::NoBrush);
        painter.drawPath(path);
        painter.drawLine(
            sheet.topLeft() + QPointF(3, 5), QPointF(sheet.right() - 3, sheet.top() + 5));
        painter.drawLine(
            sheet.topLeft() + QPointF(3, 9), QPointF(sheet.right() - 3, sheet.top() + 9));
        return;
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.mutedText);
    painter.drawEllipse(rect.center(), rect.width() * 0.22, rect.width() * 0.22);
}

void paintPicture(QPainter& painter, const capture::Capture& capture, const Incident& incident,
    const PictureLayout& layout, const PictureOptions& options)
{
    PicturePainter(painter, incident, layout, options).paint(capture.topology);
}

} // namespace slotscope::ui
