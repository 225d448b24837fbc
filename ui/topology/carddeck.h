// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/topology/topologygeometry.h"

namespace slotscope::ui {

/// What is on the cards, before anything has a place: texts, roles, alarms; one card for each
/// shard, loose node, standalone server, sentinel master, and each address of the story that is in
/// no map.
QList<Card> cardsOf(const cluster::Topology& topology, const command::Storyboard& story,
    const CardFacts& facts = {});

} // namespace slotscope::ui
