// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"
#include "ui/theme/accessibleparts.h"

#include <functional>

namespace slotscope::ui {

/// The slots in words, in their order: who owns which range, which nobody owns, which are moving.
class SlotParts final : public AccessibleParts
{
public:
    using Shown = std::function<cluster::Topology()>;
    using PlaceOf = std::function<QRectF(int first, int last)>;
    /// The slot where the view's keyboard stands; -1: nowhere.
    using Cursor = std::function<int()>;
    using Press = std::function<void(int first, int last)>;

    /// `action`: what `press` does.
    SlotParts(Shown shown, PlaceOf placeOf, Cursor cursor, const QString& action, Press press)
        : m_shown(std::move(shown))
        , m_placeOf(std::move(placeOf))
        , m_cursor(std::move(cursor))
        , m_action(action)
        , m_press(std::move(press))
    { }

    int count() const override;
    AccessiblePart part(PartIndex index) const override;
    QRectF place(PartIndex index) const override;
    PartIndex current() const override;
    void press(PartIndex index) override;

private:
    struct Range
    {
        int first = 0;
        int last = 0;
        int node = -1; ///< its owner
        int migration = -1; ///< or: which it is
    };

    void look() const;

    Shown m_shown;
    PlaceOf m_placeOf;
    Cursor m_cursor;
    QString m_action;
    Press m_press;
    // Of the topology that was shown when somebody last asked.
    mutable cluster::Topology m_topology;
    mutable QList<Range> m_ranges;
};

} // namespace slotscope::ui
