// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// The picture of large clusters: what a frame costs while redirects move, and a refresh that
// changes nothing. Offscreen; the aims are in docs/benchmarks.md.

#include "tests/bench/scene.h"

#include "core/command/storyboard.h"
#include "ui/topology/topologyview.h"

#include <QCoreApplication>
#include <QElapsedTimer>

#include <algorithm>
#include <cstdio>
#include <ctime>

namespace slotscope::bench {

namespace {

using namespace Qt::StringLiterals;

constexpr double secondsPerFrame = 1.0 / 60;
constexpr int refreshes = 200;

} // namespace

cluster::Topology clusterOf(int nodes, int witness)
{
    cluster::TopologyData data;
    data.state = cluster::ClusterState::Ok;
    data.capturedAt = QDateTime::currentDateTimeUtc();
    for (int i = 0; i < nodes; ++i) {
        const int number = (i + witness) % nodes;
        cluster::Node node;
        node.id = cluster::NodeId(QByteArray::number(0x10000 + number, 16).rightJustified(40, '0'));
        node.address = { u"127.0.0.1"_s, static_cast<quint16>(20000 + number) };
        node.ip = node.address.host;
        node.port = node.address.port;
        node.role = cluster::Role::Primary;
        node.health = cluster::Health::Ok;
        node.myself = i == 0;
        node.ranges = { { cluster::Slot(cluster::Slot::count * number / nodes),
            cluster::Slot(cluster::Slot::count * (number + 1) / nodes - 1) } };
        data.nodes.append(node);
    }
    data.answeredBy = data.nodes.first().id;
    data.viewsAsked = data.viewsAnswered = nodes;
    return cluster::Topology::build(std::move(data));
}

namespace {

/// One command that was sent to the wrong node and followed.
command::Trace redirectedTrace(const cluster::Topology& topology, int number)
{
    const cluster::Slot slot(cluster::Slot::count / 50 * (number % 50));
    const cluster::Node& owner = *topology.ownerOf(slot);
    const cluster::Node& other
        = *topology.ownerOf(cluster::Slot((slot.number() + 9000) % cluster::Slot::count));
    command::Trace trace;
    trace.argv = { "GET", "key" };
    trace.slot = slot;
    trace.map = topology;
    trace.totalMicros = 1000;
    command::Hop first;
    first.nodeId = other.id;
    first.address = other.address;
    first.nodeLabel = topology.labelOf(other);
    first.outcome = command::HopOutcome::Moved;
    first.raw
        = "MOVED " + QByteArray::number(slot.number()) + ' ' + owner.address.toString().toLatin1();
    first.slot = slot;
    first.targetAddress = owner.address;
    first.targetLabel = topology.labelOf(owner);
    first.mapChanged = true;
    first.micros = 400;
    command::Hop second;
    second.nodeId = owner.id;
    second.address = owner.address;
    second.nodeLabel = first.targetLabel;
    second.outcome = command::HopOutcome::Reply;
    second.startedMicros = 500;
    second.micros = 400;
    trace.hops = { first, second };
    trace.outcome = command::TraceOutcome::Reply;
    return trace;
}

void print(const char* what, int nodes, QList<double> millis)
{
    std::sort(millis.begin(), millis.end());
    const auto at = [&millis](double share) {
        return millis.at(static_cast<qsizetype>(share * static_cast<double>(millis.size() - 1)));
    };
    std::printf("%5d nodes, %-24s p50 %6.2f ms, p95 %6.2f ms, largest %6.2f ms (%d)\n", nodes, what,
        at(0.5), at(0.95), millis.last(), static_cast<int>(millis.size()));
}

/// Counts what is painted in a widget and in all below it.
class PaintCounter final : public QObject
{
public:
    explicit PaintCounter(QWidget* shown)
    {
        shown->installEventFilter(this);
        for (QWidget* child : shown->findChildren<QWidget*>())
            child->installEventFilter(this);
    }
    bool eventFilter(QObject*, QEvent* event) override
    {
        paints += event->type() == QEvent::Paint ? 1 : 0;
        return false;
    }
    int paints = 0;
};

} // namespace

void measureFrames(
    const char* what, const cluster::Topology& topology, const QList<command::Trace>& traces)
{
    const command::Storyboard story = command::tellStory(traces);
    ui::TopologyView view;
    view.resize(1280, 800);
    view.setTopology(topology);
    view.setStory(story);
    view.show();
    QCoreApplication::processEvents();

    QList<double> millis;
    const std::clock_t before = std::clock(); // of all threads: Qt fills large areas in several
    for (double at = 0; at < command::storyLength(story); at += secondsPerFrame) {
        QElapsedTimer timer;
        timer.start();
        view.setFrame(command::frameAt(story, at));
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
        millis.append(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    const double seconds = static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
    print(what, static_cast<int>(topology.nodes().size()), millis);
    std::printf("%45s %.1f %% of a processor at 60 frames a second\n", "",
        100 * seconds / (static_cast<double>(millis.size()) * secondsPerFrame));
}

bool measureRefresh(
    int nodes, QWidget* shown, const std::function<void(const cluster::Topology&)>& refresh)
{
    QList<cluster::Topology> polls;
    for (int i = 0; i < 10; ++i)
        polls.append(clusterOf(nodes, i));
    refresh(polls.first());
    shown->show();
    QCoreApplication::processEvents();
    const PaintCounter counter(shown);
    QList<double> millis;
    for (int i = 0; i < refreshes; ++i) {
        QElapsedTimer timer;
        timer.start();
        refresh(polls.at(i % polls.size()));
        QCoreApplication::processEvents();
        millis.append(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    print("refresh, no change", nodes, millis);
    if (counter.paints > 0)
        std::fprintf(stderr, "%d widgets painted\n", counter.paints);
    return counter.paints == 0;
}

bool benchTopology()
{
    bool ok = true;
    for (const int nodes : { 6, 1000 }) {
        const cluster::Topology topology = clusterOf(nodes, 0);
        for (const int redirects : { 1, 50 }) {
            QList<command::Trace> traces;
            for (int i = 0; i < redirects; ++i)
                traces.append(redirectedTrace(topology, i));
            measureFrames(
                redirects == 1 ? "1 redirect moving" : "50 redirects moving", topology, traces);
        }
        ui::TopologyView view;
        view.resize(1280, 800);
        ok = measureRefresh(nodes, &view, [&view](const auto& poll) { view.setTopology(poll); })
            && ok;
    }
    return ok;
}

} // namespace slotscope::bench
