// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/capture.h"

namespace slotscope::capture {

/// What two captures say about one thing.
struct SideBySideRow
{
    enum class About { Cluster, Node, Finding };

    About about = About::Cluster;
    QString name; ///< "current epoch", "10.0.0.1:7000", "node-failed"
    QString before; ///< "primary of S01, 5461 slots (0-5460), epoch 1, ok"; empty: there was none
    QString after;

    bool isChanged() const { return before != after; }
    friend bool operator==(const SideBySideRow&, const SideBySideRow&) = default;
};

/// The two captures beside each other, what is the same as well: first the cluster, then, with
/// `isSameCluster`, every node (in the order of the shards before, new ones at the end) and every
/// finding. Names in both must be written alike, and shards be called alike. Pure.
QList<SideBySideRow> sideBySide(const Capture& before, const Capture& after, bool isSameCluster);

/// For each finding of `before` the place of the same trouble in `after`, -1: it is gone. The same
/// is what is of one kind and, where it names nodes, names one of them, else one of the same shard
/// (roles were swapped).
QList<qsizetype> samePlaces(const Capture& before, const Capture& after);

} // namespace slotscope::capture
