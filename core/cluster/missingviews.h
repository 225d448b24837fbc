// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/node.h"
#include "core/net/unreached.h"

namespace slotscope::cluster {

/// A node that was asked for its view and did not tell it.
struct MissingView
{
    NodeId id;
    QString why; ///< a sentence
    support::Error error;
};

/// Another node than the seed, which was asked for its view.
struct AskedNode
{
    NodeId id;
    net::Endpoint address;
    QString ip; ///< as it announces itself
    std::optional<support::Error> error; ///< why it told none
};

/// What is to be said of the nodes that told no view.
struct MissingViews
{
    QList<MissingView> views;
    QString unreachable; ///< one sentence about them, when none of several answered; else empty
    QStringList warnings; ///< all of that, and what may help; not more than can be read
};

/// The announced addresses that were dialled, the seed's own first, and what became of each.
QList<net::AddressOutcome> outcomesOf(const net::WayTaken& way, const QList<AskedNode>& others);
/// Pure; empty when all of `others` told their view.
MissingViews missingViewsOf(const net::WayTaken& way, const QList<AskedNode>& others);

} // namespace slotscope::cluster
