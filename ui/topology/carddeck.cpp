// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/topology/carddeck.h"

#include "core/cluster/slottext.h"
#include "core/explain/wording.h"
#include "ui/theme/plaintext.h"

#include <QCoreApplication>
#include <QHash>
#include <QSet>

#include <algorithm>

namespace slotscope::ui {

namespace {

// The translation context.
struct CardTexts
{
    Q_DECLARE_TR_FUNCTIONS(CardTexts)
};

class Deck
{
public:
    Deck(const cluster::Topology& topology, const CardFacts& facts)
        : m_topology(topology)
        , m_facts(facts)
    {
        QList<net::Endpoint> addresses;
        for (const cluster::Node& node : topology.nodes())
            addresses.append(node.address);
        m_shortTexts = shortAddresses(addresses);
        for (qsizetype i = 0; i < topology.nodes().size(); ++i)
            m_indexById.insert(topology.nodes().at(i).id, i);
        for (const cluster::Migration& migration : topology.data().migrations) {
            const bool isSure = !migration.from.isNull() && !migration.to.isNull();
            ++m_leaving[migration.from][{ isSure ? migration.to : peerOf(migration), isSure }];
            ++m_arriving[migration.to][{ isSure ? migration.from : peerOf(migration), isSure }];
        }
        countDifferingViews();
    }

    QList<Card> deal(const command::Storyboard& story)
    {
        switch (m_topology.data().kind) {
        case cluster::Kind::Cluster:
            addShards();
            addLooseNodes();
            break;
        case cluster::Kind::Standalone:
            addStandalone();
            break;
        case cluster::Kind::Sentinel:
            addMasters();
            break;
        }
        addStrangers(story);
        return m_cards;
    }

private:
    /// The other side of a slot's move, and whether it says so too.
    using Peer = std::pair<cluster::NodeId, bool>;

    /// Of a move that only one side tells of: where it says that it goes to, or comes from.
    cluster::NodeId peerOf(const cluster::Migration& migration) const
    {
        const bool isLeaving = !migration.from.isNull();
        const cluster::Node* side = m_topology.nodeById(isLeaving ? migration.from : migration.to);
        if (!side)
            return {};
        for (const cluster::OpenSlot& open : isLeaving ? side->migrating : side->importing) {
            if (open.slot == migration.slot)
                return open.peer;
        }
        return {};
    }

    /// For each shard those whose views have another owner for slots that are its, or that its
    /// primary claims.
    void countDifferingViews()
    {
        for (const cluster::Claim& claim : m_topology.data().claims) {
            for (const cluster::SlotRange& range : claim.ranges) {
                const cluster::Node* owner = m_topology.ownerOf(range.first);
                if (owner && owner->id == claim.owner)
                    continue;
                for (const cluster::NodeId& of : { owner ? owner->id : claim.owner, claim.owner }) {
                    for (const cluster::NodeId& witness : claim.saidBy)
                        m_differing[of].insert(witness);
                }
            }
        }
    }

    /// The address as announced, and where it leads if that is elsewhere.
    QString addressText(const cluster::Node& node, const QString& text) const
    {
        if (m_facts.dialled.isEmpty() || !node.address.isDialable())
            return text;
        const net::Endpoint dialled = m_facts.dialled.toDialled(node.address);
        if (dialled == node.address)
            return text;
        return text + QLatin1String(" > ") + visibleText(dialled.toString());
    }

    NodeBox boxOf(const cluster::Node& node, const QString& text) const
    {
        NodeBox box;
        box.id = node.id;
        box.address = node.address;
        box.text = addressText(node, text);
        box.role = node.role;
        box.health = node.health;
        box.alarm = alarmOf(node);
        box.status = roleWord(node.role);
        if (node.health != cluster::Health::Ok)
            box.status += QLatin1String(": ") + healthWord(node.health);
        const bool isSilent = m_facts.silent.contains(node.id);
        box.isUncertain
            = box.alarm == Alarm::None && (isSilent || node.health == cluster::Health::Unknown);
        if (isSilent && node.health == cluster::Health::Ok)
            box.status = CardTexts::tr("%1: no answer").arg(roleWord(node.role));
        if (isSilent)
            box.alarm = std::max(box.alarm, Alarm::Notice);
        return box;
    }

    /// Of one in handshake what it may become, else its id.
    QString nameWithoutAddress(const cluster::Node& node) const
    {
        const bool isLoose = m_topology.shardIndexOf(node.id) < 0;
        return visibleText(isLoose ? m_topology.labelOf(node) : node.id.shortText());
    }

    void addNode(Card& card, qsizetype index)
    {
        const cluster::Node& node = m_topology.nodes().at(index);
        const QString text = m_shortTexts.at(index);
        card.nodes.append(boxOf(node, text.isEmpty() ? nameWithoutAddress(node) : text));
        card.alarm = std::max(card.alarm, card.nodes.last().alarm);
        m_dealt.insert(index, true);
    }

    // "slots moving to S02: 3", from the words of both sides; "S02?" from those of this one alone.
    QString moves(const QHash<Peer, int>& peers, const QString& text) const
    {
        QStringList parts;
        for (auto it = peers.begin(); it != peers.end(); ++it) {
            const auto& [id, isSure] = it.key();
            const cluster::Node* peer = id.isNull() ? nullptr : m_topology.nodeById(id);
            QString name = peer ? m_topology.labelOf(*peer) : QString();
            if (!isSure)
                name += QLatin1Char('?');
            parts.append(text.arg(visibleText(name), QString::number(it.value())));
        }
        parts.sort();
        return parts.join(QLatin1String(", "));
    }

