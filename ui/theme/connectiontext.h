// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"

#include <QString>

namespace slotscope::ui {

/// "Redis 7.0.15"; empty when nobody told.
QString productText(const cluster::TopologyData& data);
/// How the endpoint was reached: "orders.example:6379 via ssh bastion, 10.0.1.4:6379"; empty
/// when there is none.
QString wayInText(const cluster::TopologyData& data);
/// "TLS verified", "TLS, NOT VERIFIED", "without TLS"; empty when it is not known.
QString securityText(const cluster::TopologyData& data);
/// Product, way in and what kind of thing it is, in a line.
QString connectionText(const cluster::Topology& topology);

} // namespace slotscope::ui
