// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/mergeviews.h"

#include "core/cluster/learnline.h"
#include "core/cluster/viewowners.h"

#include <QSet>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <vector>

namespace slotscope::cluster {
namespace {

constexpr int maxUnnamedNodes = 1000; ///< what the cluster specification recommends at most

class Merge
{
public:
    Merge(const QList<ViewInput>& views, TopologyData head)
        : m_views(views)
        , m_head(std::move(head))
    { }

    TopologyData run()
    {
        for (const ViewInput& view : m_views)
            addNodes(view);
        for (const ViewInput& view : m_views)
            addSlotsNodes(view);
        for (const ViewInput& view : m_views) {
            if (hasNodes(view)) {
                m_owners.addByNodes(view, [this](const NodeId& id) { return indexOf(id); });
            } else {
                m_owners.addBySlots(view, [&](const SlotsNode& primary) {
                    return findSlotsNode(primary, { hostOf(primary, view), primary.port });
                });
            }
        }
        m_owners.decide(static_cast<int>(m_head.nodes.size()));
        giveRanges();
        findDisputes();
        findClaims();
        findMigrations();
        nameViews();
        for (Node& node : m_head.nodes)
            settle(&node);
        return std::move(m_head);
    }

private:
    static bool hasNodes(const ViewInput& view) { return !view.nodes.nodes.isEmpty(); }

    int indexOf(const NodeId& id) const { return m_byId.value(id, -1); }

    int append(const Node& node)
    {
        const int index = static_cast<int>(m_head.nodes.size());
        m_head.nodes.append(node);
        if (!node.id.isNull())
            m_byId.insert(node.id, index);
        return index;
    }

    /// Whoever is first at an address stays it.
    void rememberAddresses(int index)
    {
        const Node& node = m_head.nodes.at(index);
        for (const net::Endpoint& address :
            { node.address, net::Endpoint { node.ip, node.port } }) {
            if (!m_byAddress.contains(address))
                m_byAddress.insert(address, index);
        }
    }

    void addNodes(const ViewInput& view)
    {
        const bool isBase = &view == &m_views.front();
        for (const NodeLine& shared : view.nodes.nodes) {
            // What was learnt of a line once is not learnt again: most views share most of them.
            if (!isBase && m_learnt.contains(shared.identity()))
                continue;
            const Node& printed = shared;
            const int known = indexOf(printed.id);
            // A node prints its own host only once another node has told it.
            const bool lacksHost = printed.ip.isEmpty() && printed.myself && printed.port != 0;
            if (known >= 0 && !lacksHost && !isBase) { // almost always: a copy would be dear
                learnLine(&m_head.nodes[known], printed);
                m_learnt.insert(shared.identity());
                continue;
            }
            Node line = printed;
            line.ranges.clear();
            if (lacksHost)
                line.address = { view.connectionHost, line.port };
            if (isBase && line.myself && m_head.answeredBy.isNull())
                m_head.answeredBy = line.id;
            if (known < 0) {
                // Its name is made up, and it is over by now.
                if (!isBase && line.health == Health::Handshake)
                    continue;
                if (!isBase) {
                    line.myself = false;
                    line.flags.removeAll(QStringLiteral("myself"));
                }
                append(line);
                continue;
            }
            learnLine(&m_head.nodes[known], line);
        }
    }

    static QString hostOf(const SlotsNode& entry, const ViewInput& view)
    {
        if (entry.host.isEmpty())
            return view.connectionHost;
        if (entry.host == u'?')
            return entry.metadata.value(QStringLiteral("ip"));
        return entry.host;
    }

    int findSlotsNode(const SlotsNode& entry, const net::Endpoint& address) const
    {
        if (!entry.id.isNull())
            return indexOf(entry.id);
        return m_byAddress.value(address, -1);
    }

