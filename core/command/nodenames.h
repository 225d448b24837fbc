// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"
#include "core/net/dial.h"

#include <optional>

namespace slotscope::command {

/// What a trace calls the node behind an address.
struct NodeName
{
    cluster::NodeId id; ///< null when the map does not know the address
    QString label; ///< "S03", or the address
};
NodeName nameOf(const cluster::Topology& map, const net::Endpoint& address);

/// The node at the end of a connection; null when the map does not know it. The seed may be a name
/// that no node announces: then the address that DNS chose tells, unless an address map stands
/// between the two.
const cluster::Node* nodeReached(const cluster::Topology& map, const net::DialInfo& way);

/// The address of the only node that announces this port, by the ip that the map has for it: for
/// redirects whose host is "?". nullopt when there is none, or more than one.
std::optional<net::Endpoint> findAnnounced(const cluster::Topology& map, quint16 port);

} // namespace slotscope::command
