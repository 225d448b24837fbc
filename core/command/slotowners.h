// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/runcontext.h"

#include <QHash>

#include <optional>

namespace slotscope::command {

/// Who owns which slot, as a client that runs many commands has come to know: by the map it began
/// with, by MOVED, and by newer maps. Slots are plain numbers here; `noSlot` stands for commands
/// without keys, as if they had a slot of their own. Refers to the context, which must outlive it.
class SlotOwners
{
public:
    static constexpr int noSlot = cluster::Slot::count;

    explicit SlotOwners(const RunContext& context)
        : m_context(context)
    { }

    bool isCluster() const;
    /// Not dialable when nobody owns the slot.
    net::Endpoint ownerOf(int slot) const;
    /// False when that is no news.
    bool setMoved(int slot, const net::Endpoint& owner);
    /// Whether waiting may bring a newer map that is worth following.
    bool canLearn(int slot) const;
    /// The owner by the newest map, if the maps have changed their mind since the last look: else
    /// what they say may be older than a MOVED.
    std::optional<net::Endpoint> learn(int slot);

private:
    const RunContext& m_context;
    QHash<int, net::Endpoint> m_moved; ///< what MOVED, or a newer map, has taught
    QHash<int, net::Endpoint> m_given; ///< by the newer maps, as last seen
};

} // namespace slotscope::command
