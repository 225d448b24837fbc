// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/health/clustercheck.h"

#include "core/cluster/discovery.h"
#include "core/cluster/sharding.h"
#include "core/cluster/topologyhead.h"
#include "core/health/nodeinquiry.h"

#include <QPointer>
#include <QSet>
#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace slotscope::health {

using cluster::Node;
using cluster::NodeId;
using cluster::Topology;
using cluster::TopologyData;
using support::Error;
using support::ErrorCode;

namespace {

constexpr int mostInFlight = 64;
constexpr int roundsOfInquiries = 3; ///< all of them together may take
constexpr qsizetype mostNodes = 2000; ///< twice what a cluster should have

bool hasHandshake(const NodeView& view)
{
    const QList<cluster::NodeLine>& lines = view.view.nodes.nodes;
    return std::any_of(lines.begin(), lines.end(),
        [](const Node& line) { return line.flags.contains(u"handshake"_s); });
}

/// Those of `asked`, in their order, that some view calls "?".
QList<cluster::NodeId> namelessOf(
    const QList<NodeView>& asked, const QList<cluster::ViewInput>& views)
{
    QSet<cluster::NodeId> nameless;
    for (const cluster::ViewInput& view : views) {
        for (const cluster::SlotsEntry& entry : view.slotsView) {
            for (const cluster::SlotsNode& node : entry.nodes) {
                if (node.host == u'?' && !node.id.isNull())
                    nameless.insert(node.id);
            }
        }
    }
    QList<cluster::NodeId> ordered;
    for (const NodeView& view : asked) {
        if (nameless.contains(view.id))
            ordered.append(view.id);
    }
    return ordered;
}

/// Shard by shard, the primary first.
QList<NodeView> inOrder(QList<NodeView> views, const Topology& topology)
{
    QHash<NodeId, int> places;
    for (const cluster::Shard& shard : topology.shards()) {
        places.insert(shard.primaryId, static_cast<int>(places.size()));
        for (const NodeId& id : shard.replicaIds)
            places.insert(id, static_cast<int>(places.size()));
    }
    const int last = static_cast<int>(places.size());
    std::stable_sort(views.begin(), views.end(), [&](const NodeView& a, const NodeView& b) {
        return places.value(a.id, last) < places.value(b.id, last);
    });
    return views;
}

} // namespace

class ClusterCheck::Private
{
public:
    Private(ClusterCheck* check, net::ConnectionPool* pool, net::Endpoint seed, QString typed)
        : q(check)
        , m_pool(pool)
        , m_seed(std::move(seed))
        , m_discovery(pool, m_seed, std::move(typed))
    { }

    void start();
    void cancel();

    std::chrono::milliseconds pause = 1s;
    QList<cluster::Shard> knownShards;

private:
    void onDiscovered(bool ok, const Topology& topology, const Error& error);
    void plan(const NodeId& id, const net::Endpoint& address);
    void learnFrom(const NodeView& view);
    void look();
    void askNext();
    void askOne(qsizetype index);
    void settle(qsizetype index, const NodeView& view);
    bool tellProgress();
    void endLook();
    void conclude();
    Topology merged() const;
    void finish(bool ok, const HealthReport& report, const Error& error);

    ClusterCheck* const q;
    net::ConnectionPool* const m_pool;
    cluster::NodesParser m_parser;
    const net::Endpoint m_seed;
    cluster::Discovery m_discovery;
    Topology m_found;
    QList<NodeView> m_views; ///< one for each node to ask
    QList<bool> m_settled; ///< of m_views, in this look
    QSet<NodeId> m_known;
    qsizetype m_nextToAsk = 0;
    int m_inFlight = 0;
    int m_generation = 0; ///< what was asked under another one is late
    std::optional<Agreement> m_firstLook; ///< where a second one is needed
    bool m_done = false;
};

void ClusterCheck::Private::start()
{
    connect(&m_discovery, &cluster::Discovery::finished, q,
        [this](bool ok, const Topology& topology, const Error& error) {
            if (!m_done)
                onDiscovered(ok, topology, error);
        });
    m_discovery.start();
}

