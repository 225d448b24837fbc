// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/topologydiff.h"

#include "core/cluster/namedvalues.h"
#include "core/explain/changes.h"

#include <algorithm>
#include <map>

using namespace Qt::StringLiterals;

namespace slotscope::cluster {
namespace {

using Change = TopologyChange::Kind;

constexpr NamedValues<Change, 21> kinds { {
    { Change::StateChanged, "state-changed"_L1 },
    { Change::Failover, "failover"_L1 },
    { Change::NodeJoined, "node-joined"_L1 },
    { Change::NodeLeft, "node-left"_L1 },
    { Change::AddressReused, "address-reused"_L1 },
    { Change::AddressChanged, "address-changed"_L1 },
    { Change::RoleChanged, "role-changed"_L1 },
    { Change::PrimaryChanged, "primary-changed"_L1 },
    { Change::NodeSuspected, "node-suspected"_L1 },
    { Change::NodeFailed, "node-failed"_L1 },
    { Change::NodeRecovered, "node-recovered"_L1 },
    { Change::SlotsMoved, "slots-moved"_L1 },
    { Change::SlotsUncovered, "slots-uncovered"_L1 },
    { Change::SlotsCovered, "slots-covered"_L1 },
    { Change::MigrationStarted, "migration-started"_L1 },
    { Change::MigrationEnded, "migration-ended"_L1 },
    { Change::EpochRaised, "epoch-raised"_L1 },
    { Change::Unreached, "node-unreached"_L1 },
    { Change::Reached, "node-reached"_L1 },
    { Change::Unwatched, "unwatched"_L1 },
    { Change::ClockSetBack, "clock-set-back"_L1 },
} };

/// Who a node is: its id, else (Redis 3.0, SLOTS alone) its address.
QByteArray keyOf(const Node& node)
{
    return node.id.isNull() ? '@' + node.address.toString().toUtf8() : node.id.toByteArray();
}

QString titleOf(const Node& node)
{
    if (node.address.isDialable())
        return node.address.toString();
    if (!node.ip.isEmpty())
        return net::Endpoint { node.ip, node.port }.toString();
    return node.id.shortText();
}

bool knowsOnlyItself(const Topology& topology)
{
    return topology.nodes().size() == 1 && topology.nodes().front().ranges.isEmpty();
}

/// CLUSTER NODES was answered: its lines have flags.
bool hasNodesView(const Topology& topology)
{
    const QList<Node>& nodes = topology.nodes();
    return std::any_of(
        nodes.begin(), nodes.end(), [](const Node& node) { return !node.flags.isEmpty(); });
}

class Diff
{
public:
    Diff(const Topology& before, const Topology& after)
        : m_before(before)
        , m_after(after)
    { }

    QList<TopologyChange> run()
    {
        if (!m_before.slotsKnown() || !m_after.slotsKnown()
            || (knowsOnlyItself(m_after) && m_before.nodes().size() > 1)) {
            return {};
        }
        pairNodes();
        compareOwners();
        compareNodes();
        compareMigrations();
        compareState();
        std::stable_sort(m_changes.begin(), m_changes.end(),
            [](const TopologyChange& a, const TopologyChange& b) { return a.kind < b.kind; });
        return std::move(m_changes);
    }

private:
    using Pair = std::pair<int, int>;

    QString nameOfShardOf(const NodeId& id) const
    {
        for (const Topology* topology : { &m_after, &m_before }) {
            const int shard = id.isNull() ? -1 : topology->shardIndexOf(id);
            if (shard >= 0)
                return topology->shards().at(shard).label;
        }
        return {};
    }

    /// What a side of a move is called: its shard, else its address.
    QString sideName(const NodeId& id) const
    {
        if (QString label = nameOfShardOf(id); !label.isEmpty() || id.isNull())
            return label;
        for (const Topology* topology : { &m_after, &m_before }) {
            if (const Node* node = topology->nodeById(id))
                return titleOf(*node);
        }
        return id.shortText();
    }

    static QString sideName(const Topology& topology, const Node& node)
    {
        return node.id.isNull() ? titleOf(node) : topology.labelOf(node);
    }

