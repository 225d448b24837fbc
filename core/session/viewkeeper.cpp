// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/session/viewkeeper.h"

#include <algorithm>

namespace slotscope::session {

using cluster::Health;
using cluster::Node;
using cluster::NodeId;
using cluster::NodesView;
using cluster::ViewInput;

namespace {

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

/// What only the node itself can tell: its open slots. Everything else is left to newer views.
ViewInput ownLineOnly(const ViewInput& view)
{
    ViewInput reduced;
    reduced.connectionHost = view.connectionHost;
    reduced.connectionPort = view.connectionPort;
    Node own = view.nodes.nodes.at(view.nodes.myself);
    own.ranges.clear();
    own.configEpoch.reset();
    reduced.nodes.nodes = { own };
    reduced.nodes.myself = 0;
    return reduced;
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

ViewKeeper::Ownership ViewKeeper::ownershipOf(const NodesView& view)
{
    Ownership ownership;
    for (const Node& node : view.nodes) {
        if (isSettled(node))
            ownership.insert(node.id, node.ranges);
    }
    return ownership;
}

void ViewKeeper::replaceAll(const QList<ViewInput>& views)
{
    m_kept.clear();
    m_addresses.clear();
    m_silent.clear();
    m_slots.clear();
    m_ownership.clear();
    ++m_round;
    for (const ViewInput& view : views) {
        for (const Node& node : view.nodes.nodes) {
            if (isSettled(node) && !node.ip.isEmpty())
                m_addresses.insert(node.id, printedAddress(node));
        }
        rememberSlots(view);
        const NodeId id = idOfView(view);
        if (id.isNull())
            continue;
        if (m_kept.isEmpty()) {
            m_newest = id;
            m_ownership = ownershipOf(view.nodes);
        }
        ViewInput kept = view;
        kept.slotsView.clear();
        m_kept.insert(id, { kept, m_round, false });
    }
}

std::optional<ViewInput> ViewKeeper::understand(
    const net::Answer& answer, const net::Endpoint& address) const
{
    if (!answer.reply || answer.reply->isError())
        return std::nullopt;
    support::Result<NodesView> parsed = cluster::parseNodes(answer.reply->text());
    if (!parsed || parsed->myself < 0)
        return std::nullopt;
    if (parsed->knowsOnlyItself() && m_ownership.size() > 1)
        return std::nullopt;
    const auto isKnown = [this](const Node& node) { return m_ownership.contains(node.id); };
    if (std::none_of(parsed->nodes.begin(), parsed->nodes.end(), isKnown))
        return std::nullopt;
    ViewInput view;
    view.nodes = std::move(parsed).value();
    view.connectionHost = address.host;
    view.connectionPort = address.port;
    return view;
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

void ViewKeeper::add(ViewInput view)
{
    const NodeId id = idOfView(view);
    if (id.isNull())
        return;
    ++m_round;
    const Ownership ownership = ownershipOf(view.nodes);
    const auto before = m_kept.constFind(id);
    const bool changed = before != m_kept.constEnd() ? ownershipOf(before->view.nodes) != ownership
                                                     : m_ownership != ownership;
    if (changed) {
        for (Kept& kept : m_kept)
            kept.outdated = true;
    }
    m_ownership = ownership;
    m_newest = id;
    m_silent.remove(id);
    QHash<NodeId, QString> addresses;
    for (const Node& node : view.nodes.nodes) {
        if (isSettled(node)) {
            addresses.insert(
                node.id, node.ip.isEmpty() ? m_addresses.value(node.id) : printedAddress(node));
        }
    }
    m_addresses = addresses;
    rememberSlots(view);
    view.slotsView.clear();
    const NodesView newest = view.nodes;
    m_kept.insert(id, { std::move(view), m_round, false });
    dropOld(newest);
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

void ViewKeeper::dropOld(const NodesView& newest)
{
    QSet<NodeId> alive;
    for (const Node& node : newest.nodes) {
        if (isSettled(node) && node.health != Health::Fail)
            alive.insert(node.id);
    }
    // Twice around all nodes, and a little.
    const int oldest = m_round - 2 * static_cast<int>(newest.nodes.size()) - 3;
    m_kept.removeIf([&](const std::pair<const NodeId&, Kept&>& entry) {
        return !alive.contains(entry.first) || entry.second.round < oldest;
    });
    m_silent.intersect(alive);
}

void ViewKeeper::markSilent(const NodeId& id)
{
    if (id.isNull())
        return;
    m_kept.remove(id);
    m_silent.insert(id);
}

cluster::Topology ViewKeeper::merge(
    const cluster::Topology& previous, const ClusterInfo& info, const QStringList& warnings) const
{
    cluster::TopologyData head;
    const cluster::TopologyData& before = previous.data();
    head.capturedAt = QDateTime::currentDateTimeUtc();
    head.seedTyped = before.seedTyped;
    head.seed = before.seed;
    head.seedDialled = before.seedDialled;
    head.kind = before.kind;
    head.product = before.product;
    head.version = before.version;
    head.state = info.state;
    head.currentEpoch = info.currentEpoch;
    head.answeredBy = m_newest;
    head.viewsAnswered = static_cast<int>(m_kept.size());
    head.viewsAsked = head.viewsAnswered + static_cast<int>(m_silent.size());
    head.warnings = warnings;

    ViewInput newest = m_kept.value(m_newest).view;
    // Only of nodes that are still there: SLOTS must not bring back what was forgotten.
    for (cluster::SlotsEntry entry : m_slots) {
        entry.nodes.removeIf([this](const cluster::SlotsNode& node) {
            return !node.id.isNull() && !m_ownership.contains(node.id);
        });
        if (!entry.nodes.isEmpty())
            newest.slotsView.append(entry);
    }
    QList<ViewInput> views { newest };
    for (auto kept = m_kept.constBegin(); kept != m_kept.constEnd(); ++kept) {
        if (kept.key() != m_newest)
            views.append(kept->outdated ? ownLineOnly(kept->view) : kept->view);
    }
    return cluster::mergeViews(views, head, &previous);
}

} // namespace slotscope::session
