// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/capture/collectrun.h"

#include "core/capture/collected.h"
#include "core/capture/collectnode.h"
#include "core/net/sshtunnel.h"
#include "core/net/waytext.h"

#include <QPointer>
#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace slotscope::capture {

using cluster::NodeId;
using support::ErrorCode;

namespace {

constexpr int mostInFlight = 64;
/// So long a silent node keeps others from being asked: sixty-four dead ones must not be all.
constexpr int placesPerDeadline = 10;
constexpr qsizetype mostNodes = 2000; ///< twice what a cluster should have
/// So many tell the addresses to dial: the seed may be dead.
constexpr qsizetype mostSlotsViews = 3;
/// Everybody else is done by then, and most names were resolved once already.
constexpr auto longestWaitForNames = 300ms;

} // namespace

class CollectRun::Private
{
public:
    Private(CollectRun* run, net::ConnectionPool* pool, net::Endpoint seed, QString typed,
        const CollectOptions& options)
        : q(run)
        , m_pool(pool)
        , m_seed(std::move(seed))
        , m_typed(std::move(typed))
        , m_options(options)
        , m_names(pool->options(), options.lookUp)
    {
        connect(&m_names, &NameLookups::answered, q, [this] { finishIfDone(); });
    }

    void start();
    void cancel();

    cluster::Topology known;
    QList<cluster::Shard> knownShards;

private:
    void begin();

    struct Entry
    {
        CollectNode* node;
        bool holdsPlace = false;
        bool isDropped = false; ///< another entry turned out to be the same node
        qsizetype answered = 0; ///< at the deadline
    };

    void plan(const NodeId& id, const net::Endpoint& address);
    void planAll(const cluster::Topology& topology);
    void askNext();
    void givePlaceBack(qsizetype index);
    void onLearnt(qsizetype index);
    void learnFrom(const health::NodeView& view);
    void lookUp(const cluster::Node& node);
    void dropTwins(qsizetype index);
    void onSettled(qsizetype index);
    bool tellProgress();
    void finishIfDone();
    void conclude();
    void onLate(qsizetype index);
    bool isSettled() const;
    bool isNobody(const Entry& entry) const;
    Collected collected() const;

    CollectRun* const q;
    net::ConnectionPool* const m_pool;
    const net::Endpoint m_seed;
    const QString m_typed;
    const CollectOptions m_options;
    cluster::NodesParser m_parser;
    QList<Entry> m_entries; ///< the seed is the first
    QSet<NodeId> m_ids;
    QSet<net::Endpoint> m_addresses;
    NameLookups m_names;
    qsizetype m_nextToAsk = 0;
    int m_inFlight = 0;
    bool m_hasBegun = false;
    bool m_waitsForNames = false;
    bool m_isFinished = false;
    bool m_isCancelled = false;
    bool m_hasEnded = false;
};

void CollectRun::Private::start()
{
    net::SshTunnel* tunnel = m_pool->options().tunnel.get();
    if (tunnel == nullptr || tunnel->state() == net::SshTunnel::State::Up)
        return begin();
    // It may have questions to ask; without it the nodes say why soon enough.
    connect(tunnel, &net::SshTunnel::up, q, [this] { begin(); });
    connect(tunnel, &net::SshTunnel::down, q, [this] { begin(); });
    tunnel->use();
}

void CollectRun::Private::begin()
{
    if (m_isFinished || std::exchange(m_hasBegun, true))
        return;
    QTimer::singleShot(m_options.deadline, Qt::PreciseTimer, q, [this] {
        if (!m_isFinished)
            conclude();
    });
    m_names.wantSeed(m_seed);
    const cluster::Node* node = known.nodeByAddress(m_seed);
    plan(node != nullptr ? node->id : NodeId(), m_seed);
    if (known.data().kind == cluster::Kind::Cluster)
        planAll(known);
    askNext();
}

void CollectRun::Private::cancel()
{
    const bool wasFinished = std::exchange(m_isFinished, true);
    m_isCancelled = true; // late answers are ignored
    if (wasFinished)
        return;
    QMetaObject::invokeMethod(
        q,
        [this] {
            Q_EMIT q->finished(false, {}, { ErrorCode::Cancelled, {}, m_seed.toString() });
        },
        Qt::QueuedConnection);
}

