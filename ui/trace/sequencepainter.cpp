// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/trace/sequencepainter.h"

#include "ui/theme/drawing.h"
#include "ui/theme/plaintext.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace slotscope::ui {

namespace {

using command::StepKind;

// The translation context.
struct SequenceTexts
{
    Q_DECLARE_TR_FUNCTIONS(SequenceTexts)
};

class SequencePainter
{
public:
    SequencePainter(QPainter& painter, const SequenceGeometry& geometry,
        const command::StoryFrame& frame, const Theme& theme)
        : m_painter(painter)
        , m_geometry(geometry)
        , m_frame(frame)
        , m_theme(theme)
    { }

    void paint(const QRectF& exposed)
    {
        for (const SequenceRow& row : m_geometry.rows) {
            if (row.rect.intersects(exposed) && isCurrent(row))
                paintMark(row);
        }
        paintLines();
        for (const SequenceGeometry::Activity& activity : m_geometry.activities)
            paintActivity(activity, exposed);
        for (const SequenceRow& row : m_geometry.rows) {
            if (!row.rect.intersects(exposed))
                continue;
            m_painter.setOpacity(command::progressOf(m_frame, row.step) < 0 ? 0.45 : 1);
            paintRow(row);
            m_painter.setOpacity(1);
        }
    }

private:
    bool isCurrent(const SequenceRow& row) const
    {
        if (row.step == m_frame.step)
            return true;
        return std::any_of(m_frame.others.begin(), m_frame.others.end(),
            [&row](const command::StoryFrame::Other& other) { return other.step == row.step; });
    }

    void paintMark(const SequenceRow& row)
    {
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(blended(m_theme.accent, m_theme.window, 0.13));
        m_painter.drawRect(row.rect);
        m_painter.setBrush(m_theme.accent); // not by colour alone
        m_painter.drawRect(QRectF(row.rect.left(), row.rect.top(), 3, row.rect.height()));
    }

    void paintLines()
    {
        const qreal top = m_geometry.headHeight;
        m_painter.setPen(QPen(m_theme.border, 1, Qt::DashLine));
        for (const Lifeline& line : m_geometry.lines) {
            m_painter.drawLine(QPointF(line.x, top - 8), QPointF(line.x, m_geometry.size.height()));
        }
        m_painter.setPen(QPen(m_theme.mutedText, 1.4));
        m_painter.drawLine(QPointF(m_geometry.computerX, top - 8),
            QPointF(m_geometry.computerX, m_geometry.size.height()));
    }

    void paintActivity(const SequenceGeometry::Activity& activity, const QRectF& exposed)
    {
        const qreal x = m_geometry.lines.at(activity.line).x;
        const QRectF rect(x - 4, activity.top, 8, activity.bottom - activity.top);
        if (!rect.intersects(exposed) || command::progressOf(m_frame, activity.firstStep) < 0)
            return;
        m_painter.setPen(QPen(m_theme.mutedText, 1));
        m_painter.setBrush(m_theme.surface);
        m_painter.drawRect(rect);
    }

    void paintRow(const SequenceRow& row)
    {
        switch (row.kind) {
        case StepKind::Resolve:
        case StepKind::MapRewrite:
        case StepKind::MapLocked:
        case StepKind::PlainStop:
        case StepKind::End:
            return paintNote(row);
        case StepKind::Wait:
            return paintWait(row);
        default:
            if (row.line < 0)
                return paintNote(row);
            paintText(row);
            paintArrow(row);
        }
    }

    QColor colorOf(const SequenceRow& row) const
    {
        if (row.kind == StepKind::ConnectFailed)
            return m_theme.danger;
        if (row.kind == StepKind::OutcomeUnknown)
            return m_theme.warning;
        return isCurrent(row) ? m_theme.accent : m_theme.mutedText;
    }

    void paintArrow(const SequenceRow& row)
    {
        const QColor color = colorOf(row);
        const bool dashed = row.kind == StepKind::AskReply || row.asking;
        QPen pen(color, 1.6, Qt::SolidLine, Qt::FlatCap);
        if (dashed)
            pen.setDashPattern({ 4, 3 });
        m_painter.setPen(pen);
        const qreal direction = row.to > row.from ? 1 : -1;
        // Around the activity's bar at the node's end.
        const bool startsAtNode = row.from > row.to;
        const QPointF from(row.from + (startsAtNode ? -4 : 0), row.y);
        const bool breaks = row.kind == StepKind::ConnectFailed;
        const bool fades = row.kind == StepKind::OutcomeUnknown;
        const QPointF tip(
            row.to - (direction > 0 && !breaks ? 4 : 0) + (direction < 0 && !fades ? 1 : 0), row.y);
        m_painter.drawLine(from, tip);
        if (breaks) {
            paintDownSign(m_painter, tip, 13, color, m_theme.surface);
        } else if (fades) {
            m_painter.setPen(Qt::NoPen);
            m_painter.setBrush(color);
            m_painter.drawEllipse(tip, 8, 8);
            drawLine(m_painter, QRectF(tip.x() - 8, tip.y() - 8, 16, 16), textFont(11, QFont::Bold),
                m_theme.surface, QStringLiteral("?"), Qt::AlignHCenter);
        } else {
            const QPointF head[]
                = { tip, tip + QPointF(-direction * 9, -4), tip + QPointF(-direction * 9, 4) };
            m_painter.setPen(Qt::NoPen);
            m_painter.setBrush(color);
            m_painter.drawPolygon(head, 3);
        }
    }

