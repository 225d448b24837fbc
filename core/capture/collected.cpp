// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/capture/collected.h"

#include "core/capture/collectnode.h"
#include "core/cluster/sharding.h"
#include "core/explain/errors.h"
#include "core/explain/topology.h"

#include <QHostAddress>

#include <algorithm>

namespace slotscope::capture {

using cluster::Kind;
using cluster::NodeId;
using cluster::Topology;
using cluster::TopologyData;
using health::NodeView;
using support::Error;
using support::ErrorCode;

namespace {

struct Node
{
    NodeView view;
    NodeAnswers answers;
};

/// Shard by shard, the primary first.
void sortAs(QList<Node>* nodes, const Topology& topology)
{
    QHash<NodeId, int> places;
    for (const cluster::Shard& shard : topology.shards()) {
        places.insert(shard.primaryId, static_cast<int>(places.size()));
        for (const NodeId& id : shard.replicaIds)
            places.insert(id, static_cast<int>(places.size()));
    }
    const int last = static_cast<int>(places.size());
    std::stable_sort(nodes->begin(), nodes->end(), [&](const Node& a, const Node& b) {
        return places.value(a.view.id, last) < places.value(b.view.id, last);
    });
}

class Assembly
{
public:
    explicit Assembly(const Collected& collected)
        : m_collected(collected)
    {
        for (const CollectNode* node : collected.nodes) {
            NodeAnswers answers = node->answers();
            NodeView view = node->view();
            if (!node->isSettled()) {
                view.reachable = false;
                view.error = answers.error;
            }
            m_nodes.append({ view, answers });
        }
    }

    support::Result<Capture> run()
    {
        const std::optional<Kind> kind = kindOfAll();
        const bool hasAnswer = std::any_of(m_nodes.begin(), m_nodes.end(),
            [](const Node& node) { return !node.answers.replies.isEmpty(); });
        if (m_collected.known.isEmpty() && (!hasAnswer || !kind || facts().wantsPassword()))
            return whyNothing();
        m_head = head(kind.value_or(m_collected.known.data().kind));
        Capture capture;
        capture.savedAt = QDateTime::currentDateTimeUtc();
        capture.utcOffsetSeconds = QDateTime::currentDateTime().offsetFromUtc();
        capture.dnsAnswers = m_collected.dnsAnswers;
        capture.names = m_collected.names;
        capture.topology = cluster::withLabelsOf(m_collected.knownShards, topology(hasAnswer));
        sortAs(&m_nodes, capture.topology);
        if (capture.topology.slotsKnown())
            capture.findings = health::findingsOf(evidence(capture.topology));
        for (const Node& node : std::as_const(m_nodes)) {
            NodeAnswers answers = node.answers;
            // The seed was asked at the address that was typed.
            const cluster::Node* known = capture.topology.nodeById(answers.id);
            if (!answers.id.isNull() && known != nullptr && known->address.isDialable())
                answers.address = known->address;
            capture.nodes.append(answers);
        }
        return capture;
    }

private:
    const cluster::ServerFacts& facts() const { return m_collected.seedNode->facts(); }

    std::optional<Kind> kindOfAll() const
    {
        const bool hasView = std::any_of(
            m_nodes.begin(), m_nodes.end(), [](const Node& node) { return node.view.hasView(); });
        if (const std::optional<Kind> kind = facts().kind())
            return kind;
        return hasView ? std::optional(Kind::Cluster) : std::nullopt;
    }

    Error whyNothing() const
    {
        const QString address = m_collected.seed.toString();
        const NodeAnswers answers = m_collected.seedNode->answers();
        Error error = answers.replies.isEmpty() || !m_collected.seedNode->isSettled()
            ? answers.error.value_or(Error { ErrorCode::NoReply, {}, address })
            : facts().error(address);
        if (error.address.isEmpty())
            error.address = address;
        return error;
    }

