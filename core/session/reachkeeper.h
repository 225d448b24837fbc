// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topologydiff.h"
#include "core/session/viewkeeper.h"

namespace slotscope::session {

/// Tells when this computer finds that a node does not tell its view, and that it does again: what
/// no node says. A plain value.
class ReachKeeper
{
public:
    /// What is new since the last call, oldest first; `views` are those behind `topology`. Of who
    /// is silent in the first one it is told that this began earlier; of a node that has failed
    /// there and was not asked nothing is told until it answers.
    QList<cluster::TopologyEvent> eventsOf(
        const ViewKeeper& views, const cluster::Topology& topology, bool isFirst);

private:
    QSet<cluster::NodeId> m_unreached; ///< as far as it was told
};

} // namespace slotscope::session
