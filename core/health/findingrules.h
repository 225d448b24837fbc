// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/explain/findings.h"
#include "core/health/findings.h"

namespace slotscope::health {

// The rules behind findingsOf(), by what they look at. Internal to the room.

QList<Finding> slotFindings(const Evidence& evidence); ///< who owns what
QList<Finding> nodeFindings(const Evidence& evidence); ///< who is there, and can be reached
QList<Finding> memberFindings(const Evidence& evidence); ///< who knows whom
QList<Finding> replicationFindings(const Evidence& evidence);
QList<Finding> layoutFindings(const Evidence& evidence); ///< how shards, hosts, versions are spread

/// Labels, in the order of the nodes.
QStringList labelsOf(const cluster::Topology& topology, const QList<cluster::NodeId>& nodes);
const NodeView* viewOf(const Evidence& evidence, const cluster::NodeId& node);
/// A primary that slots belong to.
bool ownsSlots(const cluster::Topology& topology, const cluster::NodeId& node);
Finding makeFinding(Severity severity, FindingCode code, const explain::FindingText& text,
    const QList<cluster::NodeId>& nodes = {}, const cluster::SlotRanges& ranges = {});

} // namespace slotscope::health
