// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"

#include <QDateTime>
#include <QString>

namespace slotscope::health {

enum class Severity { Calm, Notice, Warning, Error };

/// The one sentence on top of everything: the worst finding and its impact.
struct Headline
{
    Severity severity = Severity::Calm;
    QString verdict; ///< "S17's primary is down: 410 slots (2.5 %) unserved."
    QString evidence; ///< "6 of 6 nodes answered, 2 s ago"

    friend bool operator==(const Headline&, const Headline&) = default;
};

/// None of the nodes that were asked has answered; what the topology says is from before.
bool isSilent(const cluster::Topology& topology);

/// How many nodes answered, of all that are known and have an address, whether they were asked or
/// not; a node that is known to be down counts as one that did not answer.
struct Answered
{
    int answered = 0;
    int all = 0;
    bool areOthersUnasked = false; ///< and nobody knows that they are down
    bool isPartial() const { return answered < all; }
};

/// 0 of 0 when nobody was asked.
Answered answeredOf(const cluster::Topology& topology);

/// "5 of 6 nodes answered".
QString answeredText(const cluster::Topology& topology);

/// Pure. `now` gives the age; `how` says where it comes from ("" live, else e.g. "pasted, time
/// unknown").
Headline headlineOf(
    const cluster::Topology& topology, const QDateTime& now, const QString& how = {});

} // namespace slotscope::health
