// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// What the window's own work does to what it measures. Offscreen, so that it needs no display.

#include "core/command/storyboard.h"
#include "core/session/sessionhandle.h"
#include "tests/bench/measure.h"
#include "ui/topology/topologyview.h"
#include "ui/trace/storyplayer.h"

#include <QApplication>

#include <cstdio>

namespace slotscope::bench {

using namespace Qt::StringLiterals;

namespace {

constexpr int commandsEachTime = 4000;

/// The hop times of one GET after the other, and their median; negative when one failed.
double medianHop(session::SessionHandle& session)
{
    QList<double> micros;
    bool failed = false;
    QObject context;
    const auto send = [&session] {
        session.run({ "GET", "user:2935" }, command::Behaviour::clusterClientWithMap());
    };
    QObject::connect(&session, &session::SessionHandle::runFinished, &context,
        [&](quint64, const command::Trace& trace) {
            failed
                = failed || trace.outcome != command::TraceOutcome::Reply || trace.hops.size() != 1;
            if (!failed)
                micros.append(static_cast<double>(trace.hops.first().micros));
            if (!failed && micros.size() < commandsEachTime)
                send();
        });
    send();
    if (!waitUntil([&] { return failed || micros.size() == commandsEachTime; }) || failed)
        return -1;
    return median(micros);
}

/// A MOVED and what follows, as a picture can show it on this cluster.
command::Storyboard someStory(const cluster::Topology& topology)
{
    const cluster::Node& owner = *topology.ownerOf(cluster::Slot(1738));
    const cluster::Node& other = *topology.ownerOf(cluster::Slot(16000));
    command::Trace trace;
    trace.argv = { "GET", "user:2935" };
    trace.slot = cluster::Slot(1738);
    trace.map = topology;
    command::Hop first;
    first.nodeId = other.id;
    first.address = other.address;
    first.nodeLabel = topology.labelOf(other);
    first.outcome = command::HopOutcome::Moved;
    first.raw = "MOVED 1738 " + owner.address.toString().toLatin1();
    first.slot = trace.slot;
    first.targetAddress = owner.address;
    first.targetLabel = topology.labelOf(owner);
    first.mapChanged = true;
    command::Hop second;
    second.nodeId = owner.id;
    second.address = owner.address;
    second.nodeLabel = first.targetLabel;
    second.outcome = command::HopOutcome::Reply;
    trace.hops = { first, second };
    trace.outcome = command::TraceOutcome::Reply;
    return command::tellStory(trace);
}

} // namespace

std::unique_ptr<QCoreApplication> makeOffscreenApplication(int& argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    return std::make_unique<QApplication>(argc, argv);
}

bool benchHopTimes()
{
    const auto cluster = startCluster({});
    if (!cluster)
        return false;
    session::IoThread io;
    session::SessionConfig config;
    config.endpoint.endpoint = { u"127.0.0.1"_s, cluster->manifest().nodes.first().port };
    session::SessionHandle session(io, config);
    cluster::Topology topology;
    QObject::connect(&session, &session::SessionHandle::topologyChanged, &session,
        [&topology](const cluster::Topology& newer) { topology = newer; });
    session.open();
    if (!waitUntil([&] { return topology.shards().size() == 3; }))
        return false;

    ui::TopologyView view;
    view.resize(1280, 800);
    view.setTopology(topology);
    ui::StoryPlayer player;
    int frames = 0;
    QObject::connect(
        &player, &ui::StoryPlayer::storyChanged, &view, [&] { view.setStory(player.story()); });
    QObject::connect(
        &player, &ui::StoryPlayer::frameChanged, &view, [&](const command::StoryFrame& frame) {
            ++frames;
            view.setFrame(frame);
            view.repaint(); // offscreen, nobody asks for it
        });
    QObject::connect(&player, &ui::StoryPlayer::playingChanged, &player, [&](bool playing) {
        if (!playing && view.isVisible())
            QMetaObject::invokeMethod(&player, &ui::StoryPlayer::replay, Qt::QueuedConnection);
    });
    player.setStory(someStory(topology), true, false);
    const auto animating = [&] {
        view.show();
        player.play();
        const double micros = medianHop(session);
        view.hide();
        player.pause();
        return micros;
    };
    const bool ok
        = compare({ { u"while the picture moves"_s, animating, {} },
                      { u"while it stands still"_s, [&] { return medianHop(session); }, {} } },
            "us");
    std::printf("%d frames were painted meanwhile\n", frames);
    return ok && frames > 0;
}

} // namespace slotscope::bench
