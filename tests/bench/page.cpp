// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// The page of a cluster, offscreen: frames of a real fan-out on 100 real nodes, and what a refresh
// of 1,000 nodes costs all panels together.

#include "core/session/sessionhandle.h"
#include "tests/bench/measure.h"
#include "tests/bench/scene.h"
#include "ui/clusterpage/clusterpage.h"

#include <cstdio>

namespace slotscope::bench {

using namespace Qt::StringLiterals;

namespace {

/// GET of one key to every node: all but one primary answer MOVED, and these are followed.
bool measureFanOut()
{
    const auto cluster = startCluster(hundredNodes());
    if (!cluster)
        return false;
    session::IoThread io;
    session::SessionConfig config;
    config.endpoint.endpoint = { u"127.0.0.1"_s, cluster->manifest().nodes.first().port };
    session::SessionHandle session(io, config);
    cluster::Topology topology;
    QList<command::Trace> redirected;
    QObject::connect(&session, &session::SessionHandle::topologyChanged, &session,
        [&topology](const cluster::Topology& newer) { topology = newer; });
    session.open();
    if (!waitUntil([&] { return topology.nodes().size() == 100; }))
        return false;
    const command::Argv get { "GET", "user:2935" };
    QObject::connect(&session, &session::SessionHandle::runFinished, &session,
        [&redirected](quint64, const command::Trace& trace) { redirected.append(trace); });
    int asked = 0;
    for (const cluster::Shard& shard : topology.shards()) {
        const cluster::Node* primary = topology.nodeById(shard.primaryId);
        session.run(get, { command::Start::Node, primary->address, true });
        ++asked;
    }
    if (!waitUntil([&] { return redirected.size() == asked; }))
        return false;
    measureFrames("GET to 50 primaries", topology, redirected);
    return true;
}

} // namespace

bool benchPage()
{
    if (!measureFanOut())
        return false;
    ui::ClusterPage page;
    page.resize(1280, 800);
    return measureRefresh(
        1000, &page, [&page](const cluster::Topology& poll) { page.setTopology(poll, {}); });
}

} // namespace slotscope::bench