    void addShards()
    {
        for (qsizetype i = 0; i < m_topology.shards().size(); ++i) {
            const cluster::Shard& shard = m_topology.shards().at(i);
            Card card;
            card.shard = static_cast<int>(i);
            card.color = shard.index;
            card.hasNumbers = m_facts.hasNumbers;
            card.title = visibleText(shard.label);
            card.share = shard.slotCount == 0
                ? CardTexts::tr("no slots")
                : explain::counted(shard.slotCount, CardTexts::tr("%1 slot, %2"),
                    CardTexts::tr("%1 slots, %2"), countText(shard.slotCount))
                      .arg(shareText(shard.slotCount));
            for (int limit = 4; limit >= 1 && !shard.ranges.isEmpty(); --limit) {
                if (shard.ranges.size() >= limit)
                    card.rangeTexts.append(cluster::rangesText(shard.ranges, limit));
            }
            QList<cluster::NodeId> ids { shard.primaryId };
            ids.append(shard.replicaIds);
            for (const cluster::NodeId& id : ids) {
                const auto index = m_indexById.constFind(id);
                if (index != m_indexById.constEnd())
                    addNode(card, *index);
            }
            QStringList notes;
            if (m_leaving.contains(shard.primaryId)) {
                card.oddities.append(Oddity::Migrating);
                notes.append(moves(
                    m_leaving.value(shard.primaryId), CardTexts::tr("slots moving to %1: %2")));
            }
            if (m_arriving.contains(shard.primaryId)) {
                card.oddities.append(Oddity::Importing);
                notes.append(moves(
                    m_arriving.value(shard.primaryId), CardTexts::tr("slots moving from %1: %2")));
            }
            if (const auto differing = m_differing.value(shard.primaryId); !differing.isEmpty()) {
                card.oddities.prepend(Oddity::Disputed);
                card.alarm = std::max(card.alarm, Alarm::Notice);
                notes.prepend(explain::counted(differing.size(), CardTexts::tr("%1 view differs"),
                    CardTexts::tr("%1 views differ")));
            }
            card.note = notes.join(QLatin1String(", "));
            m_cards.append(card);
        }
    }

    void addLooseNodes()
    {
        for (qsizetype i = 0; i < m_topology.nodes().size(); ++i) {
            if (m_dealt.contains(i))
                continue;
            Card card;
            card.kind = Card::Kind::LooseNode;
            const bool isKnown = m_topology.slotsKnown() || !m_topology.shards().isEmpty();
            card.title = isKnown ? CardTexts::tr("in no shard") : CardTexts::tr("shard not known");
            addNode(card, i);
            m_cards.append(card);
        }
    }

    void addStandalone()
    {
        if (m_topology.isEmpty())
            return;
        Card card;
        card.kind = Card::Kind::Standalone;
        card.title = CardTexts::tr("standalone server");
        card.share = visibleText(cluster::productName(m_topology.data().product) + QLatin1Char(' ')
            + m_topology.data().version);
        for (qsizetype i = 0; i < m_topology.nodes().size(); ++i)
            addNode(card, i);
        m_cards.append(card);
    }

    void addMasters()
    {
        for (const cluster::SentinelMaster& master : m_topology.data().masters) {
            Card card;
            card.kind = Card::Kind::SentinelMaster;
            card.title = visibleText(master.name);
            card.share = CardTexts::tr("watched by this sentinel");
            NodeBox box;
            box.address = master.address;
            box.text = visibleText(master.address.toString());
            box.role = cluster::Role::Primary;
            box.status = CardTexts::tr("click to connect");
            card.nodes.append(box);
            m_cards.append(card);
        }
    }

    bool holds(const cluster::NodeId& id, const net::Endpoint& address) const
    {
        for (const Card& card : m_cards) {
            for (const NodeBox& box : card.nodes) {
                if ((!id.isNull() && box.id == id) || box.address == address)
                    return true;
            }
        }
        return false;
    }

    void addStrangers(const command::Storyboard& story)
    {
        for (const command::Step& step : story) {
            if (step.hop < 0 || step.address.host.isEmpty() || holds(step.nodeId, step.address))
                continue;
            Card card;
            card.kind = Card::Kind::Stranger;
            card.title = CardTexts::tr("in no map");
            NodeBox box;
            box.id = step.nodeId;
            box.address = step.address;
            box.text = visibleText(step.address.toString());
            card.nodes.append(box);
            m_cards.append(card);
        }
    }

    const cluster::Topology& m_topology;
    const CardFacts& m_facts;
    QHash<cluster::NodeId, QSet<cluster::NodeId>> m_differing;
    QStringList m_shortTexts;
    QHash<cluster::NodeId, qsizetype> m_indexById;
    QHash<cluster::NodeId, QHash<Peer, int>> m_leaving;
    QHash<cluster::NodeId, QHash<Peer, int>> m_arriving;
    QHash<qsizetype, bool> m_dealt;
    QList<Card> m_cards;
};

} // namespace

QList<Card> cardsOf(
    const cluster::Topology& topology, const command::Storyboard& story, const CardFacts& facts)
{
    return Deck(topology, facts).deal(story);
}

} // namespace slotscope::ui