    void paintText(const SequenceRow& row)
    {
        QRectF rect = row.textRect;
        const QFont font = fixedFont(12);
        if (row.asking) {
            // Glued to the command: both leave in one write.
            const QString asking = QStringLiteral("ASKING");
            const QRectF bead(rect.left(), rect.top(), textWidth(asking, fixedFont(11)) + 12, 16);
            const qreal width
                = std::min(textWidth(row.text, fixedFont(11)) + 14, rect.right() - bead.right());
            const QRectF command(bead.right(), rect.top(), width, 16);
            m_painter.setPen(QPen(m_theme.accent, 1.2));
            m_painter.setBrush(m_theme.surface);
            m_painter.drawRoundedRect(bead, 5, 5);
            m_painter.setBrush(blended(m_theme.accent, m_theme.surface, 0.18));
            m_painter.drawRoundedRect(command, 5, 5);
            drawLine(m_painter, bead, fixedFont(11), m_theme.text, asking, Qt::AlignHCenter);
            drawLine(m_painter, command.adjusted(6, 0, -4, 0), fixedFont(11), m_theme.text,
                row.text, Qt::AlignLeft, Qt::ElideMiddle);
        } else {
            const bool envelope
                = row.kind == StepKind::MovedReply || row.kind == StepKind::AskReply;
            paintGround(rect, textWidth(row.text, font) + (envelope ? 22 : 0));
            if (envelope) {
                const QRectF cover(rect.left(), rect.top() + 4, 15, 10);
                paintEnvelope(cover, row.kind == StepKind::AskReply);
                rect.setLeft(rect.left() + 21);
            }
            const bool wrong
                = row.kind == StepKind::ConnectFailed || row.kind == StepKind::OutcomeUnknown;
            drawLine(m_painter, rect, font, wrong ? colorOf(row) : m_theme.text, row.text,
                Qt::AlignLeft, envelope ? Qt::ElideMiddle : Qt::ElideRight);
        }
        if (row.detail.isEmpty())
            return;
        const QFont small = textFont(11);
        paintGround(row.detailRect, textWidth(row.detail, small));
        drawLine(m_painter, row.detailRect, small, m_theme.mutedText, row.detail);
    }

    // A text that crosses other lifelines must stay readable.
    void paintGround(const QRectF& rect, qreal width)
    {
        QRectF ground = rect;
        ground.setWidth(std::min(width, rect.width()));
        bool crosses = false;
        for (const Lifeline& line : m_geometry.lines)
            crosses = crosses || (line.x > ground.left() - 3 && line.x < ground.right() + 3);
        if (!crosses)
            return;
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(m_theme.window);
        m_painter.drawRect(ground.adjusted(-3, 0, 3, 0));
    }

