// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "tests/ui/paintfixtures.h"

#include "core/command/trace.h"

#include <QCoreApplication>
#include <QMouseEvent>
#include <QRegularExpression>
#include <QTest>
#include <QWidget>

namespace slotscope::tests {

using namespace cluster;
using namespace command;

namespace {

constexpr int storySlot = 1738;

Hop hopTo(
    const Topology& topology, const Node& node, HopOutcome outcome, const QByteArray& raw = {})
{
    Hop hop;
    hop.nodeId = node.id;
    hop.nodeLabel = topology.labelOf(node);
    hop.address = node.address;
    hop.outcome = outcome;
    hop.raw = raw;
    hop.micros = 312;
    return hop;
}

void redirect(Hop& hop, const Topology& topology, const Node& target)
{
    hop.slot = Slot(storySlot);
    hop.target = target.address.toString();
    hop.targetLabel = topology.labelOf(target);
    hop.targetAddress = target.address;
}

Trace traceOf(const Topology& topology, const Behaviour& behaviour)
{
    Trace trace;
    trace.argv = { QByteArrayLiteral("GET"), QByteArrayLiteral("user:2935") };
    trace.keys = { QByteArrayLiteral("user:2935") };
    trace.slot = Slot(storySlot);
    trace.behaviour = behaviour;
    trace.map = topology;
    trace.totalMicros = 1104;
    return trace;
}

const Node& primaryOf(const Topology& topology, int shard)
{
    return *topology.nodeById(topology.shards().at(shard).primaryId);
}

} // namespace

void failOnWarnings()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin does not support)")));
}

void movePointer(QWidget& widget, QPointF position)
{
    QMouseEvent move(QEvent::MouseMove, position, widget.mapToGlobal(position), Qt::NoButton,
        Qt::NoButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&widget, &move);
}

NodeId nodeId(int shard, int replica)
{
    return NodeId(QByteArray::number(0x100000 + shard * 16 + replica, 16).leftJustified(40, 'a'));
}

TopologyData evenCluster(int shards, int replicas)
{
    TopologyData data;
    data.capturedAt = QDateTime(QDate(2026, 11, 23), QTime(14, 2, 40), Qt::UTC);
    data.product = Product::Redis;
    data.version = QStringLiteral("7.0.15");
    data.state = ClusterState::Ok;
    data.viewsAsked = data.viewsAnswered = shards;
    quint16 port = 30001;
    for (int shard = 0; shard < shards; ++shard) {
        for (int replica = 0; replica <= replicas; ++replica) {
            Node node;
            node.id = nodeId(shard, replica);
            node.address = { QStringLiteral("127.0.0.1"), port++ };
            node.ip = node.address.host;
            node.port = node.address.port;
            node.role = replica == 0 ? Role::Primary : Role::Replica;
            node.health = Health::Ok;
            node.link = LinkState::Connected;
            if (replica > 0) {
                node.primaryId = nodeId(shard);
            } else {
                const int first = Slot::count * shard / shards;
                const int last = Slot::count * (shard + 1) / shards - 1;
                node.ranges = { { Slot(first), Slot(last) } };
            }
            data.nodes.append(node);
        }
    }
    return data;
}

Topology healthyCluster()
{
    return Topology::build(evenCluster(3));
}

Topology troubledCluster()
{
    TopologyData data = evenCluster(3);
    data.nodes[2].health = Health::Fail;
    data.nodes[2].ranges
        = { { Slot(5461), Slot(5999) }, { Slot(6410), Slot(8000) }, { Slot(8002), Slot(10921) } };
    data.nodes[5].health = Health::PFail;
    data.state = ClusterState::Fail;
    data.viewsAsked = 6;
    data.viewsAnswered = 5;
    return Topology::build(data);
}

Topology migratingCluster()
{
    TopologyData data = evenCluster(3);
    data.migrations = { { Slot(storySlot), nodeId(0), nodeId(1) } };
    data.nodes[0].migrating = { { Slot(storySlot), nodeId(1) } };
    data.nodes[2].importing = { { Slot(storySlot), nodeId(0) } };
    data.disputes = { { { Slot(9000), Slot(9007) }, { nodeId(1), nodeId(2) } } };
    return Topology::build(data);
}

Topology standaloneServer()
{
    TopologyData data;
    data.kind = Kind::Standalone;
    data.product = Product::Redis;
    data.version = QStringLiteral("7.0.15");
    Node node;
    node.address = { QStringLiteral("127.0.0.1"), 6379 };
    node.role = Role::Primary;
    node.health = Health::Ok;
    data.nodes = { node };
    return Topology::build(data);
}

Topology sentinelServer()
{
    TopologyData data;
    data.kind = Kind::Sentinel;
    data.masters = { { QStringLiteral("orders"), { QStringLiteral("10.0.1.4"), 6379 } },
        { QStringLiteral("sessions"), { QStringLiteral("10.0.1.9"), 6379 } } };
    return Topology::build(data);
}

