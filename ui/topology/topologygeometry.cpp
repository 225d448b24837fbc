// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/topology/topologygeometry.h"

#include "ui/topology/carddeck.h"
#include "ui/topology/cardlayout.h"

#include <algorithm>
#include <cmath>

namespace slotscope::ui {

namespace {

// Featured cards beside tiles; more would push the tiles away.
constexpr int mostFeatured = 6;
constexpr int mostWorst = 3;
constexpr qreal betweenGroups = 16;
// Scales at which tiles can still be read.
constexpr qreal leastTile = 0.86;
constexpr qreal leastDot = 0.75;
// Of a card that a closer look makes tell more.
constexpr qreal legibleScale = 0.85;

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

/// Those that stay large, in their order: a long story leaves room for the worst.
QList<Card*> featuredOf(QList<Card>& cards, const command::Storyboard& story)
{
    QList<Card*> featured;
    const auto take = [&](qsizetype most, const auto& isWanted) {
        for (Card& card : cards) {
            if (featured.size() < most && !featured.contains(&card) && isWanted(card))
                featured.append(&card);
        }
    };
    take(mostWorst, [](const Card& card) { return card.alarm == Alarm::Bad; });
    for (int weight = 4; weight >= 1; --weight)
        take(mostFeatured, [&](const Card& card) { return weightOf(card, story) == weight; });
    std::sort(featured.begin(), featured.end());
    return featured;
}

/// None of them larger than `most` at `largest`.
void placeTiles(const QList<Card*>& cards, const QRectF& area, Detail largest, qreal most)
{
    for (const Detail detail : { Detail::Compact, Detail::Tile, Detail::Dot }) {
        const qreal least = detail == Detail::Dot ? 0 : leastTile - 0.01;
        const qreal limit = detail == largest ? most : 9;
        if (limit >= least && placeGroup(cards, detail, area, least, limit) >= least)
            return;
    }
}

/// Moves cards that stand in one row apart, so that lines between them can be told from each other.
void spread(const QList<Card*>& cards, const QRectF& area)
{
    constexpr qreal enough = 32;
    const qreal left = cards.first()->rect.left();
    const qreal spare = area.width() - (cards.last()->rect.right() - left);
    const auto count = static_cast<qreal>(cards.size());
    if (cards.first()->rect.top() != cards.last()->rect.top() || spare <= 0)
        return;
    const qreal step = std::floor(std::min(enough, spare / count));
    qreal shift = -step * (count - 1) / 2;
    for (Card* card : cards) {
        card->rect.translate(std::round(shift), 0);
        placeNodes(*card);
        shift += step;
    }
}

void placeMany(QList<Card>& cards, const QRectF& area, const command::Storyboard& story)
{
    for (Card& card : cards)
        card.isBrief = false;
    const QList<Card*> featured = featuredOf(cards, story);
    QList<Card*> rest;
    for (Card& card : cards) {
        if (!featured.contains(&card))
            rest.append(&card);
    }

    QRectF restArea = area;
    qreal scale = 9;
    if (!featured.isEmpty()) {
        // Beside this computer when there is a story, so that nothing travels across the tiles;
        // else on top, where one looks first.
        const bool atBottom = !story.isEmpty();
        const Measure measure = measureOf(Detail::Full, featured);
        const qreal share = rest.size() > 100 ? 0.42 : 0.48;
        const auto leftBy = [&](Detail detail, qreal atScale) {
            return area.height() - betweenGroups
                - heightOf(detail, static_cast<int>(rest.size()), area.width(), atScale);
        };
        // What is healthy shrinks before what is not.
        qreal height = std::max(area.height() * share,
            std::min(leftBy(Detail::Dot, leastDot), measure.size.height() * 0.9));
        // What cannot be read any larger by it leaves the others their nodes.
        if (const qreal left = leftBy(Detail::Tile, leastTile);
            left >= measure.size.height() * legibleScale)
            height = std::min(height, left);
        height = std::min(height, measure.size.height() * 1.1);
        QRectF block(
            area.left(), atBottom ? area.bottom() - height : area.top(), area.width(), height);
        if (placeGroup(featured, Detail::Full, block, 0.72) < 0.72) {
            scale = placeGroup(featured, Detail::Compact, block, 0);
            if (!story.isEmpty())
                spread(featured, block);
        }
        if (atBottom)
            restArea.setBottom(block.top() - betweenGroups);
        else
            restArea.setTop(block.bottom() + betweenGroups);
    }
    placeTiles(rest, restArea, Detail::Compact, scale);
}

/// The scale at which a card of this detail fits into the card's rect.
qreal fittingScale(Card& card, Detail detail)
{
    const QSizeF size = measureOf(detail, { &card }).size;
    return std::min(card.rect.width() / size.width(), card.rect.height() / size.height());
}

/// A full card tells everything as soon as that can be read in the rect it has.
void tellAll(Card& card)
{
    card.isBrief = false;
    const qreal scale = fittingScale(card, Detail::Full);
    card.isBrief = scale < legibleScale;
    if (!card.isBrief)
        card.scale = scale;
}

/// The most that can be read in the rect the card has.
void tellMore(Card& card)
{
    if (card.detail == Detail::Full && card.isBrief)
        return tellAll(card);
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
    placeTiles(all, bounds, Detail::Compact, 9);
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
