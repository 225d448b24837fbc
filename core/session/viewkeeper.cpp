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

namespace slotscope::session {

using cluster::Health;
using cluster::Node;
using cluster::NodeId;
using cluster::NodesView;
using cluster::Slot;
using cluster::ViewInput;

namespace {

constexpr int mostWarnings = 8;

NodeId idOfView(const ViewInput& view)
{
    const int myself = view.nodes.myself;
    return myself >= 0 ? view.nodes.nodes.at(myself).id : NodeId();
}

/// Handshake names are made up and change; nodes without an address come and go.
bool isSettled(const Node& node)
{
    return !node.id.isNull() && node.health != Health::Handshake && node.health != Health::NoAddr;
}

QString printedAddress(const Node& node)
{
    return node.ip + u':' + QString::number(node.port) + u',' + node.hostname;
}

/// For each slot the owner as one view has it, an index into `ids`, and the epoch of that claim;
/// -1: nobody's.
struct Owners
{
    std::array<int, Slot::count> owner;
    std::array<qint64, Slot::count> epoch;
};

std::unique_ptr<Owners> ownersOf(const NodesView& view, QHash<NodeId, int>* ids)
{
    auto owners = std::make_unique<Owners>();
    owners->owner.fill(-1);
    owners->epoch.fill(-1);
    for (const Node& node : view.nodes) {
        const int index = ids->value(node.id, static_cast<int>(ids->size()));
        ids->insert(node.id, index);
        const auto epoch = static_cast<qint64>(node.configEpoch.value_or(0));
        for (const cluster::SlotRange& range : node.ranges) {
            const int first = range.first.number();
            const int end = range.last.number() + 1;
            std::fill(owners->owner.data() + first, owners->owner.data() + end, index);
            std::fill(owners->epoch.data() + first, owners->epoch.data() + end, epoch);
        }
    }
    return owners;
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
        return Understood { {}, explain::viewMissing(address, explain::errorSentence(error)) };
    };
    if (!answer.reply)
        return missing(answer.reply.error());
    const QByteArrayView text = answer.reply->text();
    if (answer.reply->isError())
        return missing({ cluster::codeOfErrorReply(text), support::toVisibleText(text, 300), {} });
    support::Result<NodesView> parsed = cluster::parseNodes(text);
    if (!parsed)
        return missing(parsed.error());
    if (parsed->myself < 0)
        return {};

