// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/topology/cardlayout.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace slotscope::ui {

namespace {

// Of a full card at scale 1.
constexpr qreal headerHeight = 38;
constexpr qreal rowHeight = 28;
constexpr qreal rangesHeight = 24;
constexpr qreal noteHeight = 20;
constexpr qreal numbersHeight = 20;
constexpr qreal bottomPad = 7;
constexpr qreal bandWidth = 9;
// Below this scale a full card tells less instead.
constexpr qreal briefBelow = 0.85;
constexpr qreal worthIt = 1.08;

struct Grid
{
    qreal scale = 0;
    int columns = 1;
    int rows = 1;
};

// As few rows as reach the scale `enough`: one line of three shards is calmer than two lines of
// larger ones.
Grid bestGrid(const Measure& measure, int count, const QSizeF& area, qreal enough)
{
    QList<Grid> grids;
    qreal best = 0;
    for (int columns = count; columns >= 1; --columns) {
        const int rows = (count + columns - 1) / columns;
        const qreal across = columns * measure.size.width() + (columns - 1) * measure.gap.width();
        const qreal down = rows * measure.size.height() + (rows - 1) * measure.gap.height();
        const qreal scale = std::min(area.width() / across, area.height() / down);
        grids.append({ std::min(scale, measure.largestScale), columns, rows });
        best = std::max(best, grids.last().scale);
    }
    enough = std::min(best, enough) - 1e-9;
    const auto first = std::find_if(
        grids.begin(), grids.end(), [enough](const Grid& grid) { return grid.scale >= enough; });
    // Of those with as many rows the narrowest: 3 and 3 rather than 5 and 1.
    const auto next = std::find_if(
        first, grids.end(), [first](const Grid& grid) { return grid.rows > first->rows; });
    return *(next - 1);
}

} // namespace

Measure measureOf(Detail detail, const QList<Card*>& cards)
{
    switch (detail) {
    case Detail::Full: {
        qsizetype rows = 1;
        bool ranges = false;
        bool note = false;
        bool numbers = false;
        for (const Card* card : cards) {
            rows = std::max(rows, card->nodes.size());
            ranges = ranges || (!card->isBrief && !card->rangeTexts.isEmpty());
            note = note || !card->note.isEmpty();
            numbers = numbers || (!card->isBrief && card->hasNumbers);
        }
        return { QSizeF(230,
                     headerHeight + static_cast<qreal>(rows) * rowHeight
                         + (ranges ? rangesHeight : 0) + (note ? noteHeight : 0)
                         + (numbers ? numbersHeight : 0) + bottomPad),
            QSizeF(44, 26), 1.8, 1.3 };
    }
    case Detail::Compact:
        return { QSizeF(150, 70), QSizeF(16, 14), 1.4, 1.3 };
    case Detail::Tile:
        return { QSizeF(74, 42), QSizeF(8, 8), 1.7, 1.5 };
    case Detail::Dot:
        break;
    }
    return { QSizeF(36, 22), QSizeF(4, 4), 1.6, 1.6 };
}

void placeNodes(Card& card)
{
    const qreal s = card.scale;
    const QRectF& rect = card.rect;
    switch (card.detail) {
    case Detail::Full: {
        const qreal height = rowHeight * s * card.stretch;
        qreal top = rect.top() + headerHeight * s * card.stretch;
        for (NodeBox& node : card.nodes) {
            node.rect
                = QRectF(rect.left() + bandWidth * s, top, rect.width() - bandWidth * s, height);
            top += height;
        }
        break;
    }
    case Detail::Compact: {
        qreal left = rect.left() + (bandWidth + 7) * s;
        for (qsizetype i = 0; i < card.nodes.size(); ++i) {
            if (i == 0) {
                card.nodes[i].rect = QRectF(rect.left() + bandWidth * s, rect.top() + 26 * s,
                    rect.width() - bandWidth * s, 22 * s);
            } else {
                card.nodes[i].rect = QRectF(left, rect.top() + 49 * s, 14 * s, 14 * s);
                left += 16 * s;
            }
        }
        break;
    }
    case Detail::Tile: {
        qreal left = rect.left() + (bandWidth + 3) * s;
        for (NodeBox& node : card.nodes) {
            node.rect = QRectF(left, rect.top() + 23 * s, 12 * s, 12 * s);
            left += 13 * s;
        }
        break;
    }
    case Detail::Dot:
        for (NodeBox& node : card.nodes)
            node.rect = rect;
        break;
    }
}

