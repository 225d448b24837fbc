// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"
#include "core/command/storyboard.h"
#include "ui/mainwindow/accessibleparts.h"

namespace slotscope::ui {

/// The picture in words: each shard, then its nodes; then the nodes that belong to none.
QList<AccessiblePart> clusterParts(const cluster::Topology& topology);
/// The slots in words, in their order: who owns which range, which nobody owns, which are moving.
/// Each takes its share of the width.
QList<AccessiblePart> rangeParts(const cluster::Topology& topology);
/// What happens in each step.
QList<AccessiblePart> storyParts(const command::Storyboard& story);

} // namespace slotscope::ui
