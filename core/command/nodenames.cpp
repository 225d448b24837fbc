// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/nodenames.h"

namespace slotscope::command {

NodeName nameOf(const cluster::Topology& map, const net::Endpoint& address)
{
    if (const cluster::Node* node = map.nodeByAddress(address))
        return { node->id, map.labelOf(*node) };
    return { {}, address.toString() };
}

const cluster::Node* nodeReached(const cluster::Topology& map, const net::DialInfo& way)
{
    const cluster::Node* node = map.nodeByAddress(way.announced);
    if (!node && way.mapped == way.announced)
        node = map.nodeByAddress(way.dialled);
    return node;
}

std::optional<net::Endpoint> findAnnounced(const cluster::Topology& map, quint16 port)
{
    std::optional<net::Endpoint> found;
    for (const cluster::Node& node : map.nodes()) {
        if (port == 0 || (node.port != port && node.tlsPort != port))
            continue;
        const net::Endpoint address
            = node.address.isDialable() ? node.address : net::Endpoint { node.ip, port };
        if (!address.isDialable())
            continue;
        if (found)
            return std::nullopt;
        found = address;
    }
    return found;
}

} // namespace slotscope::command
