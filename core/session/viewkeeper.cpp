// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/session/viewkeeper.h"

#include "core/cluster/serverfacts.h"
#include "core/explain/errors.h"
#include "core/explain/topology.h"
#include "core/support/bytes.h"

#include <algorithm>

namespace slotscope::session {

using cluster::Health;
using cluster::Node;
using cluster::NodeId;
using cluster::NodesView;
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
    reduced.outdated = { { cluster::Slot(0), cluster::Slot(cluster::Slot::count - 1) } };
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
    const auto isKnown = [this](const Node& node) { return m_ownership.contains(node.id); };
    if ((parsed->knowsOnlyItself() && m_ownership.size() > 1)
        || std::none_of(parsed->nodes.begin(), parsed->nodes.end(), isKnown)) {
        if (!isOther)
            return {};
        return { {}, explain::wrongNode(expected, reached.shortText(), address) };
    }
    Understood understood;
    understood.view
        = ViewInput { std::move(parsed).value(), {}, target.address.host, target.address.port };
    if (isOther) {
        // Of this cluster all the same: rebuilt under another id, or maps that are crossed.
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
        // The newest stays, even that of a node which says of itself that it has failed.
        return entry.first != m_newest
            && (!alive.contains(entry.first) || entry.second.round < oldest);
    });
    m_silent.removeIf([&](const std::pair<const NodeId&, QString&>& entry) {
        return !alive.contains(entry.first);
    });
}

void ViewKeeper::markSilent(const NodeId& id, const QString& trouble)
{
    if (id.isNull())
        return;
    m_kept.remove(id);
    m_silent.insert(id, trouble);
}

QSet<NodeId> ViewKeeper::silent() const
{
    return { m_silent.keyBegin(), m_silent.keyEnd() };
}

void ViewKeeper::countViews(cluster::TopologyData* data, const QStringList& warnings) const
{
    data->viewsAnswered = static_cast<int>(m_kept.size());
    data->viewsAsked = data->viewsAnswered + static_cast<int>(m_silent.size());
    data->warnings = warnings;
    QStringList troubles = m_silent.values();
    troubles.removeIf(
        [&](const QString& trouble) { return trouble.isEmpty() || warnings.contains(trouble); });
    troubles.sort();
    data->warnings += troubles.first(std::min<qsizetype>(troubles.size(), mostWarnings));
    if (troubles.size() > mostWarnings)
        data->warnings.append(
            explain::moreViewsMissing(static_cast<int>(troubles.size()) - mostWarnings));
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
    countViews(&head, warnings);

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
