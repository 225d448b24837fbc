// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/topology/cardpainter.h"

#include "ui/theme/drawing.h"
#include "ui/theme/plaintext.h"

#include <QPainterPath>

#include <algorithm>

namespace slotscope::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr qreal bandWidth = 9;

QColor bandColor(const Card& card, const Theme& theme)
{
    return card.color >= 0 ? theme.shardColor(card.color) : theme.mutedText;
}

QColor alarmColor(Alarm alarm, const Theme& theme)
{
    return alarm == Alarm::Bad   ? theme.danger
        : alarm == Alarm::Notice ? theme.warning
                                 : theme.mutedText;
}

qreal radiusOf(const Card& card)
{
    switch (card.detail) {
    case Detail::Full:
        return 9 * card.scale;
    case Detail::Compact:
        return 7 * card.scale;
    case Detail::Tile:
        return 5 * card.scale;
    case Detail::Dot:
        break;
    }
    return 3 * card.scale;
}

// The left end of a rounded rectangle: a path, because an SVG knows no clipping.
QPainterPath bandPath(const QRectF& rect, qreal width, qreal radius)
{
    QPainterPath path;
    path.moveTo(rect.left() + width, rect.top());
    path.lineTo(rect.left() + radius, rect.top());
    path.quadTo(rect.topLeft(), QPointF(rect.left(), rect.top() + radius));
    path.lineTo(rect.left(), rect.bottom() - radius);
    path.quadTo(rect.bottomLeft(), QPointF(rect.left() + radius, rect.bottom()));
    path.lineTo(rect.left() + width, rect.bottom());
    path.closeSubpath();
    return path;
}

void paintAlarmSign(
    QPainter& painter, Alarm alarm, const QPointF& centre, qreal size, const Theme& theme)
{
    if (alarm == Alarm::Bad)
        paintDownSign(painter, centre, size, theme.danger, theme.surface);
    else if (alarm == Alarm::Notice)
        paintWarningSign(painter, centre, size, theme.warning, theme.surface);
}

// A primary is a filled disc, a replica a ring; what is down is crossed, what is suspected a
// triangle.
void paintNodeMark(QPainter& painter, const NodeBox& node, const QPointF& centre, qreal size,
    const QColor& color, const Theme& theme)
{
    if (node.alarm != Alarm::None) {
        paintAlarmSign(painter, node.alarm, centre, size * 1.3, theme);
        return;
    }
    const qreal r = size / 2;
    if (node.isUncertain) {
        painter.setPen(QPen(theme.mutedText, size * 0.16, Qt::DotLine));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(centre, r * 0.84, r * 0.84);
        return;
    }
    if (node.role == cluster::Role::Primary) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawEllipse(centre, r, r);
    } else {
        painter.setPen(QPen(color, size * 0.18));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(centre, r * 0.84, r * 0.84);
    }
}

// Unknown, not healthy: grey lines.
void paintUncertain(QPainter& painter, const QRectF& rect, qreal spacing, const Theme& theme)
{
    painter.setPen(QPen(blended(theme.mutedText, theme.surface, 0.35), 1));
    painter.drawLines(hatchLines(rect, spacing, Hatch::Falling));
}

