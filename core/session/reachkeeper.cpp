// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/session/reachkeeper.h"

#include "core/explain/changes.h"
#include "core/explain/errors.h"

#include <algorithm>

namespace slotscope::session {

using cluster::Node;
using cluster::Topology;
using cluster::TopologyChange;
using cluster::TopologyEvent;

namespace {

TopologyEvent eventOf(TopologyChange::Kind kind, const Node& node, const Topology& topology)
{
    TopologyEvent event;
    event.change.kind = kind;
    event.change.node = node.id;
    event.change.name = node.address.isDialable() ? node.address.toString() : node.id.shortText();
    const int shard = topology.shardIndexOf(node.id);
    if (shard >= 0)
        event.change.shard = topology.shards().at(shard).label;
    event.at = topology.data().capturedAt;
    return event;
}

} // namespace

QList<TopologyEvent> ReachKeeper::eventsOf(
    const ViewKeeper& views, const Topology& topology, bool isFirst)
{
    QList<TopologyEvent> lost;
    QList<TopologyEvent> found;
    QSet<cluster::NodeId> unreached;
    const QSet<cluster::NodeId> speaking = views.speaking();
    for (const Node& node : topology.nodes()) {
        const auto silence = views.silences().constFind(node.id);
        const bool isSilent = silence != views.silences().constEnd();
        const bool wasUnreached = m_unreached.contains(node.id);
        const bool isMute = node.health == cluster::Health::Fail && !speaking.contains(node.id);
        if (isSilent && !wasUnreached) {
            unreached.insert(node.id);
            TopologyEvent event = eventOf(TopologyChange::Kind::Unreached, node, topology);
            event.at = std::max(event.at, silence->since); // of a refresh that failed it is old
            if (silence->error)
                event.change.after = explain::errorReason(*silence->error);
            if (isFirst)
                event.change.after = explain::beforeTheSession(event.change.after);
            lost.append(event);
        } else if (!isSilent && wasUnreached && speaking.contains(node.id)) {
            found.append(eventOf(TopologyChange::Kind::Reached, node, topology));
        } else if (wasUnreached || (isFirst && isMute)) {
            unreached.insert(node.id);
        }
    }
    m_unreached = unreached;
    std::stable_sort(lost.begin(), lost.end(),
        [](const TopologyEvent& a, const TopologyEvent& b) { return a.at < b.at; });
    return lost + found;
}

} // namespace slotscope::session
