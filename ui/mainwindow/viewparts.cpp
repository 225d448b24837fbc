// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/mainwindow/viewparts.h"

#include "ui/theme/nodetext.h"
#include "ui/theme/plaintext.h"

#include <QCoreApplication>

#include <algorithm>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

constexpr int rangesTold = 6;

QString tr(const char* text)
{
    return QCoreApplication::translate("slotscope::ui::ViewParts", text);
}

AccessiblePart named(const QString& name)
{
    return { visibleText(name) };
}

AccessiblePart partOf(const cluster::Topology& topology, const cluster::Node& node)
{
    return named(tr("%1, %2, %3, %4")
                     .arg(topology.labelOf(node), roleWord(node.role),
                         node.address.isDialable() ? node.address.toString() : tr("no address"),
                         healthWord(node.health)));
}

AccessiblePart ofSlots(const QString& words, cluster::SlotRange range)
{
    constexpr qreal all = cluster::Slot::count;
    AccessiblePart part = named(words);
    part.place = QRectF(range.first.number() / all, 0, range.size() / all, 1);
    return part;
}

QString toText(cluster::SlotRange range)
{
    return rangesText({ range }, 1);
}

} // namespace

QList<AccessiblePart> clusterParts(const cluster::Topology& topology)
{
    QList<AccessiblePart> parts;
    for (const cluster::SentinelMaster& master : topology.data().masters)
        parts.append(named(tr("%1, %2").arg(master.name, master.address.toString())));
    for (const cluster::Shard& shard : topology.shards()) {
        const QString replicas = shard.replicaIds.size() == 1
            ? tr("1 replica")
            : tr("%1 replicas").arg(shard.replicaIds.size());
        parts.append(named(tr("%1: %2 slots, %3, %4")
                               .arg(shard.label, QString::number(shard.slotCount),
                                   rangesText(shard.ranges, rangesTold), replicas)));
        for (const cluster::NodeId& id : QList { shard.primaryId } + shard.replicaIds) {
            if (const cluster::Node* node = topology.nodeById(id))
                parts.append(partOf(topology, *node));
        }
    }
    for (const cluster::Node& node : topology.nodes()) {
        if (topology.shardIndexOf(node.id) < 0)
            parts.append(partOf(topology, node));
    }
    return parts;
}

QList<AccessiblePart> rangeParts(const cluster::Topology& topology)
{
    QList<AccessiblePart> parts;
    for (const cluster::Topology::OwnedRange& owned : topology.ownedRanges()) {
        const QString owner = owned.nodeIndex < 0
            ? tr("nobody")
            : topology.labelOf(topology.nodes().at(owned.nodeIndex));
        parts.append(ofSlots(tr("slots %1: %2").arg(toText(owned.range), owner), owned.range));
    }
    for (const cluster::SlotRange& range : topology.uncovered())
        parts.append(ofSlots(tr("slots %1: nobody").arg(toText(range)), range));
    std::stable_sort(parts.begin(), parts.end(),
        [](const auto& a, const auto& b) { return a.place.x() < b.place.x(); });
    const auto label = [&topology](const cluster::NodeId& id) {
        const cluster::Node* node = topology.nodeById(id);
        return node ? topology.labelOf(*node) : tr("an unknown node");
    };
    for (const cluster::Migration& move : topology.data().migrations) {
        parts.append(
            ofSlots(tr("slot %1 is moving from %2 to %3")
                        .arg(QString::number(move.slot.number()), label(move.from), label(move.to)),
                { move.slot, move.slot }));
    }
    return parts;
}

QList<AccessiblePart> storyParts(const command::Storyboard& story)
{
    QList<AccessiblePart> parts;
    for (const command::Step& step : story) {
        parts.append(named(step.timeLabel.isEmpty()
                ? step.caption
                : QString(step.caption + u" ("_s + step.timeLabel + u')')));
    }
    return parts;
}

} // namespace slotscope::ui