void ClusterCheck::Private::cancel()
{
    if (std::exchange(m_done, true)) // late answers are ignored
        return;
    m_discovery.cancel();
    QMetaObject::invokeMethod(
        q,
        [this] {
            Q_EMIT q->finished(false, {}, { ErrorCode::Cancelled, {}, m_seed.toString() });
        },
        Qt::QueuedConnection);
}

void ClusterCheck::Private::onDiscovered(bool ok, const Topology& topology, const Error& error)
{
    if (!ok)
        return finish(false, {}, error);
    m_found = cluster::withLabelsOf(knownShards, topology);
    if (topology.data().kind != cluster::Kind::Cluster) {
        HealthReport report;
        report.topology = topology;
        return finish(true, report, {});
    }
    // The way in is known to work; the address that the seed announces may not.
    const auto myself = std::find_if(topology.nodes().begin(), topology.nodes().end(),
        [](const Node& node) { return node.myself; });
    plan(myself == topology.nodes().end() ? NodeId() : myself->id, m_seed);
    for (const cluster::Shard& shard : topology.shards()) {
        for (const NodeId& id : QList<NodeId> { shard.primaryId } + shard.replicaIds) {
            if (const Node* node = topology.nodeById(id))
                plan(id, node->address);
        }
    }
    for (const Node& node : topology.nodes()) {
        if (!node.myself)
            plan(node.id, node.address);
    }
    look();
}

void ClusterCheck::Private::plan(const NodeId& id, const net::Endpoint& address)
{
    const auto isSame = [&](const NodeView& view) { return view.address == address; };
    if (!address.isDialable() || m_views.size() >= mostNodes
        || (id.isNull() ? std::any_of(m_views.begin(), m_views.end(), isSame)
                        : m_known.contains(id)))
        return;
    m_known.insert(id);
    NodeView view;
    view.id = id;
    view.address = address;
    m_views.append(view);
    m_settled.append(false);
}

/// Nodes that the discovery did not hear of: it asks primaries only.
void ClusterCheck::Private::learnFrom(const NodeView& view)
{
    for (const Node& line : view.view.nodes.nodes) {
        if (!line.flags.contains(u"noaddr"_s) && !line.flags.contains(u"handshake"_s))
            plan(line.id, line.address);
    }
}

void ClusterCheck::Private::look()
{
    ++m_generation;
    m_nextToAsk = 0;
    m_inFlight = 0;
    QTimer::singleShot(roundsOfInquiries * m_pool->options().patience() * 5 / 4, q,
        [this, generation = m_generation] {
            if (m_done || generation != m_generation)
                return;
            for (qsizetype i = 0; i < m_views.size(); ++i) {
                if (!m_settled.at(i)) {
                    m_views[i].error
                        = Error { ErrorCode::ReplyTimeout, {}, m_views.at(i).address.toString() };
                }
            }
            endLook();
        });
    if (tellProgress())
        askNext();
}

void ClusterCheck::Private::askNext()
{
    while (m_inFlight < mostInFlight && m_nextToAsk < m_views.size())
        askOne(m_nextToAsk++);
    if (m_inFlight == 0)
        endLook();
}

void ClusterCheck::Private::askOne(qsizetype index)
{
    if (m_settled.at(index))
        return;
    ++m_inFlight;
    const NodeView& view = m_views.at(index);
    auto* inquiry = new NodeInquiry(m_pool, &m_parser, view.id, view.address, q);
    connect(inquiry, &NodeInquiry::finished, q, [this, index, inquiry, generation = m_generation] {
        inquiry->deleteLater();
        if (!m_done && generation == m_generation)
            settle(index, inquiry->view());
    });
    inquiry->start();
}

void ClusterCheck::Private::settle(qsizetype index, const NodeView& view)
{
    --m_inFlight;
    m_views[index] = view;
    m_settled[index] = true;
    if (!m_firstLook)
        learnFrom(view);
    if (tellProgress())
        askNext();
}

/// False when whoever heard it has cancelled the check, or deleted it: then there is no `this`.
bool ClusterCheck::Private::tellProgress()
{
    if (m_firstLook)
        return true;
    const QPointer<ClusterCheck> alive(q);
    Q_EMIT q->progressed(static_cast<int>(m_settled.count(true)), static_cast<int>(m_views.size()));
    return alive && !m_done;
}

