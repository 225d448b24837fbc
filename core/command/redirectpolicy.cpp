// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/redirectpolicy.h"

#include "core/explain/commands.h"
#include "core/explain/errors.h"
#include "core/explain/redirects.h"

#include <algorithm>

namespace slotscope::command {

using cluster::Node;
using support::ErrorCode;

namespace {

constexpr int mostInVain = 2; ///< 0.3 s: every node is asked for a newer map meanwhile

// What users and passwords may do is kept by each node for itself.
bool isDenial(const QByteArray& word)
{
    return word == "NOAUTH" || word == "NOPERM" || word == "WRONGPASS";
}

/// Waiting mends no route and no name; a newer map may. (One of the map without an address has none
/// in its error.)
bool isDefinite(const support::Error& error)
{
    return error.code == ErrorCode::ConnectFailed
        || (error.code == ErrorCode::ResolveFailed && !error.address.isEmpty());
}

bool canBeAsked(const Node& node)
{
    return node.address.isDialable() && node.health != cluster::Health::Fail
        && node.health != cluster::Health::NoAddr && node.health != cluster::Health::Handshake;
}

} // namespace

RedirectPolicy::RedirectPolicy(const RunContext& context, Behaviour behaviour,
    std::optional<cluster::Slot> slot, bool readOnly)
    : m_seed(context.seed)
    , m_behaviour(std::move(behaviour))
    , m_limits(context.limits)
    , m_latestMap(context.latestMap)
    , m_first(context.map)
    , m_map(context.map)
    , m_given(context.map)
    , m_slot(slot)
    , m_readOnly(readOnly)
{ }

NodeName RedirectPolicy::nameOf(const net::Endpoint& address) const
{
    NodeName name = command::nameOf(m_first, address);
    if (!name.id.isNull())
        return name;
    NodeName later = command::nameOf(m_map, address);
    return later.id.isNull() ? name : later;
}

NextMove RedirectPolicy::begin()
{
    const bool byMap = m_behaviour.start == Start::Owner || m_behaviour.start == Start::Replica;
    if (m_behaviour.start == Start::Node)
        return visit(m_behaviour.node);
    if (!byMap || !m_slot || m_map.isEmpty() || m_map.data().kind != cluster::Kind::Cluster)
        return visit(m_seed);
    if (m_behaviour.start == Start::Replica && m_readOnly)
        return startAtReplica();
    const Node* owner = m_map.ownerOf(*m_slot);
    return owner ? visit(*owner) : withoutOwner();
}

// Where nobody may tell the slots (no permission) any node says where to go, as clients have it.
NextMove RedirectPolicy::withoutOwner()
{
    return m_map.slotsKnown()
        ? end(TraceOutcome::SlotUnowned, explain::slotUnowned(m_slot->number()))
        : visit(m_seed);
}

// The replicas of the slot's shard in turn, then its primary.
NextMove RedirectPolicy::startAtReplica()
{
    const cluster::Shard* shard = m_map.shardOf(*m_slot);
    const Node* owner = m_map.ownerOf(*m_slot);
    if (!owner)
        return withoutOwner();
    m_untried.clear();
    for (const cluster::NodeId& id : shard ? shard->replicaIds : QList<cluster::NodeId>()) {
        const Node* replica = m_map.nodeById(id);
        if (replica && canBeAsked(*replica))
            m_untried.append(id);
    }
    if (m_untried.isEmpty())
        return visit(*owner);
    m_untried.append(owner->id);
    return visit(*m_map.nodeById(m_untried.takeFirst()));
}

// At once, without a wait: another node has the same keys.
std::optional<NextMove> RedirectPolicy::nextReplica(const Hop& hop)
{
    if (m_untried.isEmpty() || m_visits >= m_limits.maxHops || hop.asking)
        return std::nullopt;
    const Node* next = m_map.nodeById(m_untried.takeFirst());
    return next ? std::optional(visit(*next)) : std::nullopt;
}

NextMove RedirectPolicy::visit(const Node& node)
{
    NextMove next = visit(node.address);
    next.nodeId = node.id;
    next.replicaRead = m_behaviour.start == Start::Replica && node.role == cluster::Role::Replica;
    m_last = next;
    return next;
}

NextMove RedirectPolicy::visit(const net::Endpoint& address)
{
    ++m_visits;
    NextMove next;
    next.kind = NextMove::Kind::Visit;
    next.address = address;
    m_last = next;
    return next;
}

NextMove RedirectPolicy::end(TraceOutcome outcome, const QString& detail) const
{
    NextMove next;
    next.outcome = outcome;
    next.detail = detail;
    return next;
}

// Whether waiting may bring a newer map that is worth following.
bool RedirectPolicy::canLearn() const
{
    const bool byMap = m_behaviour.start == Start::Owner || m_behaviour.start == Start::Replica;
    return m_behaviour.follow && m_latestMap && m_slot && (byMap || m_learnt)
        && m_map.data().kind == cluster::Kind::Cluster;
}

NextMove RedirectPolicy::afterError(Hop& hop)
{
    const Verdict verdict = judgeError(hop.raw, hop.address, m_map);
    hop.outcome = verdict.outcome;
    if (verdict.redirect)
        return afterRedirect(hop, verdict);

    const QByteArray word = errorWord(hop.raw);
    if (isDenial(word))
        return end(
            TraceOutcome::Error, explain::deniedByNode(hop.nodeLabel, hop.address.toString()));
    if (!m_behaviour.follow)
        return end(TraceOutcome::Error);
    const bool isReplicaOff
        = hop.outcome == HopOutcome::Loading || hop.outcome == HopOutcome::MasterDown;
    if (const auto other = isReplicaOff ? nextReplica(hop) : std::nullopt)
        return *other;
    // A command that the map did not send there (no keys, or a node that the user chose) is not
    // carried elsewhere.
    NextMove next = end(TraceOutcome::Error);
    if (verdict.kind == Verdict::Kind::Wait && (canLearn() || !verdict.needsNewerMap)) {
        next = backOff(hop, verdict.inVain,
            verdict.inVain == TraceOutcome::Error
                ? QString()
                : explain::gaveUpWaiting(
                    QString::fromLatin1(word), hop.nodeLabel, m_troubleMs * 1000));
    }
    next.wantsRefresh = verdict.wantsRefresh;
    return next;
}

NextMove RedirectPolicy::afterRedirect(Hop& hop, const Verdict& verdict)
{
    const Redirect& redirect = *verdict.redirect;
    hop.slot = redirect.slot;
    hop.target = redirect.targetText;
    if (verdict.target)
        hop.targetAddress = *verdict.target;
    hop.targetLabel = verdict.target ? nameOf(*verdict.target).label : redirect.targetText;

    if (!m_behaviour.follow)
        return end(TraceOutcome::RedirectNotFollowed);
    m_slot = redirect.slot;
    m_untried.clear();
    if (!verdict.target) {
        const QString why = explain::redirectUnusable(redirect.targetText);
        NextMove next = canLearn() ? backOff(hop, verdict.inVain, why) : end(verdict.inVain, why);
        next.wantsRefresh = verdict.wantsRefresh;
        return next;
    }
    if (hop.outcome == HopOutcome::Moved)
        return afterMoved(hop);
    if (m_visits >= m_limits.maxHops)
        return end(TraceOutcome::TooManyRedirects, explain::tooManyRedirects(m_visits));
    NextMove next = visit(*verdict.target);
    next.asking = true;
    m_last = next;
    return next;
}

NextMove RedirectPolicy::afterMoved(Hop& hop)
{
    const std::pair pair { hop.address, hop.targetAddress };
    if (m_movedPairs.contains(pair)) {
        return end(TraceOutcome::TooManyRedirects,
            explain::redirectedInCircle(hop.nodeLabel, hop.targetLabel));
    }
    if (m_visits >= m_limits.maxHops)
        return end(TraceOutcome::TooManyRedirects, explain::tooManyRedirects(m_visits));
    m_movedPairs.append(pair);
    m_map = m_map.withOwner(*hop.slot, hop.targetAddress);
    m_learnt = true;
    hop.mapChanged = true;
    NextMove next = visit(hop.targetAddress);
    next.dialAgain = hop.targetAddress == hop.address;
    m_last = next;
    return next;
}

NextMove RedirectPolicy::afterNoConnection(Hop& hop, const support::Error& error, qint64 spentMs)
{
    if (error.code == ErrorCode::Cancelled) {
        hop.outcome = HopOutcome::Cancelled;
        return end(TraceOutcome::Cancelled, explain::cancelled());
    }
    hop.outcome = HopOutcome::ConnectFailed;
    if (hop.raw.isEmpty())
        hop.raw = explain::errorSentence(error).toUtf8();
    m_troubleMs += spentMs;
    NextMove next = end(TraceOutcome::ConnectFailed, QString::fromUtf8(hop.raw));
    if (isTransient(error.code)) {
        if (const auto other = m_behaviour.follow ? nextReplica(hop) : std::nullopt)
            next = *other;
        else if (canLearn() && (!isDefinite(error) || ++m_inVain <= mostInVain))
            // a failover may be under way, and takes seconds
            next = backOff(hop, TraceOutcome::ConnectFailed, next.detail);
    }
    next.wantsRefresh = true;
    return next;
}

NextMove RedirectPolicy::backOff(const Hop& hop, TraceOutcome outcome, const QString& detail)
{
    const bool isTryAgain = hop.outcome == HopOutcome::TryAgain;
    int& next = isTryAgain ? m_tryAgainMs : m_downMs;
    if (next == 0)
        next = isTryAgain ? m_limits.tryAgainFirstMs : m_limits.clusterDownFirstMs;
    if (m_troubleMs + next > m_limits.deadlineMs)
        return end(outcome, detail);
    NextMove move;
    move.kind = NextMove::Kind::Wait;
    move.waitMs = next;
    m_mayReroute = !isTryAgain; // TRYAGAIN is for this node, and for this ASK
    m_troubleMs += next;
    next = std::min(next * 2, isTryAgain ? m_limits.tryAgainMaxMs : m_limits.clusterDownMaxMs);
    m_movedPairs.clear(); // the nodes have time to agree
    return move;
}

NextMove RedirectPolicy::afterWait()
{
    const int visits = m_visits; // a retry is bounded by the deadline, not counted as a redirect
    NextMove next = m_last;
    if (m_mayReroute && canLearn()) {
        // Only where the owner of the map has changed its mind: what it says may be older than the
        // MOVED that brought us here.
        const cluster::Topology latest = m_latestMap();
        const Node* before = m_given.ownerOf(*m_slot);
        const Node* owner = latest.ownerOf(*m_slot);
        if (owner && (!before || before->address != owner->address)) {
            m_map = latest;
            next = m_behaviour.start == Start::Replica && m_readOnly ? startAtReplica()
                                                                     : visit(*owner);
        }
        m_given = latest;
    }
    m_visits = visits;
    next.dialAgain = false;
    m_last = next;
    return next;
}

} // namespace slotscope::command
