// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topologydiff.h"

#include <QStringList>

namespace slotscope::ui {

/// The shortest part of each address that still tells them apart: ":7001" when all hosts are the
/// same, "10.0.1.4" when all ports are, "0001-002" of a name that all others end like. Empty for
/// one without host or port. Safe to draw.
QStringList shortAddresses(const QList<net::Endpoint>& addresses);

/// How much a node's health asks for attention.
enum class Alarm { None, Notice, Bad };
Alarm alarmOf(const cluster::Node& node);
Alarm alarmOf(const cluster::TopologyChange& change);
/// The word beside a node: "ok", "down", "suspected", ...
QString healthWord(cluster::Health health);
QString roleWord(cluster::Role role);

/// A count with thin group separators: "16 384".
QString countText(int count);
/// Of all 16384 slots: "33.3 %"; "< 0.1 %" for what rounds to nothing.
QString shareText(int slotCount);

} // namespace slotscope::ui