    const NodeId reached = parsed->nodes.at(parsed->myself).id;
    const bool isOther = !target.id.isNull() && reached != target.id;
    const QString expected = target.id.shortText();
    const QSet<NodeId> known = members();
    const bool isStranger = std::none_of(parsed->nodes.begin(), parsed->nodes.end(),
        [&](const Node& node) { return known.contains(node.id); });
    if ((parsed->knowsOnlyItself() && known.size() > 1) || (isStranger && !known.isEmpty())) {
        if (!isOther)
            return {};
        return { {}, explain::wrongNode(expected, reached.shortText(), address) };
    }
    // Addresses or tunnels that are crossed: it is right of itself, but not who was asked.
    if (isOther && known.contains(reached))
        return { {}, explain::wrongNode(expected, reached.shortText(), address) };
    Understood understood;
    understood.view
        = ViewInput { std::move(parsed).value(), {}, target.address.host, target.address.port, {} };
    if (isOther) {
        // Rebuilt at the same address, under another id.
        understood.trouble = explain::viewMissing(expected,
            explain::errorSentence(
                { support::ErrorCode::WrongNode, reached.shortText(), address }));
    }
    return understood;
}

bool ViewKeeper::needsSlots(const ViewInput& view) const
{
    return std::any_of(view.nodes.nodes.begin(), view.nodes.nodes.end(), [this](const Node& node) {
        // A node does not print its own host before another one has told it.
        if (!isSettled(node) || node.ip.isEmpty())
            return false;
        return m_addresses.value(node.id) != printedAddress(node);
    });
}

/// Everybody whom a view other than his own names, and who told the newest.
QSet<NodeId> ViewKeeper::members() const
{
    QSet<NodeId> members;
    if (!m_newest.isNull())
        members.insert(m_newest);
    for (auto kept = m_kept.constBegin(); kept != m_kept.constEnd(); ++kept) {
        for (const Node& node : kept->view.nodes.nodes) {
            if (isSettled(node) && node.id != kept.key())
                members.insert(node.id);
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
    const NodeId id = idOfView(view);
    rememberSlots(view);
    if (id.isNull())
        return;
    ++m_round;
    const auto before = m_kept.constFind(id);
    if (before != m_kept.constEnd())
        dropContradicted(NodesView(before->view.nodes), view.nodes, id);
    else
        dropOlderOwners(nullptr, view.nodes, id);
    m_newest = id;
    m_silent.remove(id);
    m_kept.removeIf([this](const std::pair<const NodeId&, Kept&>& entry) {
        return m_silent.contains(entry.first);
    });
    rememberAddresses(view.nodes);
    view.slotsView.clear();
    view.outdated.clear();
    m_kept.insert(id, { std::move(view), m_round });
    dropOld();
}

void ViewKeeper::addAll(const cluster::Discovery& discovery)
{
    const QList<ViewInput>& views = discovery.views();
    for (auto view = views.crbegin(); view != views.crend(); ++view)
        add(*view); // the freshest last
    m_warnings = discovery.lastingWarnings();
    m_unreachable = discovery.unreachable();
    m_unreached.clear();
    for (const cluster::MissingView& missing : discovery.missing()) {
        markSilent(missing.id, missing.why);
        m_unreached.insert(missing.id);
    }
}

/// What a node has changed its mind about, the others have only not been asked about yet.
void ViewKeeper::dropContradicted(
    const NodesView& before, const NodesView& after, const NodeId& speaker)
{
    dropOlderOwners(&before, after, speaker);
    QHash<NodeId, Health> was;
    for (const Node& node : before.nodes)
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
    for (Kept& kept : m_kept) {
        for (Node& node : kept.view.nodes.nodes) {
            if (changed.contains(node.id))
                node.health = Health::Unknown;
        }
    }
}

/// Of the slots that the speaker gives to others than before. Claims with a higher epoch stay: then
/// it is the speaker who is behind. Of a speaker who is heard for the first time nobody knows what
/// it has changed: then only a higher epoch tells.
void ViewKeeper::dropOlderOwners(
    const NodesView* before, const NodesView& after, const NodeId& speaker)
{
    QHash<NodeId, int> ids;
    const auto is = ownersOf(after, &ids);
    const auto was = before == nullptr ? nullptr : ownersOf(*before, &ids);
    if (was != nullptr && was->owner == is->owner)
        return;
    for (auto kept = m_kept.begin(); kept != m_kept.end(); ++kept) {
        if (kept.key() == speaker)
            continue;
        const auto theirs = ownersOf(kept->view.nodes, &ids);
        cluster::SlotRanges outdated;
        for (int slot = 0; slot < Slot::count; ++slot) {
            const int owner = is->owner.data()[slot];
            if (theirs->owner.data()[slot] == owner)
                continue;
            const qint64 epoch = is->epoch.data()[slot];
            const qint64 theirEpoch = theirs->epoch.data()[slot];
            const bool isLater = was == nullptr
                ? epoch > theirEpoch
                : was->owner.data()[slot] != owner && (owner < 0 || epoch >= theirEpoch);
            if (isLater)
                cluster::appendSlot(&outdated, Slot(slot));
        }
        if (!outdated.isEmpty())
            kept->view.outdated = cluster::normalized(kept->view.outdated + outdated);
    }
}

void ViewKeeper::rememberAddresses(const NodesView& view)
{
    for (const Node& node : view.nodes) {
        if (isSettled(node) && (!node.ip.isEmpty() || !m_addresses.contains(node.id)))
            m_addresses.insert(node.id, node.ip.isEmpty() ? QString() : printedAddress(node));
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
    m_silent.removeIf([&](const std::pair<const NodeId&, QString&>& entry) {
        return !known.contains(entry.first) || failed.contains(entry.first);
    });
    m_addresses.removeIf([&](const std::pair<const NodeId&, QString&>& entry) {
        return !known.contains(entry.first);
    });
}

void ViewKeeper::markSilent(const NodeId& id, const QString& trouble)
{
    if (id.isNull())
        return;
    if (id != m_newest) // the base, until somebody else answers
        m_kept.remove(id);
    m_silent.insert(id, trouble);
}

QSet<NodeId> ViewKeeper::silent() const
{
    return { m_silent.keyBegin(), m_silent.keyEnd() };
}

QSet<NodeId> ViewKeeper::speaking() const
{
    return { m_kept.keyBegin(), m_kept.keyEnd() };
}

void ViewKeeper::countViews(cluster::TopologyData* data) const
{
    data->viewsAnswered = static_cast<int>(m_kept.size()) - (m_silent.contains(m_newest) ? 1 : 0);
    data->viewsAsked = data->viewsAnswered + static_cast<int>(m_silent.size());
    data->warnings = m_warnings;
    const bool isStillSo = std::all_of(m_unreached.begin(), m_unreached.end(),
        [this](const NodeId& id) { return m_silent.contains(id); });
    if (!m_unreachable.isEmpty() && isStillSo)
        data->warnings.append(m_unreachable);
    QStringList troubles = m_silent.values();
    troubles.removeIf([](const QString& trouble) { return trouble.isEmpty(); });
    troubles.sort();
    data->warnings += troubles.first(std::min<qsizetype>(troubles.size(), mostWarnings));
    if (troubles.size() > mostWarnings)
        data->warnings.append(
            explain::moreViewsMissing(static_cast<int>(troubles.size()) - mostWarnings));
}

cluster::Topology ViewKeeper::merge(const cluster::TopologyData& known, const ClusterInfo& info,
    const cluster::Topology& previous) const
{
    cluster::TopologyData head;
    head.capturedAt = QDateTime::currentDateTimeUtc();
    head.seedTyped = known.seedTyped;
    head.seed = known.seed;
    head.seedDialled = known.seedDialled;
    head.kind = known.kind;
    head.product = known.product;
    head.version = known.version;
    head.state = info.state;
    head.currentEpoch = info.currentEpoch;
    head.answeredBy = m_newest;
    countViews(&head);

    ViewInput newest = m_kept.value(m_newest).view;
    // Only of nodes that are still there: SLOTS must not bring back what was forgotten.
    const QSet<NodeId> present = members();
    for (cluster::SlotsEntry entry : m_slots) {
        entry.nodes.removeIf([&](const cluster::SlotsNode& node) {
            return !node.id.isNull() && !present.contains(node.id);
        });
        if (!entry.nodes.isEmpty())
            newest.slotsView.append(entry);
    }
    QList<ViewInput> views { newest };
    for (auto kept = m_kept.constBegin(); kept != m_kept.constEnd(); ++kept) {
        if (kept.key() != m_newest)
            views.append(kept->view);
    }
    return cluster::mergeViews(views, head, &previous);
}

} // namespace slotscope::session