    TopologyChange& add(Change kind)
    {
        m_changes.append(TopologyChange());
        m_changes.last().kind = kind;
        return m_changes.last();
    }

    TopologyChange& addOf(Change kind, const Node& node)
    {
        TopologyChange& change = add(kind);
        change.node = node.id;
        change.name = titleOf(node);
        change.shard = nameOfShardOf(node.id);
        return change;
    }

    void pairNodes()
    {
        QHash<QByteArray, int> byKey;
        for (int i = 0; i < m_after.nodes().size(); ++i)
            byKey.insert(keyOf(m_after.nodes().at(i)), i);
        m_isNew.fill(true, m_after.nodes().size());
        for (const Node& node : m_before.nodes()) {
            const int later = byKey.value(keyOf(node), -1);
            m_later.append(later);
            if (later >= 0)
                m_isNew[later] = false;
        }
    }

    void compareOwners()
    {
        std::map<Pair, SlotRanges> moves; // by owner before and after; -1: none
        for (int slot = 0; slot < Slot::count; ++slot) {
            const int from = m_before.ownerIndex(Slot(slot));
            const int to = m_after.ownerIndex(Slot(slot));
            if ((from < 0 && to < 0) || (from >= 0 && m_later.at(from) == to))
                continue;
            appendSlot(&moves[{ from, to }], Slot(slot));
        }
        for (const auto& [pair, ranges] : moves) {
            const Node* from = pair.first < 0 ? nullptr : &m_before.nodes().at(pair.first);
            const Node* to = pair.second < 0 ? nullptr : &m_after.nodes().at(pair.second);
            if (from != nullptr && to != nullptr && tookOver(*from, *to)) {
                TopologyChange& change = addOf(Change::Failover, *to);
                describe(&change, from, to, ranges);
                change.before = titleOf(*from);
                change.after = titleOf(*to);
                m_failovers.insert({ from->id, to->id });
            } else {
                TopologyChange& change = add(from == nullptr ? Change::SlotsCovered
                        : to == nullptr                      ? Change::SlotsUncovered
                                                             : Change::SlotsMoved);
                describe(&change, from, to, ranges);
                const Node& subject = to != nullptr ? *to : *from;
                change.node = subject.id;
                change.name = titleOf(subject);
                change.shard = nameOfShardOf(subject.id);
            }
        }
    }

    void describe(
        TopologyChange* change, const Node* from, const Node* to, const SlotRanges& ranges) const
    {
        if (from != nullptr) {
            change->from = from->id;
            change->before = sideName(m_before, *from);
        }
        if (to != nullptr) {
            change->to = to->id;
            change->after = sideName(m_after, *to);
        }
        change->ranges = ranges;
    }

    /// A replica became the owner of what its primary owned.
    bool tookOver(const Node& from, const Node& to) const
    {
        const Node* earlier = to.id.isNull() ? nullptr : m_before.nodeById(to.id);
        return earlier != nullptr && earlier->role == Role::Replica
            && earlier->primaryId == from.id;
    }

    void compareNodes()
    {
        for (int i = 0; i < m_before.nodes().size(); ++i) {
            const Node& node = m_before.nodes().at(i);
            if (m_later.at(i) >= 0)
                compareNode(node, m_after.nodes().at(m_later.at(i)));
            else if (node.health != Health::Handshake)
                compareGone(node);
        }
        for (int i = 0; i < m_after.nodes().size(); ++i) {
            const Node& node = m_after.nodes().at(i);
            if (m_isNew.at(i) && node.health != Health::Handshake)
                addJoined(node);
        }
    }

    void addJoined(const Node& node)
    {
        if (!hasNodesView(m_before) && node.role == Role::Replica)
            return; // it was there, and SLOTS left it out
        if (const Node* earlier = earlierAt(node)) {
            TopologyChange& change = addOf(Change::AddressReused, node);
            change.from = earlier->id;
            change.to = node.id;
            change.before = earlier->id.shortText();
            change.after = node.id.shortText();
            return;
        }
        TopologyChange& change = addOf(Change::NodeJoined, node);
        change.to = node.primaryId;
        change.after = roleName(node.role);
    }

