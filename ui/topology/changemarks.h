// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topologydiff.h"
#include "ui/theme/nodetext.h"
#include "ui/topology/topologygeometry.h"

namespace slotscope::ui {

/// Something that has just changed, as the picture marks it for a while.
struct ChangeMark
{
    QString shard; ///< label; empty: on no shard's card
    cluster::NodeId node; ///< null: the whole card
    QString text; ///< "was primary", "312 slots came"
    Alarm alarm = Alarm::None;
    qint64 at = 0; ///< milliseconds on the clock of who keeps it
    int count = 0; ///< of slots, for those that add up
    bool isHealth = false; ///< of several that tell how a node is the last one counts

    friend bool operator==(const ChangeMark&, const ChangeMark&) = default;
};

/// The marks of what changed in the last ten seconds. A value; knows no clock.
class ChangeMarks
{
public:
    static constexpr qint64 lifetime = 10'000;

    /// Equal marks, and those that tell how a node is, replace each other; counts of slots add up.
    void add(const QList<cluster::TopologyChange>& changes, qint64 now);
    /// True when some were dropped because they are over.
    bool expire(qint64 now);
    void clear() { m_marks.clear(); }
    bool isEmpty() const { return m_marks.isEmpty(); }
    const QList<ChangeMark>& marks() const { return m_marks; }

    /// From 1 when it is new to 0 at its end.
    static qreal strength(const ChangeMark& mark, qint64 now);
    /// The card a mark belongs to; -1 for none.
    static int cardOf(const ChangeMark& mark, const TopologyGeometry& geometry);

private:
    void put(ChangeMark mark);

    QList<ChangeMark> m_marks;
};

} // namespace slotscope::ui
