// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/slotowners.h"

namespace slotscope::command {

using net::Endpoint;

namespace {

Endpoint ownerIn(const cluster::Topology& map, int slot)
{
    const cluster::Node* owner = map.ownerOf(cluster::Slot(slot));
    return owner ? owner->address : Endpoint();
}

} // namespace

bool SlotOwners::isCluster() const
{
    return m_context.map.data().kind == cluster::Kind::Cluster && !m_context.map.isEmpty();
}

Endpoint SlotOwners::ownerOf(int slot) const
{
    if (const auto known = m_moved.constFind(slot); known != m_moved.constEnd())
        return *known;
    if (slot == noSlot || !isCluster())
        return m_context.seed;
    const Endpoint owner = ownerIn(m_context.map, slot);
    // Where nobody may tell the slots any node says where to go.
    return owner.isDialable() || m_context.map.slotsKnown() ? owner : m_context.seed;
}

bool SlotOwners::setMoved(int slot, const Endpoint& owner)
{
    Endpoint& known = m_moved[slot];
    return std::exchange(known, owner) != owner;
}

bool SlotOwners::canLearn(int slot) const
{
    return m_context.latestMap && slot != noSlot
        && m_context.map.data().kind == cluster::Kind::Cluster;
}

std::optional<Endpoint> SlotOwners::learn(int slot)
{
    if (!canLearn(slot))
        return std::nullopt;
    const auto given = m_given.constFind(slot);
    const Endpoint before = given != m_given.constEnd() ? *given : ownerIn(m_context.map, slot);
    const Endpoint owner = ownerIn(m_context.latestMap(), slot);
    m_given.insert(slot, owner);
    if (!owner.isDialable() || owner == before)
        return std::nullopt;
    m_moved.insert(slot, owner);
    return owner;
}

} // namespace slotscope::command