    /// The node that had the address of this new one, and has it no more.
    const Node* earlierAt(const Node& node) const
    {
        const Node* earlier
            = node.address.isDialable() ? m_before.nodeByAddress(node.address) : nullptr;
        if (earlier == nullptr || earlier->id.isNull() || node.id.isNull()
            || earlier->address != node.address || earlier->health == Health::Handshake) {
            return nullptr;
        }
        const Node* now = m_after.nodeById(earlier->id);
        const bool isStillThere = now != nullptr && now->address == node.address
            && now->health != Health::Fail && now->health != Health::NoAddr;
        return isStillThere ? nullptr : earlier;
    }

    void compareGone(const Node& node)
    {
        const TopologyData& data = m_after.data();
        const bool isAlone = data.viewsAsked > 1 && data.viewsAnswered <= 1;
        if (isAlone || (!hasNodesView(m_after) && node.role == Role::Replica))
            return;
        const QList<Node>& nodes = m_after.nodes();
        const bool isReplaced = std::any_of(nodes.begin(), nodes.end(), [&](const Node& now) {
            const Node* earlier = m_isNew.at(&now - nodes.constData()) ? earlierAt(now) : nullptr;
            return earlier != nullptr && earlier->id == node.id;
        });
        if (isReplaced)
            return; // the one sentence about the address says it
        TopologyChange& change = addOf(Change::NodeLeft, node);
        change.before = roleName(node.role);
    }

    void compareNode(const Node& was, const Node& is)
    {
        if (was.health == Health::Handshake || is.health == Health::Handshake)
            return;
        compareHealth(was, is);
        compareRole(was, is);
        if (was.address != is.address && was.address.isDialable() && is.address.isDialable()) {
            TopologyChange& change = addOf(Change::AddressChanged, is);
            change.before = was.address.toString();
            change.after = is.address.toString();
        }
        // A replica prints its primary's.
        if (was.role == Role::Primary && is.role == Role::Primary && was.configEpoch
            && is.configEpoch && *is.configEpoch > *was.configEpoch) {
            TopologyChange& change = addOf(Change::EpochRaised, is);
            change.before = QString::number(*was.configEpoch);
            change.after = QString::number(*is.configEpoch);
        }
    }

    void compareHealth(const Node& was, const Node& is)
    {
        const auto isWell
            = [](Health health) { return health == Health::Ok || health == Health::Loading; };
        const auto isIll
            = [](Health health) { return health == Health::PFail || health == Health::Fail; };
        if (isWell(is.health) && isIll(was.health))
            addOf(Change::NodeRecovered, is).before = healthName(was.health);
        else if (is.health == Health::Fail && (isWell(was.health) || was.health == Health::PFail))
            addOf(Change::NodeFailed, is).before = healthName(was.health);
        else if (is.health == Health::PFail && isWell(was.health))
            addOf(Change::NodeSuspected, is).before = healthName(was.health);
        else
            return;
        m_changes.last().after = healthName(is.health);
    }

    void compareRole(const Node& was, const Node& is)
    {
        if (was.role == Role::Unknown || is.role == Role::Unknown)
            return;
        if (was.role != is.role) {
            const bool isNewPrimary
                = std::any_of(m_failovers.begin(), m_failovers.end(), [&](const auto& failover) {
                      return is.role == Role::Primary && failover.second == is.id;
                  });
            if (isNewPrimary)
                return;
            TopologyChange& change = addOf(Change::RoleChanged, is);
            change.from = was.primaryId;
            change.to = is.primaryId;
            change.before = roleName(was.role);
            change.after = roleName(is.role);
        } else if (is.role == Role::Replica && was.primaryId != is.primaryId
            && !was.primaryId.isNull() && !is.primaryId.isNull()
            && !m_failovers.contains({ was.primaryId, is.primaryId })) {
            TopologyChange& change = addOf(Change::PrimaryChanged, is);
            change.from = was.primaryId;
            change.to = is.primaryId;
            change.before = sideName(was.primaryId);
            change.after = sideName(is.primaryId);
        }
    }

