// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/slotmap/ribbonpainter.h"

#include "ui/slotmap/slottexts.h"
#include "ui/theme/drawing.h"
#include "ui/theme/plaintext.h"

#include <QCoreApplication>
#include <QPainterPath>

#include <algorithm>

namespace slotscope::ui {

namespace {

using MarkKind = RibbonGeometry::MarkKind;

QColor segmentColor(const RibbonGeometry::Segment& segment, const cluster::Topology& topology,
    const RibbonState& state, const Theme& theme)
{
    if (segment.shard < 0)
        return segment.shard == SlotTable::otherOwner ? theme.mutedText : theme.sunken;
    const QColor color = theme.shardColor(topology.shards().at(segment.shard).index);
    const bool faded
        = state.stale || (state.highlightedShard >= 0 && segment.shard != state.highlightedShard);
    return faded ? paleOf(color, theme) : color;
}

// Uncovered and down point down in red, moving is a two-headed arrow, importing two
// heads that meet, disputed a lozenge: three
// shapes.
void paintSign(QPainter& painter, const RibbonGeometry& geometry, const RibbonGeometry::Mark& mark,
    const Theme& theme)
{
    const qreal s = geometry.scale;
    const qreal bottom = geometry.bar.top() - 2 * s;
    const qreal x
        = std::clamp(mark.sign, geometry.bar.left() + 5 * s, geometry.bar.right() - 5 * s);
    QPainterPath path;
    switch (mark.kind) {
    case MarkKind::Uncovered:
    case MarkKind::Down:
        path.moveTo(x - 5 * s, bottom - 8 * s);
        path.lineTo(x + 5 * s, bottom - 8 * s);
        path.lineTo(x, bottom);
        path.closeSubpath();
        painter.fillPath(path, theme.danger);
        break;
    case MarkKind::Moving:
        for (const int side : { -1, 1 }) {
            path.moveTo(x + side * 7 * s, bottom - 4 * s);
            path.lineTo(x + side * 2 * s, bottom - 8 * s);
            path.lineTo(x + side * 2 * s, bottom);
            path.closeSubpath();
        }
        painter.fillPath(path, theme.text);
        break;
    case MarkKind::Importing:
        for (const int side : { -1, 1 }) {
            path.moveTo(x + side * s, bottom - 4 * s);
            path.lineTo(x + side * 6 * s, bottom - 8 * s);
            path.lineTo(x + side * 6 * s, bottom);
            path.closeSubpath();
        }
        painter.fillPath(path, theme.text);
        break;
    case MarkKind::Disputed:
        path.moveTo(x, bottom - 8.5 * s);
        path.lineTo(x + 4.5 * s, bottom - 4.2 * s);
        path.lineTo(x, bottom);
        path.lineTo(x - 4.5 * s, bottom - 4.2 * s);
        path.closeSubpath();
        painter.fillPath(path, theme.warning);
        break;
    }
}

void paintMarks(QPainter& painter, const RibbonGeometry& geometry, const Theme& theme)
{
    for (const RibbonGeometry::Mark& mark : geometry.marks) {
        switch (mark.kind) {
        case MarkKind::Uncovered:
            paintUncovered(painter, theme, mark.rect, 5 * geometry.scale);
            break;
        case MarkKind::Down:
            paintDown(painter, theme, mark.rect, 5 * geometry.scale);
            break;
        case MarkKind::Moving:
            paintMoving(painter, theme, mark.rect, 5 * geometry.scale);
            break;
        case MarkKind::Importing:
            paintImporting(painter, theme, mark.rect, 5 * geometry.scale);
            break;
        case MarkKind::Disputed:
            paintDisputed(painter, theme, mark.rect, 6 * geometry.scale);
            break;
        }
        paintSign(painter, geometry, mark, theme);
    }
}

QString focusText(const cluster::Topology& topology, const RibbonState& state)
{
    const cluster::Slot first(state.firstFocused);
    const cluster::Shard* shard = topology.shardOf(first);
    const cluster::Node* owner = topology.ownerOf(first);
    return slotRangeText({ first, cluster::Slot(state.lastFocused) }) + QLatin1String(": ")
        + (shard        ? visibleText(shard->label)
                : owner ? visibleText(topology.labelOf(*owner))
                        : QCoreApplication::translate("Ribbon", "no owner"));
}

QRectF focusTextRect(const RibbonGeometry& geometry, qreal middle, qreal width)
{
    const qreal left = std::clamp(middle - width / 2, geometry.bounds.left(),
        std::max(geometry.bounds.left(), geometry.bounds.right() - width));
    const qreal top = geometry.bar.bottom() + 2 * geometry.scale;
    return { left, top, width, geometry.bounds.bottom() - top };
}

// A frame that is seen on every colour, around however few slots.
void paintFocus(
    QPainter& painter, const RibbonGeometry& geometry, const QRectF& place, const Theme& theme)
{
    const qreal s = geometry.scale;
    const qreal width = std::max(place.width(), 7 * s);
    const qreal left = std::clamp(place.center().x() - width / 2, geometry.bar.left(),
        std::max(geometry.bar.left(), geometry.bar.right() - width));
    const QRectF frame(left, place.top(), width, place.height());
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.surface, 4 * s, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
    painter.drawRect(frame.adjusted(2 * s, 2 * s, -2 * s, -2 * s));
    painter.setPen(QPen(theme.text, 2 * s, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
    painter.drawRect(frame.adjusted(s, s, -s, -s));
}

// The key's slot: a pin from below, with its number, over the scale.
QRectF pinTextRect(const RibbonGeometry& geometry, const QString& text, const QFont& font, qreal x)
{
    const qreal width = textWidth(text, font) + 10 * geometry.scale;
    QRectF rect(x + 7 * geometry.scale, geometry.bar.bottom() + geometry.scale, width,
        geometry.bounds.bottom() - geometry.bar.bottom() - geometry.scale);
    if (rect.right() > geometry.bounds.right())
        rect.moveRight(x - 7 * geometry.scale);
    return rect;
}

void paintPin(QPainter& painter, const RibbonGeometry& geometry, const RibbonState& state,
    const QFont& font, const QRectF& textRect, const Theme& theme)
{
    const qreal s = geometry.scale;
    const qreal x = geometry.xOf(state.markedSlot + 0.5);
    painter.setPen(QPen(theme.surface, 4 * s));
    painter.drawLine(QPointF(x, geometry.bar.top()), QPointF(x, geometry.bar.bottom()));
    painter.setPen(QPen(theme.text, 1.6 * s));
    painter.drawLine(QPointF(x, geometry.bar.top() - 3 * s), QPointF(x, geometry.bar.bottom()));
    QPainterPath pin;
    pin.moveTo(x, geometry.bar.bottom());
    pin.lineTo(x + 5 * s, geometry.bar.bottom() + 9 * s);
    pin.lineTo(x - 5 * s, geometry.bar.bottom() + 9 * s);
    pin.closeSubpath();
    painter.fillPath(pin, theme.accent);
    drawLine(painter, textRect, font, theme.accent,
        QCoreApplication::translate("Ribbon", "slot %1").arg(state.markedSlot));
}

// Grey, and the other way round than what has no owner.
void paintUnknown(QPainter& painter, const RibbonGeometry& geometry, const Theme& theme)
{
    const qreal s = geometry.scale;
    const QString text = QCoreApplication::translate("Ribbon", "not known who owns the slots");
    const QFont font = textFont(12 * s);
    QRectF plate(0, 0, textWidth(text, font) + 16 * s, geometry.bar.height());
    plate.moveCenter(geometry.bar.center());
    painter.setPen(QPen(theme.border, 1));
    painter.drawLines(hatchLines(geometry.bar, 7 * s, Hatch::Falling));
    painter.fillRect(plate, theme.sunken);
    drawLine(painter, plate, font, theme.mutedText, text, Qt::AlignHCenter);
}

} // namespace

void paintRibbon(QPainter& painter, const RibbonGeometry& geometry,
    const cluster::Topology& topology, const RibbonState& state, const Theme& theme)
{
    const qreal s = geometry.scale;
    painter.save();
    painter.fillRect(geometry.bar, theme.sunken);
    if (!geometry.known) {
        if (!topology.nodes().isEmpty())
            paintUnknown(painter, geometry, theme);
        painter.restore();
        return;
    }

    // No antialiasing: edges stand on half pixels of the layout, whole ones of a 2x screen.
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (const RibbonGeometry::Segment& segment : geometry.segments)
        painter.fillRect(segment.rect, segmentColor(segment, topology, state, theme));
    for (const RibbonGeometry::Segment& segment : geometry.segments) {
        if (segment.rect.width() > 4 && segment.rect.left() > geometry.bar.left() + 1)
            painter.fillRect(
                QRectF(segment.rect.left(), segment.rect.top(), 1, segment.rect.height()),
                theme.window);
    }

    painter.setRenderHint(QPainter::Antialiasing);
    paintMarks(painter, geometry, theme);

    for (const RibbonGeometry::Label& label : geometry.labels) {
        const int index = topology.shards().at(label.shard).index;
        const bool faded
            = state.stale || (state.highlightedShard >= 0 && label.shard != state.highlightedShard);
        const QFont font = textFont(label.fontSize, QFont::DemiBold);
        QColor color = faded ? theme.mutedText : theme.onShardColor(index);
        if (label.down) { // readable on the hatching
            const QSizeF size(textWidth(label.text, font) + 4 * s, 15 * s);
            QRectF plate(QPointF(), size.boundedTo(label.rect.size()));
            plate.moveCenter(label.rect.center());
            painter.setPen(Qt::NoPen);
            painter.setBrush(theme.surface);
            painter.drawRoundedRect(plate, 2 * s, 2 * s);
            color = theme.danger;
        }
        drawLine(painter, label.rect, font, color, label.text, Qt::AlignHCenter);
    }

    const bool pinned = state.markedSlot >= 0 && state.markedSlot < cluster::Slot::count;
    const QFont noteFont = textFont(10.5 * s, QFont::DemiBold);
    const qreal pin = geometry.xOf(state.markedSlot + 0.5);
    QRectF focusRect;
    if (state.firstFocused >= 0) {
        const QRectF place = geometry.rectOf(state.firstFocused, state.lastFocused);
        paintFocus(painter, geometry, place, theme);
        const QString text = focusText(topology, state);
        focusRect = focusTextRect(geometry, place.center().x(), textWidth(text, noteFont) + 6 * s);
        if (pinned && pin > focusRect.left() - 7 * s && pin < focusRect.right() + 7 * s) {
            focusRect.moveLeft(pin + 7 * s);
            if (focusRect.right() > geometry.bounds.right())
                focusRect.moveRight(pin - 7 * s);
        }
        drawLine(painter, focusRect, noteFont, theme.text, text, Qt::AlignHCenter);
    }
    QRectF pinRect;
    if (pinned) {
        const QString text = QCoreApplication::translate("Ribbon", "slot %1").arg(state.markedSlot);
        pinRect = pinTextRect(geometry, text, noteFont, pin);
        if (pinRect.intersects(focusRect))
            pinRect = {};
    }
    for (const RibbonGeometry::ScaleText& scaleText : geometry.scaleTexts) {
        const bool isCovered = pinRect.adjusted(-20 * s, 0, 8 * s, 0).intersects(scaleText.rect)
            || focusRect.adjusted(-8 * s, 0, 8 * s, 0).intersects(scaleText.rect);
        if (!isCovered)
            drawLine(painter, scaleText.rect, textFont(10 * s), theme.mutedText, scaleText.text,
                Qt::AlignHCenter);
    }
    if (pinned)
        paintPin(painter, geometry, state, noteFont, pinRect, theme);
    painter.restore();
}

} // namespace slotscope::ui