Topology namedCluster(int shards)
{
    TopologyData data = evenCluster(shards, 2);
    for (int i = 0; i < data.nodes.size(); ++i) {
        Node& node = data.nodes[i];
        node.hostname = QStringLiteral("orders-%1-%2.orders.abc123.use1.cache.amazonaws.com")
                            .arg(i / 3 + 1, 4, 10, QLatin1Char('0'))
                            .arg(i % 3 + 1, 3, 10, QLatin1Char('0'));
        node.address = { node.hostname, 6379 };
    }
    return Topology::build(data);
}

Trace movedTrace(const Topology& topology, bool follow)
{
    Trace trace = traceOf(
        topology, follow ? Behaviour::clusterClientWithoutMap() : Behaviour::plainClient());
    const Node& owner = *topology.ownerOf(Slot(storySlot));
    const Node& wrong = primaryOf(topology, static_cast<int>(topology.shards().size()) - 1);
    Hop first = hopTo(
        topology, wrong, HopOutcome::Moved, "MOVED 1738 " + owner.address.toString().toLatin1());
    redirect(first, topology, owner);
    first.mapChanged = follow;
    trace.hops = { first };
    trace.outcome = TraceOutcome::RedirectNotFollowed;
    if (follow) {
        trace.hops.append(hopTo(topology, owner, HopOutcome::Reply, "\"Ada Lovelace\""));
        trace.outcome = TraceOutcome::Reply;
    }
    return trace;
}

Storyboard movedStory(const Topology& topology, bool follow)
{
    return tellStory(movedTrace(topology, follow));
}

Trace askTrace(const Topology& topology)
{
    Trace trace = traceOf(topology, Behaviour::clusterClientWithMap());
    const Node& owner = *topology.ownerOf(Slot(storySlot));
    const Node& target = primaryOf(topology, 1);
    Hop first = hopTo(
        topology, owner, HopOutcome::Ask, "ASK 1738 " + target.address.toString().toLatin1());
    redirect(first, topology, target);
    Hop second = hopTo(topology, target, HopOutcome::Reply, "\"Ada Lovelace\"");
    second.asking = true;
    trace.hops = { first, second };
    trace.outcome = TraceOutcome::Reply;
    return trace;
}

Storyboard askStory(const Topology& topology)
{
    return tellStory(askTrace(topology));
}

Storyboard waitStory(const Topology& topology)
{
    Trace trace = traceOf(topology, Behaviour::clusterClientWithMap());
    const Node& owner = *topology.ownerOf(Slot(storySlot));
    const Hop again = hopTo(topology, owner, HopOutcome::TryAgain,
        "TRYAGAIN Multiple keys request during rehashing of slot");
    trace.hops = { again, again, hopTo(topology, owner, HopOutcome::Reply, "\"Ada Lovelace\"") };
    trace.hops[1].waitMicros = 50000;
    trace.hops[2].waitMicros = 100000;
    trace.outcome = TraceOutcome::Reply;
    return tellStory(trace);
}

Storyboard connectFailedStory(const Topology& topology)
{
    Trace trace = traceOf(topology, Behaviour::clusterClientWithMap());
    trace.hops = { hopTo(topology, *topology.ownerOf(Slot(storySlot)), HopOutcome::ConnectFailed,
        "connection refused") };
    trace.outcome = TraceOutcome::ConnectFailed;
    return tellStory(trace);
}

Storyboard outcomeUnknownStory(const Topology& topology)
{
    Trace trace = traceOf(topology, Behaviour::clusterClientWithMap());
    trace.hops
        = { hopTo(topology, *topology.ownerOf(Slot(storySlot)), HopOutcome::OutcomeUnknown) };
    trace.outcome = TraceOutcome::OutcomeUnknown;
    return tellStory(trace);
}

Storyboard togetherStory(const Topology& topology)
{
    QList<Trace> traces;
    for (int shard = 0; shard < topology.shards().size(); ++shard) {
        const Node& node = primaryOf(topology, shard);
        Trace trace = traceOf(topology, { Start::Node, node.address, false });
        trace.hops = { hopTo(topology, node, HopOutcome::Reply, "PONG") };
        trace.outcome = TraceOutcome::Reply;
        trace.totalMicros = 400;
        traces.append(trace);
    }
    return tellStory(traces);
}

Storyboard strangerStory(const Topology& topology)
{
    Trace trace = traceOf(topology, Behaviour::clusterClientWithMap());
    Hop first = hopTo(topology, *topology.ownerOf(Slot(storySlot)), HopOutcome::Moved,
        "MOVED 1738 10.9.8.7:6379");
    first.slot = Slot(storySlot);
    first.target = first.targetLabel = QStringLiteral("10.9.8.7:6379");
    first.targetAddress = { QStringLiteral("10.9.8.7"), 6379 };
    first.mapChanged = true;
    Hop second;
    second.nodeLabel = first.targetLabel;
    second.address = first.targetAddress;
    second.outcome = HopOutcome::Reply;
    second.raw = "\"Ada Lovelace\"";
    trace.hops = { first, second };
    trace.outcome = TraceOutcome::Reply;
    return tellStory(trace);
}

} // namespace slotscope::tests
