// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/session/viewkeeper.h"

#include "core/cluster/serverfacts.h"
#include "core/explain/errors.h"
#include "core/explain/topology.h"
#include "core/support/bytes.h"

#include <algorithm>
#include <array>
#include <memory>
#include <tuple>

namespace slotscope::session {

using cluster::Health;
using cluster::Node;
using cluster::NodeId;
using cluster::NodeLine;
using cluster::NodesView;
using cluster::Slot;
using cluster::ViewInput;

namespace {

NodeId idOfView(const ViewInput& view)
{
    const int myself = view.nodes.myself;
    return myself >= 0 ? view.nodes.nodes.at(myself)->id : NodeId();
}

/// Handshake names are made up and change; nodes without an address come and go.
bool isSettled(const Node& node)
{
    return !node.id.isNull() && node.health != Health::Handshake && node.health != Health::NoAddr;
}

bool hasSameAddress(const Node& a, const Node& b)
{
    return a.ip == b.ip && a.port == b.port && a.hostname == b.hostname;
}

/// What is equal is kept once, not once for each view.
template <typename T>
void share(T* mine, const T& known)
{
    if (*mine == known)
        *mine = known;
}

/// For each slot the owner as one view has it, an index into `ids`, and the epoch of that claim;
/// -1: nobody's.
struct Owners
{
    std::array<int, Slot::count> owner;
    std::array<qint64, Slot::count> epoch;
};

std::unique_ptr<Owners> ownersOf(const SlotClaims& claims, QHash<NodeId, int>* ids)
{
    auto owners = std::make_unique<Owners>();
    owners->owner.fill(-1);
    owners->epoch.fill(-1);
    for (const SlotClaim& claim : claims) {
        const int index = ids->value(claim.owner, static_cast<int>(ids->size()));
        ids->insert(claim.owner, index);
        const int first = claim.range.first.number();
        const int end = claim.range.last.number() + 1;
        std::fill(owners->owner.data() + first, owners->owner.data() + end, index);
        std::fill(owners->epoch.data() + first, owners->epoch.data() + end, claim.epoch);
    }
    return owners;
}

SlotClaims claimsOf(const NodesView& view)
{
    SlotClaims claims;
    for (const Node& node : view.nodes) {
        for (const cluster::SlotRange& range : node.ranges)
            claims.append({ range, node.id, static_cast<qint64>(node.configEpoch.value_or(0)) });
    }
    std::sort(claims.begin(), claims.end(), [](const SlotClaim& a, const SlotClaim& b) {
        return std::tie(a.range.first, a.epoch) < std::tie(b.range.first, b.epoch);
    });
    return claims;
}

/// The slots of which `is` has the later word than `theirs`; `was` is what the speaker of `is` said
/// before, if it did.
cluster::SlotRanges outdatedSlots(const Owners& is, const Owners* was, const Owners& theirs)
{
    cluster::SlotRanges outdated;
    for (int slot = 0; slot < Slot::count; ++slot) {
        const int owner = is.owner.data()[slot];
        if (theirs.owner.data()[slot] == owner)
            continue;
        const qint64 epoch = is.epoch.data()[slot];
        const qint64 theirEpoch = theirs.epoch.data()[slot];
        const bool isLater = was == nullptr
            ? epoch > theirEpoch
            : was->owner.data()[slot] != owner && (owner < 0 || epoch >= theirEpoch);
        if (isLater)
            cluster::appendSlot(&outdated, Slot(slot));
    }
    return outdated;
}

bool isTold(Health health)
{
    return health == Health::Ok || health == Health::PFail || health == Health::Fail;
}

} // namespace

ClusterInfo ClusterInfo::of(const net::Answer& answer)
{
    ClusterInfo info;
    if (!answer.reply || answer.reply->isError())
        return info;
    const auto fields = cluster::parseInfo(answer.reply->text());
    const QByteArray state = fields.value("cluster_state");
    if (state == "ok")
        info.state = cluster::ClusterState::Ok;
    else if (state == "fail")
        info.state = cluster::ClusterState::Fail;
    bool isNumber = false;
    const quint64 epoch = fields.value("cluster_current_epoch").toULongLong(&isNumber);
    if (isNumber)
        info.currentEpoch = epoch;
    return info;
}

bool mayFollow(const cluster::Topology& known, const cluster::Topology& found)
{
    const auto ownsSlots = [](const cluster::Topology& topology) {
        return topology.slotsKnown() && cluster::slotCount(topology.uncovered()) < Slot::count;
    };
    if (!ownsSlots(known))
        return true;
    const QList<Node>& nodes = found.nodes();
    return ownsSlots(found) && std::any_of(nodes.begin(), nodes.end(), [&](const Node& node) {
        return node.id.isNull() || known.nodeById(node.id) != nullptr;
    });
}

ViewKeeper::Understood ViewKeeper::understand(
    const net::Answer& answer, const PollTarget& target) const
{
    const QString address = target.address.toString();
    const auto missing = [&address](support::Error error) {
        if (error.address.isEmpty())
            error.address = address;
        return Understood { {},
            { explain::viewMissing(address, explain::errorSentence(error)), error } };
    };
    if (!answer.reply)
        return missing(answer.reply.error());
    const QByteArrayView text = answer.reply->text();
    if (answer.reply->isError())
        return missing({ cluster::codeOfErrorReply(text), support::toVisibleText(text, 300), {} });
    support::Result<NodesView> parsed = m_parser.parse(text);
    if (!parsed)
        return missing(parsed.error());
    if (parsed->myself < 0)
        return {};

    const NodeId reached = parsed->nodes.at(parsed->myself)->id;
    const bool isOther = !target.id.isNull() && reached != target.id;
    const QString expected = target.id.shortText();
    const support::Error wrongNode { support::ErrorCode::WrongNode, {}, address };
    const auto wrong = [&](const NodeId& other) {
        return Understood { {},
            { explain::wrongNode(expected, other.shortText(), address), wrongNode } };
    };
    const QSet<NodeId> known = members();
    const bool isStranger = std::none_of(parsed->nodes.begin(), parsed->nodes.end(),
        [&](const Node& node) { return known.contains(node.id); });
    if ((parsed->knowsOnlyItself() && known.size() > 1) || (isStranger && !known.isEmpty())) {
        if (!isOther)
            return {};
        return wrong(reached);
    }
    // Addresses or tunnels that are crossed: it is right of itself, but not who was asked.
    if (isOther && known.contains(reached))
        return wrong(reached);
    Understood understood;
    understood.view
        = ViewInput { std::move(parsed).value(), {}, target.address.host, target.address.port, {} };
    if (isOther) {
        // Rebuilt at the same address, under another id.
        understood.trouble
            = { explain::viewMissing(expected, explain::errorSentence(wrongNode)), wrongNode };
    }
    return understood;
}

bool ViewKeeper::needsSlots(const ViewInput& view) const
{
    return std::any_of(view.nodes.nodes.begin(), view.nodes.nodes.end(), [this](const Node& node) {
        // A node does not print its own host before another one has told it.
        if (!isSettled(node) || node.ip.isEmpty())
            return false;
        const auto known = m_lines.constFind(node.id);
        return known == m_lines.constEnd() || !hasSameAddress(*known, node);
    });
}

/// Everybody whom a view other than his own names, and who told the newest.
QSet<NodeId> ViewKeeper::members() const
{
    struct Speakers
    {
        int count = 0;
        NodeId last;
    };
    QHash<const NodeId*, Speakers> speakers; // by the list of names, which most views share
    for (auto kept = m_kept.constBegin(); kept != m_kept.constEnd(); ++kept) {
        Speakers& those = speakers[kept->names.constData()];
        ++those.count;
        those.last = kept.key();
    }
    QSet<NodeId> members;
    if (!m_newest.isNull())
        members.insert(m_newest);
    for (const Kept& kept : m_kept) {
        const Speakers those = speakers.take(kept.names.constData());
        if (those.count == 0)
            continue; // seen already
        for (const NodeId& id : kept.names) {
            if (those.count > 1 || id != those.last)
                members.insert(id);
        }
    }
    return members;
}

bool ViewKeeper::missesNodes() const
{
    const auto newest = m_kept.constFind(m_newest);
    if (newest == m_kept.constEnd())
        return false;
    QSet<NodeId> named;
    for (const Node& node : newest->view.nodes.nodes)
        named.insert(node.id);
    const QSet<NodeId> known = members();
    return std::any_of(
        known.begin(), known.end(), [&](const NodeId& id) { return !named.contains(id); });
}

void ViewKeeper::add(ViewInput view)
{
    addTogether({ std::move(view) });
}

void ViewKeeper::addTogether(const QList<ViewInput>& views)
{
    for (const ViewInput& view : views) {
        rememberSlots(view);
        if (const NodeId id = idOfView(view); !id.isNull())
            keep(id, view);
    }
    if (!m_newest.isNull())
        dropOld();
}

void ViewKeeper::keep(const NodeId& id, ViewInput view)
{
    ++m_round;
    Kept kept;
    kept.round = m_round;
    kept.at = QDateTime::currentDateTimeUtc();
    kept.claims = claimsOf(view.nodes);
    for (const Node& node : std::as_const(view.nodes.nodes)) {
        if (isSettled(node))
            kept.names.append(node.id);
        if (node.health != Health::Ok && node.health != Health::Unknown)
            kept.ill.append({ node.id, node.health, node.ip, node.port });
    }
    std::sort(kept.names.begin(), kept.names.end());
    for (const Kept& other : std::as_const(m_kept)) {
        share(&kept.claims, other.claims);
        share(&kept.names, other.names);
    }
    const auto before = m_kept.constFind(id);
    if (before != m_kept.constEnd())
        dropContradicted(Kept(*before), view.nodes, kept.claims, id);
    else
        dropOlderOwners(nullptr, kept.claims, id);
    m_newest = id;
    m_silent.remove(id);
    m_kept.removeIf([this](const std::pair<const NodeId&, Kept&>& entry) {
        return m_silent.contains(entry.first);
    });
    rememberLines(view.nodes);
    view.slotsView.clear();
    view.outdated.clear();
    kept.view = std::move(view);
    m_kept.insert(id, std::move(kept));
}

void ViewKeeper::addAll(const cluster::Discovery& discovery)
{
    QList<ViewInput> views = discovery.views();
    std::reverse(views.begin(), views.end()); // the freshest last
    addTogether(views);
    m_warnings = discovery.lastingWarnings();
    m_unreachable = discovery.unreachable();
    m_unreached.clear();
    for (const cluster::MissingView& missing : discovery.missing()) {
        markSilent(missing.id, { missing.why, missing.error });
        m_unreached.insert(missing.id);
    }
}

/// What a node has changed its mind about, the others have only not been asked about yet.
void ViewKeeper::dropContradicted(
    const Kept& before, const NodesView& after, const SlotClaims& claims, const NodeId& speaker)
{
    dropOlderOwners(&before.claims, claims, speaker);
    QHash<NodeId, Health> was;
    for (const Node& node : before.view.nodes.nodes)
        was.insert(node.id, node.health);
    QSet<NodeId> changed;
    for (const Node& node : after.nodes) {
        const Health earlier = was.value(node.id, Health::Unknown);
        if (!isTold(node.health) || !isTold(earlier) || node.health == earlier)
            continue;
        changed.insert(node.id);
        if (node.health == Health::Fail && node.id != speaker)
            m_kept.remove(node.id); // what it said is from before that
    }
    if (changed.isEmpty())
        return;
    QHash<const Node*, NodeLine> replaced; // so that views go on sharing
    for (Kept& kept : m_kept) {
        for (NodeLine& line : kept.view.nodes.nodes) {
            if (!isTold(line->health) || !changed.contains(line->id))
                continue;
            auto other = replaced.constFind(line.identity());
            if (other == replaced.constEnd()) {
                Node node = line;
                node.health = Health::Unknown;
                other = replaced.insert(line.identity(), std::move(node));
            }
            line = *other;
        }
        kept.ill.removeIf([&changed](const IllNode& ill) { return changed.contains(ill.id); });
    }
}

/// Of the slots that the speaker gives to others than before. Claims with a higher epoch stay: then
/// it is the speaker who is behind. Of a speaker who is heard for the first time nobody knows what
/// it has changed: then only a higher epoch tells.
void ViewKeeper::dropOlderOwners(
    const SlotClaims* before, const SlotClaims& after, const NodeId& speaker)
{
    const auto differs
        = [&](const Kept& kept) { return kept.claims.constData() != after.constData(); };
    if (std::none_of(m_kept.cbegin(), m_kept.cend(), differs))
        return;
    QHash<NodeId, int> ids;
    const auto is = ownersOf(after, &ids);
    const auto was = before == nullptr ? nullptr : ownersOf(*before, &ids);
    if (was != nullptr && was->owner == is->owner)
        return;
    QHash<const SlotClaim*, cluster::SlotRanges> results; // by the claims, which most views share
    for (auto kept = m_kept.begin(); kept != m_kept.end(); ++kept) {
        if (kept.key() == speaker || !differs(*kept))
            continue;
        auto result = results.constFind(kept->claims.constData());
        if (result == results.constEnd()) {
            result = results.insert(kept->claims.constData(),
                outdatedSlots(*is, was.get(), *ownersOf(kept->claims, &ids)));
        }
        cluster::SlotRanges& outdated = kept->view.outdated;
        if (!result->isEmpty() && outdated != *result)
            outdated = cluster::normalized(outdated + *result);
    }
}

void ViewKeeper::rememberLines(const NodesView& view)
{
    for (const Node& node : view.nodes) {
        if (isSettled(node) && (!node.ip.isEmpty() || !m_lines.contains(node.id)))
            m_lines.insert(node.id, node);
    }
}

void ViewKeeper::rememberSlots(const ViewInput& view)
{
    if (view.slotsView.isEmpty())
        return;
    m_slots = view.slotsView;
    for (cluster::SlotsEntry& entry : m_slots) {
        for (cluster::SlotsNode& node : entry.nodes) {
            if (node.host.isEmpty())
                node.host = view.connectionHost;
        }
    }
}

void ViewKeeper::dropOld()
{
    // Twice around all nodes, and a little.
    const int oldest
        = m_round - 2 * static_cast<int>(m_kept.value(m_newest).view.nodes.nodes.size()) - 3;
    m_kept.removeIf([&](const std::pair<const NodeId&, Kept&>& entry) {
        return entry.first != m_newest && entry.second.round < oldest;
    });
    const QSet<NodeId> known = members();
    QSet<NodeId> failed;
    for (const Node& node : m_kept.value(m_newest).view.nodes.nodes) {
        if (node.health == Health::Fail)
            failed.insert(node.id);
    }
    m_kept.removeIf(
        [&](const std::pair<const NodeId&, Kept&>& entry) { return !known.contains(entry.first); });
    m_silent.removeIf([&](const std::pair<const NodeId&, Silence&>& entry) {
        return !known.contains(entry.first) || failed.contains(entry.first);
    });
    m_lines.removeIf(
        [&](const std::pair<const NodeId&, Node&>& entry) { return !known.contains(entry.first); });
}

void ViewKeeper::markSilent(const NodeId& id, Silence silence)
{
    if (id.isNull())
        return;
    if (id != m_newest) // the base, until somebody else answers
        m_kept.remove(id);
    const auto known = m_silent.constFind(id);
    silence.since = known == m_silent.constEnd() ? QDateTime::currentDateTimeUtc() : known->since;
    m_silent.insert(id, silence);
}

QSet<NodeId> ViewKeeper::silent() const
{
    return { m_silent.keyBegin(), m_silent.keyEnd() };
}

QSet<NodeId> ViewKeeper::speaking() const
{
    return { m_kept.keyBegin(), m_kept.keyEnd() };
}

} // namespace slotscope::session