void CollectRun::Private::plan(const NodeId& id, const net::Endpoint& address)
{
    const bool isSeed = m_entries.isEmpty();
    const bool isPlanned = (!id.isNull() && m_ids.contains(id)) || m_addresses.contains(address);
    if (isPlanned || m_entries.size() >= mostNodes || (!address.isDialable() && !isSeed))
        return;
    m_ids.insert(id);
    m_addresses.insert(address);
    const CollectNode::Target target { id, address, m_entries.size() < mostSlotsViews, isSeed };
    auto* node = new CollectNode(m_pool, &m_parser, target, m_options.slowLogArguments, q);
    const qsizetype index = m_entries.size();
    m_entries.append({ node });
    connect(node, &CollectNode::learnt, q, [this, index] { onLearnt(index); });
    connect(node, &CollectNode::settled, q, [this, index] { onSettled(index); });
}

/// Shard by shard: their primaries' views are worth most.
void CollectRun::Private::planAll(const cluster::Topology& topology)
{
    const auto planNode = [this](const cluster::Node* node) {
        if (node == nullptr)
            return;
        plan(node->id, node->address);
        lookUp(*node);
    };
    for (const cluster::Shard& shard : topology.shards())
        planNode(topology.nodeById(shard.primaryId));
    for (const cluster::Node& node : topology.nodes())
        planNode(&node);
}

void CollectRun::Private::askNext()
{
    while (m_inFlight < mostInFlight && m_nextToAsk < m_entries.size()) {
        const qsizetype index = m_nextToAsk++;
        if (m_entries.at(index).isDropped)
            continue;
        ++m_inFlight;
        m_entries[index].holdsPlace = true;
        QTimer::singleShot(m_options.deadline / placesPerDeadline, q, [this, index] {
            givePlaceBack(index);
            if (!m_isFinished)
                askNext();
        });
        m_entries.at(index).node->start();
    }
}

void CollectRun::Private::givePlaceBack(qsizetype index)
{
    if (std::exchange(m_entries[index].holdsPlace, false))
        --m_inFlight;
}

void CollectRun::Private::onLearnt(qsizetype index)
{
    if (m_isFinished)
        return;
    const health::NodeView& view = m_entries.at(index).node->view();
    if (!view.id.isNull())
        dropTwins(index);
    if (index == 0 && view.hasView()) {
        // With both of its views the seed knows by which addresses the others want to be dialled.
        const cluster::Topology seedsView = cluster::mergeViews({ view.view }, {});
        // A session keeps them up to date after the first time.
        if (!m_pool->expectsNodes())
            m_pool->expectNodes(cluster::expectedNodes(seedsView));
        planAll(seedsView);
    }
    learnFrom(view);
    askNext();
}

/// Nodes that nobody named before.
void CollectRun::Private::learnFrom(const health::NodeView& view)
{
    for (const cluster::Node& line : view.view.nodes.nodes) {
        if (!line.flags.contains(u"noaddr"_s) && !line.flags.contains(u"handshake"_s))
            plan(line.id, line.address);
        lookUp(line);
    }
}

/// What it is called: clients may dial its name or its address, whatever it prefers.
void CollectRun::Private::lookUp(const cluster::Node& node)
{
    m_names.want(node.address);
    m_names.want({ node.hostname, node.address.port });
}

/// The way in may lead to a node that was also asked at its own address, which may be no way.
void CollectRun::Private::dropTwins(qsizetype index)
{
    const NodeId id = m_entries.at(index).node->view().id;
    m_ids.insert(id);
    for (qsizetype i = 0; i < m_entries.size(); ++i) {
        Entry& entry = m_entries[i];
        if (i == index || entry.isDropped || entry.node->view().id != id)
            continue;
        const bool wasFirst = entry.node->view().hasView();
        (wasFirst ? m_entries[index] : entry).isDropped = true;
        givePlaceBack(wasFirst ? index : i);
        return;
    }
}

