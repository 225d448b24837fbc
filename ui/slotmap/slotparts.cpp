// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/slotmap/slotparts.h"

#include "ui/slotmap/slottexts.h"
#include "ui/theme/plaintext.h"

#include <QCoreApplication>

#include <algorithm>

namespace slotscope::ui {

namespace {

// The translation context.
struct SlotPartTexts
{
    Q_DECLARE_TR_FUNCTIONS(SlotPartTexts)
};

QString labelOf(const cluster::Topology& topology, const cluster::NodeId& id)
{
    const cluster::Node* node = topology.nodeById(id);
    return node ? visibleText(topology.labelOf(*node)) : SlotPartTexts::tr("an unknown node");
}

} // namespace

void SlotParts::look() const
{
    const cluster::Topology shown = m_shown();
    if (&shown.data() == &m_topology.data())
        return;
    m_topology = shown;
    m_ranges.clear();
    for (const cluster::Topology::OwnedRange& owned : m_topology.ownedRanges()) {
        m_ranges.append(
            { owned.range.first.number(), owned.range.last.number(), owned.nodeIndex, -1 });
    }
    for (const cluster::SlotRange& range : m_topology.uncovered())
        m_ranges.append({ range.first.number(), range.last.number(), -1, -1 });
    std::stable_sort(m_ranges.begin(), m_ranges.end(),
        [](const Range& a, const Range& b) { return a.first < b.first; });
    const QList<cluster::Migration>& moves = m_topology.data().migrations;
    for (int i = 0; i < moves.size(); ++i)
        m_ranges.append({ moves.at(i).slot.number(), moves.at(i).slot.number(), -1, i });
}

int SlotParts::count() const
{
    look();
    return static_cast<int>(m_ranges.size());
}

AccessiblePart SlotParts::part(PartIndex index) const
{
    const Range range = m_ranges.value(index.part);
    if (range.migration >= 0) {
        const cluster::Migration& move = m_topology.data().migrations.at(range.migration);
        return { SlotPartTexts::tr("slot %1 is moving from %2 to %3")
                     .arg(QString::number(range.first), labelOf(m_topology, move.from),
                         labelOf(m_topology, move.to)),
            QAccessible::ListItem, false, m_action };
    }
    const QString owner = range.node < 0
        ? SlotPartTexts::tr("nobody")
        : visibleText(m_topology.labelOf(m_topology.nodes().at(range.node)));
    return { slotRangeText({ cluster::Slot(range.first), cluster::Slot(range.last) })
            + QLatin1String(": ") + owner,
        QAccessible::ListItem, false, m_action };
}

QRectF SlotParts::place(PartIndex index) const
{
    const Range range = m_ranges.value(index.part);
    return m_placeOf(range.first, range.last);
}

PartIndex SlotParts::current() const
{
    look();
    const int slot = m_cursor();
    // From behind: that a slot is moving, told after all ranges, says more than who has it.
    const auto found = std::find_if(m_ranges.crbegin(), m_ranges.crend(),
        [slot](const Range& range) { return range.first <= slot && slot <= range.last; });
    return { static_cast<int>(m_ranges.crend() - found) - 1, -1 };
}

void SlotParts::press(PartIndex index)
{
    const Range range = m_ranges.value(index.part);
    m_press(range.first, range.last);
}

} // namespace slotscope::ui