    void compareMigrations()
    {
        const auto list = [this](const Topology& topology, const Topology& other, Change kind) {
            std::map<std::pair<NodeId, NodeId>, SlotRanges> open;
            for (const Migration& migration : topology.data().migrations) {
                if (other.migrationOf(migration.slot) != nullptr)
                    continue;
                if (kind == Change::MigrationStarted || hasEnded(migration))
                    appendSlot(&open[{ migration.from, migration.to }], migration.slot);
            }
            for (const auto& [sides, ranges] : open) {
                TopologyChange& change = add(kind);
                change.from = sides.first;
                change.to = sides.second;
                change.ranges = ranges;
                change.before = sideName(sides.first);
                change.after = sideName(sides.second);
                change.node = sides.first.isNull() ? sides.second : sides.first;
                change.shard = nameOfShardOf(change.node);
            }
        };
        list(m_after, m_before, Change::MigrationStarted);
        list(m_before, m_after, Change::MigrationEnded);
    }

    /// Only the sides print that a slot is open, so only they can tell that it is not.
    bool hasEnded(const Migration& migration) const
    {
        const Node* owner = m_after.ownerOf(migration.slot);
        if (owner != nullptr && !migration.to.isNull() && owner->id == migration.to)
            return true;
        const QList<NodeId>& views = m_after.data().views;
        const auto speaks = [&](const NodeId& id) { return id.isNull() || views.contains(id); };
        return speaks(migration.from) && speaks(migration.to);
    }

    void compareState()
    {
        const ClusterState was = m_before.data().state;
        const ClusterState is = m_after.data().state;
        if (was == is || was == ClusterState::Unknown || is == ClusterState::Unknown)
            return;
        TopologyChange& change = add(Change::StateChanged);
        change.before = stateName(was);
        change.after = stateName(is);
    }

    const Topology& m_before;
    const Topology& m_after;
    QList<int> m_later; ///< for each node before: its index after, -1: gone
    QList<bool> m_isNew; ///< for each node after
    QSet<std::pair<NodeId, NodeId>> m_failovers; ///< from, to
    QList<TopologyChange> m_changes;
};

} // namespace

QList<TopologyChange> diff(const Topology& before, const Topology& after)
{
    return Diff(before, after).run();
}

bool looksSame(const Topology& a, const Topology& b)
{
    const TopologyData& left = a.data();
    const TopologyData& right = b.data();
    if (&left == &right)
        return true;
    const auto isSame = [](const Node& x, const Node& y) {
        return x.id == y.id && x.address == y.address && x.role == y.role
            && x.primaryId == y.primaryId && x.health == y.health && x.ranges == y.ranges
            && x.migrating == y.migrating && x.importing == y.importing;
    };
    return left.kind == right.kind && left.product == right.product && left.version == right.version
        && left.state == right.state && left.nodes.size() == right.nodes.size()
        && left.shards == right.shards && left.migrations == right.migrations
        && left.disputes == right.disputes && left.claims == right.claims
        && left.masters == right.masters && a.uncovered() == b.uncovered()
        && std::all_of(left.nodes.begin(), left.nodes.end(), [&](const Node& node) {
               // Each node prints the others in an order of its own.
               const Node* other
                   = node.id.isNull() ? b.nodeByAddress(node.address) : b.nodeById(node.id);
               return other != nullptr && isSame(node, *other);
           });
}

bool isOwnFinding(Change kind)
{
    switch (kind) {
    case Change::Unreached:
    case Change::Reached:
    case Change::Unwatched:
    case Change::ClockSetBack:
        return true;
    case Change::StateChanged:
    case Change::Failover:
    case Change::NodeJoined:
    case Change::NodeLeft:
    case Change::AddressReused:
    case Change::AddressChanged:
    case Change::RoleChanged:
    case Change::PrimaryChanged:
    case Change::NodeSuspected:
    case Change::NodeFailed:
    case Change::NodeRecovered:
    case Change::SlotsMoved:
    case Change::SlotsUncovered:
    case Change::SlotsCovered:
    case Change::MigrationStarted:
    case Change::MigrationEnded:
    case Change::EpochRaised:
        break;
    }
    return false;
}

QString changeName(Change kind)
{
    return nameOf(kinds, kind);
}

std::optional<Change> changeFromName(QStringView name)
{
    return valueOf(kinds, name);
}

} // namespace slotscope::cluster
