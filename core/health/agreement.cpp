// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/health/agreement.h"

#include <algorithm>
#include <bitset>
#include <map>
#include <vector>

namespace slotscope::health {
namespace {

using cluster::Node;
using cluster::NodeId;
using cluster::Slot;
using cluster::SlotRange;
using cluster::SlotRanges;

constexpr qsizetype mostClaims = 1000; ///< nodes that invent owners must not fill the memory
constexpr int nobody = -1;

using SlotSet = std::bitset<Slot::count>;

SlotSet setOf(const SlotRanges& ranges)
{
    SlotSet set;
    for (const SlotRange& range : ranges) {
        for (int slot = range.first.number(); slot <= range.last.number(); ++slot)
            set.set(static_cast<std::size_t>(slot));
    }
    return set;
}

/// Slots come in ascending order.
void append(SlotRanges* ranges, int slot)
{
    if (!ranges->isEmpty() && ranges->last().last.number() == slot - 1)
        ranges->last().last = Slot(slot);
    else
        ranges->append({ Slot(slot), Slot(slot) });
}

/// Who owns each slot, as indices of owners.
using Map = std::vector<int>;

/// Most nodes say the same: the comparison is between different maps, not between nodes.
struct Opinion
{
    Map map;
    QList<NodeId> saidBy;
};

class Comparison
{
public:
    Comparison(const QList<NodeView>& views, const Agreement* before)
        : m_views(views)
        , m_before(before)
    { }

    Agreement run()
    {
        for (const NodeView& view : m_views)
            read(view);
        m_result.compared = static_cast<int>(m_compared.size());
        findDisputes();
        compare();
        return std::move(m_result);
    }

private:
    int indexOf(const NodeId& id)
    {
        const auto known = m_indices.constFind(id);
        if (known != m_indices.constEnd())
            return *known;
        const int index = static_cast<int>(m_owners.size());
        m_owners.append(id);
        m_indices.insert(id, index);
        return index;
    }

    static void give(Map* map, const SlotRange& range, int owner)
    {
        std::fill(
            map->begin() + range.first.number(), map->begin() + range.last.number() + 1, owner);
    }

    void read(const NodeView& view)
    {
        if (!view.hasView())
            return;
        if (m_views.size() > 1 && view.view.nodes.knowsOnlyItself()) {
            if (m_before == nullptr || m_before->alone.contains(view.id))
                m_result.alone.append(view.id);
            return;
        }
        Map map(Slot::count, nobody);
        for (const Node& node : view.view.nodes.nodes) {
            for (const SlotRange& range : node.ranges)
                give(&map, range, indexOf(node.id));
        }
        if (view.view.nodes.nodes.isEmpty()) {
            for (const cluster::SlotsEntry& entry : view.view.slotsView) {
                // Redis 3.0 gives no ids here; owners without a name cannot be compared.
                if (entry.nodes.front().id.isNull())
                    return;
                give(&map, entry.range, indexOf(entry.nodes.front().id));
            }
        }
        m_compared.append(&view);
        const auto same = std::find_if(m_opinions.begin(), m_opinions.end(),
            [&](const Opinion& opinion) { return opinion.map == map; });
        if (same != m_opinions.end()) {
            same->saidBy.append(view.id);
            m_opinionOf.insert(view.id, static_cast<int>(same - m_opinions.begin()));
        } else {
            m_opinionOf.insert(view.id, static_cast<int>(m_opinions.size()));
            m_opinions.push_back({ std::move(map), { view.id } });
        }
    }

    const Opinion& opinionOf(const NodeId& id) const
    {
        return m_opinions[static_cast<std::size_t>(m_opinionOf.value(id))];
    }

