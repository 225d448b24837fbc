// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/topology/topologygeometry.h"

#include "ui/topology/carddeck.h"

#include <algorithm>
#include <cmath>

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
constexpr qreal mostStretch = 1.35;
// Featured cards beside tiles; more would push the tiles away.
constexpr int mostFeatured = 6;
// Of a card that a closer look makes tell more.
constexpr qreal legibleScale = 0.85;

struct Measure
{
    QSizeF size; ///< at scale 1
    QSizeF gap;
    qreal largestScale = 1.5;
    qreal widest = 1.3; ///< how far a card may stretch beyond its own width
};

struct Grid
{
    qreal scale = 0;
    int columns = 1;
    int rows = 1;
};

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
            ranges = ranges || !card->rangeTexts.isEmpty();
            note = note || !card->note.isEmpty();
            numbers = numbers || card->hasNumbers;
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

/// Places cards in `area` and returns the scale they got; with `least` above it, they stay where
/// they are.
qreal placeGroup(const QList<Card*>& cards, Detail detail, const QRectF& area, qreal least)
{
    if (cards.isEmpty() || area.width() < 10 || area.height() < 10)
        return 0;
    const Measure measure = measureOf(detail, cards);
    const Grid grid = bestGrid(measure, static_cast<int>(cards.size()), area.size(),
        detail == Detail::Full ? 1.0 : measure.largestScale);
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

bool isInStory(const Card& card, const command::Storyboard& story)
{
    return std::any_of(story.begin(), story.end(), [&card](const command::Step& step) {
        return std::any_of(card.nodes.begin(), card.nodes.end(), [&step](const NodeBox& box) {
            return (!step.nodeId.isNull() && step.nodeId == box.id)
                || (step.hop >= 0 && step.address == box.address)
                || (!step.ghostNodeId.isNull() && step.ghostNodeId == box.id);
        });
    });
}

int weightOf(const Card& card, const command::Storyboard& story)
{
    if (card.kind == Card::Kind::Stranger || isInStory(card, story))
        return 4;
    if (card.alarm == Alarm::Bad)
        return 3;
    if (card.alarm == Alarm::Notice)
        return 2;
    return card.note.isEmpty() ? 0 : 1;
}

void placeTiles(const QList<Card*>& cards, const QRectF& area)
{
    for (const Detail detail : { Detail::Compact, Detail::Tile, Detail::Dot }) {
        const qreal least = detail == Detail::Dot ? 0 : 0.85;
        if (placeGroup(cards, detail, area, least) >= least)
            return;
    }
}

void placeMany(QList<Card>& cards, const QRectF& area, const command::Storyboard& story)
{
    QList<Card*> featured;
    for (int weight = 4; weight >= 1; --weight) {
        for (Card& card : cards) {
            if (featured.size() < mostFeatured && weightOf(card, story) == weight)
                featured.append(&card);
        }
    }
    std::sort(featured.begin(), featured.end()); // in the order of the cards
    QList<Card*> rest;
    for (Card& card : cards) {
        if (!featured.contains(&card))
            rest.append(&card);
    }

    QRectF restArea = area;
    if (!featured.isEmpty()) {
        // Beside this computer when there is a story, so that nothing travels across the tiles;
        // else on top, where one looks first.
        const bool atBottom = !story.isEmpty();
        const Measure measure = measureOf(Detail::Full, featured);
        const qreal share = rest.size() > 100 ? 0.42 : 0.48;
        const qreal height = std::min(area.height() * share, measure.size.height() * 1.1);
        QRectF block(
            area.left(), atBottom ? area.bottom() - height : area.top(), area.width(), height);
        if (placeGroup(featured, Detail::Full, block, 0.72) < 0.72)
            placeGroup(featured, Detail::Compact, block, 0);
        if (atBottom)
            restArea.setBottom(block.top() - 22);
        else
            restArea.setTop(block.bottom() + 22);
    }
    placeTiles(rest, restArea);
}

/// The scale at which a card of this detail fits into the card's rect.
qreal fittingScale(Card& card, Detail detail)
{
    const QSizeF size = measureOf(detail, { &card }).size;
    return std::min(card.rect.width() / size.width(), card.rect.height() / size.height());
}

/// The most that can be read in the rect the card has.
void tellMore(Card& card)
{
    for (const Detail detail : { Detail::Full, Detail::Compact, Detail::Tile }) {
        if (detail >= card.detail)
            return;
        const qreal scale = fittingScale(card, detail);
        if (scale < legibleScale)
            continue;
        const qreal height = measureOf(detail, { &card }).size.height();
        card.detail = detail;
        card.scale = scale;
        card.stretch = detail == Detail::Full
            ? std::clamp(card.rect.height() / (height * scale), 1.0, mostStretch)
            : 1;
        return;
    }
}

void placeComputer(TopologyGeometry& geometry)
{
    const QRectF& bounds = geometry.bounds;
    const qreal s = geometry.scale;
    const QSizeF size(152 * s, 88 * s);
    const qreal top = bounds.bottom() - size.height();
    geometry.computer = QRectF(QPointF(bounds.center().x() - size.width() / 2, top), size);
    const qreal gap = 18 * s;
    const qreal side = std::max(0.0, (bounds.width() - size.width()) / 2 - gap);
    const QSizeF sheet(std::min(side, 240 * s), 86 * s);
    geometry.mapSheet = QRectF(QPointF(geometry.computer.right() + gap, top), sheet);
    const QSizeF box(std::min(side, 330 * s), 86 * s);
    geometry.outcomeBox = QRectF(QPointF(geometry.computer.left() - gap - box.width(), top), box);
}

} // namespace

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
        rangesHeight * scale * stretch };
}

