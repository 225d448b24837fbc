// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/health/nodeview.h"

namespace slotscope::health {

/// Some nodes say that these slots belong to `owner`.
struct Claim
{
    cluster::SlotRanges ranges;
    cluster::NodeId owner; ///< null: to nobody
    QList<cluster::NodeId> saidBy; ///< in the order of the views
    friend bool operator==(const Claim&, const Claim&) = default;
};

/// Every node's view laid beside the others', slot by slot. A plain value.
struct Agreement
{
    int compared = 0; ///< views that tell who owns what
    /// Slots that views give to different owners, or to an owner and to nobody; and who says what.
    cluster::SlotRanges disagreed;
    QList<Claim> disagreedClaims;
    /// Slots that two nodes claim for themselves, each in its own view; and those claims.
    cluster::SlotRanges disputed;
    QList<Claim> disputedClaims;
    /// Of `disagreed`: every owner that is named has answered, and none of them says that it is.
    cluster::SlotRanges disowned;
    /// Nodes whose view has only themselves, though others know them. Not compared.
    QList<cluster::NodeId> alone;

    bool agree() const { return disagreed.isEmpty() && disputed.isEmpty() && alone.isEmpty(); }

    /// Pure. With `before`, an earlier look, only what was so then too is kept: nodes hear of a
    /// change one after the other, and that is no disagreement.
    static Agreement of(const QList<NodeView>& views, const Agreement* before = nullptr);
};

} // namespace slotscope::health