    /// Two nodes of which each says of itself that the slot is its own.
    void findDisputes()
    {
        std::map<std::vector<int>, SlotRanges> byClaimants;
        std::vector<std::vector<int>> claimants(Slot::count);
        for (const NodeView* view : std::as_const(m_compared)) {
            const int own = m_indices.value(view->id, nobody);
            if (own == nobody)
                continue;
            const Map& map = opinionOf(view->id).map;
            for (std::size_t slot = 0; slot < map.size(); ++slot) {
                if (map[slot] == own)
                    claimants[slot].push_back(own);
            }
        }
        const SlotSet before = m_before ? setOf(m_before->disputed) : SlotSet().set();
        for (std::size_t slot = 0; slot < claimants.size(); ++slot) {
            if (claimants[slot].size() < 2 || !before.test(slot))
                continue;
            append(&m_result.disputed, static_cast<int>(slot));
            append(&byClaimants[claimants[slot]], static_cast<int>(slot));
        }
        for (const auto& [owners, ranges] : byClaimants) {
            for (const int owner : owners) {
                if (m_result.disputedClaims.size() < mostClaims)
                    m_result.disputedClaims.append(
                        { ranges, m_owners.at(owner), { m_owners.at(owner) } });
            }
        }
        m_claimed = SlotSet();
        for (std::size_t slot = 0; slot < claimants.size(); ++slot)
            m_claimed.set(slot, !claimants[slot].empty());
    }

    bool isDisagreed(std::size_t slot) const
    {
        return std::any_of(m_opinions.begin(), m_opinions.end(), [&](const Opinion& opinion) {
            return opinion.map[slot] != m_opinions.front().map[slot];
        });
    }

    /// Nobody claims the slot for itself, and everybody who is said to own it was heard.
    bool isDisowned(std::size_t slot) const
    {
        return !m_claimed.test(slot)
            && std::all_of(m_opinions.begin(), m_opinions.end(), [&](const Opinion& opinion) {
                   const int owner = opinion.map[slot];
                   return owner == nobody || m_opinionOf.contains(m_owners.at(owner));
               });
    }

    void compare()
    {
        if (m_opinions.size() < 2)
            return;
        const SlotSet before = m_before ? setOf(m_before->disagreed) : SlotSet().set();
        // What is said (the owner) and by which opinions, and of which slots.
        std::map<std::pair<int, std::vector<int>>, SlotRanges> claims;
        for (std::size_t slot = 0; slot < Slot::count; ++slot) {
            if (!before.test(slot) || !isDisagreed(slot))
                continue;
            const int number = static_cast<int>(slot);
            append(&m_result.disagreed, number);
            if (isDisowned(slot))
                append(&m_result.disowned, number);
            std::map<int, std::vector<int>> byOwner;
            for (std::size_t i = 0; i < m_opinions.size(); ++i)
                byOwner[m_opinions[i].map[slot]].push_back(static_cast<int>(i));
            for (auto& [owner, opinions] : byOwner) {
                const std::pair key { owner, std::move(opinions) };
                if (const auto known = claims.find(key); known != claims.end())
                    append(&known->second, number);
                else if (claims.size() < mostClaims)
                    append(&claims[key], number);
            }
        }
        for (const auto& [key, ranges] : claims) {
            Claim claim { ranges, key.first == nobody ? NodeId() : m_owners.at(key.first), {} };
            for (const int opinion : key.second)
                claim.saidBy += m_opinions[static_cast<std::size_t>(opinion)].saidBy;
            m_result.disagreedClaims.append(claim);
        }
        // By slot; what most say comes first.
        std::stable_sort(m_result.disagreedClaims.begin(), m_result.disagreedClaims.end(),
            [](const Claim& a, const Claim& b) {
                const Slot first = a.ranges.front().first;
                const Slot second = b.ranges.front().first;
                return first != second ? first < second : a.saidBy.size() > b.saidBy.size();
            });
    }

    const QList<NodeView>& m_views;
    const Agreement* m_before;
    Agreement m_result;
    QList<NodeId> m_owners;
    QHash<NodeId, int> m_indices; ///< into m_owners
    QList<const NodeView*> m_compared;
    std::vector<Opinion> m_opinions;
    QHash<NodeId, int> m_opinionOf; ///< of each node that was compared
    SlotSet m_claimed; ///< by somebody for itself
};

} // namespace

Agreement Agreement::of(const QList<NodeView>& views, const Agreement* before)
{
    return Comparison(views, before).run();
}

} // namespace slotscope::health