void CollectRun::Private::onSettled(qsizetype index)
{
    if (m_isCancelled)
        return;
    givePlaceBack(index);
    if (m_isFinished)
        return onLate(index);
    if (!tellProgress())
        return;
    askNext();
    finishIfDone();
}

/// False when whoever heard it has cancelled the run, or deleted it: then there is no `this`.
bool CollectRun::Private::tellProgress()
{
    const QPointer<CollectRun> alive(q);
    int settled = 0;
    int asked = 0;
    for (const Entry& entry : std::as_const(m_entries)) {
        asked += entry.isDropped ? 0 : 1;
        settled += !entry.isDropped && entry.node->isSettled() ? 1 : 0;
    }
    Q_EMIT q->progressed(settled, asked);
    return alive && !m_isFinished;
}

bool CollectRun::Private::isSettled() const
{
    return std::all_of(m_entries.begin(), m_entries.end(),
        [](const Entry& entry) { return entry.isDropped || entry.node->isSettled(); });
}

void CollectRun::Private::finishIfDone()
{
    if (m_isFinished || !isSettled())
        return;
    if (m_names.isDone())
        return conclude();
    if (std::exchange(m_waitsForNames, true))
        return;
    QTimer::singleShot(longestWaitForNames, q, [this] {
        if (!m_isFinished && isSettled())
            conclude();
    });
}

/// The way in has not told which of the nodes that are known it leads to: that one is asked at its
/// own address as well, and must not count twice.
bool CollectRun::Private::isNobody(const Entry& entry) const
{
    return &entry == &m_entries.constFirst() && !known.isEmpty() && m_entries.size() > 1
        && entry.node->view().id.isNull() && entry.node->answered() == 0;
}

Collected CollectRun::Private::collected() const
{
    Collected collected;
    collected.seed = m_seed;
    collected.typed = m_typed;
    collected.via = net::wayText(m_pool->options());
    collected.security = net::securityOf(m_pool->options());
    collected.dnsAnswers = m_names.seedAddresses();
    collected.names = m_names.answers();
    collected.known = known;
    collected.knownShards = knownShards;
    for (const Entry& entry : m_entries) {
        if (!entry.isDropped && !isNobody(entry))
            collected.nodes.append(entry.node);
    }
    collected.seedNode = m_entries.isEmpty() ? nullptr : m_entries.constFirst().node;
    return collected;
}

void CollectRun::Private::conclude()
{
    m_isFinished = true;
    for (Entry& entry : m_entries)
        entry.answered = entry.node->answered();
    const support::Result<Capture> capture = captureOf(collected());
    const QPointer<CollectRun> alive(q);
    if (capture)
        Q_EMIT q->finished(true, *capture, {});
    else
        Q_EMIT q->finished(false, {}, capture.error());
    if (alive && !m_isCancelled)
        onLate(-1);
}

/// Nobody who was not asked in time is asked later.
void CollectRun::Private::onLate(qsizetype index)
{
    const QPointer<CollectRun> alive(q);
    if (index >= 0 && !m_entries.at(index).isDropped
        && m_entries.at(index).node->answered() > m_entries.at(index).answered) {
        NodeAnswers answers = m_entries.at(index).node->answers();
        answers.isLate = true;
        Q_EMIT q->late(answers);
        if (!alive || m_isCancelled)
            return;
    }
    const bool isOver = std::all_of(m_entries.begin(), m_entries.end(), [](const Entry& entry) {
        return entry.isDropped || !entry.node->isStarted() || entry.node->isSettled();
    });
    if (isOver && !std::exchange(m_hasEnded, true))
        Q_EMIT q->ended(); // last: the receiver may delete us
}

CollectRun::CollectRun(net::ConnectionPool* pool, net::Endpoint seed, QString typed,
    const CollectOptions& options, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, pool, std::move(seed), std::move(typed), options))
{ }

CollectRun::~CollectRun() = default;

void CollectRun::setKnownShards(const QList<cluster::Shard>& shards)
{
    d->knownShards = shards;
}

void CollectRun::setKnown(const cluster::Topology& topology)
{
    d->known = topology;
}

void CollectRun::start()
{
    d->start();
}

void CollectRun::cancel()
{
    d->cancel();
}

} // namespace slotscope::capture
