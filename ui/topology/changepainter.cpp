// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/topology/changepainter.h"

#include "ui/theme/drawing.h"
#include "ui/theme/plaintext.h"

#include <QMap>
#include <QRegion>

#include <algorithm>

namespace slotscope::ui {

namespace {

constexpr qreal ring = 3;
constexpr qreal tagHeight = 18;
constexpr qreal leastAbove = 12; // of the margin that every picture has around its bounds
constexpr qreal leastRoom = 230; // it may reach beyond a tile: what happened is worth it

struct CardNews
{
    QList<const ChangeMark*> marks;
    qreal strength = 0;
    Alarm alarm = Alarm::None;
};

QMap<int, CardNews> byCard(
    const ChangeMarks& marks, const TopologyGeometry& geometry, qint64 now, bool still)
{
    QMap<int, CardNews> news;
    for (const ChangeMark& mark : marks.marks()) {
        const int card = ChangeMarks::cardOf(mark, geometry);
        if (card < 0)
            continue;
        CardNews& of = news[card];
        of.marks.append(&mark);
        of.strength = std::max(of.strength, still ? 1.0 : ChangeMarks::strength(mark, now));
        of.alarm = std::max(of.alarm, mark.alarm);
    }
    return news;
}

/// ":7001 failed, was primary · 12 slots came"
QString textOf(const QList<const ChangeMark*>& marks, const Card& card)
{
    QStringList parts;
    for (const NodeBox& node : card.nodes) {
        QStringList words;
        for (const ChangeMark* mark : marks) {
            // A mark that counts slots is the shard's.
            if (mark->node == node.id && !node.id.isNull() && mark->count == 0)
                words.append(mark->text);
        }
        if (!words.isEmpty())
            parts.append(node.text + QLatin1Char(' ') + words.join(QLatin1String(", ")));
    }
    for (const ChangeMark* mark : marks) {
        if (mark->count != 0 || mark->node.isNull())
            parts.append(mark->text);
    }
    return parts.join(QStringLiteral(" \u00b7 "));
}

/// Between the card's upper edge and the letters of its title.
qreal roomAboveTitle(const Card& card)
{
    switch (card.detail) {
    case Detail::Full:
        return 9 * card.scale;
    case Detail::Compact:
        return 5 * card.scale;
    case Detail::Tile:
        return 4 * card.scale;
    case Detail::Dot:
        break;
    }
    return 0;
}

} // namespace

QRectF changeTag(const Card& card, qreal width, const QRectF& bounds)
{
    const qreal room = std::max(card.rect.width() - 20, leastRoom);
    const qreal height = tagHeight - 1; // it touches the card's edge
    const qreal missing = bounds.top() - leastAbove - (card.rect.top() - height);
    const qreal overlap = std::clamp<qreal>(missing, 0, roomAboveTitle(card));
    qreal top = card.rect.top() - height + overlap;
    // No room above: below it, if there is more.
    if (missing > overlap && card.rect.bottom() + height <= bounds.bottom() + leastAbove)
        top = card.rect.bottom() - 1;
    QRectF tag(card.rect.left() + 10, top, std::min(width, room), tagHeight);
    if (tag.right() > std::max(bounds.right(), card.rect.right()) - 2)
        tag.moveRight(std::max(bounds.right(), card.rect.right()) - 2);
    if (tag.left() < std::min(bounds.left(), card.rect.left()))
        tag.moveLeft(std::min(bounds.left(), card.rect.left()));
    return tag;
}

QRegion changeRegion(const ChangeMarks& marks, const TopologyGeometry& geometry)
{
    QRegion region;
    for (const ChangeMark& mark : marks.marks()) {
        const int card = ChangeMarks::cardOf(mark, geometry);
        if (card >= 0) {
            const Card& of = geometry.cards.at(card);
            const QRectF rect = of.rect.adjusted(-ring - 2, -ring - 2, ring + 2, ring + 2);
            const qreal widest = std::max(of.rect.width(), leastRoom);
            region += rect.united(changeTag(of, widest, geometry.bounds).adjusted(-2, -2, 2, 2))
                          .toAlignedRect();
        }
    }
    return region;
}

void paintChanges(QPainter& painter, const ChangeMarks& marks, const TopologyGeometry& geometry,
    qint64 now, bool still, const Theme& theme)
{
    if (marks.isEmpty())
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QMap<int, CardNews> news = byCard(marks, geometry, now, still);
    for (auto it = news.begin(); it != news.end(); ++it) {
        const Card& card = geometry.cards.at(it.key());
        const QColor color = it->alarm == Alarm::Bad ? theme.danger
            : it->alarm == Alarm::Notice             ? theme.warning
                                                     : theme.accent;
        // Readable until shortly before the end.
        painter.setOpacity(std::min(1.0, it->strength * 3));
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(color, ring * std::max(0.4, it->strength)));
        const qreal radius = std::min<qreal>(9 * card.scale, card.rect.height() / 4);
        painter.drawRoundedRect(card.rect, radius, radius);

        if (card.detail == Detail::Dot)
            continue;
        const QString text = textOf(it->marks, card);
        const QFont font = textFont(11.5, QFont::DemiBold);
        const QRectF tag = changeTag(card, textWidth(text, font) + 14, geometry.bounds);
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawRoundedRect(tag, tagHeight / 2, tagHeight / 2);
        drawLine(painter, tag.adjusted(7, 0, -6, 0), font, theme.surface, text);
    }
    painter.restore();
}

} // namespace slotscope::ui
