// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/topology/findplace.h"

#include "core/cluster/keyslot.h"

#include <algorithm>

namespace slotscope::ui {

using namespace Qt::StringLiterals;
using cluster::Node;
using cluster::Slot;
using cluster::Topology;

namespace {

constexpr qsizetype fewestIdDigits = 4;

Place placeOf(Place::Kind kind, const Topology& topology, const Node& node)
{
    return { kind, topology.shardIndexOf(node.id), node.id, node.address, std::nullopt };
}

std::optional<Place> byLabel(const Topology& topology, const QString& text)
{
    for (const cluster::Shard& shard : topology.shards()) {
        if (shard.label.compare(text, Qt::CaseInsensitive) != 0)
            continue;
        const Node* primary = topology.nodeById(shard.primaryId);
        return primary ? std::optional(placeOf(Place::Kind::Shard, topology, *primary))
                       : std::nullopt;
    }
    for (const Node& node : topology.nodes()) {
        if (topology.labelOf(node).compare(text, Qt::CaseInsensitive) == 0)
            return placeOf(Place::Kind::Node, topology, node);
    }
    return std::nullopt;
}

/// The node that `matches`, if it is the only one.
template <typename Matches>
std::optional<Place> onlyOne(const Topology& topology, const Matches& matches)
{
    const auto& nodes = topology.nodes();
    const auto first = std::find_if(nodes.begin(), nodes.end(), matches);
    if (first == nodes.end() || std::find_if(first + 1, nodes.end(), matches) != nodes.end())
        return std::nullopt;
    return placeOf(Place::Kind::Node, topology, *first);
}

/// The port of ":7000"; nothing for any other text.
std::optional<quint16> portAlone(const QString& text)
{
    bool isPort = false;
    const quint16 port = text.startsWith(u':') ? QStringView(text).mid(1).toUShort(&isPort) : 0;
    return isPort ? std::optional(port) : std::nullopt;
}

std::optional<Place> byAddress(const Topology& topology, const QString& text)
{
    if (const auto endpoint = net::Endpoint::parse(text)) {
        if (const Node* node = topology.nodeByAddress(*endpoint))
            return placeOf(Place::Kind::Node, topology, *node);
    }
    if (const auto port = portAlone(text))
        return onlyOne(topology, [port](const Node& node) { return node.address.port == *port; });
    return onlyOne(topology, [&text](const Node& node) {
        return node.address.host == text || node.ip == text
            || (!node.hostname.isEmpty() && node.hostname == text);
    });
}

std::optional<Place> byDialledAddress(
    const Topology& topology, const QString& text, const net::AddressMap& map)
{
    if (map.isEmpty())
        return std::nullopt;
    const auto endpoint = net::Endpoint::parse(text);
    const auto port = portAlone(text);
    return onlyOne(topology, [&](const Node& node) {
        if (!node.address.isDialable())
            return false;
        const net::Endpoint dialled = map.toDialled(node.address);
        return port ? dialled.port == *port
                    : dialled.host == text || (endpoint && dialled == *endpoint);
    });
}

std::optional<Place> byId(const Topology& topology, const QString& text)
{
    if (text.size() < fewestIdDigits)
        return std::nullopt;
    const QByteArray start = text.toLatin1().toLower();
    return onlyOne(
        topology, [&start](const Node& node) { return node.id.toByteArray().startsWith(start); });
}

std::optional<Place> bySlot(const Topology& topology, Place::Kind kind, Slot slot)
{
    const Node* owner = topology.ownerOf(slot);
    if (!owner)
        return std::nullopt;
    Place place = placeOf(kind, topology, *owner);
    place.slot = slot;
    return place;
}

} // namespace

std::optional<Place> findPlace(
    const Topology& topology, const QString& text, const net::AddressMap& dialled)
{
    const QString wanted = text.trimmed();
    if (wanted.isEmpty())
        return std::nullopt;
    bool isNumber = false;
    const qint64 number = wanted.toLongLong(&isNumber);
    if (const auto slot = Slot::fromNumber(number); isNumber && slot)
        return bySlot(topology, Place::Kind::Slot, *slot);
    if (const auto place = byLabel(topology, wanted))
        return place;
    if (const auto place = byAddress(topology, wanted))
        return place;
    if (const auto place = byDialledAddress(topology, wanted, dialled))
        return place;
    if (const auto place = byId(topology, wanted))
        return place;
    if (!topology.slotsKnown())
        return std::nullopt;
    return bySlot(topology, Place::Kind::Key, cluster::keySlot(wanted.toUtf8()));
}

} // namespace slotscope::ui
