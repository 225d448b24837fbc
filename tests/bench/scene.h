// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"
#include "core/command/trace.h"

#include <functional>

class QWidget;

namespace slotscope::bench {

/// `nodes` primaries on one host, as the node at `witness` prints them: itself first.
cluster::Topology clusterOf(int nodes, int witness);
/// Every frame of these traces together in a picture of its own: the new moment, and painting what
/// changed. Prints what it took.
void measureFrames(
    const char* what, const cluster::Topology& topology, const QList<command::Trace>& traces);
/// Calls `refresh` with the same cluster of `nodes` as one node after the other prints it, and
/// prints what it took. False when `shown`, or a widget in it, painted something.
bool measureRefresh(
    int nodes, QWidget* shown, const std::function<void(const cluster::Topology&)>& refresh);

/// Frames of the picture with 6 and 1,000 nodes while 1 and 50 redirects move, and a refresh
/// without a change. False when such a refresh painted something. Needs a QApplication.
bool benchTopology();

} // namespace slotscope::bench