void ClusterCheck::Private::endLook()
{
    const Agreement agreement = Agreement::of(m_views);
    const bool isQuiet
        = agreement.agree() && std::none_of(m_views.begin(), m_views.end(), hasHandshake);
    if (m_firstLook || isQuiet)
        return conclude();
    m_firstLook = agreement;
    for (qsizetype i = 0; i < m_views.size(); ++i)
        m_settled[i] = !m_views.at(i).reachable; // nobody waits for the dead twice
    const int generation = ++m_generation;
    QTimer::singleShot(pause, q, [this, generation] {
        if (!m_done && generation == m_generation)
            look();
    });
}

Topology ClusterCheck::Private::merged() const
{
    QList<cluster::ViewInput> inputs;
    for (const NodeView& view : m_views) {
        if (view.hasView())
            inputs.append(view.view);
    }
    if (inputs.isEmpty())
        return m_found;
    // Addresses to dial are those that CLUSTER SLOTS told the discovery; an empty host is the one
    // that was asked.
    for (const cluster::ViewInput& before : m_discovery.views()) {
        for (cluster::ViewInput& input : inputs) {
            if (input.slotsView.isEmpty() && input.connectionHost == before.connectionHost
                && input.connectionPort == before.connectionPort)
                input.slotsView = before.slotsView;
        }
    }
    const TopologyData& found = m_found.data();
    TopologyData head = cluster::headOf(found);
    head.state = found.state;
    head.currentEpoch = found.currentEpoch;
    head.answeredBy = found.answeredBy;
    head.warnings = found.warnings;
    head.viewsAsked = static_cast<int>(m_views.size());
    head.viewsAnswered = static_cast<int>(inputs.size());
    head.capturedAt = QDateTime::currentDateTimeUtc();
    return cluster::mergeViews(inputs, head, &m_found);
}

void ClusterCheck::Private::conclude()
{
    Evidence evidence;
    evidence.topology = merged();
    evidence.views = inOrder(m_views, evidence.topology);
    evidence.agreement = Agreement::of(evidence.views, m_firstLook ? &*m_firstLook : nullptr);
    evidence.nameless = namelessOf(evidence.views, m_discovery.views());
    if (const auto dialled = net::Endpoint::parse(m_found.data().seedDialled))
        evidence.wayIn = *dialled;
    if (!evidence.topology.slotsKnown()) {
        const auto told = std::find_if(m_views.begin(), m_views.end(),
            [](const NodeView& view) { return view.error.has_value(); });
        return finish(false, {},
            told != m_views.end() ? *told->error
                                  : Error { ErrorCode::NoReply, {}, m_seed.toString() });
    }
    HealthReport report;
    report.findings = findingsOf(evidence);
    report.topology = evidence.topology;
    report.views = evidence.views;
    // The seed was asked as it was typed; it is shown as what it announces.
    for (NodeView& view : report.views) {
        const Node* node = view.address == m_seed ? report.topology.nodeById(view.id) : nullptr;
        if (node && node->address.isDialable())
            view.address = node->address;
    }
    report.agreement = evidence.agreement;
    finish(true, report, {});
}

void ClusterCheck::Private::finish(bool ok, const HealthReport& report, const Error& error)
{
    m_done = true;
    Q_EMIT q->finished(ok, report, error); // last: the receiver may delete us
}

ClusterCheck::ClusterCheck(
    net::ConnectionPool* pool, net::Endpoint seed, QString typed, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, pool, std::move(seed), std::move(typed)))
{ }

ClusterCheck::~ClusterCheck() = default;

void ClusterCheck::setKnownShards(const QList<cluster::Shard>& shards)
{
    d->knownShards = shards;
}

void ClusterCheck::setPauseBeforeSecondLook(std::chrono::milliseconds pause)
{
    d->pause = pause;
}

void ClusterCheck::start()
{
    d->start();
}

void ClusterCheck::cancel()
{
    d->cancel();
}

} // namespace slotscope::health
