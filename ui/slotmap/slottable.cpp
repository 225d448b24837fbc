// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/slotmap/slottable.h"

#include "core/cluster/slottext.h"
#include "ui/slotmap/slottexts.h"

#include <QCoreApplication>
#include <QStringList>

namespace slotscope::ui {

using cluster::Slot;

SlotTable::SlotTable(const cluster::Topology& topology)
    : m_known(topology.data().kind == cluster::Kind::Cluster
        && (topology.slotsKnown() || !topology.shards().isEmpty()))
{
    if (!m_known)
        return;

    const auto& shards = topology.shards();
    for (const cluster::Topology::OwnedRange& owned : topology.ownedRanges()) {
        int shard = otherOwner;
        bool down = false;
        if (owned.nodeIndex >= 0 && owned.nodeIndex < topology.nodes().size()) {
            const cluster::Node& owner = topology.nodes().at(owned.nodeIndex);
            down = owner.health == cluster::Health::Fail;
            const int index = topology.shardIndexOf(owner.id);
            if (index >= 0 && index < shards.size())
                shard = index;
        }
        for (int slot = owned.range.first.number(); slot <= owned.range.last.number(); ++slot) {
            Cell& cell = m_cells[static_cast<size_t>(slot)];
            cell.shard = static_cast<qint16>(shard);
            cell.down = down;
        }
    }
    for (const cluster::Migration& migration : topology.data().migrations) {
        Cell& cell = m_cells[migration.slot.number()];
        cell.migrating = cell.migrating || !migration.from.isNull();
        cell.importing = cell.importing || !migration.to.isNull();
    }
    for (const cluster::Dispute& dispute : topology.data().disputes) {
        for (int slot = dispute.range.first.number(); slot <= dispute.range.last.number(); ++slot)
            m_cells[static_cast<size_t>(slot)].disputed = true;
    }

    for (int slot = 0; slot < Slot::count; ++slot) {
        const Cell cell = at(slot);
        m_uncovered += cell.shard == nobody;
        m_down += cell.down;
        m_migrating += cell.migrating;
        m_importing += cell.importing;
        m_disputed += cell.disputed;
        if (!m_runs.isEmpty() && m_runs.last().cell == cell)
            m_runs.last().last = slot;
        else
            m_runs.append({ slot, slot, cell });
    }
}

namespace {

class SlotTableTexts
{
    Q_DECLARE_TR_FUNCTIONS(SlotTableTexts)
};

/// Which side says what: each node tells of its own side only.
QString moveText(const cluster::Topology& topology, const cluster::Migration& move)
{
    const QString from = topology.labelOf(move.from);
    const QString to = topology.labelOf(move.to);
    if (move.to.isNull())
        return SlotTableTexts::tr("Migrating from %1; no node says that it imports it").arg(from);
    if (move.from.isNull())
        return SlotTableTexts::tr("Importing to %1; no node says that it migrates it").arg(to);
    return SlotTableTexts::tr("Migrating from %1, importing to %2").arg(from, to);
}

} // namespace

QString describeSlot(const cluster::Topology& topology, const SlotTable& table, int slot)
{
    const std::optional<Slot> number = Slot::fromNumber(slot);
    if (!number || !table.isKnown())
        return {};
    QStringList lines;
    const cluster::Node* owner = topology.ownerOf(*number);
    if (owner) {
        lines.append(
            SlotTableTexts::tr("Slot %1: %2, %3")
                .arg(QString::number(slot), topology.labelOf(*owner), owner->address.toString()));
        if (table.at(slot).down)
            lines.append(SlotTableTexts::tr("It is down: nobody serves this slot"));
    } else {
        lines.append(SlotTableTexts::tr("Slot %1: no node owns it").arg(slot));
    }

    const cluster::SlotRanges* ranges = owner ? &owner->ranges : &topology.uncovered();
    for (const cluster::SlotRange& range : *ranges) {
        if (range.contains(*number)) {
            lines.append(SlotTableTexts::tr("Range %1, %2")
                             .arg(cluster::toText(range), slotsText(range.size())));
        }
    }
    if (const cluster::Migration* migration = topology.migrationOf(*number)) {
        lines.append(moveText(topology, *migration));
    }
    for (const cluster::Dispute& dispute : topology.data().disputes) {
        if (!dispute.range.contains(*number))
            continue;
        QStringList names;
        for (const cluster::NodeId& id : dispute.claimants)
            names.append(topology.labelOf(id));
        lines.append(
            SlotTableTexts::tr("The views disagree: %1").arg(names.join(QLatin1String(", "))));
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace slotscope::ui
