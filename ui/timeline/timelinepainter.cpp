// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/timeline/timelinepainter.h"

#include "ui/theme/drawing.h"
#include "ui/theme/plaintext.h"

#include <QCoreApplication>

#include <algorithm>

namespace slotscope::ui {

namespace {

using Kind = TimelineMark::Kind;

void paintSign(
    QPainter& painter, const TimelineGeometry::Sign& sign, qreal line, const Theme& theme)
{
    const QPointF at(sign.x, line);
    constexpr qreal half = TimelineGeometry::signWidth / 2;
    const QPen rim(theme.window, 1);
    switch (sign.kind) {
    case Kind::Plain:
        painter.setPen(QPen(theme.mutedText, 1.6));
        painter.drawLine(at - QPointF(0, 5), at + QPointF(0, 5));
        break;
    case Kind::Note:
        painter.setPen(rim);
        painter.setBrush(theme.accent);
        painter.drawRect(QRectF(at.x() - half, at.y() - half, 2 * half, 2 * half));
        break;
    case Kind::Notice:
        painter.setPen(rim);
        painter.setBrush(theme.warning);
        painter.drawPolygon(QPolygonF { at - QPointF(0, half + 2), at + QPointF(half + 1, 0),
            at + QPointF(0, half + 2), at - QPointF(half + 1, 0) });
        break;
    case Kind::Bad:
        painter.setPen(rim);
        painter.setBrush(theme.danger);
        painter.drawPolygon(QPolygonF {
            at - QPointF(half + 2, 7), at + QPointF(half + 2, -7), at + QPointF(0, 4) });
        break;
    }
}

/// Hatched, without the line, and with its word where there is room.
void paintGap(QPainter& painter, const TimelineGeometry::Gap& gap, qreal line, const QFont& font,
    const Theme& theme)
{
    const QString word = QCoreApplication::translate("Timeline", "unknown");
    constexpr qreal half = 7;
    const QRectF box(gap.left, line - half, std::max(2.0, gap.right - gap.left), 2 * half);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.window);
    painter.drawRect(box);
    painter.setPen(QPen(theme.mutedText, 1, Qt::DotLine));
    painter.setBrush(QBrush(theme.mutedText, Qt::BDiagPattern));
    painter.drawRect(box);
    const qreal width = textWidth(word, font) + 8;
    if (width + 2 * TimelineGeometry::signWidth > box.width())
        return;
    const QRectF label(box.center().x() - width / 2, box.top() + 1, width, box.height() - 2);
    painter.fillRect(label, theme.window);
    drawLine(painter, label, font, theme.text, word, Qt::AlignHCenter);
}

} // namespace

void paintTimeline(QPainter& painter, const TimelineGeometry& geometry, const TimelineState& state,
    const Theme& theme)
{
    if (geometry.isEmpty())
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    const qreal y = geometry.line;
    const qreal handle = geometry.xOf(state.isAtEnd ? geometry.to : state.at);
    painter.setPen(QPen(theme.border, 3, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(QPointF(geometry.left, y), QPointF(geometry.right, y));
    painter.setPen(QPen(theme.mutedText, 3, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(QPointF(geometry.left, y), QPointF(handle, y));
    const QFont font = textFont(10.5);
    for (const TimelineGeometry::Gap& gap : geometry.gaps)
        paintGap(painter, gap, y, font, theme);
    for (const TimelineGeometry::ScaleText& text : geometry.scaleTexts) {
        painter.setPen(QPen(theme.border, 1));
        painter.drawLine(QPointF(text.x, y + 4), QPointF(text.x, text.rect.top() + 1));
        drawLine(painter, text.rect, font, theme.mutedText, text.text, Qt::AlignHCenter);
    }
    // The worst on top.
    for (const Kind kind : { Kind::Plain, Kind::Note, Kind::Notice, Kind::Bad }) {
        for (const TimelineGeometry::Sign& sign : geometry.signs) {
            if (sign.kind == kind)
                paintSign(painter, sign, y, theme);
        }
    }
    if (!state.isAtEnd) {
        painter.setPen(QPen(theme.accent, 1.5));
        painter.drawLine(QPointF(handle, geometry.bounds.top()), QPointF(handle, y + 9));
    }
    painter.setPen(QPen(state.hasFocus ? theme.text : theme.window, state.hasFocus ? 2 : 1.5));
    painter.setBrush(state.isAtEnd ? theme.mutedText : theme.accent);
    painter.drawEllipse(QPointF(handle, y), 6.5, 6.5);
}

} // namespace slotscope::ui
