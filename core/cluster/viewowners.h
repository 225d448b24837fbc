// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/mergeviews.h"

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <vector>

namespace slotscope::cluster {

/// Who owns each slot, as each view has it, and whom that makes the owner. Internal to
/// mergeViews().
///
/// Nodes are numbers that the caller gives. Where views print config epochs the highest claim wins;
/// of slots that only views without epochs (CLUSTER SLOTS) know, most views decide. Views that
/// claim the same share one list: there may be a thousand of them.
class ViewOwners
{
public:
    // In place of a node's number.
    static constexpr int nobody = -1; ///< the view says that the slot has no owner
    static constexpr int noOpinion = -2; ///< the view is not asked about it

    /// A view of CLUSTER NODES. `numberOf`: of a node; negative when it is to be left out.
    void addByNodes(const ViewInput& view, const std::function<int(const NodeId&)>& numberOf);
    /// A view of CLUSTER SLOTS alone. `numberOf`: of an entry's primary.
    void addBySlots(const ViewInput& view, const std::function<int(const SlotsNode&)>& numberOf);
    /// After all views; `nodes`: how many numbers there are.
    void decide(int nodes);

    /// By the number of the view, in the order of adding; a node, `nobody` or `noOpinion`.
    int ownerIn(std::size_t view, int slot) const { return m_owners[view]->data()[slot]; }
    std::size_t viewCount() const { return m_owners.size(); }
    /// Of all views together, or `nobody`.
    int owner(int slot) const { return m_best.data()[slot].node; }
    /// Some view names another owner.
    bool isDisputed(int slot) const;
    /// Two views say different things, nobody being one of them.
    bool isDisagreed(int slot) const;

private:
    using Owners = std::array<int, Slot::count>;

    /// On what grounds somebody owns a slot: the config epoch of the claim (-1: none was printed).
    struct Best
    {
        int node = nobody;
        qint64 epoch = -1;
    };

    /// What a line claims: its epoch and slots.
    struct NumberedClaim
    {
        int number = 0;
        NodeLine line;
    };

    static std::unique_ptr<Owners> newOwners(const ViewInput& view);
    void claim(const SlotRange& range, int node, qint64 epoch, Owners* owners);
    int claimOf(const NodeLine& line);
    std::unique_ptr<Owners> ownersByNodes(
        const ViewInput& view, const std::function<int(const NodeId&)>& numberOf);
    void countVotes(int nodes);
    void findDifferences();

    std::vector<Best> m_best = std::vector<Best>(Slot::count);
    std::vector<std::shared_ptr<Owners>> m_owners; ///< one for each view, which may share it
    std::vector<const Owners*> m_votes; ///< those of views that are SLOTS alone
    std::array<bool, Slot::count> m_differs {}; ///< not the same in all views
    QHash<const Node*, int> m_claimOfLine;
    QHash<NodeId, QList<NumberedClaim>> m_claimsOfNode;
    int m_claims = 0;
    std::map<std::vector<int>, std::shared_ptr<Owners>> m_ownersOfClaims;
};

} // namespace slotscope::cluster
