// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"
#include "core/cluster/viewparsers.h"

#include <QHash>

namespace slotscope::cluster {

/// One node's answers, with the connection's own host to fill empty ones in.
struct ViewInput
{
    NodesView nodes;
    SlotsView slotsView; ///< may be empty: not asked or refused
    QString connectionHost; ///< announced host of the connection that answered
    quint16 connectionPort = 0;
    /// A newer view has shown a change of these slots: who owns them is not asked of this one.
    SlotRanges outdated {};
};

/// Makes one topology out of one or more nodes' views. Pure. The first view is the freshest and is
/// the base for roles and flags. For each slot the claim with the higher config epoch wins; where
/// only CLUSTER SLOTS was answered, which prints none, most views decide, then the one that covers
/// more slots. A node is as ill as the most worried view has it. Open-slot marks come from every
/// view's own line. What the views do not agree about is kept as disputes and claims. `head`
/// carries what views do not say (seed, state, version). With SLOTS only (no NODES) the entries
/// become the nodes.
Topology mergeViews(
    const QList<ViewInput>& views, TopologyData head, const Topology* previous = nullptr);

} // namespace slotscope::cluster
