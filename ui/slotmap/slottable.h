// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"

#include <array>

namespace slotscope::ui {

/// All 16384 slots of a topology, ready to paint: who owns each and what is odd about it. A value.
class SlotTable
{
public:
    static constexpr int nobody = -1; ///< instead of a shard: no node claims the slot
    static constexpr int otherOwner = -2; ///< claimed by a node that belongs to no shard

    struct Cell
    {
        qint16 shard = nobody; ///< index into shards(), nobody or otherOwner
        bool migrating = false; ///< a node says that it gives it away
        bool importing = false; ///< a node says that it takes it in
        bool disputed = false;
        bool down = false; ///< its owner has failed: nobody serves the slot
        friend bool operator==(const Cell&, const Cell&) = default;
    };
    /// Neighbouring slots of the same kind.
    struct Run
    {
        int first = 0;
        int last = 0;
        Cell cell;
    };

    SlotTable() = default;
    explicit SlotTable(const cluster::Topology& topology);

    /// False when nothing can be said about slots: no cluster, or nobody answered.
    bool isKnown() const { return m_known; }
    Cell at(int slot) const { return m_cells[static_cast<size_t>(slot)]; }
    const QList<Run>& runs() const { return m_runs; }
    int uncoveredCount() const { return m_uncovered; }
    int downCount() const { return m_down; }
    int migratingCount() const { return m_migrating; }
    int importingCount() const { return m_importing; }
    int disputedCount() const { return m_disputed; }

private:
    std::array<Cell, cluster::Slot::count> m_cells {};
    QList<Run> m_runs;
    bool m_known = false;
    int m_uncovered = 0;
    int m_down = 0;
    int m_migrating = 0;
    int m_importing = 0;
    int m_disputed = 0;
};

/// Slot, owner, range and what is odd, in lines of plain text: what a tool tip says.
QString describeSlot(const cluster::Topology& topology, const SlotTable& table, int slot);

} // namespace slotscope::ui
