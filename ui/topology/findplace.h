// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"
#include "core/net/addressmap.h"

#include <optional>

namespace slotscope::ui {

/// Where in a cluster something is that the user named.
struct Place
{
    enum class Kind { Shard, Node, Slot, Key };
    Kind kind = Kind::Node;
    int shard = -1; ///< index into shards(), -1: in none
    cluster::NodeId node; ///< of a shard, slot or key: its primary's
    net::Endpoint address;
    std::optional<cluster::Slot> slot; ///< of a slot or key

    friend bool operator==(const Place&, const Place&) = default;
};

/// A label ("S03", "S03/2"), an address ("10.0.1.4:7000", ":7000", a host that one node has) as
/// announced, else as it is dialled through `dialled`, a node id or its beginning (4 digits or
/// more, if only one node's begins so), a slot (0 to 16383), else a key, whose slot somebody must
/// own. Nullopt for what leads nowhere.
std::optional<Place> findPlace(
    const cluster::Topology& topology, const QString& text, const net::AddressMap& dialled = {});

} // namespace slotscope::ui