void paintFrame(QPainter& painter, const Card& card, const Theme& theme)
{
    const qreal s = card.scale;
    const qreal radius = radiusOf(card);
    QPen pen(theme.border, 1);
    if (card.alarm == Alarm::Bad)
        pen = QPen(theme.danger, 1.5);
    else if (card.alarm == Alarm::Notice)
        pen = QPen(theme.warning, 1.5);
    const bool stranger = card.kind == Card::Kind::Stranger;
    if (stranger)
        pen = QPen(theme.mutedText, 1.4 * s, Qt::CustomDashLine);
    if (stranger)
        pen.setDashPattern({ 4, 3 });

    painter.setPen(Qt::NoPen);
    painter.setBrush(stranger ? theme.window : theme.surface);
    painter.drawRoundedRect(card.rect, radius, radius);
    const bool isUncertain = !card.nodes.isEmpty()
        && std::all_of(card.nodes.begin(), card.nodes.end(),
            [](const NodeBox& node) { return node.isUncertain; });
    // A full card says it line by line.
    if (isUncertain && !stranger && card.detail != Detail::Full)
        paintUncertain(painter, card.rect.adjusted(2, 2, -2, -2), 7 * s, theme);
    painter.setPen(Qt::NoPen);
    if (!stranger) {
        painter.setBrush(bandColor(card, theme));
        painter.drawPath(bandPath(card.rect, bandWidth * s, radius));
    }
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(card.rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
}

// Of the pattern that the slot map has where the note says so.
void paintSample(
    QPainter& painter, const Card& card, Oddity oddity, const QRectF& rect, const Theme& theme)
{
    const qreal spacing = 4 * card.scale;
    painter.fillRect(rect, bandColor(card, theme));
    switch (oddity) {
    case Oddity::Disputed:
        paintDisputed(painter, theme, rect, spacing);
        break;
    case Oddity::Migrating:
        paintMoving(painter, theme, rect, spacing);
        break;
    case Oddity::Importing:
        paintImporting(painter, theme, rect, spacing);
        break;
    }
}

/// Where the sample of each oddity is: side by side, the last one ends at `right`.
QRectF sampleRect(const Card& card, qsizetype oddity, const QPointF& right)
{
    const qreal s = card.scale;
    const qreal left = right.x() - 13 * s * qreal(card.oddities.size() - oddity) + 3 * s;
    return { left, right.y() - 5 * s, 10 * s, 10 * s };
}

void paintRow(QPainter& painter, const Card& card, const NodeBox& node, const Theme& theme)
{
    const qreal s = card.scale;
    const QRectF& row = node.rect;
    if (node.alarm != Alarm::None) {
        painter.fillRect(row.adjusted(0, s, -1.5, -s),
            blended(alarmColor(node.alarm, theme), theme.surface, 0.1));
    }
    if (node.isUncertain)
        paintUncertain(painter, row.adjusted(0, s, -1.5, -s), 7 * s, theme);
    const QPointF mark(row.left() + 17 * s, row.center().y());
    const bool stranger = card.kind == Card::Kind::Stranger;
    paintNodeMark(
        painter, node, mark, 10 * s, stranger ? theme.mutedText : bandColor(card, theme), theme);

    const qreal textLeft = row.left() + 31 * s;
    const qreal right = row.right() - 12 * s;
    const bool primary = node.role == cluster::Role::Primary;
    QFont addressFont = fixedFont(13 * s);
    addressFont.setBold(primary);
    const QFont statusFont
        = textFont(11.5 * s, node.alarm == Alarm::None ? QFont::Normal : QFont::DemiBold);
    // The status is the last to give way: without it colour alone would tell.
    const qreal room = right - textLeft;
    const qreal beside = room - textWidth(node.text, addressFont) - 10 * s;
    const qreal left = std::max(room * 0.6, beside);
    const QString brief = node.status.section(QLatin1String(": "), -1); // "primary: no answer"
    const qreal fullWidth = textWidth(node.status, statusFont);
    // An address without its end is worth less than the role, which the mark tells too.
    const bool isBrief
        = fullWidth >= left || (fullWidth > beside && textWidth(brief, statusFont) <= beside);
    const QString& status = isBrief ? brief : node.status;
    const qreal statusWidth = std::min(textWidth(status, statusFont) + 1, left);
    drawLine(painter, QRectF(QPointF(right - statusWidth, row.top()), QPointF(right, row.bottom())),
        statusFont, alarmColor(node.alarm, theme), status, Qt::AlignRight);
    drawLine(painter,
        QRectF(QPointF(textLeft, row.top()), QPointF(right - statusWidth - 8 * s, row.bottom())),
        addressFont, theme.text, node.text, Qt::AlignLeft, Qt::ElideMiddle);
}

/// As many of the texts as fit whole; the first in any case.
QString whatFits(const QStringList& texts, const QFont& font, qreal width)
{
    QString fitting = texts.value(0);
    for (qsizetype count = 2; count <= texts.size(); ++count) {
        const QString longer = texts.first(count).join(u", "_s);
        if (textWidth(longer, font) > width)
            break;
        fitting = longer;
    }
    return fitting;
}

void paintFull(QPainter& painter, const Card& card, const Theme& theme)
{
    const qreal s = card.scale;
    const QRectF header = card.headerRect().adjusted(12 * s, 3 * s, -12 * s, 0);
    const QFont titleFont = textFont((card.kind == Card::Kind::Shard ? 17 : 14) * s, QFont::Bold);
    const QFont shareFont = textFont(12 * s);
    const qreal titleWidth = std::min(textWidth(card.title, titleFont) + 2, header.width() * 0.75);
    drawLine(painter, QRectF(header.topLeft(), QSizeF(titleWidth, header.height())), titleFont,
        card.kind == Card::Kind::Stranger ? theme.mutedText : theme.text, card.title);
    drawLine(painter, header.adjusted(titleWidth + 8 * s, 0, 0, 0), shareFont, theme.mutedText,
        card.share, Qt::AlignRight);
    for (const NodeBox& node : card.nodes)
        paintRow(painter, card, node, theme);

    const QRectF ranges = card.rangesRect().adjusted(12 * s, 0, -12 * s, 0);
    const QFont rangesFont = fixedFont(11.5 * s);
    // Whole ranges only: half a number is another number.
    for (const QString& text : card.isBrief ? QStringList() : card.rangeTexts) {
        if (textWidth(text, rangesFont) <= ranges.width() || text == card.rangeTexts.last()) {
            drawLine(painter, ranges, rangesFont, theme.mutedText, text);
            break;
        }
    }
    if (card.hasNumbers && !card.isBrief) {
        const QRectF line = card.numbersRect().adjusted(12 * s, 0, -10 * s, 0);
        const QFont font = textFont(11.5 * s);
        drawLine(painter, line, font, theme.mutedText, whatFits(card.numbers, font, line.width()));
    }
    if (!card.note.isEmpty()) {
        const QRectF note = card.noteRect().adjusted(12 * s, 0, -12 * s, 0);
        const qreal samples = 13 * s * qreal(card.oddities.size());
        const QPointF right(note.left() + samples - 3 * s, note.center().y());
        for (qsizetype i = 0; i < card.oddities.size(); ++i)
            paintSample(painter, card, card.oddities.at(i), sampleRect(card, i, right), theme);
        drawLine(painter, note.adjusted(samples + 3 * s, 0, 0, 0),
            textFont(11.5 * s, QFont::DemiBold), theme.text, card.note);
    }
}

void paintCompact(QPainter& painter, const Card& card, const Theme& theme)
{
    const qreal s = card.scale;
    const QRectF header = card.headerRect().adjusted(8 * s, 2 * s, -8 * s, 0);
    const QFont titleFont = textFont(14 * s, QFont::Bold);
    const qreal titleWidth = std::min(textWidth(card.title, titleFont) + 2, header.width());
    drawLine(painter, QRectF(header.topLeft(), QSizeF(titleWidth, header.height())), titleFont,
        theme.text, card.title);
    // The share of the slots gives way to the word for what is wrong.
    const auto worst = std::find_if(card.nodes.begin(), card.nodes.end(),
        [&card](const NodeBox& node) { return node.alarm == card.alarm; });
    const bool isAlarmed = card.alarm != Alarm::None && worst != card.nodes.end();
    const QRectF right = header.adjusted(titleWidth + 6 * s, 0, 0, 0);
    QString word = isAlarmed ? worst->status : card.share.section(QLatin1String(", "), -1);
    if (textWidth(word, textFont(11 * s)) > right.width())
        word = word.section(QLatin1String(": "), -1); // "primary: down"
    drawLine(painter, right, textFont(11 * s), alarmColor(card.alarm, theme), word, Qt::AlignRight);
    const qreal samples = 13 * s * qreal(card.oddities.size());
    for (qsizetype i = 0; i < card.oddities.size(); ++i) {
        const QPointF corner(card.rect.right() - 8 * s, card.rect.bottom() - 11 * s);
        paintSample(painter, card, card.oddities.at(i), sampleRect(card, i, corner), theme);
    }
    const QColor color = bandColor(card, theme);
    for (qsizetype i = 0; i < card.nodes.size(); ++i) {
        const NodeBox& node = card.nodes.at(i);
        if (i > 0) {
            if (node.rect.right() < card.rect.right() - 4 * s - samples)
                paintNodeMark(painter, node, node.rect.center(), 8 * s, color, theme);
            // An only one has room for its name.
            if (card.nodes.size() == 2) {
                const QRectF name(node.rect.right() + 3 * s, node.rect.top() - 2 * s,
                    card.rect.right() - node.rect.right() - 11 * s - samples,
                    node.rect.height() + 4 * s);
                drawLine(painter, name, fixedFont(11 * s), theme.mutedText, node.text,
                    Qt::AlignLeft, Qt::ElideMiddle);
            }
            continue;
        }
        const QPointF mark(node.rect.left() + 14 * s, node.rect.center().y());
        paintNodeMark(painter, node, mark, 8 * s, color, theme);
        drawLine(painter, node.rect.adjusted(24 * s, 0, -8 * s, 0), fixedFont(11.5 * s), theme.text,
            node.text, Qt::AlignLeft, Qt::ElideMiddle);
    }
}

void paintTile(QPainter& painter, const Card& card, const Theme& theme)
{
    const qreal s = card.scale;
    drawLine(painter, card.headerRect().adjusted(5 * s, 2 * s, -3 * s, 0),
        textFont(12.5 * s, QFont::DemiBold), theme.text, card.title);
    const QColor color = bandColor(card, theme);
    for (const NodeBox& node : card.nodes) {
        if (node.rect.right() < card.rect.right() - 2 * s)
            paintNodeMark(painter, node, node.rect.center(), 7.5 * s, color, theme);
    }
    // Of more than one the first: the others have no room.
    if (!card.oddities.isEmpty()) {
        paintSample(painter, card, card.oddities.first(),
            QRectF(card.rect.right() - 13 * s, card.rect.top() + 7 * s, 9 * s, 9 * s), theme);
    }
}

void paintDot(QPainter& painter, const Card& card, const Theme& theme)
{
    const qreal radius = radiusOf(card);
    const QRectF& rect = card.rect;
    const qreal band = std::min(4 * card.scale, rect.width() / 4);
    painter.setPen(QPen(theme.border, 1));
    painter.setBrush(theme.surface);
    painter.drawRoundedRect(rect, radius, radius);
    painter.setPen(Qt::NoPen);
    painter.setBrush(bandColor(card, theme));
    painter.drawPath(bandPath(rect, band, radius));
    QRectF textRect = rect.adjusted(band + 1, 0, -1, 0);
    if (card.alarm != Alarm::None) {
        painter.setPen(QPen(alarmColor(card.alarm, theme), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius);
        const qreal size = std::min(rect.height() * 0.62, rect.width() * 0.4);
        paintAlarmSign(painter, card.alarm, QPointF(rect.right() - size * 0.65, rect.center().y()),
            size, theme);
        textRect.setRight(rect.right() - size * 1.2);
    }
    // Whole or not at all: half a label is another label.
    for (const qreal size : { 11 * card.scale, 10 * card.scale, 9 * card.scale, 7.5 }) {
        const QFont font = textFont(std::max(7.5, size));
        if (textWidth(card.title, font) <= textRect.width() && size <= textRect.height()) {
            drawLine(painter, textRect, font, theme.text, card.title, Qt::AlignHCenter);
            return;
        }
    }
}

} // namespace

void paintCards(
    QPainter& painter, const TopologyGeometry& geometry, const Theme& theme, const QRectF& visible)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    for (const Card& card : geometry.cards) {
        if (card.rect.isEmpty() || (!visible.isEmpty() && !visible.intersects(card.rect)))
            continue;
        if (card.detail == Detail::Dot) {
            paintDot(painter, card, theme);
            continue;
        }
        paintFrame(painter, card, theme);
        if (card.detail == Detail::Full)
            paintFull(painter, card, theme);
        else if (card.detail == Detail::Compact)
            paintCompact(painter, card, theme);
        else
            paintTile(painter, card, theme);
    }
    painter.restore();
}

void paintFilter(QPainter& painter, const TopologyGeometry& geometry, int shard, const Theme& theme)
{
    if (geometry.shardRect(shard).isEmpty())
        return;
    QColor veil = theme.window;
    veil.setAlphaF(0.72F);
    for (const Card& card : geometry.cards) {
        if (card.shard != shard)
            painter.fillRect(card.rect.adjusted(-1, -1, 1, 1), veil);
    }
}

void paintHighlight(
    QPainter& painter, const TopologyGeometry& geometry, int shard, const Theme& theme)
{
    const QRectF rect = geometry.shardRect(shard);
    if (rect.isEmpty())
        return;
    const Card* card = geometry.cardAt(rect.center());
    const qreal radius = card ? radiusOf(*card) : 4;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.text, 2));
    painter.drawRoundedRect(rect, radius, radius);
    painter.restore();
}

} // namespace slotscope::ui