    void addSlotsNodes(const ViewInput& view)
    {
        const bool complete = std::any_of(m_views.begin(), m_views.end(), hasNodes);
        if (m_byAddress.isEmpty() && !view.slotsView.isEmpty()) {
            for (int i = 0; i < m_head.nodes.size(); ++i)
                rememberAddresses(i);
        }
        for (const SlotsEntry& entry : view.slotsView) {
            NodeId primary;
            for (int i = 0; i < entry.nodes.size(); ++i) {
                const SlotsNode& said = entry.nodes.at(i);
                const net::Endpoint address { hostOf(said, view), said.port };
                int index = findSlotsNode(said, address);
                if (index < 0) {
                    // Without an id it may be a node that NODES calls by another address.
                    // Nor may a server that gives none make this search long.
                    if (said.id.isNull() && (complete || m_head.nodes.size() >= maxUnnamedNodes))
                        continue;
                    Node node;
                    node.id = said.id;
                    node.port = said.port;
                    node.role = i == 0 ? Role::Primary : Role::Replica;
                    node.primaryId = i == 0 ? NodeId() : primary;
                    index = append(node);
                }
                if (i == 0)
                    primary = said.id;
                dialBySlots(&m_head.nodes[index], said, address);
                rememberAddresses(index);
            }
        }
    }

    static void dialBySlots(Node* node, const SlotsNode& said, net::Endpoint address)
    {
        if (node->ip.isEmpty())
            node->ip = said.metadata.value(QStringLiteral("ip"));
        if (node->hostname.isEmpty())
            node->hostname = said.metadata.value(QStringLiteral("hostname"));
        if (address.host.isEmpty())
            address.host = node->ip;
        if (address.port == 0)
            address.port = node->port;
        if (address.isDialable())
            node->address = address;
    }

    void giveRanges()
    {
        for (int first = 0; first < Slot::count;) {
            const int owner = m_owners.owner(first);
            int end = first + 1;
            while (end < Slot::count && m_owners.owner(end) == owner)
                ++end;
            if (owner >= 0)
                m_head.nodes[owner].ranges.append({ Slot(first), Slot(end - 1) });
            first = end;
        }
    }

    void findDisputes()
    {
        for (int slot = 0; slot < Slot::count; ++slot) {
            if (!m_owners.isDisputed(slot))
                continue;
            const int best = m_owners.owner(slot);
            QList<int> others;
            for (std::size_t view = 0; view < m_owners.viewCount(); ++view) {
                const int owner = m_owners.ownerIn(view, slot);
                if (owner >= 0 && owner != best && !others.contains(owner))
                    others.append(owner);
            }
            if (m_head.nodes.at(best).id.isNull())
                continue;
            std::sort(others.begin(), others.end());
            QList<NodeId> claimants { m_head.nodes.at(best).id };
            for (const int other : std::as_const(others))
                claimants.append(m_head.nodes.at(other).id);
            if (!m_head.disputes.isEmpty() && m_head.disputes.last().claimants == claimants
                && m_head.disputes.last().range.last.number() == slot - 1) {
                m_head.disputes.last().range.last = Slot(slot);
            } else {
                m_head.disputes.append({ { Slot(slot), Slot(slot) }, claimants });
            }
        }
    }

    /// The shard's side of an open slot: from Valkey 8 on replicas have their primary's marks.
    static NodeId sideOf(const Node& node)
    {
        return node.role == Role::Replica && !node.primaryId.isNull() ? node.primaryId : node.id;
    }

    void findClaims()
    {
        using Said = std::pair<int, std::vector<std::size_t>>; // the owner, and the views
        std::map<Said, SlotRanges> claims;
        for (int slot = 0; slot < Slot::count; ++slot) {
            if (!m_owners.isDisagreed(slot))
                continue;
            std::map<int, std::vector<std::size_t>> saidBy;
            for (std::size_t view = 0; view < m_owners.viewCount(); ++view) {
                if (const int owner = m_owners.ownerIn(view, slot); owner != ViewOwners::noOpinion)
                    saidBy[owner].push_back(view);
            }
            for (const Said said : saidBy)
                appendSlot(&claims[said], Slot(slot));
        }
        for (const auto& [said, ranges] : claims) {
            Claim claim { ranges, said.first < 0 ? NodeId() : m_head.nodes.at(said.first).id, {} };
            for (const std::size_t view : said.second)
                claim.saidBy.append(speakerOf(m_views.at(static_cast<qsizetype>(view))));
            m_head.claims.append(claim);
        }
        std::stable_sort(
            m_head.claims.begin(), m_head.claims.end(), [](const Claim& a, const Claim& b) {
                return a.ranges.front().first < b.ranges.front().first;
            });
    }

