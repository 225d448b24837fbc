// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/doctor/clusterexamrun.h"

#include "core/cluster/mergeviews.h"
#include "core/command/movedshare.h"
#include "core/doctor/nodeexamrun.h"

#include <QPointer>

#include <utility>

namespace slotscope::doctor {

using cluster::Node;
using support::Error;
using support::ErrorCode;

namespace {

constexpr int mostInFlight = 128;
constexpr qsizetype mostNodes = 2000; ///< twice what a cluster should have

NodeExam::Role roleOf(const Node& node)
{
    switch (node.role) {
    case cluster::Role::Primary:
        return NodeExam::Role::Primary;
    case cluster::Role::Replica:
        return NodeExam::Role::Replica;
    case cluster::Role::Unknown:
        break;
    }
    return NodeExam::Role::Unknown;
}

/// What one node tells of its clock explains why another one refuses a token.
net::ConnectionOptions withClock(net::ConnectionOptions options)
{
    if (!options.clock)
        options.clock = std::make_shared<net::ServerClock>();
    return options;
}

} // namespace

class ClusterExamRun::Private
{
public:
    Private(ClusterExamRun* run, net::ConnectionOptions options, net::Endpoint seed, QString typed)
        : q(run)
        , m_options(withClock(std::move(options)))
        , m_typed(std::move(typed))
    {
        NodeExam first;
        first.role = NodeExam::Role::Seed;
        first.announced = std::move(seed);
        found.nodes.append(first);
        if (m_options.tunnel)
            found.way = net::Way::Ssh;
        else if (m_options.socks)
            found.way = net::Way::Socks;
    }

    void examineNext();
    void cancel();

    Examination found;

private:
    void examine(int index);
    void takeRow(int index, const NodeExamRun& exam);
    void onSeed(const NodeExamRun& seed);
    void plan(const Node& node);
    void finish();

    ClusterExamRun* const q;
    const net::ConnectionOptions m_options;
    const QString m_typed;
    int m_next = 0;
    int m_inFlight = 0;
    bool m_done = false;
};

void ClusterExamRun::Private::examineNext()
{
    while (!m_done && m_inFlight < mostInFlight && m_next < found.nodes.size())
        examine(m_next++);
    if (m_inFlight == 0)
        finish();
}

void ClusterExamRun::Private::examine(int index)
{
    ++m_inFlight;
    auto* exam = new NodeExamRun(found.nodes.at(index), m_options, q);
    connect(exam, &NodeExamRun::progressed, q, [this, exam, index] { takeRow(index, *exam); });
    connect(exam, &NodeExamRun::finished, q, [this, exam, index] {
        exam->deleteLater();
        if (m_done)
            return;
        --m_inFlight;
        if (index == 0)
            onSeed(*exam);
        const QPointer<ClusterExamRun> guard(q);
        takeRow(index, *exam);
        if (guard && !m_done)
            examineNext();
    });
    exam->start();
}

void ClusterExamRun::Private::takeRow(int index, const NodeExamRun& exam)
{
    if (m_done)
        return;
    found.nodes[index] = exam.exam();
    Q_EMIT q->nodeChanged(index);
}

/// Its view names the others.
void ClusterExamRun::Private::onSeed(const NodeExamRun& seed)
{
    const NodeExam& exam = seed.exam();
    const cluster::ServerFacts& facts = seed.facts();
    found.unavailable = seed.unavailable();
    if (!facts.kind()) {
        // The stage that failed has the sentence; the code is for the exit status.
        found.error = seed.error();
        return;
    }
    cluster::TopologyData head;
    head.seedTyped = m_typed;
    head.seed = exam.announced;
    head.seedDialled = exam.dialled;
    head.kind = *facts.kind();
    facts.describe(&head);
    head.masters = seed.masters();
    head.answeredBy = exam.id;
    head.viewsAsked = head.viewsAnswered = 1;
    head.capturedAt = QDateTime::currentDateTimeUtc();
    if (head.kind != cluster::Kind::Cluster || !facts.hasView()) {
        Node node;
        node.address = exam.announced;
        node.port = exam.announced.port;
        node.role = facts.role();
        node.myself = true;
        head.nodes.append(node);
        found.topology = cluster::Topology::build(std::move(head));
        return;
    }
    found.topology = cluster::mergeViews(
        { { facts.nodes(), facts.slotsView(), exam.announced.host, exam.announced.port } },
        std::move(head));
    for (const cluster::Shard& shard : found.topology.shards()) {
        for (const cluster::NodeId& id :
            QList<cluster::NodeId> { shard.primaryId } + shard.replicaIds) {
            if (const Node* node = found.topology.nodeById(id))
                plan(*node);
        }
    }
    for (const Node& node : found.topology.nodes())
        plan(node);
    if (const Node* myself = found.topology.nodeById(exam.id))
        found.movedShare = command::movedShare(found.topology, *myself);
}

void ClusterExamRun::Private::plan(const Node& node)
{
    const bool isPlanned
        = std::any_of(found.nodes.begin() + 1, found.nodes.end(), [&node](const NodeExam& exam) {
              return exam.id == node.id && exam.announced == node.address;
          });
    if (!node.address.isDialable() || isPlanned || found.nodes.size() >= mostNodes)
        return;
    NodeExam exam;
    exam.role = roleOf(node);
    exam.id = node.id;
    exam.announced = node.address;
    found.nodes.append(exam);
}

void ClusterExamRun::Private::cancel()
{
    if (m_done)
        return;
    m_done = true; // late rows are ignored
    // Their connections end with them. One of them may be speaking.
    for (auto* exam : q->findChildren<NodeExamRun*>(QString(), Qt::FindDirectChildrenOnly))
        exam->deleteLater();
    found.error = Error { ErrorCode::Cancelled, {}, found.nodes.first().announced.toString() };
    QMetaObject::invokeMethod(
        q, [this] { Q_EMIT q->finished(found); }, Qt::QueuedConnection);
}

void ClusterExamRun::Private::finish()
{
    if (std::exchange(m_done, true))
        return;
    Q_EMIT q->finished(found); // last: the receiver may delete us
}

ClusterExamRun::ClusterExamRun(
    net::ConnectionOptions options, net::Endpoint seed, QString typed, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, std::move(options), std::move(seed), std::move(typed)))
{ }

ClusterExamRun::~ClusterExamRun() = default;

void ClusterExamRun::start()
{
    d->examineNext();
}

void ClusterExamRun::cancel()
{
    d->cancel();
}

const Examination& ClusterExamRun::examination() const
{
    return d->found;
}

} // namespace slotscope::doctor
