// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"
#include "core/command/storyboard.h"
#include "core/net/addressmap.h"
#include "ui/theme/nodetext.h"
#include "ui/topology/viewport.h"

#include <QRectF>
#include <QSet>
#include <QStringList>

namespace slotscope::ui {

/// How much of a card is shown: everything; one line for the primary and dots for replicas; label
/// and dots; label.
enum class Detail { Full, Compact, Tile, Dot };

/// What is odd about slots of a card.
enum class Oddity { Disputed, Migrating, Importing };

/// What is known of nodes besides their topology.
struct CardFacts
{
    QSet<cluster::NodeId> silent; ///< those that were asked and have not answered
    net::AddressMap dialled; ///< where announced addresses lead
    bool hasNumbers = false; ///< cards have a line for them

    friend bool operator==(const CardFacts&, const CardFacts&) = default;
};

/// One node on a card.
struct NodeBox
{
    QRectF rect;
    cluster::NodeId id;
    net::Endpoint address;
    QString text; ///< its short address
    cluster::Role role = cluster::Role::Unknown;
    cluster::Health health = cluster::Health::Unknown;
    Alarm alarm = Alarm::None;
    bool isUncertain = false; ///< unknown, not healthy: it has not answered, or nobody tells
    QString status; ///< "primary", "replica: down (fail)", "primary: no answer"
};

/// One card of the picture: mostly a shard.
struct Card
{
    enum class Kind {
        Shard,
        Standalone,
        SentinelMaster,
        LooseNode, ///< known, but in no shard: it has no slots and follows nobody
        Stranger, ///< an address that a redirect named and no map holds
    };
    Kind kind = Kind::Shard;
    Detail detail = Detail::Full;
    qreal scale = 1; ///< of its fonts and gaps
    qreal stretch = 1; ///< of its lines' heights beyond the scale, where there is room
    QRectF rect;
    int shard = -1; ///< index into shards()
    int color = -1; ///< for Theme::shardColor(), -1 for grey
    QString title;
    QString share; ///< "5461 slots, 33.3 %"
    QStringList rangeTexts; ///< "0-99, 200-299", "0-99, +1 more": the longest first, take what fits
    QString note; ///< "slots moving to S02: 1", "2 views differ"
    bool hasNumbers = false; ///< there is a line for them
    bool isBrief = false; ///< without ranges and numbers: its lines would become small with them
    QStringList numbers; ///< "12.3k keys", "34 MB": take as many as fit; not known to the layout
    QList<Oddity> oddities; ///< that the note tells of, in its order
    Alarm alarm = Alarm::None; ///< the worst of its nodes
    QList<NodeBox> nodes; ///< primary first

    QRectF headerRect() const;
    QRectF rangesRect() const; ///< empty on a brief card
    QRectF numbersRect() const; ///< empty when there is no such line
    QRectF noteRect() const;
};

/// Where everything of the picture stands and what is written there. A value, made of values; it
/// knows no colours and no pixels.
struct TopologyGeometry
{
    /// A node on a card; card is -1 when there is none.
    struct NodeRef
    {
        int card = -1;
        int node = -1;
        bool isValid() const { return card >= 0; }
        friend bool operator==(const NodeRef&, const NodeRef&) = default;
    };

    QRectF bounds;
    QList<Card> cards;
    qreal scale = 1; ///< of this computer and of what travels
    // Empty without a story.
    QRectF computer;
    QRectF mapSheet; ///< right of this computer: its slot map
    QRectF outcomeBox; ///< left of it: what the program gets

    /// Cards fill `bounds`: as large as they can be; of many, those with trouble and those in the
    /// story stay large and the others become tiles. With a story there is room for this computer
    /// at the bottom.
    static TopologyGeometry layout(const cluster::Topology& topology, const QRectF& bounds,
        const command::Storyboard& story = {}, const CardFacts& facts = {});

    /// Cards alone, in their order, from the left: as compact as there are many, none of them full.
    static TopologyGeometry ofTiles(QList<Card> cards, const QRectF& bounds);
    /// One card that tells everything, as large as it can be in `bounds` at no more than `scale`;
    /// it is as wide as they are.
    static Card fullCard(Card card, const QRectF& bounds, qreal scale);
    /// Of a full card at scale 1 that has room for each of these.
    static QSizeF fullCardSize(const QList<Card>& cards);

    /// The same, moved and magnified; cards that become large enough tell more.
    TopologyGeometry seenThrough(const Viewport& viewport) const;
    /// The least zoom at which the shard's card tells about its nodes; 1 if it does already.
    qreal legibleZoom(int shard) const;

    /// By id, else by address.
    NodeRef find(const cluster::NodeId& id, const net::Endpoint& address) const;
    const NodeBox* box(NodeRef ref) const;
    NodeRef nodeAt(QPointF position) const;
    const Card* cardAt(QPointF position) const;
    QRectF shardRect(int shard) const; ///< empty for none
};

} // namespace slotscope::ui
