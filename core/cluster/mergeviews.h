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

/// Makes one topology out of one or more nodes' views. The first view is the freshest and is the
/// base for roles, flags and health; for each slot the claim with the higher config epoch wins;
/// open-slot marks come from every view's own line; what the views do not agree about is kept as
/// disputes and claims. `head` carries what views do not say (seed,
/// state, version). Pure. With SLOTS only (no NODES) the entries become the nodes.
Topology mergeViews(
    const QList<ViewInput>& views, TopologyData head, const Topology* previous = nullptr);

} // namespace slotscope::cluster
