// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/capture.h"
#include "core/support/result.h"

namespace slotscope::capture {

class CollectNode;

/// What a CollectRun has when its time is up. Internal to the room.
struct Collected
{
    net::Endpoint seed;
    QString typed;
    QString via;
    net::WaySecurity security = net::WaySecurity::Unknown;
    QStringList dnsAnswers;
    QList<ResolvedName> names {};
    cluster::Topology known; ///< from before; may be empty
    QList<cluster::Shard> knownShards {}; ///< of another day, whose labels stay
    const CollectNode* seedNode = nullptr; ///< who was asked as the seed; perhaps not in `nodes`
    QList<const CollectNode*> nodes; ///< each node once, settled or not
};

/// Puts the answers together. Nobody has answered and no topology is known: why.
support::Result<Capture> captureOf(const Collected& collected);

} // namespace slotscope::capture
