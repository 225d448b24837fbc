// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/health/errorwatch.h"

namespace slotscope::cluster {
class Topology;
}

namespace slotscope::app {

/// What `check --watch` adds, for 80 columns: the nodes that have answered redirects and their like
/// to clients, how many and how often; those whose counters began anew or are not known.
QString toText(const QList<health::WatchedNode>& nodes, const cluster::Topology& topology);

} // namespace slotscope::app