    TopologyData head(Kind kind) const
    {
        const TopologyData& known = m_collected.known.data();
        TopologyData head;
        head.capturedAt = QDateTime::currentDateTimeUtc();
        head.seed = m_collected.seed;
        head.seedTyped = m_collected.typed;
        head.seedVia = m_collected.via;
        head.seedSecurity = m_collected.security;
        head.seedDialled = m_collected.seedNode->dialled();
        if (head.seedDialled.isEmpty())
            head.seedDialled = known.seedDialled;
        head.kind = kind;
        head.product = facts().product();
        head.version = facts().version();
        if (head.product == cluster::Product::Unknown || head.version.isEmpty()) {
            head.product = known.product;
            head.version = known.version;
        }
        head.warnings = facts().warnings();
        head.viewsAsked = static_cast<int>(m_nodes.size());
        return head;
    }

    Topology topology(bool hasAnswer)
    {
        if (!hasAnswer)
            return asBefore();
        switch (m_head.kind) {
        case Kind::Sentinel:
            m_head.masters = cluster::parseSentinelMasters(m_collected.seedNode->sentinelMasters());
            m_head.viewsAnswered = 1;
            return Topology::build(m_head);
        case Kind::Standalone:
            m_head.viewsAnswered = 1;
            return withoutSlots();
        case Kind::Cluster:
            break;
        }
        QList<cluster::ViewInput> inputs;
        for (const Node& node : std::as_const(m_nodes)) {
            if (!node.view.hasView())
                continue;
            if (inputs.isEmpty()) {
                m_head.state = node.view.state;
                m_head.currentEpoch = node.view.currentEpoch;
            }
            inputs.append(node.view.view);
        }
        m_head.viewsAnswered = static_cast<int>(inputs.size());
        if (!inputs.isEmpty())
            return merged(inputs);
        return m_collected.known.isEmpty() ? withoutSlots() : asBefore();
    }

    Topology merged(const QList<cluster::ViewInput>& inputs)
    {
        if (facts().isLoading())
            m_head.warnings.prepend(explain::nodeLoading({ m_head.seed.toString() }));
        const Topology* known = m_collected.known.isEmpty() ? nullptr : &m_collected.known;
        Topology topology = cluster::mergeViews(inputs, m_head, known);
        if (!topology.data().answeredBy.isNull())
            return topology;
        // Where NODES was refused, no line says which node the seed is; its address does.
        TopologyData data = topology.data();
        for (cluster::Node& node : data.nodes) {
            if (node.address != m_head.seed)
                continue;
            node.myself = true;
            if (facts().isLoading())
                node.health = cluster::Health::Loading;
            data.answeredBy = node.id;
            break;
        }
        return Topology::build(std::move(data), known);
    }

    /// A server without slots, or a cluster of which nothing but the seed is known.
    Topology withoutSlots()
    {
        cluster::Node node;
        node.address = m_head.seed;
        node.port = m_head.seed.port;
        if (!QHostAddress(m_head.seed.host).isNull())
            node.ip = m_head.seed.host;
        node.role = facts().role();
        node.myself = true;
        if (facts().isLoading()) {
            node.health = cluster::Health::Loading;
            m_head.warnings.prepend(explain::nodeLoading({ m_head.seed.toString() }));
        } else if (m_head.kind == Kind::Standalone) {
            node.health = cluster::Health::Ok;
        }
        m_head.nodes.append(node);
        m_head.state = m_nodes.isEmpty() ? m_head.state : m_nodes.constFirst().view.state;
        m_head.currentEpoch
            = m_nodes.isEmpty() ? std::nullopt : m_nodes.constFirst().view.currentEpoch;
        return Topology::build(m_head);
    }

    /// Nobody answers any more: what it was, with its own time.
    Topology asBefore() const
    {
        TopologyData data = m_collected.known.data();
        data.viewsAsked = m_head.viewsAsked;
        data.viewsAnswered = 0;
        data.views.clear();
        return Topology::build(std::move(data), &m_collected.known);
    }

    health::Evidence evidence(const Topology& topology) const
    {
        health::Evidence evidence;
        evidence.topology = topology;
        for (const Node& node : m_nodes)
            evidence.views.append(node.view);
        evidence.agreement = health::Agreement::of(evidence.views);
        if (const auto dialled = net::Endpoint::parse(topology.data().seedDialled))
            evidence.wayIn = *dialled;
        return evidence;
    }

    const Collected& m_collected;
    QList<Node> m_nodes;
    TopologyData m_head;
};

} // namespace

support::Result<Capture> captureOf(const Collected& collected)
{
    return Assembly(collected).run();
}

} // namespace slotscope::capture