QRectF Card::numbersRect() const
{
    const QRectF above = rangesRect();
    return { above.left(), rangeTexts.isEmpty() ? above.top() : above.bottom(), above.width(),
        hasNumbers ? numbersHeight * scale * stretch : 0 };
}

QRectF Card::noteRect() const
{
    const QRectF above = numbersRect();
    return { above.left(), above.bottom(), above.width(), noteHeight * scale * stretch };
}

TopologyGeometry TopologyGeometry::layout(const cluster::Topology& topology, const QRectF& bounds,
    const command::Storyboard& story, const CardFacts& facts)
{
    TopologyGeometry geometry;
    geometry.bounds = bounds;
    geometry.scale = std::clamp(std::min(bounds.width() / 860, bounds.height() / 400), 0.75, 1.5);
    if (bounds.width() < 40 || bounds.height() < 40)
        return geometry;
    geometry.cards = cardsOf(topology, story, facts);

    QRectF area = bounds;
    if (!story.isEmpty()) {
        placeComputer(geometry);
        // Between the cards and this computer is where the numbers of the steps stand.
        const qreal channel = std::min(84 * geometry.scale, bounds.height() * 0.16);
        // Lines reach the cards from the side, the outermost ones too.
        area.adjust(26 * geometry.scale, 0, -26 * geometry.scale, 0);
        area.setBottom(geometry.computer.top() - channel);
    }
    QList<Card*> all;
    for (Card& card : geometry.cards)
        all.append(&card);
    // A few cards may be small, rather than be of two kinds.
    const qreal least = all.size() <= 6 ? 0.55 : 0.82;
    if (placeGroup(all, Detail::Full, area, least) < least)
        placeMany(geometry.cards, area, story);
    return geometry;
}

TopologyGeometry TopologyGeometry::ofTiles(QList<Card> cards, const QRectF& bounds)
{
    TopologyGeometry geometry;
    geometry.bounds = bounds;
    geometry.cards = std::move(cards);
    QList<Card*> all;
    for (Card& card : geometry.cards)
        all.append(&card);
    placeTiles(all, bounds);
    qreal left = bounds.right();
    for (const Card* card : all)
        left = std::min(left, card->rect.left());
    for (Card* card : all) {
        card->rect.translate(bounds.left() - left, 0);
        placeNodes(*card);
    }
    return geometry;
}

QSizeF TopologyGeometry::fullCardSize(const QList<Card>& cards)
{
    QList<Card> copies = cards;
    QList<Card*> all;
    for (Card& card : copies)
        all.append(&card);
    return measureOf(Detail::Full, all).size;
}

Card TopologyGeometry::fullCard(Card card, const QRectF& bounds, qreal scale)
{
    const QSizeF size = measureOf(Detail::Full, { &card }).size;
    card.detail = Detail::Full;
    card.scale
        = std::min({ scale, bounds.width() / size.width(), bounds.height() / size.height() });
    card.stretch = 1;
    card.rect = QRectF(bounds.topLeft(), QSizeF(bounds.width(), size.height() * card.scale));
    placeNodes(card);
    return card;
}

TopologyGeometry TopologyGeometry::seenThrough(const Viewport& viewport) const
{
    if (viewport.isFit())
        return *this;
    TopologyGeometry seen = *this;
    for (QRectF* rect : { &seen.computer, &seen.mapSheet, &seen.outcomeBox }) {
        if (!rect->isEmpty())
            *rect = viewport.map(*rect);
    }
    seen.bounds = viewport.map(bounds);
    seen.scale *= viewport.zoom;
    for (Card& card : seen.cards) {
        card.rect = viewport.map(card.rect);
        card.scale *= viewport.zoom;
        tellMore(card);
        placeNodes(card);
    }
    return seen;
}

qreal TopologyGeometry::legibleZoom(int shard) const
{
    for (Card card : cards) {
        if (shard < 0 || card.shard != shard)
            continue;
        if (card.detail == Detail::Full || card.detail == Detail::Compact)
            return 1;
        return std::max<qreal>(1, legibleScale / fittingScale(card, Detail::Full));
    }
    return 1;
}

TopologyGeometry::NodeRef TopologyGeometry::find(
    const cluster::NodeId& id, const net::Endpoint& address) const
{
    NodeRef byAddress;
    for (int card = 0; card < cards.size(); ++card) {
        const QList<NodeBox>& nodes = cards.at(card).nodes;
        for (int node = 0; node < nodes.size(); ++node) {
            if (!id.isNull() && nodes.at(node).id == id)
                return { card, node };
            if (!byAddress.isValid() && !address.host.isEmpty()
                && nodes.at(node).address == address)
                byAddress = { card, node };
        }
    }
    return byAddress;
}

const NodeBox* TopologyGeometry::box(NodeRef ref) const
{
    return ref.isValid() ? &cards.at(ref.card).nodes.at(ref.node) : nullptr;
}

const Card* TopologyGeometry::cardAt(QPointF position) const
{
    for (const Card& card : cards) {
        if (card.rect.contains(position))
            return &card;
    }
    return nullptr;
}

TopologyGeometry::NodeRef TopologyGeometry::nodeAt(QPointF position) const
{
    const Card* card = cardAt(position);
    if (!card)
        return {};
    const auto index = static_cast<int>(card - cards.data());
    for (int node = 0; node < card->nodes.size(); ++node) {
        if (card->nodes.at(node).rect.contains(position))
            return { index, node };
    }
    return {};
}

QRectF TopologyGeometry::shardRect(int shard) const
{
    for (const Card& card : cards) {
        if (shard >= 0 && card.shard == shard)
            return card.rect;
    }
    return {};
}

} // namespace slotscope::ui
