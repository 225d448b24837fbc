// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/viewowners.h"

#include <algorithm>
#include <set>

namespace slotscope::cluster {

void ViewOwners::addByNodes(
    const ViewInput& view, const std::function<int(const NodeId&)>& numberOf)
{
    if (!view.outdated.isEmpty() || view.nodes.knowsOnlyItself()) {
        m_owners.push_back(ownersByNodes(view, numberOf));
        return;
    }
    std::vector<int> claims;
    for (const NodeLine& line : view.nodes.nodes) {
        if (const int number = claimOf(line); number >= 0)
            claims.push_back(number);
    }
    std::sort(claims.begin(), claims.end());
    std::shared_ptr<Owners>& owners = m_ownersOfClaims[claims];
    if (!owners)
        owners = ownersByNodes(view, numberOf);
    m_owners.push_back(owners);
}

void ViewOwners::addBySlots(
    const ViewInput& view, const std::function<int(const SlotsNode&)>& numberOf)
{
    auto owners = newOwners(view);
    if (view.slotsView.isEmpty())
        owners->fill(noOpinion);
    for (const SlotsEntry& entry : view.slotsView) {
        const int node = numberOf(entry.nodes.front());
        for (int slot = entry.range.first.number(); node >= 0 && slot <= entry.range.last.number();
             ++slot) {
            if (int& owner = owners->data()[slot]; owner != noOpinion)
                owner = node;
        }
    }
    m_votes.push_back(owners.get());
    m_owners.push_back(std::move(owners));
}

void ViewOwners::decide(int nodes)
{
    if (!m_votes.empty())
        countVotes(nodes);
    findDifferences();
}

bool ViewOwners::isDisputed(int slot) const
{
    if (!m_differs.data()[slot])
        return false;
    const int best = owner(slot);
    return std::any_of(m_owners.begin(), m_owners.end(), [slot, best](const auto& owners) {
        const int other = owners->data()[slot];
        return other >= 0 && other != best;
    });
}

bool ViewOwners::isDisagreed(int slot) const
{
    if (!m_differs.data()[slot])
        return false;
    int first = noOpinion;
    for (const auto& owners : m_owners) {
        const int said = owners->data()[slot];
        if (said == noOpinion)
            continue;
        if (first != noOpinion && said != first)
            return true;
        first = said;
    }
    return false;
}

/// A view that says of no slot yet whose it is; of those that are outdated it never will.
std::unique_ptr<ViewOwners::Owners> ViewOwners::newOwners(const ViewInput& view)
{
    auto owners = std::make_unique<Owners>();
    owners->fill(nobody);
    for (const SlotRange& range : view.outdated) {
        std::fill(owners->data() + range.first.number(), owners->data() + range.last.number() + 1,
            noOpinion);
    }
    return owners;
}

void ViewOwners::claim(const SlotRange& range, int node, qint64 epoch, Owners* owners)
{
    for (int slot = range.first.number(); slot <= range.last.number(); ++slot) {
        int& owner = owners->data()[slot];
        if (owner == noOpinion)
            continue;
        owner = node;
        Best& best = m_best.data()[slot];
        if (best.node < 0 || epoch > best.epoch)
            best = { node, epoch };
    }
}

/// The number of what this line claims, the same for lines that claim the same; -1: nothing.
int ViewOwners::claimOf(const NodeLine& line)
{
    if (line->ranges.isEmpty())
        return -1;
    if (const auto known = m_claimOfLine.constFind(line.identity());
        known != m_claimOfLine.constEnd())
        return *known;
    QList<NumberedClaim>& claims = m_claimsOfNode[line->id];
    auto claim = std::find_if(claims.begin(), claims.end(), [&line](const NumberedClaim& one) {
        return one.line->configEpoch == line->configEpoch && one.line->ranges == line->ranges;
    });
    if (claim == claims.end())
        claim = claims.insert(claim, { m_claims++, line });
    m_claimOfLine.insert(line.identity(), claim->number);
    return claim->number;
}

std::unique_ptr<ViewOwners::Owners> ViewOwners::ownersByNodes(
    const ViewInput& view, const std::function<int(const NodeId&)>& numberOf)
{
    auto owners = newOwners(view);
    // A node that has just begun knows nothing; it denies nothing either.
    if (view.nodes.knowsOnlyItself())
        owners->fill(noOpinion);
    for (const NodeLine& line : view.nodes.nodes) {
        const int node = line->ranges.isEmpty() ? nobody : numberOf(line->id);
        const qint64 epoch = static_cast<qint64>(line->configEpoch.value_or(0));
        for (const SlotRange& range : line->ranges) {
            if (node >= 0)
                claim(range, node, epoch, owners.get());
        }
    }
    return owners;
}

/// CLUSTER SLOTS prints no epochs: where nothing else is known most views decide, and of as many
/// the one that knows the owners of the most slots.
void ViewOwners::countVotes(int nodes)
{
    const auto covered = [](const Owners* owners) {
        return std::count_if(owners->begin(), owners->end(), [](int n) { return n >= 0; });
    };
    std::stable_sort(m_votes.begin(), m_votes.end(),
        [&](const Owners* a, const Owners* b) { return covered(a) > covered(b); });
    std::vector<int> votes(static_cast<std::size_t>(nodes));
    for (int slot = 0; slot < Slot::count; ++slot) {
        Best& best = m_best.data()[slot];
        if (best.node >= 0)
            continue;
        std::fill(votes.begin(), votes.end(), 0);
        for (const Owners* owners : m_votes) {
            if (const int owner = owners->data()[slot]; owner >= 0)
                ++votes.data()[owner];
        }
        for (const Owners* owners : m_votes) {
            const int owner = owners->data()[slot];
            if (owner >= 0 && (best.node < 0 || votes.data()[owner] > votes.data()[best.node]))
                best.node = owner;
        }
    }
}

/// Where all views say the same, as they do of most slots, nobody needs to look closer.
void ViewOwners::findDifferences()
{
    if (m_owners.empty())
        return;
    const Owners& base = *m_owners.front();
    for (int slot = 0; slot < Slot::count; ++slot)
        m_differs.data()[slot] = base.data()[slot] != owner(slot);
    const std::set<std::shared_ptr<Owners>> different(m_owners.begin(), m_owners.end());
    for (const auto& owners : different) {
        if (*owners == base)
            continue;
        for (int slot = 0; slot < Slot::count; ++slot) {
            if (owners->data()[slot] != base.data()[slot])
                m_differs.data()[slot] = true;
        }
    }
}

} // namespace slotscope::cluster
