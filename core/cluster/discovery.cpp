// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/discovery.h"

#include "core/cluster/serverfacts.h"
#include "core/explain/errors.h"
#include "core/explain/topology.h"
#include "core/net/waytext.h"
#include "core/support/bytes.h"

#include <QHostAddress>
#include <QPointer>
#include <QSet>
#include <QTimer>

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace slotscope::cluster {
namespace {

using support::Error;
using support::ErrorCode;

constexpr int mostInFlight = 64;
/// So that a dead node does not hold the answer up.
constexpr std::chrono::milliseconds longestView = 2s;
/// For all of them together: a seed may name a thousand nodes that nobody can reach.
constexpr int roundsOfViews = 3;

/// One of them, and what it has answered so far.
struct Asked : AskedNode
{
    bool done = false;
    SlotsView slotsView; ///< asked for only where the seed refused NODES
    std::optional<ViewInput> view;
};

} // namespace

class Discovery::Private
{
public:
    Private(Discovery* discovery, net::ConnectionPool* pool, net::Endpoint seed, QString typed)
        : q(discovery)
        , m_pool(pool)
    {
        m_head.seed = std::move(seed);
        m_head.seedTyped = std::move(typed);
        m_head.seedVia = net::wayText(pool->options());
        m_head.seedSecurity = net::securityOf(pool->options());
    }

    void start();
    void cancel();

    QList<AskedNode> others() const; ///< that were asked
    net::WayTaken wayTaken() const;

    QList<ViewInput> views;
    MissingViews missing;
    QStringList lastingWarnings;
    bool asksEveryNode = false;

private:
    void onSeedAnswer(Question question, const net::Answer& answer);
    void concludeSeed();
    void noteMissingNames();
    void askSentinel();
    void finishWithoutSlots();
    void askOthers();
    void askNext();
    void askOne(qsizetype index);
    void onViewAnswer(qsizetype index, const net::Answer& answer);
    void settle(qsizetype index, std::optional<Error> error);
    void finishCluster();
    TopologyData withSeedMarked(TopologyData data) const;
    void finish(bool ok, const Topology& topology, const Error& error);

    Discovery* const q;
    net::ConnectionPool* const m_pool;
    TopologyData m_head;
    ServerFacts m_facts;
    NodesParser m_parser;
    std::optional<Error> m_seedError;
    int m_seedAnswers = 0;
    QList<Asked> m_others;
    qsizetype m_nextToAsk = 0;
    int m_inFlight = 0;
    net::Way m_way = net::Way::Direct; ///< to the seed
    QString m_identityRefusal; ///< of CLUSTER MYID, on a way that wants it checked
    bool m_done = false;
};

void Discovery::Private::start()
{
    net::Connection* seed = m_pool->connectionTo(m_head.seed);
    QPointer<net::Connection> connection(seed);
    QPointer<Discovery> guard(q);
    QList<net::Argv> commands;
    QList<net::Connection::Callback> callbacks;
    for (const Question question : { Question::InfoServer, Question::InfoCluster, Question::Role,
             Question::ClusterInfo, Question::ClusterNodes, Question::ClusterSlots }) {
        commands.append(commandFor(question));
        callbacks.append([this, guard, connection, question](const net::Answer& answer) {
            if (!guard || m_done)
                return;
            if (connection && answer.reply) {
                m_facts.setHello(connection->hello());
                if (const net::Endpoint& dialled = connection->dialInfo().dialled;
                    dialled.port != 0)
                    m_head.seedDialled = dialled.toString();
                m_way = connection->dialInfo().way;
            }
            onSeedAnswer(question, answer);
        });
    }
    seed->probe(commands, callbacks);
}

void Discovery::Private::cancel()
{
    if (m_done)
        return;
    m_done = true; // late answers are ignored
    QMetaObject::invokeMethod(
        q,
        [this] {
            Q_EMIT q->finished(
                false, Topology(), { ErrorCode::Cancelled, {}, m_head.seed.toString() });
        },
        Qt::QueuedConnection);
}

void Discovery::Private::onSeedAnswer(Question question, const net::Answer& answer)
{
    if (answer.reply) {
        m_facts.take(question, *answer.reply);
        if (question == Question::InfoServer)
            m_facts.noteClock(m_pool->options().clock.get(), answer.micros);
    } else if (!m_seedError) {
        m_seedError = answer.reply.error();
    }
    if (++m_seedAnswers == questionCount)
        concludeSeed();
}

void Discovery::Private::concludeSeed()
{
    const QString address = m_head.seed.toString();
    const std::optional<Kind> kind = m_facts.kind();
    if (m_seedError && (!kind || (*kind == Kind::Cluster && !m_facts.hasView()))) {
        Error error = *m_seedError;
        if (error.address.isEmpty())
            error.address = address;
        return finish(false, Topology(), error);
    }
    if (!kind || m_facts.wantsPassword())
        return finish(false, Topology(), m_facts.error(address));

    m_head.kind = *kind;
    m_facts.describe(&m_head);
    m_head.warnings = m_facts.warnings();
    if (m_seedError)
        m_head.warnings.append(explain::errorSentence(*m_seedError));
    m_head.viewsAsked = 1;
    switch (*kind) {
    case Kind::Sentinel:
        return askSentinel();
    case Kind::Standalone:
        m_head.viewsAnswered = 1;
        return finishWithoutSlots();
    case Kind::Cluster:
        if (!m_facts.hasView())
            return finishWithoutSlots();
        m_head.viewsAnswered = 1;
        noteMissingNames();
        views.append({ m_facts.nodes(), m_facts.slotsView(), m_head.seed.host, m_head.seed.port });
        return askOthers();
    }
}

/// What the picture gets over, and clients do not.
void Discovery::Private::noteMissingNames()
{
    QSet<QString> all;
    QSet<QString> nameless;
    for (const SlotsEntry& entry : m_facts.slotsView()) {
        for (const SlotsNode& node : entry.nodes) {
            const QString key = node.id.toString() + u':' + QString::number(node.port);
            all.insert(key);
            if (node.host == u'?')
                nameless.insert(key);
        }
    }
    if (!nameless.isEmpty())
        m_head.warnings.append(
            explain::namesMissing(static_cast<int>(nameless.size()), static_cast<int>(all.size())));
}

void Discovery::Private::askSentinel()
{
    QPointer<Discovery> guard(q);
    m_pool->connectionTo(m_head.seed)
        ->send({ "SENTINEL"_ba, "MASTERS"_ba }, [this, guard](const net::Answer& answer) {
            if (!guard || m_done)
                return;
            m_head.viewsAnswered = 1;
            if (!answer.reply) {
                m_head.warnings.append(explain::errorSentence(answer.reply.error()));
            } else if (answer.reply->isError()) {
                m_head.warnings.append(explain::commandMissing(
                    u"SENTINEL MASTERS"_s, support::toVisibleText(answer.reply->text(), 300)));
            } else {
                m_head.masters = parseSentinelMasters(*answer.reply);
            }
            m_head.capturedAt = QDateTime::currentDateTimeUtc();
            finish(true, Topology::build(std::move(m_head)), {});
        });
}

/// A standalone server, or a cluster of which nothing but the seed is known.
void Discovery::Private::finishWithoutSlots()
{
    Node node;
    node.address = m_head.seed;
    node.port = m_head.seed.port;
    if (!QHostAddress(m_head.seed.host).isNull())
        node.ip = m_head.seed.host;
    node.role = m_facts.role();
    node.myself = true;
    if (m_facts.isLoading())
        node.health = Health::Loading;
    else if (m_head.kind == Kind::Standalone)
        node.health = Health::Ok;
    m_head.nodes.append(node);
    lastingWarnings = m_head.warnings;
    if (m_facts.isLoading())
        m_head.warnings.prepend(explain::nodeLoading({ m_head.seed.toString() }));
    m_head.capturedAt = QDateTime::currentDateTimeUtc();
    finish(true, Topology::build(std::move(m_head)), {});
}

/// Open slots are printed only by their own node, so every primary with slots is asked, at least.
void Discovery::Private::askOthers()
{
    const Topology seedsView = mergeViews(views, m_head);
    // A session keeps them up to date after the first time.
    if (!m_pool->expectsNodes())
        m_pool->expectNodes(expectedNodes(seedsView));
    QSet<net::Endpoint> known { m_head.seed };
    for (const Node& node : seedsView.nodes()) {
        if ((node.ranges.isEmpty() && !asksEveryNode) || node.myself || !node.address.isDialable()
            || known.contains(node.address)) {
            continue;
        }
        known.insert(node.address);
        m_others.append({ { node.id, node.address, node.ip, {} }, false, {}, {} });
    }
    m_head.viewsAsked += static_cast<int>(m_others.size());
    QTimer::singleShot(
        roundsOfViews * std::min(m_pool->options().patience(), longestView), q, [this] {
            for (Asked& other : m_others) {
                if (!other.done) {
                    other.done = true;
                    other.error = { ErrorCode::ReplyTimeout, {}, other.address.toString() };
                }
            }
            finishCluster();
        });
    askNext();
}

void Discovery::Private::askNext()
{
    while (m_inFlight < mostInFlight && m_nextToAsk < m_others.size())
        askOne(m_nextToAsk++);
    if (m_inFlight == 0)
        finishCluster();
}

void Discovery::Private::askOne(qsizetype index)
{
    ++m_inFlight;
    QPointer<Discovery> guard(q);
    const net::Endpoint address = m_others.at(index).address;
    QPointer<net::Connection> connection(m_pool->connectionTo(address));
    QList<net::Argv> questions { commandFor(Question::ClusterNodes) };
    QList<net::Connection::Callback> callbacks { [=, this](const net::Answer& answer) {
        if (!guard || m_done)
            return;
        if (connection && connection->hello().identity == net::ServerHello::Identity::Unknown)
            m_identityRefusal = connection->hello().warning;
        onViewAnswer(index, answer);
    } };
    if (m_facts.nodes().nodes.isEmpty()) {
        // Without NODES there is no epoch that decides between views: there have to be several.
        questions.prepend(commandFor(Question::ClusterSlots));
        callbacks.prepend([this, guard, index](const net::Answer& answer) {
            if (!guard || m_done || !answer.reply)
                return;
            if (auto slotsView = parseSlots(*answer.reply))
                m_others[index].slotsView = std::move(slotsView).value();
        });
    }
    connection->probe(questions, callbacks);
    QTimer::singleShot(
        std::min(m_pool->options().patience(), longestView), q, [this, index, address] {
            settle(index, Error { ErrorCode::ReplyTimeout, {}, address.toString() });
        });
}

void Discovery::Private::onViewAnswer(qsizetype index, const net::Answer& answer)
{
    Asked& other = m_others[index];
    const QString address = other.address.toString();
    if (!answer.reply) {
        Error error = answer.reply.error();
        if (error.address.isEmpty())
            error.address = address;
        return settle(index, error);
    }
    if (answer.reply->isError() && !other.slotsView.isEmpty() && !other.done) {
        other.view = ViewInput { {}, other.slotsView, other.address.host, other.address.port, {} };
        return settle(index, std::nullopt);
    }
    if (answer.reply->isError()) {
        const QByteArrayView line = answer.reply->text();
        return settle(
            index, Error { codeOfErrorReply(line), support::toVisibleText(line, 300), address });
    }
    const auto nodes = m_parser.parse(answer.reply->text());
    if (!nodes)
        return settle(index, Error { nodes.error().code, nodes.error().detail, address });
    if (nodes->myself >= 0 && !other.id.isNull()
        && nodes->nodes.at(nodes->myself)->id != other.id) {
        // An address that leads elsewhere: a stale map or tunnel, perhaps another cluster.
        return settle(index,
            Error { ErrorCode::WrongNode,
                explain::expectedReached(
                    other.id.shortText(), nodes->nodes.at(nodes->myself)->id.shortText()),
                address });
    }
    if (!other.done)
        other.view = ViewInput { *nodes, other.slotsView, other.address.host, other.address.port };
    settle(index, std::nullopt);
}

void Discovery::Private::settle(qsizetype index, std::optional<Error> error)
{
    Asked& other = m_others[index];
    if (m_done || other.done)
        return;
    other.done = true;
    other.error = std::move(error);
    --m_inFlight;
    askNext();
}

net::WayTaken Discovery::Private::wayTaken() const
{
    const auto dialled = net::Endpoint::parse(m_head.seedDialled);
    net::WayTaken way { m_head.seed, dialled ? *dialled : m_head.seed, std::nullopt, m_way };
    const NodesView& nodes = m_facts.nodes();
    if (nodes.myself >= 0 && nodes.nodes.at(nodes.myself)->address.isDialable())
        way.announced = nodes.nodes.at(nodes.myself)->address;
    return way;
}

QList<AskedNode> Discovery::Private::others() const
{
    return { m_others.cbegin(), m_others.cend() };
}

/// Where NODES was refused, no line says which node the seed is; its address does.
TopologyData Discovery::Private::withSeedMarked(TopologyData data) const
{
    for (Node& node : data.nodes) {
        if (node.address != m_head.seed)
            continue;
        node.myself = true;
        if (m_facts.isLoading())
            node.health = Health::Loading;
        data.answeredBy = node.id;
        break;
    }
    return data;
}

void Discovery::Private::finishCluster()
{
    if (m_done)
        return;
    for (const Asked& other : std::as_const(m_others)) {
        if (other.view)
            views.append(*other.view);
    }
    m_head.viewsAnswered = static_cast<int>(views.size());
    lastingWarnings = m_head.warnings;
    if (m_facts.isLoading())
        m_head.warnings.prepend(explain::nodeLoading({ m_head.seed.toString() }));
    if (!m_identityRefusal.isEmpty())
        m_head.warnings.append(explain::identityUnchecked(m_identityRefusal));
    missing = missingViewsOf(wayTaken(), others());
    m_head.warnings += missing.warnings;
    m_head.capturedAt = QDateTime::currentDateTimeUtc();
    Topology topology = mergeViews(views, m_head);
    if (m_facts.nodes().nodes.isEmpty())
        topology = Topology::build(withSeedMarked(topology.data()));
    finish(true, topology, {});
}

void Discovery::Private::finish(bool ok, const Topology& topology, const Error& error)
{
    m_done = true;
    Q_EMIT q->finished(ok, topology, error); // last: the receiver may delete us
}

Discovery::Discovery(net::ConnectionPool* pool, net::Endpoint seed, QString typed, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, pool, std::move(seed), std::move(typed)))
{ }

Discovery::~Discovery() = default;

void Discovery::start()
{
    d->start();
}

void Discovery::cancel()
{
    d->cancel();
}

void Discovery::askEveryNode()
{
    d->asksEveryNode = true;
}

const QList<MissingView>& Discovery::missing() const
{
    return d->missing.views;
}

const QString& Discovery::unreachable() const
{
    return d->missing.unreachable;
}

QList<net::AddressOutcome> Discovery::outcomes() const
{
    return outcomesOf(d->wayTaken(), d->others());
}

net::WayTaken Discovery::wayTaken() const
{
    return d->wayTaken();
}

const QStringList& Discovery::lastingWarnings() const
{
    return d->lastingWarnings;
}

const QList<ViewInput>& Discovery::views() const
{
    return d->views;
}

} // namespace slotscope::cluster