    /// The node whose view it is; null where SLOTS alone was answered and names no ids.
    NodeId speakerOf(const ViewInput& view) const
    {
        if (view.nodes.myself >= 0)
            return view.nodes.nodes.at(view.nodes.myself)->id;
        const net::Endpoint own { view.connectionHost, view.connectionPort };
        for (const Node& node : m_head.nodes) {
            if (node.address == own)
                return node.id;
        }
        return {};
    }

    bool isOwner(const NodeId& id, Slot slot) const
    {
        const int owner = m_owners.owner(slot.number());
        return owner >= 0 && m_head.nodes.at(owner).id == id;
    }

    /// What this node said of the slot is outdated, and so its mark may be: a slot that has been
    /// given away is no longer migrating, one that has been got is no longer being imported.
    bool isOutdated(const Node& node, Slot slot) const
    {
        return std::any_of(m_views.begin(), m_views.end(), [&](const ViewInput& view) {
            return !view.outdated.isEmpty() && speakerOf(view) == node.id
                && std::any_of(view.outdated.begin(), view.outdated.end(),
                    [slot](const SlotRange& range) { return range.contains(slot); });
        });
    }

    void findMigrations()
    {
        using Open = std::tuple<Slot, NodeId, NodeId>; // from, to
        std::set<Open> migrating;
        std::set<Open> importing;
        for (const Node& node : std::as_const(m_head.nodes)) {
            for (const OpenSlot& open : node.migrating) {
                if (!isOutdated(node, open.slot) || isOwner(sideOf(node), open.slot))
                    migrating.insert({ open.slot, sideOf(node), open.peer });
            }
            for (const OpenSlot& open : node.importing) {
                if (!isOutdated(node, open.slot) || !isOwner(sideOf(node), open.slot))
                    importing.insert({ open.slot, open.peer, sideOf(node) });
            }
        }
        for (const Open& open : migrating) {
            const auto& [slot, from, to] = open;
            m_head.migrations.append({ slot, from, importing.erase(open) > 0 ? to : NodeId() });
        }
        for (const auto& [slot, from, to] : importing)
            m_head.migrations.append({ slot, NodeId(), to });
        std::stable_sort(m_head.migrations.begin(), m_head.migrations.end(),
            [](const Migration& a, const Migration& b) { return a.slot < b.slot; });
    }

    void nameViews()
    {
        for (const ViewInput& view : m_views) {
            if (const NodeId id = speakerOf(view); !id.isNull() && !m_head.views.contains(id))
                m_head.views.append(id);
        }
    }

    /// After all views: who owns slots is a primary, whatever the base still says.
    static void settle(Node* node)
    {
        if (!node->ranges.isEmpty()) {
            node->role = Role::Primary;
            node->primaryId = {};
        }
        if (node->health == Health::NoAddr || node->health == Health::Handshake
            || node->flags.contains(QStringLiteral("noaddr"))) {
            node->address = {};
        }
    }

    const QList<ViewInput>& m_views;
    TopologyData m_head;
    QHash<NodeId, int> m_byId;
    QSet<const Node*> m_learnt; ///< lines
    QHash<net::Endpoint, int> m_byAddress; ///< once SLOTS is read
    ViewOwners m_owners;
};

} // namespace

Topology mergeViews(const QList<ViewInput>& views, TopologyData head, const Topology* previous)
{
    return Topology::build(Merge(views, std::move(head)).run(), previous);
}

} // namespace slotscope::cluster