qreal heightOf(Detail detail, int count, qreal width, qreal scale)
{
    const Measure measure = measureOf(detail, {});
    const qreal across = (measure.size.width() + measure.gap.width()) * scale;
    const int columns
        = std::max(1, static_cast<int>((width + measure.gap.width() * scale) / across));
    const int rows = (count + columns - 1) / columns;
    return (rows * measure.size.height() + (rows - 1) * measure.gap.height()) * scale;
}

qreal placeGroup(
    const QList<Card*>& cards, Detail detail, const QRectF& area, qreal least, qreal most)
{
    if (cards.isEmpty() || area.width() < 10 || area.height() < 10)
        return 0;
    const auto count = static_cast<int>(cards.size());
    const auto gridOf = [&](bool isBrief) {
        for (Card* card : cards)
            card->isBrief = isBrief;
        Measure measure = measureOf(detail, cards);
        measure.largestScale = std::min(measure.largestScale, most);
        return std::pair(measure,
            bestGrid(
                measure, count, area.size(), detail == Detail::Full ? 1.0 : measure.largestScale));
    };
    auto [measure, grid] = gridOf(false);
    if (detail == Detail::Full && grid.scale < briefBelow) {
        // Unless it is the width that makes them small.
        const auto brief = gridOf(true);
        if (brief.second.scale > grid.scale * worthIt)
            std::tie(measure, grid) = brief;
        else
            std::tie(measure, grid) = gridOf(false);
    }
    if (grid.scale < least)
        return grid.scale;

    const qreal s = grid.scale;
    const QSizeF gap = measure.gap * s;
    const qreal room = (area.width() - (grid.columns - 1) * gap.width()) / grid.columns;
    const qreal needed = grid.rows * measure.size.height() * s + (grid.rows - 1) * gap.height();
    const qreal stretch
        = detail == Detail::Full ? std::clamp(area.height() / needed * 0.9, 1.0, mostStretch) : 1;
    const QSizeF size(std::min(room, measure.size.width() * s * measure.widest),
        measure.size.height() * s * stretch);
    // What is left over goes between the rows, within reason.
    const qreal spareHeight
        = area.height() - grid.rows * size.height() - (grid.rows - 1) * gap.height();
    const qreal rowGap = gap.height()
        + (detail == Detail::Full ? std::min(spareHeight / (grid.rows + 1), 24 * s) : 0);
    const qreal usedHeight = grid.rows * size.height() + (grid.rows - 1) * rowGap;
    const qreal top = area.top() + (area.height() - usedHeight) / 2;

    for (qsizetype i = 0; i < cards.size(); ++i) {
        const int row = static_cast<int>(i) / grid.columns;
        const int column = static_cast<int>(i) % grid.columns;
        const qreal rowWidth = grid.columns * size.width() + (grid.columns - 1) * gap.width();
        const qreal left = area.left() + (area.width() - rowWidth) / 2;
        Card& card = *cards[i];
        card.detail = detail;
        card.scale = s;
        card.stretch = stretch;
        card.rect = QRectF(QPointF(std::round(left + column * (size.width() + gap.width())),
                               std::round(top + row * (size.height() + rowGap))),
            QSizeF(std::round(size.width()), std::round(size.height())));
        placeNodes(card);
    }
    return s;
}

QRectF Card::headerRect() const
{
    qreal height = 23 * scale;
    if (detail == Detail::Full)
        height = headerHeight * scale * stretch;
    else if (detail == Detail::Compact)
        height = 27 * scale;
    else if (detail == Detail::Dot)
        return rect;
    return { rect.left() + bandWidth * scale, rect.top(), rect.width() - bandWidth * scale,
        height };
}

QRectF Card::rangesRect() const
{
    const qreal top = nodes.isEmpty() ? headerRect().bottom() : nodes.last().rect.bottom();
    return { rect.left() + bandWidth * scale, top, rect.width() - bandWidth * scale,
        isBrief ? 0 : rangesHeight * scale * stretch };
}

QRectF Card::numbersRect() const
{
    const QRectF above = rangesRect();
    return { above.left(), rangeTexts.isEmpty() ? above.top() : above.bottom(), above.width(),
        hasNumbers && !isBrief ? numbersHeight * scale * stretch : 0 };
}

QRectF Card::noteRect() const
{
    const QRectF above = numbersRect();
    return { above.left(), above.bottom(), above.width(), noteHeight * scale * stretch };
}

} // namespace slotscope::ui