    void paintEnvelope(const QRectF& rect, bool dashed)
    {
        QPen pen(m_theme.text, 1.2, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
        if (dashed)
            pen.setDashPattern({ 2, 1.5 });
        m_painter.setPen(pen);
        m_painter.setBrush(m_theme.surface);
        m_painter.drawRect(rect);
        const QPointF flap[] = { rect.topLeft(), rect.center() + QPointF(0, 1), rect.topRight() };
        m_painter.drawPolyline(flap, 3);
    }

    void paintPadlock(const QPointF& centre)
    {
        m_painter.setPen(QPen(m_theme.text, 1.5));
        m_painter.setBrush(Qt::NoBrush);
        m_painter.drawArc(QRectF(centre.x() - 3, centre.y() - 7, 6, 8), 0, 180 * 16);
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(m_theme.text);
        m_painter.drawRoundedRect(QRectF(centre.x() - 5, centre.y() - 3, 10, 8), 1.5, 1.5);
    }

    void paintNote(const SequenceRow& row)
    {
        const bool stops = row.kind == StepKind::PlainStop;
        const bool locked = row.kind == StepKind::MapLocked;
        const QFont font = noteFont(row.kind);
        const QFont small = textFont(11, QFont::DemiBold);
        const qreal icon = locked ? 18 : 0;
        qreal wanted = row.detail.isEmpty() ? 0 : textWidth(row.detail, small);
        for (const QString& text : row.lines)
            wanted = std::max(wanted, textWidth(text, font) + icon);
        wanted += 16;
        QRectF box = row.textRect;
        box.setLeft(m_geometry.computerX - 7);
        box.setWidth(std::min(wanted, box.width() + 19));
        m_painter.setPen(QPen(stops ? m_theme.danger
                : isCurrent(row)    ? m_theme.accent
                                    : m_theme.border,
            stops ? 2 : 1));
        m_painter.setBrush(m_theme.surface);
        m_painter.drawRoundedRect(box, 4, 4);
        QRectF line(box.left() + 8, box.top(), box.width() - 14 - icon, 22);
        for (const QString& text : row.lines) {
            drawLine(m_painter, line, font, m_theme.text, text);
            line.translate(0, noteStep);
        }
        if (locked)
            paintPadlock(QPointF(box.right() - 12, row.y));
        if (!row.detail.isEmpty()) {
            line.moveTop(row.detailRect.top() - 1);
            line.setHeight(row.detailRect.height());
            drawLine(m_painter, line, small, m_theme.accent, row.detail);
        }
    }

    void paintWait(const SequenceRow& row)
    {
        const qreal x = m_geometry.lines.at(row.line).x;
        const QPointF centre(x, row.textRect.center().y() + 1);
        const QFont font = textFont(12, QFont::DemiBold);
        QString text = row.text;
        if (!row.detail.isEmpty())
            text = text.isEmpty() ? row.detail : text + QStringLiteral(": ") + row.detail;
        const qreal width = std::min(textWidth(text, font) + 12, x - row.textRect.left() - 12);
        const QRectF pill(x - 12 - width, centre.y() - 9, width, 18);
        const QColor color = isCurrent(row) ? m_theme.accent : m_theme.mutedText;
        m_painter.setPen(QPen(m_theme.border, 1));
        m_painter.setBrush(m_theme.surface);
        m_painter.drawRoundedRect(pill, 9, 9);
        drawLine(m_painter, pill.adjusted(6, 0, -4, 0), font, m_theme.text, text);
        const double progress = std::clamp(command::progressOf(m_frame, row.step), 0.0, 1.0);
        m_painter.setPen(QPen(color, 1.6));
        m_painter.setBrush(m_theme.surface);
        m_painter.drawEllipse(centre, 9, 9);
        const double angle = 2 * std::numbers::pi * progress;
        m_painter.drawLine(centre, centre + QPointF(std::sin(angle), -std::cos(angle)) * 6.0);
        m_painter.drawLine(centre, centre - QPointF(0, 4));
    }

    QPainter& m_painter;
    const SequenceGeometry& m_geometry;
    const command::StoryFrame& m_frame;
    const Theme& m_theme;
};

void paintHead(QPainter& painter, const QRectF& rect, const QStringList& lines, const Theme& theme)
{
    painter.setPen(QPen(theme.border, 1));
    painter.setBrush(theme.surface);
    painter.drawRoundedRect(rect, 5, 5);
    QRectF line = rect.adjusted(4, 2, -4, -2);
    line.setHeight(line.height() / static_cast<qreal>(lines.size()));
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QFont font = i == 0 ? textFont(12, QFont::DemiBold) : textFont(10.5);
        drawLine(painter, line, font, i == 0 ? theme.text : theme.mutedText, lines.at(i),
            Qt::AlignHCenter, i == 2 ? Qt::ElideRight : Qt::ElideMiddle);
        line.moveTop(line.bottom());
    }
}

} // namespace

void paintSequence(QPainter& painter, const SequenceGeometry& geometry,
    const command::StoryFrame& frame, const QRectF& exposed, const Theme& theme)
{
    if (geometry.rows.isEmpty())
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    SequencePainter(painter, geometry, frame, theme).paint(exposed);
    painter.restore();
}

void paintSequenceHeads(QPainter& painter, const SequenceGeometry& geometry, const Theme& theme)
{
    if (geometry.rows.isEmpty())
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(QRectF(0, 0, geometry.size.width(), geometry.headHeight - 7), theme.window);
    paintHead(painter, geometry.headRect(-1), { SequenceTexts::tr("this computer") }, theme);
    for (int i = 0; i < geometry.lines.size(); ++i) {
        const Lifeline& line = geometry.lines.at(i);
        QStringList lines { line.label, line.address, line.note.shortText() };
        lines.removeAll(QString());
        paintHead(painter, geometry.headRect(i), lines, theme);
    }
    painter.restore();
}

} // namespace slotscope::ui
