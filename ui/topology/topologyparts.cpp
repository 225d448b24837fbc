// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/topology/topologyparts.h"

#include "core/cluster/slottext.h"
#include "core/explain/wording.h"
#include "ui/theme/plaintext.h"
#include "ui/topology/topologyview.h"

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

constexpr int rangesTold = 6;

/// "S01: 5461 slots, 0-5460, 1 replica", and what its card says besides.
QString textOf(const Card& card, const cluster::Topology& topology, const QString& redirects)
{
    QStringList texts;
    if (card.shard >= 0 && card.shard < topology.shards().size()) {
        const cluster::Shard& shard = topology.shards().at(card.shard);
        texts.append(visibleText(shard.label) + u": "
            + explain::counted(
                shard.slotCount, TopologyView::tr("%1 slot"), TopologyView::tr("%1 slots")));
        if (!shard.ranges.isEmpty())
            texts.append(cluster::rangesText(shard.ranges, rangesTold));
        texts.append(explain::counted(shard.replicaIds.size(), TopologyView::tr("%1 replica"),
            TopologyView::tr("%1 replicas")));
    } else {
        texts.append(card.title);
        texts.append(card.share);
    }
    texts.append(card.note);
    texts += card.numbers;
    texts.append(redirects);
    texts.removeAll(QString());
    return texts.join(u", "_s);
}

/// "S01/1, replica, 127.0.0.1:30004, ok"
QString textOf(const NodeBox& box, const cluster::Topology& topology)
{
    const cluster::Node* node = topology.nodeById(box.id);
    const QString address
        = box.address.isDialable() ? box.address.toString() : TopologyView::tr("no address");
    QStringList texts;
    if (node) {
        texts.append(topology.labelOf(*node));
        if (texts.constFirst() == address)
            texts.clear();
    }
    if (box.isUncertain || !node) {
        texts.append({ address, box.status });
    } else {
        texts.append({ roleWord(box.role), address, healthWord(box.health) });
    }
    texts.removeAll(QString());
    return visibleText(texts.join(u", "_s));
}

} // namespace

int TopologyParts::count() const
{
    return static_cast<int>(m_view->picture().cards.size());
}

int TopologyParts::innerCount(int part) const
{
    return static_cast<int>(m_view->picture().cards.at(part).nodes.size());
}

AccessiblePart TopologyParts::part(PartIndex index) const
{
    const Card& card = m_view->picture().cards.at(index.part);
    AccessiblePart part;
    part.name = index.inner < 0 ? textOf(card, m_view->topology(), m_view->redirectsOn(index.part))
                                : textOf(card.nodes.at(index.inner), m_view->topology());
    part.isSelected = index.inner < 0 && card.shard >= 0 && card.shard == m_view->filteredShard();
    if (index.inner >= 0)
        part.action = TopologyView::tr("Show this node");
    else if (card.shard >= 0)
        part.action = TopologyView::tr("Only this shard, or all again");
    return part;
}

QRectF TopologyParts::place(PartIndex index) const
{
    const Card& card = m_view->picture().cards.at(index.part);
    return index.inner < 0 ? card.rect : card.nodes.at(index.inner).rect;
}

PartIndex TopologyParts::current() const
{
    return { m_view->keyboardCard() < count() ? m_view->keyboardCard() : -1, -1 };
}

void TopologyParts::press(PartIndex index)
{
    const Card& card = m_view->picture().cards.at(index.part);
    if (index.inner < 0) {
        Q_EMIT m_view->shardClicked(card.shard);
    } else {
        const NodeBox& box = card.nodes.at(index.inner);
        Q_EMIT m_view->nodeClicked(box.id, box.address);
    }
}

} // namespace slotscope::ui
